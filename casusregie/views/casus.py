"""De pagina van één casus: wat nu aan de beurt is, wie meedoet, wat er gebeurde, en waarom u het mag zien."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casusregie.models import Actie, Betrokkenheid, Casus, CasusUserObjectPermission, Nazorg, Regieniveau
from casusregie.plan import read_plan
from casusregie.queries import employers, read_noodtoegangen
from casusregie.status import CASUS_TRANSITIONS, CasusStatus
from casusregie.tijdlijn import SOORTEN, read_tijdlijn
from casusregie.views.kop import flags_of, head_of, people_of
from casusregie.views.lezen import emergency_until, is_emergency, log_casus
from casusregie.views.lijst import STATUSSOORT
from intake.metingen import last_scores, read_metingen
from intake.models import Melding
from intake.netwerkbeeld import read_netwerken
from skt.autorisatie.rules import get_permitted_or_404, may, permitted
from skt.autorisatie.verzoek import Verzoek
from skt.medewerkers.models import Medewerker
from skt.web.datums import clock, when

TIJDLIJN = 20
"""Zoveel regels staan er op een bladzijde van de tijdlijn."""
STAPPEN = {"start": "casus_start", "taper": "casus_taper", "resume": "casus_resume"}
"""Welke pagina bij welke overgang hoort; sluiten en de terugval gaan via het resultaat van de nazorg."""
NOOD_ZICHTBAAR = timedelta(days=7)
"""Zo lang staat bovenaan de casus dat iemand noodtoegang opende; daarna onder ‘Wie keek mee?’."""


def whole_casus() -> QuerySet[Casus]:
    """Een casus met wie erin staat; de rest van de pagina komt uit een vast aantal queries."""
    return Casus.objects.select_related("team", "geopend_door").prefetch_related("leden")


@require_safe
def casus_detail(request: Verzoek, nummer: str) -> HttpResponse:
    casus = get_permitted_or_404(request.user, "casusregie.view_casus", whole_casus(), nummer=nummer)
    redenen = log_casus(request.user, casus)
    tijdlijn = _tijdlijn(request, casus)
    if request.htmx and request.htmx.target == "tijdlijn":
        return render(request, "casusregie/_tijdlijn.html", tijdlijn)
    rechten = rights_on(request.user, casus)
    regie = list(
        casus.regietoewijzingen.filter(tot__isnull=True)
        .select_related("medewerker", "organisatie")
        .order_by("soort")
    )
    mensen = people_of(casus)
    acties = _acties(request.user, casus, rechten)
    nazorg = list(casus.nazorg.filter(uitgevoerd_op__isnull=True).order_by("gepland_op", "pk"))
    metingen = read_metingen([casus.melding_id])
    vandaag = timezone.localdate()
    context = {
        "casus": casus,
        "status_soort": STATUSSOORT[CasusStatus(casus.status)],
        "procesregie": casus.regieniveau == Regieniveau.PROCESREGIE,
        "gegevens": head_of(request.user, casus, mensen, regie),
        "vlaggen": [*_noodvlaggen(casus, rechten), *flags_of(casus, mensen)],
        "nood_tekst": _noodtekst(request.user, casus) if is_emergency(redenen) else "",
        "rechten": rechten,
        "acties": acties,
        "nazorg": nazorg,
        "aan_de_beurt": _telling(acties, nazorg, vandaag),
        "plan": read_plan(casus, last_scores(metingen), [regel["actie"] for regel in acties]),
        "zet_doelen": rechten["wijzigt"] and casus.status != CasusStatus.NAZORG,
        "vandaag": vandaag,
        "regie": regie,
        "schaling": casus.schalingen.select_related("medewerker").order_by("-besloten_op", "-pk").first(),
        "betrokken": _betrokken(casus),
        "vast": {toewijzing.organisatie_id for toewijzing in regie if toewijzing.soort == "casusregie"},
        "genodigden": list(_genodigden(casus)),
        "stappen": _stappen(casus, rechten),
        "eerst_starten": rechten["wijzigt"] and casus.status == CasusStatus.IN_OPSTART,
        "melding": _melding(request.user, casus),
        "netwerken": [beeld for beeld in read_netwerken(mensen) if beeld["leden"]],
        "metingen": metingen,
        "scores": metingen[0].scores if metingen else {},
        "toelichtingen": metingen[0].teksten if metingen else {},
        **tijdlijn,
        "redenen": [f"{reden[:1].upper()}{reden[1:]}." for reden in redenen],
    }
    return render(request, "casusregie/casus_detail.html", context)


def _tijdlijn(request: Verzoek, casus: Casus) -> dict[str, Any]:
    """Wat _tijdlijn.html nodig heeft: op de pagina en als stuk ervan."""
    soort = request.GET.get("tijdlijn", "")
    soort = soort if soort in dict(SOORTEN) else ""
    na = request.GET.get("na", "")[:40]
    tijdlijn = read_tijdlijn(casus, soort=soort, na=na, aantal=TIJDLIJN)
    verder = urlencode({"tijdlijn": soort, "na": tijdlijn.volgende})
    return {
        "tijdlijn": tijdlijn.items,
        "tijdlijn_soort": soort,
        "tijdlijn_soorten": [("", "Alles"), *SOORTEN],
        "tijdlijn_later": bool(na),
        "tijdlijn_eerder": f"{request.path}?{verder}#tijdlijn" if tijdlijn.volgende else "",
        "tijdlijn_url": request.path,
    }


def rights_on(user: Medewerker, casus: Casus) -> dict[str, bool]:
    """Wat deze medewerker met deze casus mag. Wie alleen noodtoegang heeft: niets dan lezen."""
    loopt = casus.status != CasusStatus.AFGESLOTEN
    beheert = may(user, "casusregie.manage_casus", casus)
    return {
        "beheert": beheert,
        "wijzigt": beheert and loopt,
        "schrijft": loopt and may(user, "casusregie.contribute_casus", casus),
        "schermt_af": loopt and may(user, "casusregie.shield_casus", casus),
    }


def _noodtekst(user: Medewerker, casus: Casus) -> str:
    tot = emergency_until(user, casus)
    return (
        f"U leest mee tot {when(tot)}. U kunt niets wijzigen; wat u bekijkt wordt vastgelegd." if tot else ""
    )


def _acties(user: Medewerker, casus: Casus, rechten: dict[str, bool]) -> list[dict[str, Any]]:
    """De open acties, wat het eerst moet bovenaan, met wie ze op klaar mag zetten."""
    acties = list(casus.acties.open().select_related("medewerker").order_by("uiterlijk", "pk"))
    eigen = set()
    if rechten["schrijft"] and not rechten["wijzigt"]:
        mine = permitted(user, "casusregie.complete_actie", Actie.objects.filter(casus=casus))
        eigen = set(mine.values_list("pk", flat=True))
    waar = employers()
    return [
        {
            "actie": actie,
            "waar": waar.get(actie.medewerker_id or 0, ""),
            "wie": actie.medewerker or actie.get_uitvoerder_display(),
            "ik": actie.medewerker_id == user.pk,
            "mag": rechten["wijzigt"] or actie.pk in eigen,
        }
        for actie in acties
    ]


def _telling(acties: list[dict[str, Any]], nazorg: list[Nazorg], vandaag: Any) -> str:
    te_laat = sum(regel["actie"].uiterlijk < vandaag for regel in acties)
    te_laat += sum(contact.gepland_op < vandaag for contact in nazorg)
    open_ = len(acties) + len(nazorg)
    return " · ".join(
        filter(None, [f"{open_} open" if open_ else "", f"{te_laat} te laat" if te_laat else ""])
    )


def _betrokken(casus: Casus) -> list[Betrokkenheid]:
    """Wie nu meedoet; daarna wie meedeed."""
    return list(
        casus.betrokkenheden.select_related("organisatie", "medewerker").order_by(
            F("tot").desc(nulls_first=True), "van", "pk"
        )
    )


def _genodigden(casus: Casus) -> QuerySet[Medewerker]:
    op_naam = CasusUserObjectPermission.objects.filter(content_object=casus)
    return Medewerker.objects.filter(pk__in=op_naam.values("user")).order_by("voornaam", "achternaam")


def _stappen(casus: Casus, rechten: dict[str, bool]) -> list[dict[str, str]]:
    """De knoppen van de levensloop. Naar nazorg kan ook met open acties: het formulier rondt ze af."""
    if not rechten["wijzigt"]:
        return []
    mag = {overgang.naam for overgang in CASUS_TRANSITIONS.available(casus)}
    return [
        {"url": f"casusregie:{STAPPEN.get(overgang.naam, 'nazorg_start')}", "label": overgang.knop}
        for overgang in CASUS_TRANSITIONS
        if (overgang.naam in mag and overgang.naam in STAPPEN)
        or (overgang.naam == "nazorg" and casus.status in overgang.van)
    ]


def _melding(user: Medewerker, casus: Casus) -> Any:
    """De melding waar het mee begon, als deze medewerker haar mag zien."""
    return permitted(user, "intake.view_melding", Melding.objects.filter(pk=casus.melding_id)).first()


def _noodvlaggen(casus: Casus, rechten: dict[str, bool]) -> list[dict[str, str]]:
    """Wie de casus beheert ziet meteen dat iemand er met noodtoegang in keek (domein 4)."""
    if not rechten["beheert"]:
        return []
    nu = timezone.now()
    return [
        {
            "icon": "slot-open",
            "kop": f"Noodtoegang geopend door {toegang.medewerker}",
            "tekst": f"{toegang.organisatie}, {when(toegang.begint_op)}"
            f"{f', tot {clock(toegang.eindigt_op)}' if toegang.eindigt_op > nu else ''}: ‘{toegang.reden}’",
            "url": reverse("casusregie:casus_readers", args=[casus.nummer]),
            "url_label": "Wie keek mee?",
        }
        for toegang in read_noodtoegangen(casus, sinds=nu - NOOD_ZICHTBAAR)
    ]
