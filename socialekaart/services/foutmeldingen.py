"""Een collega meldt dat iets op de sociale kaart niet klopt; de beheerder handelt het af."""

from datetime import datetime

from django.db import transaction

from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from socialekaart.models import Foutmelding, Voorziening


class FoutAlreadyHandled(DomainError):
    """Another keeper was first."""


@transaction.atomic
def report_fout(*, voorziening: Voorziening, tekst: str, actor: Medewerker, at: datetime) -> Foutmelding:
    """Tell the beheerder that an entry is wrong. The text is about the entry, never about an inwoner."""
    melding = Foutmelding.objects.create(
        voorziening=voorziening, tekst=tekst.strip(), gemeld_door=actor, gemeld_op=at
    )
    record(action="socialekaart.report_fout", subject=melding)
    return melding


@transaction.atomic
def handle_fout(*, melding: Foutmelding, uitkomst: str, actor: Medewerker, at: datetime) -> Foutmelding:
    """Write down what was done with a report. Raises FoutAlreadyHandled when a colleague did so before."""
    current = Foutmelding.objects.select_for_update().get(pk=melding.pk)
    if current.afgehandeld_op is not None:
        raise FoutAlreadyHandled("Een collega heeft deze foutmelding al afgehandeld.")
    current.afgehandeld_door, current.afgehandeld_op, current.uitkomst = actor, at, uitkomst.strip()
    current.save(update_fields=["afgehandeld_door", "afgehandeld_op", "uitkomst"])
    record(action="socialekaart.handle_fout", subject=current)
    return current
