"""De bestanden naast de tabellen: de controle rekent ze na met niets dan wat gepubliceerd is."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.bladen import _lead_times
from rapportage.controle.bladen import _follows, check_sheets
from rapportage.controle.lezen import Tabel
from rapportage.uitvoer import hash_bytes

VAN, TOT = date(2026, 1, 1), date(2027, 1, 1)
WAARDEN = {
    "stap": ["melding tot triage", "triage tot besluit"],
    "klasse": ["0", "1", "2-3", "4-7", "8-14", "15-28", "29-56", "57+"],
    "wet": ["wmo", "jeugdwet"],
    "toekenning": ["ja"],
}
GEEN = "geen cijfer,geen cijfer"


def table(code: str, getallen: Any, *kolommen: str) -> Tabel:
    return Tabel(
        code, code, familie="f", kubus=code, kolommen=kolommen, soort="jaar", van=VAN, tot=TOT, grens=9, telt="dingen",
        alleen={}, stand=False, meervoudig=False, getallen=np.array(getallen), waarden=WAARDEN,
    )  # fmt: skip


TABELLEN = [
    table("stap", [100, -1], "stap"),
    table("stap-stap-klasse", [[20, 20, 40, 10, 10, -1, -1, -1], [-1] * 8], "stap", "klasse"),
    table("mensen-wet", [40, 10], "wet"),
    table("mensen-samen", [50], "toekenning"),
    table("mensen-wet-veel", [100_000, 100_000], "wet"),
    table("mensen-samen-veel", [200_000], "toekenning"),
]


def found(**bladen: tuple[str, str, str]) -> set[str]:
    """What the auditor finds in these files: each its kind, its table and its rows."""
    regels, bestanden = [], {}
    for naam, (soort, uit, rijen) in bladen.items():
        inhoud = "\r\n".join(["kop,een,twee", *rijen.split()]).replace("_", " ").encode()
        bestanden[naam] = inhoud
        regels.append(
            {"bestand": naam, "soort": soort, "uit": uit, "sha256": hash_bytes(inhoud), "periode": {"soort": "jaar", "van": "2026-01-01"}}
        )  # fmt: skip
    return {soort for soort, _ in check_sheets(regels, bestanden, TABELLEN)}


KLAAR = f"melding_tot_triage,2,8 triage_tot_besluit,{GEEN.replace(' ', '_')}"


class TestLeadTimes:
    def test_follow_from_the_published_classes(self) -> None:
        assert found(tijd=("doorlooptijd", "stap-stap-klasse", KLAAR)) == set()

    @pytest.mark.parametrize("anders", [KLAAR.replace("2,8", "3,8"), KLAAR.replace("geen_cijfer", "4")])
    def test_that_do_not_are_found(self, anders: str) -> None:
        assert found(tijd=("doorlooptijd", "stap-stap-klasse", anders)) == {
            "de doorlooptijd volgt niet uit de tabel"
        }

    @given(st.lists(st.sampled_from([0, 5, 10, 15, 40]), min_size=8, max_size=8))
    def test_are_worked_out_alike_by_two_roads(self, getallen: list[int]) -> None:
        """What is made from the cells follows from what of them is shown and their total."""
        cellen = {("x", klasse): n for klasse, n in zip(WAARDEN["klasse"], getallen, strict=True)}
        (gemaakt,) = _lead_times(cellen)
        verborgen = [[n if n >= 10 else -1 for n in getallen]]
        totaal = [n if n >= 10 else -1 for n in [sum(getallen)]]

        assert _follows(
            [gemaakt], table("klasse", verborgen, "stap", "klasse"), table("stap", totaal, "stap")
        )


class TestAmounts:
    WET = "wmo,1200,48000 jeugdwet,990,9900"
    KLEIN = f"wmo,1200,48000 jeugdwet,{GEEN.replace(' ', '_')}"

    def test_are_a_mean_times_a_published_number(self) -> None:
        assert found(wet=("kosten", "mensen-wet", self.WET)) == set()
        assert found(wet=("kosten", "mensen-wet", self.KLEIN)) == set()

    @pytest.mark.parametrize(
        "anders", ["wmo,1200,47000 jeugdwet,990,9900", "wmo,1234,49360 jeugdwet,990,9900"]
    )
    def test_that_are_not_are_found(self, anders: str) -> None:
        assert found(wet=("kosten", "mensen-wet", anders)) == {
            "een bedrag is geen gemiddelde maal een gepubliceerd aantal"
        }

    def test_kept_back_may_stand_in_no_difference(self) -> None:
        """One file tells all, the other all but the Jeugdwet: with so few people nobody can subtract, with many they could."""
        assert (
            found(wet=("kosten", "mensen-wet", self.KLEIN), samen=("kosten", "mensen-samen", "ja,1100,55000"))
            == set()
        )
        veel = self.KLEIN.replace("48000", "120000000")
        assert found(
            wet=("kosten", "mensen-wet-veel", veel),
            samen=("kosten", "mensen-samen-veel", "ja,9900,1980000000"),
        ) == {"wat is weggelaten volgt uit een ander blad"}

    def test_is_found_in_a_file_that_changed(self) -> None:
        regel = {"bestand": "wet", "soort": "kosten", "uit": "mensen-wet", "sha256": "", "periode": {}}

        assert {soort for soort, _ in check_sheets([regel], {"wet": b""}, TABELLEN)} == {
            "de bytes zijn niet die zijn vastgezet"
        }
