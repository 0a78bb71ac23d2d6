"""Een maand vastzetten: boeken, tellen, afronden, controleren, bevriezen. Een waar aantal verlaat deze module nooit.

Nothing here logs, and no error says a number: what is counted goes into the rounding, and only what is
published comes out. All of it is one transaction: killed at any step, nothing has happened.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.db.models import Max, Min

from rapportage import catalogus as catalogi
from rapportage.afronden import GRENS, BoundNotMet
from rapportage.bladen import Gemaakt, make_sheets
from rapportage.catalogus import Catalogus, Familie
from rapportage.controle import check_uitgave
from rapportage.maanden import last_closed, months_until, name_maand, next_maand, previous_maand, write_maand
from rapportage.maken import round_month
from rapportage.models import Blad, Grondslag, Indeling, Periode, Publicatie
from rapportage.samenstellen import (
    Maandstand,
    ceilings,
    closes,
    disagrees,
    fill_tables,
    month_tables,
    pack,
    unpack,
)
from rapportage.tellen import (
    BRON,
    SourceUnreadable,
    Telling,
    assert_system,
    book,
    count,
    first_month,
    is_tied,
    one_moment,
    read_lists,
)
from rapportage.uitvoer import export, hash_bytes, write_table
from rapportage.zegel import seal
from skt.autorisatie.context import acting_as_system
from skt.kern.errors import DomainError
from skt.verantwoording.models import Regel
from skt.verantwoording.services import record

ACTIE = "rapportage.close_month"
SLOT = 20261001
"""Key of the advisory lock: one job at a time."""
ONVERWACHT = (
    ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""Mistakes of ours, or too little memory; whoever kills the job is none of them."""
GRENSTEKEN = "\x1f"
"""Between the values of a cell on their way to PostgreSQL; in no value."""
Eerder = dict[str, list[Maandstand]]

__all__ = ["BoundNotMet", "SourceUnreadable", "close_month", "close_months", "freeze"]


class MonthNotClosed(DomainError):
    """The month isn't over yet."""


class MonthOutOfOrder(DomainError):
    """Months close one after the other: the next one carries on the error of the one before."""


class PublicationFailed(DomainError):
    """PostgreSQL refused the cells."""


class PublicationInterrupted(PublicationFailed):
    """Not a mistake in the figures: the database or the disk went away, or two jobs waited for each other. Worth another try."""


class PublicationRefused(DomainError):
    """The audit found something: nothing of this month is published."""


@dataclass(frozen=True)
class Gevuld:
    """One table as it is published."""

    tabel: str
    periode: str
    begin: date
    kolommen: Sequence[str]
    cellen: Sequence[tuple[list[str], int]]


@dataclass(frozen=True)
class Strijdig:
    """A family that isn't published: others count otherwise what it counts as well. Which of them is wrong, nobody knows."""

    familie: str
    anders: Sequence[str]

    def __str__(self) -> str:
        andere = " en ".join(f"‘{titel}’" for titel in self.anders)
        return f"‘{self.familie}’: wat ook uit {andere} volgt, is daar anders geteld"


@dataclass(frozen=True)
class Sluiting:
    """What became of one month."""

    maand: date
    nieuw: bool
    zonder: tuple["Strijdig", ...] = ()

    def __str__(self) -> str:
        return "".join(
            [
                f"{name_maand(self.maand)} {'is vastgezet' if self.nieuw else 'was al vastgezet'}",
                *(f"; zonder {strijdig}" for strijdig in self.zonder),
            ]
        )


def close_months(
    *, at: datetime, maand: date | None = None, meld: Callable[[str], None] | None = None
) -> Iterator[Sluiting]:
    """Close the given month, or every month that is over and isn't published yet, oldest first.

    Each month is one transaction. Stops at the first that can't be closed: see close_month. `meld` hears which step
    of which month begins; never a number.
    """
    for open_maand in [maand] if maand else _open_months(at):
        yield close_month(maand=open_maand, at=at, meld=meld)


