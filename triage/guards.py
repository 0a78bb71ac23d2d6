"""Voorwaarden bij de overgangen van een aanmelding; '' als het mag, anders de zin die zegt waarom niet."""

from typing import Any


def heeft_partij_en_regisseur(aanmelding: Any) -> str:
    punt = aanmelding.laatste_agendapunt
    if punt and punt.partij_id and punt.casusregisseur_id and punt.uiterlijk:
        return ""
    return "Kies eerst de partij, de casusregisseur en de datum van de eerste stap."
