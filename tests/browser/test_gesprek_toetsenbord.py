"""Vijf bellers, elke route een: ingevoerd met alleen het toetsenbord, en waar ze dan uitkomen."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from intake.models import Afhandeling, Melding
from intake.status import MeldingStatus
from skt.kern.keuzelijsten import Leefgebied, Thema
from socialekaart.models import Voorziening
from socialekaart.services.laden import load_sociale_kaart
from tests.browser.conftest import Venster
from tests.browser.toetsenbord import Teller, Toetsenbord
from tests.scenarios.bezetting import Bezetting, bezet
from tests.scenarios.handelend import als_systeem
from tests.scenarios.vignetten import Vignet, Vraag, read_vignetten
from triage.models import Aanmelding
from triage.status import AanmeldingStatus

BELLERS = {
    "vg-d-31": Afhandeling.INFORMATIE,
    "vg-d-34": Afhandeling.HULPVERLENING,
    "vg-d-08": Afhandeling.TRIAGE,
    "vg-d-04": Afhandeling.ANDERE_TOEGANG,
    "vg-d-17": Afhandeling.CRISISROUTE,
}
"""Informatie, hulp, triage, andere toegang, crisis; de andere bellers gaan door dezelfde views in tests/scenarios."""
TOETS = {
    Afhandeling.INFORMATIE: "Alt+1",
    Afhandeling.HULPVERLENING: "Alt+2",
    Afhandeling.TRIAGE: "Alt+3",
    Afhandeling.ANDERE_TOEGANG: "Alt+4",
    Afhandeling.CRISISROUTE: "Alt+9",
}
WOORDEN = 12
"""Zoveel van het gesprek wordt getypt; de rest voegt niets toe aan de proef."""


@pytest.fixture(scope="module")
def team(database: None) -> Bezetting:
    with als_systeem():
        load_sociale_kaart()
        return bezet()


@pytest.mark.parametrize("beller", [v for v in read_vignetten() if v.id in BELLERS], ids=str)
class TestOnlyKeys:
    def test_the_call_ends_where_it_should(
        self, beller: Vignet, venster: Venster, team: Bezetting, beeld: Callable[..., None]
    ) -> None:
        route = BELLERS[beller.id]
        page = venster.page(team.loket)
        keys = Toetsenbord(page)
        page.goto("/werkvoorraad/")
        keys.activeer(page.get_by_role("link", name="Nieuw gesprek"))
        expect(page).to_have_url(re.compile(r"/gesprek/[0-9a-f-]{36}/$"))

        fill_left(keys, page, beller)
        fill_middle(keys, page, beller.eerste, beller)
        fill_right(keys, page, beller.eerste, route)
        beeld(page, "gesprek")
        keys.druk(TOETS[route])
        if route == Afhandeling.CRISISROUTE:
            warn(keys, page)
        expect(page).to_have_url(re.compile(r"/meldingen/\d{4}-\d+/$"))

        beeld(page, "melding")
        nummer = page.url.rstrip("/").rpartition("/")[2]
        check_ended(nummer, beller.eerste, route)
        if route == Afhandeling.TRIAGE:
            triage_by_keys(venster.page(team.toegang), nummer, beller.eerste, beeld)
            check_on_board(nummer, beller.eerste)


MEESTE_HANDELINGEN = 12


class TestInformatieEnAdvies:
    def test_takes_at_most_twelve_actions(
        self, venster: Venster, team: Bezetting, beeld: Callable[..., None]
    ) -> None:
        """A whole call: the question, a thema, who, about whom, something from the sociale kaart, the advice, done."""
        page = venster.page(team.loket)
        page.goto("/sociale-kaart/")
        doe = Teller(page)
        begin = time.monotonic()

        doe.druk("Alt+n")
        expect(page.locator("#id_hulpvraag")).to_be_focused()
        doe.typ("Mijn moeder van 84 kan niet meer koken. Is er iemand die warme maaltijden thuis brengt?")
        expect(page.locator("[data-thema][data-toets='Alt+T']")).to_be_visible()
        doe.druk("Alt+t")
        expect(page.locator("[data-toets='Alt+Shift+1']")).to_be_visible()
        doe.druk("Alt+Shift+1")
        expect(page.get_by_role("list", name="Meegegeven").get_by_role("listitem")).to_have_count(1)
        doe.druk("Alt+o")
        expect(page.locator("#id_roepnaam")).to_be_focused()
        doe.typ("Annie")
        doe.druk("Tab")
        doe.typ("Oudshoorn")
        doe.druk("Alt+a")
        doe.typ("Nummer gegeven; zij belt zelf.")
        doe.druk("Alt+1")
        expect(page).to_have_url(re.compile(r"/meldingen/\d{4}-\d+/$"))

        assert doe.aantal <= MEESTE_HANDELINGEN, doe.handelingen
        assert time.monotonic() - begin < 60
        nummer = page.url.rstrip("/").rpartition("/")[2]
        with als_systeem():
            melding = Melding.objects.get(nummer=nummer)
            assert melding.afhandeling == Afhandeling.INFORMATIE
            assert (len(melding.themas), melding.meegegeven.count()) == (1, 1)
            assert melding.inwoner.achternaam == "Oudshoorn"
        beeld(page, "na-twaalf")

    def test_says_what_is_missing_and_goes_there(self, venster: Venster, team: Bezetting) -> None:
        page = venster.page(team.loket)
        page.goto("/gesprek/nieuw/")
        page.keyboard.press("Alt+4")

        expect(page.locator("[data-fouten]").get_by_role("link")).to_have_count(2)
        expect(page.locator("#id_hulpvraag")).to_be_focused()


class TestParallelCalls:
    def test_one_key_each_way_and_each_its_own_state(
        self, venster: Venster, team: Bezetting, beeld: Callable[..., None]
    ) -> None:
        page = venster.page(team.collega)
        page.goto("/profiel/")
        page.keyboard.press("Alt+n")
        expect(page.locator("#id_hulpvraag")).to_be_focused()
        first = page.url
        page.keyboard.type("De eerste beller.")
        page.keyboard.press("Alt+b")
        expect(page.locator("#id_kanaal")).to_have_value("fysiek (frontoffice)")
        second = page.url
        page.locator("#id_hulpvraag").fill("Iemand aan de balie.")
        beeld(page, "twee")

        page.keyboard.press("Alt+.")
        expect(page).to_have_url(first)
        expect(page.locator("#id_hulpvraag")).to_have_value("De eerste beller.")
        page.keyboard.press("Alt+,")

        expect(page).to_have_url(second)
        expect(page.locator("#id_hulpvraag")).to_have_value("Iemand aan de balie.")
        expect(page.locator("#id_kanaal")).to_have_value("fysiek (frontoffice)")


def fill_left(keys: Toetsenbord, page: Page, beller: Vignet) -> None:
    """Wie belt, en over wie gaat het."""
    melder = page.locator("#id_melder_soort")
    wanted = melder.locator(f"option[value='{beller.gegevens['melder_soort']}']").inner_text()
    keys.kies(melder, wanted)
    if beller.gegevens["melder_soort"] != "inwoner zelf":
        keys.schrijf(page.locator("#id_melder_naam"), "De heer Proef")
    over = beller.eerste.betreft
    if over:
        keys.schrijf(page.locator("#id_roepnaam"), over["roepnaam"])
        keys.schrijf(page.locator("#id_achternaam"), over["achternaam"])
        keys.schrijf(page.locator("#id_geboren"), "-".join(reversed(over["geboortedatum"].split("-"))))
        if beller.eerste.bord:
            keys.zet(page.locator("[name=inwoner_weet_ervan][value=ja]"))


def fill_middle(keys: Toetsenbord, page: Page, vraag: Vraag, beller: Vignet) -> None:
    """De vraag in eigen woorden, thema's, spoor, en de leefgebieden met een cijfer per regel."""
    verwacht = vraag.verwacht
    aard = page.locator("#id_aard")
    keys.kies(aard, aard.locator(f"option[value='{verwacht['aard']}']").inner_text())
    keys.schrijf(page.locator("#id_hulpvraag"), " ".join(beller.gegevens["gesprek"].split()[:WOORDEN]))
    keys.activeer(page.locator("summary", has_text="Alle 12 thema’s"))
    for thema in [str(thema) for thema in Thema.values if thema in verwacht["themas"]]:
        keys.vink(page.locator(f"[name=themas][value='{thema}']"))
    if verwacht["spoor"]:
        keys.kies(page.locator("#id_spoor"), verwacht["spoor"].capitalize())
    keys.zet(page.locator(f"[name=meervoudigheid][value='{verwacht['meervoudigheid']}']"))
    if vraag.bord and verwacht["urgentie"].startswith("spoed"):
        keys.vink(page.locator("#id_spoed"))
    for n, gebied in enumerate(gebied for gebied in Leefgebied.values if gebied in vraag.scores):
        keys.naar(page.locator(f"[name=score_{gebied}]").first)
        keys.druk(str(vraag.scores[gebied]))
        expect(page.locator(f"[name=score_{gebied}]:checked")).to_have_value(str(vraag.scores[gebied]))
        if n == 0:
            keys.schrijf(page.locator(f"#id_toelichting_{gebied}"), "In eigen woorden uitgelegd.")


