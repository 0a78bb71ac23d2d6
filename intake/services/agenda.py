"""One's own agenda: working hours, days away, and the secret address from which a calendar program reads it."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, time
from hashlib import sha256

from django.db import transaction

from intake.models import Agendasleutel, Weekdag, Werktijd, Werkuitzondering
from intake.services.rijen import constraints_speak
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record

Uren = tuple[time, time] | None
SLEUTEL_BYTES = 32
MAX_DAGEN_WEG = 366


class HoursWrong(DomainError):
    """An end before its begin, or half a pair."""


class DaysWrong(DomainError):
    """Days away that end before they begin, or last more than a year."""


@transaction.atomic
def set_werktijden(*, actor: Medewerker, at: datetime, uren: Mapping[int, Uren]) -> None:
    """Own hours per day of the week (1 is Monday); a day left out or None is a day off. Raises HoursWrong."""
    known = {row.weekdag: row for row in Werktijd.objects.select_for_update().filter(medewerker=actor)}
    with constraints_speak(Werktijd, HoursWrong):
        for weekdag in Weekdag.values:
            row = known.get(weekdag) or Werktijd(medewerker=actor, weekdag=weekdag)
            row.van, row.tot = uren.get(weekdag) or (None, None)
            row.save()
    record(action="intake.set_werktijden", subject=actor)


@transaction.atomic
def add_afwezigheid(
    *, actor: Medewerker, at: datetime, eerste_dag: date, laatste_dag: date, uren: Uren = None
) -> Werkuitzondering:
    """Away on these days, or with `uren` at work just then. What was planned stays planned. Raises DaysWrong."""
    if (laatste_dag - eerste_dag).days > MAX_DAGEN_WEG:
        raise DaysWrong("Een periode is hoogstens een jaar.")
    van, tot = uren or (None, None)
    with constraints_speak(Werkuitzondering, DaysWrong):
        row = Werkuitzondering.objects.create(
            medewerker=actor, eerste_dag=eerste_dag, laatste_dag=laatste_dag, van=van, tot=tot
        )
    record(action="intake.add_afwezigheid", subject=row)
    return row


@transaction.atomic
def drop_afwezigheid(*, actor: Medewerker, at: datetime, pk: int) -> None:
    """Take back days away of one's own; not there (any more) is fine."""
    row = (
        Werkuitzondering.objects.select_for_update().filter(pk=pk, medewerker=actor, vervallen=False).first()
    )
    if row is not None:
        row.vervallen = True
        row.save(update_fields=["vervallen"])
        record(action="intake.drop_afwezigheid", subject=row)


@transaction.atomic
def make_agendasleutel(*, actor: Medewerker, at: datetime) -> str:
    """A new key for the own agenda; an earlier one stops at once. Shown once: only its hash is kept."""
    sleutel = secrets.token_urlsafe(SLEUTEL_BYTES)
    row = Agendasleutel.objects.select_for_update().filter(medewerker=actor).first()
    if row is None:
        row = Agendasleutel(medewerker=actor)
    row.hash, row.gemaakt_op, row.ingetrokken_op = hash_of(sleutel), at, None
    row.save()
    record(action="intake.make_agendasleutel", subject=row)
    return sleutel


@transaction.atomic
def revoke_agendasleutel(*, actor: Medewerker, at: datetime) -> None:
    """Whoever has the address reads nothing any more."""
    row = Agendasleutel.objects.select_for_update().filter(medewerker=actor, ingetrokken_op=None).first()
    if row is not None:
        row.ingetrokken_op = at
        row.save(update_fields=["ingetrokken_op"])
        record(action="intake.revoke_agendasleutel", subject=row)


def hash_of(sleutel: str) -> str:
    """SHA-256 without salt: the key itself has 256 random bits, so there is nothing to guess."""
    return sha256(sleutel.encode()).hexdigest()
