"""Werkdagen after the Algemene termijnenwet: art. 3 lid 1 names the days, and Good Friday stands among them."""

from datetime import date

import pytest

from skt.kern.werkdagen import add_werkdagen, is_werkdag, next_werkdag, werkdagen_between

FEESTDAGEN = {
    2026: [
        date(2026, 1, 1),  # Nieuwjaarsdag
        date(2026, 4, 3),  # Goede Vrijdag
        date(2026, 4, 6),  # tweede paasdag
        date(2026, 4, 27),  # Koningsdag
        date(2026, 5, 5),  # Bevrijdingsdag
        date(2026, 5, 14),  # Hemelvaartsdag
        date(2026, 5, 25),  # tweede pinksterdag
        date(2026, 12, 25),  # eerste kerstdag (de tweede is een zaterdag)
    ],
    2027: [
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 4, 27),
        date(2027, 5, 5),
        date(2027, 5, 6),
        date(2027, 5, 17),
    ],
}


class TestIsWerkdag:
    @pytest.mark.parametrize("jaar", FEESTDAGEN)
    def test_of_a_whole_year_only_weekends_and_these_are_not(self, jaar: int) -> None:
        days = [
            date.fromordinal(n) for n in range(date(jaar, 1, 1).toordinal(), date(jaar + 1, 1, 1).toordinal())
        ]
        off = [day for day in days if day.weekday() < 5 and not is_werkdag(day)]

        assert off == FEESTDAGEN[jaar]
        assert not any(is_werkdag(day) for day in days if day.weekday() >= 5)

    def test_kings_day_moves_from_a_sunday_to_the_day_before(self) -> None:
        assert is_werkdag(date(2025, 4, 28))
        assert not is_werkdag(date(2025, 4, 26))

    def test_bevrijdingsdag_counts_every_year_not_only_once_in_five(self) -> None:
        assert not any(is_werkdag(date(jaar, 5, 5)) for jaar in range(2020, 2035))

    @pytest.mark.parametrize(
        "dag", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 12, 28), date(2026, 4, 2)]
    )
    def test_the_day_before_a_holiday_is_one(self, dag: date) -> None:
        assert is_werkdag(dag)


class TestAddWerkdagen:
    @pytest.mark.parametrize(
        ("start", "aantal", "eind"),
        [
            (date(2026, 11, 2), 1, date(2026, 11, 3)),
            (date(2026, 11, 6), 1, date(2026, 11, 9)),  # Friday to Monday
            (date(2026, 11, 7), 1, date(2026, 11, 9)),  # from a Saturday
            (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over the whole of Easter
            (date(2026, 12, 24), 3, date(2026, 12, 30)),
            (date(2026, 11, 2), 0, date(2026, 11, 2)),
            (date(2026, 11, 7), 0, date(2026, 11, 7)),
        ],
    )
    def test_skips_what_is_none(self, start: date, aantal: int, eind: date) -> None:
        assert add_werkdagen(start, aantal) == eind

    def test_does_not_go_back(self) -> None:
        with pytest.raises(ValueError, match="negatief"):
            add_werkdagen(date(2026, 11, 2), -1)


class TestNextWerkdag:
    @pytest.mark.parametrize(
        ("dag", "eerste"),
        [
            (date(2026, 11, 2), date(2026, 11, 2)),
            (date(2026, 11, 7), date(2026, 11, 9)),
            (date(2026, 4, 3), date(2026, 4, 7)),
            (date(2026, 12, 25), date(2026, 12, 28)),
        ],
    )
    def test_is_the_day_itself_or_the_first_after(self, dag: date, eerste: date) -> None:
        assert next_werkdag(dag) == eerste


class TestWerkdagenBetween:
    def test_counts_the_end_and_not_the_start(self) -> None:
        assert werkdagen_between(date(2026, 11, 2), date(2026, 11, 9)) == 5
        assert werkdagen_between(date(2026, 11, 2), date(2026, 11, 2)) == 0

    def test_is_negative_backwards(self) -> None:
        assert werkdagen_between(date(2026, 11, 9), date(2026, 11, 2)) == -5

    def test_is_the_reverse_of_adding(self) -> None:
        start = date(2026, 4, 1)
        for aantal in range(60):
            assert werkdagen_between(start, add_werkdagen(start, aantal)) == aantal
