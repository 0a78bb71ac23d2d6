"""Lezen over casussen heen: werklast, zoeken, en de lijst die zegt wat het eerst moet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.urls import reverse

from casusregie.models import Actie, Casus, Nazorg, Regietoewijzing
from casusregie.status import CasusStatus
from skt.autorisatie.rules import permitted
from skt.medewerkers.models import DOSSIERROLLEN, TEAMROLLEN, Medewerker, Plaatsing
from skt.medewerkers.overdracht import OverTeDragen
from skt.verantwoording.services import Gelezen, record_read
from skt.web.zoeken import Vondst

MAX_VONDSTEN = 10
NOOIT = date(9999, 12, 31)


def count_running_regie(medewerker_ids: Sequence[int]) -> dict[int, int]:
    """Hoeveel open casussen ieder nu heeft; de database telt ze voor het overleg, zonder te zeggen welke."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT medewerker, aantal FROM casusregie_werklast(%s)", [list(medewerker_ids)])
        return dict(cursor.fetchall())


def weigh_running_regie(medewerker_ids: Sequence[int]) -> dict[int, float]:
    """Hoe zwaar die casussen samen wegen; de gewichten staan in migratie 0008 [V]."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT medewerker, gewicht FROM casusregie_werkgewicht(%s)", [list(medewerker_ids)])
        return dict(cursor.fetchall())


def with_next_step(casussen: QuerySet[Casus]) -> QuerySet[Casus]:
    """Met `eerst_op`: de eerste dag waarop iets moet (leeg als de casus dicht is), en `eerste_actie`."""
    acties = Actie.objects.filter(casus=OuterRef("pk"), status=Actie.Status.OPEN).order_by("uiterlijk", "pk")
    nazorg = Nazorg.objects.filter(casus=OuterRef("pk"), uitgevoerd_op__isnull=True).order_by(
        "gepland_op", "pk"
    )
    return casussen.annotate(
        actie_op=Subquery(acties.values("uiterlijk")[:1], output_field=DateField()),
        nazorg_op=Subquery(nazorg.values("gepland_op")[:1], output_field=DateField()),
        eerste_actie=Subquery(acties.values("wat")[:1], output_field=CharField()),
        eerst_op=Case(
            When(status=CasusStatus.AFGESLOTEN, then=None),
            default=Least("actie_op", "nazorg_op"),
            output_field=DateField(),
        ),
        # Turning pages needs a value in every row; what is closed comes last.
        volgorde=Coalesce("eerst_op", Value(NOOIT), output_field=DateField()),
    )


def filter_casussen(
    casussen: QuerySet[Casus],
    *,
    user: Medewerker,
    van: str,
    status: str,
    te_laat: bool,
    zoek: str,
    vandaag: date,
) -> QuerySet[Casus]:
    """De lijst, uit casussen met with_next_step: van wie, welke stand (zonder: wat loopt) en wat gezocht wordt."""
    if van == "mij":
        casussen = casussen.of_regisseur(user.pk)  # type: ignore[attr-defined]
    elif van == "organisatie":
        casussen = casussen.filter(lees_organisaties__overlap=user.organisatie_ids(*DOSSIERROLLEN))
    elif van == "team":
        casussen = casussen.filter(team__in=user.team_ids(*TEAMROLLEN))
    casussen = casussen.filter(status=status) if status else casussen.exclude(status=CasusStatus.AFGESLOTEN)
    if te_laat:
        casussen = casussen.filter(eerst_op__lt=vandaag)
    if zoek:
        casussen = casussen.filter(Q(nummer__startswith=zoek) | Q(titel__icontains=zoek))
    return casussen


def count_casussen(casussen: QuerySet[Casus], vandaag: date) -> dict[str, int]:
    """Per groep van de lijst hoeveel er zijn, geteld door de database."""
    week = vandaag + timedelta(days=7)
    return casussen.aggregate(
        totaal=Count("pk"),
        te_laat=Count("pk", filter=Q(eerst_op__lt=vandaag)),
        week=Count("pk", filter=Q(eerst_op__gte=vandaag, eerst_op__lt=week)),
        later=Count("pk", filter=Q(eerst_op__gte=week)),
        klaar=Count("pk", filter=Q(eerst_op__isnull=True)),
    )


def with_regisseurs(casussen: QuerySet[Casus]) -> QuerySet[Casus]:
    """Met `lopende_regie`: wie nu de casus- en procesregie heeft; en de leden, voor de verantwoording."""
    lopend = Regietoewijzing.objects.filter(tot__isnull=True).select_related("medewerker", "organisatie")
    return casussen.prefetch_related(
        Prefetch("regietoewijzingen", queryset=lopend.order_by("soort"), to_attr="lopende_regie"), "leden"
    )


def read_over_te_dragen(uiterlijk: date) -> list[OverTeDragen]:
    """Plaatsingen die dan voorbij zijn terwijl er nog werk ligt; de database telt, en zegt niet wat het is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT plaatsing, meldingen, casussen, acties FROM casusregie_over_te_dragen(%s)", [uiterlijk]
        )
        rijen = cursor.fetchall()
    plaatsingen = Plaatsing.objects.select_related("medewerker", "team").in_bulk([pk for pk, *_ in rijen])
    return [OverTeDragen(plaatsingen[pk], *aantallen) for pk, *aantallen in rijen]


