"""Voorwaarden bij de overgangen van wat het voorportaal bijhoudt; '' als het mag, anders de zin die zegt waarom niet."""

from typing import Any

from intake.vragen import LABELS, check_vragen, read_vragen


def heeft_inwoner_of_is_anoniem(melding: Any) -> str:
    if melding.inwoner_id or melding.contactmoment.melder_soort == "anoniem":
        return ""
    return "Vul eerst in over wie het gaat. Weet u het niet, kies dan bij melder: anoniem."


def vraagt_alle_leefgebieden(methode: Any) -> str:
    """Integraal: alle acht leefgebieden worden uitgevraagd (nota, noot 6)."""
    if fouten := check_vragen(methode.vragen):
        return fouten[0].zin
    leeg = [LABELS[gebied].lower() for gebied, lijst in read_vragen(methode.vragen).items() if not lijst]
    if not leeg:
        return ""
    return f"Integraal betekent: alle acht leefgebieden. Er is nog geen vraag over {', '.join(leeg)}."


def is_niet_de_standaard(methode: Any) -> str:
    if methode.is_standaard:
        return "Dit is de standaard. Kies eerst een andere methode als standaard."
    return ""


KEREN_VERGEEFS = 2
"""Zo vaak mag niemand opnemen voordat het op een andere manier moet (de derde keer)."""


def nog_geen_twee_keer_gebeld(verzoek: Any) -> str:
    if len(verzoek.pogingen) < KEREN_VERGEEFS:
        return ""
    return "Er is al twee keer vergeefs gebeld. Zoek een andere weg."


def al_twee_keer_gebeld(verzoek: Any) -> str:
    if len(verzoek.pogingen) >= KEREN_VERGEEFS:
        return ""
    return "Probeer het eerst nog eens te bellen."
