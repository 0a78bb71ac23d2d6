"""Samen vergaderen: twee vensters op één overleg of bord, en wat een ander doet komt er vanzelf bij te staan."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from casusregie.ketencontrole import find_violations
from tests.browser.conftest import Venster
from tests.browser.toetsenbord import Toetsenbord
from tests.factories.triage import AanmeldingFactory, OverlegFactory
from tests.scenarios.dorp import Dorp, build_dorp
from tests.scenarios.handelend import als, als_systeem
from triage.models import Aanmelding, Agendapunt, Bord, KentGezin
from triage.services import move_card

BORD = "/aanmeldoverleg/?bord=volwassenen"


@pytest.fixture(scope="module")
def dorp(database: None) -> Dorp:
    return build_dorp()


def open_punt(dorp: Dorp, beller: str) -> Agendapunt:
    with als_systeem():
        punten = Agendapunt.objects.select_related("overleg", "aanmelding__melding__inwoner")
        return punten.get(aanmelding__melding__nummer=dorp.melding[beller], besluit="")


def card(page: Page, nummer: str) -> str:
    return f"[data-kaart='{nummer.partition('-')[2]}']"


def column_of(page: Page, nummer: str) -> str:
    kaart = page.locator(card(page, nummer))
    return str(kaart.evaluate("el => el.closest('[data-kolom]').dataset.kolom"))


class TestBoard:
    def test_a_card_moved_by_another_comes_by_itself_and_the_focus_stays(
        self, dorp: Dorp, venster: Venster
    ) -> None:
        page = venster.page(dorp.team.coordinator)
        page.goto(BORD)
        with als_systeem():
            kaarten = list(
                Aanmelding.objects.filter(bord="volwassenen", status="voor_overleg").select_related("melding")
            )
        weg, blijft = kaarten[0], kaarten[1]
        held = page.locator(f"{card(page, blijft.melding.nummer)} .skt-kaart__kop a")
        held.focus()
        page.locator(f"{card(page, blijft.melding.nummer)} summary").press("Enter")

        with als(dorp.team.toegang):
            move_card(aanmelding=weg, naar="te_beleggen", actor=dorp.team.toegang, at=dorp.nu)
        page.evaluate("dispatchEvent(new Event('online'))")

        expect(page.locator(f"[data-kolom=te_beleggen] {card(page, weg.melding.nummer)}")).to_be_visible()
        expect(page.locator(f"{card(page, weg.melding.nummer)} .skt-kaart__nieuws")).to_contain_text("Noor")
        expect(page.locator(f"{card(page, blijft.melding.nummer)} details")).to_have_attribute("open", "")
        expect(page.locator(f"{card(page, blijft.melding.nummer)} summary")).to_be_focused()

    def test_says_since_when_it_is_no_longer_right(self, dorp: Dorp, venster: Venster) -> None:
        page = venster.page(dorp.team.coordinator)
        page.goto(BORD)

        def fall_silent(route: Route) -> None:
            route.abort()

        page.route("**/aanmeldoverleg/*stand=*", fall_silent)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("[data-bijgewerkt]")).to_contain_text(
            re.compile(r"Niet meer bijgewerkt sinds \d\d:\d\d uur")
        )

        page.unroute("**/aanmeldoverleg/*stand=*")
        page.get_by_role("button", name="Werk nu bij").click()
        expect(page.locator("[data-bijgewerkt]")).to_contain_text(
            re.compile(r"^\s*Bijgewerkt om \d\d:\d\d uur")
        )

    def test_a_card_another_was_quicker_with_is_shown_where_it_is(self, dorp: Dorp, venster: Venster) -> None:
        page = venster.page(dorp.team.coordinator)
        page.goto(BORD)
        with als_systeem():
            weg = (
                Aanmelding.objects.filter(bord="volwassenen", status="intake")
                .select_related("melding")
                .first()
            )
        kaart = page.locator(card(page, weg.melding.nummer))
        kaart.locator("summary").focus()
        page.keyboard.press("Enter")
        kaart.locator("select").select_option("voor_overleg")
        with als(dorp.team.toegang):
            move_card(aanmelding=weg, naar="te_beleggen", actor=dorp.team.toegang, at=dorp.nu)

        kaart.get_by_role("button", name="Verplaats").click()

        expect(page.locator("#skt-berichten")).to_contain_text("Noor Verhoef heeft deze aanmelding")
        expect(page.locator(f"[data-kolom=te_beleggen] {card(page, weg.melding.nummer)}")).to_be_visible()


class TestMeeting:
    def test_who_looks_along_goes_along_and_sees_the_besluit(self, dorp: Dorp, venster: Venster) -> None:
        punt = open_punt(dorp, "vg-d-09")
        leidt, kijkt = venster.page(dorp.team.coordinator), venster.page(dorp.team.teamlid)
        leidt.goto(f"/aanmeldoverleg/{punt.overleg_id}/?punt={punt.pk}")
        kijkt.goto(f"/aanmeldoverleg/{punt.overleg_id}/")
        naam = punt.aanmelding.melding.over_wie

        leidt.keyboard.press("b")
        expect(leidt.locator(".skt-agenda [aria-current]")).to_contain_text(naam)
        kijkt.evaluate("dispatchEvent(new Event('online'))")
        expect(kijkt.locator(".skt-verhaal h2").first).to_contain_text(naam)

        leidt.keyboard.press("3")
        leidt.keyboard.press("Control+Enter")
        expect(leidt.get_by_text(re.compile(r"Vastgelegd: \d{4}-"))).to_be_visible()
        kijkt.evaluate("dispatchEvent(new Event('online'))")
        expect(kijkt.locator(f".skt-agenda a[href$='punt={punt.pk}']")).to_contain_text("Verdiepende intake")
        expect(kijkt.locator(".skt-verhaal h2").first).not_to_contain_text(naam)

    def test_what_a_second_secretary_typed_stays_when_the_first_decides(
        self, dorp: Dorp, venster: Venster
    ) -> None:
        punt = open_punt(dorp, "vg-d-14")
        eerste, tweede = venster.page(dorp.team.coordinator), venster.page(dorp.team.toegang)
        for page in (eerste, tweede):
            page.goto(f"/aanmeldoverleg/{punt.overleg_id}/?punt={punt.pk}")
        tweede.keyboard.press("4")
        tweede.keyboard.press("t")
        tweede.keyboard.type("De Wmo-consulent belt.")

        eerste.keyboard.press("3")
        eerste.keyboard.press("Control+Enter")
        expect(eerste.get_by_text(re.compile(r"Vastgelegd: \d{4}-"))).to_be_visible()
        tweede.evaluate("dispatchEvent(new Event('online'))")

        expect(tweede.get_by_role("alert")).to_contain_text("Een collega was u voor")
        expect(tweede.get_by_role("alert")).to_contain_text("Verdiepende intake")
        expect(tweede.locator("#id_toelichting")).to_have_value("De Wmo-consulent belt.")
        tweede.keyboard.press("Control+Enter")
        expect(tweede.get_by_text("Hierover is al besloten").first).to_be_visible()
        expect(tweede.get_by_text("De Wmo-consulent belt.")).to_be_visible()

    def test_a_besluit_without_a_connection_is_not_lost(self, dorp: Dorp, venster: Venster) -> None:
        punt = open_punt(dorp, "vg-d-01")
        page = venster.page(dorp.team.coordinator)
        page.goto(f"/aanmeldoverleg/{punt.overleg_id}/?punt={punt.pk}")
        page.keyboard.press("3")
        page.keyboard.press("t")
        page.keyboard.type("Tim belt.")

        page.context.set_offline(True)
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("alert")).to_contain_text("Er is geen verbinding")
        page.context.set_offline(False)

        expect(page.locator("#id_toelichting")).to_have_value("Tim belt.")
        expect(page.locator("[name=besluit]:checked")).to_have_value("verdiepende intake of huisbezoek")
        with als_systeem():
            assert Agendapunt.objects.get(pk=punt.pk).besluit == ""

    def test_who_knows_the_family_says_so_by_keyboard(self, dorp: Dorp, venster: Venster) -> None:
        punt = open_punt(dorp, "vg-d-01")
        page = venster.page(dorp.team.teamlid)
        page.goto(f"/aanmeldoverleg/{punt.overleg_id}/?punt={punt.pk}")
        keys = Toetsenbord(page)

        keys.druk("k")
        keys.naar(page.get_by_role("button", name="Ja, verberg deze aanmelding voor mij"))
        keys.druk("Enter")

        expect(page.get_by_role("heading", name="U kent dit gezin")).to_be_visible()
        assert punt.aanmelding.melding.over_wie not in page.content()
        with als_systeem():
            assert KentGezin.objects.get().medewerker == dorp.team.teamlid


AANTAL = 6
MEESTE_HANDELINGEN = 6


class TestWholeMeeting:
    def test_is_run_by_keyboard_alone(self, dorp: Dorp, venster: Venster) -> None:
        """Casusregie, intake, Wmo en aanhouden door elkaar; elk in hoogstens zes handelingen, en niemand raakt de muis aan."""
        with als_systeem():
            overleg = OverlegFactory(bord=Bord.GEZAMENLIJK, begint_op=dorp.nu)
            AanmeldingFactory.create_batch(AANTAL, gezamenlijk=True, overleg=overleg)
        page = venster.page(dorp.team.toegang)
        page.goto(f"/aanmeldoverleg/{overleg.pk}/")
        page.keyboard.press("b")
        expect(page.locator(".is-op-tafel")).to_be_visible()
        handelingen = []

        for nummer in range(AANTAL):
            keys = Toetsenbord(page)
            besluit = "2324282"[nummer % 7]
            keys.druk(besluit)
            if besluit == "2":
                keys.druk("c")
                keys.druk("Space")
            if besluit in "28":
                keys.druk("t")
                page.keyboard.type("Belt deze week.")
                keys.toetsen += 1
            keys.druk("Control+Enter")
            handelingen.append(keys.toetsen)
            expect(page.locator(".skt-voortgang b")).to_have_text(str(nummer + 1))

        assert max(handelingen) <= MEESTE_HANDELINGEN
        with als_systeem():
            assert not Agendapunt.objects.filter(overleg=overleg, besluit="").exists()
            assert find_violations() == []
