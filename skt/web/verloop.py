"""Een verloop als lijn, met een band waar het echte aantal in ligt. Zwart-wit en voor een schermlezer even leesbaar."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from skt.web.grafieken import figure, ticks
from skt.web.svg import line, svg, text
from skt.web.tekeningen import EMPTY, join

Punt = tuple[float, float]
Plaats = Callable[[int, float], Punt]


@dataclass(frozen=True)
class Lijn:
    """One series; None is a count too small to show, `marge` how far the true number may lie from each."""

    naam: str
    waarden: Sequence[int | None]
    marge: int


class Maat(NamedTuple):
    """Measures of one drawing; `right` is the room for names, `names` how many periods fit below."""

    width: float
    height: float
    right: float
    names: int
    klasse: str


MATEN = (
    Maat(width=756, height=320, right=150, names=8, klasse="skt-alleen-breed"),
    Maat(width=350, height=270, right=104, names=2, klasse="skt-alleen-smal"),
)
LETTER = 7.2
HOOG = 36
"""A number and the name below it, in pixels."""
KLEIN_HOOGTE = 5
"""Where a count too small to show is drawn: between 0 and 10."""


def verloop(labels: Sequence[str], lijnen: Sequence[Lijn], breedte: float = 756) -> SafeString:
    """Lines over time, wide and narrow, each with the band that the rounding leaves; `breedte` of the wide one in pixels."""
    said = "; ".join(f"{lijn.naam}: {_spoken(labels, lijn)}" for lijn in lijnen)
    label = f"Lijn met een band voor de marge. {said}." if labels else "Geen cijfers."
    breed, smal = MATEN
    return join(_draw(labels, lijnen, maat, label) for maat in (breed._replace(width=breedte), smal))


def _spoken(labels: Sequence[str], lijn: Lijn) -> str:
    return ", ".join(
        f"{label} {'minder dan 10' if waarde is None else figure(waarde)}"
        for label, waarde in zip(labels, lijn.waarden, strict=True)
    )


def band(waarden: Sequence[int | None], marge: int) -> list[list[tuple[int, int, int]]]:
    """Per unbroken stretch: index, lowest and highest true number. A count too small to show breaks it."""
    stukken: list[list[tuple[int, int, int]]] = [[]]
    for index, waarde in enumerate(waarden):
        if waarde is None:
            stukken.append([])
        else:
            stukken[-1].append((index, max(0, waarde - marge), waarde + marge))
    return [stuk for stuk in stukken if stuk]


def _draw(labels: Sequence[str], lijnen: Sequence[Lijn], maat: Maat, label: str) -> SafeString:
    langste = max((len(lijn.naam) for lijn in lijnen), default=0)
    maat = maat._replace(right=min(maat.width * 0.45, max(maat.right, 16 + LETTER * langste)))
    left, right, top, bottom = 38.0, maat.width - maat.right, 16.0, maat.height - 28.0
    highest = max(((w or 0) + lijn.marge for lijn in lijnen for w in lijn.waarden), default=0) or 1
    step = (right - left) / max(1, len(labels) - 1)

    def place(index: int, value: float) -> Punt:
        return round(left + step * index, 1), round(bottom - (bottom - top) * value / highest, 1)

    parts = []
    for tick in ticks(highest):
        _, y = place(0, tick)
        parts += [
            line(f"M{left} {y}H{right}", "hulp" if tick else "nul"),
            text(left - 8, y + 4, figure(tick), "is-zacht is-eind"),
        ]
    every = max(1, math.ceil(len(labels) / maat.names))
    for index, name in enumerate(labels):
        x, _ = place(index, 0)
        parts.append(line(f"M{x} {bottom}v4", "nul"))
        if (len(labels) - 1 - index) % every == 0:
            parts.append(text(x, maat.height - 8, _under(name), "is-zacht is-midden"))
    for number, lijn in reversed(list(enumerate(lijnen, start=1))):
        parts += [*_bands(lijn, number, place), *_stroke(lijn, number, place)]
    parts += _names(lijnen, place, right, bottom)
    return svg(maat.width, maat.height, label, join(parts), klasse=maat.klasse)


def _under(name: str) -> str:
    """‘okt 2026’ and ‘4e kw 2026’, shorter: two numbers of a year tell it."""
    return f"{name[:-4]}’{name[-2:]}" if len(name) > 4 and name[-4:].isdigit() else name


def _bands(lijn: Lijn, number: int, place: Plaats) -> list[SafeString]:
    parts = []
    for stuk in band(lijn.waarden, lijn.marge):
        boven = [place(index, hoog) for index, _, hoog in stuk]
        onder = [place(index, laag) for index, laag, _ in stuk]
        if len(stuk) == 1:
            x, y = boven[0]
            parts.append(line(f"M{x} {y}V{onder[0][1]}", "marge"))
            continue
        omtrek = "M" + "L".join(f"{x} {y}" for x, y in [*boven, *reversed(onder)]) + "Z"
        parts.append(line(omtrek, f"band skt-grafiek__band--{number}"))
    return parts


def _stroke(lijn: Lijn, number: int, place: Plaats) -> list[SafeString]:
    parts = []
    stukken = band(lijn.waarden, 0)
    for stuk in stukken:
        punten = [place(index, waarde) for index, waarde, _ in stuk]
        if len(punten) > 1:
            pad = "M" + "L".join(f"{x} {y}" for x, y in punten)
            parts.append(line(pad, f"lijn skt-grafiek__lijn--{number}"))
        parts += [_mark(x, y, number) for x, y in punten]
    for index, waarde in enumerate(lijn.waarden):
        if waarde is None:
            x, y = place(index, KLEIN_HOOGTE)
            parts.append(
                format_html(
                    '<rect class="skt-grafiek__vlak skt-grafiek__vlak--klein" x="{}" y="{}" width="9" height="9"/>',
                    round(x - 4.5, 1), round(y - 4.5, 1),
                )
            )  # fmt: skip
    return parts


def _mark(x: float, y: float, number: int) -> SafeString:
    if number == 1:
        return format_html('<circle class="skt-grafiek__punt" cx="{}" cy="{}" r="4"/>', x, y)
    return format_html(
        '<rect class="skt-grafiek__punt skt-grafiek__punt--{}" x="{}" y="{}" width="7" height="7"/>',
        number, round(x - 3.5, 1), round(y - 3.5, 1),
    )  # fmt: skip


def _names(lijnen: Sequence[Lijn], place: Plaats, right: float, bottom: float) -> list[SafeString]:
    """The last number and the name at the end of each line, moved apart where they would meet, above the axis."""
    eind: list[tuple[float, int, str, str]] = []
    for number, lijn in enumerate(lijnen, start=1):
        if not lijn.waarden:
            continue
        laatste = lijn.waarden[-1]
        _, y = place(0, KLEIN_HOOGTE if laatste is None else laatste)
        eind.append((y, number, figure(laatste), lijn.naam))
    eind.sort()
    laagste = bottom - 14 - HOOG * (len(eind) - 1)
    vorige = -math.inf
    parts = []
    for rang, (y, number, getal, naam) in enumerate(eind):
        vorige = plek = min(max(y, vorige + HOOG), laagste + HOOG * rang)
        kleur = "is-blauw" if number == 1 else "is-zacht"
        parts += [
            text(right + 12, plek + 1, getal, f"is-vet {kleur}"),
            text(right + 12, plek + 17, naam, kleur),
        ]
    return parts or [EMPTY]
