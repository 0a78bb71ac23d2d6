"""Wat er in de verantwoording staat, in woorden van het werk: een lezer hoeft de namen in de code niet te kennen."""

import re
from datetime import datetime
from typing import Any

from django.utils import timezone

_DAG = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")

WOORDEN = {
    "autorisatie.contexttoken": "contexttoken gemaakt",
    "casusregie.add_actie": "actie toegevoegd",
    "casusregie.add_betrokkenheid": "organisatie betrokken",
    "casusregie.add_notitie": "notitie geschreven",
    "casusregie.change_doel": "doel gewijzigd",
    "casusregie.close_casus": "casus afgesloten",
    "casusregie.complete_actie": "actie klaar",
    "casusregie.drop_actie": "actie vervallen",
    "casusregie.end_betrokkenheid": "betrokkenheid beëindigd",
    "casusregie.finish_doel": "uitkomst van een doel",
    "casusregie.invite_person": "iemand uitgenodigd",
    "casusregie.open_casus": "casus geopend",
    "casusregie.open_noodtoegang": "noodtoegang geopend",
    "casusregie.record_nazorg": "nazorg vastgelegd",
    "casusregie.relapse_casus": "terugval: casus weer opgepakt",
    "casusregie.resume_casus": "casus hervat",
    "casusregie.scale_down": "afgeschaald",
    "casusregie.scale_up": "opgeschaald",
    "casusregie.search": "casus gezocht",
    "casusregie.set_doel": "doel gezet",
    "casusregie.shield_casus": "casus afgeschermd",
    "casusregie.start_casus": "regie gestart",
    "casusregie.start_nazorg": "nazorg gestart",
    "casusregie.taper_casus": "afbouw begonnen",
    "casusregie.transfer_regie": "regie overgedragen",
    "casusregie.unshield_casus": "afscherming opgeheven",
    "casusregie.view_casus": "casus",
    "casusregie.view_handover": "over te dragen werk",
    "casusregie.view_readers": "wie keek mee in de casus",
    "casusregie.view_worklist": "lijst van casussen",
    "casusregie.withdraw_invitation": "uitnodiging ingetrokken",
    "demo.gebouwd": "demostad gebouwd",
    "intake.activate_methode": "uitvraagmethode in gebruik genomen",
    "intake.append_aanvulling": "aanvulling geschreven",
    "intake.assign_methode": "uitvraagmethode toegewezen",
    "intake.change_methode": "uitvraagmethode gewijzigd",
    "intake.add_netwerklid": "iemand in het netwerk opgeschreven",
    "intake.change_netwerklid": "iemand in het netwerk gewijzigd",
    "intake.close_in_chain": "melding gesloten na triage",
    "intake.close_melding": "melding gesloten",
    "intake.copy_methode": "nieuwe versie van uitvraagmethode",
    "intake.create_methode": "uitvraagmethode gemaakt",
    "intake.add_outreachpersoon": "iemand op een outreachlijst gezet",
    "intake.add_signaal": "signaal vastgelegd",
    "intake.ask_overleg": "op de lijst van het signaleringsoverleg gezet",
    "intake.assign_outreachpersoon": "outreach toegewezen",
    "intake.close_outreachlijst": "outreachlijst gesloten",
    "intake.wipe_outreachlijst": "mensen op een outreachlijst gewist",
    "intake.empty_concepten": "afgeronde concepten geleegd",
    "intake.create_outreachlijst": "outreachlijst gemaakt",
    "intake.download_loketlijst": "verslag van een oude loketlijst opgehaald",
    "intake.finish_loketlijst": "oude loketlijst ingelezen",
    "intake.forget_loketlijst": "bestand van een oude loketlijst weggegooid",
    "intake.import_contacts": "contacten uit de oude loketlijst overgenomen",
    "intake.judge_loketlijstrij": "rij van de oude loketlijst beoordeeld",
    "intake.offer_loketlijst": "oude loketlijst aangeboden",
    "intake.run_loketlijst": "inlezen van de oude loketlijst begonnen",
    "intake.stop_loketlijst": "inlezen van de oude loketlijst gestopt",
    "intake.view_loketlijst": "rij van de oude loketlijst",
    "intake.compare_inwoners": "twee inwoners vergeleken",
    "intake.confirm_merge": "inwoners samengevoegd",
    "intake.discard_concept": "concept weggegooid",
    "intake.restore_concept": "weggegooid concept teruggehaald",
    "intake.discard_methode": "concept van uitvraagmethode weggegooid",
    "intake.end_netwerklid": "iemand uit het netwerk gehaald",
    "intake.end_toewijzing": "toewijzing van uitvraagmethode gestopt",
    "intake.add_afwezigheid": "eigen afwezigheid ingevoerd",
    "intake.cancel_afspraak": "afspraak geannuleerd",
    "intake.cancel_terugbellen": "terugbellen niet meer nodig",
    "intake.complete_terugbellen": "teruggebeld",
    "intake.drop_afwezigheid": "eigen afwezigheid ingetrokken",
    "intake.fulfil_termijn": "termijn voldaan",
    "intake.give_help": "hulp verleend",
    "intake.give_information": "informatie en advies gegeven",
    "intake.give_voorziening": "voorziening meegegeven",
    "intake.hand_over": "melding overgedragen",
    "intake.hold_afspraak": "afspraak gehouden",
    "intake.keep_for_later": "melding bewaard voor later",
    "intake.list_dubbel": "lijst van mogelijk dubbele inwoners",
    "intake.link_inwoner": "inwoner aan melding gekoppeld",
    "intake.make_standard": "uitvraagmethode werd de standaard",
    "intake.mail_afspraak": "bevestiging van afspraak gemaild",
    "intake.make_agendasleutel": "adres van agenda gemaakt",
    "intake.miss_afspraak": "niet verschenen op afspraak",
    "intake.miss_terugbellen": "teruggebeld, geen gehoor",
    "intake.move_afspraak": "afspraak verzet",
    "intake.plan_afspraak": "afspraak gepland",
    "intake.plan_terugbellen": "terugbellen afgesproken",
    "intake.mark_different": "vastgelegd: dit zijn twee mensen",
    "intake.propose_merge": "samenvoegen voorgesteld",
    "intake.reach_inwoner": "bekende inwoner gekoppeld",
    "intake.record_meting": "nieuwe meting vastgelegd",
    "intake.receive_formulier": "openbaar formulier ontvangen",
    "intake.record_overleg": "uitkomst van het signaleringsoverleg vastgelegd",
    "intake.record_poging": "poging tot contact vastgelegd",
    "intake.record_terugkoppeling": "teruggekoppeld aan de melder",
    "intake.record_uitvraag": "uitvraag vastgelegd",
    "intake.refer_elsewhere": "naar andere toegang verwezen",
    "intake.register_contact": "contact vastgelegd",
    "intake.register_inwoner": "inwoner ingevoerd",
    "intake.register_melding": "melding vastgelegd",
    "intake.retire_methode": "uitvraagmethode buiten gebruik gesteld",
    "intake.reject_merge": "samenvoegen afgewezen",
    "intake.return_to_loket": "terug naar het loket",
    "intake.reveal_bsn": "BSN getoond",
    "intake.revoke_agendasleutel": "adres van agenda ingetrokken",
    "intake.search_inwoner": "inwoner gezocht",
    "intake.search_melding": "melding gezocht",
    "intake.send_ontvangstbevestiging": "ontvangst per e-mail bevestigd",
    "intake.resume_termijn": "termijn loopt weer",
    "intake.send_to_triage": "naar triage gestuurd",
    "intake.set_next_step": "volgende stap gezet",
    "intake.set_werktijden": "eigen werktijden gewijzigd",
    "intake.start_concept": "gesprek begonnen",
    "intake.start_crisisroute": "crisisroute gestart",
    "intake.start_termijn": "termijn gestart",
    "intake.suspend_termijn": "termijn opgeschort",
    "intake.termijn_list": "termijnen van een melding",
    "intake.store_bsn": "BSN vastgelegd",
    "intake.take_concept": "concept van een collega overgenomen",
    "intake.take_over": "melding overgenomen",
    "intake.to_team": "naar het team",
    "intake.undo_merge": "samenvoeging teruggedraaid",
    "intake.update_inwoner": "gegevens van inwoner gewijzigd",
    "intake.view_afspraak": "afspraak",
    "intake.view_agenda": "agenda",
    "intake.view_eerder_contact": "eerder contact",
    "intake.view_geheim_adres": "geheim adres",
    "intake.view_inwoner": "inwoner",
    "intake.view_melding": "melding",
    "intake.view_metingen": "metingen",
    "intake.view_outreachlijst": "outreachlijst",
    "intake.view_overleglijst": "lijst van het signaleringsoverleg",
    "intake.view_merge": "samenvoeging",
    "intake.view_worklist": "werkvoorraad van het loket",
    "intake.withdraw": "melding ingetrokken",
    "loket.write_standaardtekst": "standaardtekst geschreven",
    "medewerkers.create_beheerder": "eerste beheerder gemaakt",
    "medewerkers.block": "medewerker geblokkeerd",
    "medewerkers.change_password": "eigen wachtwoord gewijzigd",
    "medewerkers.create_medewerker": "medewerker toegevoegd",
    "medewerkers.end_mandaat": "mandaat beëindigd",
    "medewerkers.end_plaatsing": "plaatsing beëindigd",
    "medewerkers.give_password": "tijdelijk wachtwoord gegeven",
    "medewerkers.grant_mandaat": "mandaat gegeven",
    "medewerkers.place": "medewerker geplaatst",
    "medewerkers.postpone_end": "einde van plaatsing opgeschoven",
    "medewerkers.unblock": "blokkade opgeheven",
    "rapportage.close_month": "maandcijfers vastgezet",
    "rapportage.tell_month": "gemeld dat er maandcijfers zijn",
    "rapportage.draft_raadsrapport": "concept van een rapport aan de raad begonnen",
    "rapportage.tell_raadsrapport": "gemeld dat er een conceptrapport is",
    "rapportage.download": "gepubliceerde cijfers opgehaald",
    "rapportage.download_raadsrapport": "rapport aan de raad opgehaald",
    "rapportage.finish_raadsrapport": "rapport aan de raad gemaakt",
    "rapportage.request_raadsrapport": "rapport aan de raad gevraagd",
    "rapportage.stop_raadsrapport": "maken van een rapport aan de raad gestopt",
    "rapportage.import_bevolking": "inwoners per gebied ingelezen",
    "rapportage.write_toelichting": "toelichting bij cijfers geschreven",
    "socialekaart.change_voorziening": "voorziening gewijzigd",
    "socialekaart.check_voorziening": "voorziening gecontroleerd",
    "socialekaart.create_voorziening": "voorziening toegevoegd",
    "socialekaart.handle_fout": "foutmelding afgehandeld",
    "socialekaart.load_sociale_kaart": "sociale kaart geladen",
    "socialekaart.report_fout": "fout gemeld",
    "termijnen.send_bericht": "bericht over termijnen verzonden",
    "termijnen.set_voorkeur": "bericht over termijnen ingesteld",
    "termijnen.term_list": "lijst van termijnen",
    "triage.aanmelding_detail": "aanmelding",
    "triage.besluitenlijst": "besluitenlijst",
    "triage.besluitenlijst_pdf": "besluitenlijst als PDF",
    "triage.board": "bord",
    "triage.cancel_overleg": "overleg geannuleerd",
    "triage.change_reeks": "reeks overleggen gewijzigd",
    "triage.claim_melding": "melding opgepakt om te wegen",
    "triage.decide": "besluit vastgelegd",
    "triage.do_triage": "triage vastgelegd",
    "triage.drop_terugkoppeling": "terugkoppeling niet meer nodig",
    "triage.empty_concepten": "half getypte triages geleegd",
    "triage.fill_reeks": "overleggen van een reeks gepland",
    "triage.finish_aanmelding": "aanmelding afgerond",
    "triage.finish_overleg": "overleg gesloten",
    "triage.grant": "zelfstandig toegekend",
    "triage.lift_kent_gezin": "aanmelding weer zichtbaar voor wie het gezin kent",
    "triage.mark_kent_gezin": "kent dit gezin",
    "triage.move_card": "kaart verplaatst",
    "triage.move_overleg": "overleg verzet of gewijzigd",
    "triage.overleg_detail": "aanmelding in het overleg",
    "triage.plan_overleg": "overleg gepland",
    "triage.propose_terugkoppeling": "terugkoppeling aan de melder voorgesteld",
    "triage.record_aanwezigen": "aanwezigen van het overleg vastgelegd",
    "triage.start_reeks": "reeks overleggen begonnen",
    "triage.stop_reeks": "reeks overleggen gestopt",
    "triage.tell_melder": "melder op de hoogte gebracht",
    "triage.terugkoppeling_detail": "terugkoppeling",
    "triage.terugkoppeling_list": "lijst van terugkoppelingen",
    "triage.toekenning_list": "lijst van toekenningen",
    "triage.put_on_table": "aanmelding op tafel",
    "triage.record_meldcode": "stappen van de meldcode vastgelegd",
    "triage.release_melding": "melding teruggegeven aan de toegang",
    "triage.triage_form": "melding in triage",
    "triage.add_rule": "regel bij het protocol",
    "triage.change_rule": "regel van het protocol gewijzigd",
    "triage.move_rule": "regel van het protocol verplaatst",
    "triage.remove_rule": "regel uit het protocol gehaald",
    "triage.explain_protocol": "protocolversie toegelicht",
    "triage.copy_protocol": "nieuwe versie van het protocol",
    "triage.activate_protocol": "protocolversie in gebruik genomen",
    "triage.discard_protocol": "concept van het protocol weggegooid",
    "triage.start_proef": "proef met een protocol begonnen",
    "triage.stop_proef": "proef met een protocol gestopt",
    "triage.finish_proef": "proef met een protocol klaar",
    "triage.worklist": "lijst van triage",
    "verantwoording.export_regel": "verantwoording gedownload",
    "verantwoording.review": "wat valt op",
    "verantwoording.view_noodtoegang": "lijst van noodtoegangen",
    "verantwoording.view_regel": "verantwoording",
    "web.geweigerd": "pagina geweigerd",
    "web.login": "ingelogd",
    "web.login_mislukt": "inloggen mislukt",
    "web.logout": "uitgelogd",
}
_HANDELINGEN = {
    "view": "bekijken",
    "change": "wijzigen",
    "triage": "in triage wijzigen",
    "append": "aanvullen",
    "manage": "beheren",
    "contribute": "bijdragen aan",
    "decide": "besluiten over",
    "complete": "afronden",
    "register": "vastleggen",
    "search": "zoeken",
    "open": "openen",
    "do": "doen",
    "plan": "plannen",
    "own": "eigen",
}


