"""Een periode waarover cijfers verschijnen: een maand, een kwartaal of een jaar; hoe ze heet en welke ervoor kwam."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapportage.maanden import name_maand, next_maand, previous_maand, short_maand, write_maand
from rapportage.models import Periode
from skt.kern.errors import DomainError

_GESCHREVEN = re.compile(r"(20\d{2})(?:-(?:(0[1-9]|1[0-2])|K([1-4])))?", re.ASCII)
MAANDEN_PER = {Periode.MAAND: 1, Periode.KWARTAAL: 3, Periode.JAAR: 12}
SOORTEN = (Periode.JAAR, Periode.KWARTAAL, Periode.MAAND)
"""As they are offered: the longer, the more detail."""


class UnknownPeriod(DomainError):
    """Not a period as we write it."""


@dataclass(frozen=True, order=True)
class Tijdvak:
    """One month, quarter or year, by its first day."""

    begin: date
    soort: Periode

    @property
    def code(self) -> str:
        """2026-10, 2026-K4, 2026: in addresses and file names."""
        if self.soort == Periode.MAAND:
            return write_maand(self.begin)
        return f"{self.jaar}-K{self.kwartaal}" if self.soort == Periode.KWARTAAL else f"{self.jaar}"

    @property
    def naam(self) -> str:
        """oktober 2026, 4e kwartaal 2026, 2026"""
        if self.soort == Periode.MAAND:
            return name_maand(self.begin)
        return f"{self.kwartaal}e kwartaal {self.jaar}" if self.soort == Periode.KWARTAAL else f"{self.jaar}"

    @property
    def in_zin(self) -> str:
        """oktober 2026, het 3e kwartaal van 2026, 2026: in a running sentence"""
        return (
            f"het {self.kwartaal}e kwartaal van {self.jaar}" if self.soort == Periode.KWARTAAL else self.naam
        )

    @property
    def kort(self) -> str:
        """okt 2026, 4e kw 2026, 2026: above a column"""
        if self.soort == Periode.MAAND:
            return short_maand(self.begin)
        return f"{self.kwartaal}e kw {self.jaar}" if self.soort == Periode.KWARTAAL else f"{self.jaar}"

    @property
    def jaar(self) -> int:
        return self.begin.year

    @property
    def kwartaal(self) -> int:
        return (self.begin.month + 2) // 3

    @property
    def eind(self) -> date:
        """The first day after it."""
        eind = self.begin
        for _ in range(MAANDEN_PER[self.soort]):
            eind = next_maand(eind)
        return eind

    def previous(self) -> "Tijdvak":
        begin = self.begin
        for _ in range(MAANDEN_PER[self.soort]):
            begin = previous_maand(begin)
        return Tijdvak(begin, self.soort)

    def year_before(self) -> "Tijdvak":
        return Tijdvak(self.begin.replace(year=self.jaar - 1), self.soort)

    def wider(self) -> Iterable["Tijdvak"]:
        """The quarter and the year this is part of."""
        if self.soort == Periode.MAAND:
            yield Tijdvak(date(self.jaar, 3 * self.kwartaal - 2, 1), Periode.KWARTAAL)
        if self.soort != Periode.JAAR:
            yield Tijdvak(date(self.jaar, 1, 1), Periode.JAAR)

    def __str__(self) -> str:
        return self.naam


def parse_tijdvak(tekst: str) -> Tijdvak:
    """‘2026-10’, ‘2026-K4’ or ‘2026’. Raises UnknownPeriod."""
    found = _GESCHREVEN.fullmatch(tekst)
    if found is None:
        raise UnknownPeriod("Deze periode kennen we niet. Schrijf 2026-10, 2026-K4 of 2026.")
    jaar, maand, kwartaal = int(found[1]), found[2], found[3]
    if maand:
        return Tijdvak(date(jaar, int(maand), 1), Periode.MAAND)
    if kwartaal:
        return Tijdvak(date(jaar, 3 * int(kwartaal) - 2, 1), Periode.KWARTAAL)
    return Tijdvak(date(jaar, 1, 1), Periode.JAAR)
