"""A real server: everything from the environment, and no start without it (docs/operatie.md)."""

from skt.settings.base import *
from skt.settings.base import CELERY_BEAT_SCHEDULE_FILENAME, read_caches, read_databases
from skt.settings.env import read, read_bool, read_int

OMGEVING = "productie"

# Read so that the start-up check can refuse it; the code below never depends on it.
DEBUG = read_bool("DEBUG", default=False)
SECRET_KEY = read("SECRET_KEY")
CONTEXT_KEY = read("CONTEXT_KEY")

DATABASES = read_databases()
REDIS_URL = read("REDIS_URL")
CACHES = read_caches(REDIS_URL)
CELERY_BROKER_URL = REDIS_URL

# The TLS front (Caddy) ends HTTPS and sets this header; it removes one that a visitor sends.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
# The health check comes from inside the machine, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
SECURE_HSTS_SECONDS = read_int("SKT_HSTS_SECONDEN", default=63_072_000, minimum=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-skt_sessie"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-skt_csrf"

# Caddy is the one front; it sets X-Forwarded-For to the visitor's own address.
SKT_PROXIES = read_int("SKT_PROXIES", default=1, minimum=0)

CELERY_BEAT_SCHEDULE_FILENAME = read("SKT_BEAT_BESTAND", CELERY_BEAT_SCHEDULE_FILENAME)

# Somebody in need reads it on the public form: no made-up number here.
SKT_LOKET_TELEFOON = read("SKT_LOKET_TELEFOON")

EMAIL_HOST = read("EMAIL_HOST", "localhost")
EMAIL_PORT = read_int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = read("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = read("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = read_bool("EMAIL_USE_TLS", default=False)
