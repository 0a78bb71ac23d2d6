"""Eén figuur zoals elke bladzijde en elk bestand haar toont, en wat er om haar tekening heen staat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from rapportage.beeld.bron import Snede
from rapportage.beeld.keuze import NietGeboden
from rapportage.beeld.plannen import Plan
from rapportage.beeld.zinnen import meaning
from rapportage.queries import shown
from skt.web.datums import day_of, short_date
from skt.web.tekeningen import EMPTY

Getal = int | str | None
BREEDTE = {5: 520, 6: 640, 7: 756, 12: 756}
"""Pixels of a wide drawing per columns of the page: so letters stay as large as those around them."""


@dataclass(frozen=True)
class Tabel:
    """What the drawing shows, in rows. None in a cell is a count too small to show."""

    titel: str
    kolommen: Sequence[str]
    rijen: Sequence[Sequence[Getal]]
    voet: Sequence[Getal] = ()


@dataclass(frozen=True)
class Figuur:
    """One figure as every page and file shows it."""

    id: str
    naam: str
    """What it counts, in the same words whatever the finding is."""
    titel: str
    onder: str
    zin: SafeString = EMPTY
    soort: str = ""
    grafiek: Any = None
    beeld: SafeString = EMPTY
    tabel_open: bool = False
    legenda: Sequence[Mapping[str, Any]] = ()
    tabel: Tabel | None = None
    marge: str = ""
    bron: str = ""
    breedte: int = 6
    bestand: tuple[str, str] | None = None
    """Period and table of the published file."""
    alleen_csv: bool = False
    """That file is no table of counts: only its own bytes are offered."""
    kies: Sequence[tuple[str, str, bool]] = ()
    """What can be chosen in the figure itself: value, name, and whether it is chosen."""
    niet: NietGeboden | None = None
    """Why there is nothing to show."""


def missing(plan: Plan, waarom: NietGeboden) -> Figuur:
    return Figuur(plan.code, plan.titel, plan.titel, plan.onder + ".", niet=waarom, breedte=plan.breedte)


def source(snede: Snede) -> str:
    return f"SKT-registratie, vastgezet {short_date(day_of(snede.bevroren_op))}"


def frame(
    plan: Plan, nu: Snede, alleen: Sequence[str] | None = None, klein: Sequence[str] = ()
) -> dict[str, Any]:
    """What every figure has beside its drawing."""
    if len(nu.kenmerken) == 1:
        waarden = {w: a for w, a in nu.waarden.items() if alleen is None or w in alleen}
    else:
        waarden = {"": next((shown(a) for a in nu.cellen.values()), None)}
    return {
        "id": plan.code,
        "naam": plan.titel,
        "zin": meaning(plan, nu, waarden, klein),
        "marge": f"±{nu.grens}",
        "bron": source(nu),
        "breedte": plan.breedte,
        "bestand": (nu.tijdvak.code, nu.tabel),
    }
