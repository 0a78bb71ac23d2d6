"""Bedragen en doorlooptijden: de regels van het handboek met zijn eigen voorbeelden, en nooit een waar bedrag."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.linalg import matrix_rank

from rapportage.doorlooptijden import KLASSEN, Doorlooptijd, lead_time
from rapportage.kosten import (
    choose,
    fails_dominance,
    fails_p_percent,
    may_publish,
    per_person,
    publish_costs,
    round_mean,
)

BEDRAGEN = st.lists(st.decimals(min_value=0, max_value=100_000, places=2), min_size=2, max_size=30)


def euro(*bedragen: object) -> list[Decimal]:
    return [Decimal(str(bedrag)) for bedrag in bedragen]


class TestRules:
    """Handbook on Statistical Disclosure Control, 2nd ed., ch. 4.2."""

    def test_example_1_is_safe_for_one_dominant_but_tells_the_second_two_percent(self) -> None:
        cel = euro(50_000, 49_000, 1_000)

        assert not fails_dominance(cel, n=1, k=Decimal(90))
        assert fails_p_percent(cel, p=Decimal(10))
        assert not fails_p_percent(cel, p=Decimal(2))
        assert fails_dominance(cel, n=2, k=Decimal(90))

    def test_example_1b_two_can_subtract_themselves(self) -> None:
        assert fails_p_percent(euro(60, 40))
        assert not may_publish(euro(60, 40))

    def test_example_1d_fifty_small_ones_do_not_hide_a_giant(self) -> None:
        cel = euro(9900, *[2] * 50)

        assert fails_p_percent(cel)
        assert fails_dominance(cel, n=1)
        assert not may_publish(cel)

    @given(BEDRAGEN, st.sampled_from([10, 25, 50]))
    def test_what_the_two_k_rule_calls_safe_is_safe_for_p_when_k_fits(
        self, cel: list[Decimal], p: int
    ) -> None:
        """k = 100 · 100 / (100 + p): a (2, 80) rule and a 25 % rule go together."""
        if not fails_dominance(cel, n=2, k=Decimal(10_000) / (100 + p)):
            assert not fails_p_percent(cel, p=Decimal(p))

    def test_nothing_is_not_a_secret(self) -> None:
        assert not fails_p_percent([])
        assert not fails_dominance([])
        assert not may_publish([])


def mens(**bedragen: int) -> dict[str, Decimal]:
    return {naam: Decimal(bedrag) for naam, bedrag in bedragen.items()}


def cel(*namen: str) -> frozenset[str]:
    return frozenset(namen)


class TestPerPerson:
    def test_adds_up_what_one_person_gets_before_the_rules_look(self) -> None:
        """Twelve toekenningen, but one person behind four of them: nine people are too few."""
        mensen = [mens(a=100, b=300), *[mens(a=100)] * 8]

        assert per_person(mensen, cel("a", "b"))[0] == 400
        assert len(per_person(mensen, cel("a", "b"))) == 9
        assert len(per_person(mensen, cel("b"))) == 1
        assert publish_costs(per_person(mensen, cel("a", "b")), 10) is None


class TestChoose:
    """Two tables over the same amounts: by wet (w, j) and by lijn (1, 2); a finest cell is a wet and a lijn."""

    WET = (cel("w1", "w2"), cel("j1", "j2"))
    LIJN = (cel("w1", "j1"), cel("w2", "j2"))

    def choose(self, mensen: list[dict[str, Decimal]]) -> list[set[frozenset[str]]]:
        return choose(mensen, [self.WET, self.LIJN])

    def test_publishes_all_that_is_safe_together(self) -> None:
        mensen = [mens(**{fijn: 100}) for fijn in ("w1", "w2", "j1", "j2") for _ in range(12)]

        assert self.choose(mensen) == [set(self.WET), set(self.LIJN)]

    def test_keeps_back_what_would_tell_by_subtraction(self) -> None:
        """Wmo and lijn 1 differ by three people with Wmo in lijn 2 and nobody else: their amount would be the difference."""
        mensen = [*[mens(w1=100)] * 20, *[mens(w2=100)] * 3, *[mens(j2=100)] * 15]

        wet, lijn = self.choose(mensen)

        assert cel("w1", "j1") not in lijn or cel("w1", "w2") not in wet
        assert not (wet == set(self.WET) and lijn == set(self.LIJN))

    def test_keeps_back_what_a_few_insiders_could_take_off(self) -> None:
        """The remainder on the other side is of two people, who know it: what is left on this side is theirs to work out."""
        mensen = [*[mens(w1=100)] * 20, *[mens(w2=100)] * 3, *[mens(j1=100)] * 2]

        wet, lijn = self.choose(mensen)

        assert not (cel("w1", "w2") in wet and cel("w1", "j1") in lijn)

    def test_publishes_the_same_cells_once_more_without_harm(self) -> None:
        mensen = [mens(w1=100) for _ in range(12)]

        assert self.choose(mensen) == [{self.WET[0]}, {self.LIJN[0]}]

    def test_leaves_out_a_cell_that_one_person_dominates_and_what_would_give_it_away(self) -> None:
        """In lijn 1 that person is among thirty others: but lijn 1 less Jeugdwet would be them."""
        mensen = [mens(w1=10_000), *[mens(w1=1)] * 30, *[mens(j1=100)] * 30]

        assert self.choose(mensen) == [{self.WET[1]}, set()]


FIJN = [f"{wet}{lijn}" for wet in "wj" for lijn in "12"]
MENSEN = st.lists(
    st.dictionaries(st.sampled_from(FIJN), st.integers(1, 5000).map(Decimal), min_size=1, max_size=2),
    min_size=10,
    max_size=60,
)


@given(MENSEN)
def test_no_unsafe_amount_is_a_combination_of_published_ones(mensen: list[dict[str, Decimal]]) -> None:
    """By linear algebra, as if amounts weren't rounded: whatever is added to and subtracted from what."""
    tabellen = [
        [cel(*(f for f in FIJN if f[kant] == waarde)) for waarde in waarden]
        for kant, waarden in ((0, "wj"), (1, "12"))
    ]
    gebruikt = frozenset(fijn for mens in mensen for fijn in mens)

    def row(deze: frozenset[str]) -> list[int]:
        return [int(fijn in deze & gebruikt) for fijn in FIJN]

    bekend = [row(deze) for gekozen in choose(mensen, tabellen) for deze in gekozen]

    for deze in [*tabellen[0], *tabellen[1], *map(cel, FIJN)]:
        if any(row(deze)) and not may_publish(per_person(mensen, deze)) and bekend:
            assert matrix_rank([*bekend, row(deze)]) > matrix_rank(bekend)


