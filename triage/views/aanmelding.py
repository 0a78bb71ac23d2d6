"""De leespagina van één aanmelding, en haar afronden."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from intake.aanwezigheid import others_in, show_up
from skt.autorisatie.rules import get_permitted_or_404, may
from skt.kern.errors import DomainError
from skt.kern.weigeren import show_refusal
from skt.verantwoording.services import record_read
from triage.forms.bord import AfrondForm
from triage.forms.velden import typed
from triage.models import Aanmelding, Agendapunt
from triage.services import finish_aanmelding
from triage.status import AanmeldingStatus
from triage.views.beeld import gelezen_aanmeldingen, targets
from triage.views.kent_gezin import acquaintances
from triage.views.verhaal import story

TE_RONDEN = (AanmeldingStatus.TE_BELEGGEN, AanmeldingStatus.INTAKE)


BIJ_DE_AANMELDING = (
    "casusregisseur",
    "melding__inwoner",
    "melding__contactmoment__medewerker",
    "melding__verantwoordelijke",
    "melding__verantwoordelijk_team",
)


@require_safe
def aanmelding_detail(request: HttpRequest, nummer: str) -> HttpResponse:
    """Vraag, wiel, besluit, en waarom mag ik dit zien."""
    user = request.user
    aanmelding = get_permitted_or_404(
        user,
        "triage.view_aanmelding",
        Aanmelding.objects.select_related(*BIJ_DE_AANMELDING).order_by("-pk"),
        melding__nummer=nummer,
    )
    return _page(request, aanmelding)


def _page(request: HttpRequest, aanmelding: Aanmelding, form: AfrondForm | None = None) -> HttpResponse:
    """De leespagina; met `form` als afronden werd geweigerd, zodat wat iemand schreef blijft staan."""
    user, nummer = request.user, aanmelding.melding.nummer
    record_read(action="triage.aanmelding_detail", rows=gelezen_aanmeldingen([aanmelding]))
    show_up(aanmelding.melding_id, user.pk)
    punten = list(
        Agendapunt.objects.filter(aanmelding=aanmelding).select_related(
            "overleg", "partij", "casusregisseur", "procesregisseur", "besloten_door"
        )
    )
    open_punt = next((punt for punt in punten if not punt.besluit), None)
    mag = may(user, "triage.decide_aanmelding", aanmelding)
    te_ronden = mag and open_punt is None and aanmelding.status in TE_RONDEN
    te_laat = "" if form is None or te_ronden else " ".join(form.non_field_errors())
    context = (
        story(user, aanmelding, [punt.pk for punt in punten])
        | acquaintances(user, aanmelding)
        | {
            "open_punt": open_punt,
            "besluiten": sorted((p for p in punten if p.besluit), key=lambda p: p.pk, reverse=True),
            "mag": mag,
            "aanwezig": others_in([aanmelding.melding_id], user.pk).get(aanmelding.melding_id, []),
            "kolommen": targets(aanmelding) if mag else [],
            "afrondform": (form or AfrondForm()) if te_ronden else None,
            "te_laat": te_laat,
            "getypt": typed(form, "toelichting") if te_laat and form else [],
            "eigen_url": reverse("triage:aanmelding_detail", args=[nummer]),
            "bord_url": f"{reverse('triage:board')}?bord={aanmelding.bord}",
            "zegt_te_kennen": aanmelding.status != AanmeldingStatus.AFGEROND,
        }
    )
    return render(request, "triage/aanmelding_detail.html", context, status=422 if form else 200)


@require_POST
def aanmelding_finish(request: HttpRequest, nummer: str) -> HttpResponse:
    """Het team is klaar: de aanmelding gaat van het bord en de melding sluit."""
    aanmelding = get_permitted_or_404(
        request.user,
        "triage.decide_aanmelding",
        Aanmelding.objects.exclude(status=AanmeldingStatus.AFGEROND).select_related(*BIJ_DE_AANMELDING),
        melding__nummer=nummer,
    )
    form = AfrondForm(request.POST)
    if not form.is_valid():
        return _page(request, aanmelding, form)
    try:
        finish_aanmelding(aanmelding=aanmelding, actor=request.user, at=timezone.now(), **form.cleaned_data)
    except DomainError as error:
        show_refusal(form, error)
        return _page(request, aanmelding, form)
    messages.success(request, f"{nummer} is afgerond en van het bord.")
    return redirect(f"{reverse('triage:board')}?bord={aanmelding.bord}")
