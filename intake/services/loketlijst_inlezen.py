"""Reading a loket list from beginning to end: judged, kept per row, written in portions that can be interrupted anywhere.

Every portion is a transaction in the system's context. What was written is known by its key, made of the contents of the row
(UNIQUE in the database): a second run, a second worker or a restart after a crash writes nothing twice.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection, transaction

from intake.loketlijst.lezen import read
from intake.loketlijst.redenen import TER_BEOORDELING
from intake.loketlijst.regels import Oordeel, judge
from intake.loketlijst.rijen import Rij
from intake.loketlijst.verslag import make_totals
from intake.loketlijst.vertaling import organisatiecode
from intake.models import Lijststatus, Loketlijst, Loketlijstinhoud, Loketlijstrij, Uitkomst, Wijze
from intake.services.loketlijst_contacten import contact_key, count_known, import_contacts
from skt.autorisatie.context import acting_as_system
from skt.inwoners.versleuteling import decrypt_bytes
from skt.kern.errors import DomainError
from skt.kern.tasks import enqueue_if_possible
from skt.medewerkers.models import Moederorganisatie
from skt.verantwoording.services import record

PORTIE = 200
"""Rows per transaction: a stop or a crash loses at most this much work, and never half a row."""
REDEN = "oude loketlijst inlezen"
SLOT = 20211231
"""Key of the advisory lock: one portion at a time, whichever list it is of."""
ONVERWACHT = "Er ging iets mis bij ons. Wat er al staat, blijft staan; u kunt verdergaan waar het stopte."
Voortgang = Callable[[Loketlijst], None]


class FileForgotten(DomainError):
    """The file isn't kept any more."""


@contextmanager
def as_system() -> Iterator[None]:
    """One transaction in the system's context."""
    with transaction.atomic(), acting_as_system(REDEN):
        yield


def process_loketlijst(*, lijst_id: int, clock: Callable[[], datetime]) -> None:
    """What the background job does: read the kept file, judge it and, when asked, write. Safe to run twice.

    A refusal stands on the list as one sentence.
    """
    with as_system():
        lijst = Loketlijst.objects.select_for_update().get(pk=lijst_id)
        if not lijst.is_bezig or lijst.stop_gevraagd:
            return
        kept = Loketlijstinhoud.objects.filter(pk=lijst_id).first()
        lijst.status, lijst.begonnen_op = Lijststatus.BEZIG, lijst.begonnen_op or clock()
        lijst.save(update_fields=["status", "begonnen_op"])
    try:
        oordeel = judge(
            read(_open(kept)),
            naam=lijst.bestandsnaam,
            voortgang=lambda aantal: _tell(lijst, beoordeeld=aantal),
        )
        carry_out(lijst=lijst, oordeel=oordeel, clock=clock)
    except DomainError as error:
        _finish(lijst, Lijststatus.MISLUKT, clock(), fout=str(error)[:300])
    except (DatabaseError, SoftTimeLimitExceeded):
        raise  # goes on later where it was
    except Exception:
        _finish(lijst, Lijststatus.MISLUKT, clock(), fout=ONVERWACHT)
        raise


def _open(kept: Loketlijstinhoud | None) -> bytes:
    if kept is None or not kept.versleuteld:
        raise FileForgotten("Het bestand van deze lijst is niet meer bewaard. Kies het bestand opnieuw.")
    return decrypt_bytes(bytes(kept.versleuteld))


def find_or_open(*, bestandsnaam: str, inhoud: bytes, oordeel: Oordeel, at: datetime) -> Loketlijst:
    """For the command line: the list of this very file, to go on with, or a new one. The file itself isn't kept."""
    sha256 = hashlib.sha256(inhoud).hexdigest()
    with as_system():
        lijst = Loketlijst.objects.filter(sha256=sha256, wijze=Wijze.UITVOEREN).order_by("pk").last()
        if lijst is None:
            lijst = Loketlijst.objects.create(
                bestandsnaam=bestandsnaam[:200],
                grootte=len(inhoud),
                sha256=sha256,
                jaar=oordeel.jaar,
                wijze=Wijze.UITVOEREN,
                aangemaakt_op=at,
            )
            record(action="intake.offer_loketlijst", subject=lijst, gegevens={"bestand": lijst.bestandsnaam})
        if not lijst.is_ingelezen:
            lijst.status, lijst.stop_gevraagd, lijst.fout = Lijststatus.BEZIG, False, ""
            lijst.begonnen_op = lijst.begonnen_op or at
            lijst.save(update_fields=["status", "stop_gevraagd", "fout", "begonnen_op"])
        return lijst


def carry_out(
    *,
    lijst: Loketlijst,
    oordeel: Oordeel,
    clock: Callable[[], datetime],
    voortgang: Voortgang = lambda _: None,
) -> Loketlijst:
    """Keep what becomes of each row and, when the list is to be carried out, write the contacts portion by portion."""
    _keep_rows(lijst, oordeel)
    if lijst.wijze == Wijze.UITVOEREN:
        by_number = {rij.nummer: rij for rij in oordeel.rijen}
        while _write_portion(lijst, oordeel, by_number, clock()):
            voortgang(lijst)
    return _finish(lijst, Lijststatus.KLAAR, clock())


