"""Waar een catalogus uit bestaat: kenmerken met hun vakken, tabellen, kubussen en families."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import product
from typing import Any

PERIODEN = ("maand", "kwartaal", "jaar")
OVERIG = "overig"
"""Where a value falls that came in the course of the year: a classification never changes within its year."""
TELT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "dingen": {},
    "mensen": {"eerste": ("ja",), "telling": ("mens", "beide")},
    "mensen per wet": {"eerste_wet": ("ja",)},
    "mensen per lijn": {"eerste_lijn": ("ja",)},
    "contacten": {"telling": ("contact", "beide")},
    "ontbreekt": {"nuldelijn": ("past_niet",)},
}
"""What a table counts, and in which cells of its cube that is: by the values of one feature. Things: all of them."""
Vakken = tuple[tuple[str, str], ...]


def counted(kenmerken: tuple[str, ...], telt: str) -> tuple[int, tuple[str, ...]] | None:
    """Which of these features tells what such a table counts, and by which values; None when it counts everything."""
    for code, waarden in TELT[telt].items():
        if code in kenmerken:
            return kenmerken.index(code), waarden
    if TELT[telt]:
        raise ValueError(f"Een kubus van {', '.join(kenmerken)} kan geen {telt} tellen.")
    return None


@dataclass(frozen=True)
class Kenmerk:
    """One feature with all its values, also those nobody has: a value that appears would tell that it happened."""

    code: str
    titel: str
    vakken: Vakken

    @property
    def waarden(self) -> tuple[str, ...]:
        return tuple(waarde for waarde, _ in self.vakken)


@dataclass(frozen=True)
class Tabel:
    """One table of the catalogue, how often it appears, and what it counts (TELT)."""

    code: str
    titel: str
    kenmerken: tuple[str, ...]
    perioden: tuple[str, ...]
    telt: str = "dingen"

    @property
    def mensen(self) -> bool:
        """Does it count people, not things?"""
        return self.telt.startswith("mensen")


@dataclass(frozen=True)
class Band:
    """What another family published earlier in this month and this cube counts as well: one number, or at least that one.

    `waarde` of the cube's first feature; `cel` of that table.
    """

    waarde: str
    tabel: str
    cel: tuple[str, ...] = ()
    gelijk: bool = True


@dataclass(frozen=True)
class Kubus:
    """One cube: the features of its family's trunk and at most one of its own; counted from one narrow view."""

    code: str
    titel: str
    wat: str
    bron: str
    kenmerken: tuple[str, ...]
    tabellen: tuple[Tabel, ...]
    meervoudig: bool = False
    banden: tuple[Band, ...] = ()
    onder: str = ""
    """The trunk of another family that this trunk is a part of, cell by cell, from January on."""

    def counts(self, tabel: Tabel) -> str:
        """The word for what a table of this cube counts: meldingen, mensen, contacten ..."""
        if tabel.mensen:
            return "mensen"
        return tabel.telt if tabel.telt == "contacten" else self.wat


@dataclass(frozen=True)
class Stroom:
    """What came and what went in a month: each a cell of a table of another family."""

    erbij: tuple[str, tuple[str, ...]]
    eraf: tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Familie:
    """A trunk and its branches. A `stand` is what there is at the end of a month; it doesn't add up over months.

    `stroom` ties a stand to the one before.
    """

    stam: Kubus
    takken: tuple[Kubus, ...] = ()
    stand: bool = False
    stroom: Stroom | None = None

    @property
    def kubussen(self) -> tuple[Kubus, ...]:
        return (self.stam, *self.takken)

    def untied(self) -> "Familie":
        """For a trial, in which what two families count isn't the same."""
        return replace(self, stam=replace(self.stam, banden=(), onder=""), stroom=None)


@dataclass(frozen=True)
class Bladvorm:
    """A file of its own beside the tables: lead times that follow from a table, or amounts of the people it counts.

    `soort`: doorlooptijd, kosten. `uit`: the table it goes with; a row per value of that table's first feature.
    """

    code: str
    titel: str
    soort: str
    uit: str
    perioden: tuple[str, ...]


@lru_cache(maxsize=500)
def _cells(waarden: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    return [list(cel) for cel in product(*waarden)]


@dataclass(frozen=True)
class Catalogus:
    """What is published in one year."""

    grens: int
    kenmerken: Mapping[str, Kenmerk]
    families: tuple[Familie, ...]
    ontbreekt: tuple[tuple[str, str], ...] = ()
    """What was asked for and can't be counted yet: its name, and why."""
    bladen: tuple[Bladvorm, ...] = ()
    plaatsen: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    """Where each cell of a cube falls in each table, as far as it was worked out (samenstellen)."""

    def untied(self) -> "Catalogus":
        """The same without what ties one family to another."""
        return replace(self, families=tuple(familie.untied() for familie in self.families))

    def shape(self, kubus: Kubus) -> tuple[int, ...]:
        return tuple(len(self.kenmerken[code].vakken) for code in kubus.kenmerken)

    def cells(self, tabel: Tabel) -> list[list[str]]:
        """Every cell of a table, in its order. Not to be changed: they are shared."""
        return _cells(tuple(self.kenmerken[code].waarden for code in tabel.kenmerken))

    def tables(self, periode: str) -> list[tuple[Familie, Kubus, Tabel]]:
        return [
            (familie, kubus, tabel)
            for familie in self.families
            for kubus in familie.kubussen
            for tabel in kubus.tabellen
            if periode in tabel.perioden
        ]

    def find(self, code: str) -> tuple[Familie, Kubus, Tabel] | None:
        """Where a table stands in it."""
        return self._per_code.get(code)

    @cached_property
    def _per_code(self) -> dict[str, tuple[Familie, Kubus, Tabel]]:
        return {
            tabel.code: (familie, kubus, tabel)
            for familie in self.families
            for kubus in familie.kubussen
            for tabel in kubus.tabellen
        }
