"""Een triage met het toetsenbord: oppakken, wegen, iemand in het netwerk, en niets kwijt als de pagina weg is."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from intake.models import Melding, Netwerklid
from intake.status import MeldingStatus
from tests.browser.conftest import Venster
from tests.browser.toetsenbord import Toetsenbord
from tests.scenarios.dorp import Dorp, build_dorp
from tests.scenarios.handelend import als_systeem
from triage.models import Triage


@pytest.fixture(scope="module")
def dorp(database: None) -> Dorp:
    return build_dorp()


def test_a_melding_is_weighed_by_keys_alone(dorp: Dorp, venster: Venster, beeld: Callable[..., None]) -> None:
    page = venster.page(dorp.team.toegang)
    keys = Toetsenbord(page)
    page.goto("/triage/")
    keys.druk("n")
    expect(page).to_have_url(re.compile(r"/triage/\d{4}-\d+/$"))
    nummer = page.url.rstrip("/").rpartition("/")[2]
    expect(page.get_by_role("button", name="Geef terug")).to_be_visible()

    keys.druk("Alt+1")
    keys.zet(page.locator("[name=nuldelijn][value=past_niet]"))
    keys.schrijf(page.locator("#id_nuldelijn_toelichting"), "Alles is al geprobeerd.")
    expect(page.locator("#gesprekken-stand")).to_contain_text("Bewaard om")
    page.reload()
    expect(page.locator("#id_nuldelijn_toelichting")).to_have_value("Alles is al geprobeerd.")

    keys.druk("Alt+5")
    schrijf = page.locator("#deel-netwerk summary", has_text="Schrijf iemand op")
    keys.activeer(schrijf)
    keys.schrijf(page.locator("#id_nw_naam"), "Ria")
    keys.kies(page.locator("#id_nw_relatie"), "Buur")
    keys.kies(page.locator("#id_nw_werking"), "Steunend")
    keys.activeer(page.get_by_role("button", name="Zet in het netwerk"))
    expect(page.get_by_role("img", name=re.compile("Ria, buur, steunend"))).to_be_visible()
    beeld(page, "netwerk")

    keys.druk("Alt+3")
    keys.zet(page.locator("[name=ernst][value=hoog]"))
    keys.zet(page.locator("[name=urgentie][value^=regulier]"))
    keys.druk("Alt+6")
    keys.zet(page.locator("[name=uitkomst][value=aanmeldoverleg]"))
    keys.zet(page.locator("[name=ernaast][value=later]"))
    keys.zet(page.locator("[name=bord][value=volwassenen]"))
    if page.locator("[data-anders]").is_visible():
        keys.kies(page.locator("#id_afwijkreden"), "Ik weet meer dan er in de uitvraag staat")
    keys.druk("Control+Enter")

    expect(page.get_by_text(f"{nummer} staat nu op het bord")).to_be_visible()
    with als_systeem():
        melding = Melding.objects.get(nummer=nummer)
        assert melding.status == MeldingStatus.BIJ_TEAM
        assert Triage.objects.get(melding=melding).ernaast == "later"
        assert Netwerklid.objects.filter(inwoner=melding.inwoner, naam="Ria").exists()
