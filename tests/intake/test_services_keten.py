"""Van wie een melding is, en de stappen die de keten na het loket zet."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from intake.models import Melding
from intake.services import (
    close_in_chain,
    hand_over,
    return_to_loket,
    send_to_triage,
    set_next_step,
    take_next,
    take_over,
    to_team,
)
from intake.services.afhandeling import StepIncomplete
from intake.services.keten import NothingToTake, QuestionMissing, ReceiverNotAtLoket, ReceiverUnclear
from intake.services.rijen import ColleagueSavedFirst
from skt.kern.errors import TransitionNotAllowed
from skt.kern.keten import KetenBroken, check_keten
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory, team
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
Maak = Callable[..., Melding]
STRAKS = MAANDAG + timedelta(hours=1)


class TestTakeOver:
    def test_makes_the_actor_responsible_and_keeps_both_organisations(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, collega: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(collega):
            taken = take_over(melding=melding, actor=collega, at=STRAKS, versie=1)

        assert taken.verantwoordelijke == collega
        assert taken.eigen_organisaties == [loket.moederorganisatie.pk, collega.moederorganisatie.pk]

    def test_changes_nothing_when_it_is_yours(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            assert take_over(melding=melding, actor=loket, at=STRAKS).versie == 1

        assert "intake.take_over" not in acties()

    def test_refuses_an_older_version(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, collega: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(collega), pytest.raises(ColleagueSavedFirst):
            take_over(melding=melding, actor=collega, at=STRAKS, versie=7)
        melding.refresh_from_db()

        assert melding.verantwoordelijke == loket


class TestTakeNext:
    def test_takes_crisis_before_spoed_before_the_earliest(
        self, als: Als, loket: Medewerker, collega: Medewerker
    ) -> None:
        MeldingFactory(medewerker=collega)
        vroeg = MeldingFactory(medewerker=collega, van_niemand=True, te_laat=True)
        spoed = MeldingFactory(medewerker=collega, van_niemand=True, met_spoed=True)
        crisis = MeldingFactory(medewerker=collega, van_niemand=True, spoor="crisis")
        with als(loket):
            taken = [take_next(actor=loket, at=STRAKS).pk for _ in range(3)]
            with pytest.raises(NothingToTake, match="Alles is opgepakt"):
                take_next(actor=loket, at=STRAKS)

        assert taken == [crisis.pk, spoed.pk, vroeg.pk]


class TestHandOver:
    def test_to_a_colleague_says_what_they_must_know(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, collega: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            given = hand_over(
                melding=melding, actor=loket, at=STRAKS, medewerker=collega, toelichting="Spreekt Pools"
            )

        assert given.verantwoordelijke == collega
        assert melding.aanvullingen.get().tekst == "Overgedragen aan Jan Collega: Spreekt Pools"

    def test_to_the_team_leaves_it_to_nobody(self, als: Als, nieuwe_melding: Maak, loket: Medewerker) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            given = hand_over(melding=melding, actor=loket, at=STRAKS, team=team("voorportaal"))

        assert (given.verantwoordelijke, given.verantwoordelijk_team) == (None, team("voorportaal"))

    def test_refuses_two_receivers_none_and_who_does_not_work_here(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, collega: Medewerker, teamlid: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            with pytest.raises(ReceiverUnclear):
                hand_over(
                    melding=melding, actor=loket, at=STRAKS, medewerker=collega, team=team("voorportaal")
                )
            with pytest.raises(ReceiverUnclear):
                hand_over(melding=melding, actor=loket, at=STRAKS)
            with pytest.raises(ReceiverNotAtLoket):
                hand_over(melding=melding, actor=loket, at=STRAKS, medewerker=teamlid)
        melding.refresh_from_db()

        assert (melding.verantwoordelijke, melding.versie) == (loket, 1)
        assert "intake.hand_over" not in acties()


class TestChain:
    def test_goes_to_the_team_and_comes_back_with_a_question(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, zorgregisseur: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            send_to_triage(melding=melding, actor=loket, at=STRAKS)
        with als(zorgregisseur):
            at_team = to_team(
                melding=melding,
                actor=zorgregisseur,
                at=STRAKS,
                team=team("volwassenen"),
                volgende_stap="Aanmeldoverleg",
                uiterlijk=date(2026, 11, 5),
            )
            back = return_to_loket(
                melding=melding, actor=zorgregisseur, at=STRAKS, vraag="Wie is de huisarts?"
            )

        assert (at_team.status, at_team.verantwoordelijk_team) == ("bij_team", team("volwassenen"))
        assert (back.status, back.verantwoordelijk_team, back.afhandeling) == (
            "open",
            team("voorportaal"),
            "",
        )
        assert back.volgende_stap == "Terug van triage: Wie is de huisarts?"

    def test_closes_with_what_became_of_it(
        self, als: Als, systeem: Werkcontext, zorgregisseur: Medewerker
    ) -> None:
        melding = MeldingFactory(in_triage=True, afhandeling_toelichting="Naar triage gezet.")
        with als(zorgregisseur):
            closed = close_in_chain(
                melding=melding, actor=zorgregisseur, at=STRAKS, toelichting="Casus 2026-0001"
            )
            assert Melding.objects.filter(pk=melding.pk).exists()

        assert (closed.status, closed.gesloten_op) == ("gesloten", STRAKS)
        assert closed.afhandeling_toelichting == "Naar triage gezet.\nCasus 2026-0001"

    def test_a_coordinator_closes_through_the_board_without_taking_it_home(
        self, als: Als, systeem: Werkcontext
    ) -> None:
        coordinator = MedewerkerFactory(rol=Rol.TEAMCOORDINATOR, organisatie="smow")
        melding = MeldingFactory(bij_team=True, lees_teams=[team("volwassenen").pk])
        with als(coordinator):
            closed = close_in_chain(melding=melding, actor=coordinator, at=STRAKS, toelichting="Casus")

        assert coordinator.moederorganisatie.pk not in closed.eigen_organisaties

    def test_refuses_steps_that_the_table_does_not_know(
        self, als: Als, nieuwe_melding: Maak, zorgregisseur: Medewerker, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(zorgregisseur):
            for act in (
                lambda: to_team(
                    melding=melding,
                    actor=zorgregisseur,
                    at=STRAKS,
                    team=team(),
                    volgende_stap="x",
                    uiterlijk=STRAKS,
                ),
                lambda: close_in_chain(melding=melding, actor=zorgregisseur, at=STRAKS, toelichting=""),
                lambda: return_to_loket(melding=melding, actor=zorgregisseur, at=STRAKS, vraag="Wie?"),
            ):
                with pytest.raises(TransitionNotAllowed):
                    act()
        melding.refresh_from_db()

        assert (melding.status, melding.versie) == ("open", 1)

    def test_refuses_a_return_without_a_question(
        self, als: Als, systeem: Werkcontext, zorgregisseur: Medewerker
    ) -> None:
        melding = MeldingFactory(in_triage=True)
        with als(zorgregisseur), pytest.raises(QuestionMissing):
            return_to_loket(melding=melding, actor=zorgregisseur, at=STRAKS, vraag=" ")


class TestSetNextStep:
    def test_keeps_the_holder_unless_another_is_given(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            kept = set_next_step(
                melding=melding, actor=loket, at=STRAKS, volgende_stap="Bellen", uiterlijk=STRAKS
            )
            given = set_next_step(
                melding=melding,
                actor=loket,
                at=STRAKS,
                volgende_stap="Lezen",
                uiterlijk=STRAKS,
                team=team("voorportaal"),
            )

        assert (kept.verantwoordelijke, kept.volgende_stap) == (loket, "Bellen")
        assert given.verantwoordelijk_team == team("voorportaal")

    def test_refuses_half_a_step_and_two_holders(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            with pytest.raises(StepIncomplete):
                set_next_step(melding=melding, actor=loket, at=STRAKS, volgende_stap="", uiterlijk=STRAKS)
            with pytest.raises(ReceiverUnclear):
                set_next_step(
                    melding=melding,
                    actor=loket,
                    at=STRAKS,
                    volgende_stap="x",
                    uiterlijk=STRAKS,
                    team=team(),
                    medewerker=loket,
                )

    def test_refuses_somebody_whose_placement_has_ended(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, collega: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        Plaatsing.objects.filter(medewerker=collega).update(tot=date(2025, 6, 1))
        check_keten()
        with als(loket), pytest.raises(KetenBroken, match="werkt hier niet"):
            set_next_step(
                melding=melding,
                actor=loket,
                at=STRAKS,
                volgende_stap="x",
                uiterlijk=STRAKS,
                medewerker=collega,
            )
        melding.refresh_from_db()

        assert melding.verantwoordelijke == loket
