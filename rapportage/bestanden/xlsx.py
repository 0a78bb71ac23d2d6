"""Een werkboek als XLSX (openpyxl): koprij gemerkt en vastgezet, getallen als getal, de rest als tekst."""

import io
import re
from datetime import UTC

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from rapportage.bestanden.inpakken import pack, unpack
from rapportage.bestanden.rekenblad import UITLEG, Blad, Werkboek
from skt.kern.rekenblad import is_formula_like

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAAL = "nl-NL"
KERN = "docProps/core.xml"
_GEWIJZIGD = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def write_xlsx(werkboek: Werkboek) -> bytes:
    """The bytes follow from what is in it: openpyxl writes the time of saving, which is put back to that of the figures."""
    boek = Workbook()
    boek.remove(boek.worksheets[0])
    op = werkboek.op.astimezone(UTC).replace(microsecond=0)
    boek.properties.title = werkboek.titel
    boek.properties.subject = werkboek.onderwerp
    boek.properties.creator = "Sociaal Kernteam Wassenaar"
    boek.properties.language = TAAL
    boek.properties.created = op.replace(tzinfo=None)
    for nummer, blad in enumerate(werkboek.bladen, start=1):
        _fill(boek.create_sheet(blad.naam), blad, nummer)
    buffer = io.BytesIO()
    boek.save(buffer)
    moment = op.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return pack(
        (naam, _GEWIJZIGD.sub(rb"\g<1>" + moment + rb"\g<2>", inhoud) if naam == KERN else inhoud)
        for naam, inhoud in unpack(buffer.getvalue())
    )


def _fill(vel: Worksheet, blad: Blad, nummer: int) -> None:
    for y, rij in enumerate([blad.kop, *blad.rijen], start=1):
        for x, waarde in enumerate(rij, start=1):
            cel = vel.cell(y, x, waarde)
            if isinstance(waarde, str):
                cel.data_type = "s"  # never a formula, whatever it begins with
                if is_formula_like(waarde):
                    cel.quotePrefix = True  # and not when somebody edits it either
            if y == 1:
                cel.font = Font(bold=True)
            elif blad.naam == UITLEG:
                cel.alignment = Alignment(wrap_text=True, vertical="top")
    for x, breedte in enumerate(blad.breedtes, start=1):
        vel.column_dimensions[get_column_letter(x)].width = breedte
    vel.freeze_panes = "A2"
    vel.print_title_rows = "1:1"
    vel.page_setup.orientation = "landscape"
    vel.page_setup.fitToWidth, vel.page_setup.fitToHeight = 1, 0
    vel.sheet_properties.pageSetUpPr.fitToPage = True
    vel.oddHeader.left.text = blad.titel.replace("&", "&&")
    if blad.rijen:
        # A table in the sense of Excel: a screen reader then says which header a cell is under.
        bereik = f"A1:{get_column_letter(len(blad.kop))}{len(blad.rijen) + 1}"
        tabel = Table(displayName=f"Tabel{nummer}", ref=bereik)
        tabel.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        vel.add_table(tabel)
