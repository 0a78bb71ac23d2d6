"""Wat tests van de bladzijden delen: een kwartaal om te tonen, en de tekst van een antwoord."""

from typing import Any

from rapportage.tijdvak import parse_tijdvak
from tests.factories.rapportage import publish_tables

ROUTE = "/stuurinformatie/thema/route/"
TOELICHTING = "/stuurinformatie/toelichting/2026-K3/route-route/"
KWARTAAL, EERDER = parse_tijdvak("2026-K3"), parse_tijdvak("2025-K3")


def page(response: Any) -> str:
    return " ".join(response.content.decode().split())


def quarter(**erbij: Any) -> None:
    """A quarter and the same of a year before."""
    publish_tables(EERDER, {"meldingen": 70, "route": {"informatie en advies": 40, "crisisroute": 30}})
    publish_tables(
        KWARTAAL,
        {
            "meldingen": 115,
            "route": {"informatie en advies": 60, "crisisroute": 55},
            "route-gebied": {("centrum", "informatie en advies"): 25},
            **erbij,
        },
    )
