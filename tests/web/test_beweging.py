"""Begin en nu: dezelfde feiten in het wiel, in de tabel en in de zin."""

from datetime import UTC, datetime
from typing import Any

from django.template import Context, Template

from skt.web.beweging import MAX_KOLOMMEN, read_beweging
from skt.web.tekeningen import radar


def moment(dag: int, reden: str = "Evaluatie", **scores: int) -> dict[str, Any]:
    return {
        "op": datetime(2026, 1, dag, 12, tzinfo=UTC),
        "wie": "Sanne Fictief",
        "reden": reden,
        "scores": scores,
    }


def draw(metingen: list[dict[str, Any]]) -> str:
    page = Template('{% include "components/beweging.html" with metingen=metingen only %}')
    return page.render(Context({"metingen": metingen}))


class TestReadBeweging:
    def test_takes_the_first_and_the_last_score_of_each(self) -> None:
        found = read_beweging(
            [moment(1, "Begin", sociaal=2, financien=4), moment(2, zingeving=3), moment(3, sociaal=3)]
        )

        assert (found.begin["sociaal"], found.nu["sociaal"]) == (2, 3)
        assert {row.label: row.verschil for row in found.regels if row.soort} == {
            "Sociaal functioneren": "1 hoger"
        }
        assert {row.label: row.verschil for row in found.regels}["Zingeving"] == "één keer gemeten"
        assert {row.label: row.verschil for row in found.regels}["Huisvesting"] == "niet besproken"
        assert found.zin == "Vooruit: sociaal functioneren."

    def test_calls_going_down_what_it_is(self) -> None:
        found = read_beweging([moment(1, sociaal=4, financien=2), moment(2, sociaal=1, financien=2)])

        assert found.zin == "Achteruit: sociaal functioneren. Gelijk gebleven: financiën."

    def test_never_makes_a_zero_of_what_was_not_discussed(self) -> None:
        found = read_beweging([moment(1, sociaal=4), moment(2, financien=2)])

        assert found.zin == ""
        assert found.nu["zingeving"] is None

    def test_shows_the_first_and_the_last_of_many(self) -> None:
        found = read_beweging([moment(dag, sociaal=3) for dag in range(1, 10)])

        assert len(found.momenten) == MAX_KOLOMMEN
        assert found.momenten[0]["op"].day == 1
        assert found.momenten[-1]["op"].day == 9
        assert found.weggelaten == 9 - MAX_KOLOMMEN

    def test_is_empty_without_moments(self) -> None:
        assert not read_beweging([]).is_verder


class TestComponent:
    def test_draws_nothing_for_one_moment(self) -> None:
        assert draw([moment(1, sociaal=2)]).strip() == ""

    def test_says_the_same_in_words_and_in_the_table(self) -> None:
        page = draw([moment(1, "Begin", sociaal=2), moment(2, sociaal=4)])

        assert "sociaal functioneren van 2 naar 4" in page
        assert "2 hoger" in page
        assert 'scope="col"' in page
        assert page.count("niet besproken</span>") == 14


class TestRadar:
    def test_tells_then_and_now_apart_without_colour(self) -> None:
        picture = radar({"sociaal": 4, "financien": 3}, groot=True, eerder={"sociaal": 2, "financien": 3})

        assert picture.count("skt-radar__vierkant") == 2
        assert picture.count("skt-radar__weg") == 1
        assert "skt-radar__eerder" in picture

    def test_stays_as_it_was_without_an_earlier_one(self) -> None:
        assert "vierkant" not in radar({"sociaal": 4})
