"""The matrix of what policy has beside its figures: toelichtingen, numbers of the CBS and reports to the council."""

from datetime import date

from django.db.models import Model

from rapportage.models import Raadsrapport, Raadsrapportbestand
from skt.medewerkers.models import Medewerker
from tests.fixtures import MAANDAG
from tests.rechten.nieuw import Maker, bevolking, toelichting
from tests.rechten.vocabulaire import NIEMAND, leest, maakt, wie, wijzigt
from tests.rechten.wereld import MENSEN, Wereld


def raadsrapport(wie: str = "") -> Maker:
    """Asked for in one's own name, or in that of somebody else."""
    return lambda w, ik: Raadsrapport(
        periode="kwartaal",
        begin=date(2026, 4, 1),
        versie=1,
        gevraagd_door=w.mens[wie] if wie else ik,
        gevraagd_op=MAANDAG,
    )


def raadsrapportbestand(w: Wereld, _ik: Medewerker) -> Model:
    return Raadsrapportbestand(rapport_id=w.pk("raadsrapport"), pdf=b"%PDF-")


BELEID = wie("beleid", "omgezet")
LEZERS = wie(BELEID, "kwartiermaker", "coordinator", "coordinator_ander")
RAPPORTVRAGEN = (
    # What policy writes below a figure is added in one's own name, and never changed; numbers of the CBS are no secret.
    leest(
        "toelichting",
        "rapportage.view_publicatie",
        wie("beleid", "omgezet", "kwartiermaker", "coordinator", "coordinator_ander"),
    ),
    wijzigt("toelichting", "", NIEMAND),
    maakt("toelichting", "rapportage.write_toelichting", "", wie("beleid", "omgezet"), toelichting()),
    maakt("toelichting op andermans naam", "", "", wie("beleid"), toelichting("beleid")),
    leest(
        "bevolking",
        "rapportage.import_bevolking",
        wie("beheer", "kwartiermaker"),
        slot2_ook=frozenset(MENSEN) - wie("beheer", "kwartiermaker"),
        omdat="geen inwoner",
    ),
    wijzigt("bevolking", "rapportage.import_bevolking", wie("beheer", "kwartiermaker")),
    maakt("bevolking", "rapportage.import_bevolking", "", wie("beheer", "kwartiermaker"), bevolking),
    *(leest(ding, "rapportage.view_publicatie", LEZERS) for ding in ("raadsrapport", "raadsrapportbestand")),
    wijzigt("raadsrapport", "rapportage.make_raadsrapport", BELEID),
    wijzigt("raadsrapportbestand", "", NIEMAND),
    maakt("raadsrapport", "rapportage.make_raadsrapport", "", BELEID, raadsrapport()),
    maakt("raadsrapport op andermans naam", "", "", wie("beleid"), raadsrapport("beleid")),
    maakt("bestand van een raadsrapport", "", "", NIEMAND, raadsrapportbestand),
)
