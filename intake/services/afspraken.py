"""Afspraken: planned on the spot, moved, cancelled, held or missed. Nobody gets double booked: PostgreSQL decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from intake.models import Afspraak, AfspraakReden, AfspraakSoort, Bezetting, Melding, Plaats
from intake.services.afhandeling import StepIncomplete
from intake.services.meldingen import append_aanvulling
from intake.services.planning import follow_planned, lock_unfinished_melding
from intake.services.rijen import MeldingClosed, constraints_speak, end_of, lock_melding, werkdagen_after
from intake.services.termijnen import GESPREK_GEHOUDEN, meet_terms
from intake.status import AFSPRAAK_TRANSITIONS, AfspraakStatus, MeldingStatus
from intake.vrij import free_at, members_of
from skt.inwoners.models import VeiligContact
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.kern.tasks import enqueue
from skt.medewerkers.models import Medewerker, Team
from skt.verantwoording.services import record
from skt.web.datums import clock, long_date

MIN_DUUR, MAX_DUUR = 5, 480
"""In minutes."""
VOORUIT = timedelta(days=366)
PLAATS_VAN = {
    AfspraakSoort.TELEFONISCH: Plaats.TELEFOON,
    AfspraakSoort.LOKET: Plaats.LOKET,
    AfspraakSoort.HUISBEZOEK: Plaats.THUIS,
    AfspraakSoort.INTAKE: Plaats.THUIS,
    AfspraakSoort.EVALUATIE: Plaats.LOKET,
    AfspraakSoort.NAZORG: Plaats.TELEFOON,
}
VERVOLG_WERKDAGEN = 1
"""After a talk, or when somebody didn't come, the next step is set before the end of the next werkdag (own choice)."""


class MomentPassed(DomainError):
    """What is planned lies ahead."""


class MomentTaken(DomainError):
    """Somebody else was first; nothing was written."""


class NobodyAsked(DomainError):
    """An afspraak is with one team, or with one or more medewerkers."""


class DurationWrong(DomainError):
    """Too short, too long, or an end before the begin."""


class NotStarted(DomainError):
    """Whether somebody came is known once it began."""


class PlaceMissing(DomainError):
    """Another place needs a name."""


class ReasonMissing(DomainError):
    """Moving and cancelling ask why."""


class AfspraakGone(DomainError):
    """The afspraak can't be changed by this medewerker (any more)."""


@dataclass(frozen=True)
class Wens:
    """What is asked: with whom, when, for how long (minutes) and where. One of `team` and `medewerkers` is filled."""

    soort: str
    begin: datetime
    duur: int
    team: Team | None = None
    medewerkers: Sequence[Medewerker] = field(default=())
    plaats: str = ""
    plaats_bij: str = ""
    buiten_werktijd: bool = False


@transaction.atomic
def plan_afspraak(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    soort: str,
    begin: datetime,
    duur: int,
    team: Team | None = None,
    medewerkers: Iterable[Medewerker] = (),
    plaats: str = "",
    plaats_bij: str = "",
    toelichting: str = "",
    mail: bool = False,
    buiten_werktijd: bool = False,
    casus_id: int | None = None,
) -> Afspraak:
    """Plan it with these medewerkers, or with whoever of the team is free then and has the least. `duur` in minutes.

    It becomes the melding's next step. Sent twice it is one afspraak. What is said with it becomes an aanvulling, because
    the afspraak itself is read by who is booked as well. Raises MomentTaken, MomentPassed, NobodyAsked, DurationWrong,
    PlaceMissing, KetenBroken, or as lock_melding.
    """
    wens = Wens(soort, begin, duur, team, tuple(medewerkers), plaats, plaats_bij.strip(), buiten_werktijd)
    _check(wens, at)
    row = lock_melding(melding)
    again = _same(row, wens, actor, at)
    if again is not None:
        return again
    afspraak = _book(row, wens, actor, at, mail=mail, casus_id=casus_id)
    _settle_planned(row, afspraak, actor, at, toelichting)
    _record("intake.plan_afspraak", afspraak, row)
    check_keten()
    return afspraak


