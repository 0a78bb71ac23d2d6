"""Een hele familie in één stelsel: alle tabellen van stam en takken, over alle maanden, kwartalen en het jaar.

`programma` takes the tables of one cube and its trunk. Here all branches split one and the same trunk, so that a table of
numbers that gives all of them at once is looked for: with it every interval of the family is the promised one, whatever is
combined (the argument of `programma`). Large families take long; the caller says how long it may take.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from rapportage.controle.lezen import Tabel
from rapportage.controle.programma import Stelsel


def whole_families(
    tabellen: Sequence[Tabel], indelingen: Mapping[int, Mapping[str, Any]]
) -> Iterator[tuple[Stelsel, "Schakels"]]:
    """Per year and family its system, and how its branches hang on the trunk. A stand has no branches: `programma` has it."""
    for jaar in sorted({tabel.jaar for tabel in tabellen}):
        for familie in indelingen[jaar]["families"]:
            eigen = [
                t for t in tabellen if t.jaar == jaar and t.familie == familie["stam"]["code"] and not t.stand
            ]
            if eigen:
                yield _family(jaar, familie, eigen)


class Schakels:
    """Rows of parts that are as much as (gelijk) or at most (hoogstens) their cell of the trunk, as sparse matrices ≤ or = 0."""

    def __init__(self, breed: int) -> None:
        self.breed = breed
        self._rijen: dict[bool, list[tuple[Any, Any, Any]]] = {True: [], False: []}
        self._aantal = {True: 0, False: 0}

    def add(self, delen: Any, geheel: Any, *, meervoudig: bool) -> None:
        """`delen`: per cell of the trunk the unknowns of its row; `geheel`: the unknown of that cell."""
        rijen = delen.reshape(-1, 1) if meervoudig else delen
        boven = np.repeat(geheel, delen.shape[1]) if meervoudig else geheel
        begin = self._aantal[not meervoudig]
        nummer = begin + np.arange(len(rijen))
        self._rijen[not meervoudig].append(
            (
                np.concatenate([np.repeat(nummer, rijen.shape[1]), nummer]),
                np.concatenate([rijen.reshape(-1), boven]),
                np.concatenate([np.ones(rijen.size), -np.ones(len(rijen))]),
            )
        )
        self._aantal[not meervoudig] = begin + len(rijen)

    def matrix(self, *, gelijk: bool) -> Any:
        if not self._rijen[gelijk]:
            return csr_array((0, self.breed))
        rij, kolom, waarde = (np.concatenate(deel) for deel in zip(*self._rijen[gelijk], strict=True))
        return csr_array((waarde, (rij, kolom)), shape=(self._aantal[gelijk], self.breed))


def _family(jaar: int, familie: Mapping[str, Any], eigen: Sequence[Tabel]) -> tuple[Stelsel, Schakels]:
    waarden = eigen[0].waarden
    maanden = sorted({maand for tabel in eigen for maand in _months(tabel)})
    stam = familie["stam"]
    kubussen = [
        k for k in (stam, *familie["takken"]) if k is stam or any(t.kubus == k["code"] for t in eigen)
    ]
    vormen = {k["code"]: tuple(len(waarden[code]) for code in k["kenmerken"]) for k in kubussen}
    begin, breed = {}, 0
    for code, vorm in vormen.items():
        begin[code] = breed
        breed += len(maanden) * int(np.prod(vorm))
    rij, kolom, getallen, vakken, onder = [], [], [], [], 0
    for tabel in eigen:
        kenmerken = next(k["kenmerken"] for k in kubussen if k["code"] == tabel.kubus)
        mee, vak = _place(tabel, kenmerken, vormen[tabel.kubus])
        for maand in _months(tabel):
            vooraan = begin[tabel.kubus] + maanden.index(maand) * len(mee)
            kolom.append(vooraan + np.flatnonzero(mee))
            rij.append(onder + vak[mee])
        getallen.append(tabel.getallen.reshape(-1))
        vakken += [(tabel.bestand, nummer) for nummer in range(tabel.getallen.size)]
        onder += tabel.getallen.size
    rijen, kolommen = np.concatenate(rij), np.concatenate(kolom)
    som = csr_array((np.ones(len(rijen)), (rijen, kolommen)), shape=(onder, breed))
    schakels = Schakels(breed)
    boom = int(np.prod(vormen[stam["code"]]))
    for tak in kubussen[1:]:
        cellen = int(np.prod(vormen[tak["code"]]))
        for nummer in range(len(maanden)):
            delen = begin[tak["code"]] + nummer * cellen + np.arange(cellen).reshape(boom, -1)
            schakels.add(
                delen, begin[stam["code"]] + nummer * boom + np.arange(boom), meervoudig=tak["meervoudig"]
            )
    naam = f"{stam['code']} {jaar}, alles samen"
    return Stelsel(naam, som, np.concatenate(getallen), min(t.grens for t in eigen), vakken), schakels


def _place(tabel: Tabel, kenmerken: Sequence[str], vorm: tuple[int, ...]) -> tuple[Any, Any]:
    """Of each cell of a cube in one month: does it count in this table, and in which of its cells?"""
    plaats = np.indices(vorm).reshape(len(vorm), -1)
    mee = np.ones(plaats.shape[1], bool)
    for code, alleen in tabel.alleen.items():
        mee &= np.isin(np.array(tabel.waarden[code])[plaats[kenmerken.index(code)]], alleen)
    eigen = [plaats[kenmerken.index(code)] for code in tabel.kolommen]
    return mee, np.ravel_multi_index(eigen, tabel.getallen.shape) if eigen else np.zeros(len(mee), int)


def _months(tabel: Tabel) -> list[int]:
    """The months of a table, as so many since the year nought."""
    van, tot = (dag.year * 12 + dag.month for dag in (tabel.van, tabel.tot))
    return list(range(van, tot))
