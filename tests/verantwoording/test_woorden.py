"""Wat in het log komt, is in gewone woorden te lezen."""

import re
from pathlib import Path

import pytest

from skt.verantwoording.woorden import WOORDEN, say_action

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
