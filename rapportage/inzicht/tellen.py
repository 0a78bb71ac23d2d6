"""Elke nacht tellen wat de pagina overdag laat zien: de laatste afgesloten maand, en wat er van eerder nog niet is."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from rapportage.inzicht.lezen import count_periode
from rapportage.inzicht.periode import LENGTES, TERUG, Periode, back
from rapportage.maanden import last_closed
from rapportage.models import Inzichtstand
from skt.autorisatie.context import acting_as_system

REDEN = "inzicht in de pilot tellen"


def count_inzicht(*, at: datetime) -> int:
    """Keep the counts of every period that ends with the last closed month, again; of earlier ones those that aren't kept yet.

    So nobody who opens the page waits for a count. Each period is a transaction of the system: killed halfway, the next run
    goes on; twice is once. Returns how many periods were counted.
    """
    with transaction.atomic(), acting_as_system(REDEN):
        bekend = set(Inzichtstand.objects.values_list("tot", "maanden"))
    laatste = last_closed(at)
    aantal = 0
    for periode in _periods(at):
        if periode.laatste == laatste or (periode.tot, periode.maanden) not in bekend:
            with transaction.atomic(), acting_as_system(REDEN):
                Inzichtstand.objects.update_or_create(
                    tot=periode.tot,
                    maanden=periode.maanden,
                    defaults={"geteld_op": at, "cellen": count_periode(periode)},
                )
            aantal += 1
    return aantal


def _periods(at: datetime) -> Iterator[Periode]:
    """All that can be chosen on the page, the newest first."""
    laatste = last_closed(at)
    for terug in range(TERUG):
        for lengte in LENGTES:
            yield Periode(back(laatste, terug), int(lengte))
