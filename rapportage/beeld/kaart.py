"""De kaart van de gebieden: arcering zegt hoeveel, het getal staat erin, en de tabel ernaast zegt het nog eens.

Outlines: buurten of 2022 (CBS and Kadaster, simplified), joined to the gebieden of skt.kern.gebieden: an edge that two
buurten of one gebied share is inside it, and is left out.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from skt.kern.gebieden import Gebied
from skt.web.grafieken import KLEIN, figure
from skt.web.svg import line, svg, text
from skt.web.tekeningen import EMPTY, join

BESTAND = settings.BASE_DIR / "static" / "data" / "wassenaar_buurten_2022.geojson"
BRON = "kaart: CBS en Kadaster, buurten 2022"
Punt = tuple[float, float]
Ring = list[Punt]
REGEL = 21
"""Height of a line of names below the narrow map."""
KLASSEN = 3
"""Classes above "<10"; more can't be told apart by hatching."""


class Klasse(NamedTuple):
    """Published numbers from `van` up to and including `tot`."""

    nummer: int
    van: int
    tot: int

    @property
    def label(self) -> str:
        if not self.nummer:
            return KLEIN
        van, tot = figure(self.van), figure(self.tot)
        return van if van == tot else f"{van} tot en met {tot}"


@cache
def outlines() -> dict[str, list[Ring]]:
    """The rings of each gebied, in degrees."""
    features = json.loads(BESTAND.read_text())["features"]
    ringen = {feature["id"]: feature["geometry"]["coordinates"] for feature in features}
    return {
        str(gebied.value): dissolve([ring for code in gebied.buurtcodes for ring in ringen.get(code, [])])
        for gebied in Gebied
    }


def dissolve(ringen: Sequence[Sequence[Sequence[float]]]) -> list[Ring]:
    """The outer edges of surfaces that touch: what two of them share falls away, the rest is joined to rings."""
    zijden: dict[tuple[Punt, Punt], int] = {}
    for ring in ringen:
        punten = [(float(punt[0]), float(punt[1])) for punt in ring]
        for van, naar in pairwise(punten):
            if (naar, van) in zijden:
                del zijden[naar, van]
            elif van != naar:
                zijden[van, naar] = 1
    volgende: dict[Punt, list[Punt]] = {}
    for van, naar in zijden:
        volgende.setdefault(van, []).append(naar)
    gevonden: list[Ring] = []
    while volgende:
        begin = next(iter(volgende))
        ring, plek = [begin], begin
        while plek in volgende:
            naar = volgende[plek].pop()
            if not volgende[plek]:
                del volgende[plek]
            ring.append(naar)
            plek = naar
            if plek == begin:
                break
        gevonden.append(ring)
    return gevonden


def classes(waarden: Mapping[str, int | None]) -> list[Klasse]:
    """Three of the same width above "<10", on multiples of five; fewer when the numbers lie close together."""
    hoogste = max((waarde for waarde in waarden.values() if waarde is not None), default=0)
    klassen = [Klasse(0, 0, 5)]
    if hoogste < 10:
        return klassen
    breedte = max(5, math.ceil((hoogste - 5) / KLASSEN / 5) * 5)
    van = 10
    for nummer in range(1, KLASSEN + 1):
        if van > hoogste:
            break
        klassen.append(Klasse(nummer, van, van + breedte - 5))
        van += breedte
    return klassen


def class_of(waarde: int | None, klassen: Sequence[Klasse]) -> int:
    if waarde is None:
        return 0
    return next((k.nummer for k in klassen if k.nummer and waarde <= k.tot), klassen[-1].nummer)


class Maat(NamedTuple):
    """One drawing: `scale` pixels per degree of latitude, names beside (`naast`) or only numbers with a letter."""

    width: float
    height: float
    kaart: float
    naast: bool
    klasse: str


MATEN = (
    Maat(width=560, height=430, kaart=400, naast=True, klasse="skt-alleen-breed"),
    Maat(width=350, height=478, kaart=346, naast=False, klasse="skt-alleen-smal"),
)


