"""De kaart op het bord en het overleg eromheen: verplaatsen, afronden, plannen, annuleren, sluiten."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intake.services.sluitbaar import StillPlanned
from intake.status import MeldingStatus
from skt.kern.errors import DomainError, TransitionNotAllowed
from skt.medewerkers.models import Medewerker
from tests.factories.agenda import AfspraakFactory
from tests.factories.triage import (
    DONDERDAG,
    AanmeldingFactory,
    CasusregisseurFactory,
    OverlegFactory,
    TeamlidFactory,
    open_punt,
)
from tests.fixtures import MAANDAG
from triage.models import Aanmelding, Agendapunt, Besluit, Bord, Overleg
from triage.services import (
    AanmeldingChanged,
    FinishUndecided,
    MomentTaken,
    NotAWerkdag,
    NotMovable,
    NotPlanned,
    OverlegInPast,
    OverlegNotBegun,
    PointsUndecided,
    agenda,
    cancel_overleg,
    finish_aanmelding,
    finish_overleg,
    move_card,
    next_overleg,
    plan_overleg,
)
from triage.status import AanmeldingStatus, OverlegStatus

Als = Callable[[Medewerker], AbstractContextManager[Any]]
WEEK = timedelta(days=7)


class TestMoveCard:
    def move(self, als: Als, actor: Medewerker, aanmelding: Aanmelding, naar: str, **more: Any) -> Aanmelding:
        with als(actor):
            return move_card(aanmelding=aanmelding, naar=naar, actor=actor, at=MAANDAG, **more)

    def test_to_the_intake_is_a_besluit_on_its_agendapunt(self, als: Als, coordinator: Medewerker) -> None:
        punt = open_punt()

        moved = self.move(als, coordinator, punt.aanmelding, AanmeldingStatus.INTAKE)

        punt.refresh_from_db()
        assert (moved.status, punt.besluit) == (AanmeldingStatus.INTAKE, Besluit.INTAKE)

    def test_from_the_intake_to_the_agenda_stands_on_the_next_overleg(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        aanmelding, overleg = AanmeldingFactory(intake=True), OverlegFactory()

        self.move(als, coordinator, aanmelding, AanmeldingStatus.VOOR_OVERLEG)

        aanmelding.melding.refresh_from_db()
        assert aanmelding.agendapunten.get().overleg == overleg
        assert aanmelding.melding.uiterlijk == overleg.begint_op

    def test_to_aangehouden_asks_for_the_besluit_that_says_why(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        punt = open_punt()

        with pytest.raises(NotMovable, match="Schrijf eerst op waarom"):
            self.move(als, coordinator, punt.aanmelding, AanmeldingStatus.AANGEHOUDEN)

        assert Agendapunt.objects.get().besluit == ""
        assert (Aanmelding.objects.get().status, Aanmelding.objects.get().versie) == ("voor_overleg", 1)

    @pytest.mark.parametrize("kolom", ["intake", "te_beleggen"])
    def test_to_aangehouden_without_an_agendapunt_asks_for_one(
        self, als: Als, coordinator: Medewerker, kolom: str
    ) -> None:
        aanmelding = AanmeldingFactory(**{kolom: True})
        OverlegFactory()

        with pytest.raises(NotMovable, match="eerst terug op de agenda"):
            self.move(als, coordinator, aanmelding, AanmeldingStatus.AANGEHOUDEN)

        assert not aanmelding.agendapunten.filter(besluit="").exists()
        assert (Aanmelding.objects.get().status, Aanmelding.objects.get().versie) == (kolom, 1)

    def test_to_te_beleggen_stays_on_the_agenda(self, als: Als, coordinator: Medewerker) -> None:
        punt = open_punt()

        self.move(als, coordinator, punt.aanmelding, AanmeldingStatus.TE_BELEGGEN)

        assert punt.aanmelding.agendapunten.get().besluit == ""

    def test_from_free_offer_to_the_intake_changes_the_next_step(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        aanmelding = AanmeldingFactory(te_beleggen=True)

        self.move(als, coordinator, aanmelding, AanmeldingStatus.INTAKE)

        aanmelding.melding.refresh_from_db()
        assert aanmelding.melding.volgende_stap == "Verdiepende intake of huisbezoek"

    @pytest.mark.parametrize("naar", ["belegd", "afgerond", "voor_overleg", "", "zomaar"])
    def test_refuses_what_is_no_move(self, als: Als, coordinator: Medewerker, naar: str) -> None:
        aanmelding = AanmeldingFactory()

        with pytest.raises(NotMovable):
            self.move(als, coordinator, aanmelding, naar)

        assert Aanmelding.objects.get().versie == 1

    def test_refuses_a_settled_card(self, als: Als, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory(belegd=True)

        with pytest.raises(TransitionNotAllowed):
            self.move(als, coordinator, aanmelding, AanmeldingStatus.VOOR_OVERLEG)

        assert Aanmelding.objects.get().status == AanmeldingStatus.BELEGD

    def test_refuses_a_board_from_before_a_colleague_moved_it(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        aanmelding = AanmeldingFactory()

        with pytest.raises(AanmeldingChanged):
            self.move(als, coordinator, aanmelding, AanmeldingStatus.INTAKE, versie=7)

        assert Aanmelding.objects.get().status == AanmeldingStatus.VOOR_OVERLEG

    def test_refuses_a_teamlid(self, als: Als, systeem: Any) -> None:
        aanmelding, teamlid = AanmeldingFactory(intake=True), TeamlidFactory()

        with pytest.raises(DomainError, match="niet \\(meer\\) wijzigen"):
            self.move(als, teamlid, aanmelding, AanmeldingStatus.VOOR_OVERLEG)

        assert Aanmelding.objects.get().status == AanmeldingStatus.INTAKE


class TestFinishAanmelding:
    def test_closes_the_melding_that_is_still_with_the_team(self, als: Als, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory(te_beleggen=True)

        with als(coordinator):
            finish_aanmelding(
                aanmelding=aanmelding,
                actor=coordinator,
                at=DONDERDAG,
                toelichting="Thuisadministratie loopt.",
            )

        aanmelding.refresh_from_db()
        aanmelding.melding.refresh_from_db()
        assert aanmelding.status == AanmeldingStatus.AFGEROND
        assert aanmelding.melding.status == MeldingStatus.GESLOTEN
        assert "Thuisadministratie loopt." in aanmelding.melding.afhandeling_toelichting
        assert aanmelding.melding.lees_teams == []

    def test_refuses_while_the_resident_expects_somebody(self, als: Als, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory(te_beleggen=True)
        afspraak = AfspraakFactory(melding=aanmelding.melding)

        with als(coordinator), pytest.raises(StillPlanned, match="afspraak gepland"):
            finish_aanmelding(aanmelding=aanmelding, actor=coordinator, at=DONDERDAG)

        for row in (aanmelding, aanmelding.melding, afspraak):
            row.refresh_from_db()
        assert aanmelding.status == AanmeldingStatus.TE_BELEGGEN
        assert (aanmelding.melding.status, afspraak.status) == (MeldingStatus.BIJ_TEAM, "gepland")

    def test_may_be_done_by_the_casusregisseur_who_starts(self, als: Als, systeem: Any) -> None:
        regisseur = CasusregisseurFactory(team="jeugd")
        aanmelding = AanmeldingFactory(belegd=True, casusregisseur=regisseur, melding__gesloten=True,
                                       melding__medewerker__organisatie="kwadraad")  # fmt: skip

        with als(regisseur):
            finish_aanmelding(aanmelding=aanmelding, actor=regisseur, at=DONDERDAG)

        aanmelding.refresh_from_db()
        assert aanmelding.status == AanmeldingStatus.AFGEROND

    def test_refuses_while_it_stands_on_an_agenda(self, als: Als, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory()

        with als(coordinator), pytest.raises(FinishUndecided):
            finish_aanmelding(aanmelding=aanmelding, actor=coordinator, at=DONDERDAG)

        assert Aanmelding.objects.get().status == AanmeldingStatus.VOOR_OVERLEG

    def test_refuses_a_second_time(self, als: Als, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory(afgerond=True, melding__medewerker__organisatie="kwadraad")

        with als(coordinator), pytest.raises(TransitionNotAllowed):
            finish_aanmelding(aanmelding=aanmelding, actor=coordinator, at=DONDERDAG)


class TestNextOverleg:
    def coming(self, als: Als, actor: Medewerker, at: datetime, **more: Any) -> Overleg:
        with als(actor):
            return next_overleg(bord=Bord.VOLWASSENEN, actor=actor, at=at, **more)

    def test_is_the_first_planned_one_after_now(self, als: Als, coordinator: Medewerker) -> None:
        OverlegFactory(begint_op=MAANDAG - WEEK)
        OverlegFactory(begint_op=MAANDAG + timedelta(hours=1), geannuleerd=True)
        OverlegFactory(bord=Bord.JEUGD, begint_op=MAANDAG + timedelta(hours=2))
        OverlegFactory(week_later=True)
        first = OverlegFactory()

        assert self.coming(als, coordinator, MAANDAG) == first

    def test_after_this_one_when_asked(self, als: Als, coordinator: Medewerker) -> None:
        OverlegFactory()
        later = OverlegFactory(week_later=True)

        assert self.coming(als, coordinator, MAANDAG, after=DONDERDAG) == later

    def test_does_not_plan_beside_one_that_a_colleague_planned_just_now(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        """The colleague commits between our look and our plan: then we look again."""
        OverlegFactory()

        with als(coordinator):
            planned = agenda._plan_next(Bord.VOLWASSENEN, coordinator, MAANDAG)

        assert planned is None
        assert Overleg.objects.count() == 1

    def test_comes_after_one_that_was_held_early(self, als: Als, coordinator: Medewerker) -> None:
        held = OverlegFactory(gehouden=True)

        coming = self.coming(als, coordinator, held.begint_op - timedelta(minutes=30))

        assert coming.begint_op == held.begint_op + WEEK

    def test_is_not_planned_while_the_same_people_sit_in_another(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        OverlegFactory(bord=Bord.GEZAMENLIJK)
        OverlegFactory(bord=Bord.JEUGD, begint_op=DONDERDAG + timedelta(hours=1))

        assert self.coming(als, coordinator, MAANDAG).begint_op == DONDERDAG + timedelta(hours=1)

    def test_is_planned_on_a_werkdag(self, als: Als, coordinator: Medewerker) -> None:
        hemelvaart = datetime(2026, 5, 11, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))

        assert self.coming(als, coordinator, hemelvaart).begint_op.date().isoformat() == "2026-05-15"

    def test_keeps_ten_oclock_when_the_clock_changes(self, als: Als, coordinator: Medewerker) -> None:
        last = OverlegFactory(
            begint_op=datetime(2026, 10, 22, 10, tzinfo=ZoneInfo("Europe/Amsterdam")), gehouden=True
        )

        coming = self.coming(als, coordinator, last.begint_op)

        assert coming.begint_op == datetime(2026, 10, 29, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


class TestPlanOverleg:
    def plan(self, als: Als, actor: Medewerker, begint_op: datetime, **more: Any) -> Overleg:
        with als(actor):
            return plan_overleg(bord=Bord.VOLWASSENEN, begint_op=begint_op, actor=actor, at=MAANDAG, **more)

    def test_stands_on_the_agenda(self, als: Als, coordinator: Medewerker) -> None:
        overleg = self.plan(als, coordinator, DONDERDAG, voorzitter=coordinator)

        assert (overleg.status, overleg.plaats) == (OverlegStatus.GEPLAND, "Van Heeckerenhuis")

    @pytest.mark.parametrize(
        ("begint_op", "error"),
        [
            (MAANDAG, OverlegInPast),
            (MAANDAG - WEEK, OverlegInPast),
            (MAANDAG + timedelta(days=5), NotAWerkdag),
        ],
    )
    def test_refuses_the_past_and_a_day_off(
        self, als: Als, coordinator: Medewerker, begint_op: datetime, error: type[DomainError]
    ) -> None:
        with pytest.raises(error):
            self.plan(als, coordinator, begint_op)

        assert not Overleg.objects.exists()

    def test_refuses_a_moment_that_is_taken(self, als: Als, coordinator: Medewerker) -> None:
        OverlegFactory()

        with pytest.raises(MomentTaken):
            self.plan(als, coordinator, DONDERDAG)

        assert Overleg.objects.count() == 1

    def test_refuses_the_hour_in_which_the_same_people_sit_in_another(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        OverlegFactory(bord=Bord.GEZAMENLIJK)

        with pytest.raises(MomentTaken, match=r"Dezelfde mensen.*gezamenlijk.*10:00 uur"):
            self.plan(als, coordinator, DONDERDAG + timedelta(minutes=30))

        assert Overleg.objects.count() == 1

    def test_refuses_a_voorzitter_who_left(self, als: Als, coordinator: Medewerker) -> None:
        weg = TeamlidFactory()
        weg.plaatsingen.update(tot=MAANDAG.date())

        with pytest.raises(DomainError, match="werkt hier niet"):
            self.plan(als, coordinator, DONDERDAG, voorzitter=weg)


class TestCancelOverleg:
    def test_takes_what_was_undecided_to_the_next(self, als: Als, coordinator: Medewerker) -> None:
        overleg, later = OverlegFactory(), OverlegFactory(week_later=True)
        aanmelding = AanmeldingFactory(overleg=overleg)

        with als(coordinator):
            cancel_overleg(overleg=overleg, actor=coordinator, at=MAANDAG)

        aanmelding.melding.refresh_from_db()
        overleg.refresh_from_db()
        assert overleg.status == OverlegStatus.GEANNULEERD
        assert aanmelding.agendapunten.get().overleg == later
        assert aanmelding.melding.uiterlijk == later.begint_op

    @pytest.mark.parametrize("stand", ["gehouden", "geannuleerd"])
    def test_refuses_what_is_over(self, als: Als, coordinator: Medewerker, stand: str) -> None:
        overleg = OverlegFactory(**{stand: True})

        with als(coordinator), pytest.raises(NotPlanned, match=stand):
            cancel_overleg(overleg=overleg, actor=coordinator, at=MAANDAG)


class TestFinishOverleg:
    def test_closes_it_when_all_is_decided(self, als: Als, coordinator: Medewerker) -> None:
        overleg = OverlegFactory()

        with als(coordinator):
            finish_overleg(overleg=overleg, actor=coordinator, at=DONDERDAG)

        overleg.refresh_from_db()
        assert overleg.status == OverlegStatus.GEHOUDEN

    def test_refuses_while_an_aanmelding_waits(self, als: Als, coordinator: Medewerker) -> None:
        punt = open_punt()

        with als(coordinator), pytest.raises(PointsUndecided, match="Over 1 aanmelding"):
            finish_overleg(overleg=punt.overleg, actor=coordinator, at=DONDERDAG)

        punt.overleg.refresh_from_db()
        assert punt.overleg.status == OverlegStatus.GEPLAND

    def test_refuses_the_day_before(self, als: Als, coordinator: Medewerker) -> None:
        with als(coordinator), pytest.raises(OverlegNotBegun):
            finish_overleg(overleg=OverlegFactory(), actor=coordinator, at=DONDERDAG - timedelta(days=1))
