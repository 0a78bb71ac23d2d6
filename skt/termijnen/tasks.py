"""Het dagelijkse bericht over termijnen."""

import logging
from smtplib import SMTPException
from typing import Any

from celery import shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from skt.autorisatie.context import acting_as, acting_as_system
from skt.medewerkers.models import Medewerker
from skt.termijnen import services
from skt.termijnen.bronnen import Telling, count_terms, terms_of

logger = logging.getLogger(__name__)
REDEN = "bericht over termijnen"


@shared_task(
    name="termijnen.send_berichten",
    acks_late=True,
    autoretry_for=(SMTPException, OSError, OperationalError),
    retry_backoff=True,
    max_retries=5,
)
def send_berichten(**_later_kwargs: Any) -> None:
    """Wie vandaag iets heeft, krijgt één bericht. Opnieuw uitvoeren stuurt alleen wat nog niet ging.

    Each medewerker in transactions of their own: counted as that medewerker, so both locks hold; written down, marked, then sent.
    One address that fails doesn't keep the others waiting.
    """
    at = timezone.now()
    with transaction.atomic(), acting_as_system(REDEN):
        waiting = list(Medewerker.objects.filter(pk__in=services.due_now(at)).order_by("pk"))
    sent, failed = 0, None
    for medewerker in waiting:
        telling = _count(medewerker)
        with transaction.atomic(), acting_as_system(REDEN):
            bericht = services.prepare_bericht(medewerker=medewerker, telling=telling, at=at)
        if bericht is None:
            continue
        try:
            sent += _send(bericht.pk)
        except (SMTPException, OSError) as error:
            failed = error
    logger.info("Berichten over termijnen verzonden: %d.", sent)
    if failed is not None:
        raise failed


def _count(medewerker: Medewerker) -> Telling:
    with transaction.atomic(), acting_as(medewerker, vanaf="taak"):
        at = timezone.now()
        return count_terms(terms_of(medewerker, at), at)


def _send(bericht_id: int) -> bool:
    """Marked first, and the mark taken back when the mail server refuses: so at most once, whenever the worker is killed."""
    with transaction.atomic(), acting_as_system(REDEN):
        bericht = services.claim_bericht(bericht_id=bericht_id, at=timezone.now())
    if bericht is None:
        return False
    try:
        services.send_bericht(bericht)
    except (SMTPException, OSError):
        with transaction.atomic(), acting_as_system(REDEN):
            services.release_bericht(bericht=bericht)
        raise
    with transaction.atomic(), acting_as_system(REDEN):
        services.confirm_bericht(bericht=bericht)
    return True
