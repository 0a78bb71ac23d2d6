"""Een aanvaller met alleen de uitgegeven bestanden en de methode: één lineair programma over alle uitgaven samen.

Shares no code with the maker nor with the auditor. Unknown are, per month and per cube, the true numbers of the finest
cells (x) and what the maker rounded them to (w). Everything the method page tells is a constraint:

    every published number is a sum of w, "<10" is 0 to 5, and lies within the bound of the same sum of x;
    a branch splits its trunk, or with several values stays within it, in x and in w;
    what two families both count is one number (`banden`); a stand is the one before, plus what came, less what went;
    what an insider knows: true numbers of their own.

`interval` gives the least and the most that one published cell can truly be. Not `diep`: without w, for larger years; the
attacker then doesn't use what the sums of published numbers say about a hidden one.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

Vrijheid = list[tuple[dict[int, float], float]]


class Aanvaller:
    """Reads an export (name → bytes) and sets up the program for these families (all of them when none is named)."""

    def __init__(
        self,
        bestanden: Mapping[str, bytes],
        *,
        families: Sequence[str] = (),
        weet: Mapping[tuple[str, int, int], int] | None = None,
        samenhang: bool = True,
        diep: bool = True,
    ) -> None:
        self.diep = diep
        catalogus = json.loads(bestanden["catalogus.json"])
        regels = [r for r in catalogus["tabellen"] if not families or r["familie"] in families]
        (self.jaar,) = {r["periode"]["van"][:4] for r in regels}
        indeling = catalogus["indelingen"][self.jaar]
        self.waarden = {k["code"]: [w for w, _ in k["vakken"]] for k in indeling["kenmerken"]}
        self.families = [f for f in indeling["families"] if not families or f["stam"]["code"] in families]
        self.maanden = sorted({r["periode"]["van"][:7] for r in regels if r["periode"]["soort"] == "maand"})
        self.kubussen = {k["code"]: k for f in self.families for k in (f["stam"], *f["takken"])}
        self.begin: dict[tuple[str, str], int] = {}
        self.aantal = 0
        for code, kubus in self.kubussen.items():
            for maand in self.maanden:
                self.begin[code, maand] = self.aantal
                self.aantal += self.size(kubus)
        self.breed = self.aantal * (2 if diep else 1)
        self.gelijk: Vrijheid = []
        self.hoogstens: Vrijheid = []
        self.rijen: dict[tuple[str, int], tuple[list[int], int | None, int]] = {}
        self.structure()
        for regel in regels:
            self.table(regel, bestanden[regel["bestand"]])
        if samenhang:
            self.tie()
            self.follow()
        self.grenzen: list[tuple[float, float | None]] = [(0, None)] * self.breed
        for (code, maand, cel), waar in (weet or {}).items():
            self.grenzen[self.begin[code, self.maanden[maand]] + cel] = (waar, waar)
        self.a_eq, self.b_eq = self.matrix(self.gelijk)
        self.a_ub, self.b_ub = self.matrix(self.hoogstens)

    def shape(self, kubus: Mapping[str, Any]) -> tuple[int, ...]:
        return tuple(len(self.waarden[code]) for code in kubus["kenmerken"])

    def size(self, kubus: Mapping[str, Any]) -> int:
        return int(np.prod(self.shape(kubus)))

    def structure(self) -> None:
        """x stands first, w after it: the same relations hold in both."""
        for familie in self.families:
            stam = self.size(familie["stam"])
            for tak in familie["takken"]:
                breed = self.size(tak) // stam
                for maand in self.maanden:
                    boom, blad = self.begin[familie["stam"]["code"], maand], self.begin[tak["code"], maand]
                    for laag in (0, self.aantal) if self.diep else (0,):
                        for cel in range(stam):
                            rij = range(laag + blad + cel * breed, laag + blad + (cel + 1) * breed)
                            if tak["meervoudig"]:
                                self.hoogstens += [({n: 1.0, laag + boom + cel: -1.0}, 0.0) for n in rij]
                            else:
                                self.gelijk.append(
                                    ({**dict.fromkeys(rij, 1.0), laag + boom + cel: -1.0}, 0.0)
                                )

    def table(self, regel: Mapping[str, Any], inhoud: bytes) -> None:
        kubus = self.kubussen[regel["kubus"]]
        plaats = np.indices(self.shape(kubus)).reshape(len(kubus["kenmerken"]), -1)
        mee = np.ones(plaats.shape[1], bool)
        for code, alleen in regel["alleen"].items():
            nummers = [self.waarden[code].index(waarde) for waarde in alleen]
            mee &= np.isin(plaats[kubus["kenmerken"].index(code)], nummers)
        binnen = [m for m in self.maanden if regel["periode"]["van"][:7] <= m < regel["periode"]["tot"][:7]]
        if regel["stand"]:
            binnen = binnen[-1:]
        _kop, *rijen = csv.reader(io.StringIO(inhoud.decode(), newline=""))
        for nummer, (*vak, getal) in enumerate(rijen):
            hier = mee.copy()
            for code, waarde in zip(regel["kolommen"], vak, strict=True):
                hier &= plaats[kubus["kenmerken"].index(code)] == self.waarden[code].index(waarde)
            cellen = np.flatnonzero(hier)
            unknown = [int(self.begin[kubus["code"], m] + cel) for m in binnen for cel in cellen]
            zichtbaar = None if getal == "<10" else int(getal)
            self.rijen[regel["bestand"], nummer] = (unknown, zichtbaar, regel["grens"])
            waar = dict.fromkeys(unknown, 1.0)
            if not self.diep:
                minst, meest = (0, 5) if zichtbaar is None else (zichtbaar, zichtbaar)
                self.hoogstens.append((waar, float(meest + regel["grens"])))
                if minst > regel["grens"]:
                    self.hoogstens.append((dict.fromkeys(unknown, -1.0), float(regel["grens"] - minst)))
                continue
            rond = {self.aantal + n: 1.0 for n in unknown}
            if zichtbaar is None:
                self.hoogstens.append((rond, 5.0))
            else:
                self.gelijk.append((rond, float(zichtbaar)))
            verschil = {**waar, **dict.fromkeys(rond, -1.0)}
            self.hoogstens.append((verschil, float(regel["grens"])))
            self.hoogstens.append(({n: -c for n, c in verschil.items()}, float(regel["grens"])))

    def row(self, tabel: str, cel: Sequence[str], maand: str) -> dict[int, float] | None:
        """The true number of one cell of a month's table, as a sum of unknowns."""
        vak = list(cel)
        for code, kubus in self.kubussen.items():
            for t in kubus["tabellen"]:
                if t["code"] == tabel:
                    if any(w not in self.waarden[k] for k, w in zip(t["kenmerken"], vak, strict=True)):
                        return None  # Cut off, to keep the program small.
                    plaats = np.indices(self.shape(kubus)).reshape(len(kubus["kenmerken"]), -1)
                    hier = np.ones(plaats.shape[1], bool)
                    for kenmerk, waarde in zip(t["kenmerken"], vak, strict=True):
                        as_ = kubus["kenmerken"].index(kenmerk)
                        hier &= plaats[as_] == self.waarden[kenmerk].index(waarde)
                    return {int(self.begin[code, maand] + n): 1.0 for n in np.flatnonzero(hier)}
        return None

    def tie(self) -> None:
        for familie in self.families:
            stam = familie["stam"]
            for band in stam.get("banden", ()):
                for maand in self.maanden:
                    elders = self.row(band["tabel"], band["cel"], maand)
                    hier = self.begin[stam["code"], maand] + self.waarden[stam["kenmerken"][0]].index(
                        band["waarde"]
                    )
                    if elders is not None:
                        wijst = {**elders, hier: -1.0}
                        (self.gelijk if band["gelijk"] else self.hoogstens).append((wijst, 0.0))

    def follow(self) -> None:
        for familie in self.families:
            if familie.get("stroom"):
                erbij, eraf = familie["stroom"]["erbij"], familie["stroom"]["eraf"]
                stam, breed = familie["stam"]["code"], self.size(familie["stam"])
                for vorige, maand in zip(self.maanden, self.maanden[1:], strict=False):
                    bij, af = self.row(*erbij, maand), self.row(*eraf, maand)
                    if bij is None or af is None:
                        continue
                    rij = {self.begin[stam, maand] + n: 1.0 for n in range(breed)}
                    rij |= {self.begin[stam, vorige] + n: -1.0 for n in range(breed)}
                    rij |= dict.fromkeys(bij, -1.0) | dict.fromkeys(af, 1.0)
                    self.gelijk.append((rij, 0.0))

    def matrix(self, rijen: Vrijheid) -> tuple[Any, Any]:
        rij = np.repeat(np.arange(len(rijen)), [len(c) for c, _ in rijen])
        kolom = np.fromiter((n for c, _ in rijen for n in c), np.int64)
        waarde = np.fromiter((v for c, _ in rijen for v in c.values()), float)
        vorm = (len(rijen), self.breed)
        return coo_array((waarde, (rij, kolom)), shape=vorm).tocsr(), np.array([b for _, b in rijen])

    def cells(self) -> list[tuple[str, int]]:
        """Every published cell: its file and its place in it."""
        return list(self.rijen)

    def published(self, bestand: str, nummer: int) -> int | None:
        return self.rijen[bestand, nummer][1]

    def interval(self, bestand: str, nummer: int) -> tuple[float, float]:
        doel = np.zeros(self.breed)
        doel[self.rijen[bestand, nummer][0]] = 1
        uiteinden = []
        for kant in (1, -1):
            antwoord = linprog(
                kant * doel, A_ub=self.a_ub, b_ub=self.b_ub, A_eq=self.a_eq, b_eq=self.b_eq, bounds=self.grenzen,
                method="highs",
            )  # fmt: skip
            if antwoord.status != 0:
                raise AssertionError(f"geen telling past bij alle uitgaven: {bestand}")
            uiteinden.append(kant * antwoord.fun)
        return round(uiteinden[0], 4), round(uiteinden[1], 4)
