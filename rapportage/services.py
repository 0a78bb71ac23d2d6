"""Een maand vastzetten: tellen, afronden, controleren, bevriezen. Een waar aantal verlaat deze module nooit.

Nothing here logs, and no error says a number: what is counted goes into the rounding, and only what is
published comes out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from secrets import SystemRandom

from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Min

from rapportage.afronden import GRENS, round_cubes
from rapportage.kubussen import CASUS, KANAAL, KUBUSSEN, LEEFGEBIED, ROUTE
from rapportage.maanden import last_closed, months_until, name_maand, write_maand
from rapportage.models import Cel, Publicatie
from rapportage.zegel import seal
from skt.autorisatie.context import acting_as_system
from skt.kern.errors import DomainError
from skt.verantwoording.models import Regel
from skt.verantwoording.services import record

BRON = "rapport"
"""The connection of skt_rapport: it reads the narrow views, writes cubes, and cannot read a name."""
SLOT = 20261001
"""Key of the advisory lock: one job at a time."""
Telling = dict[str, dict[str, int]]


class MonthNotClosed(DomainError):
    """The month isn't over yet."""


class SourceUnreadable(DomainError):
    """The source can't be trusted: it isn't read as the system, or holds something no cube knows."""


class PublicationFailed(DomainError):
    """PostgreSQL refused the cells."""


@dataclass(frozen=True)
class Sluiting:
    """What became of one month."""

    maand: date
    nieuw: bool

    def __str__(self) -> str:
        return f"{name_maand(self.maand)} {'is vastgezet' if self.nieuw else 'was al vastgezet'}"


def close_months(*, at: datetime, maand: date | None = None) -> Iterator[Sluiting]:
    """Close the given month, or every month that is over and isn't published yet, oldest first.

    Each month is one transaction. Stops at the first that can't be closed: see close_month.
    """
    for open_maand in [maand] if maand else _open_months(at):
        yield close_month(maand=open_maand, at=at)


def close_month(*, maand: date, at: datetime, random: Random | None = None) -> Sluiting:
    """Publish all cubes of one month, once and for ever, with one line in the log; a second time does nothing.

    Two jobs at once: the second waits, and finds it done. Killed halfway: nothing is there. The figures are written by
    skt_rapport and the line by skt_web, since neither may do the other's: two transactions, the figures first. Killed
    between the two, the figures stand without their line; the next run (close_months looks for such months) writes it.
    Raises MonthNotClosed, SourceUnreadable, BoundNotMet or PublicationFailed, and then nothing is published.
    """
    if maand > last_closed(at):
        raise MonthNotClosed(f"{name_maand(maand).capitalize()} is nog niet voorbij.")
    reden = f"stuurinformatie {write_maand(maand)} vastzetten"
    with transaction.atomic(), acting_as_system(reden):
        _lock()
        with transaction.atomic(using=BRON), acting_as_system(reden, using=BRON):
            nieuw = _first_of(maand) is None
            if nieuw:
                marges = {kubus.code: kubus.marge for kubus in KUBUSSEN}
                freeze(maand, at, round_cubes(_count(maand), marges, random or SystemRandom()))
            publicatie = _first_of(maand)
        if publicatie is not None and not _recorded([publicatie.pk]):
            record(
                action="rapportage.close_month", subject=publicatie, gegevens={"maand": write_maand(maand)}
            )
    return Sluiting(maand, nieuw)


def _open_months(at: datetime) -> list[date]:
    """The months from the first with anything in it up to the last that is over that aren't published yet.

    And those that are, but have no line in the log.
    """
    reden = "stuurinformatie: welke maanden"
    with transaction.atomic(using=BRON), acting_as_system(reden, using=BRON):
        _assert_system()
        with connections[BRON].cursor() as cursor:
            cursor.execute(
                "SELECT least((SELECT min(maand) FROM rapportage_bron_melding),"
                " (SELECT min(maand) FROM rapportage_bron_casus))"
            )
            (eerste,) = cursor.fetchone()
        published = dict(
            Publicatie.objects.using(BRON).order_by().values_list("maand").annotate(eerste=Min("pk"))
        )
    with transaction.atomic(), acting_as_system(reden):
        recorded = _recorded(list(published.values()))
    unrecorded = {maand for maand, pk in published.items() if pk not in recorded}
    over = set(months_until(eerste, last_closed(at))) if eerste else set()
    return sorted((over - published.keys()) | unrecorded)


def _lock() -> None:
    """Until the line is in the log: who waits must find the figures and the line, or neither."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])


def _first_of(maand: date) -> Publicatie | None:
    """The publication of a month that its line in the log points at."""
    return Publicatie.objects.using(BRON).filter(maand=maand).order_by("pk").first()


def _recorded(publicatie_ids: Sequence[int]) -> set[int | None]:
    lines = Regel.objects.filter(object_soort="publicatie", object_id__in=publicatie_ids)
    return set(lines.values_list("object_id", flat=True))


def _assert_system() -> None:
    """Without the system's context row-level security hides every row, and zeros would be frozen."""
    with connections[BRON].cursor() as cursor:
        cursor.execute("SELECT skt_context()")
        if cursor.fetchone()[0] != 0:
            raise SourceUnreadable("De bron van de cijfers is niet als systeem te lezen.")


BRONNEN = (
    (
        "SELECT route, kanaal, count(*) FROM rapportage_bron_melding WHERE maand = %s GROUP BY 1, 2",
        (ROUTE, KANAAL),
    ),
    (
        "SELECT leefgebied, count(*) FROM rapportage_bron_leefgebied WHERE maand = %s GROUP BY 1",
        (LEEFGEBIED,),
    ),
    ("SELECT gebeurtenis, count(*) FROM rapportage_bron_casus WHERE maand = %s GROUP BY 1", (CASUS,)),
)
"""One query per narrow view, with the cube that each column fills: so shared margins agree."""


def _count(maand: date) -> Telling:
    """True counts per cube and cell; every cell of the cube is there."""
    _assert_system()
    telling: Telling = {kubus.code: {waarde: 0 for waarde, _ in kubus.vakken} for kubus in KUBUSSEN}
    with connections[BRON].cursor() as cursor:
        for query, kubussen in BRONNEN:
            cursor.execute(query, [maand])
            for *waarden, aantal in cursor.fetchall():
                for kubus, waarde in zip(kubussen, waarden, strict=True):
                    if waarde not in telling[kubus.code]:
                        raise SourceUnreadable(f"De kubus ‘{kubus.code}’ kent een waarde uit de bron niet.")
                    telling[kubus.code][waarde] += aantal
    return telling


def freeze(maand: date, at: datetime, rond: Telling) -> None:
    """Write the rounded cells of a month, in their order, with their seal. Raises PublicationFailed."""
    try:
        for kubus, cellen in rond.items():
            publicatie = Publicatie.objects.using(BRON).create(
                kubus=kubus,
                maand=maand,
                grens=GRENS,
                bevroren_op=at,
                sha256=seal(kubus, maand, GRENS, (([waarde], aantal) for waarde, aantal in cellen.items())),
            )
            Cel.objects.using(BRON).bulk_create(
                Cel(publicatie=publicatie, kenmerken=[waarde], aantal=aantal)
                for waarde, aantal in cellen.items()
            )
    except DatabaseError:
        # An error of PostgreSQL quotes the row; that row goes no further than here.
        raise PublicationFailed(f"De cijfers van {name_maand(maand)} zijn niet opgeslagen.") from None
