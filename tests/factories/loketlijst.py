"""Ingelezen loketlijsten voor tests."""

import factory
from factory.django import DjangoModelFactory

from intake.models import Loketlijst, Loketlijstinhoud, Loketlijstrij
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import organisatie
from tests.fixtures import MAANDAG


class LoketlijstFactory(DjangoModelFactory):
    """`LoketlijstFactory(ingelezen=True)`; anders een proef die klaar is."""

    bestandsnaam = "wwz_loket_2019.csv"
    grootte = 1000
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    jaar = 2019
    status = "klaar"
    aangemaakt_op = MAANDAG

    class Meta:
        model = Loketlijst

    class Params:
        ingelezen = factory.Trait(wijze="uitvoeren", klaar_op=MAANDAG)


class LoketlijstinhoudFactory(DjangoModelFactory):
    lijst = factory.SubFactory(LoketlijstFactory)
    versleuteld = b"versleuteld"
    bewaard_op = MAANDAG

    class Meta:
        model = Loketlijstinhoud


class LoketlijstrijFactory(DjangoModelFactory):
    """Een overgenomen rij van Kwadraad; `organisatie=organisatie("smow")` voor een ander."""

    lijst = factory.SubFactory(LoketlijstFactory)
    nummer = factory.Sequence(lambda n: n + 2)
    regel = factory.SelfAttribute("nummer")
    uitkomst = "overnemen met waarschuwing"
    redenen = ["NAAM_SPELLING"]
    verwijst = factory.LazyFunction(lambda: {"NAAM_SPELLING": 2})
    kern = factory.LazyFunction(
        lambda: {"volgnr": "3", "datum": "2019-03-04", "naam_inwoner": "Aleida Geheim"}
    )
    organisatie = factory.LazyFunction(lambda: organisatie("kwadraad"))
    ter_beoordeling = True

    class Meta:
        model = Loketlijstrij

    class Params:
        geschreven = factory.Trait(
            kern=factory.LazyFunction(lambda: {"volgnr": "3", "datum": "2019-03-04"}),
            melding=factory.SubFactory(MeldingFactory, gesloten=True),
            inwoner=factory.SelfAttribute("melding.inwoner"),
        )
