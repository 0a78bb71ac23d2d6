"""The site refuses to start where its promises would be hollow."""

import os
import subprocess
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg2
import pytest

from skt.lokaal import controle, inrichten, proefproductie
from skt.lokaal.diensten import ROOT, Diensten
from skt.lokaal.fout import Startfout
from skt.settings.env import parse_database_url

GOOD_SECRET = "q8Zr1vT-4xKp_9sYb2Lw7Nc0Hd5Gf3Je6Ma-Ru_Xo1iQtVzBkEyPnS"
GOOD_KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2


def production(**changes: Any) -> SimpleNamespace:
    """Settings of a site that may start."""
    good = {
        "OMGEVING": "productie", "DEBUG": False, "SECRET_KEY": GOOD_SECRET, "CONTEXT_KEY": GOOD_KEY,
        "ALLOWED_HOSTS": ["loket.voorbeeld.invalid"],
    }  # fmt: skip
    return SimpleNamespace(**{**good, **changes})


class TestFindSettingProblems:
    def test_accepts_a_good_production_site(self) -> None:
        assert controle.find_setting_problems(production()) == []

    @pytest.mark.parametrize(
        ("changes", "named"),
        [
            ({"DEBUG": True}, "DEBUG"),
            ({"SECRET_KEY": "kort"}, "SECRET_KEY"),
            ({"SECRET_KEY": "django-insecure-" + GOOD_SECRET}, "SECRET_KEY"),
            ({"SECRET_KEY": "a" * 80}, "SECRET_KEY"),
            ({"CONTEXT_KEY": "0" * 64}, "CONTEXT_KEY"),
            ({"CONTEXT_KEY": GOOD_SECRET}, "CONTEXT_KEY"),
            ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS"),
            ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS"),
        ],
    )
    def test_refuses(self, changes: dict[str, Any], named: str) -> None:
        problems = controle.find_setting_problems(production(**changes))
        assert problems
        assert named in problems[0]

    def test_asks_less_of_a_developers_machine(self) -> None:
        assert controle.find_setting_problems(production(OMGEVING="lokaal", DEBUG=True)) == []


class TestFindDatabaseProblems:
    """On a role of its own in the tests' cluster, so that no other test notices."""

    @pytest.fixture
    def superuser(self, diensten: Diensten, database_urls: dict[str, str]) -> Iterator[Any]:
        url = inrichten.in_database(
            diensten.superuser_url(), database_urls["DATABASE_URL"].rpartition("/")[2]
        )
        server = inrichten.connect(url, what="de proef")
        self.name = f"proef_{os.getpid()}"
        with server.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {self.name} LOGIN PASSWORD 'proef'")
            cursor.execute(f"GRANT CONNECT ON DATABASE {server.info.dbname} TO {self.name}")
            yield cursor
            cursor.execute(f"DROP OWNED BY {self.name} CASCADE; DROP ROLE {self.name}")
        server.close()

    def problems(self, cursor: Any) -> list[str]:
        info = cursor.connection.info
        login = psycopg2.connect(
            host=info.host, port=info.port, dbname=info.dbname, user=self.name, password="proef"
        )
        try:
            return controle.find_database_problems(login, what="DATABASE_URL", production=False)
        finally:
            login.close()

    def test_accepts_an_ordinary_role(self, superuser: Any) -> None:
        assert self.problems(superuser) == []

    @pytest.mark.parametrize(
        ("sql", "reason"),
        [
            ("ALTER ROLE {0} SUPERUSER", "is superuser"),
            ("ALTER ROLE {0} BYPASSRLS", "BYPASSRLS"),
            ("GRANT postgres TO {0}", "BYPASSRLS"),
            ("GRANT skt_eigenaar TO {0}", "is eigenaar van de tabellen"),
            ("CREATE TABLE public.van_{0} (); ALTER TABLE public.van_{0} OWNER TO {0}", "is eigenaar"),
            ("ALTER ROLE {0} SET synchronous_commit = off", "synchronous_commit staat uit"),
        ],
    )
    def test_refuses(self, superuser: Any, sql: str, reason: str) -> None:
        superuser.execute(sql.format(self.name))
        found = self.problems(superuser)
        assert len(found) == 1
        assert reason in found[0]

    def test_accepts_the_role_of_the_site_and_no_other_of_ours_as_owner(
        self, database_urls: dict[str, str]
    ) -> None:
        for name, expected in (("DATABASE_URL", 0), ("DATABASE_URL_EIGENAAR", 1)):
            login = psycopg2.connect(database_urls[name])
            assert len(controle.find_database_problems(login, what=name, production=False)) == expected
            login.close()

    def test_asks_for_fsync_in_production(self, database_urls: dict[str, str]) -> None:
        login = psycopg2.connect(database_urls["DATABASE_URL"])
        found = controle.find_database_problems(login, what="DATABASE_URL", production=True)
        login.close()
        assert found == ["fsync staat uit: bevestigd werk kan verloren gaan; zet het aan op de server."]


class TestCheckVersion:
    def test_refuses_postgresql_14(self) -> None:
        with pytest.raises(Startfout, match="PostgreSQL 14; SKT-loket heeft PostgreSQL 15"):
            inrichten.check_version(SimpleNamespace(server_version=140012), what="DATABASE_URL")

    def test_accepts_postgresql_15(self) -> None:
        inrichten.check_version(SimpleNamespace(server_version=150000), what="DATABASE_URL")


