"""Some rows of the world of the matrix: what policy has beside its figures, and a besluit within a mandaat."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from rapportage.models import Bevolking, Raadsrapport, Raadsrapportbestand, Toelichting
from skt.medewerkers.models import Medewerker
from tests.fixtures import MAANDAG
from triage.models import Toekenning


def cijferstukken(beleid: Medewerker) -> dict[str, Model]:
    rapport = Raadsrapport.objects.create(
        periode="kwartaal", begin=date(2026, 7, 1), versie=1, gevraagd_door=beleid, gevraagd_op=MAANDAG
    )
    return {
        "toelichting": Toelichting.objects.create(
            figuur="route-route",
            periode="maand",
            begin=date(2026, 9, 1),
            versie=1,
            tekst="Meer dan in de zomer.",
            geschreven_door=beleid,
            geschreven_op=MAANDAG,
        ),
        "bevolking": Bevolking.objects.create(
            jaar=2026, gebied="centrum", inwoners=6400, ingelezen_op=MAANDAG
        ),
        "raadsrapport": rapport,
        "raadsrapportbestand": Raadsrapportbestand.objects.create(rapport=rapport, pdf=b"%PDF-"),
    }


def toekenning(triage: Any, mandaat: Any) -> Toekenning:
    return Toekenning.objects.create(
        triage=triage,
        mandaat=mandaat,
        wet="wmo",
        product=mandaat.product,
        bedrag=100,
        per="per week",
        van=MAANDAG.date(),
        tot_en_met=MAANDAG.date() + timedelta(days=90),
        besluitdatum=MAANDAG.date(),
        bezwaar_tot=MAANDAG.date() + timedelta(weeks=6),
    )