def close_month(*, maand: date, at: datetime, meld: Callable[[str], None] | None = None) -> Sluiting:
    """Publish all that this month completes, once and for ever, with one line in the log; a second time does nothing.

    Two jobs at once: the second waits, and finds it done. Killed halfway: nothing is there. The figures are written by
    skt_rapport and the line by skt_web, since neither may do the other's: two transactions, the figures first. Killed
    between the two, the figures stand without their line; the next run (close_months looks for such months) writes it.
    Raises MonthNotClosed, MonthOutOfOrder, SourceUnreadable, BoundNotMet, PublicationRefused, PublicationFailed or its
    PublicationInterrupted (worth another try), and then nothing is published and nothing is booked.
    """
    if maand > last_closed(at):
        raise MonthNotClosed(f"{name_maand(maand).capitalize()} is nog niet voorbij.")
    reden = f"stuurinformatie {write_maand(maand)} vastzetten"
    with transaction.atomic(), acting_as_system(reden):
        _lock()
        with one_moment(reden):
            nieuw = _first_of(maand) is None
            strijdig: tuple[Strijdig, ...] = ()
            if nieuw:
                _assert_in_order(maand)
                strijdig = _publish(maand, at, meld or (lambda _stap: None))
            publicatie = _first_of(maand)
        if publicatie is not None and not _recorded([publicatie.pk]):
            record(action=ACTIE, subject=publicatie, gegevens={"maand": write_maand(maand)})
    return Sluiting(maand, nieuw, strijdig)


def _publish(maand: date, at: datetime, meld: Callable[[str], None]) -> tuple[Strijdig, ...]:
    """Raises as close_month. Gives back what isn't in it because the source contradicts itself there."""
    assert_system()
    strijdig: list[Strijdig] = []
    try:
        meld(f"{name_maand(maand)}: boeken")
        _book(maand)
        catalogus = _catalogue(maand.year)
        if not is_tied():
            catalogus = catalogus.untied()
        eerder = _earlier(catalogus, maand)
        elders: dict[str, Any] = {}
        gevuld: list[Gevuld] = []
        for familie in catalogus.families:
            meld(f"{name_maand(maand)}: {familie.stam.titel.lower()}")
            waar = count(catalogus, familie, maand)
            anders = disagrees(catalogus, familie, maand, waar, eerder, elders)
            if anders:
                strijdig.append(Strijdig(familie.stam.titel, [_title(catalogus, tabel) for tabel in anders]))
                continue
            plafonds = ceilings(catalogus, familie, eerder, lambda later: count(catalogus, later, maand))
            rond = round_month(catalogus, familie, maand, waar, eerder, elders, plafonds)
            elders |= month_tables(catalogus, familie, waar, rond)
            gevuld += _filled(catalogus, familie, maand, waar, rond, eerder)
            for kubus in familie.kubussen:
                eerder.setdefault(kubus.code, []).append(
                    Maandstand(maand, waar[kubus.code], rond[kubus.code])
                )
        meld(f"{name_maand(maand)}: opslaan")
        _keep(maand, eerder)
        freeze(at=at, tabellen=gevuld, bladen=_sheets(catalogus, maand, gevuld))
        meld(f"{name_maand(maand)}: controleren")
        bevindingen = check_uitgave(
            export(BRON, vanaf=closes(maand)[-1][1]),
            alleen=write_maand(maand),
            getuige={
                code: {stand.maand: stand.rond for stand in standen} for code, standen in eerder.items()
            },
            waarheid={
                code: {stand.maand: stand.waar for stand in standen} for code, standen in eerder.items()
            },
        )
    except DomainError:
        raise
    except (OperationalError, OSError):
        raise PublicationInterrupted(
            f"Het vastzetten van {name_maand(maand)} is onderbroken. Er is niets gepubliceerd."
        ) from None
    except DatabaseError:
        # An error of PostgreSQL quotes the row; that row goes no further than here.
        raise PublicationFailed(f"De cijfers van {name_maand(maand)} zijn niet opgeslagen.") from None
    except ONVERWACHT as error:
        # What went wrong may quote what was counted: of that only its kind goes further.
        raise PublicationFailed(
            f"De cijfers van {name_maand(maand)} zijn niet gemaakt ({type(error).__name__})."
        ) from None
    if bevindingen:
        raise PublicationRefused(
            f"De controle houdt {name_maand(maand)} tegen: {bevindingen[0].soort} ({bevindingen[0].waar})."
        )
    return tuple(strijdig)


