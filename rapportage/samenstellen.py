"""Van ware aantallen naar opgaven voor het afronden, en van afgeronde vakken naar de tabellen van de catalogus."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np

from rapportage.afronden import Getallen, Opgave, Toets
from rapportage.catalogus import EERSTE, Catalogus, Familie, Kubus, Tabel

GEWICHT = {("maand", 0): 2.0, ("maand", 1): 8.0, ("kwartaal", 2): 3.0, ("jaar", 2): 0.8, ("jaar", 3): 2.5}
"""How much nearness to the truth counts, per period and number of features: once all is within the bound."""
GEWICHT_MENSEN = 0.5


@dataclass(frozen=True)
class Maandstand:
    """One earlier month of one cube: what was true and what is published, flat over its cells."""

    maand: date
    waar: Getallen
    rond: Getallen


Eerder = Mapping[str, Sequence[Maandstand]]
"""Per cube the earlier months of this year; of a stand its last month."""


def pack(getallen: Getallen) -> bytes:
    return zlib.compress(np.ascontiguousarray(getallen, dtype="<i8").tobytes())


def unpack(geschreven: Any) -> Getallen:
    return np.frombuffer(zlib.decompress(bytes(geschreven)), dtype="<i8").astype(np.int64)


def quarter_of(maand: date) -> date:
    """The first month of the quarter this month is in."""
    return date(maand.year, (maand.month - 1) // 3 * 3 + 1, 1)


def closes(maand: date) -> list[tuple[str, date]]:
    """The periods that end with this month, each with its first day."""
    perioden = [("maand", maand)]
    if maand.month % 3 == 0:
        perioden.append(("kwartaal", quarter_of(maand)))
    if maand.month == 12:
        perioden.append(("jaar", date(maand.year, 1, 1)))
    return perioden


@lru_cache(maxsize=2000)
def _places(vorm: tuple[int, ...], assen: tuple[int, ...], wie: int | None) -> tuple[Getallen, int]:
    """For each cell of a cube the cell of the table it falls in, and how many there are.

    `wie`: only who came for the first time this year (1), or only who came again (0); -1 for the others.
    """
    plaatsen = np.indices(vorm).reshape(len(vorm), -1)
    maten = [vorm[as_] for as_ in assen]
    vak = (
        np.ravel_multi_index([plaatsen[as_] for as_ in assen], maten) if assen else np.zeros(prod(vorm), int)
    )
    return vak if wie is None else np.where(plaatsen[0] == wie, vak, -1), prod(maten)


def places(catalogus: Catalogus, kubus: Kubus, tabel: Tabel, wie: int | None = None) -> tuple[Getallen, int]:
    assen = tuple(kubus.kenmerken.index(code) for code in tabel.kenmerken)
    if tabel.mensen and kubus.kenmerken[0] != EERSTE:
        raise ValueError(f"De kubus {kubus.code} weet niet wie voor het eerst kwam.")
    return _places(catalogus.shape(kubus), assen, 1 if tabel.mensen and wie is None else wie)


def sum_table(
    catalogus: Catalogus, kubus: Kubus, tabel: Tabel, vakken: Getallen, wie: int | None = None
) -> Getallen:
    """The numbers of one table: sums of the cells of its cube."""
    vak, aantal = places(catalogus, kubus, tabel, wie)
    mee = vak >= 0
    return np.bincount(vak[mee], vakken[mee], aantal).astype(np.int64)


def problems(
    catalogus: Catalogus, familie: Familie, maand: date, waar: Mapping[str, Getallen], eerder: Eerder
) -> list[Opgave]:
    """The trunk and the branches of one family in one month, to be rounded."""
    return [
        _stand(catalogus, kubus, waar[kubus.code], eerder.get(kubus.code, ()))
        if familie.stand
        else _flow(catalogus, kubus, maand, waar[kubus.code], eerder.get(kubus.code, ()))
        for kubus in familie.kubussen
    ]


def _flow(
    catalogus: Catalogus, kubus: Kubus, maand: date, waar: Getallen, eerder: Sequence[Maandstand]
) -> Opgave:
    niets = np.zeros_like(waar)
    kwartaal = sum((e.rond - e.waar for e in eerder if e.maand >= quarter_of(maand)), niets)
    jaar = sum((e.rond - e.waar for e in eerder), niets)
    toetsen = []
    for periode, fout in (("maand", niets), ("kwartaal", kwartaal), ("jaar", jaar)):
        for tabel in kubus.tabellen:
            if periode in tabel.perioden:
                vak, _ = places(catalogus, kubus, tabel)
                gewicht = GEWICHT.get((periode, len(tabel.kenmerken)), 1.0) * (
                    GEWICHT_MENSEN if tabel.mensen else 1
                )
                toetsen.append(Toets(vak, sum_table(catalogus, kubus, tabel, fout), gewicht))
                if tabel.mensen and periode != "maand":
                    # People and all of them, each just within the bound, may not tear apart who came again.
                    rest, _ = places(catalogus, kubus, tabel, wie=0)
                    over = sum_table(catalogus, kubus, tabel, fout, wie=0)
                    toetsen.append(Toets(rest, over, GEWICHT_MENSEN, zacht=True))
    return Opgave(kubus.code, waar, -jaar, tuple(toetsen), kubus.meervoudig)


def _stand(catalogus: Catalogus, kubus: Kubus, waar: Getallen, eerder: Sequence[Maandstand]) -> Opgave:
    """What there is at the end of the month. A cell that holds what it held keeps its number."""
    toetsen = []
    for tabel in kubus.tabellen:
        vak, aantal = places(catalogus, kubus, tabel)
        toetsen.append(Toets(vak, np.zeros(aantal, np.int64)))
    vorige = eerder[-1] if eerder else None
    if vorige is None or vorige.waar.shape != waar.shape:
        return Opgave(kubus.code, waar, np.zeros_like(waar), tuple(toetsen))
    blijft = np.where(vorige.waar == waar, vorige.rond, -1)
    return Opgave(kubus.code, waar, np.zeros_like(waar), tuple(toetsen), blijft=blijft)


def fill_tables(
    catalogus: Catalogus, familie: Familie, maand: date, rond: Mapping[str, Getallen], eerder: Eerder
) -> list[tuple[Tabel, str, date, Getallen]]:
    """Every table that this month completes: table, period, its first day and its numbers."""
    gevuld = []
    for periode, begin in closes(maand):
        for kubus in familie.kubussen:
            vakken = rond[kubus.code]
            if not familie.stand:
                vakken = vakken + sum(e.rond for e in eerder.get(kubus.code, ()) if begin <= e.maand)
            gevuld += [
                (tabel, periode, begin, sum_table(catalogus, kubus, tabel, vakken))
                for tabel in kubus.tabellen
                if periode in tabel.perioden
            ]
    return gevuld
