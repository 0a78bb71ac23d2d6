"""Controlled rounding to multiples of five: unbiased, at most four off per cell and for the total.

Systematic sampling of what is left over after dividing by five (Cox 1987, in one dimension; SDC handbook,
ch. 5): put the cells in random order on a line, each as long as its remainder, and lay a comb with a tooth
every five units over it, at a random start. A cell under a tooth goes up, the others go down. So a cell with
remainder r goes up with chance r/5, and the number of teeth keeps the total within the same bound.

Two cubes over the same things have the same total; with the same start of the comb both totals go up, or both
go down: their shared margin is one number. The start and the orders come from the operating system's secure
random source and are kept nowhere.
"""

from collections.abc import Mapping
from random import Random

from skt.kern.errors import DomainError

BASIS = 5
GRENS = BASIS - 1
"""A published number is at most this far from the true one."""

Aantallen = Mapping[str, int]


class BoundNotMet(DomainError):
    """What came out isn't what is promised: nothing may be published. Never says a number."""


def round_cubes(
    waar: Mapping[str, Aantallen], marges: Mapping[str, str], random: Random
) -> dict[str, dict[str, int]]:
    """Round all cubes of a month: true counts per cube and cell in, multiples of five out.

    `marges` names the shared margin of each cube. Raises BoundNotMet when the result doesn't keep the
    promise, as when cubes with one margin differ in their true total.
    """
    starten = {marge: random.randrange(BASIS) for marge in sorted(set(marges.values()))}
    rond = {kubus: _round(cellen, starten[marges[kubus]], random) for kubus, cellen in waar.items()}
    verify(waar, rond, marges)
    return rond


def verify(waar: Mapping[str, Aantallen], rond: Mapping[str, Aantallen], marges: Mapping[str, str]) -> None:
    """Hold every promise against the numbers, whoever made them. Raises BoundNotMet."""
    totalen: dict[str, int] = {}
    for kubus, cellen in waar.items():
        found = rond.get(kubus, {})
        kept = (
            cellen.keys() == found.keys()
            and all(aantal >= 0 and aantal % BASIS == 0 for aantal in found.values())
            and all(abs(found[cel] - aantal) <= GRENS for cel, aantal in cellen.items())
            and abs(sum(found.values()) - sum(cellen.values())) <= GRENS
            and sum(found.values()) == totalen.setdefault(marges[kubus], sum(found.values()))
        )
        if not kept:
            raise BoundNotMet(f"De afgeronde cijfers van ‘{kubus}’ blijven niet binnen de grens.")


def _round(cellen: Aantallen, start: int, random: Random) -> dict[str, int]:
    volgorde = list(cellen)
    random.shuffle(volgorde)
    rond, plaats = {}, 0
    for cel in volgorde:
        rest = cellen[cel] % BASIS
        under_tooth = (start - plaats) % BASIS < rest
        rond[cel] = cellen[cel] - rest + (BASIS if under_tooth else 0)
        plaats += rest
    return {cel: rond[cel] for cel in cellen}
