"""Achtergrondwerk van triage: overleggen van reeksen vooruit plannen, en een protocol proberen op wat er al was."""

import logging
from typing import Any

from celery import shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from skt.autorisatie.context import acting_as_system
from triage.services import fill_reeks
from triage.services.concepten import empty_weighed_concepten
from triage.services.proef import run_proef as run
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


@shared_task(
    name="triage.run_proef",
    acks_late=True,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def run_proef(*, proef_id: int, **_later_kwargs: Any) -> None:
    """Tel wat deze versie had geadviseerd; opnieuw uitvoeren telt opnieuw, en een klare proef blijft zoals zij is."""
    run(proef_id=proef_id, clock=timezone.now)


@shared_task(name="triage.wipe_what_is_due", acks_late=True)
def wipe_what_is_due(**_later_kwargs: Any) -> None:
    """Wis de half getypte triage van meldingen die niet meer in triage zijn."""
    with transaction.atomic(), acting_as_system("bewaartermijn voorbij"):
        empty_weighed_concepten(at=timezone.now())
