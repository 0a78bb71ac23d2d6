"""Bewaren terwijl u typt: twee tabbladen schrijven elkaar niet over, en na uitloggen gaat het verder waar het was."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.models import Concept, Contactmoment, Melding
from intake.services import finish_concept
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
Data = Callable[..., dict[str, Any]]


def url(concept: Concept, naam: str = "contact") -> str:
    return reverse(f"intake:{naam}", kwargs={"sleutel": concept.sleutel})


class TestConceptSave:
    def save(self, client: Client, concept: Concept, **velden: Any) -> HttpResponse:
        return client.post(
            url(concept, "concept_save"), {"versie": 1, **velden}, headers={"HX-Request": "true"}
        )

    def test_keeps_what_was_typed_and_says_when(
        self, aan: Client, concept: Concept, lees: Callable[[Concept], Concept]
    ) -> None:
        response = self.save(
            aan, concept, hulpvraag="Gas", themas=["mantelzorg", "jeugdhulp"], vreemd="weg", kanaal=""
        )

        assert response.json()["versie"] == 2
        assert response.json()["vernieuw"] is True
        assert lees(concept).gegevens == {"hulpvraag": ["Gas"], "themas": ["mantelzorg", "jeugdhulp"]}

    def test_refuses_the_older_of_two_tabs(
        self, aan: Client, concept: Concept, lees: Callable[[Concept], Concept]
    ) -> None:
        self.save(aan, concept, hulpvraag="Tab een")
        response = self.save(aan, concept, hulpvraag="Tab twee")

        assert response.status_code == 409
        assert "ander tabblad" in response.json()["zin"]
        assert lees(concept).gegevens == {"hulpvraag": ["Tab een"]}

    def test_an_older_tab_that_sends_keeps_its_text_and_may_choose(
        self, aan: Client, concept: Concept, verzonden: Data, lees: Callable[[Concept], Concept]
    ) -> None:
        self.save(aan, concept, hulpvraag="Tab een")
        oud = verzonden(concept, "triage", versie=1, hulpvraag="Tab twee")

        response = aan.post(url(concept), oud)
        assert response.status_code == 409
        assert "Tab twee</textarea>" in response.content.decode()
        assert not Melding.objects.exists()

        aan.post(url(concept), {**oud, "actie": "overschrijf"})
        assert lees(concept).gegevens["hulpvraag"] == ["Tab twee"]

    def test_of_a_finished_call_says_so(self, aan: Client, concept: Concept, verzonden: Data) -> None:
        aan.post(url(concept), verzonden(concept, "triage"))

        assert self.save(aan, concept, hulpvraag="Nog iets").status_code == 410

    @pytest.mark.parametrize("versie", ["", "x", "-1", "9" * 40, "\u0663"])
    def test_survives_an_odd_version(self, aan: Client, concept: Concept, versie: str) -> None:
        assert self.save(aan, concept, versie=versie).status_code == 409

    def test_without_a_session_says_401_and_nothing_else(self, client: Client, concept: Concept) -> None:
        for naam, ask in (("concept_save", client.post), ("concept_state", client.get)):
            response = ask(url(concept, naam))
            assert (response.status_code, response.json()) == (401, {"zin": "U bent uitgelogd."})

    def test_goes_on_after_logging_in_again(self, aan: Client, concept: Concept, loket: Medewerker) -> None:
        aan.logout()
        assert self.save(aan, concept, hulpvraag="Weg?").status_code == 401

        aan.force_login(loket)
        state = aan.get(url(concept, "concept_state")).json()
        assert (state["versie"], state["loopt"], len(state["csrf"])) == (1, True, 64)
        assert self.save(aan, concept, versie=state["versie"], hulpvraag="Er nog").status_code == 200

    def test_wants_a_post(self, aan: Client, concept: Concept) -> None:
        assert aan.get(url(concept, "concept_save")).status_code == 405
        assert aan.post(url(concept, "concept_state")).status_code == 405


class TestConceptDiscard:
    def test_throws_it_away_and_leaves_no_contact(self, aan: Client, concept: Concept) -> None:
        assert aan.post(url(concept, "concept_discard"))["Location"] == reverse("intake:worklist")
        assert aan.get(url(concept))["Location"] == reverse("intake:worklist")
        assert not Contactmoment.objects.exists()
        assert "intake.discard_concept" in acties()

    def test_does_nothing_to_a_finished_call(
        self, aan: Client, als: Als, loket: Medewerker, concept: Concept
    ) -> None:
        with als(loket):
            finish_concept(
                sleutel=concept.sleutel, actor=loket, at=MAANDAG, route="informatie",
                contact={"kanaal": "digitaal", "melder_soort": "anders"}, melding={"hulpvraag": "Lamp"},
                afronding={"toelichting": ""},
            )  # fmt: skip
        aan.post(url(concept, "concept_discard"))
        with als(loket):
            concept.refresh_from_db()

        assert concept.weggegooid_op is None
