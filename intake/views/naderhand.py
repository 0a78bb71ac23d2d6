"""Een tweede tabblad schreef verder in een gesprek dat al was afgerond: dat raakt niet kwijt, het kan erbij."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from intake.forms import AanvullingForm, GesprekForm
from intake.forms.persoon import MatrixVelden, stored_answers
from intake.models import Melding
from intake.rijen import naam_van
from intake.views.lezen import log_melding
from intake.views.melding import melding_url
from skt.kern.keuzelijsten import Leefgebied

LANG = (
    "hulpvraag", "toelichting",
    *(f"{name}_{gebied.value}" for gebied in Leefgebied for name in MatrixVelden.TEKSTEN),
)  # fmt: skip
"""Velden waarin iemand een verhaal schrijft."""


def typed_later(data: Mapping[str, str], melding: Melding) -> str:
    """Wat er verstuurd werd en niet in de melding staat, met bij elk stuk het veld; leeg als alles er al staat."""
    staat = {
        melding.hulpvraag, melding.afhandeling_toelichting, melding.contactmoment.samenvatting,
        *stored_answers(melding).values(),
    }  # fmt: skip
    known = {str(text).replace("\r\n", "\n").strip() for text in staat}
    fields = GesprekForm().fields
    parts = []
    for name in LANG:
        text = str(data.get(name, "")).replace("\r\n", "\n").strip()
        if text and text not in known:
            parts.append(f"{fields[name].label}: {text}")
    return "\n".join(parts)


def offer_aanvulling(request: HttpRequest, melding: Melding, tekst: str) -> HttpResponse:
    """Het formulier van de aanvulling, met de tekst er al in; er staat nog niets bij de melding."""
    form = AanvullingForm(initial={"tekst": tekst}, annuleer_url=melding_url(melding))
    form.helper.form_action = reverse("intake:melding_append", kwargs={"nummer": melding.nummer})
    log_melding("intake.view_melding", melding, ())
    context = {
        "melding": melding,
        "form": form,
        "titel": "Dit gesprek was al afgerond",
        "naam": naam_van(melding),
        "terug": melding_url(melding),
        "uitleg": "Wat u hier nog schreef staat niet in de melding. Wilt u het erbij, kies dan ‘Voeg toe’.",
    }
    return render(request, "intake/melding_form.html", context, status=409)