class TestCheckStart:
    @pytest.fixture
    def conf(self, database_urls: dict[str, str], valkey_url: str) -> SimpleNamespace:
        entry = parse_database_url(database_urls["DATABASE_URL"])
        return SimpleNamespace(OMGEVING="lokaal", DATABASES={"default": entry}, REDIS_URL=valkey_url)

    def test_accepts_what_the_tests_run_on(self, conf: SimpleNamespace) -> None:
        controle.check_start(conf)

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"PASSWORD": "fout"}, "wachtwoord klopt niet"),
            ({"PORT": "1"}, "luistert geen PostgreSQL"),
            ({"NAME": "bestaat_niet"}, "bestaat niet"),
        ],
    )
    def test_names_what_is_wrong_with_the_address(
        self, conf: SimpleNamespace, change: dict[str, str], reason: str
    ) -> None:
        conf.DATABASES["default"].update(change)
        with pytest.raises(Startfout, match=reason):
            controle.check_start(conf)

    @pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "onzin"])
    def test_refuses_without_valkey(self, conf: SimpleNamespace, url: str) -> None:
        conf.REDIS_URL = url
        with pytest.raises(Startfout, match="Valkey antwoordt niet"):
            controle.check_start(conf)

    def test_refuses_a_wrong_password_of_valkey(self, conf: SimpleNamespace, valkey_url: str) -> None:
        conf.REDIS_URL = valkey_url.replace("redis://:", "redis://:fout")
        with pytest.raises(Startfout, match="Valkey weigert het wachtwoord"):
            controle.check_start(conf)


class TestSite:
    """The same refusals as a person meets them: one sentence, no traceback, an exit code."""

    def start(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command], cwd=ROOT, text=True, capture_output=True, check=False, timeout=120,
            env={**os.environ, **proefproductie.environment(), **environment},
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("environment", "reason"),
        [
            ({"SECRET_KEY": "django-insecure-abc"}, "SECRET_KEY is een standaardwaarde"),
            ({"DEBUG": "ja"}, "DEBUG staat aan"),
            ({}, "op dat adres luistert geen PostgreSQL"),
        ],
    )
    def test_gunicorn_ends_with_one_sentence(self, environment: dict[str, str], reason: str) -> None:
        done = self.start(
            "-m", "gunicorn", "--config", "docker/gunicorn.conf.py", "skt.wsgi:application",
            SKT_BIND="127.0.0.1:0", **environment,
        )  # fmt: skip
        assert done.returncode != 0
        assert reason in done.stderr
        assert "Traceback" not in done.stderr

    def test_gunicorn_refuses_a_superuser(self, diensten: Diensten, valkey_url: str) -> None:
        done = self.start(
            "-m", "gunicorn", "--config", "docker/gunicorn.conf.py", "skt.wsgi:application",
            SKT_BIND="127.0.0.1:0", DATABASE_URL=diensten.superuser_url(), REDIS_URL=valkey_url,
        )  # fmt: skip
        assert done.returncode != 0
        assert "is superuser" in done.stderr
        assert "Traceback" not in done.stderr

    def test_celery_worker_ends_with_one_sentence(self, valkey_url: str) -> None:
        done = self.start(
            "-m", "celery", "--app", "skt.celery:app", "worker", "--pool", "solo", REDIS_URL=valkey_url
        )
        assert done.returncode != 0
        assert "SKT-loket start niet: Geen verbinding met de database" in done.stderr
        assert "Traceback" not in done.stderr

    def test_check_names_the_problem(self, valkey_url: str) -> None:
        done = self.start("manage.py", "check", "--database", "default", REDIS_URL=valkey_url)
        assert done.returncode != 0
        assert "Geen verbinding met de database via DATABASE_URL" in done.stderr
        assert "Traceback" not in done.stderr


class TestManage:
    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_URL")}
        return subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, text=True, capture_output=True, check=False,
            env={**kept, "DJANGO_SETTINGS_MODULE": "skt.settings.local", **environment}, timeout=120,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("environment", "reason"),
        [
            ({"DATABASE_URL": "geen-adres"}, "DATABASE_URL moet de vorm"),
            ({"DATABASE_URL": "postgres://skt_web:x@127.0.0.1:1/skt"}, "luistert geen PostgreSQL"),
            ({"DATABASE_URL_FILE": "/bestaat/niet"}, "DATABASE_URL_FILE wijst naar"),
            ({"SKT_VAR_DIR": "/dev/null/var"}, "niet te beschrijven"),
        ],
    )
    def test_ends_with_one_sentence(self, environment: dict[str, str], reason: str) -> None:
        external = {} if "SKT_VAR_DIR" in environment else {"REDIS_URL": "redis://127.0.0.1:1/0"}
        done = self.run("showmigrations", "--plan", **external, **environment)
        assert done.returncode == 1
        assert reason in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1

    def test_migrates_through_the_owner_only(self, database_urls: dict[str, str], valkey_url: str) -> None:
        done = self.run("migrate", "--database", "default", REDIS_URL=valkey_url, **database_urls)
        assert done.returncode == 1
        assert "alleen met --database eigenaar" in done.stderr
        assert self.run("migrate", "--check", REDIS_URL=valkey_url, **database_urls).returncode == 0

    def test_shows_help_without_starting_anything(self) -> None:
        assert self.run("help", SKT_VAR_DIR="/dev/null/var").returncode == 0
