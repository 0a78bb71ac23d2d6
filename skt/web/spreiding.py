"""How long steps take: a bar up to what half of them needed, and a line with a mark up to nine out of ten."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from skt.web.grafieken import ticks
from skt.web.tekeningen import join


@dataclass(frozen=True)
class Spreiding:
    """One step in whole days; `mediaan` None is a group too small to show."""

    label: str
    mediaan: int | None
    p90: int | None


class Maat(NamedTuple):
    breedte: float
    links: float
    rij: float
    klasse: str
    label_boven: bool


BREED = Maat(breedte=540, links=212, rij=36, klasse="skt-alleen-breed", label_boven=False)
SMAL = Maat(breedte=350, links=0, rij=50, klasse="skt-alleen-smal", label_boven=True)
CIJFERS = 84.0


def spreidingen(rijen: Sequence[Spreiding], *, eenheid: str) -> SafeString:
    """The drawing for a wide and for a narrow screen."""
    label = f"Doorlooptijd in {eenheid}. {'; '.join(_say(rij) for rij in rijen)}."
    return join(_draw(rijen, maat, label) for maat in (BREED, SMAL))


def _say(rij: Spreiding) -> str:
    if rij.mediaan is None:
        return f"{rij.label}: te weinig om te tonen"
    return f"{rij.label}: de helft binnen {rij.mediaan}, negen van de tien binnen {rij.p90}"


def _draw(rijen: Sequence[Spreiding], maat: Maat, label: str) -> SafeString:
    hoogste = max((rij.p90 or 0 for rij in rijen), default=0) or 1
    ruimte = maat.breedte - maat.links - CIJFERS
    onder = 24 + maat.rij * len(rijen)

    def x(dagen: int) -> float:
        return round(maat.links + ruimte * dagen / hoogste, 1)

    raster = [
        format_html(
            '<path class="skt-grafiek__{}" d="M{} 20V{}"/><text class="is-zacht is-midden" x="{}" y="12">{}</text>',
            "hulp" if tik else "nul", x(tik), onder, x(tik), tik,
        )
        for tik in ticks(hoogste)
        if not maat.label_boven
    ]  # fmt: skip
    regels = [_row(rij, 24 + maat.rij * at, maat, x) for at, rij in enumerate(rijen)]
    return format_html(
        '<svg class="skt-grafiek {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        maat.klasse, maat.breedte, round(onder + 4), label, join(raster), join(regels),
    )  # fmt: skip


def _row(rij: Spreiding, y: float, maat: Maat, x: object) -> SafeString:
    balk = y + (20 if maat.label_boven else 6)
    naam = (
        format_html('<text class="is-label" x="0" y="{}">{}</text>', y + 13, rij.label)
        if maat.label_boven
        else format_html(
            '<text class="is-label is-eind" x="{}" y="{}">{}</text>', maat.links - 10, balk + 14, rij.label
        )
    )
    if rij.mediaan is None or rij.p90 is None:
        return format_html(
            '{}<rect class="skt-grafiek__vlak skt-grafiek__vlak--klein" x="{}" y="{}" width="14" height="18"/>'
            '<text class="is-zacht" x="{}" y="{}">minder dan 10</text>',
            naam, maat.links, balk, maat.links + 22, balk + 14,
        )  # fmt: skip
    helft, negen = x(rij.mediaan), x(rij.p90)  # type: ignore[operator]
    return format_html(
        '{}<rect class="skt-grafiek__vlak" x="{}" y="{}" width="{}" height="18"/>'
        '<path class="skt-grafiek__spreiding" d="M{} {}H{}"/><path class="skt-grafiek__vorige" d="M{} {}v18"/>'
        '<text class="is-vet" x="{}" y="{}">{}{}</text>',
        naam, maat.links, balk, max(1.0, round(helft - maat.links, 1)), helft, balk + 9, negen, negen, balk,
        negen + 9, balk + 14, rij.mediaan,
        format_html('<tspan dx="6">tot {}</tspan>', rij.p90) if rij.p90 > rij.mediaan else "",
    )  # fmt: skip
