"""Medewerkers with their placements, as the beheerder lists them."""

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from skt.medewerkers.models import Mandaat, Medewerker, Plaatsing, Rol

VOLGORDE = ("achternaam_klein", "id")
"""By surname, whatever its capitals; the key of a page."""
MANDAATVOLGORDE = ("-van", "-id")


def with_plaatsingen(
    *,
    on: date,
    zoek: str = "",
    stand: str = "",
    organisatie_id: int | None = None,
    team_id: int | None = None,
    rol: str = "",
) -> QuerySet[Medewerker]:
    """Medewerkers with all their placements, newest first.

    `stand`: ‘nu’ (something runs on this day), ‘zonder’ (nothing runs), ‘geblokkeerd’, or '' for everybody. The other
    filters ask for one placement that fits them all: a running one with ‘nu’, otherwise any.
    """
    medewerkers = Medewerker.objects.annotate(achternaam_klein=Lower("achternaam"))
    for word in zoek.split():
        medewerkers = medewerkers.filter(
            Q(voornaam__icontains=word) | Q(achternaam__icontains=word) | Q(username__icontains=word)
        )
    fitting = Plaatsing.objects.filter(medewerker=OuterRef("pk"))
    if organisatie_id:
        fitting = fitting.filter(moederorganisatie=organisatie_id)
    if team_id:
        fitting = fitting.filter(team=team_id)
    if rol:
        fitting = fitting.filter(rol=rol)
    running = Plaatsing.objects.running(on).filter(medewerker=OuterRef("pk"))
    if stand == "nu":
        medewerkers = medewerkers.filter(Exists(fitting.running(on)))
    elif organisatie_id or team_id or rol:
        medewerkers = medewerkers.filter(Exists(fitting))
    if stand == "zonder":
        medewerkers = medewerkers.exclude(Exists(running))
    if stand == "geblokkeerd":
        medewerkers = medewerkers.filter(is_active=False)
    return medewerkers.prefetch_related(
        Prefetch(
            "plaatsingen",
            Plaatsing.objects.select_related("moederorganisatie", "team").order_by("-van", "-pk"),
        )
    )


def mandaten() -> QuerySet[Mandaat]:
    """All mandaten, the newest first when paged by MANDAATVOLGORDE."""
    return Mandaat.objects.select_related("medewerker")


def zorgregisseurs(on: date) -> QuerySet[Medewerker]:
    """Who is zorgregisseur on this day or will be: to whom a mandaat can be given."""
    plaatsingen = Plaatsing.objects.filter(
        Q(tot__isnull=True) | Q(tot__gt=on), medewerker=OuterRef("pk"), rol=Rol.ZORGREGISSEUR
    )
    return Medewerker.objects.filter(Exists(plaatsingen)).order_by("achternaam", "pk")
