"""Who has the melding now: taken, handed over, and the steps the chain after the loket sets (triage, casusregie)."""

from datetime import date, datetime

from django.db import transaction

from intake.models import Melding
from intake.services.afhandeling import MAX_STAP, StepIncomplete
from intake.services.meldingen import append_aanvulling
from intake.services.rijen import (
    LOKETROLLEN,
    MeldingClosed,
    end_of,
    keep_in_sight,
    lock_melding,
    loket_organisatie,
    save_melding,
    werkdagen_after,
)
from intake.services.sluitbaar import settle_before_closing
from intake.status import MELDING_TRANSITIONS, MeldingStatus
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import TEAMROLLEN, Medewerker, Plaatsing, Team
from skt.verantwoording.services import record


class NothingToTake(DomainError):
    """Everything at the loket has somebody."""


class ReceiverUnclear(DomainError):
    """A melding goes to one team or to one medewerker, not to both or neither."""


class ReceiverNotAtLoket(DomainError):
    """An open melding can only go to somebody who works at the loket."""


class QuestionMissing(DomainError):
    """Whoever sends a melding back says what is asked."""


@transaction.atomic
def take_over(*, melding: Melding, actor: Medewerker, at: datetime, versie: int | None = None) -> Melding:
    """From now on `actor` is responsible. Taking what one has already changes nothing. Raises as lock_melding."""
    row = lock_melding(melding, versie=versie)
    if row.verantwoordelijke_id == actor.pk:
        return row
    before = _holder(row)
    row.verantwoordelijke, row.verantwoordelijk_team = actor, None
    keep_in_sight(row, actor)
    save_melding(row, "verantwoordelijke", "verantwoordelijk_team", "eigen_organisaties")
    _record("intake.take_over", row, at, van=before, naar=actor.username)
    check_keten()
    return row


