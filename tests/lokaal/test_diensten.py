"""The embedded servers: shared by who uses them, stopped by the last, never half made."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from skt.lokaal import geheimen, inrichten, proces
from skt.lokaal.diensten import ROOT, Diensten
from skt.lokaal.fout import Startfout
from skt.lokaal.postgres import find_programs

# Another process that uses the servers until it is killed or its input closes.
OTHER_USER = (
    "import sys; from pathlib import Path; from skt.lokaal.diensten import Diensten;"
    " d = Diensten(Path(sys.argv[1]), safe=False); d.acquire(); print('klaar', flush=True);"
    " sys.stdin.read(); d.release()"
)


def silent(_text: str) -> None:
    """Say nothing."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for servers; whatever still runs there is stopped afterwards."""
    path = tmp_path / "met spatie"
    path.mkdir()
    yield path
    for server in Diensten(path, tell=silent).servers():
        server.stop()


@pytest.fixture
def other_user(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the servers running."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_USER, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "klaar\n", process.stderr and process.stderr.read()
        yield process
        process.kill()


def make(folder: Path) -> Diensten:
    return Diensten(folder, safe=False, tell=silent)


def running(folder: Path) -> list[bool]:
    return [server.running() is not None for server in make(folder).servers()]


class TestAcquire:
    def test_gives_addresses_of_four_roles_that_work(self, folder: Path) -> None:
        services = make(folder)
        urls = services.acquire()
        for name, role in inrichten.ROLES.items():
            server = psycopg2.connect(urls[name])
            with server.cursor() as cursor:
                cursor.execute(
                    "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
                    " FROM pg_roles WHERE rolname = current_user"
                )
                assert cursor.fetchone() == (role, False, False, False, role == inrichten.EIGENAAR)
            server.close()
        services.release()
        assert running(folder) == [False, False]

    def test_keeps_port_and_data_for_the_next_time(self, folder: Path) -> None:
        first = make(folder)
        urls = first.acquire()
        first.release()
        second = make(folder)
        assert second.acquire() == urls
        second.release()

    def test_lets_new_tables_be_used_but_not_emptied_by_the_site(self, folder: Path) -> None:
        services = make(folder)
        urls = services.acquire()
        owner = psycopg2.connect(urls["DATABASE_URL_EIGENAAR"])
        owner.autocommit = True
        with owner.cursor() as cursor:
            cursor.execute("CREATE TABLE proef (id bigint GENERATED ALWAYS AS IDENTITY, naam text)")
            cursor.execute(
                "SELECT r.rolname, array(SELECT p FROM unnest("
                "array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p"
                " WHERE has_table_privilege(r.oid, 'proef', p)) FROM pg_roles r"
                " WHERE r.rolname IN ('skt_web', 'skt_rapport', 'skt_beleid') ORDER BY 1"
            )
            assert cursor.fetchall() == [
                ("skt_beleid", []), ("skt_rapport", []), ("skt_web", ["SELECT", "INSERT", "UPDATE"])
            ]  # fmt: skip
        owner.close()
        services.release()

    def test_lets_nobody_but_the_owner_make_tables(self, folder: Path) -> None:
        services = make(folder)
        urls = services.acquire()
        for name, role in inrichten.ROLES.items():
            if role == inrichten.EIGENAAR:
                continue
            server = psycopg2.connect(urls[name])
            with server.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute("CREATE TABLE mag_niet (id int)")
            server.close()
        services.release()

    def test_keeps_secrets_for_the_owner_only(self, folder: Path) -> None:
        make(folder).servers()
        assert (folder / geheimen.FILE_NAME).stat().st_mode & 0o777 == 0o600

    def test_listens_on_the_loopback_address_only(self, folder: Path) -> None:
        services = make(folder)
        services.acquire()
        server = psycopg2.connect(services.superuser_url())
        with server.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('listen_addresses'), current_setting('unix_socket_directories')"
            )
            assert cursor.fetchone() == ("127.0.0.1", "")
        server.close()
        services.release()


