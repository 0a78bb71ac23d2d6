"""Wat casusregie vanzelf bewaakt: dat werk niet van niemand wordt als een plaatsing afloopt."""

import logging
from typing import Any

from celery import shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from casusregie import services
from skt.autorisatie.context import acting_as_system
from skt.medewerkers.overdracht import VOORUIT, over_te_dragen

logger = logging.getLogger(__name__)


@shared_task(
    name="casusregie.keep_responsible",
    acks_late=True,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def keep_responsible(**_later_kwargs: Any) -> None:
    """Schuif het einde op van plaatsingen die nu aflopen met werk; een tweede keer uitvoeren doet niets.

    The log counts, and never says who: that stands on the page of the beheerder.
    """
    at = timezone.now()
    with transaction.atomic(), acting_as_system("plaatsingen die aflopen met werk"):
        ronde = services.keep_responsible(at=at)
        komend = over_te_dragen(timezone.localdate(at) + VOORUIT)
    logger.info(
        "Plaatsingen: %d opgeschoven, %d lopen binnen %d dagen af met werk.",
        ronde.verschoven,
        len(komend),
        VOORUIT.days,
    )
    for regel in ronde.vast:
        logger.error(
            "Plaatsing %d eindigt met werk en kan niet opschuiven; draag het werk over.", regel.plaatsing.pk
        )
