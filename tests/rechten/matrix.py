"""Domein 4 as one table: object × what is done × who may. Both locks are held to it (test_matrix_slot1, _slot2).

A row names everybody of the town (wereld.py) who may; whoever isn't named may not. `slot1` says which Rule is asked, on
which object; `slot2` is what is tried in SQL. Where a lock has no such question (or is wider on purpose) the row says so.
"""

from dataclasses import dataclass

from tests.rechten import nieuw
from tests.rechten.nieuw import Maker
from tests.rechten.wereld import MENSEN

LEEST, WIJZIGT = "leest", "wijzigt"


@dataclass(frozen=True)
class Vraag:
    """One line of the matrix."""

    ding: str
    doet: str
    wie: frozenset[str]
    slot1: tuple[tuple[str, str], ...]
    """(right, object) pairs of which one must hold; an empty object asks may() of a role."""
    maakt: Maker | None = None
    """For a row that is added: what lock 2 tries to insert. None: SELECT or UPDATE of the object itself."""
    slot2_ook: frozenset[str] = frozenset()
    """Whom lock 2 lets through on top, because the act is part of another one that lock 1 asks about."""
    omdat: str = ""

    def __str__(self) -> str:
        return f"{self.ding}: {self.doet}"


def wie(*namen: str | frozenset[str]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for naam in namen:
        found |= {naam} if isinstance(naam, str) else naam
    assert found <= set(MENSEN), found - set(MENSEN)
    return found


NIEMAND = wie()
LOKET = wie("loket", "loket_ander", "toegang", "nood_toegang")
TOEGANG = wie("toegang", "nood_toegang")
VOLWASSENEN = wie("regisseur", "betrokken", "teamgenoot", "procesregisseur", "coordinator")
GEMEENTE = wie("toegang", "procesregisseur", "coordinator")
TEAMS = wie(
    VOLWASSENEN, "vreemd", "genodigde", "procesregisseur_ander", "coordinator_ander", "nood", "nood_voorbij"
)
NOOD = wie("nood", "nood_toegang")
ALLEN = wie(*(set(MENSEN) - {"vertrokken", "geblokkeerd", "tijdelijk"}))
# The melding that went to the board came in at SMOW, and the gemeente did the triage.
OP_BORD = wie("loket_ander", GEMEENTE, VOLWASSENEN, TOEGANG)
REGIE = wie("regisseur", "coordinator")
BETROKKEN = wie(REGIE, "betrokken")
OPGESCHAALD = wie(BETROKKEN, "procesregisseur")
OP_NAAM = wie("regisseur", "genodigde")
INRICHTING = wie("kwartiermaker", "coordinator", "coordinator_ander")
# A casus gives its melding to whoever may read it; SMOW had that melding at the loket.
CASUSMELDING = wie(BETROKKEN, "loket_ander", NOOD)


def leest(ding: str, recht: str, mogen: frozenset[str], *, van: str = "", **rest: object) -> Vraag:
    return Vraag(ding, LEEST, mogen, ((recht, van or ding),) if recht else (), **rest)


def wijzigt(ding: str, recht: str, mogen: frozenset[str], *, van: str = "", **rest: object) -> Vraag:
    return Vraag(ding, WIJZIGT, mogen, ((recht, van or ding),) if recht else (), **rest)


def maakt(wat: str, recht: str, van: str, mogen: frozenset[str], maker: Maker, **rest: object) -> Vraag:
    return Vraag(van or "nieuw", f"maakt {wat}", mogen, ((recht, van),) if recht else (), maker, **rest)


def _melding(status: str, mogen_lezen: frozenset[str], mogen_schrijven: frozenset[str]) -> list[Vraag]:
    """A melding at the loket with all that hangs on it."""
    melding = f"melding_{status}"
    recht = "intake.triage_melding" if status == "in_triage" else "intake.change_melding"
    rights = (("intake.change_melding", melding), (recht, melding))
    return [
        leest(melding, "intake.view_melding", mogen_lezen),
        Vraag(melding, WIJZIGT, mogen_schrijven, rights),
        leest(f"contact_{status}", "intake.view_melding", mogen_lezen, van=melding),
        leest(f"aanvulling_{status}", "intake.view_melding", mogen_lezen, van=melding),
        wijzigt(f"aanvulling_{status}", "", NIEMAND),
        leest(f"uitvraag_{status}", "intake.view_melding", mogen_lezen, van=melding),
        leest(f"antwoord_{status}", "intake.view_melding", mogen_lezen, van=melding),
        Vraag(f"antwoord_{status}", WIJZIGT, mogen_schrijven, rights),
        leest(f"termijn_{status}", "intake.view_melding", mogen_lezen, van=melding),
        Vraag(f"termijn_{status}", WIJZIGT, mogen_schrijven, rights),
        leest(f"opgave_{status}", "intake.view_melding", mogen_lezen, van=melding),
        wijzigt(f"opgave_{status}", "", NIEMAND),
        leest(f"signaal_{status}", "intake.view_melding", mogen_lezen, van=melding),
        wijzigt(f"signaal_{status}", "intake.append_melding", mogen_lezen, van=melding),
        maakt("signaal", "intake.append_melding", melding, mogen_lezen, nieuw.signaal(melding)),
        maakt("aanvulling", "intake.append_melding", melding, mogen_lezen, nieuw.aanvulling(melding)),
        leest(f"inwoner_{status}", "inwoners.view_inwoner", mogen_lezen),
        wijzigt(f"inwoner_{status}", "inwoners.change_inwoner", mogen_lezen),
    ]


def _casus(
    casus: str,
    *,
    lezen: frozenset[str],
    doen: frozenset[str],
    beheren: frozenset[str],
    bsn: frozenset[str] = NIEMAND,
) -> list[Vraag]:
    """A casus: who reads it, who works in it, and who has all of it."""
    delen = ("actie_regisseur", "actie_betrokken", "notitie", "lid", "regie", "betrokkenheid_jit", "nazorg")
    view, manage, contribute = (f"casusregie.{verb}_casus" for verb in ("view", "manage", "contribute"))
    own = wie("betrokken") & doen
    return [
        leest(casus, view, lezen),
        wijzigt(casus, manage, beheren),
        *(leest(f"{casus}_{deel}", view, lezen, van=casus) for deel in delen),
        *(wijzigt(f"{casus}_{deel}", manage, beheren, van=casus) for deel in delen[3:]),
        wijzigt(f"{casus}_notitie", "", NIEMAND),
        Vraag(
            f"{casus}_actie_regisseur",
            WIJZIGT,
            beheren,
            ((manage, casus), ("casusregie.complete_actie", f"{casus}_actie_regisseur")),
        ),
        Vraag(
            f"{casus}_actie_betrokken",
            WIJZIGT,
            wie(beheren, own),
            ((manage, casus), ("casusregie.complete_actie", f"{casus}_actie_betrokken")),
        ),
        maakt("notitie", contribute, casus, doen, nieuw.notitie(casus)),
        maakt("actie", contribute, casus, doen, nieuw.actie(casus)),
        maakt("schaling", manage, casus, beheren, nieuw.schaling(casus)),
        maakt("deling met een mens", manage, casus, beheren, nieuw.deling_mens(casus)),
        maakt("deling met een organisatie", manage, casus, beheren, nieuw.deling_organisatie(casus)),
        leest(f"{casus}_bsn", "inwoners.view_bsn", bsn, van=f"{casus}_inwoner"),
    ]


MATRIX: tuple[Vraag, ...] = (
    # One joint loket: open meldingen are everybody's there. A closed one is its own moederorganisatie's, and nobody's
    # to overwrite: corrections are added.
    *_melding("open", LOKET, LOKET),
    *_melding("in_triage", LOKET, LOKET),
    *_melding("gesloten", wie("loket"), NIEMAND),
    leest("melding_gesloten_ander", "intake.view_melding", wie("loket_ander")),
    leest("meegegeven", "intake.view_melding", wie("loket"), van="melding_gesloten"),
    maakt("uitvraag", "intake.change_melding", "melding_kaal", LOKET, nieuw.uitvraag("melding_kaal")),
    maakt("termijn", "intake.change_melding", "melding_kaal", LOKET, nieuw.termijn("melding_kaal")),
    maakt("opgave", "intake.change_melding", "melding_kaal", LOKET, nieuw.opgave("melding_kaal")),
    maakt("contactmoment", "intake.register_contact", "", LOKET, nieuw.contact),
    # Outreach is the loket's; a list of a team also of who coordinates it.
    *(
        vraag
        for naam, soort, mogen in (
            ("", "voorportaal", LOKET),
            ("_team", "volwassenen", wie(LOKET, "coordinator")),
        )
        for vraag in (
            leest(f"outreachlijst{naam}", "intake.view_outreachlijst", mogen),
            wijzigt(f"outreachlijst{naam}", "intake.view_outreachlijst", mogen),
            leest(f"outreachpersoon{naam}", "intake.view_outreachlijst", mogen, van=f"outreachlijst{naam}"),
            wijzigt(f"outreachpersoon{naam}", "intake.view_outreachlijst", mogen, van=f"outreachlijst{naam}"),
            leest(f"outreachpoging{naam}", "intake.view_outreachlijst", mogen, van=f"outreachlijst{naam}"),
            wijzigt(f"outreachpoging{naam}", "", NIEMAND),
            maakt(f"outreachlijst van {soort}", "", "", mogen, nieuw.outreachlijst(soort)),
            maakt(
                "outreachpersoon",
                "intake.view_outreachlijst",
                f"outreachlijst{naam}",
                mogen,
                nieuw.outreachpersoon(f"outreachlijst{naam}"),
            ),
            maakt(
                "outreachpoging",
                "intake.view_outreachlijst",
                f"outreachlijst{naam}",
                mogen,
                nieuw.outreachpoging(f"outreachpersoon{naam}"),
            ),
        )
    ),
    maakt(
        "outreachpersoon die men ziet",
        "",
        "",
        wie("loket"),
        nieuw.outreachpersoon("outreachlijst", "inwoner_gesloten"),
    ),
    maakt(
        "outreachpersoon die men niet ziet",
        "",
        "",
        NIEMAND,
        nieuw.outreachpersoon("outreachlijst", "casus_afgeschermd_inwoner"),
    ),
    # A dossier opens what it points at, so nobody points at what they can't see.
    maakt(
        "melding", "intake.register_contact", "", LOKET, nieuw.melding_over("inwoner_open", "contact_open")
    ),
    maakt(
        "melding over wie men niet ziet",
        "",
        "",
        NIEMAND,
        nieuw.melding_over("casus_afgeschermd_inwoner", "contact_open"),
    ),
    maakt(
        "melding bij een gesprek van een ander",
        "",
        "",
        wie("loket"),
        nieuw.melding_over("inwoner_open", "contact_gesloten"),
    ),
    maakt("casus", "", "", wie(TOEGANG, "coordinator"), nieuw.nieuwe_casus("melding_op_bord")),
    maakt(
        "casus op een melding die men niet ziet",
        "",
        "",
        NIEMAND,
        nieuw.nieuwe_casus("melding_gesloten_ander"),
    ),
    maakt("casuslid", "casusregie.manage_casus", "casus", REGIE, nieuw.casuslid("casus_opgeschaald_inwoner")),
    maakt("casuslid dat men niet ziet", "", "", NIEMAND, nieuw.casuslid("inwoner_gesloten")),
    maakt(
        "aanmelding van een melding die men niet ziet",
        "",
        "",
        NIEMAND,
        nieuw.aanmelding_van("melding_gesloten_ander"),
    ),
    # A meting is added, as an aanvulling is, and then stays as it is.
    *(
        regel
        for status, mogen in (("in_triage", LOKET), ("gesloten", wie("loket")))
        for regel in (
            leest(f"meting_{status}", "intake.view_melding", mogen, van=f"melding_{status}"),
            wijzigt(f"meting_{status}", "", NIEMAND),
            leest(f"metingantwoord_{status}", "intake.view_melding", mogen, van=f"melding_{status}"),
            wijzigt(f"metingantwoord_{status}", "", NIEMAND),
            maakt(
                "meting",
                "intake.append_melding",
                f"melding_{status}",
                mogen,
                nieuw.meting(f"melding_{status}"),
            ),
        )
    ),
    maakt(
        "meting", "intake.append_melding", "casus_melding", CASUSMELDING - NOOD, nieuw.meting("casus_melding")
    ),
    maakt(
        "meting",
        "intake.append_melding",
        "casus_afgeschermd_melding",
        OP_NAAM,
        nieuw.meting("casus_afgeschermd_melding"),
    ),
    # What is asked is no secret inside; only the kwartiermaker sets it up.
    *(
        regel
        for ding in ("methode", "methode_concept", "toewijzing")
        for regel in (
            leest(
                ding,
                "inrichting.view_methode",
                INRICHTING,
                slot2_ook=frozenset(MENSEN) - INRICHTING,
                omdat="geen inwoner",
            ),
            wijzigt(ding, "inrichting.change_methode", wie("kwartiermaker")),
        )
    ),
    maakt("uitvraagmethode", "inrichting.change_methode", "", wie("kwartiermaker"), nieuw.methode),
    maakt("methodetoewijzing", "inrichting.change_methode", "", wie("kwartiermaker"), nieuw.toewijzing),
    # An afspraak is read with its melding; who is booked reads when and where, and says how it went.
    leest("afspraak_open", "intake.view_afspraak", wie(LOKET, "teamgenoot")),
    wijzigt("afspraak_open", "intake.change_afspraak", wie(LOKET, "teamgenoot")),
    leest("afspraak_gesloten", "intake.view_afspraak", wie("loket")),
    wijzigt("afspraak_gesloten", "intake.change_afspraak", wie("loket")),
    leest("afspraak_casus", "intake.view_afspraak", CASUSMELDING),
    wijzigt("afspraak_casus", "intake.change_afspraak", wie("betrokken")),
    leest("afspraak_afgeschermd", "intake.view_afspraak", wie(OP_NAAM, "betrokken")),
    wijzigt("afspraak_afgeschermd", "intake.change_afspraak", wie("betrokken")),
    leest("afspraak_vroeger", "intake.view_afspraak", wie("loket_ander")),
    leest("bezetting_teamgenoot", "intake.view_afspraak", wie(LOKET, "teamgenoot"), van="afspraak_open"),
    wijzigt("bezetting_teamgenoot", "", NIEMAND),
    maakt("afspraak", "intake.plan_afspraak", "melding_open", LOKET, nieuw.afspraak("melding_open")),
    maakt(
        "afspraak", "intake.plan_afspraak", "melding_gesloten", NIEMAND, nieuw.afspraak("melding_gesloten")
    ),
    maakt(
        "afspraak",
        "intake.plan_afspraak",
        "melding_op_bord",
        wie(TOEGANG, VOLWASSENEN),
        nieuw.afspraak("melding_op_bord"),
    ),
    maakt(
        "bezetting",
        "intake.move_afspraak",
        "afspraak_open",
        LOKET,
        nieuw.bezetting("afspraak_open", "vreemd"),
    ),
    leest("terugbellen_open", "intake.view_terugbelverzoek", LOKET),
    wijzigt("terugbellen_open", "intake.change_terugbelverzoek", LOKET),
    leest("terugbellen_gesloten", "intake.view_terugbelverzoek", wie("loket")),
    wijzigt("terugbellen_gesloten", "intake.change_terugbelverzoek", NIEMAND),
    maakt(
        "terugbelverzoek", "intake.plan_terugbellen", "melding_kaal", LOKET, nieuw.terugbellen("melding_kaal")
    ),
    # When somebody works is no secret; on which days somebody is away, and the key of the agenda, are their own.
    leest(
        "werktijd",
        "intake.own_werktijd",
        wie("teamgenoot"),
        slot2_ook=frozenset(MENSEN) - {"teamgenoot"},
        omdat="geen inwoner",
    ),
    wijzigt("werktijd", "intake.own_werktijd", wie("teamgenoot")),
    maakt("werktijd voor loket", "", "", wie("loket"), nieuw.werktijd("loket")),
    maakt("werktijd voor wie weg is", "", "", NIEMAND, nieuw.werktijd("vertrokken")),
    leest("werkuitzondering", "intake.own_werktijd", wie("teamgenoot")),
    wijzigt("werkuitzondering", "intake.own_werktijd", wie("teamgenoot")),
    leest("agendasleutel", "intake.own_agendasleutel", wie("teamgenoot")),
    wijzigt("agendasleutel", "intake.own_agendasleutel", wie("teamgenoot")),
    leest("inwoner_nieuw", "inwoners.view_inwoner", wie("loket")),
    maakt("inwoner", "inwoners.search_inwoner", "", wie(LOKET, TEAMS), nieuw.inwoner),
    # A concept is of one person; a contact too, until its melding says otherwise.
    leest("concept", "intake.own_concept", wie("loket")),
    wijzigt("concept", "intake.own_concept", wie("loket")),
    wijzigt("contact_open", "", wie("loket")),
    # BSN: for a zorgregisseur who may see the inwoner by something else than an emergency.
    leest("bsn_open", "inwoners.view_bsn", TOEGANG, van="inwoner_open"),
    wijzigt("bsn_open", "inwoners.view_bsn", TOEGANG, van="inwoner_open"),
    leest("bsn_gesloten", "inwoners.view_bsn", NIEMAND, van="inwoner_gesloten"),
    maakt("bsn", "inwoners.view_bsn", "inwoner_in_triage", TOEGANG, nieuw.bsn("inwoner_in_triage")),
    # The old loket list: handed over by who sees nobody, opened by the system only; a row is its own organisation's.
    leest("loketlijst_inhoud", "", NIEMAND),
    wijzigt("loketlijst_inhoud", "", NIEMAND),
    maakt(
        "inhoud van een loketlijst",
        "loketlijst.import_list",
        "",
        wie("beheer", "kwartiermaker"),
        nieuw.loketlijst_inhoud,
    ),
    leest("loketlijst_rij", "intake.view_loketlijstrij", wie("loket")),
    wijzigt("loketlijst_rij", "intake.view_loketlijstrij", wie("loket")),
    maakt("rij van een loketlijst", "", "", NIEMAND, nieuw.loketlijst_rij),
    # Triage is the gate for seeing across organisations.
    maakt("triage", "intake.triage_melding", "melding_in_triage", TOEGANG, nieuw.triage("melding_in_triage")),
    leest("melding_op_bord", "intake.view_melding", OP_BORD),
    wijzigt("melding_op_bord", "intake.triage_melding", wie(TOEGANG, VOLWASSENEN)),
    leest("inwoner_op_bord", "inwoners.view_inwoner", OP_BORD),
    leest("triage", "intake.view_melding", OP_BORD, van="melding_op_bord"),
    wijzigt("triage", "", NIEMAND),
    leest("triage_voorziening", "intake.view_melding", OP_BORD, van="melding_op_bord"),
    leest("aanmelding", "triage.view_aanmelding", wie(TOEGANG, VOLWASSENEN)),
    wijzigt("aanmelding", "triage.decide_aanmelding", wie(TOEGANG, "coordinator")),
    leest("agendapunt", "triage.view_aanmelding", wie(TOEGANG, VOLWASSENEN), van="aanmelding"),
    wijzigt("agendapunt", "triage.decide_aanmelding", wie(TOEGANG, "coordinator"), van="aanmelding"),
    # What was said about it on the board is shielded with the casus that came of it.
    leest("casus_afgeschermd_aanmelding", "triage.view_aanmelding", wie("regisseur")),
    leest(
        "casus_afgeschermd_agendapunt",
        "triage.view_aanmelding",
        wie("regisseur"),
        van="casus_afgeschermd_aanmelding",
    ),
    wijzigt(
        "casus_afgeschermd_agendapunt",
        "triage.decide_aanmelding",
        NIEMAND,
        van="casus_afgeschermd_aanmelding",
    ),
    maakt("aanmelding", "triage.do_triage", "", TOEGANG, nieuw.aanmelding_van("melding_in_triage")),
    maakt(
        "agendapunt", "triage.decide_aanmelding", "aanmelding", wie(TOEGANG, "coordinator"), nieuw.agendapunt
    ),
    wijzigt(
        "casus_aanmelding",
        "triage.decide_aanmelding",
        wie(TOEGANG, "coordinator"),
        slot2_ook=wie("regisseur"),
        omdat="wie de casus start, rondt de aanmelding af die hem werd toegewezen",
    ),
    # The casus: its regisseur, the involved organisations, its coordinator; the procesregisseur once it is opgeschaald.
    *_casus("casus", lezen=wie(BETROKKEN, NOOD), doen=BETROKKEN, beheren=REGIE),
    *_casus("casus_opgeschaald", lezen=OPGESCHAALD, doen=OPGESCHAALD, beheren=wie(REGIE, "procesregisseur")),
    leest("schaling", "casusregie.view_casus", OPGESCHAALD, van="casus_opgeschaald"),
    leest("casus_melding", "intake.view_melding", CASUSMELDING),
    wijzigt("casus_melding", "intake.change_melding", NIEMAND),
    leest("casus_inwoner", "inwoners.view_inwoner", CASUSMELDING),
    wijzigt("casus_inwoner", "inwoners.change_inwoner", CASUSMELDING - NOOD),
    leest("casus_deling_organisatie", "casusregie.view_casus", wie(BETROKKEN, NOOD), van="casus"),
    # Just opened by the toegang that wrote the besluit: theirs too, until the regisseur starts.
    *_casus(
        "casus_vers",
        lezen=wie(BETROKKEN, "toegang"),
        doen=wie(BETROKKEN, "toegang"),
        beheren=wie(REGIE, "toegang"),
        bsn=wie("toegang"),
    ),
    # Shielded: only who is named, whatever their organisation or team.
    *_casus("casus_afgeschermd", lezen=OP_NAAM, doen=OP_NAAM, beheren=wie("regisseur")),
    leest("casus_afgeschermd_melding", "intake.view_melding", OP_NAAM),
    leest("casus_afgeschermd_inwoner", "inwoners.view_inwoner", OP_NAAM),
    leest("casus_afgeschermd_deling_mens", "casusregie.view_casus", OP_NAAM, van="casus_afgeschermd"),
    # Two who look alike, and the proposal to make them one: who sees both. Nobody writes those but PostgreSQL.
    leest("dubbel", "inwoners.view_dubbel", LOKET),
    wijzigt("dubbel", "", NIEMAND),
    leest("samenvoeging", "inwoners.view_samenvoeging", LOKET),
    wijzigt("samenvoeging", "", NIEMAND),
    maakt(
        "samenvoeging",
        "inwoners.change_inwoner",
        "inwoner_in_triage",
        LOKET,
        nieuw.samenvoeging("inwoner_in_triage", "inwoner_open"),
    ),
    maakt(
        "samenvoeging met wie men niet ziet",
        "",
        "",
        wie("loket"),
        nieuw.samenvoeging("inwoner_open", "inwoner_gesloten"),
    ),
    # Who left or changed roles has lost even what stands in their own name.
    *(
        leest(f"{soort}_{naam}", recht, NIEMAND, van=van.format(naam=naam))
        for naam in ("vertrokken", "omgezet", "geblokkeerd", "tijdelijk")
        for soort, recht, van in (
            ("concept", "intake.own_concept", "concept_{naam}"),
            ("inwoner", "inwoners.view_inwoner", "inwoner_{naam}"),
            ("contact", "", ""),
        )
    ),
    # The log and the emergencies: the privacy officer reads, everybody adds about themselves, nobody changes.
    leest("regel", "verantwoording.view_regel", wie("privacy")),
    wijzigt("regel", "", NIEMAND),
    maakt("regel namens een ander", "", "", wie("teamgenoot"), nieuw.regel, omdat="alleen over zichzelf"),
    leest(
        "noodtoegang_nood",
        "verantwoording.view_regel",
        wie("privacy"),
        slot2_ook=wie("nood"),
        omdat="slot 1 zoekt ermee welke noodtoegang er nu loopt",
    ),
    wijzigt("noodtoegang_nood", "", NIEMAND),
    # Who works here is no secret inside; only a beheerder changes it, and never for themselves.
    leest(
        "plaatsing",
        "medewerkers.manage_plaatsing",
        wie("beheer"),
        slot2_ook=frozenset(MENSEN) - {"beheer"},
        omdat="geen inwoner",
    ),
    wijzigt("plaatsing", "medewerkers.manage_plaatsing", wie("beheer")),
    maakt("plaatsing", "medewerkers.manage_plaatsing", "", wie("beheer"), nieuw.plaatsing("vertrokken")),
    maakt("plaatsing voor zichzelf", "", "", NIEMAND, nieuw.plaatsing("")),
    leest(
        "mandaat",
        "medewerkers.manage_plaatsing",
        wie("beheer"),
        slot2_ook=frozenset(MENSEN) - {"beheer"},
        omdat="geen inwoner",
    ),
    wijzigt("mandaat", "medewerkers.manage_plaatsing", wie("beheer")),
    leest(
        "medewerker",
        "medewerkers.manage_plaatsing",
        wie("beheer"),
        slot2_ook=frozenset(MENSEN) - {"beheer"},
        omdat="geen inwoner",
    ),
    wijzigt(
        "medewerker",
        "medewerkers.manage_plaatsing",
        wie("beheer"),
        slot2_ook=wie("teamgenoot"),
        omdat="het eigen wachtwoord",
    ),
    maakt("account", "medewerkers.manage_plaatsing", "", wie("beheer"), nieuw.medewerker),
    # The sociale kaart is everybody's to read; kept by the voorportaal and its beheerder.
    leest(
        "voorziening",
        "socialekaart.view_voorziening",
        ALLEN,
        slot2_ook=frozenset(MENSEN) - ALLEN,
        omdat="niets over een mens: geen slot 2",
    ),
    wijzigt(
        "voorziening",
        "socialekaart.change_voorziening",
        wie("kaart", "loket", "loket_ander"),
        slot2_ook=frozenset(MENSEN) - {"kaart", "loket", "loket_ander"},
        omdat="niets over een mens: geen slot 2",
    ),
)
