"""Stuurinformatie op het scherm: wie haar ziet, wat er staat en wat er bij onzin gebeurt.

Most read over the connection that wrote, in one transaction (`een_verbinding`); TestReader reads over
the real one.
"""

from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from rapportage import queries
from rapportage.beeld.plannen import THEMAS
from rapportage.maanden import previous_maand, write_maand
from rapportage.models import Blad
from rapportage.tijdvak import Tijdvak, parse_tijdvak
from rapportage.uitvoer import hash_bytes
from skt.autorisatie.context import acting_as_system
from skt.medewerkers.models import Rol
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.rapportage import OKTOBER, SEPTEMBER, publish, publish_tables
from tests.fixtures import MAANDAG
from tests.rapportage.scherm import ROUTE, TOELICHTING, page, quarter

DASHBOARD = "/stuurinformatie/"
HERKOMST = "/stuurinformatie/thema/herkomst/"
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


def amounts(tijdvak: Tijdvak, inhoud: str, sha256: str = "") -> None:
    """A sheet of amounts by wet, frozen."""
    Blad.objects.using("rapport").create(
        code="kosten-wet",
        periode=tijdvak.soort,
        maand=tijdvak.begin,
        bevroren_op=MAANDAG,
        inhoud=inhoud,
        sha256=sha256 or hash_bytes(inhoud.encode()),
    )


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
        quarter()
        als_rol(rol)

        for url in (
            DASHBOARD,
            HERKOMST,
            CSV,
            TOELICHTING,
            reverse("rapportage:codeboek"),
            reverse("rapportage:tabel_list"),
        ):
            assert client.get(url).status_code == 404, url

    def test_asks_a_stranger_to_log_in(self, client: Client) -> None:
        assert client.get(DASHBOARD).status_code == client.get(CSV).status_code == 302

    def test_says_that_there_is_no_month_yet(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.BELEIDSMEDEWERKER)

        for url in (DASHBOARD, HERKOMST, reverse("rapportage:tabel_list")):
            assert "Er is nog geen maand vastgezet." in page(client.get(url))
        assert client.get(CSV).status_code == 404

    def test_asks_every_question_of_policy_and_answers_in_a_sentence(
        self, client: Client, als_rol: Any
    ) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(DASHBOARD))

        for thema in THEMAS:
            assert f">{thema.vraag}</a>" in shown
        assert (
            "<strong>115</strong> <em>meldingen</em> kwamen binnen in het 3e kwartaal van 2026."
            " In het 3e kwartaal van 2025 waren het er 70." in shown
        )
        assert (
            "<strong>60</strong> meldingen hadden als route <em>informatie en advies</em>. Er is geen duidelijke uitschieter."
            in shown
        )
        assert "Over het 3e kwartaal van 2026 zijn hier nog geen cijfers." in shown

    def test_says_that_figures_are_final_and_when_the_next_month_closes(
        self, client: Client, als_rol: Any
    ) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(DASHBOARD))

        assert "Wat later binnenkomt, telt mee in de volgende open maand." in shown
        assert "November 2026 wordt vanaf 3 dec 2026 vastgezet." in shown

    @pytest.mark.parametrize(
        "periode",
        ["2026-08", "2099-01", "oktober", "", "\x00", "' OR 1=1", "x" * 10_000, "2026-10 ", "2026-K9"],
    )
    def test_shows_the_last_period_for_one_it_does_not_have(
        self, client: Client, als_rol: Any, periode: str
    ) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        for url in (DASHBOARD, ROUTE):
            response = client.get(
                url, {"periode": periode, "naast": "\x00", "gebied": "x" * 100, "rommel": "x"}
            )

            assert response.status_code == 200
            assert "Oktober 2026, vastgezet op" in page(response)
            assert ("Van deze periode zijn geen cijfers" in page(response)) is bool(periode)

    def test_shows_nothing_of_a_period_whose_seals_are_broken(
        self, client: Client, als_rol: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)
        monkeypatch.setattr(queries, "seal", lambda *_args: "0" * 64)

        for url in (DASHBOARD, ROUTE):
            shown = page(client.get(url))
            assert "Deze cijfers tonen we niet" in shown
            assert "115" not in shown
        assert client.get("/stuurinformatie/2026-K3/route.csv").status_code == 404


