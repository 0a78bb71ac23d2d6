"""Stuurinformatie op het scherm: wie haar ziet, wat er staat en wat er bij onzin gebeurt.

Most read over the connection that wrote, in one transaction (`een_verbinding`); TestReader reads over
the real one.
"""

from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client

from rapportage import queries
from rapportage.maanden import previous_maand, write_maand
from skt.autorisatie.context import acting_as_system
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.rapportage import OKTOBER, SEPTEMBER, publish

DASHBOARD = "/stuurinformatie/"
CSV = "/stuurinformatie/2026-10/route.csv"
LEZERS = [Rol.BELEIDSMEDEWERKER, Rol.TEAMCOORDINATOR, Rol.KWARTIERMAKER]
ANDEREN = [rol for rol in Rol if rol not in LEZERS]
OKTOBERCIJFERS = {
    "route": {"informatie en advies": 60, "triage: volwassenen": 30, "triage: jeugd": 20, "crisisroute": 5},
    "kanaal": {"telefonisch": 90, "digitaal": 25},
    "leefgebied": {"financien": 45, "sociaal": 40, "zingeving": 5},
    "casus": {"geopend": 15, "afgesloten": 5},
}
SEPTEMBERCIJFERS = {
    "route": {"informatie en advies": 40, "triage: volwassenen": 25, "triage: jeugd": 20},
    "kanaal": {"telefonisch": 60, "digitaal": 25},
    "leefgebied": {"financien": 40, "sociaal": 40},
    "casus": {"geopend": 15, "afgesloten": 10},
}


@pytest.fixture
def een_verbinding(systeem: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LEZER", "rapport")


@pytest.fixture
def als_rol(client: Client) -> Any:
    """Log the client in as somebody with this role; returns who."""

    def login(rol: Rol | None) -> Medewerker:
        medewerker: Medewerker = MedewerkerFactory(rol=rol)
        client.force_login(medewerker)
        return medewerker

    return login


def page(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.django_db(databases=["default", "rapport"])
@pytest.mark.usefixtures("een_verbinding")
class TestDashboard:
    @pytest.mark.parametrize("rol", LEZERS)
    def test_is_there_for_who_makes_policy_coordinates_or_leads(
        self, client: Client, als_rol: Any, rol: Rol
    ) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(rol)

        assert "Definitieve cijfers" in page(client.get(DASHBOARD))

    @pytest.mark.parametrize("rol", ANDEREN)
    def test_is_404_for_everybody_else(self, client: Client, als_rol: Any, rol: Rol) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(rol)

        assert client.get(DASHBOARD).status_code == client.get(CSV).status_code == 404

    def test_asks_a_stranger_to_log_in(self, client: Client) -> None:
        assert client.get(DASHBOARD).status_code == client.get(CSV).status_code == 302

    def test_says_that_there_is_no_month_yet(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.BELEIDSMEDEWERKER)

        assert "Er is nog geen maand vastgezet." in page(client.get(DASHBOARD))
        assert client.get(CSV).status_code == 404

    def test_begins_with_sentences(self, client: Client, als_rol: Any) -> None:
        publish(SEPTEMBER, **SEPTEMBERCIJFERS)
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(DASHBOARD))

        assert (
            "<strong>115</strong> <em>meldingen</em> kwamen binnen in oktober. In september waren het er 85."
            in shown
        )
        assert (
            "<strong>60</strong> meldingen: <em>informatie en advies</em>. Dat kwam het vaakst voor." in shown
        )
        assert (
            "<strong>45</strong> keer ging het over <em>financiën</em>. Er is geen duidelijke uitschieter."
            in shown
        )
        assert "<strong>15</strong> <em>casussen</em> gingen open; minder dan 10 gingen dicht." in shown

    def test_names_a_difference_only_when_rounding_cannot_explain_it(
        self, client: Client, als_rol: Any
    ) -> None:
        publish(SEPTEMBER, **SEPTEMBERCIJFERS)
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(DASHBOARD))

        assert "Informatie en advies: van 40 naar 60 meldingen" in shown
        assert "Besproken leefgebieden: geen duidelijk verschil met september" in shown
        assert "was 40" in shown
        assert "was 25" not in shown

    def test_compares_with_the_month_before_and_no_other(self, client: Client, als_rol: Any) -> None:
        publish(date(2026, 8, 1), **SEPTEMBERCIJFERS)
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(DASHBOARD))

        assert ": van " not in shown
        assert "waren het er" not in shown

    def test_writes_zero_and_five_alike(self, client: Client, als_rol: Any) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(DASHBOARD))

        assert "Crisisroute</th> <td>&lt;10</td>" in shown
        assert "Ingetrokken</th> <td>&lt;10</td>" in shown

    def test_has_a_table_and_a_file_with_every_chart(self, client: Client, als_rol: Any) -> None:
        maand = OKTOBER
        for _ in range(4):
            publish(maand, **OKTOBERCIJFERS)
            maand = previous_maand(maand)
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(DASHBOARD))

        assert shown.count("<figure") == shown.count("<table>") == 5
        for code in OKTOBERCIJFERS:
            assert f"/stuurinformatie/2026-10/{code}.csv" in shown
        assert "Marge ±9" in shown
        assert "ten hoogste 9 naast het echte aantal" in shown
        assert "Een verschil tot en met 18 kan alleen door het afronden komen" in shown

    def test_shows_the_month_that_was_chosen(self, client: Client, als_rol: Any) -> None:
        publish(SEPTEMBER, **SEPTEMBERCIJFERS)
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(DASHBOARD, {"maand": "2026-09"}))

        assert "September 2026, vastgezet op" in shown
        assert "<strong>85</strong>" in shown
        assert "115" not in shown

    @pytest.mark.parametrize(
        "maand", ["2026-08", "2099-01", "oktober", "", "\x00", "' OR 1=1", "x" * 10_000, "2026-10 "]
    )
    def test_shows_the_last_month_for_one_it_does_not_have(
        self, client: Client, als_rol: Any, maand: str
    ) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        response = client.get(DASHBOARD, {"maand": maand, "kubus": "\x00", "rommel": "x" * 100})

        assert response.status_code == 200
        assert "Oktober 2026, vastgezet op" in page(response)
        assert ("Van deze maand zijn geen cijfers" in page(response)) is bool(maand)

    def test_shows_nothing_of_a_month_whose_seal_is_broken(
        self, client: Client, als_rol: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)
        monkeypatch.setattr(queries, "seal", lambda *_args: "0" * 64)

        shown = page(client.get(DASHBOARD))

        assert "Deze cijfers tonen we niet" in shown
        assert "115" not in shown
        assert client.get(CSV).status_code == 404

    def test_needs_as_many_queries_for_two_years_as_for_a_month(
        self, client: Client, als_rol: Any, django_assert_max_num_queries: Any
    ) -> None:
        als_rol(Rol.BELEIDSMEDEWERKER)
        publish(OKTOBER, **OKTOBERCIJFERS)
        maand = SEPTEMBER
        for _ in range(2):
            with (
                django_assert_max_num_queries(10),
                django_assert_max_num_queries(4, connection=connections["rapport"]),
            ):
                client.get(DASHBOARD)
            for _number in range(23):
                publish(maand, **SEPTEMBERCIJFERS)
                maand = previous_maand(maand)


