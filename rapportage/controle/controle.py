"""De controle zelf: per bestand, tussen bestanden, en over alle uitgaven samen."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from secrets import SystemRandom
from time import monotonic
from typing import Any, Protocol

import numpy as np

from rapportage.controle.bladen import check_sheets
from rapportage.controle.getuige import Getuige, contradictions
from rapportage.controle.lezen import CATALOGUS, VERBORGEN, Tabel, Unreadable, read_catalogue, read_table
from rapportage.controle.programma import HOOGSTENS_VERBORGEN, Schakels, Stelsel, bounds, complete, plans
from rapportage.controle.samenhang import whole_families

BELOOFD = 9
"""No interval may be narrower than this."""
STEEKPROEF = 16
"""Of so many systems one cell, whose least and most are worked out; every cell of every system on request."""
STEEKPROEF_VOORAF, VLOT = 1, 150
"""Before each publication the witness proves all; so many systems of at most so many cells are also worked out."""
MARGE = 1e-5
RUIM_DE_TIJD = 900.0
ONMOGELIJK = "de uitgaven kunnen niet samen uit één telling komen"


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
    bladen: int = 0
    zonder_zegel: int = 0
    optellingen: int = 0
    stelsels: int = 0
    programmas: int = 0
    bewezen_vakken: int = 0
    """Cells in a system with its proof: of these the interval is known to be the promised one."""
    kubussen: int = 0
    bewezen_kubussen: int = 0
    """Cubes with their trunk, all periods of a year at once."""
    families: int = 0
    bewezen_families: int = 0
    """All cubes of a family, all periods of a year at once."""
    uitgerekende_vakken: int = 0
    """Cells of which the least and the most were also worked out, one by one."""
    tijd_op: bool = False
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


def check_uitgave(uitgave: Uitgave, *, alleen: str, getuige: Getuige, waarheid: Getuige) -> list[Bevinding]:
    """Before a month is published: all of the longest period that it completes, with what the maker shows as witness and what is true."""
    return check(uitgave.bestanden, tot=alleen, getuige=getuige, waarheid=waarheid).bevindingen


def check(
    bestanden: Mapping[str, bytes],
    *,
    alles: bool = False,
    seconden: float = RUIM_DE_TIJD,
    tot: str | None = None,
    getuige: Getuige | None = None,
    waarheid: Getuige | None = None,
) -> Verslag:
    """Look at everything. `alles`: whole cubes and whole families too, and cells one by one, for at most so many seconds.

    `tot` (2026-10), before a publication: of the periods that end there, with a witness for all of them at once, and
    linear programs for some; with `waarheid`, the true finest cells, also whether the truth is within the bound.
    """
    verslag = Verslag()
    tabellen, indelingen, bladen = _read(bestanden, verslag)
    for soort, waar in check_sheets(bladen, bestanden, tabellen):
        verslag.find(soort, waar)
    verslag.bladen = len(bladen)
    if tot is not None and getuige is not None:
        # What ended earlier was compared when it was published; here its sums over time are, and the witness holds it all.
        eind = _after(date.fromisoformat(f"{tot}-01"))
        naast_elkaar = [tabel for tabel in tabellen if tabel.tot == eind]
    else:
        naast_elkaar = tabellen
    for soort, waar in (*_adds_up(naast_elkaar, verslag), *_adds_up_in_time(tabellen, verslag)):
        verslag.find(soort, waar)
    if tot is not None:
        tabellen = _completed(tabellen, date.fromisoformat(f"{tot}-01"))
    if getuige is not None:
        for soort, waar in contradictions(tabellen, indelingen, getuige, waarheid):
            verslag.find(soort, waar)
        vlot = [plan for plan in plans(tabellen) if plan.vakken <= VLOT]
        for plan in SystemRandom().sample(vlot, min(STEEKPROEF_VOORAF, len(vlot))):
            _solve(plan.make(), verslag, 1)
        return verslag
    alle = list(plans(tabellen))
    gekozen = {plan.naam for plan in SystemRandom().sample(alle, min(STEEKPROEF, len(alle)))}
    bewezen: set[tuple[str, int]] = set()
    for plan in alle:
        stelsel = plan.make()
        if _solve(stelsel, verslag, int(plan.naam in gekozen)):
            bewezen.update(stelsel.vakken)
    verslag.bewezen_vakken = len(bewezen)
    if alles:
        _everything(tabellen, indelingen, verslag, monotonic() + seconden)
    return verslag


def _everything(
    tabellen: Sequence[Tabel], indelingen: Mapping[int, Any], verslag: Verslag, tot: float
) -> None:
    """Whole cubes, whole families, and then cell by cell for as long as there is time. `tot`: a moment of `monotonic`."""
    heel = sorted(plans(tabellen, breed=True), key=lambda plan: plan.vakken)
    verslag.kubussen = len(heel)
    for plan in heel:
        verslag.bewezen_kubussen += _in_time(plan.make(), None, verslag, tot)
    families = sorted(whole_families(tabellen, indelingen), key=lambda familie: familie[0].som.shape[1])
    verslag.families = len(families)
    for stelsel, schakels in families:
        verslag.bewezen_families += _in_time(stelsel, schakels, verslag, tot)
    alle = list(plans(tabellen))
    while alle and monotonic() < tot:
        _solve(SystemRandom().choice(alle).make(), verslag, 1, bewezen=True)


def _after(maand: date) -> date:
    return date(maand.year + maand.month // 12, maand.month % 12 + 1, 1)


def _in_time(stelsel: Stelsel, schakels: Schakels | None, verslag: Verslag, tot: float) -> bool:
    """Is it proven before that moment? Not proven in time isn't a finding, and is told."""
    antwoord = complete(stelsel, schakels, seconden=tot - monotonic()) if monotonic() < tot else None
    verslag.stelsels += antwoord is not None
    verslag.programmas += antwoord is not None
    verslag.tijd_op |= antwoord is None
    if antwoord is False:
        verslag.find(ONMOGELIJK, stelsel.naam)
    return bool(antwoord)


