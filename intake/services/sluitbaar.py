"""What must be settled before a melding leaves the loket: nobody stands before a closed door, nobody waits for a call."""

from datetime import datetime

from intake.models import Afspraak, Melding, Terugbelverzoek
from intake.status import TERUGBELLEN_TRANSITIONS
from skt.kern.errors import DomainError


class StillPlanned(DomainError):
    """Something was promised to the resident that would be forgotten."""


def settle_before_closing(row: Melding, at: datetime, *, casus_id: int | None = None) -> None:
    """A closed melding has no planned afspraak of its own: that is of the casus from then on, if there is one. A promise to call
    back ends with it. Raises StillPlanned."""
    planned = Afspraak.objects.planned().filter(melding=row)
    if casus_id is not None:
        planned.update(casus_id=casus_id)
    elif planned.exists():
        raise StillPlanned(
            "Er staat nog een afspraak gepland bij deze melding. Geef aan of zij doorging, of annuleer haar."
        )
    verzoek = Terugbelverzoek.objects.waiting().select_for_update().filter(melding=row).first()
    if verzoek is not None:
        TERUGBELLEN_TRANSITIONS.apply("cancel", verzoek)
        verzoek.afgerond_op = at
        verzoek.save(update_fields=["status", "afgerond_op"])


def refuse_while_call_promised(row: Melding) -> None:
    """In triage the loket's list no longer shows who waits for a call. Raises StillPlanned."""
    if Terugbelverzoek.objects.waiting().filter(melding=row).exists():
        raise StillPlanned(
            "Er is nog beloofd om terug te bellen. Bel eerst, of zet de terugbelafspraak op ‘niet meer nodig’."
        )
