"""De medewerkers van de demostad: één herkenbaar gezicht per rol, de anderen om hen heen. Allen fictief."""

from dataclasses import dataclass
from datetime import date

from skt.medewerkers.models import Rol

WACHTWOORD = "demo-wassenaar-2026"


@dataclass(frozen=True)
class Mens:
    username: str
    voornaam: str
    achternaam: str
    organisatie: str
    team: str
    rol: Rol
    voorvoegsel: str = ""
    van: date = date(2022, 2, 1)
    tot: date | None = None
    gezicht: bool = False


MENSEN: tuple[Mens, ...] = (
    Mens("loket", "Marit", "Vries", "gemeente", "voorportaal", Rol.LOKETPROFESSIONAL, "de", gezicht=True),
    Mens(
        "loket.kwadraad",
        "Jelle",
        "Graaf",
        "kwadraad",
        "voorportaal",
        Rol.LOKETPROFESSIONAL,
        "de",
        gezicht=True,
    ),
    Mens("loket.smow", "Karima", "Timmer", "smow", "voorportaal", Rol.LOKETPROFESSIONAL),
    Mens("loket.sjjw", "Sem", "Bos", "sjjw", "voorportaal", Rol.LOKETPROFESSIONAL),
    Mens("loket.mee", "Ilse", "Brink", "mee", "voorportaal", Rol.LOKETPROFESSIONAL),
    Mens("loket.oud", "Peer", "Aarts", "smow", "voorportaal", Rol.LOKETPROFESSIONAL, tot=date(2025, 7, 1)),
    Mens("toegang", "Noor", "Verhoef", "gemeente", "voorportaal", Rol.ZORGREGISSEUR, gezicht=True),
    Mens("toegang.jeugd", "Anouk", "Schipper", "gemeente", "voorportaal", Rol.ZORGREGISSEUR),
    Mens("coordinator", "Willem", "Dorst", "gemeente", "volwassenen", Rol.TEAMCOORDINATOR, gezicht=True),
    Mens("coordinator.jeugd", "Meryem", "Aydin", "gemeente", "jeugd", Rol.TEAMCOORDINATOR, gezicht=True),
    Mens("casus", "Tim", "Aalbers", "kwadraad", "volwassenen", Rol.CASUSREGISSEUR, gezicht=True),
    Mens("casus.lotte", "Lotte", "Hendriks", "kwadraad", "volwassenen", Rol.CASUSREGISSEUR),
    Mens("casus.samira", "Samira", "Bouali", "smow", "volwassenen", Rol.CASUSREGISSEUR),
    Mens("casus.esmee", "Esmée", "Vonk", "mee", "volwassenen", Rol.CASUSREGISSEUR),
    Mens("casus.gemeente", "Ruud", "Kloos", "gemeente", "volwassenen", Rol.CASUSREGISSEUR),
    Mens("casus.jeugd", "Youssef", "Amari", "jit", "jeugd", Rol.CASUSREGISSEUR, gezicht=True),
    Mens("casus.sjjw", "Fleur", "Hoek", "sjjw", "jeugd", Rol.CASUSREGISSEUR),
    Mens("casus.jgz", "Wendy", "Prinsen", "jgz", "jeugd", Rol.CASUSREGISSEUR),
    Mens("casus.sad", "Joris", "Maas", "sad", "jeugd", Rol.CASUSREGISSEUR),
    Mens("teamlid", "Fatma", "Demir", "smow", "volwassenen", Rol.TEAMLID, gezicht=True),
    Mens("teamlid.mee", "Bram", "Stolk", "mee", "volwassenen", Rol.TEAMLID),
    Mens("teamlid.jgz", "Eline", "Raaf", "jgz", "jeugd", Rol.TEAMLID),
    Mens("teamlid.sad", "Koen", "Veen", "sad", "jeugd", Rol.TEAMLID, "van"),
    Mens("proces", "Ineke", "Mol", "gemeente", "volwassenen", Rol.PROCESREGISSEUR, gezicht=True),
    Mens("proces.jeugd", "Hugo", "Lam", "gemeente", "jeugd", Rol.PROCESREGISSEUR),
    Mens("kaart", "Greetje", "Pol", "smow", "voorportaal", Rol.SOCIALE_KAARTBEHEERDER, gezicht=True),
    Mens("kwartiermaker", "Sander", "Wiel", "gemeente", "beleid", Rol.KWARTIERMAKER, "van der", gezicht=True),
    Mens("beleid", "Hanneke", "Prins", "gemeente", "beleid", Rol.BELEIDSMEDEWERKER, gezicht=True),
    Mens("beheer", "Olaf", "Koster", "gemeente", "beheer", Rol.FUNCTIONEEL_BEHEERDER, gezicht=True),
    Mens("privacy", "Marga", "Vliet", "gemeente", "beheer", Rol.PRIVACY_OFFICER, "van", gezicht=True),
)
