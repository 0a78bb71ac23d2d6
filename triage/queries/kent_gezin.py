"""Wie het gezin kent: wat er voor iedereen staat, en wat degene die het zei er zelf nog van weet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from triage.models import KentGezin


@dataclass(frozen=True)
class BekendePlaats:
    """Waar een aanmelding staat van een gezin dat wie kijkt kent: genoeg voor een lege kaart, en niet meer."""

    aanmelding_id: int
    bord: str
    status: str
    urgentie: str
    punt_id: int | None
    overleg_id: int | None
    volgorde: int | None
    besloten: bool | None


def known_places() -> list[BekendePlaats]:
    """Per aanmelding die wie handelt niet ziet omdat hij het gezin kent, elk van haar agendapunten (of één rij zonder)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM triage_wat_ik_ken()")
        return [BekendePlaats(*rij) for rij in cursor.fetchall()]


def knowers(aanmelding_ids: Iterable[int]) -> list[KentGezin]:
    """Wie er nu zei het gezin te kennen, op naam."""
    rijen = KentGezin.objects.filter(aanmelding__in=list(aanmelding_ids), opgeheven_op=None)
    return list(rijen.select_related("medewerker").order_by("medewerker__achternaam", "pk"))
