"""The import of the old loket list as a job: offered, tried, carried out, stopped, judged. What a row becomes is beside it."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from intake.loketlijst.lezen import BestandOnleesbaar, read
from intake.models import Lijststatus, Loketlijst, Loketlijstinhoud, Loketlijstrij, Wijze
from skt.inwoners.models import Inwoner
from skt.inwoners.versleuteling import encrypt_bytes
from skt.kern.errors import DomainError
from skt.kern.tasks import enqueue_if_possible
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record

TAAK = "intake.read_loketlijst"
BEWAREN = timedelta(days=30)
"""A file that nobody carries out is emptied after this (own choice): it is full of personal data."""

__all__ = [
    "BestandOnleesbaar",
    "ListBusy",
    "ListGone",
    "forget_old_files",
    "inwoners_of",
    "judge_row",
    "offer_loketlijst",
    "run_loketlijst",
    "stop_loketlijst",
]


class ListBusy(DomainError):
    """The list is being read, or was read already."""


class ListGone(DomainError):
    """The file of this list isn't kept any more."""


@transaction.atomic
def offer_loketlijst(*, bestandsnaam: str, inhoud: bytes, actor: Medewerker, at: datetime) -> Loketlijst:
    """Keep the file (encrypted) and try it in the background; nothing is taken over yet. Raises BestandOnleesbaar."""
    read(inhoud)
    lijst = Loketlijst.objects.create(
        bestandsnaam=bestandsnaam[:200],
        grootte=len(inhoud),
        sha256=hashlib.sha256(inhoud).hexdigest(),
        gestart_door=actor,
        aangemaakt_op=at,
    )
    Loketlijstinhoud.objects.create(lijst=lijst, versleuteld=encrypt_bytes(inhoud), bewaard_op=at)
    record(action="intake.offer_loketlijst", subject=lijst, gegevens={"bestand": lijst.bestandsnaam})
    enqueue_if_possible(TAAK, lijst_id=lijst.pk)
    return lijst


@transaction.atomic
def run_loketlijst(*, lijst: Loketlijst, actor: Medewerker, at: datetime) -> Loketlijst:
    """Carry out what was tried, or go on with what was stopped. Raises ListBusy or ListGone."""
    row = Loketlijst.objects.select_for_update().get(pk=lijst.pk)
    if row.is_bezig:
        raise ListBusy("Deze lijst wordt al ingelezen. Wacht tot dat klaar is.")
    if row.is_ingelezen:
        raise ListBusy("Deze lijst is al ingelezen. Er verandert niets als u dat nog eens doet.")
    if row.aangemaakt_op < at - BEWAREN:
        raise ListGone("Het bestand van deze lijst is niet meer bewaard. Kies het bestand opnieuw.")
    row.wijze, row.status = Wijze.UITVOEREN, Lijststatus.WACHT
    row.stop_gevraagd, row.fout, row.klaar_op = False, "", None
    row.save(update_fields=["wijze", "status", "stop_gevraagd", "fout", "klaar_op"])
    record(action="intake.run_loketlijst", subject=row, gegevens={"door": actor.username})
    enqueue_if_possible(TAAK, lijst_id=row.pk)
    return row


@transaction.atomic
def stop_loketlijst(*, lijst: Loketlijst, actor: Medewerker, at: datetime) -> Loketlijst:
    """Ask the job to stop after the rows it is at; what stands, stays.

    Asked again it stands as stopped at once: the job may have gone with its worker. Raises ListBusy when nothing runs."""
    row = Loketlijst.objects.select_for_update().get(pk=lijst.pk)
    if not row.is_bezig:
        raise ListBusy("Deze lijst wordt nu niet ingelezen: er valt niets te stoppen.")
    if row.status == Lijststatus.WACHT or row.stop_gevraagd:
        row.status = Lijststatus.GESTOPT
    row.stop_gevraagd = True
    row.save(update_fields=["stop_gevraagd", "status"])
    record(
        action="intake.stop_loketlijst",
        subject=row,
        gegevens={"door": actor.username, "op": at.isoformat()},
    )
    return row


@transaction.atomic
def judge_row(*, rij: Loketlijstrij, actor: Medewerker, at: datetime) -> Loketlijstrij:
    """A human looked at this row; what was kept of it for that goes. Twice is once."""
    row = Loketlijstrij.objects.select_for_update(of=("self",)).get(pk=rij.pk)
    if row.beoordeeld_op is None:
        row.beoordeeld_op, row.beoordeeld_door = at, actor
        if row.lijst.is_ingelezen:
            row.cellen = {}
        row.save(update_fields=["beoordeeld_op", "beoordeeld_door", "cellen"])
        record(
            action="intake.judge_loketlijstrij",
            subject=row,
            inwoner_ids=[row.inwoner_id] if row.inwoner_id else [],
        )
    return row


def inwoners_of(lijst_id: int) -> QuerySet[Inwoner]:
    """Who a list was about, as far as it was taken over."""
    return Inwoner.objects.filter(
        pk__in=Loketlijstrij.objects.filter(lijst_id=lijst_id, inwoner__isnull=False).values("inwoner")
    )


def forget_old_files(*, at: datetime) -> int:
    """Empty the files that nobody carried out within BEWAREN; returns how many. As the system, in a transaction."""
    old = Loketlijstinhoud.objects.filter(bewaard_op__lt=at - BEWAREN).exclude(versleuteld=b"")
    emptied = 0
    for inhoud in old.select_for_update():
        inhoud.versleuteld = b""
        inhoud.save(update_fields=["versleuteld"])
        Loketlijstrij.objects.filter(lijst_id=inhoud.pk, melding=None).update(kern={}, cellen={})
        record(action="intake.forget_loketlijst", gegevens={"lijst": inhoud.pk})
        emptied += 1
    return emptied
