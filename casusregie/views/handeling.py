"""Wat elke handeling op een casus deelt: de rij met recht erop, het formulier, één service, en terug."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casusregie.models import Casus
from casusregie.views.lezen import log_casus
from skt.autorisatie.rules import get_permitted_or_404, may
from skt.autorisatie.verzoek import Verzoek
from skt.kern.weigeren import attempt

GESTUURD = ("GET", "POST")
BEHEER = "casusregie.manage_casus"
MEEDOEN = "casusregie.contribute_casus"


def get_casus(request: Verzoek, action: str, nummer: str) -> Casus:
    return get_permitted_or_404(
        request.user, action, Casus.objects.select_related("team").prefetch_related("leden"), nummer=nummer
    )


def detail_url(casus: Casus) -> str:
    return reverse("casusregie:casus_detail", args=[casus.nummer])


def posted(request: Verzoek) -> Any:
    """Wat er is verstuurd; ook een POST zonder velden is verstuurd."""
    return request.POST if request.method == "POST" else None


def act(
    request: Verzoek,
    casus: Casus,
    form: Any,
    *,
    titel: str,
    do: Callable[[], object],
    gedaan: str,
    anders: dict[str, str] | None = None,
) -> HttpResponse:
    """Toon het formulier; doe bij POST de handeling en ga terug naar de casus, of zeg waarom het niet kan.

    `anders` is een link naar een andere handeling die misschien bedoeld was.
    """
    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, gedaan)
        return after(request, casus)
    log_casus(request.user, casus)
    context = {"casus": casus, "form": form, "titel": titel, "terug": detail_url(casus), "anders": anders}
    return render(request, "casusregie/casus_form.html", context, status=422 if form.errors else 200)


def after(request: Verzoek, casus: Casus) -> HttpResponse:
    """Terug naar de casus; wie er net het recht op weggaf gaat naar de lijst."""
    if may(request.user, "casusregie.view_casus", casus):
        return redirect("casusregie:casus_detail", nummer=casus.nummer)
    return redirect("casusregie:casus_list")
