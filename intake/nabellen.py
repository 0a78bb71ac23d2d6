"""Wie wie nog moet terugbellen, voor de zijkant van de werkvoorraad. Wie later in de keten komt levert de regels aan."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from intake.models import Melding
from skt.medewerkers.models import Medewerker


@dataclass(frozen=True)
class Nabelregel:
    melding: Melding
    url: str
    tekst: str
    uiterlijk: date


@dataclass(frozen=True)
class Nabellijst:
    """De eerste regels, wat het eerst moet vooraan; `aantal` is van alle, en `url` toont ze."""

    regels: list[Nabelregel] = field(default_factory=list)
    aantal: int = 0
    url: str = ""


Nabelbron = Callable[[Medewerker, int], Nabellijst]
"""(wie kijkt, hoeveel regels ten hoogste); alleen wat wie kijkt mag zien."""
_bron: list[Nabelbron] = []


def register_nabellen(bron: Nabelbron) -> None:
    """Eén bron: de app die bijhoudt wat melders horen."""
    _bron[:] = [bron]


def read_nabellen(user: Medewerker, maximum: int) -> Nabellijst:
    return _bron[0](user, maximum) if _bron else Nabellijst()
