"""Wie er werkt in de proeven van de hele keten: één medewerker per rol, elk met een lopende plaatsing."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from skt.medewerkers.models import Medewerker, Rol
from tests.factories.medewerkers import MandaatFactory, MedewerkerFactory

WACHTWOORD = "proef-wassenaar-2026"


@dataclass(frozen=True)
class Bezetting:
    """De mensen van het kernteam, genoemd naar wat ze doen."""

    loket: Medewerker
    collega: Medewerker
    toegang: Medewerker
    coordinator: Medewerker
    coordinator_jeugd: Medewerker
    casusregisseur: Medewerker
    casusregisseur_jeugd: Medewerker
    teamlid: Medewerker
    procesregisseur: Medewerker
    kaart: Medewerker
    kwartiermaker: Medewerker
    beleid: Medewerker
    beheer: Medewerker
    privacy: Medewerker


def bezet() -> Bezetting:
    """Zet het kernteam neer. Roep aan als het systeem handelt."""
    wachtwoord = make_password(WACHTWOORD)

    def iemand(
        username: str, voornaam: str, achternaam: str, rol: Rol, organisatie: str, team: str
    ) -> Medewerker:
        return MedewerkerFactory(
            username=username, voornaam=voornaam, achternaam=achternaam, password=wachtwoord,
            rol=rol, organisatie=organisatie, team=team,
        )  # fmt: skip

    toegang = iemand("toegang", "Noor", "Verhoef", Rol.ZORGREGISSEUR, "gemeente", "voorportaal")
    MandaatFactory(medewerker=toegang, van=date(2025, 1, 1))
    return Bezetting(
        loket=iemand("loket", "Marit", "de Vries", Rol.LOKETPROFESSIONAL, "gemeente", "voorportaal"),
        collega=iemand("collega", "Jelle", "de Graaf", Rol.LOKETPROFESSIONAL, "kwadraad", "voorportaal"),
        toegang=toegang,
        coordinator=iemand("coordinator", "Willem", "Dorst", Rol.TEAMCOORDINATOR, "gemeente", "volwassenen"),
        coordinator_jeugd=iemand(
            "coordinator.jeugd", "Meryem", "Aydin", Rol.TEAMCOORDINATOR, "gemeente", "jeugd"
        ),
        casusregisseur=iemand("casus", "Tim", "Aalbers", Rol.CASUSREGISSEUR, "kwadraad", "volwassenen"),
        casusregisseur_jeugd=iemand("casus.jeugd", "Youssef", "Amari", Rol.CASUSREGISSEUR, "jit", "jeugd"),
        teamlid=iemand("teamlid", "Fatma", "Demir", Rol.TEAMLID, "smow", "volwassenen"),
        procesregisseur=iemand("proces", "Ineke", "Mol", Rol.PROCESREGISSEUR, "gemeente", "volwassenen"),
        kaart=iemand("kaart", "Greetje", "Pol", Rol.SOCIALE_KAARTBEHEERDER, "smow", "voorportaal"),
        kwartiermaker=iemand(
            "kwartiermaker", "Sander", "van der Wiel", Rol.KWARTIERMAKER, "gemeente", "beleid"
        ),
        beleid=iemand("beleid", "Hanneke", "Prins", Rol.BELEIDSMEDEWERKER, "gemeente", "beleid"),
        beheer=iemand("beheer", "Olaf", "Koster", Rol.FUNCTIONEEL_BEHEERDER, "gemeente", "beheer"),
        privacy=iemand("privacy", "Marga", "van Vliet", Rol.PRIVACY_OFFICER, "gemeente", "beheer"),
    )
