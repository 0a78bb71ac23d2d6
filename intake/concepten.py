"""Hoe een half getypt gesprek heet, in de balk en op de werkvoorraad."""

import base64

from django.utils import timezone
from django.utils.crypto import salted_hmac

from intake.models import Concept

MAX_NAAM = 60
"""So much of what was typed as a name is shown."""


def describe_concept(concept: Concept) -> str:
    """De naam van wie belt, anders van wie het over gaat, anders wanneer het begon."""
    zonder_naam = f"Gesprek van {timezone.localtime(concept.begonnen_op):%H:%M}"

    def typed(name: str) -> str:
        values = concept.gegevens.get(name)
        return str(values[-1]).strip()[:MAX_NAAM] if isinstance(values, list) and values else ""

    over = " ".join(filter(None, map(typed, ("roepnaam", "voorvoegsel", "achternaam"))))
    if typed("melder_soort") in {"", "inwoner zelf"}:
        return over or typed("melder_naam") or zonder_naam
    return typed("melder_naam") or over or zonder_naam


def browser_key(concept: Concept) -> str:
    """De sleutel waarmee de pagina van dit gesprek in de browser bewaart wat nog niet bevestigd is."""
    return seal_key(str(concept.sleutel), concept.medewerker_id)


def seal_key(waar: str, medewerker_id: int) -> str:
    """Een sleutel (256 bits, base64) voor wat deze medewerker hier half getypt heeft.

    Alleen die medewerker krijgt hem, en alleen in de pagina zelf: wie de schijf van de computer leest, leest niets.
    """
    digest = salted_hmac("intake.concept", f"{waar}:{medewerker_id}", algorithm="sha256")
    return base64.b64encode(digest.digest()).decode()
