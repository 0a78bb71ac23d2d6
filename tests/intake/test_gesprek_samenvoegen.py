"""Twee kanten op één gesprek: per veld samengevoegd, en nooit stilletjes overschreven; en een stil gesprek overnemen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Concept
from intake.services import merge_concept, take_concept
from intake.services.concepten import ConceptGone, ConceptInUse, Samengevoegd
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]


def url(concept: Concept, naam: str) -> str:
    return reverse(f"intake:{naam}", kwargs={"sleutel": concept.sleutel})


@pytest.fixture
def merge(als: Als, loket: Medewerker, concept: Concept) -> Callable[..., Samengevoegd]:
    def save(versie: int, **velden: str) -> Samengevoegd:
        with als(loket):
            return merge_concept(
                sleutel=concept.sleutel,
                actor=loket,
                gegevens={name: [value] if value else [] for name, value in velden.items()},
                gewijzigd=list(velden),
                versie=versie,
                at=MAANDAG,
            )

    return save


class TestMergeConcept:
    def test_takes_what_one_side_changed(self, merge: Callable[..., Samengevoegd]) -> None:
        merge(1, hulpvraag="Gas", achternaam="Verhage")
        both = merge(1, roepnaam="Annie")

        assert both.botsing == {}
        assert both.concept.gegevens == {
            "hulpvraag": ["Gas"],
            "achternaam": ["Verhage"],
            "roepnaam": ["Annie"],
        }
        assert both.concept.versie == 3

    def test_keeps_what_stands_there_and_tells_when_both_changed_a_field(
        self, merge: Callable[..., Samengevoegd]
    ) -> None:
        merge(1, hulpvraag="Gas")
        clash = merge(1, hulpvraag="Water", roepnaam="Annie")

        assert clash.botsing == {"hulpvraag": ["Gas"]}
        assert clash.concept.gegevens == {"hulpvraag": ["Gas"], "roepnaam": ["Annie"]}

    def test_the_choice_after_that_wins(self, merge: Callable[..., Samengevoegd]) -> None:
        merge(1, hulpvraag="Gas")
        versie = merge(1, hulpvraag="Water").concept.versie

        assert merge(versie, hulpvraag="Gas en water").concept.gegevens == {"hulpvraag": ["Gas en water"]}

    def test_the_same_change_on_both_sides_is_no_clash(self, merge: Callable[..., Samengevoegd]) -> None:
        merge(1, hulpvraag="Gas")

        assert merge(1, hulpvraag="Gas").botsing == {}

    def test_emptied_on_one_side_and_changed_on_the_other_is_a_clash(
        self, merge: Callable[..., Samengevoegd]
    ) -> None:
        merge(1, hulpvraag="Gas")
        versie = merge(2, hulpvraag="").concept.versie
        assert merge(2, hulpvraag="Gas en water").botsing == {"hulpvraag": []}
        assert versie == 3

    def test_a_line_end_is_one_line_end(self, merge: Callable[..., Samengevoegd]) -> None:
        merge(1, hulpvraag="Een\r\ntwee")

        assert merge(1, hulpvraag="Een\ntwee").botsing == {}


class TestPage:
    def test_hears_what_another_tab_wrote(self, aan: Client, concept: Concept) -> None:
        send = lambda **velden: aan.post(url(concept, "concept_save"), velden).json()  # noqa: E731
        send(versie=1, gewijzigd=["", "hulpvraag"], hulpvraag="Gas")

        found = send(versie=1, gewijzigd=["", "roepnaam", "vreemd"], roepnaam="Annie", vreemd="weg")

        assert found["versie"] == 3
        assert found["botsing"] == []
        assert found["elders"] == [
            {"naam": "hulpvraag", "label": "De vraag in eigen woorden", "waarden": ["Gas"]}
        ]

    def test_gives_its_owner_the_key_and_nobody_else(
        self, aan: Client, concept: Concept, collega: Medewerker
    ) -> None:
        page = aan.get(url(concept, "contact")).content.decode()
        assert 'data-kluis="' in page

        other = Client()
        other.force_login(collega)
        assert other.get(url(concept, "contact")).status_code == 404


class TestTakeConcept:
    def still(self, als: Als, loket: Medewerker, concept: Concept) -> None:
        with als(loket):
            Concept.objects.filter(pk=concept.pk).update(
                bewaard_op=timezone.now() - timedelta(minutes=16), gegevens={"hulpvraag": ["Gas"]}
            )

    def test_goes_on_as_the_colleagues_own(
        self, als: Als, loket: Medewerker, collega: Medewerker, concept: Concept
    ) -> None:
        self.still(als, loket, concept)
        with als(collega):
            taken = take_concept(sleutel=concept.sleutel, actor=collega, at=timezone.now())
            assert taken.medewerker == collega
        with als(loket), pytest.raises(ConceptGone):
            merge_concept(
                sleutel=concept.sleutel, actor=loket, gegevens={}, gewijzigd=[], versie=1, at=timezone.now()
            )
        assert "intake.take_concept" in acties()

    def test_not_while_it_is_typed_in(
        self, als: Als, loket: Medewerker, collega: Medewerker, concept: Concept
    ) -> None:
        with als(loket):
            Concept.objects.filter(pk=concept.pk).update(bewaard_op=timezone.now(), gegevens={"a": ["b"]})
        with als(collega), pytest.raises(ConceptInUse):
            take_concept(sleutel=concept.sleutel, actor=collega, at=timezone.now())
        with als(loket):
            assert Concept.objects.get(pk=concept.pk).medewerker == loket

    def test_the_database_lets_nobody_give_it_to_a_third(
        self, als: Als, loket: Medewerker, collega: Medewerker, zorgregisseur: Medewerker, concept: Concept
    ) -> None:
        self.still(als, loket, concept)
        with als(collega), pytest.raises(ProgrammingError), transaction.atomic():
            Concept.objects.filter(pk=concept.pk).update(medewerker=zorgregisseur)
        with als(loket):
            assert Concept.objects.get(pk=concept.pk).medewerker == loket

    def test_others_do_not_see_it(
        self, als: Als, loket: Medewerker, teamlid: Medewerker, beleid: Medewerker, concept: Concept
    ) -> None:
        self.still(als, loket, concept)
        for wie in (teamlid, beleid):
            with als(wie):
                assert not Concept.objects.exists()

    def test_the_worklist_says_whose_and_not_what(
        self, client: Client, als: Als, loket: Medewerker, collega: Medewerker, concept: Concept
    ) -> None:
        self.still(als, loket, concept)
        client.force_login(collega)

        page = client.get(reverse("intake:worklist")).content.decode()
        assert "Concepten van collega’s" in page
        assert "Gas" not in page

        response = client.post(url(concept, "concept_take"))
        assert response["Location"] == url(concept, "contact")
        assert client.get(response["Location"]).status_code == 200
