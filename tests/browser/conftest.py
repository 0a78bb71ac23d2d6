"""A real browser against the real site: one Chromium and one live server per process, one database per module.

A module builds its small world once (`wereld`) and its tests share it; each works on rows of its own. What it wrote is
gone when the module is done, because the database is made anew.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from skt.lokaal.proefdatabase import Proefdatabases
from skt.medewerkers.models import Medewerker
from tests.browser.bestanden import Bestanden
from tests.browser.tijd import TIJD_MS
from tests.scenarios.bezetting import Bezetting

BREED = {"width": 1366, "height": 768}
SMAL = {"width": 390, "height": 844}
STIL = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""The browser talks to our own server and to nobody else."""


@pytest.fixture(scope="session")
def playwright_browser(chromium: str) -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; our queries in between are not from within it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=TIJD_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(STIL), env={**os.environ, "LANGUAGE": "nl"}
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:
    """The address of the site, with a few addresses beside it that go wrong on purpose."""
    # A thread per request: what each would keep open, nobody would use again.
    connections.settings["default"]["CONN_MAX_AGE"] = connections["default"].settings_dict["CONN_MAX_AGE"] = 0
    with override_settings(ROOT_URLCONF="tests.browser.adressen", ALLOWED_HOSTS=["localhost", "testserver"]):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.contrib.staticfiles.handlers.StaticFilesHandler", Bestanden)
            server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def database(site: str, django_db_blocker: Any, proefdatabases: Proefdatabases) -> Iterator[None]:
    """The database for the tests of one module, which the live server reads too."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        proefdatabases.renew()


@dataclass(frozen=True)
class Venster:
    """Opens windows on the site; each is its own browser, with nothing remembered from another."""

    browser: Browser
    site: str
    open: list[BrowserContext]

    def context(self, wie: Medewerker | None = None, **options: Any) -> BrowserContext:
        """A browser in which `wie` is logged in already."""
        options = {"viewport": BREED, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam", **options}
        context = self.browser.new_context(base_url=self.site, **options)
        context.set_default_timeout(TIJD_MS)
        self.open.append(context)
        if wie is not None:
            client = Client()
            client.force_login(wie, backend="django.contrib.auth.backends.ModelBackend")
            for name, morsel in client.cookies.items():
                context.add_cookies([{"name": name, "value": morsel.value, "url": self.site}])
        return context

    def page(self, wie: Medewerker | None = None, **options: Any) -> Page:
        return self.context(wie, **options).new_page()


@pytest.fixture
def venster(playwright_browser: Browser, site: str, database: None) -> Iterator[Venster]:
    venster = Venster(playwright_browser, site, [])
    yield venster
    for context in venster.open:
        context.close()


@pytest.fixture
def beeld(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`beeld(page, "na-het-gesprek")` keeps pictures at both widths in var/beelden, named after the test."""
    from tests.browser.beelden import take

    def keep(page: Page, wat: str = "", widths: tuple[int, ...] = (1366, 390)) -> None:
        take(page, "-".join(filter(None, [request.node.name, wat])), widths)

    return keep


@pytest.fixture(scope="module")
def bezetting(database: None) -> Bezetting:
    """Everybody who works here, for modules that need no more than that."""
    from tests.scenarios.bezetting import bezet
    from tests.scenarios.handelend import als_systeem

    with als_systeem():
        return bezet()
