"""Het bord van een team: kolommen met kaarten, en een kaart verplaatsen."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from skt.autorisatie.rules import Refused, get_permitted_or_404, permitted, requires
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker, Rol
from skt.medewerkers.overdracht import VOORUIT, over_te_dragen
from skt.verantwoording.services import record_read
from skt.web.datums import short_day
from triage.forms.bord import BordFilterForm, KaartForm
from triage.models import Aanmelding, Bord, Overleg
from triage.permissions import own_borden
from triage.queries import scores_by_melding
from triage.queries.bord import (
    MEER,
    board_state,
    cards,
    count_borden,
    count_chips,
    count_columns,
    filter_board,
    latest_punten,
)
from triage.services import move_card
from triage.status import AanmeldingStatus, OverlegStatus
from triage.views.beeld import card, gelezen_aanmeldingen

KOLOMMEN = [status for status in AanmeldingStatus if status != AanmeldingStatus.AFGEROND]
GRENS = {AanmeldingStatus.VOOR_OVERLEG: 25, AanmeldingStatus.INTAKE: 8, AanmeldingStatus.TE_BELEGGEN: 5}
"""Zoveel kaarten kan het team aan in een kolom [V]: daarboven staat er ‘vol’, maar niemand wordt geweigerd."""
CHIPS = ("mijn", "spoed", "termijn", "niemand")


@requires("triage.view_board")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Het bord. Met `stand` (van het bord dat er al staat) komt er alleen iets terug als er iets is veranderd."""
    user, nu = request.user, timezone.now()
    borden = own_borden(user)
    bord = _chosen(request, borden)
    zichtbaar = permitted(user, "triage.view_aanmelding", Aanmelding.objects.all())
    op_het_bord = zichtbaar.on_board(bord)
    keuzes, form = _filters(request, bord)
    gevonden = filter_board(op_het_bord, user=user, at=nu, **keuzes)
    stand = board_state(gevonden)
    if request.htmx and request.GET.get("stand") == stand:
        return HttpResponse(status=204)
    overleg, blijft_liggen = _meetings(bord, nu)
    chips = count_chips(op_het_bord, user, nu)
    for naam in CHIPS:
        form[naam].label = f"{form[naam].label} {chips[naam]}"
    context = {
        "bord": bord,
        "form": form,
        "stand": stand,
        "nu": nu,
        "overleg": overleg,
        "blijft_liggen": blijft_liggen,
        "tabs": _tabs(zichtbaar.on_any_board(), borden, bord),
        "kolommen": _columns(request, gevonden, overleg, user, nu),
        "open": _open_column(request) or _looking_at(request),
        "url": reverse("triage:board"),
        "ververs_url": request.get_full_path(),
        "gefilterd": any(value for naam, value in keuzes.items()),
    }
    template = "triage/board.html"
    if not request.htmx:
        coordineert = user.heeft_rol(Rol.TEAMCOORDINATOR)
        context["overdracht"] = over_te_dragen(timezone.localdate(nu) + VOORUIT) if coordineert else []
        return render(request, template, context)
    parts = [
        render_to_string(f"{template}#{part}", context | {"oob": True}, request)
        for part in ("bord", "bijgewerkt")
    ]
    return HttpResponse("".join(parts))


def _chosen(request: HttpRequest, borden: list[str]) -> str:
    """Het gevraagde bord als het er een van de eigen borden is; zonder vraag het eigen bord, voor de toegang volwassenen."""
    gevraagd = request.GET.get("bord", "")
    if gevraagd in borden:
        return gevraagd
    if gevraagd in Bord.values:
        raise Refused("triage.view_board", "bord", {"bord": gevraagd})
    return Bord.VOLWASSENEN.value if Bord.VOLWASSENEN in borden else borden[0]


def _filters(request: HttpRequest, bord: str) -> tuple[dict[str, Any], BordFilterForm]:
    form = BordFilterForm({**request.GET.dict(), "bord": bord})
    form.is_valid()
    keuzes = {naam: waarde for naam, waarde in form.cleaned_data.items() if naam != "bord"}
    return keuzes, form


def _meetings(bord: str, nu: datetime) -> tuple[Overleg | None, Overleg | None]:
    """Het overleg dat komt (dat van vandaag zolang het niet is gesloten), en een dat bleef liggen."""
    gepland = Overleg.objects.filter(bord=bord, status=OverlegStatus.GEPLAND).select_related("voorzitter")
    vandaag = timezone.localtime(nu).replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        gepland.filter(begint_op__gte=vandaag).order_by("begint_op").first(),
        gepland.filter(begint_op__lt=vandaag).order_by("begint_op").first(),
    )


