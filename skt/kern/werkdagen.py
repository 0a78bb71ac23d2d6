"""Werkdagen: Monday to Friday, without the Dutch public holidays (Algemene termijnenwet art. 3)."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _feestdagen(jaar: int) -> frozenset[date]:
    """Public holidays of one year; 5 May counts every year, as the Algemene termijnenwet art. 3 lid 1 says."""
    landelijk = holidays.country_holidays("NL", years=jaar)
    goede_vrijdag = holidays.country_holidays("NL", years=jaar, categories=("optional",))
    dagen = set(landelijk) | {dag for dag, naam in goede_vrijdag.items() if "Goede Vrijdag" in naam}
    return frozenset(dagen | {date(jaar, 5, 5)})


def is_werkdag(dag: date) -> bool:
    return dag.weekday() < 5 and dag not in _feestdagen(dag.year)


def add_werkdagen(start: date, aantal: int) -> date:
    """The date `aantal` werkdagen after `start` (the day itself doesn't count). Raises ValueError when negative."""
    if aantal < 0:
        raise ValueError("het aantal werkdagen kan niet negatief zijn")
    dag = start
    while aantal:
        dag += timedelta(days=1)
        if is_werkdag(dag):
            aantal -= 1
    return dag


def next_werkdag(dag: date) -> date:
    """The day itself when it is a werkdag, otherwise the first one after it (Algemene termijnenwet art. 1)."""
    while not is_werkdag(dag):
        dag += timedelta(days=1)
    return dag


def werkdagen_between(start: date, eind: date) -> int:
    """Number of werkdagen after `start` up to and including `eind`; negative when `eind` lies before `start`."""
    if eind < start:
        return -werkdagen_between(eind, start)
    return sum(is_werkdag(start + timedelta(days=n)) for n in range(1, (eind - start).days + 1))
