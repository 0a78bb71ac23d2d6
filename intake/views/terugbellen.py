"""Terugbellen: afspreken, en vastleggen hoe het ging."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from intake.forms import GeenGehoorForm, GesprokenForm, TerugbellenForm
from intake.models import Melding, Terugbelverzoek
from intake.rijen import naam_van
from intake.services import cancel_terugbellen, complete_terugbellen, miss_terugbellen, plan_terugbellen
from intake.services.terugbellen import known_number
from intake.status import TERUGBELLEN_TRANSITIONS, TerugbelStatus
from intake.views.lezen import log_melding, sent
from intake.views.melding import flags_of, melding_url
from skt.autorisatie.rules import get_permitted_or_404, permitted
from skt.kern.errors import DomainError
from skt.kern.weigeren import attempt, tell
from skt.web.datums import when

GESTUURD = ("GET", "POST")


@require_http_methods(GESTUURD)
def terugbellen_new(request: HttpRequest, nummer: str) -> HttpResponse:
    """Afspreken om terug te bellen; staat er al een, dan wijzigt u die."""
    melding = _melding(request, nummer)
    now, verzoek = timezone.now(), _waiting(request, melding)
    form = TerugbellenForm(
        sent(request), at=now, annuleer_url=melding_url(melding), initial=_initial(request, melding, verzoek)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_terugbellen(melding=melding, actor=request.user, at=now, **form.afspraak())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Afgesproken: {_said(made)}.")
            return redirect("intake:melding_detail", nummer=nummer)
    return _page(request, melding, form, "Terugbelafspraak wijzigen" if verzoek else "Terugbellen afspreken")


@require_http_methods(GESTUURD)
def terugbellen_missed(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = _melding(request, nummer)
    verzoek = _waiting(request, melding)
    if verzoek is None:
        return _gone(request, nummer)
    now = timezone.now()
    derde = not TERUGBELLEN_TRANSITIONS["give_up"].refusals(verzoek)
    form = GeenGehoorForm(sent(request), at=now, derde=derde, annuleer_url=melding_url(melding))
    form.initial["wanneer"] = form.next_part
    if request.method == "POST" and form.is_valid():
        window = {} if derde else form.window()
        try:
            row = miss_terugbellen(verzoek=verzoek, actor=request.user, at=now, **window)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            if row.status == TerugbelStatus.OPEN:
                messages.success(request, f"Geen gehoor, poging {len(row.pogingen)}. Weer: {_said(row)}.")
            else:
                messages.warning(
                    request, "Drie keer geen gehoor. Zoek een andere weg: een brief of een huisbezoek."
                )
            return redirect("intake:melding_detail", nummer=nummer)
    uitleg = (
        "Dit is de derde keer. Hierna belt u niet meer: de melding vraagt dan om een andere weg, zoals een brief of een huisbezoek."
        if derde
        else f"Dit is poging {len(verzoek.pogingen) + 1}. Kies wanneer u het weer probeert; bij de derde keer zoekt u een andere weg."
    )
    return _page(request, melding, form, "Geen gehoor", uitleg)


@require_http_methods(GESTUURD)
def terugbellen_done(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = _melding(request, nummer)
    verzoek = _waiting(request, melding)
    if verzoek is None:
        return _gone(request, nummer)
    form = GesprokenForm(sent(request), annuleer_url=melding_url(melding))
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: complete_terugbellen(
                verzoek=verzoek, actor=request.user, at=timezone.now(), **form.cleaned_data
            ),
        ):
            messages.success(request, "Vastgelegd. Handel de melding af, of spreek een vervolg af.")
            return redirect("intake:melding_detail", nummer=nummer)
    return _page(request, melding, form, "Teruggebeld")


@require_POST
def terugbellen_cancel(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = _melding(request, nummer)
    verzoek = _waiting(request, melding)
    if verzoek is None:
        return _gone(request, nummer)
    tell(
        request,
        lambda: cancel_terugbellen(verzoek=verzoek, actor=request.user, at=timezone.now()),
        "Terugbellen hoeft niet meer. Bepaal het vervolg.",
    )
    return redirect("intake:melding_detail", nummer=nummer)


def _melding(request: HttpRequest, nummer: str) -> Melding:
    meldingen = Melding.objects.select_related("inwoner", "contactmoment")
    return get_permitted_or_404(request.user, "intake.plan_terugbellen", meldingen, nummer=nummer)


def _waiting(request: HttpRequest, melding: Melding) -> Terugbelverzoek | None:
    waiting = Terugbelverzoek.objects.waiting().filter(melding=melding)
    return permitted(request.user, "intake.change_terugbelverzoek", waiting).first()


def _gone(request: HttpRequest, nummer: str) -> HttpResponse:
    messages.info(request, "Er staat geen terugbelafspraak meer open. Misschien belde een collega al.")
    return redirect("intake:melding_detail", nummer=nummer)


def _initial(request: HttpRequest, melding: Melding, verzoek: Terugbelverzoek | None) -> dict[str, Any]:
    if verzoek is None:
        return {"telefoon": known_number(melding), "wie": f"m{request.user.pk}"}
    return {
        "telefoon": verzoek.telefoon,
        "wie": f"m{verzoek.medewerker_id}" if verzoek.medewerker_id else f"t{verzoek.team_id}",
        "wanneer": "anders",
        "niet_eerder_dan": _as_input(verzoek.niet_eerder_dan),
        "uiterlijk": _as_input(verzoek.uiterlijk),
        "toelichting": verzoek.toelichting,
    }


def _as_input(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else ""


def _said(verzoek: Terugbelverzoek) -> str:
    van = f"na {when(verzoek.niet_eerder_dan)} en " if verzoek.niet_eerder_dan else ""
    return f"{verzoek.medewerker or verzoek.team} belt {van}voor {when(verzoek.uiterlijk)}"


def _page(request: HttpRequest, melding: Melding, form: Any, titel: str, uitleg: str = "") -> HttpResponse:
    log_melding("intake.view_melding", melding, ())
    context = {
        "melding": melding,
        "naam": naam_van(melding),
        "vlaggen": flags_of(melding.inwoner),
        "form": form,
        "titel": titel,
        "uitleg": uitleg,
        "terug": melding_url(melding),
    }
    return render(request, "intake/terugbellen_form.html", context, status=422 if form.errors else 200)
