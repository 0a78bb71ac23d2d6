"""Een afspraak plannen met alleen toetsen, zonder JavaScript, en met twee tegelijk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.models import Afspraak, Melding, Terugbelverzoek
from skt.medewerkers.models import Medewerker
from tests.browser.conftest import Venster
from tests.browser.toetsenbord import Toetsenbord
from tests.factories.intake import MeldingFactory
from tests.scenarios.bezetting import Bezetting
from tests.scenarios.handelend import als_systeem

MEESTE_TOETSEN = 60
"""From the melding to the planned afspraak, with one field changed."""


@pytest.fixture
def melding(bezetting: Bezetting) -> Melding:
    with als_systeem():
        return MeldingFactory(medewerker=bezetting.loket, uiterlijk=timezone.now() + timedelta(days=3))


@pytest.fixture
def page_of(venster: Venster) -> Callable[..., Page]:
    return lambda wie, **options: venster.page(wie, **options)


def planned(melding: Melding) -> list[Afspraak]:
    with als_systeem():
        return list(Afspraak.objects.planned().filter(melding=melding))


class TestPlanning:
    def test_by_keyboard_alone(
        self,
        bezetting: Bezetting,
        melding: Melding,
        page_of: Callable[..., Page],
        beeld: Callable[..., None],
        record_property: Callable[[str, object], None],
    ) -> None:
        page = page_of(bezetting.loket)
        page.goto(f"/meldingen/{melding.nummer}/")
        toets = Toetsenbord(page)
        toets.activeer(page.get_by_role("link", name="Afspraak plannen"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Afspraak plannen")
        toets.kies(page.locator("#id_soort"), "Huisbezoek")
        expect(page.locator("#k-momenten")).to_have_text("Vrije momenten van 60 minuten")
        toets.zet(page.locator("[name=moment]").nth(1))
        beeld(page, "moment")
        toets.activeer(page.get_by_role("button", name="Plan de afspraak"))
        expect(page.get_by_role("heading", name="Lees voor aan de beller")).to_be_visible()

        (afspraak,) = planned(melding)
        assert afspraak.duur == 60
        record_property("toetsen", toets.toetsen)
        assert toets.toetsen <= MEESTE_TOETSEN

    def test_without_javascript_and_one_of_two_is_too_late(
        self, bezetting: Bezetting, melding: Melding, page_of: Callable[..., Page]
    ) -> None:
        with als_systeem():
            ander = MeldingFactory(medewerker=bezetting.loket, uiterlijk=timezone.now() + timedelta(days=3))
        eerst = page_of(bezetting.loket, java_script_enabled=False)
        dan = page_of(bezetting.collega, java_script_enabled=False)
        wie = bezetting.collega.naam
        for page, over in ((eerst, melding), (dan, ander)):
            page.goto(f"/meldingen/{over.nummer}/afspraak/")
            page.locator("#id_wie").select_option(label=wie)
            page.get_by_role("button", name="Later").click()
            page.locator("[name=moment]").nth(2).check(force=True)
        chosen = dan.locator("[name=moment]:checked").get_attribute("value")
        dan.locator("summary", has_text="Nog iemand").click()
        dan.locator("#id_toelichting").fill("Zij hoort slecht; spreek langzaam.")
        for page in (eerst, dan):
            page.get_by_role("button", name="Plan de afspraak").click()

        expect(eerst.get_by_role("heading", name="Lees voor aan de beller")).to_be_visible()
        expect(dan.locator("[data-fouten]")).to_contain_text("Kies een ander moment.")
        expect(dan.locator("#id_toelichting")).to_have_value("Zij hoort slecht; spreek langzaam.")
        assert dan.locator(f"[name=moment][value='{chosen}']").count() == 0
        dan.locator("[name=moment]").nth(2).check(force=True)
        dan.get_by_role("button", name="Plan de afspraak").click()
        expect(dan.get_by_role("heading", name="Lees voor aan de beller")).to_be_visible()
        assert planned(melding)[0].begin != planned(ander)[0].begin


class TestCallingBack:
    def test_is_agreed_by_keyboard(
        self, bezetting: Bezetting, melding: Melding, page_of: Callable[..., Page]
    ) -> None:
        wie: Medewerker = bezetting.loket
        page = page_of(wie)
        page.goto(f"/meldingen/{melding.nummer}/terugbellen/")
        toets = Toetsenbord(page)
        toets.zet(page.locator("[name=wanneer]").nth(1))
        expect(page.locator("#id_uiterlijk")).to_be_hidden()
        toets.activeer(page.get_by_role("button", name="Spreek af"))
        expect(page.get_by_text("Afgesproken:")).to_be_visible()

        with als_systeem():
            assert Terugbelverzoek.objects.get(melding=melding).medewerker == wie
