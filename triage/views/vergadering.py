"""Vergadermodus: de agenda links, één aanmelding groot, het besluit rechts; iedereen ziet wat er op tafel ligt."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from intake.forms.velden import read_id
from intake.services.afspraken import MomentPassed, MomentTaken
from skt.autorisatie.rules import Refused, get_permitted_or_404, may, permitted
from skt.kern.errors import DomainError
from skt.kern.weigeren import show_refusal
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Medewerker, Rol, Team
from skt.verantwoording.services import record_read
from skt.web.datums import long_date
from triage.forms.overleg import BesluitForm
from triage.forms.velden import typed
from triage.meekijken import first_read, people, show_up
from triage.models import Aanmelding, Agendapunt, Bord, Overleg
from triage.queries import regie_candidates
from triage.queries.intakemomenten import intake_moments
from triage.queries.overleg import Kandidaat, overleg_state
from triage.services import (
    AanmeldingChanged,
    AlreadyDecided,
    DateInPast,
    OverlegIsOver,
    decide,
    put_on_table,
)
from triage.status import OverlegStatus
from triage.views.agendaregels import Agenda, Regel, read_agenda
from triage.views.beeld import gelezen_aanmeldingen
from triage.views.kent_gezin import acquaintances
from triage.views.verhaal import story

MINUTEN_PER_PUNT = 5
EERSTE_STAP = timedelta(days=7)
"""Zo lang krijgt een casusregisseur voor de eerste stap als voorstel [V]."""
VELD_VAN = {DateInPast: "uiterlijk", MomentTaken: "afspraak_op", MomentPassed: "afspraak_op"}
GELEZEN = "triage.overleg_detail"
TEMPLATE = "triage/overleg_detail.html"
GETYPT = ("besluit", "partij", "casusregisseur", "toelichting")
"""Wat iemand terugziet als een collega eerder was."""


@require_http_methods(["GET", "POST"])
def overleg_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Eén aanmelding tegelijk; na ‘Vastleggen en volgende’ staat de volgende er.

    Met `stand` (van de pagina die er al staat) komt er alleen iets terug als er iets is veranderd.
    """
    user = request.user
    overleg = get_permitted_or_404(
        user,
        "triage.view_overleg",
        Overleg.objects.select_related("voorzitter").annotate(tafel_punt=F("tafel__punt_id")),
        pk=pk,
    )
    meekijkers = show_up(f"overleg-{pk}", user.pk)
    stand = overleg_state(overleg)
    ververst = bool(request.htmx and "stand" in request.GET)
    if ververst and request.GET["stand"] == stand:
        return HttpResponse(status=204, headers={"SKT-Meekijkers": str(len(meekijkers))})
    if request.method == "POST" and overleg.status != OverlegStatus.GEPLAND:
        return _over(request, overleg)
    agenda = read_agenda(request, overleg)
    klaar = request.method == "GET" and agenda.huidige is not None and agenda.huidige.besloten
    kandidaten = None if klaar else _candidates(user, overleg, agenda.huidige)
    form = _form(request, agenda.huidige, kandidaten) if kandidaten is not None else None
    te_laat = ""
    if request.method == "POST":
        if agenda.huidige is None or form is None:
            raise Refused("triage.decide_aanmelding", "agendapunt", {"overleg": pk})
        if form.is_valid():
            try:
                return _decide(request, overleg, agenda, agenda.huidige, form)
            except OverlegIsOver:
                overleg.refresh_from_db()
                return _over(request, overleg)
            except AlreadyDecided as error:
                te_laat = str(error)
                agenda = read_agenda(request, overleg)
            except DomainError as error:
                show_refusal(form, error, VELD_VAN.get(type(error), ""))
                if isinstance(error, AanmeldingChanged):
                    agenda = read_agenda(request, overleg)
                    form.data = form.data.copy()
                    form.data["versie"] = agenda.huidige.punt.aanmelding.versie
    _log_reading(request, agenda, ververst)
    context = _context(user, overleg, agenda, timezone.now()) | {
        "stand": stand,
        "aanwezig": people(meekijkers),
        "form": None if agenda.huidige and agenda.huidige.besloten else form,
        "kandidaten": kandidaten or [],
        "te_laat": te_laat,
        "getypt": typed(form, *GETYPT) if te_laat and form else [],
        "gekozen": str(form["casusregisseur"].value() or "") if form else "",
    }
    return render(request, f"{TEMPLATE}#overleg" if ververst else TEMPLATE, context)


