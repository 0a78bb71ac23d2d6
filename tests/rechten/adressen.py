"""Every URL of the site by name: on which objects of the town it is tried, and who may. A name without a row fails.

Whoever isn't named gets a 404 (or a 405 where the method doesn't exist), for GET and for POST alike.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.rechten.vocabulaire import (
    ALLEN,
    BETROKKEN,
    CASUSMELDING,
    INRICHTING,
    LOKET,
    NIEMAND,
    NOOD,
    OP_BORD,
    OP_NAAM,
    OPGESCHAALD,
    PROTOCOL,
    REGIE,
    TEAMS,
    TOEGANG,
    VOLWASSENEN,
    wie,
)
from tests.rechten.wereld import MENSEN, Wereld

Waarmee = Callable[[Wereld], dict[str, object]]


@dataclass(frozen=True)
class Adres:
    naam: str
    mogen: frozenset[str]
    waarmee: Waarmee = lambda _: {}
    op: str = ""
    alleen_kijken: frozenset[str] = NIEMAND
    """Of those who may: who sees the page, but may not send its form."""
    leeg: bool = False
    """Nothing of this kind is in the town: who may gets a 404 as well, but no refusal in the log."""

    def __str__(self) -> str:
        return f"{self.naam} {self.op}".strip()


INGELOGD = frozenset(MENSEN) - {"geblokkeerd"}
"""Also who has no placement, or a temporary password: their own profile and password."""

OPENBAAR = {
    "login": "hier logt men in",
    "login_in_place": "hier logt men in, zonder de pagina te verlaten",
    "logout": "wie al uit is, blijft uit",
    "session_expired": "na het uitloggen",
    "health": "voor de bewaking",
    "intake:agenda_feed": "een agendaprogramma heeft de sleutel in het adres; fout of ingetrokken is 404",
    "intake:concept_save": "zegt zelf 401, zodat de pagina het gesprek bewaart",
    "intake:concept_state": "zegt zelf 401, zodat de pagina het gesprek bewaart",
    "triage:concept_save": "zegt zelf 401, zodat de pagina de triage bewaart",
    "triage:concept_state": "zegt zelf 401, zodat de pagina de triage bewaart",
    "intake:formulier_start": "voor inwoners en professionals van buiten",
    "intake:formulier_inwoner": "voor inwoners; leest niets, neemt alleen aan",
    "intake:formulier_professional": "voor professionals van buiten; leest niets, neemt alleen aan",
    "intake:formulier_ontvangen": "wat er staat, staat ondertekend in het adres",
    "styleguide": "alleen bij ontwikkelen",
}
"""Where nobody needs to be logged in, and why."""


def melding(name: str, ding: str, mogen: frozenset[str]) -> Adres:
    return Adres(f"intake:{name}", mogen, lambda w: {"nummer": w.ding[ding].nummer}, ding)


def inwoner(name: str, ding: str, mogen: frozenset[str]) -> Adres:
    return Adres(f"intake:{name}", mogen, lambda w: {"uuid": w.ding[ding].uuid}, ding)


def concept(name: str, ding: str, mogen: frozenset[str]) -> Adres:
    return Adres(f"intake:{name}", mogen, lambda w: {"sleutel": w.ding[ding].sleutel}, ding)


def signaal(name: str, soort: str, mogen: frozenset[str]) -> Adres:
    return Adres(
        f"intake:{name}",
        mogen,
        lambda w: {"nummer": w.ding[f"melding_{soort}"].nummer, "pk": w.pk(f"signaal_{soort}")},
        soort,
    )


def outreach(name: str, lijst: str, mogen: frozenset[str], persoon: str = "") -> Adres:
    def waarmee(w: Wereld) -> dict[str, object]:
        return {"uuid": w.ding[lijst].uuid} | ({"pk": w.pk(persoon)} if persoon else {})

    return Adres(f"intake:{name}", mogen, waarmee, lijst)


def casus(name: str, ding: str, mogen: frozenset[str], deel: str = "") -> Adres:
    def waarmee(w: Wereld) -> dict[str, object]:
        return {"nummer": w.ding[ding].nummer} | ({"pk": w.pk(f"{ding}_{deel}")} if deel else {})

    return Adres(f"casusregie:{name}", mogen, waarmee, f"{ding} {deel}".strip())


def aanmelding(name: str, mogen: frozenset[str]) -> Adres:
    return Adres(
        f"triage:{name}", mogen, lambda w: {"nummer": w.ding["aanmelding"].melding.nummer}, "aanmelding"
    )


def overleg(name: str, mogen: frozenset[str], alleen_kijken: frozenset[str] = NIEMAND) -> Adres:
    return Adres(f"triage:{name}", mogen, lambda w: {"pk": w.pk("overleg")}, "overleg", alleen_kijken)


def voorziening(name: str, mogen: frozenset[str]) -> Adres:
    return Adres(f"socialekaart:{name}", mogen, lambda w: {"code": w.ding["voorziening"].code})


def met_pk(name: str, ding: str, mogen: frozenset[str]) -> Adres:
    return Adres(name, mogen, lambda w: {"pk": w.pk(ding)})


def afspraak(name: str, ding: str, mogen: frozenset[str]) -> Adres:
    return Adres(f"intake:{name}", mogen, lambda w: {"uuid": w.ding[ding].uuid}, ding)


BEHEER, PRIVACY = wie("beheer"), wie("privacy")
RAPPORT: dict[str, object] = {"periode": "2026-K3", "versie": 1}
CIJFERS = wie("beleid", "omgezet", "kwartiermaker", "coordinator", "coordinator_ander")
DOSSIERS = wie(LOKET, TEAMS)
KAART = wie("kaart", "loket", "loket_ander")
BORD = wie(TOEGANG, TEAMS)
INLEZERS = wie("beheer", "kwartiermaker")
LIJSTEN = wie(DOSSIERS, INLEZERS)
BEHEERBAAR = (
    "melding_take",
    "melding_handle",
    "melding_close",
    "melding_transfer",
    "melding_uitvraag",
    "melding_person",
)
VAN_DE_REGIE = (
    "regie_transfer",
    "doel_new",
    "casus_scale_up",
    "casus_scale_down",
    "betrokkenheid_new",
    "casus_start",
    "casus_taper",
    "casus_resume",
    "nazorg_start",
    "person_invite",
    "casus_readers",
)

ADRESSEN: tuple[Adres, ...] = (
    # skt.web
    Adres("term_list", DOSSIERS),
    Adres("termijnbericht", DOSSIERS),
    *(Adres(naam, INGELOGD) for naam in ("home", "profile", "search", "password_change")),
    # skt.autorisatie: the beheerder and the privacy officer
    *(Adres(naam, BEHEER) for naam in ("plaatsing_list", "medewerker_new", "mandaat_add")),
    Adres("mandaat_list", wie("beheer", "kwartiermaker")),
    *(
        met_pk(naam, "medewerker", BEHEER)
        for naam in (
            "medewerker_detail",
            "medewerker_password",
            "medewerker_block",
            "medewerker_unblock",
            "plaatsing_new",
            "mandaat_new",
        )
    ),
    met_pk("plaatsing_end", "plaatsing", BEHEER),
    met_pk("mandaat_end", "mandaat", BEHEER),
    *(Adres(naam, PRIVACY) for naam in ("regel_list", "regel_export", "noodtoegang_list", "regel_review")),
    # intake: the loket
    *(Adres(f"intake:{naam}", LOKET) for naam in ("worklist", "worklist_next", "contact_new")),
    *(
        concept(naam, "concept", wie("loket"))
        for naam in ("contact", "concept_save", "concept_state", "concept_discard", "concept_restore")
    ),
    concept("concept_take", "concept", NIEMAND),
    concept("concept_take", "concept_stil", LOKET),
    concept("contact", "concept_stil", wie("loket")),
    *(
        Adres(f"intake:{naam}", wie("kwartiermaker", "coordinator", "coordinator_ander"))
        for naam in ("standaardtekst_list", "standaardtekst_new")
    ),
    met_pk(
        "intake:standaardtekst_edit",
        "standaardtekst",
        wie("kwartiermaker", "coordinator", "coordinator_ander"),
    ),
    *(melding(naam, "melding_open", LOKET) for naam in ("melding_presence", "melding_confirmation")),
    *(
        concept("contact", ding, NIEMAND)
        for ding in ("concept_vertrokken", "concept_omgezet", "concept_tijdelijk")
    ),
    melding("melding_detail", "melding_open", LOKET),
    melding("melding_detail", "melding_in_triage", LOKET),
    melding("melding_detail", "melding_gesloten", wie("loket")),
    melding("melding_detail", "melding_op_bord", OP_BORD),
    melding("melding_detail", "casus_melding", CASUSMELDING),
    melding("melding_detail", "casus_afgeschermd_melding", OP_NAAM),
    *(melding(naam, "melding_open", LOKET) for naam in BEHEERBAAR),
    melding("melding_handle", "melding_gesloten", NIEMAND),
    melding("melding_uitvraag", "casus_afgeschermd_melding", NIEMAND),
    melding("melding_append", "melding_open", LOKET),
    melding("melding_append", "melding_gesloten", wie("loket")),
    melding("melding_append", "casus_melding", CASUSMELDING - NOOD),
    melding("melding_append", "casus_afgeschermd_melding", OP_NAAM),
    melding("melding_more", "melding_open", LOKET),
    melding("meting_new", "melding_in_triage", LOKET),
    melding("meting_new", "melding_gesloten", wie("loket")),
    melding("meting_new", "casus_melding", CASUSMELDING - NOOD),
    melding("meting_new", "casus_afgeschermd_melding", OP_NAAM),
    # what the kwartiermaker sets up; the coordinators read along
    Adres("inrichting", wie(INRICHTING, "beheer")),
    Adres("rapportage:inzicht", INRICHTING),
    *(Adres(f"intake:{naam}", INRICHTING) for naam in ("methode_list", "methode_compare")),
    *(Adres(f"intake:{naam}", wie("kwartiermaker")) for naam in ("methode_new", "methode_shares")),
    met_pk("intake:methode_detail", "methode", INRICHTING),
    *(
        met_pk(f"intake:{naam}", "methode_concept", wie("kwartiermaker"))
        for naam in ("methode_edit", "methode_activate", "methode_copy", "methode_discard")
    ),
    *(
        met_pk(f"intake:{naam}", "methode", wie("kwartiermaker"))
        for naam in ("methode_retire", "methode_standard")
    ),
    met_pk("intake:toewijzing_end", "toewijzing", wie("kwartiermaker")),
    melding("afspraak_new", "melding_open", LOKET),
    melding("afspraak_new", "melding_gesloten", NIEMAND),
    melding("afspraak_new", "melding_op_bord", wie(TOEGANG, VOLWASSENEN)),
    afspraak("afspraak_detail", "afspraak_open", wie(LOKET, "teamgenoot")),
    afspraak("afspraak_detail", "afspraak_casus", CASUSMELDING),
    afspraak("afspraak_detail", "afspraak_afgeschermd", wie(OP_NAAM, "betrokken")),
    afspraak("afspraak_detail", "afspraak_vroeger", wie("loket_ander")),
    afspraak("afspraak_move", "afspraak_open", LOKET),
    afspraak("afspraak_move", "afspraak_casus", NIEMAND),
    *(
        afspraak(naam, ding, mogen)
        for naam in ("afspraak_cancel", "afspraak_held", "afspraak_missed")
        for ding, mogen in (
            ("afspraak_open", wie(LOKET, "teamgenoot")),
            ("afspraak_casus", wie("betrokken")),
        )
    ),
    *(
        melding(f"terugbellen_{naam}", ding, mogen)
        for naam in ("new", "done", "missed", "cancel")
        for ding, mogen in (("melding_open", LOKET), ("melding_in_triage", NIEMAND))
    ),
    *(Adres(f"intake:{naam}", DOSSIERS) for naam in ("agenda", "agenda_hours", "agenda_link")),
    *(
        Adres(
            "intake:termijn_fulfil",
            mogen,
            lambda w, ding=ding: {"nummer": w.ding[f"melding_{ding}"].nummer, "pk": w.pk(f"termijn_{ding}")},
            ding,
        )
        for ding, mogen in (("open", LOKET), ("gesloten", NIEMAND))
    ),
    # intake: the other doors
    *(Adres(f"intake:{naam}", LOKET) for naam in ("bezorgd_new", "overleg_list")),
    *(
        melding("signaal_new", ding, mogen)
        for ding, mogen in (
            ("melding_open", LOKET),
            ("melding_gesloten", wie("loket")),
            ("casus_melding", CASUSMELDING - NOOD),
        )
    ),
    *(
        signaal(naam, soort, mogen)
        for naam in ("signaal_overleg", "signaal_told")
        for soort, mogen in (("open", LOKET), ("gesloten", wie("loket")))
    ),
    *(
        Adres(f"intake:{naam}", wie(LOKET, "coordinator", "coordinator_ander"))
        for naam in ("outreach_list", "outreach_new")
    ),
    *(
        outreach(naam, lijst, mogen)
        for naam in ("outreach_detail", "outreach_add", "outreach_close")
        for lijst, mogen in (("outreachlijst", LOKET), ("outreachlijst_team", wie(LOKET, "coordinator")))
    ),
    *(
        outreach(naam, f"outreachlijst{wat}", mogen, f"outreachpersoon{wat}")
        for naam in ("outreach_attempt", "outreach_assign")
        for wat, mogen in (("", LOKET), ("_team", wie(LOKET, "coordinator")))
    ),
    inwoner("inwoner_detail", "inwoner_open", LOKET),
    inwoner("inwoner_detail", "inwoner_gesloten", wie("loket")),
    inwoner("inwoner_detail", "inwoner_op_bord", OP_BORD),
    inwoner("inwoner_detail", "casus_inwoner", CASUSMELDING),
    inwoner("inwoner_detail", "casus_afgeschermd_inwoner", OP_NAAM),
    inwoner("inwoner_detail", "inwoner_nieuw", wie("loket")),
    inwoner("inwoner_detail", "inwoner_omgezet", NIEMAND),
    inwoner("inwoner_address", "inwoner_open", LOKET),
    inwoner("inwoner_address", "casus_afgeschermd_inwoner", OP_NAAM),
    inwoner("inwoner_edit", "inwoner_open", LOKET),
    inwoner("inwoner_edit", "casus_inwoner", CASUSMELDING - NOOD),
    inwoner("inwoner_edit", "casus_afgeschermd_inwoner", OP_NAAM),
    *(
        inwoner(naam, ding, mogen)
        for naam in ("inwoner_bsn", "inwoner_bsn_reveal")
        for ding, mogen in (
            ("inwoner_open", TOEGANG),
            ("inwoner_gesloten", NIEMAND),
            ("casus_inwoner", NIEMAND),
        )
    ),
    # intake: the old loket list
    Adres("intake:loketlijst_list", LIJSTEN),
    Adres("intake:loketlijst_new", INLEZERS),
    *(
        Adres(f"intake:{naam}", mogen, lambda w: {"uuid": w.ding["loketlijst"].uuid})
        for naam, mogen in (
            ("loketlijst_detail", LIJSTEN),
            ("loketlijst_report", LIJSTEN),
            ("loketlijst_run", INLEZERS),
            ("loketlijst_stop", INLEZERS),
        )
    ),
    met_pk("intake:loketlijstrij_review", "loketlijst_rij", wie("loket")),
    # bekend of nieuw: who looks alike, and making two into one
    Adres("intake:dubbel_list", wie(LOKET, "coordinator", "coordinator_ander")),
    inwoner("inwoner_same", "inwoner_open", LOKET),
    inwoner("inwoner_same", "inwoner_gesloten", wie("loket")),
    inwoner("inwoner_same", "casus_inwoner", CASUSMELDING - NOOD),
    *(
        Adres(
            f"intake:{naam}",
            mogen,
            lambda w, ander=ander: {"uuid": w.ding["inwoner_open"].uuid, "ander": w.ding[ander].uuid},
            ander,
        )
        for naam in ("samenvoeging_new", "inwoner_different")
        for ander, mogen in (
            ("inwoner_in_triage", LOKET),
            ("inwoner_gesloten", wie("loket")),
            ("casus_inwoner", wie("loket_ander")),
        )
    ),
    Adres(
        "intake:samenvoeging_detail",
        LOKET,
        lambda w: {"uuid": w.ding["samenvoeging"].uuid},
        alleen_kijken=LOKET - TOEGANG - {"loket_ander"},
    ),
    Adres("intake:samenvoeging_undo", TOEGANG, lambda w: {"uuid": w.ding["samenvoeging"].uuid}),
    melding("termijn_list", "melding_open", LOKET),
    melding("termijn_list", "melding_op_bord", wie(TOEGANG, VOLWASSENEN)),
    melding("termijn_list", "melding_gesloten", wie("loket")),
    # the protocol of triage
    Adres("triage:protocol_list", PROTOCOL),
    Adres("triage:protocol_deviations", INRICHTING),
    met_pk("triage:protocol_detail", "protocol", PROTOCOL),
    met_pk("triage:protocol_compare", "protocol_concept", PROTOCOL),
    *(
        met_pk(f"triage:{naam}", "protocol_concept", wie("kwartiermaker"))
        for naam in (
            "protocol_edit",
            "rule_new",
            "protocol_activate",
            "protocol_copy",
            "protocol_discard",
            "proef_start",
        )
    ),
    Adres("triage:rule_edit", wie("kwartiermaker"), lambda w: {"pk": w.pk("protocol_concept"), "nummer": 1}),
    met_pk("triage:proef_detail", "protocolproef", wie("kwartiermaker")),
    met_pk("triage:proef_stop", "protocolproef", wie("kwartiermaker")),
    # triage and the boards
    *(
        Adres(f"triage:{naam}", TOEGANG)
        for naam in ("worklist", "claim_first", "filter_save", "toekenning_list")
    ),
    met_pk("triage:filter_edit", "triagefilter", wie("toegang")),
    *(
        Adres(f"triage:{naam}", mogen, lambda w, ding=ding: {"nummer": w.ding[ding].nummer}, ding)  # type: ignore[misc]
        for naam in ("claim", "concept_save", "concept_state")
        for ding, mogen in (("melding_in_triage", TOEGANG), ("melding_gesloten", NIEMAND))
    ),
    Adres(
        "triage:triage_form", TOEGANG, lambda w: {"nummer": w.ding["melding_in_triage"].nummer}, "in triage"
    ),
    Adres("triage:triage_form", NIEMAND, lambda w: {"nummer": w.ding["melding_gesloten"].nummer}, "gesloten"),
    Adres("triage:board", BORD),
    Adres("triage:overleg_list", BORD, alleen_kijken=BORD - TOEGANG - {"coordinator", "coordinator_ander"}),
    overleg("overleg_detail", wie(TOEGANG, VOLWASSENEN), VOLWASSENEN - {"coordinator"}),
    overleg("besluiten", wie(TOEGANG, VOLWASSENEN)),
    overleg("besluiten_pdf", wie(TOEGANG, VOLWASSENEN)),
    overleg("overleg_change", wie(TOEGANG, "coordinator")),
    Adres("triage:reeks_list", BORD),
    Adres("triage:reeks_new", wie(TOEGANG, "coordinator", "coordinator_ander")),
    met_pk("triage:reeks_change", "reeks", wie(TOEGANG, "coordinator")),
    met_pk("triage:reeks_stop", "reeks", wie(TOEGANG, "coordinator")),
    Adres("triage:terugkoppeling_list", DOSSIERS),
    Adres("triage:terugkoppeling_rules", DOSSIERS),
    met_pk("triage:terugkoppeling_detail", "terugkoppeling", OP_BORD),
    overleg("overleg_cancel", wie(TOEGANG, "coordinator")),
    overleg("overleg_finish", wie(TOEGANG, "coordinator")),
    overleg("overleg_table", wie(TOEGANG, "coordinator")),
    aanmelding("kent_gezin_mark", wie(TOEGANG, VOLWASSENEN)),
    met_pk("triage:kent_gezin_lift", "kent_gezin", wie(TOEGANG, "coordinator")),
    aanmelding("aanmelding_detail", wie(TOEGANG, VOLWASSENEN)),
    aanmelding("card_move", wie(TOEGANG, "coordinator")),
    aanmelding("aanmelding_finish", wie(TOEGANG, "coordinator")),
    # casusregie
    Adres("casusregie:casus_list", DOSSIERS),
    Adres("casusregie:noodtoegang_new", BORD),
    casus("casus_detail", "casus", wie(BETROKKEN, NOOD)),
    casus("casus_detail", "casus_opgeschaald", OPGESCHAALD),
    casus("casus_detail", "casus_vers", wie(BETROKKEN, "toegang")),
    casus("casus_detail", "casus_afgeschermd", OP_NAAM),
    casus("actie_new", "casus", BETROKKEN),
    casus("notitie_new", "casus", BETROKKEN),
    casus("actie_new", "casus_afgeschermd", OP_NAAM),
    casus("notitie_new", "casus_afgeschermd", OP_NAAM),
    casus("actie_complete", "casus", REGIE, "actie_regisseur"),
    casus("actie_complete", "casus", BETROKKEN, "actie_betrokken"),
    casus("actie_complete", "casus_afgeschermd", wie("regisseur"), "actie_betrokken"),
    casus("actie_drop", "casus", REGIE, "actie_regisseur"),
    casus("doel_change", "casus", REGIE, "doel"),
    casus("doel_finish", "casus", REGIE, "doel"),
    casus("betrokkenheid_end", "casus", REGIE, "betrokkenheid_jit"),
    casus("nazorg_record", "casus", REGIE, "nazorg"),
    *(casus(naam, "casus", REGIE) for naam in VAN_DE_REGIE),
    *(
        casus(naam, "casus_afgeschermd", wie("regisseur"))
        for naam in ("regie_transfer", "person_invite", "casus_readers")
    ),
    casus("casus_shield", "casus", wie("regisseur")),
    casus("casus_unshield", "casus_afgeschermd", wie("regisseur")),
    Adres(
        "casusregie:person_withdraw",
        wie("regisseur"),
        lambda w: {"nummer": w.ding["casus_afgeschermd"].nummer, "pk": w.mens["genodigde"].pk},
    ),
    # the sociale kaart
    Adres("socialekaart:voorziening_list", ALLEN),
    Adres("socialekaart:voorziening_new", KAART),
    Adres("socialekaart:fout_list", wie("kaart")),
    voorziening("voorziening_detail", ALLEN),
    voorziening("fout_report", ALLEN),
    voorziening("voorziening_edit", KAART),
    voorziening("voorziening_check", KAART),
    met_pk("socialekaart:fout_handle", "foutmelding", wie("kaart")),
    # stuurinformatie
    Adres("rapportage:dashboard", CIJFERS),
    Adres("rapportage:thema", CIJFERS, lambda _: {"thema": "herkomst"}),
    Adres("rapportage:tabel_list", CIJFERS),
    Adres("rapportage:tabel_detail", CIJFERS, lambda _: {"tabel": "meldingen"}, leeg=True),
    Adres("rapportage:codeboek", CIJFERS),
    Adres("rapportage:bevolking", INLEZERS),
    Adres(
        "rapportage:toelichting_edit",
        wie("beleid", "omgezet"),
        lambda _: {"periode": "2026-10", "figuur": "route-route"},
        leeg=True,
    ),
    Adres("rapportage:download", CIJFERS, lambda _: {"periode": "2026-10", "tabel": "meldingen"}, leeg=True),
    Adres(
        "rapportage:download_table",
        CIJFERS,
        lambda _: {"periode": "2026-10", "tabel": "meldingen", "vorm": "xlsx"},
        leeg=True,
    ),
    Adres("rapportage:download_period", CIJFERS, lambda _: {"periode": "2026-10", "vorm": "ods"}, leeg=True),
    Adres("rapportage:open_data", CIJFERS),
    Adres("rapportage:theme_pdf", CIJFERS, lambda _: {"thema": "route", "periode": "2026-K3"}, leeg=True),
    Adres(
        "rapportage:figuur_file",
        CIJFERS,
        lambda _: {"figuur": "route-route", "periode": "2026-K3", "vorm": "svg"},
        leeg=True,
    ),
    Adres("rapportage:rapport_list", CIJFERS, alleen_kijken=CIJFERS - wie("beleid", "omgezet")),
    Adres("rapportage:rapport_detail", CIJFERS, lambda _: RAPPORT),
    Adres("rapportage:rapport_stop", wie("beleid", "omgezet"), lambda _: RAPPORT),
    Adres("rapportage:rapport_pdf", CIJFERS, lambda _: RAPPORT, leeg=True),
)
