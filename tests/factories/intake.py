"""Contacten en meldingen, in iedere stand die ze kunnen hebben; vaste waarden, varianten als trait.

Het zijn rijen, geen handelingen: er komt geen regel in de verantwoording. Ze worden als het systeem geschreven; een concept
is van één mens, dus dat schrijft de factory als die mens.
"""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from intake.models import (
    Aanvulling,
    Aard,
    Afhandeling,
    Antwoord,
    Concept,
    Contactmoment,
    Kanaal,
    Meervoudigheid,
    MelderSoort,
    Melding,
    MeldingTermijn,
    Methodetoewijzing,
    Meting,
    Metingantwoord,
    Metingreden,
    Netwerklid,
    Relatie,
    Spoor,
    Uitvraag,
    Uitvraagmethode,
    Werking,
)
from intake.status import MeldingStatus, MethodeStatus
from skt.autorisatie.context import acting_as
from skt.kern.keuzelijsten import Leefgebied, Thema
from skt.medewerkers.models import Rol
from skt.termijnen.models import Termijnsoort
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MedewerkerFactory, organisatie, team
from tests.fixtures import MAANDAG


class LoketmedewerkerFactory(MedewerkerFactory):
    """Een loketprofessional; `LoketmedewerkerFactory(organisatie="smow")`."""

    class Params:
        rol = Rol.LOKETPROFESSIONAL


class ContactmomentFactory(DjangoModelFactory):
    kanaal = Kanaal.TELEFONISCH
    melder_soort = MelderSoort.NAASTE
    melder_naam = "Marijke Verhage"
    melder_telefoon = "070-5550218"
    begonnen_op = MAANDAG
    beeindigd_op = MAANDAG + timedelta(minutes=12)
    medewerker = factory.SubFactory(LoketmedewerkerFactory)
    organisatie = factory.LazyAttribute(lambda o: o.medewerker.moederorganisatie or organisatie())

    class Meta:
        model = Contactmoment

    class Params:
        anoniem = factory.Trait(melder_soort=MelderSoort.ANONIEM, melder_naam="", melder_telefoon="")


class MeldingFactory(DjangoModelFactory):
    """`MeldingFactory(medewerker=...)`: open bij het loket, van wie het gesprek voerde.

    Traits: anoniem, van_niemand, crisis, spoed, te_laat, in_triage, bij_team, gesloten. `bij_team` zet geen aanmelding:
    het bord is van triage.
    """

    nummer = factory.Sequence(lambda n: f"2026-9{n:03d}")
    contactmoment = factory.SubFactory(ContactmomentFactory, medewerker=factory.SelfAttribute("..medewerker"))
    inwoner = factory.SubFactory(InwonerFactory, aangemaakt_door=factory.SelfAttribute("..medewerker"))
    organisatie = factory.LazyAttribute(lambda o: o.medewerker.moederorganisatie or organisatie())
    eigen_organisaties = factory.LazyAttribute(lambda o: [o.organisatie.pk])
    hulpvraag = "Vorige week stond bij mijn moeder de pan droog te koken. Ik slaap er niet meer van."
    aard = Aard.HULPVRAAG
    themas = factory.LazyFunction(lambda: [Thema.OUDEREN.value, Thema.MANTELZORG.value])
    spoor = Spoor.SOCIAAL
    meervoudigheid = Meervoudigheid.MEERVOUDIG
    inwoner_weet_ervan = True
    verantwoordelijke = factory.SelfAttribute("medewerker")
    volgende_stap = "Afhandelen"
    uiterlijk = MAANDAG + timedelta(days=1, hours=7, minutes=30)
    ontvangen_op = MAANDAG

    class Meta:
        model = Melding

    class Params:
        medewerker = factory.SubFactory(LoketmedewerkerFactory)
        anoniem = factory.Trait(
            inwoner=None,
            contactmoment=factory.SubFactory(
                ContactmomentFactory, anoniem=True, medewerker=factory.SelfAttribute("..medewerker")
            ),
        )
        van_niemand = factory.Trait(
            verantwoordelijke=None, verantwoordelijk_team=factory.LazyFunction(lambda: team("voorportaal"))
        )
        crisis = factory.Trait(
            spoor=Spoor.CRISIS,
            afhandeling=Afhandeling.CRISISROUTE,
            gewaarschuwd="Politie, 112",
            gewaarschuwd_op=MAANDAG,
            volgende_stap="Nabellen na crisis",
        )
        met_spoed = factory.Trait(spoed=True)
        te_laat = factory.Trait(uiterlijk=MAANDAG - timedelta(days=3))
        in_triage = factory.Trait(
            status=MeldingStatus.IN_TRIAGE,
            afhandeling=Afhandeling.TRIAGE,
            verantwoordelijke=None,
            verantwoordelijk_team=factory.LazyFunction(lambda: team("voorportaal")),
            volgende_stap="Triage",
        )
        bij_team = factory.Trait(
            status=MeldingStatus.BIJ_TEAM,
            afhandeling=Afhandeling.TRIAGE,
            verantwoordelijke=None,
            verantwoordelijk_team=factory.LazyFunction(lambda: team("volwassenen")),
            volgende_stap="Aanmeldoverleg",
        )
        gesloten = factory.Trait(
            status=MeldingStatus.GESLOTEN,
            afhandeling=Afhandeling.INFORMATIE,
            afhandeling_toelichting="Nummer van het Steunpunt Mantelzorg gegeven.",
            gesloten_op=MAANDAG + timedelta(minutes=12),
            volgende_stap="",
            uiterlijk=None,
        )


