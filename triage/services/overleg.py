"""The aanmeldoverleg itself: plan, cancel, finish."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.services import set_next_step
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.kern.werkdagen import is_werkdag
from skt.medewerkers.models import Medewerker, Plaatsing
from skt.verantwoording.services import record
from triage.models import Aanmelding, Agendapunt, Overleg
from triage.services.agenda import check_bord, lock_overleg, next_overleg, next_volgorde, step_for
from triage.status import OverlegStatus

PLAATS = "Van Heeckerenhuis"


class OverlegInPast(DomainError):
    """An overleg is planned ahead."""


class NotAWerkdag(DomainError):
    """Nobody is in on that day."""


class MomentTaken(DomainError):
    """This bord has an overleg at that moment."""


class VoorzitterNotPlaced(DomainError):
    """Whoever chairs has a running placement."""


class NotPlanned(DomainError):
    """The overleg is held or cancelled."""


class OverlegNotBegun(DomainError):
    """An overleg of a later day isn't over."""


class PointsUndecided(DomainError):
    """The sluitende keten: an overleg ends with a besluit on each aanmelding (invariant 5)."""


@transaction.atomic
def plan_overleg(
    *,
    bord: str,
    begint_op: datetime,
    actor: Medewerker,
    at: datetime,
    plaats: str = PLAATS,
    voorzitter: Medewerker | None = None,
) -> Overleg:
    """Plan an overleg. Raises BordUnknown, OverlegInPast, NotAWerkdag, VoorzitterNotPlaced or MomentTaken."""
    wanted = check_bord(bord)
    if begint_op <= at:
        raise OverlegInPast("Dit moment is al voorbij. Kies een moment in de toekomst.")
    dag = timezone.localtime(begint_op).date()
    if not is_werkdag(dag):
        raise NotAWerkdag("Op deze dag wordt niet gewerkt. Kies een werkdag.")
    if (
        voorzitter
        and not Plaatsing.objects.running(timezone.localtime(at).date())
        .filter(medewerker=voorzitter)
        .exists()
    ):
        raise VoorzitterNotPlaced("De gekozen voorzitter werkt hier niet (meer). Kies iemand anders.")
    try:
        with transaction.atomic():
            overleg = Overleg.objects.create(
                bord=wanted, begint_op=begint_op, plaats=plaats.strip() or PLAATS, voorzitter=voorzitter
            )
    except IntegrityError as error:
        raise MomentTaken("Op dit moment is er al een overleg van dit team.") from error
    record(action="triage.plan_overleg", subject=overleg, gegevens={"door": actor.username})
    return overleg


@transaction.atomic
def cancel_overleg(*, overleg: Overleg, actor: Medewerker, at: datetime) -> Overleg:
    """Cancel a planned overleg; what was not decided goes to the next one of the same bord. Raises NotPlanned."""
    row = _lock_planned(overleg)
    undecided = list(
        Agendapunt.objects.select_for_update(of=("self", "aanmelding"))
        .filter(overleg=row, besluit="")
        .select_related("aanmelding__melding")
        .order_by("volgorde", "pk")
    )
    if undecided:
        _move_to_next(undecided, row, actor, at)
    row.status = OverlegStatus.GEANNULEERD
    row.save(update_fields=["status"])
    record(
        action="triage.cancel_overleg",
        subject=row,
        gegevens={"door": actor.username, "verplaatst": len(undecided)},
    )
    check_keten()
    return row


@transaction.atomic
def finish_overleg(*, overleg: Overleg, actor: Medewerker, at: datetime) -> Overleg:
    """Close an overleg that was held. Raises NotPlanned, OverlegNotBegun or PointsUndecided."""
    row = _lock_planned(overleg)
    if timezone.localtime(at).date() < timezone.localtime(row.begint_op).date():
        raise OverlegNotBegun("Dit overleg moet nog komen. Annuleer het als het niet doorgaat.")
    undecided = Agendapunt.objects.filter(overleg=row, besluit="").count()
    if undecided:
        raise PointsUndecided(
            "Over 1 aanmelding is nog niet besloten. Leg eerst een besluit vast, of houd haar aan."
            if undecided == 1
            else f"Over {undecided} aanmeldingen is nog niet besloten. Leg eerst een besluit vast, of houd ze aan."
        )
    row.status = OverlegStatus.GEHOUDEN
    row.save(update_fields=["status"])
    record(action="triage.finish_overleg", subject=row, gegevens={"door": actor.username})
    check_keten()
    return row


def _lock_planned(overleg: Overleg) -> Overleg:
    row = lock_overleg(overleg.pk)
    if row.status != OverlegStatus.GEPLAND:
        raise NotPlanned(f"Dit overleg is al {row.get_status_display().lower()}.")
    return row


def _move_to_next(punten: list[Agendapunt], overleg: Overleg, actor: Medewerker, at: datetime) -> None:
    coming = next_overleg(bord=overleg.bord, actor=actor, at=at, after=overleg.begint_op)
    for volgorde, punt in enumerate(punten, start=next_volgorde(coming)):
        aanmelding: Aanmelding = punt.aanmelding
        punt.overleg, punt.volgorde = coming, volgorde
        punt.save(update_fields=["overleg", "volgorde"])
        aanmelding.versie += 1
        aanmelding.save(update_fields=["versie"])
        set_next_step(
            melding=aanmelding.melding,
            actor=actor,
            at=at,
            volgende_stap=step_for(coming),
            uiterlijk=coming.begint_op,
        )