def _title(catalogus: Catalogus, tabel: str) -> str:
    gevonden = catalogus.find(tabel)
    return gevonden[2].titel if gevonden else tabel


def _filled(
    catalogus: Catalogus,
    familie: Familie,
    maand: date,
    waar: Telling,
    rond: Mapping[str, Any],
    eerder: Eerder,
) -> list[Gevuld]:
    return [
        Gevuld(
            tabel.code,
            periode,
            begin,
            tabel.kenmerken,
            list(zip(catalogus.cells(tabel), aantallen.tolist(), strict=True)),
        )
        for tabel, periode, begin, aantallen in fill_tables(catalogus, familie, maand, waar, rond, eerder)
    ]


def _sheets(catalogus: Catalogus, maand: date, gevuld: Sequence[Gevuld]) -> list[Gemaakt]:
    """What appears beside these tables, from their published numbers."""
    nodig = {vorm.uit for vorm in catalogus.bladen}
    cijfers = {
        (tabel.tabel, tabel.periode): {tuple(cel): aantal for cel, aantal in tabel.cellen}
        for tabel in gevuld
        if tabel.tabel in nodig
    }
    return make_sheets(catalogus, closes(maand), cijfers)


def _months() -> Any:
    return Publicatie.objects.using(BRON).filter(periode=Periode.MAAND)


def _last() -> date | None:
    laatste: date | None = _months().aggregate(laatste=Max("maand"))["laatste"]
    return laatste


def _assert_in_order(maand: date) -> None:
    laatste = _last()
    if laatste is None:
        eerste = first_month()
        if eerste is not None and maand < eerste:
            raise MonthOutOfOrder(
                f"Er is nog niets vastgezet, en voor {name_maand(eerste)} gebeurde er niets. Begin daarmee, of later."
            )
        return
    if maand == next_maand(laatste):
        return
    if maand < laatste:
        raise MonthOutOfOrder(
            f"{name_maand(laatste).capitalize()} is al vastgezet. Wat in {name_maand(maand)} nog niet geteld was, staat daarna."
        )
    raise MonthOutOfOrder(f"Zet eerst {name_maand(next_maand(laatste))} vast.")


def _book(maand: date) -> None:
    """Book what this month counts; what was published before there was a book, is booked as published."""
    laatste = _last()
    if laatste is not None and not Grondslag.objects.using(BRON).exists():
        book(laatste)
    book(maand)


def _catalogue(jaar: int) -> Catalogus:
    """The catalogue of this year; the first month that closes in it freezes it."""
    indeling = Indeling.objects.using(BRON).filter(jaar=jaar).first()
    if indeling is None:
        inhoud = catalogi.compose(read_lists())
        indeling = Indeling.objects.using(BRON).create(
            jaar=jaar, inhoud=inhoud, sha256=catalogi.fingerprint(inhoud)
        )
    elif catalogi.fingerprint(indeling.inhoud) != indeling.sha256:
        raise SourceUnreadable(f"De indeling van {jaar} is niet meer wat is vastgezet.")
    return catalogi.read(indeling.inhoud)


def _earlier(catalogus: Catalogus, maand: date) -> Eerder:
    """Per cube the earlier months of this year; of a stand also the last month there is, whatever its year."""
    grondslagen = Grondslag.objects.using(BRON).order_by("maand")
    standen = {familie.stam.code for familie in catalogus.families if familie.stand}
    eerder: Eerder = {}
    december = previous_maand(date(maand.year, 1, 1))
    indeling = Indeling.objects.using(BRON).filter(jaar=december.year).first()
    toen = catalogi.read(indeling.inhoud) if indeling else None
    vorig_jaar = grondslagen.filter(kubus__in=standen, maand=december) if toen else grondslagen.none()
    for grondslag in [*vorig_jaar, *grondslagen.filter(maand__year=maand.year)]:
        eerder.setdefault(grondslag.kubus, []).append(
            Maandstand(
                grondslag.maand,
                unpack(grondslag.waar),
                unpack(grondslag.rond),
                toen if grondslag.maand == december else None,
            )
        )
    return eerder


