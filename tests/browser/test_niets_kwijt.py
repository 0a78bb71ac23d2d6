"""Wat u typt raakt u niet kwijt: niet als de browser omvalt, niet met twee tabbladen, niet als de sessie verloopt."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from intake.models import Melding
from skt.medewerkers.models import Medewerker
from socialekaart.services.laden import load_sociale_kaart
from tests.browser.conftest import STIL, Venster
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


def question(page: Page) -> Locator:
    return page.get_by_label("De vraag in eigen woorden")


def expect_saved(page: Page) -> None:
    expect(page.locator("#gesprekken-stand[data-stand=bewaard]")).to_have_text(BEWAARD)


def wait_for_vault(page: Page, *, full: bool) -> None:
    """Until this browser keeps something that the server did not confirm, or nothing any more."""
    page.evaluate(
        """full => new Promise(resolve => {
          const look = () => Object.keys(localStorage).some(name => name.startsWith('skt-concept:')) === full
            ? resolve() : setTimeout(look, 50);
          look();
        })""",
        full,
    )


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


class TestBrowserIsKilled:
    def test_in_the_middle_of_typing_loses_nothing_that_was_shown_as_kept(
        self, playwright_browser: Browser, chromium: str, venster: Venster, team: Bezetting
    ) -> None:
        """A browser process of its own, killed without a chance to say goodbye."""
        own = playwright_browser.browser_type.launch(executable_path=chromium, args=list(STIL))
        page = Venster(own, venster.site, []).page(team.loket)
        url = begin_call(page)
        question(page).type(VRAAG)
        expect_saved(page)
        question(page).type(" En toen")
        with pytest.raises(PlaywrightError):
            own.new_browser_cdp_session().send("Browser.crash")

        after = venster.page(team.loket)
        after.goto(url)
        assert question(after).input_value().startswith(VRAAG)


class TestNetworkIsGone:
    def test_keeps_it_encrypted_here_and_saves_it_when_it_is_back(
        self, venster: Venster, team: Bezetting
    ) -> None:
        context = venster.context(team.loket)
        page = context.new_page()
        begin_call(page)
        question(page).type("Voor de storing. ")
        expect_saved(page)
        context.set_offline(True)
        question(page).type("Tijdens de storing.")
        expect(page.locator("#gesprekken-stand[data-stand=niet]")).to_contain_text("geen verbinding")
        wait_for_vault(page, full=True)
        assert "storing" not in page.evaluate("JSON.stringify(localStorage)")

        context.set_offline(False)

        expect_saved(page)
        wait_for_vault(page, full=False)
        page.reload()
        expect(question(page)).to_have_value("Voor de storing. Tijdens de storing.")

    def test_a_page_that_falls_during_it_has_its_text_back(self, venster: Venster, team: Bezetting) -> None:
        context = venster.context(team.loket)
        page = context.new_page()
        url = begin_call(page)
        expect(question(page)).to_be_visible()
        context.set_offline(True)
        question(page).type("Alleen hier.")
        wait_for_vault(page, full=True)
        expect(page.locator("#gesprekken-stand[data-stand=niet]")).to_be_visible()
        page.close(run_before_unload=False)
        context.set_offline(False)

        again = context.new_page()
        again.goto(url)

        expect(question(again)).to_have_value("Alleen hier.")
        expect_saved(again)
        wait_for_vault(again, full=False)


class TestServerDoesNotAnswer:
    def test_the_page_goes_on_trying_until_it_does(self, venster: Venster, team: Bezetting) -> None:
        """To the page a stopped server is a refused connection: each save fails, and the next one is tried."""
        page = venster.page(team.loket)
        begin_call(page)
        page.route("**/bewaren/", lambda route: route.abort("connectionrefused"))
        question(page).type("De server is even weg.")
        expect(page.locator("#gesprekken-stand[data-stand=niet]")).to_contain_text("geen verbinding")

        page.unroute("**/bewaren/")

        expect_saved(page)
        page.reload()
        expect(question(page)).to_have_value("De server is even weg.")


class TestTwoTabs:
    def test_what_only_one_side_changed_is_merged_silently(self, venster: Venster, team: Bezetting) -> None:
        context = venster.context(team.loket)
        first, second = context.new_page(), context.new_page()
        url = begin_call(first)
        second.goto(url)
        question(first).type(VRAAG)
        second.get_by_label("Achternaam").fill("Verhage")

        expect(first.get_by_label("Achternaam")).to_have_value("Verhage")
        expect(question(second)).to_have_value(VRAAG)
        expect_saved(first)
        expect_saved(second)

    def test_what_both_changed_is_asked(self, venster: Venster, team: Bezetting) -> None:
        first, second = venster.page(team.loket), venster.page(team.loket)
        url = begin_call(first)
        second.goto(url)
        question(first).type(VRAAG)
        expect_saved(first)

        question(second).type("Iets anders uit het tweede tabblad.")

        choice = second.locator("#botsingen")
        expect(choice).to_contain_text(VRAAG)
        expect(choice).to_contain_text("Iets anders uit het tweede tabblad.")
        expect(second.locator("#gesprekken-stand[data-stand=niet]")).to_contain_text("kies")
        first.reload()
        expect(question(first)).to_have_value(VRAAG)

        choice.get_by_role("button", name="Houd beide teksten").click()

        expect_saved(second)
        first.reload()
        expect(question(first)).to_have_value(f"{VRAAG}\nIets anders uit het tweede tabblad.")

    def test_nothing_is_sent_before_the_choice(self, venster: Venster, team: Bezetting) -> None:
        first, second = venster.page(team.loket), venster.page(team.loket)
        url = begin_call(first)
        second.goto(url)
        question(first).type("Een tekst die blijft staan.")
        expect_saved(first)
        question(second).type("Iets anders.")
        expect(second.locator("#botsingen")).to_be_visible()

        second.get_by_role("button", name="Informatie en advies").click()

        expect(second.locator("#botsingen button").first).to_be_focused()
        expect(question(second)).to_have_value("Iets anders.")
        with als_systeem():
            assert not Melding.objects.filter(hulpvraag__startswith="Een tekst die blijft").exists()


class TestSessionEnds:
    def test_logs_in_on_the_page_itself_and_goes_on(
        self, venster: Venster, team: Bezetting, beeld: Callable[..., None]
    ) -> None:
        page = venster.page(team.collega)
        url = begin_call(page)
        question(page).type("Eerste zin. ")
        expect_saved(page)
        end_sessions(team.collega)

        question(page).type("Tweede zin.")
        dialog = page.get_by_role("dialog", name="Log opnieuw in")
        expect(dialog).to_be_visible()
        expect(page.locator("#gesprekken-stand[data-stand=niet]")).to_contain_text("u bent uitgelogd")
        expect(question(page)).to_be_focused()
        beeld(page, "uitgelogd")
        question(page).type(" Derde zin.")

        dialog.get_by_label("Wachtwoord").fill("helemaal verkeerd")
        dialog.get_by_role("button", name="Log in en ga verder").click()
        expect(dialog.get_by_role("alert")).not_to_be_empty()
        dialog.get_by_label("Wachtwoord").fill(WACHTWOORD)
        dialog.get_by_role("button", name="Log in en ga verder").click()

        expect(dialog).to_be_hidden()
        expect_saved(page)
        assert page.url == url
        page.goto(url)
        expect(question(page)).to_have_value("Eerste zin. Tweede zin. Derde zin.")

    def test_without_javascript_what_was_sent_comes_back(self, venster: Venster, team: Bezetting) -> None:
        page = venster.page(team.collega, java_script_enabled=False)
        begin_call(page)
        text = "Getypt zonder JavaScript, en toen was de sessie weg."
        question(page).fill(text)
        end_sessions(team.collega)
        page.get_by_role("button", name="Informatie en advies").click()
        expect(page.get_by_text("U was uitgelogd.")).to_be_visible()
        assert text not in page.content()

        log_in(page, team.collega)
        page.get_by_role("button", name="Verstuur alsnog").click()

        expect(page).to_have_url(re.compile(r"/meldingen/"))
        with als_systeem():
            assert Melding.objects.filter(hulpvraag=text).count() == 1


class TestLogOut:
    def test_wipes_what_this_browser_still_kept(self, venster: Venster, team: Bezetting) -> None:
        page = venster.page(team.loket)
        begin_call(page)
        page.route("**/bewaren/", lambda route: route.abort())
        question(page).type("Nog niet bevestigd.")
        wait_for_vault(page, full=True)
        page.goto("/werkvoorraad/")
        wait_for_vault(page, full=True)

        page.locator("summary[aria-label$='uw menu']").click()
        page.locator(".skt-menu--ik").get_by_role("button", name="Uitloggen").click()

        expect(page).to_have_url(re.compile(r"/inloggen/"))
        wait_for_vault(page, full=False)

    def test_another_medewerker_finds_nothing(self, venster: Venster, team: Bezetting) -> None:
        page = venster.page(team.loket)
        begin_call(page)
        page.route("**/bewaren/", lambda route: route.abort())
        question(page).type("Nog niet bevestigd.")
        wait_for_vault(page, full=True)
        end_sessions(team.loket)
        page.goto("/inloggen/")
        log_in(page, team.collega)
        expect(page).to_have_url(re.compile(r"/werkvoorraad/"))

        wait_for_vault(page, full=False)


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
