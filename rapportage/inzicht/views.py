"""Inzicht in de pilot, voor wie haar leidt en wie een team coördineert: aantallen, nooit mensen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapportage.inzicht.figuren import figures, sentences
from rapportage.inzicht.lezen import read_inzicht
from rapportage.inzicht.periode import PeriodeForm, shown_form
from skt.autorisatie.rules import requires

LANG = 6
"""More months than this need wider columns."""


@require_safe
@requires("rapportage.view_inzicht")
def insight(request: HttpRequest) -> HttpResponse:
    vandaag = timezone.localdate()
    gevraagd = PeriodeForm(request.GET, vandaag=vandaag)
    periode = gevraagd.chosen()
    inzicht = read_inzicht(periode, timezone.now())
    return render(
        request,
        "rapportage/inzicht.html",
        {
            "form": shown_form(periode, vandaag),
            "onbekende_periode": not gevraagd.is_valid(),
            "geteld_op": inzicht.geteld_op,
            "lang": periode.maanden > LANG,
            "zinnen": sentences(inzicht),
            "figuren": figures(inzicht),
        },
    )