def fill_right(keys: Toetsenbord, page: Page, vraag: Vraag, route: Afhandeling) -> None:
    """Het advies, en wat de wet vraagt."""
    expect(page.locator("#gesprekken-stand[data-stand=bewaard]")).to_be_visible()
    if route not in (Afhandeling.TRIAGE, Afhandeling.CRISISROUTE):
        keys.schrijf(page.locator("#id_toelichting"), "Nummer gegeven, en gezegd wanneer het open is.")
    for regel in vraag.vinkjes:
        keys.vink(page.locator(f"#wettelijk-{regel}"))
    expect(page.locator("#gesprekken-stand[data-stand=bewaard]")).to_be_visible()


def warn(keys: Toetsenbord, page: Page) -> None:
    keys.schrijf(page.locator("#id_gewaarschuwd"), "112, aan de lijn gebleven")
    keys.activeer(page.get_by_role("button", name="Start de crisisroute"))


def check_ended(nummer: str, vraag: Vraag, route: Afhandeling) -> None:
    status = {Afhandeling.TRIAGE: MeldingStatus.IN_TRIAGE, Afhandeling.CRISISROUTE: MeldingStatus.OPEN}
    with als_systeem():
        melding = Melding.objects.get(nummer=nummer)
        assert (melding.status, melding.afhandeling) == (status.get(route, MeldingStatus.GESLOTEN), route)
        assert sorted(melding.themas) == sorted(vraag.verwacht["themas"])
        assert (melding.spoor or None, melding.meervoudigheid) == (
            vraag.verwacht["spoor"],
            vraag.verwacht["meervoudigheid"],
        )
        assert sorted(melding.termijnen.values_list("soort_id", flat=True)) == sorted(
            vraag.verwacht["termijnen"]
        )
        scores = dict(melding.uitvraag.antwoorden.values_list("leefgebied", "score")) if vraag.scores else {}
        assert scores == vraag.scores
        assert bool(melding.gewaarschuwd) == (route == Afhandeling.CRISISROUTE)


