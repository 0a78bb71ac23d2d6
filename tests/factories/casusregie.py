"""Casussen als rijen, elk met een hele geldige keten eronder: melding, triage, besluit, regie en een actie.

`CasusFactory()` loopt, van Kwadraad, met een eigen casusregisseur. Verder bijvoorbeeld
`CasusFactory(regisseur=..., soort="jeugd", betrokken=["smow"], genodigden=[...], procesregisseur=...)`. Ze worden als
het systeem geschreven.
"""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from casusregie.models import (
    Actie,
    Betrokkenheid,
    Casus,
    Casuslid,
    Doel,
    Nazorg,
    Notitie,
    Regieniveau,
    Regietoewijzing,
)
from casusregie.status import CasusStatus
from intake.models import Afhandeling
from skt.autorisatie.delen import grant
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import organisatie, team
from tests.factories.triage import (
    DONDERDAG,
    AanmeldingFactory,
    AgendapuntFactory,
    CasusregisseurFactory,
    CoordinatorFactory,
    ProcesregisseurFactory,
)
from tests.fixtures import MAANDAG

SHARE = "casusregie.share_casus"
OVER_EEN_WEEK = (MAANDAG + timedelta(days=7)).date()


class CasusFactory(DjangoModelFactory):
    """Traits: in_opstart, in_afbouw, in_nazorg, gesloten (stand); opgeschaald, afgeschermd, anoniem."""

    nummer = factory.Sequence(lambda n: f"2026-8{n:03d}")
    melding = factory.SubFactory(
        MeldingFactory, gesloten=True, afhandeling=Afhandeling.TRIAGE, medewerker__organisatie="sad"
    )
    agendapunt = factory.LazyAttribute(
        lambda o: AgendapuntFactory(
            regie=True,
            aanmelding=AanmeldingFactory(
                melding=o.melding,
                casusregisseur=o.regisseur,
                status="belegd" if o.status == CasusStatus.IN_OPSTART else "afgerond",
            ),
            partij=o.regisseur.moederorganisatie,
            besloten_door=o.geopend_door,
        )
    )
    team = factory.LazyAttribute(lambda o: team(o.soort))
    titel = factory.LazyAttribute(lambda o: o.melding.over_wie)
    status = CasusStatus.LOPEND
    geopend_op = DONDERDAG
    geopend_door = factory.LazyAttribute(lambda o: CoordinatorFactory(organisatie="gemeente", team=o.soort))

    class Meta:
        model = Casus
        exclude = ("regisseur", "soort")
        skip_postgeneration_save = True

    class Params:
        in_opstart = factory.Trait(status=CasusStatus.IN_OPSTART)
        in_afbouw = factory.Trait(status=CasusStatus.IN_AFBOUW)
        in_nazorg = factory.Trait(status=CasusStatus.NAZORG)
        gesloten = factory.Trait(status=CasusStatus.AFGESLOTEN, gesloten_op=DONDERDAG + timedelta(days=90))
        opgeschaald = factory.Trait(regieniveau=Regieniveau.PROCESREGIE)
        anoniem = factory.Trait(
            melding=factory.SubFactory(
                MeldingFactory, gesloten=True, anoniem=True, afhandeling=Afhandeling.TRIAGE
            )
        )

    regisseur = factory.SubFactory(CasusregisseurFactory)
    soort = "volwassenen"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        casus = super()._create(model_class, *args, **kwargs)
        if casus.melding.inwoner_id:
            Casuslid.objects.create(casus=casus, inwoner=casus.melding.inwoner, is_hoofdpersoon=True)
        punt = casus.agendapunt
        BetrokkenheidFactory(
            casus=casus, organisatie=punt.partij, medewerker=punt.casusregisseur, rol="Casusregie"
        )
        Regietoewijzing.objects.create(
            casus=casus,
            soort=Regietoewijzing.Soort.CASUSREGIE,
            medewerker=punt.casusregisseur,
            organisatie=punt.partij,
            van=casus.geopend_op,
            reden="Besluit van het aanmeldoverleg",
        )
        return casus

    @factory.post_generation
    def betrokken(self, create, extracted, **kwargs):
        """Codes van organisaties die meedoen."""
        for code in extracted or ():
            BetrokkenheidFactory(casus=self, organisatie=organisatie(code))

    @factory.post_generation
    def acties(self, create, extracted, **kwargs):
        """Wat er te doen is: een lijst `{"wat": ..., "medewerker": ...}`; zonder is er één van de regisseur, zolang de casus loopt."""
        klaar = self.status in (CasusStatus.NAZORG, CasusStatus.AFGESLOTEN)
        usual: list[dict[str, object]] = [] if klaar else [{}]
        for velden in usual if extracted is None else extracted:
            ActieFactory(casus=self, **velden)

    @factory.post_generation
    def nazorg(self, create, extracted, **kwargs):
        """In nazorg is er een gepland contact, gesloten een gedaan contact; `nazorg=False` laat ze weg."""
        if extracted is False:
            return
        if self.status == CasusStatus.NAZORG:
            NazorgFactory(casus=self)
        elif self.status == CasusStatus.AFGESLOTEN:
            NazorgFactory(casus=self, gedaan=True)

    @factory.post_generation
    def procesregisseur(self, create, extracted, **kwargs):
        """Wie de procesregie heeft; opgeschaald zonder naam: een eigen."""
        if not extracted and self.regieniveau != Regieniveau.PROCESREGIE:
            return
        wie = extracted or ProcesregisseurFactory(organisatie="gemeente")
        Regietoewijzing.objects.create(
            casus=self,
            soort=Regietoewijzing.Soort.PROCESREGIE,
            medewerker=wie,
            organisatie=wie.moederorganisatie,
            van=self.geopend_op,
            reden="Opgeschaald",
        )
        self.regieniveau = Regieniveau.PROCESREGIE
        Casus.objects.filter(pk=self.pk).update(regieniveau=Regieniveau.PROCESREGIE)

    @factory.post_generation
    def genodigden(self, create, extracted, **kwargs):
        """Medewerkers die op naam meelezen."""
        for medewerker in extracted or ():
            grant(SHARE, self, medewerker)

    @factory.post_generation
    def lees(self, create, extracted, **kwargs):
        """De database heeft de leesrechten bijgewerkt; haal ze op."""
        self.refresh_from_db()


