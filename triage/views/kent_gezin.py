"""‘Ik ken dit gezin’ zeggen, en het voor een ander opheffen."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from skt.autorisatie.rules import get_permitted_or_404, permitted
from skt.kern.errors import DomainError
from skt.kern.weigeren import tell
from skt.medewerkers.models import Medewerker
from triage.models import Aanmelding, KentGezin
from triage.queries.kent_gezin import knowers
from triage.services import lift_kent_gezin, mark_kent_gezin

VERBORGEN = (
    "U ziet deze aanmelding niet meer en beslist er niet over. Was het een vergissing? De teamcoördinator, de toegang of de"
    " voorzitter van het overleg kan het terugdraaien."
)


def acquaintances(user: Medewerker, aanmelding: Aanmelding) -> dict[str, Any]:
    """Wie het gezin kent, en voor wie deze medewerker dat mag opheffen: voor triage/_kenners.html."""
    kenners = knowers([aanmelding.pk])
    if not kenners:
        return {"kenners": [], "heft_op": set()}
    mag = permitted(user, "triage.lift_kent_gezin", KentGezin.objects.filter(pk__in=[k.pk for k in kenners]))
    return {"kenners": kenners, "heft_op": set(mag.values_list("pk", flat=True))}


@require_POST
def kent_gezin_mark(request: HttpRequest, nummer: str) -> HttpResponse:
    """Wie het gezin kent, ziet de aanmelding vanaf nu niet meer."""
    aanmelding = get_permitted_or_404(
        request.user,
        "triage.view_aanmelding",
        Aanmelding.objects.select_related("melding__inwoner").order_by("-pk"),
        melding__nummer=nummer,
    )
    terug = _back(aanmelding)
    try:
        mark_kent_gezin(aanmelding=aanmelding, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(terug)
    messages.success(request, VERBORGEN)
    return redirect(terug)


@require_POST
def kent_gezin_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Een ander dan wie het zei, laat de aanmelding weer zien."""
    kent = get_permitted_or_404(
        request.user,
        "triage.lift_kent_gezin",
        KentGezin.objects.select_related("aanmelding__melding", "medewerker"),
        pk=pk,
    )
    tell(
        request,
        lambda: lift_kent_gezin(kent=kent, actor=request.user, at=timezone.now()),
        f"{kent.medewerker} ziet deze aanmelding weer.",
    )
    return redirect(_back(kent.aanmelding))


def _back(aanmelding: Aanmelding) -> str:
    """Naar het overleg waar zij nu op staat, anders naar het bord."""
    punt = aanmelding.agendapunten.filter(besluit="").first()
    if punt is None:
        return f"{reverse('triage:board')}?bord={aanmelding.bord}"
    return f"{reverse('triage:overleg_detail', args=[punt.overleg_id])}?punt={punt.pk}"
