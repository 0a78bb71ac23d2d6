"""Lezen over meer dan één tabel; elke functie krijgt de rijen die de gebruiker mag zien."""

from triage.queries.overleg import agenda, earlier_decisions, regie_candidates, urgentie_rang
from triage.queries.triage import (
    count_worklist,
    filter_worklist,
    find_aanbod,
    running_mandaten,
    suggest_bord,
    triage_worklist,
    weighing_now,
    with_bordvoorstel,
)
from triage.queries.uitvraag import Uitvraagbeeld, read_uitvraag, scores_by_melding

__all__ = [
    "Uitvraagbeeld",
    "agenda",
    "count_worklist",
    "earlier_decisions",
    "filter_worklist",
    "find_aanbod",
    "read_uitvraag",
    "regie_candidates",
    "running_mandaten",
    "scores_by_melding",
    "suggest_bord",
    "triage_worklist",
    "urgentie_rang",
    "weighing_now",
    "with_bordvoorstel",
]
