"""Wat iemand die de methode kent uit alle uitgaven samen kan uitrekenen: lineaire programma's.

A system is what was published about one set of features: every table of these and of fewer of them, over all months,
quarters and the year, with an unknown number for each combination of values in each month, and of what tells people and
contacts from all. (Three features appear per year only: their system is that of the year's tables. A stand has one system a day.)
The attacker knows the method (numbers are sums of numbers that aren't negative, "<10" hides 0 or 5) and the bound, so:

    w ≥ 0, x ≥ 0;  A w = published (0 to 5 where hidden);  |A x - A w| ≤ bound;   how small, how large can a cell of A x be?

`complete` asks whether w exists at all. If it does, every interval of the system is exactly the promise, from
max(0, p - bound) to p + bound, whatever the attacker combines: put `bound` more in one finest cell of w, and every table
with it rises by as much; take away what is there, up to `bound`, and every table with it falls by at most as much. All
constraints hold in both. So one program proves all cells. `bounds` works out single cells, to see that it is so.

Small systems leave out what other features say. `systems(breed=True)` takes whole cubes instead: every table of a cube
and of its trunk at once. Before a publication the maker also shows one w for all cubes of a family together (getuige).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from rapportage.controle.lezen import VERBORGEN, Tabel

HOOGSTENS_VERBORGEN = 5
"""A published number that is hidden is 0 or 5."""
TIJD_OP, ONBESLIST = 1, 4
"""What scipy says of a program that wasn't solved in time."""
SPELING = 1e-4
"""Published numbers are multiples of five: so much may a solution differ from them."""


class Schakels(Protocol):
    """Parts that are together as much as their whole, or each at most as much (samenhang)."""

    def matrix(self, *, gelijk: bool) -> Any: ...


@dataclass(frozen=True)
class Stelsel:
    """One system: a row of `som` per published cell, a column per unknown; `getal` is what was published."""

    naam: str
    som: Any
    getal: Any
    grens: int
    vakken: list[tuple[str, int]]
    """Per row its file and the number of its cell in it."""


@dataclass(frozen=True)
class Plan:
    """A system before it is made: which tables it takes."""

    naam: str
    tabellen: tuple[Tabel, ...]

    def make(self) -> Stelsel:
        return _system(self.naam, self.tabellen)

    @property
    def vakken(self) -> int:
        """How many published cells it has: how much work it is."""
        return sum(tabel.getallen.size for tabel in self.tabellen)


def systems(tabellen: Sequence[Tabel], *, breed: bool = False) -> Iterator[Stelsel]:
    """All systems of these releases; `breed`: whole cubes."""
    return (plan.make() for plan in plans(tabellen, breed=breed))


def plans(tabellen: Sequence[Tabel], *, breed: bool = False) -> Iterator[Plan]:
    """Which systems there are."""

    def key(tabel: Tabel) -> tuple[str, str]:
        return tabel.familie, tabel.tot.isoformat() if tabel.stand else str(tabel.jaar)

    for (familie, tijd), groep in groupby(sorted(tabellen, key=key), key):
        deel = list(groep)
        for kubus in dict.fromkeys(tabel.kubus for tabel in deel):
            eigen = [tabel for tabel in deel if tabel.kubus == kubus]
            stam = [] if kubus == familie or eigen[0].meervoudig else [t for t in deel if t.kubus == familie]
            if breed:
                yield Plan(f"{kubus} {tijd}", (*eigen, *stam))
                continue
            for kenmerken in _largest(eigen):
                mee = [t for t in (*eigen, *stam) if set(t.kolommen) <= kenmerken]
                if len(kenmerken) > 2 and not eigen[0].stand:
                    mee = [t for t in mee if t.soort == "jaar"]
                yield Plan(f"{kubus} {tijd}: {' × '.join(sorted(kenmerken))}", tuple(mee))


def _largest(tabellen: Sequence[Tabel]) -> list[frozenset[str]]:
    """The sets of features that no other of at most two contains, and every set of three."""
    sets = dict.fromkeys(frozenset(tabel.kolommen) for tabel in tabellen)
    return [een for een in sets if not any(een < ander and len(ander) < 3 for ander in sets)]