@pytest.mark.django_db(databases=["default", "rapport"])
@pytest.mark.usefixtures("een_verbinding")
class TestThema:
    def test_begins_with_the_last_quarter_and_last_year_beside_it(self, client: Client, als_rol: Any) -> None:
        publish(OKTOBER, **OKTOBERCIJFERS)
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(ROUTE))

        assert "3e kwartaal 2026, vastgezet op" in shown
        assert "Meldingen per route: crisisroute van 30 naar 55" in shown
        assert "was 30" in shown

    def test_shows_the_month_that_was_chosen_next_to_the_one_before(
        self, client: Client, als_rol: Any
    ) -> None:
        publish(SEPTEMBER, **SEPTEMBERCIJFERS)
        publish(OKTOBER, **OKTOBERCIJFERS)
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(ROUTE, {"periode": "2026-10"}))

        assert "Meldingen per route: informatie en advies van 40 naar 60" in shown
        assert "was 25" not in shown
        assert "Crisisroute</th> <td>&lt;10</td>" in shown
        assert "Ingetrokken</th> <td>&lt;10</td>" in shown

    def test_has_a_table_a_sentence_and_a_file_with_every_figure(self, client: Client, als_rol: Any) -> None:
        quarter(urgentie={"laag": 40}, triages=40)
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(ROUTE))

        assert shown.count("<figure") == shown.count("<table>") == shown.count("Hoe zeker:") == 3
        assert "/stuurinformatie/2026-K3/route.csv" in shown
        assert "Marge ±9" in shown
        assert "ten hoogste 9 naast het echte aantal" in shown
        assert "Een verschil tot en met 18 kan alleen door het afronden komen" in shown

    def test_narrows_to_a_gebied_within_the_catalogue(self, client: Client, als_rol: Any) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(ROUTE, {"periode": "2026-K3", "gebied": "centrum"}))

        assert "Informatie en advies</th> <td>25</td>" in shown
        assert "/stuurinformatie/2026-K3/route-gebied.csv" in shown

    def test_says_why_finer_is_not_offered_and_where_it_is(self, client: Client, als_rol: Any) -> None:
        publish_tables(parse_tijdvak("2026-09"), {"meldingen": 40, "route": {"crisisroute": 40}})
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(ROUTE, {"periode": "2026-09", "gebied": "centrum"}))

        assert (
            "Naar gebied is deze figuur er alleen per kwartaal: per maand zijn de groepen te klein." in shown
        )
        assert "Bekijk 3e kwartaal 2026" in shown
        assert "Crisisroute</th>" not in shown

    def test_shows_what_was_granted_in_a_year_and_gives_the_frozen_bytes(
        self, client: Client, als_rol: Any
    ) -> None:
        jaar = parse_tijdvak("2026")
        inhoud = "wet,gemiddeld,bedrag\r\nwmo,3100,124000\r\nwgs,geen cijfer,geen cijfer\r\n"
        publish_tables(jaar, {"meldingen": 900, "inzet-wet": {"wmo": 50}, "mensen-inzet-wet": {"wmo": 40}})
        amounts(jaar, inhoud)
        als_rol(Rol.BELEIDSMEDEWERKER)
        bestand = "/stuurinformatie/2026/kosten-wet.csv"

        shown = page(client.get("/stuurinformatie/thema/kosten/?periode=2026"))

        assert "Toegekend bedrag naar wet: Wmo € 124.000" in shown
        assert "<strong>€ 124.000</strong> werd er toegekend onder de <em>Wmo</em> in 2026" in page(
            client.get(f"{DASHBOARD}?periode=2026")
        )
        assert f'href="{bestand}"' in shown
        assert "kosten-wet.xlsx" not in shown
        assert client.get(bestand).content.decode() == inhoud

    def test_gives_no_amounts_that_do_not_fit_their_seal(self, client: Client, als_rol: Any) -> None:
        jaar = parse_tijdvak("2026")
        publish_tables(jaar, {"meldingen": 900, "mensen-inzet-wet": {"wmo": 40}})
        amounts(jaar, "wet,gemiddeld,bedrag\r\nwmo,3100,124000\r\n", sha256="0" * 64)
        als_rol(Rol.BELEIDSMEDEWERKER)

        assert client.get("/stuurinformatie/2026/kosten-wet.csv").status_code == 404
        assert "€ 12" not in page(client.get("/stuurinformatie/thema/kosten/?periode=2026"))

    def test_says_of_costs_that_there_are_none_yet(self, client: Client, als_rol: Any) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get("/stuurinformatie/thema/kosten/"))

        assert "Bedragen zijn wat is toegekend." in shown
        assert "Deze cijfers tonen we niet" not in shown
        assert "<figure" not in shown

    def test_works_without_a_style_or_a_script_of_its_own(self, client: Client, als_rol: Any) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get(ROUTE)).split("<main")[1]

        assert "style=" not in shown
        assert "<script" not in shown
        assert "onclick" not in shown

    @pytest.mark.parametrize("thema", ["onbekend", "HERKOMST", "x" * 10_000])
    def test_is_404_for_a_theme_there_is_not(self, client: Client, als_rol: Any, thema: str) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        assert client.get(f"/stuurinformatie/thema/{thema}/").status_code == 404

    @pytest.mark.parametrize("url", [DASHBOARD, HERKOMST, ROUTE])
    def test_needs_as_many_queries_for_two_years_as_for_a_month(
        self, client: Client, als_rol: Any, url: str, django_assert_max_num_queries: Any
    ) -> None:
        als_rol(Rol.BELEIDSMEDEWERKER)
        publish(OKTOBER, **OKTOBERCIJFERS)
        maand = SEPTEMBER
        for _ in range(2):
            with (
                django_assert_max_num_queries(12),
                django_assert_max_num_queries(5, connection=connections["rapport"]),
            ):
                client.get(url, {"periode": "2026-10"})
            for _number in range(23):
                publish(maand, **SEPTEMBERCIJFERS)
                maand = previous_maand(maand)


