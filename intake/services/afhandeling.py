"""How a melding leaves the loket: each way is one act, and only the ways of the status table exist."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from intake.models import Afhandeling, Melding
from intake.services.meldingen import append_aanvulling, give_voorziening
from intake.services.rijen import end_of, keep_in_sight, lock_melding, save_melding, werkdagen_after
from intake.services.sluitbaar import refuse_while_call_promised, settle_before_closing
from intake.status import MELDING_TRANSITIONS, MeldingStatus
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker, Team
from skt.verantwoording.services import record
from socialekaart.models import Voorziening

STAP_TRIAGE = "Triage"
STAP_CRISIS = "Nabellen na crisis"
TRIAGE_WERKDAGEN = 2
"""A melding waits at most this long for triage; spoed the same werkdag (own choice)."""
MAX_STAP = 200


class ExplanationMissing(DomainError):
    """This way of handling needs a sentence."""


class NobodyWarned(DomainError):
    """The crisisroute is only taken when somebody was warned."""


class StepIncomplete(DomainError):
    """A next step needs both what and when."""


class NotHandledYet(DomainError):
    """A melding is closed only when it says how it was handled."""


@transaction.atomic
def give_information(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    toelichting: str,
    voorzieningen: Iterable[Voorziening] = (),
    versie: int | None = None,
) -> Melding:
    """The question is answered at once, with what was given along from the sociale kaart. Closes the melding."""
    row = lock_melding(melding, versie=versie)
    for voorziening in voorzieningen:
        give_voorziening(melding=row, actor=actor, at=at, voorziening=voorziening)
    return _close(row, actor, at, Afhandeling.INFORMATIE, toelichting, "intake.give_information")


@transaction.atomic
def give_help(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    toelichting: str,
    volgende_stap: str = "",
    uiterlijk: date | datetime | None = None,
    versie: int | None = None,
) -> Melding:
    """A single question, helped at once (nota: hulpverlening). With a next step it stays open, and of the helper.

    Raises StepIncomplete when only one of `volgende_stap` and `uiterlijk` is given.
    """
    row = lock_melding(melding, versie=versie)
    if not volgende_stap.strip() and uiterlijk is None:
        return _close(row, actor, at, Afhandeling.HULPVERLENING, toelichting, "intake.give_help")
    _bring_to_loket(row)
    row.afhandeling = Afhandeling.HULPVERLENING
    row.afhandeling_toelichting = toelichting.strip()
    _keep_open(row, actor, volgende_stap, uiterlijk)
    _record("intake.give_help", row, actor, volgende_stap=row.volgende_stap)
    check_keten()
    return row


@transaction.atomic
def send_to_triage(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    toelichting: str = "",
    spoed: bool = False,
    versie: int | None = None,
) -> Melding:
    """To the toegang, who weighs ernst and urgentie: within two werkdagen, spoed the same werkdag.

    Raises GuardFailed when nobody knows whom it is about and the caller isn't anonymous, TransitionNotAllowed when it already left.
    """
    row = lock_melding(melding, versie=versie)
    MELDING_TRANSITIONS.apply("to_triage", row)
    refuse_while_call_promised(row)
    row.afhandeling = Afhandeling.TRIAGE
    row.afhandeling_toelichting = toelichting.strip()
    row.spoed = row.spoed or spoed
    row.verantwoordelijke = None
    row.verantwoordelijk_team = Team.objects.get(soort=Team.Soort.VOORPORTAAL)
    row.volgende_stap = STAP_TRIAGE
    row.uiterlijk = werkdagen_after(at, 0 if row.spoed else TRIAGE_WERKDAGEN)
    keep_in_sight(row, actor)
    save_melding(
        row, "status", "afhandeling", "afhandeling_toelichting", "spoed", "verantwoordelijke", "verantwoordelijk_team",
        "volgende_stap", "uiterlijk", "eigen_organisaties",
    )  # fmt: skip
    _record("intake.send_to_triage", row, actor, spoed=row.spoed)
    check_keten()
    return row


@transaction.atomic
def refer_elsewhere(
    *, melding: Melding, actor: Medewerker, at: datetime, toelichting: str, versie: int | None = None
) -> Melding:
    """Not for the social domain (huisarts, Meldpunt Buitenruimte): say where to. Closes. Raises ExplanationMissing."""
    if not toelichting.strip():
        raise ExplanationMissing("Schrijf op waarheen u heeft verwezen.")
    row = lock_melding(melding, versie=versie)
    return _close(row, actor, at, Afhandeling.ANDERE_TOEGANG, toelichting, "intake.refer_elsewhere")


@transaction.atomic
def withdraw(
    *, melding: Melding, actor: Medewerker, at: datetime, toelichting: str, versie: int | None = None
) -> Melding:
    """The caller takes the question back. Closes. Raises ExplanationMissing."""
    if not toelichting.strip():
        raise ExplanationMissing("Schrijf op waarom de melding is ingetrokken.")
    row = lock_melding(melding, versie=versie)
    return _close(row, actor, at, Afhandeling.INGETROKKEN, toelichting, "intake.withdraw")


@transaction.atomic
def start_crisisroute(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    gewaarschuwd: str,
    gewaarschuwd_op: datetime | None,
    toelichting: str = "",
    versie: int | None = None,
) -> Melding:
    """Somebody was warned. The melding stays open at the loket, of `actor`, to call back on the next werkdag.

    Raises NobodyWarned without who and when, or when the moment lies in the future.
    """
    if not gewaarschuwd.strip() or gewaarschuwd_op is None:
        raise NobodyWarned("Schrijf op wie u heeft gewaarschuwd, en wanneer.")
    if gewaarschuwd_op > at:
        raise NobodyWarned("Het moment van waarschuwen kan niet in de toekomst liggen.")
    row = lock_melding(melding, versie=versie)
    _bring_to_loket(row)
    row.afhandeling = Afhandeling.CRISISROUTE
    row.afhandeling_toelichting = toelichting.strip()
    row.gewaarschuwd = gewaarschuwd.strip()
    row.gewaarschuwd_op = gewaarschuwd_op
    _keep_open(row, actor, STAP_CRISIS, werkdagen_after(at, 1), "gewaarschuwd", "gewaarschuwd_op")
    _record("intake.start_crisisroute", row, actor, gewaarschuwd=row.gewaarschuwd)
    check_keten()
    return row


@transaction.atomic
def keep_for_later(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    volgende_stap: str,
    uiterlijk: date | datetime | None,
    toelichting: str = "",
    versie: int | None = None,
) -> Melding:
    """Not finished now: say what comes next and when (call back, find out). Raises StepIncomplete.

    What is written with it becomes an aanvulling: how it is handled is still open.
    """
    row = lock_melding(melding, versie=versie)
    _bring_to_loket(row)
    _keep_open(row, actor, volgende_stap, uiterlijk)
    if toelichting.strip():
        append_aanvulling(melding=row, actor=actor, at=at, tekst=toelichting)
    _record("intake.keep_for_later", row, actor, volgende_stap=row.volgende_stap, op=at.isoformat())
    check_keten()
    return row


@transaction.atomic
def close_melding(
    *, melding: Melding, actor: Medewerker, at: datetime, toelichting: str = "", versie: int | None = None
) -> Melding:
    """Close what was handled before and only stayed open for its next step. Raises NotHandledYet."""
    row = lock_melding(melding, versie=versie)
    if not row.afhandeling or row.afhandeling == Afhandeling.TRIAGE:
        raise NotHandledYet("Kies eerst hoe de melding is afgehandeld.")
    text = "\n".join(filter(None, [row.afhandeling_toelichting, toelichting.strip()]))
    return _close(row, actor, at, row.afhandeling, text, "intake.close_melding")


def _close(row: Melding, actor: Medewerker, at: datetime, how: str, toelichting: str, action: str) -> Melding:
    """From the loket, or by the toegang while it is in triage."""
    MELDING_TRANSITIONS.apply("close_in_chain" if row.status == MeldingStatus.IN_TRIAGE else "close", row)
    settle_before_closing(row, at)
    row.afhandeling = how
    row.afhandeling_toelichting = toelichting.strip()
    row.gesloten_op = at
    row.volgende_stap = ""
    row.uiterlijk = None
    if row.verantwoordelijke_id is None:
        row.verantwoordelijke, row.verantwoordelijk_team = actor, None
    keep_in_sight(row, actor)
    save_melding(
        row, "status", "afhandeling", "afhandeling_toelichting", "gesloten_op", "volgende_stap", "uiterlijk",
        "verantwoordelijke", "verantwoordelijk_team", "eigen_organisaties",
    )  # fmt: skip
    _record(action, row, actor, afhandeling=str(how))
    check_keten()
    return row


def _bring_to_loket(row: Melding) -> None:
    """What stays open is worked on at the loket: a melding in triage comes back for it.

    Raises TransitionNotAllowed when a team has it.
    """
    if row.status != MeldingStatus.OPEN:
        MELDING_TRANSITIONS.apply("return" if row.status == MeldingStatus.IN_TRIAGE else "close", row)


def _keep_open(
    row: Melding, actor: Medewerker, volgende_stap: str, uiterlijk: date | datetime | None, *fields: str
) -> None:
    if not volgende_stap.strip() or uiterlijk is None:
        raise StepIncomplete("Schrijf op wat de volgende stap is, en wanneer die uiterlijk gebeurt.")
    if len(volgende_stap.strip()) > MAX_STAP:
        raise StepIncomplete(f"Maak de volgende stap korter (ten hoogste {MAX_STAP} tekens).")
    row.volgende_stap = volgende_stap.strip()
    row.uiterlijk = end_of(uiterlijk)
    row.verantwoordelijke, row.verantwoordelijk_team = actor, None
    keep_in_sight(row, actor)
    save_melding(
        row, "status", "afhandeling", "afhandeling_toelichting", "volgende_stap", "uiterlijk", "verantwoordelijke",
        "verantwoordelijk_team", "eigen_organisaties", *fields,
    )  # fmt: skip


def _record(action: str, row: Melding, actor: Medewerker, **gegevens: object) -> None:
    record(
        action=action,
        subject=row,
        inwoner_ids=row.inwoner_ids,
        gegevens={"nummer": row.nummer, "door": actor.username, **gegevens},
    )
