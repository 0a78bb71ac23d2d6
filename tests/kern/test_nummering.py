"""Numbers per year, from the database."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from skt.kern.nummering import next_nummer
from tests.fixtures import MAANDAG


@pytest.mark.django_db
class TestNextNummer:
    def test_counts_per_kind_and_per_year(self) -> None:
        first, second = (int(next_nummer("melding", MAANDAG)[5:]) for _ in range(2))

        assert second == first + 1
        assert next_nummer("melding", MAANDAG.replace(year=2031)) == "2031-0001"

    def test_the_year_is_the_dutch_one(self) -> None:
        new_years_eve = datetime(2029, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Wassenaar

        assert next_nummer("melding", new_years_eve).startswith("2030-")

    @pytest.mark.parametrize("soort", ["Melding; DROP TABLE x", "", "a_b"])
    def test_takes_no_other_name_than_a_word(self, soort: str) -> None:
        with pytest.raises(DatabaseError, match="onbekende nummering"), transaction.atomic():
            next_nummer(soort, MAANDAG)

    def test_a_number_given_stays_given(self) -> None:
        next_nummer("melding", MAANDAG)
        with transaction.atomic():
            gone = next_nummer("melding", MAANDAG)
            transaction.set_rollback(True)

        assert next_nummer("melding", MAANDAG) > gone
