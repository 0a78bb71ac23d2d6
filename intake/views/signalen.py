"""Bezorgdheid over een inwoner vastleggen, een signaal bij een melding, en het signaleringsoverleg."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.forms import BezorgdForm, OverlegUitkomstForm, OverlegVraagForm, SignaalForm
from intake.forms.velden import read_id
from intake.models import Melding, Signaal
from intake.rijen import naam_van
from intake.services import (
    add_signaal,
    ask_overleg,
    record_overleg,
    record_terugkoppeling,
    register_bezorgdheid,
)
from intake.views.lezen import log_melding, log_meldingen, sent
from intake.views.melding import melding_url
from intake.views.meldingformulieren import try_act
from skt.autorisatie.rules import Refused, get_permitted_or_404, permitted, requires
from skt.kern.bladeren import page, page_url
from skt.kern.weigeren import tell

GESTUURD = ("GET", "POST")
PER_BLADZIJDE = 25


@require_http_methods(GESTUURD)
@requires("intake.register_contact")
def bezorgd_new(request: HttpRequest) -> HttpResponse:
    """Bezorgdheid, het Meldpunt Bezorgd of huiselijk geweld: contact, melding en signaal in één keer."""
    form = BezorgdForm(sent(request), annuleer_url=reverse("intake:worklist"))
    if request.method == "POST" and form.is_valid():
        made: list[Melding] = []
        if try_act(
            form,
            lambda: made.append(
                register_bezorgdheid(actor=request.user, at=timezone.now(), **form.vastlegging())
            ),
        ):
            messages.success(request, f"Melding {made[0].nummer} is vastgelegd.")
            known = made[0].inwoner_id is None and form.cleaned_data["over_achternaam"]
            return redirect(
                "intake:melding_person" if known else "intake:melding_detail", nummer=made[0].nummer
            )
    return render(request, "intake/bezorgd_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(GESTUURD)
def signaal_new(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = _melding(request, nummer)
    form = SignaalForm(sent(request), annuleer_url=melding_url(melding))
    if request.method == "POST" and form.is_valid():
        if try_act(
            form,
            lambda: add_signaal(melding=melding, actor=request.user, at=timezone.now(), **form.cleaned_data),
        ):
            messages.success(request, "Het signaal staat bij de melding.")
            return redirect("intake:melding_detail", nummer=nummer)
    return _page(request, melding, form, "Een signaal vastleggen")


@require_http_methods(GESTUURD)
def signaal_overleg(request: HttpRequest, nummer: str, pk: int) -> HttpResponse:
    """Eerst: waarom het naar het signaleringsoverleg gaat. Daarna: wat de uitkomst is."""
    melding = _melding(request, nummer)
    signaal = _signaal(melding, pk)
    asks = signaal.overleg_gevraagd_op is None
    kind: Any = OverlegVraagForm if asks else OverlegUitkomstForm
    initial = {"versie": signaal.versie, "besproken_op": timezone.localdate()}
    form = kind(sent(request), initial=initial, annuleer_url=melding_url(melding))
    if request.method == "POST" and form.is_valid():
        act: Any = ask_overleg if asks else record_overleg
        if try_act(
            form, lambda: act(signaal=signaal, actor=request.user, at=timezone.now(), **form.cleaned_data)
        ):
            messages.success(
                request,
                "Het staat op de lijst van het signaleringsoverleg."
                if asks
                else "De uitkomst is vastgelegd.",
            )
            return redirect("intake:melding_detail", nummer=nummer)
    return _page(request, melding, form, "Signaleringsoverleg zorg en veiligheid")


@require_POST
def signaal_told(request: HttpRequest, nummer: str, pk: int) -> HttpResponse:
    melding = _melding(request, nummer)
    signaal = _signaal(melding, pk)
    tell(
        request,
        lambda: record_terugkoppeling(
            signaal=signaal,
            actor=request.user,
            at=timezone.now(),
            versie=read_id(request.POST.get("versie", "")),
        ),
        "De terugkoppeling is vastgelegd.",
    )
    return redirect("intake:melding_detail", nummer=nummer)


@require_safe
@requires("intake.register_contact")
def overleg_list(request: HttpRequest) -> HttpResponse:
    """Wat er voor het eerstvolgende signaleringsoverleg ligt, of wat er besproken is."""
    done = request.GET.get("toon") == "besproken"
    meldingen = permitted(request.user, "intake.view_melding", Melding.objects.all())
    signalen: QuerySet[Signaal] = Signaal.objects.filter(
        melding__in=meldingen, overleg_gevraagd_op__isnull=False, besproken_op__isnull=not done
    ).select_related("melding", "melding__inwoner", "melding__contactmoment", "overleg_gevraagd_door")
    keys = ("-besproken_op", "-id") if done else ("overleg_gevraagd_op", "id")
    blad = page(signalen, *keys, size=PER_BLADZIJDE, na=request.GET.get("na"), voor=request.GET.get("voor"))
    log_meldingen("intake.view_overleglijst", {s.melding_id: s.melding for s in blad.rijen}.values())
    rijen = [{"signaal": s, "naam": naam_van(s.melding), "url": melding_url(s.melding)} for s in blad.rijen]
    context = {
        "rijen": rijen,
        "besproken": done,
        "volgende_url": page_url(request, na=blad.volgende),
        "vorige_url": page_url(request, voor=blad.vorige),
        "nu": timezone.localtime(),
    }
    return render(request, "intake/overleg_list.html", context)


def _melding(request: HttpRequest, nummer: str) -> Melding:
    meldingen = Melding.objects.select_related("inwoner", "contactmoment")
    return get_permitted_or_404(request.user, "intake.append_melding", meldingen, nummer=nummer)


def _signaal(melding: Melding, pk: int) -> Signaal:
    found = melding.signalen.filter(pk=pk).first()
    if found is None:
        raise Refused("intake.append_melding", "signaal", {"pk": pk})
    return found


def _page(request: HttpRequest, melding: Melding, form: Any, titel: str) -> HttpResponse:
    log_melding("intake.view_melding", melding, ())
    context = {
        "melding": melding,
        "form": form,
        "titel": titel,
        "naam": naam_van(melding),
        "terug": melding_url(melding),
    }
    return render(request, "intake/melding_form.html", context, status=422 if form.errors else 200)