def triage_by_keys(page: Page, nummer: str, vraag: Vraag, beeld: Callable[..., None]) -> None:
    """Uit de lijst met J en Enter, dan het formulier van boven naar beneden, en Ctrl+Enter."""
    keys = Toetsenbord(page)
    page.goto("/triage/")
    row = page.get_by_role("row", name=re.compile(nummer)).get_by_role("link").first
    for _ in range(10):
        keys.druk("j")
        if row.evaluate("el => document.activeElement === el"):
            break
    keys.druk("Enter")
    expect(page).to_have_url(re.compile(rf"/triage/{nummer}/$"))
    verwacht = vraag.verwacht
    with als_systeem():
        naam = Voorziening.objects.get(code=verwacht["voorzieningen_0delijn"][0]).naam
    keys.zet(page.locator("[name=nuldelijn][value=past]"))
    keys.zet(page.locator(f"[name=ernst][value='{verwacht['ernst']}']"))
    keys.zet(page.locator(f"[name=urgentie][value='{verwacht['urgentie']}']"))
    keys.zet(page.locator("[name=uitkomst][value=aanmeldoverleg]"))
    keys.zet(page.locator("[name=ernaast][value=later]"))
    keys.zet(page.locator(f"[name=bord][value='{vraag.bord}']"))
    if page.locator("[data-anders]").is_visible():
        keys.kies(page.locator("#id_afwijkreden"), "Ik weet meer dan er in de uitvraag staat")
    keys.schrijf(page.locator("#id_ander_aanbod"), naam)
    beeld(page, "triage")
    keys.druk("Control+Enter")
    expect(page).to_have_url(re.compile(r"/triage/$"))
    expect(page.get_by_text(f"{nummer} staat nu op het bord")).to_be_visible()


def check_on_board(nummer: str, vraag: Vraag) -> None:
    with als_systeem():
        aanmelding = Aanmelding.objects.get(melding__nummer=nummer)
        assert (aanmelding.bord, aanmelding.status) == (vraag.bord, AanmeldingStatus.VOOR_OVERLEG)
        assert aanmelding.agendapunten.filter(besluit="", overleg__bord=vraag.bord).count() == 1
