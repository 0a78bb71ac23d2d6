"""A series of aanmeldoverleggen: planned ahead by the clock, changed and stopped without losing an aanmelding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from intake.services.rijen import constraints_speak
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from skt.web.datums import clock, long_date
from triage.models import Bord, Overleg, Overlegreeks
from triage.queries.kent_gezin import known_places
from triage.ritme import beurten, week_of
from triage.services.agenda import TUSSEN, check_bord, lock_overleg, plan_turn
from triage.services.overleg import PLAATS, cancel_overleg, check_voorzitter, move_overleg
from triage.status import OverlegStatus

VOORUIT = timedelta(weeks=12)
"""How far ahead the overleggen of a series are made [V]."""
BOTSING_VOORUIT = timedelta(weeks=53)
"""How far ahead two series are compared."""
SLOT = 0x534B5431
"""Advisory lock: series are made and changed one at a time, so that two can't collide unseen."""


class ReeksInvalid(DomainError):
    """A constraint of the table said no; the sentence is the constraint's own."""


class ReeksInPast(DomainError):
    """A series begins today or later."""


class ReeksEmpty(DomainError):
    """In this period the day doesn't come up."""


class ReeksCollides(DomainError):
    """Another series of the same people is at the same hour."""


class ReeksChanged(DomainError):
    """The page was made from an older version of the series."""


class ReeksEnded(DomainError):
    """What is over isn't changed."""


@dataclass(frozen=True)
class Bijgewerkt:
    """What a change did to the overleggen that were planned already."""

    reeks: Overlegreeks
    verzet: int = 0
    geannuleerd: int = 0
    behouden: int = 0


@transaction.atomic
def start_reeks(
    *,
    bord: str,
    weekdag: int,
    tijd: time,
    van: date,
    actor: Medewerker,
    at: datetime,
    elke_weken: int = 1,
    tot_en_met: date | None = None,
    plaats: str = PLAATS,
    bij_feestdag: str = "overslaan",
    voorzitter: Medewerker | None = None,
) -> Overlegreeks:
    """Begin a series and plan what comes in the next twelve weeks.

    Raises BordUnknown, ReeksInPast, ReeksEmpty, ReeksCollides, ReeksInvalid or VoorzitterNotPlaced.
    """
    _one_at_a_time()
    if van < timezone.localtime(at).date():
        raise ReeksInPast("Deze eerste dag is al voorbij. Kies vandaag of later.")
    reeks = Overlegreeks(
        bord=check_bord(bord),
        weekdag=weekdag,
        tijd=tijd,
        elke_weken=elke_weken,
        plaats=plaats.strip() or PLAATS,
        van=van,
        tot_en_met=tot_en_met,
        bij_feestdag=bij_feestdag,
        voorzitter=voorzitter,
    )
    check_voorzitter(voorzitter, at)
    _check(reeks, at)
    with constraints_speak(Overlegreeks, ReeksInvalid):
        reeks.save(force_insert=True)
    record(action="triage.start_reeks", subject=reeks, gegevens={"door": actor.username, "reeks": str(reeks)})
    fill_reeks(reeks=reeks, at=at)
    return reeks


@transaction.atomic
def change_reeks(
    *, reeks: Overlegreeks, actor: Medewerker, at: datetime, versie: int | None = None, **feiten: Any
) -> Bijgewerkt:
    """Change weekdag, tijd, elke_weken, plaats, tot_en_met, bij_feestdag or voorzitter.

    What is planned moves along within its own week, with everything on it; what no longer fits is cancelled, and what
    stood there goes to the next one. Raises ReeksChanged, ReeksEnded, ReeksEmpty, ReeksCollides, ReeksInvalid,
    VoorzitterNotPlaced, or as move_overleg and cancel_overleg.
    """
    _one_at_a_time()
    row = _lock(reeks, versie, at)
    check_voorzitter(feiten.get("voorzitter"), at)
    for naam, waarde in feiten.items():
        if naam not in {
            "weekdag", "tijd", "elke_weken", "plaats", "tot_en_met", "bij_feestdag", "voorzitter",
        }:  # fmt: skip
            raise TypeError(f"een reeks heeft geen ‘{naam}’ dat verandert")
        setattr(row, naam, waarde)
    row.plaats = row.plaats.strip() or PLAATS
    _check(row, at)
    row.versie += 1
    with constraints_speak(Overlegreeks, ReeksInvalid):
        row.save()
    record(action="triage.change_reeks", subject=row, gegevens={"door": actor.username, "reeks": str(row)})
    gedaan = _realign(row, actor, at)
    fill_reeks(reeks=row, at=at)
    check_keten()
    return gedaan


