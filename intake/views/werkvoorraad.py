"""De werkvoorraad van het loket: wat het eerst moet staat vooraan, en van wie het is."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from intake.aanwezigheid import others_in
from intake.agenda import Blik, read_agenda
from intake.bladeren import Blad, read_page
from intake.concepten import describe_concept
from intake.forms import WerkvoorraadFilter
from intake.models import Concept, Melding
from intake.nabellen import read_nabellen
from intake.planning import tell_in_rows
from intake.queries import (
    Groep,
    count_groups,
    deadlines_of,
    filter_worklist,
    nearing_termijnen,
    organisaties_van,
)
from intake.rijen import melding_row, naam_van
from intake.services import take_next
from intake.views.deuren import other_doors
from intake.views.lezen import log_meldingen
from skt.autorisatie.rules import permitted, requires
from skt.kern.bladeren import page_url
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.web.datums import left, short_day

MAX_CONCEPTEN = 20
MAX_NABELLEN = 5
EENHEID = {Groep.AFSPRAAK: ("afspraak", "afspraken")}
LEEG = {
    Groep.CRISIS: ("Geen crisis en geen spoed.", ""),
    Groep.AFSPRAAK: ("Vandaag zijn er geen afspraken.", ""),
    Groep.TERUGBELLEN: ("Niemand hoeft vandaag teruggebeld te worden.", ""),
    Groep.VANDAAG: ("Alles voor vandaag is klaar.", ""),
    Groep.NIEUW: ("Alles is opgepakt.", "Er ligt geen melding zonder eigenaar."),
    Groep.LATER: ("Er staat niets voor later.", ""),
}


@require_safe
@requires("intake.register_contact")
def worklist(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = WerkvoorraadFilter(request.GET)
    meldingen = filter_worklist(
        permitted(request.user, "intake.view_melding", Melding.objects.at_loket()),
        user=request.user,
        **form.chosen(),
    )
    counts = count_groups(meldingen, now)
    blad = read_page(
        meldingen.select_related("inwoner", "contactmoment", "verantwoordelijke", "verantwoordelijk_team"),
        now,
        na=request.GET.get("na", ""),
        voor=request.GET.get("voor", ""),
    )
    is_first = not blad.vorige
    concepten = list(Concept.objects.running(request.user)[:MAX_CONCEPTEN]) if is_first else []
    stil = (
        list(
            permitted(request.user, "intake.take_concept", Concept.objects.idle(now))
            .exclude(medewerker=request.user)
            .select_related("medewerker")[:MAX_CONCEPTEN]
        )
        if is_first
        else []
    )
    mijn = list(deadlines_of(request.user, now))
    blik = read_agenda(
        request.user, {request.user.pk: request.user.naam}, eerste=timezone.localtime(now).date(), dagen=1
    )
    termijnen = list(nearing_termijnen(now))
    nabellen = read_nabellen(request.user, MAX_NABELLEN)
    log_meldingen(
        "intake.view_worklist",
        {
            m.pk: m
            for m in (
                *blad.rijen,
                *mijn,
                *blik.meldingen,
                *(t.melding for t in termijnen),
                *(regel.melding for regel in nabellen.regels),
            )
        }.values(),
    )
    context = {
        "form": form,
        "nu": timezone.localtime(now),
        "tellers": _tellers(counts, len(concepten)),
        "aantal": _meervoud(counts["totaal"], "melding", "meldingen"),
        "groepen": _groepen(blad, counts, concepten, request.user, is_first=is_first, nu=now),
        "volgende_url": page_url(request, na=blad.volgende),
        "vorige_url": page_url(request, voor=blad.vorige),
        "dag": _dag(mijn, blik, concepten, now),
        "stil": [
            {
                "sleutel": concept.sleutel,
                "wie": concept.medewerker,
                "begonnen": concept.begonnen_op,
                "bewaard": concept.bewaard_op,
            }
            for concept in stil
        ],
        "termijnen": [
            {
                "titel": naam_van(termijn.melding),
                "url": reverse("intake:melding_detail", kwargs={"nummer": termijn.melding.nummer}),
                "tekst": termijn.soort.naam,
                "uiterlijk": termijn.uiterlijk,
            }
            for termijn in termijnen
        ],
        "nabellen": {
            "aantal": nabellen.aantal,
            "url": nabellen.url,
            "regels": [
                {"titel": naam_van(r.melding), "url": r.url, "tekst": r.tekst, "uiterlijk": r.uiterlijk}
                for r in nabellen.regels
            ],
        },
        "deuren": other_doors(request.user),
        "iets_vrij": counts["crisis_van_niemand"] or counts[f"groep_{Groep.NIEUW.value}"],
    }
    template = "intake/worklist.html"
    return render(request, f"{template}#lijst" if request.htmx else template, context)


@require_POST
@requires("intake.register_contact")
def worklist_next(request: HttpRequest) -> HttpResponse:
    """Pak de volgende op: wat van niemand is en het eerst moet."""
    try:
        melding = take_next(actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.info(request, str(error))
        return redirect("intake:worklist")
    return redirect("intake:melding_detail", nummer=melding.nummer)


def _tellers(counts: dict[str, int], concepten: int) -> list[dict[str, Any]]:
    van_niemand, te_laat = counts["crisis_van_niemand"], counts["te_laat"]
    bellen_te_laat = counts["bellen_te_laat"]
    aantal = {groep: counts[f"groep_{groep.value}"] for groep in Groep}
    return [
        {
            "url": "#g-crisis",
            "getal": aantal[Groep.CRISIS],
            "naam": "Crisis en spoed",
            "bij": f"{van_niemand} nog niet opgepakt" if van_niemand else "alles opgepakt",
            "bij_soort": "rood" if van_niemand else "",
            "soort": "rood",
        },
        {
            "url": "#g-afspraak",
            "getal": aantal[Groep.AFSPRAAK],
            "naam": "Afspraken",
            "bij": "vandaag",
        },
        {
            "url": "#g-terugbellen",
            "getal": aantal[Groep.TERUGBELLEN],
            "naam": "Terugbellen",
            "bij": f"{bellen_te_laat} te laat" if bellen_te_laat else "vandaag",
            "bij_soort": "rood" if bellen_te_laat else "",
        },
        {
            "url": "#g-vandaag",
            "getal": aantal[Groep.VANDAAG],
            "naam": "Vandaag",
            "bij": f"{te_laat} te laat" if te_laat else "niets te laat",
            "bij_soort": "rood" if te_laat else "",
        },
        {"url": "#g-nieuw", "getal": aantal[Groep.NIEUW], "naam": "Nieuw", "bij": "nog van niemand"},
        {"url": "#g-concept", "getal": concepten, "naam": "Concepten", "bij": "van u"},
    ]


def _groepen(
    blad: Blad,
    counts: dict[str, int],
    concepten: list[Concept],
    user: Medewerker,
    *,
    is_first: bool,
    nu: datetime,
) -> list[dict[str, Any]]:
    """The groups with a row on this page; the first page also shows what is empty, so that it can be seen to be done."""
    ids = {
        Groep.CRISIS: "g-crisis",
        Groep.AFSPRAAK: "g-afspraak",
        Groep.TERUGBELLEN: "g-terugbellen",
        Groep.VANDAAG: "g-vandaag",
        Groep.NIEUW: "g-nieuw",
        Groep.LATER: "g-later",
    }
    shown: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    organisaties = organisaties_van(m.verantwoordelijke_id for m in blad.rijen)
    aanwezig = others_in((m.pk for m in blad.rijen), user.pk)
    for groep in Groep:
        rows = [
            melding_row(m, user, organisaties, aanwezig.get(m.pk, ()))
            for m in blad.rijen
            if m.groep == groep.value
        ]  # type: ignore[attr-defined]
        total = counts[f"groep_{groep.value}"]
        told += rows
        if groep == Groep.LATER and is_first:
            shown.append(_conceptgroep(concepten, user))
        if not rows and (total or not is_first):
            continue
        kop, tekst = LEEG[groep]
        shown.append(
            {
                "id": ids[groep],
                "titel": str(groep.label),
                "aantal": _meervoud(total, *EENHEID.get(groep, ("melding", "meldingen"))),
                "rijen": rows,
                "leeg_kop": kop,
                "leeg_tekst": tekst,
            }
        )
    tell_in_rows(told, blad.rijen, nu)
    return shown


def _conceptgroep(concepten: list[Concept], user: Medewerker) -> dict[str, Any]:
    waar = organisaties_van([user.pk]).get(user.pk, "")
    return {
        "id": "g-concept",
        "titel": "Concepten",
        "aantal": "gesprekken die u nog niet heeft afgerond",
        "leeg_kop": "U heeft geen open gesprekken.",
        "rijen": [
            {
                "url": reverse("intake:contact", kwargs={"sleutel": concept.sleutel}),
                "pk": concept.pk,
                "naam": describe_concept(concept),
                "tekst": str((concept.gegevens.get("hulpvraag") or [""])[-1])[:160],
                "binnen": concept.begonnen_op,
                "nummer": "concept",
                "eigenaar": user,
                "eigenaar_bij": waar,
                "ik": True,
                "stap": "Afronden",
                "uiterlijk": timezone.localtime(concept.begonnen_op).date(),
            }
            for concept in concepten
        ],
    }


def _dag(mijn: list[Melding], blik: Blik, concepten: list[Concept], now: datetime) -> list[dict[str, Any]]:
    """Own work of today by the clock; what is late comes first. What stands in the agenda is told as it stands there."""
    in_agenda = {melding.pk for melding in blik.meldingen}
    items: list[dict[str, Any]] = [
        {
            "op": regel.begin,
            "titel": regel.titel,
            "url": regel.url,
            "bij": regel.bij,
            "voorbij": (regel.eind or regel.begin) < now,
        }
        for dag in blik.dagen
        for regel in dag.regels
    ]
    items += [
        {
            "op": melding.uiterlijk,
            "titel": f"{melding.volgende_stap}: {naam_van(melding)}",
            "url": reverse("intake:melding_detail", kwargs={"nummer": melding.nummer}),
            "bij": _te_laat(melding, now),
            "voorbij": bool(melding.uiterlijk and melding.uiterlijk < now),
        }
        for melding in mijn
        if melding.pk not in in_agenda
    ]
    if concepten:
        items.append(
            {
                "op": now,
                "titel": _meervoud(len(concepten), "open gesprek", "open gesprekken") + " afronden",
                "url": "#g-concept",
                "bij": "",
                "voorbij": False,
            }
        )
    return sorted(items, key=lambda item: (not item["voorbij"], item["op"]))


def _te_laat(melding: Melding, now: datetime) -> str:
    if melding.uiterlijk is None or melding.uiterlijk >= now:
        return ""
    return f"{left(melding.uiterlijk, now)}, {short_day(timezone.localtime(melding.uiterlijk).date())}"


def _meervoud(aantal: int, een: str, meer: str) -> str:
    return f"{aantal} {een if aantal == 1 else meer}"
