"""How full somebody's hands are, as the regiekeuze shows it. casusregie fills this in at start-up; triage never imports it."""

from collections.abc import Callable, Sequence

Teller = Callable[[Sequence[int]], dict[int, int]]
"""Ids of medewerkers → number of casussen each has the regie of now; who has none may be left out."""

MAXIMUM = 12
"""Casussen per casusregisseur from which the screen says ‘vol’ [V]: a warning, never a refusal."""

_tellers: list[Teller] = []


def register_werklast(teller: Teller) -> None:
    """Add a source of running work; several add up."""
    _tellers.append(teller)


def count_werklast(medewerker_ids: Sequence[int]) -> dict[int, int]:
    """The number of running casussen per medewerker; 0 for who has none."""
    totals = dict.fromkeys(medewerker_ids, 0)
    for teller in _tellers:
        for medewerker_id, aantal in teller(list(totals)).items():
            totals[medewerker_id] = totals.get(medewerker_id, 0) + aantal
    return totals
