"""Wanneer een reeks overleggen valt: dagen uit een ritme, met feestdagen; niets hier raakt de database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from skt.kern.werkdagen import is_werkdag, next_werkdag
from triage.models import BijFeestdag, Overlegreeks

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Beurt:
    """Eén keer in een reeks: de dag die het ritme noemt, en het moment waarop het echt is (None: overgeslagen)."""

    dag: date
    begint_op: datetime | None

    @property
    def is_verplaatst(self) -> bool:
        return self.begint_op is not None and timezone.localtime(self.begint_op).date() != self.dag


def beurten(reeks: Overlegreeks, van: date, tot_en_met: date) -> Iterator[Beurt]:
    """De beurten waarvan de dag in deze periode valt, in volgorde."""
    laatste = min(tot_en_met, reeks.tot_en_met) if reeks.tot_en_met else tot_en_met
    stap = WEEK * reeks.elke_weken
    dag = first_day(reeks)
    if dag < van:
        dag += stap * -(-(van - dag).days // stap.days)
    while dag <= laatste:
        yield Beurt(dag, _moment(reeks, dag))
        dag += stap


def first_day(reeks: Overlegreeks) -> date:
    """De eerste dag van het ritme: op of na het begin van de reeks."""
    return reeks.van + timedelta(days=(reeks.weekdag - reeks.van.weekday()) % 7)


def at_clock(dag: date, tijd: time) -> datetime:
    """Die dag op die tijd, zoals de klok in Nederland hem aanwijst."""
    return timezone.make_aware(datetime.combine(dag, tijd))


def _moment(reeks: Overlegreeks, dag: date) -> datetime | None:
    if is_werkdag(dag):
        return at_clock(dag, reeks.tijd)
    if reeks.bij_feestdag == BijFeestdag.OVERSLAAN:
        return None
    later = next_werkdag(dag)
    # Past the next turn of the series it would stand beside that one.
    return at_clock(later, reeks.tijd) if later < dag + WEEK else None


def week_of(dag: date) -> tuple[int, int]:
    """Een reeks komt ten hoogste één keer per week; jaar en weeknummer (ISO 8601) zeggen welke beurt het is."""
    jaar, week, _ = dag.isocalendar()
    return jaar, week
