"""Gepubliceerde cijfers als bestand. Iedere keer dezelfde cijfers; wie wat ophaalde staat in de verantwoording."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from rapportage.bedragen import read_sheet
from rapportage.bestanden import ods, xlsx
from rapportage.bestanden.pdf import write_table_pdf
from rapportage.bestanden.rekenblad import workbook
from rapportage.csvbestand import write_csv
from rapportage.opendata.bundel import open_data as make_open_data
from rapportage.opendata.bundel import zip_open_data
from rapportage.queries import LEZER, Tabelcijfers, read_period, read_table
from rapportage.tijdvak import Tijdvak, UnknownPeriod, parse_tijdvak
from skt.autorisatie.rules import requires
from skt.kern.errors import DomainError
from skt.verantwoording.models import Soort
from skt.verantwoording.services import record

VIEW = "rapportage.view_publicatie"
REKENBLADEN = {"xlsx": (xlsx.MIME, xlsx.write_xlsx), "ods": (ods.MIME, ods.write_ods)}


@require_safe
@requires(VIEW)
def download(_request: HttpRequest, periode: str, tabel: str) -> HttpResponse:
    """The same bytes every time; what isn't in the catalogue of that period is not there."""
    if (blad := read_sheet(tabel, _period(periode))) is not None:
        naam = f"stuurinformatie-{periode}-{tabel}.csv"
        return file_response(blad, "text/csv; charset=utf-8", naam, periode=periode, tabel=tabel)
    return _table(periode, tabel, "csv", "text/csv; charset=utf-8", write_csv)


@require_safe
@requires(VIEW)
def download_table(request: HttpRequest, periode: str, tabel: str, vorm: str) -> HttpResponse:
    """One table as XLSX, ODS or PDF."""
    if vorm == "pdf":
        try:
            return _table(periode, tabel, vorm, "application/pdf", write_table_pdf)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("rapportage:dashboard")
    if vorm not in REKENBLADEN:
        raise Http404
    mime, write = REKENBLADEN[vorm]
    return _table(periode, tabel, vorm, mime, lambda cijfers: write(workbook(cijfers.tijdvak, [cijfers])))


@require_safe
@requires(VIEW)
def download_period(_request: HttpRequest, periode: str, vorm: str) -> HttpResponse:
    """Every table of a period in one workbook."""
    if vorm not in REKENBLADEN:
        raise Http404
    tijdvak = _period(periode)
    tabellen = list(read_period(tijdvak).values())
    if not tabellen:
        raise Http404
    mime, write = REKENBLADEN[vorm]
    return file_response(
        write(workbook(tijdvak, tabellen)),
        mime,
        f"stuurinformatie-{tijdvak.code}.{vorm}",
        periode=tijdvak.code,
    )


@require_safe
@requires(VIEW)
def open_data(request: HttpRequest) -> HttpResponse:
    """Everything ever published, described for machines."""
    try:
        bestanden = make_open_data(LEZER, settings.SKT_OPEN_DATA)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("rapportage:dashboard")
    return file_response(
        zip_open_data(bestanden), "application/zip", "skt-stuurinformatie.zip", wat="open data"
    )


def _table(
    periode: str, tabel: str, vorm: str, mime: str, write: Callable[[Tabelcijfers], bytes]
) -> HttpResponse:
    tijdvak = _period(periode)
    cijfers = read_table(tabel, tijdvak)
    if cijfers is None:
        raise Http404
    naam = f"stuurinformatie-{tijdvak.code}-{cijfers.code}.{vorm}"
    return file_response(write(cijfers), mime, naam, periode=tijdvak.code, tabel=cijfers.code)


def _period(periode: str) -> Tijdvak:
    try:
        return parse_tijdvak(periode)
    except UnknownPeriod as error:
        raise Http404 from error


def file_response(inhoud: bytes, mime: str, naam: str, **wat: str) -> HttpResponse:
    """A file, and its line in the log."""
    record(action="rapportage.download", soort=Soort.LEZEN, gegevens={"bestand": naam, **wat})
    response = HttpResponse(inhoud, content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{naam}"'
    return response
