"""De formulieren bij een melding: afhandelen, sluiten, aanvullen, overdragen, uitvragen en zeggen over wie het gaat."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.forms import AanvullingForm, AfhandelForm, OverdraagForm, SluitForm, UitvraagForm, WieForm
from intake.forms.melding import INTREKKEN
from intake.forms.persoon import stored_answers
from intake.kandidaten import find_kandidaten
from intake.models import Melding
from intake.opgaven import initial_person, opgave_of
from intake.rijen import naam_van
from intake.services import (
    Bekende,
    Route,
    append_aanvulling,
    close_melding,
    give_help,
    give_information,
    hand_over,
    keep_for_later,
    link_inwoner,
    record_uitvraag,
    refer_elsewhere,
    register_inwoner,
    send_to_triage,
    start_crisisroute,
    withdraw,
)
from intake.services.rijen import ColleagueSavedFirst
from intake.status import MeldingStatus
from intake.views.lezen import log_inwoners, log_melding, sent
from intake.views.melding import melding_url, present_in
from skt.autorisatie.rules import get_permitted_or_404, permitted
from skt.inwoners.models import Inwoner
from skt.kern.errors import DomainError
from skt.kern.weigeren import show_refusal

SERVICES: dict[str, Callable[..., Melding]] = {
    Route.INFORMATIE: give_information,
    Route.HULPVERLENING: give_help,
    Route.TRIAGE: send_to_triage,
    Route.ANDERE_TOEGANG: refer_elsewhere,
    Route.LATER: keep_for_later,
    Route.CRISISROUTE: start_crisisroute,
    INTREKKEN: withdraw,
}
GESTUURD = ("GET", "POST")


@require_http_methods(GESTUURD)
def melding_handle(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = _melding(request, "intake.change_melding", nummer)
    if melding.status != MeldingStatus.OPEN:
        # Who weighs it has a turn and a half-typed triage: only the triage itself ends those.
        messages.error(request, "Deze melding is bij de triage. Wie haar weegt, rondt haar daar af.")
        return redirect(melding_url(melding))
    form = AfhandelForm(sent(request), melding=melding, annuleer_url=melding_url(melding))
    if request.method == "POST" and form.is_valid():
        act = SERVICES[form.cleaned_data["route"]]
        done = try_act(
            form,
            lambda: act(
                melding=melding,
                actor=request.user,
                at=timezone.now(),
                versie=form.cleaned_data["versie"],
                **form.afronding(),
            ),
        )
        if done:
            messages.success(request, f"Melding {nummer} is bijgewerkt.")
            return redirect("intake:melding_detail", nummer=nummer)
    return _page(request, melding, form, "Melding afhandelen")


@require_http_methods(GESTUURD)
def melding_close(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = _melding(request, "intake.change_melding", nummer)
    form = SluitForm(sent(request), melding=melding, annuleer_url=melding_url(melding))
    if request.method == "POST" and form.is_valid():
        if try_act(
            form,
            lambda: close_melding(
                melding=melding, actor=request.user, at=timezone.now(), **form.cleaned_data
            ),
        ):
            messages.success(request, f"Melding {nummer} is gesloten.")
            return redirect("intake:melding_detail", nummer=nummer)
    return _page(request, melding, form, "Melding sluiten")


@require_http_methods(GESTUURD)
def melding_append(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = _melding(request, "intake.append_melding", nummer)
    form = AanvullingForm(sent(request), annuleer_url=melding_url(melding))
    if request.method == "POST" and form.is_valid():
        if try_act(
            form,
            lambda: append_aanvulling(
                melding=melding, actor=request.user, at=timezone.now(), tekst=form.cleaned_data["tekst"]
            ),
        ):
            messages.success(request, "De aanvulling staat erbij.")
            return redirect("intake:melding_detail", nummer=nummer)
    return _page(request, melding, form, "Melding aanvullen")


@require_http_methods(GESTUURD)
def melding_transfer(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = _melding(request, "intake.change_melding", nummer)
    form = OverdraagForm(sent(request), melding=melding, annuleer_url=melding_url(melding))
    if request.method == "POST" and form.is_valid():
        if try_act(
            form,
            lambda: hand_over(melding=melding, actor=request.user, at=timezone.now(), **form.cleaned_data),
        ):
            messages.success(request, "De melding is overgedragen.")
            return redirect("intake:melding_detail", nummer=nummer)
    return _page(request, melding, form, "Melding overdragen")


@require_http_methods(GESTUURD)
def melding_uitvraag(request: HttpRequest, nummer: str) -> HttpResponse:
    action = "intake.change_melding"
    if not permitted(request.user, action, Melding.objects.filter(nummer=nummer)).exists():
        action = "intake.triage_melding"
    melding = _melding(request, action, nummer)
    if melding.metingen.exists():
        messages.info(request, "Er is al een latere meting. De uitvraag van het begin blijft zoals ze is.")
        return redirect("intake:meting_new", nummer=nummer)
    form = UitvraagForm(sent(request), melding=melding, initial=stored_answers(melding))
    form.vaste_methode = getattr(getattr(melding, "uitvraag", None), "methode", None)
    if request.method == "POST" and form.is_valid():
        if try_act(
            form,
            lambda: record_uitvraag(
                melding=melding,
                actor=request.user,
                at=timezone.now(),
                antwoorden=form.all_answers(),
                versie=form.cleaned_data["versie"],
                methode=form.methode,
            ),
        ):
            messages.success(request, "De uitvraag is bewaard.")
            return redirect("intake:melding_detail", nummer=nummer)
    log_melding("intake.view_melding", melding, ())
    context = {
        "melding": melding,
        "form": form,
        "naam": naam_van(melding),
        "terug": melding_url(melding),
        "aanwezig": present_in(request, melding),
    }
    return render(request, "intake/melding_uitvraag.html", context, status=422 if form.errors else 200)


@require_http_methods(GESTUURD)
def melding_person(request: HttpRequest, nummer: str) -> HttpResponse:
    """Over wie ging deze anonieme melding?"""
    melding = _melding(request, "intake.change_melding", nummer)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and "kies" in data:
        data["inwoner_keuze"] = data["kies"]
    opgegeven = initial_person(opgave_of(melding))
    form = WieForm(data, initial=opgegeven)
    known = data is not None or bool(opgegeven)
    bekenden = find_kandidaten(form.zoekvraag(), form.kenmerken()) if known else None
    if bekenden is not None:
        log_inwoners("intake.search_inwoner", [one.pk for one in bekenden.kandidaten])
    if data is not None and "zoek" not in data and form.is_valid():
        if bekenden and bekenden.precies and form.gekozen_id is None and not form.is_nieuw_bevestigd:
            form.add_error("achternaam", "Deze inwoner lijkt al bekend. Kies hieronder wie het is.")
        elif try_act(form, lambda: _link(request, melding, form)):
            messages.success(request, "De inwoner staat bij de melding.")
            return redirect("intake:melding_detail", nummer=nummer)
    elif data is not None and "zoek" in data:
        form = WieForm(initial={name: data.get(name, "") for name in form.fields})
    log_melding("intake.view_melding", melding, ())
    context = {
        "melding": melding,
        "form": form,
        "bekenden": bekenden,
        "terug": melding_url(melding),
        "aanwezig": present_in(request, melding),
    }
    return render(request, "intake/melding_person.html", context, status=422 if form.errors else 200)


def _link(request: HttpRequest, melding: Melding, form: WieForm) -> None:
    now, gekozen = timezone.now(), form.gekozen_id
    if gekozen is None:
        inwoner: Inwoner | Bekende = register_inwoner(actor=request.user, at=now, **form.nieuwe_inwoner())
    else:
        seen = permitted(request.user, "inwoners.view_inwoner", Inwoner.objects.filter(pk=gekozen)).first()
        inwoner = seen or Bekende(gekozen, form.zoekvraag())
    link_inwoner(
        melding=melding, actor=request.user, at=now, inwoner=inwoner, versie=form.cleaned_data["versie"]
    )


def _melding(request: HttpRequest, action: str, nummer: str) -> Melding:
    meldingen = Melding.objects.select_related("inwoner", "contactmoment", "opgave")
    return get_permitted_or_404(request.user, action, meldingen, nummer=nummer)


def try_act(form: Any, act: Callable[[], object]) -> bool:
    """Do it, or put the refusal on the form, at its field where it has one."""
    try:
        with transaction.atomic():
            act()
    except ColleagueSavedFirst as error:
        form.add_error(None, _newer(form) or str(error))
        return False
    except DomainError as error:
        show_refusal(form, error)
        return False
    return True


def _newer(form: Any) -> str:
    """What a colleague made of the melding meanwhile, on a form that can show it."""
    if not hasattr(form, "show_newer"):
        return ""
    nu = Melding.objects.select_related("verantwoordelijke", "verantwoordelijk_team").get(pk=form.melding.pk)
    return str(form.show_newer(nu))


def _page(request: HttpRequest, melding: Melding, form: Any, titel: str) -> HttpResponse:
    log_melding("intake.view_melding", melding, ())
    context = {
        "melding": melding,
        "form": form,
        "titel": titel,
        "naam": naam_van(melding),
        "terug": melding_url(melding),
        "aanwezig": present_in(request, melding),
    }
    return render(request, "intake/melding_form.html", context, status=422 if form.errors else 200)
