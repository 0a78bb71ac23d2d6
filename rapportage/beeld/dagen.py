"""Hoe lang iets duurt: per stap een staaf tot waar de helft klaar is, en verder tot negen van de tien."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from skt.web.grafieken import ticks
from skt.web.svg import hatched, line, rect, svg, text
from skt.web.tekeningen import join

LANGER = 57
"""Where the last, open class begins: longer than eight weeks."""


@dataclass(frozen=True)
class Stap:
    """Days, rounded; None stands for longer than eight weeks. `bekend` is False where too few can be shown to say when half is
    ready, `meest_bekend` where only nine of ten can't be said."""

    naam: str
    helft: int | None
    meest: int | None
    bekend: bool = True
    meest_bekend: bool = True

    @property
    def eind(self) -> int:
        """The day that the bar reaches."""
        laatste = self.meest if self.meest_bekend else self.helft
        return LANGER if laatste is None else laatste

    @property
    def negen(self) -> str:
        return in_words(self.meest) if self.meest_bekend else "te weinig"


class Maat(NamedTuple):
    width: float
    left: float
    row: float
    top: float
    room: float
    klasse: str
    label_above: bool


MATEN = (
    Maat(width=756, left=210, row=42, top=28, room=170, klasse="skt-alleen-breed", label_above=False),
    Maat(width=350, left=0, row=66, top=20, room=6, klasse="skt-alleen-smal", label_above=True),
)


def in_words(dagen: int | None) -> str:
    if dagen is None:
        return "meer dan 8 weken"
    return "dezelfde dag" if dagen == 0 else f"{dagen} dag{'' if dagen == 1 else 'en'}"


def dagen(stappen: Sequence[Stap]) -> SafeString:
    """Wide and narrow."""
    label = f"Liggende staven. {'; '.join(_describe(stap) for stap in stappen)}."
    return join(_draw(stappen, maat, label) for maat in MATEN)


def _describe(stap: Stap) -> str:
    if not stap.bekend:
        return f"{stap.naam}: te weinig om te zeggen"
    return f"{stap.naam}: de helft {in_words(stap.helft)}, negen van de tien {stap.negen}"


def _draw(stappen: Sequence[Stap], maat: Maat, label: str) -> SafeString:
    highest = max((s.eind for s in stappen if s.bekend), default=1) or 1
    height = maat.top + maat.row * len(stappen)
    room = maat.width - maat.left - maat.room

    def x(dag: float) -> float:
        return maat.left + room * min(dag, highest) / highest

    parts = []
    if not maat.label_above:
        for tick in ticks(highest):
            parts += [
                line(f"M{x(tick):.1f} 18V{height}", "hulp" if tick else "nul"),
                text(x(tick), 12, tick, "is-zacht is-midden"),
            ]
    for index, stap in enumerate(stappen):
        y = maat.top + maat.row * index
        parts.append(
            text(0, y - 6, stap.naam, "is-label") if maat.label_above
            else text(maat.left - 10, y + 16, stap.naam, "is-label is-eind")
        )  # fmt: skip
        if not stap.bekend:
            parts += [
                rect(maat.left, y, 14, 22, "klein"),
                text(maat.left + 24, y + 16, "te weinig om te zeggen", "is-zacht"),
            ]
            continue
        helft = x(LANGER if stap.helft is None else max(stap.helft, highest / 200))
        meest = x(stap.eind)
        parts.append(rect(maat.left, y, helft - maat.left, 22))
        if meest > helft:
            parts.append(hatched(helft, y + 0.5, meest - helft, 21))
        woorden = f"{in_words(stap.helft)} · {stap.negen}"
        parts.append(
            text(0, y + 38, woorden, "is-vet") if maat.label_above
            else text(max(helft, meest) + 10, y + 16, woorden, "is-vet")
        )  # fmt: skip
    return svg(maat.width, height, label, join(parts), klasse=maat.klasse)
