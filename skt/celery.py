"""The Celery app: `celery -A skt.celery worker` and `beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skt.settings.local")

app = Celery("skt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_bad_start(**_kwargs: Any) -> None:
    """A worker obeys the same start-up checks as the site."""
    from skt.lokaal import controle

    controle.refuse_bad_start()
