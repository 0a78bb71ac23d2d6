"""Codeboek en werkwijze: wat elk getal telt, en waarom er niemand in terug te vinden is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rapportage.afronden import GRENS
from rapportage.beeld.codeboek import chapters, has_overig, words
from rapportage.beeld.zinnen import bounds
from rapportage.queries import read_catalogues
from skt.autorisatie.rules import requires

VOORBEELD = 40


@require_safe
@requires("rapportage.view_publicatie")
def codeboek(request: HttpRequest) -> HttpResponse:
    catalogi = read_catalogues()
    gevraagd = request.GET.get("jaar", "")
    jaar = next((j for j in catalogi if str(j) == gevraagd), max(catalogi, default=None))
    catalogus = catalogi[jaar] if jaar is not None else None
    grens = catalogus.grens if catalogus else GRENS
    laag, hoog = bounds(VOORBEELD, grens)
    return render(
        request,
        "rapportage/codeboek.html",
        {
            "jaar": jaar,
            "jaren": sorted(catalogi, reverse=True),
            "grens": grens,
            "onzeker": 2 * grens,
            "voorbeeld": {"aantal": VOORBEELD, "laag": laag, "hoog": hoog},
            "hoogste_klein": bounds(None, grens)[1],
            "hoofdstukken": chapters(catalogus) if catalogus else [],
            "woorden": words(catalogus) if catalogus else [],
            "ontbreekt": catalogus.ontbreekt if catalogus else (),
            "overig": bool(catalogus and has_overig(catalogus)),
        },
    )
