"""Domein 4 as one table: object × what is done × who may. Both locks are held to it (test_matrix_slot1, _slot2).

A row names everybody of the town (wereld.py) who may; whoever isn't named may not. `slot1` says which Rule is asked, on
which object; `slot2` is what is tried in SQL. Where a lock has no such question (or is wider on purpose) the row says so.
"""

from tests.rechten import nieuw
from tests.rechten.rapportvragen import RAPPORTVRAGEN
from tests.rechten.vocabulaire import (
    ALLEN,
    BETROKKEN,
    CASUSMELDING,
    INRICHTING,
    LEEST,
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
    Vraag,
    casus_lines,
    leest,
    maakt,
    melding_lines,
    wie,
    wijzigt,
)
from tests.rechten.wereld import MENSEN

MATRIX: tuple[Vraag, ...] = (
    # One joint loket: open meldingen are everybody's there. A closed one is its own moederorganisatie's, and nobody's
    # to overwrite: corrections are added.
    *melding_lines("open", LOKET, LOKET),
    *melding_lines("in_triage", LOKET, LOKET),
    *melding_lines("gesloten", wie("loket"), NIEMAND),
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
    leest("berichtvoorkeur", "termijnbericht.own", wie("teamgenoot")),
    wijzigt("berichtvoorkeur", "termijnbericht.own", wie("teamgenoot")),
    leest("termijnbericht", "termijnbericht.own", wie("teamgenoot")),
    wijzigt("termijnbericht", "", NIEMAND),
    leest("agendasleutel", "intake.own_agendasleutel", wie("teamgenoot")),
    wijzigt("agendasleutel", "intake.own_agendasleutel", wie("teamgenoot")),
    leest("inwoner_nieuw", "inwoners.view_inwoner", wie("loket")),
    maakt("inwoner", "inwoners.search_inwoner", "", wie(LOKET, TEAMS), nieuw.inwoner),
    # A concept is of one person; a contact too, until its melding says otherwise.
    leest("concept", "intake.own_concept", wie("loket")),
    wijzigt("concept", "intake.own_concept", wie("loket")),
    # One that lies still may be taken by a colleague at the loket, onto their own name.
    leest("concept_stil", "intake.take_concept", LOKET),
    wijzigt("concept_stil", "intake.own_concept", wie("loket")),
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
    # What lies around it: a step and a turn are read with the melding; what is half typed only by who may weigh it.
    *(
        regel
        for ding, maker in (("meldcodestap", nieuw.meldcodestap), ("triagebeurt", nieuw.triagebeurt))
        for regel in (
            leest(ding, "intake.view_melding", LOKET, van="melding_in_triage"),
            wijzigt(ding, "intake.triage_melding", TOEGANG, van="melding_in_triage"),
            maakt(ding, "intake.triage_melding", "melding_in_triage", TOEGANG, maker("melding_in_triage")),
        )
    ),
    leest("triageconcept", "intake.triage_melding", TOEGANG, van="melding_in_triage"),
    wijzigt("triageconcept", "intake.triage_melding", TOEGANG, van="melding_in_triage"),
    maakt("triageconcept", "triage.do_triage", "", TOEGANG, nieuw.triageconcept("melding_open")),
    leest("triagefilter", "triage.own_filter", wie("toegang")),
    wijzigt("triagefilter", "triage.own_filter", wie("toegang")),
    maakt("triagefilter", "triage.do_triage", "", TOEGANG, nieuw.triagefilter),
    # The people around an inwoner: as the inwoner.
    *(
        regel
        for welke, inwoner, mogen in (
            ("netwerklid", "inwoner_in_triage", LOKET),
            ("netwerklid_gesloten", "inwoner_gesloten", wie("loket")),
        )
        for regel in (
            leest(welke, "inwoners.view_inwoner", mogen, van=inwoner),
            wijzigt(welke, "inwoners.change_inwoner", mogen, van=inwoner),
            maakt("netwerklid", "inwoners.change_inwoner", inwoner, mogen, nieuw.netwerklid(inwoner)),
        )
    ),
    leest("melding_op_bord", "intake.view_melding", OP_BORD),
    wijzigt("melding_op_bord", "intake.triage_melding", wie(TOEGANG, VOLWASSENEN)),
    leest("inwoner_op_bord", "inwoners.view_inwoner", OP_BORD),
    leest("triage", "intake.view_melding", OP_BORD, van="melding_op_bord"),
    wijzigt("triage", "", NIEMAND),
    # The advice is the triage's; who gave it, gave it once. It never comes from a protocol that is still a concept.
    leest("triageadvies", "intake.view_melding", OP_BORD, van="melding_op_bord"),
    wijzigt("triageadvies", "", NIEMAND),
    maakt("advies bij een triage", "", "", wie("toegang"), nieuw.triageadvies("triage_vrij")),
    # What the protocol says is no secret inside; only the kwartiermaker writes and tries it.
    *(
        regel
        for ding in ("protocol", "protocol_concept")
        for regel in (
            leest(
                ding,
                "inrichting.view_protocol",
                PROTOCOL,
                slot2_ook=frozenset(MENSEN) - PROTOCOL,
                omdat="geen inwoner",
            ),
            wijzigt(ding, "inrichting.change_protocol", wie("kwartiermaker")),
        )
    ),
    maakt("protocolversie", "inrichting.change_protocol", "", wie("kwartiermaker"), nieuw.protocol),
    leest("protocolproef", "inrichting.change_protocol", wie("kwartiermaker")),
    wijzigt("protocolproef", "inrichting.change_protocol", wie("kwartiermaker")),
    maakt("protocolproef", "inrichting.change_protocol", "", wie("kwartiermaker"), nieuw.protocolproef),
    leest("triage_voorziening", "intake.view_melding", OP_BORD, van="melding_op_bord"),
    # What was granted within a mandaat is read with its melding, and never changes; whoever weighed it granted it.
    leest("toekenning", "triage.view_toekenning", OP_BORD),
    wijzigt("toekenning", "", NIEMAND),
    maakt("toekenning", "", "", wie("toegang"), nieuw.toekenning, omdat="binnen het eigen mandaat"),
    leest("aanmelding", "triage.view_aanmelding", wie(TOEGANG, VOLWASSENEN)),
    wijzigt("aanmelding", "triage.decide_aanmelding", wie(TOEGANG, "coordinator")),
    leest("agendapunt", "triage.view_aanmelding", wie(TOEGANG, VOLWASSENEN), van="aanmelding"),
    wijzigt("agendapunt", "triage.decide_aanmelding", wie(TOEGANG, "coordinator"), van="aanmelding"),
    # What the melder hears: whoever reads the melding, also the loket that took it in.
    leest("terugkoppeling", "triage.view_terugkoppeling", OP_BORD),
    wijzigt("terugkoppeling", "triage.tell_melder", OP_BORD),
    # Who knows the family sees none of it, whatever their role; and only another lifts that.
    leest("aanmelding_bekend", "triage.view_aanmelding", wie(TOEGANG, VOLWASSENEN) - {"teamgenoot"}),
    leest("melding_bekend", "intake.view_melding", OP_BORD - {"teamgenoot"}),
    wijzigt("melding_bekend", "intake.triage_melding", wie(TOEGANG, VOLWASSENEN) - {"teamgenoot"}),
    Vraag(
        "kent_gezin",
        LEEST,
        wie(TOEGANG, VOLWASSENEN),
        (),
        omdat="wie het zei ziet dat, en van de aanmelding zelf niets",
    ),
    wijzigt("kent_gezin", "triage.lift_kent_gezin", wie(TOEGANG, "coordinator")),
    maakt("kent_gezin", "triage.view_aanmelding", "aanmelding", wie(TOEGANG, VOLWASSENEN), nieuw.kent_gezin),
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
    *casus_lines("casus", lezen=wie(BETROKKEN, NOOD), doen=BETROKKEN, beheren=REGIE),
    *casus_lines(
        "casus_opgeschaald", lezen=OPGESCHAALD, doen=OPGESCHAALD, beheren=wie(REGIE, "procesregisseur")
    ),
    leest("schaling", "casusregie.view_casus", OPGESCHAALD, van="casus_opgeschaald"),
    leest("casus_melding", "intake.view_melding", CASUSMELDING),
    wijzigt("casus_melding", "intake.change_melding", NIEMAND),
    leest("casus_inwoner", "inwoners.view_inwoner", CASUSMELDING),
    wijzigt("casus_inwoner", "inwoners.change_inwoner", CASUSMELDING - NOOD),
    leest("casus_deling_organisatie", "casusregie.view_casus", wie(BETROKKEN, NOOD), van="casus"),
    # Just opened by the toegang that wrote the besluit: theirs too, until the regisseur starts.
    *casus_lines(
        "casus_vers",
        lezen=wie(BETROKKEN, "toegang"),
        doen=wie(BETROKKEN, "toegang"),
        beheren=wie(REGIE, "toegang"),
        bsn=wie("toegang"),
    ),
    # Shielded: only who is named, whatever their organisation or team.
    *casus_lines("casus_afgeschermd", lezen=OP_NAAM, doen=OP_NAAM, beheren=wie("regisseur")),
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
        "medewerkers.view_mandaat",
        wie("beheer", "kwartiermaker"),
        slot2_ook=frozenset(MENSEN) - {"beheer", "kwartiermaker"},
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
    *RAPPORTVRAGEN,
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
