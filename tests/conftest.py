"""What every test gets: real servers of our own, a fresh database as the site's role sees it, no way out of
the machine.

- Servers: PostgreSQL and Valkey under var/test, started by the first process that needs them, stopped by the
  last.
- Database: a template is built once per state of the migrations, by skt_eigenaar; each process gets a copy.
  `default` logs in as skt_web, with `eigenaar`, `rapport` and `beleid` beside it, for tests that ask for
  them: @pytest.mark.django_db(databases=["default", "eigenaar"]).
- transaction=True: Django would empty tables by TRUNCATE, which skt_web may not; the copy is made anew
  instead.
"""

import gc
import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from skt.lokaal.diensten import Diensten
from skt.lokaal.fout import Startfout
from skt.lokaal.proefdatabase import Proefdatabases, testmap
from skt.settings.base import DATABASE_VARIABLES
from skt.settings.env import parse_database_url
from tests.fixtures import als, systeem  # noqa: F401 - fixtures for every test

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Return the browser for the browser tests, or None."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given if Path(given).is_file() else None
    return next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what lies under tests/browser; without Chromium leave it out, unless BROWSER=required."""
    folder = Path(__file__).parent / "browser"
    for item in items:
        if item.path.is_relative_to(folder):
            item.add_marker(pytest.mark.browser)
    if find_chromium() or os.environ.get("BROWSER") == "required":
        return
    without = [item for item in items if item.get_closest_marker("browser")]
    if without:
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in set(without)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays until the end: Python need not walk it again and again for rubbish.

    A fifth of the processor's time went there. Rubbish of the tests themselves is still found, less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; a test that needs it fails where there is none."""
    path = find_chromium()
    if path is None:
        pytest.fail(
            "Er is geen Chromium gevonden, en BROWSER=required vraagt erom; installeer het pakket chromium."
        )
    return path


# -- servers and databases


@pytest.fixture(scope="session")
def diensten() -> Iterator[Diensten]:
    """The servers of the tests. Nothing in them has to survive a power cut, so they may be fast."""
    services = Diensten(testmap(), safe=False)
    try:
        services.acquire()
    except Startfout as error:
        pytest.exit(str(error), returncode=1)
    yield services
    services.release()


@pytest.fixture(scope="session")
def valkey_url(diensten: Diensten) -> str:
    """The address of the tests' Valkey, a database of it per xdist worker."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 16
    return diensten.urls["REDIS_URL"].removesuffix("/0") + f"/{number}"


@pytest.fixture(scope="session")
def proefdatabases(diensten: Diensten) -> Iterator[Proefdatabases]:
    """This process's database, made from the template."""
    databases = Proefdatabases(diensten)
    yield databases
    databases.remove()


@pytest.fixture(scope="session")
def database_urls(diensten: Diensten, proefdatabases: Proefdatabases) -> dict[str, str]:
    """The addresses of this process's database by name of their variable (DATABASE_URL, ...)."""
    try:
        return proefdatabases.prepare(diensten.urls)
    except Startfout as error:
        pytest.exit(str(error), returncode=1)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Replaces pytest-django's: names of databases are ours to choose."""


@pytest.fixture(scope="session")
def django_db_setup(
    database_urls: dict[str, str], valkey_url: str, proefdatabases: Proefdatabases, django_db_blocker: Any
) -> Iterator[None]:
    """Replaces pytest-django's: point all four connections at this process's database."""
    for alias, name in DATABASE_VARIABLES.items():
        entry = parse_database_url(database_urls[name], name=name)
        # The same dictionary is behind every connection of every thread.
        connections[alias].settings_dict.update(entry)
        connections.settings[alias].update(entry)
    settings.REDIS_URL = settings.CELERY_BROKER_URL = valkey_url
    original = TransactionTestCase._fixture_teardown

    def renew_database(_case: TransactionTestCase) -> None:
        connections.close_all()
        proefdatabases.renew()

    TransactionTestCase._fixture_teardown = renew_database
    yield
    TransactionTestCase._fixture_teardown = original
    with django_db_blocker.unblock():
        connections.close_all()


# -- no way out


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """A test that reaches for another machine fails."""
    connect = socket.socket.connect

    def connect_to_loopback(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise AssertionError(f"Een test zocht verbinding met {host}; tests blijven op deze machine.")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect_to_loopback)
    yield
    patch.undo()
