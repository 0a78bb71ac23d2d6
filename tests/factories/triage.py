"""Triages, aanmeldingen en overleggen als rijen; vaste waarden, varianten als trait. Ze worden als het systeem geschreven.

`AanmeldingFactory()` staat op het overleg van donderdag, zoals de keten vraagt; `AanmeldingFactory(intake=True)` staat op
geen enkel overleg.
"""

from datetime import time, timedelta

import factory
from factory.django import DjangoModelFactory

from skt.medewerkers.models import Rol
from socialekaart.models import Voorziening
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory, organisatie, team
from tests.fixtures import MAANDAG
from triage.models import (
    Aanmelding,
    Agendapunt,
    Besluit,
    Bord,
    Ernst,
    MagHoren,
    Nuldelijn,
    Overleg,
    Overlegreeks,
    Terugkoppeling,
    Triage,
    Uitkomst,
    Urgentie,
)
from triage.status import AanmeldingStatus, OverlegStatus

DONDERDAG = MAANDAG + timedelta(days=3, minutes=30)
"""Donderdag 5 november 2026, 10:00: het eerstvolgende overleg na MAANDAG."""


class ToegangFactory(MedewerkerFactory):
    """Een zorgregisseur van de gemeente."""

    class Params:
        rol = Rol.ZORGREGISSEUR
        organisatie = "gemeente"


class CoordinatorFactory(MedewerkerFactory):
    """Een teamcoördinator; `CoordinatorFactory(team="jeugd")`."""

    class Params:
        rol = Rol.TEAMCOORDINATOR


class TeamlidFactory(MedewerkerFactory):
    class Params:
        rol = Rol.TEAMLID


class CasusregisseurFactory(MedewerkerFactory):
    class Params:
        rol = Rol.CASUSREGISSEUR


class ProcesregisseurFactory(MedewerkerFactory):
    class Params:
        rol = Rol.PROCESREGISSEUR


class TriageFactory(DjangoModelFactory):
    melding = factory.SubFactory(MeldingFactory, bij_team=True)
    ernst = Ernst.HOOG
    urgentie = Urgentie.REGULIER
    nuldelijn = Nuldelijn.PAST_NIET
    nuldelijn_toelichting = "Het Steunpunt Mantelzorg is al bekend; het is nu te zwaar."
    eigen_kracht = "Zoekt zelf hulp en houdt een lijst bij van alle post."
    netwerk = "Zus Ria komt elke week."
    uitkomst = Uitkomst.OVERLEG
    toelichting = "Meer dan één leefgebied."
    medewerker = factory.SubFactory(ToegangFactory)
    gedaan_op = MAANDAG + timedelta(hours=2)

    class Meta:
        model = Triage


class OverlegFactory(DjangoModelFactory):
    """Eén overleg per bord en moment: wie hetzelfde vraagt krijgt hetzelfde."""

    bord = Bord.VOLWASSENEN
    begint_op = DONDERDAG

    class Meta:
        model = Overleg
        django_get_or_create = ("bord", "begint_op")

    class Params:
        gehouden = factory.Trait(status=OverlegStatus.GEHOUDEN)
        geannuleerd = factory.Trait(status=OverlegStatus.GEANNULEERD)
        week_later = factory.Trait(begint_op=DONDERDAG + timedelta(days=7))


