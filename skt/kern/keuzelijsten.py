"""Keuzelijsten die meer dan één kamer deelt: de acht leefgebieden en de thema's van de nota."""

from django.db import models


class Leefgebied(models.TextChoices):
    """Precies deze acht, in deze volgorde (nota, noot 6)."""

    HUISVESTING = "huisvesting", "Huisvesting"
    FINANCIEN = "financien", "Financiën"
    SOCIAAL = "sociaal", "Sociaal functioneren"
    PSYCHISCH = "psychisch", "Psychisch functioneren"
    ZINGEVING = "zingeving", "Zingeving"
    LICHAMELIJK = "lichamelijk", "Lichamelijk functioneren"
    PRAKTISCH = "praktisch", "Praktisch functioneren"
    DAGBESTEDING = "dagbesteding", "Dagbesteding"


class Thema(models.TextChoices):
    PSYCHOSOCIAAL = "psychosociale gezondheid", "Psychosociale gezondheid"
    SCHULDEN = "inkomen/schulden", "Inkomen en schulden"
    OPVOEDING = "opvoeding/gedrag of ontwikkeling kinderen", "Opvoeding, gedrag of ontwikkeling van kinderen"
    PARTICIPATIE = "participatie (sociale contacten, (vrijwilligers)werk, vrije tijd)", "Participatie"
    ONTWIKKELING = "ontwikkeling (school)", "Ontwikkeling (school)"
    RELATIE = "relationele vraagstukken/scheidingsproblematiek", "Relatie en scheiding"
    BEZORGDHEID = "melden van bezorgdheid over een inwoner", "Bezorgdheid over een inwoner"
    WONEN = "(beschermd) wonen", "(Beschermd) wonen"
    OUDEREN = "zelfstandig wonen van ouderen", "Zelfstandig wonen van ouderen"
    JEUGDHULP = "jeugdhulp", "Jeugdhulp"
    MANTELZORG = "mantelzorg", "Mantelzorg"
    ANDERS = "anders", "Anders"
