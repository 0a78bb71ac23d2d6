"""Gepubliceerde cijfers als bestand: iedere keer dezelfde bytes, en nooit iets dat een rekenblad uitvoert."""

import csv
import io
from collections.abc import Iterable

from rapportage.maanden import write_maand
from rapportage.queries import Maandcijfers, shown
from skt.web.grafieken import KLEIN

GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(cijfers: Maandcijfers) -> bytes:
    """The cube as CSV for a Dutch spreadsheet: UTF-8 with a mark in front, semicolons, CRLF.

    The names of the cells are those that were frozen, so that a later name on the screen changes no byte.
    """
    maand = write_maand(cijfers.maand)
    rijen: list[list[str]] = [["Maand", cijfers.kubus.kenmerk, "Aantal", "Marge"]]
    for waarde, aantal in [*cijfers.cellen.items(), ("Samen", cijfers.totaal)]:
        rijen.append([maand, waarde, _number(aantal), str(cijfers.grens)])
    return _write(rijen).encode("utf-8-sig")


def _number(aantal: int) -> str:
    value = shown(aantal)
    return KLEIN if value is None else str(value)


def _write(rijen: Iterable[list[str]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([_safe(cel) for cel in rij] for rij in rijen)
    return buffer.getvalue()


def _safe(cel: str) -> str:
    """What a spreadsheet would take for a formula gets an apostrophe in front (OWASP: CSV injection)."""
    return f"'{cel}" if cel.startswith(GEVAARLIJK) else cel
