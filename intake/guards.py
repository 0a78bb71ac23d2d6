"""Voorwaarden bij de overgangen van een melding; '' als het mag, anders de zin die zegt waarom niet."""

from typing import Any


def heeft_inwoner_of_is_anoniem(melding: Any) -> str:
    if melding.inwoner_id or melding.contactmoment.melder_soort == "anoniem":
        return ""
    return "Vul eerst in over wie het gaat. Weet u het niet, kies dan bij melder: anoniem."
