"""Work that its holder must hand over before their placement ends (domein 5, 6).

The rooms where the work is say at start-up how it is counted; nobody here knows what a casus is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from skt.medewerkers.models import Plaatsing

VOORUIT = timedelta(days=14)
"""From this long before the end the pages warn [V]."""


@dataclass(frozen=True)
class OverTeDragen:
    """One placement that ends, or has ended, and the number of things its holder still answers for."""

    plaatsing: Plaatsing
    meldingen: int
    casussen: int
    acties: int

    @property
    def voorbij(self) -> bool:
        """Has the placement ended already? Then the work is nobody's now."""
        return self.plaatsing.tot is not None and self.plaatsing.tot <= timezone.localdate()

    @property
    def wat(self) -> str:
        """‘2 casussen, 1 actie en 3 meldingen’."""
        parts = [
            f"{aantal} {enkel if aantal == 1 else meer}"
            for aantal, enkel, meer in (
                (self.casussen, "casus", "casussen"),
                (self.acties, "actie", "acties"),
                (self.meldingen, "melding", "meldingen"),
            )
            if aantal
        ]
        return " en ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


Lezer = Callable[[date], list[OverTeDragen]]
_lezers: list[Lezer] = []


def register_overdracht(lezer: Lezer) -> None:
    """Add a source: for a day, the placements that end by then with work left, as far as who acts may know."""
    _lezers.append(lezer)


def over_te_dragen(uiterlijk: date) -> list[OverTeDragen]:
    """Every placement that ends on or before this day (or ended) with work left, the first to end first.

    A functioneel beheerder gets all, a teamcoördinator those of the own team, anybody else none.
    """
    found = [regel for lezer in _lezers for regel in lezer(uiterlijk)]
    return sorted(found, key=lambda regel: (regel.plaatsing.tot or date.max, regel.plaatsing.pk))
