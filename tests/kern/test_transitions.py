"""A life is a table: only what stands in it can happen."""

from dataclasses import dataclass

import pytest

from skt.kern.errors import GuardFailed, TransitionNotAllowed
from skt.kern.transitions import Transition, TransitionTable


@dataclass
class Ding:
    status: str = "nieuw"
    regisseur: str = ""

    def get_status_display(self) -> str:
        return self.status.capitalize()


def heeft_regisseur(ding: Ding) -> str:
    return "" if ding.regisseur else "Wijs eerst een regisseur aan."


def heet_niet_jan(ding: Ding) -> str:
    return "Jan kan het niet." if ding.regisseur == "Jan" else ""


TABEL = TransitionTable(
    Transition("start", {"nieuw"}, "lopend", "proef.start", "Start", (heeft_regisseur, heet_niet_jan)),
    Transition("close", {"nieuw", "lopend"}, "dicht", "proef.close", "Sluit af"),
)


class TestApply:
    def test_sets_the_new_status(self) -> None:
        ding = Ding(regisseur="Piet")

        assert TABEL.apply("start", ding).recht == "proef.start"
        assert ding.status == "lopend"

    def test_says_where_it_stands_when_that_has_no_such_transition(self) -> None:
        ding = Ding(status="dicht")

        with pytest.raises(TransitionNotAllowed, match="‘Start’ kan niet meer: de status is nu ‘Dicht’"):
            TABEL.apply("start", ding)
        assert ding.status == "dicht"

    def test_says_which_condition_fails(self) -> None:
        ding = Ding()

        with pytest.raises(GuardFailed, match=r"^Wijs eerst een regisseur aan\.$"):
            TABEL.apply("start", ding)
        assert ding.status == "nieuw"

    def test_an_unknown_transition_is_a_mistake_of_ours(self) -> None:
        with pytest.raises(KeyError):
            TABEL.apply("vliegen", Ding())


class TestAvailable:
    @pytest.mark.parametrize(
        ("ding", "names"),
        [
            (Ding(), ["close"]),
            (Ding(regisseur="Piet"), ["start", "close"]),
            (Ding(regisseur="Jan"), ["close"]),
            (Ding(status="dicht"), []),
        ],
    )
    def test_is_what_fits_now(self, ding: Ding, names: list[str]) -> None:
        assert [transition.naam for transition in TABEL.available(ding)] == names

    def test_a_transition_tells_everything_that_stands_in_the_way(self) -> None:
        assert TABEL["start"].refusals(Ding()) == ["Wijs eerst een regisseur aan."]


class TestTable:
    def test_refuses_a_name_twice(self) -> None:
        with pytest.raises(ValueError, match="dubbel"):
            TransitionTable(*TABEL, TABEL["start"])