def held_casussen(
    casussen: QuerySet[Casus], medewerker_ids: Collection[int]
) -> list[tuple[Casus, list[int]]]:
    """Waarin deze mensen nu de regie of een open actie hebben, met wie van hen; vier queries, hoeveel het er ook zijn."""
    regie = Regietoewijzing.objects.filter(medewerker__in=medewerker_ids, tot__isnull=True)
    acties = Actie.objects.open().filter(medewerker__in=medewerker_ids)
    gevonden = (
        casussen.filter(
            Exists(regie.filter(casus=OuterRef("pk"))) | Exists(acties.filter(casus=OuterRef("pk")))
        )
        .prefetch_related(
            Prefetch("regietoewijzingen", queryset=regie, to_attr="bij_hen"),
            Prefetch("acties", queryset=acties, to_attr="acties_bij_hen"),
            "leden",
        )
        .order_by("nummer")
    )
    return [
        (casus, sorted({deel.medewerker_id for deel in [*casus.bij_hen, *casus.acties_bij_hen]}))  # type: ignore[attr-defined]
        for casus in gevonden
    ]


def employers() -> dict[int, str]:
    """Waar iedere medewerker nu van is."""
    lopend = Plaatsing.objects.running().order_by("-van", "-pk")
    return dict(lopend.values_list("medewerker_id", "moederorganisatie__naam"))


@dataclass(frozen=True)
class Meekijker:
    """Eén regel van ‘wie keek mee’; `pk` is de plek om verder te bladeren."""

    pk: int
    tijdstip: datetime
    medewerker: str
    organisatie: str
    actie: str
    soort: str
    noodtoegang: bool


def read_meekijkers(casus: Casus, *, na: int | None = None, aantal: int) -> list[Meekijker]:
    """Wie deze casus zag of wijzigde, nieuwste eerst, na de plek `na`. De database geeft dit alleen aan wie haar beheert."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casusregie_meekijkers(%s, %s, %s)", [casus.pk, na, aantal])
        return [Meekijker(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Inbraak:
    """Eén keer noodtoegang: wie, namens wie, waarom en van wanneer tot wanneer."""

    medewerker: str
    organisatie: str
    reden: str
    begint_op: datetime
    eindigt_op: datetime


def read_noodtoegangen(casus: Casus, *, sinds: datetime) -> list[Inbraak]:
    """De noodtoegang tot deze casus sinds dat moment, nieuwste eerst; alleen voor wie haar beheert."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casusregie_noodtoegangen(%s, %s)", [casus.pk, sinds])
        return [Inbraak(*row) for row in cursor.fetchall()]


def find_casussen(user: Medewerker, vraag: str) -> list[Vondst]:
    """Voor het zoekvak: op nummer, of op naam van wie erin staat. Wat getoond wordt is gelezen."""
    zoek = Q(nummer__startswith=vraag) if vraag[:1].isdigit() else Q(titel__icontains=vraag)
    casussen = list(
        permitted(user, "casusregie.view_casus", Casus.objects.filter(zoek))
        .prefetch_related("leden")
        .order_by("-geopend_op")[:MAX_VONDSTEN]
    )
    log_shown(casussen, "casusregie.search")
    return [
        Vondst(
            "Casus",
            f"{casus.titel} {casus.nummer}",
            casus.get_status_display(),
            reverse("casusregie:casus_detail", args=[casus.nummer]),
        )
        for casus in casussen
    ]


def log_shown(casussen: Sequence[Casus], action: str, *, recht: str = "", noodtoegang: bool = False) -> None:
    """Eén regel per inwoner per casus die op het scherm kwam."""
    record_read(
        action=action,
        rows=[
            Gelezen("casus", casus.pk, inwoner)
            for casus in casussen
            for inwoner in (casus.inwoner_ids or [None])
        ],
        recht=recht,
        noodtoegang=noodtoegang,
    )
