"""Rapporten aan de raad: vragen, maken op de achtergrond en stoppen. Per periode en versie is er één.

The contents follow from the frozen figures and what policy wrote below them; the moment in the PDF is that of the request. So
a job that runs twice, or on two workers at once, makes the same bytes; the first to lock the row keeps them.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import IntegrityError, OperationalError, transaction

from rapportage.beeld.plannen import THEMAS
from rapportage.models import Periode, Raadsrapport, Raadsrapportbestand
from rapportage.queries import period_of, published_periods
from rapportage.raadsrapport import SJABLOON, compose, fingerprint
from rapportage.status import RAADSRAPPORT_TRANSITIONS, Rapportstatus
from rapportage.tijdvak import Tijdvak
from skt.autorisatie.context import acting_as_system
from skt.kern.errors import DomainError
from skt.kern.tasks import enqueue_if_possible
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from skt.web.papier import make_pdf

TAAK = "rapportage.make_raadsrapport"
REDEN = "rapport aan de raad maken"
STAPPEN = len(THEMAS) + 2
"""Each theme, the document itself, and keeping it."""
ONVERWACHT = "Er ging iets mis bij ons. Er is niets bewaard; vraag het rapport nog eens."
BLEEF_WACHTEN = "Het maken kwam een dag lang niet op gang. Er is niets bewaard; vraag het rapport nog eens."
STIL, OPGEGEVEN = timedelta(minutes=30), timedelta(days=1)
"""Longer than a job may live; and how long it is tried again."""
TE_LANG = "Het maken duurde te lang. Er is niets bewaard; vraag het rapport nog eens."


class ReportBusy(DomainError):
    """This report is being made already."""


class NothingNew(DomainError):
    """The newest version says the same."""


class NotForMonths(DomainError):
    """A report is about a quarter or a year."""


class NothingRuns(DomainError):
    """There is nothing to stop."""


class _Stopped(Exception):
    """Somebody asked for it to stop."""


@transaction.atomic
def request_rapport(*, tijdvak: Tijdvak, actor: Medewerker, at: datetime) -> Raadsrapport:
    """Ask for the next version, or once more for one that was stopped or failed.

    Raises NotForMonths, NothingToReport, ReportBusy, and NothingNew when the newest version says the same.
    """
    if tijdvak.soort == Periode.MAAND:
        raise NotForMonths("Een rapport gaat over een kwartaal of een jaar.")
    inhoud = compose(tijdvak, published_periods())
    laatste = _newest(tijdvak)
    if laatste is not None and laatste.is_bezig:
        raise ReportBusy(f"Het rapport over {tijdvak.naam} wordt al gemaakt.")
    if laatste is not None and laatste.is_klaar and laatste.inhoud_sha256 == fingerprint(inhoud):
        raise NothingNew(
            f"Versie {laatste.versie} van het rapport over {tijdvak.naam} zegt al hetzelfde: cijfers en toelichtingen zijn niet veranderd."
        )
    if laatste is None or laatste.is_klaar:
        rapport = _create(tijdvak, laatste.versie + 1 if laatste else 1, actor, at)
    else:
        rapport = laatste
        RAADSRAPPORT_TRANSITIONS.apply("ask", rapport)
        rapport.stop_gevraagd, rapport.fout = False, ""
        rapport.stap, rapport.gedaan = "", 0
        rapport.gevraagd_door, rapport.gevraagd_op = actor, at
        rapport.save()
    record(action="rapportage.request_raadsrapport", subject=rapport, gegevens=_words(rapport, tijdvak))
    enqueue_if_possible(TAAK, rapport_id=rapport.pk)
    return rapport


def _newest(tijdvak: Tijdvak) -> Raadsrapport | None:
    """The newest version, locked as long as it isn't ready: a ready one nobody may change, so nobody can lock it (lock 2)."""
    versies = Raadsrapport.objects.filter(periode=tijdvak.soort, begin=tijdvak.begin).order_by("-versie")
    laatste = versies.first()
    if laatste is None or laatste.is_klaar:
        return laatste
    return Raadsrapport.objects.select_for_update().filter(pk=laatste.pk).first() or versies.first()


def _create(tijdvak: Tijdvak, versie: int, actor: Medewerker, at: datetime) -> Raadsrapport:
    try:
        with transaction.atomic():
            return Raadsrapport.objects.create(
                periode=tijdvak.soort,
                begin=tijdvak.begin,
                versie=versie,
                gevraagd_door=actor,
                gevraagd_op=at,
            )
    except IntegrityError as error:
        raise ReportBusy(f"Een collega heeft het rapport over {tijdvak.naam} net gevraagd.") from error


@transaction.atomic
def stop_rapport(*, rapport: Raadsrapport, actor: Medewerker) -> Raadsrapport:
    """Ask the job to stop before its next step; nothing of it is kept.

    Asked again it stands as stopped at once: the job may have gone with its worker. Raises NothingRuns.
    """
    row = Raadsrapport.objects.select_for_update().filter(pk=rapport.pk).first()
    if row is None or not row.is_bezig:
        raise NothingRuns("Dit rapport wordt nu niet gemaakt: er valt niets te stoppen.")
    if row.status == Rapportstatus.WACHT or row.stop_gevraagd:
        RAADSRAPPORT_TRANSITIONS.apply("stop", row)
    row.stop_gevraagd = True
    row.save(update_fields=["stop_gevraagd", "status"])
    record(
        action="rapportage.stop_raadsrapport",
        subject=row,
        gegevens={**_words(row, period_of(row)), "door": actor.username},
    )
    return row


