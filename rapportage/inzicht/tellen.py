"""Elke nacht tellen wat de pagina overdag laat zien: de laatste afgesloten maand, en wat er van eerder nog niet is."""

from datetime import datetime

from rapportage.inzicht.lezen import count_periode
from rapportage.inzicht.periode import LENGTES, TERUG, Periode, back
from rapportage.maanden import last_closed
from rapportage.models import Inzichtstand

EERDER_PER_NACHT = 12
"""So many older periods at most: the first nights catch up, and no night takes long."""


def count_inzicht(*, at: datetime) -> int:
    """Keep the counts of every period that ends with the last closed month, again; of earlier ones those that aren't kept yet.

    Runs as the system, in one transaction; twice is once. Returns how many periods were counted.
    """
    laatste = last_closed(at)
    perioden = [Periode(laatste, int(lengte)) for lengte in LENGTES]
    bekend = set(Inzichtstand.objects.values_list("tot", "maanden"))
    eerder = [
        periode
        for terug in range(1, TERUG)
        for lengte in LENGTES
        if ((periode := Periode(back(laatste, terug), int(lengte))).tot, periode.maanden) not in bekend
    ]
    for periode in (mee := [*perioden, *eerder[:EERDER_PER_NACHT]]):
        Inzichtstand.objects.update_or_create(
            tot=periode.tot,
            maanden=periode.maanden,
            defaults={"geteld_op": at, "cellen": count_periode(periode)},
        )
    return len(mee)
