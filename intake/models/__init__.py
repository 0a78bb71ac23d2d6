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
from intake.models.methode import Methodetoewijzing, Uitvraagmethode
from intake.models.uitvraag import Antwoord, Meting, Metingantwoord, Metingreden, Score, Uitvraag

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
    "Methodetoewijzing",
    "Meting",
    "Metingantwoord",
    "Metingreden",
    "Score",
    "Spoor",
    "Uitvraag",
    "Uitvraagmethode",
]
