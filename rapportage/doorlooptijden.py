"""Mediaan en p90 van een doorlooptijd, uit gepubliceerde aantallen per klasse: nooit uit de tijden zelf.

So a lead time says nothing that its table doesn't say already. Fewer than ten (as published): no figure. A class that is
hidden ("<10") may not be told from another that is: together they are the rest of the total, and share it evenly. Where that is
more than half, there is no figure either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

MINSTENS = 10
KLASSEN: tuple[tuple[str, int, int | None], ...] = (
    ("0", 0, 1), ("1", 1, 2), ("2-3", 2, 4), ("4-7", 4, 8), ("8-14", 8, 15), ("15-28", 15, 29), ("29-56", 29, 57),
    ("57+", 57, None),
)  # fmt: skip
"""Each class with its first day and the first day after it."""


@dataclass(frozen=True)
class Doorlooptijd:
    """Days, rounded; `None` where it lies in the last, open class: longer than eight weeks."""

    mediaan: int | None
    p90: int | None


def lead_time(aantallen: Mapping[str, int]) -> Doorlooptijd | None:
    """From published numbers per class; None for a group of less than ten."""
    totaal = sum(aantallen.values())
    getoond = {klasse: n for klasse, n in aantallen.items() if n >= MINSTENS}
    if totaal < MINSTENS or 2 * sum(getoond.values()) < totaal:
        return None
    verborgen = [klasse for klasse, _, _ in KLASSEN if klasse not in getoond]
    rest = Fraction(totaal - sum(getoond.values()), len(verborgen) or 1)
    delen: dict[str, Fraction | int] = {**dict.fromkeys(verborgen, rest), **getoond}
    return Doorlooptijd(_quantile(delen, Fraction(1, 2)), _quantile(delen, Fraction(9, 10)))


def _quantile(aantallen: Mapping[str, Fraction | int], deel: Fraction) -> int | None:
    """Within a class days are taken to be spread evenly. Whole days up to two weeks, above that multiples of five."""
    rest = deel * sum(aantallen.values())
    for klasse, van, tot in KLASSEN:
        aantal = aantallen.get(klasse, 0)
        if rest <= aantal:
            if tot is None:
                return None
            dagen = van + (tot - van) * rest / aantal if aantal else Fraction(van)
            return round(dagen) if dagen < 15 else round(dagen / 5) * 5
        rest -= aantal
    return None
