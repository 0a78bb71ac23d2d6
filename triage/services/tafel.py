"""What lies on the table in an overleg: one agendapunt, the same for everybody who looks along."""

from datetime import datetime

from django.db import transaction

from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from triage.models import Agendapunt, Overleg, Tafel
from triage.services.agenda import lock_overleg
from triage.status import OverlegStatus


class NotOnThisAgenda(DomainError):
    """The agendapunt belongs to another overleg, or the overleg is over."""


@transaction.atomic
def put_on_table(*, overleg: Overleg, agendapunt: Agendapunt, actor: Medewerker, at: datetime) -> Tafel:
    """Let everybody look at this agendapunt, and let the clock begin; what lay there already keeps its clock.

    Raises NotOnThisAgenda.
    """
    row = lock_overleg(overleg.pk)
    if row.status != OverlegStatus.GEPLAND or agendapunt.overleg_id != row.pk:
        raise NotOnThisAgenda("Deze aanmelding staat niet (meer) op dit overleg.")
    tafel = Tafel.objects.filter(overleg=row).first() or Tafel(overleg=row)
    if tafel.punt_id == agendapunt.pk:
        return tafel
    tafel.punt, tafel.sinds, tafel.gelegd_door = agendapunt, at, actor
    tafel.save()
    record(
        action="triage.put_on_table",
        subject=row,
        gegevens={"punt": agendapunt.pk, "door": actor.username},
    )
    return tafel
