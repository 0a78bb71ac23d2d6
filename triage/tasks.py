"""Wat triage vanzelf doet: de overleggen van de reeksen vooruit plannen."""

import logging
from typing import Any

from celery import shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from skt.autorisatie.context import acting_as_system
from triage.services import fill_reeks
from triage.services.reeks import running

logger = logging.getLogger(__name__)
REDEN = "overleggen van een reeks plannen"


@shared_task(
    name="triage.plan_overleggen",
    acks_late=True,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def plan_overleggen(**_later_kwargs: Any) -> None:
    """Plan van elke reeks wat er in de komende twaalf weken nog niet staat; een tweede keer uitvoeren doet niets."""
    at = timezone.now()
    with transaction.atomic(), acting_as_system(REDEN):
        reeksen = running(at)
    made = 0
    for reeks in reeksen:
        with transaction.atomic(), acting_as_system(REDEN):
            made += len(fill_reeks(reeks=reeks, at=at))
    logger.info("Overleggen gepland uit reeksen: %d.", made)
