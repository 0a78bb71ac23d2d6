"""Wat het afronden belooft: grenzen in elke tabel en elke periode, één gedeelde marge, en geen getal in een fout."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportage import afronden
from rapportage.afronden import BASIS, GRENS, BoundNotMet, Opgave, Toets, keeps, round_family

RIJEN, BREED = 12, 4
AANTAL = st.integers(min_value=0, max_value=6) | st.integers(min_value=0, max_value=400)
SPLITSING = st.lists(st.lists(AANTAL, min_size=BREED, max_size=BREED), min_size=RIJEN, max_size=RIJEN)


def toetsen(
    vorm: tuple[int, ...], *assen: tuple[int, ...], eerder: dict[tuple[int, ...], Any] | None = None
) -> tuple[Toets, ...]:
    """A table per set of axes, with what earlier months left in it."""
    plaats = np.indices(vorm).reshape(len(vorm), -1)
    gemaakt = []
    for set_ in assen:
        maten = [vorm[as_] for as_ in set_]
        vak = (
            np.ravel_multi_index([plaats[as_] for as_ in set_], maten)
            if set_
            else np.zeros(plaats.shape[1], int)
        )
        niets = np.zeros(int(np.prod(maten)), int)
        gemaakt.append(Toets(vak, (eerder or {}).get(set_, niets)))
    return tuple(gemaakt)


def stam(waar: Any, **velden: Any) -> Opgave:
    """Three by four cells: the total, each side, and every cell."""
    waar = np.asarray(waar)
    velden = {
        "achterstand": np.zeros_like(waar),
        "toetsen": toetsen((3, 4), (), (0,), (1,), (0, 1)),
        **velden,
    }
    return Opgave("proef", waar, **velden)


def tak(waar: Any, **velden: Any) -> Opgave:
    """The same, split in four: the new side, and against either old one."""
    waar = np.asarray(waar).reshape(-1)
    velden = {
        "achterstand": np.zeros_like(waar),
        "toetsen": toetsen((3, 4, BREED), (2,), (0, 2), (1, 2)),
        **velden,
    }
    return Opgave("proef per soort", waar, **velden)


def furthest(opgave: Opgave, rond: Any) -> int:
    return max(
        int(np.abs(t.eerder + np.bincount(t.vak, rond - opgave.waar, len(t.eerder))).max())
        for t in opgave.toetsen
    )


class TestRoundFamily:
    @settings(max_examples=40, deadline=None)
    @given(SPLITSING)
    def test_stays_within_the_bound_and_shares_its_margin(self, rijen: list[list[int]]) -> None:
        waar = np.array(rijen)
        boom, deel = stam(waar.sum(1)), tak(waar)

        rond_boom, rond_deel = round_family(boom, [deel])

        for opgave, rond in ((boom, rond_boom), (deel, rond_deel)):
            assert (rond % BASIS == 0).all()
            assert (rond >= 0).all()
            assert furthest(opgave, rond) <= GRENS
        assert (rond_deel.reshape(RIJEN, BREED).sum(1) == rond_boom).all()

    @settings(max_examples=30, deadline=None)
    @given(SPLITSING)
    def test_never_mentions_more_than_there_was(self, rijen: list[list[int]]) -> None:
        """Mentions: each value at most as often as the thing itself, and no sum to keep."""
        waar = np.array(rijen)
        boom, deel = stam(waar.max(1)), tak(waar, meervoudig=True)

        rond_boom, rond_deel = round_family(boom, [deel])

        assert (rond_deel.reshape(RIJEN, BREED) <= rond_boom[:, None]).all()
        assert furthest(deel, rond_deel) <= GRENS

    def test_carries_the_error_of_earlier_months(self) -> None:
        """Ten months of three in every cell: no month may differ more than nine, and neither may their sum."""
        fout = np.zeros(12, int)
        for _maand in range(10):
            waar = np.full(12, 3)
            vakken = toetsen((3, 4), (), (0,), (1,), (0, 1))
            over_het_jaar = tuple(
                Toets(t.vak, np.bincount(t.vak, fout, len(t.eerder)).astype(int)) for t in vakken
            )
            (rond,) = round_family(stam(waar, achterstand=-fout, toetsen=(*vakken, *over_het_jaar)))
            fout = fout + rond - waar
        assert np.abs(fout).max() <= GRENS
        assert abs(fout.sum()) <= GRENS

    def test_leaves_room_for_the_month_after(self) -> None:
        """What goes on is kept within seven, while that can be: a whole and its part nine apart each way can't go on."""
        fout = np.zeros(12, int)
        for maand in range(6):
            waar = np.full(12, 1 + 2 * maand)
            vakken = toetsen((3, 4), (), (0,), (1,), (0, 1))
            jaar = tuple(
                Toets(t.vak, np.bincount(t.vak, fout, len(t.eerder)).astype(int), verder=True) for t in vakken
            )
            (rond,) = round_family(stam(waar, achterstand=-fout, toetsen=(*vakken, *jaar)))
            assert furthest(stam(waar, toetsen=jaar), rond) <= 7
            fout = fout + rond - waar

    def test_keeps_the_number_of_what_did_not_change(self) -> None:
        blijft = np.full(12, -1)
        blijft[[0, 5]] = 10, 0
        waar = np.full(12, 4)
        waar[0] = 12

        (rond,) = round_family(stam(waar, blijft=blijft))

        assert (rond[0], rond[5]) == (10, 0)

    def test_differs_from_time_to_time(self) -> None:
        uitkomsten = {round_family(stam(np.full(12, 2)))[0].tobytes() for _ in range(20)}

        assert len(uitkomsten) > 5

    def test_refuses_what_cannot_be_and_names_no_number(self) -> None:
        """Two tests that pull the same cells apart: nothing is within the bound of both."""
        waar = np.full(12, 37)
        onmogelijk = (
            *toetsen((3, 4), (), eerder={(): np.array([60])}),
            *toetsen((3, 4), (), eerder={(): np.array([-60])}),
        )

        with pytest.raises(BoundNotMet) as caught:
            round_family(stam(waar, toetsen=onmogelijk))

        assert "proef" in str(caught.value)
        assert not re.search(r"\d", str(caught.value))

    def test_tries_again_when_an_attempt_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        gelukt = afronden._Familie.run
        keren = iter([True, True, False])

        def first_wrong(self: afronden._Familie) -> list[Any]:
            rond = gelukt(self)
            return [deel + 1 for deel in rond] if next(keren) else rond

        monkeypatch.setattr(afronden._Familie, "run", first_wrong)

        boom = stam(np.full(12, 8))

        assert keeps(boom, [], round_family(boom))


class TestKeeps:
    WAAR = np.arange(RIJEN * BREED).reshape(RIJEN, BREED)

    def rounded(self) -> tuple[Opgave, Opgave, Any, Any]:
        boom, deel = stam(self.WAAR.sum(1)), tak(self.WAAR)
        return boom, deel, *round_family(boom, [deel])

    @pytest.mark.parametrize("verschuiving", [-10, 10, 1, -3, 25])
    def test_finds_a_cell_that_is_off(self, verschuiving: int) -> None:
        boom, deel, rond_boom, rond_deel = self.rounded()
        fout = rond_deel.copy()
        fout[7] += verschuiving

        assert keeps(boom, [deel], [rond_boom, rond_deel])
        assert not keeps(boom, [deel], [rond_boom, fout])

    def test_finds_a_branch_that_is_missing_or_has_another_shape(self) -> None:
        boom, deel, rond_boom, rond_deel = self.rounded()

        assert not keeps(boom, [deel], [rond_boom])
        assert not keeps(boom, [deel], [rond_boom, rond_deel[:-1]])
