"""Wat een nieuweling tegenkwam: de tweede vraag, een collega die eerder was, een tweede tabblad, en per ongeluk weggegooid."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.forms.velden import GeborenField
from intake.models import Aanvulling, Concept, Melding
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory, UitvraagFactory
from tests.factories.inwoners import InwonerFactory
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
Data = Callable[..., dict[str, Any]]


def url(concept: Concept, naam: str = "contact") -> str:
    return reverse(f"intake:{naam}", kwargs={"sleutel": concept.sleutel})


def van(melding: Melding, naam: str = "melding_detail") -> str:
    return reverse(f"intake:{naam}", kwargs={"nummer": melding.nummer})


@pytest.fixture
def af(aan: Client, als: Als, loket: Medewerker, concept: Concept, verzonden: Data) -> Melding:
    """Een gesprek dat zojuist is afgerond."""
    with als(loket):
        Concept.objects.filter(pk=concept.pk).update(begonnen_op=timezone.now())
    aan.post(url(concept), verzonden(concept, "triage"))
    return Melding.objects.get()


class TestNextQuestion:
    def test_is_about_the_same_inwoner_until_let_go(
        self, aan: Client, als: Als, loket: Medewerker, af: Melding, verzonden: Data
    ) -> None:
        page = aan.post(van(af, "melding_more"), follow=True)
        assert "Annie Verhage" in page.content.decode()
        assert page.context["gekozen"]["inwoner"] == af.inwoner
        with als(loket):
            volgende = Concept.objects.get(verwerkt_op=None)
        sent = {"inwoner_keuze": str(af.inwoner_id), "hulpvraag": "En wie helpt er in de tuin?"}
        aan.post(url(volgende), verzonden(volgende, "later", **sent))

        assert Melding.objects.exclude(pk=af.pk).get().inwoner == af.inwoner

    def test_opening_it_twice_makes_one(self, aan: Client, als: Als, loket: Medewerker, af: Melding) -> None:
        for _ in range(2):
            aan.post(van(af, "melding_more"))
        with als(loket):
            assert Concept.objects.filter(verwerkt_op=None).count() == 1


class TestColleagueFirst:
    def test_both_texts_are_seen_and_the_second_time_counts(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket)
        mijn = {"versie": melding.versie, "score_sociaal": "4", "toelichting_sociaal": "Mijn tekst."}
        aan.post(
            van(melding, "melding_uitvraag"),
            {**mijn, "score_sociaal": "1", "toelichting_sociaal": "Haar tekst."},
        )

        page = aan.post(van(melding, "melding_uitvraag"), mijn)
        text = page.content.decode()
        assert page.status_code == 422
        assert "Haar tekst." in text
        assert "Mijn tekst." in text
        nieuwer = page.context["form"]["versie"].value()
        assert aan.post(van(melding, "melding_uitvraag"), {**mijn, "versie": nieuwer}).status_code == 302

    def test_handing_over_says_what_it_is_now(
        self, aan: Client, loket: Medewerker, collega: Medewerker
    ) -> None:
        melding = MeldingFactory(medewerker=loket)
        sent = {"versie": melding.versie - 1, "medewerker": collega.pk, "toelichting": "Graag vandaag."}

        page = aan.post(van(melding, "melding_transfer"), sent)
        assert page.status_code == 422
        assert "Er staat nu: " in page.content.decode()
        assert "Graag vandaag." in page.content.decode()
        melding.refresh_from_db()
        assert melding.verantwoordelijke == loket
        again = aan.post(
            van(melding, "melding_transfer"), {**sent, "versie": page.context["form"]["versie"].value()}
        )
        assert again.status_code == 302


class TestSecondTab:
    def test_what_was_written_there_can_still_be_added(
        self, aan: Client, concept: Concept, verzonden: Data, af: Melding
    ) -> None:
        page = aan.post(url(concept), verzonden(concept, "triage", toelichting="Zoon belt morgen terug."))
        text = page.content.decode()
        assert page.status_code == 409
        assert "Zoon belt morgen terug." in text
        assert van(af, "melding_append") in text
        assert not Aanvulling.objects.exists()

    def test_the_same_again_just_shows_the_melding(
        self, aan: Client, concept: Concept, verzonden: Data, af: Melding
    ) -> None:
        assert aan.post(url(concept), verzonden(concept, "triage"))["Location"] == van(af)


class TestThrownAway:
    def test_comes_back_with_everything(
        self, aan: Client, als: Als, loket: Medewerker, concept: Concept, client: Client
    ) -> None:
        aan.post(url(concept, "concept_save"), {"versie": 1, "hulpvraag": "De trap"})
        assert aan.post(url(concept, "concept_discard"))["Location"] == url(concept, "concept_restore")
        assert "Haal het gesprek terug" in aan.get(url(concept, "concept_restore")).content.decode()
        assert aan.get(url(concept))["Location"] == url(concept, "concept_restore")

        assert aan.post(url(concept, "concept_restore"))["Location"] == url(concept)
        assert "De trap</textarea>" in aan.get(url(concept)).content.decode()
        assert "intake.restore_concept" in acties()

    def test_of_a_colleague_is_not_there(
        self, aan: Client, als: Als, loket: Medewerker, collega: Medewerker, concept: Concept
    ) -> None:
        aan.post(url(concept, "concept_save"), {"versie": 1, "hulpvraag": "De trap"})
        aan.post(url(concept, "concept_discard"))
        aan.force_login(collega)

        assert aan.post(url(concept, "concept_restore")).status_code == 404
        with als(loket):
            assert Concept.objects.get(pk=concept.pk).weggegooid_op is not None


class TestGeboren:
    @pytest.mark.parametrize(
        ("tekst", "dag"),
        [
            ("3-4-85", date(1985, 4, 3)),
            ("8.3.42", date(1942, 3, 8)),
            ("8 maart 1942", date(1942, 3, 8)),
            ("8 mrt '42", date(1942, 3, 8)),
            ("19420308", date(1942, 3, 8)),
            ("08031942", date(1942, 3, 8)),
            ("1942-03-08", date(1942, 3, 8)),
            ("8/3/1942", date(1942, 3, 8)),
        ],
    )
    def test_is_read_as_people_say_it(self, tekst: str, dag: date) -> None:
        assert GeborenField().clean(tekst) == (dag, None)

    @pytest.mark.parametrize("tekst", ["31-2-1942", "12345", "gisteren", "8-3", "99999999", "8-3-2999"])
    def test_a_guess_is_never_made(self, tekst: str) -> None:
        with pytest.raises(ValidationError):
            GeborenField().clean(tekst)

    def test_this_year_is_a_baby_and_next_year_a_century_ago(self) -> None:
        jaar = timezone.localdate().year
        assert GeborenField().clean(f"1-1-{jaar % 100:02d}")[0] == date(jaar, 1, 1)
        assert GeborenField().clean(f"1-1-{(jaar + 1) % 100:02d}")[0] == date(jaar + 1 - 100, 1, 1)

    def test_is_said_while_the_call_goes_on(self, aan: Client, concept: Concept) -> None:
        sent = {"versie": 1, "geboren": "31-2-1942", "achternaam": "Nergensnaam", "telefoon": "abc"}
        fouten = aan.post(url(concept, "concept_save"), sent).json()["fouten"]

        assert set(fouten) == {"geboren", "telefoon"}
        assert "Niemand gevonden" in aan.get(url(concept)).content.decode()


class TestEarlier:
    def test_who_may_read_it_sees_number_and_crisis_and_who_may_not_only_that_it_was(
        self, aan: Client, als: Als, loket: Medewerker, collega: Medewerker, concept: Concept
    ) -> None:
        inwoner = InwonerFactory(aangemaakt_door=loket)
        crisis = MeldingFactory(medewerker=loket, inwoner=inwoner, spoed=True)
        dicht = MeldingFactory(medewerker=collega, inwoner=inwoner, gesloten=True)
        aan.post(url(concept, "concept_save"), {"versie": 1, "inwoner_keuze": str(inwoner.pk)})

        page = aan.get(url(concept)).content.decode()
        deel = page[page.index('id="eerder"') :]
        assert crisis.nummer in deel
        assert "Spoed" in deel
        assert dicht.nummer not in deel

    def test_the_law_speaks_before_a_thema_is_chosen(self, aan: Client, concept: Concept) -> None:
        vraag = "De deurwaarder komt en ik word morgen uit huis gezet door mijn schulden."
        aan.post(url(concept, "concept_save"), {"versie": 1, "hulpvraag": vraag})

        assert any(
            "schuld" in str(one.get("tekst", one)).lower()
            for one in aan.get(url(concept)).context["wettelijk"]
        )

    def test_an_uitvraag_of_another_day_is_not_touched(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket)
        UitvraagFactory(melding=melding)
        page = aan.post(
            van(melding, "melding_uitvraag"), {"versie": melding.versie - 1, "score_sociaal": "5"}
        )

        assert page.status_code == 422
        assert melding.uitvraag.antwoorden.filter(leefgebied="sociaal", score=5).count() == 0
