"""Rijen in de vorm die de onderdelen van het scherm tekenen (docs/vormgeving.md)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import blake2s
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from intake.models import Melding
from skt.kern.gebieden import Gebied
from skt.kern.keuzelijsten import Thema
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import Gelezen
from skt.web.datums import short_day
from triage.models import Aanmelding, Agendapunt, Bord, Urgentie
from triage.queries.kent_gezin import BekendePlaats
from triage.services.aanmelding import OVERGANG_NAAR
from triage.status import AANMELDING_TRANSITIONS, AanmeldingStatus

NIEUWS = timedelta(minutes=10)
"""Zo lang zegt een kaart wie haar verplaatste [V]."""
VRAAG_OP_KAART = 160
"""Tekens: twee regels op een kaart; de rest staat op de pagina van de aanmelding."""


def wie(melding: Melding | None) -> str:
    """De naam op een kaart; wie niet (meer) te zien is, heeft er geen."""
    return melding.over_wie if melding else "Niet (meer) op uw bord"


def geboren(melding: Melding) -> Any:
    """Voor het filter `leeftijd`: een datum, een jaar, of None."""
    inwoner = melding.inwoner
    return (inwoner.geboortedatum or inwoner.geboortejaar) if inwoner else None


def gebied(melding: Melding) -> str:
    """Het gebied waar de inwoner woont; van een geheim adres niets."""
    inwoner = melding.inwoner
    if inwoner is None or inwoner.geheim_adres:
        return ""
    return next((str(g.label) for g in Gebied if inwoner.buurtcode in g.buurtcodes), "")


def themas(melding: Melding) -> list[str]:
    """De thema's in de woorden van de keuzelijst."""
    return [str(Thema(thema).label) for thema in melding.themas if thema in Thema.values]


def herkomst(melding: Melding) -> str:
    """Onder het citaat: hoe en door wie de vraag is opgeschreven."""
    contact = melding.contactmoment
    wijze = contact.get_kanaal_display().lower()
    return f"In eigen woorden, {wijze}, opgeschreven door {contact.opgeschreven_door}"


def gelezen(meldingen: Iterable[Melding]) -> list[Gelezen]:
    return [Gelezen("melding", melding.pk, melding.inwoner_id) for melding in meldingen]


def gelezen_aanmeldingen(aanmeldingen: Iterable[Aanmelding]) -> list[Gelezen]:
    return [Gelezen("aanmelding", a.pk, a.melding.inwoner_id) for a in aanmeldingen]


def melding_row(melding: Melding, user: Medewerker, aanwezig: Iterable[Medewerker] = ()) -> dict[str, Any]:
    """Een regel van de werkvoorraad van triage; `aanwezig`: wie haar nu open heeft."""
    badges = [{"tekst": str(Bord(melding.bordvoorstel).label), "soort": "lijn"}]
    if melding.meervoudigheid == "enkelvoudig":
        badges.append({"tekst": "Enkelvoudig", "soort": ""})
    if melding.eerste_termijn and melding.uiterlijk and melding.eerst < melding.uiterlijk:
        badges.append(
            {
                "tekst": f"Wettelijk: {_day(melding.eerste_termijn)}",
                "soort": "amber",
                "icon": "klok",
            }
        )
    badges.extend({"tekst": f"Nu open bij {wie.naam}", "soort": "lijn", "icon": "mensen"} for wie in aanwezig)
    return {
        "url": reverse("triage:triage_form", args=[melding.nummer]),
        "pk": melding.pk,
        "naam": melding.over_wie,
        "badges": badges,
        "urgentie": {0: "crisis", 1: "spoed"}.get(melding.rang, ""),
        "tekst": melding.hulpvraag,
        "binnen": melding.ontvangen_op,
        "nummer": melding.nummer,
        "eigenaar": melding.verantwoordelijke,
        "eigenaar_bij": "" if melding.verantwoordelijke_id else "toegang",
        "ik": melding.verantwoordelijke_id == user.pk,
        "stap": melding.volgende_stap,
        "uiterlijk": melding.eerst,
        "pak": "" if melding.verantwoordelijke_id else reverse("triage:claim", args=[melding.nummer]),
    }


# -- het bord


def targets(aanmelding: Aanmelding) -> list[dict[str, str]]:
    """De kolommen waar deze kaart heen kan; zonder te vragen wat de voorwaarden zijn, want dat kost per kaart een query."""
    return [
        {"waarde": str(naar), "label": str(AanmeldingStatus(naar).label)}
        for naar, overgang in OVERGANG_NAAR.items()
        if str(aanmelding.status) in AANMELDING_TRANSITIONS[overgang].van and naar != aanmelding.status
    ]


