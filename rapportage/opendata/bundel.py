"""De hele bundel: wat exporteer_publicaties schrijft, byte voor byte, met de beschrijvingen en een leeswijzer ernaast."""

import json
from collections.abc import Mapping
from typing import Any

from rapportage.bestanden.inpakken import pack
from rapportage.opendata import ggm
from rapportage.opendata.beschrijving import describe_dataset, describe_folder, describe_translation
from rapportage.uitvoer import CATALOGUS, Uitgave, export
from skt.kern.errors import DomainError

LEESMIJ = "LEESMIJ.txt"
DATASET = "dataset.jsonld"
VERTALING = "ggm.json"
CSVW = "csv-metadata.json"


class NothingPublished(DomainError):
    """There is nothing to give away yet."""


def open_data(using: str, wie: Mapping[str, str]) -> dict[str, bytes]:
    """Every file by its name, in the order in which it is packed. `wie` is SKT_OPEN_DATA. Raises NothingPublished."""
    uitgave = export(using)
    regels = uitgave.catalogus["tabellen"]
    if not regels:
        raise NothingPublished(
            "Er is nog niets gepubliceerd. De eerste cijfers verschijnen als een maand is vastgezet."
        )
    return _bundle(uitgave, wie)


def zip_open_data(bestanden: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes."""
    return pack(bestanden.items())


def _bundle(uitgave: Uitgave, wie: Mapping[str, str]) -> dict[str, bytes]:
    catalogus = uitgave.catalogus
    regels = catalogus["tabellen"]
    kenmerken = {
        jaar: {kenmerk["code"]: kenmerk for kenmerk in inhoud["kenmerken"]}
        for jaar, inhoud in catalogus["indelingen"].items()
    }
    mappen: dict[str, list[dict[str, Any]]] = {}
    for regel in regels:
        mappen.setdefault(regel["bestand"].rsplit("/", 1)[0], []).append(regel)
    bestanden: dict[str, bytes] = {
        LEESMIJ: _readme(wie).encode(),
        DATASET: _write(describe_dataset(sorted(mappen.items()), wie)),
        VERTALING: _write(describe_translation(regels, kenmerken)),
        CATALOGUS: uitgave.bestanden[CATALOGUS],
    }
    for map_, van_map in sorted(mappen.items()):
        jaar = van_map[0]["periode"]["van"][:4]
        bestanden[f"{map_}/{CSVW}"] = _write(
            describe_folder(van_map, kenmerken.get(jaar, {}), wie["licentie"])
        )
        bestanden |= {regel["bestand"]: uitgave.bestanden[regel["bestand"]] for regel in van_map}
    return bestanden | {
        regel["bestand"]: uitgave.bestanden[regel["bestand"]] for regel in catalogus["bladen"]
    }


def _write(inhoud: Any) -> bytes:
    return (json.dumps(inhoud, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _readme(wie: Mapping[str, str]) -> str:
    return f"""Stuurinformatie Sociaal Kernteam Wassenaar: open data

Uitgever: {wie["uitgever"]}
Licentie: {wie["licentie"]}

Wat erin zit
  maand/, kwartaal/, jaar/   per periode een map met een CSV per tabel (UTF-8, komma's)
  .../{CSVW}      beschrijving van de tabellen van die map (W3C CSVW)
  {DATASET}             beschrijving van het geheel (DCAT-AP-NL 3.0, JSON-LD)
  {VERTALING}                   welke kolom welk begrip is in het Gemeentelijk Gegevensmodel {ggm.VERSIE}
  {CATALOGUS}             alle tabellen met kenmerken, periode, grens en SHA-256

Zo leest u de cijfers
  Elk aantal is een veelvoud van 5. Het echte aantal ligt er ten hoogste de grens van die tabel naast (in de catalogus).
  doorlooptijden.csv (dagen) en kosten-*.csv (toegekende euro’s) volgen uit die aantallen of horen erbij; ‘geen cijfer’
  betekent: te weinig mensen, of één mens bepaalt het bedrag.
  <10 staat voor 0 of 5. Geen cijfer zegt iets over één inwoner.
  Wat hier staat is definitief. Wat later binnenkomt, telt mee in de eerstvolgende open maand.
  Tel zelf geen rijen op waar de beschrijving zegt dat iets in meer rijen kan tellen.
"""
