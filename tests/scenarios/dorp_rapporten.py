"""Rapporten aan de raad in het dorp: een dat klaar is, een waaraan gewerkt wordt en een dat niet lukte."""

from datetime import date

from rapportage.models import Raadsrapport
from rapportage.status import Rapportstatus
from tests.scenarios.dorpsleven import Dorp
from tests.scenarios.handelend import als_systeem

ZEGEL = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def rapporten(dorp: Dorp) -> None:
    def rapport(begin: date, **velden: object) -> Raadsrapport:
        return Raadsrapport.objects.create(
            periode="kwartaal",
            begin=begin,
            versie=1,
            gevraagd_door=dorp.team.beleid,
            gevraagd_op=dorp.eerder(hours=1),
            **velden,
        )

    klaar = {
        "sha256": ZEGEL,
        "inhoud_sha256": ZEGEL,
        "grootte": 612_000,
        "klaar_op": dorp.nu,
        "toelichtingen": 3,
    }
    with als_systeem():
        rapport(date(2025, 1, 1), status=Rapportstatus.KLAAR, **klaar)
        rapport(date(2025, 4, 1), status=Rapportstatus.BEZIG, stap="Moeten mensen wachten?", gedaan=4)
        rapport(
            date(2025, 7, 1),
            status=Rapportstatus.MISLUKT,
            fout="Het document kon niet worden gemaakt. Probeer het later opnieuw.",
        )
