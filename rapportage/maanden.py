"""Months as they are written, said and closed; a month is the date of its first day."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from skt.kern.errors import DomainError
from skt.web.datums import MAANDEN, MAANDEN_KORT

_MAAND = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])", re.ASCII)


class UnknownMonth(DomainError):
    """Not a month as we write it."""


def parse_maand(tekst: str) -> date:
    """‘2026-10’ as the first of October. Raises UnknownMonth."""
    found = _MAAND.fullmatch(tekst)
    if found is None:
        raise UnknownMonth("Deze maand kennen we niet. Schrijf een maand als 2026-10.")
    return date(int(found[1]), int(found[2]), 1)


def write_maand(maand: date) -> str:
    """2026-10"""
    return f"{maand.year}-{maand.month:02d}"


def name_maand(maand: date) -> str:
    """oktober 2026"""
    return f"{MAANDEN[maand.month - 1]} {maand.year}"


def short_maand(maand: date) -> str:
    """okt 2026"""
    return f"{MAANDEN_KORT[maand.month - 1]} {maand.year}"


def next_maand(maand: date) -> date:
    return date(maand.year + maand.month // 12, maand.month % 12 + 1, 1)


def previous_maand(maand: date) -> date:
    return date(maand.year - (maand.month == 1), (maand.month - 2) % 12 + 1, 1)


def last_closed(at: datetime) -> date:
    """The last month that is over, in the Netherlands, at this moment."""
    return previous_maand(timezone.localtime(at).date().replace(day=1))


def months_until(eerste: date, laatste: date) -> Iterator[date]:
    """Every month from the first up to and including the last."""
    while eerste <= laatste:
        yield eerste
        eerste = next_maand(eerste)
