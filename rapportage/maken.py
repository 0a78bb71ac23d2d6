"""Eén familie in één maand afronden: met alle tabellen als het kan, zonder de fijnste als het niet anders kan.

What can't be kept within the bound isn't published; the rest of the month is. Never anything in between.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rapportage.afronden import BASIS, BoundNotMet, Getallen, round_family
from rapportage.opbouw import Catalogus, Familie
from rapportage.samenstellen import OPOFFEREN, Eerder, Elders, Plafonds, Soort, drifts, problems

KEREN = 20
"""So often a stand is rounded again when it moves away from its flow, before more is given up."""


def round_month(
    catalogus: Catalogus,
    familie: Familie,
    maand: date,
    waar: Mapping[str, Getallen],
    eerder: Eerder,
    elders: Elders | None = None,
    plafonds: Plafonds | None = None,
) -> dict[str, Getallen]:
    """The rounded cells per cube. `eerder`: this year's months so far, of what a stand follows with this one.

    Cells add up as they should, whatever happens; tables that nothing could keep within the bound are out of it, and
    for fill_tables to leave out. Raises BoundNotMet when there aren't even cells that add up.
    """
    for zonder, los, onder in _ladder(familie, plafonds or {}):
        stam, *takken = problems(
            catalogus, familie, maand, waar, eerder, elders, zonder, los=los, plafonds=onder
        )
        for _keer in range(KEREN):
            try:
                rond = _named(familie, round_family(stam, takken))
            except BoundNotMet:
                break
            if not drifts(catalogus, familie, maand, waar, rond, eerder):
                return rond
    return _named(familie, round_family(stam, takken, streng=False))


def _ladder(familie: Familie, plafonds: Plafonds) -> Iterator[tuple[Sequence[Soort], bool, Plafonds]]:
    """From all that was asked to less: what stayed the same may move by five, and then the finest tables go first."""
    for erbij in (0, BASIS) if plafonds else ():
        yield (), False, {tabel: (cel, getal + erbij) for tabel, (cel, getal) in plafonds.items()}
    yield (), False, {}
    if familie.stand:
        yield (), True, {}
    for zoveel in range(1, len(OPOFFEREN) + 1):
        yield OPOFFEREN[:zoveel], familie.stand, {}


def _named(familie: Familie, rond: Sequence[Getallen]) -> dict[str, Getallen]:
    return dict(zip((kubus.code for kubus in familie.kubussen), rond, strict=True))
