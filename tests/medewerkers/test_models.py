"""Wat de organisaties en de mensen over zichzelf zeggen."""

import pytest

from skt.medewerkers.models import Moederorganisatie


class TestMoederorganisatie:
    @pytest.mark.parametrize(
        ("naam", "kort"),
        [
            ("Stichting Maatschappelijk Ondersteunend Werk (SMOW)", "SMOW"),
            ("Kwadraad", "Kwadraad"),
            ("Gemeente (Wassenaar) Sociaal", "Gemeente (Wassenaar) Sociaal"),
            ("Leeg ()", "Leeg ()"),
        ],
    )
    def test_is_short_by_the_abbreviation_in_its_name(self, naam: str, kort: str) -> None:
        assert Moederorganisatie(naam=naam).kort == kort
