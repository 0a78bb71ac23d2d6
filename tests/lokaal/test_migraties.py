"""Migrations go forward and back: what one made, its reverse takes away."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from skt.lokaal import inrichten
from skt.lokaal.diensten import ROOT, Diensten

Manage = Callable[..., None]
# Upstream last: each goes back before what it builds on.
APPS = (
    "rapportage",
    "casusregie",
    "triage",
    "intake",
    "socialekaart",
    "termijnen",
    "autorisatie",
    "verantwoording",
    "inwoners",
    "medewerkers",
)


class TestMigrations:
    @pytest.fixture
    def manage(self, diensten: Diensten) -> Iterator[Manage]:
        """manage.py on an empty database of its own."""
        name = f"skt_test_migraties_{os.getpid()}"
        superuser = inrichten.connect(diensten.superuser_url(), what="de testserver")
        inrichten.create_database(superuser, name)
        inrichten.prepare_database(
            inrichten.in_database(diensten.superuser_url(), name), what="de testserver"
        )
        addresses = {
            variable: inrichten.in_database(diensten.urls[variable], name) for variable in inrichten.ROLES
        }
        environment = {**os.environ, **addresses, "REDIS_URL": diensten.urls["REDIS_URL"]}

        def run(*arguments: str) -> None:
            done = subprocess.run(
                [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=False, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            assert done.returncode == 0, f"{arguments}\n{done.stdout[-3000:]}"

        yield run
        with superuser.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        superuser.close()

    def test_go_forward_back_and_forward_again(self, manage: Manage) -> None:
        manage("migrate", "--verbosity", "0", "--skip-checks")
        for app in APPS:
            manage("migrate", app, "zero", "--verbosity", "0", "--skip-checks")
        manage("migrate", "--verbosity", "0", "--skip-checks")
        manage("contextsleutel")