# -- per file


def _read(
    bestanden: Mapping[str, bytes], verslag: Verslag
) -> tuple[list[Tabel], dict[int, Any], list[dict[str, Any]]]:
    try:
        regels, bladen, indelingen, waarden = read_catalogue(bestanden)
    except (KeyError, ValueError):
        verslag.find("de catalogus ontbreekt of is onleesbaar", CATALOGUS)
        return [], {}, []
    for extra in sorted(set(bestanden) - {regel["bestand"] for regel in (*regels, *bladen)} - {CATALOGUS}):
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
    return tabellen, indelingen, bladen


# -- between files


def _adds_up(tabellen: Sequence[Tabel], verslag: Verslag) -> Iterator[tuple[str, str]]:
    per_plek: dict[tuple[Any, ...], list[Tabel]] = {}
    for tabel in tabellen:
        per_plek.setdefault((tabel.familie, tabel.soort, tabel.van), []).append(tabel)
    for groep in per_plek.values():
        per_kubus: dict[str, list[Tabel]] = {}
        for tabel in groep:
            per_kubus.setdefault(tabel.kubus, []).append(tabel)
        for fijn in groep:
            # Only its own cube and its trunk have anything to say of a table.
            for kubus in dict.fromkeys((fijn.kubus, fijn.familie)):
                for grof in per_kubus.get(kubus, ()):
                    if fijn is not grof and len(grof.kolommen) <= len(fijn.kolommen):
                        verslag.optellingen += 1
                        yield from _compare(fijn, grof)
        for telt in dict.fromkeys(tabel.telt for tabel in groep):
            yield from _one_total([t for t in groep if t.telt == telt and not t.meervoudig])


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
    kleiner = set(grof.kolommen) <= set(fijn.kolommen)
    if kleiner and fijn.telt == grof.telt and len(grof.kolommen) < len(fijn.kolommen):
        if fijn.kubus == grof.kubus or (grof.kubus == grof.familie and not fijn.meervoudig):
            if not _sums(_spread(fijn, grof), grof):
                yield "de vakken tellen niet op", f"{fijn.bestand} en {grof.bestand}"
    if kleiner and grof.kubus == grof.familie != fijn.kubus and fijn.meervoudig:
        soort = "dingen" if fijn.telt == "ontbreekt" else fijn.telt
        if soort == grof.telt and len(grof.kolommen) == len(fijn.kolommen) - 1:
            meeste = np.moveaxis(_spread_keep(fijn, grof), -1, 0).max(0)
            if _exceeds(meeste, grof.getallen):
                yield "er is vaker genoemd dan er iets was", f"{fijn.bestand} en {grof.bestand}"
    if fijn.telt != "dingen" == grof.telt and fijn.kubus == grof.kubus and fijn.kolommen == grof.kolommen:
        if _exceeds(fijn.getallen, grof.getallen):
            yield f"er zijn meer {fijn.telt} dan vragen", f"{fijn.bestand} en {grof.bestand}"


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
    """Months and quarters add up to the whole, where none of them was left out."""
    per_code: dict[str, list[Tabel]] = {}
    begin: dict[str, set[date]] = {}
    for tabel in tabellen:
        begin.setdefault(tabel.soort, set()).add(tabel.van)
        if not tabel.stand:
            per_code.setdefault(tabel.code, []).append(tabel)
    for groep in per_code.values():
        for geheel in groep:
            for kort in ("maand", "kwartaal"):
                delen = [t for t in groep if t.soort == kort and geheel.van <= t.van and t.tot <= geheel.tot]
                allemaal = sum(geheel.van <= van < geheel.tot for van in begin.get(kort, ()))
                if kort != geheel.soort != "maand" and delen and len(delen) == allemaal:
                    verslag.optellingen += 1
                    if not _sums(np.stack([deel.getallen.reshape(-1) for deel in delen], 1), geheel):
                        yield "de perioden tellen niet op", geheel.bestand