class TestPublishCosts:
    def test_is_the_rounded_mean_times_the_published_number(self) -> None:
        assert publish_costs(euro(*range(1000, 1120, 10)), 15) == (Decimal(1100), Decimal(16_500))

    @pytest.mark.parametrize("gepubliceerd", [0, 5])
    def test_says_nothing_where_the_number_is_hidden(self, gepubliceerd: int) -> None:
        assert publish_costs(euro(*[1000] * 12), gepubliceerd) is None

    def test_says_nothing_of_a_dominated_amount(self) -> None:
        assert publish_costs(euro(100_000, *[10] * 30), 30) is None

    @pytest.mark.parametrize(
        ("bedragen", "gemiddeld"),
        [(["1234.56"], "1200"), (["8.449"], "8.4"), (["0"], "0"), (["99.6"], "1E+2")],
    )
    def test_rounds_to_two_digits(self, bedragen: list[str], gemiddeld: str) -> None:
        assert round_mean(euro(*bedragen)) == Decimal(gemiddeld)


class TestLeadTime:
    def test_comes_from_the_published_classes(self) -> None:
        assert lead_time({"0": 20, "1": 20, "2-3": 40, "4-7": 10, "8-14": 10}) == Doorlooptijd(
            mediaan=2, p90=8
        )

    def test_is_not_given_below_ten(self) -> None:
        assert lead_time({"0": 5}) is None
        assert lead_time({}) is None

    def test_may_not_tell_five_from_nothing(self) -> None:
        """What is hidden is 0 or 5: together they are the rest of a published total, whichever it is."""
        assert lead_time({"0": 20, "1": 5, "2-3": 0}) == lead_time({"0": 20, "1": 0, "2-3": 5})
        assert lead_time({"0": 5, "1": 5, "2-3": 10, "4-7": 5}) is None

    def test_says_no_day_that_only_what_is_hidden_decides_on(self) -> None:
        """Nine of ten waited 0 days or more than eight weeks: the five that aren't shown say which."""
        assert lead_time({"0": 20, "57+": 5}) == Doorlooptijd(mediaan=1, p90=None, p90_bekend=False)
        assert lead_time({"0": 5, "57+": 5}) is None

    def test_is_open_above_eight_weeks(self) -> None:
        assert lead_time({"0": 10, "57+": 10}) == Doorlooptijd(mediaan=1, p90=None)

    def test_rounds_long_times_to_fives(self) -> None:
        assert lead_time({"29-56": 20}) == Doorlooptijd(mediaan=45, p90=55)

    def test_knows_the_classes_of_the_catalogue(self) -> None:
        from rapportage.catalogus import VAST

        (klasse,) = [kenmerk for kenmerk in VAST if kenmerk.code == "klasse"]
        assert klasse.waarden == tuple(naam for naam, _, _ in KLASSEN)
