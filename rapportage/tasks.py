"""Achtergrondwerk: wat voorbij is wordt geteld, afgerond en bevroren, beleid hoort het, en een rapport aan de raad gemaakt."""

import logging
from smtplib import SMTPException
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from rapportage import services
from rapportage.maanden import parse_maand
from rapportage.services import draft_newest, process_rapport, resume_rapporten, tell_draft, tell_published
from rapportage.sluitdag import is_closing_day
from rapportage.voortgang import tell_failure, tell_step
from skt.kern.errors import DomainError

logger = logging.getLogger(__name__)


@shared_task(
    name="rapportage.close_month",
    acks_late=True,
    autoretry_for=(OperationalError, SMTPException, OSError, services.PublicationInterrupted),
    retry_backoff=True,
    max_retries=5,
)
def close_month(*, maand: str | None = None, meteen: bool = False, **_later_kwargs: Any) -> None:
    """Zet iedere maand vast die voorbij is (of alleen `maand`, ‘2026-10’); een tweede keer doet niets.

    By itself from the configured werkdag of the new month on (SKT_SLUITWERKDAG): until then late entries still count,
    unless it is asked for `meteen`. Every run also sends the message that a run before couldn't send, and has the draft
    of the report on a new quarter or year made.

    When a month can't be published the task fails, and says which and why; never a number.
    """
    nu = timezone.now()
    if maand is not None or meteen or is_closing_day(at=nu, werkdag=settings.SKT_SLUITWERKDAG):
        _close(maand)
    tell_published(at=timezone.now())
    draft_newest(at=timezone.now())


def _close(maand: str | None) -> None:
    gekozen = parse_maand(maand) if maand else None
    try:
        for sluiting in services.close_months(at=timezone.now(), maand=gekozen, meld=_tell):
            logger.log(logging.ERROR if sluiting.zonder else logging.INFO, "Stuurinformatie: %s.", sluiting)
    except DomainError as error:
        tell_failure(str(error), at=timezone.now())
        raise
    except Exception:
        tell_failure("Het vastzetten is misgegaan. Er is niets gepubliceerd.", at=timezone.now())
        raise
    tell_step("", at=timezone.now())


def _tell(stap: str) -> None:
    tell_step(stap, at=timezone.now())
    logger.info("Stuurinformatie: %s.", stap)


@shared_task(
    name="rapportage.make_raadsrapport",
    acks_late=True,
    autoretry_for=(OperationalError, SMTPException, OSError),
    retry_backoff=True,
    max_retries=5,
)
def make_raadsrapport(*, rapport_id: int, **_later_kwargs: Any) -> None:
    """Maak een rapport aan de raad, en meld het als niemand erom vroeg; een tweede keer uitvoeren doet niets."""
    process_rapport(rapport_id=rapport_id, clock=timezone.now)
    tell_draft(rapport_id=rapport_id, at=timezone.now())


@shared_task(
    name="rapportage.resume_raadsrapporten",
    acks_late=True,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def resume_raadsrapporten(**_later_kwargs: Any) -> None:
    """Een rapport dat blijft wachten gaat opnieuw naar een worker; vaker uitvoeren maakt het niet vaker."""
    resume_rapporten(at=timezone.now())
