"""Calling back: who, which number, not before, at the latest; each time nobody answers counts, and the third asks another way."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from intake.models import MelderSoort, Melding, Terugbelverzoek
from intake.openingstijden import VOORUIT, Openingstijden
from intake.services.keten import ReceiverNotAtLoket, works_at_loket
from intake.services.meldingen import append_aanvulling
from intake.services.planning import follow_planned, lock_unfinished_melding
from intake.services.rijen import MeldingNotYours, constraints_speak, lock_melding, werkdagen_after
from intake.status import TERUGBELLEN_TRANSITIONS, MeldingStatus
from skt.inwoners.models import VeiligContact
from skt.inwoners.normalisatie import normalise_telefoon
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker, Team
from skt.verantwoording.services import record

STAP_ANDERE_WEG = "Drie keer geen gehoor: zoek een andere weg (brief, huisbezoek)"
STAP_NA_BELLEN = "Vervolg bepalen na het terugbellen"


class CallerUnclear(DomainError):
    """One medewerker or one team calls back."""


class CallMomentWrong(DomainError):
    """In the past, the wrong way round, or when the loket is closed."""


class PhoneMissing(DomainError):
    """Nobody can be called without a number."""


class ContactNotSafe(DomainError):
    """This resident asked not to be approached by ourselves."""


class CallGone(DomainError):
    """The callback can't be changed by this medewerker (any more)."""


@transaction.atomic
def plan_terugbellen(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    uiterlijk: datetime,
    niet_eerder_dan: datetime | None = None,
    medewerker: Medewerker | None = None,
    team: Team | None = None,
    telefoon: str = "",
    toelichting: str = "",
) -> Terugbelverzoek:
    """Agree to call back; it becomes the melding's next step and its holder. A melding has one: planning again changes it.

    Without `telefoon`: the caller's own number, else the resident's. Raises CallerUnclear, CallMomentWrong, PhoneMissing,
    ContactNotSafe, ReceiverNotAtLoket, KetenBroken, or as lock_melding.
    """
    if (medewerker is None) == (team is None):
        raise CallerUnclear("Kies één collega of één team om terug te bellen.")
    if medewerker is not None and not works_at_loket(medewerker):
        raise ReceiverNotAtLoket(f"{medewerker.naam} werkt nu niet aan het loket. Kies iemand anders.")
    row = lock_melding(melding)
    if row.status != MeldingStatus.OPEN:
        raise MeldingNotYours("Deze melding is niet meer bij het loket; het team belt zelf terug.")
    number = normalise_telefoon(telefoon) or known_number(row)
    if not number:
        raise PhoneMissing("Vul in op welk nummer u terugbelt.")
    _refuse_unsafe(row, number)
    check_moment(at=at, niet_eerder_dan=niet_eerder_dan, uiterlijk=uiterlijk)
    verzoek = Terugbelverzoek.objects.select_for_update().filter(melding=row, status="open").first()
    if verzoek is None:
        verzoek = Terugbelverzoek(melding=row, gemaakt_op=at, gemaakt_door=actor)
    verzoek.medewerker, verzoek.team = medewerker, team
    verzoek.telefoon, verzoek.toelichting = number, toelichting.strip()[:500]
    verzoek.niet_eerder_dan, verzoek.uiterlijk = niet_eerder_dan, uiterlijk
    with constraints_speak(Terugbelverzoek, CallMomentWrong):
        verzoek.save()
    follow_planned(row, actor, medewerker=medewerker, team=team)
    _record("intake.plan_terugbellen", verzoek, row, uiterlijk=uiterlijk.isoformat())
    check_keten()
    return verzoek


@transaction.atomic
def miss_terugbellen(
    *,
    verzoek: Terugbelverzoek,
    actor: Medewerker,
    at: datetime,
    niet_eerder_dan: datetime | None = None,
    uiterlijk: datetime | None = None,
) -> Terugbelverzoek:
    """Nobody answered. The next moment is the one given, else the next part of a day but this one.

    The third time it isn't tried again by phone: the melding asks for another way. Raises CallMomentWrong, CallGone.
    """
    row, melding = _lock(verzoek)
    third = bool(TERUGBELLEN_TRANSITIONS["give_up"].refusals(row)) is False
    TERUGBELLEN_TRANSITIONS.apply("give_up" if third else "retry", row)
    row.pogingen = [*row.pogingen, at]
    if third:
        row.afgerond_op = at
    else:
        if uiterlijk is None:
            niet_eerder_dan, uiterlijk = next_moment(at)
        check_moment(at=at, niet_eerder_dan=niet_eerder_dan, uiterlijk=uiterlijk)
        row.niet_eerder_dan, row.uiterlijk = niet_eerder_dan, uiterlijk
    with constraints_speak(Terugbelverzoek, CallMomentWrong):
        row.save(update_fields=["status", "pogingen", "afgerond_op", "niet_eerder_dan", "uiterlijk"])
    follow_planned(melding, actor, anders=(STAP_ANDERE_WEG, werkdagen_after(at, 1)))
    _record("intake.miss_terugbellen", row, melding, poging=len(row.pogingen))
    check_keten()
    return row


