"""Wat de zoekbalk van de site op de sociale kaart vindt."""

from django.urls import reverse

from skt.autorisatie.rules import may
from skt.medewerkers.models import Medewerker
from skt.web.zoeken import Vondst
from socialekaart.queries import search

MAX_VONDSTEN = 10


def find_voorzieningen(user: Medewerker, vraag: str) -> list[Vondst]:
    """The best of the sociale kaart, open or not: who searches by name wants to know that it closed."""
    if not may(user, "socialekaart.view_voorziening"):
        return []
    return [
        Vondst(
            "Sociale kaart",
            voorziening.naam,
            f"{voorziening.aanbieder} · {voorziening.get_status_display()}",
            reverse("socialekaart:voorziening_detail", args=[voorziening.code]),
        )
        for voorziening in search(vraag, alleen_actief=False)[:MAX_VONDSTEN]
    ]
