"""Doelen zetten, wijzigen en afronden."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casusregie.forms.doelen import DoelForm, UitkomstForm
from casusregie.models import Casus, Doel
from casusregie.services import change_doel, finish_doel, set_doel
from casusregie.views.handeling import BEHEER, GESTUURD, act, detail_url, get_casus, posted
from intake.metingen import last_scores, read_metingen
from skt.autorisatie.verzoek import Verzoek


def measured(casus: Casus) -> dict[str, int]:
    """De laatste score per leefgebied; wie de casus beheert ziet ook haar metingen."""
    return last_scores(read_metingen([casus.melding_id]))


@require_http_methods(GESTUURD)
def doel_new(request: Verzoek, nummer: str) -> HttpResponse:
    casus = get_casus(request, BEHEER, nummer)
    form = DoelForm(posted(request), casus=casus, annuleer_url=detail_url(casus), nu=measured(casus))
    return act(
        request,
        casus,
        form,
        titel="Doel zetten",
        do=lambda: set_doel(casus=casus, actor=request.user, at=timezone.now(), woorden=form.woorden()),
        gedaan="Het doel staat in het plan.",
    )


@require_http_methods(GESTUURD)
def doel_change(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus, doel = _doel(request, nummer, pk)
    form = DoelForm(
        posted(request), casus=casus, annuleer_url=detail_url(casus), nu=measured(casus), doel=doel
    )

    def save() -> None:
        change_doel(
            doel=doel,
            actor=request.user,
            at=timezone.now(),
            woorden=form.woorden(),
            versie=form.cleaned_data["versie"],
        )

    return act(request, casus, form, titel=f"Doel wijzigen: {doel}", do=save, gedaan="Het doel is bewaard.")


@require_http_methods(GESTUURD)
def doel_finish(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus, doel = _doel(request, nummer, pk)
    form = UitkomstForm(
        posted(request),
        casus=casus,
        annuleer_url=detail_url(casus),
        doel=doel,
        nu=measured(casus).get(doel.leefgebied),
    )
    return act(
        request,
        casus,
        form,
        titel=f"Uitkomst van het doel: {doel}",
        do=lambda: finish_doel(doel=doel, actor=request.user, at=timezone.now(), uitkomst=form.uitkomst()),
        gedaan="De uitkomst staat in het plan.",
    )


def _doel(request: Verzoek, nummer: str, pk: int) -> tuple[Casus, Doel]:
    casus = get_casus(request, BEHEER, nummer)
    return casus, get_object_or_404(Doel.objects.select_related("casus"), casus=casus, pk=pk)
