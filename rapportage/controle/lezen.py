"""Gepubliceerde bestanden lezen zoals een buitenstaander dat doet: met de catalogus ernaast en verder niets."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np

CATALOGUS = "catalogus.json"
KLEIN = "<10"
VERBORGEN = -1
"""Stands for "<10"."""


class Unreadable(Exception):
    """A file isn't what the catalogue says. Carries the kind of finding, and where."""

    def __init__(self, soort: str) -> None:
        super().__init__(soort)
        self.soort = soort


@dataclass(frozen=True)
class Tabel:
    """One published table: its numbers in the shape of its features; VERBORGEN where it says "<10"."""

    bestand: str
    code: str
    familie: str
    kubus: str
    kolommen: tuple[str, ...]
    soort: str
    van: date
    tot: date
    grens: int
    telt: str
    alleen: Mapping[str, tuple[str, ...]]
    """Only cells with these values of a feature count: how people and contacts are told from all."""
    stand: bool
    meervoudig: bool
    getallen: Any
    waarden: Mapping[str, list[str]]
    """Per feature its values, of this year."""

    @property
    def jaar(self) -> int:
        return self.van.year


def read_table(
    regel: Mapping[str, Any], bestanden: Mapping[str, bytes], waarden: Mapping[str, list[str]]
) -> Tabel:
    """One table with its checks. Raises Unreadable."""
    inhoud = bestanden.get(regel["bestand"])
    if inhoud is None:
        raise Unreadable("het bestand ontbreekt")
    if hashlib.sha256(inhoud).hexdigest() != regel["sha256"]:
        raise Unreadable("de bytes zijn niet die zijn vastgezet")
    kolommen = tuple(regel["kolommen"])
    kop, *rijen = csv.reader(io.StringIO(inhoud.decode(), newline=""))
    if tuple(kop) != (*kolommen, "aantal"):
        raise Unreadable("de kop past niet bij de catalogus")
    plaats = cells(tuple(tuple(waarden[kolom]) for kolom in kolommen))
    getallen = np.full(len(plaats), -2, dtype=np.int64)
    for *vak, aantal in rijen:
        nummer = plaats.get(tuple(map(_plain, vak)))
        if nummer is None or getallen[nummer] != -2:
            raise Unreadable("een vak hoort er niet of staat er twee keer")
        getallen[nummer] = _number(aantal)
    if (getallen == -2).any():
        raise Unreadable("er ontbreekt een vak")
    return Tabel(
        bestand=regel["bestand"],
        code=regel["tabel"],
        familie=regel["familie"],
        kubus=regel["kubus"],
        kolommen=kolommen,
        soort=regel["periode"]["soort"],
        van=date.fromisoformat(regel["periode"]["van"]),
        tot=date.fromisoformat(regel["periode"]["tot"]),
        grens=regel["grens"],
        telt=regel["telt"],
        alleen={code: tuple(w) for code, w in regel["alleen"].items()},
        stand=regel["stand"],
        meervoudig=regel["meervoudig"],
        getallen=getallen.reshape([len(waarden[kolom]) for kolom in kolommen]),
        waarden=waarden,
    )


@lru_cache(maxsize=500)
def cells(waarden: tuple[tuple[str, ...], ...]) -> Mapping[tuple[str, ...], int]:
    """The place of every combination of values."""
    return {vak: nummer for nummer, vak in enumerate(product(*waarden))}


def _plain(cel: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from reading a formula."""
    return cel[1:] if cel[:1] == "'" and cel[1:2] in set("=+-@\t\r\n") else cel


@lru_cache(maxsize=5000)
def _number(tekst: str) -> int:
    if tekst == KLEIN:
        return VERBORGEN
    if not tekst.isascii() or not tekst.isdigit():
        raise Unreadable("er staat iets anders dan een aantal")
    aantal = int(tekst)
    if aantal < 10:
        raise Unreadable("er staat een aantal onder de tien")
    if aantal % 5:
        raise Unreadable("er staat een aantal dat geen veelvoud van vijf is")
    return aantal


def read_catalogue(
    bestanden: Mapping[str, bytes],
) -> tuple[
    list[dict[str, Any]], list[dict[str, Any]], dict[int, dict[str, Any]], dict[int, dict[str, list[str]]]
]:
    """The lines of the catalogue for tables and for what appears beside them, and per year its cubes and the values of each feature."""
    catalogus = json.loads(bestanden[CATALOGUS])
    waarden = {
        int(jaar): {
            kenmerk["code"]: [waarde for waarde, _ in kenmerk["vakken"]] for kenmerk in indeling["kenmerken"]
        }
        for jaar, indeling in catalogus["indelingen"].items()
    }
    indelingen = {int(jaar): indeling for jaar, indeling in catalogus["indelingen"].items()}
    return catalogus["tabellen"], catalogus.get("bladen", []), indelingen, waarden
