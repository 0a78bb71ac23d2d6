"""De vragen van een uitvraagmethode: hoe ze in de database staan, en de zinnen die zeggen wat er niet klopt.

`vragen` is gegevens: per leefgebied een lijst van vragen, elk met `vraag`, `eerst` (in het gesprek als eerste) en
`toelichting` (voor de professional). PostgreSQL bewaakt dezelfde vorm (0012); hier staan de zinnen.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from skt.kern.keuzelijsten import Leefgebied

MAX_VRAGEN = 20
"""Meer vragen over één leefgebied stelt niemand in een gesprek."""
MAX_VRAAG = 300
MAX_TOELICHTING = 500
SLEUTELS = frozenset({"vraag", "eerst", "toelichting"})
ALGEMEEN = "algemeen"
"""Het deel van een methode dat geen leefgebied is: wat we ermee willen leren."""
LABELS = {gebied.value: str(gebied.label) for gebied in Leefgebied}


class Vraag(NamedTuple):
    """Eén vraag, zoals ze gesteld wordt."""

    vraag: str
    eerst: bool = False
    toelichting: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"vraag": self.vraag, "eerst": self.eerst, "toelichting": self.toelichting}


Vragen = dict[str, list[Vraag]]


class Fout(NamedTuple):
    """Waar iets niet klopt, en de zin die het zegt. Zonder gebied: het geheel; zonder nummer: het hele gebied."""

    gebied: str
    nummer: int | None
    zin: str
    veld: str = "vraag"


def read_vragen(stored: Any) -> Vragen:
    """Alle acht leefgebieden in de vaste volgorde; wat er niet (goed) staat, is leeg."""
    found = stored if isinstance(stored, Mapping) else {}
    return {gebied: [*map(_read, _list(found.get(gebied)))] for gebied in LABELS}


def asked_order(vragen: Vragen) -> Vragen:
    """Zoals ze gesteld worden: per leefgebied eerst wat ‘eerst’ heet, verder in de volgorde van de methode."""
    return {gebied: sorted(lijst, key=lambda vraag: not vraag.eerst) for gebied, lijst in vragen.items()}


def write_vragen(vragen: Mapping[str, list[Vraag]]) -> dict[str, list[dict[str, Any]]]:
    """Zoals het in de database staat."""
    return {gebied: [vraag.as_json() for vraag in vragen.get(gebied, [])] for gebied in LABELS}


def digest(vragen: list[Vraag]) -> str:
    """Een kort merkteken van de vragen over één leefgebied: zo is te zien of een collega ze intussen wijzigde."""
    text = json.dumps([vraag.as_json() for vraag in vragen], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def digest_text(text: str) -> str:
    """Het merkteken van het algemene deel."""
    return digest([Vraag(text)])


def basis_of(vragen: Vragen, doel: str) -> dict[str, str]:
    """De merktekens van alle delen, voor de pagina die ze gaat wijzigen."""
    return {ALGEMEEN: digest_text(doel)} | {gebied: digest(vragen[gebied]) for gebied in LABELS}


def check_vragen(stored: Any) -> list[Fout]:
    """Alles wat er niet klopt aan wat bewaard zou worden; leeg als het goed is."""
    if not isinstance(stored, Mapping):
        return [Fout("", None, "De vragen horen per leefgebied in een lijst te staan.")]
    fouten = [
        Fout("", None, f"‘{str(gebied)[:40]}’ is geen leefgebied. Gebruik alleen de acht leefgebieden.")
        for gebied in stored
        if gebied not in LABELS
    ]
    for gebied, label in LABELS.items():
        if gebied not in stored:
            fouten.append(Fout(gebied, None, f"{label} ontbreekt. Alle acht leefgebieden staan erin."))
        elif not isinstance(stored[gebied], list):
            fouten.append(Fout(gebied, None, f"Bij {label.lower()} hoort een lijst van vragen."))
        else:
            fouten += _check_list(gebied, label, stored[gebied])
    return fouten


def validate_vragen(stored: Any) -> None:
    """Als check_vragen, voor het veld van het model. Raises ValidationError met alle zinnen."""
    if fouten := check_vragen(stored):
        raise ValidationError([fout.zin for fout in fouten], code="vragen")


def _check_list(gebied: str, label: str, vragen: list[Any]) -> list[Fout]:
    fouten = []
    if len(vragen) > MAX_VRAGEN:
        fouten.append(Fout(gebied, None, f"Stel over {label.lower()} ten hoogste {MAX_VRAGEN} vragen."))
    eerder: set[str] = set()
    for nummer, vraag in enumerate(vragen):
        fouten += [
            Fout(gebied, nummer, f"{label}, vraag {nummer + 1}: {zin}", veld) for veld, zin in _check(vraag)
        ]
        tekst = _text(vraag).casefold()
        if tekst and tekst in eerder:
            fouten.append(Fout(gebied, nummer, f"{label}, vraag {nummer + 1}: deze vraag staat er al."))
        eerder.add(tekst)
    return fouten


def _check(vraag: Any) -> list[tuple[str, str]]:
    if not isinstance(vraag, Mapping):
        return [("vraag", "hier hoort een vraag met een toelichting te staan.")]
    fouten = [
        ("vraag", f"‘{sleutel[:40]}’ kennen we niet. Een vraag heeft een tekst, eerst en een toelichting.")
        for sleutel in sorted(map(str, set(vraag) - SLEUTELS))
    ]
    if not _text(vraag):
        fouten.append(("vraag", "schrijf de vraag op, of haal haar weg."))
    elif len(_text(vraag)) > MAX_VRAAG:
        fouten.append(("vraag", f"maak de vraag korter: ten hoogste {MAX_VRAAG} tekens."))
    toelichting = vraag.get("toelichting", "")
    if not isinstance(toelichting, str):
        fouten.append(("toelichting", "de toelichting hoort tekst te zijn."))
    elif len(toelichting) > MAX_TOELICHTING:
        fouten.append(("toelichting", f"maak de toelichting korter: ten hoogste {MAX_TOELICHTING} tekens."))
    if not isinstance(vraag.get("eerst", False), bool):
        fouten.append(("eerst", "‘eerst vragen’ is ja of nee."))
    return fouten


def _text(vraag: Any) -> str:
    tekst = vraag.get("vraag") if isinstance(vraag, Mapping) else None
    return tekst.strip() if isinstance(tekst, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _read(stored: Any) -> Vraag:
    if isinstance(stored, Mapping):
        return Vraag(
            str(stored.get("vraag", "")), bool(stored.get("eerst")), str(stored.get("toelichting", ""))
        )
    return Vraag(str(stored))
