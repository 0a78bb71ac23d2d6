"""Wat de pilot aan de uitvraag onderzoekt: een tweede methode bij de helft van het loket, en casussen die opnieuw gemeten zijn."""

import random
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from casusregie.models import Regietoewijzing
from intake import services as intake
from intake.metingen import last_scores, read_metingen
from intake.models import Melding, Metingreden
from intake.vragen import Vraag, Vragen, basis_of
from skt.autorisatie.context import acting_as
from skt.medewerkers.models import Medewerker, Rol

NAAM = "Uitvraag vanuit de wens"
DOEL = "Komt er meer boven tafel als we beginnen met wat iemand wil?"
TERUG = timedelta(days=210)
VRAGEN: Vragen = {
    "huisvesting": [
        Vraag("Wat moet er aan uw huis of plek beter?", eerst=True),
        Vraag("Kunt u er blijven?", toelichting="Vraag door bij een brief van de verhuurder of de bank."),
    ],
    "financien": [
        Vraag("Waar maakt u zich zorgen over als het over geld gaat?", eerst=True),
        Vraag(
            "Ligt er post die u liever niet opent?",
            toelichting="Dreigt er afsluiting of ontruiming? Dan tellen er 3 werkdagen.",
        ),
    ],
    "sociaal": [
        Vraag("Met wie zou u vaker willen praten?", eerst=True),
        Vraag("Wie kan u helpen als het erop aankomt?"),
    ],
    "psychisch": [Vraag("Wanneer gaat het goed met u?", eerst=True), Vraag("Hoe slaapt u?")],
    "zingeving": [Vraag("Wat zou u morgen willen doen als alles kon?")],
    "lichamelijk": [Vraag("Wat lukt niet door uw gezondheid, en wat wel?")],
    "praktisch": [Vraag("Wat wilt u zelf blijven doen in huis?"), Vraag("Waar mag iemand bij helpen?")],
    "dagbesteding": [Vraag("Hoe ziet een goede dag eruit?")],
}
OPNIEUW = 9
"""Zoveel casussen ten hoogste krijgen een tweede meting."""


def begin_pilot(*, nu: datetime) -> None:
    """De kwartiermaker maakt een tweede methode en verdeelt haar om en om, een half jaar geleden."""
    at = nu - TERUG
    kwartiermaker = Medewerker.objects.get(username="kwartiermaker")
    with transaction.atomic(), acting_as(kwartiermaker):
        methode = intake.create_methode(actor=kwartiermaker, at=at, naam=NAAM, doel=DOEL)
        methode, _ = intake.change_methode(
            methode=methode,
            actor=kwartiermaker,
            at=at,
            doel=DOEL,
            vragen=VRAGEN,
            basis=basis_of(methode.read(), methode.doel),
        )
        methode = intake.activate_methode(
            methode=methode, actor=kwartiermaker, at=at, vanaf=timezone.localtime(at).date()
        )
        intake.assign_methode(methode=methode, actor=kwartiermaker, at=at, aandeel=50)
        intake.copy_methode(methode=methode, actor=kwartiermaker, at=nu - timedelta(days=2))


def measure_again(*, nu: datetime, zaad: int = 7) -> int:
    """De casusregisseurs meten opnieuw bij wat al een tijd loopt. Geeft het aantal metingen."""
    toeval = random.Random(zaad)
    gedaan = 0
    for regisseur in Medewerker.objects.filter(plaatsingen__rol=Rol.CASUSREGISSEUR).distinct().order_by("pk"):
        with transaction.atomic(), acting_as(regisseur):
            lopend = (
                Regietoewijzing.objects.filter(
                    medewerker=regisseur, tot=None, van__lt=nu - timedelta(days=60), casus__afgeschermd=False
                )
                .select_related("casus")
                .order_by("pk")
            )
            for toewijzing in lopend[: OPNIEUW // 3]:
                gedaan += _measure(toewijzing, regisseur, nu, toeval)
    return gedaan


def _measure(toewijzing: Regietoewijzing, regisseur: Medewerker, nu: datetime, toeval: random.Random) -> int:
    melding = Melding.objects.filter(pk=toewijzing.casus.melding_id).first()
    metingen = read_metingen([melding.pk]) if melding else []
    if melding is None or not metingen:
        return 0
    for dagen, reden in ((45, Metingreden.EVALUATIE), (150, Metingreden.EVALUATIE)):
        op = toewijzing.van + timedelta(days=dagen)
        if op > nu:
            break
        nieuw = {
            gebied: {"score": min(5, max(1, score + toeval.choice([-1, 0, 1, 1])))}
            for gebied, score in last_scores(metingen).items()
        }
        nieuw.setdefault("zingeving", {"score": toeval.choice([2, 3, 4])})
        intake.record_meting(
            melding=melding,
            actor=regisseur,
            at=op,
            reden=reden,
            antwoorden=nieuw,
            sleutel=uuid.UUID(int=toeval.getrandbits(128), version=4),
        )
        metingen = read_metingen([melding.pk])
    return 1
