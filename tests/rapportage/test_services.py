"""Een maand vastzetten, over de echte verbindingen heen: één keer, voor altijd, en nooit een waar getal."""

import logging
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connections, transaction
from django.utils import timezone

from intake.models import Kanaal
from rapportage import afronden, catalogus, tasks, tellen
from rapportage.afronden import BoundNotMet
from rapportage.csvbestand import write_csv
from rapportage.kubussen import KANAAL, LEEFGEBIED, ROUTE
from rapportage.maanden import UnknownMonth, last_closed, write_maand
from rapportage.models import Cel, Grondslag, Indeling, Periode, Publicatie
from rapportage.queries import Tabelcijfers, published_periods, read_period, read_table
from rapportage.samenstellen import sum_table, unpack
from rapportage.services import (
    MonthNotClosed,
    PublicationFailed,
    close_month,
    close_months,
    sluiten,
    tell_published,
)
from rapportage.tellen import SourceUnreadable
from rapportage.tijdvak import Tijdvak
from skt.autorisatie.context import acting_as_system
from skt.celery import app
from skt.verantwoording.models import Regel
from tests.factories.casusregie import CasusFactory
from tests.factories.intake import (
    ContactmomentFactory,
    LoketmedewerkerFactory,
    MeldingFactory,
    UitvraagFactory,
)
from tests.factories.rapportage import OKTOBER, SEPTEMBER, publish
from tests.factories.triage import CasusregisseurFactory
from tests.fixtures import MAANDAG

ALLE = ["default", "eigenaar", "rapport", "beleid"]
IN_BEELD = Tijdvak(OKTOBER, Periode.MAAND)
IN_OKTOBER = MAANDAG - timedelta(days=14)


@contextmanager
def systeem_schrijft() -> Iterator[None]:
    """What happens here is committed, for the other connections to see."""
    with transaction.atomic(), acting_as_system("proef"):
        yield


def meldingen(aantal: int, **velden: object) -> None:
    """Meldingen of October, over three channels and two routes; one in three with an uitvraag."""
    medewerker = LoketmedewerkerFactory()
    kanalen = [Kanaal.TELEFONISCH, Kanaal.DIGITAAL, Kanaal.FYSIEK]
    for nummer in range(aantal):
        contact = ContactmomentFactory(kanaal=kanalen[nummer % 3], medewerker=medewerker)
        melding = MeldingFactory(
            contactmoment=contact,
            medewerker=medewerker,
            gesloten=bool(nummer % 2),
            **{"ontvangen_op": IN_OKTOBER, **velden},
        )
        if nummer % 3 == 0:
            UitvraagFactory(melding=melding, afgenomen_op=melding.ontvangen_op, scores={"financien": 2})


def monthly_tables() -> list[tuple[catalogus.Familie, catalogus.Kubus, catalogus.Tabel]]:
    """What one month publishes, when it ends no quarter."""
    return catalogus.read(catalogus.compose({})).tables("maand")


def total(cijfers: Tabelcijfers) -> int:
    return sum(cijfers.cellen.values())


def count_true(code: str) -> dict[str, int]:
    """What the job counted in all, per cell of the first feature; only the report role can ask."""
    indeling = catalogus.read(Indeling.objects.using("rapport").get().inhoud)
    kubus = next(k for f in indeling.families for k in f.kubussen if k.code == code)
    waar = sum(unpack(g.waar) for g in Grondslag.objects.using("rapport").filter(kubus=code))
    som = sum_table(indeling, kubus, kubus.tabellen[0], waar)
    return dict(zip(indeling.kenmerken[kubus.tabellen[0].kenmerken[0]].waarden, som.tolist(), strict=True))


