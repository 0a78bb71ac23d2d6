"""Without a context, or with one that somebody made up, PostgreSQL shows nobody anything."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import Error, connection, connections, transaction

from skt.autorisatie.context import acting_as
from skt.autorisatie.token import SYSTEEM, make_token
from tests.architectuur.tabellen import ALLEEN_TRIGGERS, OVER_INWONERS
from tests.rechten.wereld import Wereld

LEESBAAR = sorted(OVER_INWONERS - ALLEEN_TRIGGERS)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def use(token: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('skt.context', %s, true)", [token])


def forged(wereld: Wereld) -> str:
    return f"{wereld.mens['loket'].pk}:{int(time.time()) + 900}:{'0' * 64}"


def somebody_elses(wereld: Wereld) -> str:
    _, expires, signature = make_token(wereld.mens["beleid"].pk, timedelta(minutes=15)).split(":")
    return f"{wereld.mens['loket'].pk}:{expires}:{signature}"


def made_system(wereld: Wereld) -> str:
    _, expires, signature = make_token(wereld.mens["loket"].pk, timedelta(minutes=15)).split(":")
    return f"{SYSTEEM}:{expires}:{signature}"


def expired(wereld: Wereld) -> str:
    return make_token(wereld.mens["loket"].pk, timedelta(seconds=-1))


def lengthened(wereld: Wereld) -> str:
    who, expires, signature = expired(wereld).split(":")
    return f"{who}:{int(expires) + 900}:{signature}"


FAKES: list[Callable[[Wereld], str]] = [forged, somebody_elses, made_system, expired, lengthened]


class TestWithoutContext:
    def test_every_table_about_residents_is_empty(self, wereld: Wereld) -> None:
        use("")

        assert {table: count(table) for table in LEESBAAR} == dict.fromkeys(LEESBAAR, 0)

    def test_there_is_something_to_see_with_one(self, wereld: Wereld) -> None:
        with acting_as(wereld.actor("loket")):
            assert count("intake_melding") > 0

    @pytest.mark.parametrize(
        "table", ["intake_melding", "inwoners_inwoner", "casusregie_casus", "verantwoording_regel"]
    )
    def test_nothing_can_be_written(self, wereld: Wereld, table: str) -> None:
        use("")
        with connection.cursor() as cursor, pytest.raises(Error), transaction.atomic():
            cursor.execute(f"INSERT INTO {table} DEFAULT VALUES")

    def test_it_is_gone_after_the_block(self, wereld: Wereld) -> None:
        with acting_as(wereld.actor("loket")):
            pass

        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('skt.context', true)")
            assert cursor.fetchone() == ("",)


class TestFakeContext:
    @pytest.mark.parametrize("fake", FAKES)
    @pytest.mark.parametrize("table", LEESBAAR)
    def test_is_an_error_not_an_answer(
        self, wereld: Wereld, fake: Callable[[Wereld], str], table: str
    ) -> None:
        with pytest.raises(Error, match="niet ondertekend of verlopen"), transaction.atomic():
            use(fake(wereld))
            count(table)

    @pytest.mark.parametrize("junk", ["1", "0", "1:2", "a:b:c", "1:2:3:4", "'; DROP TABLE x; --", "::"])
    def test_junk_is_an_error_too(self, wereld: Wereld, junk: str) -> None:
        with pytest.raises(Error), transaction.atomic():
            use(junk)
            count("intake_melding")

    def test_the_key_and_the_signing_function_are_out_of_reach(self, wereld: Wereld) -> None:
        for question in (
            "SELECT binnen FROM autorisatie_contextsleutel",
            "SELECT skt_systeemtoken()",
            "SELECT skt_zet_toegang(1, 'x', true, '{}', '{}', '{}', '{}')",
            "SET row_security = off; SELECT count(*) FROM intake_melding",
            "SET ROLE skt_eigenaar",
            "ALTER TABLE intake_melding DISABLE ROW LEVEL SECURITY",
            "CREATE TEMP TABLE doorkijk AS SELECT 1",
        ):
            with connection.cursor() as cursor, pytest.raises(Error), transaction.atomic():
                cursor.execute(question)


@pytest.mark.django_db(databases=["default", "rapport", "beleid"])
class TestPublishedFigures:
    """Lock 2 of the figures is the connection: the site's own can't read them, that of policy reads nothing else."""

    FIGURES = ("rapportage_publicatie", "rapportage_blad", "rapportage_cel")

    def test_are_not_for_the_connection_that_sees_people(self) -> None:
        for table in self.FIGURES:
            with (
                connection.cursor() as cursor,
                pytest.raises(Error, match="permission denied"),
                transaction.atomic(),
            ):
                cursor.execute(f"SELECT count(*) FROM {table}")

    def test_are_for_the_connection_of_policy(self) -> None:
        with connections["beleid"].cursor() as cursor:
            for table in self.FIGURES:
                cursor.execute(f"SELECT count(*) FROM {table}")

    @pytest.mark.parametrize("alias", ["rapport", "beleid"])
    @pytest.mark.parametrize(
        "table", [*LEESBAAR, "medewerkers_medewerker", "medewerkers_plaatsing", "django_session"]
    )
    def test_neither_reporting_connection_reads_a_person(self, alias: str, table: str) -> None:
        with (
            pytest.raises(Error, match="permission denied"),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(f"SELECT 1 FROM {table}")

    def test_nobody_writes_them_but_the_job(self) -> None:
        for alias in ("default", "beleid"):
            with (
                pytest.raises(Error, match="permission denied"),
                transaction.atomic(using=alias),
                connections[alias].cursor() as cursor,
            ):
                cursor.execute("INSERT INTO rapportage_publicatie DEFAULT VALUES")
