"""Eén spelling voor wat mensen op vele manieren schrijven."""

import pytest

from skt.inwoners.normalisatie import is_telefoon, normalise_postcode, normalise_telefoon, split_achternaam


class TestNormalisePostcode:
    @pytest.mark.parametrize("geschreven", ["2244qf", "2244 QF", " 2244  qf "])
    def test_gives_one_spelling(self, geschreven: str) -> None:
        assert normalise_postcode(geschreven) == "2244 QF"

    @pytest.mark.parametrize("geschreven", ["", "2244", "0244 QF", "ergens"])
    def test_leaves_what_is_no_postcode(self, geschreven: str) -> None:
        assert normalise_postcode(geschreven) == geschreven


class TestNormaliseTelefoon:
    @pytest.mark.parametrize(
        "geschreven", ["070-555 02 18", "0705550218", "+31 70 5550218", "0031705550218", "(070) 555 02 18"]
    )
    def test_gives_one_spelling(self, geschreven: str) -> None:
        assert normalise_telefoon(geschreven) == "070-5550218"

    def test_splits_a_mobile_number_after_06(self) -> None:
        assert normalise_telefoon("+31612345678") == "06-12345678"

    def test_keeps_a_number_from_abroad_international(self) -> None:
        assert normalise_telefoon("+32 2 555 12 12").startswith("+32")

    @pytest.mark.parametrize("geschreven", ["", "112", "bel de buren", "\u0661\u0662"])
    def test_leaves_what_is_no_number(self, geschreven: str) -> None:
        assert normalise_telefoon(geschreven) == geschreven
        assert not is_telefoon(geschreven)


class TestSplitAchternaam:
    @pytest.mark.parametrize(
        ("geheel", "delen"),
        [
            ("Verhage", ("", "Verhage")),
            ("van der Berg", ("van der", "Berg")),
            ("De Wit", ("de", "Wit")),
            ("van 't  Hof", ("van 't", "Hof")),
            ("Jansen-de Boer", ("", "Jansen-de Boer")),
            ("Vandermeer", ("", "Vandermeer")),
            ("de", ("", "de")),
        ],
    )
    def test_takes_the_voorvoegsel_off(self, geheel: str, delen: tuple[str, str]) -> None:
        assert split_achternaam(geheel) == delen
