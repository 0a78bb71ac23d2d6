"""Hoe een melding op een lijst staat: één plek, zodat ze overal hetzelfde heet."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from intake.models import Aard, Afhandeling, MelderSoort, Melding, Spoor
from skt.kern.keuzelijsten import Thema
from skt.medewerkers.models import Medewerker

JEUGDTHEMAS = {Thema.JEUGDHULP, Thema.OPVOEDING, Thema.ONTWIKKELING}
MAX_TEKST = 160


def naam_van(melding: Melding) -> str:
    """Over wie het gaat, en anders wie er belde."""
    if melding.inwoner is not None:
        return melding.inwoner.naam
    contact = melding.contactmoment
    if contact.melder_soort == MelderSoort.ANONIEM:
        return "Anonieme melder"
    if contact.melder_naam:
        return f"Melder {contact.melder_naam}"
    if contact.melder_soort == MelderSoort.MELDPUNT_GGD:
        return "Melding van het Meldpunt Bezorgd"
    return "Beller zonder naam"


def urgentie_van(melding: Melding) -> str:
    """‘crisis’, ‘spoed’ of leeg, zoals de badge het wil."""
    if melding.spoor == Spoor.CRISIS or melding.afhandeling == Afhandeling.CRISISROUTE:
        return "crisis"
    return "spoed" if melding.spoed else ""


def melding_row(
    melding: Melding, user: Medewerker, organisaties: Mapping[int, str], aanwezig: Iterable[Medewerker] = ()
) -> dict[str, Any]:
    """Een rij voor components/werklijst.html; `organisaties` zegt per medewerker waar die van is, `aanwezig` wie er nu in kijkt."""
    ik = melding.verantwoordelijke_id == user.pk
    badges = []
    if JEUGDTHEMAS & set(melding.themas):
        badges.append({"tekst": "Jeugd", "soort": "blauw"})
    if melding.contactmoment.medewerker_id is None:
        badges.append({"tekst": "Formulier", "soort": "lijn"})
    if melding.aard == Aard.WVGGZ:
        badges.append({"tekst": "Wvggz", "soort": "amber"})
    if melding.aard == Aard.BEZORGDHEID:
        badges.append({"tekst": "Bezorgdheid", "soort": "amber"})
    badges.extend({"tekst": f"Nu open bij {wie.naam}", "soort": "lijn", "icon": "mensen"} for wie in aanwezig)
    return {
        "pk": melding.pk,
        "url": reverse("intake:melding_detail", kwargs={"nummer": melding.nummer}),
        "naam": naam_van(melding),
        "urgentie": urgentie_van(melding),
        "badges": badges,
        "tekst": melding.hulpvraag[:MAX_TEKST],
        "binnen": melding.ontvangen_op,
        "nummer": melding.nummer,
        "eigenaar": melding.verantwoordelijke or "",
        "eigenaar_bij": organisaties.get(melding.verantwoordelijke_id or 0, "loket"),
        "ik": ik,
        "stap": melding.volgende_stap,
        "uiterlijk": melding.uiterlijk,
    }
