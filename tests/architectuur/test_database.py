"""The catalogue of PostgreSQL itself, walked: nobody can add a table, a role or a function and forget its lock."""

import hashlib
from typing import Any

import pytest
from django.db import connection

from skt.verantwoording.models import Regel
from tests.architectuur.tabellen import (
    ALLEEN_TRIGGERS,
    BRONNEN,
    MAG_WISSEN,
    OVER_INWONERS,
    OVER_MEDEWERKERS,
    VAN_IEDEREEN,
    VRIJ,
)

pytestmark = pytest.mark.django_db
BESCHERMD = OVER_INWONERS | OVER_MEDEWERKERS
ROLLEN = ["skt_web", "skt_rapport", "skt_beleid"]


def ask(sql: str, *params: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def tables(kind: str = "r") -> set[str]:
    return {
        name
        for (name,) in ask(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind::text = %s",
            kind,
        )
    }


def with_privilege(role: str, privilege: str) -> set[str]:
    return {
        name
        for (name,) in ask(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'v', 'm', 'p') AND has_table_privilege(%s, oid, %s)",
            role,
            privilege,
        )
    }


class TestTables:
    def test_each_is_about_people_or_named_free(self) -> None:
        assert tables() == BESCHERMD | set(VRIJ)
        assert not BESCHERMD & set(VRIJ)

    def test_about_people_means_row_level_security_forced(self) -> None:
        forced = {
            name
            for (name,) in ask(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                " AND relrowsecurity AND relforcerowsecurity"
            )
        }

        assert forced == BESCHERMD

    def test_each_protected_table_says_who_reads(self) -> None:
        says = {name for (name,) in ask("SELECT tablename FROM pg_policies WHERE cmd = 'SELECT'")}

        assert says == BESCHERMD

    def test_no_policy_is_open_to_all_about_residents(self) -> None:
        open_ones = ask("SELECT tablename FROM pg_policies WHERE qual = 'true' OR with_check = 'true'")

        assert {name for (name,) in open_ones} <= OVER_MEDEWERKERS

    def test_no_policy_waits_for_a_function_per_row_where_it_need_not(self) -> None:
        """What says who acts stands in a sub-select, so that it is asked once (measured: a factor ten)."""
        loose = []
        for table, policy, qual, check in ask(
            "SELECT tablename, policyname, coalesce(qual, ''), coalesce(with_check, '') FROM pg_policies"
        ):
            for once in ("skt_context()", "skt_ik()", "skt_organisaties()", "skt_teams(", "skt_heeft_rol("):
                text = qual + check
                asked_once = text.count(f"SELECT {once}") + text.count(f"SELECT (cardinality({once}")
                if text.count(once) != asked_once:
                    loose.append((table, policy, once))
        assert loose == []

    def test_there_is_no_view_but_the_sources_of_the_report(self) -> None:
        assert tables("v") == BRONNEN
        assert tables("m") == set()

    def test_the_sources_of_the_report_name_nobody(self) -> None:
        columns = {
            name
            for (name,) in ask(
                "SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                " WHERE c.relname LIKE 'rapportage_bron%%' AND c.relkind = 'v' AND a.attnum > 0"
            )
        }

        assert columns == {
            "maand", "van", "tot", "eerste", "gebied", "leeftijd", "organisatie", "kanaal", "melder", "doorverbonden",
            "spoor", "aard", "route", "thema", "leefgebied", "urgentie", "ernst", "uitkomst", "nuldelijn", "bord",
            "gebeurtenis", "team", "niveau", "status", "richting", "aanleiding", "resultaat", "na", "soort", "termijn",
            "stap", "klasse", "lijn", "telling", "verloop", "doel", "inzet", "wet", "naast", "toegekende_lijn", "eerste_wet",
            "eerste_lijn", "jaar", "bedragen", "kenmerk", "waarde", "label", "volgorde", "verbonden", "plek",
        }  # fmt: skip


class TestPointingAtAnInwoner:
    NIET_MEE = {
        "inwoners_bsn": "van de mens zelf; samenvoegen maakt er een kopie van",
        "inwoners_dossiertoegang": "volgt uit de dossiers",
        "inwoners_inwoner": "de wijzer van een samenvoeging",
        "inwoners_mogelijkdubbel": "over twee mensen zoals ze er nu staan",
        "inwoners_samenvoeging": "wie in wie opging",
    }

    def test_moves_along_when_two_become_one(self) -> None:
        """A new table that points at an inwoner says in its migration that it moves (skt.autorisatie.verhuizing)."""
        pointing = set(
            ask(
                "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c"
                " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
                " WHERE c.contype = 'f' AND c.confrelid = 'inwoners_inwoner'::regclass"
            )
        )
        moving = set(ask("SELECT tabel, kolom FROM inwoners_verhuizing"))

        assert {pair for pair in pointing if pair[0] not in self.NIET_MEE} == moving