def card(
    aanmelding: Aanmelding,
    *,
    user: Medewerker,
    nu: datetime,
    scores: Mapping[int, dict[str, int | None]],
    punt: Agendapunt | None,
    mag_verplaatsen: bool,
    terug: str,
    kijkers: Sequence[Medewerker] = (),
) -> dict[str, Any]:
    """Eén kaart, zoals components/kaart.html haar tekent."""
    melding = aanmelding.melding
    eigenaar = aanmelding.casusregisseur or melding.verantwoordelijke
    vraag = {"versie": str(aanmelding.versie), "terug": terug}
    return {
        "url": reverse("triage:aanmelding_detail", args=[melding.nummer]),
        "naam": wie(melding),
        "nummer": short_nummer(melding.nummer, nu),
        "urgentie": Urgentie(aanmelding.urgentie).kort,
        "vraag": Truncator(melding.hulpvraag).chars(VRAAG_OP_KAART),
        "scores": scores.get(melding.pk, {}),
        "dagen": max(
            0, (timezone.localtime(nu).date() - timezone.localtime(aanmelding.aangemeld_op).date()).days
        ),
        "uiterlijk": melding.uiterlijk,
        "stand": _stand(aanmelding, punt),
        "eigenaar": eigenaar or "",
        "ik": bool(eigenaar) and eigenaar.pk == user.pk,
        "hier": eigenaar in kijkers,
        "aanwezig": told_viewers(kijkers),
        "verplaats_url": f"{reverse('triage:card_move', args=[melding.nummer])}?{urlencode(vraag)}"
        if mag_verplaatsen
        else "",
        "kolommen": targets(aanmelding) if mag_verplaatsen else [],
        "versie": aanmelding.versie,
        "nieuws": _news(aanmelding, user, nu),
    }


def card_merk(kaart: Mapping[str, Any]) -> str:
    """Een merk van alles wat op de kaart staat: wie hetzelfde merk al heeft, hoeft haar niet nog eens."""
    feiten = {naam: str(waarde) for naam, waarde in kaart.items() if naam != "verplaats_url"}
    return blake2s(repr(sorted(feiten.items())).encode(), digest_size=6).hexdigest()


def told_viewers(kijkers: Sequence[Medewerker]) -> str:
    """‘Sanne bekijkt dit’, ‘Sanne en Tim bekijken dit’, ‘Sanne en 2 anderen bekijken dit’."""
    if not kijkers:
        return ""
    if len(kijkers) == 1:
        return f"{kijkers[0].voornaam} bekijkt dit"
    rest = kijkers[1].voornaam if len(kijkers) == 2 else f"{len(kijkers) - 1} anderen"
    return f"{kijkers[0].voornaam} en {rest} bekijken dit"


def known_card(plaats: BekendePlaats) -> dict[str, Any]:
    """De kaart van een gezin dat wie kijkt kent: dat zij er staat, en niets ervan."""
    return {"bekend": True, "nummer": f"bekend-{plaats.aanmelding_id}"}


def _news(aanmelding: Aanmelding, user: Medewerker, nu: datetime) -> str:
    """Wie de kaart net verplaatste, als dat een ander was."""
    wie, op = aanmelding.gewijzigd_door, aanmelding.gewijzigd_op
    if wie is None or op is None or wie.pk == user.pk or nu - op > NIEUWS:
        return ""
    return f"Verplaatst door {wie.voornaam}, {timezone.localtime(op):%H:%M} uur"


def short_nummer(nummer: str, nu: datetime) -> str:
    """0431 voor dit jaar, 2025-0431 voor een ander."""
    return nummer.removeprefix(f"{timezone.localtime(nu).year}-")


def _stand(aanmelding: Aanmelding, punt: Agendapunt | None) -> str:
    """Wat er staat in plaats van de resterende tijd, bij wie daar niet op wacht."""
    if aanmelding.status == AanmeldingStatus.AANGEHOUDEN and punt:
        return f"weer {_day(timezone.localtime(punt.overleg.begint_op).date())}"
    if aanmelding.status == AanmeldingStatus.BELEGD and punt and punt.uiterlijk:
        return f"start {_day(punt.uiterlijk)}"
    return ""


def _day(dag: date) -> str:
    """24 nov: zonder weekdag, want een kaart is smal."""
    return short_day(dag).partition(" ")[2]
