"""Wanneer een bedrag gepubliceerd mag worden, en hoe. Gerekend per mens: één gezin kan een bedrag beheersen.

Rules (Handbook on Statistical Disclosure Control, 2nd ed., ch. 4; the limits are ACRO's): at least ten people behind a
figure; p % rule: the second largest, who knows their own part, may not come within p % of the largest; (n, k) dominance:
the n largest together not more than k % of the whole. Costs that fail say nothing at all, also not how they fail.

What is published is the rounded mean times the published count: never a sum of true amounts. And a cell that is kept back
must stay back when what is published is subtracted: by wet and by lijn are two tables over the same amounts (`choose`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import combinations

MINSTENS = 10
"""People behind a figure."""
P_PROCENT = Decimal(10)
N, K_PROCENT = 2, Decimal(90)
CIJFERS = 2
"""Significant digits of a published mean."""


Mens = Mapping[str, Decimal]
"""What one person got, per finest cell (wet and lijn)."""
Cel = frozenset[str]
"""The finest cells that one published figure sums."""


def per_person(mensen: Iterable[Mens], cel: Cel) -> list[Decimal]:
    """Amounts in this cell per person, largest first; who has nothing in it isn't there."""
    sommen = (sum((bedrag for fijn, bedrag in mens.items() if fijn in cel), Decimal()) for mens in mensen)
    return sorted((bedrag for bedrag in sommen if bedrag > 0), reverse=True)


def fails_p_percent(bedragen: Sequence[Decimal], p: Decimal = P_PROCENT) -> bool:
    """Could the second largest estimate the largest to within p %? True when total - first - second < p % of first."""
    groot = sorted(bedragen, reverse=True)
    if not groot:
        return False
    return sum(groot[2:], Decimal()) < p / 100 * groot[0]


def fails_dominance(bedragen: Sequence[Decimal], n: int = N, k: Decimal = K_PROCENT) -> bool:
    """Are the n largest together more than k % of the whole?"""
    groot = sorted(bedragen, reverse=True)
    return sum(groot[:n], Decimal()) > k / 100 * sum(groot, Decimal())


def may_publish(bedragen: Sequence[Decimal]) -> bool:
    """Do these amounts, one per person, pass every rule?"""
    return len(bedragen) >= MINSTENS and not fails_p_percent(bedragen) and not fails_dominance(bedragen)


def round_mean(bedragen: Sequence[Decimal]) -> Decimal:
    """The mean in two significant digits: 1234.56 → 1200."""
    gemiddeld = sum(bedragen, Decimal()) / len(bedragen)
    if not gemiddeld:
        return Decimal(0)
    stap = Decimal(10) ** (gemiddeld.adjusted() - CIJFERS + 1)
    return (gemiddeld / stap).quantize(Decimal(1), ROUND_HALF_EVEN) * stap


def publish_costs(bedragen: Sequence[Decimal], gepubliceerd: int) -> tuple[Decimal, Decimal] | None:
    """The rounded mean and the amount (mean times the published number of people); None when it may not be said.

    `gepubliceerd` is the number of people as it stands in a frozen cube: a multiple of five, shown from ten on.
    """
    if gepubliceerd < MINSTENS or not may_publish(bedragen):
        return None
    gemiddeld = round_mean(bedragen)
    return gemiddeld, gemiddeld * gepubliceerd


def choose(mensen: Sequence[Mens], tabellen: Sequence[Sequence[Cel]]) -> list[set[Cel]]:
    """Per table the cells that may be published together: each by the rules, and no difference of two sums breaks them.

    A sum of cells of one table less a sum of cells of another leaves two remainders (what only the one has, what only
    the other has). Is there something left, and no remainder that may be published itself, then whoever is in the one could
    work out the other. A cell of the later table goes, that with the fewest people, until nothing of the kind is left. Sums
    within one table, or of cells that are safe, stay safe: both rules are linear in the amounts.
    """
    gebruikt = frozenset(fijn for mens in mensen for fijn, bedrag in mens.items() if bedrag > 0)
    gekozen = [
        {cel & gebruikt for cel in tabel if may_publish(per_person(mensen, cel))} for tabel in tabellen
    ]
    veilig: dict[Cel, bool] = {}
    while (lek := _leak(mensen, gekozen, veilig)) is not None:
        zwakste = min(lek, key=lambda cel: (len(per_person(mensen, cel)), sorted(cel)))
        for tabel in gekozen:
            tabel.discard(zwakste)
    return [
        {cel for cel in tabel if cel & gebruikt in over}
        for tabel, over in zip(tabellen, gekozen, strict=True)
    ]


def _leak(mensen: Sequence[Mens], gekozen: Sequence[set[Cel]], veilig: dict[Cel, bool]) -> set[Cel] | None:
    """The cells of a sum of the later table that tells too much beside one of the earlier. `veilig` keeps what was worked out."""
    for een, ander in combinations(gekozen, 2):
        for deze in _sums(een):
            for die in _sums(ander):
                resten = [rest for rest in (_all(deze) - _all(die), _all(die) - _all(deze)) if rest]
                for rest in resten:
                    if rest not in veilig:
                        veilig[rest] = may_publish(per_person(mensen, rest))
                if resten and not any(veilig[rest] for rest in resten):
                    return {*die}
    return None


def _sums(cellen: set[Cel]) -> Iterator[tuple[Cel, ...]]:
    for zoveel in range(1, len(cellen) + 1):
        yield from combinations(sorted(cellen, key=sorted), zoveel)


def _all(cellen: Iterable[Cel]) -> Cel:
    return frozenset().union(*cellen)