def kaart(waarden: Mapping[str, int | None], namen: Mapping[str, str]) -> SafeString:
    """The gebieden by class, wide and narrow. `waarden` per gebied: None is a count too small to show."""
    klassen = classes(waarden)
    said = "; ".join(
        f"{namen[code]}: {'minder dan 10' if waarden.get(code) is None else figure(waarden[code])}"
        for code in outlines()
    )
    label = f"Kaart van Wassenaar in zes gebieden. {said}."
    return join(_draw(waarden, namen, klassen, maat, label) for maat in MATEN)


class Plaatsing(NamedTuple):
    """From degrees to the drawing; at 52 degrees north a degree of longitude is 0.61 of one of latitude."""

    west: float
    noord: float
    schaal: float
    krimp: float

    def put(self, punt: Punt) -> Punt:
        return (
            round((punt[0] - self.west) * self.krimp * self.schaal + 4, 1),
            round((self.noord - punt[1]) * self.schaal + 4, 1),
        )


def _placing(maat: Maat) -> Plaatsing:
    punten = [punt for ringen in outlines().values() for ring in ringen for punt in ring]
    west, oost = min(p[0] for p in punten), max(p[0] for p in punten)
    zuid, noord = min(p[1] for p in punten), max(p[1] for p in punten)
    krimp = math.cos(math.radians((zuid + noord) / 2))
    hoog = maat.height - 8 - (0 if maat.naast else REGEL * len(outlines()))
    schaal = min((maat.kaart - 8) / ((oost - west) * krimp), hoog / (noord - zuid))
    return Plaatsing(west, noord, schaal, krimp)


def _draw(
    waarden: Mapping[str, int | None],
    namen: Mapping[str, str],
    klassen: Sequence[Klasse],
    maat: Maat,
    label: str,
) -> SafeString:
    plaatsing = _placing(maat)
    vlakken, randen, omtrekken, getallen = [], [], [], []
    middens: dict[str, Punt] = {}
    for code, ringen in outlines().items():
        klasse = class_of(waarden.get(code), klassen)
        vulling = format_html(' fill="url(#{}-{})"', maat.klasse, klasse) if klasse in {1, 2} else EMPTY
        pad = " ".join(
            "M" + "L".join(f"{x} {y}" for x, y in map(plaatsing.put, ring)) + "Z" for ring in ringen
        )
        vlakken.append(
            format_html(
                '<path class="skt-gebiedenkaart__vlak skt-gebiedenkaart__gebied--{}"{} d="{}"/>',
                klasse,
                vulling,
                pad,
            )
        )
        randen.append(format_html('<path class="skt-gebiedenkaart__rand" d="{}"/>', pad))
        omtrekken.append(
            format_html(
                '<path class="skt-gebiedenkaart__omtrek skt-gebiedenkaart__omtrek--{}" d="{}"/>', klasse, pad
            )
        )
        middens[code] = plaatsing.put(middle(max(ringen, key=area)))
    letters = dict(zip(sorted(middens, key=lambda code: middens[code][1]), "ABCDEF", strict=False))
    for code, (x, y) in middens.items():
        getal = figure(waarden.get(code))
        getallen.append(
            _number(x, y, getal if maat.naast else letters[code], klein=waarden.get(code) is None)
        )
    getallen += _names(middens, namen, maat) if maat.naast else _list(letters, namen, waarden, maat)
    patronen = join(_pattern(maat.klasse, nummer) for nummer in (1, 2))
    inhoud = join([format_html("<defs>{}</defs>", patronen), *vlakken, *randen, *omtrekken, *getallen])
    return svg(maat.width, maat.height, label, inhoud, klasse=f"{maat.klasse} skt-gebiedenkaart")