@transaction.atomic
def complete_terugbellen(
    *, verzoek: Terugbelverzoek, actor: Medewerker, at: datetime, toelichting: str = ""
) -> Terugbelverzoek:
    """They spoke. What was said becomes an aanvulling; the melding asks what comes next. Raises CallGone."""
    return _end("done", "intake.complete_terugbellen", verzoek, actor, at, STAP_NA_BELLEN, toelichting)


@transaction.atomic
def cancel_terugbellen(
    *, verzoek: Terugbelverzoek, actor: Medewerker, at: datetime, toelichting: str = ""
) -> Terugbelverzoek:
    """No longer needed (they called us). The melding asks what comes next. Raises CallGone."""
    step = "Vervolg bepalen: terugbellen niet meer nodig"
    return _end("cancel", "intake.cancel_terugbellen", verzoek, actor, at, step, toelichting)


def known_number(melding: Melding) -> str:
    """Of who called, else of the resident; '' when neither is known."""
    found = melding.contactmoment.melder_telefoon or (melding.inwoner.telefoon if melding.inwoner else "")
    return normalise_telefoon(found)


def check_moment(*, at: datetime, niet_eerder_dan: datetime | None, uiterlijk: datetime) -> None:
    """Raises CallMomentWrong: past, the wrong way round, or when the loket is closed (weekend, public holiday, evening)."""
    if uiterlijk <= at:
        raise CallMomentWrong("Dit moment is al voorbij. Kies een moment dat nog komt.")
    if niet_eerder_dan is not None and niet_eerder_dan >= uiterlijk:
        raise CallMomentWrong("‘Uiterlijk’ ligt na ‘niet eerder dan’.")
    if uiterlijk > at + VOORUIT:
        raise CallMomentWrong("Dit ligt te ver vooruit. Bel binnen zes weken terug, of plan een afspraak.")
    open_uren = Openingstijden(loket(), timezone.localdate(at))
    if not all(open_uren.is_open(moment) for moment in (niet_eerder_dan, uiterlijk) if moment is not None):
        raise CallMomentWrong(
            "Het loket is dan dicht. Kies een moment op een werkdag, binnen de openingstijden."
        )


def next_moment(at: datetime) -> tuple[datetime, datetime]:
    """The next part of a day after the one of `at`. Raises CallMomentWrong when the loket stays closed."""
    for part in Openingstijden(loket(), timezone.localdate(at)).parts(at, aantal=3):
        if part.niet_eerder_dan > at:
            return part.niet_eerder_dan, part.uiterlijk
    raise CallMomentWrong("Er is voorlopig geen open dagdeel. Kies zelf een moment.")


def loket() -> Team:
    return Team.objects.get(soort=Team.Soort.VOORPORTAAL)


def _refuse_unsafe(melding: Melding, number: str) -> None:
    """Calling whoever called for somebody else is safe; the resident who said no is not called."""
    inwoner = melding.inwoner
    if inwoner is None or inwoner.veilig_contact != VeiligContact.NIET:
        return
    is_self = melding.contactmoment.melder_soort == MelderSoort.INWONER_ZELF
    if is_self or number == normalise_telefoon(inwoner.telefoon):
        raise ContactNotSafe(
            "Deze inwoner wil niet dat wij zelf contact opnemen. Spreek af dat de inwoner ons belt, of pas ‘veilig contact’ aan."
        )


def _end(
    naam: str,
    action: str,
    verzoek: Terugbelverzoek,
    actor: Medewerker,
    at: datetime,
    step: str,
    toelichting: str,
) -> Terugbelverzoek:
    row, melding = _lock(verzoek)
    TERUGBELLEN_TRANSITIONS.apply(naam, row)
    row.afgerond_op = at
    row.save(update_fields=["status", "afgerond_op"])
    follow_planned(melding, actor, anders=(step, werkdagen_after(at, 1)))
    if toelichting.strip():
        append_aanvulling(melding=melding, actor=actor, at=at, tekst=f"Teruggebeld: {toelichting.strip()}")
    _record(action, row, melding)
    check_keten()
    return row


def _lock(verzoek: Terugbelverzoek) -> tuple[Terugbelverzoek, Melding]:
    """Melding first, then what hangs on it: every service takes them in this order."""
    melding = lock_unfinished_melding(verzoek.melding_id)
    row = Terugbelverzoek.objects.select_for_update().filter(pk=verzoek.pk).first()
    if melding is None or row is None:
        raise CallGone("U kunt deze terugbelafspraak niet (meer) wijzigen. Ververs de pagina.")
    return row, melding


def _record(action: str, verzoek: Terugbelverzoek, melding: Melding, **gegevens: Any) -> None:
    record(
        action=action,
        subject=verzoek,
        inwoner_ids=melding.inwoner_ids,
        gegevens={"nummer": melding.nummer, **gegevens},
    )
