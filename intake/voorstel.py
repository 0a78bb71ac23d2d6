"""Een voorstel hoe het gesprek af te ronden, met de reden erbij. De professional beslist, altijd."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.models import Aard, Meervoudigheid, Spoor

HULP_NODIG = 3
"""A score up to here is a leefgebied in which something is needed."""
MEER_GEBIEDEN = 2
TELWOORDEN = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht")


@dataclass(frozen=True)
class Voorstel:
    kop: str
    tekst: str


def propose(
    *, aard: str, spoor: str, meervoudigheid: str, scores: Mapping[str, int | None], meegegeven: int
) -> Voorstel | None:
    """The route that fits what was written so far, or None when that says too little."""
    low = [score for score in scores.values() if score is not None and score <= HULP_NODIG]
    if spoor == Spoor.CRISIS or 1 in low:
        return Voorstel("crisisroute", "Er is acuut gevaar genoteerd.")
    if len(low) >= MEER_GEBIEDEN:
        return Voorstel("naar triage", f"Er spelen {TELWOORDEN[len(low)]} leefgebieden.")
    if meervoudigheid == Meervoudigheid.MEERVOUDIG:
        return Voorstel("naar triage", "U noemde de vraag meervoudig.")
    if aard in {Aard.INFORMATIE, Aard.SOCIALE_KAART} and meegegeven:
        return Voorstel("informatie en advies", "U gaf aanbod van de sociale kaart mee.")
    if len(low) == 1 and meervoudigheid == Meervoudigheid.ENKELVOUDIG:
        return Voorstel("hulpverlening", "Er speelt één leefgebied en de vraag is enkelvoudig.")
    return None