def _system(naam: str, tabellen: Sequence[Tabel]) -> Stelsel:
    waarden = tabellen[0].waarden
    assen = list(dict.fromkeys(code for t in tabellen for code in (*t.kolommen, *t.alleen)))
    een_tijd = tabellen[0].stand or len({(tabel.van, tabel.tot) for tabel in tabellen}) == 1
    maanden = [None] if een_tijd else sorted({_month(t.van, i) for t in tabellen for i in range(_months(t))})
    vorm = (len(maanden), *(len(waarden[code]) for code in assen))
    plaats = np.indices(vorm).reshape(len(vorm), -1)
    rij, kolom, getallen, vakken, begin = [], [], [], [], 0
    for tabel in tabellen:
        mee = np.ones(plaats.shape[1], bool)
        if not een_tijd:
            binnen = [
                (tabel.van.year, tabel.van.month) <= maand < (tabel.tot.year, tabel.tot.month)
                for maand in maanden
            ]
            mee &= np.array(binnen)[plaats[0]]
        for code, alleen in tabel.alleen.items():
            mee &= np.isin(waarden[code], alleen)[plaats[1 + assen.index(code)]]
        eigen = [plaats[1 + assen.index(code)] for code in tabel.kolommen]
        vak = np.ravel_multi_index(eigen, tabel.getallen.shape) if eigen else np.zeros(plaats.shape[1], int)
        kolom.append(np.flatnonzero(mee))
        rij.append(vak[mee] + begin)
        getallen.append(tabel.getallen.reshape(-1))
        vakken += [(tabel.bestand, nummer) for nummer in range(tabel.getallen.size)]
        begin += tabel.getallen.size
    rijen, kolommen = np.concatenate(rij), np.concatenate(kolom)
    som = csr_array((np.ones(len(rijen)), (rijen, kolommen)), shape=(begin, plaats.shape[1]))
    return Stelsel(naam, som, np.concatenate(getallen), min(t.grens for t in tabellen), vakken)


def _months(tabel: Tabel) -> int:
    return (tabel.tot.year - tabel.van.year) * 12 + tabel.tot.month - tabel.van.month


def _month(van: Any, verder: int) -> tuple[int, int]:
    jaar, maand = divmod(van.year * 12 + van.month - 1 + verder, 12)
    return jaar, maand + 1


def complete(
    stelsel: Stelsel, schakels: Schakels | None = None, *, seconden: float | None = None
) -> bool | None:
    """Are the published numbers sums of numbers that aren't negative? Then every interval is what was promised.

    What the solver says is looked at once more: every coefficient a nought or a one, and each sum as published. None: it
    couldn't be known within so many seconds.
    """
    zichtbaar = stelsel.getal != VERBORGEN
    breed = stelsel.som.shape[1]
    gelijk, hoogstens = (
        schakels.matrix(gelijk=g) if schakels else csr_array((0, breed)) for g in (True, False)
    )
    antwoord = linprog(
        np.zeros(breed),
        A_eq=vstack([stelsel.som[zichtbaar], gelijk], format="csr"),
        b_eq=np.concatenate([stelsel.getal[zichtbaar], np.zeros(gelijk.shape[0])]),
        A_ub=vstack([stelsel.som[~zichtbaar], hoogstens], format="csr"),
        b_ub=np.concatenate([np.full((~zichtbaar).sum(), HOOGSTENS_VERBORGEN), np.zeros(hoogstens.shape[0])]),
        method="highs-ds" if breed < 2000 else "highs-ipm",
        options={"time_limit": max(1.0, seconden)} if seconden is not None else {},
    )
    if antwoord.status == TIJD_OP or (antwoord.status == ONBESLIST and seconden is not None):
        return None
    if antwoord.status != 0:
        return False
    som, w = stelsel.som, antwoord.x
    past = np.where(zichtbaar, np.abs(som @ w - stelsel.getal), som @ w - HOOGSTENS_VERBORGEN)
    los = np.abs(gelijk @ w).max(initial=0), (hoogstens @ w).max(initial=0), -w.min(initial=0)
    return bool((som.data == 1).all() and past.max(initial=0) <= SPELING and max(los) <= SPELING)


def bounds(stelsel: Stelsel, rijen: Sequence[int]) -> list[tuple[float, float]]:
    """The least and the most that these cells can truly be, for the attacker; (nan, nan) where nothing fits."""
    som, getal = stelsel.som, stelsel.getal
    zichtbaar = getal != VERBORGEN
    niets = csr_array(som.shape)
    # unknowns: first x (true), then w (what would have been published without hiding)
    gelijk = hstack([niets[zichtbaar], som[zichtbaar]])
    onder = vstack(
        [
            hstack([som[zichtbaar], niets[zichtbaar]]),
            hstack([-som[zichtbaar], niets[zichtbaar]]),
            hstack([niets[~zichtbaar], som[~zichtbaar]]),
            hstack([som[~zichtbaar], -som[~zichtbaar]]),
        ],
        format="csr",
    )
    verborgen = int((~zichtbaar).sum())
    grenzen = np.concatenate(
        [
            getal[zichtbaar] + stelsel.grens,
            stelsel.grens - getal[zichtbaar],
            np.full(verborgen, HOOGSTENS_VERBORGEN),
            np.full(verborgen, stelsel.grens),
        ]
    )
    gevonden = []
    for rij in rijen:
        doel = np.concatenate([som[[rij]].toarray()[0], np.zeros(som.shape[1])])
        uiteinden = []
        for kant in (1, -1):
            antwoord = linprog(
                kant * doel, A_eq=gelijk, b_eq=getal[zichtbaar], A_ub=onder, b_ub=grenzen, method="highs"
            )
            uiteinden.append(kant * antwoord.fun if antwoord.status == 0 else float("nan"))
        gevonden.append((uiteinden[0], uiteinden[1]))
    return gevonden
