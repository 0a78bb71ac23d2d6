"""Wat in het log komt, is in gewone woorden te lezen."""

import re
from pathlib import Path

import pytest

from skt.verantwoording.woorden import WOORDEN, say_action, say_facts

HUIS = Path(__file__).parents[2]
KAMERS = ("skt", "intake", "triage", "casusregie", "socialekaart", "rapportage")
LOGT = re.compile(r'action="([a-z]+\.[a-z_]+)"')


def logged_actions() -> set[str]:
    files = [file for kamer in KAMERS for file in (HUIS / kamer).rglob("*.py")]
    return {action for file in files for action in LOGT.findall(file.read_text(encoding="utf-8"))}


class TestSayAction:
    def test_knows_every_action_the_code_names(self) -> None:
        actions = logged_actions()

        assert len(actions) > 40
        assert actions - set(WOORDEN) == set()

    @pytest.mark.parametrize(
        ("action", "woorden"),
        [
            ("intake.view_melding", "melding"),
            ("casusregie.manage_casus", "beheren casus"),
            ("iets.onbekends", "onbekends"),
        ],
    )
    def test_says_it_in_dutch(self, action: str, woorden: str) -> None:
        assert say_action(action) == woorden


class TestSayFacts:
    @pytest.mark.parametrize(
        ("gegevens", "zin"),
        [
            ({}, ""),
            ({"casus": "2026-0001", "toelichting": ""}, "casus: 2026-0001"),
            ({"spoed": True, "volgende_stap": "Bellen"}, "spoed: ja; volgende stap: Bellen"),
            ({"op": "2026-11-22T07:22:44.193428+00:00"}, "gebeurd op: 22-11-2026 08:22"),
            ({"van": "voor_overleg", "naar": "intake"}, "van: voor overleg; naar: intake"),
            (
                {"getoond": 50, "gevraagd": {"van": "2026-10-23", "actie": "triage.board"}},
                "regels getoond: 50; gevraagd: van 23-10-2026, actie bord",
            ),
            ({"leefgebieden": ["sociaal", "psychisch"]}, "leefgebieden: sociaal, psychisch"),
            (
                {"was": {"leeftijd_max": None, "openingstijden": [{"dag": "maandag", "van": "09:00"}]}},
                "eerst: leeftijd max leeg, openingstijden dag maandag, van 09:00",
            ),
            ({"besluitnummer": "2026-13-99"}, "besluitnummer: 2026-13-99"),
            ({"aantal": 0}, "aantal: 0"),
        ],
    )
    def test_says_what_happened_without_names_of_the_code(
        self, gegevens: dict[str, object], zin: str
    ) -> None:
        assert say_facts(gegevens) == zin
