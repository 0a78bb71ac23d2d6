"""Een concept op proef: beginnen, volgen, stoppen en lezen wat er anders was gegaan. Alleen aantallen."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from skt.autorisatie.rules import get_permitted_or_404
from skt.kern.errors import DomainError
from skt.kern.weigeren import tell
from triage.models import Proefstatus, Protocolproef, Uitkomst, Urgentie
from triage.protocol.klein import say
from triage.protocol.woorden import name_team
from triage.services.proef import start_proef, stop_proef
from triage.views.protocol import WIJZIGEN, get_versie

PROEVEN = Protocolproef.objects.select_related("versie", "tegen", "gestart_door")


@require_POST
def proef_start(request: HttpRequest, pk: int) -> HttpResponse:
    versie = get_versie(request, WIJZIGEN, pk)
    try:
        proef = start_proef(versie=versie, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("triage:protocol_detail", pk=pk)
    return redirect("triage:proef_detail", pk=proef.pk)


@require_POST
def proef_stop(request: HttpRequest, pk: int) -> HttpResponse:
    proef = get_permitted_or_404(request.user, WIJZIGEN, PROEVEN.all(), pk=pk)
    tell(
        request,
        lambda: stop_proef(proef=proef, actor=request.user, at=timezone.now()),
        "De proef stopt. Er is niets veranderd.",
    )
    return redirect("triage:proef_detail", pk=pk)


@require_safe
def proef_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Hoever het is, en daarna: echt gegaan, advies nu en advies van de nieuwe versie naast elkaar."""
    proef = get_permitted_or_404(request.user, WIJZIGEN, PROEVEN.all(), pk=pk)
    klaar = proef.status == Proefstatus.KLAAR
    context = {
        "proef": proef,
        "stil": proef.is_stil(timezone.now()),
        "procent": min(100, proef.gedaan * 100 // proef.totaal) if proef.totaal else 0,
        "gewijzigd": proef.versie.bewerking != proef.bewerking,
        **(_outcome(proef) if klaar else {}),
    }
    template = "triage/proef_detail.html"
    if request.htmx:
        response = render(request, f"{template}#voortgang", context)
        if not proef.is_bezig:
            response["HX-Refresh"] = "true"  # the tables are there now
        return response
    return render(request, template, context)


def _outcome(proef: Protocolproef) -> dict[str, Any]:
    uitslag = proef.uitslag
    # Named as they were tried; what was tried before that was kept has only the names of now.
    regels = uitslag.get("regels") or [str(regel.get("naam", "")) for regel in proef.versie.regels]
    return {
        "aantal": say(uitslag["aantal"]),
        "anders": say(uitslag["anders"]),
        "zinnen": _sentences(uitslag),
        "tabellen": [
            ("Waarheen", _rows(uitslag, "waarheen", [*_routes(uitslag)], name_route)),
            ("Urgentie", _rows(uitslag, "urgentie", [*Urgentie.values, ""], name_urgency)),
        ],
        "verschuivingen": [
            (name_route(van), name_route(naar), say(aantal))
            for van, naar, aantal in uitslag["verschuivingen"]
        ],
        "regels": [
            {"nummer": nummer, "naam": naam, "geldt": say(geldt), "telt": say(telt), "nooit": geldt == 0}
            for nummer, (naam, geldt, telt) in enumerate(
                zip(regels, uitslag["geraakt"], uitslag["telt"], strict=False), start=1
            )
        ],
    }


def _routes(uitslag: dict[str, Any]) -> list[str]:
    """Every route of the list that occurs in one of the columns, the teams of the overleg first."""
    seen = {key for wat in ("echt", "nu", "nieuw") for key in uitslag[f"{wat}.waarheen"]}
    order = [f"{Uitkomst.OVERLEG}|{bord}" for bord in ("jeugd", "volwassenen", "gezamenlijk")]
    order += [*Uitkomst.values, ""]
    return [key for key in order if key in seen]


def _rows(uitslag: dict[str, Any], deel: str, keys: list[str], label: Any) -> list[dict[str, Any]]:
    kolommen = [uitslag[f"{wat}.{deel}"] for wat in ("echt", "nu", "nieuw")]
    return [
        {
            "naam": label(key),
            "cellen": [say(kolom.get(key, 0)) for kolom in kolommen],
            "anders": kolommen[1].get(key, 0) != kolommen[2].get(key, 0),
        }
        for key in keys
        if any(key in kolom for kolom in kolommen)
    ]


def _sentences(uitslag: dict[str, Any]) -> list[str]:
    """‘Met deze versie waren er 31 naar … gegaan, nu 24’: only where both counts may be told."""
    nu, nieuw = uitslag["nu.waarheen"], uitslag["nieuw.waarheen"]
    return [
        f"Met deze versie: {nieuw.get(key, 0)} naar {name_route(key)}, in plaats van {nu.get(key, 0)}."
        for key in _routes(uitslag)
        if key
        and isinstance(nu.get(key, 0), int)
        and isinstance(nieuw.get(key, 0), int)
        and nu.get(key, 0) != nieuw.get(key, 0)
    ]


def name_route(key: str) -> str:
    uitkomst, _, bord = key.partition("|")
    if not uitkomst:
        return "geen advies"
    naam = str(Uitkomst(uitkomst).label).lower()
    return f"{naam}, {name_team(bord)}" if bord else naam


def name_urgency(waarde: str) -> str:
    return Urgentie(waarde).kort if waarde else "geen advies"
