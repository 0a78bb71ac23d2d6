"""A flow diagram: columns of nodes with bands between them, as wide as what flows. Reads in black and white.

Wide: all columns beside each other. Narrow: each pair of columns on its own, one below the other. What is too few to show (None)
is a dashed line of a fixed width.
"""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from skt.web.grafieken import figure
from skt.web.tekeningen import join

KLEIN = 4
"""What a count under ten weighs in the drawing, never in words."""
DIKST = 2.0
"""No more than so many units of the drawing per one that flows: few stays thin."""
KNOOP, REGEL, TUSSEN = 12.0, 15.0, 10.0


@dataclass(frozen=True)
class Knoop:
    """One node; `aantal` None is fewer than ten."""

    code: str
    label: str
    aantal: int | None


@dataclass(frozen=True)
class Stroom:
    """What goes from a node to one in the next column; the main road has `nadruk`."""

    van: str
    naar: str
    aantal: int | None
    nadruk: bool = False


@dataclass(frozen=True)
class Kolom:
    titel: str
    knopen: Sequence[Knoop]


class Maat(NamedTuple):
    """Measures of one drawing; `tekens` is how long a line of a label may be, the last column has its own room."""

    breedte: float
    hoogte: float
    laatste: float
    tekens: int
    laatste_tekens: int


BREED = Maat(breedte=1140, hoogte=330, laatste=230, tekens=24, laatste_tekens=30)
SMAL = Maat(breedte=350, hoogte=230, laatste=132, tekens=20, laatste_tekens=17)


class Plek(NamedTuple):
    """Where a node stands: its left edge, its top, and how tall it is."""

    x: float
    y: float
    hoog: float
    regels: list[str]
    knoop: Knoop


def stroomdiagram(kolommen: Sequence[Kolom], stromen: Sequence[Stroom], *, wat: str) -> SafeString:
    """The drawing twice: for a wide screen, and for a narrow one. `wat` says what flows, for who can't see it."""
    label = f"Stroomdiagram. {wat}"
    breed = _draw(kolommen, stromen, BREED, label, "skt-alleen-breed")
    smal = [
        _draw(
            kolommen[at : at + 2],
            stromen,
            SMAL,
            f"{label} {kolommen[at].titel}, {kolommen[at + 1].titel}.",
            "skt-alleen-smal",
        )
        for at in range(len(kolommen) - 1)
    ]
    return join([breed, *smal])


def _weight(aantal: int | None) -> int:
    return KLEIN if aantal is None else aantal


def _draw(
    kolommen: Sequence[Kolom], stromen: Sequence[Stroom], maat: Maat, label: str, klasse: str
) -> SafeString:
    codes = [{knoop.code for knoop in kolom.knopen} for kolom in kolommen]
    per_paar = [
        [s for s in stromen if s.van in codes[at] and s.naar in codes[at + 1]]
        for at in range(len(kolommen) - 1)
    ]
    if len(kolommen) == 2:
        kolommen = [_only_flowing(kolom, per_paar[0]) for kolom in kolommen]
    gewicht = _weights(kolommen, per_paar)
    zwaarst = max((sum(gewicht[k.code] for k in kolom.knopen) for kolom in kolommen), default=0) or 1
    schaal = min(maat.hoogte / zwaarst, DIKST)
    stap = (maat.breedte - maat.laatste - KNOOP) / max(1, len(kolommen) - 1)
    plekken = [
        _place(
            kolom,
            round(stap * at, 1),
            {code: schaal * zwaar for code, zwaar in gewicht.items()},
            maat.laatste_tekens if at == len(kolommen) - 1 else maat.tekens,
        )
        for at, kolom in enumerate(kolommen)
    ]
    onder = max(
        (plek.y + max(plek.hoog, REGEL * len(plek.regels)) for kolom in plekken for plek in kolom.values()),
        default=40,
    )
    banden = [
        band
        for at, paar in enumerate(per_paar)
        for band in _bands(paar, plekken[at], plekken[at + 1], schaal)
    ]
    knopen = [_node(plek) for kolom in plekken for plek in kolom.values()]
    koppen = [
        format_html('<text class="is-vet" x="{}" y="14">{}</text>', round(stap * at, 1), kolom.titel)
        for at, kolom in enumerate(kolommen)
    ]
    return format_html(
        '<svg class="skt-grafiek skt-stroom {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        klasse, maat.breedte, round(onder + 8), label, join(koppen), join(banden), join(knopen),
    )  # fmt: skip


