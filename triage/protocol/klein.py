"""Aantallen die iemand mag zien die niemand mag zien: wat onder de tien is, staat er niet, en is niet uit te rekenen."""

from collections.abc import Mapping

KLEINSTE = 10
KLEIN = "klein"
"""Een tot en met negen."""
VERBORGEN = "verborgen"
"""Tien of meer, weggelaten omdat anders het ene kleine aantal ernaast uit het totaal volgt."""


def hide_small(counts: Mapping[str, int]) -> dict[str, int | str]:
    """Counts of one column that add up to a known total: small ones hidden, and never just one of them."""
    small = [key for key, count in counts.items() if 0 < count < KLEINSTE]
    hidden: dict[str, int | str] = {key: KLEIN if key in small else count for key, count in counts.items()}
    if len(small) == 1:
        rest = [key for key, count in counts.items() if count >= KLEINSTE]
        if rest:
            hidden[min(rest, key=lambda key: counts[key])] = VERBORGEN
    return hidden


def hide_one(count: int) -> int | str:
    return KLEIN if 0 < count < KLEINSTE else count


def hide_rounded(count: int) -> int | str:
    """For counts that overlap with those of another table: a multiple of five, so that they tell no difference."""
    return hide_one(count) if count < KLEINSTE else 5 * round(count / 5)


def say(count: int | str) -> str:
    """As it stands in a table."""
    return {KLEIN: f"<{KLEINSTE}", VERBORGEN: f"{KLEINSTE} of meer"}.get(str(count), str(count))
