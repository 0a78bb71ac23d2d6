"""Van ware aantallen naar opgaven voor het afronden, en van afgeronde vakken naar de tabellen van de catalogus."""

import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, reduce
from math import prod
from typing import Any

import numpy as np

from rapportage.afronden import BASIS, GRENS, Getallen, Opgave, Toets
from rapportage.maanden import months_until, next_maand, previous_maand
from rapportage.opbouw import OVERIG, PERIODEN, Band, Catalogus, Familie, Kubus, Tabel, counted

GEWICHT = {("maand", 0): 2.0, ("maand", 1): 8.0, ("kwartaal", 2): 3.0, ("jaar", 2): 0.8, ("jaar", 3): 2.5}
"""How much nearness to the truth counts, per period and number of features: once all is within the bound."""
GEWICHT_VAN = {"mensen": 0.5, "contacten": 0.5, "mensen per wet": 0.5, "mensen per lijn": 0.5}
GEWICHT_REST = 0.5
ZELFDE = 20.0
"""How much it counts that a number stays what it was, when it may move at all."""


@dataclass(frozen=True)
class Maandstand:
    """One earlier month of one cube: what was true and what is published, flat over its cells.

    `indeling`: the catalogue that its cells are of, when that isn't this year's.
    """

    maand: date
    waar: Getallen
    rond: Getallen
    indeling: Catalogus | None = None


Eerder = Mapping[str, Sequence[Maandstand]]
"""Per cube the earlier months of this year, oldest first; of a stand also that of last December."""


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
def _places(
    vorm: tuple[int, ...], assen: tuple[int, ...], mee: tuple[int, tuple[int, ...]] | None
) -> tuple[Getallen, int]:
    """For each cell of a cube the cell of the table it falls in, and how many there are.

    `mee`: only cells with one of these values on this axis count; -1 for the others.
    """
    plaatsen = np.indices(vorm).reshape(len(vorm), -1)
    maten = [vorm[as_] for as_ in assen]
    vak = (
        np.ravel_multi_index([plaatsen[as_] for as_ in assen], maten) if assen else np.zeros(prod(vorm), int)
    )
    return vak if mee is None else np.where(np.isin(plaatsen[mee[0]], mee[1]), vak, -1), prod(maten)


def places(catalogus: Catalogus, kubus: Kubus, tabel: Tabel, *, rest: bool = False) -> tuple[Getallen, int]:
    """As _places, for what this table counts; `rest`: for all that it doesn't."""
    plek = (kubus.code, tabel.code, rest)
    if plek not in catalogus.plaatsen:
        catalogus.plaatsen[plek] = _places(
            catalogus.shape(kubus), *_mapping(catalogus, kubus, tabel, rest=rest)
        )
    gevonden: tuple[Getallen, int] = catalogus.plaatsen[plek]
    return gevonden


def _mapping(
    catalogus: Catalogus, kubus: Kubus, tabel: Tabel, *, rest: bool
) -> tuple[tuple[int, ...], tuple[int, tuple[int, ...]] | None]:
    assen = tuple(kubus.kenmerken.index(code) for code in tabel.kenmerken)
    mee = counted(kubus.kenmerken, tabel.telt)
    if mee is None:
        return assen, None
    alle = catalogus.kenmerken[kubus.kenmerken[mee[0]]].waarden
    return assen, (mee[0], tuple(n for n, waarde in enumerate(alle) if (waarde in mee[1]) != rest))


def sum_table(
    catalogus: Catalogus, kubus: Kubus, tabel: Tabel, vakken: Getallen, *, rest: bool = False
) -> Getallen:
    """The numbers of one table: sums of the cells of its cube."""
    vak, aantal = places(catalogus, kubus, tabel, rest=rest)
    mee = vak >= 0
    return np.bincount(vak[mee], vakken[mee], aantal).astype(np.int64)


Elders = Mapping[str, tuple[Getallen, Getallen]]
"""What another family counted and published this month, per table: true and rounded."""
Plafonds = Mapping[str, tuple[int, int]]
"""Per table a cell that is a part of something else, and what was published of the whole: rather no more than that."""
Soort = tuple[str, int]
"""A period and a number of features: (jaar, 3)."""
OPOFFEREN: tuple[Soort, ...] = (("jaar", 3), ("jaar", 2), ("kwartaal", 2))
"""Which tables are left out, in this order, when not all can be kept within the bound: the finest first."""


