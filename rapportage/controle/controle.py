"""De controle zelf: per bestand, tussen bestanden, en over alle uitgaven samen."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from secrets import SystemRandom
from typing import Any, Protocol

import numpy as np

from rapportage.controle.lezen import CATALOGUS, VERBORGEN, Tabel, Unreadable, read_catalogue, read_table
from rapportage.controle.programma import (
    HOOGSTENS_VERBORGEN,
    Stelsel,
    all_complete,
    bounds,
    complete,
    systems,
)

BELOOFD = 9
"""No interval may be narrower than this."""
STEEKPROEF = 2
"""Cells per system whose least and most are worked out one by one; all of them on request."""
STEEKPROEF_VOORAF, VLOT = 6, 150
"""Systems of at most so many unknowns are solved together; before each publication, one cell of so many of them."""
MARGE = 1e-5


class Uitgave(Protocol):
    """What we are given: files by name."""

    @property
    def bestanden(self) -> Mapping[str, bytes]: ...


@dataclass(frozen=True)
class Bevinding:
    """Something that may not be: its kind, and where. Never a number."""

    soort: str
    waar: str


@dataclass
class Verslag:
    """What was looked at, and what was found."""

    tabellen: int = 0
    vakken: int = 0
    zonder_zegel: int = 0
    optellingen: int = 0
    stelsels: int = 0
    programmas: int = 0
    kleinste_interval: float = math.inf
    bevindingen: list[Bevinding] = field(default_factory=list)

    @property
    def in_orde(self) -> bool:
        return not self.bevindingen

    def as_dict(self) -> dict[str, Any]:
        gevonden = asdict(self)
        gevonden["kleinste_interval"] = (
            None if math.isinf(self.kleinste_interval) else round(self.kleinste_interval, 3)
        )
        return {"in_orde": self.in_orde, **gevonden}

    def find(self, soort: str, waar: str) -> None:
        self.bevindingen.append(Bevinding(soort, waar))


def check_uitgave(uitgave: Uitgave, *, alleen: str) -> list[Bevinding]:
    """Before a month is published: all of the longest period that it completes, files and programs."""
    return check(uitgave.bestanden, tot=alleen).bevindingen


def check(bestanden: Mapping[str, bytes], *, alles: bool = False, tot: str | None = None) -> Verslag:
    """Look at everything. `alles`: work out every cell one by one, and take whole cubes as well.

    `tot` (2026-10), before a publication: only the programs of the periods that end there.
    """
    verslag = Verslag()
    tabellen = _read(bestanden, verslag)
    for soort, waar in _adds_up(tabellen, verslag):
        verslag.find(soort, waar)
    if tot is not None:
        tabellen = _completed(tabellen, date.fromisoformat(f"{tot}-01"))
    stelsels = list(systems(tabellen))
    vlot = [stelsel for stelsel in stelsels if stelsel.som.shape[1] <= VLOT]
    samen = all_complete(vlot)
    gekozen = [stelsel.naam for stelsel in SystemRandom().sample(vlot, min(STEEKPROEF_VOORAF, len(vlot)))]
    for stelsel in stelsels:
        bewezen = samen and stelsel.som.shape[1] <= VLOT
        if tot is not None:
            _solve(stelsel, verslag, int(stelsel.naam in gekozen), bewezen=bewezen)
        else:
            _solve(stelsel, verslag, len(stelsel.getal) if alles else STEEKPROEF, bewezen=bewezen)
    if alles:
        for stelsel in systems(tabellen, breed=True):
            _solve(stelsel, verslag, 0)
    return verslag


# -- per file


def _read(bestanden: Mapping[str, bytes], verslag: Verslag) -> list[Tabel]:
    try:
        regels, waarden = read_catalogue(bestanden)
    except (KeyError, ValueError):
        verslag.find("de catalogus ontbreekt of is onleesbaar", CATALOGUS)
        return []
    for extra in sorted(set(bestanden) - {regel["bestand"] for regel in regels} - {CATALOGUS}):
        verslag.find("een bestand staat niet in de catalogus", extra)
    tabellen = []
    for regel in regels:
        if not regel["sha256"]:
            verslag.zonder_zegel += 1
            continue
        try:
            tabel = read_table(regel, bestanden, waarden[date.fromisoformat(regel["periode"]["van"]).year])
        except Unreadable as fout:
            verslag.find(fout.soort, regel["bestand"])
        except (KeyError, ValueError, UnicodeDecodeError):
            verslag.find("het bestand of zijn regel in de catalogus is onleesbaar", regel["bestand"])
        else:
            if tabel.grens < BELOOFD:
                verslag.find("de grens is kleiner dan beloofd", tabel.bestand)
            verslag.tabellen += 1
            verslag.vakken += tabel.getallen.size
            tabellen.append(tabel)
    return tabellen


# -- between files


def _adds_up(tabellen: Sequence[Tabel], verslag: Verslag) -> Iterator[tuple[str, str]]:
    per_plek: dict[tuple[Any, ...], list[Tabel]] = {}
    for tabel in tabellen:
        per_plek.setdefault((tabel.familie, tabel.soort, tabel.van), []).append(tabel)
    for groep in per_plek.values():
        for fijn in groep:
            for grof in groep:
                if fijn is not grof:
                    verslag.optellingen += 1
                    yield from _compare(fijn, grof)
        for mensen in (False, True):
            yield from _one_total([t for t in groep if t.mensen == mensen and not t.meervoudig])
    yield from _adds_up_in_time(tabellen, verslag)


def _one_total(tabellen: Sequence[Tabel]) -> Iterator[tuple[str, str]]:
    """Everything that counts the same things has one total."""
    minst = {
        tabel.bestand: int(np.where(tabel.getallen == VERBORGEN, 0, tabel.getallen).sum())
        for tabel in tabellen
    }
    meest = {
        tabel.bestand: minst[tabel.bestand] + HOOGSTENS_VERBORGEN * int((tabel.getallen == VERBORGEN).sum())
        for tabel in tabellen
    }
    if minst and max(minst.values()) > min(meest.values()):
        yield (
            "de vakken tellen niet op",
            f"{max(minst, key=minst.__getitem__)} en {min(meest, key=meest.__getitem__)}",
        )


def _compare(fijn: Tabel, grof: Tabel) -> Iterator[tuple[str, str]]:
    """Two tables of one family and period: does the one add up to the other, or stay below it?"""
    if set(grof.kolommen) <= set(fijn.kolommen) and fijn.mensen == grof.mensen:
        if fijn.kubus == grof.kubus or (grof.kubus == grof.familie and not fijn.meervoudig):
            if len(grof.kolommen) < len(fijn.kolommen) and not _sums(_spread(fijn, grof), grof):
                yield "de vakken tellen niet op", f"{fijn.bestand} en {grof.bestand}"
        elif grof.kubus == grof.familie and fijn.meervoudig and len(grof.kolommen) == len(fijn.kolommen) - 1:
            meeste = np.moveaxis(_spread_keep(fijn, grof), -1, 0).max(0)
            if _exceeds(meeste, grof.getallen):
                yield "er is vaker genoemd dan er iets was", f"{fijn.bestand} en {grof.bestand}"
    if fijn.mensen and not grof.mensen and fijn.kubus == grof.kubus and fijn.kolommen == grof.kolommen:
        if _exceeds(fijn.getallen, grof.getallen):
            yield "er zijn meer mensen dan vragen", f"{fijn.bestand} en {grof.bestand}"


def _exceeds(deel: Any, geheel: Any) -> bool:
    """Is a published part more than its whole? A hidden whole is at most 5, a hidden part at least 0."""
    return bool(
        (
            np.where(deel == VERBORGEN, 0, deel) > np.where(geheel == VERBORGEN, HOOGSTENS_VERBORGEN, geheel)
        ).any()
    )


def _spread_keep(fijn: Tabel, grof: Tabel) -> Any:
    """The numbers of the fine table with the axes of the coarse one in front, in its order."""
    voor = [fijn.kolommen.index(kolom) for kolom in grof.kolommen]
    rest = [as_ for as_ in range(len(fijn.kolommen)) if as_ not in voor]
    return fijn.getallen.transpose(*voor, *rest)


def _spread(fijn: Tabel, grof: Tabel) -> Any:
    """One row of parts per cell of the coarse table."""
    return _spread_keep(fijn, grof).reshape(grof.getallen.size, -1)


def _sums(delen: Any, grof: Tabel) -> bool:
    """Can the parts, hidden ones 0 or 5, add up to the whole?"""
    minst = np.where(delen == VERBORGEN, 0, delen).sum(1)
    meest = minst + HOOGSTENS_VERBORGEN * (delen == VERBORGEN).sum(1)
    geheel = grof.getallen.reshape(-1)
    verborgen = geheel == VERBORGEN
    past = np.where(verborgen, minst <= HOOGSTENS_VERBORGEN, (minst <= geheel) & (geheel <= meest))
    return bool(past.all())


def _adds_up_in_time(tabellen: Sequence[Tabel], verslag: Verslag) -> Iterator[tuple[str, str]]:
    per_code: dict[str, list[Tabel]] = {}
    for tabel in tabellen:
        if not tabel.stand:
            per_code.setdefault(tabel.code, []).append(tabel)
    for groep in per_code.values():
        for geheel in groep:
            for kort in ("maand", "kwartaal"):
                delen = [t for t in groep if t.soort == kort and geheel.van <= t.van and t.tot <= geheel.tot]
                if kort != geheel.soort and delen and geheel.soort != "maand":
                    verslag.optellingen += 1
                    if not _sums(np.stack([deel.getallen.reshape(-1) for deel in delen], 1), geheel):
                        yield "de perioden tellen niet op", geheel.bestand


# -- over all releases together


def _completed(tabellen: Sequence[Tabel], maand: date) -> list[Tabel]:
    """What lies within the longest period that ends with this month."""
    eind = date(maand.year + maand.month // 12, maand.month % 12 + 1, 1)
    begin = min((tabel.van for tabel in tabellen if tabel.tot == eind), default=eind)
    return [
        tabel
        for tabel in tabellen
        if begin <= tabel.van and tabel.tot <= eind and (not tabel.stand or tabel.tot == eind)
    ]


def _solve(stelsel: Stelsel, verslag: Verslag, aantal: int, *, bewezen: bool = False) -> None:
    """One system: is it complete (`bewezen`: known already), and how wide are so many of its intervals?"""
    verslag.stelsels += 1
    verslag.programmas += 1
    if not bewezen and not complete(stelsel):
        verslag.find("de uitgaven kunnen niet samen uit één telling komen", stelsel.naam)
        return
    rijen = SystemRandom().sample(range(len(stelsel.getal)), min(aantal, len(stelsel.getal)))
    verslag.programmas += 2 * len(rijen)
    for rij, (minst, meest) in zip(rijen, bounds(stelsel, rijen), strict=True):
        verslag.kleinste_interval = min(verslag.kleinste_interval, meest - minst)
        if not _as_promised(int(stelsel.getal[rij]), minst, meest, stelsel.grens):
            verslag.find("het interval is niet zo breed als beloofd", stelsel.vakken[rij][0])


def _as_promised(getal: int, minst: float, meest: float, grens: int) -> bool:
    if math.isnan(minst) or math.isnan(meest) or meest - minst < BELOOFD - MARGE:
        return False
    if getal == VERBORGEN:
        return minst <= MARGE
    return abs(minst - max(0, getal - grens)) <= MARGE and abs(meest - getal - grens) <= MARGE
