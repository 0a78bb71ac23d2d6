"""The aanmeldoverleg itself: plan, move, cancel, finish, and who was there."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.services import set_next_step
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.kern.werkdagen import is_werkdag
from skt.medewerkers.models import Medewerker, Plaatsing
from skt.verantwoording.services import record
from skt.web.datums import clock
from triage.models import Aanmelding, Agendapunt, Bord, Overleg, Urgentie
from triage.queries.kent_gezin import known_places
from triage.services.agenda import check_bord, clash, lock_overleg, next_overleg, next_volgorde, step_for
from triage.status import OverlegStatus

PLAATS = "Van Heeckerenhuis"


class OverlegInPast(DomainError):
    """An overleg is planned ahead."""


class NotAWerkdag(DomainError):
    """Nobody is in on that day."""


class MomentTaken(DomainError):
    """This bord has an overleg at that moment."""


class OverlegChanged(DomainError):
    """The page was made from an older version of the overleg."""


class VoorzitterNotPlaced(DomainError):
    """Whoever chairs has a running placement."""


class NotPlanned(DomainError):
    """The overleg is held or cancelled."""


class OverlegNotBegun(DomainError):
    """An overleg of a later day isn't over."""


class FamilyOnAgenda(DomainError):
    """Something undecided on it is hidden from who acts, because they know the family."""


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
    _check_werkdag(begint_op)
    check_voorzitter(voorzitter, at)
    _refuse_beside_another(wanted, begint_op)
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
def move_overleg(
    *,
    overleg: Overleg,
    begint_op: datetime,
    actor: Medewerker,
    at: datetime,
    plaats: str | None = None,
    voorzitter: Medewerker | None = None,
    versie: int | None = None,
    met_de_reeks: bool = False,
) -> Overleg:
    """Another moment, place or voorzitter for a planned overleg; everything on it moves along and says so as next step.

    `plaats` None keeps the place; `voorzitter` None is nobody. With `met_de_reeks` it is the series that moves, so the
    overleg itself isn't marked as moved. Raises NotPlanned, OverlegChanged, OverlegInPast, NotAWerkdag,
    VoorzitterNotPlaced, MomentTaken or FamilyOnAgenda.
    """
    row = _lock_planned(overleg)
    if versie is not None and versie != row.versie:
        raise OverlegChanged(
            "Een collega heeft dit overleg net gewijzigd. Bekijk eerst wat er nu staat en probeer het dan opnieuw."
        )
    was = row.begint_op
    if begint_op != was:
        if begint_op <= at:
            raise OverlegInPast("Dit moment is al voorbij. Kies een moment in de toekomst.")
        _check_werkdag(begint_op)
        _refuse_beside_another(Bord(row.bord), begint_op, behalve=row)
        _refuse_known_family(row, "verzetten")
    check_voorzitter(voorzitter, at)
    row.begint_op, row.voorzitter = begint_op, voorzitter
    row.plaats = row.plaats if plaats is None else plaats.strip() or PLAATS
    if begint_op != was and not met_de_reeks:
        row.verzet_van = row.verzet_van or was
        if row.verzet_van == begint_op:
            row.verzet_van = None
    row.versie += 1
    try:
        with transaction.atomic():
            row.save(update_fields=["begint_op", "voorzitter", "plaats", "verzet_van", "versie"])
    except IntegrityError as error:
        raise MomentTaken("Op dit moment is er al een overleg van dit team.") from error
    if begint_op != was:
        for punt in _lock_undecided(row):
            _tell_next_step(punt.aanmelding, was, row, actor, at)
    record(
        action="triage.move_overleg",
        subject=row,
        gegevens={"door": actor.username, "van": was.isoformat(), "naar": begint_op.isoformat()},
    )
    check_keten()
    return row


@transaction.atomic
def record_aanwezigen(
    *,
    overleg: Overleg,
    aanwezigen: Iterable[Medewerker],
    stonden_er: Iterable[Medewerker],
    actor: Medewerker,
    at: datetime,
) -> Overleg:
    """Who was (or will be) there; also after it was closed, never of a cancelled one. Raises NotPlanned.

    `stonden_er` is who the page showed: what a colleague added or took off meanwhile stays.
    """
    row = lock_overleg(overleg.pk)
    if row.status == OverlegStatus.GEANNULEERD:
        raise NotPlanned("Dit overleg is geannuleerd; er was niemand.")
    nu, eerst = set(aanwezigen), set(stonden_er)
    row.aanwezigen.add(*(nu - eerst))
    row.aanwezigen.remove(*(eerst - nu))
    record(
        action="triage.record_aanwezigen",
        subject=row,
        gegevens={"door": actor.username, "op": at.isoformat(), "aantal": row.aanwezigen.count()},
    )
    return row


