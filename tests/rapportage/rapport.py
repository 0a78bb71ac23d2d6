"""Wat de proeven van rapport en figuren delen: twee kwartalen met cijfers, en een rapport vragen, maken en lezen."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from rapportage.models import Periode, Raadsrapport
from rapportage.services import process_rapport, request_rapport, save_toelichting
from rapportage.tijdvak import Tijdvak
from skt.medewerkers.models import Medewerker
from tests.fixtures import MAANDAG

K3 = Tijdvak(date(2026, 7, 1), Periode.KWARTAAL)
K3_TOEN = Tijdvak(date(2025, 7, 1), Periode.KWARTAAL)
TABELLEN: dict[str, Any] = {
    "meldingen": 610,
    "mensen-meldingen": 480,
    "meldingen-gebied": {"centrum": 190, "oostdorp": 165, "kieviet": 80, "duinrell": 5},
    "kanaal": {"telefonisch": 450, "digitaal": 160},
    "route": {"informatie en advies": 400, "triage: volwassenen": 150, "crisisroute": 5},
    "leefgebied": {"sociaal": 215, "psychisch": 190},
    "triages": 150,
    "nuldelijn": {"past": 100, "past_niet": 50},
    "casus": {"geopend": 35, "afgesloten": 20},
    "contact-doorverbonden": {"geen": 500, "kwadraad": 35, "mee": 10},
}
EERDER: dict[str, Any] = {**TABELLEN, "meldingen": 570, "leefgebied": {"sociaal": 190, "psychisch": 145}}
LIJST = "/stuurinformatie/rapporten/"
EEN = f"{LIJST}2026-K3/1/"


def clock() -> datetime:
    return MAANDAG + timedelta(minutes=1)


def ask(schrijver: Medewerker, tijdvak: Tijdvak = K3, at: datetime = MAANDAG) -> Raadsrapport:
    return request_rapport(tijdvak=tijdvak, actor=schrijver, at=at)


def make(rapport: Raadsrapport) -> Raadsrapport:
    process_rapport(rapport_id=rapport.pk, clock=clock)
    rapport.refresh_from_db()
    return rapport


def explain(schrijver: Medewerker, tekst: str, versie: int = 0) -> None:
    save_toelichting(
        figuur="route-route", tijdvak=K3, tekst=tekst, versie=versie, actor=schrijver, at=MAANDAG
    )


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(blad.extract_text() for blad in read(pdf).pages).split())
