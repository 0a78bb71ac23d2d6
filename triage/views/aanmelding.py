"""De leespagina van één aanmelding, en haar afronden."""

from datetime import timedelta

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from intake.aanwezigheid import others_in, show_up
from skt.autorisatie.rules import Refused, get_permitted_or_404, may, permitted
from skt.kern.errors import DomainError
from skt.kern.weigeren import show_refusal
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record_read, record_refusal
from skt.web.datums import when
from triage.forms.bord import AfrondForm
from triage.forms.velden import typed
from triage.models import Aanmelding, Agendapunt
from triage.services import finish_aanmelding
from triage.status import AanmeldingStatus
from triage.views.beeld import gelezen_aanmeldingen, targets
from triage.views.kent_gezin import acquaintances
from triage.views.verhaal import story

AFRONDEN = "triage.decide_aanmelding"
GETOOND = TimestampSigner(salt="triage.aanmelding_finish")
WERKDAG = timedelta(hours=12)
"""Zo lang mag een bladzijde openstaan."""
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
    mag = may(user, AFRONDEN, aanmelding)
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
            "getoond": _shown(user, nummer) if te_ronden else "",
            "te_laat": te_laat,
            "getypt": typed(form, "toelichting") if te_laat and form else [],
            "eigen_url": reverse("triage:aanmelding_detail", args=[nummer]),
            "bord_url": _board(aanmelding),
            "zegt_te_kennen": aanmelding.status != AanmeldingStatus.AFGEROND,
        }
    )
    return render(request, "triage/aanmelding_detail.html", context, status=422 if form else 200)


@require_POST
def aanmelding_finish(request: HttpRequest, nummer: str) -> HttpResponse:
    """Het team is klaar: de aanmelding gaat van het bord en de melding sluit."""
    form = AfrondForm(request.POST)
    aanmelding = _to_finish(request, nummer)
    if aanmelding is None:
        return _too_late(request, nummer, form)
    if not form.is_valid():
        return _page(request, aanmelding, form)
    try:
        finish_aanmelding(aanmelding=aanmelding, actor=request.user, at=timezone.now(), **form.cleaned_data)
    except DomainError as error:
        nu = _to_finish(request, nummer)
        if nu is None:
            return _too_late(request, nummer, form)
        show_refusal(form, error)
        return _page(request, nu, form)
    messages.success(request, f"{nummer} is afgerond en van het bord.")
    return redirect(_board(aanmelding))


def _board(aanmelding: Aanmelding) -> str:
    return f"{reverse('triage:board')}?bord={aanmelding.bord}"


def _to_finish(request: HttpRequest, nummer: str) -> Aanmelding | None:
    rijen = (
        Aanmelding.objects.on_any_board().select_related(*BIJ_DE_AANMELDING).filter(melding__nummer=nummer)
    )
    return permitted(request.user, AFRONDEN, rijen).first()


def _too_late(request: HttpRequest, nummer: str, form: AfrondForm) -> HttpResponse:
    """Een ander was net eerder. Wie haar nog ziet, leest door wie; wie haar net op het scherm had, leest alleen dat het niet meer kan.

    Voor ieder ander is zij er niet: dat zij is afgerond, zegt dat zij er was. Wie haar niet meer mag afronden is geweigerd, ook
    als er een zin bij staat: dat komt in de verantwoording.
    """
    rijen = Aanmelding.objects.select_related(*BIJ_DE_AANMELDING, "gewijzigd_door").filter(
        melding__nummer=nummer
    )
    klaar = permitted(request.user, AFRONDEN, rijen).order_by("-pk").first()
    if klaar is not None and klaar.gewijzigd_door == request.user:
        messages.info(request, f"U heeft {nummer} al afgerond.")
        return redirect(_board(klaar))
    if klaar is not None:
        toen = f" ({when(klaar.gewijzigd_op)})" if klaar.gewijzigd_op else ""
        form.is_valid()
        form.add_error(
            None, f"{klaar.gewijzigd_door or 'Een collega'} heeft deze aanmelding al afgerond{toen}."
        )
        return _page(request, klaar, form)
    gevraagd = {"melding__nummer": nummer}
    if not _was_shown(request, nummer):
        raise Refused(AFRONDEN, "aanmelding", gevraagd)
    record_refusal(action=AFRONDEN, object_soort="aanmelding", gevraagd=gevraagd)
    messages.warning(
        request,
        f"Een ander was u net voor. {nummer} is afgerond, of staat niet meer op een bord dat u ziet. Wat u schreef is niet bewaard.",
    )
    return redirect("triage:board")


def _shown(user: Medewerker, nummer: str) -> str:
    """Bewijs dat wij deze aanmelding aan deze medewerker toonden; het gaat mee met het formulier."""
    return GETOOND.sign(f"{user.pk} {nummer}")


def _was_shown(request: HttpRequest, nummer: str) -> bool:
    try:
        getoond = GETOOND.unsign(request.POST.get("getoond", ""), max_age=WERKDAG)
    except BadSignature:
        return False
    return getoond == f"{request.user.pk} {nummer}"
