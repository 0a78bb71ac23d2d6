"""Keyset pagination of the worklist: the next page begins after the last row seen, however long the list is."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from intake.models import Melding
from intake.models.melding import MeldingQuerySet
from intake.queries import in_groups

RIJEN = 25
MAX_ID = 2**62


@dataclass(frozen=True)
class Blad:
    """One page of the worklist. `volgende` and `vorige` are cursors, empty when there is no such page."""

    rijen: list[Melding]
    volgende: str
    vorige: str


def read_page(
    queryset: MeldingQuerySet, at: datetime, *, na: str = "", voor: str = "", size: int = RIJEN
) -> Blad:
    """The page after cursor `na`, or the one before cursor `voor`; a cursor that isn't ours gives the first page."""
    grouped = in_groups(queryset, at)
    before, after = _decode(voor), _decode(na)
    if before is not None:
        rows = list(grouped.filter(_beyond(before, "lt")).order_by("-groep", "-uiterlijk", "-pk")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        return Blad(rows, _encode(rows[-1]) if rows else "", _encode(rows[0]) if more else "")
    if after is not None:
        grouped = grouped.filter(_beyond(after, "gt"))
    rows = list(grouped[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return Blad(rows, _encode(rows[-1]) if more else "", _encode(rows[0]) if after and rows else "")


def _beyond(cursor: tuple[int, datetime, int], side: str) -> Q:
    groep, uiterlijk, pk = cursor
    return (
        Q(**{f"groep__{side}": groep})
        | Q(groep=groep, **{f"uiterlijk__{side}": uiterlijk})
        | Q(groep=groep, uiterlijk=uiterlijk, **{f"pk__{side}": pk})
    )


def _encode(row: Melding) -> str:
    text = f"{row.groep}|{row.uiterlijk.isoformat()}|{row.pk}"  # type: ignore[attr-defined, union-attr]
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[int, datetime, int] | None:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        groep, moment, pk = text.split("|")
        uiterlijk = parse_datetime(moment)
        found = int(groep), uiterlijk, int(pk)
    except (ValueError, binascii.Error):
        return None
    if (
        uiterlijk is None
        or not timezone.is_aware(uiterlijk)
        or not (0 <= found[0] < 10 and 0 <= found[2] < MAX_ID)
    ):
        return None
    return found[0], uiterlijk, found[2]