@pytest.mark.django_db(databases=["default", "rapport"])
@pytest.mark.usefixtures("een_verbinding")
class TestTables:
    def test_lists_all_there_is_of_a_period(self, client: Client, als_rol: Any) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get("/stuurinformatie/tabellen/", {"periode": "2026-K3"}))

        assert "Meldingen per route, per gebied" in shown
        assert "Meldingen per kanaal" not in shown
        assert "te fijn, of het lukte niet om het binnen de marge af te ronden" in shown

    def test_shows_one_as_rows_and_columns(self, client: Client, als_rol: Any) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get("/stuurinformatie/tabellen/route-gebied/", {"periode": "2026-K3"}))

        assert '<th scope="col">Gebied</th> <th scope="col">Informatie en advies</th>' in shown
        assert '<th scope="row">Centrum-dorp</th> <td>25</td><td>&lt;10</td>' in shown

    @pytest.mark.parametrize("tabel", ["inwoners", "kanaal", "route-gebied-leeftijd", "x" * 500])
    def test_is_404_for_what_is_not_published(self, client: Client, als_rol: Any, tabel: str) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        assert client.get(f"/stuurinformatie/tabellen/{tabel}/").status_code == 404

    def test_codebook_speaks_of_the_catalogue_and_the_bound(self, client: Client, als_rol: Any) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.get("/stuurinformatie/codeboek/", {"jaar": "2025"}))

        assert "Wat er geteld wordt in 2025" in shown
        assert "Staat er 40, dan zijn het er in het echt 31 tot en met 49." in shown
        assert "code <code>route-gebied-leeftijd</code>" in shown

    def test_codebook_is_there_before_the_first_year(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.BELEIDSMEDEWERKER)

        assert "Er is nog geen jaar met een catalogus." in page(
            client.get("/stuurinformatie/codeboek/", {"jaar": "x"})
        )


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

    def test_gives_any_table_of_a_quarter(self, client: Client, als_rol: Any) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        inhoud = client.get("/stuurinformatie/2026-K3/route-gebied.csv").content

        assert inhoud.startswith(
            "\ufeffKwartaal;Gebied;Route;Aantal;Marge\r\n2026-K3;centrum;informatie en advies;25;9\r\n".encode()
        )

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
            publish_tables(parse_tijdvak("2026-09"), {"meldingen": 40})
        with transaction.atomic(), acting_as_system("proef"):
            client.force_login(MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER))

        assert "Definitieve cijfers" in page(client.get(DASHBOARD))
        for thema in THEMAS:
            assert client.get(f"/stuurinformatie/thema/{thema.code}/").status_code == 200
        assert client.get("/stuurinformatie/codeboek/").status_code == 200
        assert b"advies;60" in client.get(f"/stuurinformatie/{write_maand(OKTOBER)}/route.csv").content

    def test_a_month_knows_its_own_date(self) -> None:
        assert date(2026, 10, 1) == OKTOBER
