"""Alle tabellen van een periode: wat niet in een figuur staat, is hier te zien en te downloaden."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rapportage.beeld.kruistabel import cross
from rapportage.forms.keuze import KeuzeForm, read_keuze
from rapportage.queries import published_periods, published_tables, read_catalogues, read_table
from rapportage.views.dashboard import frame
from skt.autorisatie.rules import requires

VIEW = "rapportage.view_publicatie"


@require_safe
@requires(VIEW)
def tabel_list(request: HttpRequest) -> HttpResponse:
    perioden = published_periods()
    if not perioden:
        return render(request, "rapportage/leeg.html")
    catalogi = read_catalogues()
    keuze, onbekend = read_keuze(request.GET, perioden, {})
    catalogus = catalogi.get(keuze.tijdvak.jaar)
    er_is = published_tables(keuze.tijdvak)
    kubussen = [
        (kubus, [tabel for tabel in kubus.tabellen if tabel.code in er_is])
        for familie in (catalogus.families if catalogus else ())
        for kubus in familie.kubussen
    ]
    return render(
        request,
        "rapportage/tabel_list.html",
        {
            **frame(keuze, perioden, None, eerste=False),
            "form": KeuzeForm(keuze, perioden=perioden, kenmerken={}, filters=(), vergelijken=False),
            "onbekende_periode": onbekend,
            "kubussen": [(kubus, tabellen) for kubus, tabellen in kubussen if tabellen],
            "kenmerken": catalogus.kenmerken if catalogus else {},
        },
    )


@require_safe
@requires(VIEW)
def tabel_detail(request: HttpRequest, tabel: str) -> HttpResponse:
    perioden = published_periods()
    if not perioden:
        raise Http404
    keuze, onbekend = read_keuze(request.GET, perioden, {})
    cijfers = read_table(tabel, keuze.tijdvak)
    if cijfers is None:
        raise Http404
    return render(
        request,
        "rapportage/tabel_detail.html",
        {
            **frame(keuze, perioden, None, eerste=False),
            "onbekende_periode": onbekend,
            "cijfers": cijfers,
            "tabel": cross(cijfers),
        },
    )
