"""De besluitenlijst van een overleg: op het scherm, en als toegankelijke PDF."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from skt.autorisatie.rules import get_permitted_or_404, permitted
from skt.kern.errors import DomainError
from skt.verantwoording.services import record_read
from skt.web.datums import clock, long_date
from skt.web.papier import make_pdf, pdf_response
from triage.models import Aanmelding, Agendapunt, Overleg
from triage.queries.besluitenlijst import Besluitenlijst, besluitenlijst

SJABLOON = "besluitenlijst.typ"


@require_safe
def besluiten(request: HttpRequest, pk: int) -> HttpResponse:
    overleg, lijst = _read(request, pk)
    record_read(action="triage.besluitenlijst", rows=lijst.gelezen)
    return render(
        request,
        "triage/besluitenlijst.html",
        {
            "overleg": overleg,
            "lijst": lijst,
            "agenda_url": reverse("triage:overleg_list"),
            "pdf_url": reverse("triage:besluiten_pdf", args=[overleg.pk]),
        },
    )


@require_safe
def besluiten_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Wat op het scherm staat, op papier; van het bestand blijft hier niets achter."""
    overleg, lijst = _read(request, pk)
    try:
        pdf = make_pdf(SJABLOON, _gegevens(overleg, lijst), at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("triage:besluiten", pk=overleg.pk)
    record_read(action="triage.besluitenlijst_pdf", rows=lijst.gelezen)
    dag = timezone.localtime(overleg.begint_op).date()
    return pdf_response(pdf, f"besluitenlijst-{overleg.bord}-{dag.isoformat()}")


def _read(request: HttpRequest, pk: int) -> tuple[Overleg, Besluitenlijst]:
    overleg = get_permitted_or_404(
        request.user, "triage.view_overleg", Overleg.objects.select_related("voorzitter"), pk=pk
    )
    zichtbaar = permitted(request.user, "triage.view_aanmelding", Aanmelding.objects.all())
    return overleg, besluitenlijst(Agendapunt.objects.filter(overleg=overleg, aanmelding__in=zichtbaar))


def _gegevens(overleg: Overleg, lijst: Besluitenlijst) -> dict[str, object]:
    lokaal = timezone.localtime(overleg.begint_op)
    feiten = [
        ["Wanneer", f"{long_date(lokaal.date())}, {clock(lokaal)} uur"],
        ["Waar", overleg.plaats],
        ["Voorzitter", str(overleg.voorzitter) if overleg.voorzitter else "niet vastgelegd"],
        ["Stand", str(overleg.get_status_display())],
    ]
    return {
        "titel": f"Besluitenlijst aanmeldoverleg {overleg.get_bord_display().lower()}",
        "feiten": feiten,
        "besluiten": [regel.cellen for regel in lijst.besloten],
        "open": lijst.open,
        "telling": [[besluit, str(aantal)] for besluit, aantal in lijst.telling],
    }
