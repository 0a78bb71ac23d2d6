"""Termijnen die door de melding van een casus lopen: van de casusregisseur, zolang de casus loopt."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from casusregie.models import Casus
from intake.termijnlijst import VAN_DE_INWONER, read_termijnen
from skt.autorisatie.rules import permitted
from skt.medewerkers.models import Medewerker
from skt.termijnen.bronnen import Rij


def of_open_casus() -> Q:
    """De meldingen waarvan de casus loopt, voor zover wie kijkt die casus ziet."""
    return Q(pk__in=Casus.objects.running().values("melding"))


def termijnen_van_casussen(user: Medewerker, tot_en_met: date, maximum: int) -> Iterator[Rij]:
    mijn = permitted(user, "casusregie.view_casus", Casus.objects.running().of_regisseur(user.pk))
    welke = Q(melding__in=mijn.values("melding"), melding__status="gesloten")
    yield from read_termijnen(welke & ~Q(soort__in=VAN_DE_INWONER), tot_en_met, maximum)
