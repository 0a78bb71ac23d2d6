"""Versies van het protocol, een proef, en het advies bij een triage. Versie 1 is er al: die komt uit de migratie."""

from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from skt.medewerkers.models import Rol
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.triage import TriageFactory
from tests.fixtures import MAANDAG
from triage.models import Protocolproef, Protocolversie, Triageadvies, Uitkomst, Urgentie
from triage.status import ProtocolStatus

REGULIER = {"uitkomst": Uitkomst.OVERLEG.value, "bord": "volwassenen", "urgentie": Urgentie.REGULIER.value}


def regel(naam: str, als: dict[str, Any], dan: dict[str, Any]) -> dict[str, Any]:
    return {"naam": naam, "als": als, "dan": dan}


def twee_regels() -> list[dict[str, Any]]:
    """Jeugd onder de 18, en verder volwassenen: het kleinste protocol dat altijd iets zegt."""
    return [
        regel("Jeugd", {"leeftijd_tot": 17}, {"uitkomst": Uitkomst.OVERLEG.value, "bord": "jeugd"}),
        regel("Anders", {}, REGULIER),
    ]


def first_protocol() -> Protocolversie:
    return Protocolversie.objects.get(nummer=1)


class KwartiermakerFactory(MedewerkerFactory):
    class Params:
        rol = Rol.KWARTIERMAKER
        organisatie = "gemeente"


class ProtocolversieFactory(DjangoModelFactory):
    """Een concept met twee regels."""

    nummer = factory.Sequence(lambda n: n + 2)
    status = ProtocolStatus.CONCEPT
    regels = factory.LazyFunction(twee_regels)
    gebaseerd_op = factory.LazyFunction(first_protocol)
    gemaakt_op = MAANDAG

    class Meta:
        model = Protocolversie


class ProtocolproefFactory(DjangoModelFactory):
    versie = factory.SubFactory(ProtocolversieFactory)
    bewerking = 1
    tegen = factory.LazyFunction(first_protocol)
    van = (MAANDAG - timedelta(days=365)).date()
    tot = MAANDAG.date()
    gestart_door = factory.SubFactory(KwartiermakerFactory)
    gestart_op = MAANDAG

    class Meta:
        model = Protocolproef


class TriageadviesFactory(DjangoModelFactory):
    """Regel 15 van de eerste versie: iedereen naar het aanmeldoverleg van de volwassenen."""

    triage = factory.SubFactory(TriageFactory)
    versie = factory.LazyFunction(first_protocol)
    uitkomst = Uitkomst.OVERLEG
    bord = "volwassenen"
    urgentie = Urgentie.REGULIER
    regels = factory.LazyFunction(lambda: {"uitkomst": 15, "bord": 15, "urgentie": 15})
    geraakt = factory.LazyFunction(lambda: [15])
    gekozen_bord = "volwassenen"

    class Meta:
        model = Triageadvies
