"""Een bladzijde stuurinformatie als tekst en beelden voor papier: dezelfde zinnen, tekeningen en tabellen als op het scherm."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from rapportage.beeld.bladzijde import Bladzijde
from rapportage.beeld.figuren import Figuur
from rapportage.bestanden.beeld import Beeld, combine, sign, standalone
from rapportage.bestanden.rekenblad import DEFINITIEF, LET_OP, METHODE
from rapportage.models import Toelichting
from rapportage.queries import bounds
from skt.web.datums import day_of, short_date
from skt.web.grafieken import KLEIN, figure, hoogste, kolommen, legendavlak, staven

VOORBEELD = 40
_TAG = re.compile(r"<[^>]+>")


def chapter(bladzijde: Bladzijde, alleen: str = "") -> dict[str, Any]:
    """One theme, or of it the one figure that is named."""
    thema = bladzijde.thema
    if thema is None:
        raise ValueError("De eerste bladzijde heeft geen figuren.")
    tekst = bladzijde.toelichtingen or {}
    return {
        "titel": thema.vraag,
        "uitleg": thema.uitleg,
        "nog_niet": thema.nog_niet,
        "zinnen": [] if alleen else [_sentence(zin) for zin in bladzijde.zinnen],
        "figuren": [
            _figure(figuur, tekst.get(figuur.id)) for figuur in bladzijde.figuren if alleen in {"", figuur.id}
        ],
    }


def drawing(figuur: Figuur) -> Beeld | None:
    """The drawing of a figure as one image; None where it has only a table, or nothing."""
    if figuur.niet is not None:
        return None
    if figuur.soort == "kolommen":
        schaal = hoogste(figuur.grafiek)
        delen = [
            beeld
            for reeks in figuur.grafiek
            for beeld in standalone(str(kolommen(reeks, schaal)), titel=str(reeks["titel"]))
        ]
        return combine(delen, titel=figuur.titel) if delen else None
    getekend = staven(figuur.grafiek) if figuur.soort == "staven" else figuur.beeld
    gevonden = standalone(str(getekend), titel=figuur.titel)
    return gevonden[0] if gevonden else None


def method(grens: int) -> list[dict[str, Any]]:
    """How these figures came to be and what they promise; the same words in every report."""
    minst, meest = bounds(VOORBEELD, grens)
    _, verborgen = bounds(None, grens)
    return [
        {
            "titel": "Zo zijn de cijfers gemaakt",
            "alineas": [
                ("Als een maand voorbij is, telt een taak wat er die maand is gebeurd. De aantallen worden afgerond op veelvouden van 5, "
                "zo dat alle tabellen blijven optellen. Daarna wordt alles vastgezet. De echte aantallen ziet niemand."),
                ("Een tweede programma, dat geen regel deelt met het eerste, rekent voor elke publicatie na of elk getal binnen de "
                "marge van het echte aantal ligt en of alles samen uit één afgeronde telling volgt: dan levert combineren niets op. "
                "Van een steekproef rekent het uit wat iemand met alle cijfers samen kan weten. "
                "Klopt er iets niet, dan wordt er niets gepubliceerd."),
            ],
        },
        {
            "titel": "Zo zeker zijn de cijfers",
            "alineas": [
                (f"Elk aantal ligt ten hoogste {grens} naast het echte aantal. Staat er {VOORBEELD}, dan zijn het er in het echt {minst} "
                f"tot en met {meest}. Staat er {KLEIN}, dan zijn het er 0 tot en met {verborgen}."),
                (f"Een verschil tot en met {2 * grens} kan alleen door het afronden komen. Dan staat er ‘geen duidelijk verschil’. "
                "Percentages en doorlooptijden zijn gerekend uit de afgeronde aantallen, en alleen als het om ten minste tien gaat."),
                LET_OP,
            ],
        },
        {
            "titel": "Waarom de cijfers niet meer veranderen",
            "alineas": [
                DEFINITIEF,
                "Zou een cijfer later veranderen, dan verraadt het verschil wat er is bijgekomen of weggehaald: misschien één mens.",
            ],
        },
        {
            "titel": "Wat dit rapport niet zegt",
            "alineas": [
                ("Waar een tabel zo klein zou worden dat iemand te herkennen is, staat er geen cijfer maar waarom niet. Cijfers zeggen dat "
                "iets gebeurt, niet waardoor. Wat de gemeente ervan vindt, staat apart als toelichting."),
                METHODE,
            ],
        },
    ]  # fmt: skip


def plain(html: object) -> str:
    """The words of a piece of a page."""
    return " ".join(unescape(_TAG.sub("", str(html))).split())


def _sentence(zin: Mapping[str, Any]) -> dict[str, str]:
    return {"getal": plain(zin["getal"]), "tekst": plain(zin["tekst"])}


def _figure(figuur: Figuur, toelichting: Toelichting | None) -> dict[str, Any]:
    beeld = drawing(figuur)
    tabel = figuur.tabel
    return {
        "titel": plain(figuur.titel),
        "onder": plain(figuur.onder),
        "zin": plain(figuur.zin),
        "niet": figuur.niet.waarom if figuur.niet else "",
        "beeld": {"svg": beeld.svg, "alt": beeld.beschrijving, "breed": beeld.breed} if beeld else None,
        "legenda": [
            {
                "teken": sign(str(regel.get("teken") or legendavlak(str(regel["soort"])))),
                "label": plain(regel["label"]),
            }
            for regel in figuur.legenda
        ],
        "tabel": {
            "titel": plain(tabel.titel),
            "koppen": [plain(kop) for kop in tabel.kolommen],
            "rijen": [_row(rij) for rij in [*tabel.rijen, *([tabel.voet] if tabel.voet else [])]],
            "rechts": _numbers(tabel.rijen),
            "breed": _widths(tabel.rijen),
        }
        if tabel
        else None,
        "voet": " · ".join(
            filter(None, [f"Marge {figuur.marge}" if figuur.marge else "", f"Bron: {plain(figuur.bron)}" if figuur.bron else ""])
        ),
        "toelichting": {
            "tekst": toelichting.tekst.replace("\r", "").split("\n"),
            "wie": f"{toelichting.geschreven_door.naam}, {short_date(day_of(toelichting.geschreven_op))}",
        }
        if toelichting
        else None,
    }  # fmt: skip


def _row(rij: Sequence[object]) -> list[str]:
    return [figure(cel) if cel is None or isinstance(cel, int) else plain(cel) for cel in rij]


def _numbers(rijen: Sequence[Sequence[object]]) -> list[int]:
    """The columns that hold numbers: right under each other."""
    breed = len(rijen[0]) if rijen else 0
    return [x for x in range(1, breed) if all(rij[x] is None or isinstance(rij[x], int) for rij in rijen)]


def _widths(rijen: Sequence[Sequence[object]]) -> list[float]:
    """How wide each column is beside the others: names more than numbers, words in between."""
    getallen = _numbers(rijen)
    breed = len(rijen[0]) if rijen else 0
    return [2.2 if not x else 1.0 if x in getallen else 1.7 for x in range(breed)]
