"""Mediaan en p90 van een doorlooptijd, uit gepubliceerde aantallen per klasse: nooit uit de tijden zelf.

So a lead time says nothing that its table doesn't say already. Fewer than ten (as published): no figure. A class that is
hidden ("<10") is 0 or 5, and may not be told from another that is: together they are the rest of the total. A day is given
only where it lies in a class that is shown, however that rest is divided; within it the hidden ones share evenly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

MINSTENS = 10
STAP = 5
"""A number too small to show was published as nothing or as this."""
LANGER = -1
KLASSEN: tuple[tuple[str, int, int | None], ...] = (
    ("0", 0, 1), ("1", 1, 2), ("2-3", 2, 4), ("4-7", 4, 8), ("8-14", 8, 15), ("15-28", 15, 29), ("29-56", 29, 57),
    ("57+", 57, None),
)  # fmt: skip
"""Each class with its first day and the first day after it."""


Verdeling = Sequence[tuple[int, int | None, int]]
"""Per class its first day, the first day after it, and its published number."""


@dataclass(frozen=True)
class Doorlooptijd:
    """Days, rounded; `None` where it lies in the last, open class: longer than eight weeks.

    `p90_bekend` is False where nine of ten lies in a class too small to show; then nobody can say how long that took.
    """

    mediaan: int | None
    p90: int | None
    p90_bekend: bool = True


def lead_time(aantallen: Mapping[str, int]) -> Doorlooptijd | None:
    """From published numbers per class; None for a group of less than ten, or whose median lies in a class too small to show."""
    if sum(aantallen.values()) < MINSTENS:
        return None
    verdeling = [(van, tot, aantallen.get(klasse, 0)) for klasse, van, tot in KLASSEN]
    mediaan, p90 = _quantile(verdeling, Fraction(1, 2)), _quantile(verdeling, Fraction(9, 10))
    if mediaan is None:
        return None
    return Doorlooptijd(
        None if mediaan == LANGER else mediaan, None if p90 in {LANGER, None} else p90, p90 is not None
    )


def _quantile(verdeling: Verdeling, deel: Fraction) -> int | None:
    """The day by which this part is ready, `LANGER` in the open class; None where what is hidden decides on the class.

    Within a class days are taken to be spread evenly. Whole days up to two weeks, above that multiples of five.
    """
    plek = deel * sum(n for _, _, n in verdeling)
    rest = sum(n for _, _, n in verdeling if n < MINSTENS)
    verborgen = sum(n < MINSTENS for _, _, n in verdeling)
    getoond = ervoor = 0
    for van, tot, aantal in verdeling:
        if aantal < MINSTENS:
            ervoor += 1
            continue
        minst, meest = max(0, rest - STAP * (verborgen - ervoor)), min(rest, STAP * ervoor)
        if getoond + meest < plek <= getoond + minst + aantal:
            if tot is None:
                return LANGER
            gedeeld = Fraction(rest * ervoor, verborgen) if verborgen else 0
            dagen = van + (tot - van) * (plek - getoond - gedeeld) / aantal
            return round(dagen) if dagen < 15 else round(dagen / 5) * 5
        getoond += aantal
    return None
