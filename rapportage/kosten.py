"""Wanneer een bedrag gepubliceerd mag worden, en hoe. Gerekend per mens: één gezin kan een bedrag beheersen.

Rules (Handbook on Statistical Disclosure Control, 2nd ed., ch. 4; the limits are ACRO's): at least ten people behind a
figure; p % rule: the second largest, who knows their own part, may not come within p % of the largest; (n, k) dominance:
the n largest together not more than k % of the whole. Costs that fail say nothing at all, also not how they fail.

What is published is the rounded mean times the published count: never a sum of true amounts.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

MINSTENS = 10
"""People behind a figure."""
P_PROCENT = Decimal(10)
N, K_PROCENT = 2, Decimal(90)
CIJFERS = 2
"""Significant digits of a published mean."""


def per_person(posten: Iterable[tuple[Hashable, Decimal]]) -> list[Decimal]:
    """Amounts per person, largest first, from amounts per item of somebody."""
    som: dict[Hashable, Decimal] = defaultdict(Decimal)
    for mens, bedrag in posten:
        som[mens] += bedrag
    return sorted((bedrag for bedrag in som.values() if bedrag > 0), reverse=True)


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
