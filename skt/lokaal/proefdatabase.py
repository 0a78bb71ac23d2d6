"""Databases for tests: a template per state of the migrations, and a copy per process, soon remade."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from skt.lokaal import inrichten
from skt.lokaal.diensten import ROOT, Diensten, say
from skt.lokaal.fout import Startfout
from skt.lokaal.proces import tail
from skt.lokaal.slot import exclusive

TEMPLATE = "skt_sjabloon_"
COPY = "skt_test_"
KEPT_TEMPLATES = 3
PACKAGES = ("skt", "socialekaart", "intake", "triage", "casusregie", "rapportage")


def database_fingerprint() -> str:
    """Return a short hash of everything that decides what an empty, migrated database looks like."""
    digest = hashlib.sha256()
    files = [ROOT / "requirements" / "basis.txt", ROOT / "skt" / "lokaal" / "database.sql"]
    for package in PACKAGES:
        files += (ROOT / package).rglob("migrations/*")
    # Migrations call these to write policies and triggers.
    files += (ROOT / "skt" / "autorisatie").rglob("*.py")
    files += (ROOT / "skt" / "verantwoording").rglob("*.py")
    for file in sorted(set(files)):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


class Proefdatabases:
    """The test databases of one process in the cluster of `diensten`."""

    def __init__(self, diensten: Diensten) -> None:
        self.diensten = diensten
        self.copy = f"{COPY}{os.getpid()}"
        self.template = ""

    @contextmanager
    def _superuser(self) -> Iterator[Connection]:
        with closing(inrichten.connect(self.diensten.superuser_url(), what="de testserver")) as server:
            yield server

    def prepare(self, urls: Mapping[str, str]) -> dict[str, str]:
        """Build the template when there is none for this state; make this process's copy and name it."""
        with exclusive(self.diensten.folder / "sjabloon.slot"), self._superuser() as server:
            self._drop_leftovers(server)
            self.template = f"{TEMPLATE}{database_fingerprint()}"
            if self.template not in self._names(server, TEMPLATE):
                self._build(server, urls)
        self.renew()
        return {
            name: inrichten.in_database(url, self.copy)
            for name, url in urls.items()
            if name in inrichten.ROLES
        }

    def renew(self) -> None:
        """Replace this process's database by a copy of the template; open connections to it are ended."""
        with self._superuser() as server:
            self._drop(server, self.copy)
            inrichten.create_database(server, self.copy, template=self.template)

    def remove(self) -> None:
        """Drop this process's database."""
        with self._superuser() as server:
            self._drop(server, self.copy)

    def _build(self, server: Connection, urls: Mapping[str, str]) -> None:
        say("Tests: databasesjabloon maken (alleen als de migraties veranderd zijn) ...")
        building = f"{COPY}bouw_{os.getpid()}"
        self._drop(server, building)
        inrichten.create_database(server, building)
        inrichten.prepare_database(
            inrichten.in_database(self.diensten.superuser_url(), building), what="de testserver"
        )
        log = self.diensten.folder / "log" / "migraties.log"
        environment = {
            **os.environ,
            **{
                name: inrichten.in_database(url, building)
                for name, url in urls.items()
                if name in inrichten.ROLES
            },
            "REDIS_URL": urls.get("REDIS_URL", "redis://127.0.0.1:1/0"),
            "DJANGO_SETTINGS_MODULE": "skt.settings.test",
        }
        for command in (["migrate", "--verbosity", "1"], ["contextsleutel"]):
            with log.open("wb") as file:
                done = subprocess.run(
                    [sys.executable, str(ROOT / "manage.py"), *command, "--skip-checks"],
                    stdout=file, stderr=file, env=environment, cwd=ROOT, check=False,
                )  # fmt: skip
            if done.returncode != 0:
                self._drop(server, building)
                raise Startfout(f"manage.py {command[0]} mislukte op de testdatabase:\n{tail(log, 40)}")
        with server.cursor() as cursor:
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            cursor.execute(rename.format(sql.Identifier(building), sql.Identifier(self.template)))

    @staticmethod
    def _names(server: Connection, prefix: str) -> list[str]:
        with server.cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid", [prefix]
            )
            return [name for (name,) in cursor.fetchall()]

    @staticmethod
    def _drop(server: Connection, name: str) -> None:
        with server.cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _drop_leftovers(self, server: Connection) -> None:
        """Drop copies of processes that are gone, and templates of older states."""
        for name in self._names(server, COPY):
            if not process_exists(int(name.rpartition("_")[2])):
                self._drop(server, name)
        for name in self._names(server, TEMPLATE)[:-KEPT_TEMPLATES]:
            with server.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [name])
                if cursor.fetchone() is None:
                    self._drop(server, name)


def process_exists(pid: int) -> bool:
    """Does a process with this number exist, whoever's it is?"""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def testmap() -> Path:
    """Return the folder of the test servers."""
    return ROOT / "var" / "test"
