"""De bestanden naast de tabellen, nagerekend met niets dan wat gepubliceerd is.

A lead time must follow from the published classes of its period. An amount must be a mean of two digits times a published
number of people; and where one file tells all amounts and another keeps some back, the difference may not say how much those are.
"""

import csv
import hashlib
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from rapportage.controle.lezen import VERBORGEN, Tabel

GEEN, LANGER = "geen cijfer", "57+"
MINSTENS = 10
"""People behind an amount, and things behind a lead time."""
GRENS, P_PROCENT = 9, 10
Regel = Mapping[str, Any]
Bevonden = Iterator[tuple[str, str]]


def check_sheets(
    regels: Sequence[Regel], bestanden: Mapping[str, bytes], tabellen: Sequence[Tabel]
) -> Bevonden:
    """What in these files isn't as it should be: its kind, and where."""
    per_plek = {(t.code, t.soort, t.van.isoformat()): t for t in tabellen}
    bedragen: dict[tuple[str, str], list[tuple[str, Sequence[Sequence[str]], Tabel]]] = {}
    for regel in regels:
        inhoud = bestanden.get(regel["bestand"])
        if inhoud is None or hashlib.sha256(inhoud).hexdigest() != regel["sha256"]:
            yield "de bytes zijn niet die zijn vastgezet", regel["bestand"]
            continue
        plek = (regel["periode"]["soort"], regel["periode"]["van"])
        tabel = per_plek.get((regel["uit"], *plek))
        _kop, *rijen = csv.reader(io.StringIO(inhoud.decode(), newline=""))
        if tabel is None or [rij[0] for rij in rijen] != list(tabel.waarden[tabel.kolommen[0]]):
            yield "het blad past niet bij zijn tabel", regel["bestand"]
        elif regel["soort"] == "doorlooptijd":
            if not _follows(rijen, tabel, per_plek.get((regel["uit"].split("-", 1)[0], *plek))):
                yield "de doorlooptijd volgt niet uit de tabel", regel["bestand"]
        elif not all(
            _is_amount(rij[1:], int(aantal)) for rij, aantal in zip(rijen, tabel.getallen, strict=True)
        ):
            yield "een bedrag is geen gemiddelde maal een gepubliceerd aantal", regel["bestand"]
        else:
            bedragen.setdefault(plek, []).append((regel["bestand"], rijen, tabel))
    for bladen in bedragen.values():
        yield from _kept_back(bladen)


def _kept_back(bladen: Sequence[tuple[str, Sequence[Sequence[str]], Tabel]]) -> Bevonden:
    """All of one table less what another tells of the same amounts: is what that one keeps back known within p percent?"""
    for alles, rijen, _ in bladen:
        if any(rij[1] == GEEN for rij in rijen):
            continue
        for deel, andere, _ in bladen:
            if any(rij[1] == GEEN for rij in andere):
                minst, meest = (
                    sum(kant) for kant in zip(*map(_between, rijen, _of(bladen, alles)), strict=True)
                )
                minder, meer = (
                    sum(kant) for kant in zip((0, 0), *map(_between, andere, _of(bladen, deel)), strict=True)
                )
                if minst - meer > 0 and (meest - minder) < (1 + P_PROCENT / 100) * (minst - meer):
                    yield "wat is weggelaten volgt uit een ander blad", deel


def _of(bladen: Sequence[tuple[str, Sequence[Sequence[str]], Tabel]], naam: str) -> list[int]:
    return next([int(n) for n in tabel.getallen] for bestand, _, tabel in bladen if bestand == naam)


def _between(rij: Sequence[str], mensen: int) -> tuple[float, float]:
    """The least and the most that a published amount can truly be; nothing of what isn't published."""
    if rij[1] == GEEN:
        return 0.0, 0.0
    gemiddeld = float(rij[1])
    marge = 0.5 * 10.0 ** (math.floor(math.log10(gemiddeld)) - 1) if gemiddeld else 0.0
    return (gemiddeld - marge) * max(MINSTENS, mensen - GRENS), (gemiddeld + marge) * (mensen + GRENS)


def _is_amount(rij: Sequence[str], mensen: int) -> bool:
    if rij == [GEEN, GEEN]:
        return True
    gemiddeld, bedrag = rij
    cijfers = gemiddeld.replace(".", "").strip("0")
    return mensen != VERBORGEN and len(cijfers) <= 2 and abs(float(gemiddeld) * mensen - float(bedrag)) < 1e-6


def _follows(rijen: Sequence[Sequence[str]], klassen: Tabel, totalen: Tabel | None) -> bool:
    """Median and p90 once more: where the cumulative share passes them, days spread evenly over a class."""
    if totalen is None:
        return False
    for (_stap, *gezegd), aantallen, totaal in zip(rijen, klassen.getallen, totalen.getallen, strict=True):
        getoond = np.where(aantallen == VERBORGEN, 0, aantallen)
        verwacht = [GEEN, GEEN]
        if totaal != VERBORGEN and totaal >= MINSTENS:
            verborgen = aantallen == VERBORGEN
            rest = totaal - getoond.sum()
            vroegst, laatst = (
                _filled(getoond, verborgen, rest),
                _filled(getoond[::-1], verborgen[::-1], rest)[::-1],
            )
            delen = np.where(verborgen, rest / max(1, verborgen.sum()), getoond)
            grenzen = [_first_day(waarde) for waarde in klassen.waarden[klassen.kolommen[1]]]
            for nummer, deel in enumerate((0.5, 0.9)):
                klasse = {_class_of(uiterste, float(totaal) * deel) for uiterste in (vroegst, laatst)}
                if len(klasse) == 1 and not verborgen[min(klasse)] and (nummer == 0 or verwacht[0] != GEEN):
                    verwacht[nummer] = _quantile(delen, grenzen, float(totaal) * deel)
        if gezegd != verwacht:
            return False
    return True


def _first_day(klasse: str) -> int:
    return int(klasse.rstrip("+").split("-")[0])


def _filled(getoond: Any, verborgen: Any, rest: int) -> Any:
    """What is hidden as far to the front as it can be: fives, until the rest of the total is spent."""
    vijven = np.clip(rest - 5 * (np.cumsum(verborgen) - verborgen), 0, 5)
    return np.where(verborgen, vijven, getoond)


def _class_of(delen: Any, plek: float) -> int:
    return int(np.searchsorted(np.cumsum(delen), plek - 1e-9))


def _quantile(delen: Any, begin: Sequence[int], plek: float) -> str:
    tot_hier = np.cumsum(delen)
    nummer = _class_of(delen, plek)
    if nummer + 1 >= len(begin):
        return LANGER
    ervoor = tot_hier[nummer] - delen[nummer]
    breed = begin[nummer + 1] - begin[nummer]
    dagen = begin[nummer] + breed * ((plek - ervoor) / delen[nummer] if delen[nummer] else 0)
    dagen = round(dagen, 9)
    return str(round(dagen) if dagen < 15 else round(dagen / 5) * 5)
