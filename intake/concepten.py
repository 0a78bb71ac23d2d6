"""Hoe een half getypt gesprek heet, in de balk en op de werkvoorraad."""

from intake.models import Concept

ZONDER_NAAM = "Nieuw gesprek"


def describe_concept(concept: Concept) -> str:
    """De naam van wie belt, anders van wie het over gaat."""

    def typed(name: str) -> str:
        values = concept.gegevens.get(name)
        return str(values[-1]).strip() if isinstance(values, list) and values else ""

    over = " ".join(filter(None, map(typed, ("roepnaam", "voorvoegsel", "achternaam"))))
    if typed("melder_soort") in {"", "inwoner zelf"}:
        return over or typed("melder_naam") or ZONDER_NAAM
    return typed("melder_naam") or over or ZONDER_NAAM
