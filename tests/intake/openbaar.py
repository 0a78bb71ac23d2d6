"""Wat een bezoeker van buiten invult en verstuurt, voor de proeven van het openbare formulier."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from intake.models import Melding
from intake.poort import make_zegel
from skt.autorisatie.context import acting_as_system

INWONER = "/hulp-vragen/inwoner/"
PROFESSIONAL = "/hulp-vragen/professional/"
FORM = "application/x-www-form-urlencoded"


INHOUD = {
    "hulpvraag": "Wie kan mij helpen?",
    "melder_soort": "inwoner zelf",
    "email": "annie@voorbeeld.invalid",
    "bevestiging_gevraagd": True,
}


class Browser(Client):
    """Sends a form as a browser does; the test client would make it multipart."""

    def post(self, path: str, data: Any = None, content_type: str = FORM, **extra: Any) -> Any:
        body = urlencode(data) if isinstance(data, dict) else data
        follow = extra.pop("follow", False)
        answer = self.generic("POST", path, body or b"", content_type=content_type, **extra)
        return self.get(answer.url) if follow and answer.status_code == 302 else answer


def zegel(leeftijd: timedelta = timedelta(minutes=4)) -> str:
    return make_zegel(timezone.now() - leeftijd)


def ingevuld(**anders: Any) -> dict[str, Any]:
    data = {
        "zegel": zegel(),
        "voor_wie": "zelf",
        "voornaam": "Annie",
        "achternaam": "Verhage",
        "geboren": "8-3-1942",
        "postcode": "2244qf",
        "huisnummer": "17",
        "contactwijze": "bellen",
        "telefoon": "070 555 02 18",
        "veilig": "ja",
        "hulpvraag": "Ik kom er niet meer uit met de post.",
        "kan_wachten": "ja",
        **anders,
    }
    return {name: value for name, value in data.items() if value is not None}


def professional(**anders: Any) -> dict[str, Any]:
    data = {
        "zegel": zegel(),
        "naam": "Dokter Blom",
        "functie": "Huisarts",
        "werkgever": "huisarts",
        "telefoon": "070-5550301",
        "over_achternaam": "Raven",
        "weet_ervan": "ja",
        "veilig": "ja",
        "hulpvraag": "Meneer komt elke week, maar het is geen vraag voor mij.",
        "kan_wachten": "ja",
        **anders,
    }
    return {name: value for name, value in data.items() if value is not None}


def de_melding() -> Melding:
    with acting_as_system("proef"):
        return Melding.objects.select_related("contactmoment", "opgave", "verantwoordelijk_team").get()


def aantal_meldingen() -> int:
    with acting_as_system("proef"):
        return Melding.objects.count()
