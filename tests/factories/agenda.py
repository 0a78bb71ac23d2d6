"""Afspraken, terugbelverzoeken en werktijden als rijen; begin en eind vast, varianten als trait."""

from datetime import time, timedelta

import factory
from factory.django import DjangoModelFactory

from intake.models import Afspraak, Bezetting, Plaats, Terugbelverzoek, Werktijd, Werkuitzondering
from intake.status import AfspraakStatus, TerugbelStatus
from tests.factories.intake import MeldingFactory
from tests.fixtures import MAANDAG

DINSDAG = MAANDAG + timedelta(days=1, minutes=30)
"""Tien uur, de dag na MAANDAG."""


class AfspraakFactory(DjangoModelFactory):
    """`AfspraakFactory(melding=..., met=[medewerker])`; zonder `met` is zij met wie de melding heeft."""

    melding = factory.SubFactory(MeldingFactory)
    soort = "huisbezoek"
    plaats = Plaats.THUIS
    begin = DINSDAG
    eind = factory.LazyAttribute(lambda o: o.begin + timedelta(minutes=60))
    gepland_op = MAANDAG
    gepland_door = factory.LazyAttribute(lambda o: o.melding.contactmoment.medewerker)

    class Meta:
        model = Afspraak
        skip_postgeneration_save = True

    class Params:
        gehouden = factory.Trait(
            status=AfspraakStatus.GEHOUDEN, afgerond_op=factory.LazyAttribute(lambda o: o.begin)
        )

    @factory.post_generation
    def met(self, create, extracted, **kwargs):
        if create:
            for medewerker in extracted or [self.melding.contactmoment.medewerker]:
                Bezetting.objects.create(
                    afspraak=self,
                    medewerker=medewerker,
                    melding=self.melding,
                    periode=(self.begin, self.eind),
                )
            self.refresh_from_db()


class TerugbelverzoekFactory(DjangoModelFactory):
    melding = factory.SubFactory(MeldingFactory)
    medewerker = factory.LazyAttribute(lambda o: o.melding.contactmoment.medewerker)
    telefoon = "070-5550218"
    uiterlijk = DINSDAG
    gemaakt_op = MAANDAG
    gemaakt_door = factory.LazyAttribute(lambda o: o.melding.contactmoment.medewerker)

    class Meta:
        model = Terugbelverzoek

    class Params:
        gedaan = factory.Trait(status=TerugbelStatus.GEDAAN, afgerond_op=DINSDAG)


class WerktijdFactory(DjangoModelFactory):
    weekdag = 1
    van = time(9)
    tot = time(17)

    class Meta:
        model = Werktijd


class WerkuitzonderingFactory(DjangoModelFactory):
    eerste_dag = DINSDAG.date()
    laatste_dag = DINSDAG.date()

    class Meta:
        model = Werkuitzondering
