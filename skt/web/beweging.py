"""How eight scores moved: from a list of moments to the wheel with start and now, and the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from skt.web.grafieken import read
from skt.web.leefgebieden import LEEFGEBIEDEN, enumerate_words, read_scores

MAX_KOLOMMEN = 5
"""So many moments fit in the table; of more, the first and the last ones are shown."""


@dataclass(frozen=True)
class Regel:
    """One leefgebied: its score per shown moment, and what became of it."""

    label: str
    scores: list[int | None]
    verschil: str
    soort: str
    """beter, slechter, gelijk or '' (nothing to compare)"""


@dataclass(frozen=True)
class Beweging:
    momenten: list[Any] = field(default_factory=list)
    begin: dict[str, int | None] = field(default_factory=dict)
    nu: dict[str, int | None] = field(default_factory=dict)
    regels: list[Regel] = field(default_factory=list)
    zin: str = ""
    weggelaten: int = 0

    @property
    def is_verder(self) -> bool:
        """Measured more than once: there is something to compare."""
        return len(self.momenten) > 1


def read_beweging(metingen: Sequence[Any]) -> Beweging:
    """From moments (`op`, `wie`, `reden`, `scores`), oldest first. Start is per leefgebied the first score that was
    given, now the last one; what was never discussed is neither."""
    if not metingen:
        return Beweging()
    found = [read_scores(read(meting, "scores", {})) for meting in metingen]
    begin: dict[str, int | None] = {}
    nu: dict[str, int | None] = {}
    often: dict[str, int] = {}
    for gebied in LEEFGEBIEDEN:
        given = [scores[gebied.sleutel] for scores in found if scores[gebied.sleutel] is not None]
        begin[gebied.sleutel], nu[gebied.sleutel] = (given[0], given[-1]) if given else (None, None)
        often[gebied.sleutel] = len(given)
    shown = list(range(len(metingen)))
    if len(shown) > MAX_KOLOMMEN:
        shown = [0, *shown[-(MAX_KOLOMMEN - 1) :]]
    rows = []
    for gebied in LEEFGEBIEDEN:
        words, kind = _moved(begin[gebied.sleutel], nu[gebied.sleutel], often[gebied.sleutel])
        rows.append(Regel(gebied.label, [found[index][gebied.sleutel] for index in shown], words, kind))
    return Beweging(
        momenten=[metingen[index] for index in shown],
        begin=begin,
        nu=nu,
        regels=rows,
        zin=_sentence(rows),
        weggelaten=len(metingen) - len(shown),
    )


def _moved(begin: int | None, nu: int | None, times: int) -> tuple[str, str]:
    if begin is None or nu is None:
        return "niet besproken", ""
    if times < 2:
        return "één keer gemeten", ""
    if nu == begin:
        return "gelijk", "gelijk"
    return (f"{nu - begin} hoger", "beter") if nu > begin else (f"{begin - nu} lager", "slechter")


def _sentence(rows: list[Regel]) -> str:
    """Vooruit: financiën en zingeving. Achteruit: praktisch functioneren. Gelijk: 2 leefgebieden."""

    def names(kind: str) -> list[str]:
        return [row.label.lower() for row in rows if row.soort == kind]

    parts = []
    if better := names("beter"):
        parts.append(f"Vooruit: {enumerate_words(better)}.")
    if worse := names("slechter"):
        parts.append(f"Achteruit: {enumerate_words(worse)}.")
    if same := names("gelijk"):
        parts.append(f"Gelijk gebleven: {enumerate_words(same)}.")
    return " ".join(parts)
