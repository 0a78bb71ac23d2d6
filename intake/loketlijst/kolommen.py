"""The columns of the old list, whatever their order and however their heads were written."""

import re
from collections.abc import Sequence

from skt.inwoners.namen import fold

KOLOMMEN = {
    "volgnr": "Volgnr",
    "datum": "Datum",
    "tijd": "Tijd",
    "kanaal": "Kanaal",
    "naam_beller": "Naam beller",
    "relatie": "Relatie",
    "naam_inwoner": "Naam inwoner",
    "geboortedatum": "Geb.datum",
    "postcode": "Postcode",
    "huisnr": "Huisnr",
    "telefoon": "Telefoon",
    "vraag": "Vraag",
    "onderwerp": "Onderwerp",
    "doorverwezen": "Doorverwezen naar",
    "medewerker": "Medewerker",
    "organisatie": "Organisatie",
    "afgehandeld": "Afgehandeld",
    "opmerking": "Opmerking",
}
ANDERE_NAMEN = {
    "volgnr": "volgnummer nr nummer id volgno volg registratienummer contactnr contactnummer",
    "datum": "datumcontact contactdatum datumgesprek dag dd",
    "tijd": "tijdstip uur tijdcontact",
    "kanaal": "contactwijze wijze via soortcontact ingang binnengekomenvia contactkanaal",
    "naam_beller": "beller naammelder melder naamcontact contactpersoon naamcontactpersoon ingesproken",
    "relatie": "relatietotinwoner relatiebeller relatiemelder soortmelder hoedanigheid",
    "naam_inwoner": "inwoner naamclient client clientnaam naamburger naam naamvandeinwoner naambewoner bewoner betreft",
    "geboortedatum": "gebdatum gebdat geboren geboortedat gebdtm geboortedatuminwoner gebdag geboortedag",
    "postcode": "pc pcode postcodeinwoner postc",
    "huisnr": "huisnummer hnr nrhuis huisno huisnrtoev huisnrtoevoeging huisnummertoevoeging",
    "telefoon": "tel telefoonnummer telnr telnummer telefoonnr teleefoon mobiel telefooninwoner",
    "vraag": "hulpvraag vraagstelling omschrijving vraagomschrijving inhoud",
    "onderwerp": "thema categorie rubriek onderwerpvraag soortvraag",
    "doorverwezen": "doorverwezennaar verwezennaar doorverwijzing verwezen doorverwijzingnaar naar",
    "medewerker": "naammedewerker behandelaar loketmedewerker opgenomendoor aangenomendoor mdw",
    "organisatie": "org orgmedewerker organisatiemedewerker werkgever moederorganisatie",
    "afgehandeld": "status afgerond klaar afhandeling",
    "opmerking": "opmerkingen bijzonderheden notitie notities opm toelichting",
}
OMGEKEERD = {
    naam: kolom for kolom, namen in ANDERE_NAMEN.items() for naam in (kolom.replace("_", ""), *namen.split())
}


def match_kop(cellen: Sequence[str]) -> tuple[str, ...]:
    """Which of our columns each head is; '' for one that isn't, or that stands there a second time."""
    found: list[str] = []
    for cel in cellen:
        kolom = OMGEKEERD.get(re.sub(r"[^a-z]", "", fold(cel.replace("\ufeff", ""))), "")
        found.append("" if kolom in found else kolom)
    return tuple(found)
