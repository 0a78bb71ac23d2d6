"""Het openbare formulier in een echte browser: zonder JavaScript, zonder muis, en zonder een spoor na te laten."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.models import Melding
from intake.poort import MIN_LEEFTIJD, make_zegel
from tests.browser.conftest import SMAL, Venster
from tests.scenarios.bezetting import Bezetting
from tests.scenarios.handelend import als_systeem

HULPVRAAG = "De post ligt tot op de stoep en ik durf hem niet open te maken."


def is_older(page: Page) -> None:
    """As if the page was opened a while ago; nobody waits in a test. A hidden field can't be typed in, so the value is put."""
    seal = make_zegel(timezone.now() - MIN_LEEFTIJD - timedelta(seconds=1))
    page.locator("[name=zegel]").evaluate("(field, value) => { field.value = value; }", seal)


@pytest.fixture
def zonder(venster: Venster, bezetting: Bezetting) -> Page:
    return venster.page(java_script_enabled=False, viewport=SMAL)


def fill(page: Page) -> None:
    page.get_by_label("Voor mijzelf").check()
    page.get_by_label("Uw achternaam").fill("Oudshoorn")
    page.get_by_label("Bel mij").check()
    page.get_by_label("Uw telefoonnummer").fill("070-555 01 77")
    page.locator("[name=veilig][value=ja]").check()
    page.get_by_label("Vertel in uw eigen woorden").fill(HULPVRAAG)
    page.locator("[name=kan_wachten][value=ja]").check()


class TestWithoutJavaScript:
    def test_a_resident_asks_for_help(self, zonder: Page, beeld: Callable[..., Any]) -> None:
        zonder.goto("/hulp-vragen/")
        zonder.get_by_role("link", name="Ik ben inwoner").click()
        fill(zonder)
        is_older(zonder)
        beeld(zonder, "formulier")
        zonder.get_by_role("button", name="Versturen").click()

        expect(zonder.get_by_role("heading", level=1)).to_have_text("Wij hebben uw bericht ontvangen")
        kenmerk = zonder.get_by_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$")).inner_text()
        with als_systeem():
            assert Melding.objects.get(opgave__kenmerk=kenmerk).hulpvraag == HULPVRAAG
        assert zonder.context.cookies() == []

        zonder.go_back()
        is_older(zonder)
        zonder.get_by_role("button", name="Versturen").click()
        expect(zonder.get_by_text(kenmerk)).to_be_visible()
        with als_systeem():
            assert Melding.objects.filter(hulpvraag=HULPVRAAG).count() == 1

    def test_what_was_typed_stays_when_something_is_missing(self, zonder: Page) -> None:
        zonder.goto("/hulp-vragen/inwoner/")
        fill(zonder)
        zonder.get_by_label("Uw achternaam").fill("")
        is_older(zonder)
        zonder.get_by_role("button", name="Versturen").click()

        zonder.get_by_role("link", name=re.compile("Uw achternaam: Vul uw achternaam in")).click()
        expect(zonder.locator("#id_achternaam")).to_be_in_viewport()
        expect(zonder.get_by_label("Vertel in uw eigen woorden")).to_have_value(HULPVRAAG)

    def test_shows_only_what_counts(self, zonder: Page) -> None:
        zonder.goto("/hulp-vragen/inwoner/")
        expect(zonder.get_by_label("Voornaam van die persoon")).to_be_visible()
        zonder.get_by_label("Voor mijzelf").check()
        expect(zonder.get_by_label("Voornaam van die persoon")).to_be_hidden()
        zonder.get_by_label("Voor iemand anders").check()
        expect(zonder.get_by_label("Voornaam van die persoon")).to_be_visible()
        expect(zonder.locator("[name=website]")).not_to_be_in_viewport()


class TestByKeyboard:
    def test_a_professional_sends_a_form_with_nothing_but_keys(
        self, venster: Venster, bezetting: Bezetting
    ) -> None:
        page = venster.page()
        page.goto("/hulp-vragen/professional/")
        is_older(page)
        page.locator("#id_naam").focus()
        for keys in (
            "Dokter Blom", "Tab", "Huisarts", "Tab", "ArrowDown*9", "Tab", "Tab", "070-5550301", "Tab", "Tab", "Tab", "Raven",
            "Tab", "Tab", "Tab", "Tab", "Tab", "Space", "Tab", "Space", "Tab",
        ):  # fmt: skip
            key, _, times = keys.partition("*")
            if key in {"Tab", "Space", "ArrowDown"}:
                for _ in range(int(times or 1)):
                    page.keyboard.press(key)
            else:
                page.keyboard.type(key)
        expect(page.locator("#id_hulpvraag")).to_be_focused()
        page.keyboard.type("Meneer komt elke week, maar het is geen vraag voor mij.")
        for key in ("Tab", "Tab", "Space", "Tab", "Tab", "Enter"):
            page.keyboard.press(key)

        expect(page.get_by_role("heading", level=1)).to_have_text("Wij hebben uw bericht ontvangen")
        with als_systeem():
            melding = Melding.objects.select_related("contactmoment", "opgave").get(
                opgave__over_achternaam="Raven"
            )
        assert melding.contactmoment.melder_soort == "huisarts"

    def test_an_error_takes_the_focus(self, venster: Venster, bezetting: Bezetting) -> None:
        page = venster.page()
        page.goto("/hulp-vragen/inwoner/")
        page.get_by_role("button", name="Versturen").press("Enter")

        expect(page.locator("[data-fouten]")).to_be_focused()
        assert page.title().startswith("Fout: ")
