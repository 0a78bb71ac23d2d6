"""Van start tot nazorg en sluiten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from casusregie.models import Casus, Nazorg
from casusregie.services import (
    CasusChanged,
    CasusNotYours,
    NazorgDone,
    NoCoordinator,
    close_casus,
    record_nazorg,
    resume_casus,
    start_casus,
    start_nazorg,
    taper_casus,
)
from casusregie.status import CASUS_TRANSITIONS, CasusStatus
from skt.kern.errors import GuardFailed, TransitionNotAllowed
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from skt.verantwoording.models import Regel
from tests.casusregie.conftest import Als
from tests.factories.casusregie import ActieFactory, CasusFactory, NazorgFactory
from tests.factories.medewerkers import team
from tests.factories.triage import (
    DONDERDAG,
    AanmeldingFactory,
    AgendapuntFactory,
    CasusregisseurFactory,
    CoordinatorFactory,
    open_punt,
)
from triage.models import Besluit
from triage.services import decide
from triage.status import AanmeldingStatus

R = Nazorg.Resultaat


@pytest.fixture
def nazorg(systeem: Any) -> Nazorg:
    return CasusFactory(in_nazorg=True).nazorg.get()


def record(als: Als, nazorg: Nazorg, resultaat: str, **more: Any) -> Casus:
    wie = nazorg.casus.agendapunt.casusregisseur
    with als(wie):
        record_nazorg(nazorg=nazorg, actor=wie, at=DONDERDAG, resultaat=resultaat, **more)
    return Casus.objects.get(pk=nazorg.casus_id)


class TestOpenCasus:
    def test_from_the_gezamenlijk_overleg_in_the_team_of_the_casusregisseur(
        self, als: Als, systeem: Any
    ) -> None:
        coordinator, regisseur = CoordinatorFactory(), CasusregisseurFactory(team="jeugd")
        punt = open_punt(gezamenlijk=True)

        with als(coordinator):
            decide(
                agendapunt=punt, besluit=Besluit.CASUSREGIE, casusregisseur=regisseur,
                uiterlijk=DONDERDAG.date(), actor=coordinator, at=DONDERDAG,
            )  # fmt: skip

        casus = Casus.objects.get(agendapunt=punt)
        assert (casus.team.soort, casus.geopend_door) == ("jeugd", coordinator)

    @pytest.mark.parametrize(
        ("bord", "eigen"), [("gezamenlijk", False), ("jeugd", True)], ids=["andermans besluit", "ander bord"]
    )
    def test_is_not_in_another_team_without_the_own_besluit_of_both(
        self, als: Als, systeem: Any, bord: str, eigen: bool
    ) -> None:
        coordinator = CoordinatorFactory()
        besloten_door = coordinator if eigen else CoordinatorFactory(team="jeugd")
        aanmelding = AanmeldingFactory(belegd=True, **{bord: True})
        punt = AgendapuntFactory(aanmelding=aanmelding, regie=True, besloten_door=besloten_door)

        with als(coordinator), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            Casus.objects.create(
                nummer="2026-9999", agendapunt=punt, melding=aanmelding.melding, team=team("jeugd"),
                titel="x", geopend_op=DONDERDAG, geopend_door=coordinator,
            )  # fmt: skip

        assert not Casus.objects.exists()


class TestStartCasus:
    def test_takes_the_card_from_the_board(self, als: Als, systeem: Any) -> None:
        casus = CasusFactory(in_opstart=True)
        wie = casus.agendapunt.casusregisseur
        with als(wie):
            start_casus(casus=casus, actor=wie, at=DONDERDAG)
        casus.refresh_from_db()
        casus.agendapunt.aanmelding.refresh_from_db()
        assert casus.status == CasusStatus.LOPEND
        assert casus.agendapunt.aanmelding.status == AanmeldingStatus.AFGEROND

    def test_refuses_an_older_page(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Callable[[], Any]
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(CasusChanged):
            taper_casus(casus=casus, actor=regisseur, at=DONDERDAG, versie=casus.versie + 1)
        assert stand() == before


class TestTransitions:
    def test_taper_and_resume(self, als: Als, casus: Casus, regisseur: Medewerker) -> None:
        with als(regisseur):
            assert taper_casus(casus=casus, actor=regisseur, at=DONDERDAG).status == CasusStatus.IN_AFBOUW
            assert resume_casus(casus=casus, actor=regisseur, at=DONDERDAG).status == CasusStatus.LOPEND

    @pytest.mark.parametrize("service", [start_casus, resume_casus, close_casus])
    def test_refuse_from_another_status(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Callable[[], Any], service: Any
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(TransitionNotAllowed):
            service(casus=casus, actor=regisseur, at=DONDERDAG)
        assert stand() == before

    def test_are_not_for_whoever_only_helps(
        self, als: Als, casus: Casus, helper: Medewerker, stand: Callable[[], Any]
    ) -> None:
        before = stand()
        with als(helper), pytest.raises(CasusNotYours):
            taper_casus(casus=casus, actor=helper, at=DONDERDAG)
        assert stand() == before


class TestStartNazorg:
    def test_refuses_while_acties_are_open(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Callable[[], Any]
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(GuardFailed, match="één actie open"):
            start_nazorg(casus=casus, actor=regisseur, at=DONDERDAG)
        assert stand() == before

    def test_finishes_them_when_asked_and_plans_the_first_contact(
        self, als: Als, casus: Casus, regisseur: Medewerker
    ) -> None:
        ActieFactory(casus=casus)
        with als(regisseur):
            nazorg = start_nazorg(casus=casus, actor=regisseur, at=DONDERDAG, maanden=3, rond_acties_af=True)
        casus.refresh_from_db()
        assert casus.status == CasusStatus.NAZORG
        assert not casus.acties.open().exists()
        assert nazorg.gepland_op == (DONDERDAG + timedelta(days=92)).date()


class TestRecordNazorg:
    def test_closes_when_the_inwoner_manages(self, als: Als, nazorg: Nazorg) -> None:
        casus = record(als, nazorg, R.REDT_ZICH)
        assert (casus.status, casus.gesloten_op) == (CasusStatus.AFGESLOTEN, DONDERDAG)

    def test_may_plan_another_contact_instead(self, als: Als, nazorg: Nazorg) -> None:
        casus = record(als, nazorg, R.REDT_ZICH, maanden_later=3)
        assert casus.status == CasusStatus.NAZORG
        assert casus.nazorg.filter(uitgevoerd_op__isnull=True).get().maanden == 3

    def test_tries_again_without_an_answer_and_never_closes(self, als: Als, nazorg: Nazorg) -> None:
        casus = record(als, nazorg, R.GEEN_GEHOOR)
        assert casus.status == CasusStatus.NAZORG
        assert casus.nazorg.filter(uitgevoerd_op__isnull=True).count() == 1
        assert not casus.acties.exists()

    def test_warns_the_coordinator_the_third_time(self, als: Als, nazorg: Nazorg) -> None:
        for _ in range(2):
            NazorgFactory(casus=nazorg.casus, gedaan=True, resultaat=R.GEEN_GEHOOR)
        casus = record(als, nazorg, R.GEEN_GEHOOR)
        assert casus.acties.open().get().medewerker.heeft_rol(Rol.TEAMCOORDINATOR)
        assert casus.status == CasusStatus.NAZORG

    def test_refuses_the_third_time_without_a_coordinator(self, als: Als, nazorg: Nazorg) -> None:
        for _ in range(2):
            NazorgFactory(casus=nazorg.casus, gedaan=True, resultaat=R.GEEN_GEHOOR)
        gisteren = (DONDERDAG - timedelta(days=1)).date()
        Plaatsing.objects.filter(rol=Rol.TEAMCOORDINATOR).update(tot=gisteren)
        with pytest.raises(NoCoordinator):
            record(als, nazorg, R.GEEN_GEHOOR)
        nazorg.refresh_from_db()
        assert nazorg.uitgevoerd_op is None

    def test_picks_up_again_after_a_relapse(self, als: Als, nazorg: Nazorg) -> None:
        casus = record(als, nazorg, R.TERUGVAL)
        assert casus.status == CasusStatus.LOPEND
        assert casus.acties.open().get().medewerker == casus.agendapunt.casusregisseur

    def test_refuses_a_second_result(self, als: Als, nazorg: Nazorg) -> None:
        record(als, nazorg, R.GEEN_GEHOOR)
        with pytest.raises(NazorgDone):
            record(als, nazorg, R.REDT_ZICH)

    def test_refuses_to_close_over_an_open_actie(self, als: Als, nazorg: Nazorg) -> None:
        ActieFactory(casus=nazorg.casus)
        with pytest.raises(GuardFailed, match="één actie open"):
            record(als, nazorg, R.REDT_ZICH)
        nazorg.refresh_from_db()
        assert nazorg.uitgevoerd_op is None

    def test_finishes_open_acties_when_asked_and_closes(self, als: Als, nazorg: Nazorg) -> None:
        actie = ActieFactory(casus=nazorg.casus)
        casus = record(als, nazorg, R.REDT_ZICH, rond_acties_af=True)
        actie.refresh_from_db()
        assert (casus.status, actie.status) == (CasusStatus.AFGESLOTEN, "klaar")


class TestCloseCasus:
    def test_refuses_without_a_result(self, als: Als, nazorg: Nazorg) -> None:
        wie = nazorg.casus.agendapunt.casusregisseur
        with als(wie), pytest.raises(GuardFailed):
            close_casus(casus=nazorg.casus, actor=wie, at=DONDERDAG)
        nazorg.casus.refresh_from_db()
        assert nazorg.casus.status == CasusStatus.NAZORG

    def test_refuses_while_another_contact_is_planned(self, als: Als, nazorg: Nazorg, client: Client) -> None:
        """That row would stay open in a closed casus. There is no page for it: the result of the nazorg closes."""
        casus = record(als, nazorg, R.REDT_ZICH, maanden_later=3)
        wie = casus.agendapunt.casusregisseur
        with als(wie), pytest.raises(GuardFailed, match="nog nazorg gepland"):
            close_casus(casus=casus, actor=wie, at=DONDERDAG)
        client.force_login(wie)
        assert client.post(f"/casussen/{casus.nummer}/afsluiten/").status_code == 404
        assert Casus.objects.get(pk=casus.pk).status == CasusStatus.NAZORG
        assert not Regel.objects.filter(actie="casusregie.close_casus").exists()

    def test_asks_the_last_result_not_an_older_one(self, nazorg: Nazorg) -> None:
        zin = "Een casus gaat pas dicht als bij de nazorg blijkt dat de inwoner zich zonder hulp redt."
        NazorgFactory(casus=nazorg.casus, gedaan=True, resultaat=R.REDT_ZICH)
        assert zin not in CASUS_TRANSITIONS["close"].refusals(nazorg.casus)
        later = DONDERDAG + timedelta(days=60)
        NazorgFactory(casus=nazorg.casus, gedaan=True, resultaat=R.TERUGVAL, uitgevoerd_op=later)
        assert zin in CASUS_TRANSITIONS["close"].refusals(nazorg.casus)