class TestPrivileges:
    def test_the_site_deletes_only_where_named(self) -> None:
        assert with_privilege("skt_web", "DELETE") == set(MAG_WISSEN)

    @pytest.mark.parametrize("privilege", ["TRUNCATE", "TRIGGER", "REFERENCES"])
    @pytest.mark.parametrize("role", ROLLEN)
    def test_nobody_truncates_or_hangs_a_trigger(self, role: str, privilege: str) -> None:
        assert with_privilege(role, privilege) == set()

    def test_the_site_never_touches_what_only_triggers_keep(self) -> None:
        closed = ALLEEN_TRIGGERS | {
            "autorisatie_contextsleutel",
            "verantwoording_kop",
            "verantwoording_schakel",
        }

        for privilege in ("SELECT", "INSERT", "UPDATE"):
            assert not with_privilege("skt_web", privilege) & closed

    def test_the_log_is_never_updated(self) -> None:
        assert "verantwoording_regel" not in with_privilege("skt_web", "UPDATE")

    def test_the_report_role_reads_its_sources_and_writes_figures(self) -> None:
        figures = {f"rapportage_{naam}" for naam in ("blad", "cel", "grondslag", "indeling", "publicatie")}

        assert with_privilege("skt_rapport", "SELECT") == BRONNEN | figures
        assert with_privilege("skt_rapport", "INSERT") == figures
        assert with_privilege("skt_rapport", "UPDATE") == with_privilege("skt_rapport", "DELETE") == set()

    def test_policy_reads_figures_and_nothing_else(self) -> None:
        assert with_privilege("skt_beleid", "SELECT") == {
            "rapportage_blad",
            "rapportage_cel",
            "rapportage_indeling",
            "rapportage_publicatie",
        }
        for privilege in ("INSERT", "UPDATE", "DELETE"):
            assert with_privilege("skt_beleid", privilege) == set()


class TestRoles:
    def test_none_can_get_round_row_level_security(self) -> None:
        strong = ask(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'skt%%'"
            " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)"
        )

        assert strong == []

    def test_none_may_become_another(self) -> None:
        members = ask(
            "SELECT m.roleid::regrole::text, m.member::regrole::text FROM pg_auth_members m"
            " JOIN pg_roles r ON r.oid = m.member WHERE r.rolname LIKE 'skt%%'"
        )

        assert members == []

    def test_only_the_owner_owns(self) -> None:
        owners = ask(
            "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'v', 'S')"
        )

        assert owners == [("skt_eigenaar",)]

    @pytest.mark.parametrize("role", ROLLEN)
    def test_none_makes_anything_here(self, role: str) -> None:
        assert ask(
            "SELECT has_schema_privilege(%s, 'public', 'CREATE'),"
            " has_database_privilege(%s, current_database(), 'CREATE, TEMPORARY')",
            role,
            role,
        ) == [(False, False)]


class TestFunctions:
    OURS = (
        "SELECT p.proname, p.prosecdef, coalesce(array_to_string(p.proconfig, ';'), ''),"
        " has_function_privilege('skt_web', p.oid, 'EXECUTE'), p.proowner::regrole::text"
        " FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )

    def test_a_definer_function_has_a_fixed_search_path(self) -> None:
        loose = [
            name for name, definer, config, _, _ in ask(self.OURS) if definer and "search_path=" not in config
        ]

        assert loose == []

    def test_only_named_ones_can_be_called(self) -> None:
        assert {name for name, _, _, callable_, _ in ask(self.OURS) if callable_} == set(VAN_IEDEREEN)

    def test_the_report_calls_what_its_views_need_and_policy_nothing(self) -> None:
        """The views of skt_rapport ask the policies of the tables behind them with the right of skt_rapport itself."""
        needed = ask(
            "WITH RECURSIVE bron(oid) AS ("
            "   SELECT oid FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"
            " UNION SELECT d.refobjid FROM bron b JOIN pg_rewrite r ON r.ev_class = b.oid JOIN pg_depend d"
            "   ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass)"
            " SELECT DISTINCT d.refobjid::regproc::text FROM bron b"
            " LEFT JOIN pg_policy p ON p.polrelid = b.oid AND p.polcmd IN ('r', '*')"
            " LEFT JOIN pg_rewrite r ON r.ev_class = b.oid"
            " JOIN pg_depend d ON d.refclassid = 'pg_proc'::regclass AND (d.classid, d.objid) IN"
            " (('pg_policy'::regclass, p.oid), ('pg_rewrite'::regclass, r.oid)) WHERE d.refobjid >= 16384"
        )
        calls = {
            role: {
                name for name, _, _, allowed, _ in ask(self.OURS.replace("'skt_web'", f"'{role}'")) if allowed
            }
            for role in ("skt_rapport", "skt_beleid")
        }

        assert calls == {
            "skt_rapport": {name for (name,) in needed} | {"rapportage_boek", "rapportage_eerste_maand"},
            "skt_beleid": set(),
        }

    def test_all_are_the_owners(self) -> None:
        assert {owner for *_, owner in ask(self.OURS)} == {"skt_eigenaar"}

    def test_what_makes_a_system_context_gives_it_back(self) -> None:
        """A function that acts as the system restores the caller's context on its way out."""
        bodies = ask(
            "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND prosrc LIKE '%%skt_systeemtoken()%%' AND proname <> 'skt_systeemtoken'"
        )

        assert len(bodies) >= 10
        for name, body in bodies:
            after = body.rpartition("skt_systeemtoken()")[2]
            assert "set_config('skt.context', _vorige, true)" in after or (
                "set_config('skt.context', vorige, true)" in after
            ), name


class TestChain:
    def test_the_hash_forgets_no_column_of_the_log(self) -> None:
        ((body,),) = ask("SELECT prosrc FROM pg_proc WHERE proname = 'verantwoording_hash'")

        for field in Regel._meta.concrete_fields:
            assert f"r.{field.column}" in body, field.column

    def test_sha256_is_what_python_says(self) -> None:
        assert ask("SELECT encode(sha256('SKT-loket'::bytea), 'hex')") == [
            (hashlib.sha256(b"SKT-loket").hexdigest(),)
        ]
