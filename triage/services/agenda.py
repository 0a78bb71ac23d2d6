"""The agenda: which overleg comes next, and an aanmelding put on it. Locks always go in time: overleg, aanmelding, later overleg."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from skt.kern.errors import DomainError
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from skt.web.datums import short_day
from triage.models import Aanmelding, Agendapunt, Bord, Overleg, Overlegreeks
from triage.ritme import WEEK, Beurt, beurten, week_of
from triage.status import OverlegStatus

DONDERDAG = 3
"""date.weekday(): the day of the aanmeldoverleg as long as a bord has no rhythm of its own [V]."""
AANVANG = time(10)
"""Wall clock in Amsterdam."""
TUSSEN = timedelta(hours=1)
"""Two overleggen of the same people begin at least this far apart [V]."""
LAATSTE_AANVANG = time(16)
"""Past this hour none is planned by itself [V]."""
POGINGEN = 5
ZOEK_VOORUIT = timedelta(weeks=26)
"""How far ahead a turn of a series is looked for; beyond it there is no rhythm worth the name."""


class BordUnknown(DomainError):
    """There is no such bord."""


class AgendaBusy(DomainError):
    """Others keep changing the agenda while we look for the next overleg."""


@transaction.atomic
def next_overleg(*, bord: str, actor: Medewerker, at: datetime, after: datetime | None = None) -> Overleg:
    """The first planned overleg of this bord that begins after `at` (and after `after`), locked; plans one when there is none.

    A new one is the next turn of the series of the bord. Without a series it keeps the rhythm of the last overleg (a week
    later, same time), else Thursday 10:00; never on a day off. Raises BordUnknown, and AgendaBusy when the agenda keeps
    changing.
    """
    wanted = check_bord(bord)
    moment = max(at, after) if after else at
    for _ in range(POGINGEN):
        coming = (
            Overleg.objects.filter(bord=wanted, status=OverlegStatus.GEPLAND, begint_op__gt=moment)
            .order_by("begint_op")
            .values_list("pk", flat=True)
            .first()
        )
        overleg = lock_overleg(coming) if coming else _plan_next(wanted, actor, moment)
        if overleg is not None and overleg.status == OverlegStatus.GEPLAND:
            return overleg
    raise AgendaBusy("De agenda verandert op dit moment. Probeer het over een minuut opnieuw.")


def lock_overleg(pk: int) -> Overleg:
    """The row, locked until the transaction ends; whoever cancels or closes it waits."""
    return Overleg.objects.select_for_update(no_key=True).get(pk=pk)


def append_punt(*, overleg: Overleg, aanmelding: Aanmelding) -> Agendapunt:
    """Put the aanmelding last on the agenda of this (locked) overleg."""
    return Agendapunt.objects.create(overleg=overleg, aanmelding=aanmelding, volgorde=next_volgorde(overleg))


def next_volgorde(overleg: Overleg) -> int:
    last = Agendapunt.objects.filter(overleg=overleg).aggregate(last=Max("volgorde"))["last"]
    return (last or 0) + 1


def step_for(overleg: Overleg) -> str:
    """The next step of a melding that waits for this overleg."""
    return f"Bespreken in het aanmeldoverleg van {short_day(timezone.localtime(overleg.begint_op).date())}"


def clash(bord: Bord, begint_op: datetime, behalve: Overleg | None = None) -> Overleg | None:
    """What these people sit in then already: a planned overleg that begins less than an hour from this moment.

    One of this very bord at this very moment isn't beside it but is it; a second PostgreSQL refuses.
    """
    beside = Overleg.objects.filter(
        bord__in=bord.zelfde_mensen,
        status=OverlegStatus.GEPLAND,
        begint_op__gt=begint_op - TUSSEN,
        begint_op__lt=begint_op + TUSSEN,
    ).exclude(bord=bord, begint_op=begint_op)
    return (beside.exclude(pk=behalve.pk) if behalve else beside).order_by("begint_op").first()


def check_bord(bord: str | None) -> Bord:
    """Raises BordUnknown."""
    if bord not in Bord.values:
        raise BordUnknown("Kies een bord: jeugd/gezin, volwassenen of gezamenlijk.")
    return Bord(bord)


def _plan_next(bord: Bord, actor: Medewerker, moment: datetime) -> Overleg | None:
    """A new overleg after `moment`; None when somebody else planned the same one first."""
    turn = _next_turn(bord, moment)
    overleg = plan_turn(*turn) if turn else _plan(bord, _next_moment(bord, moment))
    if overleg is None:
        return None
    record(action="triage.plan_overleg", subject=overleg, gegevens={"door": actor.username, "vanzelf": True})
    return overleg


def plan_turn(reeks: Overlegreeks, beurt: Beurt) -> Overleg | None:
    """This turn as an overleg; one of the bord that stands at that moment already becomes it.

    None when it is taken, or when these people sit in another overleg then.
    """
    if beurt.begint_op is None:
        return None
    loose = (
        Overleg.objects.select_for_update(no_key=True)
        .filter(bord=reeks.bord, begint_op=beurt.begint_op)
        .exclude(status=OverlegStatus.GEANNULEERD)
        .first()
    )
    if loose is None and clash(Bord(reeks.bord), beurt.begint_op):
        return None
    if loose is None:
        return _plan(
            Bord(reeks.bord), beurt.begint_op, plaats=reeks.plaats, voorzitter_id=reeks.voorzitter_id,
            reeks=reeks, reeks_dag=beurt.dag,
        )  # fmt: skip
    if loose.reeks_id is not None or loose.status != OverlegStatus.GEPLAND:
        return None
    loose.reeks, loose.reeks_dag = reeks, beurt.dag
    loose.save(update_fields=["reeks", "reeks_dag"])
    return loose


def _plan(bord: Bord, begint_op: datetime, **feiten: Any) -> Overleg | None:
    try:
        with transaction.atomic():
            return Overleg.objects.create(bord=bord, begint_op=begint_op, **feiten)
    except IntegrityError:
        return None


def _next_turn(bord: Bord, moment: datetime) -> tuple[Overlegreeks, Beurt] | None:
    """The first free turn after `moment` of a series of this bord whose week has none yet (not a cancelled one either)."""
    dag = timezone.localtime(moment).date()
    found = []
    for reeks in (
        Overlegreeks.objects.filter(bord=bord).exclude(tot_en_met__lt=dag).select_related("voorzitter")
    ):
        rows = list(reeks.overleggen.filter(reeks_dag__gte=dag - WEEK).values_list("reeks_dag", flat=True))
        known = {week_of(row) for row in rows if row}
        for beurt in beurten(reeks, dag - WEEK, dag + ZOEK_VOORUIT):
            begin = beurt.begint_op
            if begin and begin > moment and week_of(beurt.dag) not in known and not clash(bord, begin):
                found.append((begin, reeks.pk, (reeks, beurt)))
                break
    return min(found)[2] if found else None


def _next_moment(bord: Bord, moment: datetime) -> datetime:
    """The next day and time in the rhythm of this bord that is a werkdag and after `moment`.

    A moment at which an overleg was held is taken. One that is planned there isn't skipped: then somebody planned it just
    now, the insert fails, and the next look finds it. Do these people sit in another overleg then, it is an hour later.
    """
    runs = Overleg.objects.filter(bord=bord).exclude(status=OverlegStatus.GEANNULEERD)
    last = runs.filter(begint_op__lte=moment).order_by("-begint_op").first()
    begin = timezone.localtime(last.begint_op) if last else None
    weekdag, uur = (begin.weekday(), begin.time()) if begin else (DONDERDAG, AANVANG)
    dag = timezone.localtime(moment).date()
    dag += timedelta(days=(weekdag - dag.weekday()) % 7)
    while True:
        candidate = timezone.make_aware(datetime.combine(next_werkdag(dag), uur))
        held = runs.filter(begint_op=candidate, status=OverlegStatus.GEHOUDEN)
        if candidate > moment and not held.exists():
            while timezone.localtime(candidate).time() <= max(uur, LAATSTE_AANVANG):
                if clash(bord, candidate) is None:
                    return candidate
                candidate += TUSSEN
        dag += timedelta(days=7)
