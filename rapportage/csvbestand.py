"""Gepubliceerde cijfers als bestand: iedere keer dezelfde bytes, en nooit iets dat een rekenblad uitvoert."""

import csv
import io
from collections.abc import Iterable

from rapportage.queries import Tabelcijfers, shown
from skt.kern.rekenblad import harmless
from skt.web.grafieken import KLEIN


def write_csv(cijfers: Tabelcijfers) -> bytes:
    """The table as CSV for a Dutch spreadsheet: UTF-8 with a mark in front, semicolons, CRLF.

    The names of the cells are those that were frozen, so that a later name on the screen changes no byte. Only cells
    of the table: a sum of them would have another margin.
    """
    kop = [cijfers.tijdvak.soort.label, *(kenmerk.titel for kenmerk in cijfers.kenmerken), "Aantal", "Marge"]
    rijen = [
        [cijfers.tijdvak.code, *cel, write_number(aantal), str(cijfers.grens)]
        for cel, aantal in cijfers.cellen.items()
    ]
    return _write([kop, *rijen]).encode("utf-8-sig")


def write_number(aantal: int) -> str:
    value = shown(aantal)
    return KLEIN if value is None else str(value)


def _write(rijen: Iterable[list[str]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cel) for cel in rij] for rij in rijen)
    return buffer.getvalue()
