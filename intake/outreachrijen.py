"""Hoe iemand op een outreachlijst staat: de naam en de wens van nu voor een bekende inwoner, anders wat er getypt is."""

from typing import Any

from django.urls import reverse

from intake.models import Outreachlijst, Outreachpersoon
from intake.queries import Bekende
from skt.inwoners.models import VeiligContact


def persoon_card(persoon: Outreachpersoon, bekende: Bekende | None) -> dict[str, Any]:
    """Name, address, number and contact wish; of a shielded inwoner only that they are left alone."""
    wie: Any = bekende or persoon
    adres = " ".join(filter(None, [wie.postcode, wie.huisnummer]))
    return {
        "naam": bekende.naam if bekende else str(persoon),
        "adres": adres,
        "telefoon": wie.telefoon,
        "vlaggen": _flags(persoon, bekende),
        "niet": bekende is not None and bekende.veilig_contact == VeiligContact.NIET,
        "bekend": persoon.inwoner_id is not None,
    }


def persoon_row(persoon: Outreachpersoon, bekende: Bekende | None, lijst: Outreachlijst) -> dict[str, Any]:
    where = {"uuid": lijst.uuid, "pk": persoon.pk}
    return {
        **persoon_card(persoon, bekende),
        "persoon": persoon,
        "url": reverse("intake:outreach_attempt", kwargs=where),
        "toewijs_url": reverse("intake:outreach_assign", kwargs=where),
        "melding_url": reverse("intake:melding_detail", kwargs={"nummer": persoon.melding.nummer})
        if persoon.melding
        else "",
    }


def _flags(persoon: Outreachpersoon, bekende: Bekende | None) -> list[dict[str, str]]:
    flags = []
    if bekende is not None and bekende.veilig_contact != VeiligContact.JA:
        tekst = bekende.veilig_toelichting or "Neem zelf geen contact op."
        flags.append(
            {"icon": "schild", "kop": str(VeiligContact(bekende.veilig_contact).label), "tekst": tekst}
        )
    elif bekende is None and persoon.contactwens:
        flags.append({"icon": "schild", "kop": "Veilig contact", "tekst": persoon.contactwens})
    if bekende is not None and bekende.tolk:
        flags.append({"icon": "gesprek", "kop": "Tolk nodig", "tekst": bekende.tolk})
    return flags
