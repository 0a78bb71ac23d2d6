"""Eén figuur of thema van de bladzijde om mee te nemen: de tekening als SVG of PNG, of met tekst en tabel als PDF."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rapportage.beeld.bladzijde import Bladzijde, compose_theme
from rapportage.beeld.plannen import PER_THEMA, PLANNEN, Thema
from rapportage.bestanden import beeld
from rapportage.bestanden.verhaal import drawing
from rapportage.forms.keuze import read_keuze
from rapportage.queries import published_periods, read_catalogues
from rapportage.raadsrapport import print_part
from rapportage.views.downloads import VIEW, file_response
from skt.autorisatie.rules import requires
from skt.kern.errors import DomainError


@require_safe
@requires(VIEW)
def theme_pdf(request: HttpRequest, thema: str, periode: str) -> HttpResponse:
    if thema not in PER_THEMA:
        raise Http404
    bladzijde = _read(request, PER_THEMA[thema], periode)
    return _made(request, bladzijde, lambda: print_part(bladzijde), "application/pdf", f"{thema}.pdf")


@require_safe
@requires(VIEW)
def figuur_file(request: HttpRequest, figuur: str, periode: str, vorm: str) -> HttpResponse:
    """As it stands on the page, with the same period beside it and the same part chosen."""
    if figuur not in PLANNEN or vorm not in {"svg", "png", "pdf"}:
        raise Http404
    bladzijde = _read(request, PLANNEN[figuur][0], periode)
    een = next(one for one in bladzijde.figuren if one.id == figuur)
    if een.niet is not None:
        raise Http404
    if vorm == "pdf":
        return _made(
            request, bladzijde, lambda: print_part(bladzijde, figuur), "application/pdf", f"{figuur}.pdf"
        )
    getekend = drawing(een)
    if getekend is None:
        raise Http404
    if vorm == "svg":
        return _made(request, bladzijde, getekend.svg.encode, beeld.SVG, f"{figuur}.svg")
    return _made(request, bladzijde, lambda: beeld.as_png(getekend), beeld.PNG, f"{figuur}.png")


def _read(request: HttpRequest, thema: Thema, periode: str) -> Bladzijde:
    perioden = published_periods()
    if not perioden:
        raise Http404
    kenmerken = {jaar: catalogus.kenmerken for jaar, catalogus in read_catalogues().items()}
    keuze, onbekend = read_keuze({**request.GET.dict(), "periode": periode}, perioden, kenmerken)
    if onbekend:
        raise Http404
    bladzijde = compose_theme(keuze, thema, perioden)
    if bladzijde.leeg or not bladzijde.figuren:
        raise Http404
    return bladzijde


def _made(
    request: HttpRequest, bladzijde: Bladzijde, make: Callable[[], bytes], mime: str, naam: str
) -> HttpResponse:
    keuze = bladzijde.bron.keuze
    try:
        inhoud = make()
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('rapportage:dashboard')}?{keuze.query}")
    deel = "-".join(waarde.replace("+", "plus") for _, waarde in keuze.alleen)
    voluit = "-".join(filter(None, ["stuurinformatie", keuze.tijdvak.code, deel, naam]))
    return file_response(inhoud, mime, voluit, periode=keuze.tijdvak.code)
