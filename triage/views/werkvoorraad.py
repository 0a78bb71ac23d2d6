"""De werkvoorraad van triage: per team, wat het eerst moet bovenaan, wie er waarmee bezig is, en eigen filters."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.aanwezigheid import others_in
from intake.forms.velden import read_id
from intake.models import Melding
from intake.status import MeldingStatus
from skt.autorisatie.rules import get_permitted_or_404, permitted, requires
from skt.kern.bladeren import page, page_url
from skt.kern.errors import DomainError
from skt.kern.weigeren import show_refusal
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record_read
from skt.web import datums
from triage.forms.werkvoorraad import FilterBewaarForm, FilterWijzigForm, TriageFilterForm
from triage.models import Bord, Triagefilter
from triage.queries import count_worklist, filter_worklist, triage_worklist, weighing_now
from triage.queries.triage import VOLGORDE, Groep
from triage.services import (
    change_filter,
    claim_melding,
    claim_next,
    drop_filter,
    save_filter,
)
from triage.services.filters import BEWAARBAAR
from triage.views.beeld import gelezen, melding_row

PER_BLADZIJDE = 25
LIJST = "triage:worklist"


@requires("triage.do_triage")
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Wat het loket doorzette en nog niet is gewogen: crisis, dan spoed, dan wat het eerst afloopt."""
    user, nu = request.user, timezone.now()
    filters = list(Triagefilter.objects.filter(medewerker=user).in_order())
    if not request.GET and (begin := next((een for een in filters if een.standaard), None)):
        return redirect(_filter_url(begin))
    form = TriageFilterForm(request.GET)
    keuzes = form.chosen()
    bord = keuzes.pop("bord", "")
    wachtend = permitted(user, "intake.triage_melding", Melding.objects.awaiting_triage())
    overal = filter_worklist(triage_worklist(wachtend, nu), user=user, **keuzes)
    hier = filter_worklist(overal, user=user, bord=bord)
    bladzijde = page(
        hier.select_related("inwoner", "verantwoordelijke"),
        *VOLGORDE,
        size=PER_BLADZIJDE,
        na=request.GET.get("na"),
        voor=request.GET.get("voor"),
    )
    record_read(action="triage.worklist", rows=gelezen(bladzijde.rijen))
    aantallen = count_worklist(overal, nu, bord)
    aanwezig = others_in((melding.pk for melding in bladzijde.rijen), user.pk)
    context = {
        "form": form,
        "nu": nu,
        "tabs": _tabs(request, aantallen, bord),
        "groepen": _groups(bladzijde.rijen, aantallen, user, aanwezig),
        "te_laat": aantallen["te_laat"],
        "telling": datums.count(aantallen["totaal"], "melding", "meldingen"),
        "url": reverse(LIJST),
        "vorige_url": page_url(request, voor=bladzijde.vorige),
        "volgende_url": page_url(request, na=bladzijde.volgende),
        "gefilterd": bool(keuzes or bord),
        "filters": [_saved(een, request.GET.get("filter", "")) for een in filters],
        "bewaren": _kept(request),
        "bewaarform": FilterBewaarForm(auto_id="filter_%s"),
        "bezig": _busy(weighing_now(wachtend), user),
    }
    template = "triage/worklist.html"
    return render(request, f"{template}#lijst" if request.htmx else template, context)


