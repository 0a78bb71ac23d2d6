"""De kenmerken van vandaag en hun vakken. Een jaar houdt de kenmerken waarmee het begon (Indeling)."""

from collections.abc import Iterable
from typing import Any

from rapportage.kubussen import CASUS, KANAAL, LEEFGEBIED, ROUTE
from rapportage.opbouw import Kenmerk, Vakken
from skt.kern.gebieden import Gebied
from skt.kern.keuzelijsten import Thema
from skt.medewerkers.models import Wet

TELLING = "telling"
"""The feature that tells people and contacts from all: was this its person's first of the year, its contact's first, or both?"""
EERSTE_WET, EERSTE_LIJN = "eerste_wet", "eerste_lijn"
"""The same of people per wet and per lijn: who gets something by two wetten counts once for each."""
INWENDIG = (TELLING, EERSTE_WET, EERSTE_LIJN)
"""What no table shows."""


def _enum(keuzes: Iterable[Any]) -> Vakken:
    return tuple((str(keuze.value), str(keuze.label)) for keuze in keuzes)


ONBEKEND = ("onbekend", "Onbekend")
LEEFTIJD = Kenmerk(
    "leeftijd",
    "Leeftijd",
    (
        ("0-11", "0 tot en met 11 jaar"),
        ("12-17", "12 tot en met 17 jaar"),
        ("18-26", "18 tot en met 26 jaar"),
        ("27-64", "27 tot en met 64 jaar"),
        ("65-79", "65 tot en met 79 jaar"),
        ("80+", "80 jaar en ouder"),
        ONBEKEND,
    ),
)
MELDER: Vakken = tuple(
    (waarde, waarde[0].upper() + waarde[1:])
    for waarde in (
        "inwoner zelf", "naaste/netwerk", "professional/hulpverlener", "onafhankelijke cliëntondersteuner", "huisarts",
        "school", "politie/veiligheid", "Meldpunt Bezorgd GGD", "woningcorporatie", "signaalpartner vroegsignalering",
        "anoniem", "anders",
    )
)  # fmt: skip


def _same(*waarden: str) -> Vakken:
    return tuple((waarde, waarde[0].upper() + waarde[1:]) for waarde in waarden)


LIJNEN: Vakken = (("0", "0de lijn"), ("1", "1ste lijn"), ("2", "2de lijn"))
VAST = (
    Kenmerk(TELLING, "Eerste van het contact, van de mens, of beide", _same("geen", "contact", "mens", "beide")),
    Kenmerk(EERSTE_WET, "Eerste van dit mens dit jaar, binnen deze wet", _same("nee", "ja")),
    Kenmerk(EERSTE_LIJN, "Eerste van dit mens dit jaar, binnen deze lijn", _same("nee", "ja")),
    Kenmerk("gebied", "Gebied", (*_enum(Gebied), ("onbekend", "Onbekend of elders"))),
    LEEFTIJD,
    Kenmerk("kanaal", "Kanaal", KANAAL.vakken),
    Kenmerk("melder", "Wie er belde", MELDER),
    Kenmerk("spoor", "Spoor", _same("mentaal", "sociaal", "crisis", "onbekend")),
    Kenmerk(
        "aard",
        "Aard",
        _same("informatie en advies", "hulpvraag", "bezorgdheid/zorgmelding", "signaal Wvggz", "klacht", "sociale-kaartvraag"),
    ),
    Kenmerk("route", "Route", ROUTE.vakken),
    Kenmerk("thema", "Thema", _enum(Thema)),
    Kenmerk("leefgebied", "Leefgebied", LEEFGEBIED.vakken),
    Kenmerk(
        "urgentie",
        "Urgentie",
        _same("crisis (direct)", "spoed (binnen 3 werkdagen)", "regulier (eerstvolgend aanmeldoverleg)", "laag"),
    ),
    Kenmerk("ernst", "Ernst", _same("laag", "matig", "hoog", "zeer hoog")),
    Kenmerk(
        "uitkomst",
        "Uitkomst van de triage",
        _same(
            "informatie en advies", "zelf hulp verlenen", "vrij toegankelijk aanbod", "zelfstandig toekennen (mandaat)",
            "afspraak verdiepende intake", "aanmeldoverleg", "crisisroute",
        ),
    ),
    Kenmerk(
        "nuldelijn", "0de lijn", (("past", "Vrij toegankelijk aanbod past"), ("past_niet", "Er is geen passend vrij aanbod"))
    ),
    Kenmerk("bord", "Team", _same("jeugd", "volwassenen", "gezamenlijk", "geen")),
    Kenmerk(
        "plek",
        "Waar ze wachten",
        (
            ("loket", "Bij het loket"),
            ("triage", "Op triage"),
            ("overleg jeugd", "Op het overleg jeugd/gezin"),
            ("overleg volwassenen", "Op het overleg volwassenen"),
            ("overleg gezamenlijk", "Op het overleg van beide teams"),
            ("na overleg jeugd", "Bij jeugd/gezin, na of zonder overleg"),
            ("na overleg volwassenen", "Bij volwassenen, na of zonder overleg"),
            ("na overleg gezamenlijk", "Bij beide teams, na of zonder overleg"),
        ),
    ),
    Kenmerk("gebeurtenis", "Gebeurtenis", CASUS.vakken),
    Kenmerk("team", "Team", _same("voorportaal", "jeugd", "volwassenen", "beleid", "beheer")),
    Kenmerk("niveau", "Regie", _same("casusregie", "procesregie", "externe regie")),
    Kenmerk("status", "Status", _same("in opstart", "lopend", "in afbouw", "nazorg")),
    Kenmerk("richting", "Richting", _same("opschalen", "afschalen")),
    Kenmerk(
        "aanleiding",
        "Aanleiding",
        _same(
            "organisatie levert niet (goed)", "complex of escalerend", "belangen lopen uiteen", "veiligheid", "stagnatie",
            "doelen bereikt", "verzoek inwoner",
        ),
    ),
    Kenmerk("resultaat", "Resultaat", _same("redt zich zonder hulp", "terugval: nieuwe melding", "geen gehoor")),
    Kenmerk("na", "Na hoeveel maanden", tuple((na, f"Na {na} maand{'' if na == '1' else 'en'}") for na in ("1", "3", "6", "12"))),
    Kenmerk("termijn", "Op tijd", _same("op tijd", "te laat")),
    Kenmerk(
        "stap",
        "Stap",
        _same("melding tot triage", "triage tot besluit", "melding tot afgehandeld", "casus van open tot dicht"),
    ),
    Kenmerk("klasse", "Dagen", tuple((k, f"{k} dagen") for k in ("0", "1", "2-3", "4-7", "8-14", "15-28", "29-56", "57+"))),
    Kenmerk("inzet", "Inzet", _same("toekenning")),
    Kenmerk("wet", "Wet", (*_enum(wet for wet in Wet if wet != Wet.GEEN), (Wet.GEEN.value, "Geen wet"))),
    Kenmerk("naast", "Vrij toegankelijk aanbod ernaast", _same("ja", "nee")),
    Kenmerk("verloop", "Van begin tot einde", _same("vooruit", "gelijk gebleven", "achteruit")),
    Kenmerk("doel", "Uitkomst van een doel", _same("behaald", "deels behaald", "niet behaald", "vervallen")),
    Kenmerk("lijn", "Lijn", LIJNEN),
    Kenmerk("toegekende_lijn", "Lijn van wat is toegekend", (*LIJNEN, ("onbekend", "Staat niet op de sociale kaart"))),
)  # fmt: skip