def booked() -> int:
    with connections["eigenaar"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rapportage_geboekt")
        return int(cursor.fetchone()[0])


class TestCloseMonth:
    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_publishes_once_for_ever_within_the_bound(self) -> None:
        with systeem_schrijft():
            meldingen(23)
            meldingen(3, ontvangen_op=MAANDAG)

        assert [str(s) for s in close_months(at=MAANDAG)] == ["oktober 2026 is vastgezet"]

        cijfers = read_period(IN_BEELD)
        assert set(cijfers) == {tabel.code for _, _, tabel in monthly_tables()}
        waar = {
            ROUTE: Counter({"nog open": 12, "informatie en advies": 11}),
            KANAAL: Counter({"telefonisch": 8, "digitaal": 8, "fysiek (frontoffice)": 7}),
            LEEFGEBIED: Counter({"financien": 8}),
        }
        for kubus, aantallen in waar.items():
            for waarde, _ in kubus.vakken:
                gepubliceerd = cijfers[kubus.code].cellen[waarde,]
                assert abs(gepubliceerd - aantallen[waarde]) <= cijfers[kubus.code].grens
        assert total(cijfers["route"]) == total(cijfers["kanaal"]) == total(cijfers["meldingen"])
        assert set(cijfers["casus"].cellen.values()) == {0}

        bytes_before = {code: write_csv(cube) for code, cube in cijfers.items()}
        with systeem_schrijft():
            meldingen(9)
        assert not close_month(maand=OKTOBER, at=MAANDAG).nieuw
        tasks.close_month(maand="2026-10")
        assert {code: write_csv(cube) for code, cube in read_period(IN_BEELD).items()} == bytes_before
        assert Publicatie.objects.using("beleid").count() == len(monthly_tables())
        with systeem_schrijft():
            regel = Regel.objects.get(actie="rapportage.close_month")
            assert regel.gegevens == {"maand": "2026-10"}

    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_counts_casussen_that_opened_and_closed(self) -> None:
        with systeem_schrijft():
            regisseur = CasusregisseurFactory()
            for _ in range(5):
                in_oktober = {
                    "regisseur": regisseur,
                    "melding__ontvangen_op": IN_OKTOBER,
                    "geopend_op": IN_OKTOBER,
                }
                CasusFactory(**in_oktober)
                CasusFactory(**in_oktober, gesloten=True, gesloten_op=IN_OKTOBER + timedelta(days=3))

        list(close_months(at=MAANDAG))

        cijfers = read_period(IN_BEELD)
        assert abs(cijfers["casus"].cellen["geopend",] - 10) <= 9
        assert abs(cijfers["casus"].cellen["afgesloten",] - 5) <= 9
        assert abs(cijfers["route"].cellen["triage: volwassenen",] - 10) <= 9
        assert count_true("casus") == {"geopend": 10, "afgesloten": 5}

    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_closes_every_month_in_order_and_empty_ones_too(self) -> None:
        with systeem_schrijft():
            meldingen(2, ontvangen_op=MAANDAG - timedelta(days=95))

        maanden = [sluiting.maand for sluiting in close_months(at=MAANDAG)]

        assert maanden == [date(2026, 7, 1), date(2026, 8, 1), SEPTEMBER, OKTOBER]
        assert [t.begin for t in published_periods() if t.soort == Periode.MAAND] == maanden[::-1]
        assert list(close_months(at=MAANDAG)) == []

    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_two_jobs_at_once_publish_once(self) -> None:
        with systeem_schrijft():
            meldingen(4)
        uitkomsten: list[bool] = []

        def job() -> None:
            try:
                uitkomsten.append(close_month(maand=OKTOBER, at=MAANDAG).nieuw)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=job) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(uitkomsten) == [False, False, False, True]
        with systeem_schrijft():
            assert Regel.objects.filter(actie="rapportage.close_month").count() == 1
        assert Publicatie.objects.using("beleid").count() == len(monthly_tables())

    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_leaves_nothing_when_it_stops_halfway(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with systeem_schrijft():
            meldingen(4)
        teller = iter(range(10))

        def stop(*_args: object, **_kwargs: object) -> str:
            if next(teller) == 2:
                raise KeyboardInterrupt
            return "0" * 64

        monkeypatch.setattr(sluiten, "seal", stop)
        with pytest.raises(KeyboardInterrupt):
            close_month(maand=OKTOBER, at=MAANDAG)

        assert not Publicatie.objects.using("beleid").exists()
        assert not Cel.objects.using("beleid").exists()
        assert not Grondslag.objects.using("rapport").exists()
        assert booked() == 0
        monkeypatch.undo()
        assert close_month(maand=OKTOBER, at=MAANDAG).nieuw

    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_writes_the_line_later_when_it_was_killed_before_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with systeem_schrijft():
            meldingen(4)

        def stop(**_kwargs: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(sluiten, "record", stop)
        with pytest.raises(KeyboardInterrupt):
            close_month(maand=OKTOBER, at=MAANDAG)
        monkeypatch.undo()
        cijfers = {code: write_csv(cube) for code, cube in read_period(IN_BEELD).items()}
        assert set(cijfers) == {tabel.code for _, _, tabel in monthly_tables()}

        tell_published(at=MAANDAG)  # A line about the same figures, that isn't the one that is missing.
        assert [(s.maand, s.nieuw) for s in close_months(at=MAANDAG)] == [(OKTOBER, False)]

        assert {code: write_csv(cube) for code, cube in read_period(IN_BEELD).items()} == cijfers
        with systeem_schrijft():
            assert Regel.objects.get(actie="rapportage.close_month").gegevens == {"maand": "2026-10"}
        assert list(close_months(at=MAANDAG)) == []

    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_publishes_nothing_and_names_no_number_when_the_bound_is_not_met(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        with systeem_schrijft():
            meldingen(37)

        def wrong(self: afronden._Familie) -> list[object]:
            return [blad.opgave.waar + 1 for blad in (self.stam, *self.takken)]

        monkeypatch.setattr(afronden._Familie, "run", wrong)
        with caplog.at_level(logging.DEBUG), pytest.raises(BoundNotMet) as caught:
            tasks.close_month(maand="2026-10")

        assert not Publicatie.objects.using("beleid").exists()
        assert not re.search(r"\d", str(caught.value))
        assert not re.search(r"(?<!\d)(37|18|19|12|13)(?!\d)", caplog.text)
        with pytest.raises(CommandError, match="niet binnen de grens"):
            call_command("sluit_maand", maand="2026-10")

    @pytest.mark.django_db(databases=ALLE)
    def test_refuses_a_month_that_is_not_over(self) -> None:
        with pytest.raises(MonthNotClosed, match="November 2026 is nog niet voorbij"):
            close_month(maand=date(2026, 11, 1), at=MAANDAG)

        assert not Publicatie.objects.using("rapport").exists()

    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_does_not_take_an_unreadable_source_for_an_empty_month(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        @contextmanager
        def nobody(*_args: object, **_kwargs: object) -> Iterator[None]:
            yield

        for module in (sluiten, tellen):
            monkeypatch.setattr(module, "acting_as_system", nobody)
        with pytest.raises(SourceUnreadable):
            close_month(maand=OKTOBER, at=MAANDAG)

        assert not Publicatie.objects.using("rapport").exists()

    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_refuses_a_value_that_no_cube_knows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with systeem_schrijft():
            meldingen(1)
        inhoud = catalogus.compose({"organisatie": [], "soort": []})
        for kenmerk in inhoud["kenmerken"]:
            if kenmerk["code"] == "route":
                kenmerk["vakken"] = kenmerk["vakken"][:1]
        monkeypatch.setattr(catalogus, "compose", lambda _lijsten: inhoud)

        with pytest.raises(SourceUnreadable, match="route"):
            close_month(maand=OKTOBER, at=MAANDAG)

        assert not Publicatie.objects.using("beleid").exists()

    @pytest.mark.django_db(databases=ALLE)
    def test_keeps_a_refused_row_to_itself(self) -> None:
        with pytest.raises(PublicationFailed) as caught, transaction.atomic(using="rapport"):
            publish(OKTOBER, route={"triage": 37})

        assert "37" not in str(caught.value)
        assert caught.value.__suppress_context__


class TestCloseMonthTask:
    def test_is_known_to_the_worker_by_the_name_in_the_schedule(self) -> None:
        app.loader.import_default_modules()
        names = {entry["task"] for entry in app.conf.beat_schedule.values()}

        assert "rapportage.close_month" in names & set(app.tasks)
        assert app.tasks["rapportage.close_month"].acks_late

    @pytest.mark.django_db(databases=ALLE)
    def test_refuses_what_is_no_month(self) -> None:
        with pytest.raises(UnknownMonth):
            tasks.close_month(maand="oktober", nieuw_argument=1)


class TestSluitMaand:
    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_tells_per_month_what_became_of_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        with systeem_schrijft():
            meldingen(1, ontvangen_op=timezone.now() - timedelta(days=40))

        call_command("sluit_maand")
        call_command("sluit_maand")
        laatste = write_maand(last_closed(timezone.now()))
        call_command("sluit_maand", maand=laatste)

        regels = capsys.readouterr().out.splitlines()
        assert regels[0].endswith("is vastgezet.")
        assert regels[-2] == "Er is geen maand om vast te zetten."
        assert regels[-1].endswith("was al vastgezet.")
        with pytest.raises(CommandError, match="Wat in januari 2020 nog niet geteld was"):
            call_command("sluit_maand", maand="2020-01")

    @pytest.mark.parametrize(
        ("maand", "zin"), [("oktober", "kennen we niet"), ("2099-01", "nog niet voorbij")]
    )
    @pytest.mark.django_db(databases=ALLE)
    def test_refuses_with_a_sentence(self, maand: str, zin: str) -> None:
        with pytest.raises(CommandError, match=zin):
            call_command("sluit_maand", maand=maand)


class TestReading:
    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_leaves_out_a_cube_that_does_not_fit_its_seal(self, caplog: pytest.LogCaptureFixture) -> None:
        publish(OKTOBER, route={"triage": 15}, kanaal={"telefonisch": 15})
        publicatie = Publicatie.objects.using("rapport").get(kubus="route")
        Cel.objects.using("rapport").create(publicatie=publicatie, kenmerken=["erbij"], aantal=5)

        assert set(read_period(IN_BEELD)) == {"kanaal", "leefgebied", "casus"}
        assert read_table("route", IN_BEELD) is None
        assert "past niet meer bij zijn zegel" in caplog.text


def refused(alias: str, statement: str) -> str:
    """Run it as that role; returns PostgreSQL's refusal."""
    with (
        pytest.raises(ProgrammingError) as caught,
        transaction.atomic(using=alias),
        acting_as_system("proef", using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(caught.value)


@pytest.mark.django_db(databases=ALLE)
class TestRoles:
    TABELLEN = (
        "intake_melding", "intake_contactmoment", "inwoners_inwoner", "medewerkers_medewerker",
        "casusregie_casus", "triage_aanmelding", "verantwoording_regel", "socialekaart_voorziening",
        "django_session",
    )  # fmt: skip

    @pytest.mark.parametrize(
        "tabel",
        [
            *TABELLEN,
            "rapportage_bron_melding",
            "rapportage_bron_casus",
            "rapportage_grondslag",
            "rapportage_geboekt",
        ],
    )
    def test_beleid_reads_frozen_cubes_and_nothing_else(self, tabel: str) -> None:
        assert "permission denied" in refused("beleid", f"SELECT 1 FROM {tabel}")

    def test_beleid_reads_no_other_table_at_all(self) -> None:
        with connections["beleid"].cursor() as cursor:
            cursor.execute(
                "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'm', 'p')"
                " AND has_table_privilege(c.oid, 'SELECT')"
            )
            assert {naam for (naam,) in cursor.fetchall()} == {
                "rapportage_publicatie",
                "rapportage_blad",
                "rapportage_cel",
                "rapportage_indeling",
            }

    @pytest.mark.parametrize("tabel", [*TABELLEN, "rapportage_geboekt", "rapportage_buurt"])
    def test_rapport_reads_no_table_about_people(self, tabel: str) -> None:
        assert "permission denied" in refused("rapport", f"SELECT 1 FROM {tabel}")

    def test_rapport_sees_no_column_that_is_about_one_person(self) -> None:
        with connections["rapport"].cursor() as cursor:
            cursor.execute(
                "SELECT c.relname, string_agg(a.attname, ' ' ORDER BY a.attnum) FROM pg_class c"
                " JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid"
                " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'm', 'p') AND a.attnum > 0"
                " AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT') GROUP BY 1"
            )
            assert dict(cursor.fetchall()) == {
                "rapportage_bron_casus": "maand gebeurtenis organisatie team niveau",
                "rapportage_bron_casusstand": "van tot status niveau organisatie",
                "rapportage_bron_contact": "maand organisatie kanaal melder doorverbonden",
                "rapportage_bron_doel": "maand doel leefgebied",
                "rapportage_bron_kosten": "jaar bedragen",
                "rapportage_bron_leefgebied": "maand eerste gebied leeftijd leefgebied telling",
                "rapportage_bron_lijst": "kenmerk waarde label volgorde",
                "rapportage_bron_melding": "maand eerste gebied leeftijd organisatie kanaal melder doorverbonden"
                " spoor aard route telling",
                "rapportage_bron_nazorg": "maand resultaat na",
                "rapportage_bron_ontbreekt": "maand eerste nuldelijn gebied leeftijd thema telling",
                "rapportage_bron_schaling": "maand richting aanleiding organisatie",
                "rapportage_bron_stap": "maand stap klasse",
                "rapportage_bron_termijn": "maand soort termijn",
                "rapportage_bron_thema": "maand eerste gebied leeftijd thema telling",
                "rapportage_bron_toekenning": "maand inzet wet naast toegekende_lijn eerste_wet eerste_lijn",
                "rapportage_bron_triage": "maand gebied leeftijd urgentie ernst uitkomst nuldelijn bord eerste telling",
                "rapportage_bron_uitvraag": "maand eerste gebied leeftijd telling",
                "rapportage_bron_verband": "verbonden",
                "rapportage_bron_verloop": "maand verloop leefgebied",
                "rapportage_bron_wachtend": "van tot plek",
                "rapportage_bron_voorziening": "maand gebied leeftijd lijn",
                "rapportage_bron_voorziening_leefgebied": "maand gebied leeftijd leefgebied",
                "rapportage_bron_voorziening_thema": "maand gebied leeftijd thema",
                "rapportage_blad": "id code periode maand bevroren_op inhoud sha256",
                "rapportage_cel": "id kenmerken aantal publicatie_id",
                "rapportage_grondslag": "id kubus maand waar rond",
                "rapportage_indeling": "id jaar inhoud sha256",
                "rapportage_publicatie": "id kubus maand grens bevroren_op sha256 bestand_sha256 periode",
            }

    @pytest.mark.parametrize("alias", ["rapport", "beleid", "default"])
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE rapportage_cel SET aantal = 5",
            "DELETE FROM rapportage_publicatie",
            "TRUNCATE rapportage_cel",
        ],
    )
    def test_nobody_changes_what_is_frozen(self, alias: str, statement: str) -> None:
        assert "permission denied" in refused(alias, statement)

    def test_the_site_itself_reads_and_writes_no_cube(self) -> None:
        assert "permission denied" in refused("default", "SELECT 1 FROM rapportage_cel")
        assert "permission denied" in refused("beleid", "INSERT INTO rapportage_cel DEFAULT VALUES")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE rapportage_publicatie SET grens = 9",
            "DELETE FROM rapportage_cel",
            "DELETE FROM rapportage_blad",
        ],
    )
    def test_even_the_owner_is_refused(self, statement: str) -> None:
        with (
            pytest.raises(IntegrityError, match="veranderen nooit"),
            transaction.atomic(using="eigenaar"),
            connections["eigenaar"].cursor() as cursor,
        ):
            cursor.execute(statement)
