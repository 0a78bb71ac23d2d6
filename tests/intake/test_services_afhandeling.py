"""Hoe een melding het loket verlaat, of juist open blijft met een volgende stap."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from intake.models import Melding
from intake.services import (
    close_melding,
    give_help,
    give_information,
    keep_for_later,
    refer_elsewhere,
    send_to_triage,
    start_crisisroute,
    withdraw,
)
from intake.services.afhandeling import ExplanationMissing, NobodyWarned, NotHandledYet, StepIncomplete
from intake.services.rijen import ColleagueSavedFirst, MeldingClosed, MeldingNotYours
from skt.kern.errors import GuardFailed, TransitionNotAllowed
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import team
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
Maak = Callable[..., Melding]
STRAKS = MAANDAG + timedelta(hours=1)


def still_as_it_was(melding: Melding) -> bool:
    before = (melding.status, melding.afhandeling, melding.versie, melding.volgende_stap)
    melding.refresh_from_db()
    return before == (melding.status, melding.afhandeling, melding.versie, melding.volgende_stap)


class TestClosingRoutes:
    @pytest.mark.parametrize(
        ("handeling", "afhandeling"),
        [
            (give_information, "informatie en advies"),
            (give_help, "hulpverlening"),
            (refer_elsewhere, "andere toegang"),
            (withdraw, "ingetrokken"),
        ],
    )
    def test_close_it_with_its_reason(
        self,
        als: Als,
        nieuwe_melding: Maak,
        loket: Medewerker,
        handeling: Callable[..., Melding],
        afhandeling: str,
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            closed = handeling(melding=melding, actor=loket, at=STRAKS, toelichting="Naar de huisarts")

        assert (closed.status, closed.afhandeling, closed.gesloten_op) == ("gesloten", afhandeling, STRAKS)
        assert (closed.volgende_stap, closed.uiterlijk) == ("", None)
        assert closed.afhandeling_toelichting == "Naar de huisarts"
        assert acties()[-1] == f"intake.{handeling.__name__}"

    def test_keep_it_in_sight_of_whoever_handled_it(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, collega: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(collega):
            give_information(melding=melding, actor=collega, at=STRAKS, toelichting="")
            assert Melding.objects.filter(pk=melding.pk).exists()
        with als(loket):
            assert Melding.objects.filter(pk=melding.pk).exists()

    @pytest.mark.parametrize("handeling", [refer_elsewhere, withdraw])
    def test_that_need_a_sentence_refuse_without_one(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, handeling: Callable[..., Melding]
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket), pytest.raises(ExplanationMissing):
            handeling(melding=melding, actor=loket, at=STRAKS, toelichting=" ")

        assert still_as_it_was(melding)

    @pytest.mark.parametrize("handeling", [give_information, give_help, refer_elsewhere, withdraw])
    def test_refuse_a_melding_at_a_team(
        self, systeem: Werkcontext, loket: Medewerker, handeling: Callable[..., Melding]
    ) -> None:
        melding = MeldingFactory(medewerker=loket, bij_team=True)

        with pytest.raises(TransitionNotAllowed):
            handeling(melding=melding, actor=loket, at=STRAKS, toelichting="Klaar")

        assert still_as_it_was(melding)

    def test_refuse_a_closed_melding_and_an_older_version(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            keep_for_later(
                melding=melding,
                actor=loket,
                at=STRAKS,
                volgende_stap="Bellen",
                uiterlijk=STRAKS,
                toelichting="Belde niet op",
            )
            with pytest.raises(ColleagueSavedFirst):
                give_information(melding=melding, actor=loket, at=STRAKS, toelichting="", versie=1)
            give_information(melding=melding, actor=loket, at=STRAKS, toelichting="", versie=2)
            with pytest.raises((MeldingClosed, MeldingNotYours)):
                give_information(melding=melding, actor=loket, at=STRAKS, toelichting="")

        assert melding.aanvullingen.get().tekst == "Belde niet op"

    def test_close_from_triage_too(self, systeem: Werkcontext, als: Als, zorgregisseur: Medewerker) -> None:
        melding = MeldingFactory(in_triage=True)
        with als(zorgregisseur):
            closed = give_information(
                melding=melding, actor=zorgregisseur, at=STRAKS, toelichting="Uitgelegd"
            )

        assert closed.status == "gesloten"
        assert zorgregisseur.moederorganisatie.pk in closed.eigen_organisaties


class TestGiveHelp:
    def test_stays_open_with_a_next_step(self, als: Als, nieuwe_melding: Maak, loket: Medewerker) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            helped = give_help(
                melding=melding,
                actor=loket,
                at=STRAKS,
                toelichting="Formulier ingevuld",
                volgende_stap="Kijken of het gelukt is",
                uiterlijk=STRAKS.date() + timedelta(days=3),
            )
            closed = close_melding(melding=helped, actor=loket, at=STRAKS, toelichting="Gelukt")

        assert (helped.status, helped.afhandeling, helped.verantwoordelijke) == (
            "open",
            "hulpverlening",
            loket,
        )
        assert helped.uiterlijk.isoformat() == "2026-11-05T17:00:00+01:00"
        assert (closed.status, closed.afhandeling_toelichting) == ("gesloten", "Formulier ingevuld\nGelukt")

    @pytest.mark.parametrize("half", [{"volgende_stap": "Bellen"}, {"uiterlijk": STRAKS}])
    def test_refuses_half_a_next_step(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, half: dict[str, Any]
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket), pytest.raises(StepIncomplete):
            give_help(melding=melding, actor=loket, at=STRAKS, toelichting="", **half)

        assert still_as_it_was(melding)


class TestSendToTriage:
    def test_waits_for_the_toegang_at_most_two_werkdagen(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            sent = send_to_triage(melding=melding, actor=loket, at=STRAKS)

        assert (sent.status, sent.verantwoordelijke, sent.verantwoordelijk_team) == (
            "in_triage",
            None,
            team("voorportaal"),
        )
        assert sent.uiterlijk.isoformat() == "2026-11-04T17:00:00+01:00"

    def test_with_spoed_waits_until_the_end_of_the_day(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            sent = send_to_triage(melding=melding, actor=loket, at=STRAKS, spoed=True)

        assert sent.spoed
        assert sent.uiterlijk.isoformat() == "2026-11-02T17:00:00+01:00"

    def test_accepts_an_anonymous_melding(self, als: Als, nieuwe_melding: Maak, loket: Medewerker) -> None:
        melding = nieuwe_melding(loket, inwoner=None, melder_soort="anoniem")
        with als(loket):
            assert send_to_triage(melding=melding, actor=loket, at=STRAKS).status == "in_triage"

    def test_refuses_when_nobody_knows_whom_it_is_about(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket, inwoner=None)
        with als(loket), pytest.raises(GuardFailed, match="over wie het gaat"):
            send_to_triage(melding=melding, actor=loket, at=STRAKS)

        assert still_as_it_was(melding)
        assert "intake.send_to_triage" not in acties()

    def test_refuses_a_second_time(self, als: Als, nieuwe_melding: Maak, loket: Medewerker) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            send_to_triage(melding=melding, actor=loket, at=STRAKS)
            with pytest.raises(TransitionNotAllowed):
                send_to_triage(melding=melding, actor=loket, at=STRAKS)


class TestStartCrisisroute:
    def test_stays_open_to_call_back_on_the_next_werkdag(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket, spoor="mentaal")
        with als(loket):
            crisis = start_crisisroute(
                melding=melding,
                actor=loket,
                at=STRAKS,
                gewaarschuwd="GGZ crisisdienst",
                gewaarschuwd_op=MAANDAG,
            )

        assert (crisis.status, crisis.afhandeling, crisis.volgende_stap) == (
            "open",
            "crisisroute",
            "Nabellen na crisis",
        )
        assert (crisis.verantwoordelijke, crisis.spoor) == (loket, "mentaal")
        assert crisis.uiterlijk.isoformat() == "2026-11-03T17:00:00+01:00"

    @pytest.mark.parametrize(
        "wie",
        [
            {"gewaarschuwd": " ", "gewaarschuwd_op": MAANDAG},
            {"gewaarschuwd": "Politie", "gewaarschuwd_op": None},
            {"gewaarschuwd": "Politie", "gewaarschuwd_op": STRAKS + timedelta(minutes=1)},
        ],
    )
    def test_refuses_when_nobody_was_warned(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, wie: dict[str, Any]
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket), pytest.raises(NobodyWarned):
            start_crisisroute(melding=melding, actor=loket, at=STRAKS, **wie)

        assert still_as_it_was(melding)

    def test_brings_a_melding_in_triage_back(
        self, systeem: Werkcontext, als: Als, zorgregisseur: Medewerker
    ) -> None:
        melding = MeldingFactory(in_triage=True)
        with als(zorgregisseur):
            crisis = start_crisisroute(
                melding=melding,
                actor=zorgregisseur,
                at=STRAKS,
                gewaarschuwd="Politie",
                gewaarschuwd_op=MAANDAG,
            )

        assert (crisis.status, crisis.verantwoordelijke) == ("open", zorgregisseur)


class TestKeepForLater:
    @pytest.mark.parametrize(
        "half",
        [
            {"volgende_stap": "", "uiterlijk": STRAKS},
            {"volgende_stap": "Bellen", "uiterlijk": None},
            {"volgende_stap": "x" * 201, "uiterlijk": STRAKS},
        ],
    )
    def test_refuses_an_incomplete_step(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, half: dict[str, Any]
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket), pytest.raises(StepIncomplete):
            keep_for_later(melding=melding, actor=loket, at=STRAKS, **half)

        assert still_as_it_was(melding)


class TestCloseMelding:
    def test_refuses_what_was_not_handled(self, als: Als, nieuwe_melding: Maak, loket: Medewerker) -> None:
        melding = nieuwe_melding(loket)
        with als(loket), pytest.raises(NotHandledYet):
            close_melding(melding=melding, actor=loket, at=STRAKS)

        assert still_as_it_was(melding)