class AanvullingFactory(DjangoModelFactory):
    melding = factory.SubFactory(MeldingFactory)
    tekst = "Dochter belde terug: de buurvrouw heeft een sleutel."
    medewerker = factory.LazyAttribute(lambda o: o.melding.contactmoment.medewerker)
    geschreven_op = MAANDAG + timedelta(hours=1)

    class Meta:
        model = Aanvulling


class UitvraagFactory(DjangoModelFactory):
    """`UitvraagFactory(melding=..., scores={"praktisch": 2})`."""

    melding = factory.SubFactory(MeldingFactory)
    methode = factory.LazyFunction(lambda: Uitvraagmethode.objects.get(is_standaard=True))
    medewerker = factory.LazyAttribute(lambda o: o.melding.contactmoment.medewerker)
    afgenomen_op = MAANDAG

    class Meta:
        model = Uitvraag
        skip_postgeneration_save = True

    @factory.post_generation
    def scores(self, create, extracted, **kwargs):
        if create:
            for leefgebied, score in (extracted or {Leefgebied.PRAKTISCH: 2, Leefgebied.SOCIAAL: 3}).items():
                Antwoord.objects.create(uitvraag=self, leefgebied=leefgebied, score=score)


class MetingFactory(DjangoModelFactory):
    """Een latere meting: `MetingFactory(melding=..., scores={"praktisch": 4})`."""

    melding = factory.SubFactory(MeldingFactory)
    methode = factory.LazyFunction(lambda: Uitvraagmethode.objects.get(is_standaard=True))
    medewerker = factory.LazyAttribute(lambda o: o.melding.contactmoment.medewerker)
    reden = Metingreden.EVALUATIE
    afgenomen_op = MAANDAG + timedelta(days=7)

    class Meta:
        model = Meting
        skip_postgeneration_save = True

    @factory.post_generation
    def scores(self, create, extracted, **kwargs):
        if create:
            for leefgebied, score in (extracted or {Leefgebied.PRAKTISCH: 4}).items():
                Metingantwoord.objects.create(meting=self, leefgebied=leefgebied, score=score)


class UitvraagmethodeFactory(DjangoModelFactory):
    """Een concept met over ieder leefgebied één vraag. Trait: in_gebruik."""

    naam = factory.Sequence(lambda n: f"Proefmethode {n}")
    versie = 1
    vragen = factory.LazyFunction(
        lambda: {g.value: [{"vraag": f"Hoe gaat het met {g.label}?"}] for g in Leefgebied}
    )

    class Meta:
        model = Uitvraagmethode

    class Params:
        in_gebruik = factory.Trait(status=MethodeStatus.IN_GEBRUIK, geldig_van=date(2026, 1, 1))


class MethodetoewijzingFactory(DjangoModelFactory):
    """Vanaf begin 2026 om en om, tenzij er een medewerker, team of organisatie gegeven is (dan `aandeel=None`)."""

    methode = factory.SubFactory(UitvraagmethodeFactory, in_gebruik=True)
    aandeel = 50
    van = date(2026, 1, 1)
    gemaakt_door = factory.SubFactory(MedewerkerFactory)
    gemaakt_op = MAANDAG

    class Meta:
        model = Methodetoewijzing


class MeldingTermijnFactory(DjangoModelFactory):
    melding = factory.SubFactory(MeldingFactory)
    soort = factory.LazyFunction(lambda: Termijnsoort.objects.get(pk="WMO-OND"))
    begonnen_op = MAANDAG.date()
    uiterlijk = (MAANDAG + timedelta(weeks=6)).date()

    class Meta:
        model = MeldingTermijn


class ConceptFactory(DjangoModelFactory):
    medewerker = factory.SubFactory(LoketmedewerkerFactory)
    gegevens = factory.LazyFunction(lambda: {"melder_naam": ["Marijke Verhage"]})
    begonnen_op = factory.LazyFunction(timezone.now)
    bewaard_op = factory.SelfAttribute("begonnen_op")

    class Meta:
        model = Concept

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with acting_as(kwargs["medewerker"]):
            return super()._create(model_class, *args, **kwargs)


class NetwerklidFactory(DjangoModelFactory):
    """Een buurvrouw die steunt; `NetwerklidFactory(belastend=True)` is een zoon die drukt."""

    inwoner = factory.SubFactory(InwonerFactory)
    naam = "Ria Buurman"
    relatie = Relatie.BUUR
    werking = Werking.STEUNEND
    opgeschreven_op = MAANDAG
    opgeschreven_door = factory.SubFactory(LoketmedewerkerFactory)

    class Meta:
        model = Netwerklid

    class Params:
        belastend = factory.Trait(naam="Kees", relatie=Relatie.KIND, werking=Werking.BELASTEND)
        mantelzorger = factory.Trait(naam="Joke", relatie=Relatie.PARTNER, is_mantelzorger=True)
        weg = factory.Trait(
            beeindigd_op=MAANDAG + timedelta(days=1),
            beeindigd_door=factory.SelfAttribute("opgeschreven_door"),
        )
