"""Voorzieningen voor tests: vaste waarden, varianten met een naam uit het domein."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from skt.medewerkers.models import Rol
from socialekaart.models import Foutmelding, Lijn, Voorziening, VoorzieningStatus
from tests.factories.medewerkers import MedewerkerFactory
from tests.fixtures import MAANDAG


class VoorzieningFactory(DjangoModelFactory):
    code = factory.Sequence(lambda n: f"proef-{n}")
    naam = "Koffie-inloop De Plataan"
    aanbieder = "SMOW"
    omschrijving = "Iedere ochtend staat de koffie klaar. Er is meestal wel iemand voor een praatje."
    leefgebieden = ["sociaal"]
    trefwoorden = ["inloop"]
    toegang = "vrij toegankelijk"
    kosten = "gratis"
    telefoon = "070-555 01 54"
    gecontroleerd_op = date(2026, 10, 5)

    class Meta:
        model = Voorziening

    class Params:
        gesloten = factory.Trait(status=VoorzieningStatus.TEMPORARILY_CLOSED)
        gestopt = factory.Trait(status=VoorzieningStatus.DEFUNCT)
        tweede_lijn = factory.Trait(lijn=Lijn.TWEEDE, toegang="verwijzing")


class FoutmeldingFactory(DjangoModelFactory):
    voorziening = factory.SubFactory(VoorzieningFactory)
    tekst = "Het telefoonnummer is veranderd."
    gemeld_door = factory.SubFactory(MedewerkerFactory, rol=Rol.TEAMLID)
    gemeld_op = MAANDAG

    class Meta:
        model = Foutmelding

    class Params:
        afgehandeld = factory.Trait(
            afgehandeld_door=factory.SubFactory(MedewerkerFactory, rol=Rol.SOCIALE_KAARTBEHEERDER),
            afgehandeld_op=MAANDAG,
            uitkomst="Nummer aangepast.",
        )
