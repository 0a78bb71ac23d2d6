"""Sequential controlled rounding: multiples of five, near the truth in every table of the catalogue at once.

One problem is one cube in one month. Its cells are multiples of five; what has to stay
near the truth are sums of cells: every table of the catalogue, over the month, over the quarter so far and
over the year so far, with the error of the earlier months carried along. A weighted tabu search looks for
cells that keep every such sum within GRENS; its random source is seeded by the operating system, per problem, and
kept nowhere (Cox 1987; Handbook on Statistical Disclosure Control, ch. 5).

A family is a trunk with branches: each branch splits the trunk's cells by one feature more. With one value per thing a
row of a branch adds up to its cell of the trunk; with more values each stays below it. So what they share is one
number. When a branch can't be kept near the truth on the trunk as it is, the trunk moves with all its branches.

Nothing here says a number: an error names the cube and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from secrets import randbits
from typing import Any

import numpy as np

from skt.kern.errors import DomainError

BASIS = 5
GRENS = 9
"""A published number is at most this far from the true one."""
VERDER = 7
"""What goes on next month is kept this near while it can be. Or else a whole may be so much too high and a part of it so
much too low that in a month in which hardly anything happens no multiple of five is right for both."""
RUIM = 4
"""From here on the search pays dearly: so that the next month still has room."""
STAPPEN = 2500
"""Moves per attempt; what hasn't come within the bound by then starts again from another beginning."""
VERFIJNEN, UITKIJKEN = 400, 12
"""Moves to come nearer the truth once all is within the bound; after so many without gain the best one counts."""
POGINGEN = 12
"""What twelve beginnings don't bring within the bound, forty hardly ever did, at half a minute of looking."""
SAMEN, GEDULD = 400, 20
"""So many steps without coming nearer, and what is out of bounds weighs more."""
TABOE = 7
"""A cell that just moved may not move back for about so many steps."""

Getallen = Any
"""A numpy array of integers."""


class BoundNotMet(DomainError):
    """What came out isn't what is promised: nothing may be published. Never says a number."""


@dataclass(frozen=True)
class Toets:
    """One table over one stretch of time: for each cell of the cube the cell of the table it falls in (-1: none).

    `eerder` is what was published minus what was true in the earlier months of that stretch.
    """

    vak: Getallen
    eerder: Getallen
    gewicht: float = 1.0
    zacht: bool = False
    """Nothing that is published: kept small as well, so that what is published can be kept near in later months."""
    verder: bool = False
    """Does this stretch of time go on after this month?"""


@dataclass(frozen=True)
class Opgave:
    """One cube in one month. All arrays are flat over its cells; those of a branch are rows of the trunk.

    `achterstand`: true minus published per cell, over the earlier months of the year. `meervoudig`: the values of a
    row don't add up to the trunk, each stays below it.
    """

    naam: str
    waar: Getallen
    achterstand: Getallen
    toetsen: tuple[Toets, ...]
    meervoudig: bool = False
    blijft: Getallen | None = None
    """Per cell the number that must stay what it was, or -1: so one true number is never rounded twice."""
    minstens: Getallen | None = None
    """Per cell what another family already published of a part of it."""
    hoogstens: Getallen | None = None


def round_family(stam: Opgave, takken: Sequence[Opgave] = (), *, streng: bool = True) -> list[Getallen]:
    """Multiples of five for every cell of the trunk and of its branches, in that order.

    Not `streng`: one attempt, whose cells add up as they should, but that may be out of bounds here and there: the
    caller publishes only what isn't. Raises BoundNotMet when no attempt keeps every promise.
    """
    for _poging in range(POGINGEN if streng else 1):
        familie = _Familie(stam, takken, np.random.Generator(np.random.PCG64DXSM(randbits(256))))
        rond = familie.run()
        if adds_up(stam, takken, rond) and (not streng or all(map(_near, (stam, *takken), rond))):
            return rond
    raise BoundNotMet(f"De afgeronde cijfers van ‘{stam.naam}’ blijven niet binnen de grens.")


def keeps(stam: Opgave, takken: Sequence[Opgave], rond: Sequence[Getallen]) -> bool:
    """Does this rounding keep every promise, whoever made it?"""
    return adds_up(stam, takken, rond) and all(map(_near, (stam, *takken), rond))


def adds_up(stam: Opgave, takken: Sequence[Opgave], rond: Sequence[Getallen]) -> bool:
    """Are they multiples of five that split the trunk, with what had to stay what it was?"""
    boom, *delen = rond
    if len(delen) != len(takken) or not all(map(_fits, (stam, *takken), rond)):
        return False
    for tak, deel in zip(takken, delen, strict=True):
        rijen = deel.reshape(len(boom), -1)
        if (rijen > boom[:, None]).any() if tak.meervoudig else (rijen.sum(1) != boom).any():
            return False
    return True


