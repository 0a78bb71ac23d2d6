"""Wie er wanneer vrij of bezet is: twee nauwe vragen aan de database, die verder niets over andermans agenda zeggen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from skt.kern.werkdagen import is_werkdag
from skt.medewerkers.models import DOSSIERROLLEN, Medewerker, Plaatsing

STAP = 30
"""Minuten tussen twee begintijden die worden voorgesteld."""
WERKDAGEN_PER_BLAD = 5


@dataclass(frozen=True)
class Moment:
    """A begin that is free, and for whom. For one exact moment the least busy of that fortnight stands first."""

    begin: datetime
    vrij: tuple[int, ...]


@dataclass(frozen=True)
class Bezet:
    """Somebody is taken then; with what, isn't said."""

    medewerker_id: int
    begin: datetime
    eind: datetime


def free_moments(
    medewerker_ids: Iterable[int],
    dagen: Iterable[date],
    *,
    duur: int,
    vanaf: datetime,
    iedereen: bool = False,
) -> list[Moment]:
    """Begins on these days (public holidays and weekends left out) with `duur` minutes free, in one query.

    Free for at least one of them, or with `iedereen` for all of them. Nothing before `vanaf`.
    """
    ids = sorted(set(medewerker_ids))
    werkdagen = [dag for dag in dagen if is_werkdag(dag)]
    found = _ask(ids, werkdagen, duur=duur, vanaf=vanaf, precies=None)
    return [moment for moment in found if len(moment.vrij) == len(ids)] if iedereen else found


def free_at(medewerker_ids: Iterable[int], begin: datetime, *, duur: int) -> tuple[int, ...]:
    """Who of these works then and is free for `duur` minutes, the least busy first. Nobody on a public holiday."""
    dag = timezone.localtime(begin).date()
    if not is_werkdag(dag):
        return ()
    found = _ask(sorted(set(medewerker_ids)), [dag], duur=duur, vanaf=begin, precies=begin)
    return found[0].vrij if found else ()


def taken(medewerker_ids: Iterable[int], van: datetime, tot: datetime) -> list[Bezet]:
    """When these are taken in a range of at most 31 days, in one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_bezet(%s, %s, %s)", [sorted(set(medewerker_ids)), van, tot])
        return [Bezet(*row) for row in cursor.fetchall()]


def next_werkdagen(dag: date, aantal: int = WERKDAGEN_PER_BLAD) -> list[date]:
    """So many werkdagen from this day on, the day itself included."""
    found: list[date] = []
    while len(found) < aantal:
        if is_werkdag(dag):
            found.append(dag)
        dag += timedelta(days=1)
    return found


def members_of(team_id: int, on: date) -> list[int]:
    """Who works with dossiers in this team on that day."""
    running = Plaatsing.objects.running(on).with_rol(DOSSIERROLLEN)
    return list(
        running.filter(team=team_id, medewerker__is_active=True)
        .order_by("medewerker")
        .values_list("medewerker", flat=True)
        .distinct()
    )


def bookable(on: date) -> list[tuple[str, int, Medewerker]]:
    """Everybody an afspraak can be made with on that day: team name, team and medewerker, in that order; one query."""
    running = (
        Plaatsing.objects.running(on)
        .with_rol(DOSSIERROLLEN)
        .filter(medewerker__is_active=True)
        .select_related("medewerker", "team")
        .order_by("team", "medewerker__voornaam", "medewerker__achternaam", "pk")
    )
    unique = {(p.team_id, p.medewerker_id): (p.team.naam, p.team_id, p.medewerker) for p in running}
    return list(unique.values())


def _ask(
    ids: Sequence[int], dagen: Sequence[date], *, duur: int, vanaf: datetime, precies: datetime | None
) -> list[Moment]:
    if not ids or not dagen:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM intake_vrije_momenten(%s::bigint[], %s::date[], %s, %s, %s, %s)",
            [list(ids), list(dagen), duur, STAP, vanaf, precies],
        )
        return [Moment(begin, tuple(vrij)) for begin, vrij in cursor.fetchall()]
