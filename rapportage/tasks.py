"""Achtergrondwerk: wat voorbij is wordt geteld, afgerond en bevroren, en een rapport aan de raad gemaakt."""

import logging
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from rapportage import services
from rapportage.maanden import parse_maand
from rapportage.rapporten import process_rapport

logger = logging.getLogger(__name__)


@shared_task(
    name="rapportage.close_month",
    acks_late=True,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def close_month(*, maand: str | None = None, meteen: bool = False, **_later_kwargs: Any) -> None:
    """Zet iedere maand vast die voorbij is (of alleen `maand`, ‘2026-10’); een tweede keer doet niets.

    By itself from the configured werkdag of the new month on (SKT_SLUITWERKDAG): until then late entries still count,
    unless it is asked for `meteen`.

    When a month can't be published the task fails, and says which and why; never a number.
    """
    nu = timezone.now()
    if maand is None and not meteen and not services.is_closing_day(at=nu, werkdag=settings.SKT_SLUITWERKDAG):
        return
    gekozen = parse_maand(maand) if maand else None
    for sluiting in services.close_months(at=nu, maand=gekozen, meld=_tell):
        logger.info("Stuurinformatie: %s.", sluiting)


def _tell(stap: str) -> None:
    logger.info("Stuurinformatie: %s.", stap)


@shared_task(
    name="rapportage.make_raadsrapport",
    acks_late=True,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def make_raadsrapport(*, rapport_id: int, **_later_kwargs: Any) -> None:
    """Maak een gevraagd rapport aan de raad; een tweede keer uitvoeren doet niets."""
    process_rapport(rapport_id=rapport_id, clock=timezone.now)
