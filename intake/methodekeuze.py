"""Welke methode wie gebruikt, en waarom: op naam, door het team, door de organisatie, om en om, of de standaard.

De keuze is vast te voorspellen: dezelfde medewerker krijgt op dezelfde dag altijd dezelfde methode.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from intake.models import Methodetoewijzing, Uitvraagmethode
from skt.medewerkers.models import DOSSIERROLLEN, Plaatsing, Rol

STAP = 618_034
"""Miljoensten van de gulden snede: opeenvolgende nummers vallen gelijkmatig uiteen, bij ieder aandeel."""
LOKETROLLEN = (Rol.LOKETPROFESSIONAL, Rol.ZORGREGISSEUR)


@dataclass(frozen=True)
class Wie:
    """Wat van een medewerker telt voor de keuze."""

    medewerker_id: int
    team_ids: frozenset[int] = frozenset()
    organisatie_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Keuze:
    """Een methode, en de zin die zegt waarom juist deze."""

    methode: Uitvraagmethode
    waarom: str


@dataclass(frozen=True)
class Gebruiker:
    """Iemand die uitvraagt, voor de lijst ‘wie gebruikt wat’."""

    naam: str
    organisatie: str
    keuze: Keuze = field(compare=False)


def in_share(medewerker_id: int, aandeel: int) -> bool:
    """Of deze medewerker bij het aandeel hoort: het volgnummer beslist, en dat verandert nooit."""
    return medewerker_id * STAP % 1_000_000 < aandeel * 10_000


def choose(wie: Wie, toewijzingen: Iterable[Methodetoewijzing], standaard: Uitvraagmethode) -> Keuze:
    """De eerste die past: op naam, team, organisatie, aandeel; anders de standaard."""
    running = list(toewijzingen)
    for een in running:
        if een.medewerker_id == wie.medewerker_id:
            return Keuze(een.methode, "op naam gekozen")
    for een in running:
        if een.team_id in wie.team_ids:
            return Keuze(een.methode, f"voor het hele team ({een.team})")
    for een in running:
        if een.organisatie_id in wie.organisatie_ids:
            return Keuze(een.methode, f"voor de hele organisatie ({een.organisatie})")
    for een in running:
        if een.aandeel is not None and in_share(wie.medewerker_id, een.aandeel):
            return Keuze(een.methode, f"om en om verdeeld, {een.aandeel} procent van de medewerkers")
    return Keuze(standaard, "de standaard")


def methode_for(medewerker_id: int | None, at: datetime) -> Keuze:
    """De methode waarmee deze medewerker op dit moment uitvraagt; zonder verdeling is dat de standaard."""
    dag = timezone.localtime(at).date()
    toewijzingen = list(
        Methodetoewijzing.objects.running(dag).select_related("methode", "team", "organisatie")
    )
    if not toewijzingen or medewerker_id is None:
        return Keuze(standard(), "de standaard")
    plaatsingen = Plaatsing.objects.running().with_rol(DOSSIERROLLEN).filter(medewerker_id=medewerker_id)
    return choose(_who(medewerker_id, plaatsingen), toewijzingen, standard())


def standard() -> Uitvraagmethode:
    """De methode voor wie niets anders is gekozen; er is er altijd precies één."""
    return Uitvraagmethode.objects.get(is_standaard=True)


def asked_methode(pk: int | None, medewerker_id: int | None, at: datetime) -> Uitvraagmethode:
    """De methode die op de pagina stond; is die er niet (meer), dan die nu geldt. Een concept vraagt niemand."""
    dag = timezone.localtime(at).date()
    shown = Uitvraagmethode.objects.filter(pk=pk, geldig_van__lte=dag).first() if pk else None
    return shown or methode_for(medewerker_id, at).methode


def users_on(dag: date) -> list[Gebruiker]:
    """Wie er deze dag aan het loket uitvraagt, met welke methode en waarom; op naam."""
    toewijzingen = list(
        Methodetoewijzing.objects.running(dag).select_related("methode", "team", "organisatie")
    )
    standaard = standard()
    plaatsingen = (
        Plaatsing.objects.running(dag)
        .filter(rol__in=LOKETROLLEN, medewerker__is_active=True)
        .select_related("medewerker", "moederorganisatie")
        .order_by("medewerker__achternaam", "medewerker__voornaam", "medewerker_id", "pk")
    )
    per_mens: dict[int, list[Plaatsing]] = {}
    for plaatsing in plaatsingen:
        per_mens.setdefault(plaatsing.medewerker_id, []).append(plaatsing)
    return [
        Gebruiker(
            eigen[0].medewerker.naam,
            eigen[0].moederorganisatie.naam,
            choose(_who(pk, eigen), toewijzingen, standaard),
        )
        for pk, eigen in per_mens.items()
    ]


def _who(medewerker_id: int, plaatsingen: Iterable[Plaatsing]) -> Wie:
    eigen = list(plaatsingen)
    return Wie(
        medewerker_id,
        frozenset(p.team_id for p in eigen),
        frozenset(p.moederorganisatie_id for p in eigen),
    )
