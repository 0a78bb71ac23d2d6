"""Het advies van het protocol zoals het formulier van triage het toont: wat, waarom, en dat u beslist."""

from collections.abc import Callable
from typing import Any

from triage.models import Bord, Ernst, Uitkomst, Urgentie
from triage.protocol.woorden import describe
from triage.queries.protocol import Raad, term_names

ONDERDELEN: dict[str, tuple[str, Callable[[str], str]]] = {
    "uitkomst": ("Waarheen", lambda waarde: Uitkomst(waarde).label),
    "bord": ("Team", lambda waarde: Bord(waarde).label),
    "urgentie": ("Urgentie", lambda waarde: Urgentie(waarde).kort.capitalize()),
    "ernst": ("Ernst", lambda waarde: Ernst(waarde).label),
}


def show_advice(raad: Raad | None) -> dict[str, Any] | None:
    """What the partial triage/_advies.html draws: each part with the line that said it, and every line that holds."""
    if raad is None:
        return None
    advies, van = raad.weging.advies, raad.weging.regels
    asks_terms = any(raad.regels[nummer - 1].als.termijnen for nummer in raad.weging.geraakt)
    termijnen = term_names() if asks_terms else {}
    return {
        "versie": raad.versie,
        "onderdelen": [
            {"naam": naam, "waarde": label(waarde), "regel": van[deel]}
            for deel, (naam, label) in ONDERDELEN.items()
            if (waarde := getattr(advies, deel))
        ],
        "waarschuw": advies.waarschuw,
        "wet": advies.wet,
        "regels": [
            {
                "nummer": nummer,
                "naam": raad.regels[nummer - 1].naam,
                "omdat": describe(raad.regels[nummer - 1].als, termijnen),
                "telt": nummer in van.values(),
            }
            for nummer in raad.weging.geraakt
        ],
        "keuze": {deel: getattr(advies, deel) for deel in ("uitkomst", "bord", "urgentie")},
    }
