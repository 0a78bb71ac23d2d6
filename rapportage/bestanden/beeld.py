"""Een grafiek van de bladzijde als los beeld: SVG met haar eigen kleuren en tekst, en een PNG daarvan.

The drawing is the one on the page; colours come from the same stylesheet, so that another house style changes both. A
description travels inside the file: `<title>` and `<desc>` in SVG, the Title and Description of a PNG.
"""

import re
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from django.conf import settings
from django.utils.html import escape

from skt.web.papier import make_png

BREEDTE, KOP, GOOT = 756.0, 24.0, 22.0
"""Of a whole drawing, and the room for a title above a small one and between two of them."""
PER_TEKEN = 7.4
"""Pixels of one character of such a title, about right for Noto Sans bold of 14 pixels."""
SVG, PNG = "image/svg+xml", "image/png"
LETTER = "'Noto Sans', sans-serif"
GETEKEND = (".skt-grafiek", ".skt-gebiedenkaart")
"""Classes of drawings; only their rules go along."""
_TEKENING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_KLASSE = re.compile(r'<svg class="([^"]*)"')
_MAAT = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_LABEL = re.compile(r'\saria-label="([^"]*)"')
_REGEL = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VAR = re.compile(r"var\((--[\w-]+)\)")
_FONT = re.compile(r"font:\s*(\d+) ([\d.]+px)[^;]*")
_ALLEEN_SCHERM = re.compile(r"(overflow|max-inline-size|inline-size|block-size|margin-block|display):[^;]*;?")


@dataclass(frozen=True)
class Beeld:
    """One drawing that stands by itself; width and height in CSS pixels, `beschrijving` in words what it shows."""

    titel: str
    beschrijving: str
    svg: str
    breed: float
    hoog: float


def standalone(tekening: str, *, titel: str) -> list[Beeld]:
    """The drawings in a piece of a page, each with its colours; of a wide and a narrow one only the wide."""
    gevonden = []
    for deel in _TEKENING.findall(tekening):
        klasse = _KLASSE.search(deel)
        if klasse is None or "skt-alleen-smal" in klasse[1]:
            continue
        gevonden.append(_dress(deel, titel))
    return gevonden


def combine(beelden: Sequence[Beeld], *, titel: str) -> Beeld:
    """Small drawings next to each other, each under its own title, as one drawing about as wide as the others."""
    breed = max(max(beeld.breed, len(beeld.titel) * PER_TEKEN) for beeld in beelden)
    hoog = max(beeld.hoog for beeld in beelden) + KOP
    per_rij = max(1, min(len(beelden), int((BREEDTE + GOOT) // (breed + GOOT))))
    delen = []
    for nummer, beeld in enumerate(beelden):
        x, y = (breed + GOOT) * (nummer % per_rij), (hoog + GOOT) * (nummer // per_rij)
        lichaam = beeld.svg.split("</style>", 1)[1].removesuffix("</svg>")
        delen.append(
            f'<text class="is-vet" x="{x:g}" y="{y + 14:g}">{escape(beeld.titel)}</text>'
            f'<svg x="{x:g}" y="{y + KOP:g}" width="{beeld.breed:g}" height="{beeld.hoog:g}"'
            f' viewBox="0 0 {beeld.breed:g} {beeld.hoog:g}">{lichaam}</svg>'
        )
    rijen = -(-len(beelden) // per_rij)
    totaal = ((breed + GOOT) * per_rij - GOOT, (hoog + GOOT) * rijen - GOOT)
    beschrijving = " ".join(f"{beeld.beschrijving}." for beeld in beelden)
    return _compose(titel, escape(beschrijving), "skt-grafiek", "".join(delen), *totaal)


def sign(tekening: str) -> str:
    """The sign of a legend as a drawing of its own."""
    hoofd, lichaam = tekening.split(">", 1)
    return f'{hoofd} xmlns="http://www.w3.org/2000/svg"><style>{styles()}</style>{lichaam}'


def _dress(deel: str, titel: str) -> Beeld:
    maat, label, klasse = _MAAT.search(deel), _LABEL.search(deel), _KLASSE.search(deel)
    if maat is None or klasse is None:
        raise ValueError("Dit is geen tekening van het huis.")
    breed, hoog = float(maat[1]), float(maat[2])
    beschrijving = label[1] if label else escape(titel)
    klassen = " ".join(naam for naam in klasse[1].split() if not naam.startswith("skt-alleen"))
    lichaam = deel.split(">", 1)[1].removesuffix("</svg>")
    return _compose(titel, beschrijving, klassen, lichaam, breed, hoog)


def _compose(titel: str, beschrijving: str, klassen: str, lichaam: str, breed: float, hoog: float) -> Beeld:
    """`beschrijving`, `klassen` and `lichaam` are SVG already."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{klassen}" viewBox="0 0 {breed:g} {hoog:g}"'
        f' width="{breed:g}" height="{hoog:g}" xml:lang="nl" role="img" aria-labelledby="titel beschrijving">'
        f'<title id="titel">{escape(titel)}</title><desc id="beschrijving">{beschrijving}</desc>'
        f"<style>{styles()}</style>{lichaam}</svg>"
    )
    return Beeld(titel, unescape(beschrijving), svg, breed, hoog)


@cache
def styles() -> str:
    """The rules of drawings out of the stylesheet of the page, with every token filled in."""
    stijlen = Path(settings.BASE_DIR) / "static" / "css"
    tokens = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", (stijlen / "tokens.css").read_text()))
    bladen = re.sub(r"/\*.*?\*/", "", (stijlen / "stuurinformatie.css").read_text(), flags=re.DOTALL)
    bladen = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", bladen)
    regels = []
    for namen, inhoud in _REGEL.findall(bladen):
        eigen = [naam.strip() for naam in namen.split(",") if naam.strip().startswith(GETEKEND)]
        if not eigen:
            continue
        gevuld = _VAR.sub(lambda gevonden: tokens.get(gevonden[1], "inherit").strip(), inhoud)
        gevuld = _FONT.sub(rf"font-weight: \1; font-size: \2; font-family: {LETTER}", gevuld)
        gevuld = _ALLEEN_SCHERM.sub("", gevuld).strip()
        if gevuld:
            regels.append(f"{','.join(eigen)}{{{gevuld}}}")
    return "\n".join(regels)


def as_png(beeld: Beeld) -> bytes:
    """Raises PaperTooLong or PaperFailed."""
    png = make_png("plaat.typ", {"svg": beeld.svg, "breed": beeld.breed})
    return _describe(png, {"Title": beeld.titel, "Description": beeld.beschrijving})


def _describe(png: bytes, teksten: dict[str, str]) -> bytes:
    """Put texts (iTXt, PNG 1.2) behind the header, which is always the first 33 bytes."""
    blokken = b"".join(
        _chunk(b"iTXt", naam.encode("latin-1") + b"\0\0\0nl\0\0" + tekst.encode())
        for naam, tekst in teksten.items()
    )
    return png[:33] + blokken + png[33:]


def _chunk(soort: bytes, inhoud: bytes) -> bytes:
    return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))
