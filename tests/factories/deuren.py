"""Opgaven, signalen en outreach: rijen met vaste waarden; als het systeem geschreven."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from intake.models import (
    Grondslag,
    Opgave,
    Outreachlijst,
    Outreachpersoon,
    Outreachpoging,
    Signaal,
    Signaalsoort,
)
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.medewerkers import team
from tests.fixtures import MAANDAG


class OpgaveFactory(DjangoModelFactory):
    """Van het formulier voor inwoners; trait `loket`: genoemd in een gesprek."""

    melding = factory.SubFactory(MeldingFactory)
    bron = Opgave.Bron.INWONER
    kenmerk = factory.Sequence(lambda n: f"4F7K-0Q2M-{n:04d}")
    naam = "Annie Verhage"
    telefoon = "070-5550218"
    contactwijze = Opgave.Contactwijze.BELLEN
    over_voornaam = "Annie"
    over_achternaam = "Verhage"
    gegeven_op = MAANDAG

    class Meta:
        model = Opgave

    class Params:
        loket = factory.Trait(bron=Opgave.Bron.LOKET, kenmerk=None)


class SignaalFactory(DjangoModelFactory):
    """Bezorgdheid; traits `wvggz`, `te_bespreken`."""

    melding = factory.SubFactory(MeldingFactory)
    soort = Signaalsoort.BEZORGDHEID
    gemaakt_op = MAANDAG
    gemaakt_door = factory.LazyAttribute(lambda o: o.melding.contactmoment.medewerker)

    class Meta:
        model = Signaal

    class Params:
        wvggz = factory.Trait(soort=Signaalsoort.WVGGZ)
        te_bespreken = factory.Trait(
            overleg_reden="De buren horen geschreeuw.",
            overleg_gevraagd_op=MAANDAG,
            overleg_gevraagd_door=factory.SelfAttribute("gemaakt_door"),
        )


class OutreachlijstFactory(DjangoModelFactory):
    naam = "Alleenwonende ouderen in Kerkehout"
    doel = "Kennismaken en vragen hoe het gaat, voordat er hulp nodig is."
    grondslag = Grondslag.WMO
    team = factory.LazyFunction(lambda: team("voorportaal"))
    begint_op = MAANDAG.date()
    eindigt_op = (MAANDAG + timedelta(days=90)).date()
    gemaakt_op = MAANDAG
    gemaakt_door = factory.SubFactory(LoketmedewerkerFactory)

    class Meta:
        model = Outreachlijst


class OutreachpersoonFactory(DjangoModelFactory):
    """Een getypte naam; `OutreachpersoonFactory(bekend=inwoner)` voor wie bekend is."""

    lijst = factory.SubFactory(OutreachlijstFactory)
    inwoner = factory.SelfAttribute("bekend")
    voornaam = factory.LazyAttribute(lambda o: "" if o.bekend else "Riet")
    achternaam = factory.LazyAttribute(lambda o: "" if o.bekend else "Zandstra")
    telefoon = factory.LazyAttribute(lambda o: "" if o.bekend else "070-5550199")
    eigenaar = factory.LazyAttribute(lambda o: o.lijst.gemaakt_door)
    uiterlijk = (MAANDAG + timedelta(days=7)).date()
    toegevoegd_op = MAANDAG
    toegevoegd_door = factory.LazyAttribute(lambda o: o.lijst.gemaakt_door)

    class Meta:
        model = Outreachpersoon

    class Params:
        bekend = None


class OutreachpogingFactory(DjangoModelFactory):
    persoon = factory.SubFactory(OutreachpersoonFactory)
    op = MAANDAG
    wijze = Outreachpoging.Wijze.BELLEN
    resultaat = "niet thuis"
    medewerker = factory.LazyAttribute(lambda o: o.persoon.eigenaar)

    class Meta:
        model = Outreachpoging
