"""De maandelijkse taak: wat voorbij is wordt geteld, afgerond en bevroren."""

import logging
from typing import Any

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from rapportage import services
from rapportage.maanden import parse_maand

logger = logging.getLogger(__name__)


@shared_task(
    name="rapportage.close_month",
    acks_late=True,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def close_month(*, maand: str | None = None, **_later_kwargs: Any) -> None:
    """Zet iedere maand vast die voorbij is (of alleen `maand`, ‘2026-10’); een tweede keer doet niets.

    When a month can't be published the task fails, and says which and why; never a number.
    """
    for sluiting in services.close_months(at=timezone.now(), maand=parse_maand(maand) if maand else None):
        logger.info("Stuurinformatie: %s.", sluiting)