def _only_flowing(kolom: Kolom, stromen: Sequence[Stroom]) -> Kolom:
    """Of a pair on its own only what flows between the two."""
    mee = {s.van for s in stromen} | {s.naar for s in stromen}
    return Kolom(kolom.titel, [knoop for knoop in kolom.knopen if knoop.code in mee])


def _weights(kolommen: Sequence[Kolom], per_paar: Sequence[Sequence[Stroom]]) -> dict[str, int]:
    """How tall each node is drawn: room for all that leaves it, and for all that arrives."""
    weg: Counter[str] = Counter()
    aan: Counter[str] = Counter()
    for stroom in chain.from_iterable(per_paar):
        weg[stroom.van] += _weight(stroom.aantal)
        aan[stroom.naar] += _weight(stroom.aantal)
    return {knoop.code: max(weg[knoop.code], aan[knoop.code]) for kolom in kolommen for knoop in kolom.knopen}


def _place(kolom: Kolom, x: float, hoogten: dict[str, float], tekens: int) -> dict[str, Plek]:
    """Below one another, each with room for its label."""
    plekken, y = {}, 28.0
    for knoop in kolom.knopen:
        hoog = max(2.0, hoogten[knoop.code])
        regels = textwrap.wrap(f"{knoop.label} {figure(knoop.aantal)}", tekens)
        plekken[knoop.code] = Plek(x, round(y, 1), round(hoog, 1), regels, knoop)
        y += max(hoog, REGEL * len(regels)) + TUSSEN
    return plekken


def _bands(
    stromen: Sequence[Stroom], links: dict[str, Plek], rechts: dict[str, Plek], schaal: float
) -> Iterator[SafeString]:
    """From top to bottom at both sides, so that bands cross as little as they can."""
    vertrek = {code: plek.y for code, plek in links.items()}
    aankomst = {code: plek.y for code, plek in rechts.items()}
    hier = [s for s in stromen if s.van in links and s.naar in rechts]
    van = {}
    for stroom in sorted(hier, key=lambda s: (links[s.van].y, rechts[s.naar].y)):
        van[stroom] = vertrek[stroom.van]
        vertrek[stroom.van] += schaal * _weight(stroom.aantal)
    for stroom in sorted(hier, key=lambda s: (rechts[s.naar].y, links[s.van].y)):
        y1 = aankomst[stroom.naar]
        aankomst[stroom.naar] += schaal * _weight(stroom.aantal)
        yield _band(stroom, links[stroom.van].x + KNOOP, van[stroom], rechts[stroom.naar].x, y1, schaal)


def _band(stroom: Stroom, x0: float, y0: float, x1: float, y1: float, schaal: float) -> SafeString:
    midden = round((x0 + x1) / 2, 1)
    dik = schaal * _weight(stroom.aantal)
    if stroom.aantal is None:
        a, b = round(y0 + dik / 2, 1), round(y1 + dik / 2, 1)
        path = f"M{x0} {a}C{midden} {a} {midden} {b} {x1} {b}"
        return format_html('<path class="skt-stroom__klein" d="{}"/>', path)
    a, b, c, d = round(y0, 1), round(y1, 1), round(y1 + dik, 1), round(y0 + dik, 1)
    path = f"M{x0} {a}C{midden} {a} {midden} {b} {x1} {b}V{c}C{midden} {c} {midden} {d} {x0} {d}Z"
    klasse = "skt-stroom__band skt-stroom__band--nadruk" if stroom.nadruk else "skt-stroom__band"
    return format_html('<path class="{}" d="{}"/>', klasse, path)


def _node(plek: Plek) -> SafeString:
    klein = " skt-stroom__knoop--klein" if plek.knoop.aantal is None else ""
    tekst = join(
        format_html(
            '<text class="skt-stroom__label" x="{}" y="{}">{}</text>',
            plek.x + KNOOP + 6, round(plek.y + 12 + REGEL * nummer, 1), regel,
        )
        for nummer, regel in enumerate(plek.regels)
    )  # fmt: skip
    return format_html(
        '<rect class="skt-stroom__knoop{}" x="{}" y="{}" width="{}" height="{}"/>{}',
        klein, plek.x, plek.y, KNOOP, plek.hoog, tekst,
    )  # fmt: skip
