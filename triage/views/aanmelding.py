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
from skt.verantwoording.services import record_read
from triage.forms.bord import AfrondForm
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
    record_read(action="triage.aanmelding_detail", rows=gelezen_aanmeldingen([aanmelding]))
    show_up(aanmelding.melding_id, user.pk)
    punten = list(
        Agendapunt.objects.filter(aanmelding=aanmelding).select_related(
            "overleg", "partij", "casusregisseur", "procesregisseur", "besloten_door"
        )
    )
    open_punt = next((punt for punt in punten if not punt.besluit), None)
    mag = may(user, "triage.decide_aanmelding", aanmelding)
    context = (
        story(user, aanmelding, [punt.pk for punt in punten])
        | acquaintances(user, aanmelding)
        | {
            "open_punt": open_punt,
            "besluiten": sorted((p for p in punten if p.besluit), key=lambda p: p.pk, reverse=True),
            "mag": mag,
            "aanwezig": others_in([aanmelding.melding_id], user.pk).get(aanmelding.melding_id, []),
            "kolommen": targets(aanmelding) if mag else [],
            "afrondform": _form(aanmelding)
            if mag and open_punt is None and aanmelding.status in TE_RONDEN
            else None,
            "eigen_url": reverse("triage:aanmelding_detail", args=[nummer]),
            "bord_url": f"{reverse('triage:board')}?bord={aanmelding.bord}",
            "zegt_te_kennen": aanmelding.status != AanmeldingStatus.AFGEROND,
        }
    )
    return render(request, "triage/aanmelding_detail.html", context)


def _form(aanmelding: Aanmelding) -> AfrondForm:
    return AfrondForm(initial={"versie": aanmelding.versie})


@require_POST
def aanmelding_finish(request: HttpRequest, nummer: str) -> HttpResponse:
    """Het team is klaar: de aanmelding gaat van het bord en de melding sluit."""
    aanmelding = get_permitted_or_404(
        request.user,
        "triage.decide_aanmelding",
        Aanmelding.objects.exclude(status=AanmeldingStatus.AFGEROND).select_related("melding__inwoner"),
        melding__nummer=nummer,
    )
    form = AfrondForm(request.POST)
    bord = aanmelding.bord
    detail = reverse("triage:aanmelding_detail", args=[nummer])
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect(f"{detail}#afronden")
    try:
        finish_aanmelding(aanmelding=aanmelding, actor=request.user, at=timezone.now(), **form.cleaned_data)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(detail)
    messages.success(request, f"{nummer} is afgerond en van het bord.")
    return redirect(f"{reverse('triage:board')}?bord={bord}")
