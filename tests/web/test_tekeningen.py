"""Drawings in a page: what they show, and what a reader of the screen hears. Nothing needs a database."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from skt.web import grafieken, tekeningen
from skt.web.leefgebieden import LEEFGEBIEDEN, read_scores
from skt.web.stijlgids import SCORES

pytestmark = pytest.mark.urls("skt.web.urls")


class TestWheel:
    def test_draws_nothing_that_is_unknown(self) -> None:
        html = tekeningen.radar({"sociaal": 3, "psychisch": 3, "praktisch": 2})
        assert html.count("skt-radar__punt") - html.count("punt--laag") == 3
        assert html.count("<polygon") == 5 + 1
        assert "Niet besproken: 5 van 8." in html

    def test_without_any_score_says_so(self) -> None:
        assert "Nog geen leefgebied besproken." in tekeningen.radar(None)

    def test_says_every_score_in_words(self) -> None:
        html = tekeningen.radar(SCORES, groot=True)
        assert "huisvesting 4, financiën 2" in html
        assert "dagbesteding 2." in html

    def test_reads_an_object_as_well_as_a_dict(self) -> None:
        assert read_scores(SimpleNamespace(score_sociaal=2))["sociaal"] == 2


class TestDots:
    def test_keep_eight_fixed_places(self) -> None:
        assert len(re.findall("<(?:circle|path)", tekeningen.stippen({}))) == len(LEEFGEBIEDEN)
        html = tekeningen.stippen({"huisvesting": 1, "dagbesteding": 5})
        assert html.index("skt-stip--acuut") < html.index("skt-stip--onbekend") < html.index("skt-stip--redt")

    def test_are_told_in_words(self) -> None:
        assert "1 leefgebied met een vraag: financiën (niet zelfredzaam)" in tekeningen.stippen(
            {"financien": 2}
        )


class TestGoalScale:
    def test_shares_a_label_where_marks_coincide(self) -> None:
        assert "nu = doel 4" in tekeningen.doelschaal(1, 4, 4)
        assert "start, nu 2" in tekeningen.doelschaal(2, 2, 4)
        assert re.findall(r"<text[^>]*>([^<]*)", tekeningen.doelschaal(4, 4, 4, eind=True)) == [
            "start, eind = doel 4"
        ]

    def test_tells_an_end_from_a_measurement(self) -> None:
        html = tekeningen.doelschaal(2, 3, 4, eind=True)
        assert "start 2, eind 3, doel 4 op een schaal" in html
        assert re.search(r'class="is-nu"[^>]*>eind 3<', html)


class TestWorkload:
    def test_full_is_hatched_and_says_so(self) -> None:
        assert "skt-werklast__arcering" in tekeningen.werklast(12, 12)
        assert "12 van 12 · vol" in tekeningen.werklast(12, 12)
        assert "vol" not in tekeningen.werklast(8, 12).replace("vulling", "")


class TestCharts:
    def test_a_count_too_small_to_show_is_dashed_and_said(self) -> None:
        html = grafieken.kolommen(
            {"titel": "MEE", "labels": ["2e kw 2026", "3e kw 2026"], "waarden": [10, None]}
        )
        assert "skt-grafiek__vlak--klein" in html
        assert "3e kw 2026 minder dan 10" in html
        assert "&lt;10" in html

    def test_bars_are_drawn_wide_and_narrow(self) -> None:
        row = {"label": "Financiën", "waarden": [60, 105], "vorige": 150}
        html = grafieken.staven({"reeksen": ["een", "meer"], "rijen": [row]})
        assert html.count("<svg") == 2
        assert "Financiën: 165, eerder 150" in html

    def test_axis_values_are_round(self) -> None:
        assert grafieken.ticks(410) == [0, 100, 200, 300, 400]

    def test_inzet_that_waits_is_dashed(self) -> None:
        rule = {"lijn": 2, "naam": "Jeugd-ggz", "begin": date(2026, 11, 4), "eind": None, "stand": "wacht"}
        html = grafieken.inzet_balken([rule], date(2026, 11, 23))
        assert "skt-inzet__balk--open" in html
        assert "wachtlijst" in html
