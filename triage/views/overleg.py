"""De agenda van overleggen: plannen, annuleren en sluiten."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from skt.autorisatie.rules import Refused, get_permitted_or_404, may, permitted, requires
from skt.kern.bladeren import page
from skt.kern.errors import DomainError
from skt.kern.weigeren import show_refusal, tell
from skt.medewerkers.models import TEAMROLLEN, Medewerker, Plaatsing, Rol
from triage.forms.overleg import OverlegForm
from triage.models import Overleg
from triage.permissions import coordinated_borden
from triage.services import (
    MomentTaken,
    NotAWerkdag,
    OverlegInPast,
    VoorzitterNotPlaced,
    cancel_overleg,
    finish_overleg,
    plan_overleg,
)
from triage.status import OverlegStatus

PER_BLADZIJDE = 20
VELD_VAN = {
    MomentTaken: "begint_op", NotAWerkdag: "begint_op", OverlegInPast: "begint_op", VoorzitterNotPlaced: "voorzitter",
}  # fmt: skip


@requires("triage.view_board")
@require_http_methods(["GET", "POST"])
def overleg_list(request: HttpRequest) -> HttpResponse:
    """Wat er komt en wat er was, van de eigen borden; wie mag plannen, plant hier."""
    user = request.user
    mag_plannen = may(user, "triage.plan_overleg")
    form = _form(request) if mag_plannen else None
    if request.method == "POST":
        if form is None:
            raise Refused("triage.plan_overleg", "overleg", {})
        if form.is_valid() and (overleg := _plan(request, form)):
            messages.success(request, f"Het overleg {overleg.get_bord_display().lower()} staat op de agenda.")
            return redirect("triage:overleg_list")
    zichtbaar = _with_counts(
        permitted(user, "triage.view_overleg", Overleg.objects.select_related("voorzitter", "reeks"))
    )
    komend = list(zichtbaar.filter(status=OverlegStatus.GEPLAND).order_by("begint_op", "pk")[:50])
    mag = set(
        permitted(
            user, "triage.manage_overleg", Overleg.objects.filter(pk__in=[o.pk for o in komend])
        ).values_list("pk", flat=True)
    )
    geweest = page(
        zichtbaar.exclude(status=OverlegStatus.GEPLAND), "-begint_op", "-id",
        size=PER_BLADZIJDE, na=request.GET.get("na"), voor=request.GET.get("voor"),
    )  # fmt: skip
    return render(
        request,
        "triage/overleg_list.html",
        {
            "komend": [
                {"overleg": o, "mag": o.pk in mag, "voorbij": o.begint_op < timezone.now()} for o in komend
            ],
            "geweest": geweest.rijen,
            "vorige_url": f"?voor={geweest.vorige}" if geweest.vorige else "",
            "volgende_url": f"?na={geweest.volgende}" if geweest.volgende else "",
            "form": form,
            "bord_url": reverse("triage:board"),
            "reeksen_url": reverse("triage:reeks_list"),
            "vandaag": timezone.localdate(),
        },
    )


def _with_counts(overleggen: "QuerySet[Overleg]") -> "QuerySet[Overleg]":
    return overleggen.annotate(
        punten=Count("agendapunten"), open_punten=Count("agendapunten", filter=Q(agendapunten__besluit=""))
    )


def _form(request: HttpRequest) -> OverlegForm:
    return OverlegForm(
        request.POST or None,
        borden=plannable_borden(request.user),
        voorzitters=possible_voorzitters(),
        initial={"voorzitter": request.user.pk},
    )


def possible_voorzitters() -> list[int]:
    """Wie nu in een team of in de toegang werkt."""
    running = Plaatsing.objects.running().with_rol([*TEAMROLLEN, Rol.ZORGREGISSEUR])
    return list(running.filter(medewerker__is_active=True).values_list("medewerker_id", flat=True))


def plannable_borden(user: Medewerker) -> list[str]:
    return coordinated_borden(user) if may(user, "triage.plan_overleg") else []


def _plan(request: HttpRequest, form: OverlegForm) -> Overleg | None:
    try:
        return plan_overleg(actor=request.user, at=timezone.now(), **form.cleaned_data)
    except DomainError as error:
        show_refusal(form, error, VELD_VAN.get(type(error), ""))
    return None


@require_POST
def overleg_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    return _end(
        request,
        pk,
        cancel_overleg,
        "Het overleg is geannuleerd. Wat erop stond, staat op het volgende overleg.",
    )


@require_POST
def overleg_finish(request: HttpRequest, pk: int) -> HttpResponse:
    return _end(request, pk, finish_overleg, "Het overleg is gesloten. Over alles is besloten.")


def _end(request: HttpRequest, pk: int, act: Callable[..., Any], zin: str) -> HttpResponse:
    overleg = get_permitted_or_404(request.user, "triage.manage_overleg", Overleg.objects.all(), pk=pk)
    tell(request, lambda: act(overleg=overleg, actor=request.user, at=timezone.now()), zin)
    return redirect("triage:overleg_list")
