"""Het stroomdiagram: wat er te weinig is, krijgt nooit een getal."""

from skt.web.stromen import Knoop, Kolom, Stroom, stroomdiagram

KOLOMMEN = [
    Kolom("Deur", [Knoop("deur:a", "Telefonisch", 40), Knoop("deur:b", "<b>Brief</b>", None)]),
    Kolom("Route", [Knoop("route:x", "Triage", 30), Knoop("route:y", "Advies", 10)]),
    Kolom("Team", [Knoop("team:j", "Team jeugd", 30)]),
]
STROMEN = [
    Stroom("deur:a", "route:x", 30, nadruk=True),
    Stroom("deur:a", "route:y", 10),
    Stroom("deur:b", "route:y", None),
    Stroom("route:x", "team:j", 30, nadruk=True),
]


class TestStroomdiagram:
    def test_draws_all_beside_each_other_and_each_pair_on_its_own(self) -> None:
        svg = str(stroomdiagram(KOLOMMEN, STROMEN, wat="De helft."))

        assert svg.count("<svg") == 3
        assert svg.count("skt-alleen-breed") == 1
        assert svg.count("skt-alleen-smal") == 2
        assert svg.count('role="img"') == svg.count("aria-label=") == 3

    def test_too_few_is_a_dashed_line_and_no_number(self) -> None:
        breed = str(stroomdiagram(KOLOMMEN, STROMEN, wat="x")).split("</svg>")[0]

        assert breed.count("skt-stroom__klein") == 1
        assert breed.count('"skt-stroom__band') == 3
        assert "&lt;10" in breed

    def test_escapes_what_it_is_given(self) -> None:
        assert "<b>" not in str(stroomdiagram(KOLOMMEN, STROMEN, wat='"><script>'))
        assert "<script>" not in str(stroomdiagram(KOLOMMEN, STROMEN, wat='"><script>'))

    def test_the_main_road_stands_out(self) -> None:
        breed = str(stroomdiagram(KOLOMMEN, STROMEN, wat="x")).split("</svg>")[0]

        assert breed.count("band--nadruk") == 2

    def test_nothing_is_drawn_of_nothing(self) -> None:
        assert str(stroomdiagram([], [], wat="Niets.")).count("<rect") == 0
