"""Wat er binnen mandaten is toegekend: aan één inwoner samen, per mandaat, en als lijst."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, DecimalField, Func, Max, QuerySet

from skt.medewerkers.models import Mandaat, Medewerker
from triage.models import Toekenning
from triage.queries.triage import running_mandaten

VOLGORDE = ("-besluitdatum", "-id")
EURO: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=14, decimal_places=2)


def granted_at_most(
    inwoner_id: int, wet: str, product: str, van: date, tot_en_met: date, per: str
) -> Decimal:
    """Euro per jaar dat deze inwoner in deze periode ten hoogste tegelijk heeft, ook van collega's: alleen het bedrag."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT triage_toegekend(%s, %s, %s, %s, %s, %s)",
            [inwoner_id, wet, product, van, tot_en_met, per],
        )
        return Decimal(cursor.fetchone()[0])


def with_samen(toekenningen: "QuerySet[Toekenning]") -> "QuerySet[Any]":
    """Elke toekenning met `samen`: wat deze inwoner in haar periode ten hoogste tegelijk heeft, in euro per jaar."""
    return toekenningen.annotate(
        samen=Func(
            "triage__melding__inwoner_id", "wet", "product", "van", "tot_en_met", "per",
            function="triage_toegekend", output_field=EURO,
        )
    )  # fmt: skip


def filter_toekenningen(
    toekenningen: "QuerySet[Toekenning]",
    *,
    user: Medewerker,
    dag: date,
    mij: bool = False,
    wet: str = "",
    product: str = "",
    mandaat: int | None = None,
    van: date | None = None,
    tot_en_met: date | None = None,
    loopt: bool = False,
) -> "QuerySet[Toekenning]":
    """Wat de filters vragen; `van` en `tot_en_met` gaan over de dag van het besluit, `loopt` over de dag van nu."""
    vraag = {
        "triage__medewerker": user if mij else None,
        "wet": wet,
        "product__icontains": product,
        "mandaat": mandaat,
        "besluitdatum__gte": van,
        "besluitdatum__lte": tot_en_met,
        **({"van__lte": dag, "tot_en_met__gte": dag} if loopt else {}),
    }
    return toekenningen.filter(**{veld: waarde for veld, waarde in vraag.items() if waarde})


@dataclass(frozen=True)
class Mandaatgebruik:
    """Wat er onder een mandaat is toegekend; `bedrag` is het meeste bij één inwoner, in euro per jaar."""

    mandaat: Mandaat
    geldt: bool
    aantal: int
    bedrag: Decimal

    @property
    def deel(self) -> int:
        return filled(self.bedrag, self.mandaat)


def filled(bedrag: Decimal, mandaat: Mandaat) -> int:
    """Procent van het plafond dat er bij één inwoner vol is; naar beneden afgerond, zodat 100% echt vol is."""
    return int(bedrag * 100 / mandaat.plafond)


def used_mandaten(toekenningen: "QuerySet[Toekenning]", user: Medewerker, dag: date) -> list[Mandaatgebruik]:
    """De mandaten van `user` die nu gelden of waaronder iets is toegekend, de nieuwste eerst."""
    tellingen = {
        rij["mandaat"]: rij
        for rij in with_samen(toekenningen.filter(mandaat__medewerker=user))
        .order_by()
        .values("mandaat")
        .annotate(aantal=Count("pk"), hoogste=Max("samen"))
    }
    geldend = set(running_mandaten(user, dag).values_list("pk", flat=True))
    return [
        Mandaatgebruik(
            mandaat,
            geldt=mandaat.pk in geldend,
            aantal=tellingen.get(mandaat.pk, {}).get("aantal", 0),
            bedrag=tellingen.get(mandaat.pk, {}).get("hoogste") or Decimal(0),
        )
        for mandaat in Mandaat.objects.filter(pk__in=geldend | set(tellingen), medewerker=user).order_by(
            "-van", "-pk"
        )
    ]
