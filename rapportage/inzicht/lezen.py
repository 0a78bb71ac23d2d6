"""De aantallen zoals PostgreSQL ze vertelt: op vijf afgerond, en van minder dan tien alleen dát het er minder zijn."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection

from rapportage.inzicht.periode import Periode
from rapportage.models import Inzichtstand
from skt.kern.werkdagen import is_werkdag

Aantal = int | None
"""None: fewer than ten."""
Rij = tuple[str, list[str], Aantal]
"""What is counted, of what, and how many."""
TERUG = timedelta(days=3 * 366)
"""A lead time that began longer ago counts from there."""


@dataclass(frozen=True)
class Duur:
    """Half of them took at most `mediaan`, nine out of ten at most `p90`."""

    mediaan: int
    p90: int


@dataclass
class Inzicht:
    """One period, as it may be told."""

    periode: Periode
    geteld_op: datetime
    cellen: dict[str, dict[tuple[str, ...], Aantal]] = field(default_factory=dict)

    def add(self, rijen: list[Rij]) -> None:
        for maat, sleutel, aantal in rijen:
            self.cellen.setdefault(maat, {})[tuple(sleutel)] = aantal

    def count(self, maat: str, *sleutel: str) -> Aantal:
        """0 when there are none, None when there are fewer than ten."""
        return self.cellen.get(maat, {}).get(sleutel, 0)

    def under(self, maat: str) -> dict[tuple[str, ...], Aantal]:
        return self.cellen.get(maat, {})

    def lead_time(self, stap: str, maat: str = "werkdagen") -> Duur | None:
        """In werkdagen or in days; None for a group of less than ten."""
        mediaan = self.under("duur").get((stap, maat, "0.5"))
        p90 = self.under("duur").get((stap, maat, "0.9"))
        return None if mediaan is None or p90 is None else Duur(mediaan, p90)


def read_inzicht(periode: Periode, at: datetime) -> Inzicht:
    """What was counted last night, or counted now when that night hasn't come yet; and what waits at this moment.

    Nothing comes back for who may not see the counts: PostgreSQL asks too.
    """
    stand = Inzichtstand.objects.filter(tot=periode.tot, maanden=periode.maanden).first()
    inzicht = Inzicht(periode, stand.geteld_op if stand else at)
    inzicht.add(stand.cellen if stand else count_periode(periode))
    with connection.cursor() as cursor:
        cursor.execute("SELECT maat, sleutel, aantal FROM rapportage_wacht(%s)", [at])
        inzicht.add(cursor.fetchall())
    return inzicht


def count_periode(periode: Periode) -> list[Rij]:
    """Count it now; a hundred thousand meldingen in the period take about a second."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT maat, sleutel, aantal FROM rapportage_inzicht(%s, %s, %s::date[])",
            [periode.tot, periode.maanden, list(_holidays(periode.eerste - TERUG, periode.tot))],
        )
        return cursor.fetchall()


def _holidays(van: date, tot: date) -> Iterator[date]:
    """Weekdays on which nobody works (Algemene termijnenwet art. 3)."""
    for dagen in range((tot - van).days + 1):
        dag = van + timedelta(days=dagen)
        if dag.weekday() < 5 and not is_werkdag(dag):
            yield dag
