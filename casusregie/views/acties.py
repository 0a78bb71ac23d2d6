"""Acties, notities en de nazorg."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casusregie.forms.acties import ActieForm, AfrondForm, NazorgForm, NazorgStartForm, NotitieForm
from casusregie.models import Actie, Casus, Nazorg
from casusregie.services import (
    add_actie,
    add_notitie,
    complete_actie,
    drop_actie,
    record_nazorg,
    start_nazorg,
)
from casusregie.views.doelen import measured
from casusregie.views.handeling import BEHEER, GESTUURD, MEEDOEN, act, detail_url, get_casus, posted
from skt.autorisatie.rules import get_permitted_or_404, may
from skt.autorisatie.verzoek import Verzoek


@require_http_methods(GESTUURD)
def actie_new(request: Verzoek, nummer: str) -> HttpResponse:
    casus = get_casus(request, MEEDOEN, nummer)
    form = ActieForm(posted(request), casus=casus, annuleer_url=detail_url(casus))
    return act(
        request,
        casus,
        form,
        titel="Actie toevoegen",
        do=lambda: add_actie(casus=casus, actor=request.user, at=timezone.now(), **form.actie()),
        gedaan="De actie staat klaar.",
    )


@require_http_methods(GESTUURD)
def actie_complete(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    return _finish(
        request,
        nummer,
        pk,
        complete_actie,
        titel="Actie is klaar",
        knop="Zet op klaar",
        gedaan="De actie staat op klaar.",
    )


@require_http_methods(GESTUURD)
def actie_drop(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    return _finish(
        request,
        nummer,
        pk,
        drop_actie,
        titel="Actie vervalt",
        knop="Laat vervallen",
        gedaan="De actie is vervallen.",
    )


@require_http_methods(GESTUURD)
def notitie_new(request: Verzoek, nummer: str) -> HttpResponse:
    casus = get_casus(request, MEEDOEN, nummer)
    form = NotitieForm(posted(request), casus=casus, annuleer_url=detail_url(casus))
    return act(
        request,
        casus,
        form,
        titel="Notitie toevoegen",
        do=lambda: add_notitie(
            casus=casus, actor=request.user, at=timezone.now(), tekst=form.cleaned_data["tekst"]
        ),
        gedaan="De notitie staat op de tijdlijn.",
    )


@require_http_methods(GESTUURD)
def nazorg_start(request: Verzoek, nummer: str) -> HttpResponse:
    casus = get_casus(request, BEHEER, nummer)
    form = NazorgStartForm(posted(request), casus=casus, annuleer_url=detail_url(casus), nu=measured(casus))

    def save() -> None:
        names = ("maanden", "rond_acties_af", "versie")
        facts = {name: form.cleaned_data[name] for name in names if name in form.fields}
        start_nazorg(
            casus=casus, actor=request.user, at=timezone.now(), uitkomsten=form.uitkomsten(), **facts
        )

    return act(request, casus, form, titel="Naar nazorg", do=save, gedaan="De nazorg is gepland.")


@require_http_methods(GESTUURD)
def nazorg_record(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus = get_casus(request, BEHEER, nummer)
    nazorg = get_object_or_404(Nazorg.objects.select_related("casus"), casus=casus, pk=pk)
    form = NazorgForm(posted(request), casus=casus, annuleer_url=detail_url(casus))

    def save() -> None:
        names = ("resultaat", "toelichting", "maanden_later", "rond_acties_af")
        facts = {name: form.cleaned_data[name] for name in names if name in form.fields}
        record_nazorg(nazorg=nazorg, actor=request.user, at=timezone.now(), **facts)

    return act(
        request, casus, form, titel="Resultaat van de nazorg", do=save, gedaan="Het resultaat is bewaard."
    )


def _finish(
    request: Verzoek,
    nummer: str,
    pk: int,
    service: Callable[..., Actie],
    *,
    titel: str,
    knop: str,
    gedaan: str,
) -> HttpResponse:
    """Wie de casus beheert rondt elke actie af; wie meedoet alleen de eigen."""
    casus, actie = _own_actie(request, nummer, pk)
    form = AfrondForm(
        posted(request),
        casus=casus,
        annuleer_url=detail_url(casus),
        actie=actie,
        knop=knop,
        reden_nodig=service is drop_actie,
        laatste=_is_last(casus),
    )

    def save() -> None:
        service(
            actie=actie,
            actor=request.user,
            at=timezone.now(),
            toelichting=form.cleaned_data["toelichting"],
            nieuwe=form.nieuwe(),
        )

    anders = (
        {
            "url": reverse("casusregie:actie_drop", args=[casus.nummer, actie.pk]),
            "label": "Gaat de actie niet meer door? Laat haar vervallen",
        }
        if service is complete_actie
        else None
    )
    return act(request, casus, form, titel=f"{titel}: {actie.wat}", do=save, gedaan=gedaan, anders=anders)


def _own_actie(request: Verzoek, nummer: str, pk: int) -> tuple[Casus, Actie]:
    casus = get_casus(request, MEEDOEN, nummer)
    acties = Actie.objects.select_related("casus").filter(casus=casus)
    if may(request.user, BEHEER, casus):
        return casus, get_object_or_404(acties, pk=pk)
    return casus, get_permitted_or_404(request.user, "casusregie.complete_actie", acties, pk=pk)


def _is_last(casus: Casus) -> bool:
    return casus.acties.open().count() == 1 and not casus.nazorg.filter(uitgevoerd_op__isnull=True).exists()
