"""De regie overdragen en schalen, wie meedoet, wie op naam meeleest, en de casus die uit een besluit komt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from casusregie.models import Casus, Regieniveau
from casusregie.services import (
    AlreadyInvolved,
    CasusAlreadyOpen,
    CasusIsClosed,
    CasusNotYours,
    HoldsTheRegie,
    NotInvited,
    NotInvolved,
    NotScalable,
    ReasonMissing,
    RegisseurUnavailable,
    SameRegisseur,
    add_betrokkenheid,
    end_betrokkenheid,
    invite_person,
    open_casus,
    scale_down,
    scale_up,
    shield_casus,
    transfer_regie,
    unshield_casus,
    withdraw_invitation,
)
from intake.status import MeldingStatus
from skt.autorisatie.rules import may
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from tests.casusregie.conftest import Als
from tests.factories.agenda import AfspraakFactory
from tests.factories.casusregie import CasusFactory
from tests.factories.medewerkers import MedewerkerFactory, organisatie
from tests.factories.triage import (
    DONDERDAG,
    CasusregisseurFactory,
    CoordinatorFactory,
    ProcesregisseurFactory,
    TerugkoppelingFactory,
    open_punt,
)
from triage.models import Besluit
from triage.services import decide
from triage.termijnlijst import te_doen_terugkoppelingen

EVALUATIE = (DONDERDAG + timedelta(days=30)).date()
ZIEN = "casusregie.view_casus"
Stand = Callable[[], Any]


def schaling(**more: Any) -> dict[str, Any]:
    return {
        "aanleiding": "complex of escalerend",
        "besproken_met": "school",
        "evaluatie_op": EVALUATIE,
        **more,
    }


def mag(als: Als, wie: Medewerker, recht: str, casus: Casus) -> bool:
    with als(wie):
        return may(Medewerker.objects.get(pk=wie.pk), recht, casus)


class TestOpenCasus:
    def besluit(self, als: Als, besluit: str = Besluit.CASUSREGIE, **more: Any) -> Casus:
        punt, actor = more.pop("punt", None) or open_punt(), CoordinatorFactory(organisatie="gemeente")
        facts = {
            "casusregisseur": CasusregisseurFactory(organisatie="smow"),
            "uiterlijk": (DONDERDAG + timedelta(days=7)).date(),
            **more,
        }
        with als(actor):
            decide(agendapunt=punt, besluit=besluit, actor=actor, at=DONDERDAG, **facts)
        return Casus.objects.get(agendapunt=punt)

    def test_gives_the_regie_the_first_actie_and_the_right_to_read(self, als: Als, systeem: Any) -> None:
        casus = self.besluit(als)
        regie, actie = casus.lopende_toewijzing("casusregie"), casus.acties.get()
        assert regie.organisatie == organisatie("smow")
        assert (actie.medewerker, actie.status) == (regie.medewerker, "open")
        assert casus.lees_organisaties == [organisatie("smow").pk]
        assert casus.melding.status == MeldingStatus.GESLOTEN
        assert mag(als, regie.medewerker, "casusregie.manage_casus", casus)

    def test_takes_over_what_was_planned_with_the_resident(self, als: Als, systeem: Any) -> None:
        punt = open_punt()
        afspraak = AfspraakFactory(melding=punt.aanmelding.melding)

        casus = self.besluit(als, punt=punt)

        afspraak.refresh_from_db()
        assert (afspraak.casus_id, afspraak.status) == (casus.pk, "gepland")

    def test_starts_the_procesregie_when_the_overleg_scaled_up(self, als: Als, systeem: Any) -> None:
        proces = ProcesregisseurFactory(organisatie="gemeente")
        casus = self.besluit(als, Besluit.PROCESREGIE, procesregisseur=proces)
        assert casus.regieniveau == Regieniveau.PROCESREGIE
        assert casus.lopende_toewijzing("procesregie").medewerker == proces
        assert casus.schalingen.get().richting == "opschalen"

    def test_refuses_a_second_casus_for_one_besluit(self, als: Als, systeem: Any) -> None:
        casus = self.besluit(als)
        with als(casus.geopend_door), pytest.raises(CasusAlreadyOpen):
            open_casus(agendapunt=casus.agendapunt, actor=casus.geopend_door, at=DONDERDAG)
        assert Casus.objects.count() == 1


class TestTransferRegie:
    def test_moves_the_regie_and_involves_the_organisation(
        self, als: Als, casus: Casus, regisseur: Medewerker
    ) -> None:
        nieuwe = CasusregisseurFactory(organisatie="mee")
        with als(regisseur):
            transfer_regie(casus=casus, actor=regisseur, at=DONDERDAG, medewerker=nieuwe, reden="Verhuisd")
        casus.refresh_from_db()
        assert casus.regisseurs == [nieuwe.pk]
        assert organisatie("mee").pk in casus.lees_organisaties
        assert not mag(als, regisseur, "casusregie.manage_casus", casus)

    def test_takes_along_what_the_melder_still_has_to_hear(
        self, als: Als, casus: Casus, regisseur: Medewerker
    ) -> None:
        rij = TerugkoppelingFactory(agendapunt=casus.agendapunt, casusregisseur=regisseur)
        nieuwe = CasusregisseurFactory(organisatie="mee")
        with als(regisseur):
            transfer_regie(casus=casus, actor=regisseur, at=DONDERDAG, medewerker=nieuwe, reden="Verhuisd")

        with als(nieuwe):
            [te_doen] = te_doen_terugkoppelingen(nieuwe, rij.uiterlijk, 9)
        assert te_doen.nummer == casus.melding.nummer
        with als(regisseur):
            assert not list(te_doen_terugkoppelingen(regisseur, rij.uiterlijk, 9))

    @pytest.mark.parametrize(
        ("reden", "wie", "refusal"),
        [
            (" ", "nieuwe", ReasonMissing),
            ("Ziek", "zelf", SameRegisseur),
            ("Ziek", "niemand", RegisseurUnavailable),
        ],
    )
    def test_refuses_and_changes_nothing(
        self,
        als: Als,
        casus: Casus,
        regisseur: Medewerker,
        stand: Stand,
        reden: str,
        wie: str,
        refusal: type[DomainError],
    ) -> None:
        kandidaat = {
            "nieuwe": CasusregisseurFactory(organisatie="mee"),
            "zelf": regisseur,
            "niemand": MedewerkerFactory(rol=Rol.LOKETPROFESSIONAL),
        }[wie]
        before = stand()
        with als(regisseur), pytest.raises(refusal):
            transfer_regie(casus=casus, actor=regisseur, at=DONDERDAG, medewerker=kandidaat, reden=reden)
        assert stand() == before

    def test_is_not_for_a_helper(self, als: Als, casus: Casus, helper: Medewerker, stand: Stand) -> None:
        before = stand()
        with als(helper), pytest.raises(CasusNotYours):
            transfer_regie(casus=casus, actor=helper, at=DONDERDAG, medewerker=helper, reden="Ik wil wel")
        assert stand() == before


class TestScaling:
    def test_up_keeps_the_casusregisseur_and_adds_one(
        self, als: Als, casus: Casus, regisseur: Medewerker
    ) -> None:
        proces = ProcesregisseurFactory(organisatie="gemeente")
        with als(regisseur):
            scale_up(casus=casus, actor=regisseur, at=DONDERDAG, procesregisseur=proces, **schaling())
        casus.refresh_from_db()
        assert sorted(casus.regisseurs) == sorted([regisseur.pk, proces.pk])
        assert (casus.regieniveau, casus.evaluatie_op) == (Regieniveau.PROCESREGIE, EVALUATIE)

    def test_down_ends_the_procesregie(self, als: Als, systeem: Any) -> None:
        casus = CasusFactory(opgeschaald=True)
        wie = casus.agendapunt.casusregisseur
        with als(wie):
            scale_down(casus=casus, actor=wie, at=DONDERDAG, **schaling(aanleiding="doelen bereikt"))
        casus.refresh_from_db()
        assert casus.regisseurs == [wie.pk]
        assert casus.regieniveau == Regieniveau.CASUSREGIE

    def test_down_by_the_procesregisseur_works_too(self, als: Als, systeem: Any) -> None:
        casus = CasusFactory(opgeschaald=True)
        wie = casus.lopende_toewijzing("procesregie").medewerker
        with als(wie):
            scale_down(casus=casus, actor=wie, at=DONDERDAG, **schaling())
        casus.refresh_from_db()
        assert casus.regieniveau == Regieniveau.CASUSREGIE

    def test_up_refuses_nonsense_and_changes_nothing(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Stand
    ) -> None:
        proces, before = ProcesregisseurFactory(), stand()
        with als(regisseur), pytest.raises(RegisseurUnavailable):
            scale_up(casus=casus, actor=regisseur, at=DONDERDAG, procesregisseur=regisseur, **schaling())
        gisteren = (DONDERDAG - timedelta(days=1)).date()
        with als(regisseur), pytest.raises(NotScalable):
            scale_up(
                casus=casus,
                actor=regisseur,
                at=DONDERDAG,
                procesregisseur=proces,
                **schaling(evaluatie_op=gisteren),
            )
        assert stand() == before

    def test_down_refuses_what_is_not_scaled_up(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Stand
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(NotScalable):
            scale_down(casus=casus, actor=regisseur, at=DONDERDAG, **schaling())
        assert stand() == before


class TestBetrokkenheid:
    def test_lets_the_organisation_read_at_once(
        self, als: Als, casus: Casus, regisseur: Medewerker, vreemde: Medewerker
    ) -> None:
        assert not mag(als, vreemde, ZIEN, casus)
        with als(regisseur):
            add_betrokkenheid(
                casus=casus, actor=regisseur, at=DONDERDAG, organisatie=organisatie("mee"), rol="Coach"
            )
        assert mag(als, vreemde, ZIEN, casus)

    def test_ends_and_takes_the_right_away_at_once(
        self, als: Als, casus: Casus, regisseur: Medewerker, helper: Medewerker
    ) -> None:
        deel = casus.betrokkenheden.get(organisatie=organisatie("smow"))
        assert mag(als, helper, ZIEN, casus)
        with als(regisseur):
            end_betrokkenheid(betrokkenheid=deel, actor=regisseur, at=DONDERDAG)
        assert not mag(als, helper, ZIEN, casus)

    def test_refuses_the_same_organisation_twice(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Stand
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(AlreadyInvolved):
            add_betrokkenheid(
                casus=casus, actor=regisseur, at=DONDERDAG, organisatie=organisatie("smow"), rol="Ook"
            )
        assert stand() == before

    def test_refuses_somebody_of_another_organisation(
        self, als: Als, casus: Casus, regisseur: Medewerker, helper: Medewerker, stand: Stand
    ) -> None:
        before = stand()
        facts = {"organisatie": organisatie("mee"), "medewerker": helper, "rol": "Coach"}
        with als(regisseur), pytest.raises(NotInvolved, match="werkt niet voor MEE"):
            add_betrokkenheid(casus=casus, actor=regisseur, at=DONDERDAG, **facts)
        assert stand() == before

    def test_does_not_end_twice(self, als: Als, casus: Casus, regisseur: Medewerker) -> None:
        deel = casus.betrokkenheden.get(organisatie=organisatie("smow"))
        with als(regisseur):
            end_betrokkenheid(betrokkenheid=deel, actor=regisseur, at=DONDERDAG)
            with pytest.raises(NotInvolved):
                end_betrokkenheid(betrokkenheid=deel, actor=regisseur, at=DONDERDAG)

    def test_of_the_casusregisseur_stays(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Stand
    ) -> None:
        before = stand()
        eigen = casus.betrokkenheden.get(organisatie=regisseur.moederorganisatie)
        with als(regisseur), pytest.raises(HoldsTheRegie):
            end_betrokkenheid(betrokkenheid=eigen, actor=regisseur, at=DONDERDAG)
        assert stand() == before


class TestInvitation:
    def test_opens_and_closes_the_casus_for_one_person(
        self, als: Als, casus: Casus, regisseur: Medewerker, vreemde: Medewerker
    ) -> None:
        with als(regisseur):
            invite_person(casus=casus, actor=regisseur, at=DONDERDAG, medewerker=vreemde)
        assert mag(als, vreemde, ZIEN, casus)
        with als(regisseur):
            withdraw_invitation(casus=casus, actor=regisseur, at=DONDERDAG, medewerker=vreemde)
        assert not mag(als, vreemde, ZIEN, casus)

    def test_refuses_a_second_one_and_somebody_without_dossiers(
        self, als: Als, casus: Casus, regisseur: Medewerker, vreemde: Medewerker
    ) -> None:
        beleid = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)
        with als(regisseur):
            invite_person(casus=casus, actor=regisseur, at=DONDERDAG, medewerker=vreemde)
            with pytest.raises(AlreadyInvolved):
                invite_person(casus=casus, actor=regisseur, at=DONDERDAG, medewerker=vreemde)
            with pytest.raises(NotInvited):
                invite_person(casus=casus, actor=regisseur, at=DONDERDAG, medewerker=beleid)
            with pytest.raises(NotInvited):
                withdraw_invitation(casus=casus, actor=regisseur, at=DONDERDAG, medewerker=beleid)


class TestClosedCasus:
    """Who was in it can still read it; nobody else comes in, also not by a POST past the page."""

    @pytest.mark.parametrize(
        "binnen",
        [
            lambda casus, wie, vreemde: add_betrokkenheid(
                casus=casus, actor=wie, at=DONDERDAG, organisatie=organisatie("mee"), rol="Coach"
            ),
            lambda casus, wie, vreemde: invite_person(
                casus=casus, actor=wie, at=DONDERDAG, medewerker=vreemde
            ),
            lambda casus, wie, vreemde: unshield_casus(casus=casus, actor=wie, at=DONDERDAG),
        ],
        ids=["organisatie", "op naam", "afscherming"],
    )
    def test_lets_nobody_in(self, als: Als, systeem: Any, vreemde: Medewerker, binnen: Any) -> None:
        dicht = CasusFactory(gesloten=True)
        wie = dicht.agendapunt.casusregisseur
        assert not mag(als, vreemde, ZIEN, dicht)
        with als(wie), pytest.raises(CasusIsClosed):
            binnen(dicht, wie, vreemde)
        assert not mag(als, vreemde, ZIEN, dicht)
        assert not Regel.objects.filter(soort="wijzigen").exists()


class TestShield:
    def test_leaves_only_the_regisseurs_and_who_is_named(
        self,
        als: Als,
        casus: Casus,
        regisseur: Medewerker,
        helper: Medewerker,
        coordinator: Medewerker,
        vreemde: Medewerker,
    ) -> None:
        with als(regisseur):
            invite_person(casus=casus, actor=regisseur, at=DONDERDAG, medewerker=vreemde)
            shield_casus(casus=casus, actor=regisseur, at=DONDERDAG)
        ziet = [mag(als, wie, ZIEN, casus) for wie in (regisseur, vreemde, helper, coordinator)]
        assert ziet == [True, True, False, False]
        with als(regisseur):
            unshield_casus(casus=casus, actor=regisseur, at=DONDERDAG)
        assert all(mag(als, wie, ZIEN, casus) for wie in (helper, coordinator))