@pytest.mark.django_db(databases=["default", "rapport"])
@pytest.mark.usefixtures("een_verbinding")
class TestDownload:
    def test_gives_the_same_bytes_every_time(self, client: Client, als_rol: Any) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        first, second = client.get(CSV), client.get(CSV)

        assert first.content == second.content
        assert first.content.startswith(
            "\ufeffMaand;Route;Aantal;Marge\r\n2026-10;informatie en advies;60;9\r\n".encode()
        )
        assert first.content.endswith(b"2026-10;nog open;<10;9\r\n")
        assert first["Content-Type"] == "text/csv; charset=utf-8"
        assert first["Content-Disposition"] == 'attachment; filename="stuurinformatie-2026-10-route.csv"'

    @pytest.mark.parametrize(
        "pad",
        [
            "2026-09/route", "2026-13/route", "oktober/route", "2026-10/inwoners", "2026-10/ROUTE",
            "%00/route", "2026-10/%00", f"{'x' * 10_000}/route", f"2026-10/{'x' * 10_000}", "../route",
            "2026-10/route.csv",
        ],
    )  # fmt: skip
    def test_is_404_for_what_is_not_there(self, client: Client, als_rol: Any, pad: str) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        assert client.get(f"/stuurinformatie/{pad}.csv").status_code == 404

    def test_only_reads(self, client: Client, als_rol: Any) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        assert client.post(CSV).status_code == client.post(DASHBOARD).status_code == 405


class TestReader:
    @pytest.mark.django_db(transaction=True, databases=["default", "rapport", "beleid"])
    def test_the_pages_read_as_the_policy_role(self, client: Client) -> None:
        with transaction.atomic(using="rapport"):
            publish(OKTOBER, **OKTOBERCIJFERS)
        with transaction.atomic(), acting_as_system("proef"):
            client.force_login(MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER))

        assert "Definitieve cijfers" in page(client.get(DASHBOARD))
        assert b"advies;60" in client.get(f"/stuurinformatie/{write_maand(OKTOBER)}/route.csv").content
