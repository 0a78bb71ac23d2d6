"""Stuurinformatie: eerst de vragen van het beleid, dan per vraag zinnen en figuren. Alleen wat is vastgezet; nooit een mens."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from rapportage.beeld.bladzijde import Bladzijde, compose_first, compose_theme
from rapportage.beeld.bron import Bron
from rapportage.beeld.keuze import Keuze, offered
from rapportage.beeld.plannen import PER_THEMA, THEMAS, Thema
from rapportage.forms.keuze import KeuzeForm, read_keuze
from rapportage.maanden import name_maand
from rapportage.models import Periode
from rapportage.queries import open_draft, period_of, published_periods, read_catalogues
from rapportage.sluitdag import next_closing
from rapportage.tijdvak import Tijdvak
from rapportage.voortgang import closing_progress
from skt.autorisatie.rules import may, requires

VIEW = "rapportage.view_publicatie"
SCHRIJF = "rapportage.write_toelichting"
GEEN_FILTERS = "Deze figuren zijn er niet per gebied of leeftijd: de groepen zouden te klein worden."


@require_safe
@requires(VIEW)
def dashboard(request: HttpRequest) -> HttpResponse:
    """The first page: every question with its answer."""
    return _page(request, None)


@require_safe
@requires(VIEW)
def thema(request: HttpRequest, thema: str) -> HttpResponse:
    if thema not in PER_THEMA:
        raise Http404
    return _page(request, PER_THEMA[thema])


def _page(request: HttpRequest, gekozen: Thema | None) -> HttpResponse:
    perioden = published_periods()
    if not perioden:
        return render(request, "rapportage/leeg.html", {"thema": gekozen, "voortgang": closing_progress()})
    catalogi = read_catalogues()
    kenmerken = {jaar: catalogus.kenmerken for jaar, catalogus in catalogi.items()}
    gevraagd, onbekend = read_keuze(request.GET, perioden, kenmerken)
    codes = [plan.tabel for plan in gekozen.plannen] if gekozen else []
    filters = offered(catalogi.get(gevraagd.tijdvak.jaar), codes)
    keuze = gevraagd.only(filters)
    bladzijde = compose_theme(keuze, gekozen, perioden) if gekozen else compose_first(keuze, perioden)
    form = KeuzeForm(
        keuze,
        perioden=perioden,
        kenmerken=kenmerken.get(keuze.tijdvak.jaar, {}),
        filters=filters,
    )
    return render(
        request,
        "rapportage/thema.html" if gekozen else "rapportage/dashboard.html",
        {
            **frame(gevraagd, perioden, gekozen),
            "onbekende_periode": onbekend,
            "form": form,
            "bladzijde": bladzijde,
            "geen_filters": GEEN_FILTERS if codes and not filters else "",
            "mag_schrijven": (mag_schrijven := may(request.user, SCHRIJF)),
            **({"figuren": figures(bladzijde)} if gekozen else _draft(mag_schrijven)),
        },
    )


def _draft(mag_schrijven: bool) -> dict[str, Any]:
    """The draft that waits for the words of who makes policy."""
    rapport = open_draft() if mag_schrijven else None
    return {"concept": rapport, "concept_over": period_of(rapport)} if rapport else {}


def frame(
    keuze: Keuze, perioden: list[Tijdvak], gekozen: Thema | None, *, eerste: bool = True
) -> dict[str, Any]:
    """What stands around every page: the themes, the period, and when the next month closes."""
    sluiting = next_closing(perioden, settings.SKT_SLUITWERKDAG)
    return {
        "thema": gekozen,
        "tijdvak": keuze.tijdvak,
        "keuze": keuze,
        "voortgang": closing_progress(),
        "wijder": [tijdvak for tijdvak in keuze.tijdvak.wider() if tijdvak in perioden],
        "volgende_maand": name_maand(sluiting[0]) if sluiting else "",
        "volgende_dag": sluiting[1] if sluiting else None,
        "tabs": [
            {"label": "Overzicht", "url": f"{reverse('rapportage:dashboard')}?{keuze.query}", "actief": gekozen is None and eerste},
            *(
                {
                    "label": thema.tab,
                    "url": f"{reverse('rapportage:thema', args=[thema.code])}?{keuze.query}",
                    "actief": thema == gekozen,
                }
                for thema in THEMAS
            ),
        ],
    }  # fmt: skip


def figures(bladzijde: Bladzijde) -> list[dict[str, Any]]:
    """Per figure what hangs below it: the policy's own words, and a longer period in which it is offered."""
    tekst, gevonden = bladzijde.toelichtingen or {}, []
    for figuur in bladzijde.figuren:
        ruimer = longer(bladzijde.bron, figuur.niet.wel if figuur.niet else None)
        gevonden.append(
            {
                "figuur": figuur,
                "toelichting": tekst.get(figuur.id),
                "ruimer": ruimer,
                "ruimer_query": bladzijde.bron.keuze.of(ruimer).query if ruimer else "",
            }
        )
    return gevonden


def longer(bron: Bron, soort: Periode | None) -> Tijdvak | None:
    """The published period of this kind that holds the one on the page; else the last there is of that kind."""
    van_soort = [tijdvak for tijdvak in bron.perioden if tijdvak.soort == soort]
    eromheen = [tijdvak for tijdvak in bron.tijdvak.wider() if tijdvak in van_soort]
    return next(iter(eromheen or van_soort), None)