class AanmeldingFactory(DjangoModelFactory):
    """Traits: jeugd, gezamenlijk (bord); intake, te_beleggen, belegd, aangehouden, afgerond (stand); met_spoed."""

    triage = factory.SubFactory(
        TriageFactory,
        melding=factory.SelfAttribute("..melding"),
        urgentie=factory.SelfAttribute("..urgentie"),
    )
    melding = factory.SubFactory(MeldingFactory, bij_team=True)
    bord = Bord.VOLWASSENEN
    teams = factory.LazyAttribute(lambda o: sorted(team(soort).pk for soort in Bord(o.bord).teamsoorten))
    status = AanmeldingStatus.VOOR_OVERLEG
    urgentie = Urgentie.REGULIER
    aangemeld_op = MAANDAG + timedelta(hours=2)

    class Meta:
        model = Aanmelding
        skip_postgeneration_save = True

    class Params:
        jeugd = factory.Trait(bord=Bord.JEUGD)
        gezamenlijk = factory.Trait(bord=Bord.GEZAMENLIJK)
        met_spoed = factory.Trait(urgentie=Urgentie.SPOED)
        intake = factory.Trait(status=AanmeldingStatus.INTAKE)
        te_beleggen = factory.Trait(status=AanmeldingStatus.TE_BELEGGEN)
        belegd = factory.Trait(
            status=AanmeldingStatus.BELEGD, casusregisseur=factory.SubFactory(CasusregisseurFactory)
        )
        aangehouden = factory.Trait(status=AanmeldingStatus.AANGEHOUDEN)
        afgerond = factory.Trait(status=AanmeldingStatus.AFGEROND)

    @factory.post_generation
    def overleg(self, create, extracted, **kwargs):
        """Wie voor overleg staat of is aangehouden, staat op een agenda: die van `overleg`, anders de eerstvolgende."""
        if create and self.status in (AanmeldingStatus.VOOR_OVERLEG, AanmeldingStatus.AANGEHOUDEN):
            AgendapuntFactory(aanmelding=self, overleg=extracted or OverlegFactory(bord=self.bord))


class AgendapuntFactory(DjangoModelFactory):
    """`AgendapuntFactory()` geeft een aanmelding met haar open agendapunt; de traits zijn besluiten."""

    aanmelding = factory.SubFactory(AanmeldingFactory, intake=True)
    overleg = factory.LazyAttribute(lambda o: OverlegFactory(bord=o.aanmelding.bord))
    volgorde = factory.Sequence(lambda n: n % 30000 + 1)

    class Meta:
        model = Agendapunt

    class Params:
        besloten = factory.Trait(
            besluit=Besluit.INTAKE,
            besloten_op=DONDERDAG,
            besloten_door=factory.SubFactory(CoordinatorFactory),
        )
        regie = factory.Trait(
            besluit=Besluit.CASUSREGIE,
            partij=factory.LazyFunction(organisatie),
            casusregisseur=factory.SelfAttribute("aanmelding.casusregisseur"),
            uiterlijk=(DONDERDAG + timedelta(days=7)).date(),
            besloten_op=DONDERDAG,
            besloten_door=factory.SubFactory(CoordinatorFactory),
            aanmelding=factory.SubFactory(AanmeldingFactory, belegd=True),
        )


def open_punt(**kwargs) -> Agendapunt:
    """Het open agendapunt van een nieuwe aanmelding, zoals het overleg het voor zich heeft."""
    return (
        AanmeldingFactory(**kwargs)
        .agendapunten.select_related("overleg", "aanmelding__melding")
        .get(besluit="")
    )


def aanbod(naam: str = "Thuisadministratie") -> Voorziening:
    """Vrij toegankelijk aanbod op de sociale kaart; dezelfde naam is hetzelfde aanbod."""
    gevonden, _ = Voorziening.objects.get_or_create(
        code=naam.lower().replace(" ", "-")[:20],
        defaults={
            "naam": naam,
            "aanbieder": "SMOW",
            "omschrijving": "Een vrijwilliger helpt thuis met post, rekeningen en overzicht.",
            "leefgebieden": ["financien", "praktisch"],
        },
    )
    return gevonden


class OverlegreeksFactory(DjangoModelFactory):
    """Elke dinsdag om elf, vanaf MAANDAG."""

    bord = Bord.VOLWASSENEN
    weekdag = 1
    tijd = time(11)
    van = MAANDAG.date()

    class Meta:
        model = Overlegreeks


class TerugkoppelingFactory(DjangoModelFactory):
    """Nog te doen, aan de inwoner zelf; `TerugkoppelingFactory(agendapunt=...)`."""

    agendapunt = factory.LazyFunction(lambda: open_punt())
    melding = factory.LazyAttribute(lambda o: o.agendapunt.aanmelding.melding)
    besluit = Besluit.INTAKE
    regel = "zelf"
    mag_horen = MagHoren.ALLES
    voorstel = "We willen eerst met u praten."
    status = "te_doen"
    uiterlijk = (DONDERDAG + timedelta(days=4)).date()
    gemaakt_op = DONDERDAG

    class Meta:
        model = Terugkoppeling
