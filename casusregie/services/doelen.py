"""Doelen van het ondersteuningsplan: zetten, wijzigen zolang ze open zijn, en opschrijven hoe ze eindigen."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from casusregie.models import Casus, Doel
from casusregie.services.acties import DateInPast
from casusregie.services.rijen import CasusNotYours, check_open, day_of, lock_casus, record_on
from casusregie.status import DOEL_TRANSITIONS, CasusStatus, DoelStatus
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker

NOON = time(12)
AKKOORD_VOORAF = timedelta(days=366)
"""So long before the casus was opened the inwoner can have agreed; an older day is a slip of the pen."""


class DoelNotNow(DomainError):
    """In nazorg nothing new is aimed for: the help has ended."""


class DoelExists(DomainError):
    """The same words stand there as an open doel, with another score or date."""

    veld = "wat"


class TargetBelowStart(DomainError):
    """Who aims lower than where the inwoner is, has the scores the wrong way round."""

    veld = "doelscore"


class ConsentInFuture(DomainError):
    """Nobody agreed tomorrow."""

    veld = "akkoord_op"


class ConsentTooOld(DomainError):
    """Long before there was a casus nobody talked over its plan."""

    veld = "akkoord_op"


class ConsentOutdated(DomainError):
    """What the inwoner agreed to is another doel than this one becomes."""

    veld = "akkoord_op"


class DoelChanged(DomainError):
    """The page was made from an older version of the doel."""


class DoelDone(DomainError):
    """The doel has another outcome already; an outcome stays as it is."""


class ScoreMissing(DomainError):
    """An outcome says where the inwoner is now."""

    veld = "eindscore"


class OutcomeMismatch(DomainError):
    """The outcome and the score tell different things: then a figure of what was reached would mean nothing."""

    veld = "eindscore"


class DropNeedsReason(DomainError):
    """A doel isn't dropped without a word."""

    veld = "toelichting"


class OutcomeDayOutside(DomainError):
    """An outcome is of a day between the one on which the doel was set and today."""

    veld = "op"


@dataclass(frozen=True)
class Doelwoorden:
    """What a doel says: everything of it that can be changed while it is open."""

    leefgebied: str
    wat: str
    startscore: int
    doelscore: int
    uiterlijk: date
    akkoord_op: date | None = None
    """When the inwoner agreed to it; None: not talked over yet."""


@dataclass(frozen=True)
class Uitkomst:
    """How a doel ends. `eindscore` is None when it is dropped; `op` is the day it happened, when that isn't today.

    `versie` is that of the doel on the page where this was filled in.
    """

    status: str
    eindscore: int | None = None
    toelichting: str = ""
    op: date | None = None
    versie: int | None = None


@transaction.atomic
def set_doel(*, casus: Casus, actor: Medewerker, at: datetime, woorden: Doelwoorden) -> Doel:
    """Zet een doel; twee keer hetzelfde geeft hetzelfde ene doel.

    Raises TargetBelowStart, DateInPast, ConsentInFuture, ConsentTooOld, DoelExists, DoelNotNow, CasusIsClosed,
    CasusNotYours.
    """
    row = lock_casus(casus)
    check_open(row)
    if row.status == CasusStatus.NAZORG:
        raise DoelNotNow("In de nazorg komen er geen doelen bij. Bij een terugval kan het weer wel.")
    _check_words(woorden, at, row)
    facts = _facts(woorden)
    if staat_er := row.doelen.open().filter(leefgebied=facts["leefgebied"], wat=facts["wat"]).first():
        return _same(staat_er, facts)
    doel = Doel.objects.create(casus=row, gezet_op=at, gezet_door=actor, **facts)
    record_on(row, "set_doel", doel, leefgebied=str(doel.leefgebied))
    return doel


