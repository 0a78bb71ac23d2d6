"""The uitvraagmethode: write a concept, take it into use, stop it, and say who uses which in the pilot."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from intake.models import Methodetoewijzing, Uitvraagmethode
from intake.services.rijen import constraints_speak
from intake.status import METHODE_TRANSITIONS, MethodeStatus
from intake.vragen import ALGEMEEN, LABELS, Vraag, Vragen, check_vragen, digest, digest_text, write_vragen
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker, Moederorganisatie, Team
from skt.verantwoording.services import record


class MethodeInvalid(DomainError):
    """The methode can't be kept like this."""


class MethodeFixed(DomainError):
    """In use, or used: it doesn't change any more."""


class MethodeChangedMeanwhile(DomainError):
    """A colleague changed the same part while this page was open; nothing was saved."""

    def __init__(self, zin: str, gebieden: list[str], huidig: Uitvraagmethode) -> None:
        super().__init__(zin)
        self.gebieden = gebieden
        self.huidig = huidig


class MethodeStartsInPast(DomainError):
    """What was asked yesterday, was asked with another methode."""


class MethodeNotAsked(DomainError):
    """It isn't asked today, so it can't be the standard and nobody can be told to use it."""


class ToewijzingInvalid(DomainError):
    """This can't be said of who uses what."""


@transaction.atomic
def create_methode(*, actor: Medewerker, at: datetime, naam: str, doel: str = "") -> Uitvraagmethode:
    """A new methode, as an empty concept. Raises MethodeInvalid."""
    naam = " ".join(naam.split())
    if Uitvraagmethode.objects.filter(naam__iexact=naam).exists():
        raise MethodeInvalid(
            "Er is al een methode met deze naam. Kies een andere, of maak daar een nieuwe versie van."
        )
    methode = Uitvraagmethode(
        naam=naam,
        versie=1,
        doel=doel.strip(),
        vragen=write_vragen({}),
        gemaakt_door=actor,
        gemaakt_op=at,
    )
    return _add(methode, "intake.create_methode")


@transaction.atomic
def copy_methode(*, methode: Uitvraagmethode, actor: Medewerker, at: datetime) -> Uitvraagmethode:
    """The next version of this methode, as a concept with the same questions. The old one stays as it is.

    Asked again while that concept is still untouched, it gives the same one.
    """
    untouched = methode.opvolgers.filter(status=MethodeStatus.CONCEPT, gewijzigd_op=None).first()
    if untouched is not None:
        return untouched
    last = Uitvraagmethode.objects.filter(naam=methode.naam).aggregate(last=Max("versie"))["last"] or 0
    new = Uitvraagmethode(
        naam=methode.naam,
        versie=last + 1,
        doel=methode.doel,
        vragen=write_vragen(methode.read()),
        gebaseerd_op=methode,
        gemaakt_door=actor,
        gemaakt_op=at,
    )
    return _add(new, "intake.copy_methode")


@transaction.atomic
def change_methode(
    *,
    methode: Uitvraagmethode,
    actor: Medewerker,
    at: datetime,
    doel: str,
    vragen: Mapping[str, list[Vraag]],
    basis: Mapping[str, str],
) -> tuple[Uitvraagmethode, list[str]]:
    """Write a concept. `basis` holds the digest of each part as the writer's page had it, per leefgebied and ‘algemeen’.

    What only a colleague changed stays the colleague's; what only the writer changed is written. Returns the methode
    and the labels of what the colleague had changed. Raises MethodeFixed, MethodeInvalid, and MethodeChangedMeanwhile
    when both changed the same part.
    """
    row = _lock(methode)
    if row.status != MethodeStatus.CONCEPT:
        raise MethodeFixed(f"{row} is niet meer te wijzigen. Maak er een nieuwe versie van.")
    stored = row.read()
    merged: Vragen = {}
    theirs: list[str] = []
    both: list[str] = []
    for gebied in LABELS:
        mine, now = list(vragen.get(gebied, [])), stored[gebied]
        before = basis.get(gebied, digest(now))
        changed_here, changed_there = digest(mine) != before, digest(now) != before
        merged[gebied] = mine if changed_here else now
        if changed_there:
            (both if changed_here and digest(mine) != digest(now) else theirs).append(gebied)
    before = basis.get(ALGEMEEN, digest_text(row.doel))
    doel = doel.strip()
    if digest_text(row.doel) != before:
        if digest_text(doel) == before:
            doel = row.doel
            theirs.append(ALGEMEEN)
        elif doel != row.doel:
            both.append(ALGEMEEN)
    if both:
        raise MethodeChangedMeanwhile(
            "Een collega heeft dit concept net ook gewijzigd. Er is nog niets van u bewaard. Hieronder staat uw tekst,"
            " met erbij wat uw collega schreef.",
            both,
            row,
        )
    if fouten := check_vragen(write_vragen(merged)):
        raise MethodeInvalid(fouten[0].zin)
    if (merged, doel) != (stored, row.doel):
        row.vragen, row.doel, row.gewijzigd_door, row.gewijzigd_op = write_vragen(merged), doel, actor, at
        _save(row, "vragen", "doel", "gewijzigd_door", "gewijzigd_op")
        changed = [gebied for gebied in LABELS if merged[gebied] != stored[gebied]]
        _record("intake.change_methode", row, {"leefgebieden": changed})
    return row, [LABELS.get(gebied, "wat u wilt leren") for gebied in theirs]


