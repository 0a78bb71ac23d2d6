"""Every table and function of the database, classified. A new one needs a place here, or the catalogue test fails."""

OVER_INWONERS = frozenset(
    {
        "autorisatie_noodtoegang",
        "casusregie_actie",
        "casusregie_betrokkenheid",
        "casusregie_casus",
        "casusregie_casusgroupobjectpermission",
        "casusregie_casuslid",
        "casusregie_casususerobjectpermission",
        "casusregie_nazorg",
        "casusregie_notitie",
        "casusregie_regietoewijzing",
        "casusregie_schaling",
        "intake_aanvulling",
        "intake_afspraak",
        "intake_antwoord",
        "intake_bezetting",
        "intake_concept",
        "intake_contactmoment",
        "intake_loketlijstinhoud",
        "intake_loketlijstrij",
        "intake_meegegeven",
        "intake_melding",
        "intake_meldingtermijn",
        "intake_meting",
        "intake_metingantwoord",
        "intake_terugbelverzoek",
        "intake_opgave",
        "intake_outreachlijst",
        "intake_outreachpersoon",
        "intake_outreachpoging",
        "intake_signaal",
        "intake_uitvraag",
        "inwoners_bsn",
        "inwoners_dossiertoegang",
        "inwoners_inwoner",
        "inwoners_mogelijkdubbel",
        "inwoners_samenvoeging",
        "inwoners_zoeksleutel",
        "triage_aanmelding",
        "triage_agendapunt",
        "triage_toekenning",
        "triage_triage",
        "triage_triageadvies",
        "triage_triage_voorzieningen",
        "verantwoording_regel",
    }
)
"""Row-level security, enabled and forced; nothing to see without a context."""

OVER_MEDEWERKERS = frozenset(
    {
        "intake_methodetoewijzing",
        "intake_uitvraagmethode",
        "intake_agendasleutel",
        "intake_werktijd",
        "intake_werkuitzondering",
        "medewerkers_mandaat",
        "medewerkers_medewerker",
        "medewerkers_plaatsing",
        "triage_protocolproef",
        "triage_protocolversie",
    }
)
"""Row-level security for writing; inside, it is no secret who works here (and the log-in needs it), nor what is asked."""
"""Row-level security for writing; inside, it is no secret who works here (and the log-in needs it)."""

ALLEEN_TRIGGERS = frozenset({"inwoners_dossiertoegang", "inwoners_zoeksleutel"})
"""The site's role has no privilege at all; functions of the owner keep it."""

VRIJ = {
    "auth_group": "dragers van de rechten per dossier; geen mensen",
    "auth_group_permissions": "leeg; guardian vraagt het",
    "auth_permission": "namen van rechten",
    "autorisatie_contextsleutel": "alleen de eigenaar",
    "axes_accessattempt": "mislukt inloggen van medewerkers",
    "axes_accessattemptexpiration": "mislukt inloggen van medewerkers",
    "axes_accessfailurelog": "mislukt inloggen van medewerkers",
    "axes_accesslog": "inloggen van medewerkers",
    "django_content_type": "namen van modellen",
    "django_migrations": "stand van de database",
    "django_session": "sessies van medewerkers; geen gegevens van inwoners",
    "guardian_groupobjectpermission": "ongebruikt: een casus heeft zijn eigen tabel",
    "guardian_userobjectpermission": "ongebruikt: een casus heeft zijn eigen tabel",
    "intake_loketlijst": "aantallen en de naam van een bestand",
    "inwoners_verhuizing": "namen van tabellen; alleen migraties schrijven er",
    "intake_standaardtekst": "zinnen van het team, nooit over een inwoner",
    "medewerkers_medewerker_groups": "ongebruikt",
    "medewerkers_medewerker_user_permissions": "ongebruikt",
    "medewerkers_moederorganisatie": "organisaties",
    "medewerkers_team": "teams",
    "rapportage_buurt": "welke buurt bij welk gebied hoort; alleen de eigenaar",
    "rapportage_cel": "gepubliceerde getallen; eigen verbinding",
    "rapportage_geboekt": "welk dossier in welke maand is geteld; alleen de eigenaar",
    "rapportage_grondslag": "getelde aantallen per vak; alleen de taak",
    "rapportage_indeling": "de catalogus per jaar; eigen verbinding",
    "rapportage_publicatie": "gepubliceerde getallen; eigen verbinding",
    "socialekaart_foutmelding": "over een voorziening",
    "socialekaart_voorziening": "de sociale kaart is van iedereen",
    "termijnen_termijnsoort": "termijnen uit de wet",
    "triage_overleg": "wanneer en waar een team overlegt",
    "verantwoording_kop": "alleen de eigenaar",
    "verantwoording_schakel": "alleen de eigenaar",
}
"""About nobody, or about medewerkers only: why it needs no row-level security."""

