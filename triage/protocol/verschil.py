"""Twee versies naast elkaar: wat er bij is, weg is, anders is of alleen verplaatst. Een regel herkent men aan zijn naam."""

from collections.abc import Sequence
from dataclasses import dataclass

from triage.protocol.regels import Regel


@dataclass(frozen=True)
class Verschil:
    """One line of the comparison; the numbers count from 1, None where the version has no such rule."""

    soort: str
    """nieuw, weg, gewijzigd, verplaatst of gelijk"""
    naam: str
    oud: Regel | None
    nieuw: Regel | None
    oud_nummer: int | None
    nieuw_nummer: int | None


def compare(oud: Sequence[Regel], nieuw: Sequence[Regel]) -> list[Verschil]:
    """In the order of the new version; what is gone stands after the rule it came after."""
    pairs = _pairs(oud, nieuw)
    kept = sorted(pairs)
    in_order = {pairs[een] for een in kept if all(pairs[ander] < pairs[een] for ander in kept if ander < een)}
    found: list[tuple[float, Verschil]] = []
    back = {b: a for a, b in pairs.items()}
    for b, regel in enumerate(nieuw):
        a = back.get(b)
        if a is None:
            found.append((b, Verschil("nieuw", regel.naam, None, regel, None, b + 1)))
            continue
        stays = "gelijk" if b in in_order else "verplaatst"
        soort = stays if oud[a] == regel else "gewijzigd"
        found.append((b, Verschil(soort, regel.naam, oud[a], regel, a + 1, b + 1)))
    for a, regel in enumerate(oud):
        if a not in pairs:
            na = max((pairs[een] for een in pairs if een < a), default=-1)
            found.append((na + 0.5, Verschil("weg", regel.naam, regel, None, a + 1, None)))
    return [verschil for _, verschil in sorted(found, key=lambda een: een[0])]


def _pairs(oud: Sequence[Regel], nieuw: Sequence[Regel]) -> dict[int, int]:
    """Which old rule is which new one: first what is entirely the same, then what has the same name."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for same in (lambda a, b: a == b, lambda a, b: a.naam.casefold() == b.naam.casefold()):
        for a, regel in enumerate(oud):
            if a in pairs:
                continue
            for b, ander in enumerate(nieuw):
                if b not in taken and same(regel, ander):
                    pairs[a] = b
                    taken.add(b)
                    break
    return pairs
