"""Medewerkers voor tests: altijd met een plaatsing, want zonder plaatsing mag niemand iets."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from skt.medewerkers.models import Mandaat, Medewerker, Moederorganisatie, Plaatsing, Rol, Team, Wet

TEAM_VAN_ROL = {
    Rol.LOKETPROFESSIONAL: "voorportaal",
    Rol.ZORGREGISSEUR: "voorportaal",
    Rol.TEAMLID: "volwassenen",
    Rol.CASUSREGISSEUR: "volwassenen",
    Rol.PROCESREGISSEUR: "volwassenen",
    Rol.TEAMCOORDINATOR: "volwassenen",
    Rol.SOCIALE_KAARTBEHEERDER: "voorportaal",
    Rol.KWARTIERMAKER: "beleid",
    Rol.BELEIDSMEDEWERKER: "beleid",
    Rol.FUNCTIONEEL_BEHEERDER: "beheer",
    Rol.PRIVACY_OFFICER: "beheer",
}


def organisatie(code: str = "kwadraad") -> Moederorganisatie:
    return Moederorganisatie.objects.get(code=code)


def team(soort: str = "volwassenen") -> Team:
    return Team.objects.get(soort=soort)


class MedewerkerFactory(DjangoModelFactory):
    """`MedewerkerFactory(rol=Rol.TEAMLID, organisatie="smow", team="jeugd")`; zonder rol: geen plaatsing."""

    username = factory.Sequence(lambda n: f"medewerker{n}")
    voornaam = "Sanne"
    achternaam = factory.Sequence(lambda n: f"Fictief{n}")

    class Meta:
        model = Medewerker
        skip_postgeneration_save = True

    class Params:
        rol = None
        organisatie = "kwadraad"
        team = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        rol, organisatie_code, team_soort = (
            kwargs.pop(key, None) for key in ("_rol", "_organisatie", "_team")
        )
        medewerker = super()._create(model_class, *args, **kwargs)
        if rol:
            PlaatsingFactory(
                medewerker=medewerker,
                moederorganisatie=organisatie(organisatie_code),
                team=team(team_soort or TEAM_VAN_ROL[rol]),
                rol=rol,
            )
        return medewerker

    _rol = factory.SelfAttribute("rol")
    _organisatie = factory.SelfAttribute("organisatie")
    _team = factory.SelfAttribute("team")


class PlaatsingFactory(DjangoModelFactory):
    medewerker = factory.SubFactory(MedewerkerFactory)
    moederorganisatie = factory.LazyFunction(organisatie)
    team = factory.LazyFunction(team)
    rol = Rol.TEAMLID
    van = date(2025, 1, 1)
    tot = None

    class Meta:
        model = Plaatsing

    class Params:
        beeindigd = factory.Trait(tot=date(2026, 1, 1))


class MandaatFactory(DjangoModelFactory):
    medewerker = factory.SubFactory(MedewerkerFactory, rol=Rol.ZORGREGISSEUR)
    besluitnummer = "B-2026-014"
    wet = Wet.WMO
    product = "Individuele begeleiding"
    plafond = 10000
    van = date(2026, 1, 1)

    class Meta:
        model = Mandaat