def _keep(maand: date, standen: Eerder) -> None:
    Grondslag.objects.using(BRON).bulk_create(
        Grondslag(kubus=code, maand=maand, waar=pack(laatste.waar), rond=pack(laatste.rond))
        for code, (*_, laatste) in standen.items()
        if laatste.maand == maand
    )


def _open_months(at: datetime) -> list[date]:
    """From the month after the last that was published, or from the first with anything in it, up to the last that is over.

    And before those the months that are published but have no line in the log.
    """
    reden = "stuurinformatie: welke maanden"
    with transaction.atomic(using=BRON), acting_as_system(reden, using=BRON):
        assert_system()
        published = dict(_months().order_by().values_list("maand").annotate(eerste=Min("pk")))
        eerste = next_maand(max(published)) if published else first_month()
    with transaction.atomic(), acting_as_system(reden):
        recorded = _recorded(list(published.values()))
    unrecorded = sorted(maand for maand, pk in published.items() if pk not in recorded)
    return unrecorded + (list(months_until(eerste, last_closed(at))) if eerste else [])


def _first_of(maand: date) -> Publicatie | None:
    """The publication of a month that its line in the log points at."""
    found: Publicatie | None = _months().filter(maand=maand).order_by("pk").first()
    return found


def _recorded(publicatie_ids: Sequence[int]) -> set[int | None]:
    """Which of these have their line of closing; another line about them (the message to policy) is none."""
    lines = Regel.objects.filter(actie=ACTIE, object_soort="publicatie", object_id__in=publicatie_ids)
    return set(lines.values_list("object_id", flat=True))


def _lock() -> None:
    """Until the line is in the log: who waits must find the figures and the line, or neither."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])


def freeze(*, at: datetime, tabellen: Sequence[Gevuld], bladen: Sequence[Gemaakt] = ()) -> None:
    """Write the rounded tables, their cells in order, each with its seal and that of its file; and what appears beside them.

    Raises PublicationFailed.
    """
    try:
        publicaties = Publicatie.objects.using(BRON).bulk_create(
            Publicatie(
                kubus=gevuld.tabel,
                periode=gevuld.periode,
                maand=gevuld.begin,
                grens=GRENS,
                bevroren_op=at,
                sha256=seal(gevuld.tabel, gevuld.begin, GRENS, gevuld.cellen, gevuld.periode),
                bestand_sha256=hash_bytes(write_table(gevuld.kolommen, gevuld.cellen)),
            )
            for gevuld in tabellen
        )
        _insert_cells(publicaties, tabellen)
        Blad.objects.using(BRON).bulk_create(
            Blad(
                code=blad.code,
                periode=blad.periode,
                maand=blad.begin,
                bevroren_op=at,
                inhoud=blad.inhoud,
                sha256=hash_bytes(blad.inhoud.encode()),
            )
            for blad in bladen
        )
    except OperationalError:
        raise PublicationInterrupted("Het opslaan van de cijfers is onderbroken.") from None
    except DatabaseError:
        # An error of PostgreSQL quotes the row; that row goes no further than here.
        raise PublicationFailed("De cijfers zijn niet opgeslagen.") from None


def _insert_cells(publicaties: Sequence[Publicatie], tabellen: Sequence[Gevuld]) -> None:
    """All cells in one statement, in their order: a year has tens of thousands."""
    rijen = [
        (publicatie.pk, GRENSTEKEN.join(kenmerken), aantal)
        for publicatie, gevuld in zip(publicaties, tabellen, strict=True)
        for kenmerken, aantal in gevuld.cellen
    ]
    with connections[BRON].cursor() as cursor:
        cursor.execute(
            "INSERT INTO rapportage_cel (publicatie_id, kenmerken, aantal)"
            " SELECT p, string_to_array(k, %s), a"
            " FROM unnest(%s::bigint[], %s::text[], %s::int[]) WITH ORDINALITY AS rij (p, k, a, n) ORDER BY n",
            [GRENSTEKEN, *(list(kolom) for kolom in zip(*rijen, strict=True))],
        )
