from intake.models.concept import Concept
from intake.models.contactmoment import Contactmoment, Kanaal, MelderSoort
from intake.models.melding import (
    Aanvulling,
    Aard,
    Afhandeling,
    Meegegeven,
    Meervoudigheid,
    Melding,
    MeldingTermijn,
    Spoor,
)
from intake.models.uitvraag import Antwoord, Score, Uitvraag, Uitvraagmethode

__all__ = [
    "Aanvulling",
    "Aard",
    "Afhandeling",
    "Antwoord",
    "Concept",
    "Contactmoment",
    "Kanaal",
    "Meegegeven",
    "Meervoudigheid",
    "MelderSoort",
    "Melding",
    "MeldingTermijn",
    "Score",
    "Spoor",
    "Uitvraag",
    "Uitvraagmethode",
]