@requires("triage.do_triage")
@require_POST
def claim(request: HttpRequest, nummer: str) -> HttpResponse:
    """Pak deze melding op. Was een collega net eerder, dan zegt een zin wie en wanneer."""
    melding = _in_triage(request, nummer)
    try:
        claim_melding(
            melding=melding, actor=request.user, at=timezone.now(), van=read_id(request.POST.get("van"))
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(LIJST)
    return redirect("triage:triage_form", nummer=nummer)


@requires("triage.do_triage")
@require_POST
def claim_first(request: HttpRequest) -> HttpResponse:
    """Pak de volgende op: van niemand, en het eerst aan de beurt."""
    try:
        melding = claim_next(actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.info(request, str(error))
        return redirect(LIJST)
    return redirect("triage:triage_form", nummer=melding.nummer)


@requires("triage.do_triage")
@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    """Bewaar de filters van de lijst onder een naam."""
    form = FilterBewaarForm(request.POST, auto_id="filter_%s")
    keuzes = TriageFilterForm(request.POST).chosen()
    if form.is_valid():
        try:
            bewaard = save_filter(actor=request.user, keuzes=keuzes, **form.cleaned_data)
        except DomainError as error:
            show_refusal(form, error, "naam")
        else:
            messages.success(request, f"Het filter ‘{bewaard.naam}’ is bewaard.")
            return redirect(_filter_url(bewaard))
    context = {"form": form, "bewaren": _kept(request), "terug": _list_url(keuzes)}
    return render(request, "triage/filter_form.html", context, status=422)


@requires("triage.do_triage")
@require_http_methods(["GET", "POST"])
def filter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Een eigen filter: andere naam, de lijst ermee openen, of weg ermee."""
    bewaard = get_permitted_or_404(request.user, "triage.own_filter", Triagefilter.objects.all(), pk=pk)
    form = FilterWijzigForm(request.POST or None, filter=bewaard)
    try:
        if "verwijder" in request.POST:
            drop_filter(pk=pk, actor=request.user)
            messages.success(request, f"Het filter ‘{bewaard.naam}’ is verwijderd.")
            return redirect(f"{reverse(LIJST)}?alles=1")
        if request.method == "POST" and form.is_valid():
            changed = change_filter(pk=pk, actor=request.user, **form.cleaned_data)
            messages.success(request, f"Het filter ‘{changed.naam}’ is bewaard.")
            return redirect(_filter_url(changed))
    except DomainError as error:
        show_refusal(form, error, "naam")
    context = {"form": form, "filter": bewaard, "terug": _filter_url(bewaard)}
    return render(request, "triage/filter_form.html", context, status=422 if form.errors else 200)


def _in_triage(request: HttpRequest, nummer: str) -> Melding:
    """Ook die net gewogen is: de dienst zegt dan door wie. Wie haar niet mag zien, krijgt niets."""
    meldingen = Melding.objects.exclude(status=MeldingStatus.OPEN)
    return get_permitted_or_404(request.user, "intake.view_melding", meldingen, nummer=nummer)


def _kept(request: HttpRequest) -> dict[str, str]:
    """De keuzes die te bewaren zijn, zoals ze in het adres of het formulier staan."""
    bron = request.POST if request.method == "POST" else request.GET
    return {naam: bron[naam] for naam in BEWAARBAAR if bron.get(naam)}


def _list_url(keuzes: dict[str, Any]) -> str:
    vraag = {naam: waarde for naam, waarde in keuzes.items() if waarde}
    return f"{reverse(LIJST)}?{urlencode(vraag or {'alles': 1})}"


def _filter_url(bewaard: Triagefilter) -> str:
    keuzes = {naam: waarde for naam, waarde in bewaard.keuzes.items() if naam in BEWAARBAAR}
    return _list_url({**keuzes, "filter": bewaard.pk})


def _saved(bewaard: Triagefilter, gekozen: str) -> dict[str, Any]:
    return {
        "naam": bewaard.naam,
        "standaard": bewaard.standaard,
        "url": _filter_url(bewaard),
        "wijzig_url": reverse("triage:filter_edit", args=[bewaard.pk]),
        "actief": gekozen == str(bewaard.pk),
    }


def _tabs(request: HttpRequest, aantallen: dict[str, int], bord: str) -> list[dict[str, Any]]:
    """Eén tab per team, met de andere filters mee."""

    def tab(waarde: str, label: str, aantal: int) -> dict[str, Any]:
        vraag = request.GET.copy()
        for naam in ("na", "voor", "filter", "bord", "alles"):
            vraag.pop(naam, None)
        vraag["bord" if waarde else "alles"] = waarde or "1"
        return {
            "url": f"{reverse(LIJST)}?{vraag.urlencode()}",
            "label": label,
            "aantal": aantal,
            "actief": bord == waarde,
        }

    borden = [tab(str(een.value), str(een.label), aantallen[f"bord_{een.value}"]) for een in Bord]
    return [tab("", "Alle teams", aantallen["alle"]), *borden]


def _groups(
    rijen: list[Melding],
    aantallen: dict[str, int],
    user: Medewerker,
    aanwezig: dict[int, list[Medewerker]],
) -> list[dict[str, Any]]:
    """Alleen de groepen die op deze bladzijde iets hebben; het aantal is dat van de hele groep."""
    groepen = []
    for groep in Groep:
        eigen = [
            melding_row(melding, user, aanwezig.get(melding.pk, ()))
            for melding in rijen
            if melding.groep == groep  # type: ignore[attr-defined]
        ]
        if eigen:
            aantal = aantallen[f"groep_{groep.value}"]
            groepen.append(
                {"id": f"groep-{groep.value}", "titel": groep.label, "aantal": aantal, "rijen": eigen}
            )
    return groepen


def _busy(tellingen: list[tuple[int, int]], user: Medewerker) -> list[dict[str, Any]]:
    mensen = Medewerker.objects.in_bulk([pk for pk, _ in tellingen])
    return [
        {"wie": mensen[pk], "ik": pk == user.pk, "aantal": datums.count(aantal, "melding", "meldingen")}
        for pk, aantal in tellingen
        if pk in mensen
    ]
