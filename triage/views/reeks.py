"""Een overleg wijzigen en wie er was; en de reeksen waaruit de overleggen vanzelf komen."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skt.autorisatie.rules import get_permitted_or_404, may, permitted, requires
from skt.kern.errors import DomainError
from skt.kern.weigeren import show_refusal, tell
from skt.web.datums import clock, count, day_of, long_date
from triage.forms.reeks import AanwezigenForm, OverlegChangeForm, ReeksForm
from triage.forms.velden import typed
from triage.models import Overleg, Overlegreeks
from triage.queries.reeksen import possible_attendees, reeks_rows
from triage.services import (
    Bijgewerkt,
    MomentTaken,
    NotAWerkdag,
    OverlegChanged,
    OverlegInPast,
    ReeksChanged,
    ReeksCollides,
    ReeksEmpty,
    ReeksInPast,
    VoorzitterNotPlaced,
    change_reeks,
    move_overleg,
    record_aanwezigen,
    start_reeks,
    stop_reeks,
)
from triage.status import OverlegStatus
from triage.views.overleg import plannable_borden, possible_voorzitters

VELD_VAN = {
    MomentTaken: "begint_op", NotAWerkdag: "begint_op", OverlegInPast: "begint_op", VoorzitterNotPlaced: "voorzitter",
    ReeksCollides: "tijd", ReeksEmpty: "tot_en_met", ReeksInPast: "van",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def overleg_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Verzetten, een andere plaats of voorzitter, en wie er was. Wat erop staat gaat mee."""
    overleg = get_permitted_or_404(
        request.user, "triage.manage_overleg", Overleg.objects.select_related("voorzitter", "reeks"), pk=pk
    )
    over_aanwezigen = request.POST.get("wat") == "aanwezigen"
    bewaart = request.method == "POST"
    gepland = overleg.status == OverlegStatus.GEPLAND
    form = OverlegChangeForm(
        request.POST if bewaart and not over_aanwezigen else None,
        overleg=overleg,
        voorzitters=possible_voorzitters(),
    )
    aanwezigen = AanwezigenForm(
        request.POST if over_aanwezigen else None,
        keuzes=possible_attendees(overleg),
        gekozen=list(overleg.aanwezigen.values_list("pk", flat=True)),
    )
    if bewaart:
        if over_aanwezigen:
            if aanwezigen.is_valid() and _record_aanwezigen(request, overleg, aanwezigen):
                return redirect("triage:overleg_change", pk=overleg.pk)
        elif form.is_valid() and _move(request, overleg, form):
            return redirect("triage:overleg_list")
    te_laat = overleg.status == OverlegStatus.GEANNULEERD if over_aanwezigen else bewaart and not gepland
    return render(
        request,
        "triage/overleg_change.html",
        {
            "overleg": overleg,
            "form": form if gepland else None,
            "aanwezigen": aanwezigen if overleg.status != OverlegStatus.GEANNULEERD else None,
            "punten": overleg.agendapunten.filter(besluit="").count(),
            "agenda_url": reverse("triage:overleg_list"),
            "te_laat": f"Dit overleg is intussen {overleg.get_status_display().lower()}." if te_laat else "",
            "getypt": typed(form, "begint_op", "plaats", "voorzitter") if te_laat and form.is_bound else [],
        },
        status=422 if te_laat else 200,
    )


def _move(request: HttpRequest, overleg: Overleg, form: OverlegChangeForm) -> bool:
    try:
        moved = move_overleg(overleg=overleg, actor=request.user, at=timezone.now(), **form.cleaned_data)
    except DomainError as error:
        show_refusal(form, error, VELD_VAN.get(type(error), ""))
        if isinstance(error, OverlegChanged):
            overleg.refresh_from_db()
            begint_op = timezone.localtime(overleg.begint_op)
            _show_current(form, overleg, f"{long_date(begint_op.date())}, {clock(begint_op)} uur")
        return False
    punten = moved.agendapunten.filter(besluit="").count()
    verzet = moved.begint_op != overleg.begint_op
    mee = f" {count(punten, 'aanmelding ging', 'aanmeldingen gingen')} mee." if verzet and punten else ""
    messages.success(request, f"Het overleg is {'verzet' if verzet else 'gewijzigd'}.{mee}")
    return True


def _show_current(form: OverlegChangeForm | ReeksForm, row: Overleg | Overlegreeks, wanneer: str) -> None:
    """Wat een collega net bewaarde; wie daarna nog eens bewaart, weet wat hij vervangt."""
    form.add_error(
        None, f"Nu staat er: {wanneer}, {row.plaats}, voorzitter {row.voorzitter or 'nog niemand'}."
    )
    form.data = form.data.copy()
    form.data["versie"] = row.versie


def _record_aanwezigen(request: HttpRequest, overleg: Overleg, form: AanwezigenForm) -> bool:
    try:
        record_aanwezigen(overleg=overleg, actor=request.user, at=timezone.now(), **form.cleaned_data)
    except DomainError as error:
        show_refusal(form, error)
        return False
    messages.success(request, "De aanwezigen zijn bewaard.")
    return True


