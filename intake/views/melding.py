"""De pagina van één melding: alles wat er is, waarom u het mag zien, en wat u ermee mag doen."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from intake.aanwezigheid import others_in, show_up
from intake.forms.velden import read_id
from intake.metingen import Meetmoment, read_metingen, told
from intake.models import Afhandeling, Melding, MeldingTermijn
from intake.opgaven import describe_opgave, flags_of_opgave, opgave_of
from intake.planning import planning_of
from intake.queries import organisaties_van
from intake.rijen import naam_van, urgentie_van
from intake.services import fulfil_termijn, start_concept, take_over
from intake.status import MELDING_TRANSITIONS, MeldingStatus
from intake.tijdlijn import read_tijdlijn
from intake.views.lezen import log_melding
from intake.vragen import LABELS
from skt.autorisatie.rules import explain, get_permitted_or_404, may, permitted
from skt.inwoners.models import Inwoner, VeiligContact
from skt.kern.errors import DomainError
from skt.kern.keuzelijsten import Thema
from skt.kern.weigeren import tell
from skt.medewerkers.models import Medewerker
from skt.termijnen.models import Eenheid
from skt.web.datums import long_date

ONDERWERP = "Uw vraag aan het loket"
"""Of a mail: never anything about a person."""
ZELFDE_GESPREK = timedelta(hours=12)
"""So long after a call a next question may still be added to it."""
STATUSSOORT = {
    MeldingStatus.OPEN: "blauw",
    MeldingStatus.IN_TRIAGE: "amber",
    MeldingStatus.BIJ_TEAM: "amber",
    MeldingStatus.GESLOTEN: "groen",
}


def whole_melding() -> QuerySet[Melding]:
    """A melding with all that its page shows, in a fixed number of queries."""
    return Melding.objects.select_related(
        "inwoner", "contactmoment", "contactmoment__medewerker", "contactmoment__doorverbonden_vanuit",
        "contactmoment__organisatie", "organisatie", "verantwoordelijke", "verantwoordelijk_team", "uitvraag",
        "uitvraag__methode", "uitvraag__medewerker", "opgave",
    ).prefetch_related(
        "uitvraag__antwoorden", "aanvullingen__medewerker", "meegegeven__voorziening", "termijnen__soort",
        "metingen__medewerker",
        "afspraken__gepland_door", "terugbelverzoeken__medewerker", "terugbelverzoeken__team",
        "terugbelverzoeken__gemaakt_door",
        "signalen",
    )  # fmt: skip


@require_safe
def melding_detail(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = get_permitted_or_404(request.user, "intake.view_melding", whole_melding(), nummer=nummer)
    redenen = explain(request.user, "intake.view_melding", melding)
    log_melding("intake.view_melding", melding, redenen)
    antwoorden = list(melding.uitvraag.antwoorden.all()) if hasattr(melding, "uitvraag") else []
    metingen = read_metingen([melding.pk]) if melding.metingen.all() else []
    acties = actions_on(request, melding)
    opgave = opgave_of(melding)
    context = {
        "melding": melding,
        "naam": naam_van(melding),
        "urgentie": urgentie_van(melding),
        "status_soort": STATUSSOORT[MeldingStatus(melding.status)],
        "themas": [Thema(thema).label for thema in melding.themas if thema in Thema.values],
        "gegevens": _facts(request, melding),
        "vlaggen": [*flags_of(melding.inwoner), *flags_of_opgave(opgave)],
        "opgave": opgave,
        "opgegeven": describe_opgave(opgave) if opgave else [],
        "signalen": melding.signalen.all(),
        "scores": {antwoord.leefgebied: antwoord.score for antwoord in antwoorden},
        "toelichtingen": {antwoord.leefgebied: told(antwoord) for antwoord in antwoorden},
        "metingen": metingen,
        "latere": metingen[1:],
        "gevraagd": _asked_then(melding, metingen),
        "termijnen": [_termijn(termijn) for termijn in melding.termijnen.all()],
        "tijdlijn": read_tijdlijn(melding),
        "redenen": [f"{reden[:1].upper()}{reden[1:]}." for reden in redenen],
        "acties": acties,
        "planning": planning_of(melding, mag_plannen=acties["uitvraag"], mag_bellen=acties["handle"]),
        "nu": timezone.localtime(),
        "aanwezig": present_in(request, melding),
    }
    return render(request, "intake/melding_detail.html", context)


def present_in(request: HttpRequest, melding: Melding) -> list[Medewerker]:
    """Say that this medewerker is here, and tell who else is."""
    show_up(melding.pk, request.user.pk)
    return others_in([melding.pk], request.user.pk).get(melding.pk, [])


@require_safe
def melding_presence(request: HttpRequest, nummer: str) -> HttpResponse:
    """The open page asks this by itself: who else is in this melding now? Shows no more than names of colleagues."""
    melding = get_permitted_or_404(
        request.user, "intake.view_melding", Melding.objects.only("pk", "nummer"), nummer=nummer
    )
    context = {"melding": melding, "aanwezig": present_in(request, melding)}
    return render(request, "intake/_aanwezig.html", context)


@require_safe
def melding_confirmation(request: HttpRequest, nummer: str) -> HttpResponse:
    """What was agreed, to read out, to print or to mail; nothing about the question itself."""
    melding = get_permitted_or_404(request.user, "intake.view_melding", whole_melding(), nummer=nummer)
    redenen = explain(request.user, "intake.view_melding", melding)
    log_melding("intake.view_melding", melding, redenen)
    regels = confirmation_lines(melding)
    return render(
        request,
        "intake/melding_confirmation.html",
        {
            "melding": melding,
            "regels": regels,
            "mailto": f"mailto:?{urlencode({'subject': ONDERWERP, 'body': chr(10).join(regels)}, quote_via=quote)}",
        },
    )


def confirmation_lines(melding: Melding) -> list[str]:
    """The confirmation for the caller, in plain sentences; no name of an inwoner and no question in it."""
    lines = [f"U sprak met het loket van het sociaal kernteam op {_day(melding.ontvangen_op)}."]
    lines.append(f"Uw nummer is {melding.nummer}. Noem het als u weer belt.")
    for gegeven in melding.meegegeven.all():
        one = gegeven.voorziening
        facts = ", ".join(filter(None, [one.aanbieder, one.telefoon, one.kosten]))
        lines.append(f"Wij noemden u: {one.naam}{f' ({facts})' if facts else ''}.")
    if melding.volgende_stap and melding.uiterlijk:
        lines.append(f"Wij doen dit: {melding.volgende_stap}, uiterlijk {_day(melding.uiterlijk)}.")
    lines.extend(
        f"{termijn.soort.naam}: uiterlijk {_day(termijn.uiterlijk)}."
        for termijn in melding.termijnen.all()
        if termijn.soort.eenheid != Eenheid.GEEN
        and termijn.voldaan_op is None
        and termijn.opgeschort_op is None
    )
    lines.append("Verandert er iets, of lukt het niet? Bel ons dan gerust.")
    return lines


def _day(moment: date | datetime) -> str:
    return long_date(timezone.localtime(moment).date() if isinstance(moment, datetime) else moment)


@require_POST
def melding_take(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = get_permitted_or_404(
        request.user, "intake.change_melding", Melding.objects.all(), nummer=nummer
    )
    tell(
        request,
        lambda: take_over(
            melding=melding,
            actor=request.user,
            at=timezone.now(),
            versie=read_id(request.POST.get("versie", "")),
        ),
        "De melding is nu van u.",
    )
    return redirect("intake:melding_detail", nummer=nummer)


@require_POST
def melding_more(request: HttpRequest, nummer: str) -> HttpResponse:
    """Nog een vraag in ditzelfde gesprek: een eigen melding bij hetzelfde contactmoment."""
    melding = get_permitted_or_404(
        request.user, "intake.view_melding", Melding.objects.select_related("contactmoment"), nummer=nummer
    )
    if not _same_call(request, melding):
        messages.error(request, "Bij dit gesprek kunt u geen vraag meer toevoegen. Begin een nieuw gesprek.")
        return redirect("intake:melding_detail", nummer=nummer)
    over = permitted(
        request.user, "inwoners.view_inwoner", Inwoner.objects.filter(pk=melding.inwoner_id)
    ).first()
    concept = start_concept(
        actor=request.user, at=timezone.now(), contactmoment=melding.contactmoment, over=over
    )
    return redirect("intake:contact", sleutel=concept.sleutel)


@require_POST
def termijn_fulfil(request: HttpRequest, nummer: str, pk: int) -> HttpResponse:
    melding = get_permitted_or_404(
        request.user, "intake.change_melding", Melding.objects.all(), nummer=nummer
    )
    termijn = melding.termijnen.filter(pk=pk).first()
    try:
        if termijn is not None:
            fulfil_termijn(termijn=termijn, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "De termijn is afgevinkt." if termijn else "Deze termijn is er niet.")
    return redirect("intake:melding_detail", nummer=nummer)


def actions_on(request: HttpRequest, melding: Melding) -> dict[str, Any]:
    """Which buttons the page shows: what the status table and the Rules allow now."""
    user, routes = request.user, {t.naam for t in MELDING_TRANSITIONS.available(melding)}
    may_change = may(user, "intake.change_melding", melding)
    may_write = may_change or may(user, "intake.triage_melding", melding)
    may_append = may(user, "intake.append_melding", melding)
    is_open = melding.status == MeldingStatus.OPEN
    has_later = bool(melding.metingen.all())
    return {
        "handle": may_change and is_open,
        # the grounds of intake.manage_termijn, without asking once more
        "termijnen": may_append if melding.status == MeldingStatus.GESLOTEN else may_write,
        "close": may_change
        and "close" in routes
        and melding.afhandeling in {Afhandeling.HULPVERLENING, Afhandeling.CRISISROUTE},
        "take": may_change and is_open and melding.verantwoordelijke_id != user.pk,
        "transfer": may_change and is_open,
        "append": may_append,
        "uitvraag": may_write and melding.status != MeldingStatus.GESLOTEN and not has_later,
        "meting": may_append and hasattr(melding, "uitvraag"),
        "person": may_change and melding.inwoner_id is None and melding.status != MeldingStatus.GESLOTEN,
        "fulfil": may_change,
        "more": _same_call(request, melding),
        "inwoner": melding.inwoner_id is not None and may(user, "inwoners.view_inwoner", melding.inwoner),
    }


def _same_call(request: HttpRequest, melding: Melding) -> bool:
    contact = melding.contactmoment
    recent = timezone.now() - contact.begonnen_op < ZELFDE_GESPREK
    return (
        recent and contact.medewerker_id == request.user.pk and may(request.user, "intake.register_contact")
    )


def _facts(request: HttpRequest, melding: Melding) -> list[dict[str, Any]]:
    contact = melding.contactmoment
    wie = melding.verantwoordelijke
    waar = organisaties_van([wie.pk]).get(wie.pk, "") if wie else ""
    ik = "u" if melding.verantwoordelijke_id == request.user.pk else ""
    facts = [
        {
            "label": "Melder",
            "waarde": contact.melder_naam or contact.get_melder_soort_display(),
            "bij": " · ".join(
                filter(
                    None,
                    [
                        contact.get_melder_soort_display() if contact.melder_naam else "",
                        contact.melder_telefoon,
                    ],
                )
            ),
        },
        {
            "label": "Van wie" if melding.status != MeldingStatus.GESLOTEN else "Afgehandeld door",
            "waarde": wie or melding.verantwoordelijk_team or "Niemand",
            "bij": " · ".join(filter(None, [ik, waar])),
        },
    ]
    if contact.doorverbonden_vanuit:
        facts.append({"label": "Doorverbonden door", "waarde": contact.doorverbonden_vanuit.naam, "bij": ""})
    if melding.inwoner_weet_ervan is not None:
        facts.append(
            {
                "label": "Inwoner weet ervan",
                "waarde": "Ja" if melding.inwoner_weet_ervan else "Nee",
                "bij": melding.waarom_niet,
            }
        )
    return facts


def flags_of(inwoner: Inwoner | None) -> list[dict[str, str]]:
    """What must be seen before anybody picks up the phone."""
    if inwoner is None:
        return []
    flags = []
    if inwoner.veilig_contact != VeiligContact.JA:
        tekst = inwoner.veilig_contact_toelichting or "Neem zelf geen contact op."
        flags.append({"icon": "schild", "kop": inwoner.get_veilig_contact_display(), "tekst": tekst})
    if inwoner.geheim_adres:
        flags.append({"icon": "slot", "kop": "Geheim adres", "tekst": "Geef het adres aan niemand door."})
    if inwoner.tolk_nodig:
        flags.append(
            {"icon": "gesprek", "kop": "Tolk nodig", "tekst": inwoner.taal or "De taal staat er niet bij."}
        )
    return flags


def _asked_then(melding: Melding, metingen: list[Meetmoment]) -> list[dict[str, Any]]:
    """The questions of each version that asked something here, as they were then."""
    methoden = [moment.methode for moment in metingen]
    if not methoden and hasattr(melding, "uitvraag"):
        methoden = [melding.uitvraag.methode]
    return [
        {
            "methode": methode,
            "vragen": [
                {"label": LABELS[gebied], "vragen": lijst} for gebied, lijst in methode.asked().items()
            ],
        }
        for methode in {methode.pk: methode for methode in methoden}.values()
    ]


def _termijn(termijn: MeldingTermijn) -> dict[str, Any]:
    is_duty = termijn.soort.eenheid == Eenheid.GEEN
    return {
        "pk": termijn.pk,
        "naam": termijn.soort.naam,
        "bron": termijn.soort.bron,
        "uiterlijk": None if is_duty else termijn.uiterlijk,
        "voldaan_op": termijn.voldaan_op,
        "opgeschort_op": termijn.opgeschort_op,
        "op_tijd": termijn.voldaan_op is not None and termijn.voldaan_op <= termijn.uiterlijk,
    }


def melding_url(melding: Melding) -> str:
    return reverse("intake:melding_detail", kwargs={"nummer": melding.nummer})