def _tabs(zichtbaar: "QuerySet[Aanmelding]", borden: list[str], bord: str) -> list[dict[str, Any]]:
    aantallen = count_borden(zichtbaar, borden)
    url = reverse("triage:board")
    return [
        {
            "url": f"{url}?bord={b}",
            "label": str(Bord(b).label),
            "aantal": aantallen.get(b, 0),
            "actief": b == bord,
        }
        for b in borden
    ]


def _open_column(request: HttpRequest) -> str:
    gevraagd = request.GET.get("kolom", "")
    return gevraagd if gevraagd in KOLOMMEN else ""


def _looking_at(request: HttpRequest) -> str:
    """De kolom die op een smal scherm open staat; bij het verversen blijft dat zo."""
    bekijkt = request.GET.get("bekijkt", "")
    return bekijkt if bekijkt in KOLOMMEN else str(AanmeldingStatus.VOOR_OVERLEG)


def _columns(
    request: HttpRequest,
    gevonden: "QuerySet[Aanmelding]",
    overleg: Overleg | None,
    user: Medewerker,
    nu: datetime,
) -> list[dict[str, Any]]:
    """De vijf kolommen met hun kaarten; wat er getoond wordt, wordt ook gelezen."""
    aantallen = count_columns(gevonden)
    open_kolom = _open_column(request)
    getoond = cards(gevonden, open_kolom)
    record_read(action="triage.board", rows=gelezen_aanmeldingen(getoond))
    scores = scores_by_melding(aanmelding.melding_id for aanmelding in getoond)
    punten = latest_punten(aanmelding.pk for aanmelding in getoond)
    pks = [aanmelding.pk for aanmelding in getoond]
    mag = set(
        permitted(user, "triage.decide_aanmelding", Aanmelding.objects.filter(pk__in=pks)).values_list(
            "pk", flat=True
        )
    )
    query = request.GET.copy()
    for eigen in ("stand", "bekijkt"):
        query.pop(eigen, None)
    terug = f"{request.path}?{query.urlencode()}"
    kolommen = []
    for status in KOLOMMEN:
        kaarten = [
            card(
                aanmelding, user=user, nu=nu, scores=scores, punt=punten.get(aanmelding.pk),
                mag_verplaatsen=aanmelding.pk in mag, terug=terug,
            )
            for aanmelding in getoond
            if aanmelding.status == status
        ]  # fmt: skip
        aantal = aantallen.get(status, 0)
        nog = aantal - len(kaarten)
        query["kolom"] = str(status)
        kolommen.append(
            {
                "id": str(status),
                "titel": _title(status, overleg),
                "kaarten": kaarten,
                "aantal": aantal,
                "grens": GRENS.get(status),
                "bij": f"(eerste {MEER} getoond)" if nog > 0 and status == open_kolom else "",
                "meer_url": f"{request.path}?{query.urlencode()}#kolom-{status}"
                if nog > 0 and status != open_kolom
                else "",
                "meer": f"Toon nog {nog}",
            }
        )
    return kolommen


def _title(status: AanmeldingStatus, overleg: Overleg | None) -> str:
    if status == AanmeldingStatus.VOOR_OVERLEG and overleg:
        return f"Voor overleg {short_day(timezone.localtime(overleg.begint_op).date())[3:]}"
    return str(status.label)


@require_POST
def card_move(request: HttpRequest, nummer: str) -> HttpResponse:
    """Verplaats een kaart; ook slepen komt hier uit."""
    aanmelding = get_permitted_or_404(
        request.user,
        "triage.decide_aanmelding",
        Aanmelding.objects.exclude(status=AanmeldingStatus.AFGEROND).select_related("melding__inwoner"),
        melding__nummer=nummer,
    )
    form = KaartForm({"naar": request.POST.get("naar", ""), "versie": request.GET.get("versie", "")})
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect(_back(request, aanmelding))
    try:
        moved = move_card(aanmelding=aanmelding, actor=request.user, at=timezone.now(), **form.cleaned_data)
    except DomainError as error:
        messages.error(request, f"{aanmelding.melding.nummer}: {error}")
    else:
        messages.success(request, f"{aanmelding.melding.nummer} staat nu bij ‘{moved.get_status_display()}’.")
    return redirect(_back(request, aanmelding))


def _back(request: HttpRequest, aanmelding: Aanmelding) -> str:
    """Terug naar het bord zoals het stond; alleen naar een pagina van het bord of van deze aanmelding."""
    url = reverse("triage:board")
    terug = request.GET.get("terug", "")
    eigen = reverse("triage:aanmelding_detail", args=[aanmelding.melding.nummer])
    if terug == eigen or terug.startswith(f"{url}?"):
        return terug
    return f"{url}?bord={aanmelding.bord}"