def _pattern(naam: str, nummer: int) -> SafeString:
    """Lines of 45 degrees: the second class has three times as much ink."""
    dikte, stap = {1: (1, 9), 2: (3, 7)}[nummer]
    return format_html(
        '<pattern id="{}-{}" width="{}" height="{}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="skt-gebiedenkaart__grond" width="{}" height="{}"/>'
        '<rect class="skt-gebiedenkaart__streep" width="{}" height="{}"/></pattern>',
        naam, nummer, stap, stap, stap, stap, dikte, stap,
    )  # fmt: skip


def _number(x: float, y: float, getal: str, *, klein: bool) -> SafeString:
    breed = 14 + 8 * len(getal)
    return join([
        format_html(
            '<rect class="skt-gebiedenkaart__bord{}" x="{}" y="{}" width="{}" height="22" rx="3"/>',
            " skt-gebiedenkaart__bord--klein" if klein else "", round(x - breed / 2, 1), round(y - 11, 1), breed,
        ),
        text(x, y + 5, getal, "is-vet is-midden"),
    ])  # fmt: skip


def _names(middens: Mapping[str, Punt], namen: Mapping[str, str], maat: Maat) -> list[SafeString]:
    """The names in a column at the right, from north to south, each with a line to its gebied."""
    rij = sorted(middens, key=lambda code: middens[code][1])
    stap = (maat.height - 40) / max(1, len(rij) - 1)
    delen = []
    for nummer, code in enumerate(rij):
        x, y = middens[code]
        naar = 20 + stap * nummer
        delen += [
            line(f"M{x + 18} {y}L{maat.kaart + 2} {naar:.1f}", "leider--rand"),
            line(f"M{x + 18} {y}L{maat.kaart + 2} {naar:.1f}", "leider"),
            _lines_of(maat.kaart + 8, naar, namen[code]),
        ]
    return delen


def _list(
    letters: Mapping[str, str], namen: Mapping[str, str], waarden: Mapping[str, int | None], maat: Maat
) -> list[SafeString]:
    """The names below the map, each with its letter and number."""
    begin = maat.height - REGEL * len(letters) + 14
    return [
        text(4, begin + REGEL * nummer, f"{letter}  {namen[code]}: {figure(waarden.get(code))}", "is-label")
        for nummer, (code, letter) in enumerate(letters.items())
    ]


def _lines_of(x: float, y: float, naam: str) -> SafeString:
    """A name over two lines where it is long."""
    woorden, regels = naam.split(), [""]
    for woord in woorden:
        if regels[-1] and len(regels[-1]) + len(woord) > 18:
            regels.append("")
        regels[-1] = f"{regels[-1]} {woord}".strip()
    eerste = y + 4 - 8 * (len(regels) - 1)
    return join(text(x, eerste + 16 * n, regel, "is-label") for n, regel in enumerate(regels))


def area(ring: Sequence[Punt]) -> float:
    """Twice the surface of a ring, in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)))


def middle(ring: Sequence[Punt]) -> Punt:
    """The centre of mass of a ring; in the middle of its points where it has no surface."""
    som = x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        deel = a[0] * b[1] - b[0] * a[1]
        som, x, y = som + deel, x + (a[0] + b[0]) * deel, y + (a[1] + b[1]) * deel
    if not som:
        return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    return x / (3 * som), y / (3 * som)


def legend_sign(nummer: int) -> SafeString:
    """The sign of one class in the legend."""
    naam = f"legenda-{nummer}"
    patroon = format_html("<defs>{}</defs>", _pattern("legenda", nummer)) if nummer in {1, 2} else EMPTY
    vulling = format_html(' fill="url(#{})"', naam) if nummer in {1, 2} else EMPTY
    return format_html(
        '<svg class="skt-gebiedenkaart" viewBox="0 0 20 12" aria-hidden="true">{}'
        '<rect class="skt-gebiedenkaart__gebied skt-gebiedenkaart__gebied--{}"{} x=".5" y=".5" width="19" height="11"/></svg>',
        patroon, nummer, vulling,
    )  # fmt: skip
