"""De werkvoorraad van triage, en het wegen van één melding."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.models import Melding
from intake.status import MeldingStatus
from skt.autorisatie.rules import explain, get_permitted_or_404, requires
from skt.kern.errors import DomainError
from skt.verantwoording.services import record_read
from skt.web.leefgebieden import HULPVRAAG
from socialekaart.models import Lijn
from socialekaart.queries import suggest
from triage.forms.toekennen import asked, toekenning_form, valid_together
from triage.forms.triage import TriageForm
from triage.forms.velden import show_refusal
from triage.models import Aanmelding, Bord, Uitkomst
from triage.queries import (
    Uitvraagbeeld,
    find_aanbod,
    read_uitvraag,
    suggest_bord,
)
from triage.queries.protocol import advise
from triage.services import CrisisNeedsFollowUp, MandaatMissing, NobodyWarned, ToekenningRefused, do_triage
from triage.views.advies import show_advice
from triage.views.beeld import gebied, geboren, gelezen, herkomst, themas

SPRING = [
    {"url": "#vraag", "label": "De vraag"},
    {"url": "#advies", "label": "Advies"},
    {"url": "#aanbod", "label": "Aanbod"},
    {"url": "#wegen", "label": "Wegen"},
]
SUGGESTIES = 6
VELD_VAN = {NobodyWarned: "gewaarschuwd", MandaatMissing: "uitkomst", CrisisNeedsFollowUp: "uitkomst"}


@requires("triage.do_triage")
@require_http_methods(["GET", "POST"])
def triage_form(request: HttpRequest, nummer: str) -> HttpResponse:
    """Eén melding wegen: de uitvraag in beeld, de 0de lijn eerst."""
    user = request.user
    meldingen = Melding.objects.select_related("inwoner", "contactmoment__medewerker", "verantwoordelijke")
    melding = get_permitted_or_404(
        user, "intake.triage_melding", meldingen.filter(status=MeldingStatus.IN_TRIAGE), nummer=nummer
    )
    if "ander_aanbod" in request.GET:
        return _offer_search(request)
    uitvraag = read_uitvraag(melding.pk)
    toekenning = toekenning_form(request.POST or None, user=user, dag=timezone.localdate())
    raad = advise(melding)
    voorstel = (raad.weging.advies.bord if raad else "") or suggest_bord(melding)
    form = TriageForm(
        request.POST or None,
        raad=raad,
        voorstel=Bord(voorstel),
        mag_toekennen=toekenning is not None,
        initial=_initial(melding, uitvraag, voorstel),
    )
    if request.method == "POST" and valid_together(form, toekenning):
        try:
            triage = do_triage(
                melding=melding, actor=user, at=timezone.now(), toekenning=asked(toekenning), **form.facts()
            )
        except ToekenningRefused as error:
            show_refusal(toekenning or form, error)
        except DomainError as error:
            show_refusal(form, error, VELD_VAN.get(type(error), ""))
        else:
            messages.success(request, _outcome(melding, triage.uitkomst))
            return redirect("triage:worklist")
    record_read(action="triage.triage_form", rows=gelezen([melding]))
    return render(
        request,
        "triage/triage_form.html",
        {
            "melding": melding,
            "form": form,
            "toekenning": toekenning,
            "uitvraag": uitvraag,
            "geboren": geboren(melding),
            "gebied": gebied(melding),
            "herkomst": herkomst(melding),
            "themas": themas(melding),
            "aanbod": _offers(form, melding, uitvraag),
            "advies": show_advice(raad),
            "waarom": explain(user, "intake.triage_melding", melding),
            "acties": _actions(),
            "spring": SPRING,
        },
        status=422 if form.is_bound and form.errors and request.htmx else 200,
    )


def _initial(melding: Melding, uitvraag: Uitvraagbeeld, voorstel: str) -> dict[str, Any]:
    """Wat het voorportaal al vroeg, hoeft niemand over te typen."""
    return {
        "versie": melding.versie,
        "bord": voorstel,
        "eigen_kracht": "\n".join(f"{label}: {tekst}" for label, tekst in uitvraag.eigen_kracht),
        "netwerk": "\n".join(f"{label}: {tekst}" for label, tekst in uitvraag.netwerk),
    }


def _offers(form: TriageForm, melding: Melding, uitvraag: Uitvraagbeeld) -> list[dict[str, Any]]:
    """Het aanbod om aan te vinken: wat de sociale kaart voorstelt, en wat al is aangevinkt."""
    gevraagd = [gebied for gebied, score in uitvraag.scores.items() if score and score <= HULPVRAAG]
    tekst = " ".join([melding.hulpvraag, *uitvraag.toelichtingen.values()])
    voorgesteld = [
        s for s in suggest(tekst, gevraagd, limit=2 * SUGGESTIES) if s.voorziening.lijn == Lijn.NULDE
    ][:SUGGESTIES]
    gekozen = {str(pk) for pk in form["voorzieningen"].value() or []}
    items = [
        {
            "voorziening": s.voorziening,
            "woorden": s.woorden,
            "waarom": s.waarom,
            "gekozen": str(s.voorziening.pk) in gekozen,
        }
        for s in voorgesteld
    ]
    bekend = {str(s.voorziening.pk) for s in voorgesteld}
    rest = form.fields["voorzieningen"].queryset.filter(
        pk__in=[pk for pk in gekozen - bekend if pk.isdecimal()]
    )
    return items + [
        {"voorziening": v, "woorden": [], "waarom": v.omschrijving, "gekozen": True} for v in rest
    ]


def _offer_search(request: HttpRequest) -> HttpResponse:
    """Wat er op de sociale kaart bij de getypte woorden past: een stukje van de pagina, voor htmx."""
    tekst = request.GET.get("ander_aanbod", "").replace("\x00", "").strip()[:120]
    gekozen = set(request.GET.getlist("voorzieningen"))
    gevonden = [
        {"voorziening": v, "woorden": [], "waarom": v.omschrijving, "gekozen": str(v.pk) in gekozen}
        for v in (find_aanbod(tekst) if tekst else [])
    ]
    return render(request, "triage/triage_form.html#gevonden", {"gevonden": gevonden, "zoektekst": tekst})


def _outcome(melding: Melding, uitkomst: str) -> str:
    """De zin na het vastleggen: waar de melding nu is."""
    aanmelding = Aanmelding.objects.filter(melding=melding).exclude(status="afgerond").first()
    if aanmelding is None:
        naar = (
            "staat weer bij het loket, om na te bellen" if uitkomst == Uitkomst.CRISISROUTE else "is gesloten"
        )
        return f"Triage vastgelegd: {melding.nummer} {naar}."
    return f"Triage vastgelegd: {melding.nummer} staat nu op het bord {aanmelding.get_bord_display()}."


def _actions() -> list[dict[str, Any]]:
    return [
        {
            "acties": [
                {"label": "Triage vastleggen", "soort": "primair", "toets": "Ctrl+Enter"},
                {"label": "Terug naar de lijst", "url": reverse("triage:worklist")},
            ]
        }
    ]
