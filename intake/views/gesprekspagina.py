"""Alles wat de gesprekspagina naast het formulier laat zien: wie het kan zijn, wat past, wat de wet vraagt."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from intake.concepten import browser_key, describe_concept
from intake.forms import GesprekForm
from intake.forms.persoon import PERSOON
from intake.kandidaten import Bekenden, find_kandidaten, is_full_match, show_adres
from intake.models import Concept, Melding, Standaardtekst
from intake.queries import EerderContact, earlier_meldingen
from intake.rijen import urgentie_van
from intake.services import Route
from intake.themavoorstel import propose_themas
from intake.views.lezen import log_inwoners
from intake.voorstel import propose
from intake.wettelijk import REGELS, Regel, codes_of, relevant
from skt.autorisatie.rules import permitted
from skt.inwoners.models import Inwoner
from skt.kern.keuzelijsten import Leefgebied
from skt.medewerkers.models import Medewerker
from skt.termijnen.models import Eenheid, Termijnsoort
from socialekaart.models import Voorziening
from socialekaart.queries import suggest

AANTAL_SUGGESTIES = 3
VERNIEUWT = {
    *PERSOON, "inwoner_keuze", "melder_soort", "melder_telefoon", "melder_naam", "hulpvraag", "aard", "themas", "spoor",
    "meervoudigheid", "voorzieningen", *(regel.naam for regel in REGELS),
    *(f"{name}_{gebied.value}" for gebied in Leefgebied for name in ("score", "toelichting")),
}  # fmt: skip
"""Changes of these make the side columns say something else."""


def build_context(
    request: HttpRequest, concept: Concept, form: GesprekForm, *, paneel: str = "", ouder: bool = False
) -> dict[str, Any]:
    gekozen = _chosen(request, form)
    bekenden = Bekenden() if gekozen else find_kandidaten(form.zoekvraag(), form.kenmerken())
    eerder = earlier_meldingen(form.gekozen_id) if gekozen and form.gekozen_id else []
    _log(bekenden, gekozen, form.gekozen_id)
    if paneel == "crisis" and not form.errors:
        form.fields["gewaarschuwd"].widget.attrs |= {"data-autofocus": "", "autofocus": True}
    scores = {gebied.value: _score(form, gebied.value) for gebied in Leefgebied}
    voorstel = propose_themas(str(form["hulpvraag"].value() or ""), form.gekozen_themas)
    wettelijk, wettelijk_meer = _legal(form, voorstel)
    mee = list(Voorziening.objects.filter(pk__in=form.voorziening_ids).order_by("naam"))
    return {
        "concept": concept,
        "kluis": browser_key(concept),
        "standaardteksten": Standaardtekst.objects.in_use(),
        "form": form,
        "titel": describe_call(form),
        "naam": describe_concept(concept),
        "thema_voorstel": voorstel,
        "paneel": "crisis" if paneel == "crisis" or form["gewaarschuwd"].value() else "",
        "ouder": ouder,
        "nu_invoer": f"{timezone.localtime():%Y-%m-%dT%H:%M}",
        "gekozen": gekozen,
        "bekenden": bekenden,
        "nieuw_bevestigd": form.is_nieuw_bevestigd,
        "eerder": _history(request.user, eerder),
        "meegegeven": mee,
        "suggesties": _suggestions(form, mee),
        "wettelijk": wettelijk,
        "wettelijk_meer": wettelijk_meer,
        "voorstel": propose(
            aard=str(form["aard"].value() or ""),
            spoor=str(form["spoor"].value() or ""),
            meervoudigheid=str(form["meervoudigheid"].value() or ""),
            scores=scores,
            meegegeven=len(mee),
        ),
        "acties": _actions(),
        "crisis": {
            "label": "Crisisroute",
            "naam": "actie",
            "waarde": Route.CRISISROUTE.value,
            "toets": "Alt+9",
        },
        "spring": SPRING,
        "bewaard": f"Bewaard om {timezone.localtime(concept.bewaard_op):%H:%M}" if concept.gegevens else "",
    }


SPRING = [
    {"url": "#wie", "label": "Wie"},
    {"url": "#wat", "label": "Vraag"},
    {"url": "#matrix-kop", "label": "Gebieden"},
    {"url": "#hulp", "label": "Hulp"},
]


def describe_call(form: GesprekForm) -> str:
    """‘Marijke Verhage over Annie Verhage’; wat niet bekend is blijft weg."""
    melder = str(form["melder_naam"].value() or "").strip()
    over = " ".join(
        str(form[name].value() or "").strip() for name in ("roepnaam", "voorvoegsel", "achternaam")
    ).split()
    if form["melder_soort"].value() == "inwoner zelf":
        return " ".join(over) or melder or "Nieuw gesprek"
    if melder and over:
        return f"{melder} over {' '.join(over)}"
    return melder or (f"Over {' '.join(over)}" if over else "Nieuw gesprek")


def _chosen(request: HttpRequest, form: GesprekForm) -> dict[str, Any] | None:
    """Who was chosen, as far as may be shown; None when nobody was, or it doesn't hold."""
    gekozen = form.gekozen_id
    if gekozen is None:
        return None
    inwoner = permitted(request.user, "inwoners.view_inwoner", Inwoner.objects.filter(pk=gekozen)).first()
    if inwoner is not None:
        return {"inwoner": inwoner, "naam": inwoner.naam, "adres": show_adres(inwoner)}
    if is_full_match(gekozen, form.zoekvraag()):
        return {"inwoner": None, "naam": "de inwoner die al bekend is", "adres": ""}
    return None


