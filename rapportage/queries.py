"""Lezen wat is vastgezet, door de rol die niets anders kan lezen; zonder heel zegel wordt niets getoond."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from rapportage.kubussen import PER_CODE, Kubus
from rapportage.models import Cel, Periode, Publicatie
from rapportage.zegel import seal

LEZER = "beleid"
"""The connection of skt_beleid: frozen cubes, and nothing else in the database."""
KLEIN = 10
"""Below this a number is shown as "<10"."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Maandcijfers:
    """One published cube of one month; numbers are multiples of five, at most `grens` from the true ones."""

    kubus: Kubus
    maand: date
    grens: int
    bevroren_op: datetime
    cellen: dict[str, int]

    @property
    def totaal(self) -> int:
        return sum(self.cellen.values())

    @property
    def onzeker(self) -> int:
        """Up to this difference between two numbers rounding alone may be the cause."""
        return 2 * self.grens


def shown(aantal: int) -> int | None:
    """The number as it may be shown: None stands for "<10"."""
    return aantal if aantal >= KLEIN else None


def published_months() -> list[date]:
    """The months that can be seen, newest first."""
    return list(
        Publicatie.objects.using(LEZER)
        .filter(periode=Periode.MAAND)
        .order_by("-maand")
        .values_list("maand", flat=True)
        .distinct()
    )


def read_months(maanden: Iterable[date]) -> dict[date, dict[str, Maandcijfers]]:
    """Per month its cubes by code; one that doesn't fit its seal is left out, and an error is logged."""
    publicaties = (
        Publicatie.objects.using(LEZER)
        .filter(periode=Periode.MAAND, maand__in=list(maanden), kubus__in=PER_CODE)
        .prefetch_related(Prefetch("cellen", Cel.objects.using(LEZER).order_by("pk")))
        .order_by("maand", "pk")
    )
    gevonden: dict[date, dict[str, Maandcijfers]] = {}
    for publicatie in publicaties:
        cellen = list(publicatie.cellen.all())
        inhoud = ((cel.kenmerken, cel.aantal) for cel in cellen)
        zegel = seal(publicatie.kubus, publicatie.maand, publicatie.grens, inhoud)
        if zegel != publicatie.sha256:
            logger.error("Stuurinformatie: %s past niet meer bij zijn zegel.", publicatie)
            continue
        gevonden.setdefault(publicatie.maand, {})[publicatie.kubus] = Maandcijfers(
            PER_CODE[publicatie.kubus],
            publicatie.maand,
            publicatie.grens,
            publicatie.bevroren_op,
            {cel.kenmerken[0]: cel.aantal for cel in cellen},
        )
    return gevonden


def read_cube(maand: date, code: str) -> Maandcijfers | None:
    """One cube of one month, or None when there is none to show."""
    return read_months([maand]).get(maand, {}).get(code)


def broken_seals() -> list[str]:
    """The publications, of whatever period, whose numbers aren't those that were sealed."""
    cellen: dict[int, list[tuple[list[str], int]]] = {}
    for publicatie_id, kenmerken, aantal in Cel.objects.using(LEZER).values_list(
        "publicatie_id", "kenmerken", "aantal"
    ):
        cellen.setdefault(publicatie_id, []).append((kenmerken, aantal))
    return [
        str(publicatie)
        for publicatie in Publicatie.objects.using(LEZER).order_by("pk")
        if publicatie.sha256
        != seal(
            publicatie.kubus,
            publicatie.maand,
            publicatie.grens,
            cellen.get(publicatie.pk, []),
            publicatie.periode,
        )
    ]