# -- over all releases together


def _completed(tabellen: Sequence[Tabel], maand: date) -> list[Tabel]:
    """What lies within the longest period that ends with this month."""
    eind = _after(maand)
    begin = min((tabel.van for tabel in tabellen if tabel.tot == eind), default=eind)
    return [
        tabel
        for tabel in tabellen
        if begin <= tabel.van and tabel.tot <= eind and (not tabel.stand or tabel.tot == eind)
    ]


def _solve(stelsel: Stelsel, verslag: Verslag, aantal: int, *, bewezen: bool = False) -> bool:
    """One system: is it complete (or was that known), and how wide are so many of its intervals?"""
    if not bewezen:
        verslag.stelsels += 1
        verslag.programmas += 1
        if not complete(stelsel):
            verslag.find(ONMOGELIJK, stelsel.naam)
            return False
    rijen = SystemRandom().sample(range(len(stelsel.getal)), min(aantal, len(stelsel.getal)))
    verslag.programmas += 2 * len(rijen)
    verslag.uitgerekende_vakken += len(rijen)
    for rij, (minst, meest) in zip(rijen, bounds(stelsel, rijen), strict=True):
        verslag.kleinste_interval = min(verslag.kleinste_interval, meest - minst)
        if not _as_promised(int(stelsel.getal[rij]), minst, meest, stelsel.grens):
            verslag.find("het interval is niet zo breed als beloofd", stelsel.vakken[rij][0])
    return True


def _as_promised(getal: int, minst: float, meest: float, grens: int) -> bool:
    if math.isnan(minst) or math.isnan(meest) or meest - minst < BELOOFD - MARGE:
        return False
    if getal == VERBORGEN:
        return minst <= MARGE
    return abs(minst - max(0, getal - grens)) <= MARGE and abs(meest - getal - grens) <= MARGE