def problems(
    catalogus: Catalogus,
    familie: Familie,
    maand: date,
    waar: Mapping[str, Getallen],
    eerder: Eerder,
    elders: Elders | None = None,
    zonder: Collection[Soort] = (),
    *,
    los: bool = False,
    plafonds: Plafonds | None = None,
) -> list[Opgave]:
    """The trunk and the branches of one family in one month, to be rounded. `zonder`: without tables of these kinds.

    `los`: in a stand, the number of a cell in which nothing changed may move by five.
    """
    opgaven = [
        _stand(catalogus, kubus, waar[kubus.code], eerder.get(kubus.code, ()), zonder, los=los)
        if familie.stand
        else _flow(
            catalogus, kubus, maand, waar[kubus.code], eerder.get(kubus.code, ()), zonder, plafonds or {}
        )
        for kubus in familie.kubussen
    ]
    if familie.stam.banden:
        opgaven[0] = _tie(catalogus, familie.stam, opgaven[0], elders or {})
    if familie.stam.onder:
        geheel, deel = eerder.get(familie.stam.onder, ()), eerder.get(familie.stam.code, ())
        opgaven[0] = _stay_below(opgaven[0], geheel, deel)
    return opgaven


def _stay_below(opgave: Opgave, geheel: Sequence[Maandstand], deel: Sequence[Maandstand]) -> Opgave:
    """A part is published as no more than its whole, from January on, wherever it is no more.

    Otherwise who knows that it is a part has two intervals that cut each other. `geheel` has this month already.
    """
    if not geheel:
        return opgave
    waar, rond = (
        sum(getattr(e, wat) for e in geheel) - sum(getattr(e, wat) for e in deel) for wat in ("waar", "rond")
    )
    kan = np.iinfo(np.int64).max // 2
    return replace(opgave, hoogstens=np.where(opgave.waar <= waar, np.maximum(rond, 0), kan))


def _tie(catalogus: Catalogus, stam: Kubus, opgave: Opgave, elders: Elders) -> Opgave:
    """One true number gets one rounded number: what another family counts as well stays what it published.

    A cell of a stand that should keep its number, and whose part was published as more, can't: it gets that of its part.
    """
    blijft = np.full_like(opgave.waar, -1) if opgave.blijft is None else opgave.blijft.copy()
    minstens = np.zeros_like(opgave.waar) if opgave.minstens is None else opgave.minstens.copy()
    hoogstens = None if opgave.hoogstens is None else opgave.hoogstens.copy()
    for band, hier, _waar, rond in _bound(catalogus, stam, elders):
        if band.gelijk:
            blijft[hier] = rond
            continue
        minstens[hier] = max(minstens[hier], rond)
        if 0 <= blijft[hier] < rond:
            blijft[hier] = rond
        if hoogstens is not None:
            hoogstens[hier] = max(hoogstens[hier], rond)
    return replace(opgave, blijft=blijft, minstens=minstens, hoogstens=hoogstens)


def _bound(catalogus: Catalogus, stam: Kubus, elders: Elders) -> Iterator[tuple[Band, int, int, int]]:
    """Per band the cell of this trunk that it is about, and what the other family counted there and published."""
    waarden = catalogus.kenmerken[stam.kenmerken[0]].waarden
    for band in stam.banden:
        gevonden = catalogus.find(band.tabel)
        if gevonden is not None and band.tabel in elders:
            cel = catalogus.cells(gevonden[2]).index(list(band.cel))
            waar, rond = (int(getallen[cel]) for getallen in elders[band.tabel])
            yield band, waarden.index(band.waarde), waar, rond


