"""Where terms run: each room says at start-up which of them somebody has to look at; nobody here knows what a melding is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import Gelezen

BIJNA_WERKDAGEN = 3
"""A term that ends within so many werkdagen is near [V]."""
MAXIMUM = 200
"""Of each source; who has more has another problem than a list."""


@dataclass(frozen=True)
class Rij:
    """One running term that is over or near, for a page of whoever has to look at it."""

    uiterlijk: date
    wat: str
    bron: str
    nummer: str
    wie: str
    url: str
    gelezen: Gelezen


@dataclass(frozen=True)
class Telling:
    """How many terms are over, and how many nearly."""

    verlopen: int = 0
    bijna: int = 0

    def __bool__(self) -> bool:
        return bool(self.verlopen or self.bijna)


Lezer = Callable[[Medewerker, date, int], Iterable[Rij]]
"""(medewerker, tot en met welke dag, hoeveel ten hoogste): first to end first. Called while this medewerker acts, so both
locks hold; it says nothing of who sees more than the own work."""
_lezers: list[Lezer] = []


def register_termijnen(lezer: Lezer) -> None:
    """Add a source at start-up; twice is once."""
    if lezer not in _lezers:
        _lezers.append(lezer)


def terms_of(medewerker: Medewerker, at: datetime) -> list[Rij]:
    """What this medewerker, who acts, has to look at: over or nearly, the first to end first."""
    grens = add_werkdagen(timezone.localtime(at).date(), BIJNA_WERKDAGEN)
    return sorted(
        (rij for lezer in _lezers for rij in lezer(medewerker, grens, MAXIMUM)),
        key=lambda rij: (rij.uiterlijk, rij.nummer),
    )


def count_terms(rijen: Iterable[Rij], at: datetime) -> Telling:
    """A term is over on the day after its last."""
    vandaag = timezone.localtime(at).date()
    all_of_them = list(rijen)
    verlopen = sum(rij.uiterlijk < vandaag for rij in all_of_them)
    return Telling(verlopen, len(all_of_them) - verlopen)