@require_POST
def overleg_table(request: HttpRequest, pk: int) -> HttpResponse:
    """Leg een aanmelding op tafel: iedereen die meekijkt gaat mee."""
    overleg = get_permitted_or_404(request.user, "triage.manage_overleg", Overleg.objects.all(), pk=pk)
    agenda = read_agenda(request, overleg)
    if agenda.volgt:
        messages.error(request, "Kies welke aanmelding op tafel komt.")
        return redirect("triage:overleg_detail", pk)
    if agenda.huidige is None or agenda.huidige.punt is None:
        raise Refused("triage.view_aanmelding", "agendapunt", {"overleg": pk})
    try:
        put_on_table(overleg=overleg, agendapunt=agenda.huidige.punt, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("triage:overleg_detail", pk)


def _candidates(user: Medewerker, overleg: Overleg, huidige: Regel | None) -> list[Kandidaat] | None:
    """Wie de casusregie kan krijgen; None als deze medewerker hierover nu niets vastlegt."""
    if (
        huidige is None
        or huidige.punt is None
        or huidige.melding is None
        or overleg.status != OverlegStatus.GEPLAND
        or not may(user, "triage.decide_aanmelding", huidige.punt.aanmelding)
    ):
        return None
    return _found(huidige.punt.aanmelding)


def _found(aanmelding: Aanmelding) -> list[Kandidaat]:
    gevonden = regie_candidates(aanmelding.teams, timezone.localdate())
    return [replace(k, kent_gezin=k.medewerker.pk in aanmelding.kenners) for k in gevonden]


def _form(request: HttpRequest, huidige: Regel | None, kandidaten: list[Kandidaat]) -> BesluitForm | None:
    if huidige is None or huidige.punt is None:
        return None
    alle_teams = list(Team.objects.values_list("pk", flat=True))  # a procesregisseur works for every team
    proces = regie_candidates(alle_teams, timezone.localdate(), rollen=[Rol.PROCESREGISSEUR])
    kenners = huidige.punt.aanmelding.kenners
    return BesluitForm(
        request.POST or None,
        kandidaten=[k.medewerker.pk for k in kandidaten if not k.kent_gezin],
        procesregisseurs=[k.medewerker.pk for k in proces if k.medewerker.pk not in kenners],
        momenten=intake_moments(
            huidige.melding.verantwoordelijk_team_id if huidige.melding else None, timezone.now()
        ),
        initial={
            "punt": huidige.pk,
            "versie": huidige.punt.aanmelding.versie,
            "uiterlijk": next_werkdag(timezone.localdate() + EERSTE_STAP),
        },
    )


def _decide(
    request: HttpRequest, overleg: Overleg, agenda: Agenda, huidige: Regel, form: BesluitForm
) -> HttpResponse:
    """Leg het besluit vast; wie het overleg leidt, legt daarmee meteen de volgende op tafel."""
    facts = {naam: waarde for naam, waarde in form.cleaned_data.items() if naam != "punt"}
    punt = decide(agendapunt=huidige.punt, actor=request.user, at=timezone.now(), **facts)
    messages.success(
        request,
        f"Vastgelegd: {punt.aanmelding.melding.nummer}, {_as_word(punt.get_besluit_display())}."
        f"{_tell_moved(facts['uiterlijk'], punt.uiterlijk)}",
    )
    volgende = agenda.after(huidige)
    overzicht = reverse("triage:overleg_detail", args=[overleg.pk])
    if volgende is None:
        return redirect(overzicht)
    if agenda.tafel is not None and not huidige.op_tafel:
        return redirect(volgende.url)
    if volgende.punt is None or not may(request.user, "triage.manage_overleg", overleg):
        return redirect(volgende.url)
    put_on_table(overleg=overleg, agendapunt=volgende.punt, actor=request.user, at=timezone.now())
    return redirect(overzicht)


def _log_reading(request: HttpRequest, agenda: Agenda, ververst: bool) -> None:
    """Wie met naam op het scherm staat, is gelezen; ververst een open pagina zichzelf, dan één keer per uur."""
    shown = agenda.shown()
    if ververst:
        nieuw = first_read(
            GELEZEN, request.session.session_key or "", [aanmelding.pk for aanmelding in shown]
        )
        shown = [aanmelding for aanmelding in shown if aanmelding.pk in nieuw]
    record_read(action=GELEZEN, rows=gelezen_aanmeldingen(shown))


def _over(request: HttpRequest, overleg: Overleg) -> HttpResponse:
    """Het overleg eindigde terwijl iemand typte: wat hij schreef staat er nog, en waar de aanmelding nu is."""
    te_besluiten = permitted(request.user, "triage.decide_aanmelding", Aanmelding.objects.all())
    punten = Agendapunt.objects.filter(aanmelding__in=te_besluiten).select_related("aanmelding__melding")
    gevraagd = request.POST.get("punt")
    punt = punten.filter(pk=read_id(gevraagd) or 0).first()
    if punt is None:
        raise Refused("triage.decide_aanmelding", "agendapunt", {"punt": gevraagd})
    regel = Regel(punt.pk, (0, 0, 0), bool(punt.besluit), punt)
    form = _form(request, regel, _found(punt.aanmelding))
    context = {
        "overleg": overleg,
        "aanmelding": punt.aanmelding,
        "te_laat": f"Dit overleg is intussen {overleg.get_status_display().lower()}.",
        "getypt": typed(form, *GETYPT) if form else [],
    }
    record_read(action=GELEZEN, rows=gelezen_aanmeldingen([punt.aanmelding]))
    return render(request, "triage/overleg_over.html", context, status=422)


def _context(user: Medewerker, overleg: Overleg, agenda: Agenda, nu: datetime) -> dict[str, Any]:
    huidige = agenda.huidige
    leidt = overleg.status == OverlegStatus.GEPLAND and may(user, "triage.manage_overleg", overleg)
    vorige, volgende = agenda.beside(-1), agenda.beside(1)
    context = {
        "overleg": overleg,
        "bord": Bord(overleg.bord),
        "regels": agenda.regels,
        "huidige": huidige,
        "volgt": agenda.volgt,
        "op_tafel": agenda.op_tafel,
        "besloten": len(agenda.regels) - agenda.te_gaan,
        "te_gaan": agenda.te_gaan,
        "sinds": agenda.sinds or nu,
        "nu": nu,
        "minuten": MINUTEN_PER_PUNT,
        "klaar_rond": nu + timedelta(minutes=MINUTEN_PER_PUNT * agenda.te_gaan),
        "leidt": leidt,
        "mag_sluiten": leidt,
        "neemt_mee": leidt and volgende is not None and volgende.punt is not None
        and (agenda.tafel is None or bool(huidige and huidige.op_tafel)),
        "vorige_url": vorige.url if vorige else "",
        "volgende": volgende,
        "volgende_url": volgende.url if volgende else "",
        "eigen_url": reverse("triage:overleg_detail", args=[overleg.pk]),
        "bord_url": f"{reverse('triage:board')}?bord={overleg.bord}",
    }  # fmt: skip
    if huidige and huidige.punt and huidige.melding:
        context |= story(user, huidige.punt.aanmelding, [huidige.punt.pk])
        context |= acquaintances(user, huidige.punt.aanmelding)
    return context


def _tell_moved(gekozen: date | None, uiterlijk: date | None) -> str:
    """A chosen day off became the next werkdag: who chose it tells the family that day."""
    if gekozen is None or uiterlijk is None or gekozen == uiterlijk:
        return ""
    return f" {long_date(gekozen).capitalize()} is geen werkdag: de datum is nu {long_date(uiterlijk)}."


def _as_word(label: str) -> str:
    """Inside a sentence: ‘onderzoek Wmo’."""
    return label[:1].lower() + label[1:]
