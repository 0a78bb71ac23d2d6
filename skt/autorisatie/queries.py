"""Noodtoegangen for the privacy officer: who, why, and what was read by them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from skt.autorisatie.models import Noodtoegang
from skt.verantwoording.models import Regel

VOLGORDE = ("-begint_op", "-id")


@dataclass(frozen=True)
class Verloop:
    """Where a noodtoegang stands at a moment."""

    loopt: bool
    woord: str


def noodtoegangen() -> QuerySet[Noodtoegang]:
    """All noodtoegangen with `gelezen`: the number of lines read on the strength of each."""
    gelezen = (
        Regel.objects.filter(
            noodtoegang=True,
            medewerker_id=OuterRef("medewerker_id"),
            tijdstip__gte=OuterRef("begint_op"),
            tijdstip__lte=OuterRef("eindigt_op"),
        )
        .order_by()
        .values("medewerker_id")
        .annotate(aantal=Count("id"))
        .values("aantal")
    )
    return Noodtoegang.objects.select_related("medewerker").annotate(
        gelezen=Coalesce(Subquery(gelezen, output_field=IntegerField()), 0)
    )


def verloop(toegang: Noodtoegang, at: datetime) -> Verloop:
    """Does it still run?"""
    loopt = toegang.begint_op <= at <= toegang.eindigt_op
    return Verloop(loopt, "loopt nu" if loopt else "afgelopen")