@transaction.atomic
def take_next(*, actor: Medewerker, at: datetime) -> Melding:
    """Take what nobody has and should be first: crisis, then spoed, then the earliest. Two people get two meldingen.

    Raises NothingToTake.
    """
    loket_organisatie(actor)
    row = (
        Melding.objects.filter(status=MeldingStatus.OPEN, verantwoordelijke=None)
        .most_urgent_first()
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if row is None:
        raise NothingToTake("Alles is opgepakt: er ligt niets zonder eigenaar.")
    return take_over(melding=row, actor=actor, at=at)


@transaction.atomic
def hand_over(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    medewerker: Medewerker | None = None,
    team: Team | None = None,
    toelichting: str = "",
    versie: int | None = None,
) -> Melding:
    """Give it to one colleague at the loket, or back to a team. What is said with it becomes an aanvulling.

    Raises ReceiverUnclear, ReceiverNotAtLoket, KetenBroken, or as lock_melding.
    """
    if (medewerker is None) == (team is None):
        raise ReceiverUnclear("Kies één collega of één team aan wie u overdraagt.")
    row = lock_melding(melding, versie=versie)
    if medewerker is not None and not works_at_loket(medewerker):
        raise ReceiverNotAtLoket(f"{medewerker.naam} werkt nu niet aan het loket. Kies iemand anders.")
    before = _holder(row)
    keep_in_sight(row, actor)
    if medewerker is not None:
        keep_in_sight(row, medewerker)
    row.verantwoordelijke, row.verantwoordelijk_team = medewerker, team
    save_melding(row, "verantwoordelijke", "verantwoordelijk_team", "eigen_organisaties")
    if toelichting.strip():
        append_aanvulling(
            melding=row, actor=actor, at=at, tekst=f"Overgedragen aan {_holder(row)}: {toelichting.strip()}"
        )
    _record("intake.hand_over", row, at, van=before, naar=_holder(row))
    check_keten()
    return row


@transaction.atomic
def set_next_step(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    volgende_stap: str,
    uiterlijk: date | datetime | None,
    team: Team | None = None,
    medewerker: Medewerker | None = None,
    versie: int | None = None,
) -> Melding:
    """What comes next, when, and (if given) of whom; whoever had it keeps it otherwise. A day ends at 17:00.

    Raises StepIncomplete, ReceiverUnclear, KetenBroken, or as lock_melding.
    """
    row = lock_melding(melding, versie=versie)
    _set_step(row, volgende_stap, uiterlijk, team=team, medewerker=medewerker)
    keep_in_sight_unless_by_team(row, actor)
    save_melding(
        row, "volgende_stap", "uiterlijk", "verantwoordelijke", "verantwoordelijk_team", "eigen_organisaties"
    )
    _record("intake.set_next_step", row, at, stap=row.volgende_stap, bij=_holder(row))
    check_keten()
    return row


@transaction.atomic
def to_team(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    team: Team,
    volgende_stap: str,
    uiterlijk: date | datetime,
    versie: int | None = None,
) -> Melding:
    """After triage: the melding waits for the aanmeldoverleg of this team, which is responsible from now on.

    Raises TransitionNotAllowed, StepIncomplete, or as lock_melding.
    """
    row = lock_melding(melding, versie=versie)
    MELDING_TRANSITIONS.apply("to_team", row)
    _set_step(row, volgende_stap, uiterlijk, team=team)
    keep_in_sight(row, actor)
    save_melding(
        row,
        "status",
        "volgende_stap",
        "uiterlijk",
        "verantwoordelijke",
        "verantwoordelijk_team",
        "eigen_organisaties",
    )
    _record("intake.to_team", row, at, team=team.naam)
    check_keten()
    return row


@transaction.atomic
def close_in_chain(
    *, melding: Melding, actor: Medewerker, at: datetime, toelichting: str, casus_id: int | None = None
) -> Melding:
    """Triage, an overleg or the opening of a casus is what became of it. Call it before the aanmelding is finished:
    while it stands on the board, the team may write it. What was planned with the resident goes along to the casus.

    Raises TransitionNotAllowed, StillPlanned when there is no casus, or as lock_melding.
    """
    row = lock_melding(melding)
    MELDING_TRANSITIONS.apply("close_in_chain", row)
    settle_before_closing(row, at, casus_id=casus_id)
    row.gesloten_op = at
    row.volgende_stap, row.uiterlijk = "", None
    row.afhandeling_toelichting = "\n".join(filter(None, [row.afhandeling_toelichting, toelichting.strip()]))
    keep_in_sight_unless_by_team(row, actor)
    save_melding(
        row,
        "status",
        "gesloten_op",
        "volgende_stap",
        "uiterlijk",
        "afhandeling_toelichting",
        "eigen_organisaties",
    )
    _record("intake.close_in_chain", row, at, toelichting=toelichting[:200])
    check_keten()
    return row


@transaction.atomic
def return_to_loket(*, melding: Melding, actor: Medewerker, at: datetime, vraag: str) -> Melding:
    """Triage or an overleg asks the loket something: open again, of the voorportaal, before the end of the next werkdag.
    Call it before the aanmelding is finished.

    Raises QuestionMissing, TransitionNotAllowed, or as lock_melding.
    """
    if not vraag.strip():
        raise QuestionMissing("Schrijf op wat u van het voorportaal vraagt.")
    row = lock_melding(melding)
    MELDING_TRANSITIONS.apply("return", row)
    row.afhandeling = ""
    _set_step(
        row,
        f"Terug van triage: {vraag.strip()}"[:MAX_STAP],
        werkdagen_after(at, 1),
        team=Team.objects.get(soort=Team.Soort.VOORPORTAAL),
    )
    keep_in_sight_unless_by_team(row, actor)
    save_melding(
        row, "status", "afhandeling", "volgende_stap", "uiterlijk", "verantwoordelijke", "verantwoordelijk_team",
        "eigen_organisaties",
    )  # fmt: skip
    append_aanvulling(melding=row, actor=actor, at=at, tekst=f"Terug naar het voorportaal: {vraag.strip()}")
    _record("intake.return_to_loket", row, at, vraag=vraag.strip()[:200])
    check_keten()
    return row


def works_at_loket(medewerker: Medewerker) -> bool:
    """Has a running placement in a role of the loket, now."""
    if not medewerker.is_active:
        return False
    return Plaatsing.objects.running().with_rol(LOKETROLLEN).filter(medewerker=medewerker).exists()


def keep_in_sight_unless_by_team(row: Melding, actor: Medewerker) -> None:
    """Who reads it through the board of the own team wasn't treating it: the board is reason enough, as long as it stands there."""
    if not set(row.lees_teams) & set(actor.team_ids(*TEAMROLLEN)):
        keep_in_sight(row, actor)


def _set_step(
    row: Melding,
    volgende_stap: str,
    uiterlijk: date | datetime | None,
    *,
    team: Team | None = None,
    medewerker: Medewerker | None = None,
) -> None:
    if row.status == MeldingStatus.GESLOTEN:
        raise MeldingClosed("Een gesloten melding heeft geen volgende stap.")
    if team is not None and medewerker is not None:
        raise ReceiverUnclear("Kies één collega of één team, niet allebei.")
    if not volgende_stap.strip() or uiterlijk is None:
        raise StepIncomplete("Schrijf op wat de volgende stap is, en wanneer die uiterlijk gebeurt.")
    if len(volgende_stap.strip()) > MAX_STAP:
        raise StepIncomplete(f"Maak de volgende stap korter (ten hoogste {MAX_STAP} tekens).")
    row.volgende_stap = volgende_stap.strip()
    row.uiterlijk = end_of(uiterlijk)
    if team is not None or medewerker is not None:
        row.verantwoordelijke, row.verantwoordelijk_team = medewerker, team


def _holder(row: Melding) -> str:
    return str(row.verantwoordelijke or row.verantwoordelijk_team or "niemand")


def _record(action: str, row: Melding, at: datetime, **gegevens: object) -> None:
    record(
        action=action,
        subject=row,
        inwoner_ids=row.inwoner_ids,
        gegevens={"nummer": row.nummer, "op": at.isoformat(), **gegevens},
    )
