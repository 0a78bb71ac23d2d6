"""Een plaatsing eindigt niet zolang haar werk niet is overgedragen (keten 6), ook niet als de dag vanzelf komt."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from skt.kern.errors import DomainError
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.overdracht import OverTeDragen, over_te_dragen
from skt.medewerkers.services import postpone_end
from skt.verantwoording.services import record

VOORAF = timedelta(hours=8)
"""Wat binnen zoveel uur eindigt schuift op: 's avonds is dat middernacht, 's morgens alleen wat al voorbij is."""
REDEN = "Het werk was nog niet overgedragen."


@dataclass(frozen=True)
class Waakronde:
    """Hoeveel plaatsingen er opschoven, en welke met werk eindigen terwijl dat niet kan."""

    verschoven: int
    vast: list[OverTeDragen]


def keep_responsible(*, at: datetime) -> Waakronde:
    """Laat plaatsingen die nu aflopen met werk doorlopen tot en met de volgende werkdag. Alleen als het systeem.

    Elke plaatsing apart, met een regel in de verantwoording. Een tweede keer doet niets: het einde ligt dan verder
    weg. Wat niet kan (een andere werkgever of een rol zonder dossiers begint al) blijft staan en komt terug in `vast`.
    """
    straks = timezone.localdate(at + VOORAF)
    verschoven, vast = 0, []
    for regel in over_te_dragen(straks):
        try:
            _postpone(regel, at)
        except DomainError:
            vast.append(regel)
        else:
            verschoven += 1
    return Waakronde(verschoven, vast)


@transaction.atomic
def _postpone(regel: OverTeDragen, at: datetime) -> None:
    plaatsing, was = regel.plaatsing, regel.plaatsing.tot
    postpone_end(plaatsing=plaatsing, tot=next_werkdag(timezone.localdate(at + VOORAF)) + timedelta(days=1))
    record(
        action="medewerkers.postpone_end",
        subject=plaatsing,
        reden=REDEN,
        gegevens={
            "medewerker": plaatsing.medewerker.username,
            "was": str(was),
            "tot": str(plaatsing.tot),
            "nog over te dragen": regel.wat,
        },
    )