@transaction.atomic
def move_afspraak(
    *,
    afspraak: Afspraak,
    actor: Medewerker,
    at: datetime,
    reden: str,
    soort: str,
    begin: datetime,
    duur: int,
    team: Team | None = None,
    medewerkers: Iterable[Medewerker] = (),
    plaats: str = "",
    plaats_bij: str = "",
    toelichting: str = "",
    mail: bool = False,
    buiten_werktijd: bool = False,
) -> Afspraak:
    """Another moment: the old one stays as history and points at the new one. Nothing changes when the new one is taken.

    Raises ReasonMissing, TransitionNotAllowed, AfspraakGone, or as plan_afspraak.
    """
    wens = Wens(soort, begin, duur, team, tuple(medewerkers), plaats, plaats_bij.strip(), buiten_werktijd)
    _check(wens, at)
    if reden not in AfspraakReden.values:
        raise ReasonMissing("Kies waarom de afspraak wordt verzet.")
    row = lock_melding(Melding(pk=afspraak.melding_id))
    old = _lock(afspraak)
    AFSPRAAK_TRANSITIONS.apply("move", old)
    old.reden, old.afgerond_op = reden, at
    old.save(update_fields=["status", "reden", "afgerond_op"])
    new = _book(row, wens, actor, at, mail=mail, casus_id=old.casus_id)
    old.verzet_naar = new
    old.save(update_fields=["verzet_naar"])
    _settle_planned(row, new, actor, at, toelichting)
    _record("intake.move_afspraak", new, row, van=old.begin.isoformat(), reden=reden)
    check_keten()
    return new


@transaction.atomic
def cancel_afspraak(
    *, afspraak: Afspraak, actor: Medewerker, at: datetime, reden: str, toelichting: str = ""
) -> Afspraak:
    """It doesn't happen. The melding keeps a next step: what else is planned, or to look again tomorrow.

    Raises ReasonMissing, TransitionNotAllowed or AfspraakGone.
    """
    if reden not in AfspraakReden.values:
        raise ReasonMissing("Kies waarom de afspraak niet doorgaat.")
    return _finish("cancel", afspraak, actor, at, "Vervolg bepalen: afspraak geannuleerd", toelichting, reden)


@transaction.atomic
def hold_afspraak(
    *,
    afspraak: Afspraak,
    actor: Medewerker,
    at: datetime,
    toelichting: str = "",
    volgende_stap: str = "",
    uiterlijk: date | datetime | None = None,
) -> Afspraak:
    """It took place. Without a next step given, the melding asks for one before the end of the next werkdag.

    Raises NotStarted, StepIncomplete, TransitionNotAllowed or AfspraakGone.
    """
    if bool(volgende_stap.strip()) != (uiterlijk is not None):
        raise StepIncomplete("Schrijf op wat de volgende stap is, en wanneer die uiterlijk gebeurt.")
    _refuse_before_begin(afspraak, at)
    step = volgende_stap.strip() or f"Vervolg bepalen na {afspraak.get_soort_display().lower()}"
    return _finish(
        "hold", afspraak, actor, at, step, toelichting, uiterlijk=end_of(uiterlijk) if uiterlijk else None
    )


@transaction.atomic
def miss_afspraak(*, afspraak: Afspraak, actor: Medewerker, at: datetime, toelichting: str = "") -> Afspraak:
    """The resident wasn't there. Somebody asks how they are before the end of the next werkdag: nobody is let go.

    Raises NotStarted, TransitionNotAllowed or AfspraakGone.
    """
    _refuse_before_begin(afspraak, at)
    return _finish("miss", afspraak, actor, at, "Niet verschenen: neem contact op", toelichting)


@transaction.atomic
def mail_confirmation(*, afspraak_id: int, at: datetime) -> bool:
    """Send the confirmation once, when it was asked, the afspraak still stands and mail is safe. True when it was sent.

    Nothing of it says who somebody is or what it is about. A crash between the mail server's answer and the commit can
    send it a second time.
    """
    afspraak = (
        Afspraak.objects.planned()
        .select_for_update(of=("self",))
        .select_related("melding__inwoner")
        .filter(pk=afspraak_id, mail_gevraagd=True, gemaild_op=None)
        .first()
    )
    inwoner = afspraak.melding.inwoner if afspraak else None
    if afspraak is None or inwoner is None or not may_mail(afspraak.melding):
        return False
    send_mail(
        "Bevestiging van uw afspraak",
        confirmation_mail(afspraak),
        settings.DEFAULT_FROM_EMAIL,
        [inwoner.email],
    )
    afspraak.gemaild_op = at
    afspraak.save(update_fields=["gemaild_op"])
    _record("intake.mail_afspraak", afspraak, afspraak.melding)
    return True


