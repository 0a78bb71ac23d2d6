"""De inwoners per gebied overnemen uit een bestand van het CBS: alles van een jaar, of niets."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from rapportage.cbs import read_cbs
from rapportage.models import Bevolking
from skt.verantwoording.services import record


@transaction.atomic
def import_bevolking(*, bestand: BinaryIO, jaar: int, naam: str = "", at: datetime) -> bool:
    """Take the inwoners of one year over; False when they stood there already. Raises WrongCbsFile, and then nothing changed."""
    nieuw = read_cbs(bestand, jaar=jaar, naam=naam)
    staat = {b.gebied: b for b in Bevolking.objects.select_for_update().filter(jaar=jaar)}
    if {gebied: b.inwoners for gebied, b in staat.items()} == nieuw:
        return False
    for gebied, inwoners in nieuw.items():
        Bevolking.objects.update_or_create(
            jaar=jaar, gebied=gebied, defaults={"inwoners": inwoners, "ingelezen_op": at}
        )
    record(
        action="rapportage.import_bevolking",
        subject=None,
        gegevens={"jaar": jaar, "was": {gebied: b.inwoners for gebied, b in staat.items()}, "wordt": nieuw},
    )
    return True
