"""Background work is named, never imported: services don't know tasks."""

from functools import partial
from typing import Any

from celery import signature
from django.db import transaction


def enqueue(task_name: str, **kwargs: Any) -> None:
    """Send a task once the transaction commits; by name, so services never import tasks."""
    transaction.on_commit(partial(signature(task_name).delay, **kwargs))