BRONNEN = frozenset(
    f"rapportage_bron_{onderwerp}"
    for onderwerp in (
        "casus", "casusstand", "contact", "leefgebied", "lijst", "melding", "nazorg", "schaling", "stap", "termijn",
        "thema", "triage", "uitvraag", "voorziening", "voorziening_leefgebied",
    )
)  # fmt: skip
"""Views without a name or number of anybody, for the report role only."""

MAG_WISSEN = {
    "axes_accessattempt": "oude pogingen",
    "axes_accessattemptexpiration": "oude pogingen",
    "axes_accessfailurelog": "oude pogingen",
    "axes_accesslog": "oude pogingen",
    "casusregie_casusgroupobjectpermission": "een deling intrekken",
    "casusregie_casususerobjectpermission": "een deling intrekken",
    "django_session": "uitloggen",
}
"""Where the site may DELETE; nowhere may it TRUNCATE."""

VAN_IEDEREEN = {
    "casusregie_meekijkers": "wie door noodtoegang meekijkt, voor wie de casus leidt",
    "casusregie_noodtoegangen": "wie er nu door noodtoegang meekijkt, voor wie de casus leidt",
    "casusregie_open_noodtoegang": "vraagt zelf naar rol en reden",
    "casusregie_over_te_dragen": "aantallen per plaatsing, voor de beheerder en de coördinator van het team",
    "casusregie_werklast": "aantallen, geen dossiers",
    "intake_agendasleutel_van": "van wie een sleutel is die men al kent",
    "intake_bezet": "wanneer collega's bezet zijn, niet waarmee; alleen voor wie met dossiers werkt",
    "intake_vrije_momenten": "wanneer collega's vrij zijn; alleen voor wie met dossiers werkt",
    "intake_koppel": "alleen aan het loket, na een volledige overeenkomst die PostgreSQL zelf toetst",
    "intake_koppel_los": "alleen over wie handelt",
    "intake_ontvang_formulier": "neemt alleen aan, ook zonder dat iemand handelt; zegt niet meer dan nieuw, zelfde of anders",
    "intake_outreach_bekenden": "alleen van mensen op een lijst die wie handelt mag zien; een afgeschermd mens blijft ongenoemd",
    "intake_eerdere_meldingen": "alleen aan het loket: datum, thema's, afhandeling, verantwoordelijke",
    "triage_tel_afwijkingen": "alleen kwartiermaker en teamcoördinator; afgeronde aantallen, kleine groepen weg",
    "intake_vergelijk_methoden": "alleen kwartiermaker en teamcoördinator; afgeronde aantallen, kleine groepen weg",
    "inwoners_draai_terug": "alleen voor wie samenvoegingen beoordeelt en de inwoner ziet",
    "inwoners_voeg_samen": "alleen voor wie samenvoegingen beoordeelt, beiden ziet en het niet zelf voorstelde",
    "inwoners_waarheen": "alleen naar wie men mag zien",
    "inwoners_wijs_af": "alleen voor wie beoordeelt of het zelf voorstelde, en beiden ziet",
    "inwoners_zijn_anders": "alleen van twee die men ziet",
    "inwoners_zoek": "bekend of nieuw",
    "inwoners_zoek_dubbel": "zegt niets terug; wie een paar ziet, ziet beiden al",
    "rapportage_weiger": "weigert",
    "skt_context": "wie handelt",
    "skt_heeft_rol": "over wie handelt",
    "skt_hoort_bij_melding": "over wie handelt",
    "skt_ik": "over wie handelt",
    "skt_loopt_plaatsing": "over een medewerker",
    "skt_mag_bsn": "over wie handelt",
    "skt_mag_casus": "over wie handelt",
    "skt_mag_casus_beheren": "over wie handelt",
    "skt_mag_casus_zien": "over wie handelt",
    "skt_mag_contact": "over wie handelt",
    "skt_mag_inwoner": "over wie handelt",
    "skt_mag_melding": "over wie handelt",
    "skt_mag_melding_schrijven": "over wie handelt",
    "skt_noodcasussen": "over wie handelt",
    "skt_noodinwoners": "over wie handelt",
    "skt_noodmeldingen": "over wie handelt",
    "skt_organisaties": "over wie handelt",
    "skt_teams": "over wie handelt",
    "skt_vandaag": "de datum",
    "skt_volgend_nummer": "een nummer",
    "skt_zet_nummering_klaar": "niets; de nummering van een jaar staat klaar",
    "socialekaart_zoekvector": "tekst naar zoekwoorden",
    "verantwoording_controleer": "alleen als systeem",
    "verantwoording_hash": "rekent",
    "verantwoording_inwoner": "alleen voor de privacy officer",
    "verantwoording_weiger": "weigert",
}
"""Functions that the site may call, and why that is safe. Every other one is for triggers."""
