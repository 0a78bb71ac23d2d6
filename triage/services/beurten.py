"""Who weighs which melding: taken by one at a time, given back, taken over in the open."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from intake.models import Melding
from intake.services import hand_over, take_over
from intake.services.rijen import lock_melding
from intake.status import MeldingStatus
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker, Team
from skt.verantwoording.services import record
from skt.web.datums import clock, short_day
from triage.models import Triagebeurt
from triage.queries.triage import VOLGORDE, triage_worklist


class NotInTriage(DomainError):
    """Only a melding that the loket passed on can be triaged, once."""


class AlreadyClaimed(DomainError):
    """A colleague took it first; the sentence says who, and when."""


class NothingToWeigh(DomainError):
    """Everything in triage has somebody."""


class NotYourTurn(DomainError):
    """Only who has it gives it back."""


@transaction.atomic
def claim_melding(*, melding: Melding, actor: Medewerker, at: datetime, van: int | None = None) -> Melding:
    """From now on `actor` weighs it. Of two who click at once one gets it, the other hears who and when.

    `van`: the id of the colleague it is taken over from, as the page showed; without it nobody is pushed aside. Taking what one
    has already changes nothing. Raises NotInTriage or AlreadyClaimed, or as lock_melding.
    """
    row = lock_in_triage(melding)
    houder = row.verantwoordelijke_id
    if houder == actor.pk:
        return row
    if houder is not None and houder != van:
        raise AlreadyClaimed(_taken(row, at))
    end_beurt(row, at, Triagebeurt.Einde.OVERGENOMEN)
    taken = take_over(melding=row, actor=actor, at=at)
    beurt = Triagebeurt.objects.create(melding=row, medewerker=actor, opgepakt_op=at)
    record(
        action="triage.claim_melding",
        subject=beurt,
        inwoner_ids=row.inwoner_ids,
        gegevens={"nummer": row.nummer, "van": houder, "naar": actor.pk},
    )
    return taken


@transaction.atomic
def claim_next(*, actor: Medewerker, at: datetime) -> Melding:
    """Take what nobody has and should be first. Two people get two meldingen. Raises NothingToWeigh."""
    row = (
        triage_worklist(Melding.objects.awaiting_triage().filter(verantwoordelijke=None), at)
        .order_by(*VOLGORDE)
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if row is None:
        raise NothingToWeigh("Alles is opgepakt: er wacht niets zonder eigenaar.")
    return claim_melding(melding=row, actor=actor, at=at)


@transaction.atomic
def release_melding(*, melding: Melding, actor: Medewerker, at: datetime) -> Melding:
    """Back to the toegang, for whoever takes it next. Raises NotInTriage or NotYourTurn, or as lock_melding."""
    row = lock_in_triage(melding)
    if row.verantwoordelijke_id != actor.pk:
        raise NotYourTurn(f"{row.nummer} staat niet (meer) op uw naam.")
    end_beurt(row, at, Triagebeurt.Einde.TERUGGEGEVEN)
    loket = Team.objects.get(soort=Team.Soort.VOORPORTAAL)
    given = hand_over(melding=row, actor=actor, at=at, team=loket)
    record(
        action="triage.release_melding",
        subject=row,
        inwoner_ids=row.inwoner_ids,
        gegevens={"nummer": row.nummer, "door": actor.pk},
    )
    return given


def lock_in_triage(melding: Melding, versie: int | None = None) -> Melding:
    """The melding, locked, when it is still to be weighed. Raises NotInTriage, or as lock_melding."""
    row = Melding.objects.select_for_update().filter(pk=melding.pk).first()
    now = row or Melding.objects.filter(pk=melding.pk).first()
    if now is not None:
        check_in_triage(now)
    return lock_melding(melding, versie=versie)


def check_in_triage(melding: Melding) -> None:
    """Raises NotInTriage, with who weighed it and when where that can be known."""
    if melding.status == MeldingStatus.IN_TRIAGE:
        return
    last = melding.triages.select_related("medewerker").order_by("-gedaan_op", "-pk").first()
    if last is None:
        raise NotInTriage(
            f"Deze melding staat niet (meer) in triage: de status is nu ‘{melding.get_status_display()}’."
        )
    raise NotInTriage(
        f"{last.medewerker.naam} heeft {melding.nummer} al gewogen, {_moment(last.gedaan_op)}."
        f" De uitkomst was: {last.get_uitkomst_display().lower()}."
    )


def check_holder(row: Melding, actor: Medewerker, at: datetime) -> None:
    """Nobody weighs what a colleague has on their name. Raises AlreadyClaimed."""
    if row.verantwoordelijke_id not in (None, actor.pk):
        raise AlreadyClaimed(f"{_taken(row, at)} Neem haar eerst over, of overleg.")


def end_beurt(row: Melding, at: datetime, einde: Triagebeurt.Einde) -> None:
    """Close the running turn of a locked melding, if there is one."""
    beurt = Triagebeurt.objects.select_for_update().filter(melding=row, losgelaten_op=None).first()
    if beurt is not None:
        beurt.losgelaten_op, beurt.einde = max(at, beurt.opgepakt_op), einde
        beurt.save(update_fields=["losgelaten_op", "einde"])


def _taken(row: Melding, at: datetime) -> str:
    beurt = row.triagebeurten.filter(losgelaten_op=None, medewerker=row.verantwoordelijke_id).first()
    naam = row.verantwoordelijke.naam if row.verantwoordelijke else "Een collega"
    if beurt is None:
        return f"{naam} heeft {row.nummer} al opgepakt."
    wanneer = _moment(beurt.opgepakt_op, at)
    return f"{naam} was u voor: {row.nummer} is {wanneer} opgepakt."


def _moment(moment: datetime, at: datetime | None = None) -> str:
    """‘om 10:42’ of today, otherwise ‘op ma 2 nov om 10:42’."""
    lokaal = timezone.localtime(moment)
    if at is not None and lokaal.date() == timezone.localtime(at).date():
        return f"om {clock(lokaal)}"
    return f"op {short_day(lokaal.date())} om {clock(lokaal)}"
