"""Het verhaal achter een aanmelding: de vraag, het wiel, wat de inwoner zelf kan, wat er al loopt en eerder besloten is."""

from collections.abc import Iterable
from typing import Any

from intake.models import Melding
from skt.autorisatie.rules import explain, permitted
from skt.medewerkers.models import Medewerker
from triage.models import Aanmelding, Agendapunt, Nuldelijn, Triage, Urgentie
from triage.queries import Uitvraagbeeld, earlier_decisions, read_uitvraag
from triage.services.advies import describe_kept
from triage.views.beeld import gebied, geboren, herkomst, themas

EERDER = 6


def story(user: Medewerker, aanmelding: Aanmelding, getoond: Iterable[int] = ()) -> dict[str, Any]:
    """Alles voor triage/_verhaal.html. De aanmelding heeft haar melding (met inwoner en contact) al bij zich.

    `getoond`: de agendapunten die al elders op de pagina staan; die staan niet ook bij ‘Eerder’.
    """
    melding = aanmelding.melding
    triage = Triage.objects.select_related("medewerker", "advies__versie").get(pk=aanmelding.triage_id)
    uitvraag = read_uitvraag(melding.pk)
    return {
        "aanmelding": aanmelding,
        "melding": melding,
        "geboren": geboren(melding),
        "gebied": gebied(melding),
        "themas": themas(melding),
        "urgentie_kort": Urgentie(aanmelding.urgentie).kort,
        "herkomst": herkomst(melding),
        "triage": triage,
        "raad": describe_kept(triage.advies) if hasattr(triage, "advies") else "",
        "uitvraag": uitvraag,
        "eigen_kracht": _lines(triage.eigen_kracht, uitvraag, "eigen_kracht"),
        "netwerk": _lines(triage.netwerk, uitvraag, "netwerk"),
        "past": triage.nuldelijn == Nuldelijn.PAST,
        "aanbod": list(triage.voorzieningen.all()),
        "eerder": _earlier(user, aanmelding, getoond),
        "waarom": [
            f"{grond[0].upper()}{grond[1:]}." for grond in explain(user, "triage.view_aanmelding", aanmelding)
        ],
    }


def _lines(van_triage: str, uitvraag: Uitvraagbeeld, naam: str) -> list[str]:
    """Wat de triage opschreef gaat voor; anders wat er per leefgebied is gezegd."""
    if van_triage:
        return van_triage.splitlines()
    return [f"{label}: {tekst}" for label, tekst in getattr(uitvraag, naam)]


def _earlier(user: Medewerker, aanmelding: Aanmelding, getoond: Iterable[int]) -> list[dict[str, Any]]:
    """Eerdere besluiten en eerdere meldingen van deze inwoner, voor zover deze medewerker ze mag zien."""
    melding = aanmelding.melding
    mag = permitted(user, "triage.view_aanmelding", Aanmelding.objects.all())
    punten = earlier_decisions(aanmelding).filter(aanmelding__in=mag).exclude(pk__in=list(getoond))[:EERDER]
    items = [{"op": punt.besloten_op, "tekst": _told(punt)} for punt in punten]
    if melding.inwoner_id:
        meldingen = permitted(user, "intake.view_melding", Melding.objects.filter(inwoner=melding.inwoner_id))
        for eerder in meldingen.exclude(pk=melding.pk).order_by("-ontvangen_op")[:EERDER]:
            hoe = eerder.get_afhandeling_display() if eerder.afhandeling else eerder.get_status_display()
            items.append({"op": eerder.ontvangen_op, "tekst": f"melding {eerder.nummer}: {hoe.lower()}"})
    return sorted(items, key=lambda item: item["op"], reverse=True)[:EERDER]


def _told(punt: Agendapunt) -> str:
    partij = punt.partij.kort if punt.partij else ""
    wie = " ".join(filter(None, [partij, str(punt.casusregisseur or "")]))
    return ". ".join(
        filter(None, [f"{punt.get_besluit_display().lower()}{': ' + wie if wie else ''}", punt.toelichting])
    )