@transaction.atomic
def stop_reeks(
    *, reeks: Overlegreeks, actor: Medewerker, at: datetime, versie: int | None = None
) -> Bijgewerkt:
    """No overleggen after today. Empty ones are cancelled; one with aanmeldingen stays, so that nothing is left undecided.

    Raises ReeksChanged or ReeksEnded.
    """
    _one_at_a_time()
    row = _lock(reeks, versie, at)
    vandaag = timezone.localtime(at).date()
    row.tot_en_met = max(row.van, vandaag)
    row.versie += 1
    row.save(update_fields=["tot_en_met", "versie"])
    behouden = geannuleerd = 0
    # What is hidden from who acts, because they know the family, stands there all the same.
    with_known_family = {plaats.overleg_id for plaats in known_places()}
    for overleg in _coming(row, at):
        if overleg.pk in with_known_family or overleg.agendapunten.exists():
            behouden += 1
        else:
            cancel_overleg(overleg=overleg, actor=actor, at=at)
            geannuleerd += 1
    record(
        action="triage.stop_reeks",
        subject=row,
        gegevens={"door": actor.username, "geannuleerd": geannuleerd, "behouden": behouden},
    )
    return Bijgewerkt(row, geannuleerd=geannuleerd, behouden=behouden)


@transaction.atomic
def fill_reeks(*, reeks: Overlegreeks, at: datetime) -> list[Overleg]:
    """Plan every turn of the coming twelve weeks that isn't there; what is, stays as it is. Safe to run twice, and by two."""
    row = Overlegreeks.objects.select_for_update(of=("self",)).get(pk=reeks.pk)
    vandaag = timezone.localtime(at).date()
    rows = Overleg.objects.filter(reeks=row, reeks_dag__isnull=False).values_list("reeks_dag", flat=True)
    known = {week_of(dag) for dag in rows if dag}
    made = []
    for beurt in beurten(row, vandaag, vandaag + VOORUIT):
        if beurt.begint_op is None or beurt.begint_op <= at or week_of(beurt.dag) in known:
            continue
        overleg = plan_turn(row, beurt)
        if overleg is not None:
            made.append(overleg)
    if made:
        record(action="triage.fill_reeks", subject=row, gegevens={"gepland": len(made)})
    return made


def running(at: datetime) -> "list[Overlegreeks]":
    """Every series that isn't over."""
    vandaag = timezone.localtime(at).date()
    return list(Overlegreeks.objects.filter(Q(tot_en_met=None) | Q(tot_en_met__gte=vandaag)).order_by("pk"))


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])


def _lock(reeks: Overlegreeks, versie: int | None, at: datetime) -> Overlegreeks:
    row = Overlegreeks.objects.select_for_update(of=("self",)).get(pk=reeks.pk)
    if versie is not None and versie != row.versie:
        raise ReeksChanged(
            "Een collega heeft deze reeks net gewijzigd. Bekijk eerst wat er nu staat en probeer het dan opnieuw."
        )
    if row.tot_en_met and row.tot_en_met < timezone.localtime(at).date():
        raise ReeksEnded("Deze reeks is voorbij. Begin een nieuwe.")
    return row


