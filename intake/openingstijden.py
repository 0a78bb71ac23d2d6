"""Wanneer een team open is, en welke dagdelen er dan zijn om iemand terug te bellen."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from intake.models import Werktijd, Werkuitzondering
from skt.kern.werkdagen import is_werkdag
from skt.medewerkers.models import Team
from skt.web.datums import clock, short_day

MIDDAG = time(12, 30)
VOORUIT = timedelta(days=45)
"""So far ahead the exceptions are read; nobody plans a call further ahead than that by a proposal."""
RUIM = timedelta(minutes=30)
"""A part of the day that is nearly over is no proposal any more."""


@dataclass(frozen=True)
class Dagdeel:
    """A stretch in which the team is open: call back not before the one, and before the other."""

    niet_eerder_dan: datetime
    uiterlijk: datetime
    label: str

    @property
    def waarde(self) -> str:
        """As a form sends it."""
        return f"{self.niet_eerder_dan.isoformat()}/{self.uiterlijk.isoformat()}"


class Openingstijden:
    """Of one team, read once (two queries)."""

    def __init__(self, team: Team, vanaf: date) -> None:
        self.week = {
            row.weekdag: (row.van, row.tot)
            for row in Werktijd.objects.filter(team=team)
            if row.van and row.tot
        }
        self.uitzonderingen = list(
            Werkuitzondering.objects.filter(
                team=team, vervallen=False, laatste_dag__gte=vanaf, eerste_dag__lte=vanaf + VOORUIT
            ).order_by("-pk")
        )

    def on(self, dag: date) -> tuple[time, time] | None:
        """Open from and until, in wall-clock time; None when closed (weekends and public holidays always)."""
        if not is_werkdag(dag):
            return None
        for row in self.uitzonderingen:
            if row.eerste_dag <= dag <= row.laatste_dag:
                return (row.van, row.tot) if row.van and row.tot else None
        return self.week.get(dag.isoweekday())

    def is_open(self, moment: datetime) -> bool:
        """The closing time itself counts: before five is what is promised."""
        local = timezone.localtime(moment)
        hours = self.on(local.date())
        return hours is not None and hours[0] <= local.time() <= hours[1]

    def parts(self, at: datetime, aantal: int = 6) -> list[Dagdeel]:
        """The coming mornings and afternoons, today's rest included. Empty when it stays closed for weeks."""
        found: list[Dagdeel] = []
        dag, last = timezone.localdate(at), timezone.localdate(at) + VOORUIT
        while len(found) < aantal and dag <= last:
            hours = self.on(dag)
            for begin, eind in _halves(hours) if hours else ():
                start, end = _at(dag, begin), _at(dag, eind)
                if end - at >= RUIM:
                    found.append(Dagdeel(max(start, at), end, _label(start, end, at)))
            dag += timedelta(days=1)
        return found[:aantal]


def _halves(hours: tuple[time, time]) -> list[tuple[time, time]]:
    van, tot = hours
    return [(van, MIDDAG), (MIDDAG, tot)] if van < MIDDAG < tot else [(van, tot)]


def _at(dag: date, uur: time) -> datetime:
    return timezone.make_aware(datetime.combine(dag, uur))


def _label(start: datetime, end: datetime, at: datetime) -> str:
    days = (timezone.localtime(start).date() - timezone.localtime(at).date()).days
    dag = {0: "Vandaag", 1: "Morgen"}.get(days, short_day(timezone.localtime(start).date()).capitalize())
    return f"{dag} {clock(start)} tot {clock(end)}" if start >= at else f"{dag} voor {clock(end)}"