def may_mail(melding: Melding) -> bool:
    """An address is known, and contact is safe without conditions."""
    inwoner = melding.inwoner
    return bool(inwoner and inwoner.email and inwoner.veilig_contact == VeiligContact.JA)


def confirmation_mail(afspraak: Afspraak) -> str:
    """No name, no address, no number, not what it is about: mail can be read by others."""
    how = {
        Plaats.TELEFOON: "Wij bellen u.",
        Plaats.LOKET: "U komt naar het Van Heeckerenhuis.",
        Plaats.THUIS: "Wij komen bij u langs.",
        Plaats.ANDERS: "De plaats hebben wij met u afgesproken.",
    }[Plaats(afspraak.plaats)]
    moved = Afspraak.objects.filter(verzet_naar=afspraak).exists()
    return (
        "Goedendag,\n\n"
        f"U heeft een afspraak op {long_date(timezone.localtime(afspraak.begin).date())} om {clock(afspraak.begin)} uur.\n"
        f"De afspraak duurt ongeveer {afspraak.duur} minuten. {how}\n"
        f"{'Deze afspraak komt in plaats van de eerdere.' if moved else ''}\n"
        f"Kunt u niet? Bel dan {settings.SKT_LOKET_TELEFOON}. Beantwoord deze e-mail niet.\n\n"
        "Sociaal Kernteam Wassenaar\n"
    )


def _check(wens: Wens, at: datetime) -> None:
    if bool(wens.team) == bool(wens.medewerkers):
        raise NobodyAsked("Kies met wie de afspraak is: een team, of een of meer collega’s.")
    if not MIN_DUUR <= wens.duur <= MAX_DUUR:
        raise DurationWrong("Een afspraak eindigt na het begin, en duurt 5 minuten tot 8 uur.")
    if wens.begin < at:
        raise MomentPassed("Dit moment is al voorbij. Kies een moment dat nog komt.")
    if wens.begin > at + VOORUIT:
        raise MomentPassed("Dit moment ligt te ver vooruit. Kies een moment binnen een jaar.")
    if wens.plaats == Plaats.ANDERS and not wens.plaats_bij:
        raise PlaceMissing("Schrijf op waar de afspraak is.")


def _same(row: Melding, wens: Wens, actor: Medewerker, at: datetime) -> Afspraak | None:
    """What this same person planned a moment ago: the form was sent twice."""
    found = Afspraak.objects.planned().filter(
        melding=row,
        begin=wens.begin,
        soort=wens.soort,
        team=wens.team,
        gepland_door=actor,
        gepland_op__gte=at - timedelta(minutes=10),
    )
    asked = sorted(medewerker.pk for medewerker in wens.medewerkers)
    return next((one for one in found if wens.team or one.lees_medewerkers == asked), None)


def _book(
    row: Melding, wens: Wens, actor: Medewerker, at: datetime, *, mail: bool, casus_id: int | None
) -> Afspraak:
    """Write it for the first choice that PostgreSQL lets through. Raises MomentTaken."""
    choices = _choices(wens)
    if not choices:
        raise MomentTaken("Dan is niemand van dit team vrij of aan het werk. Kies een ander moment.")
    for choice in choices:
        try:
            return _write(row, wens, choice, actor, at, mail=mail, casus_id=casus_id)
        except MomentTaken:
            if wens.team is None:
                raise
    raise MomentTaken("Dit moment is net bezet geraakt. Kies een ander moment.")


def _choices(wens: Wens) -> list[list[int]]:
    """Who could have it: all that were asked together, or each of the team that is free, the least busy first."""
    asked = [medewerker.pk for medewerker in wens.medewerkers]
    if wens.team is not None:
        dag = timezone.localtime(wens.begin).date()
        return [[pk] for pk in free_at(members_of(wens.team.pk, dag), wens.begin, duur=wens.duur)]
    if wens.buiten_werktijd:
        return [asked]
    absent = set(asked) - set(free_at(asked, wens.begin, duur=wens.duur))
    names = ", ".join(m.naam for m in wens.medewerkers if m.pk in absent)
    if absent:
        raise MomentTaken(f"{names} werkt dan niet of is bezet. Kies een ander moment.")
    return [asked]