@requires("triage.view_board")
@require_safe
def reeks_list(request: HttpRequest) -> HttpResponse:
    """Welke reeksen er lopen, wat eruit komt, en wat door een feestdag anders gaat."""
    zichtbaar = permitted(
        request.user, "triage.view_reeks", Overlegreeks.objects.select_related("voorzitter")
    ).order_by("bord", "weekdag", "tijd", "pk")
    mag = set(
        permitted(request.user, "triage.manage_reeks", Overlegreeks.objects.all()).values_list(
            "pk", flat=True
        )
    )
    regels = reeks_rows(zichtbaar, mag, timezone.now())
    return render(
        request,
        "triage/reeks_list.html",
        {
            "lopend": [regel for regel in regels if not regel.is_voorbij],
            "voorbij": [regel for regel in regels if regel.is_voorbij],
            "mag_plannen": may(request.user, "triage.plan_overleg"),
            "agenda_url": reverse("triage:overleg_list"),
        },
    )


@requires("triage.plan_overleg")
@require_http_methods(["GET", "POST"])
def reeks_new(request: HttpRequest) -> HttpResponse:
    form = ReeksForm(
        request.POST or None,
        borden=plannable_borden(request.user),
        voorzitters=possible_voorzitters(),
        annuleer_url=reverse("triage:reeks_list"),
        initial={"voorzitter": request.user.pk, "weekdag": 3, "tijd": "10:00", "van": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        feiten = {naam: waarde for naam, waarde in form.cleaned_data.items() if naam != "versie"}
        try:
            reeks = start_reeks(actor=request.user, at=timezone.now(), **feiten)
        except DomainError as error:
            show_refusal(form, error, VELD_VAN.get(type(error), ""))
        else:
            gepland = count(reeks.overleggen.count(), "overleg staat", "overleggen staan")
            messages.success(
                request,
                f"De reeks is begonnen. {gepland} op de agenda.{tell_feestdagen(reeks, timezone.now())}",
            )
            return redirect("triage:reeks_list")
    return _form_page(request, form, "Nieuwe reeks overleggen")


@require_http_methods(["GET", "POST"])
def reeks_change(request: HttpRequest, pk: int) -> HttpResponse:
    reeks = get_permitted_or_404(request.user, "triage.manage_reeks", Overlegreeks.objects.all(), pk=pk)
    form = ReeksForm(
        request.POST or None,
        borden=[],
        voorzitters=possible_voorzitters(),
        reeks=reeks,
        annuleer_url=reverse("triage:reeks_list"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            gedaan = change_reeks(reeks=reeks, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            show_refusal(
                form, error, VELD_VAN.get(type(error), "") if not isinstance(error, MomentTaken) else "tijd"
            )
            if isinstance(error, ReeksChanged):
                reeks.refresh_from_db()
                tot = f", tot en met {long_date(reeks.tot_en_met)}" if reeks.tot_en_met else ""
                _show_current(form, reeks, f"{reeks}{tot}")
        else:
            messages.success(
                request,
                f"De reeks is gewijzigd.{_tell(gedaan)}{tell_feestdagen(gedaan.reeks, timezone.now())}",
            )
            return redirect("triage:reeks_list")
    return _form_page(request, form, "Reeks wijzigen", reeks)


@require_POST
def reeks_stop(request: HttpRequest, pk: int) -> HttpResponse:
    reeks = get_permitted_or_404(request.user, "triage.manage_reeks", Overlegreeks.objects.all(), pk=pk)
    tell(
        request,
        lambda: stop_reeks(reeks=reeks, actor=request.user, at=timezone.now()),
        lambda gedaan: f"De reeks is gestopt.{_tell(gedaan)}",
    )
    return redirect("triage:reeks_list")


def _tell(gedaan: Bijgewerkt) -> str:
    zinnen = []
    if gedaan.verzet:
        zinnen.append(
            f"{count(gedaan.verzet, 'overleg is', 'overleggen zijn')} verzet, met alles wat erop stond."
        )
    if gedaan.geannuleerd:
        zinnen.append(f"{count(gedaan.geannuleerd, 'overleg is', 'overleggen zijn')} geannuleerd.")
    if gedaan.behouden:
        zinnen.append(
            f"{count(gedaan.behouden, 'overleg blijft', 'overleggen blijven')} staan, want er staan aanmeldingen op."
        )
    return "".join(f" {zin}" for zin in zinnen)


def tell_feestdagen(reeks: Overlegreeks, at: datetime) -> str:
    """Welke beurten van het komende halve jaar door een feestdag anders gaan: wie plant, rekent er anders op."""
    regel = reeks_rows([reeks], set(), at)[0]
    zinnen = [
        f"{long_date(beurt.dag)} is een feestdag: dan is er geen overleg." for beurt in regel.overgeslagen
    ]
    zinnen += [
        f"{long_date(beurt.dag)} is een feestdag: dat overleg is {long_date(day_of(beurt.begint_op))}."
        for beurt in regel.verplaatst
        if beurt.begint_op
    ]
    return "".join(f" {zin[0].upper()}{zin[1:]}" for zin in zinnen)


def _form_page(
    request: HttpRequest, form: ReeksForm, titel: str, reeks: Overlegreeks | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "titel": titel,
        "reeks": reeks,
        "lijst_url": reverse("triage:reeks_list"),
    }
    return render(request, "triage/reeks_form.html", context)