class BetrokkenheidFactory(DjangoModelFactory):
    casus = factory.SubFactory(CasusFactory)
    organisatie = factory.LazyFunction(lambda: organisatie("smow"))
    rol = "Thuisadministratie"
    van = factory.SelfAttribute("casus.geopend_op")

    class Meta:
        model = Betrokkenheid

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        betrokkenheid = super()._create(model_class, *args, **kwargs)
        if betrokkenheid.tot is None:
            grant(SHARE, betrokkenheid.casus, betrokkenheid.organisatie)
        return betrokkenheid


class ActieFactory(DjangoModelFactory):
    """Zonder `medewerker` is de actie van de casusregisseur."""

    casus = factory.SubFactory(CasusFactory, acties=[])
    wat = "Bellen met de woningcorporatie over de achterstand"
    uitvoerder = Actie.Uitvoerder.ORGANISATIE
    medewerker = factory.LazyAttribute(lambda o: o.casus.lopende_toewijzing("casusregie").medewerker)
    uiterlijk = OVER_EEN_WEEK
    gemaakt_op = factory.SelfAttribute("casus.geopend_op")

    class Meta:
        model = Actie

    class Params:
        klaar = factory.Trait(status=Actie.Status.KLAAR, afgerond_op=DONDERDAG + timedelta(days=2))


class DoelFactory(DjangoModelFactory):
    """Open, van 2 naar 4; `behaald=True` met een uitkomst."""

    casus = factory.SubFactory(CasusFactory)
    leefgebied = "financien"
    wat = factory.Sequence(lambda n: f"Vaste lasten elke maand betaald ({n})")
    startscore = 2
    doelscore = 4
    uiterlijk = (DONDERDAG + timedelta(days=180)).date()
    gezet_op = factory.SelfAttribute("casus.geopend_op")
    gezet_door = factory.LazyAttribute(lambda o: o.casus.lopende_toewijzing("casusregie").medewerker)

    class Meta:
        model = Doel

    class Params:
        behaald = factory.Trait(status="behaald", eindscore=4, afgerond_op=DONDERDAG + timedelta(days=60))


class NotitieFactory(DjangoModelFactory):
    casus = factory.SubFactory(CasusFactory)
    tekst = "Gebeld: de brief van de energieleverancier ligt klaar."
    medewerker = factory.LazyAttribute(lambda o: o.casus.lopende_toewijzing("casusregie").medewerker)
    geschreven_op = DONDERDAG + timedelta(days=1)

    class Meta:
        model = Notitie


class NazorgFactory(DjangoModelFactory):
    """Een gepland contact; `gedaan=True` met een resultaat."""

    casus = factory.SubFactory(CasusFactory, status=CasusStatus.NAZORG, acties=[])
    maanden = Nazorg.Termijn.EEN
    gepland_op = (DONDERDAG + timedelta(days=30)).date()

    class Meta:
        model = Nazorg

    class Params:
        gedaan = factory.Trait(
            uitgevoerd_op=DONDERDAG + timedelta(days=30),
            resultaat=Nazorg.Resultaat.REDT_ZICH,
            medewerker=factory.LazyAttribute(lambda o: o.casus.lopende_toewijzing("casusregie").medewerker),
        )
