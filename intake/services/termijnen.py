"""Terms that stand still, begin with an aanvraag, or are met by what happens (domein 6)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from intake.models import Melding, MeldingTermijn
from intake.services.meldingen import fulfil_termijn, start_termijn
from intake.services.rijen import constraints_speak, end_of, lock_termijn
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record

AANVRAGEN = {"WMO-BESL": "Wmo: maatwerkvoorziening", "JW-BESL": "Jeugdwet: jeugdhulp"}
"""What can be applied for, by the term that starts with it (Wmo 2015 2.3.5 lid 2; Awb 4:13)."""
GESPREK_GEHOUDEN = "gesprek gehouden"
ONDERZOEK_AF = "onderzoek afgerond"
VOLDAAN_BIJ = {
    GESPREK_GEHOUDEN: ("WGS-4W", "WGS-3D"),
    ONDERZOEK_AF: ("WMO-OND",),
}
"""Which terms what happens meets: the first talk about debts (Wgs 4), the end of the onderzoek (Wmo 2015 2.3.2)."""


class TermijnInvalid(DomainError):
    """The term can't be kept like this."""


class NotSuspendable(DomainError):
    """The law lets only the term of an aanvraag stand still, while it isn't complete (Awb 4:15)."""


class AanvraagInvalid(DomainError):
    """An aanvraag came in today or earlier, on or after the day of the melding."""


@transaction.atomic
def record_aanvraag(
    *, melding: Melding, actor: Medewerker, at: datetime, code: str, dag: date
) -> MeldingTermijn:
    """An aanvraag came in on `dag`; its decision has a term from then on.

    Raises AanvraagInvalid, TermijnRunsAlready, or as lock_melding.
    """
    if code not in AANVRAGEN:
        raise AanvraagInvalid("Kies waarvoor de aanvraag is.")
    vandaag = timezone.localtime(at).date()
    if dag > vandaag:
        raise AanvraagInvalid("Deze dag moet nog komen. Kies de dag waarop de aanvraag binnenkwam.")
    if dag < timezone.localtime(melding.ontvangen_op).date():
        raise AanvraagInvalid("Deze dag ligt voor de melding. Kies de dag waarop de aanvraag binnenkwam.")
    return start_termijn(melding=melding, actor=actor, at=min(at, end_of(dag)), code=code)


@transaction.atomic
def suspend_termijn(
    *, termijn: MeldingTermijn, actor: Medewerker, at: datetime, reden: str
) -> MeldingTermijn:
    """Let it stand still from today. Twice keeps the first day. Raises NotSuspendable, TermijnInvalid, TermijnUnknown, or as
    lock_termijn."""
    row = lock_termijn(termijn)
    if not row.soort.opschortbaar:
        raise NotSuspendable(
            "Deze termijn mag niet stilstaan. Alleen de termijn van een aanvraag mag dat (Awb 4:15)."
        )
    if row.voldaan_op is not None:
        raise TermijnInvalid("Deze termijn is al gehaald.")
    if not reden.strip():
        raise TermijnInvalid("Schrijf op waarop u wacht.")
    if row.opgeschort_op is None:
        row.opgeschort_op, row.opgeschort_reden = timezone.localtime(at).date(), reden.strip()
        with constraints_speak(MeldingTermijn, TermijnInvalid):
            row.save(update_fields=["opgeschort_op", "opgeschort_reden"])
        _record("intake.suspend_termijn", row, actor, reden=row.opgeschort_reden[:200])
    return row


@transaction.atomic
def resume_termijn(*, termijn: MeldingTermijn, actor: Medewerker, at: datetime) -> MeldingTermijn:
    """It runs again from today, and ends so much later. What didn't stand still stays as it is."""
    row = lock_termijn(termijn)
    if row.opgeschort_op is None:
        return row
    was = row.opgeschort_op
    row.uiterlijk = row.after_standstill(timezone.localtime(at).date())
    row.opgeschort_op, row.opgeschort_reden = None, ""
    row.save(update_fields=["uiterlijk", "opgeschort_op", "opgeschort_reden"])
    _record(
        "intake.resume_termijn", row, actor, stil_vanaf=was.isoformat(), uiterlijk=row.uiterlijk.isoformat()
    )
    return row


def meet_terms(*, melding: Melding, actor: Medewerker, at: datetime, gebeurtenis: str) -> None:
    """What happened meets these terms, when they run. Inside the transaction of what happened."""
    running = melding.termijnen.filter(
        soort__in=VOLDAAN_BIJ[gebeurtenis], voldaan_op=None, opgeschort_op=None
    )
    for termijn in list(running):
        fulfil_termijn(termijn=termijn, actor=actor, at=at)


def _record(action: str, row: MeldingTermijn, actor: Medewerker, **gegevens: str) -> None:
    record(
        action=action,
        subject=row.melding,
        inwoner_ids=row.melding.inwoner_ids,
        gegevens={"termijn": row.soort_id, "door": actor.username, **gegevens},
    )
