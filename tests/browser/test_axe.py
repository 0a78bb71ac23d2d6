"""Iedereen kan ermee werken: axe op elke pagina, breed en smal, en niets schuift weg op 320 pixels."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from rapportage.services import close_months
from tests.browser.beelden import HOOGTE, take
from tests.browser.conftest import Venster
from tests.browser.paginas import FOUTPAGINAS, GEEN_PAGINA, PAGINAS, Pagina
from tests.browser.toegankelijk import check, overflow
from tests.rechten.adressen import ADRESSEN, OPENBAAR
from tests.scenarios.dorp import Dorp, build_dorp

SMALST = 320
HOOG = 3000
"""So high that no bar at the bottom of the window lies over what is judged."""
RUIM = {"width": 1366, "height": HOOG}


@pytest.fixture(scope="module")
def dorp(database: None) -> Dorp:
    dorp = build_dorp()
    list(close_months(at=timezone.now()))
    return dorp


class TestTable:
    def test_has_every_url(self) -> None:
        """Who adds a URL says here who looks at its page, or why there is none."""
        every = {adres.naam for adres in ADRESSEN} | set(OPENBAAR)

        assert {pagina.url_name for pagina in PAGINAS} | set(GEEN_PAGINA) == every

    def test_has_each_row_once(self) -> None:
        rows = [str(pagina) for pagina in PAGINAS]

        assert sorted(rows) == sorted(set(rows))


@pytest.fixture(scope="module")
def vensters(playwright_browser, site, dorp: Dorp) -> Iterator[Callable[[str], Page]]:
    """One window per person for the whole module, so that nothing is fetched twice."""
    venster = Venster(playwright_browser, site, [])
    pages: dict[str, Page] = {}

    def page_of(wie: str) -> Page:
        if wie not in pages:
            pages[wie] = venster.page(getattr(dorp.team, wie) if wie else None, viewport=RUIM)
        return pages[wie]

    yield page_of
    for context in venster.open:
        context.close()


def look(page: Page, name: str) -> list[str]:
    """What axe finds wide and narrow, the closed parts of the page opened when narrow; and what sticks out at 320."""
    page.wait_for_load_state()  # after a step that sends a form, the styles may still be under way
    take(page, name, (1366, 390))
    found = []
    for width in (1366, 390):
        if width == 390:
            page.set_viewport_size({"width": width, "height": HOOG})
            page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true; })")
        found += check(page, width)
    page.set_viewport_size({"width": SMALST, "height": HOOGTE[SMALST]})
    found += overflow(page, SMALST)
    page.set_viewport_size(RUIM)
    return found


class TestReadableText:
    def test_that_passed_before_is_judged_again_when_it_looks_different(self, venster: Venster) -> None:
        page = venster.page(viewport=RUIM)
        page.goto("/inloggen/")
        assert check(page, 1366) == check(page, 1366) == []

        page.evaluate("document.querySelector('h1').style.color = '#bbb'")
        for _ in ("found", "found again: what failed is not remembered as good"):
            assert [found.split()[2] for found in check(page, 1366)] == ["color-contrast"]

        page.evaluate("document.querySelector('h1').style.color = ''")
        assert check(page, 1366) == []
        page.evaluate("document.querySelector('h1').parentElement.style.backgroundColor = '#333'")
        assert "color-contrast" in " ".join(check(page, 1366))


class TestEveryPage:
    @pytest.mark.parametrize("pagina", PAGINAS, ids=str)
    def test_has_no_violation(
        self, pagina: Pagina, dorp: Dorp, vensters: Callable[[str], Page], request: pytest.FixtureRequest
    ) -> None:
        page = vensters(pagina.wie)
        answer = page.goto(pagina.url(dorp))
        assert answer is not None
        assert answer.status == 200, f"{answer.url}: {answer.status}"
        if pagina.stap:
            pagina.stap(page)

        found = look(page, request.node.name)
        assert not found, "\n".join(["", *found])

    @pytest.mark.parametrize(("status", "url"), FOUTPAGINAS.items(), ids=FOUTPAGINAS)
    def test_also_when_something_went_wrong(
        self, status: str, url: str, vensters: Callable[[str], Page], request: pytest.FixtureRequest
    ) -> None:
        page = vensters("loket")
        answer = page.goto(url)
        assert answer is not None
        assert str(answer.status) == status

        found = look(page, request.node.name)
        assert not found, "\n".join(["", *found])

    def test_also_when_the_form_was_too_old(
        self, venster: Venster, dorp: Dorp, request: pytest.FixtureRequest
    ) -> None:
        """The page that says that the form can't be trusted any more (CSRF)."""
        page = venster.page(viewport=RUIM)
        page.goto("/inloggen/")
        page.context.clear_cookies()
        page.get_by_label("Gebruikersnaam").fill("loket")
        page.get_by_label("Wachtwoord").fill("iets")
        with page.expect_navigation() as answer:
            page.get_by_role("button", name="Inloggen").click()
        assert answer.value.status == 403
        expect(page.get_by_role("heading", level=1)).to_be_visible()

        found = look(page, request.node.name)
        assert not found, "\n".join(["", *found])
