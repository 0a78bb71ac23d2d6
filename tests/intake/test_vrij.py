"""Vrije momenten: openingstijden, eigen werktijden, uitzonderingen, feestdagen, de klok die verspringt en wie al bezet is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from intake.models import Werktijd
from intake.openingstijden import Openingstijden
from intake.vrij import bookable, free_at, free_moments, members_of, next_werkdagen, taken
from skt.autorisatie.context import acting_as
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from tests.factories.agenda import AfspraakFactory, WerktijdFactory, WerkuitzonderingFactory
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory, team
from tests.fixtures import MAANDAG

DINSDAG = date(2026, 11, 3)


def op(dag: date, uur: int, minuut: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time(uur, minuut)))


def begins(wie: list[Medewerker], dag: date = DINSDAG, duur: int = 60, **anders: Any) -> list[str]:
    found = free_moments([m.pk for m in wie], [dag], duur=duur, vanaf=op(dag, 0), **anders)
    return [f"{timezone.localtime(moment.begin):%H:%M}" for moment in found]


class TestFreeMoments:
    def test_follow_the_hours_of_the_team(self, loket: Medewerker, teamlid: Medewerker) -> None:
        assert begins([loket])[:2] == ["08:30", "09:00"]
        assert begins([loket])[-1] == "16:00"
        assert begins([teamlid])[0] == "09:00"

    def test_follow_own_hours_where_there_are_any(self, loket: Medewerker) -> None:
        WerktijdFactory(medewerker=loket, weekdag=2, van=time(13), tot=time(15))

        assert begins([loket]) == ["13:00", "13:30", "14:00"]
        assert begins([loket], DINSDAG + timedelta(days=1)) == []

    def test_leave_out_days_away_and_add_days_that_are_different(self, loket: Medewerker) -> None:
        WerkuitzonderingFactory(medewerker=loket)
        WerkuitzonderingFactory(
            medewerker=loket, eerste_dag=DINSDAG + timedelta(days=1), laatste_dag=DINSDAG + timedelta(days=1),
            van=time(18), tot=time(20),
        )  # fmt: skip
        WerkuitzonderingFactory(
            medewerker=loket, eerste_dag=date(2026, 11, 5), laatste_dag=date(2026, 11, 5), vervallen=True
        )

        assert begins([loket]) == []
        assert begins([loket], DINSDAG + timedelta(days=1)) == ["18:00", "18:30", "19:00"]
        assert begins([loket], date(2026, 11, 5))[0] == "08:30"

    def test_are_none_when_the_team_is_closed(self, loket: Medewerker) -> None:
        WerktijdFactory(medewerker=loket, weekdag=2)
        WerkuitzonderingFactory(team=team("voorportaal"))

        assert begins([loket]) == []

    @pytest.mark.parametrize("dag", [date(2026, 12, 25), date(2027, 4, 27), date(2026, 11, 7)])
    def test_are_none_on_a_public_holiday_or_in_the_weekend(self, loket: Medewerker, dag: date) -> None:
        assert begins([loket], dag) == []
        assert free_at([loket.pk], op(dag, 10), duur=30) == ()

    def test_keep_the_wall_clock_over_the_change_of_time(self, loket: Medewerker) -> None:
        """The Friday before and the Monday after 25 October 2026."""
        assert begins([loket], date(2026, 10, 23))[0] == begins([loket], date(2026, 10, 26))[0] == "08:30"

    @pytest.mark.parametrize(
        ("dag", "verwacht"),
        [
            (date(2026, 3, 29), ["01:00", "01:30", "03:00", "03:30"]),  # two o'clock doesn't exist
            (date(2026, 10, 25), ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"]),
        ],
    )
    def test_are_real_stretches_in_the_night_the_clock_changes(
        self, loket: Medewerker, dag: date, verwacht: list[str]
    ) -> None:
        """On a Sunday, so asked of the database itself: our pages leave Sundays out."""
        WerktijdFactory(medewerker=loket, weekdag=7, van=time(1), tot=time(4))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT begin FROM intake_vrije_momenten(%s, %s::date[], 30, 30, %s, NULL)",
                [[loket.pk], [dag], op(dag, 0)],
            )
            found = [row[0] for row in cursor.fetchall()]

        assert [f"{timezone.localtime(moment):%H:%M}" for moment in found] == verwacht
        assert {b - a for a, b in pairwise(found)} == {timedelta(minutes=30)}

    def test_leave_out_who_is_booked_and_only_then(self, loket: Medewerker, collega: Medewerker) -> None:
        AfspraakFactory(melding=MeldingFactory(medewerker=loket), begin=op(DINSDAG, 10))
        AfspraakFactory(melding=MeldingFactory(medewerker=loket), begin=op(DINSDAG, 13), gehouden=True)

        found = begins([loket], duur=30)
        assert {"10:00", "10:30"} & set(found) == set()
        assert {"09:30", "11:00", "13:00"} <= set(found)
        assert "10:00" in begins([loket, collega])
        assert "10:00" not in begins([loket, collega], iedereen=True)

    def test_are_of_who_has_a_placement_that_day(self, loket: Medewerker) -> None:
        Plaatsing.objects.filter(medewerker=loket).update(tot=DINSDAG)

        assert begins([loket], DINSDAG - timedelta(days=1)) != []
        assert begins([loket], DINSDAG) == []

    def test_take_one_query_for_a_whole_team(
        self, loket: Medewerker, django_assert_num_queries: Callable[..., AbstractContextManager]
    ) -> None:
        for size in (2, 12):
            ids = [LoketmedewerkerFactory().pk for _ in range(size)]
            with django_assert_num_queries(1):
                free_moments(ids, next_werkdagen(DINSDAG), duur=45, vanaf=op(DINSDAG, 0))

    def test_say_nothing_to_who_does_not_work_with_dossiers(
        self, loket: Medewerker, beleid: Medewerker
    ) -> None:
        AfspraakFactory(melding=MeldingFactory(medewerker=loket))
        with acting_as(beleid):
            assert begins([loket]) == []
            assert taken([loket.pk], MAANDAG, MAANDAG + timedelta(days=7)) == []

    def test_are_not_asked_without_end(self, loket: Medewerker) -> None:
        with pytest.raises(OperationalError, match="te veel"), transaction.atomic():
            free_moments([loket.pk], next_werkdagen(DINSDAG, 40), duur=30, vanaf=MAANDAG)


class TestFreeAt:
    def test_puts_the_least_busy_first(self, loket: Medewerker, collega: Medewerker) -> None:
        AfspraakFactory(melding=MeldingFactory(medewerker=loket), begin=op(DINSDAG, 15))

        assert free_at([loket.pk, collega.pk], op(DINSDAG, 10), duur=30) == (collega.pk, loket.pk)

    def test_is_nobody_before_opening_or_past_closing(self, loket: Medewerker) -> None:
        assert free_at([loket.pk], op(DINSDAG, 8), duur=30) == ()
        assert free_at([loket.pk], op(DINSDAG, 16, 45), duur=30) == ()
        assert free_at([loket.pk], op(DINSDAG, 16, 10), duur=30) == (loket.pk,)


class TestTaken:
    def test_says_when_and_not_with_what(self, loket: Medewerker, teamlid: Medewerker) -> None:
        afspraak = AfspraakFactory(melding=MeldingFactory(medewerker=loket))
        with acting_as(teamlid):
            (bezet,) = taken([loket.pk], MAANDAG, MAANDAG + timedelta(days=7))

        assert (bezet.medewerker_id, bezet.begin, bezet.eind) == (loket.pk, afspraak.begin, afspraak.eind)


class TestBookable:
    def test_names_each_in_each_team_once(self, loket: Medewerker, beleid: Medewerker) -> None:
        Plaatsing.objects.create(
            medewerker=loket,
            moederorganisatie=loket.moederorganisatie,
            team=team("voorportaal"),
            rol=Rol.ZORGREGISSEUR,
            van=date(2025, 1, 1),
        )
        MedewerkerFactory(rol=Rol.LOKETPROFESSIONAL, is_active=False)

        assert [(naam, m.pk) for naam, _, m in bookable(DINSDAG)] == [("Voorportaal", loket.pk)]
        assert members_of(team("voorportaal").pk, DINSDAG) == [loket.pk]


class TestOpeningstijden:
    def test_knows_weekends_holidays_and_exceptions(self, systeem: Any) -> None:
        WerkuitzonderingFactory(team=team("voorportaal"), van=time(10), tot=time(12))
        uren = Openingstijden(team("voorportaal"), DINSDAG)

        assert uren.on(DINSDAG) == (time(10), time(12))
        assert uren.on(DINSDAG + timedelta(days=1)) == (time(8, 30), time(17))
        assert uren.on(date(2026, 12, 25)) is None
        assert uren.on(date(2026, 11, 7)) is None
        assert uren.is_open(op(DINSDAG, 11))
        assert not uren.is_open(op(DINSDAG, 13))

    def test_proposes_parts_of_days_that_still_come(self, systeem: Any) -> None:
        parts = Openingstijden(team("voorportaal"), MAANDAG.date()).parts(MAANDAG, aantal=3)

        assert [part.label for part in parts] == [
            "Vandaag voor 12:30", "Vandaag 12:30 tot 17:00", "Morgen 08:30 tot 12:30",
        ]  # fmt: skip
        laat = Openingstijden(team("voorportaal"), MAANDAG.date()).parts(
            op(date(2026, 11, 6), 16, 50), aantal=1
        )
        assert laat[0].label == "Ma 9 nov 08:30 tot 12:30"

    def test_proposes_nothing_when_it_stays_closed(self, systeem: Any) -> None:
        Werktijd.objects.filter(team=team("voorportaal")).update(van=None, tot=None)

        assert Openingstijden(team("voorportaal"), DINSDAG).parts(MAANDAG) == []
