"""The eight leefgebieden as the screens show them: names, short names, the words of a score."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from skt.kern.keuzelijsten import Leefgebied

SCOREWOORDEN = {
    1: "acute problematiek",
    2: "niet zelfredzaam",
    3: "beperkt zelfredzaam",
    4: "voldoende zelfredzaam",
    5: "volledig zelfredzaam",
}
LAAG = 2
"""A score up to here stands out in the wheel."""
HULPVRAAG = 3
"""A score up to here is a leefgebied in which something is needed."""
HOOGST = max(SCOREWOORDEN)

_KORT = ("huis", "fin", "soc", "psy", "zin", "lich", "prak", "dag")


class Gebied(NamedTuple):
    sleutel: str
    label: str
    """Psychisch functioneren"""
    naam: str
    """Psychisch"""
    kort: str
    """psy"""


LEEFGEBIEDEN = tuple(
    Gebied(gebied.value, str(gebied.label), str(gebied.label).removesuffix(" functioneren"), kort)
    for gebied, kort in zip(Leefgebied, _KORT, strict=True)
)


def read_scores(scores: Any) -> dict[str, int | None]:
    """Scores by key in the fixed order, from a mapping or an object with `score_<leefgebied>`; else None."""

    def one(key: str) -> int | None:
        value = scores.get(key) if isinstance(scores, Mapping) else getattr(scores, f"score_{key}", None)
        return int(value) if value not in {None, ""} else None

    return {gebied.sleutel: one(gebied.sleutel) if scores is not None else None for gebied in LEEFGEBIEDEN}


def enumerate_words(words: list[str]) -> str:
    """a, b en c"""
    return " en ".join(filter(None, [", ".join(words[:-1]), words[-1] if words else ""]))
