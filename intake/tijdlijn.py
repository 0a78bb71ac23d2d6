"""Wat er met een melding gebeurde, op volgorde. Wie later in de keten komt, levert zijn eigen regels aan.

Upstream shows what came later without importing downstream: triage and casusregie register a source at start-up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from intake.models import Afhandeling, Melding
from intake.status import MeldingStatus


@dataclass(frozen=True)
class Gebeurtenis:
    """One line of the timeline, as components/tijdlijn.html draws it."""

    op: datetime
    titel: str
    icon: str = "vink"
    bij: str = ""
    tekst: str = ""
    url: str = ""
    zwaar: bool = False


Bron = Callable[[Melding], Iterable[Gebeurtenis]]
_bronnen: list[Bron] = []


def register_bron(bron: Bron) -> None:
    """Add a source of events at start-up. It shows only what who acts may see: row-level security sees to that."""
    if bron not in _bronnen:
        _bronnen.append(bron)


def read_tijdlijn(melding: Melding) -> list[Gebeurtenis]:
    """All that happened, newest first."""
    items = [*_own(melding), *(item for bron in _bronnen for item in bron(melding))]
    return sorted(items, key=lambda item: item.op, reverse=True)


def _own(melding: Melding) -> Iterable[Gebeurtenis]:
    contact = melding.contactmoment
    yield Gebeurtenis(
        contact.begonnen_op,
        f"{contact.get_kanaal_display()} contact",
        "bel",
        contact.opgeschreven_door,
        f"Melder: {contact.get_melder_soort_display().lower()}.",
        zwaar=True,
    )
    uitvraag = getattr(melding, "uitvraag", None)
    if uitvraag is not None:
        yield Gebeurtenis(
            uitvraag.afgenomen_op, "Uitvraag over de leefgebieden", "lijst", str(uitvraag.medewerker)
        )
    for meting in melding.metingen.all():
        yield Gebeurtenis(
            meting.afgenomen_op,
            f"Nieuwe meting: {meting.get_reden_display().lower()}",
            "lijst",
            str(meting.medewerker),
        )
    for aanvulling in melding.aanvullingen.all():
        yield Gebeurtenis(
            aanvulling.geschreven_op, "Aanvulling", "notitie", str(aanvulling.medewerker), aanvulling.tekst
        )
    for gegeven in melding.meegegeven.all():
        yield Gebeurtenis(gegeven.gegeven_op, f"Meegegeven: {gegeven.voorziening.naam}", "kaart")
    for signaal in melding.signalen.all():
        yield Gebeurtenis(
            signaal.gemaakt_op, f"Signaal: {signaal.get_soort_display()}", "vlam", tekst=signaal.toelichting
        )
        if signaal.overleg_gevraagd_op and signaal.overleg_gevraagd_op != signaal.gemaakt_op:
            yield Gebeurtenis(signaal.overleg_gevraagd_op, "Naar het signaleringsoverleg", "mensen")
    if melding.gewaarschuwd_op:
        yield Gebeurtenis(
            melding.gewaarschuwd_op,
            "Crisisroute ingezet",
            "alarm",
            tekst=f"Gewaarschuwd: {melding.gewaarschuwd}",
        )
    if melding.status == MeldingStatus.GESLOTEN and melding.gesloten_op:
        hoe = Afhandeling(melding.afhandeling).label if melding.afhandeling else ""
        yield Gebeurtenis(
            melding.gesloten_op, "Melding gesloten", "vink", hoe, melding.afhandeling_toelichting, zwaar=True
        )
