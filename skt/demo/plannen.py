"""Doelen in de demostad: bij de start gezet uit de uitvraag, en later behaald, deels, niet, of vervallen."""

from datetime import datetime, timedelta
from random import Random

from casusregie import services as casusregie
from casusregie.models import Casus, Doel
from casusregie.status import DoelStatus
from intake.models import Antwoord
from skt.medewerkers.models import Medewerker

WENSEN = {
    "huisvesting": ("Blijven wonen waar ik woon", "Het huis weer op orde"),
    "financien": ("Vaste lasten elke maand betaald", "Geen nieuwe schulden erbij"),
    "sociaal": ("Elke week ergens langs", "Weer contact met mijn zus"),
    "psychisch": ("De nacht doorslapen", "Praten met iemand die ik vertrouw"),
    "zingeving": ("Iets te doen hebben waar ik blij van word", "Weer naar het koor"),
    "lichamelijk": ("Zelf naar de winkel kunnen", "Drie keer per week wandelen"),
    "praktisch": ("De post zelf openen en bewaren", "Het huishouden zelf kunnen"),
    "dagbesteding": ("Alle dagen naar school", "Drie dagdelen vrijwilligerswerk"),
}
HOE = (DoelStatus.BEHAALD, DoelStatus.DEELS, DoelStatus.NIET, DoelStatus.VERVALLEN)
VAAK = (55, 20, 12, 13)


def _luck(rij: int) -> Random:
    """Toeval per casus of doel: wat er verder in de stad gebeurt, verandert er niet van."""
    return Random(f"plan {rij}")


def set_doelen(casus: Casus, regisseur: Medewerker, op: datetime) -> None:
    """Eén tot drie doelen, op de leefgebieden die in de uitvraag het laagst scoorden."""
    toeval = _luck(casus.pk)
    laagst = Antwoord.objects.filter(uitvraag__melding=casus.melding_id, score__lte=3)
    for antwoord in laagst.order_by("score", "leefgebied")[: toeval.randint(1, 3)]:
        start = antwoord.score or 1
        woorden = casusregie.Doelwoorden(
            antwoord.leefgebied, toeval.choice(WENSEN[antwoord.leefgebied]), start, min(5, start + toeval.randint(1, 2)),
            (op + timedelta(days=toeval.randint(90, 240))).date(), op.date() if toeval.random() < 0.8 else None,
        )  # fmt: skip
        casusregie.set_doel(casus=casus, actor=regisseur, at=op, woorden=woorden)


def finish_first(casus: Casus, regisseur: Medewerker, op: datetime) -> None:
    """Wat het eerst af moest, als het zover is."""
    doel = casus.doelen.open().order_by("uiterlijk", "pk").first()
    if doel is not None and doel.uiterlijk < op.date() + timedelta(days=60):
        casusregie.finish_doel(doel=doel, actor=regisseur, at=op, uitkomst=uitkomst_of(doel))


def uitkomsten_of(casus: Casus) -> dict[int, casusregie.Uitkomst]:
    """Hoe alles eindigt wat nog open staat."""
    return {doel.pk: uitkomst_of(doel) for doel in casus.doelen.open()}


def uitkomst_of(doel: Doel) -> casusregie.Uitkomst:
    """Steeds dezelfde voor hetzelfde doel."""
    hoe = _luck(doel.pk).choices(HOE, VAAK)[0]
    if hoe == DoelStatus.VERVALLEN:
        return casusregie.Uitkomst(hoe, toelichting="Wil hier nu niet mee verder.")
    score = {DoelStatus.BEHAALD: doel.doelscore, DoelStatus.DEELS: doel.doelscore - 1}.get(
        hoe, doel.startscore
    )
    return casusregie.Uitkomst(hoe, score)