_FEITEN = {
    "medewerker_id": "medewerker",
    "organisatie_id": "organisatie",
    "inwoner_id": "inwoner",
    "getoond": "regels getoond",
    "op": "gebeurd op",
    "was": "eerst",
}
"""Woorden voor de feiten van een regel die niet zo heten als een lezer ze noemt."""
_WAARDEN = {
    "voor_overleg": "voor overleg",
    "te_beleggen": "te beleggen",
    "in_triage": "in triage",
    "bij_team": "bij het team",
    "sociale_kaartbeheerder": "sociale-kaartbeheerder",
    "functioneel_beheerder": "functioneel beheerder",
    "privacy_officer": "privacy officer",
    "teamcoordinator": "teamcoördinator",
}


def say_facts(gegevens: dict[str, Any]) -> str:
    """What a line of the log tells beside its action, as words: ‘besluit: aanhouden; gebeurd op: 20-11-2026 10:14’.

    A fact without a value is left out, except among what something was before.
    """
    return "; ".join(
        f"{_FEITEN.get(key, key.replace('_', ' '))}: {_say(value)}"
        for key, value in gegevens.items()
        if value not in (None, "", [], {})
    )


def _say(value: Any) -> str:
    match value:
        case bool():
            return "ja" if value else "nee"
        case _ if value in (None, "", [], {}):
            return "leeg"
        case dict():
            return ", ".join(
                f"{_FEITEN.get(key, key.replace('_', ' '))} {_say(part)}" for key, part in value.items()
            )
        case list():
            return ", ".join(map(_say, value))
        case str() if _DAG.fullmatch(value):
            return _say_moment(value)
        case _:
            return _WAARDEN.get(str(value)) or WOORDEN.get(str(value), str(value))


def _say_moment(value: str) -> str:
    """A day or a moment in ISO form, as it is said in the Netherlands; what only looks like one stays as it is."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if len(value) == len("2026-01-01"):
        return f"{moment:%d-%m-%Y}"
    return f"{timezone.localtime(moment) if timezone.is_aware(moment) else moment:%d-%m-%Y %H:%M}"


def say_action(action: str) -> str:
    """The Dutch words for an action of the log; for the name of a right (a refused hit) its verb and noun."""
    if action in WOORDEN:
        return WOORDEN[action]
    verb, _, noun = action.rpartition(".")[2].partition("_")
    words = f"{_HANDELINGEN.get(verb, verb)} {noun.replace('_', ' ')}".strip()
    return words or action
