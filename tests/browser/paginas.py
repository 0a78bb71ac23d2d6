"""Every page of the site, once or more: who looks at it, on what of the village, and in which state.

A URL that gives no page has its reason in GEEN_PAGINA; a URL in neither fails tests/browser/test_axe.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.views.openbaar import BEWIJS
from rapportage.beeld.plannen import THEMAS
from rapportage.maanden import last_closed, write_maand
from tests.scenarios.dorp import Dorp

Waarmee = Callable[[Dorp], dict[str, Any]]
Stap = Callable[[Page], None]


@dataclass(frozen=True)
class Pagina:
    url_name: str
    wie: str = ""
    waarmee: Waarmee = lambda _: {}
    vraag: dict[str, str] = field(default_factory=dict)
    stand: str = ""
    stap: Stap | None = None

    def url(self, dorp: Dorp) -> str:
        url = reverse(self.url_name, kwargs=self.waarmee(dorp))
        return f"{url}?{urlencode(self.vraag)}" if self.vraag else url

    def __str__(self) -> str:
        return "-".join(
            filter(None, [self.url_name.replace(":", "-"), self.wie if not self.stand else "", self.stand])
        )


def last_month(figuur: str) -> dict[str, object]:
    """A figure of the last month that was closed."""
    return {"periode": write_maand(last_closed(timezone.now())), "figuur": figuur}


def melding(name: str, beller: str, wie: str = "loket", **more: Any) -> Pagina:
    return Pagina(f"intake:{name}", wie, lambda d: {"nummer": d.melding[beller]}, **more)


def afspraak(name: str, welke: str, wie: str = "loket", **more: Any) -> Pagina:
    return Pagina(f"intake:{name}", wie, lambda d: {"uuid": d.ding[welke].uuid}, **more)


def inwoner(name: str, wie: str, **more: Any) -> Pagina:
    return Pagina(f"intake:{name}", wie, lambda d: {"uuid": d.ding["inwoner"].uuid}, **more)


def samen(dorp: Dorp) -> dict[str, Any]:
    return {"uuid": dorp.ding["inwoner"].uuid, "ander": dorp.ding["samenvoeging"].vervalt.uuid}


def gesprek(**more: Any) -> Pagina:
    return Pagina("intake:contact", "loket", lambda d: {"sleutel": d.ding["concept"].sleutel}, **more)


def casus(
    name: str, welke: str = "casus", wie: str = "casusregisseur", deel: str = "", **more: Any
) -> Pagina:
    def waarmee(dorp: Dorp) -> dict[str, Any]:
        found = {"nummer": dorp.ding[welke].nummer}
        return found | ({"pk": dorp.ding[deel].pk} if deel else {})

    return Pagina(f"casusregie:{name}", wie, waarmee, **more)


def op(name: str, wie: str, ding: Callable[[Dorp], Any], **more: Any) -> Pagina:
    return Pagina(name, wie, lambda d: {"pk": ding(d).pk}, **more)


def voorziening(name: str, wie: str, **more: Any) -> Pagina:
    return Pagina(f"socialekaart:{name}", wie, lambda d: {"code": d.ding["voorziening"].code}, **more)


def outreach(name: str, wie: str = "loket", *, persoon: bool = False, **more: Any) -> Pagina:
    def waarmee(dorp: Dorp) -> dict[str, Any]:
        found = {"uuid": dorp.ding["outreachlijst"].uuid}
        return found | ({"pk": dorp.ding["outreachpersoon"].pk} if persoon else {})

    return Pagina(f"intake:{name}", wie, waarmee, **more)


# -- states that a page gets into by doing something


def press(label: str) -> Stap:
    """Press a button of the page itself."""

    def step(page: Page) -> None:
        page.get_by_role("main").get_by_role("button", name=label).first.click()
        page.wait_for_load_state()

    return step


def een_bewijs() -> str:
    """What stands in the address after sending the public form."""
    told = {
        "k": "4F7K-0Q2M-9XHB",
        "u": "2026-11-24T17:00:00+01:00",
        "b": "inwoner",
        "n": False,
        "m": True,
        "e": True,
    }
    return signing.dumps(told, salt=BEWIJS, compress=True)


def refuse(page: Page) -> None:
    """Send the form as it is, with nothing filled in: the page says what is missing."""
    page.get_by_role("main").locator("button[type=submit].utrecht-button--primary-action").first.click()
    expect(page.locator("[data-fouten], .utrecht-form-field-error-message").first).to_be_visible()


def empty_question(page: Page) -> None:
    page.locator("#id_vraag_sociaal_0").fill("")
    refuse(page)


def refuse_call(page: Page) -> None:
    page.get_by_role("button", name="Andere toegang").click()
    expect(page.locator("[data-fouten]")).to_be_visible()


def reveal_bsn(page: Page) -> None:
    page.get_by_label("Waarom", exact=False).first.fill("Nodig voor de aanvraag van vandaag.")
    press("Toon")(page)


def show_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def open_menu(page: Page) -> None:
    page.locator("summary[aria-label$='uw menu']").click()


PAGINAS: tuple[Pagina, ...] = (
    # everybody
    Pagina("login"),
    Pagina("login", stand="geweigerd", stap=press("Inloggen")),
    Pagina("session_expired", vraag={"next": "/werkvoorraad/"}),
    Pagina("profile", "loket"),
    Pagina("profile", "casusregisseur", stand="menu", stap=open_menu),
    Pagina("password_change", "loket"),
    Pagina("password_change", "loket", stand="fout", stap=refuse),
    Pagina("search", "loket", vraag={"q": "de Leeuw"}),
    Pagina("search", "loket", vraag={"q": "bestaat niet"}, stand="niets"),
    # the loket
    Pagina("intake:worklist", "loket"),
    Pagina("intake:worklist", "collega", vraag={"zoek": "niemand"}, stand="leeg"),
    Pagina("intake:worklist", "loket", stand="toetsen", stap=show_keys),
    Pagina("intake:contact_new", "collega"),
    gesprek(),
    gesprek(vraag={"stap": "crisis"}, stand="crisis"),
    gesprek(stand="fout", stap=refuse_call),
    Pagina("intake:concept_restore", "loket", lambda d: {"sleutel": d.ding["weggegooid"].sleutel}),
    Pagina("intake:standaardtekst_list", "coordinator"),
    Pagina("intake:standaardtekst_new", "coordinator"),
    Pagina("intake:standaardtekst_new", "coordinator", stand="fout", stap=refuse),
    Pagina("intake:standaardtekst_edit", "coordinator", lambda d: {"pk": d.ding["standaardtekst"].pk}),
    melding("melding_confirmation", "vg-d-24"),
    melding("melding_detail", "vg-d-24"),
    melding("melding_detail", "vg-d-30", stand="crisis"),
    melding("melding_detail", "vg-d-31", stand="gesloten"),
    melding("melding_detail", "vg-d-01", "coordinator"),
    melding("melding_handle", "vg-d-24"),
    melding("melding_handle", "vg-d-05", stand="fout", stap=refuse),
    melding("melding_close", "vg-d-24"),
    melding("melding_transfer", "vg-d-24"),
    melding("melding_append", "vg-d-24"),
    melding("melding_uitvraag", "vg-d-24"),
    melding("afspraak_new", "vg-d-24"),
    melding("afspraak_new", "vg-d-05", stand="fout", stap=refuse),
    *(afspraak(f"afspraak_{naam}", "afspraak") for naam in ("detail", "move", "cancel")),
    *(afspraak(f"afspraak_{naam}", "afspraak_voorbij") for naam in ("held", "missed")),
    afspraak("afspraak_detail", "afspraak", wie="teamlid", stand="geboekt"),
    melding("terugbellen_new", "vg-d-24"),
    melding("terugbellen_new", "vg-d-24", stand="fout", stap=refuse),
    melding("terugbellen_done", "vg-d-05"),
    melding("terugbellen_missed", "vg-d-05"),
    Pagina("intake:agenda", "loket"),
    Pagina("intake:agenda", "teamlid", vraag={"weergave": "dag"}),
    Pagina("intake:agenda_hours", "loket"),
    Pagina("intake:agenda_hours", "collega", stand="fout", stap=press("Ik ben er dan niet")),
    Pagina("intake:agenda_link", "loket"),
    Pagina("intake:agenda_link", "collega", stand="gemaakt", stap=press("Maak een adres")),
    melding("melding_person", "vg-d-05"),
    melding("melding_detail", "vg-d-02", "casusregisseur", stand="metingen"),
    Pagina(
        "intake:inwoner_detail",
        "casusregisseur",
        lambda d: {"uuid": d.ding["inwoner_gemeten"].uuid},
        stand="metingen",
    ),
    melding("meting_new", "vg-d-24"),
    melding("meting_new", "vg-d-24", stand="fout", stap=refuse),
    # what the kwartiermaker sets up
    Pagina("inrichting", "kwartiermaker"),
    Pagina("intake:methode_list", "kwartiermaker"),
    Pagina("intake:methode_new", "kwartiermaker"),
    Pagina("intake:methode_new", "kwartiermaker", stand="fout", stap=refuse),
    op("intake:methode_detail", "kwartiermaker", lambda d: d.ding["methode"]),
    op("intake:methode_edit", "kwartiermaker", lambda d: d.ding["methode_concept"]),
    op(
        "intake:methode_edit",
        "kwartiermaker",
        lambda d: d.ding["methode_concept"],
        stand="fout",
        stap=empty_question,
    ),
    op("intake:methode_activate", "kwartiermaker", lambda d: d.ding["methode_concept"]),
    Pagina("intake:methode_shares", "kwartiermaker"),
    Pagina("intake:methode_shares", "kwartiermaker", stand="fout", stap=refuse),
    Pagina("intake:methode_compare", "coordinator"),
    inwoner("inwoner_detail", "loket"),
    inwoner("inwoner_edit", "loket"),
    # the other doors: for who isn't logged in, and at the loket
    Pagina("intake:formulier_start"),
    Pagina("intake:formulier_inwoner"),
    Pagina("intake:formulier_inwoner", stand="fout", stap=refuse),
    Pagina("intake:formulier_professional"),
    Pagina("intake:formulier_professional", stand="fout", stap=refuse),
    Pagina("intake:formulier_ontvangen", waarmee=lambda _: {"bewijs": een_bewijs()}),
    melding("melding_detail", "formulier", stand="formulier"),
    melding("melding_detail", "wvggz", stand="wvggz"),
    melding("melding_person", "formulier", stand="formulier"),
    Pagina("intake:bezorgd_new", "loket"),
    Pagina("intake:bezorgd_new", "loket", stand="fout", stap=refuse),
    melding("signaal_new", "formulier"),
    Pagina(
        "intake:signaal_overleg",
        "loket",
        lambda d: {"nummer": d.melding["wvggz"], "pk": d.ding["signaal"].pk},
    ),
    Pagina("intake:overleg_list", "loket"),
    Pagina("intake:overleg_list", "loket", vraag={"toon": "besproken"}, stand="leeg"),
    Pagina("intake:outreach_list", "loket"),
    Pagina("intake:outreach_list", "coordinator", stand="leeg"),
    Pagina("intake:outreach_new", "loket"),
    outreach("outreach_detail"),
    outreach("outreach_add"),
    outreach("outreach_add", stand="fout", stap=refuse),
    outreach("outreach_attempt", persoon=True),
    outreach("outreach_assign", persoon=True),
    # bekend of nieuw
    Pagina("intake:dubbel_list", "loket"),
    Pagina("intake:dubbel_list", "loket", vraag={"lijst": "voorstellen"}, stand="voorstellen"),
    inwoner("inwoner_same", "loket"),
    Pagina("intake:samenvoeging_new", "loket", lambda d: samen(d)),
    Pagina("intake:samenvoeging_new", "loket", lambda d: samen(d), stand="fout", stap=refuse),
    Pagina("intake:samenvoeging_detail", "toegang", lambda d: {"uuid": d.ding["samenvoeging"].uuid}),
    Pagina("intake:samenvoeging_undo", "toegang", lambda d: {"uuid": d.ding["samengevoegd"].uuid}),
    # the protocol of triage
    Pagina("triage:protocol_list", "kwartiermaker"),
    Pagina("triage:protocol_list", "toegang", stand="lezen"),
    op("triage:protocol_detail", "kwartiermaker", lambda d: d.ding["protocol_concept"]),
    op("triage:protocol_edit", "kwartiermaker", lambda d: d.ding["protocol_concept"]),
    op("triage:rule_new", "kwartiermaker", lambda d: d.ding["protocol_concept"]),
    op("triage:rule_new", "kwartiermaker", lambda d: d.ding["protocol_concept"], stand="fout", stap=refuse),
    Pagina("triage:rule_edit", "kwartiermaker", lambda d: {"pk": d.ding["protocol_concept"].pk, "nummer": 2}),
    op("triage:protocol_compare", "kwartiermaker", lambda d: d.ding["protocol_concept"]),
    op("triage:protocol_activate", "kwartiermaker", lambda d: d.ding["protocol_concept"]),
    op("triage:proef_detail", "kwartiermaker", lambda d: d.ding["protocolproef"]),
    op("triage:proef_detail", "kwartiermaker", lambda d: d.ding["protocolproef_loopt"], stand="loopt"),
    Pagina("triage:protocol_deviations", "coordinator"),
    # triage and the overleg
    Pagina("triage:worklist", "toegang"),
    op("triage:filter_edit", "toegang", lambda d: d.ding["triagefilter"]),
    Pagina(
        "triage:worklist", "toegang", vraag={"bord": "volwassenen", "spoor": "sociaal"}, stand="gefilterd"
    ),
    Pagina("triage:toekenning_list", "toegang"),
    Pagina("triage:triage_form", "toegang", lambda d: {"nummer": d.melding["vg-d-28"]}),
    Pagina(
        "triage:triage_form",
        "toegang",
        lambda d: {"nummer": d.melding["vg-d-28"]},
        stand="alles-open",
        stap=lambda page: page.evaluate(
            "document.querySelectorAll('#triage details').forEach((een) => (een.open = true))"
        ),
    ),
    Pagina(
        "triage:triage_form",
        "toegang",
        lambda d: {"nummer": d.melding["vg-d-29"]},
        stand="fout",
        stap=lambda page: (
            page.keyboard.press("Control+Enter"),
            expect(page.locator("[data-fouten]")).to_be_visible(),
        )[1],
    ),
    Pagina("triage:board", "coordinator"),
    Pagina("triage:board", "coordinator_jeugd"),
    Pagina("triage:overleg_list", "coordinator"),
    Pagina("triage:overleg_list", "teamlid"),
    op("triage:overleg_detail", "coordinator", lambda d: d.ding["overleg"]),
    op("triage:overleg_detail", "teamlid", lambda d: d.ding["overleg"]),
    op("triage:besluiten", "teamlid", lambda d: d.ding["overleg"]),
    op("triage:overleg_change", "coordinator", lambda d: d.ding["overleg"]),
    Pagina("triage:reeks_list", "coordinator"),
    Pagina("triage:reeks_list", "coordinator_jeugd", stand="leeg"),
    Pagina("triage:reeks_new", "coordinator"),
    op("triage:reeks_change", "coordinator", lambda d: d.ding["reeks"]),
    Pagina("triage:terugkoppeling_list", "coordinator"),
    Pagina("triage:terugkoppeling_list", "coordinator", vraag={"stand": "niet"}, stand="niet"),
    Pagina("triage:terugkoppeling_rules", "coordinator"),
    op("triage:terugkoppeling_detail", "coordinator", lambda d: d.ding["terugkoppeling"]),
    Pagina("intake:termijn_list", "coordinator", lambda d: {"nummer": d.melding["vg-d-18"]}),
    Pagina("term_list", "loket"),
    Pagina("termijnbericht", "loket"),
    Pagina("triage:aanmelding_detail", "coordinator", lambda d: {"nummer": d.melding["vg-d-01"]}),
    Pagina(
        "triage:aanmelding_detail", "coordinator", lambda d: {"nummer": d.melding["vg-d-18"]}, stand="intake"
    ),
    # casusregie
    Pagina("casusregie:casus_list", "casusregisseur"),
    Pagina("casusregie:casus_list", "coordinator"),
    Pagina("casusregie:casus_list", "loket", stand="leeg"),
    casus("casus_detail"),
    casus("casus_detail", wie="teamlid"),
    casus("casus_detail", wie="procesregisseur"),
    casus("casus_detail", wie="casusregisseur_jeugd", stand="noodtoegang"),
    casus("casus_detail", "in_opstart", stand="in-opstart"),
    casus("casus_detail", "afgeschermd", stand="afgeschermd"),
    casus("casus_detail", "nazorg", stand="nazorg"),
    casus("casus_detail", "gesloten", stand="gesloten"),
    casus("casus_readers"),
    casus("actie_new"),
    casus("actie_new", stand="fout", stap=refuse),
    casus("actie_complete", deel="actie"),
    casus("actie_drop", deel="actie"),
    casus("doel_new"),
    casus("doel_new", stand="fout", stap=refuse),
    casus("doel_change", deel="doel"),
    casus("doel_finish", deel="doel"),
    casus("notitie_new"),
    casus("regie_transfer"),
    casus("casus_scale_up", "in_opstart"),
    casus("casus_scale_down"),
    casus("betrokkenheid_new"),
    casus("betrokkenheid_end", deel="betrokkenheid"),
    casus("casus_start", "in_opstart"),
    casus("casus_taper"),
    casus("casus_resume"),
    casus("nazorg_start"),
    casus("nazorg_record", "nazorg", deel="nazorgcontact"),
    casus("person_invite"),
    casus("casus_shield"),
    casus("casus_unshield", "afgeschermd"),
    Pagina("casusregie:noodtoegang_new", "teamlid"),
    # the sociale kaart
    Pagina("socialekaart:voorziening_list", "kaart"),
    Pagina("socialekaart:voorziening_list", "loket", vraag={"zoek": "eenzaam"}, stand="zoeken"),
    voorziening("voorziening_detail", "loket"),
    voorziening("voorziening_detail", "kaart"),
    voorziening("voorziening_edit", "kaart"),
    Pagina("socialekaart:voorziening_new", "kaart"),
    Pagina("socialekaart:voorziening_new", "kaart", stand="fout", stap=refuse),
    Pagina("socialekaart:fout_list", "kaart"),
    # stuurinformatie
    Pagina("rapportage:dashboard", "beleid"),
    *(
        Pagina("rapportage:thema", "beleid", lambda _, code=thema.code: {"thema": code}, stand=thema.code)
        for thema in THEMAS
    ),
    Pagina(
        "rapportage:thema",
        "beleid",
        lambda _: {"thema": "route"},
        vraag={"gebied": "centrum", "leeftijd": "80+"},
        stand="fijner",
    ),
    Pagina("rapportage:tabel_list", "beleid"),
    Pagina("rapportage:tabel_detail", "beleid", lambda _: {"tabel": "route"}),
    Pagina("rapportage:codeboek", "beleid"),
    Pagina("rapportage:toelichting_edit", "beleid", lambda _: last_month("route-route")),
    Pagina("rapportage:bevolking", "beheer"),
    Pagina("rapportage:bevolking", "beheer", stand="fout", stap=refuse),
    Pagina("rapportage:rapport_list", "beleid"),
    *(
        Pagina(
            "rapportage:rapport_detail",
            "beleid",
            lambda _, k=k: {"periode": f"2025-K{k}", "versie": 1},
            stand=stand,
        )
        for k, stand in ((1, "klaar"), (2, "bezig"), (3, "mislukt"))
    ),
    Pagina("rapportage:inzicht", "kwartiermaker"),
    # the old loket list
    Pagina("intake:loketlijst_list", "beheer"),
    Pagina("intake:loketlijst_new", "beheer"),
    Pagina("intake:loketlijst_new", "beheer", stand="fout", stap=refuse),
    Pagina("intake:loketlijst_detail", "beheer", lambda d: {"uuid": d.ding["loketlijst"].uuid}),
    Pagina("intake:loketlijst_detail", "collega", lambda d: {"uuid": d.ding["loketlijst"].uuid}),
    # who works here, and who saw what
    Pagina("plaatsing_list", "beheer"),
    Pagina("medewerker_new", "beheer"),
    Pagina("medewerker_new", "beheer", stand="fout", stap=refuse),
    op("medewerker_detail", "beheer", lambda d: d.team.toegang),
    op("medewerker_password", "beheer", lambda d: d.team.collega),
    op("medewerker_block", "beheer", lambda d: d.team.collega),
    op("plaatsing_new", "beheer", lambda d: d.team.collega),
    op("plaatsing_end", "beheer", lambda d: d.team.collega.plaatsingen.get()),
    Pagina("mandaat_list", "beheer"),
    Pagina("mandaat_list", "kwartiermaker"),
    Pagina("mandaat_add", "beheer"),
    op("mandaat_new", "beheer", lambda d: d.team.toegang),
    op("mandaat_end", "beheer", lambda d: d.team.toegang.mandaten.get()),
    Pagina("regel_list", "privacy"),
    Pagina("noodtoegang_list", "privacy"),
    Pagina("regel_review", "privacy"),
    # the BSN last: showing it is a reading of its own
    inwoner("inwoner_bsn", "toegang"),
    inwoner("inwoner_detail", "toegang"),
)

FOUTPAGINAS = {
    "400": "/proef/400/",
    "403": "/proef/403/",
    "404": "/bestaat-niet/",
    "409": "/proef/409/",
    "500": "/proef/500/",
}

ALLEEN_POST = "een handeling: het antwoord is een andere pagina"
GEEN_PAGINA = {
    "home": "stuurt door naar het eigen werk",
    "logout": "stuurt door naar inloggen",
    "health": "voor de bewaking",
    "regel_export": "een bestand",
    "rapportage:download": "een bestand",
    "rapportage:download_table": "een bestand",
    "rapportage:download_period": "een bestand",
    "rapportage:open_data": "een bestand",
    "rapportage:theme_pdf": "een bestand",
    "rapportage:figuur_file": "een bestand",
    "rapportage:rapport_pdf": "een bestand",
    "rapportage:rapport_stop": ALLEEN_POST,
    "triage:besluiten_pdf": "een bestand",
    "intake:agenda_feed": "een bestand voor een agendaprogramma",
    "intake:loketlijst_report": "een bestand",
    "intake:concept_save": "antwoordt het script van de pagina",
    "intake:concept_state": "antwoordt het script van de pagina",
    "triage:concept_save": "antwoordt het script van de pagina",
    "triage:concept_state": "antwoordt het script van de pagina",
    "triage:filter_save": "antwoordt alleen met een pagina als de naam niet klopt; dezelfde als triage:filter_edit",
    "intake:melding_presence": "een stuk van de pagina van de melding",
    "login_in_place": "antwoordt het script van de pagina",
    "styleguide": "alleen bij ontwikkelen",
    **dict.fromkeys(
        (
            "medewerker_unblock", "intake:worklist_next", "intake:concept_discard", "intake:melding_take", "intake:melding_more",
            "intake:terugbellen_cancel",
            "medewerker_unblock", "intake:worklist_next", "intake:concept_discard", "intake:concept_take", "intake:melding_take",
            "intake:melding_more",
            "intake:termijn_fulfil", "intake:inwoner_address", "intake:inwoner_bsn_reveal", "triage:overleg_cancel",
            "triage:protocol_copy", "triage:protocol_discard", "triage:proef_start", "triage:proef_stop",
            "intake:termijn_fulfil", "intake:inwoner_address", "intake:inwoner_bsn_reveal", "intake:inwoner_different",
            "triage:overleg_cancel",
            "triage:reeks_stop",
            "triage:overleg_table", "triage:kent_gezin_mark", "triage:kent_gezin_lift",
            "triage:overleg_finish", "triage:card_move", "triage:aanmelding_finish", "casusregie:person_withdraw",
            "triage:claim", "triage:claim_first",
            "intake:methode_copy", "intake:methode_retire", "intake:methode_discard", "intake:methode_standard",
            "intake:toewijzing_end", "socialekaart:voorziening_check", "socialekaart:fout_report", "socialekaart:fout_handle",
            "intake:signaal_told", "intake:outreach_close",
            "socialekaart:voorziening_check", "socialekaart:fout_report", "socialekaart:fout_handle",
            "intake:loketlijst_run", "intake:loketlijst_stop", "intake:loketlijstrij_review",
        ),
        ALLEEN_POST,
    ),
}  # fmt: skip
