"""The daily message about terms: how many, never about whom; one mail per medewerker per day."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from skt.kern.errors import DomainError
from skt.kern.werkdagen import is_werkdag
from skt.medewerkers.models import DOSSIERROLLEN, Medewerker, Plaatsing
from skt.termijnen.bronnen import Telling
from skt.termijnen.models import Berichtvoorkeur, Termijnbericht
from skt.verantwoording.services import record

EERSTE_UUR, LAATSTE_UUR = 6, 17
"""Wall clock in Amsterdam: between which hours one may choose."""
INHALEN_UREN = 4
"""So long after the chosen hour it still goes, for a worker that stood still in the morning."""


class VoorkeurInvalid(DomainError):
    """The message can't be sent at that hour."""


@transaction.atomic
def set_voorkeur(*, actor: Medewerker, at: datetime, aan: bool, uur: int) -> Berichtvoorkeur:
    """Whether and from what hour `actor` wants the message. Raises VoorkeurInvalid."""
    if not EERSTE_UUR <= uur <= LAATSTE_UUR:
        raise VoorkeurInvalid(f"Kies een uur tussen {EERSTE_UUR} en {LAATSTE_UUR}.")
    row, _ = Berichtvoorkeur.objects.update_or_create(medewerker=actor, defaults={"aan": aan, "uur": uur})
    record(
        action="termijnen.set_voorkeur", subject=row, gegevens={"aan": aan, "uur": uur, "op": at.isoformat()}
    )
    return row


def due_now(at: datetime) -> list[int]:
    """Who should have the message by now and hasn't: works here with dossiers, has an address, and didn't say no.

    Nobody on a day off. As the system.
    """
    lokaal = timezone.localtime(at)
    if not is_werkdag(lokaal.date()):
        return []
    wants = {v.medewerker_id: (v.aan, v.uur) for v in Berichtvoorkeur.objects.all()}
    told = set(
        Termijnbericht.objects.filter(dag=lokaal.date(), verzonden_op__isnull=False).values_list(
            "medewerker_id", flat=True
        )
    )
    works = (
        Plaatsing.objects.running(lokaal.date())
        .with_rol(DOSSIERROLLEN)
        .filter(medewerker__is_active=True, medewerker__wachtwoord_tijdelijk=False)
        .exclude(medewerker__email="")
        .values_list("medewerker_id", flat=True)
    )
    found = []
    for pk in sorted(set(works) - told):
        aan, uur = wants.get(pk, (True, settings.SKT_TERMIJNBERICHT_UUR))
        if aan and uur <= lokaal.hour < uur + INHALEN_UREN:
            found.append(pk)
    return found


@transaction.atomic
def prepare_bericht(*, medewerker: Medewerker, telling: Telling, at: datetime) -> Termijnbericht | None:
    """Write down that this message goes, before it goes; None when there is nothing to say or it was sent already.

    What was prepared and never sent (a worker that died) comes back, with the figures of now. As the system.
    """
    if not telling:
        return None
    dag = timezone.localtime(at).date()
    try:
        with transaction.atomic():
            return Termijnbericht.objects.create(
                medewerker=medewerker, dag=dag, verlopen=telling.verlopen, bijna=telling.bijna, gemaakt_op=at
            )
    except IntegrityError:
        row = Termijnbericht.objects.select_for_update().get(medewerker=medewerker, dag=dag)
        if row.verzonden_op is not None:
            return None
        row.verlopen, row.bijna = telling.verlopen, telling.bijna
        row.save(update_fields=["verlopen", "bijna"])
        return row


@transaction.atomic
def claim_bericht(*, bericht_id: int, at: datetime) -> Termijnbericht | None:
    """From here on it counts as sent; None when somebody was first, or there is no address any more. As the system.

    Commit this before send_bericht: a worker that is killed while it talks to the mail server then leaves at most one message, and
    perhaps none. The next werkdag tells the same again, so one that stays away costs less than two of them.
    """
    row = (
        Termijnbericht.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("medewerker")
        .filter(pk=bericht_id, verzonden_op=None)
        .first()
    )
    if row is None or not row.medewerker.email:
        return None
    row.verzonden_op = at
    row.save(update_fields=["verzonden_op"])
    return row


def send_bericht(bericht: Termijnbericht) -> None:
    """Hand it to the mail server, outside any transaction. Always the same Message-ID, so that two still show as one.

    Raises SMTPException, OSError.
    """
    EmailMessage(
        subject=subject_of(bericht),
        body=body_of(bericht),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[bericht.medewerker.email],
        headers={"Message-ID": message_id(bericht), "Auto-Submitted": "auto-generated"},
    ).send()


@transaction.atomic
def confirm_bericht(*, bericht: Termijnbericht) -> None:
    """The mail server took it. A row that is sent without this line was under way when the worker stopped."""
    record(
        action="termijnen.send_bericht",
        subject=bericht,
        gegevens={"verlopen": bericht.verlopen, "bijna": bericht.bijna},
    )


@transaction.atomic
def release_bericht(*, bericht: Termijnbericht) -> None:
    """The mail server didn't take it: a next try may."""
    Termijnbericht.objects.filter(pk=bericht.pk).update(verzonden_op=None)


def subject_of(bericht: Termijnbericht) -> str:
    return "Termijnen in SKT-loket"


def body_of(bericht: Termijnbericht) -> str:
    """No name, no number, not what it is about: mail can be read by others."""
    zinnen = []
    if bericht.verlopen:
        zinnen.append(
            f"U heeft {bericht.verlopen} verlopen {'termijn' if bericht.verlopen == 1 else 'termijnen'}."
        )
    if bericht.bijna:
        zinnen.append(
            f"{bericht.bijna} {'termijn loopt' if bericht.bijna == 1 else 'termijnen lopen'} binnen drie werkdagen af."
        )
    return (
        "Goedendag,\n\n"
        + "\n".join(zinnen)
        + f"\n\nBekijk ze in SKT-loket: {settings.SKT_ADRES}/termijnen/\n\n"
        "Om welke inwoners het gaat, staat niet in deze e-mail.\n"
        f"Wilt u dit bericht niet, of op een andere tijd? Dat stelt u in bij uw profiel: {settings.SKT_ADRES}/profiel/bericht/\n\n"
        "Sociaal Kernteam Wassenaar\n"
    )


def message_id(bericht: Termijnbericht) -> str:
    """The same for the same person and day; tells nothing about either."""
    whole = sha256(f"{settings.SECRET_KEY}:{bericht.medewerker_id}:{bericht.dag}".encode()).hexdigest()
    return f"<termijnen.{whole[:32]}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"
