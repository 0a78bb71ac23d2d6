"""A concept on trial: what it would have advised on the meldingen of the past year, beside what is in use and what was done.

The job works in portions, each a transaction in the system's context: who started it sees nobody. It reads of each melding only
what a rule may ask, and keeps nothing but counts, with the small ones gone.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from intake.models import Melding
from intake.services.rijen import constraints_speak
from intake.status import MeldingStatus
from skt.autorisatie.context import acting_as_system
from skt.kern.errors import DomainError
from skt.kern.tasks import enqueue_if_possible
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from triage.models import Proefstatus, Protocolproef, Protocolversie, Triage, Uitkomst
from triage.protocol.klein import hide_one, hide_rounded, hide_small
from triage.protocol.regels import Advies, Regel, read_regels
from triage.protocol.weging import weigh
from triage.queries.protocol import active_versie, read_situaties
from triage.services.protocol import check_protocol

TAAK = "triage.run_proef"
REDEN = "een protocol proberen op de meldingen van het afgelopen jaar"
PORTIE = 250
"""Meldingen per transaction: a stop waits at most this long."""
TERUG = timedelta(days=365)
ONVERWACHT = "Er ging iets mis bij ons. Er is niets veranderd; begin de proef opnieuw."
MEESTE_VERSCHUIVINGEN = 12


class NothingToTry(DomainError):
    """There is no version in use to compare with."""


class ProefRunning(DomainError):
    """One trial at a time of one version, and a stop only of what runs."""


@transaction.atomic
def start_proef(*, versie: Protocolversie, actor: Medewerker, at: datetime) -> Protocolproef:
    """Try this version in the background. Raises ProtocolFaulty, NothingToTry or ProefRunning."""
    check_protocol(versie)
    tegen = active_versie()
    if tegen is None:
        raise NothingToTry("Er is nu geen versie in gebruik om mee te vergelijken.")
    vandaag = timezone.localtime(at).date()
    proef = Protocolproef(
        versie=versie,
        bewerking=versie.bewerking,
        tegen=tegen,
        van=vandaag - TERUG,
        tot=vandaag + timedelta(days=1),
        gestart_door=actor,
        gestart_op=at,
    )
    with constraints_speak(Protocolproef, ProefRunning):
        proef.save(force_insert=True)
    record(
        action="triage.start_proef", subject=proef, gegevens={"versie": versie.nummer, "tegen": tegen.nummer}
    )
    enqueue_if_possible(TAAK, proef_id=proef.pk)
    return proef


@transaction.atomic
def stop_proef(*, proef: Protocolproef, actor: Medewerker, at: datetime) -> Protocolproef:
    """Stop after the portion it is at. Asked again, while it waits or when nobody works on it, it stands as stopped at once.

    Raises ProefRunning.
    """
    row = Protocolproef.objects.select_for_update().get(pk=proef.pk)
    if not row.is_bezig:
        raise ProefRunning("Deze proef loopt niet: er valt niets te stoppen.")
    if row.status == Proefstatus.WACHT or row.stop_gevraagd or row.is_stil(at):
        row.status, row.klaar_op = Proefstatus.GESTOPT, at
    row.stop_gevraagd = True
    row.save(update_fields=["stop_gevraagd", "status", "klaar_op"])
    record(action="triage.stop_proef", subject=row, gegevens={"versie": row.versie.nummer})
    return row


@contextmanager
def as_system() -> Iterator[None]:
    with transaction.atomic(), acting_as_system(REDEN):
        yield


def run_proef(*, proef_id: int, clock: Callable[[], datetime]) -> None:
    """What the background job does, from the first melding to the last. Run again it counts anew; a finished one stays."""
    with as_system():
        proef = Protocolproef.objects.select_for_update().select_related("versie", "tegen").get(pk=proef_id)
        if not proef.is_bezig or proef.stop_gevraagd:
            return
        pks = list(weighed_between(proef.van, proef.tot).order_by("pk").values_list("pk", flat=True))
        proef.status, proef.totaal, proef.gedaan, proef.gezien_op = Proefstatus.BEZIG, len(pks), 0, clock()
        proef.save(update_fields=["status", "totaal", "gedaan", "gezien_op"])
        nu, nieuw = read_regels(proef.tegen.regels), read_regels(proef.versie.regels)
        if proef.versie.bewerking != proef.bewerking:
            # Tried is what stands there now; the page says which that was.
            proef.bewerking = proef.versie.bewerking
            proef.save(update_fields=["bewerking"])
    telling = Telling()
    try:
        for begin in range(0, len(pks), PORTIE):
            with as_system():
                count_portion(telling, pks[begin : begin + PORTIE], nu, nieuw)
                row = _still_running(proef_id, clock())
                if row is None:
                    return
                row.gedaan, row.gezien_op = min(begin + PORTIE, len(pks)), clock()
                row.save(update_fields=["gedaan", "gezien_op"])
        with as_system():
            row = _still_running(proef_id, clock())
            if row is not None:
                row.uitslag = telling.as_counts(len(nieuw)) | {"regels": [regel.naam for regel in nieuw]}
                _finish(row, Proefstatus.KLAAR, clock())
    except OperationalError:
        raise  # the database was away for a moment: the task tries again
    except Exception:
        with as_system():
            row = Protocolproef.objects.select_for_update().get(pk=proef_id)
            row.fout = ONVERWACHT
            _finish(row, Proefstatus.MISLUKT, clock())
        raise


def _still_running(proef_id: int, at: datetime) -> Protocolproef | None:
    """The row, locked, as long as this run may go on; what was finished meanwhile stays as it is."""
    row = Protocolproef.objects.select_for_update().get(pk=proef_id)
    if row.is_bezig and not row.stop_gevraagd:
        return row
    if row.is_bezig:
        _finish(row, Proefstatus.GESTOPT, at)
    return None


def weighed_between(van: date, tot: date) -> "QuerySet[Melding]":
    """The meldingen that came to triage: weighed already, or waiting for it; by the day they came in."""
    return Melding.objects.filter(
        Q(Exists(Triage.objects.filter(melding=OuterRef("pk")))) | Q(status=MeldingStatus.IN_TRIAGE),
        ontvangen_op__date__gte=van,
        ontvangen_op__date__lt=tot,
    )


class Telling:
    """What is counted; nothing in it is about one melding."""

    def __init__(self) -> None:
        self.aantal = 0
        self.anders = 0
        self.kolommen: dict[str, Counter[str]] = {
            f"{wat}.{deel}": Counter() for wat in ("echt", "nu", "nieuw") for deel in ("waarheen", "urgentie")
        }
        self.verschuiving: Counter[tuple[str, str]] = Counter()
        self.geraakt: Counter[int] = Counter()
        self.telt: Counter[int] = Counter()

    def add(self, nu: Advies, nieuw: Advies) -> None:
        self.aantal += 1
        for wat, advies in (("nu", nu), ("nieuw", nieuw)):
            self.kolommen[f"{wat}.waarheen"][key_of(advies.uitkomst, advies.bord)] += 1
            self.kolommen[f"{wat}.urgentie"][advies.urgentie] += 1
        van, naar = key_of(nu.uitkomst, nu.bord), key_of(nieuw.uitkomst, nieuw.bord)
        if van != naar:
            self.verschuiving[van, naar] += 1
        self.anders += (van, nu.urgentie) != (naar, nieuw.urgentie)

    def as_counts(self, regels: int) -> dict[str, object]:
        """As it is kept: small counts gone."""
        return {
            "aantal": hide_one(self.aantal),
            "anders": hide_one(self.anders),
            **{naam: hide_small(kolom) for naam, kolom in self.kolommen.items()},
            "verschuivingen": [
                [van, naar, hide_rounded(count)]
                for (van, naar), count in self.verschuiving.most_common(MEESTE_VERSCHUIVINGEN)
            ],
            "geraakt": [hide_rounded(self.geraakt[nummer]) for nummer in range(1, regels + 1)],
            "telt": [hide_rounded(self.telt[nummer]) for nummer in range(1, regels + 1)],
        }


def key_of(uitkomst: str, bord: str) -> str:
    """Where it goes as one word: of the aanmeldoverleg also which team."""
    return f"{uitkomst}|{bord}" if uitkomst == Uitkomst.OVERLEG and bord else uitkomst


def count_portion(telling: Telling, pks: list[int], nu: list[Regel], nieuw: list[Regel]) -> None:
    meldingen = Melding.objects.filter(pk__in=pks)
    for situatie in read_situaties(meldingen, bij_de_triage=True).values():
        weging = weigh(nieuw, situatie)
        telling.add(weigh(nu, situatie).advies, weging.advies)
        telling.geraakt.update(weging.geraakt)
        telling.telt.update(set(weging.regels.values()))
    echt = Triage.objects.filter(melding_id__in=pks).order_by("melding_id", "-pk").distinct("melding_id")
    for uitkomst, urgentie, bord in echt.values_list("uitkomst", "urgentie", "aanmelding__bord"):
        telling.kolommen["echt.waarheen"][key_of(uitkomst, bord or "")] += 1
        telling.kolommen["echt.urgentie"][urgentie] += 1


def _finish(row: Protocolproef, status: str, at: datetime) -> None:
    row.status, row.klaar_op = status, at
    row.save(update_fields=["status", "klaar_op", "uitslag", "fout"])
    record(
        action="triage.finish_proef",
        subject=row,
        gegevens={"stand": str(row.status), "meldingen": row.gedaan},
    )
