"""Een maand vastzetten: tellen, afronden, controleren, bevriezen. Een waar aantal verlaat deze module nooit.

Nothing here logs, and no error says a number: what is counted goes into the rounding, and only what is
published comes out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from secrets import SystemRandom

from django.db import DatabaseError, connections, transaction

from rapportage.afronden import GRENS, round_cubes
from rapportage.kubussen import CASUS, KANAAL, KUBUSSEN, LEEFGEBIED, ROUTE
from rapportage.maanden import last_closed, months_until, name_maand, write_maand
from rapportage.models import Cel, Publicatie
from rapportage.zegel import seal
from skt.autorisatie.context import acting_as_system
from skt.kern.errors import DomainError
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
    """Publish all cubes of one month, once and for ever; a second time does nothing.

    Two jobs at once: the second waits, and finds it done. Killed halfway: nothing is there. Raises
    MonthNotClosed, SourceUnreadable, BoundNotMet or PublicationFailed, and then nothing is published.
    """
    if maand > last_closed(at):
        raise MonthNotClosed(f"{name_maand(maand).capitalize()} is nog niet voorbij.")
    reden = f"stuurinformatie {write_maand(maand)} vastzetten"
    with transaction.atomic(), acting_as_system(reden):
        with transaction.atomic(using=BRON), acting_as_system(reden, using=BRON):
            _lock()
            if Publicatie.objects.using(BRON).filter(maand=maand).exists():
                return Sluiting(maand, nieuw=False)
            marges = {kubus.code: kubus.marge for kubus in KUBUSSEN}
            rond = round_cubes(_count(maand), marges, random or SystemRandom())
            freeze(maand, at, rond)
        record(action="rapportage.close_month", gegevens={"maand": write_maand(maand)})
    return Sluiting(maand, nieuw=True)


def _open_months(at: datetime) -> list[date]:
    """The months from the first with anything in it up to the last that is over, without those published."""
    with transaction.atomic(using=BRON), acting_as_system("stuurinformatie: welke maanden", using=BRON):
        _assert_system()
        with connections[BRON].cursor() as cursor:
            cursor.execute(
                "SELECT least((SELECT min(maand) FROM rapportage_bron_melding),"
                " (SELECT min(maand) FROM rapportage_bron_casus))"
            )
            (eerste,) = cursor.fetchone()
        done = set(Publicatie.objects.using(BRON).values_list("maand", flat=True))
    if eerste is None:
        return []
    return [maand for maand in months_until(eerste, last_closed(at)) if maand not in done]


def _lock() -> None:
    with connections[BRON].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])


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
