"""Every reason a row can have: its level, and its sentence for the user."""

from collections.abc import Iterable
from enum import StrEnum


class Niveau(StrEnum):
    """How heavy a reason weighs; the heaviest of a row decides."""

    INFO = "info"
    WAARSCHUWING = "waarschuwing"
    WEIGEREN = "weigeren"
    DUBBEL = "dubbel"
    GEEN_RIJ = "geen gegevensrij"


OVERNEMEN = "overnemen"
MET_WAARSCHUWING = "overnemen met waarschuwing"
WEIGEREN = "weigeren"
DUBBEL = "dubbel"
GEEN_GEGEVENSRIJ = "geen gegevensrij"
UITKOMSTEN = (OVERNEMEN, MET_WAARSCHUWING, WEIGEREN, DUBBEL, GEEN_GEGEVENSRIJ)
"""As they are counted; in a report a double says of which row."""

_I, _W, _R, _D, _G = Niveau
REDENEN: dict[str, tuple[Niveau, str]] = {
    "DATUM_NOTATIE": (_I, "De datum stond er in een andere notatie en is omgezet."),
    "TIJD_NOTATIE": (_I, "De tijd stond er in een andere notatie en is omgezet."),
    "GEBDATUM_NOTATIE": (_I, "De geboortedatum stond er in een andere notatie en is omgezet."),
    "POSTCODE_NOTATIE": (_I, "De postcode is omgezet naar de gewone schrijfwijze."),
    "TELEFOON_NOTATIE": (_I, "Het telefoonnummer is omgezet naar tien cijfers."),
    "ORGANISATIE_ALIAS": (_I, "De organisatie stond er onder een andere schrijfwijze en is herkend."),
    "SCHEIDINGSTEKEN_IN_VELD": (_I, "In een tekst staat het scheidingsteken van het bestand; het hoort bij de tekst."),
    "REGELEINDE_IN_VELD": (_I, "Een tekst loopt over meer regels; dat is zo overgenomen."),
    "LEGE_KOLOMMEN_ACHTERAAN": (_I, "Achter de rij stonden lege kolommen; die zijn overgeslagen."),
    "WITRUIMTE": (_I, "Spaties of tabs te veel zijn weggehaald."),
    "DATUM_EXCEL": (_W, "De datum was een reeksgetal van Excel en is teruggerekend. Controleer de datum."),
    "DATUM_BUITEN_JAAR": (_W, "De datum valt buiten het jaar van dit bestand. Controleer de datum."),
    "TIJD_ONGELDIG": (_W, "De tijd kan niet bestaan en is leeg overgenomen."),
    "GEBDATUM_EXCEL": (_W, "De geboortedatum was een reeksgetal van Excel en is teruggerekend. Controleer de datum."),
    "GEBDATUM_ONGELDIG": (_W, "De geboortedatum bestaat niet en is leeg overgenomen."),
    "GEBDATUM_TOEKOMST": (_W, "De geboortedatum ligt na het contact en is leeg overgenomen."),
    "GEBDATUM_ONWAARSCHIJNLIJK": (_W, "De geboortedatum is een opvuldatum of meer dan 115 jaar geleden en is leeg overgenomen."),
    "NAAM_LEEG": (_W, "Er staat geen naam van een inwoner: het contact is overgenomen zonder inwoner."),
    "LEEGMARKERING": (_W, "In een persoonsveld stond een teken voor ‘leeg’ (zoals nvt of ?); dat is leeg overgenomen."),
    "NAAM_SPELLING": (_W, "Dezelfde persoon staat in een eerdere rij onder een andere schrijfwijze. Beoordeel of het klopt."),
    "POSTCODE_BUITEN_WASSENAAR": (_W, "De postcode ligt buiten Wassenaar."),
    "POSTCODE_ONGELDIG": (_W, "Dit is geen postcode; hij is leeg overgenomen."),
    "TELEFOON_ONGELDIG": (_W, "Dit is geen bruikbaar telefoonnummer; het is leeg overgenomen."),
    "TELEFOON_MEERDERE": (_W, "Er stonden twee telefoonnummers; het eerste is overgenomen."),
    "ORGANISATIE_ONBEKEND": (_W, "Een organisatie in deze rij kennen we niet; wat er stond, is in de tekst bewaard."),
    "VOLGNR_DUBBEL": (_W, "Dit volgnummer kwam al voor bij een ander contact; dit contact krijgt een nieuw nummer."),
    "VOLGNR_LEEG": (_W, "Er stond geen volgnummer; dit contact krijgt een nieuw nummer."),
    "BSN_IN_TEKST": (_W, "In een tekst stond een burgerservicenummer; het is afgeschermd en niet bewaard."),
    "FORMULE_IN_CEL": (_W, "Een cel leek op een formule; hij is als gewone tekst overgenomen."),
    "HTML_IN_TEKST": (_W, "In een tekst stond opmaak of een script (HTML); het is als gewone tekst overgenomen."),
    "TEKEN_ONGELDIG": (_W, "Een onleesbaar teken is vervangen."),
    "CODERING_VERDACHT": (_W, "Een teken stond er in een andere codering (bijvoorbeeld Ã©) en is hersteld."),
    "VELD_ZEER_LANG": (_W, "Een tekst is langer dan 4.000 tekens; hij is volledig overgenomen."),
    "MOGELIJK_DUBBEL": (_W, "Zelfde inwoner, dag en onderwerp als een eerdere rij, andere tekst. Beoordeel of het één contact is."),
    "DATUM_ONGELDIG": (_R, "De datum van het contact ontbreekt of bestaat niet."),
    "TE_WEINIG_KOLOMMEN": (_R, "De rij heeft te weinig kolommen: niet te zien is wat waar hoort."),
    "TE_VEEL_KOLOMMEN": (_R, "De rij heeft te veel kolommen: door een los scheidingsteken is zij verschoven."),
    "GEEN_INHOUD": (_R, "Vraag, onderwerp en opmerking zijn alle drie leeg."),
    "EXACT_DUBBEL": (_D, "Deze rij is in alles gelijk aan een eerdere rij."),
    "DUBBEL_ANDER_VOLGNR": (_D, "Deze rij is gelijk aan een eerdere rij, op het volgnummer, hoofdletters of spaties na."),
    "LEGE_REGEL": (_G, "Dit is een lege regel."),
    "HERHAALDE_KOP": (_G, "Dit is een kopregel."),
    "TUSSENTOTAAL": (_G, "Dit is een subtotaal."),
    "TOTAALREGEL": (_G, "Dit is de totaalregel."),
}  # fmt: skip
TER_BEOORDELING = frozenset({"NAAM_SPELLING", "MOGELIJK_DUBBEL"})
"""A human has to look at these; the contact is there already."""


def weigh(redenen: Iterable[str]) -> str:
    """The outcome that the heaviest reason gives; no reason, or only info, is OVERNEMEN."""
    levels = {REDENEN[reden][0] for reden in redenen}
    for level, outcome in (
        (Niveau.GEEN_RIJ, GEEN_GEGEVENSRIJ),
        (Niveau.DUBBEL, DUBBEL),
        (Niveau.WEIGEREN, WEIGEREN),
        (Niveau.WAARSCHUWING, MET_WAARSCHUWING),
    ):
        if level in levels:
            return outcome
    return OVERNEMEN
