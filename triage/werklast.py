"""How full somebody's hands are, as the regiekeuze shows it. casusregie fills this in at start-up; triage never imports it."""

from collections.abc import Callable, Sequence

Teller = Callable[[Sequence[int]], dict[int, int]]
"""Ids of medewerkers → number of casussen each has the regie of now; who has none may be left out."""

MAXIMUM = 12
"""Casussen (weighed) per casusregisseur from which the screen says ‘vol’ [V]: a warning, never a refusal."""

Weger = Callable[[Sequence[int]], dict[int, float]]
"""Ids of medewerkers → how heavy those casussen are together: 1 is an ordinary running casus. The start of one counts 1.5,
winding down 0.5, nazorg 0.25, and procesregie doubles it [V]."""

_tellers: list[Teller] = []
_wegers: list[Weger] = []


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


def register_werkgewicht(weger: Weger) -> None:
    """Say how heavy the running work is; several add up."""
    _wegers.append(weger)


def weigh_werklast(aantallen: dict[int, int]) -> dict[int, float]:
    """The weight of the running casussen per medewerker; what nobody weighs, counts for one each."""
    totals: dict[int, float] = {}
    for weger in _wegers:
        for medewerker_id, gewicht in weger(list(aantallen)).items():
            totals[medewerker_id] = totals.get(medewerker_id, 0) + gewicht
    return {pk: totals.get(pk, float(aantal)) for pk, aantal in aantallen.items()}