@transaction.atomic
def change_doel(
    *, doel: Doel, actor: Medewerker, at: datetime, woorden: Doelwoorden, versie: int | None = None
) -> Doel:
    """Wijzig een open doel. Wie wijzigt waar de inwoner mee akkoord ging, zegt ook wanneer dat opnieuw is besproken.

    Raises DoelChanged, DoelDone, ConsentOutdated, and as set_doel.
    """
    casus = lock_casus(doel.casus)
    check_open(casus)
    row = _open_row(doel)
    facts = _facts(woorden)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    _refuse_older(row, versie)
    _check_words(woorden, at, casus, stond=row)
    anders = casus.doelen.open().filter(leefgebied=facts["leefgebied"], wat=facts["wat"]).exclude(pk=row.pk)
    if staat_er := anders.first():
        return _same(staat_er, {})
    for name, value in facts.items():
        setattr(row, name, value)
    row.versie += 1
    row.save(update_fields=[*facts, "versie"])
    record_on(casus, "change_doel", row)
    return row


@transaction.atomic
def finish_doel(*, doel: Doel, actor: Medewerker, at: datetime, uitkomst: Uitkomst) -> Doel:
    """Schrijf op hoe een doel eindigt; twee keer hetzelfde, met dezelfde toelichting en dag, is één keer.

    Raises ScoreMissing, OutcomeMismatch, DropNeedsReason, OutcomeDayOutside, DoelDone, DoelChanged, CasusIsClosed,
    CasusNotYours.
    """
    casus = lock_casus(doel.casus)
    check_open(casus)
    row = _row(doel)
    if _stands(row, uitkomst, at):
        return row
    _refuse_done(row)
    _refuse_older(row, uitkomst.versie)
    check_uitkomst(row, uitkomst)
    DOEL_TRANSITIONS.apply(next(t.naam for t in DOEL_TRANSITIONS if t.naar == uitkomst.status), row)
    row.afgerond_op = _moment(row, uitkomst.op, at)
    row.eindscore, row.toelichting = _end_score(uitkomst), _explanation(uitkomst)
    row.versie += 1
    row.save(update_fields=["status", "afgerond_op", "eindscore", "toelichting", "versie"])
    record_on(casus, "finish_doel", row, uitkomst=str(row.status))
    return row


def check_uitkomst(doel: Doel, uitkomst: Uitkomst) -> None:
    """Do the outcome and the score say the same? Raises ScoreMissing, OutcomeMismatch, DropNeedsReason."""
    if uitkomst.status == DoelStatus.VERVALLEN:
        if not uitkomst.toelichting.strip():
            raise DropNeedsReason("Schrijf op waarom het doel vervalt.")
        return
    if uitkomst.eindscore is None:
        raise ScoreMissing("Kies de score van nu.")
    gehaald = uitkomst.eindscore >= doel.doelscore
    if gehaald and uitkomst.status != DoelStatus.BEHAALD:
        raise OutcomeMismatch(
            f"Met score {uitkomst.eindscore} is het doel (score {doel.doelscore}) gehaald."
            " Kies ‘Behaald’ of een lagere score."
        )
    if not gehaald and uitkomst.status == DoelStatus.BEHAALD:
        raise OutcomeMismatch(
            f"Het doel was score {doel.doelscore}. Kies een hogere score, ‘Deels behaald’ of ‘Niet behaald’."
        )


def _end_score(uitkomst: Uitkomst) -> int | None:
    return None if uitkomst.status == DoelStatus.VERVALLEN else uitkomst.eindscore


def _explanation(uitkomst: Uitkomst) -> str:
    return uitkomst.toelichting.strip()[:300]


def _stands(doel: Doel, uitkomst: Uitkomst, at: datetime) -> bool:
    """A second click. The same outcome for another reason or of another day is another colleague's, and isn't dropped."""
    if doel.afgerond_op is None:
        return False
    staat_er = (doel.status, doel.eindscore, doel.toelichting, day_of(doel.afgerond_op))
    return staat_er == (
        uitkomst.status, _end_score(uitkomst), _explanation(uitkomst), uitkomst.op or day_of(at),
    )  # fmt: skip


