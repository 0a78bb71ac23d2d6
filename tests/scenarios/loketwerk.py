"""Wat een professional doet, pagina voor pagina: een gesprek voeren, triëren, besluiten. Altijd door dezelfde views."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skt.medewerkers.models import Medewerker
from socialekaart.models import Voorziening
from tests.scenarios.pagina import Knop, Pagina
from tests.scenarios.vignetten import Vignet, Vraag

GEWAARSCHUWD = {
    "vg-d-11": "Crisisdienst ouderen, huisarts",
    "vg-d-17": "112, aan de lijn gebleven",
    "vg-d-30": "Politie, 112",
}
ADVIES = "Uitgelegd waar dit kan, en het nummer gegeven."
DUUR = timedelta(minutes=9)


class Klok:
    """De tijd van de site, zoals de proef haar zet. Er wordt nergens gewacht."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.nu: datetime

    def zet(self, moment: datetime) -> None:
        self.nu = moment
        self.monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


class Werkdag:
    """Wie er wanneer aan het werk is: inloggen, en de klok op dat moment."""

    def __init__(self, klok: Klok) -> None:
        self.klok = klok

    def begin(self, medewerker: Medewerker, op: datetime) -> Pagina:
        self.klok.zet(op)
        client = Client()
        client.force_login(medewerker, backend="django.contrib.auth.backends.ModelBackend")
        return Pagina(client)


def voer_gesprek(pagina: Pagina, klok: Klok, vignet: Vignet) -> str:
    """Een nieuw gesprek, van opnemen tot de knop van de route. Geeft het nummer van de melding die ervan kwam."""
    pagina.open(reverse("intake:contact_new"))
    return _vraag(pagina, klok, vignet, vignet.eerste, {**vignet.contact(), **_persoon(vignet.eerste)})


def stel_nog_een_vraag(pagina: Pagina, klok: Klok, vignet: Vignet) -> str:
    """In hetzelfde gesprek een tweede, losse vraag: vanaf de pagina van de eerste melding."""
    assert vignet.tweede
    pagina.druk("Nog een vraag")
    if pagina.heeft_knop("Maak los van deze inwoner") and vignet.tweede.betreft != vignet.eerste.betreft:
        pagina.druk("Maak los van deze inwoner")
    return _vraag(pagina, klok, vignet, vignet.tweede, _persoon(vignet.tweede))


def _vraag(pagina: Pagina, klok: Klok, vignet: Vignet, vraag: Vraag, begin: dict[str, Any]) -> str:
    verwacht = vraag.verwacht
    velden = {
        **begin,
        "hulpvraag": vignet.gegevens["gesprek"],
        "aard": verwacht["aard"],
        "themas": verwacht["themas"],
        "spoor": verwacht["spoor"] or "",
        "meervoudigheid": verwacht["meervoudigheid"],
        **{f"score_{gebied}": score for gebied, score in vraag.scores.items()},
        **{f"toelichting_{gebied}": verwacht["toelichting"] for gebied in list(vraag.scores)[:1]},
    }
    pagina.druk("Zoek nu" if pagina.heeft_knop("Zoek nu") else "Bewaar dit gesprek", velden)
    _geef_mee(pagina, vraag)
    klok.zet(klok.nu + DUUR)
    velden = dict.fromkeys(vraag.vinkjes, "on")
    if vraag.bord:
        if verwacht["urgentie"].startswith("spoed"):
            velden["spoed"] = "on"
    elif vraag.route != "crisisroute":
        velden["toelichting"] = ADVIES
    pagina.druk(vraag.knop, velden)
    if vraag.route == "crisisroute":
        wie = {
            "gewaarschuwd": GEWAARSCHUWD[vignet.id],
            "gewaarschuwd_op": f"{klok.nu - timedelta(minutes=2):%Y-%m-%dT%H:%M}",
        }
        pagina.druk("Start de crisisroute", wie)
    return pagina.url.rstrip("/").rpartition("/")[2]


def _persoon(vraag: Vraag) -> dict[str, str]:
    if not vraag.is_over_iemand or not vraag.betreft:
        return {}
    geboren = vraag.betreft["geboortedatum"] or ""
    return {
        "roepnaam": vraag.betreft["roepnaam"] or "",
        "achternaam": vraag.betreft["achternaam"].removesuffix(" (vermoedelijk)"),
        "geboren": "-".join(reversed(geboren.split("-"))),
    }


def _geef_mee(pagina: Pagina, vraag: Vraag) -> None:
    """Wat de sociale kaart voorstelt en past, geeft de professional mee."""
    passend = Voorziening.objects.in_bulk(vraag.verwacht["voorzieningen_0delijn"], field_name="code")
    waarden = {str(voorziening.pk) for voorziening in passend.values()}
    if pagina.heeft_knop(_is_geef_mee(waarden)):
        pagina.druk(_is_geef_mee(waarden))


def _is_geef_mee(waarden: set[str]) -> Callable[[Knop], bool]:
    return lambda knop: knop.naam == "geef_mee" and knop.waarde in waarden


def doe_triage(pagina: Pagina, nummer: str, vraag: Vraag) -> None:
    """De toegang pakt de melding uit de werkvoorraad, kijkt eerst naar de 0de lijn, weegt, en brengt haar naar een bord."""
    verwacht = vraag.verwacht
    pagina.open(reverse("triage:worklist"))
    assert nummer in pagina.tekst, "de melding staat niet in de werkvoorraad van triage"
    pagina.open(reverse("triage:triage_form", args=[nummer]))
    velden = {
        "ernst": verwacht["ernst"],
        "urgentie": verwacht["urgentie"],
        "uitkomst": "aanmeldoverleg",
        "bord": vraag.bord,
        "toelichting": verwacht["toelichting"],
        "ernaast": "later",
        "afwijkreden": "meer bekend",
        **_nuldelijn(vraag),
    }
    if "huiselijk" in verwacht["toelichting"] or "meldcode" in verwacht["toelichting"]:
        velden |= dict.fromkeys(("stap1_op", "stap2_op"), f"{timezone.localdate():%Y-%m-%d}")
    pagina.druk("Triage vastleggen", velden)


def _nuldelijn(vraag: Vraag) -> dict[str, str]:
    codes = vraag.verwacht["voorzieningen_0delijn"]
    if not codes:
        return {"nuldelijn": "past_niet", "nuldelijn_toelichting": "Eerst moet het thuis veilig zijn."}
    return {"nuldelijn": "past", "ander_aanbod": Voorziening.objects.get(code=codes[0]).naam}