class TestRelease:
    def test_leaves_the_servers_to_who_still_uses_them(
        self, folder: Path, other_user: subprocess.Popen[str]
    ) -> None:
        services = make(folder)
        services.acquire()
        assert services.started == []
        services.release()
        assert running(folder) == [True, True]
        other_user.communicate("")
        assert running(folder) == [False, False]

    def test_does_not_count_a_user_that_was_killed(
        self, folder: Path, other_user: subprocess.Popen[str]
    ) -> None:
        services = make(folder)
        services.acquire()
        other_user.send_signal(signal.SIGKILL)
        other_user.wait()
        assert running(folder) == [True, True]
        services.release()
        assert running(folder) == [False, False]


class TestRecovery:
    def test_starts_again_after_kill_9_of_postgresql(self, folder: Path) -> None:
        services = make(folder)
        urls = services.acquire()
        owner = psycopg2.connect(urls["DATABASE_URL_EIGENAAR"])
        with owner, owner.cursor() as cursor:
            cursor.execute("CREATE TABLE bewaard (id int); INSERT INTO bewaard VALUES (7)")
        owner.close()
        database, _ = services.servers()
        pid = (database.running() or (0, 0))[0]
        os.kill(pid, signal.SIGKILL)
        assert proces.wait_until(lambda: database.running() is None, seconds=60)
        assert services.failed_part(postgres=True, valkey=True) == ("PostgreSQL", database.log)
        services.release()
        again = make(folder)
        again.acquire()
        server = psycopg2.connect(again.urls["DATABASE_URL_EIGENAAR"])
        with server.cursor() as cursor:
            cursor.execute("SELECT id FROM bewaard")
            assert cursor.fetchone() == (7,)
        server.close()
        again.release()

    def test_clears_away_a_data_folder_whose_making_was_cut_short(self, folder: Path) -> None:
        half = folder / "postgres.nieuw"
        half.mkdir()
        (half / "PG_VERSION").write_text("18\n")
        services = make(folder)
        services.acquire()
        assert not half.exists()
        services.release()

    @pytest.mark.parametrize("lost", ["PG_VERSION", "global/pg_control"])
    def test_refuses_a_data_folder_that_lost_a_part(self, folder: Path, lost: str) -> None:
        services = make(folder)
        services.acquire()
        services.release()
        (folder / "postgres" / lost).unlink()
        with pytest.raises(Startfout, match=r"niet volledig .*make demo-opnieuw"):
            make(folder).acquire()
        assert running(folder) == [False, False]

    def test_refuses_data_of_another_version(self, folder: Path) -> None:
        services = make(folder)
        services.acquire()
        services.release()
        (folder / "postgres" / "PG_VERSION").write_text("9.6\n")
        with pytest.raises(Startfout, match=r"is van PostgreSQL 9\.6"):
            make(folder).acquire()

    def test_refuses_programs_that_are_too_old(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        for name in ("postgres", "initdb"):
            program = tmp_path / name
            program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
            program.chmod(0o755)
        monkeypatch.setenv("SKT_POSTGRES_BIN", str(tmp_path))
        with pytest.raises(Startfout, match="versie 14; SKT-loket heeft versie 15"):
            make(folder).acquire()

    def test_says_so_when_there_is_no_valkey(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SKT_VALKEY_PROGRAMMA", "/bestaat/niet")
        with pytest.raises(Startfout, match="geen Valkey gevonden"):
            make(folder).acquire()
        assert running(folder) == [False, False]

    def test_says_so_when_the_folder_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "bestand").touch()
        with pytest.raises(Startfout, match=r"niet te beschrijven .* SKT_VAR_DIR"):
            make(tmp_path / "bestand" / "var").acquire()


class TestWipe:
    def test_refuses_while_somebody_works(self, folder: Path, other_user: subprocess.Popen[str]) -> None:
        with pytest.raises(Startfout, match="draait nog"):
            make(folder).wipe()
        assert (folder / "postgres" / "PG_VERSION").exists()

    def test_leaves_nothing_and_then_starts_clean(self, folder: Path) -> None:
        services = make(folder)
        old = services.acquire()
        services.release()
        make(folder).wipe()
        assert not (folder / "postgres").exists()
        fresh = make(folder)
        assert fresh.acquire()["DATABASE_URL"] != old["DATABASE_URL"]
        fresh.release()


class TestInrichten:
    """The way production is prepared, tried on a server of our own."""

    @pytest.fixture
    def server(self, folder: Path) -> Iterator[Diensten]:
        services = make(folder)
        services.acquire()
        yield services
        services.release()

    def test_sets_passwords_anew_and_writes_them_for_the_owner_only(
        self, server: Diensten, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in inrichten.ROLES:
            monkeypatch.delenv(name, raising=False)
        target = tmp_path / "adressen"
        assert inrichten.main(["--beheerder-url", server.superuser_url(), "--map", str(target)]) == 0
        for name, role in inrichten.ROLES.items():
            path = target / name.lower()
            assert path.stat().st_mode & 0o777 == 0o600
            login = psycopg2.connect(path.read_text())
            assert login.info.user == role
            login.close()

    def test_takes_the_passwords_that_the_addresses_hold(
        self, server: Diensten, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, role in inrichten.ROLES.items():
            monkeypatch.setenv(name, f"postgres://{role}:gekozen-{role}@ergens/skt")
        monkeypatch.setenv("BEHEERDER_URL", server.superuser_url())
        assert inrichten.main(["--stil"]) == 0
        url = inrichten.in_database(server.superuser_url(), "skt", user="skt_web", password="gekozen-skt_web")
        psycopg2.connect(url).close()

    def test_takes_back_what_a_role_may_not_have(self, server: Diensten) -> None:
        superuser = inrichten.connect(server.superuser_url(), what="de proef")
        with superuser.cursor() as cursor:
            cursor.execute("ALTER ROLE skt_web SUPERUSER BYPASSRLS")
            inrichten.furnish(server.superuser_url(), server.secrets)
            cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'skt_web'")
            assert cursor.fetchone() == (False, False)
        superuser.close()

    def test_refuses_a_login_that_may_make_no_roles(
        self, server: Diensten, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert inrichten.main(["--beheerder-url", server.urls["DATABASE_URL"]]) == 1
        assert "mag geen rollen of databases maken" in capsys.readouterr().err

    def test_needs_no_superuser(self, server: Diensten) -> None:
        superuser = inrichten.connect(server.superuser_url(), what="de proef")
        with superuser.cursor() as cursor:
            cursor.execute("DROP DATABASE skt")
            for role in inrichten.ROLES.values():
                cursor.execute(f"DROP ROLE {role}")
            cursor.execute("CREATE ROLE beheerder LOGIN CREATEROLE CREATEDB PASSWORD 'beheer'")
        superuser.close()
        url = inrichten.in_database(server.superuser_url(), "postgres", user="beheerder", password="beheer")
        urls = inrichten.furnish(url, server.secrets)
        psycopg2.connect(urls["DATABASE_URL"]).close()

    def test_names_the_address_that_does_not_answer(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert inrichten.main(["--beheerder-url", "postgres://x:geheim@127.0.0.1:1/postgres"]) == 1
        error = capsys.readouterr().err
        assert "op dat adres luistert geen PostgreSQL" in error
        assert "geheim" not in error


class TestFindPrograms:
    def test_says_what_to_do_when_there_are_none(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SKT_POSTGRES_BIN", str(tmp_path))
        with pytest.raises(Startfout, match="geen PostgreSQL gevonden"):
            find_programs()
