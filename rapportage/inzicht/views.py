"""Inzicht in de pilot, voor wie haar leidt en wie een team coördineert: aantallen, nooit mensen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapportage.beeld.bladzijde import compose_theme
from rapportage.forms.keuze import KeuzeForm, read_keuze
from rapportage.inzicht.figuren import INZICHT, flow
from rapportage.inzicht.wachten import waiting
from rapportage.queries import published_periods
from skt.autorisatie.rules import requires


@require_safe
@requires("rapportage.view_inzicht")
def insight(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "rapportage/inzicht.html",
        {**_frozen(request), "wachten": waiting(request.user, timezone.now())},
    )


def _frozen(request: HttpRequest) -> dict[str, Any]:
    """What the cubes hold of the chosen period; nothing before the first month is closed."""
    perioden = published_periods()
    if not perioden:
        return {}
    keuze, onbekend = read_keuze(request.GET, perioden, {})
    bladzijde = compose_theme(keuze, INZICHT, perioden)
    return {
        "form": KeuzeForm(keuze, perioden=perioden, kenmerken={}),
        "onbekende_periode": onbekend,
        "tijdvak": keuze.tijdvak,
        "bladzijde": bladzijde,
        "figuren": [figuur for figuur in (flow(bladzijde.bron), *bladzijde.figuren) if figuur],
    }
