"""De bestanden naast de tabellen: doorlooptijden uit een gepubliceerde tabel, en bedragen van de mensen die ze telt.

What stands in one follows from published numbers (lead times), or is a rounded mean times a published number (amounts).
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connections

from rapportage.doorlooptijden import lead_time
from rapportage.kosten import Cel, Mens, choose, per_person, publish_costs
from rapportage.opbouw import Bladvorm, Catalogus
from rapportage.tellen import BRON

GEEN = "geen cijfer"
LANGER = "57+"
KOLOMMEN = {"doorlooptijd": ("mediaan", "p90"), "kosten": ("gemiddeld", "bedrag")}
"""What stands behind the feature: whole days; euro."""
FIJN = ("wet", "toegekende_lijn")
"""What the name of a finest amount consists of."""
Cijfers = Mapping[tuple[str, str], Mapping[tuple[str, ...], int]]
"""Published numbers by table and period, and then by cell."""


@dataclass(frozen=True)
class Gemaakt:
    """One file as it will be frozen."""

    code: str
    periode: str
    begin: date
    inhoud: str


def read_amounts(jaar: int) -> list[Mens]:
    """What was granted in a year, a row per person and no key: true amounts, that go no further than the rules."""
    with connections[BRON].cursor() as cursor:
        cursor.execute("SELECT bedragen::text FROM rapportage_bron_kosten WHERE jaar = %s", [jaar])
        return [json.loads(mens, parse_int=Decimal, parse_float=Decimal) for (mens,) in cursor.fetchall()]


def make_sheets(
    catalogus: Catalogus, perioden: Iterable[tuple[str, date]], cijfers: Cijfers
) -> list[Gemaakt]:
    """The files of the periods that end now, as far as the table that each goes with was published."""
    gemaakt = []
    for periode, begin in perioden:
        vormen = [v for v in catalogus.bladen if periode in v.perioden and (v.uit, periode) in cijfers]
        kosten = [v for v in vormen if v.soort == "kosten"]
        per_blad = _costs(catalogus, kosten, read_amounts(begin.year), cijfers, periode) if kosten else {}
        for vorm in vormen:
            rijen = per_blad.get(vorm.code) or _lead_times(cijfers[vorm.uit, periode])
            gemaakt.append(Gemaakt(vorm.code, periode, begin, _write([_head(catalogus, vorm), *rijen])))
    return gemaakt


def _head(catalogus: Catalogus, vorm: Bladvorm) -> list[str]:
    return [_feature(catalogus, vorm), *KOLOMMEN[vorm.soort]]


def _feature(catalogus: Catalogus, vorm: Bladvorm) -> str:
    plek = catalogus.find(vorm.uit)
    if plek is None:
        raise LookupError(vorm.uit)
    return plek[2].kenmerken[0]


def _lead_times(cellen: Mapping[tuple[str, ...], int]) -> list[list[str]]:
    rijen = []
    for stap in dict.fromkeys(cel[0] for cel in cellen):
        tijd = lead_time({klasse: aantal for (deze, klasse), aantal in cellen.items() if deze == stap})
        dagen = (tijd.mediaan, tijd.p90 if tijd.p90_bekend else GEEN) if tijd else (GEEN, GEEN)
        rijen.append([stap, *(LANGER if dag is None else str(dag) for dag in dagen)])
    return rijen


def _costs(
    catalogus: Catalogus, vormen: Sequence[Bladvorm], mensen: Sequence[Mens], cijfers: Cijfers, periode: str
) -> dict[str, list[list[str]]]:
    """The rows of each sheet of amounts. What may be published is chosen over all of them together."""
    fijn = {naam for mens in mensen for naam in mens}
    cellen: dict[str, dict[str, Cel]] = {}
    for vorm in vormen:
        kenmerk = _feature(catalogus, vorm)
        plaats = FIJN.index(kenmerk)
        cellen[vorm.code] = {
            waarde: frozenset(naam for naam in fijn if naam.split("|")[plaats] == waarde)
            for waarde in catalogus.kenmerken[kenmerk].waarden
        }
    gekozen = choose(mensen, [list(per_waarde.values()) for per_waarde in cellen.values()])
    rijen: dict[str, list[list[str]]] = {}
    for vorm, mag in zip(vormen, gekozen, strict=True):
        rijen[vorm.code] = []
        for waarde, cel in cellen[vorm.code].items():
            aantal = cijfers[vorm.uit, periode][(waarde,)]
            bedrag = publish_costs(per_person(mensen, cel), aantal) if cel in mag else None
            rijen[vorm.code].append(
                [waarde, *(f"{b.normalize():f}" for b in bedrag)] if bedrag else [waarde, GEEN, GEEN]
            )
    return rijen


def _write(rijen: Sequence[Sequence[Any]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(rijen)
    return buffer.getvalue()
