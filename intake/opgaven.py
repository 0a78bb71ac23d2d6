"""Wat de melder zelf opgaf, zoals de pagina van de melding het toont en het formulier ‘over wie’ het overneemt."""

from typing import Any

from intake.models import Melding, Opgave
from skt.inwoners.models import VeiligContact


def opgave_of(melding: Melding) -> Opgave | None:
    return getattr(melding, "opgave", None)


def describe_opgave(opgave: Opgave) -> list[dict[str, str]]:
    """Label and value of what was filled in; what was left out isn't shown."""
    adres = " ".join(filter(None, [opgave.over_postcode, opgave.over_huisnummer]))
    facts = [
        ("Kenmerk", opgave.kenmerk or ""),
        ("Melder", opgave.naam),
        ("Functie", opgave.functie),
        ("Organisatie", opgave.organisatie),
        ("Is van de inwoner", opgave.relatie),
        ("Telefoon melder", opgave.telefoon),
        ("E-mail melder", opgave.email),
        ("Wil contact door", opgave.get_contactwijze_display() if opgave.contactwijze else ""),
        ("Over wie", opgave.over_naam),
        ("Geboren", opgave.over_geboren),
        ("Adres", adres),
        ("Telefoon inwoner", opgave.over_telefoon),
        ("Waarom het niet kan wachten", opgave.spoed_reden),
        ("Al gedaan", opgave.al_gedaan),
    ]
    return [{"label": label, "waarde": value} for label, value in facts if value]


def flags_of_opgave(opgave: Opgave | None) -> list[dict[str, str]]:
    """When and how it is safe to make contact, as the melder wrote it: to be seen before anybody picks up the phone."""
    if opgave is None or opgave.veilig == VeiligContact.JA:
        return []
    tekst = opgave.veilig_toelichting or "Neem zelf geen contact op."
    return [{"icon": "schild", "kop": f"{opgave.get_veilig_display()} (zelf opgegeven)", "tekst": tekst}]


def initial_person(opgave: Opgave | None) -> dict[str, Any]:
    """What WieForm begins with. A wish about contact is the inwoner's own only if they wrote it, or a professional did."""
    if opgave is None:
        return {}
    initial: dict[str, Any] = {
        "roepnaam": opgave.over_voornaam,
        "achternaam": opgave.over_achternaam,
        "geboren": opgave.over_geboren,
        "postcode": opgave.over_postcode,
        "huisnummer": opgave.over_huisnummer,
        "telefoon": opgave.over_telefoon,
    }
    over_zichzelf = (
        opgave.bron == Opgave.Bron.INWONER and not opgave.relatie and opgave.naam == opgave.over_naam
    )
    if over_zichzelf:
        initial["email"] = opgave.email
    if over_zichzelf or opgave.bron == Opgave.Bron.PROFESSIONAL:
        initial["veilig_contact"] = opgave.veilig
        initial["veilig_contact_toelichting"] = opgave.veilig_toelichting
    return {name: value for name, value in initial.items() if value}
