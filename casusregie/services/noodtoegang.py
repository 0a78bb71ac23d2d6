"""Noodtoegang: vier uur meelezen in een casus waar u niet bij mag, met een geschreven reden (domein 4)."""

from datetime import datetime

from django.db import connection, transaction

from casusregie.models import Casus
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record

MINIMALE_REDEN = 10


class NoodtoegangRefused(DomainError):
    """No such casus, no such right, or no reason worth the name: the first two look the same."""


@transaction.atomic
def open_noodtoegang(*, nummer: str, reden: str, actor: Medewerker, at: datetime) -> Casus:
    """Open vier uur leestoegang, vanaf nu. De database schrijft de toegang zelf; `at` is het moment van vastleggen.

    Raises NoodtoegangRefused.
    """
    if len(reden.strip()) < MINIMALE_REDEN:
        raise NoodtoegangRefused("Schrijf op waarom u nu in deze casus moet kijken.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT casusregie_open_noodtoegang(%s, %s)", [nummer.strip()[:12], reden])
        (casus_id,) = cursor.fetchone()
    casus = Casus.objects.filter(pk=casus_id).first() if casus_id else None
    if casus is None:
        raise NoodtoegangRefused("Dit nummer is niet te openen. Kijk of het nummer klopt.")
    record(
        action="casusregie.open_noodtoegang",
        subject=casus,
        inwoner_ids=casus.inwoner_ids,
        reden=reden.strip(),
        gegevens={"casus": casus.nummer, "op": at.isoformat()},
    )
    return casus
