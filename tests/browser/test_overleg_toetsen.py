"""Het aanmeldoverleg met het toetsenbord: een besluit in hoogstens zes handelingen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casusregie.models import Casus
from tests.browser.conftest import Venster
from tests.browser.toetsenbord import Toetsenbord
from tests.scenarios.dorp import Dorp, build_dorp
from tests.scenarios.handelend import als_systeem
from triage.models import Agendapunt, Besluit

MEESTE_HANDELINGEN = 6
"""Eén handeling is een toets, of één keer iets kiezen of opschrijven."""


@pytest.fixture(scope="module")
def dorp(database: None) -> Dorp:
    return build_dorp()


def open_point(page: Page, dorp: Dorp, beller: str) -> int:
    with als_systeem():
        punt = Agendapunt.objects.get(aanmelding__melding__nummer=dorp.melding[beller], besluit="")
    page.goto(f"/aanmeldoverleg/{punt.overleg_id}/?punt={punt.pk}")
    return punt.pk


class TestKeysInTheMeeting:
    def test_casusregie_takes_at_most_six_acts(
        self, dorp: Dorp, venster: Venster, beeld: Callable[..., None]
    ) -> None:
        page = venster.page(dorp.team.coordinator)
        keys = Toetsenbord(page)
        punt = open_point(page, dorp, "vg-d-01")

        keys.druk("2")
        expect(page.locator(f"[name=besluit][value='{Besluit.CASUSREGIE}']")).to_be_checked()
        keys.druk("c")
        keys.druk("Space")
        expect(page.locator("[name=casusregisseur]:checked")).to_have_count(1)
        keys.druk("t")
        expect(page.locator("#id_toelichting")).to_be_focused()
        page.keyboard.type("Tim belt maandag.")
        keys.toetsen += 1
        beeld(page, "besluit")
        keys.druk("Control+Enter")

        expect(page.get_by_text(re.compile(r"Vastgelegd: \d{4}-"))).to_be_visible()
        assert keys.toetsen <= MEESTE_HANDELINGEN
        with als_systeem():
            assert Casus.objects.filter(agendapunt=punt).exists()

    def test_an_intake_takes_two(self, dorp: Dorp, venster: Venster) -> None:
        page = venster.page(dorp.team.coordinator)
        keys = Toetsenbord(page)
        punt = open_point(page, dorp, "vg-d-09")

        keys.druk("3")
        keys.druk("Control+Enter")

        expect(page.get_by_text(re.compile(r"Vastgelegd: \d{4}-"))).to_be_visible()
        with als_systeem():
            assert Agendapunt.objects.get(pk=punt).besluit == Besluit.INTAKE

    def test_walks_the_agenda(self, dorp: Dorp, venster: Venster) -> None:
        page = venster.page(dorp.team.coordinator)
        keys = Toetsenbord(page)
        open_point(page, dorp, "vg-d-14")
        here = page.get_by_role("link", name=re.compile("Amrani"))
        expect(here).to_have_attribute("aria-current", "step")

        other = "l" if page.locator("[data-toets=l]").count() else "j"
        keys.druk(other)

        expect(here).not_to_have_attribute("aria-current", "step")
        keys.druk({"l": "j", "j": "l"}[other])
        expect(here).to_have_attribute("aria-current", "step")

    def test_letters_in_a_field_stay_letters(self, dorp: Dorp, venster: Venster) -> None:
        page = venster.page(dorp.team.coordinator)
        open_point(page, dorp, "vg-d-14")

        page.keyboard.press("t")
        page.keyboard.type("2 keer 3 en een l")

        expect(page.locator("#id_toelichting")).to_have_value("2 keer 3 en een l")
        expect(page.locator("[name=besluit]:checked")).to_have_count(0)

    def test_goes_on_from_the_list_of_partijen_and_the_date(self, dorp: Dorp, venster: Venster) -> None:
        """A letter that finds an option stays in the list; the others go on to the next field."""
        page = venster.page(dorp.team.coordinator)
        open_point(page, dorp, "vg-d-14")

        for key in ("2", "p", "k", "c", "Space", "d", "t"):
            page.keyboard.press(key)

        expect(page.locator("#id_partij option:checked")).to_have_text("Kwadraad")
        expect(page.locator("[data-partij]:has([name=casusregisseur]:checked)")).to_contain_text("Tim")
        expect(page.locator("#id_toelichting")).to_be_focused()
