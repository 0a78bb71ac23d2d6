"""Wat er in het overleg speelt, en wie de regie kan krijgen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Func, IntegerField, Q, QuerySet, Sum, Value, When

from skt.medewerkers.models import REGIEROLLEN, Medewerker, Moederorganisatie, Plaatsing
from triage.models import Aanmelding, Agendapunt, Overleg, Urgentie
from triage.werklast import MAXIMUM, count_werklast, weigh_werklast

URGENTIEVOLGORDE = [Urgentie.CRISIS, Urgentie.SPOED, Urgentie.REGULIER, Urgentie.LAAG]


@dataclass(frozen=True)
class Kandidaat:
    """Iemand die nu de casusregie kan krijgen, met hoeveel er al ligt."""

    medewerker: Medewerker
    organisatie: Moederorganisatie
    aantal: int
    gewicht: float = 0
    maximum: int = MAXIMUM
    kent_gezin: bool = False

    @property
    def kort(self) -> str:
        return self.organisatie.kort


def regie_candidates(
    team_ids: Sequence[int], dag: date, rollen: Iterable[str] = REGIEROLLEN
) -> list[Kandidaat]:
    """Wie in deze team(s) op deze dag een van deze rollen heeft, per organisatie op naam."""
    plaatsingen = (
        Plaatsing.objects.running(dag)
        .with_rol(rollen)
        .filter(team__in=list(team_ids), medewerker__is_active=True)
        .select_related("medewerker", "moederorganisatie")
        .order_by("moederorganisatie__naam", "medewerker__achternaam", "medewerker__pk")
    )
    uniek = {plaatsing.medewerker_id: plaatsing for plaatsing in plaatsingen}
    aantallen = count_werklast(list(uniek))
    gewichten = weigh_werklast(aantallen)
    return [
        Kandidaat(
            plaatsing.medewerker,
            plaatsing.moederorganisatie,
            aantallen[medewerker_id],
            gewichten[medewerker_id],
        )
        for medewerker_id, plaatsing in uniek.items()
    ]


def agenda(punten: "QuerySet[Agendapunt]") -> "QuerySet[Agendapunt]":
    """De agendapunten van een overleg in de volgorde van behandelen: crisis en spoed eerst.

    Zonder hun melding: die kan na het besluit voor dit team dicht zijn, en dan viel de regel weg.
    """
    return (
        punten.select_related("aanmelding", "partij", "casusregisseur", "procesregisseur", "besloten_door")
        .annotate(rang=urgentie_rang("aanmelding__urgentie"))
        .order_by("rang", "volgorde", "pk")
    )


def overleg_state(overleg: Overleg) -> str:
    """Een kort merk dat verandert als er in dit overleg iets verandert. Het overleg heeft zijn `tafel_punt` bij zich."""
    stand = Agendapunt.objects.filter(overleg=overleg).aggregate(
        n=Count("pk"),
        besloten=Count("pk", filter=~Q(besluit="")),
        versies=Sum("aanmelding__versie"),
        meldingen=Sum("aanmelding__melding__versie"),
        bekenden=Sum(cardinality("aanmelding__kenners")),
    )
    return "-".join(
        [overleg.status, str(overleg.tafel_punt or 0), *(str(getal or 0) for getal in stand.values())]
    )


def cardinality(veld: str) -> Func:
    """Hoeveel er in een reeks staan."""
    return Func(F(veld), function="cardinality", output_field=IntegerField())


def urgentie_rang(veld: str) -> Case:
    """0 voor crisis tot 3 voor laag, om op te sorteren."""
    return Case(
        *(When(**{veld: urgentie}, then=Value(rang)) for rang, urgentie in enumerate(URGENTIEVOLGORDE)),
        default=Value(len(URGENTIEVOLGORDE)),
        output_field=IntegerField(),
    )


def earlier_decisions(aanmelding: Aanmelding) -> "QuerySet[Agendapunt]":
    """Wat overleggen eerder besloten over deze inwoner (of, zonder inwoner, over deze melding); nieuwste eerst."""
    melding = aanmelding.melding
    over = Q(aanmelding__melding=melding)
    if melding.inwoner_id:
        over |= Q(aanmelding__melding__inwoner=melding.inwoner_id)
    return (
        Agendapunt.objects.filter(over)
        .exclude(besluit="")
        .select_related("partij", "overleg", "casusregisseur", "aanmelding__melding")
        .order_by("-besloten_op", "-pk")
    )