def known_in(oordeel: Oordeel) -> int:
    """How many contacts of a judged list stand here already, from an earlier run or another file."""
    with as_system():
        return count_known([contact_key(rij) for rij in oordeel.rijen if rij.wordt_overgenomen])


def _keep_rows(lijst: Loketlijst, oordeel: Oordeel) -> None:
    with as_system():
        organisaties = dict(Moederorganisatie.objects.values_list("code", "pk"))
        there = set(Loketlijstrij.objects.filter(lijst=lijst).values_list("nummer", flat=True))
        known = count_known([contact_key(rij) for rij in oordeel.rijen if rij.wordt_overgenomen])
        lijst.jaar, lijst.rijen = oordeel.jaar, len(oordeel.rijen)
        lijst.totalen = make_totals(oordeel.rijen)
        lijst.over_te_nemen, lijst.beoordeeld = lijst.totalen["over_te_nemen"], len(oordeel.rijen)
        if lijst.wijze == Wijze.PROEF:
            lijst.stonden_er_al = known
        lijst.save(update_fields=["jaar", "rijen", "totalen", "over_te_nemen", "beoordeeld", "stonden_er_al"])
    missing = [rij for rij in oordeel.rijen if rij.nummer not in there]
    for begin in range(0, len(missing), 1000):
        with as_system():
            Loketlijstrij.objects.bulk_create(
                [_row(lijst, rij, organisaties) for rij in missing[begin : begin + 1000]],
                ignore_conflicts=True,
            )


def _row(lijst: Loketlijst, rij: Rij, organisaties: dict[str, int]) -> Loketlijstrij:
    taken = rij.wordt_overgenomen
    refused = rij.uitkomst == Uitkomst.WEIGEREN
    return Loketlijstrij(
        lijst=lijst,
        nummer=rij.nummer,
        regel=rij.regel,
        uitkomst=rij.uitkomst,
        dubbel_van=rij.dubbel_van,
        redenen=rij.redenen,
        verwijst=rij.verwijst,
        kern={veld: rij.waarden.get(veld) for veld in ("volgnr", "datum", "naam_inwoner")} if taken else {},
        cellen=(rij.tekst or {"rij": " | ".join(rij.los)}) if refused else {},
        persoon=rij.persoon,
        organisatie_id=organisaties[organisatiecode(rij.waarden.get("organisatie"))],
        sleutel=contact_key(rij) if taken else None,
        ter_beoordeling=refused or bool(TER_BEOORDELING & set(rij.redenen)),
    )


def _write_portion(lijst: Loketlijst, oordeel: Oordeel, by_number: dict[int, Rij], at: datetime) -> bool:
    """Write the next rows; False when there are none left, or a stop was asked for."""
    with as_system():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        row = Loketlijst.objects.select_for_update().get(pk=lijst.pk)
        lijst.stop_gevraagd = row.stop_gevraagd
        pending = list(Loketlijstrij.objects.filter(lijst=lijst).pending()[:PORTIE])
        if not pending or row.stop_gevraagd:
            return False
        written = import_contacts(lijst=row, rijen=pending, oordeel=oordeel, by_number=by_number, at=at)
        row.geschreven += written
        row.stonden_er_al = Loketlijstrij.objects.filter(lijst=lijst, stond_er_al=True).count()
        row.save(update_fields=["geschreven", "stonden_er_al"])
        lijst.geschreven, lijst.stonden_er_al = row.geschreven, row.stonden_er_al
        return True


def _tell(lijst: Loketlijst, *, beoordeeld: int) -> None:
    with as_system():
        Loketlijst.objects.filter(pk=lijst.pk).update(beoordeeld=beoordeeld)


def _finish(lijst: Loketlijst, status: str, at: datetime, *, fout: str = "") -> Loketlijst:
    """Done, stopped or failed. What was carried out is no longer kept as a file, nor are its names beside the rows."""
    with as_system():
        row = Loketlijst.objects.select_for_update().get(pk=lijst.pk)
        if row.is_ingelezen:
            return row
        stopped = status == Lijststatus.KLAAR and row.stop_gevraagd
        row.status, row.fout, row.klaar_op = Lijststatus.GESTOPT if stopped else status, fout, at
        row.save(update_fields=["status", "fout", "klaar_op"])
        if row.is_ingelezen:
            Loketlijstinhoud.objects.filter(pk=row.pk).update(versleuteld=b"")
            record(
                action="intake.finish_loketlijst",
                subject=row,
                gegevens={"geschreven": row.geschreven, "stonden er al": row.stonden_er_al},
            )
            enqueue_if_possible("intake.find_doubles", lijst_id=row.pk)
        return row
