"""The one search box: each app says what it can find; nobody finds more than they may see."""

from collections.abc import Callable
from dataclasses import dataclass

from skt.medewerkers.models import Medewerker


@dataclass(frozen=True)
class Vondst:
    """One hit. `url` is empty when the user may only know that it exists, and whom to call."""

    soort: str
    titel: str
    tekst: str
    url: str = ""


Zoeker = Callable[[Medewerker, str], list[Vondst]]
_zoekers: list[Zoeker] = []


def register_zoeker(zoeker: Zoeker) -> None:
    """Add a source of hits at start-up; it filters by its own Rules and logs what it shows."""
    _zoekers.append(zoeker)


def find(user: Medewerker, vraag: str) -> list[Vondst]:
    return [vondst for zoeker in _zoekers for vondst in zoeker(user, vraag)]