def _fits(opgave: Opgave, rond: Getallen) -> bool:
    if rond.shape != opgave.waar.shape or (rond % BASIS).any() or (rond < 0).any():
        return False
    if opgave.minstens is not None and (rond < opgave.minstens).any():
        return False
    if opgave.hoogstens is not None and (rond > opgave.hoogstens).any():
        return False
    return opgave.blijft is None or not (rond != opgave.blijft)[opgave.blijft >= 0].any()


def _near(opgave: Opgave, rond: Getallen) -> bool:
    return bool(np.abs(_errors(opgave, rond))[_promised(opgave)].max(initial=0) <= GRENS)


def _promised(opgave: Opgave) -> Getallen:
    """Which errors are bound by the promise."""
    return np.concatenate([np.full(len(toets.eerder), not toets.zacht) for toets in opgave.toetsen])


def _errors(opgave: Opgave, rond: Getallen) -> Getallen:
    fout = rond - opgave.waar
    delen = []
    for toets in opgave.toetsen:
        mee = toets.vak >= 0
        delen.append(
            toets.eerder + np.bincount(toets.vak[mee], fout[mee], len(toets.eerder)).astype(np.int64)
        )
    return np.concatenate(delen)


_sum = partial(np.add.reduce, axis=0)
"""Over layers or tables; `.sum(0)` is the same by a longer road, and this is asked tens of thousands of times."""


def _penalty(fout: Getallen) -> Getallen:
    """What an error costs on top of its square: dear from RUIM on, very dear outside the bound."""
    ver = np.abs(fout)
    te_ver = np.maximum(ver - RUIM, 0)
    return 40.0 * te_ver * te_ver + 1000 * (ver > GRENS)


VERSTE = 4000
_FOUTEN = np.arange(-VERSTE, VERSTE + 1)
STRAF = _penalty(_FOUTEN)
STRAF_OP = _penalty(_FOUTEN + BASIS) - STRAF
"""Penalties by error, looked up: what it is, and what five up adds to it."""