def disagrees(
    catalogus: Catalogus,
    familie: Familie,
    maand: date,
    waar: Mapping[str, Getallen],
    eerder: Eerder,
    elders: Elders,
) -> tuple[str, ...]:
    """The tables that count otherwise what this family counts as well; none when the true numbers are as they should be.

    The rounding takes for granted that they are: with a difference, who combines both would find an interval that is
    narrower than was promised, or that the truth isn't in.
    """
    stam = familie.stam
    for band, hier, elders_waar, _rond in _bound(catalogus, stam, elders):
        verschil = int(waar[stam.code][hier]) - elders_waar
        if verschil < 0 or (band.gelijk and verschil):
            return (band.tabel,)
    for toen, waar_verschil, _ in _flowed(catalogus, familie, maand, waar, waar, eerder):
        # Only last month's: what was wrong once costs the month it was wrong in, not the rest of the year.
        if toen == previous_maand(maand) and waar_verschil and familie.stroom is not None:
            return tuple(dict.fromkeys((familie.stroom.erbij[0], familie.stroom.eraf[0])))
    return ()


def _flow(
    catalogus: Catalogus,
    kubus: Kubus,
    maand: date,
    waar: Getallen,
    eerder: Sequence[Maandstand],
    zonder: Collection[Soort],
    plafonds: Plafonds,
) -> Opgave:
    niets = np.zeros_like(waar)
    kwartaal = sum((e.rond - e.waar for e in eerder if e.maand >= quarter_of(maand)), niets)
    jaar = sum((e.rond - e.waar for e in eerder), niets)
    toetsen = []
    dicht = {periode for periode, _ in closes(maand)}
    for periode, fout in (("maand", niets), ("kwartaal", kwartaal), ("jaar", jaar)):
        for tabel in kubus.tabellen:
            if periode not in tabel.perioden or (periode, len(tabel.kenmerken)) in zonder:
                continue
            over = sum_table(catalogus, kubus, tabel, fout)
            if np.abs(over).max(initial=0) > GRENS:
                continue  # An earlier month of this period let it go: it isn't published.
            gewicht = GEWICHT.get((periode, len(tabel.kenmerken)), 1.0) * GEWICHT_VAN.get(tabel.telt, 1.0)
            toetsen.append(
                Toets(places(catalogus, kubus, tabel)[0], over, gewicht, verder=periode not in dicht)
            )
            if tabel.telt in GEWICHT_VAN and periode != "maand":
                # People and all of them, each just within the bound, may not tear apart who came again.
                rest = sum_table(catalogus, kubus, tabel, fout, rest=True)
                toetsen.append(
                    Toets(places(catalogus, kubus, tabel, rest=True)[0], rest, GEWICHT_REST, zacht=True)
                )
    toetsen += _below(catalogus, kubus, waar, plafonds)
    return Opgave(kubus.code, waar, -jaar, tuple(toetsen), kubus.meervoudig)


def _below(catalogus: Catalogus, kubus: Kubus, waar: Getallen, plafonds: Plafonds) -> Iterator[Toets]:
    """Keep what is a part of something else below what was published of it: its error within nine of nine below that."""
    for tabel in (t for t in kubus.tabellen if t.code in plafonds):
        cel, hoogstens = plafonds[tabel.code]
        ruimte = hoogstens - int(sum_table(catalogus, kubus, tabel, waar)[cel])
        if ruimte < GRENS:
            vak = np.where(places(catalogus, kubus, tabel)[0] == cel, 0, -1)
            yield Toets(vak, np.array([GRENS - ruimte]), gewicht=0.0)


def ceilings(
    catalogus: Catalogus, familie: Familie, eerder: Eerder, count: Callable[[Familie], Mapping[str, Getallen]]
) -> Plafonds:
    """What this family counts of a stand that comes after it, where in truth that stand stayed what it was.

    Published as more than the stand, it would push up a number that should stay (_tie).
    """
    eigen = {tabel.code: tabel for kubus in familie.kubussen for tabel in kubus.tabellen}
    gevonden = {}
    for later in (f for f in catalogus.families if f.stand and eerder.get(f.stam.code)):
        for band in (b for b in later.stam.banden if b.tabel in eigen and not b.gelijk):
            was = carried(catalogus, later.stam, eerder[later.stam.code][-1])
            plek = catalogus.kenmerken[later.stam.kenmerken[0]].waarden.index(band.waarde)
            if was is not None and was[0][plek] == count(later)[later.stam.code][plek]:
                gevonden[band.tabel] = (
                    catalogus.cells(eigen[band.tabel]).index(list(band.cel)),
                    int(was[1][plek]),
                )
    return gevonden