def _write(
    row: Melding,
    wens: Wens,
    medewerker_ids: Sequence[int],
    actor: Medewerker,
    at: datetime,
    *,
    mail: bool,
    casus_id: int | None,
) -> Afspraak:
    eind = wens.begin + timedelta(minutes=wens.duur)
    with constraints_speak(Afspraak, PlaceMissing), constraints_speak(Bezetting, MomentTaken):
        afspraak = Afspraak.objects.create(
            melding=row,
            casus_id=casus_id,
            soort=wens.soort,
            plaats=wens.plaats or PLAATS_VAN.get(AfspraakSoort(wens.soort), Plaats.LOKET),
            plaats_bij=wens.plaats_bij,
            begin=wens.begin,
            eind=eind,
            team=wens.team,
            gepland_op=at,
            gepland_door=actor,
            mail_gevraagd=mail and may_mail(row),
        )
        for medewerker_id in sorted(set(medewerker_ids)):
            Bezetting.objects.create(
                afspraak=afspraak, medewerker_id=medewerker_id, melding=row, periode=(wens.begin, eind)
            )
    afspraak.lees_medewerkers = sorted(set(medewerker_ids))
    return afspraak


def _settle_planned(
    row: Melding, afspraak: Afspraak, actor: Medewerker, at: datetime, toelichting: str
) -> None:
    holder = None
    if row.verantwoordelijke_id is None and row.status == MeldingStatus.OPEN:
        holder = Medewerker.objects.filter(pk__in=afspraak.lees_medewerkers).order_by("pk").first()
    follow_planned(row, actor, medewerker=holder)
    if toelichting.strip():
        append_aanvulling(melding=row, actor=actor, at=at, tekst=f"Bij de afspraak: {toelichting.strip()}")
    if afspraak.mail_gevraagd:
        enqueue("intake.mail_afspraak", afspraak_id=afspraak.pk)


def _finish(
    naam: str,
    afspraak: Afspraak,
    actor: Medewerker,
    at: datetime,
    step: str,
    toelichting: str,
    reden: str = "",
    *,
    uiterlijk: datetime | None = None,
) -> Afspraak:
    """Who is booked may have no right to the melding: then it stays as it is, and stands on the worklist as overdue."""
    melding = lock_unfinished_melding(afspraak.melding_id)
    row = _lock(afspraak)
    AFSPRAAK_TRANSITIONS.apply(naam, row)
    row.reden, row.afgerond_op = reden, at
    row.save(update_fields=["status", "reden", "afgerond_op"])
    if melding is not None:
        if naam == "hold":
            meet_terms(melding=melding, actor=actor, at=at, gebeurtenis=GESPREK_GEHOUDEN)
        follow_planned(melding, actor, anders=(step, uiterlijk or werkdagen_after(at, VERVOLG_WERKDAGEN)))
    if toelichting.strip():
        readable = melding or Melding.objects.filter(pk=afspraak.melding_id).first()
        if readable is None:
            raise MeldingClosed("U kunt bij deze melding niets bijschrijven. Laat de toelichting leeg.")
        append_aanvulling(melding=readable, actor=actor, at=at, tekst=toelichting)
    _record(f"intake.{naam}_afspraak", row, melding, reden=reden)
    check_keten()
    return row


def _refuse_before_begin(afspraak: Afspraak, at: datetime) -> None:
    if at < afspraak.begin and afspraak.status == AfspraakStatus.GEPLAND:
        raise NotStarted("De afspraak is nog niet begonnen. Verzet of annuleer haar als zij niet doorgaat.")


def _lock(afspraak: Afspraak) -> Afspraak:
    row = Afspraak.objects.select_for_update(of=("self",)).filter(pk=afspraak.pk).first()
    if row is None:
        raise AfspraakGone("U kunt deze afspraak niet (meer) wijzigen. Ververs de pagina.")
    return row


def _record(action: str, afspraak: Afspraak, melding: Melding | None, **gegevens: Any) -> None:
    record(
        action=action,
        subject=afspraak,
        inwoner_ids=melding.inwoner_ids if melding else [],
        gegevens={
            "soort": str(afspraak.soort),
            "begin": afspraak.begin.isoformat(),
            "medewerkers": afspraak.lees_medewerkers,
            **gegevens,
        },
    )
