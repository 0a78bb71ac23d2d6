"""Wat er zelfstandig is toegekend: per mandaat hoeveel, en van elke toekenning hoeveel van het plafond zij bij deze inwoner vult."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from skt.autorisatie.rules import permitted, requires
from skt.kern.bladeren import page, page_url
from skt.verantwoording.services import Gelezen, record_read
from skt.web import datums
from triage.forms.toekenningen import ToekenningFilterForm
from triage.models import Toekenning
from triage.queries.toekenningen import VOLGORDE, filled, filter_toekenningen, used_mandaten, with_samen

PER_BLADZIJDE = 25


@requires("triage.do_triage")
@require_safe
def toekenning_list(request: HttpRequest) -> HttpResponse:
    """Die van u en van uw organisatie, de nieuwste eerst."""
    user, dag = request.user, timezone.localdate()
    form = ToekenningFilterForm(request.GET, user=user)
    keuzes = form.chosen()
    zichtbaar = permitted(user, "triage.view_toekenning", Toekenning.objects.all())
    gevonden = filter_toekenningen(zichtbaar, user=user, dag=dag, **keuzes)
    bladzijde = page(
        with_samen(gevonden).select_related("mandaat", "triage__medewerker", "triage__melding__inwoner"),
        *VOLGORDE,
        size=PER_BLADZIJDE,
        na=request.GET.get("na"),
        voor=request.GET.get("voor"),
    )
    record_read(
        action="triage.toekenning_list",
        rows=[Gelezen("toekenning", rij.pk, rij.triage.melding.inwoner_id) for rij in bladzijde.rijen],
    )
    context = {
        "form": form,
        "url": reverse("triage:toekenning_list"),
        "telling": datums.count(gevonden.count(), "toekenning", "toekenningen"),
        "rijen": [
            {"toekenning": rij, "bedrag": rij.samen, "deel": filled(rij.samen, rij.mandaat)}
            for rij in bladzijde.rijen
        ],
        "mandaten": used_mandaten(zichtbaar, user, dag),
        "gefilterd": bool(keuzes),
        "vorige_url": page_url(request, voor=bladzijde.vorige),
        "volgende_url": page_url(request, na=bladzijde.volgende),
    }
    template = "triage/toekenning_list.html"
    return render(request, f"{template}#lijst" if request.htmx else template, context)