def _stand(
    catalogus: Catalogus,
    kubus: Kubus,
    waar: Getallen,
    eerder: Sequence[Maandstand],
    zonder: Collection[Soort],
    *,
    los: bool,
) -> Opgave:
    """What there is at the end of the month. A cell that holds what it held keeps its number.

    The total isn't published, but stays near the truth too: so that a stand stays near what came and went (drifts).
    """
    toetsen = []
    for tabel in kubus.tabellen:
        vak, aantal = places(catalogus, kubus, tabel)
        if (PERIODEN[len(tabel.kenmerken) - 1], len(tabel.kenmerken)) not in zonder:
            toetsen.append(Toets(vak, np.zeros(aantal, np.int64)))
    toetsen.append(Toets(np.zeros(len(waar), np.int64), np.zeros(1, np.int64), gewicht=4.0, zacht=True))
    was = carried(catalogus, kubus, eerder[-1]) if eerder else None
    if was is None:
        return Opgave(kubus.code, waar, np.zeros_like(waar), tuple(toetsen))
    was_waar, was_rond = was
    zelfde = was_waar == waar
    if not los:
        blijft = np.where(zelfde, was_rond, -1)
        return Opgave(kubus.code, waar, np.zeros_like(waar), tuple(toetsen), blijft=blijft)
    # Away from its own number costs more than all the tables it counts in: as few as can be move.
    toetsen.append(Toets(np.where(zelfde, np.arange(len(waar)), -1), waar - was_rond, ZELFDE, zacht=True))
    return Opgave(
        kubus.code,
        waar,
        np.zeros_like(waar),
        tuple(toetsen),
        minstens=np.where(zelfde, np.maximum(was_rond - BASIS, 0), 0),
        hoogstens=np.where(zelfde, was_rond + BASIS, np.iinfo(np.int64).max // 2),
    )


def carried(catalogus: Catalogus, kubus: Kubus, toen: Maandstand) -> tuple[Getallen, Getallen] | None:
    """What an earlier stand held in the cells of today, true and rounded; -1 in a cell that there wasn't.

    A cell is the same when its values are, whatever the catalogue added or dropped in between. What had a value that is
    gone counts under ‘overig’ now, as it does in the source. None when that catalogue has no such cube, or cuts it otherwise.
    """
    if toen.indeling is None:
        return toen.waar, toen.rond
    oud = next((k for f in toen.indeling.families for k in f.kubussen if k.code == kubus.code), None)
    if oud is None or oud.kenmerken != kubus.kenmerken:
        return None
    vorm, was = catalogus.shape(kubus), toen.indeling.shape(oud)
    naar, bekend = [], []
    for code in kubus.kenmerken:
        nu, toen_ = catalogus.kenmerken[code].waarden, toen.indeling.kenmerken[code].waarden
        plek = {waarde: nummer for nummer, waarde in enumerate(nu)}
        naar.append(np.array([plek.get(waarde, plek.get(OVERIG, -1)) for waarde in toen_]))
        bekend.append(np.array([waarde in toen_ for waarde in nu]))
    per_as = [
        waar_heen[as_] for waar_heen, as_ in zip(naar, np.indices(was).reshape(len(was), -1), strict=True)
    ]
    blijft = np.all([plek >= 0 for plek in per_as], axis=0)
    cel = np.ravel_multi_index([plek[blijft] for plek in per_as], vorm)
    er_was = reduce(np.logical_and.outer, bekend).reshape(-1)
    waar, rond = (
        np.where(er_was, np.bincount(cel, getallen[blijft], prod(vorm)).astype(np.int64), -1)
        for getallen in (toen.waar, toen.rond)
    )
    return waar, rond


def drifts(
    catalogus: Catalogus,
    familie: Familie,
    maand: date,
    waar: Mapping[str, Getallen],
    rond: Mapping[str, Getallen],
    eerder: Eerder,
) -> bool:
    """Do this stand and an earlier one differ more from what came and went between them than four bounds can hide?

    Who knows that a stand is the one before, plus what came, less what went, has four published numbers for one true
    relation. As long as they differ by at most two bounds, each keeps its own interval: the others can take it up. Over
    a month that was refused the relation is off by what was counted wrong then: that much is between them in truth.
    """
    return any(
        abs(verschil - in_waarheid) > 2 * GRENS
        for _, in_waarheid, verschil in _flowed(catalogus, familie, maand, waar, rond, eerder)
    )


def _flowed(
    catalogus: Catalogus,
    familie: Familie,
    maand: date,
    waar: Mapping[str, Getallen],
    rond: Mapping[str, Getallen],
    eerder: Eerder,
) -> Iterator[tuple[date, int, int]]:
    """Of each earlier stand that was kept how far it, with what came and went since, is from this one: in truth, and as published."""
    if familie.stroom is None:
        return
    kanten = [
        _per_month(catalogus, tabel, cel, eerder)
        for tabel, cel in (familie.stroom.erbij, familie.stroom.eraf)
    ]
    if not all(kanten):
        return
    erbij, eraf = kanten
    saldi = {m: [a - b for a, b in zip(erbij[m], eraf[m], strict=True)] for m in erbij.keys() & eraf.keys()}
    nu = Maandstand(maand, waar[familie.stam.code], rond[familie.stam.code])
    for toen in eerder.get(familie.stam.code, ()):
        maanden = list(months_until(next_maand(toen.maand), maand))
        if not saldi.keys() >= set(maanden):
            continue  # What isn't published can't be combined.
        tussen = [saldi[m] for m in maanden]
        yield (
            toen.maand,
            int(nu.waar.sum() - toen.waar.sum()) - sum(saldo[0] for saldo in tussen),
            int(nu.rond.sum() - toen.rond.sum()) - sum(saldo[1] for saldo in tussen),
        )


def _per_month(
    catalogus: Catalogus, code: str, cel: Sequence[str], eerder: Eerder
) -> dict[date, tuple[int, int]]:
    """One cell of a table of another family in each month so far: in truth, and as published."""
    gevonden = catalogus.find(code)
    if gevonden is None:
        return {}
    _, kubus, tabel = gevonden
    nummer = catalogus.cells(tabel).index(list(cel))
    return {
        m.maand: (
            int(sum_table(catalogus, kubus, tabel, m.waar)[nummer]),
            int(sum_table(catalogus, kubus, tabel, m.rond)[nummer]),
        )
        for m in eerder.get(kubus.code, ())
    }


def fill_tables(
    catalogus: Catalogus,
    familie: Familie,
    maand: date,
    waar: Mapping[str, Getallen],
    rond: Mapping[str, Getallen],
    eerder: Eerder,
) -> list[tuple[Tabel, str, date, Getallen]]:
    """Every table that this month completes: table, period, its first day and its numbers.

    A table that isn't within the bound everywhere is not among them, nor a stand that moved away from its flow, nor a
    period with a month in which this family wasn't published.
    """
    gevuld: list[tuple[Tabel, str, date, Getallen]] = []
    if drifts(catalogus, familie, maand, waar, rond, eerder):
        return gevuld
    maanden = {e.maand for standen in eerder.values() for e in standen if e.maand < maand}
    for periode, begin in closes(maand):
        for kubus in familie.kubussen:
            deel = [] if familie.stand else [e for e in eerder.get(kubus.code, ()) if begin <= e.maand]
            if not familie.stand and {e.maand for e in deel} != {m for m in maanden if begin <= m}:
                continue
            ware = sum((e.waar for e in deel), waar[kubus.code])
            ronde = sum((e.rond for e in deel), rond[kubus.code])
            for tabel in (t for t in kubus.tabellen if periode in t.perioden):
                aantallen = sum_table(catalogus, kubus, tabel, ronde)
                fout = aantallen - sum_table(catalogus, kubus, tabel, ware)
                if np.abs(fout).max(initial=0) <= GRENS:
                    gevuld.append((tabel, periode, begin, aantallen))
    return gevuld


def month_tables(
    catalogus: Catalogus, familie: Familie, waar: Mapping[str, Getallen], rond: Mapping[str, Getallen]
) -> dict[str, tuple[Getallen, Getallen]]:
    """What this family gives to those that are tied to it."""
    gebonden = {band.tabel for f in catalogus.families for band in f.stam.banden}
    return {
        tabel.code: (
            sum_table(catalogus, kubus, tabel, waar[kubus.code]),
            sum_table(catalogus, kubus, tabel, rond[kubus.code]),
        )
        for kubus in familie.kubussen
        for tabel in kubus.tabellen
        if tabel.code in gebonden
    }
