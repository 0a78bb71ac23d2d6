"""Fictieve inwoners. Zonder dossier ziet alleen de maker ze; tests handelen als het systeem."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from skt.inwoners.models import Bsn, Geslacht, Inwoner, VeiligContact
from skt.inwoners.versleuteling import encrypt
from tests.factories.medewerkers import MedewerkerFactory
from tests.fixtures import MAANDAG

TESTBSN = "999990019"
"""Past in de elfproef; reeksen met 9999 worden aan niemand gegeven."""


class InwonerFactory(DjangoModelFactory):
    achternaam = factory.Sequence(lambda n: f"Verhage{n}")
    roepnaam = "Annie"
    geboortedatum = date(1942, 3, 8)
    geslacht = Geslacht.VROUW
    postcode = "2244 QF"
    huisnummer = 17
    telefoon = "070-5550218"
    aangemaakt_op = MAANDAG
    aangemaakt_door = factory.SubFactory(MedewerkerFactory, rol="loketprofessional")

    class Meta:
        model = Inwoner

    class Params:
        naamloos_adres = factory.Trait(postcode="", huisnummer=None, telefoon="")
        geheim = factory.Trait(geheim_adres=True)
        onveilig = factory.Trait(
            veilig_contact=VeiligContact.BEPERKT,
            veilig_contact_toelichting="Alleen overdag, niet voor 9 uur.",
        )


class BsnFactory(DjangoModelFactory):
    inwoner = factory.SubFactory(InwonerFactory)
    versleuteld = factory.LazyFunction(lambda: encrypt(TESTBSN))
    laatste_cijfers = TESTBSN[-3:]

    class Meta:
        model = Bsn
