"""Which rows are about one person: grouped by the shared judgement, careful with namesakes."""

from collections import defaultdict
from dataclasses import dataclass, field

from intake.loketlijst.rijen import Rij
from skt.inwoners.gelijkenis import Gelijkenis, Graad, Kenmerken, Oordeel, compare


@dataclass
class Groep:
    """Rows about one person, and the different ways they describe them."""

    nummer: int
    rijen: list[Rij] = field(default_factory=list)
    beelden: list[Kenmerken] = field(default_factory=list)

    def add(self, rij: Rij, beeld: Kenmerken) -> None:
        self.rijen.append(rij)
        if beeld not in self.beelden:
            self.beelden.append(beeld)


def group_personen(rijen: list[Rij]) -> dict[str, list[int]]:
    """Give every row with a name its `persoon`, and NAAM_SPELLING where it is written in another way than first.

    Returns group → row numbers. Rows with a date of birth come first: they can't be taken for a namesake, and they tell
    which of two namesakes a row without one is about.
    """
    named = [(rij, rij.kenmerken()) for rij in rijen if rij.waarden.get("naam_inwoner")]
    groepen: list[Groep] = []
    index: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for rij, beeld in sorted(named, key=lambda pair: (pair[1].geboren is None, pair[0].nummer)):
        groep = _best(beeld, groepen, index)
        if groep is None:
            groep = Groep(len(groepen))
            groepen.append(groep)
        groep.add(rij, beeld)
        for mark in _marks(beeld):
            index[mark].add(groep.nummer)
    in_order = sorted(groepen, key=lambda groep: min(rij.nummer for rij in groep.rijen))
    return dict(_finish(groep) for groep in in_order)


def may_merge(gelijkenis: Gelijkenis) -> bool:
    """Sure enough to take two rows for one person without asking: never on a name alone, never past another birthday."""
    if gelijkenis.oordeel is Oordeel.ZELFDE:
        return True
    if gelijkenis.oordeel is not Oordeel.WAARSCHIJNLIJK or gelijkenis.achternaam is Graad.ANDERS:
        return False
    if gelijkenis.geboren is Graad.GELIJK:
        return gelijkenis.voornaam is not Graad.ONBEKEND
    if gelijkenis.geboren is Graad.BIJNA:
        return gelijkenis.naam_gelijk and gelijkenis.telefoon is not Graad.ANDERS
    return False


def _best(beeld: Kenmerken, groepen: list[Groep], index: dict[tuple[str, ...], set[int]]) -> Groep | None:
    """The one group this must be; None when there is none, or two that fit as well."""
    near = {number for mark in _marks(beeld) for number in index.get(mark, ())}
    fitting: list[tuple[int, int, Groep]] = []
    for number in sorted(near):
        judged = [compare(beeld, other) for other in groepen[number].beelden]
        if any(one.geboren in (Graad.ANDERS, Graad.DEELS) for one in judged):
            continue
        best = max(judged, key=lambda one: (one.oordeel, one.score))
        if may_merge(best):
            fitting.append((best.oordeel, best.score, groepen[number]))
    fitting.sort(key=lambda found: found[:2], reverse=True)
    if not fitting or (len(fitting) > 1 and fitting[0][:2] == fitting[1][:2]):
        return None
    return fitting[0][2]


def _marks(beeld: Kenmerken) -> list[tuple[str, ...]]:
    """What two rows about one person must have at least one of in common."""
    marks: list[tuple[str, ...]] = []
    if beeld.postcode and beeld.huisnummer:
        digits = "".join(c for c in beeld.huisnummer if c.isdigit())
        marks.append(("adres", beeld.postcode, digits[:5]))
    if beeld.telefoon:
        marks.append(("telefoon", beeld.telefoon[-9:]))
    if beeld.geboren:
        marks.append(("geboren", beeld.geboren.isoformat()))
    return marks


def _finish(groep: Groep) -> tuple[str, list[int]]:
    rijen = sorted(groep.rijen, key=lambda rij: rij.nummer)
    first = rijen[0]
    code = f"P{first.nummer:04d}"
    for rij in rijen:
        rij.persoon = code
        if rij.waarden["naam_inwoner"] != first.waarden["naam_inwoner"]:
            rij.add("NAAM_SPELLING")
            rij.verwijst["NAAM_SPELLING"] = first.nummer
    return code, [rij.nummer for rij in rijen]
