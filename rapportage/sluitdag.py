"""Wanneer een maand vanzelf wordt vastgezet: op een werkdag van de maand erna, zodat wat laat binnenkomt nog meetelt."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from rapportage.maanden import next_maand, previous_maand
from rapportage.models import Periode
from rapportage.tijdvak import Tijdvak
from skt.kern.werkdagen import add_werkdagen


def closing_day(maand: date, werkdag: int) -> date:
    """The so-maniest werkdag of the month after this one."""
    return add_werkdagen(next_maand(maand) - timedelta(days=1), werkdag)


def is_closing_day(*, at: datetime, werkdag: int) -> bool:
    """Is the month before to be closed by itself: has its closing day begun?"""
    vandaag = timezone.localtime(at).date()
    return vandaag >= closing_day(previous_maand(vandaag.replace(day=1)), werkdag)


def next_closing(perioden: Sequence[Tijdvak], werkdag: int) -> tuple[date, date] | None:
    """The next month to close, and the day from which that happens by itself; None before the first."""
    maanden = [tijdvak.begin for tijdvak in perioden if tijdvak.soort == Periode.MAAND]
    if not maanden:
        return None
    maand = next_maand(max(maanden))
    return maand, closing_day(maand, werkdag)
