"""Wat na het bewaren gebeurt: de bevestiging van een afspraak mailen."""

from smtplib import SMTPException
from typing import Any

from celery import shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from intake.services.afspraken import mail_confirmation
from skt.autorisatie.context import acting_as_system


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
