"""Eén tabel van de catalogus als bestand."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from rapportage.csvbestand import write_csv
from rapportage.queries import read_table
from rapportage.tijdvak import UnknownPeriod, parse_tijdvak
from skt.autorisatie.rules import requires


@require_safe
@requires("rapportage.view_publicatie")
def download(_request: HttpRequest, periode: str, tabel: str) -> HttpResponse:
    """The same bytes every time; what isn't in the catalogue of that period is not there."""
    try:
        cijfers = read_table(tabel, parse_tijdvak(periode))
    except UnknownPeriod as error:
        raise Http404 from error
    if cijfers is None:
        raise Http404
    response = HttpResponse(write_csv(cijfers), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="stuurinformatie-{periode}-{tabel}.csv"'
    return response
