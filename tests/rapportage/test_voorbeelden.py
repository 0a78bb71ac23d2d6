"""Bekende uitkomsten uit de literatuur over gecontroleerd afronden, nagerekend met de hand of door alles te proberen.

Cox and Ernst (1982): a two-way table always has a zero-restricted controlled rounding, that adds up and differs less than
the base everywhere. Handbook on Statistical Disclosure Control, 2nd ed., ch. 5: conventional rounding doesn't add up.
"""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportage.afronden import BASIS, GRENS, Opgave, keeps, round_family
from tests.rapportage.jaar import Jaar
from tests.rapportage.test_afronden import toetsen

DRIE = st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=3, max_size=3)


def table(waar: Any) -> Opgave:
    """A two-way table: the total, both sides, and every cell."""
    waar = np.asarray(waar)
    vlak = waar.reshape(-1)
    return Opgave("tabel", vlak, np.zeros_like(vlak), toetsen(waar.shape, (), (0,), (1,), (0, 1)))


def margins(vakken: Any, vorm: tuple[int, int]) -> list[Any]:
    tabel = vakken.reshape(vorm)
    return [tabel, tabel.sum(0), tabel.sum(1), tabel.sum()]


def zero_restricted(waar: Any) -> list[Any]:
    """Every rounding to the five below or above in which rows, columns and total are that too."""
    waar = np.asarray(waar)
    keuzes = [
        (n,) if n % BASIS == 0 else (n // BASIS * BASIS, n // BASIS * BASIS + BASIS)
        for n in waar.reshape(-1).tolist()
    ]
    gevonden = []
    for rond in product(*keuzes):
        paren = zip(margins(np.array(rond), waar.shape), margins(waar, waar.shape), strict=True)
        if all((np.abs(r - w) < BASIS).all() for r, w in paren):
            gevonden.append(np.array(rond))
    return gevonden


class TestControlledRounding:
    @settings(max_examples=25, deadline=None)
    @given(DRIE)
    def test_of_cox_and_ernst_always_exists_and_is_one_that_we_accept(self, rijen: list[list[int]]) -> None:
        gevonden = zero_restricted(rijen)

        assert gevonden
        assert all(keeps(table(rijen), [], [rond]) for rond in gevonden)

    @settings(max_examples=25, deadline=None)
    @given(DRIE)
    def test_of_ours_adds_up_and_stays_within_its_bound(self, rijen: list[list[int]]) -> None:
        waar = np.array(rijen)

        (rond,) = round_family(table(waar))

        for ronde, ware in zip(margins(rond, waar.shape), margins(waar, waar.shape), strict=True):
            assert (np.asarray(ronde) % BASIS == 0).all()
            assert np.abs(ronde - ware).max() <= GRENS

    @pytest.mark.parametrize("aantal", [2, 3, 7])
    def test_adds_up_where_conventional_rounding_does_not(self, aantal: int) -> None:
        """Sixteen cells of two are 0 each by the ordinary rule, and 30 together; of three they are 5 each, and 50."""
        waar = np.full((4, 4), aantal)
        gewoon = (waar + 2) // BASIS * BASIS

        (rond,) = round_family(table(waar))

        assert abs(int(gewoon.sum()) - int(waar.sum())) > GRENS
        assert abs(int(rond.sum()) - int(waar.sum())) <= GRENS

    def test_leaves_a_table_of_fives_as_it_is_or_within_the_bound(self) -> None:
        """Every number a multiple of the base: zero-restricted there is one answer, the table itself; ours may not tell."""
        waar = np.array([[10, 0, 25], [5, 40, 0]])

        assert [rond.tolist() for rond in zero_restricted(waar)] == [waar.reshape(-1).tolist()]
        assert keeps(table(waar), [], [waar.reshape(-1)])

    def test_has_no_drift(self) -> None:
        """Over a year, what is published is on the whole neither more nor less than what was true."""
        fouten = np.concatenate(
            [fout for delen in Jaar(3000, families=("uitvragen",)).errors().values() for fout, _ in delen]
        )

        assert len(fouten) > 2000
        assert abs(fouten.mean()) < 0.5
