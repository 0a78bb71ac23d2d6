"""De catalogus: welke kubussen er zijn, wat hun vakken zijn en welke tabellen per maand, kwartaal en jaar verschijnen.

It is data: `compose` makes one dictionary of what stands in kenmerken and families, that is frozen per calendar year
(Indeling), and `read` makes objects of such a dictionary again, also of one that was composed by an earlier version.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from rapportage.afronden import GRENS
from rapportage.families import BLADEN, FAMILIES, ONTBREEKT
from rapportage.kenmerken import INWENDIG, LEEFTIJD, MELDER, ONBEKEND, VAST
from rapportage.opbouw import (
    OVERIG,
    PERIODEN,
    TELT,
    Band,
    Bladvorm,
    Catalogus,
    Familie,
    Kenmerk,
    Kubus,
    Stroom,
    Tabel,
    Vakken,
)

__all__ = [
    "FAMILIES", "INWENDIG", "LEEFTIJD", "MELDER", "ONBEKEND", "ONTBREEKT", "OVERIG", "PERIODEN", "TELT", "VAST",
    "Band", "Bladvorm", "Catalogus", "Familie", "Kenmerk", "Kubus", "Tabel", "compose", "fingerprint", "read", "write",
]  # fmt: skip


def compose(lijsten: Mapping[str, Iterable[tuple[str, str]]]) -> dict[str, Any]:
    """The catalogue of a new year: what stands here, with the organisations and terms (`soort`) of this moment."""
    organisaties = tuple(lijsten.get("organisatie", ()))
    soorten = _told_apart(lijsten.get("soort", ()))
    kenmerken = (
        *VAST,
        Kenmerk("organisatie", "Organisatie", (*organisaties, (OVERIG, "Overige organisaties"), ONBEKEND)),
        Kenmerk(
            "doorverbonden",
            "Doorverbonden vanuit",
            (("geen", "Niet doorverbonden"), *organisaties, (OVERIG, "Overige")),
        ),
        Kenmerk("soort", "Termijn", (*soorten, (OVERIG, "Overige termijnen"))),
    )
    return {
        "grens": GRENS,
        "kenmerken": [asdict(kenmerk) for kenmerk in kenmerken],
        "families": [asdict(familie) for familie in FAMILIES],
        "bladen": [asdict(blad) for blad in BLADEN],
        "ontbreekt": [list(regel) for regel in ONTBREEKT],
    }


def _told_apart(vakken: Iterable[tuple[str, str]]) -> Vakken:
    """Two values with one name have their code behind it: ‘Bewaren (BEW-WMO)’."""
    gekozen = tuple(vakken)
    keer = Counter(naam for _, naam in gekozen)
    return tuple((code, f"{naam} ({code})" if keer[naam] > 1 else naam) for code, naam in gekozen)


def write(inhoud: Mapping[str, Any]) -> bytes:
    """One way to write a catalogue, for its hash and for the export."""
    return json.dumps(inhoud, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(inhoud: Mapping[str, Any]) -> str:
    return hashlib.sha256(write(inhoud)).hexdigest()


@cache
def _read(geschreven: bytes) -> Catalogus:
    inhoud = json.loads(geschreven)
    return Catalogus(
        grens=inhoud["grens"],
        kenmerken={
            k["code"]: Kenmerk(k["code"], k["titel"], tuple((w, label) for w, label in k["vakken"]))
            for k in inhoud["kenmerken"]
        },
        families=tuple(
            Familie(
                _cube(f["stam"]),
                tuple(_cube(tak) for tak in f["takken"]),
                f["stand"],
                _flow(f["stroom"]) if f.get("stroom") else None,
            )
            for f in inhoud["families"]
        ),
        bladen=tuple(
            Bladvorm(b["code"], b["titel"], b["soort"], b["uit"], tuple(b["perioden"]))
            for b in inhoud.get("bladen", ())
        ),
        ontbreekt=tuple((wat, waarom) for wat, waarom in inhoud.get("ontbreekt", ())),
    )


def read(inhoud: Mapping[str, Any]) -> Catalogus:
    """The catalogue as it was frozen."""
    return _read(write(inhoud))


def _cube(k: Mapping[str, Any]) -> Kubus:
    return Kubus(
        k["code"],
        k["titel"],
        k["wat"],
        k["bron"],
        tuple(k["kenmerken"]),
        tuple(_table(t) for t in k["tabellen"]),
        k["meervoudig"],
        tuple(Band(b["waarde"], b["tabel"], tuple(b["cel"]), b["gelijk"]) for b in k.get("banden", ())),
        k.get("onder", ""),
    )


def _flow(s: Mapping[str, Any] | Sequence[str]) -> Stroom:
    """A year that began with an older catalogue has one table, and its cell for what came and for what went."""
    if not isinstance(s, Mapping):
        tabel, erbij, eraf = s
        return Stroom((tabel, (erbij,)), (tabel, (eraf,)))
    return Stroom(*((s[kant][0], tuple(s[kant][1])) for kant in ("erbij", "eraf")))


def _table(t: Mapping[str, Any]) -> Tabel:
    telt = t.get("telt") or ("mensen" if t["mensen"] else "dingen")
    return Tabel(t["code"], t["titel"], tuple(t["kenmerken"]), tuple(t["perioden"]), telt)
