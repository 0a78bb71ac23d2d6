"""The log can only grow, and whoever goes round that is found."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import Error, ProgrammingError, connection, connections, transaction

from skt.autorisatie.context import acting_as, acting_as_system
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from skt.verantwoording.queries import broken_links
from skt.verantwoording.services import Gelezen, record, record_read
from tests.factories.medewerkers import MedewerkerFactory

NIEUWE_REGEL = (
    "INSERT INTO verantwoording_regel (tijdstip, soort, actie, object_soort, recht, reden, noodtoegang, vanaf, verzoek,"
    " gegevens) VALUES (now(), 'wijzigen', %s, '', '', '', false, '', gen_random_uuid(), '{}') RETURNING id"
)


class TestAppendOnly:
    @pytest.fixture(autouse=True)
    def _a_line(self, systeem: object) -> None:
        record(action="proef.regel")

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE verantwoording_regel SET actie = 'niets'",
            "DELETE FROM verantwoording_regel",
            "TRUNCATE verantwoording_regel",
            "SELECT * FROM verantwoording_schakel",
            "UPDATE verantwoording_kop SET volgnummer = 0",
            "ALTER TABLE verantwoording_regel DISABLE TRIGGER ALL",
            "SET session_replication_role = replica",
        ],
    )
    def test_the_site_changes_nothing(self, sql: str) -> None:
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

        assert Regel.objects.get().actie == "proef.regel"

    def test_nobody_logs_in_the_name_of_another(self) -> None:
        one, other = MedewerkerFactory(rol=Rol.TEAMLID), MedewerkerFactory(rol=Rol.TEAMLID)

        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            acting_as(one),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "INSERT INTO verantwoording_regel (tijdstip, soort, actie, medewerker_id, object_soort, recht, reden,"
                " noodtoegang, vanaf, verzoek, gegevens) VALUES (now(), 'lezen', 'x', %s, '', '', '', false, '',"
                " gen_random_uuid(), '{}')",
                [other.pk],
            )

    @pytest.mark.django_db(databases=["default", "eigenaar"])
    @pytest.mark.parametrize("sql", ["UPDATE {} SET {}", "DELETE FROM {}"])
    @pytest.mark.parametrize(
        ("table", "change"),
        [("verantwoording_regel", "actie = 'x'"), ("verantwoording_schakel", "hash = ''")],
    )
    def test_nor_does_the_owner_by_accident(self, sql: str, table: str, change: str) -> None:
        with (
            pytest.raises(Error, match="alleen aan te vullen"),
            transaction.atomic(using="eigenaar"),
            connections["eigenaar"].cursor() as cursor,
        ):
            cursor.execute(sql.format(table, change))


@pytest.mark.django_db(databases=["default", "eigenaar"])
class TestChain:
    """An owner with bad intentions: switches the guards off, changes something, switches them on again."""

    @pytest.fixture
    def eigenaar(self, db: None) -> Iterator[Any]:
        with (
            transaction.atomic(using="eigenaar"),
            acting_as_system("proef", using="eigenaar"),
            connections["eigenaar"].cursor() as cursor,
        ):
            for number in range(6):
                cursor.execute(NIEUWE_REGEL, [f"proef.{number}"])
            cursor.execute("SET CONSTRAINTS regel_in_de_keten IMMEDIATE")
            for table in ("verantwoording_regel", "verantwoording_schakel"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE verantwoording_regel DISABLE ROW LEVEL SECURITY")
            yield cursor
            transaction.set_rollback(True, using="eigenaar")

    def findings(self, cursor: Any) -> list[tuple[int | None, str]]:
        cursor.execute("SELECT volgnummer, bevinding FROM verantwoording_controleer()")
        return list(cursor.fetchall())

    def test_is_whole_when_nobody_touched_it(self, eigenaar: Any) -> None:
        assert self.findings(eigenaar) == []

    @pytest.mark.parametrize(
        "change",
        [
            "actie = 'proef.anders'",
            "tijdstip = tijdstip + interval '1 second'",
            "medewerker_id = 5",
            "inwoner_id = 5",
            "noodtoegang = true",
            "reden = 'mocht wel'",
            "gegevens = '{\"a\": 1}'",
            "verzoek = gen_random_uuid()",
        ],
    )
    def test_finds_an_altered_line(self, eigenaar: Any, change: str) -> None:
        eigenaar.execute(f"UPDATE verantwoording_regel SET {change} WHERE actie = 'proef.2'")

        assert self.findings(eigenaar) == [(3, "de regel of zijn schakel is veranderd")]

    def test_finds_a_removed_line(self, eigenaar: Any) -> None:
        eigenaar.execute("DELETE FROM verantwoording_regel WHERE actie = 'proef.2'")

        assert self.findings(eigenaar) == [(3, "de regel is verwijderd")]

    def test_finds_a_line_removed_with_its_link(self, eigenaar: Any) -> None:
        eigenaar.execute(
            "WITH weg AS (DELETE FROM verantwoording_regel WHERE actie = 'proef.2' RETURNING id)"
            " DELETE FROM verantwoording_schakel USING weg WHERE regel_id = weg.id"
        )

        assert self.findings(eigenaar)[0] == (3, "schakel 3 ontbreekt")

    def test_finds_swapped_lines(self, eigenaar: Any) -> None:
        eigenaar.execute(
            "UPDATE verantwoording_regel SET actie = CASE actie WHEN 'proef.1' THEN 'proef.4' ELSE 'proef.1' END"
            " WHERE actie IN ('proef.1', 'proef.4')"
        )

        assert {number for number, _ in self.findings(eigenaar)} == {2, 5}

    def test_finds_swapped_links(self, eigenaar: Any) -> None:
        eigenaar.execute("UPDATE verantwoording_schakel SET regel_id = -regel_id")
        eigenaar.execute(
            "UPDATE verantwoording_schakel s SET regel_id = -o.regel_id FROM verantwoording_schakel o"
            " WHERE o.volgnummer = CASE s.volgnummer WHEN 2 THEN 5 WHEN 5 THEN 2 ELSE s.volgnummer END"
        )

        assert {2, 5} <= {number for number, _ in self.findings(eigenaar)}

    def test_finds_a_cut_off_tail(self, eigenaar: Any) -> None:
        eigenaar.execute(
            "WITH weg AS (DELETE FROM verantwoording_regel WHERE actie IN ('proef.4', 'proef.5') RETURNING id)"
            " DELETE FROM verantwoording_schakel USING weg WHERE regel_id = weg.id"
        )

        assert self.findings(eigenaar) == [(4, "het eind van de keten is afgeknipt of veranderd")]

    def test_finds_a_line_slipped_in(self, eigenaar: Any) -> None:
        eigenaar.execute(NIEUWE_REGEL, ["proef.ertussen"])

        assert self.findings(eigenaar) == [(None, "de regel hangt niet in de keten")]

    def test_finds_a_line_slipped_in_with_a_made_up_link(self, eigenaar: Any) -> None:
        eigenaar.execute(NIEUWE_REGEL, ["proef.ertussen"])
        (regel_id,) = eigenaar.fetchone()
        eigenaar.execute("INSERT INTO verantwoording_schakel VALUES (7, %s, sha256('x'))", [regel_id])

        assert (7, "de regel of zijn schakel is veranderd") in self.findings(eigenaar)

    def test_finds_an_emptied_log(self, eigenaar: Any) -> None:
        eigenaar.execute("TRUNCATE verantwoording_regel, verantwoording_schakel")

        assert self.findings(eigenaar) == [(0, "het eind van de keten is afgeknipt of veranderd")]

    def test_finds_that_the_head_is_gone(self, eigenaar: Any) -> None:
        eigenaar.execute("DELETE FROM verantwoording_kop")

        assert self.findings(eigenaar)[0] == (0, "de kop van de keten is weg")

    def test_only_the_system_looks(self, eigenaar: Any) -> None:
        with pytest.raises(Error, match="alleen het systeem"), transaction.atomic(using="eigenaar"):
            eigenaar.execute("SELECT set_config('skt.context', '', true)")
            self.findings(eigenaar)


class TestCommand:
    def test_says_that_all_is_well(self, systeem: object) -> None:
        record(action="proef.regel")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS regel_in_de_keten IMMEDIATE")
        out = StringIO()

        call_command("controleer_verantwoording", stdout=out)

        assert out.getvalue() == "De keten is heel: 1 regels.\n"

    def test_prints_each_finding_and_fails(self, systeem: object) -> None:
        record(action="proef.regel")  # its link comes at commit, which isn't there yet
        regel = Regel.objects.get()
        out, err = StringIO(), StringIO()

        with pytest.raises(SystemExit) as stopped:
            call_command("controleer_verantwoording", stdout=out, stderr=err)

        assert stopped.value.code == 1
        assert out.getvalue() == f"geen schakel, regel {regel.pk}: de regel hangt niet in de keten\n"
        assert "niet heel: 1" in err.getvalue()


@pytest.mark.django_db(transaction=True)
class TestParallelWriters:
    WRITERS, TRANSACTIONS, LINES = 4, 12, 3

    def write(self, medewerker_id: int) -> None:
        try:
            medewerker = Medewerker.objects.get(pk=medewerker_id)
            for number in range(self.TRANSACTIONS):
                with transaction.atomic(), acting_as(medewerker):
                    record_read(
                        action=f"proef.{number}",
                        rows=[Gelezen("proef", line, None) for line in range(self.LINES)],
                    )
        finally:
            connection.close()

    def test_keep_one_chain(self) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            people = [MedewerkerFactory(rol=Rol.TEAMLID).pk for _ in range(self.WRITERS)]

        with ThreadPoolExecutor(self.WRITERS) as pool:
            list(pool.map(self.write, people))

        with transaction.atomic(), acting_as_system("proef"):
            assert Regel.objects.count() == self.WRITERS * self.TRANSACTIONS * self.LINES
            assert list(broken_links()) == []
