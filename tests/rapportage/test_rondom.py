"""Wat om de cijfers heen staat: maanden, het zegel, het bestand, en of de kubussen alles kennen."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.models import Afhandeling, Kanaal
from rapportage.catalogus import Kenmerk
from rapportage.csvbestand import write_csv
from rapportage.kubussen import KANAAL, KUBUSSEN, LEEFGEBIED, PER_CODE, ROUTE
from rapportage.maanden import (
    UnknownMonth,
    last_closed,
    months_until,
    name_maand,
    next_maand,
    parse_maand,
    previous_maand,
    write_maand,
)
from rapportage.models import Periode
from rapportage.queries import Tabelcijfers
from rapportage.tijdvak import Tijdvak, UnknownPeriod, parse_tijdvak
from rapportage.zegel import seal
from skt.kern.keuzelijsten import Leefgebied
from tests.factories.rapportage import OKTOBER
from tests.fixtures import MAANDAG
from triage.models import Bord

MAAND = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 1)).map(lambda dag: dag.replace(day=1))


class TestMaanden:
    @given(MAAND)
    def test_are_read_as_they_are_written(self, maand: date) -> None:
        assert parse_maand(write_maand(maand)) == maand
        assert previous_maand(next_maand(maand)) == maand

    @pytest.mark.parametrize(
        "tekst",
        [
            "",
            "2026",
            "2026-13",
            "2026-00",
            "26-10",
            "1999-10",
            "2026-10-01",
            " 2026-10",
            "２０２６-10",
            "\x00",
            "x" * 10_000,
        ],
    )
    def test_that_are_none_get_a_sentence(self, tekst: str) -> None:
        with pytest.raises(UnknownMonth, match="kennen we niet"):
            parse_maand(tekst)

    @pytest.mark.parametrize(
        ("at", "maand"),
        [
            (MAANDAG, date(2026, 10, 1)),
            (datetime(2026, 10, 31, 22, 59, tzinfo=UTC), date(2026, 9, 1)),
            (datetime(2026, 10, 31, 23, 1, tzinfo=UTC), date(2026, 10, 1)),
            (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), date(2025, 12, 1)),
        ],
    )
    def test_are_over_when_it_is_midnight_in_the_netherlands(self, at: datetime, maand: date) -> None:
        assert last_closed(at) == maand

    def test_run_over_the_year(self) -> None:
        assert [name_maand(m) for m in months_until(date(2025, 12, 1), date(2026, 1, 1))] == [
            "december 2025",
            "januari 2026",
        ]


class TestKubussen:
    def test_know_every_value_that_intake_and_triage_can_give(self) -> None:
        routes = {str(a) for a in Afhandeling} | {f"triage: {bord}" for bord in Bord} | {"nog open"}

        assert {waarde for waarde, _ in ROUTE.vakken} == routes
        assert {waarde for waarde, _ in KANAAL.vakken} == {str(kanaal) for kanaal in Kanaal}
        assert {waarde for waarde, _ in LEEFGEBIED.vakken} == {str(gebied) for gebied in Leefgebied}

    def test_have_a_name_for_every_cell_and_one_code_each(self) -> None:
        assert len(PER_CODE) == len(KUBUSSEN)
        assert all(label for kubus in KUBUSSEN for _, label in kubus.vakken)

    def test_keep_the_value_of_a_cell_of_an_older_division(self) -> None:
        assert ROUTE.label("vervallen route") == "vervallen route"


class TestSeal:
    @given(st.dictionaries(st.text(max_size=5), st.integers(0, 500), min_size=2, max_size=8), st.randoms())
    def test_is_the_same_in_any_order_and_for_nothing_else(
        self, cellen: dict[str, int], random: object
    ) -> None:
        rijen = [([waarde], aantal) for waarde, aantal in cellen.items()]
        first = seal("route", OKTOBER, 4, rijen)
        random.shuffle(rijen)  # type: ignore[attr-defined]

        assert seal("route", OKTOBER, 4, rijen) == first
        assert seal("kanaal", OKTOBER, 4, rijen) != first
        assert seal("route", date(2026, 9, 1), 4, rijen) != first
        assert seal("route", OKTOBER, 9, rijen) != first
        assert seal("route", OKTOBER, 4, [(rijen[0][0], rijen[0][1] + 5), *rijen[1:]]) != first

    def test_never_changes(self) -> None:
        assert (
            seal("route", OKTOBER, 4, [(["triage"], 15), (["nog open"], 5)])
            == "9415fb71c69852f1257607f8a40caca634610171335a90cdf1aeba1fe1717081"
        )


class TestTijdvak:
    @pytest.mark.parametrize(
        ("tekst", "naam", "vorig", "eind"),
        [
            ("2026-01", "januari 2026", "2025-12", date(2026, 2, 1)),
            ("2026-K1", "1e kwartaal 2026", "2025-K4", date(2026, 4, 1)),
            ("2026-K4", "4e kwartaal 2026", "2026-K3", date(2027, 1, 1)),
            ("2026", "2026", "2025", date(2027, 1, 1)),
        ],
    )
    def test_is_read_as_it_is_written_and_knows_its_neighbours(
        self, tekst: str, naam: str, vorig: str, eind: date
    ) -> None:
        tijdvak = parse_tijdvak(tekst)

        assert (tijdvak.code, tijdvak.naam, tijdvak.eind) == (tekst, naam, eind)
        assert tijdvak.previous().code == vorig
        assert tijdvak.year_before().code == tekst.replace("2026", "2025")

    def test_knows_what_it_is_part_of(self) -> None:
        assert [deel.code for deel in parse_tijdvak("2026-05").wider()] == ["2026-K2", "2026"]
        assert [deel.code for deel in parse_tijdvak("2026-K2").wider()] == ["2026"]
        assert list(parse_tijdvak("2026").wider()) == []

    @pytest.mark.parametrize("tekst", ["", "2026-13", "2026-K5", "2026-k1", "26", "2026-10 ", "٢٠٢٦"])
    def test_is_nothing_else(self, tekst: str) -> None:
        with pytest.raises(UnknownPeriod):
            parse_tijdvak(tekst)


class TestWriteCsv:
    def cijfers(self) -> Tabelcijfers:
        return Tabelcijfers(
            code="kanaal",
            titel="Meldingen per kanaal",
            wat="meldingen",
            kenmerken=(Kenmerk("kanaal", "Kanaal", KANAAL.vakken),),
            tijdvak=Tijdvak(OKTOBER, Periode.MAAND),
            grens=4,
            bevroren_op=MAANDAG,
            cellen={("telefonisch",): 45, ("digitaal",): 5, ("huisbezoek",): 0},
        )

    def test_is_what_a_dutch_spreadsheet_opens(self) -> None:
        assert (
            write_csv(self.cijfers())
            == (
                "\ufeffMaand;Kanaal;Aantal;Marge\r\n"
                "2026-10;telefonisch;45;4\r\n"
                "2026-10;digitaal;<10;4\r\n"
                "2026-10;huisbezoek;<10;4\r\n"
            ).encode()
        )