@transaction.atomic
def activate_methode(
    *, methode: Uitvraagmethode, actor: Medewerker, at: datetime, vanaf: date, standaard: bool = False
) -> Uitvraagmethode:
    """Take a concept into use from a day on (today or later); from now on it never changes.

    `standaard` makes it the standard at once. Raises TransitionNotAllowed, GuardFailed (not all leefgebieden),
    MethodeStartsInPast or MethodeNotAsked.
    """
    row = _lock(methode)
    METHODE_TRANSITIONS.apply("activate", row)
    if vanaf < timezone.localtime(at).date():
        raise MethodeStartsInPast(
            "Kies vandaag of een latere dag. Wat al gevraagd is, is met een andere methode gevraagd."
        )
    row.geldig_van = vanaf
    _save(row, "status", "geldig_van")
    _record("intake.activate_methode", row, {"vanaf": vanaf.isoformat()})
    return make_standard(methode=row, actor=actor, at=at) if standaard else row


@transaction.atomic
def make_standard(*, methode: Uitvraagmethode, actor: Medewerker, at: datetime) -> Uitvraagmethode:
    """Everybody for whom nothing else was chosen uses this one, from now on. Raises MethodeNotAsked."""
    row = _lock(methode)
    dag = timezone.localtime(at).date()
    if not Uitvraagmethode.objects.asked_on(dag).filter(pk=row.pk).exists():
        raise MethodeNotAsked("Alleen een methode die vandaag gevraagd wordt, kan de standaard zijn.")
    if not row.is_standaard:
        for earlier in Uitvraagmethode.objects.select_for_update().filter(is_standaard=True):
            earlier.is_standaard = False
            _save(earlier, "is_standaard")
        row.is_standaard = True
        _save(row, "is_standaard")
        _record("intake.make_standard", row, {})
    return row


@transaction.atomic
def retire_methode(*, methode: Uitvraagmethode, actor: Medewerker, at: datetime) -> Uitvraagmethode:
    """Stop asking with it, today; who used it goes on with the standard. What was asked with it stays as it is.

    Raises TransitionNotAllowed or GuardFailed (it is the standard).
    """
    row = _lock(methode)
    METHODE_TRANSITIONS.apply("retire", row)
    dag = timezone.localtime(at).date()
    row.geldig_tot = max(dag, row.geldig_van or dag)
    _save(row, "status", "geldig_tot")
    for toewijzing in row.toewijzingen.select_for_update().filter(tot__isnull=True):
        _end(toewijzing, dag)
    _record("intake.retire_methode", row, {})
    return row


@transaction.atomic
def discard_methode(*, methode: Uitvraagmethode, actor: Medewerker, at: datetime) -> Uitvraagmethode:
    """Put a concept away that was never asked. Raises TransitionNotAllowed."""
    row = _lock(methode)
    METHODE_TRANSITIONS.apply("discard", row)
    _save(row, "status")
    _record("intake.discard_methode", row, {})
    return row


@transaction.atomic
def assign_methode(
    *,
    methode: Uitvraagmethode,
    actor: Medewerker,
    at: datetime,
    medewerker: Medewerker | None = None,
    team: Team | None = None,
    organisatie: Moederorganisatie | None = None,
    aandeel: int | None = None,
) -> Methodetoewijzing:
    """From today this medewerker, team, organisatie or share of the medewerkers uses this methode.

    What ran for the same ones ends. Raises MethodeNotAsked or ToewijzingInvalid.
    """
    dag = timezone.localtime(at).date()
    if not Uitvraagmethode.objects.asked_on(dag).filter(pk=methode.pk).exists():
        raise MethodeNotAsked(f"{methode} wordt vandaag niet gevraagd. Neem de methode eerst in gebruik.")
    target = {"medewerker": medewerker, "team": team, "organisatie": organisatie}
    same = {"aandeel__isnull": False} if aandeel is not None else {k: v for k, v in target.items() if v}
    for earlier in Methodetoewijzing.objects.select_for_update().filter(tot__isnull=True, **same):
        _end(earlier, dag)
    with constraints_speak(Methodetoewijzing, ToewijzingInvalid):
        made = Methodetoewijzing.objects.create(
            methode=methode, aandeel=aandeel, van=dag, gemaakt_door=actor, gemaakt_op=at, **target
        )
    _record("intake.assign_methode", methode, {"voor": made.wie})
    return made


@transaction.atomic
def end_toewijzing(*, toewijzing: Methodetoewijzing, actor: Medewerker, at: datetime) -> Methodetoewijzing:
    """From today they use the standard again. Doing it twice keeps the first day."""
    row = (
        Methodetoewijzing.objects.select_for_update(of=("self",))
        .select_related("methode")
        .get(pk=toewijzing.pk)
    )
    if row.tot is None:
        _end(row, timezone.localtime(at).date())
        _record("intake.end_toewijzing", row.methode, {"voor": row.wie})
    return row


def _lock(methode: Uitvraagmethode) -> Uitvraagmethode:
    return Uitvraagmethode.objects.select_for_update().get(pk=methode.pk)


def _add(methode: Uitvraagmethode, action: str) -> Uitvraagmethode:
    with constraints_speak(Uitvraagmethode, MethodeInvalid):
        methode.save(force_insert=True)
    _record(action, methode, {})
    return methode


def _save(row: Uitvraagmethode, *fields: str) -> None:
    with constraints_speak(Uitvraagmethode, MethodeInvalid):
        row.save(update_fields=list(fields))


def _end(toewijzing: Methodetoewijzing, dag: date) -> None:
    toewijzing.tot = max(dag, toewijzing.van)
    toewijzing.save(update_fields=["tot"])


def _record(action: str, methode: Uitvraagmethode, gegevens: dict[str, object]) -> None:
    record(action=action, subject=methode, gegevens={"methode": str(methode), **gegevens})
