"""Wat er op triage wacht, en waar een melding heen lijkt te moeten."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import (
    Case,
    CharField,
    Count,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import F
from django.db.models.functions import ExtractYear, Least

from intake.models import Melding
from intake.models.melding import IS_CRISIS
from intake.queries import end_of_today, lives_in
from skt.kern.keuzelijsten import Thema
from skt.medewerkers.models import Mandaat, Medewerker
from socialekaart.models import Lijn, Voorziening
from socialekaart.queries import search
from triage.models import Bord

JEUGDTHEMAS = [Thema.OPVOEDING, Thema.ONTWIKKELING, Thema.JEUGDHULP]
VOLWASSENTHEMAS = [Thema.SCHULDEN, Thema.WONEN, Thema.OUDEREN]
"""Samen met een jeugdthema vragen deze om beide teams [V]."""
ACHTTIEN_JAAR = timedelta(days=18 * 365 + 4)


def with_bordvoorstel(meldingen: "QuerySet[Melding]") -> "QuerySet[Melding]":
    """Elke melding met `bordvoorstel`: naar leeftijd en thema's. Een voorstel; de professional beslist."""
    kind = Q(inwoner__geboortedatum__gt=F("ontvangen_op") - ACHTTIEN_JAAR) | Q(
        inwoner__geboortedatum__isnull=True, inwoner__geboortejaar__gt=ExtractYear("ontvangen_op") - 18
    )
    jeugd = Q(themas__overlap=JEUGDTHEMAS)
    return meldingen.annotate(
        bordvoorstel=Case(
            When(kind, then=Value(Bord.JEUGD.value)),
            When(jeugd & Q(themas__overlap=VOLWASSENTHEMAS), then=Value(Bord.GEZAMENLIJK.value)),
            When(jeugd, then=Value(Bord.JEUGD.value)),
            default=Value(Bord.VOLWASSENEN.value),
            output_field=CharField(),
        )
    )


def suggest_bord(melding: Melding) -> str:
    """Het bord dat bij leeftijd en thema's past."""
    voorstel = (
        with_bordvoorstel(Melding.objects.filter(pk=melding.pk))  # type: ignore[misc]
        .values_list("bordvoorstel", flat=True)
        .first()
    )
    return voorstel or Bord.VOLWASSENEN.value


class Groep(models.IntegerChoices):
    """De delen van de werkvoorraad, in de volgorde waarin er gewerkt wordt."""

    CRISIS = 0, "Crisis: nu"
    SPOED = 1, "Spoed"
    VANDAAG = 2, "Te laat of vandaag"
    LATER = 3, "Later"


class EindeVanDeDag(Func):
    """Een dag als moment: 17:00 uur in Amsterdam, zoals overal (intake.services.rijen.end_of)."""

    template = "((%(expressions)s + time '17:00') AT TIME ZONE 'Europe/Amsterdam')"
    output_field = models.DateTimeField()


VOLGORDE = ("rang", "eerst", "id")
"""Hoe de werkvoorraad loopt: urgentie, dan hoeveel er van de termijn over is."""