@transaction.atomic
def cancel_overleg(*, overleg: Overleg, actor: Medewerker, at: datetime) -> Overleg:
    """Cancel a planned overleg; what was not decided goes to the next one of the same bord. Raises NotPlanned or FamilyOnAgenda."""
    row = _lock_planned(overleg)
    _refuse_known_family(row, "annuleren")
    undecided = _lock_undecided(row)
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
    """Close an overleg that was held. Raises NotPlanned, OverlegNotBegun, PointsUndecided or FamilyOnAgenda."""
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
    _refuse_known_family(row, "sluiten")
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


def _refuse_known_family(overleg: Overleg, wat: str) -> None:
    """What is hidden from who acts they can't move along, so somebody else does. Raises FamilyOnAgenda."""
    if any(plaats.overleg_id == overleg.pk and plaats.besloten is False for plaats in known_places()):
        raise FamilyOnAgenda(
            "Op dit overleg staat een gezin dat u kent, en daarover is nog niet besloten. U kunt het overleg daarom niet"
            f" {wat}. Vraag dat aan een andere teamcoördinator van dit team, of aan de toegang."
        )


def _move_to_next(punten: list[Agendapunt], overleg: Overleg, actor: Medewerker, at: datetime) -> None:
    coming = next_overleg(bord=overleg.bord, actor=actor, at=at, after=overleg.begint_op)
    for volgorde, punt in enumerate(punten, start=next_volgorde(coming)):
        aanmelding: Aanmelding = punt.aanmelding
        punt.overleg, punt.volgorde = coming, volgorde
        punt.save(update_fields=["overleg", "volgorde"])
        aanmelding.versie += 1
        aanmelding.save(update_fields=["versie"])
        _tell_next_step(aanmelding, overleg.begint_op, coming, actor, at)


def _lock_undecided(overleg: Overleg) -> list[Agendapunt]:
    return list(
        Agendapunt.objects.select_for_update(of=("self", "aanmelding"))
        .filter(overleg=overleg, besluit="")
        .select_related("aanmelding__melding")
        .order_by("volgorde", "pk")
    )


def _tell_next_step(
    aanmelding: Aanmelding, was: datetime, overleg: Overleg, actor: Medewerker, at: datetime
) -> None:
    """The melding waits for this overleg now; what is urgent keeps its own, earlier date."""
    melding = aanmelding.melding
    urgent = aanmelding.urgentie in (Urgentie.CRISIS, Urgentie.SPOED)
    own = melding.uiterlijk if urgent and melding.uiterlijk and melding.uiterlijk < was else None
    set_next_step(
        melding=melding,
        actor=actor,
        at=at,
        volgende_stap=step_for(overleg),
        uiterlijk=min(own, overleg.begint_op) if own else overleg.begint_op,
    )


def check_voorzitter(voorzitter: Medewerker | None, at: datetime) -> None:
    """Raises VoorzitterNotPlaced."""
    running = Plaatsing.objects.running(timezone.localtime(at).date())
    if voorzitter and not running.filter(medewerker=voorzitter).exists():
        raise VoorzitterNotPlaced("De gekozen voorzitter werkt hier niet (meer). Kies iemand anders.")


def _check_werkdag(begint_op: datetime) -> None:
    if not is_werkdag(timezone.localtime(begint_op).date()):
        raise NotAWerkdag("Op deze dag wordt niet gewerkt. Kies een werkdag.")


def _refuse_beside_another(bord: Bord, begint_op: datetime, behalve: Overleg | None = None) -> None:
    """Nobody can be in two overleggen at once. PostgreSQL refuses the same moment; this, an hour that overlaps."""
    other = clash(bord, begint_op, behalve)
    if other is None:
        return
    al = "Dit team heeft dan al een overleg"
    if other.bord != bord:
        al = f"Dezelfde mensen zitten dan al in een overleg ({other.get_bord_display().lower()})"
    raise MomentTaken(f"{al}, om {clock(other.begint_op)} uur. Kies een moment dat minstens een uur scheelt.")
