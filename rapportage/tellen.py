"""Ware aantallen uit de smalle bron: per kubus een rij getallen in de volgorde van zijn vakken.

What is counted here goes into the rounding and into Grondslag, and nowhere else: no message says a number.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from math import prod
from typing import Any

import numpy as np
from django.db import connections, transaction

from rapportage.catalogus import OVERIG, Catalogus, Familie, Kubus
from skt.autorisatie.context import acting_as_system
from skt.kern.errors import DomainError

BRON = "rapport"
"""The connection of skt_rapport: it reads the narrow views, writes cubes, and cannot read a name."""
Telling = dict[str, Any]
"""Per cube a flat numpy array."""


class SourceUnreadable(DomainError):
    """The source can't be trusted: it isn't read as the system, or holds something no cube knows."""


@contextmanager
def one_moment(reden: str) -> Iterator[None]:
    """The transaction, as the system, in which a month is counted: every view sees the source as it was at its first question.

    What two families both count is then one true number. Read per statement, a colleague who saves something halfway
    makes it two, and two roundings of it can be subtracted.
    """
    with transaction.atomic(using=BRON):
        with connections[BRON].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with acting_as_system(reden, using=BRON):
            yield


def assert_system() -> None:
    """Without the system's context row-level security hides every row, and zeros would be frozen."""
    with connections[BRON].cursor() as cursor:
        cursor.execute("SELECT skt_context()")
        if cursor.fetchone()[0] != 0:
            raise SourceUnreadable("De bron van de cijfers is niet als systeem te lezen.")


def is_tied() -> bool:
    """Does the source say that its families count one reality? A trial with made-up numbers says that they don't."""
    with connections[BRON].cursor() as cursor:
        cursor.execute("SELECT verbonden FROM rapportage_bron_verband")
        return bool(cursor.fetchone()[0])


def book(maand: date) -> None:
    """Book in this month all that happened before its end and was never counted; twice is once."""
    with connections[BRON].cursor() as cursor:
        cursor.execute("SELECT rapportage_boek(%s)", [maand])


def first_month() -> date | None:
    """The month in which the first thing happened that any cube counts."""
    with connections[BRON].cursor() as cursor:
        cursor.execute("SELECT rapportage_eerste_maand()")
        gevonden: date | None = cursor.fetchone()[0]
        return gevonden


def read_lists() -> dict[str, list[tuple[str, str]]]:
    """The organisations and terms of this moment, for the catalogue of a new year."""
    lijsten: dict[str, list[tuple[str, str]]] = {}
    with connections[BRON].cursor() as cursor:
        cursor.execute("SELECT kenmerk, waarde, label FROM rapportage_bron_lijst ORDER BY kenmerk, volgorde")
        for kenmerk, waarde, label in cursor.fetchall():
            lijsten.setdefault(kenmerk, []).append((waarde, label))
    return lijsten


def count(catalogus: Catalogus, familie: Familie, maand: date) -> Telling:
    """True counts of one family in one month. Raises SourceUnreadable for a value that no cube knows."""
    telling: Telling = {}
    for bron in dict.fromkeys(kubus.bron for kubus in familie.kubussen):
        kubussen = [kubus for kubus in familie.kubussen if kubus.bron == bron]
        telling |= _count_view(catalogus, bron, kubussen, maand, stand=familie.stand)
    return telling


def _count_view(
    catalogus: Catalogus, bron: str, kubussen: Iterable[Kubus], maand: date, *, stand: bool
) -> Telling:
    """One pass over one view for all cubes that are counted from it."""
    kubussen = list(kubussen)
    kolommen = list(dict.fromkeys(code for kubus in kubussen for code in kubus.kenmerken))
    sets = ", ".join(f"({', '.join(kubus.kenmerken)})" for kubus in kubussen)
    lijst = ", ".join(kolommen)
    welke = "van <= %(maand)s AND (tot IS NULL OR tot > %(maand)s)" if stand else "maand = %(maand)s"
    rijen: dict[int, list[tuple[Any, ...]]] = {_bits(kolommen, kubus): [] for kubus in kubussen}
    with connections[BRON].cursor() as cursor:
        cursor.execute(
            f"SELECT GROUPING({lijst}), count(*), {lijst} FROM rapportage_bron_{bron} WHERE {welke}"
            f" GROUP BY GROUPING SETS ({sets})",
            {"maand": maand},
        )
        for vorm, *rij in cursor.fetchall():
            rijen[vorm].append(rij)
    return {
        kubus.code: _fill(catalogus, kubus, kolommen, rijen[_bits(kolommen, kubus)]) for kubus in kubussen
    }


def _fill(catalogus: Catalogus, kubus: Kubus, kolommen: list[str], rijen: list[tuple[Any, ...]]) -> Any:
    """The cells of one cube, flat, from rows of a count and the value of each column."""
    plek = np.zeros(len(rijen), np.int64)
    aantal, *waarden = zip(*rijen, strict=True) if rijen else ((), *((),) * len(kolommen))
    for code in kubus.kenmerken:
        nummers = {waarde: nummer for nummer, waarde in enumerate(catalogus.kenmerken[code].waarden)}
        kolom = waarden[kolommen.index(code)]
        plaats = {waarde: _place(nummers, waarde, kubus) for waarde in set(kolom)}
        plek = plek * len(nummers) + np.fromiter((plaats[waarde] for waarde in kolom), np.int64, len(kolom))
    return np.bincount(plek, aantal, prod(catalogus.shape(kubus))).astype(np.int64)


def _bits(kolommen: list[str], kubus: Kubus) -> int:
    """What PostgreSQL's GROUPING() says of a set: a one for each column that it leaves out, the last one lowest."""
    return sum(
        1 << (len(kolommen) - 1 - nummer)
        for nummer, kolom in enumerate(kolommen)
        if kolom not in kubus.kenmerken
    )


def _place(plaatsen: dict[str, int], waarde: str, kubus: Kubus) -> int:
    plaats = plaatsen.get(waarde, plaatsen.get(OVERIG))
    if plaats is None:
        raise SourceUnreadable(f"De kubus ‘{kubus.code}’ kent een waarde uit de bron niet.")
    return plaats
