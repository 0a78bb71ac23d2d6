"""What every service of a casus does with its row: lock it, keep its version, and say what changed."""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from casusregie.models import Casus
from casusregie.status import CasusStatus
from skt.kern.errors import DomainError
from skt.medewerkers.models import REGIEROLLEN, Medewerker, Moederorganisatie, Plaatsing
from skt.verantwoording.services import record


class CasusNotYours(DomainError):
    """The casus can't be changed by who acts (any more)."""


class CasusChanged(DomainError):
    """The page was made from an older version of the casus."""


class CasusIsClosed(DomainError):
    """A closed casus is read, by who was in it; nothing is added, and nobody else comes in."""


def lock_casus(casus: Casus, *, versie: int | None = None) -> Casus:
    """The row, locked until the transaction ends, by who may manage it. Raises CasusNotYours, CasusChanged."""
    row = Casus.objects.select_for_update().filter(pk=casus.pk).first()
    if row is None:
        raise CasusNotYours("U kunt deze casus niet (meer) wijzigen. Ververs de pagina.")
    if versie is not None and versie != row.versie:
        raise CasusChanged(
            "Een collega heeft deze casus net gewijzigd. Bekijk eerst wat er nu staat en probeer het dan opnieuw."
        )
    return row


def check_open(casus: Casus) -> None:
    """Raises CasusIsClosed; asks the database, since the page may be older."""
    if Casus.objects.filter(pk=casus.pk, status=CasusStatus.AFGESLOTEN).exists():
        raise CasusIsClosed("Deze casus is afgesloten.")


def hold_casus(casus: Casus) -> None:
    """Let one change of a casus at a time through, also for who may only add to it (and so may not lock the row)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('casus'), %s)", [casus.pk])


def save_casus(casus: Casus, *fields: str) -> None:
    """Save these fields of a locked casus; every change is a new version, so that an older page is noticed."""
    casus.versie += 1
    casus.save(update_fields=[*fields, "versie"])


def record_on(casus: Casus, action: str, subject: Model | None = None, **gegevens: Any) -> None:
    """Log an act in this casus (or on `subject`, a part of it): a line for each inwoner who is in it."""
    record(
        action=f"casusregie.{action}",
        subject=subject or casus,
        inwoner_ids=casus.inwoner_ids,
        gegevens={"casus": casus.nummer, **gegevens},
    )


def day_of(at: datetime) -> date:
    """The Dutch calendar day of a moment."""
    return timezone.localtime(at).date()


def employer_of(medewerker: Medewerker, *rollen: str) -> Moederorganisatie | None:
    """For whom this medewerker works now in one of the roles (of a regisseur when none is named)."""
    plaatsing = (
        Plaatsing.objects.running()
        .with_rol(rollen or REGIEROLLEN)
        .filter(medewerker=medewerker, medewerker__is_active=True)
        .select_related("moederorganisatie")
        .order_by("van", "pk")
        .first()
    )
    return plaatsing.moederorganisatie if plaatsing else None
