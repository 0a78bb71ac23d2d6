"""Achtergrondwerk van het voorportaal: bevestigen wat is afgesproken of ontvangen, en de oude loketlijst inlezen."""

from smtplib import SMTPException
from typing import Any

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError, transaction
from django.utils import timezone

from intake import services
from intake.services.afspraken import mail_confirmation
from intake.services.bewaren import empty_concepten, wipe_outreachlijsten
from intake.services.dubbelen import note_doubles_among
from intake.services.loketlijst import forget_old_files, inwoners_of
from intake.services.loketlijst_inlezen import process_loketlijst
from skt.autorisatie.context import acting_as_system
from skt.kern.tasks import enqueue

REDEN = "ontvangst van een openbaar formulier bevestigen"


@shared_task(
    name="intake.mail_afspraak",
    acks_late=True,
    autoretry_for=(SMTPException, OSError, OperationalError),
    retry_backoff=True,
    max_retries=5,
)
def mail_afspraak(*, afspraak_id: int, **_later_kwargs: Any) -> None:
    """Mail de bevestiging één keer; een tweede keer uitvoeren doet niets."""
    with transaction.atomic(), acting_as_system("bevestiging van een afspraak"):
        mail_confirmation(afspraak_id=afspraak_id, at=timezone.now())


@shared_task(
    name="intake.send_ontvangstbevestiging",
    acks_late=True,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=True,
    max_retries=5,
)
def send_ontvangstbevestiging(*, kenmerk: str, **_later_kwargs: Any) -> None:
    """Mail de melder één keer; een tweede keer uitvoeren doet niets."""
    with transaction.atomic(), acting_as_system(REDEN):
        services.send_ontvangstbevestiging(kenmerk=kenmerk, at=timezone.now())


@shared_task(name="intake.send_ontvangstbevestigingen", acks_late=True)
def send_ontvangstbevestigingen(**_later_kwargs: Any) -> None:
    """Wat bleef liggen toen de wachtrij weg was; elk formulier in een eigen transactie."""
    with transaction.atomic(), acting_as_system(REDEN):
        waiting = services.unconfirmed_kenmerken()
    for kenmerk in waiting:
        send_ontvangstbevestiging(kenmerk=kenmerk)


@shared_task(
    name="intake.read_loketlijst",
    acks_late=True,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def read_loketlijst(*, lijst_id: int, **_later_kwargs: Any) -> None:
    """Beoordeel een aangeboden loketlijst of neem haar over; opnieuw uitvoeren gaat verder waar het was."""
    try:
        process_loketlijst(lijst_id=lijst_id, clock=timezone.now)
    except SoftTimeLimitExceeded:
        enqueue("intake.read_loketlijst", lijst_id=lijst_id)


@shared_task(name="intake.find_doubles", acks_late=True)
def find_doubles(*, lijst_id: int, na: int = 0, **_later_kwargs: Any) -> None:
    """Zoek na het inlezen wie er nu dubbel lijkt te staan, een portie per keer; opnieuw uitvoeren zet niemand twee keer op de lijst."""
    with transaction.atomic(), acting_as_system("dubbele inwoners na het inlezen"):
        seen = note_doubles_among(inwoners_of(lijst_id), na=na)
        if seen:
            enqueue("intake.find_doubles", lijst_id=lijst_id, na=seen[-1])


@shared_task(name="intake.forget_loketlijsten", acks_late=True)
def forget_loketlijsten(**_later_kwargs: Any) -> None:
    """Gooi de inhoud weg van lijsten die niemand heeft uitgevoerd."""
    with transaction.atomic(), acting_as_system("oude bestanden opruimen"):
        forget_old_files(at=timezone.now())


@shared_task(name="intake.wipe_what_is_due", acks_late=True)
def wipe_what_is_due(**_later_kwargs: Any) -> None:
    """Wis wat zijn dag heeft gehad: mensen op gesloten outreachlijsten en afgeronde concepten."""
    for wipe in (wipe_outreachlijsten, empty_concepten):
        with transaction.atomic(), acting_as_system("bewaartermijn voorbij"):
            wipe(at=timezone.now())
