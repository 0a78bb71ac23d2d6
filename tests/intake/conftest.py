"""Wie er in de proeven van het voorportaal werken, en een gesprek zoals een browser het verstuurt."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from intake.models import Concept, Melding
from intake.services import register_contact, register_inwoner, register_melding, start_concept
from skt.autorisatie.context import acting_as
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory
from tests.factories.medewerkers import MedewerkerFactory
from tests.fixtures import MAANDAG
from tests.intake.openbaar import Browser

GESPREK = {
    "kanaal": "telefonisch",
    "melder_soort": "naaste/netwerk",
    "melder_naam": "Marijke Verhage",
    "melder_telefoon": "070-555 02 18",
    "roepnaam": "Annie",
    "achternaam": "Verhage",
    "geboren": "8-3-1942",
    "postcode": "2244qf",
    "huisnummer": "17",
    "buurtcode": "BU06290005",
    "inwoner_weet_ervan": "ja",
    "hulpvraag": "Vorige week stond bij mijn moeder de pan droog te koken.",
    "aard": "hulpvraag",
    "themas": ["zelfstandig wonen van ouderen", "mantelzorg"],
    "spoor": "sociaal",
    "meervoudigheid": "meervoudig",
    "score_praktisch": "2",
    "toelichting_praktisch": "Pan drooggekookt.",
    "score_sociaal": "3",
}
"""Wat een professional bij een gewoon gesprek invult."""


@pytest.fixture
def loket(systeem: Werkcontext) -> Medewerker:
    return LoketmedewerkerFactory(voornaam="Marja", achternaam="Loket", organisatie="gemeente")


@pytest.fixture
def collega(systeem: Werkcontext) -> Medewerker:
    """Aan hetzelfde loket, van een andere organisatie."""
    return LoketmedewerkerFactory(voornaam="Jan", achternaam="Collega", organisatie="kwadraad")


@pytest.fixture
def zorgregisseur(systeem: Werkcontext) -> Medewerker:
    return MedewerkerFactory(rol=Rol.ZORGREGISSEUR, organisatie="gemeente")


@pytest.fixture
def teamlid(systeem: Werkcontext) -> Medewerker:
    return MedewerkerFactory(rol=Rol.TEAMLID, organisatie="smow", team="volwassenen")


@pytest.fixture
def beleid(systeem: Werkcontext) -> Medewerker:
    return MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER, organisatie="gemeente")


@pytest.fixture
def nieuwe_melding(systeem: Werkcontext) -> Callable[..., Melding]:
    """Een melding langs de services, als een echte professional onder beide sloten."""

    def make(actor: Medewerker, **facts: Any) -> Melding:
        contact = {"kanaal": "telefonisch", "melder_soort": "inwoner zelf"}
        contact |= {name: facts.pop(name) for name in ("melder_soort", "kanaal") if name in facts}
        with acting_as(actor):
            moment = register_contact(actor=actor, at=MAANDAG, sleutel=uuid4(), **contact)
            if "inwoner" not in facts:
                facts["inwoner"] = register_inwoner(actor=actor, at=MAANDAG, achternaam="Verhage")
            facts.setdefault("hulpvraag", "Ik kom er niet meer uit.")
            return register_melding(contactmoment=moment, actor=actor, at=MAANDAG, **facts)

    return make


@pytest.fixture
def concept(loket: Medewerker) -> Concept:
    with acting_as(loket):
        return start_concept(actor=loket, at=MAANDAG)


@pytest.fixture
def verzonden() -> Callable[..., dict[str, Any]]:
    """De velden van een gesprek zoals een browser ze verstuurt; None laat een veld weg."""

    def make(concept: Concept, actie: str, **anders: Any) -> dict[str, Any]:
        data = {**GESPREK, "versie": concept.versie, "actie": actie, **anders}
        return {name: value for name, value in data.items() if value is not None}

    return make


@pytest.fixture
def aan(client: Client, loket: Medewerker) -> Client:
    """Marja van het loket, ingelogd."""
    client.force_login(loket)
    return client


@pytest.fixture
def buiten() -> Iterator[Browser]:
    """Een bezoeker die niet is ingelogd; de tellers van de poort beginnen bij nul."""
    cache.clear()
    yield Browser()
    cache.clear()


@pytest.fixture
def lees(als: Callable[[Medewerker], Any], loket: Medewerker) -> Callable[[Concept], Concept]:
    """Een concept zoals het nu in de database staat; alleen wie het typte kan erbij."""

    def read(concept: Concept) -> Concept:
        with als(loket):
            concept.refresh_from_db()
        return concept

    return read


def acties(*prefix: str) -> list[str]:
    """De handelingen die in de verantwoording staan, oudste eerst."""
    regels = Regel.objects.order_by("pk").values_list("actie", flat=True)
    return [actie for actie in regels if not prefix or actie in prefix]