def _log(bekenden: Bekenden, gekozen: dict[str, Any] | None, gekozen_id: int | None) -> None:
    log_inwoners("intake.search_inwoner", [one.pk for one in bekenden.kandidaten])
    if gekozen and gekozen_id:
        log_inwoners("intake.view_eerder_contact", [gekozen_id])


def _history(user: Medewerker, eerder: list[EerderContact]) -> list[dict[str, Any]]:
    """Who may read a melding sees its number and its urgency; of another one only what domein 4 allows."""
    open_voor = permitted(
        user, "intake.view_melding", Melding.objects.filter(pk__in=[one.melding_id for one in eerder])
    ).in_bulk()
    shown = []
    for one in eerder:
        item: dict[str, Any] = {"op": one.op, "tekst": one.tekst}
        if (melding := open_voor.get(one.melding_id)) is not None:
            item |= {
                "url": reverse("intake:melding_detail", kwargs={"nummer": melding.nummer}),
                "nummer": melding.nummer,
                "urgentie": urgentie_van(melding),
            }
        shown.append(item)
    return shown


def _suggestions(form: GesprekForm, mee: list[Voorziening]) -> list[dict[str, Any]]:
    given = {voorziening.pk for voorziening in mee}
    tekst = str(form["hulpvraag"].value() or "")
    found = suggest(tekst, form.besproken(), limit=AANTAL_SUGGESTIES + len(given))
    shown = []
    for one in found:
        if one.voorziening.pk not in given:
            feiten = (one.voorziening.aanbieder, one.voorziening.kosten, one.voorziening.plek)
            shown.append(
                {
                    "pk": one.voorziening.pk,
                    "titel": one.voorziening.naam,
                    "url": _voorziening_url(one.voorziening),
                    "fout_url": f"{_voorziening_url(one.voorziening)}#k-fout",
                    "feiten": " · ".join(filter(None, feiten)),
                    "telefoon": one.voorziening.telefoon,
                    "woorden": one.woorden,
                    "waarom": one.waarom,
                }
            )
    for n, one in enumerate(shown[:AANTAL_SUGGESTIES], start=1):
        one["toets"] = f"Alt+Shift+{n}"
    return shown[:AANTAL_SUGGESTIES]


def _voorziening_url(voorziening: Voorziening) -> str:
    try:
        return reverse("socialekaart:voorziening_detail", kwargs={"code": voorziening.code})
    except NoReverseMatch:
        return ""


def _legal(form: GesprekForm, voorstel: list[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The duties that count now as tick boxes with the terms they start; and the other ones, for when you know better."""
    ticked = [regel for regel in REGELS if form[regel.naam].value()]
    # Who chooses no thema hears it too, by what was written.
    themas = form.gekozen_themas or (voorstel if str(form["hulpvraag"].value() or "").strip() else [])
    now = [*relevant(themas, str(form["aard"].value() or "")), *ticked]
    codes = codes_of(regel.naam for regel in ticked)
    soorten = Termijnsoort.objects.in_bulk(codes) if codes else {}
    vandaag = timezone.localdate()
    terms = [
        {"label": soorten[code].naam, "datum": soorten[code].uiterlijk(vandaag)}
        for code in codes
        if code in soorten and soorten[code].eenheid != Eenheid.GEEN
    ]
    ticks = [_tick(form, regel) for regel in REGELS if regel in now]
    for n, tick in enumerate(ticks[:3], start=7):
        tick["toets"] = f"Alt+Shift+{n}"
    return (
        [*ticks, *terms],
        [_tick(form, regel) for regel in REGELS if regel not in now],
    )


def _tick(form: GesprekForm, regel: Regel) -> dict[str, Any]:
    return {
        "naam": regel.naam,
        "label": regel.label,
        "tekst": regel.tekst,
        "bron": regel.bron,
        "bron_titel": regel.bron_titel,
        "gedaan": bool(form[regel.naam].value()),
    }


def _score(form: GesprekForm, gebied: str) -> int | None:
    text = str(form[f"score_{gebied}"].value() or "")
    return int(text) if text in {"1", "2", "3", "4", "5"} else None


def _actions() -> list[dict[str, Any]]:
    def knop(route: Route, toets: str, label: str = "", **more: Any) -> dict[str, Any]:
        return {
            "label": label or str(route.label),
            "naam": "actie",
            "waarde": route.value,
            "toets": toets,
            **more,
        }

    return [
        {
            "label": "Afronden",
            "acties": [
                knop(Route.INFORMATIE, "Alt+1", extra=True),
                knop(Route.HULPVERLENING, "Alt+2", extra=True),
                knop(Route.TRIAGE, "Alt+3", soort="primair"),
                knop(Route.ANDERE_TOEGANG, "Alt+4", extra=True),
            ],
        },
        {
            "label": "Later",
            "acties": [
                knop(Route.TERUGBELLEN, "Alt+5", extra=True),
                knop(Route.AFSPRAAK, "Alt+6", "Afspraak", extra=True),
                knop(Route.LATER, "Alt+7", "Later afmaken", extra=True),
            ],
        },
    ]