def process_rapport(*, rapport_id: int, clock: Callable[[], datetime]) -> None:
    """What the background job does. Safe to run twice; a refusal stands on the report as one sentence."""
    with _as_system():
        rapport = Raadsrapport.objects.select_for_update().filter(pk=rapport_id).first()
        if rapport is None or not rapport.is_bezig:
            return
        RAADSRAPPORT_TRANSITIONS.apply("begin", rapport)
        rapport.save(update_fields=["status"])
    gedaan = iter(range(STAPPEN))

    def stap(wat: str) -> None:
        _tell(rapport, wat, next(gedaan))

    try:
        inhoud = compose(
            period_of(rapport), published_periods(), concept=rapport.is_concept, stap=stap, lezend=_as_system
        )
        stap("het document")
        pdf = make_pdf(SJABLOON, inhoud, at=rapport.gevraagd_op)
        stap("bewaren")
        _keep(rapport, inhoud, pdf, clock())
    except _Stopped:
        _end(rapport, "stop")
    except DomainError as error:
        _end(rapport, "fail", str(error)[:300])
    except SoftTimeLimitExceeded:
        _end(rapport, "fail", TE_LANG)
    except OperationalError:
        raise  # comes again
    except Exception:
        _end(rapport, "fail", ONVERWACHT)
        raise


def resume_rapporten(*, at: datetime) -> int:
    """Send again what waits or is being made for longer than a job may live; after a day it failed, in a sentence.

    A message gets lost with the broker, a worker with its machine; twice sent is once made. Returns how many were sent.
    """
    gestuurd = 0
    with _as_system():
        lang = Raadsrapport.objects.select_for_update(skip_locked=True).filter(
            status__in=(Rapportstatus.WACHT, Rapportstatus.BEZIG), gevraagd_op__lt=at - STIL
        )
        for rapport in lang.order_by("pk"):
            if rapport.gevraagd_op < at - OPGEGEVEN:
                _apply_end(rapport, "fail", BLEEF_WACHTEN)
            else:
                enqueue_if_possible(TAAK, rapport_id=rapport.pk)
                gestuurd += 1
    return gestuurd


@contextmanager
def _as_system() -> Iterator[None]:
    with transaction.atomic(), acting_as_system(REDEN):
        yield


def _tell(rapport: Raadsrapport, wat: str, gedaan: int) -> None:
    """Say where it is, so that who waits sees it, and hear whether it should stop: also when it was asked for anew meanwhile."""
    with _as_system():
        deze = Raadsrapport.objects.filter(
            pk=rapport.pk, status=Rapportstatus.BEZIG, gevraagd_op=rapport.gevraagd_op
        )
        deze.update(stap=wat[:100], gedaan=gedaan)
        if not deze.filter(stop_gevraagd=False).exists():
            raise _Stopped


def _keep(rapport: Raadsrapport, inhoud: dict[str, Any], pdf: bytes, at: datetime) -> None:
    """The file and its state in one transaction; who comes second finds it done."""
    with _as_system():
        row = Raadsrapport.objects.select_for_update().get(pk=rapport.pk)
        if row.is_klaar:
            return
        if row.stop_gevraagd or row.status != Rapportstatus.BEZIG or row.gevraagd_op != rapport.gevraagd_op:
            raise _Stopped
        Raadsrapportbestand.objects.create(rapport=row, pdf=pdf)
        RAADSRAPPORT_TRANSITIONS.apply("keep", row)
        row.klaar_op, row.stap, row.gedaan = at, "", STAPPEN
        row.inhoud_sha256, row.grootte = fingerprint(inhoud), len(pdf)
        row.sha256 = hashlib.sha256(pdf).hexdigest()
        row.toelichtingen = sum(
            figuur["toelichting"] is not None
            for hoofdstuk in inhoud["hoofdstukken"]
            for figuur in hoofdstuk["figuren"]
        )
        row.save()
        record(
            action="rapportage.finish_raadsrapport",
            subject=row,
            gegevens={**_words(row, period_of(row)), "sha256": row.sha256},
        )


def _end(rapport: Raadsrapport, overgang: str, fout: str = "") -> None:
    with _as_system():
        row = Raadsrapport.objects.select_for_update().get(pk=rapport.pk)
        if row.is_bezig and row.gevraagd_op == rapport.gevraagd_op:
            _apply_end(row, overgang, fout)


def _apply_end(rapport: Raadsrapport, overgang: str, fout: str) -> None:
    RAADSRAPPORT_TRANSITIONS.apply(overgang, rapport)
    rapport.fout, rapport.stap = fout, ""
    rapport.save(update_fields=["status", "fout", "stap"])


def _words(rapport: Raadsrapport, tijdvak: Tijdvak) -> dict[str, Any]:
    return {"periode": tijdvak.code, "versie": rapport.versie}
