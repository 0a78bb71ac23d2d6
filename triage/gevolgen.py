"""What a besluit sets in motion further down the chain; the rooms downstream say so at start-up, so triage never imports them."""

from collections.abc import Callable
from datetime import datetime

from skt.medewerkers.models import Medewerker
from triage.models import Agendapunt, Besluit

Gevolg = Callable[[Agendapunt, Medewerker, datetime], object]

_gevolgen: dict[str, Gevolg] = {}


def register_gevolg(besluit: str, gevolg: Gevolg) -> None:
    """Let `gevolg(agendapunt, actor, at)` run inside the transaction of every such besluit.

    What it raises undoes the besluit. Raises ValueError when the besluit has a gevolg already or doesn't exist.
    """
    key = str(Besluit(besluit))
    if key in _gevolgen:
        raise ValueError(f"voor ‘{key}’ staat al een gevolg")
    _gevolgen[key] = gevolg


def has_gevolg(besluit: str) -> bool:
    """Whether a room downstream does something with this besluit."""
    return besluit in _gevolgen


def run_gevolg(agendapunt: Agendapunt, actor: Medewerker, at: datetime) -> bool:
    """Run what belongs to this besluit; False when nothing does."""
    gevolg = _gevolgen.get(agendapunt.besluit)
    if gevolg is None:
        return False
    gevolg(agendapunt, actor, at)
    return True
