"""Alles wat de pagina van het wegen laat zien naast het formulier: de uitvraag, het netwerk, het aanbod, wie er meekijkt."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from intake.concepten import seal_key
from intake.models import Melding
from intake.netwerkbeeld import read_netwerken
from skt.medewerkers.models import Medewerker
from skt.web.leefgebieden import HULPVRAAG
from socialekaart.queries import suggest_free
from triage.forms.netwerk import NetwerklidForm
from triage.forms.triage import TriageForm
from triage.models import Triageconcept
from triage.queries import Uitvraagbeeld, read_uitvraag
from triage.views.advies import show_advice
from triage.views.beeld import gebied, geboren, herkomst, themas

SPRING = [
    {"url": "#vraag", "label": "De vraag"},
    {"url": "#aanbod", "label": "Aanbod"},
    {"url": "#wegen", "label": "Wegen"},
]
DELEN = (
    ("nuldelijn", "0de lijn"),
    ("leefgebieden", "Leefgebieden"),
    ("wegen", "Wegen"),
    ("veiligheid", "Veiligheid"),
    ("netwerk", "Netwerk"),
    ("waarheen", "Waarheen"),
)
SUGGESTIES = 6


def build_context(
    melding: Melding,
    form: TriageForm,
    concept: Triageconcept | None,
    nwform: NetwerklidForm,
    *,
    user: Medewerker,
    aanwezig: Iterable[Medewerker],
    waarom: Iterable[str],
) -> dict[str, Any]:
    uitvraag = read_uitvraag(melding.pk)
    return {
        "melding": melding,
        "form": form,
        "nwform": nwform,
        "concept": concept,
        "concept_versie": concept.versie if concept else 1,
        "sleutel": f"triage-{melding.nummer}",
        "kluis": seal_key(f"triage:{melding.pk}", user.pk),
        "aanwezig": list(aanwezig),
        "uitvraag": uitvraag,
        "geboren": geboren(melding),
        "gebied": gebied(melding),
        "herkomst": herkomst(melding),
        "themas": themas(melding),
        "netwerkbeeld": read_netwerken([melding.inwoner])[0] if melding.inwoner else None,
        "nw_open": bool(nwform.errors or nwform["nw_naam"].value()),
        "aanbod": offers(form, melding, uitvraag),
        "advies": show_advice(form.raad),
        "waarom": list(waarom),
        "acties": _actions(),
        "spring": SPRING,
        "delen": [
            {"url": f"#deel-{sleutel}", "label": label, "toets": f"Alt+{nummer}", "nummer": nummer}
            for nummer, (sleutel, label) in enumerate(DELEN, start=1)
        ],
    }


def offers(form: TriageForm, melding: Melding, uitvraag: Uitvraagbeeld) -> list[dict[str, Any]]:
    """Het aanbod om aan te vinken: wat de sociale kaart voorstelt, en wat al is aangevinkt."""
    gevraagd = [gebied for gebied, score in uitvraag.scores.items() if score and score <= HULPVRAAG]
    tekst = " ".join([melding.hulpvraag, *uitvraag.toelichtingen.values()])
    leeftijd = melding.inwoner.leeftijd if melding.inwoner else None
    voorgesteld = suggest_free(
        tekst, leefgebieden=gevraagd, themas=melding.themas, leeftijd=leeftijd, limit=SUGGESTIES
    )
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
    aanbod: Any = form.fields["voorzieningen"]
    rest = aanbod.queryset.filter(pk__in=[pk for pk in gekozen - bekend if pk.isdecimal()])
    return items + [
        {"voorziening": v, "woorden": [], "waarom": v.omschrijving, "gekozen": True} for v in rest
    ]


def _actions() -> list[dict[str, Any]]:
    return [
        {
            "acties": [
                {"label": "Triage vastleggen", "soort": "primair", "toets": "Ctrl+Enter"},
                {"label": "Bewaar voor later", "naam": "actie", "waarde": "bewaar"},
                {"label": "Terug naar de lijst", "url": reverse("triage:worklist")},
            ]
        }
    ]