class _Blad:
    """The cells of one cube under search, with the error of every table they count in.

    Tests over the same table (a month, the quarter and the year so far) share their places: errors stand in layers,
    one row per such test and a column per cell of a table. The last column is where nothing counts.
    """

    def __init__(self, opgave: Opgave, rijen: int, bron: np.random.Generator) -> None:
        self.opgave, self.bron = opgave, bron
        self.breed = len(opgave.waar) // rijen
        self.doel = np.maximum(opgave.waar + opgave.achterstand, 0)
        begin = np.floor(self.doel / BASIS + bron.uniform(0, 1, len(self.doel))) * BASIS
        self.rond = begin.astype(np.int64)
        self.greep = len(self.rond)
        self.boven = np.full(len(self.rond), np.iinfo(np.int64).max // 2)
        self.onder = np.zeros(len(self.rond), np.int64)
        if opgave.minstens is not None:
            self.onder = opgave.minstens
            self.rond = np.maximum(self.rond, self.onder)
        if opgave.hoogstens is not None:
            self.boven = opgave.hoogstens
            self.rond = np.minimum(self.rond, self.boven)
        self.actief = np.arange(len(self.rond))
        if opgave.blijft is not None:
            self.rond = np.where(opgave.blijft >= 0, opgave.blijft, self.rond)
            self.actief = np.flatnonzero(opgave.blijft < 0)
        self._lay_out(opgave.toetsen)
        self.restart()

    def _lay_out(self, toetsen: Sequence[Toets]) -> None:
        per_kaart: dict[int, list[Toets]] = {}
        for toets in toetsen:
            per_kaart.setdefault(id(toets.vak), []).append(toets)
        breed = sum(len(groep[0].eerder) for groep in per_kaart.values())
        lagen = (max(len(groep) for groep in per_kaart.values()), breed + 1)
        self.eerder = np.zeros(lagen, np.int64)
        self.doet_mee = np.zeros(lagen)
        self.beloofd = np.zeros(lagen, bool)
        self.grens = np.full(lagen, GRENS)
        self.gewichten = np.zeros(lagen)
        begin, plaats = 0, []
        for groep in per_kaart.values():
            eind = begin + len(groep[0].eerder)
            for laag, toets in enumerate(groep):
                self.eerder[laag, begin:eind] = toets.eerder
                self.doet_mee[laag, begin:eind] = 1
                self.beloofd[laag, begin:eind] = not toets.zacht
                self.grens[laag, begin:eind] = VERDER if toets.verder else GRENS
                self.gewichten[laag, begin:eind] = toets.gewicht
            plaats.append(np.where(groep[0].vak >= 0, groep[0].vak + begin, breed))
            begin = eind
        self.plaats = np.stack(plaats).astype(np.intp)

    def restart(self) -> None:
        """Count the errors of the cells as they stand."""
        self.fout = self.eerder.copy()
        self._add(np.arange(len(self.rond)), self.rond - self.opgave.waar)
        self.weights(self.doet_mee.copy())
        self.vast = np.zeros((2, len(self.rond)))

    def _add(self, cellen: Getallen, erbij: Getallen) -> None:
        plaats = self.plaats[:, cellen]
        tel = np.bincount(plaats.ravel(), np.broadcast_to(erbij, plaats.shape).ravel(), self.fout.shape[1])
        self.fout += np.rint(tel).astype(np.int64)
        self.fout[:, -1] = 0

    def weights(self, gewicht: Getallen) -> None:
        self.gewicht = gewicht
        self.straf = np.maximum(gewicht, gewicht > 0)
        self.vlak = (BASIS * BASIS * gewicht).sum(0)
        self.helling = 2.0 * BASIS * gewicht

    def too_far(self) -> Getallen:
        return self.beloofd & (np.abs(self.fout) > self.grens)

    def excess(self) -> int:
        """How far out of bounds, all together."""
        ver = self.too_far()
        return int((np.abs(self.fout[ver]) - self.grens[ver]).sum())

    def weigh(self) -> None:
        ver = self.too_far()
        self.gewicht[ver] = np.minimum(self.gewicht[ver] + 1, 20)
        self.weights(self.gewicht)

    def price(self) -> float:
        straf = STRAF.take(self.fout + VERSTE, mode="clip")
        return float((self.gewicht * self.fout * self.fout + self.straf * straf).sum())

    def gains(self, stap: int) -> tuple[Getallen, Getallen]:
        """What five up or five down costs per cell (less than nothing: a gain); impossible and taboo ones: infinite."""
        schuin = self.helling * self.fout
        omhoog = self.straf * STRAF_OP.take(VERSTE + self.fout, mode="clip") + schuin
        omlaag = self.straf * STRAF_OP.take(VERSTE - self.fout, mode="clip") - schuin
        plaats, rond = self.plaats, self.rond
        boven, onder, vast = self.boven, self.onder, self.vast
        if len(self.actief) < len(rond):
            plaats, rond, vast = plaats[:, self.actief], rond[self.actief], vast[:, self.actief]
            boven, onder = boven[self.actief], onder[self.actief]
        op = _sum((_sum(omhoog) + self.vlak).take(plaats))
        neer = _sum((_sum(omlaag) + self.vlak).take(plaats))
        op[(rond + BASIS > boven) | (vast[0] > stap)] = np.inf
        neer[(rond - BASIS < onder) | (vast[1] > stap)] = np.inf
        return op, neer

    def all_gains(self, stap: int) -> tuple[Getallen, Getallen]:
        """The same for every cell: what may not move is impossible."""
        op, neer = np.full((2, len(self.rond)), np.inf)
        op[self.actief], neer[self.actief] = self.gains(stap)
        return op, neer

    def move(self, cellen: Getallen, kant: int, stap: int) -> None:
        if len(cellen) == 1:
            self.move_one(int(cellen[0]), kant, stap)
        elif len(cellen):
            self.rond[cellen] += kant * BASIS
            self._add(cellen, np.full(len(cellen), kant * BASIS))
            wacht = self.bron.integers(TABOE, 2 * TABOE, len(cellen))
            self.vast[1 if kant > 0 else 0, cellen] = stap + wacht

    def move_one(self, cel: int, kant: int, stap: int) -> None:
        self.rond[cel] += kant * BASIS
        self.fout[:, self.plaats[:, cel]] += kant * BASIS
        self.fout[:, -1] = 0
        self.vast[1 if kant > 0 else 0, cel] = stap + TABOE + int(TABOE * self.bron.random())

    def choose(self, prijs: Getallen) -> Getallen | None:
        """The best one, by chance among equals; some at once while that pays. None: there is no move."""
        prijs = prijs + self.bron.random(len(prijs)) * 1e-3
        if not len(prijs) or not np.isfinite(prijs[beste := int(prijs.argmin())]):
            return None
        aantal = min(self.greep, int((prijs < 0).sum()) // 4) if self.greep > 1 else 1
        return np.argpartition(prijs, aantal)[:aantal] if aantal > 1 else np.array([beste])

    def move_some(self, op: Getallen, neer: Getallen, stap: int) -> None:
        """Move these up and those down; many at once only as long as it pays, since they get in each other's way."""
        if len(op) + len(neer) > 2:
            fout, was = self.fout.copy(), self.price()
            vast = self.vast.copy()
            self.move(op, 1, stap)
            self.move(neer, -1, stap)
            if self.price() < was:
                return
            self.rond[op] -= BASIS
            self.rond[neer] += BASIS
            self.fout, self.vast = fout, vast
            self.greep = max(1, len(op) // 3)
            return
        self.move(op, 1, stap)
        self.move(neer, -1, stap)

    def step(self, stap: int, *, binnen: bool) -> bool:
        """The best single moves; False when nothing is gained any more and all is within the bound."""
        op, neer = self.gains(stap)
        beste = np.minimum(op, neer)
        kies = self.choose(beste)
        if kies is None or (binnen and beste[kies].min() >= 0):
            return False
        omhoog = op[kies] <= neer[kies]
        self.move_some(self.actief[kies[omhoog]], self.actief[kies[~omhoog]], stap)
        return True

    def transfers(self, op: Getallen, neer: Getallen) -> tuple[Getallen, Getallen, Getallen]:
        """Per row the best five from one of its cells to another: what it costs, from where, to where."""
        op, neer = op.reshape(-1, self.breed), neer.reshape(-1, self.breed)
        naar, van = op.argmin(1), neer.argmin(1)
        rijen = np.arange(len(naar))
        prijs = op[rijen, naar] + neer[rijen, van]
        prijs[naar == van] = np.inf
        return prijs, rijen * self.breed + van, rijen * self.breed + naar

    def step_in_row(self, stap: int, *, binnen: bool) -> bool:
        """The same with the row's sum kept: five from one cell to another."""
        prijs, van, naar = self.transfers(*self.gains(stap))
        kies = self.choose(prijs)
        if kies is None or (binnen and prijs[kies].min() >= 0):
            return False
        self.move_some(self.actief[naar[kies]], self.actief[van[kies]], stap)
        return True

    def search(self) -> None:
        step = self.step if self.breed == 1 or self.opgave.meervoudig else self.step_in_row
        beste, stil, krap = np.inf, 0, True
        for stap in range(1, STAPPEN):
            buiten = self.excess()
            beste, stil = min(beste, buiten), 0 if buiten < beste else stil + 1
            if krap and stil >= 2 * GEDULD:
                self.grens[:], krap, stil, beste = GRENS, False, 0, np.inf
                continue
            if stil >= GEDULD * 10:
                return
            if stil and not stil % GEDULD:
                self.weigh()
            if not step(stap, binnen=not buiten):
                return

    def refine(self) -> None:
        """What is within the bound comes nearer the truth, by the weights of the tables; nothing leaves the bound."""
        if self.too_far().any():
            return
        self.weights(self.gewichten)
        step = self.step if self.breed == 1 or self.opgave.meervoudig else self.step_in_row
        self.vast[:] = 0
        beste, stil = self.price(), 0
        bewaard, fout = self.rond.copy(), self.fout.copy()
        for stap in range(1, VERFIJNEN):
            if not step(stap, binnen=False):
                break
            prijs = self.price()
            stil += 1
            if prijs < beste and not self.too_far().any():
                beste, stil, bewaard, fout = prijs, 0, self.rond.copy(), self.fout.copy()
            if stil > UITKIJKEN:
                break
        self.rond, self.fout = bewaard, fout

    def split(self, rij: Getallen) -> None:
        """Begin a branch on a trunk: rows that add up to it, or stay below it."""
        rond = self.rond.reshape(len(rij), -1)
        self.boven = np.repeat(rij, self.breed)
        self.actief = np.flatnonzero(self.boven > 0)
        if self.opgave.meervoudig:
            np.minimum(rond, rij[:, None], out=rond)
        else:
            rest = self.doel.reshape(rond.shape) - rond + self.bron.uniform(0, 2, rond.shape)
            while (tekort := rij - rond.sum(1)).any():
                for rijen, kant in ((np.flatnonzero(tekort > 0), 1), (np.flatnonzero(tekort < 0), -1)):
                    kan = rest if kant > 0 else np.where(rond > 0, -rest, -np.inf)
                    kies = kan[rijen].argmax(1)
                    rond[rijen, kies] += kant * BASIS
                    rest[rijen, kies] -= kant * BASIS
        self.rond = rond.reshape(-1)
        self.restart()


class _Familie:
    """One attempt: the trunk first, then each branch on it, and where that fails all together."""

    def __init__(self, stam: Opgave, takken: Sequence[Opgave], bron: np.random.Generator) -> None:
        rijen = len(stam.waar)
        self.stam = _Blad(stam, rijen, bron)
        self.takken = [_Blad(tak, rijen, bron) for tak in takken]

    def run(self) -> list[Getallen]:
        self.stam.search()
        self.stam.refine()
        for tak in self.takken:
            tak.split(self.stam.rond)
            tak.search()
        if any(blad.excess() for blad in (self.stam, *self.takken)):
            self._search_together()
        for tak in self.takken:
            tak.refine()
        return [self.stam.rond, *(tak.rond for tak in self.takken)]

    def _search_together(self) -> None:
        for tak in self.takken:
            tak.actief = np.arange(len(tak.rond))
        for blad in (self.stam, *self.takken):
            blad.grens[:] = GRENS
            blad.restart()
        beste, stil = np.inf, 0
        for stap in range(1, STAPPEN):
            bladen = (self.stam, *self.takken)
            buiten = sum(blad.excess() for blad in bladen)
            if not buiten:
                return
            beste, stil = min(beste, buiten), 0 if buiten < beste else stil + 1
            if stil >= SAMEN:
                return
            if stil and not stil % GEDULD:
                for blad in bladen:
                    blad.weigh()
            self._step_together(stap)

    def _step_together(self, stap: int) -> None:
        """The best of: a cell of the trunk five up or down with its branches, or a move inside one branch."""
        kansen = [tak.gains(stap) for tak in self.takken]
        op, neer = self.stam.all_gains(stap)
        best: tuple[float, _Blad | None, int, int] = (np.inf, None, 0, 0)
        for tak, (omhoog, omlaag) in zip(self.takken, kansen, strict=True):
            rijen_neer = omlaag.reshape(len(op), -1)
            if tak.opgave.meervoudig:
                alleen = np.minimum(omhoog, omlaag)
                cel = int(alleen.argmin())
                if alleen[cel] < best[0]:
                    best = (alleen[cel], tak, cel, cel)
                moet = tak.rond.reshape(len(op), -1) > (self.stam.rond - BASIS)[:, None]
                neer = neer + np.where(moet, np.where(np.isfinite(rijen_neer), rijen_neer, 1e9), 0).sum(1)
            else:
                prijs, van, naar = tak.transfers(omhoog, omlaag)
                rij = int(prijs.argmin())
                if prijs[rij] < best[0]:
                    best = (prijs[rij], tak, int(van[rij]), int(naar[rij]))
                # A new five in a row is under no limit: its row grows with it.
                vrij = self._free(tak, stap)
                op, neer = op + vrij.min(1), neer + rijen_neer.min(1)
        erbij, eraf = int(op.argmin()), int(neer.argmin())
        if min(op[erbij], neer[eraf]) < best[0]:
            self._move_trunk(
                erbij if op[erbij] <= neer[eraf] else eraf, 1 if op[erbij] <= neer[eraf] else -1, stap
            )
        elif best[1] is not None:
            _, tak, van_cel, naar_cel = best
            if van_cel == naar_cel:
                omhoog, omlaag = kansen[self.takken.index(tak)]
                tak.move(np.array([van_cel]), 1 if omhoog[van_cel] <= omlaag[van_cel] else -1, stap)
            else:
                tak.move(np.array([naar_cel]), 1, stap)
                tak.move(np.array([van_cel]), -1, stap)

    def _free(self, tak: _Blad, stap: int) -> Getallen:
        boven, tak.boven = tak.boven, tak.boven + BASIS
        omhoog, _ = tak.gains(stap)
        tak.boven = boven
        return omhoog.reshape(len(self.stam.rond), -1)

    def _move_trunk(self, cel: int, kant: int, stap: int) -> None:
        for tak in self.takken:
            rij = slice(cel * tak.breed, (cel + 1) * tak.breed)
            tak.boven[rij] += kant * BASIS
            if tak.opgave.meervoudig:
                weg = (
                    np.flatnonzero(tak.rond[rij] > self.stam.rond[cel] - BASIS)
                    if kant < 0
                    else np.array([], int)
                )
                tak.move(cel * tak.breed + weg, -1, stap)
            else:
                omhoog, omlaag = tak.gains(stap)
                kies = (omhoog if kant > 0 else omlaag)[rij].argmin()
                tak.move(np.array([cel * tak.breed + kies]), kant, stap)
        self.stam.move(np.array([cel]), kant, stap)
