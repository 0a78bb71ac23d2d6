"""Vergadermodus: de agenda links, één aanmelding groot, het besluit rechts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.models import Melding
from skt.autorisatie.rules import Refused, get_permitted_or_404, may, permitted
from skt.kern.errors import DomainError
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Rol, Team
from skt.verantwoording.services import record_read
from triage.forms.overleg import BesluitForm
from triage.forms.velden import show_refusal
from triage.models import Aanmelding, Agendapunt, Besluit, Bord, Overleg, Urgentie
from triage.queries import agenda, regie_candidates
from triage.services import AanmeldingChanged, AlreadyDecided, DateInPast, OverlegIsOver, decide
from triage.status import OverlegStatus
from triage.views.beeld import gelezen_aanmeldingen, wie
from triage.views.verhaal import story

MINUTEN_PER_PUNT = 5
EERSTE_STAP = timedelta(days=7)
"""Zo lang krijgt een casusregisseur voor de eerste stap als voorstel [V]."""
VELD_VAN = {DateInPast: "uiterlijk"}


@dataclass
class Regel:
    """Eén regel van de agenda links."""

    punt: Agendapunt
    melding: Melding | None
    nummer: int
    url: str
    nu: bool

    @property
    def naam(self) -> str:
        return wie(self.melding)

    @property
    def bij(self) -> str:
        if self.punt.besluit:
            partij = self.punt.partij.kort if self.punt.partij else ""
            return " · ".join(filter(None, [KORT[Besluit(self.punt.besluit)], partij]))
        soort = Urgentie(self.punt.aanmelding.urgentie).kort.capitalize()
        return f"Nu · {soort.lower()}" if self.nu else soort


KORT = {
    Besluit.VRIJ_AANBOD: "Vrij aanbod",
    Besluit.CASUSREGIE: "Casusregie",
    Besluit.INTAKE: "Verdiepende intake",
    Besluit.WMO: "Onderzoek Wmo",
    Besluit.JEUGDHULP: "Jeugdhulp onderzoeken",
    Besluit.PROCESREGIE: "Procesregie",
    Besluit.TERUG: "Terug naar voorportaal",
    Besluit.AANHOUDEN: "Aangehouden",
}


@require_http_methods(["GET", "POST"])
def overleg_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Eén aanmelding tegelijk; na ‘Vastleggen en volgende’ staat de volgende er."""
    user = request.user
    overleg = get_permitted_or_404(
        user, "triage.view_overleg", Overleg.objects.select_related("voorzitter"), pk=pk
    )
    regels = _rules(request, overleg)
    huidige = next((regel for regel in regels if regel.nu), None)
    mag = (
        huidige is not None
        and huidige.melding is not None
        and overleg.status == OverlegStatus.GEPLAND
        and may(user, "triage.decide_aanmelding", huidige.punt.aanmelding)
    )
    kandidaten = regie_candidates(_team_ids(huidige), timezone.localdate()) if huidige and mag else []
    form = _form(request, huidige, [k.medewerker.pk for k in kandidaten]) if huidige and mag else None
    te_laat = ""
    if request.method == "POST":
        if huidige is None or not mag or form is None:
            raise Refused("triage.decide_aanmelding", "agendapunt", {"overleg": pk})
        if form.is_valid():
            try:
                _decide(request, huidige, form)
            except (AlreadyDecided, OverlegIsOver) as error:
                te_laat = str(error)
                regels = _rules(request, overleg)
                huidige = next((regel for regel in regels if regel.nu), None)
            except DomainError as error:
                show_refusal(form, error, VELD_VAN.get(type(error), ""))
                if isinstance(error, AanmeldingChanged):
                    form.data = form.data.copy()
                    form.data["versie"] = huidige.punt.aanmelding.versie
            else:
                return redirect(_next_url(regels, huidige, overleg))
    record_read(action="triage.overleg_detail", rows=gelezen_aanmeldingen(_shown(regels)))
    context = _context(overleg, regels, huidige, timezone.now())
    if huidige and huidige.melding:
        context |= story(user, huidige.punt.aanmelding, [huidige.punt.pk])
    besloten = bool(huidige and huidige.punt.besluit)
    context |= {
        "form": None if besloten else form,
        "kandidaten": kandidaten,
        "te_laat": te_laat,
        "getypt": request.POST.get("toelichting", "") if te_laat else "",
        "gekozen": str(form["casusregisseur"].value() or "") if form else "",
        "mag_sluiten": may(user, "triage.manage_overleg", overleg)
        and overleg.status == OverlegStatus.GEPLAND,
    }
    return render(request, "triage/overleg_detail.html", context)


