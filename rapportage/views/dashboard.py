"""Stuurinformatie: eerst zinnen, dan figuren met hun tabel. Alleen wat is vastgezet; nooit een mens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rapportage.figuren import MAANDEN_IN_BEELD, example, figures, sentences
from rapportage.forms import MaandForm
from rapportage.maanden import name_maand, write_maand
from rapportage.queries import published_months, read_months
from skt.autorisatie.rules import requires

VIEW = "rapportage.view_publicatie"


@require_safe
@requires(VIEW)
def dashboard(request: HttpRequest) -> HttpResponse:
    maanden = published_months()
    if not maanden:
        return render(request, "rapportage/dashboard.html", {"maanden": []})
    form = MaandForm(request.GET, maanden=maanden)
    gekozen = form.chosen()
    maand = gekozen or maanden[0]
    cijfers = read_months([m for m in maanden if m <= maand][: MAANDEN_IN_BEELD + 1])
    deze = cijfers.get(maand, {})
    publicatie = next(iter(deze.values()), None)
    return render(
        request,
        "rapportage/dashboard.html",
        {
            "maanden": maanden,
            "form": MaandForm({"maand": write_maand(maand)}, maanden=maanden),
            "onbekende_maand": bool(request.GET.get("maand")) and gekozen is None,
            "maand": name_maand(maand),
            "publicatie": publicatie,
            "voorbeeld": example(publicatie) if publicatie else None,
            "zinnen": sentences(maand, cijfers) if deze else [],
            "figuren": figures(maand, cijfers) if deze else [],
        },
    )
