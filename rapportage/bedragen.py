"""Bevroren bedragen lezen, door de rol die niets anders kan lezen: wat is toegekend, en achter hoeveel mensen het staat."""

import csv
import hashlib
import io
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from rapportage import queries
from rapportage.models import Blad, Periode
from rapportage.queries import Plek
from rapportage.tijdvak import Tijdvak

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bedrag:
    """In whole euro: the rounded mean of one person, and that times the published number of people."""

    gemiddeld: int
    samen: int


def read_sheet(code: str, tijdvak: Tijdvak) -> bytes | None:
    """The very bytes that were frozen; None where there are none to show."""
    return _read([(code, tijdvak)]).get((code, tijdvak))


def read_amounts(plekken: Iterable[Plek]) -> dict[Plek, Mapping[str, Bedrag]]:
    """Per value of the feature its amounts; one that may not be told isn't there."""
    gevonden: dict[Plek, Mapping[str, Bedrag]] = {}
    for plek, inhoud in _read(plekken).items():
        rijen = list(csv.reader(io.StringIO(inhoud.decode(), newline="")))[1:]
        gevonden[plek] = {
            waarde: Bedrag(round(float(gemiddeld)), round(float(samen)))
            for waarde, gemiddeld, samen in rijen
            if gemiddeld.replace(".", "", 1).isdecimal()
        }
    return gevonden


def _read(plekken: Iterable[Plek]) -> dict[Plek, bytes]:
    """What was frozen of these; a sheet that doesn't fit its seal is left out, and an error is logged."""
    zoek = Q()
    for code, tijdvak in plekken:
        zoek |= Q(code=code, periode=tijdvak.soort, maand=tijdvak.begin)
    if not zoek:
        return {}
    gevonden = {}
    for blad in Blad.objects.using(queries.LEZER).filter(zoek):
        inhoud = blad.inhoud.encode()
        if hashlib.sha256(inhoud).hexdigest() == blad.sha256:
            gevonden[blad.code, Tijdvak(blad.maand, Periode(blad.periode))] = inhoud
        else:
            logger.error("Blad %s past niet bij zijn zegel.", blad)
    return gevonden
