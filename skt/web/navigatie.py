"""Navigation by role: what you may not do, you don't see; each role lands on its own work."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from skt.autorisatie.rules import may
from skt.medewerkers.models import Medewerker, Rol


@dataclass(frozen=True)
class Ingang:
    label: str
    url_name: str
    action: str
    prefix: str


INGANGEN = (
    Ingang("Werkvoorraad", "intake:worklist", "intake.register_contact", "/werkvoorraad/"),
    Ingang("Agenda", "intake:agenda", "intake.view_agenda", "/agenda/"),
    Ingang("Outreach", "intake:outreach_list", "intake.work_outreach", "/outreach/"),
    Ingang("Triage", "triage:worklist", "triage.do_triage", "/triage/"),
    Ingang("Aanmeldoverleg", "triage:board", "triage.view_board", "/aanmeldoverleg/"),
    Ingang("Casussen", "casusregie:casus_list", "casusregie.view_worklist", "/casussen/"),
    Ingang(
        "Sociale kaart", "socialekaart:voorziening_list", "socialekaart.view_voorziening", "/sociale-kaart/"
    ),
    Ingang("Stuurinformatie", "rapportage:dashboard", "rapportage.view_publicatie", "/stuurinformatie/"),
    Ingang("Inzicht", "rapportage:inzicht", "rapportage.view_inzicht", "/inzicht/"),
    Ingang("Inrichting", "inrichting", "inrichting.view_inrichting", "/inrichting/"),
    Ingang("Inlezen", "intake:loketlijst_list", "loketlijst.import_list", "/loketlijsten/"),
    Ingang("Medewerkers", "plaatsing_list", "medewerkers.manage_plaatsing", "/medewerkers/"),
    Ingang("Verantwoording", "regel_list", "verantwoording.view_regel", "/verantwoording/"),
)

ACTION_VAN = {ingang.url_name: ingang.action for ingang in INGANGEN}

LANDING = (
    (Rol.LOKETPROFESSIONAL, "intake:worklist"),
    (Rol.ZORGREGISSEUR, "triage:worklist"),
    (Rol.TEAMCOORDINATOR, "triage:board"),
    (Rol.TEAMCOORDINATOR, "casusregie:casus_list"),
    (Rol.CASUSREGISSEUR, "casusregie:casus_list"),
    (Rol.PROCESREGISSEUR, "casusregie:casus_list"),
    (Rol.TEAMLID, "casusregie:casus_list"),
    (Rol.BELEIDSMEDEWERKER, "rapportage:dashboard"),
    (Rol.KWARTIERMAKER, "rapportage:dashboard"),
    (Rol.FUNCTIONEEL_BEHEERDER, "plaatsing_list"),
    (Rol.PRIVACY_OFFICER, "regel_list"),
    (Rol.SOCIALE_KAARTBEHEERDER, "socialekaart:voorziening_list"),
)


def landing_url(user: Medewerker) -> str:
    """Where this medewerker's work is and the door opens; without a running placement: the page that says so."""
    for rol, url_name in LANDING:
        if user.heeft_rol(rol) and may(user, ACTION_VAN[url_name]):
            return reverse(url_name)
    return reverse("profile")


def navigatie(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the main navigation for whoever is logged in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigatie": []}
    return {
        "wie": salted_hmac("web.wie", str(user.pk)).hexdigest()[:16],
        "zoek_voorbeeld": "Zoek inwoner of nummer"
        if may(user, "inwoners.search_inwoner")
        else "Zoek in de sociale kaart",
        "navigatie": [
            {"label": i.label, "url": reverse(i.url_name), "actief": request.path.startswith(i.prefix)}
            for i in INGANGEN
            if may(user, i.action)
        ],
    }
