"""Het concept van een raadsrapport: één per kwartaal of jaar, hoe vaak de taak ook loopt, en beleid hoort het één keer."""

import re

import pytest
from django.core import mail
from django.test import Client

from rapportage.models import Raadsrapport
from rapportage.queries import file_of
from rapportage.services import draft_newest, process_rapport, stop_rapport, tell_draft
from rapportage.status import Rapportstatus
from rapportage.tasks import make_raadsrapport
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.fixtures import MAANDAG
from tests.rapportage.rapport import EEN, LIJST, ask, clock, make, text_of

pytestmark = [
    pytest.mark.django_db(databases=["default", "rapport"]),
    pytest.mark.usefixtures("een_verbinding", "rapportcijfers"),
]


def test_is_made_once_and_told_once(schrijver: Medewerker, leest_cijfers: Client) -> None:
    Medewerker.objects.filter(pk=schrijver.pk).update(email="anna@gemeente.invalid")

    (rapport,) = draft_newest(at=MAANDAG)
    assert draft_newest(at=MAANDAG) == []
    assert tell_draft(rapport_id=rapport.pk, at=MAANDAG) == 0, "it isn't there yet"
    for _keer in range(2):
        make_raadsrapport(rapport_id=rapport.pk)
    assert draft_newest(at=MAANDAG) == []

    rapport = Raadsrapport.objects.get()
    assert (rapport.versie, rapport.status, rapport.is_concept) == (1, Rapportstatus.KLAAR, True)
    tekst = text_of(file_of(rapport) or b"")
    assert "Concept van het rapport aan de raad" in tekst
    assert "Het beleid leest het na" in tekst
    (bericht,) = mail.outbox
    assert bericht.subject == "Het conceptrapport over het 3e kwartaal van 2026 staat klaar"
    assert "anna@gemeente.invalid" in bericht.bcc
    assert EEN in bericht.body
    assert not re.search(r"\d", re.sub(r"http\S+|2026|3e kwartaal|versie 2", "", bericht.body))
    acties = ["rapportage.draft_raadsrapport", "rapportage.tell_raadsrapport"]
    assert Regel.objects.filter(actie__in=acties).count() == 2

    assert (
        "conceptrapport over het 3e kwartaal van 2026</a>"
        in leest_cijfers.get("/stuurinformatie/").content.decode()
    )
    assert "Vanzelf, als concept" in leest_cijfers.get(LIJST).content.decode()
    assert "vanzelf gemaakt" in leest_cijfers.get(EEN).content.decode()
    assert "conceptrapport-skt-2026-K3" in leest_cijfers.get(f"{EEN}rapport.pdf")["Content-Disposition"]


def test_is_followed_by_a_version_of_somebody(schrijver: Medewerker, leest_cijfers: Client) -> None:
    (rapport,) = draft_newest(at=MAANDAG)
    process_rapport(rapport_id=rapport.pk, clock=clock)

    tweede = make(ask(schrijver))

    assert (tweede.versie, tweede.is_concept) == (2, False)
    assert "Concept" not in text_of(file_of(tweede) or b"")
    assert draft_newest(at=MAANDAG) == []
    assert "conceptrapport" not in leest_cijfers.get("/stuurinformatie/").content.decode()


def test_is_not_made_where_somebody_asked_first(schrijver: Medewerker) -> None:
    ask(schrijver)

    assert draft_newest(at=MAANDAG) == []
    assert Raadsrapport.objects.get().gevraagd_door == schrijver


def test_that_was_stopped_stays_so_until_somebody_asks(schrijver: Medewerker) -> None:
    (rapport,) = draft_newest(at=MAANDAG)
    stop_rapport(rapport=rapport, actor=schrijver)

    make_raadsrapport(rapport_id=rapport.pk)
    assert draft_newest(at=MAANDAG) == []
    assert Raadsrapport.objects.get().status == Rapportstatus.GESTOPT
    assert mail.outbox == []

    assert make(ask(schrijver)).is_concept is False
