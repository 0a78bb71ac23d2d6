"""Is this the same person? Every line is a pair somebody at the loket has met."""

from datetime import date

import pytest

from skt.inwoners.gelijkenis import Graad, Kenmerken, Oordeel, compare
from skt.inwoners.namen import Naamdelen, distance, parse_naam, split_naam

GEBOREN = date(1938, 3, 10)
THUIS = {"postcode": "2244AU", "huisnummer": "4"}
BEREIKBAAR = {"telefoon": "0705550371"}


def judge(een: str, ander: str, *, een_meer: dict[str, object], ander_meer: dict[str, object]) -> Oordeel:
    a, b = Kenmerken(parse_naam(een), **een_meer), Kenmerken(parse_naam(ander), **ander_meer)
    there, back = compare(a, b), compare(b, a)
    assert there.oordeel == back.oordeel
    assert there.score == back.score
    return there.oordeel


class TestSplitNaam:
    @pytest.mark.parametrize(
        ("naam", "delen"),
        [
            ("Johan van der Meij", ("Johan", "van der", "Meij")),
            ("Meij, Johan van der", ("Johan", "van der", "Meij")),
            ("Berg, van den J.", ("J.", "van den", "Berg")),
            ("v.d. Berg, J.P.", ("J.P.", "v.d.", "Berg")),
            ("dhr. J.P. v.d. Berg", ("J.P.", "v.d.", "Berg")),
            ("JP Bakker", ("J.P.", "", "Bakker")),
            ("JAN BAKKER", ("JAN", "", "BAKKER")),
            ("Petra Ben Salah", ("Petra", "", "Ben Salah")),
            ("Sanne 't Hart", ("Sanne", "'t", "Hart")),
            ("M. Jansen - de Vries", ("M.", "", "Jansen-de Vries")),
            ("Mw. de Vries", ("", "de", "Vries")),
            ("Truus Leeg", ("Truus", "", "Leeg")),
            ("Bakker", ("", "", "Bakker")),
            ("", ("", "", "")),
        ],
    )
    def test_finds_the_three_fields(self, naam: str, delen: tuple[str, str, str]) -> None:
        assert split_naam(naam) == Naamdelen(*delen)


class TestDistance:
    @pytest.mark.parametrize(
        ("a", "b", "edits"),
        [("schaap", "schaep", 1), ("bakker", "bakekr", 1), ("smit", "smit", 0), ("jansen", "pieters", 3)],
    )
    def test_counts_edits_up_to_its_limit(self, a: str, b: str, edits: int) -> None:
        assert distance(a, b) == edits


class TestCompare:
    @pytest.mark.parametrize(
        ("een", "ander"),
        [
            ("Wilhelmina van Duijn", "Wil van Duyn"),
            ("Gerrit Schaap", "GERRIT SCHAEP"),
            ("Marijke de Vlieger", "M. de Vlieger"),
            ("Marijke de Vlieger", "Marijke Vlieger"),
            ("Johan van der Meij", "Meij, J. v.d."),
            ("Jan van den Berg", "Jan v.d. Berg"),
            ("Esmée Lefèvre", "Esmee Lefevre"),
            ("Anne-Marie Smit", "Annemarie Smit"),
            ("Jan Vandenberg", "Jan van den Berg"),
        ],
    )
    def test_calls_a_spelling_the_same_when_born_and_living_the_same(self, een: str, ander: str) -> None:
        known = {"geboren": GEBOREN, **THUIS}
        assert judge(een, ander, een_meer=known, ander_meer=known) is Oordeel.ZELFDE

    @pytest.mark.parametrize(
        ("een", "ander", "oordeel"),
        [
            ("Maria Jansen-de Vries", "Maria de Vries", Oordeel.WAARSCHIJNLIJK),
            ("Maria Jansen-de Vries", "Maria Jansen", Oordeel.WAARSCHIJNLIJK),
            ("Jan Bakker", "Piet Bakker", Oordeel.ANDER),  # twins
            ("Jan Bakker", "Jan Smit", Oordeel.MISSCHIEN),
            ("Jan Bakker", "Piet Smit", Oordeel.ANDER),
        ],
    )
    def test_is_careful_with_another_surname(self, een: str, ander: str, oordeel: Oordeel) -> None:
        known = {"geboren": GEBOREN, **THUIS}
        assert judge(een, ander, een_meer=known, ander_meer=known) is oordeel

    def test_never_merges_namesakes_born_on_another_day_in_the_same_house(self) -> None:
        one, other = (
            {"geboren": GEBOREN, **THUIS, "telefoon": "0600000001"},
            {"geboren": date(1961, 12, 30), **THUIS, "telefoon": "0600000002"},
        )
        assert judge("Jan Bakker", "Jan Bakker", een_meer=one, ander_meer=other) is Oordeel.ANDER

    def test_leaves_a_father_and_son_with_one_telephone_to_a_human(self) -> None:
        one, other = (
            {"geboren": GEBOREN, **THUIS, **BEREIKBAAR},
            {"geboren": date(1961, 12, 30), **THUIS, **BEREIKBAAR},
        )
        assert judge("Jan Bakker", "Jan Bakker", een_meer=one, ander_meer=other) is Oordeel.MISSCHIEN

    def test_thinks_of_a_swapped_day_and_month(self) -> None:
        one, other = {"geboren": GEBOREN, **THUIS}, {"geboren": date(1938, 10, 3), **THUIS}
        assert judge("Jan Bakker", "Jan Bakker", een_meer=one, ander_meer=other) is Oordeel.WAARSCHIJNLIJK

    def test_needs_an_address_or_telephone_when_nobody_wrote_the_date_of_birth(self) -> None:
        assert (
            judge("Jan Bakker", "Jan Bakker", een_meer=THUIS, ander_meer={"geboren": GEBOREN, **THUIS})
            is Oordeel.ZELFDE
        )
        assert (
            judge("Jan Bakker", "Jan Bakker", een_meer={}, ander_meer={"geboren": GEBOREN, **THUIS})
            is Oordeel.MISSCHIEN
        )
        assert judge("J. Bakker", "Jan Bakker", een_meer=THUIS, ander_meer=THUIS) is Oordeel.MISSCHIEN

    def test_reads_one_number_in_every_notation(self) -> None:
        one, other = {"telefoon": "+31 6 0000 2013"}, {"telefoon": "06-0000 2013"}
        assert judge("Jan Bakker", "Jan Bakker", een_meer=one, ander_meer=other) is Oordeel.ZELFDE

    def test_tells_why(self) -> None:
        found = compare(
            Kenmerken(parse_naam("Gerrit Schaap"), geboren=GEBOREN, **THUIS),
            Kenmerken(parse_naam("G. Schaep"), geboren=GEBOREN, **THUIS),
        )
        assert found.redenen == (
            "de achternaam is anders gespeld",
            "de voorletter is gelijk",
            "dezelfde geboortedatum",
            "hetzelfde adres",
        )
        assert found.telefoon is Graad.ONBEKEND
