"""The log as the privacy officer reads it: filtered in SQL, with the names of who acted, never with those of residents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from skt.medewerkers.models import Medewerker, Moederorganisatie
from skt.verantwoording.models import Regel, Soort
from skt.verantwoording.woorden import say_facts

VOLGORDE = ("-tijdstip", "-id")
TEL_TOT = 1000
"""A count stops here: ‘meer dan 1.000’ is enough to choose a shorter period."""
OPVALLEND_KEER = 3
OPVALLEND_GELEZEN = 50
OPVALLEND_GEWEIGERD = 5
"""Ours [V]: worth a talk is who reads three times the median (and fifty lines), or is refused five times or more."""
DAG_BEGINT, DAG_EINDIGT = 7, 20


@dataclass(frozen=True)
class Filter:
    """What the privacy officer asks for. Days are Dutch days, `tot` included; None and '' mean: no matter."""

    medewerker_id: int | None = None
    organisatie_id: int | None = None
    soort: str = ""
    actie: str = ""
    inwoner_id: int | None = None
    van: date | None = None
    tot: date | None = None
    noodtoegang: bool = False

    def words(self) -> dict[str, str]:
        """The filter for the log of reading the log."""
        return {
            name: "ja" if value is True else str(value)
            for name, value in vars(self).items()
            if value not in (None, "", False)
        }


@dataclass(frozen=True)
class Getoond:
    """One line, with the names of who acted and for whom."""

    regel: Regel
    medewerker: str
    organisatie: str

    @property
    def object(self) -> str:
        """Type and id only: the log never tells a resident's name."""
        regel = self.regel
        return regel.object_soort if regel.object_id is None else f"{regel.object_soort} {regel.object_id}"

    @property
    def waarom(self) -> list[str]:
        """The reason that was given, and the ground of the right; empty when neither was asked for."""
        return [zin for zin in (self.regel.reden, self.regel.recht) if zin]

    @property
    def bij(self) -> str:
        """What else was told, as words."""
        return say_facts(self.regel.gegevens)


@dataclass(frozen=True)
class Lezer:
    """What one medewerker read in a month, and how that stands to the others."""

    medewerker_id: int
    naam: str
    gelezen: int
    inwoners: int
    buiten_kantoortijd: int
    geweigerd: int
    noodtoegang: int
    keer_mediaan: float

    @property
    def waarom(self) -> str:
        """Why this one stands out; '' when not."""
        reasons = []
        if self.keer_mediaan >= OPVALLEND_KEER and self.gelezen >= OPVALLEND_GELEZEN:
            reasons.append(f"leest {self.keer_mediaan:.0f} keer zo veel als de mediaan")
        if self.geweigerd >= OPVALLEND_GEWEIGERD:
            reasons.append(f"{self.geweigerd} keer geweigerd")
        if self.noodtoegang:
            reasons.append("gebruikte noodtoegang")
        return ", ".join(reasons)


def regels(gevraagd: Filter) -> QuerySet[Regel]:
    """The lines that fit the filter, in no order yet."""
    found = Regel.objects.all()
    for field in ("medewerker_id", "organisatie_id", "soort", "inwoner_id"):
        if value := getattr(gevraagd, field):
            found = found.filter(**{field: value})
    if gevraagd.actie:
        found = found.filter(actie=gevraagd.actie)
    if gevraagd.noodtoegang:
        found = found.filter(noodtoegang=True)
    if gevraagd.van:
        found = found.filter(tijdstip__gte=_start(gevraagd.van))
    if gevraagd.tot:
        found = found.filter(tijdstip__lt=_start(gevraagd.tot + timedelta(days=1)))
    return found


def count(found: QuerySet[Regel], *, up_to: int = TEL_TOT) -> int:
    """How many lines, counted no further than `up_to` + 1."""
    return found.order_by()[: up_to + 1].count()


def with_names(lines: Iterable[Regel]) -> list[Getoond]:
    """The lines with the names of medewerkers and organisations: two queries, however many lines."""
    shown = list(lines)
    mensen = Medewerker.objects.in_bulk({r.medewerker_id for r in shown if r.medewerker_id})
    organisaties = Moederorganisatie.objects.in_bulk({r.organisatie_id for r in shown if r.organisatie_id})
    return [
        Getoond(
            regel,
            medewerker=_wie(regel, mensen),
            organisatie=organisaties[regel.organisatie_id].naam
            if regel.organisatie_id in organisaties
            else "",
        )
        for regel in shown
    ]


def inwoner_id_of(uuid: UUID) -> int | None:
    """The number of an inwoner in the log, by public id; only a privacy officer gets an answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verantwoording_inwoner(%s)", [str(uuid)])
        (found,) = cursor.fetchone()
    return int(found) if found is not None else None


def readers(maand: date) -> list[Lezer]:
    """Who read how much in this (Dutch) month; those who stand out first, then who read most."""
    begin = maand.replace(day=1)
    lines = Regel.objects.filter(
        tijdstip__gte=_start(begin), tijdstip__lt=_start(next_month(begin)), medewerker_id__isnull=False
    )
    rows = list(
        lines.values("medewerker_id").annotate(
            gelezen=Count("id", filter=Q(soort=Soort.LEZEN)),
            inwoners=Count("inwoner_id", filter=Q(soort=Soort.LEZEN), distinct=True),
            laat=Count("id", filter=Q(soort=Soort.LEZEN) & _outside_office_hours()),
            geweigerd=Count("id", filter=Q(soort=Soort.GEWEIGERD)),
            nood=Count("id", filter=Q(noodtoegang=True)),
        )
    )
    mensen = Medewerker.objects.in_bulk({row["medewerker_id"] for row in rows})
    midden = median([row["gelezen"] for row in rows if row["gelezen"]] or [0])
    found = [
        Lezer(
            medewerker_id=row["medewerker_id"] or 0,
            naam=mensen[row["medewerker_id"]].naam if row["medewerker_id"] in mensen else "Onbekend",
            gelezen=row["gelezen"],
            inwoners=row["inwoners"],
            buiten_kantoortijd=row["laat"],
            geweigerd=row["geweigerd"],
            noodtoegang=row["nood"],
            keer_mediaan=row["gelezen"] / midden if midden else 0.0,
        )
        for row in rows
    ]
    return sorted(found, key=lambda lezer: (not lezer.waarom, -lezer.gelezen, lezer.naam))


def next_month(maand: date) -> date:
    """The first day of the month after."""
    return (maand.replace(day=1) + timedelta(days=32)).replace(day=1)


def broken_links() -> Iterator[tuple[int | None, int | None, str]]:
    """What PostgreSQL finds wrong in the chain of hashes: number of the link, id of the line, finding.

    Needs the system context: to anybody else every line seems to be gone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT volgnummer, regel_id, bevinding FROM verantwoording_controleer()")
        yield from cursor.fetchall()


def _wie(regel: Regel, mensen: dict[int, Medewerker]) -> str:
    if regel.medewerker_id is None:
        return "Het systeem" if regel.soort != Soort.AANMELDEN else "Onbekend"
    return (
        mensen[regel.medewerker_id].naam
        if regel.medewerker_id in mensen
        else f"Medewerker {regel.medewerker_id}"
    )


def _start(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time.min))


def _outside_office_hours() -> Q:
    """In Dutch time: before seven, from eight in the evening, and at the weekend (Django counts Sunday as 1)."""
    return (
        Q(tijdstip__hour__lt=DAG_BEGINT)
        | Q(tijdstip__hour__gte=DAG_EINDIGT)
        | Q(tijdstip__week_day__in=[1, 7])
    )
