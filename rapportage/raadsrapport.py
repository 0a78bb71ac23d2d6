"""Wat er in een rapport staat: een thema of figuur op papier, en het rapport aan de raad over een kwartaal of jaar.

Everything comes from the frozen cubes, by the role of policy, and from what policy wrote below the figures. The same figures
and the same words give the same contents.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from rapportage.beeld.bladzijde import Bladzijde, compose_theme
from rapportage.beeld.keuze import JAAR_EERDER, VORIGE, Keuze
from rapportage.beeld.plannen import THEMAS
from rapportage.bestanden.verhaal import chapter, method
from rapportage.tijdvak import Tijdvak
from skt.kern.errors import DomainError
from skt.web.datums import day_of, short_date
from skt.web.papier import make_pdf

SJABLOON = "raadsrapport.typ"
VOORAAN = 2
"""So many sentences of each theme stand in front."""
CONCEPT = "Concept, vanzelf gemaakt toen de cijfers vaststonden. Het beleid leest het na en schrijft er toelichtingen bij."
Stap = Callable[[str], None]


class NothingToReport(DomainError):
    """There are no figures of this period, or none that fit their seal."""


def choose(tijdvak: Tijdvak, perioden: Sequence[Tijdvak]) -> Keuze:
    """The period beside the one before it a year ago, or just before it where that was not published."""
    return Keuze(tijdvak, JAAR_EERDER if tijdvak.year_before() in perioden else VORIGE)


def compose(
    tijdvak: Tijdvak,
    perioden: Sequence[Tijdvak],
    *,
    concept: bool = False,
    stap: Stap = lambda _: None,
    lezend: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> dict[str, Any]:
    """The report on one quarter or year. `stap` hears which chapter begins; each is read within `lezend`. Raises NothingToReport."""
    if tijdvak not in perioden:
        raise NothingToReport(f"Over {tijdvak.naam} is nog niets gepubliceerd.")
    keuze = choose(tijdvak, perioden)
    bladzijden = []
    for thema in THEMAS:
        stap(thema.vraag)
        with lezend():
            bladzijden.append(compose_theme(keuze, thema, perioden))
    gevuld = [bladzijde for bladzijde in bladzijden if not bladzijde.leeg]
    if not gevuld:
        raise NothingToReport(
            f"De cijfers over {tijdvak.naam} zijn niet meer gelijk aan wat is vastgezet. Waarschuw de functioneel beheerder."
        )
    hoofdstukken = [chapter(bladzijde) for bladzijde in bladzijden]
    voorkant = _front(f"Stuurinformatie Sociaal Kernteam Wassenaar, {tijdvak.naam}", gevuld)
    if concept:
        voorkant["feiten"].append(["Stand", CONCEPT])
    return {
        **voorkant,
        "kop": f"{'Concept van het rapport' if concept else 'Rapport'} aan de raad, {tijdvak.naam}",
        "kort": [{"titel": h["titel"], "zinnen": h["zinnen"][:VOORAAN]} for h in hoofdstukken],
        "hoofdstukken": hoofdstukken,
    }


def compose_part(bladzijde: Bladzijde, figuur: str = "") -> dict[str, Any]:
    """One theme, or one figure of it, to print by itself."""
    deel = chapter(bladzijde, figuur)
    titel = deel["figuren"][0]["titel"] if figuur else deel["titel"]
    return {
        **_front(f"{titel} ({bladzijde.bron.tijdvak.naam})", [bladzijde]),
        "kop": f"Stuurinformatie, {bladzijde.bron.tijdvak.naam}",
        "kort": [],
        "hoofdstukken": [deel],
    }


def _front(titel: str, bladzijden: Sequence[Bladzijde]) -> dict[str, Any]:
    bron = bladzijden[0].bron
    grens = max(bladzijde.grens for bladzijde in bladzijden)
    vastgezet = short_date(day_of(frozen_at(bladzijden)))
    alleen = [
        f"{kenmerk.titel}: {dict(kenmerk.vakken)[waarde]}"
        for code, waarde in bron.keuze.alleen
        if (kenmerk := bron.catalogi[bron.tijdvak.jaar].kenmerken.get(code)) is not None
    ]
    return {
        "titel": titel,
        "voet": f"Cijfers vastgezet op {vastgezet}",
        "feiten": [
            ["Periode", bron.tijdvak.naam],
            ["Vergeleken met", bron.keuze.eerder.naam],
            *([["Alleen", ", ".join(alleen)]] if alleen else []),
            ["Hoe zeker", f"Elk aantal ligt ten hoogste {grens} naast het echte aantal (±{grens})."],
            ["Definitief", f"Vastgezet op {vastgezet}; deze cijfers veranderen niet meer."],
        ],
        "werkwijze": method(grens),
    }


def frozen_at(bladzijden: Sequence[Bladzijde]) -> datetime:
    return max(bladzijde.bevroren_op for bladzijde in bladzijden)


def print_part(bladzijde: Bladzijde, figuur: str = "") -> bytes:
    """The PDF of a theme or figure; its moment is that of the figures. Raises PaperTooLong or PaperFailed."""
    return make_pdf(SJABLOON, compose_part(bladzijde, figuur), at=frozen_at([bladzijde]))


def fingerprint(inhoud: dict[str, Any]) -> str:
    """Two reports with the same contents have the same."""
    return hashlib.sha256(json.dumps(inhoud, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
