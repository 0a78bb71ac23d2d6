"""Wat de melders horen: de lijst van wat nog moet, één terugkoppeling, en de tabel met wat mag."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from skt.autorisatie.rules import Refused, get_permitted_or_404, may, permitted, requires
from skt.kern.bladeren import page, page_url
from skt.kern.errors import DomainError
from skt.kern.weigeren import show_refusal
from skt.verantwoording.services import Gelezen, record_read
from triage.forms.terugkoppeling import TerugkoppelForm
from triage.forms.velden import typed
from triage.models import Terugkoppeling
from triage.services.terugkoppeling import (
    ReasonMissing,
    TerugkoppelingInvalid,
    drop_terugkoppeling,
    tell_melder,
)
from triage.status import TerugkoppelingStatus
from triage.terugkoppeling import REGEL_VAN, REGELS, contact_warning

PER_BLADZIJDE = 25
STANDEN = {"": "Te doen", "gedaan": "Gedaan", "niet": "Niet toegestaan of vervallen"}
VELD_VAN = {ReasonMissing: "toelichting", TerugkoppelingInvalid: "hoe"}
BIJ_DE_TERUGKOPPELING = (
    "melding__inwoner", "melding__contactmoment", "gedaan_door",
)  # fmt: skip


@requires("triage.follow_up")
@require_safe
def terugkoppeling_list(request: HttpRequest) -> HttpResponse:
    """Wat nog moet staat eerst; wie iets niet mag horen, staat er ook, met de reden."""
    stand = request.GET.get("stand", "") if request.GET.get("stand", "") in STANDEN else ""
    rows = permitted(
        request.user,
        "triage.view_terugkoppeling",
        Terugkoppeling.objects.select_related(*BIJ_DE_TERUGKOPPELING),
    )
    if stand == "gedaan":
        gevonden = page(
            rows.filter(status=TerugkoppelingStatus.GEDAAN), "-gedaan_op", "-id",
            size=PER_BLADZIJDE, na=request.GET.get("na"), voor=request.GET.get("voor"),
        )  # fmt: skip
    elif stand == "niet":
        gevonden = page(
            rows.filter(status__in=[TerugkoppelingStatus.NIET_TOEGESTAAN, TerugkoppelingStatus.VERVALLEN]),
            "-gemaakt_op", "-id", size=PER_BLADZIJDE, na=request.GET.get("na"), voor=request.GET.get("voor"),
        )  # fmt: skip
    else:
        gevonden = page(
            rows.filter(status=TerugkoppelingStatus.TE_DOEN), "uiterlijk", "id",
            size=PER_BLADZIJDE, na=request.GET.get("na"), voor=request.GET.get("voor"),
        )  # fmt: skip
    record_read(action="triage.terugkoppeling_list", rows=[_gelezen(rij) for rij in gevonden.rijen])
    return render(
        request,
        "triage/terugkoppeling_list.html",
        {
            "rijen": [{"rij": rij, "regel": REGEL_VAN[rij.regel]} for rij in gevonden.rijen],
            "stand": stand,
            "standen": STANDEN.items(),
            "vorige_url": page_url(request, voor=gevonden.vorige) if gevonden.vorige else "",
            "volgende_url": page_url(request, na=gevonden.volgende) if gevonden.volgende else "",
            "regels_url": reverse("triage:terugkoppeling_rules"),
        },
    )


@require_http_methods(["GET", "POST"])
def terugkoppeling_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Aan wie, wat u kunt zeggen en waarom dat (niet) mag; en vastleggen dat het gedaan is."""
    rij = get_permitted_or_404(
        request.user,
        "triage.view_terugkoppeling",
        Terugkoppeling.objects.select_related(*BIJ_DE_TERUGKOPPELING),
        pk=pk,
    )
    mag = rij.status == TerugkoppelingStatus.TE_DOEN and may(request.user, "triage.tell_melder", rij)
    lijst_url = reverse("triage:terugkoppeling_list")
    form = TerugkoppelForm(request.POST or None, annuleer_url=lijst_url)
    if request.method == "POST":
        if not may(request.user, "triage.tell_melder", rij):
            raise Refused("triage.tell_melder", "terugkoppeling", {"pk": str(pk)})
        if form.is_valid() and _save(request, rij, form):
            return redirect(lijst_url)
    te_laat = not mag and form.is_bound
    record_read(action="triage.terugkoppeling_detail", rows=[_gelezen(rij)])
    return render(
        request,
        "triage/terugkoppeling_detail.html",
        {
            "rij": rij,
            "regel": REGEL_VAN[rij.regel],
            "let_op": contact_warning(rij.melding),
            "form": form if mag else None,
            "te_laat": f"Hier is al iets over vastgelegd: {rij.get_status_display().lower()}."
            if te_laat
            else "",
            "getypt": typed(form, "hoe", "toelichting") if te_laat else [],
            "lijst_url": lijst_url,
        },
        status=422 if te_laat else 200,
    )


@requires("triage.follow_up")
@require_safe
def terugkoppeling_rules(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "triage/terugkoppeling_rules.html",
        {"regels": REGELS, "lijst_url": reverse("triage:terugkoppeling_list")},
    )


def _save(request: HttpRequest, rij: Terugkoppeling, form: TerugkoppelForm) -> bool:
    gegevens = form.cleaned_data
    try:
        if request.POST.get("wat") == "vervallen":
            drop_terugkoppeling(
                terugkoppeling=rij, actor=request.user, at=timezone.now(), toelichting=gegevens["toelichting"]
            )
            messages.success(request, "Vastgelegd dat de melder niets hoort, en waarom.")
        else:
            tell_melder(terugkoppeling=rij, actor=request.user, at=timezone.now(), **gegevens)
            messages.success(request, "Vastgelegd: de melder weet het.")
    except DomainError as error:
        show_refusal(form, error, VELD_VAN.get(type(error), ""))
        return False
    return True


def _gelezen(rij: Terugkoppeling) -> Gelezen:
    return Gelezen("terugkoppeling", rij.pk, rij.melding.inwoner_id)
