"""Look through many inwoners for people who are in twice; one by one it happens when somebody is written down."""

from django.db.models import QuerySet
from django.utils import timezone

from intake.services.samenvoegen import note_doubles
from skt.inwoners.models import Inwoner

PER_KEER = 200
"""Some tens of ms each: a portion is a few seconds, in one transaction."""


def note_doubles_among(inwoners: QuerySet[Inwoner], *, na: int) -> list[int]:
    """Note who looks double of the next portion after primary key `na`; returns those looked at. As the system."""
    portion = list(inwoners.filter(pk__gt=na, samengevoegd_met=None).order_by("pk")[:PER_KEER])
    for inwoner in portion:
        note_doubles(inwoner, timezone.now())
    return [inwoner.pk for inwoner in portion]
