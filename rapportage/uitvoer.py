"""Alles wat ooit is gepubliceerd als bestanden: per tabel een CSV, en een catalogus die een programma leest.

The bytes of a file follow from what was frozen and from nothing else: no label, no date of today, no setting.
0 and 5 are written as "<10", like everywhere else.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from rapportage.catalogus import Catalogus, Kubus, Tabel, read
from rapportage.models import Blad, Cel, Indeling, Periode, Publicatie
from rapportage.opbouw import counted
from rapportage.queries import DREMPEL
from rapportage.tijdvak import Tijdvak
from skt.kern.rekenblad import harmless
from skt.web.grafieken import KLEIN

CATALOGUS = "catalogus.json"


@dataclass(frozen=True)
class Uitgave:
    """What an outsider gets: files by name, with the catalogue among them."""

    bestanden: Mapping[str, bytes]

    @property
    def catalogus(self) -> dict[str, Any]:
        inhoud: dict[str, Any] = json.loads(self.bestanden[CATALOGUS])
        return inhoud


def name_file(kubus: str, tijdvak: Tijdvak) -> str:
    return f"{tijdvak.soort}/{tijdvak.code}/{kubus}.csv"


def write_table(kolommen: Sequence[str], cellen: Iterable[tuple[Sequence[str], int]]) -> bytes:
    """UTF-8, commas, CRLF (RFC 4180); one row per cell."""
    kop = _write_row((*kolommen, "aantal"))
    rijen = [
        f"{_write_cell(tuple(kenmerken))}{aantal if aantal >= DREMPEL else KLEIN}\r\n"
        for kenmerken, aantal in cellen
    ]
    return f"{kop}\r\n{''.join(rijen)}".encode()


def _write_row(waarden: Sequence[str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="").writerow(waarden)
    return buffer.getvalue()


@lru_cache(maxsize=50_000)
def _write_cell(kenmerken: tuple[str, ...]) -> str:
    """What stands before the number: the same cells come back in every period."""
    return _write_row((*map(harmless, kenmerken), "")) if kenmerken else ""


def hash_bytes(inhoud: bytes) -> str:
    return hashlib.sha256(inhoud).hexdigest()


def export(using: str, *, vanaf: date | None = None) -> Uitgave:
    """Everything ever published (or of the periods from a date on), read over this connection."""
    publicaties = Publicatie.objects.using(using).order_by("maand", "pk")
    indelingen = {i.jaar: i for i in Indeling.objects.using(using).all()}
    if vanaf is not None:
        publicaties = publicaties.filter(maand__gte=vanaf)
    catalogi = {jaar: read(indeling.inhoud) for jaar, indeling in indelingen.items()}
    cellen: dict[int, list[tuple[list[str], int]]] = {}
    for publicatie_id, kenmerken, aantal in (
        Cel.objects.using(using)
        .filter(publicatie__in=publicaties)
        .order_by("pk")
        .values_list("publicatie_id", "kenmerken", "aantal")
    ):
        cellen.setdefault(publicatie_id, []).append((kenmerken, aantal))
    bestanden, regels = {}, []
    for publicatie in publicaties:
        regel = _describe(publicatie, catalogi)
        bestanden[regel["bestand"]] = write_table(regel["kolommen"], cellen.get(publicatie.pk, ()))
        regels.append(regel)
    bladen = _sheets(using, vanaf, catalogi)
    bestanden |= {regel["bestand"]: inhoud for regel, inhoud in bladen}
    catalogus = {
        "uitleg": "Elk aantal is een veelvoud van 5 en ligt ten hoogste `grens` naast het echte aantal."
        " 0 en 5 staan er als <10. Zie de methode in de documentatie.",
        "indelingen": {
            str(j): i.inhoud for j, i in sorted(indelingen.items()) if vanaf is None or j >= vanaf.year
        },
        "tabellen": regels,
        "bladen": [regel for regel, _ in bladen],
        "weggelaten": _left_out(regels, catalogi),
    }
    bestanden[CATALOGUS] = json.dumps(catalogus, ensure_ascii=False, sort_keys=True).encode()
    return Uitgave(bestanden)


def _sheets(
    using: str, vanaf: date | None, catalogi: Mapping[int, Catalogus]
) -> list[tuple[dict[str, Any], bytes]]:
    """Files beside the tables: as they were frozen, each with what it is and the table that it goes with."""
    bladen = Blad.objects.using(using).order_by("maand", "pk")
    if vanaf is not None:
        bladen = bladen.filter(maand__gte=vanaf)
    vormen = {(jaar, vorm.code): vorm for jaar, catalogus in catalogi.items() for vorm in catalogus.bladen}
    return [
        (
            {
                "bestand": name_file(blad.code, _tijdvak(blad)),
                "blad": blad.code,
                "soort": vormen[blad.maand.year, blad.code].soort,
                "titel": vormen[blad.maand.year, blad.code].titel,
                "uit": vormen[blad.maand.year, blad.code].uit,
                "periode": _period(_tijdvak(blad)),
                "bevroren_op": blad.bevroren_op.isoformat(),
                "sha256": blad.sha256,
            },
            blad.inhoud.encode(),
        )
        for blad in bladen
    ]


def _left_out(regels: Iterable[Mapping[str, Any]], catalogi: Mapping[int, Catalogus]) -> list[dict[str, str]]:
    """Which tables of the catalogue aren't there in a period that is.

    They couldn't be kept within the bound, or the source contradicted itself about what they count.
    """
    er_is: dict[tuple[str, str, int], set[str]] = {}
    for regel in regels:
        if regel["sha256"]:
            periode = regel["periode"]
            er_is.setdefault((periode["soort"], periode["naam"], int(periode["van"][:4])), set()).add(
                regel["tabel"]
            )
    return [
        {"tabel": tabel.code, "periode": soort, "naam": naam}
        for (soort, naam, jaar), codes in er_is.items()
        if jaar in catalogi
        for _, _, tabel in catalogi[jaar].tables(soort)
        if tabel.code not in codes
    ]


def _describe(publicatie: Publicatie, catalogi: Mapping[int, Catalogus]) -> dict[str, Any]:
    tijdvak = _tijdvak(publicatie)
    regel: dict[str, Any] = {
        "bestand": name_file(publicatie.kubus, tijdvak),
        "tabel": publicatie.kubus,
        "kubus": publicatie.kubus,
        "kolommen": [publicatie.kubus],
        "telt": "dingen",
        "alleen": {},
        "stand": False,
        "meervoudig": False,
        "periode": _period(tijdvak),
        "grens": publicatie.grens,
        "bevroren_op": publicatie.bevroren_op.isoformat(),
        "sha256": publicatie.bestand_sha256,
    }
    catalogus = catalogi.get(tijdvak.jaar)
    gevonden = catalogus.find(publicatie.kubus) if catalogus else None
    if gevonden and publicatie.bestand_sha256:
        familie, kubus, tabel = gevonden
        regel |= {
            "familie": familie.stam.code,
            "kubus": kubus.code,
            "titel": tabel.titel,
            "kolommen": list(tabel.kenmerken),
            "telt": tabel.telt,
            "alleen": only(kubus, tabel),
            "stand": familie.stand,
            "meervoudig": kubus.meervoudig,
        }
    return regel


def _tijdvak(rij: Publicatie | Blad) -> Tijdvak:
    return Tijdvak(rij.maand, Periode(rij.periode))


def _period(tijdvak: Tijdvak) -> dict[str, str]:
    return {
        "soort": str(tijdvak.soort),
        "naam": tijdvak.code,
        "van": tijdvak.begin.isoformat(),
        "tot": tijdvak.eind.isoformat(),
    }


def only(kubus: Kubus, tabel: Tabel) -> dict[str, list[str]]:
    """By which values of which feature this table counts; nothing when it counts everything."""
    mee = counted(kubus.kenmerken, tabel.telt)
    return {kubus.kenmerken[mee[0]]: list(mee[1])} if mee else {}