def triage_worklist(meldingen: "QuerySet[Melding]", at: datetime) -> "QuerySet[Melding]":
    """Elke melding met haar `rang`, `groep`, `eerst` en `bordvoorstel`; sorteer op VOLGORDE.

    `rang`: crisis 0, spoed 1, de rest 2. `eerst`: het moment dat het eerst afloopt, van de triage zelf of van een lopende
    wettelijke termijn.
    """
    rang = Case(
        When(IS_CRISIS, then=Value(0)),
        When(spoed=True, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    eerst = Least(F("uiterlijk"), EindeVanDeDag(F("eerste_termijn")))
    return (
        with_bordvoorstel(meldingen)
        .annotate(rang=rang, eerst=eerst)
        .annotate(
            groep=Case(
                When(IS_CRISIS, then=Value(Groep.CRISIS.value)),
                When(spoed=True, then=Value(Groep.SPOED.value)),
                When(eerst__lte=end_of_today(at), then=Value(Groep.VANDAAG.value)),
                default=Value(Groep.LATER.value),
                output_field=IntegerField(),
            ),
        )
    )


def filter_worklist(
    meldingen: "QuerySet[Melding]",
    *,
    user: Medewerker,
    zoek: str = "",
    bord: str = "",
    leefgebied: str = "",
    thema: str = "",
    spoor: str = "",
    gebied: str = "",
    organisatie: int | None = None,
    mij: bool = False,
) -> "QuerySet[Melding]":
    """Wat de filters boven de lijst vragen; een leeg filter vraagt niets.

    `leefgebied`: daar is volgens de uitvraag iets nodig. `organisatie`: die de melding aannam.
    """
    if zoek:
        meldingen = meldingen.filter(
            Q(nummer__startswith=zoek)
            | Q(inwoner__achternaam__icontains=zoek)
            | Q(inwoner__roepnaam__icontains=zoek)
        )
    if bord:
        meldingen = meldingen.filter(bordvoorstel=bord)  # type: ignore[misc]
    if leefgebied:
        meldingen = meldingen.filter(leefgebieden__contains=[leefgebied])
    if thema:
        meldingen = meldingen.filter(themas__contains=[thema])
    if spoor:
        meldingen = meldingen.filter(spoor=spoor)
    if gebied:
        meldingen = meldingen.filter(lives_in(gebied))
    if organisatie:
        meldingen = meldingen.filter(organisatie=organisatie)
    return meldingen.filter(verantwoordelijke=user) if mij else meldingen


def count_worklist(meldingen: "QuerySet[Melding]", at: datetime, bord: str = "") -> dict[str, int]:
    """Eén query: per bord (`bord_jeugd`...) en `alle`; en van dit bord per groep (`groep_0`...), `te_laat` en `totaal`."""
    hier = Q(bordvoorstel=bord) if bord else Q()
    per_bord = {f"bord_{een.value}": Count("pk", filter=Q(bordvoorstel=een.value)) for een in Bord}
    per_groep = {f"groep_{groep.value}": Count("pk", filter=hier & Q(groep=groep.value)) for groep in Groep}
    counts: dict[str, int] = meldingen.order_by().aggregate(
        alle=Count("pk"),
        totaal=Count("pk", filter=hier) if bord else Count("pk"),
        te_laat=Count("pk", filter=hier & Q(eerst__lt=at)),
        **per_bord,
        **per_groep,
    )
    return counts


def weighing_now(meldingen: "QuerySet[Melding]", limit: int = 12) -> list[tuple[int, int]]:
    """Wie hoeveel meldingen in triage op naam heeft: (medewerker, aantal), de meeste eerst."""
    rijen = (
        meldingen.order_by()
        .filter(verantwoordelijke__isnull=False)
        .values_list("verantwoordelijke")
        .annotate(aantal=Count("pk"))
        .order_by("-aantal", "verantwoordelijke")
    )
    return list(rijen[:limit])


def find_aanbod(tekst: str, limit: int = 8) -> list[Voorziening]:
    """Vrij toegankelijk aanbod bij een naam, code of woord; wat precies zo heet eerst."""
    precies = Voorziening.objects.offered().free().filter(Q(naam__iexact=tekst) | Q(code__iexact=tekst))
    gevonden = [*precies[:limit], *search(tekst, lijn=Lijn.NULDE)[:limit]]
    return list(dict.fromkeys(gevonden))[:limit]


def running_mandaten(medewerker: Medewerker, dag: date) -> "QuerySet[Mandaat]":
    """De mandaten van deze medewerker die op deze dag gelden: `van` telt mee, `tot` niet."""
    return Mandaat.objects.filter(Q(tot__isnull=True) | Q(tot__gt=dag), medewerker=medewerker, van__lte=dag)
