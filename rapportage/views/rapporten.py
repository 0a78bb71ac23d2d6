"""Rapporten aan de raad: vragen, zien hoever het is, stoppen en ophalen."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rapportage.forms.rapport import RapportForm
from rapportage.models import Raadsrapport
from rapportage.queries import file_of, period_of, reportable
from rapportage.services import STAPPEN, request_rapport, stop_rapport
from rapportage.tijdvak import UnknownPeriod, parse_tijdvak
from skt.autorisatie.rules import may, requires
from skt.kern.bladeren import page, page_url
from skt.kern.errors import DomainError
from skt.verantwoording.models import Soort
from skt.verantwoording.services import record
from skt.web.papier import pdf_response

VIEW, MAAK = "rapportage.view_publicatie", "rapportage.make_raadsrapport"
PER_PAGINA = 25
SOORTEN = {"klaar": "groen", "mislukt": "rood", "gestopt": "amber", "bezig": "blauw", "wacht": "blauw"}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(VIEW)
def rapport_list(request: HttpRequest) -> HttpResponse:
    """Every report there is, the newest first; who makes policy asks for another."""
    mag_maken = may(request.user, MAAK)
    if request.method == "POST" and not mag_maken:
        raise Http404
    perioden = reportable()
    form = RapportForm(request.POST if request.method == "POST" else None, perioden=perioden)
    if request.method == "POST" and form.is_valid():
        try:
            rapport = request_rapport(
                tijdvak=form.cleaned_data["periode"], actor=request.user, at=timezone.now()
            )
        except DomainError as error:
            form.add_error("periode", str(error))
        else:
            messages.success(request, "Het rapport wordt gemaakt.")
            return redirect(_url(rapport))
    blad = page(
        Raadsrapport.objects.select_related("gevraagd_door"),
        "-gevraagd_op",
        "-id",
        size=PER_PAGINA,
        na=request.GET.get("na"),
        voor=request.GET.get("voor"),
    )
    return render(
        request,
        "rapportage/raadsrapport_list.html",
        {
            "rijen": [
                {
                    "rapport": rapport,
                    "tijdvak": period_of(rapport),
                    "url": _url(rapport),
                    "soort": SOORTEN[rapport.status],
                }
                for rapport in blad.rijen
            ],
            "form": form,
            "perioden": perioden,
            "mag_maken": mag_maken,
            "volgende_url": page_url(request, na=blad.volgende),
            "vorige_url": page_url(request, voor=blad.vorige),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


@require_safe
@requires(VIEW)
def rapport_detail(request: HttpRequest, periode: str, versie: int) -> HttpResponse:
    """How far it is, and when it is done what it is."""
    rapport = _find(periode, versie)
    template = "rapportage/raadsrapport_detail.html"
    return render(
        request,
        f"{template}#voortgang" if request.htmx else template,
        {
            "rapport": rapport,
            "tijdvak": period_of(rapport),
            "procent": 100 * rapport.gedaan // STAPPEN,
            # In pieces, so that it breaks on a narrow screen.
            "zegel": re.findall(".{1,8}", rapport.sha256),
            "mag_maken": may(request.user, MAAK),
        },
    )


@require_POST
@requires(MAAK)
def rapport_stop(request: HttpRequest, periode: str, versie: int) -> HttpResponse:
    rapport = _find(periode, versie)
    try:
        rapport = stop_rapport(rapport=rapport, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(_url(rapport))


@require_safe
@requires(VIEW)
def rapport_pdf(request: HttpRequest, periode: str, versie: int) -> HttpResponse:
    """The very bytes that were kept."""
    rapport = _find(periode, versie)
    if not rapport.is_klaar:
        raise Http404
    pdf = file_of(rapport)
    if pdf is None:
        messages.error(
            request, "Dit bestand is niet meer wat is bewaard. Waarschuw de functioneel beheerder."
        )
        return redirect(_url(rapport))
    record(
        action="rapportage.download_raadsrapport",
        subject=rapport,
        soort=Soort.LEZEN,
        gegevens={"periode": periode, "versie": versie},
    )
    soort = "conceptrapport" if rapport.is_concept else "raadsrapport"
    return pdf_response(pdf, f"{soort}-skt-{period_of(rapport).code}-versie-{versie}")


def _find(periode: str, versie: int) -> Raadsrapport:
    try:
        tijdvak = parse_tijdvak(periode)
    except UnknownPeriod as error:
        raise Http404 from error
    rapport = (
        Raadsrapport.objects.select_related("gevraagd_door")
        .filter(periode=tijdvak.soort, begin=tijdvak.begin, versie=min(versie, 32767))
        .first()
    )
    if rapport is None:
        raise Http404
    return rapport


def _url(rapport: Raadsrapport) -> str:
    return reverse("rapportage:rapport_detail", args=[period_of(rapport).code, rapport.versie])