def _facts(woorden: Doelwoorden) -> dict[str, object]:
    return {**vars(woorden), "wat": woorden.wat.strip()}


def _check_words(woorden: Doelwoorden, at: datetime, casus: Casus, stond: Doel | None = None) -> None:
    """`stond` is the doel as it was: a term that has passed may stay, an old consent may not cover new words."""
    vandaag = day_of(at)
    if woorden.doelscore < woorden.startscore:
        raise TargetBelowStart(f"Het doel is lager dan de start. Kies score {woorden.startscore} of hoger.")
    if woorden.uiterlijk < vandaag and (stond is None or stond.uiterlijk != woorden.uiterlijk):
        raise DateInPast("Deze datum is al voorbij. Kies vandaag of later.")
    if woorden.akkoord_op and woorden.akkoord_op > vandaag:
        raise ConsentInFuture("Deze dag moet nog komen. Vul in wanneer de inwoner akkoord ging.")
    if woorden.akkoord_op and woorden.akkoord_op < day_of(casus.geopend_op) - AKKOORD_VOORAF:
        raise ConsentTooOld("Deze dag is meer dan een jaar voor het begin van de casus. Kijk de datum na.")
    if stond is not None and not _covers(woorden, stond, vandaag):
        raise ConsentOutdated(
            "U wijzigt waar de inwoner mee akkoord ging. Vul in wanneer u dit daarna besprak, of maak dit veld leeg."
        )


def _covers(woorden: Doelwoorden, stond: Doel, vandaag: date) -> bool:
    """Is the consent of after the words it is for? Of today it may be both: what is talked over now is written down now."""
    facts = _facts(woorden)
    if all(getattr(stond, name) == facts[name] for name in ("leefgebied", "wat", "doelscore", "uiterlijk")):
        return True
    if woorden.akkoord_op is None or stond.akkoord_op is None:
        return True
    return woorden.akkoord_op > stond.akkoord_op or woorden.akkoord_op == stond.akkoord_op == vandaag


def _same(doel: Doel, facts: dict[str, object]) -> Doel:
    """What stands there, when it was asked for in so many words: a second click."""
    if facts and all(getattr(doel, name) == value for name, value in facts.items()):
        return doel
    raise DoelExists("Dit doel staat al open. Wijzig het doel dat er staat, of schrijf iets anders op.")


def _row(doel: Doel) -> Doel:
    """The doel of a casus that is locked, so nobody else changes it."""
    row = Doel.objects.select_related("casus").filter(pk=doel.pk).first()
    if row is None:
        raise CasusNotYours("U kunt dit doel niet (meer) wijzigen. Ververs de pagina.")
    return row


def _open_row(doel: Doel) -> Doel:
    row = _row(doel)
    _refuse_done(row)
    return row


def _refuse_done(doel: Doel) -> None:
    if doel.status != DoelStatus.OPEN:
        raise DoelDone(
            f"Bij dit doel staat al een uitkomst: {doel.get_status_display().lower()}. Die blijft staan."
        )


def _refuse_older(doel: Doel, versie: int | None) -> None:
    if versie is not None and versie != doel.versie:
        raise DoelChanged(
            "Een collega heeft dit doel net gewijzigd. Bekijk eerst wat er nu staat en probeer het dan opnieuw."
        )


def _moment(doel: Doel, op: date | None, at: datetime) -> datetime:
    """When it happened: now, or at noon of an earlier day, not before the doel was set."""
    if op is None or op == day_of(at):
        return at
    if not day_of(doel.gezet_op) <= op < day_of(at):
        raise OutcomeDayOutside(
            f"Kies een dag vanaf {day_of(doel.gezet_op):%d-%m-%Y} (toen is het doel gezet) tot en met vandaag."
        )
    return max(doel.gezet_op, timezone.make_aware(datetime.combine(op, NOON)))
