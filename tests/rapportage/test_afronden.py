"""Wat het afronden belooft: grenzen, optellen, één gedeelde marge, onpartijdig; en geen getal in een fout."""

import re
from random import Random
from secrets import SystemRandom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.afronden import BASIS, GRENS, BoundNotMet, round_cubes, verify

AANTAL = st.integers(min_value=0, max_value=400) | st.integers(min_value=0, max_value=6)
KUBUS = st.dictionaries(st.text(max_size=8), AANTAL, min_size=1, max_size=12)
GEDEELD = st.lists(
    st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("uvwxyz"), AANTAL), min_size=1, max_size=30
)
"""Counts by two features at once: the two cubes made of them share their total."""
MARGES = {"een": "samen", "twee": "samen", "los": "los"}


class Kam(Random):
    """A random source whose comb starts where we say; the order stays as it is."""

    def __init__(self, start: int) -> None:
        super().__init__()
        self.start = start

    def randrange(self, *_args: object, **_kwargs: object) -> int:
        return self.start

    def shuffle(self, x: object) -> None:
        pass


def two_margins(rijen: list[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    een, twee = dict.fromkeys("abcdefghij", 0), dict.fromkeys("uvwxyz", 0)
    for a, b, aantal in rijen:
        een[a] += aantal
        twee[b] += aantal
    return {"een": een, "twee": twee}


class TestRoundCubes:
    @given(GEDEELD, KUBUS, st.randoms(use_true_random=False))
    def test_stays_within_the_bound_and_adds_up(
        self, rijen: list[tuple[str, str, int]], los: dict[str, int], random: Random
    ) -> None:
        waar = {**two_margins(rijen), "los": los}

        rond = round_cubes(waar, MARGES, random)

        for kubus, cellen in waar.items():
            assert list(rond[kubus]) == list(cellen)
            assert all(aantal % BASIS == 0 and aantal >= 0 for aantal in rond[kubus].values())
            assert all(abs(rond[kubus][cel] - aantal) < BASIS for cel, aantal in cellen.items())
            assert abs(sum(rond[kubus].values()) - sum(cellen.values())) < BASIS
        assert sum(rond["een"].values()) == sum(rond["twee"].values())

    @given(KUBUS)
    def test_favours_nobody(self, cellen: dict[str, int]) -> None:
        """Over the five starts of the comb every cell and the total are exactly right on average."""
        keren = [round_cubes({"los": cellen}, MARGES, Kam(start))["los"] for start in range(BASIS)]

        for cel, aantal in cellen.items():
            assert sum(rond[cel] for rond in keren) == BASIS * aantal
        assert sum(sum(rond.values()) for rond in keren) == BASIS * sum(cellen.values())

    @given(st.integers(min_value=0, max_value=60))
    def test_leaves_every_value_within_the_bound_possible(self, gepubliceerd: int) -> None:
        """Whoever sees p knows no more than: between p - 4 and p + 4, and not below nothing."""
        gepubliceerd *= BASIS
        mogelijk = {
            waar
            for waar in range(gepubliceerd + 2 * BASIS)
            for start in range(BASIS)
            if round_cubes({"los": {"cel": waar, "ander": 7}}, MARGES, Kam(start))["los"]["cel"]
            == gepubliceerd
        }

        assert mogelijk == set(range(max(0, gepubliceerd - GRENS), gepubliceerd + GRENS + 1))

    def test_differs_from_time_to_time(self) -> None:
        waar = {"los": dict.fromkeys("abcdefgh", 2)}

        assert len({tuple(round_cubes(waar, MARGES, SystemRandom())["los"].values()) for _ in range(60)}) > 5

    def test_refuses_cubes_that_do_not_share_their_total(self) -> None:
        with pytest.raises(BoundNotMet):
            round_cubes({"een": {"a": 33}, "twee": {"u": 48}}, MARGES, Random(1))


class TestVerify:
    @given(KUBUS, st.data())
    def test_finds_every_cell_that_is_off(self, cellen: dict[str, int], data: st.DataObject) -> None:
        rond = round_cubes({"los": cellen}, MARGES, Random(1))
        cel = data.draw(st.sampled_from(sorted(cellen)))
        verschuiving = data.draw(st.sampled_from([-10, 10, 1, -3, 25]))
        rond["los"][cel] += verschuiving

        with pytest.raises(BoundNotMet):
            verify({"los": cellen}, rond, MARGES)

    @pytest.mark.parametrize(
        "rond",
        [
            {},
            {"los": {"a": 10}},
            {"los": {"a": 10, "b": 10, "c": 0}},
            {"los": {"a": 10, "b": 5}},
            {"los": {"a": 15, "b": 15}},
        ],
    )
    def test_finds_what_is_missing_too_much_or_adds_up_wrong(self, rond: dict[str, dict[str, int]]) -> None:
        with pytest.raises(BoundNotMet):
            verify({"los": {"a": 11, "b": 11}}, rond, MARGES)

    def test_says_which_cube_and_no_number(self) -> None:
        with pytest.raises(BoundNotMet) as caught:
            verify({"los": {"a": 37}}, {"los": {"a": 45}}, MARGES)

        assert "los" in str(caught.value)
        assert not re.search(r"\d", str(caught.value))