def _rules(request: HttpRequest, overleg: Overleg) -> list[Regel]:
    """De agenda. Wie na een besluit niet meer op het bord staat, blijft als regel staan, zonder naam."""
    zichtbaar = permitted(request.user, "triage.view_aanmelding", Aanmelding.objects.all())
    punten = list(agenda(Agendapunt.objects.filter(overleg=overleg, aanmelding__in=zichtbaar)))
    meldingen = {
        melding.pk: melding
        for melding in Melding.objects.filter(
            pk__in=[punt.aanmelding.melding_id for punt in punten]
        ).select_related("inwoner", "contactmoment__medewerker")
    }
    gevraagd = request.POST.get("punt") or request.GET.get("punt", "")
    huidige = next((p for p in punten if str(p.pk) == gevraagd), None)
    if gevraagd and huidige is None:
        raise Refused("triage.view_aanmelding", "agendapunt", {"punt": gevraagd})
    huidige = huidige or next((p for p in punten if not p.besluit), None) or next(iter(punten), None)
    url = reverse("triage:overleg_detail", args=[overleg.pk])
    return [
        Regel(
            punt, meldingen.get(punt.aanmelding.melding_id), nummer, f"{url}?punt={punt.pk}", punt is huidige
        )
        for nummer, punt in enumerate(punten, start=1)
    ]


def _shown(regels: list[Regel]) -> list[Aanmelding]:
    """Wie er met naam op het scherm staat."""
    shown = []
    for regel in regels:
        if regel.melding:
            regel.punt.aanmelding.melding = regel.melding
            shown.append(regel.punt.aanmelding)
    return shown


def _team_ids(regel: Regel | None) -> list[int]:
    return regel.punt.aanmelding.teams if regel else []


def _form(request: HttpRequest, huidige: Regel, kandidaten: list[int]) -> BesluitForm:
    proces = regie_candidates(_process_teams(), timezone.localdate(), rollen=[Rol.PROCESREGISSEUR])
    return BesluitForm(
        request.POST or None,
        kandidaten=kandidaten,
        procesregisseurs=[kandidaat.medewerker.pk for kandidaat in proces],
        initial={
            "punt": huidige.punt.pk,
            "versie": huidige.punt.aanmelding.versie,
            "uiterlijk": next_werkdag(timezone.localdate() + EERSTE_STAP),
        },
    )


def _process_teams() -> list[int]:
    """Een procesregisseur werkt voor alle teams."""
    return list(Team.objects.values_list("pk", flat=True))


def _decide(request: HttpRequest, huidige: Regel, form: BesluitForm) -> None:
    facts = {naam: waarde for naam, waarde in form.cleaned_data.items() if naam != "punt"}
    punt = decide(agendapunt=huidige.punt, actor=request.user, at=timezone.now(), **facts)
    messages.success(
        request, f"Vastgelegd: {punt.aanmelding.melding.nummer}, {punt.get_besluit_display().lower()}."
    )


def _next_url(regels: list[Regel], huidige: Regel, overleg: Overleg) -> str:
    """Het eerste open punt na dit, anders het eerste open punt, anders de agenda met alles besloten."""
    open_regels = [r for r in regels if not r.punt.besluit and r is not huidige]
    volgende = next((r for r in open_regels if r.nummer > huidige.nummer), None) or next(
        iter(open_regels), None
    )
    return volgende.url if volgende else reverse("triage:overleg_detail", args=[overleg.pk])


def _context(overleg: Overleg, regels: list[Regel], huidige: Regel | None, nu: datetime) -> dict[str, Any]:
    te_gaan = sum(not regel.punt.besluit for regel in regels)
    plek = regels.index(huidige) if huidige else 0
    return {
        "overleg": overleg,
        "bord": Bord(overleg.bord),
        "regels": regels,
        "huidige": huidige,
        "besloten": len(regels) - te_gaan,
        "te_gaan": te_gaan,
        "nu": nu,
        "minuten": MINUTEN_PER_PUNT,
        "klaar_rond": nu + timedelta(minutes=MINUTEN_PER_PUNT * te_gaan),
        "vorige_url": regels[plek - 1].url if plek > 0 else "",
        "volgende_url": regels[plek + 1].url if plek + 1 < len(regels) else "",
        "bord_url": f"{reverse('triage:board')}?bord={overleg.bord}",
    }
