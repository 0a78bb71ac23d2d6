"""Gepubliceerde bestanden lezen zoals een buitenstaander dat doet: met de catalogus ernaast en verder niets."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
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
    mensen: bool
    stand: bool
    meervoudig: bool
    getallen: Any

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
    vakken = list(product(*(waarden[kolom] for kolom in kolommen)))
    plaats = {vak: nummer for nummer, vak in enumerate(vakken)}
    getallen = np.full(prod(len(waarden[kolom]) for kolom in kolommen), -2, dtype=np.int64)
    for *vak, aantal in rijen:
        nummer = plaats.get(tuple(cel.removeprefix("'") if cel[1:2] in "=+-@" else cel for cel in vak))
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
        mensen=regel["telt"] == "mensen",
        stand=regel["stand"],
        meervoudig=regel["meervoudig"],
        getallen=getallen.reshape([len(waarden[kolom]) for kolom in kolommen]),
    )


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
) -> tuple[list[dict[str, Any]], dict[int, dict[str, list[str]]]]:
    """The lines of the catalogue, and per year the values of each feature."""
    catalogus = json.loads(bestanden[CATALOGUS])
    waarden = {
        int(jaar): {
            kenmerk["code"]: [waarde for waarde, _ in kenmerk["vakken"]] for kenmerk in indeling["kenmerken"]
        }
        for jaar, indeling in catalogus["indelingen"].items()
    }
    return catalogus["tabellen"], waarden