def _check(reeks: Overlegreeks, at: datetime) -> None:
    """What PostgreSQL asks too has its own sentence; here what spans rows."""
    if reeks.elke_weken not in (1, 2) or reeks.weekdag not in range(5):
        raise ReeksInvalid("Kies een dag van maandag tot en met vrijdag, elke week of elke twee weken.")
    if reeks.tot_en_met and reeks.tot_en_met < reeks.van:
        raise ReeksInvalid("De laatste dag ligt voor de eerste.")
    van = max(reeks.van, timezone.localtime(at).date())
    tot = van + BOTSING_VOORUIT
    mine = [beurt.begint_op for beurt in beurten(reeks, van, tot) if beurt.begint_op and beurt.begint_op > at]
    if not mine:
        raise ReeksEmpty(
            "In deze periode komt deze dag niet voor (of alleen op feestdagen). Kies een langere periode."
        )
    for other in running(at):
        if other.pk == reeks.pk or other.bord not in Bord(reeks.bord).zelfde_mensen:
            continue
        theirs = [beurt.begint_op for beurt in beurten(other, van, tot) if beurt.begint_op]
        if moment := _first_clash(mine, theirs):
            raise ReeksCollides(
                f"Op {long_date(timezone.localtime(moment).date())} om {clock(moment)} uur is er al een overleg uit een"
                f" andere reeks ({other}). Kies een andere dag, of een tijd die minstens een uur scheelt."
            )


def _first_clash(mine: Sequence[datetime], theirs: Sequence[datetime]) -> datetime | None:
    """The first of theirs that begins within an hour of one of mine; both in order."""
    plek = 0
    for moment in theirs:
        while plek < len(mine) and mine[plek] <= moment - TUSSEN:
            plek += 1
        if plek < len(mine) and abs(mine[plek] - moment) < TUSSEN:
            return moment
    return None


def _coming(reeks: Overlegreeks, at: datetime) -> list[Overleg]:
    """Its planned overleggen that lie ahead, locked in time."""
    keys = (
        Overleg.objects.filter(reeks=reeks, status=OverlegStatus.GEPLAND, begint_op__gt=at)
        .order_by("begint_op")
        .values_list("pk", flat=True)
    )
    return [overleg for pk in list(keys) if (overleg := lock_overleg(pk)).status == OverlegStatus.GEPLAND]


def _realign(reeks: Overlegreeks, actor: Medewerker, at: datetime) -> Bijgewerkt:
    """Each planned overleg goes to the turn of its own week; without one it is cancelled."""
    coming = _coming(reeks, at)
    if not coming:
        return Bijgewerkt(reeks)
    days = [overleg.reeks_dag for overleg in coming if overleg.reeks_dag]
    monday = min(days) - timedelta(days=6)
    turns = {week_of(beurt.dag): beurt for beurt in beurten(reeks, monday, max(days) + timedelta(days=6))}
    verzet = 0
    weg = []
    for overleg in coming:
        beurt = turns.pop(week_of(overleg.reeks_dag), None) if overleg.reeks_dag else None
        if beurt is None or beurt.begint_op is None or beurt.begint_op <= at:
            weg.append(overleg)
            continue
        nieuw = beurt.begint_op
        moved_by_hand = overleg.verzet_van is not None
        if overleg.reeks_dag != beurt.dag:
            overleg.reeks_dag = beurt.dag
            overleg.save(update_fields=["reeks_dag"])
        if moved_by_hand:
            continue
        if (overleg.begint_op, overleg.plaats, overleg.voorzitter_id) != (
            nieuw,
            reeks.plaats,
            reeks.voorzitter_id,
        ):
            verzet += overleg.begint_op != nieuw
            move_overleg(
                overleg=overleg, begint_op=nieuw, plaats=reeks.plaats, voorzitter=reeks.voorzitter,
                actor=actor, at=at, met_de_reeks=True,
            )  # fmt: skip
    for overleg in weg:
        cancelled = cancel_overleg(overleg=overleg, actor=actor, at=at)
        # The rhythm left this week, nobody cancelled it: it may come back with a later change.
        cancelled.reeks, cancelled.reeks_dag = None, None
        cancelled.save(update_fields=["reeks", "reeks_dag"])
    return Bijgewerkt(reeks, verzet=verzet, geannuleerd=len(weg))
