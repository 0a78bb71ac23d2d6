"""De kwartiermaker richt de uitvraag in met het toetsenbord, en zonder JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from intake.models import Meting, Uitvraagmethode
from tests.browser.conftest import Venster
from tests.scenarios.dorp import Dorp, build_dorp
from tests.scenarios.handelend import als_systeem


@pytest.fixture(scope="module")
def dorp(database: None) -> Dorp:
    return build_dorp()


def asked(methode: Uitvraagmethode, gebied: str) -> list[str]:
    with als_systeem():
        methode.refresh_from_db()
    return [vraag.vraag for vraag in methode.read()[gebied]]


def tab_to(page: Page, naam: str, limit: int = 60) -> None:
    """Met Tab naar de knop met deze naam."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if naam in (page.evaluate("document.activeElement.textContent") or ""):
            return
    raise AssertionError(f"{naam} niet bereikt in {limit} tabs")


class TestMethodeEdit:
    def test_is_worked_with_the_keyboard_alone(
        self, dorp: Dorp, venster: Venster, beeld: Callable[..., None]
    ) -> None:
        concept = dorp.ding["methode_concept"]
        first, second = asked(concept, "huisvesting")
        page = venster.page(dorp.team.kwartiermaker)
        page.goto(f"/inrichting/uitvraag/{concept.pk}/wijzigen/")
        page.locator("#id_vraag_huisvesting_0").focus()
        tab_to(page, "Omlaag vraag 1 over huisvesting")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Het concept is bewaard.")).to_be_visible()
        expect(page).to_have_url(re.compile("#gebied-huisvesting$"))
        assert asked(concept, "huisvesting") == [second, first]

        page.locator("#id_vraag_huisvesting_2").focus()
        page.keyboard.type("Is het warm genoeg?")
        page.keyboard.press("Enter")
        expect(page.locator("#id_vraag_huisvesting_2")).to_have_value("Is het warm genoeg?")
        beeld(page, "methode")
        assert asked(concept, "huisvesting") == [second, first, "Is het warm genoeg?"]

    def test_works_without_javascript(self, dorp: Dorp, venster: Venster) -> None:
        concept = dorp.ding["methode_concept"]
        page = venster.page(dorp.team.kwartiermaker, java_script_enabled=False)
        page.goto("/inrichting/")
        page.get_by_role("link", name="Uitvraagmethoden").click()
        page.get_by_role("link", name=re.compile("versie 3")).click()
        page.get_by_role("link", name="Wijzig de vragen").click()
        page.locator("#id_vraag_zingeving_2").fill("Waar bent u trots op?")
        page.get_by_role("button", name="Voeg toe aan zingeving").click()
        assert asked(concept, "zingeving")[-1] == "Waar bent u trots op?"
        page.get_by_role("button", name="Haal weg vraag 1 over zingeving").click()
        page.get_by_role("button", name="Bewaar en bekijk").click()
        page.get_by_role("link", name="Neem in gebruik").click()
        page.get_by_role("button", name="Neem in gebruik").click()

        expect(page.get_by_text("verandert nu niet meer")).to_be_visible()
        assert len(asked(concept, "zingeving")) == 2


class TestMeting:
    def test_is_taken_without_javascript_and_moves_the_wheel(
        self, dorp: Dorp, venster: Venster, beeld: Callable[..., None]
    ) -> None:
        casus = dorp.ding["casus"]
        page = venster.page(dorp.team.casusregisseur, java_script_enabled=False)
        page.goto(f"/casussen/{casus.nummer}/")
        page.get_by_role("link", name="Nieuwe meting").click()
        page.get_by_label("Einde van de hulp").check(force=True)
        page.locator("[name=score_financien][value='5']").check(force=True)
        page.get_by_role("button", name="Bewaar de meting").click()
        expect(page.get_by_text("De meting is bewaard.")).to_be_visible()
        beeld(page, "meting")
        expect(page.get_by_role("img", name=re.compile("bij het begin en nu"))).to_be_visible()
        with als_systeem():
            assert Meting.objects.filter(melding=casus.melding_id).count() == 2
