"""Wat u typt raakt u niet kwijt: niet als de browser omvalt, niet met twee tabbladen, niet als de sessie verloopt."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from intake.models import Melding
from skt.medewerkers.models import Medewerker
from socialekaart.services.laden import load_sociale_kaart
from tests.browser.conftest import Venster
from tests.scenarios.bezetting import WACHTWOORD, Bezetting, bezet
from tests.scenarios.handelend import als_systeem

VRAAG = "Vorige week stond bij mijn moeder de pan droog te koken."
BEWAARD = re.compile(r"Bewaard om \d\d:\d\d")


@pytest.fixture(scope="module")
def team(database: None) -> Bezetting:
    with als_systeem():
        load_sociale_kaart()
        return bezet()


def log_in(page: Page, wie: Medewerker) -> None:
    page.get_by_label("Gebruikersnaam").fill(wie.username)
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Inloggen").click()


def begin_call(page: Page) -> str:
    """Start a call and give its address."""
    page.goto("/gesprek/nieuw/")
    expect(page).to_have_url(re.compile(r"/gesprek/[0-9a-f-]{36}/$"))
    return page.url


def question(page: Page) -> "object":
    return page.get_by_label("De vraag in eigen woorden")


def expect_saved(page: Page) -> None:
    expect(page.locator("#gesprekken-stand[data-stand=bewaard]")).to_have_text(BEWAARD)


def end_sessions(wie: Medewerker) -> None:
    """What idling too long does, without waiting for it."""
    with als_systeem():
        for session in Session.objects.all():
            if session.get_decoded().get("_auth_user_id") == str(wie.pk):
                session.delete()


class TestBrowserFalls:
    def test_the_text_is_back_in_another_browser(self, venster: Venster, team: Bezetting) -> None:
        page = venster.page(team.loket)
        url = begin_call(page)
        question(page).type(VRAAG)
        page.get_by_label("Achternaam").fill("Verhage")
        page.locator("#id_score_huisvesting_1").check()
        expect_saved(page)
        page.context.close()
        venster.open.remove(page.context)

        other = venster.page()
        other.goto("/")
        log_in(other, team.loket)
        other.goto(url)

        expect(question(other)).to_have_value(VRAAG)
        expect(other.get_by_label("Achternaam")).to_have_value("Verhage")
        expect(other.locator("[name=score_huisvesting]:checked")).to_have_value("2")

    def test_the_open_call_stands_in_the_bar_and_in_the_worklist(
        self, venster: Venster, team: Bezetting
    ) -> None:
        page = venster.page(team.collega)
        begin_call(page)
        page.get_by_label("Achternaam").fill("Oosterling")
        question(page).type(VRAAG)
        expect_saved(page)

        page.goto("/werkvoorraad/")

        expect(page.locator("#g-concept")).to_contain_text("Oosterling")
        expect(page.get_by_role("navigation", name="Lopende gesprekken")).to_contain_text("Oosterling")


class TestTwoTabs:
    def test_the_second_does_not_overwrite_the_first(self, venster: Venster, team: Bezetting) -> None:
        context = venster.context(team.loket)
        first, second = context.new_page(), context.new_page()
        url = begin_call(first)
        second.goto(url)
        question(first).type(VRAAG)
        expect_saved(first)

        question(second).type("Iets anders uit het tweede tabblad.")

        expect(second.locator("#gesprekken-stand[data-stand=niet]")).to_contain_text("ander tabblad")
        expect(question(second)).to_have_value("Iets anders uit het tweede tabblad.")
        first.reload()
        expect(question(first)).to_have_value(VRAAG)

    def test_sending_from_the_second_asks_which_text_to_keep(self, venster: Venster, team: Bezetting) -> None:
        context = venster.context(team.loket)
        first, second = context.new_page(), context.new_page()
        url = begin_call(first)
        second.goto(url)
        question(first).type(VRAAG)
        expect_saved(first)
        question(second).type("Iets anders.")
        expect(second.locator("#gesprekken-stand[data-stand=niet]")).to_be_visible()

        second.get_by_role("button", name="Informatie en advies").click()

        expect(second.get_by_role("alert")).to_contain_text("ander tabblad")
        expect(question(second)).to_have_value("Iets anders.")
        expect(second.get_by_role("link", name="Toon wat daar staat")).to_be_visible()
        expect(second.get_by_role("button", name="Bewaar wat hier staat")).to_be_visible()


class TestSessionEnds:
    def test_says_so_and_goes_on_after_logging_in(self, venster: Venster, team: Bezetting) -> None:
        context = venster.context(team.collega)
        page = context.new_page()
        url = begin_call(page)
        question(page).type("Eerste zin. ")
        expect_saved(page)
        end_sessions(team.collega)

        question(page).type("Tweede zin.")
        expect(page.locator("#gesprekken-stand[data-stand=niet]")).to_contain_text("u bent uitgelogd")
        expect(question(page)).to_have_value("Eerste zin. Tweede zin.")
        with context.expect_page() as opened:
            page.get_by_role("link", name="Log opnieuw in").click()
        log_in(opened.value, team.collega)
        expect(opened.value).to_have_url(re.compile(r"/gesprek/|/werkvoorraad/"))
        opened.value.close()
        page.bring_to_front()
        page.evaluate("dispatchEvent(new Event('focus'))")

        expect_saved(page)
        page.goto(url)
        expect(question(page)).to_have_value("Eerste zin. Tweede zin.")


class TestPressedTwice:
    def test_gives_one_melding(self, venster: Venster, team: Bezetting) -> None:
        page = venster.page(team.loket)
        begin_call(page)
        text = "Een vraag die maar één keer in de lijst mag staan."
        question(page).fill(text)

        page.get_by_role("button", name="Informatie en advies").dblclick()

        expect(page).to_have_url(re.compile(r"/meldingen/"))
        with als_systeem():
            assert Melding.objects.filter(hulpvraag=text).count() == 1

    def test_also_by_keyboard_while_the_save_is_on_its_way(self, venster: Venster, team: Bezetting) -> None:
        page = venster.page(team.loket)
        begin_call(page)
        text = "Nog zo’n vraag, met twee keer Alt+1."
        question(page).type(text)

        page.keyboard.press("Alt+1")
        page.keyboard.press("Alt+1")

        expect(page).to_have_url(re.compile(r"/meldingen/"))
        with als_systeem():
            assert Melding.objects.filter(hulpvraag=text).count() == 1
