"""The web server, in the demo and in a container: what differs comes from the environment."""

import os
from pathlib import Path

bind = os.environ.get("SKT_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("SKT_WEB_WORKERS", "2"))
threads = int(os.environ.get("SKT_WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 10
keepalive = 5
# The application is loaded once, before the workers: a refused start is one sentence, not one per worker,
# for ever.
preload_app = True
# A heartbeat on a disk can stall; memory can't.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
control_socket_disable = True
# Only the TLS front, on a private network, reaches this port.
forwarded_allow_ips = os.environ.get("SKT_FRONT", "127.0.0.1")
# No query string and no referrer: what somebody searched for can be a name.
accesslog = "-" if os.environ.get("SKT_TOEGANGSLOG") else None
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(M)sms"
errorlog = "-"
loglevel = "warning"
