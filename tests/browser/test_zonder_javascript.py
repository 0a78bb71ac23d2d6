"""De hele keten zonder JavaScript: alles is een gewone link of een gewoon formulier."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casusregie.models import Actie, Casus
from intake.models import Melding
from intake.status import MeldingStatus
from skt.medewerkers.models import Medewerker
from tests.browser.conftest import Venster
from tests.scenarios.dorp import Dorp, build_dorp
from tests.scenarios.handelend import als_systeem
from triage.models import Aanmelding, Agendapunt, Besluit
from triage.status import AanmeldingStatus

HULPVRAAG = "Mijn buurvrouw doet de deur niet meer open, en de post ligt tot op de stoep."


@pytest.fixture(scope="module")
def dorp(database: None) -> Dorp:
    return build_dorp()


@pytest.fixture
def zonder(venster: Venster) -> Callable[[Medewerker], Page]:
    return lambda wie: venster.page(wie, java_script_enabled=False)


class TestWithoutJavaScript:
    def test_a_call_is_registered_and_triaged(
        self, dorp: Dorp, zonder: Callable[[Medewerker], Page], beeld: Callable[..., None]
    ) -> None:
        page = zonder(dorp.team.loket)
        page.goto("/werkvoorraad/")
        page.get_by_role("link", name="Nieuw gesprek").click()
        page.locator("#id_achternaam").fill("Oudshoorn")
        page.locator("#id_geboren").fill("4-5-1949")
        page.locator("#id_hulpvraag").fill(HULPVRAAG)
        page.locator("summary", has_text="Alle 12 thema’s").click()
        page.locator("[name=themas][value='zelfstandig wonen van ouderen']").check(force=True)
        page.locator("#id_meervoudigheid_1").check(force=True)
        page.locator("[name=score_praktisch][value='2']").check(force=True)
        beeld(page, "gesprek")
        page.get_by_role("button", name="Naar triage").click()
        expect(page).to_have_url(re.compile(r"/meldingen/\d{4}-\d+/$"))
        nummer = page.url.rstrip("/").rpartition("/")[2]

        page = zonder(dorp.team.toegang)
        page.goto("/triage/")
        page.locator(f"a[href='/triage/{nummer}/']").first.click()
        page.locator("[name=nuldelijn][value=past_niet]").check(force=True)
        page.locator("#id_nuldelijn_toelichting").fill("Eerst kijken hoe het met haar gaat.")
        page.locator("[name=ernst][value=hoog]").check(force=True)
        page.locator("[name=urgentie][value^=regulier]").check(force=True)
        page.locator("[name=uitkomst][value=aanmeldoverleg]").check(force=True)
        page.locator("[name=ernaast][value=later]").check(force=True)
        page.locator("[name=bord][value=volwassenen]").check(force=True)
        beeld(page, "triage")
        page.get_by_role("button", name="Triage vastleggen").click()

        expect(page.get_by_text(f"{nummer} staat nu op het bord")).to_be_visible()
        with als_systeem():
            assert Melding.objects.get(nummer=nummer).status == MeldingStatus.BIJ_TEAM

    def test_a_decision_is_taken(self, dorp: Dorp, zonder: Callable[[Medewerker], Page]) -> None:
        page = zonder(dorp.team.coordinator)
        with als_systeem():
            punt = Agendapunt.objects.get(aanmelding__melding__nummer=dorp.melding["vg-d-01"], besluit="")
        page.goto(f"/aanmeldoverleg/{punt.overleg_id}/?punt={punt.pk}")
        page.locator(f"[name=besluit][value='{Besluit.CASUSREGIE}']").check(force=True)
        page.locator("#id_partij").select_option(label="Kwadraad")
        page.locator(f"[name=casusregisseur][value='{dorp.team.casusregisseur.pk}']").check(force=True)
        page.locator("#id_toelichting").fill("Tim belt maandag.")
        page.get_by_role("button", name=re.compile("^Vastleggen")).click()

        expect(page.get_by_text(re.compile(r"Vastgelegd: \d{4}-"))).to_be_visible()
        with als_systeem():
            punt.refresh_from_db()
            assert punt.besluit == Besluit.CASUSREGIE
            assert Casus.objects.filter(agendapunt=punt).exists()

    def test_a_card_is_moved(self, dorp: Dorp, zonder: Callable[[Medewerker], Page]) -> None:
        nummer = dorp.melding["vg-d-09"]
        page = zonder(dorp.team.coordinator)
        page.goto("/aanmeldoverleg/?bord=volwassenen")
        card = page.get_by_role("article", name="Henk Dijkgraaf")
        card.locator("summary").click()
        card.get_by_label("Verplaats naar").select_option(AanmeldingStatus.INTAKE)
        card.get_by_role("button", name="Verplaats").click()

        expect(page.locator("#kolom-intake").get_by_role("article", name="Henk Dijkgraaf")).to_be_visible()
        with als_systeem():
            assert Aanmelding.objects.get(melding__nummer=nummer).status == AanmeldingStatus.INTAKE

    def test_an_actie_is_finished_with_the_next_one_ready(
        self, dorp: Dorp, zonder: Callable[[Medewerker], Page]
    ) -> None:
        actie, casus = dorp.ding["actie"], dorp.ding["casus"]
        page = zonder(dorp.team.casusregisseur)
        page.goto(f"/casussen/{casus.nummer}/")
        page.get_by_role("link", name=actie.wat).click()
        page.locator("#id_wat").fill("Over een maand samen terugkijken")
        page.locator("[name=uitvoerder][value=organisatie]").check(force=True)
        page.locator("#id_medewerker").select_option(str(dorp.team.casusregisseur.pk))
        page.locator("#id_uiterlijk").fill((timezone.localdate() + timedelta(days=30)).isoformat())
        page.get_by_role("button", name="Zet op klaar").click()

        expect(page.get_by_role("link", name="Over een maand samen terugkijken")).to_be_visible()
        with als_systeem():
            assert Actie.objects.get(pk=actie.pk).status == Actie.Status.KLAAR
