"""Background work is named, never imported: services don't know tasks."""

from functools import partial
from typing import Any

from django.db import transaction

from skt.celery import app


def enqueue(task_name: str, **kwargs: Any) -> None:
    """Send a task once the transaction commits; by name, so services never import tasks."""
    transaction.on_commit(partial(_send, task_name, kwargs))


def enqueue_if_possible(task_name: str, **kwargs: Any) -> None:
    """As enqueue, for what a task of the clock would find anyway: a broker that is away costs time, not the request."""

    def send_if_possible() -> None:
        _send(task_name, kwargs)

    # Django names what failed in its log, and a partial has no name.
    transaction.on_commit(send_if_possible, robust=True)


def _send(task_name: str, kwargs: dict[str, Any]) -> None:
    """By our own app: the site doesn't start Celery, and any other app would look for another broker."""
    app.send_task(task_name, kwargs=kwargs)
