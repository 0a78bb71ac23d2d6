"""De vorm van de vragen: acht leefgebieden, niets vreemds, en een zin voor alles wat niet klopt."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from intake.vragen import (
    LABELS,
    MAX_VRAAG,
    MAX_VRAGEN,
    Vraag,
    asked_order,
    check_vragen,
    digest,
    read_vragen,
    validate_vragen,
    write_vragen,
)


def goed(**anders: Any) -> dict[str, Any]:
    return {gebied: [{"vraag": f"Hoe gaat het met {label}?"}] for gebied, label in LABELS.items()} | anders


def zinnen(stored: Any) -> str:
    return " ".join(fout.zin for fout in check_vragen(stored))


class TestCheckVragen:
    def test_finds_nothing_wrong_with_the_eight(self) -> None:
        assert check_vragen(goed()) == []
        assert check_vragen(write_vragen({})) == []

    @pytest.mark.parametrize(
        ("stored", "zin"),
        [
            ([], "per leefgebied in een lijst"),
            (goed(weer=[]), "‘weer’ is geen leefgebied"),
            ({key: [] for key in list(LABELS)[1:]}, "Huisvesting ontbreekt"),
            (goed(sociaal="Hoe?"), "hoort een lijst van vragen"),
            (goed(sociaal=["Hoe?"]), "met een toelichting"),
            (goed(sociaal=[{"vraag": "Hoe?", "kleur": 1}]), "‘kleur’ kennen we niet"),
            (goed(sociaal=[{"vraag": "  "}]), "schrijf de vraag op, of haal haar weg"),
            (goed(sociaal=[{"vraag": "a" * (MAX_VRAAG + 1)}]), f"ten hoogste {MAX_VRAAG} tekens"),
            (goed(sociaal=[{"vraag": "Hoe?", "eerst": "ja"}]), "‘eerst vragen’ is ja of nee"),
            (goed(sociaal=[{"vraag": "Hoe?", "toelichting": 3}]), "hoort tekst te zijn"),
            (goed(sociaal=[{"vraag": "Hoe?"}, {"vraag": "hoe?"}]), "deze vraag staat er al"),
            (goed(sociaal=[{"vraag": f"Hoe {n}?"} for n in range(MAX_VRAGEN + 1)]), "ten hoogste 20 vragen"),
        ],
    )
    def test_says_what_is_wrong(self, stored: Any, zin: str) -> None:
        assert zin in zinnen(stored)

    def test_points_at_the_question(self) -> None:
        (fout,) = check_vragen(goed(zingeving=[{"vraag": "Wat telt?"}, {"vraag": ""}]))

        assert (fout.gebied, fout.nummer, fout.veld) == ("zingeving", 1, "vraag")

    def test_is_the_validator_of_the_field(self) -> None:
        with pytest.raises(ValidationError, match="geen leefgebied"):
            validate_vragen(goed(weer=[]))


class TestReadVragen:
    def test_gives_all_eight_in_the_fixed_order(self) -> None:
        assert list(read_vragen({})) == list(LABELS)
        assert read_vragen(None) == {gebied: [] for gebied in LABELS}

    def test_reads_what_it_wrote(self) -> None:
        vragen = read_vragen({"sociaal": [{"vraag": "Wie?", "eerst": True, "toelichting": "Vraag door."}]})

        assert read_vragen(write_vragen(vragen)) == vragen
        assert vragen["sociaal"] == [Vraag("Wie?", eerst=True, toelichting="Vraag door.")]

    def test_asks_what_is_first_first_and_keeps_the_order(self) -> None:
        vragen = read_vragen({"sociaal": [{"vraag": "A"}, {"vraag": "B", "eerst": True}, {"vraag": "C"}]})

        assert [vraag.vraag for vraag in asked_order(vragen)["sociaal"]] == ["B", "A", "C"]


class TestDigest:
    def test_changes_with_every_part_and_the_order(self) -> None:
        one, two = Vraag("A"), Vraag("B")
        marks = {
            digest(v)
            for v in ([], [one], [one, two], [two, one], [Vraag("A", True)], [Vraag("A", toelichting="x")])
        }

        assert len(marks) == 6
