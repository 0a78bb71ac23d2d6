"""Acties en notities: wat ze vragen, en dat een weigering niets achterlaat."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from casusregie.models import Actie, Casus
from casusregie.services import (
    ActieDone,
    ActieNeedsMedewerker,
    CasusIsClosed,
    DateInPast,
    MedewerkerNotPlaced,
    add_actie,
    add_notitie,
    complete_actie,
    drop_actie,
)
from skt.kern.keten import KetenBroken
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.casusregie.conftest import Als
from tests.factories.casusregie import ActieFactory, CasusFactory
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.triage import DONDERDAG

MORGEN = (DONDERDAG + timedelta(days=1)).date()
GISTEREN = (DONDERDAG - timedelta(days=1)).date()


def actie(wie: Medewerker, **more: Any) -> dict[str, Any]:
    facts = {"wat": "Bel de school", "uitvoerder": "organisatie", "uiterlijk": MORGEN, "medewerker": wie}
    return {**facts, **more}


class TestAddActie:
    def test_by_a_helper_stands_open_and_is_logged(self, als: Als, casus: Casus, helper: Medewerker) -> None:
        with als(helper):
            made = add_actie(casus=casus, actor=helper, at=DONDERDAG, **actie(helper))
        assert (made.status, made.medewerker, made.gemaakt_op) == (Actie.Status.OPEN, helper, DONDERDAG)
        regel = Regel.objects.get(actie="casusregie.add_actie")
        assert (regel.medewerker_id, regel.inwoner_id) == (helper.pk, casus.melding.inwoner_id)

    def test_of_the_inwoner_has_no_medewerker(self, als: Als, casus: Casus, regisseur: Medewerker) -> None:
        with als(regisseur):
            made = add_actie(
                casus=casus, actor=regisseur, at=DONDERDAG, **actie(regisseur, uitvoerder="inwoner")
            )
        assert made.medewerker is None

    @pytest.mark.parametrize(
        ("more", "refusal"),
        [
            ({"uiterlijk": GISTEREN}, DateInPast),
            ({"medewerker": None}, ActieNeedsMedewerker),
        ],
    )
    def test_refuses_and_changes_nothing(
        self,
        als: Als,
        casus: Casus,
        regisseur: Medewerker,
        stand: Callable[[], Any],
        more: dict[str, Any],
        refusal: type[Exception],
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(refusal):
            add_actie(casus=casus, actor=regisseur, at=DONDERDAG, **actie(regisseur, **more))
        assert stand() == before

    def test_refuses_somebody_who_does_not_work_here(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Callable[[], Any]
    ) -> None:
        niemand, before = MedewerkerFactory(), stand()
        with als(regisseur), pytest.raises(MedewerkerNotPlaced):
            add_actie(casus=casus, actor=regisseur, at=DONDERDAG, **actie(niemand))
        assert stand() == before

    def test_refuses_a_closed_casus(self, als: Als, systeem: Any) -> None:
        dicht = CasusFactory(gesloten=True)
        regisseur = dicht.agendapunt.casusregisseur
        with als(regisseur), pytest.raises(CasusIsClosed):
            add_actie(casus=dicht, actor=regisseur, at=DONDERDAG, **actie(regisseur))
        assert not dicht.acties.exists()


class TestCompleteActie:
    def test_refuses_the_last_one_and_leaves_it_open(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Callable[[], Any]
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(KetenBroken, match="open actie"):
            complete_actie(actie=casus.acties.get(), actor=regisseur, at=DONDERDAG)
        assert stand() == before

    def test_takes_the_last_one_with_the_next(self, als: Als, casus: Casus, regisseur: Medewerker) -> None:
        laatste = casus.acties.get()
        with als(regisseur):
            complete_actie(
                actie=laatste,
                actor=regisseur,
                at=DONDERDAG,
                toelichting="Ging goed.",
                nieuwe=actie(regisseur),
            )
        laatste.refresh_from_db()
        assert (laatste.status, laatste.afgerond_op, laatste.toelichting) == (
            "klaar",
            DONDERDAG,
            "Ging goed.",
        )
        assert casus.acties.open().get().wat == "Bel de school"

    def test_by_a_helper_finishes_their_own(self, als: Als, casus: Casus, helper: Medewerker) -> None:
        eigen = ActieFactory(casus=casus, medewerker=helper)
        with als(helper):
            complete_actie(actie=eigen, actor=helper, at=DONDERDAG)
        eigen.refresh_from_db()
        assert eigen.status == Actie.Status.KLAAR

    def test_by_a_helper_refuses_that_of_another(
        self, als: Als, casus: Casus, helper: Medewerker, stand: Callable[[], Any]
    ) -> None:
        ActieFactory(casus=casus)
        vreemd, before = casus.acties.first(), stand()
        with als(helper), pytest.raises(Exception, match=r"kunt deze actie niet|row-level|policy"):
            complete_actie(actie=vreemd, actor=helper, at=DONDERDAG)
        assert stand() == before

    def test_refuses_what_is_done(self, als: Als, casus: Casus, regisseur: Medewerker) -> None:
        klaar = ActieFactory(casus=casus, klaar=True)
        with als(regisseur), pytest.raises(ActieDone):
            complete_actie(actie=klaar, actor=regisseur, at=DONDERDAG)

    def test_takes_nothing_when_the_next_is_refused(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Callable[[], Any]
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(DateInPast):
            complete_actie(
                actie=casus.acties.get(),
                actor=regisseur,
                at=DONDERDAG,
                nieuwe=actie(regisseur, uiterlijk=date(2020, 1, 1)),
            )
        assert stand() == before


class TestDropActie:
    def test_says_why(self, als: Als, casus: Casus, regisseur: Medewerker) -> None:
        extra = ActieFactory(casus=casus)
        with als(regisseur):
            drop_actie(actie=extra, actor=regisseur, at=DONDERDAG, toelichting="Niet meer nodig.")
        extra.refresh_from_db()
        assert (extra.status, extra.toelichting) == (Actie.Status.VERVALLEN, "Niet meer nodig.")

    def test_refuses_the_last_one(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Callable[[], Any]
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(KetenBroken):
            drop_actie(actie=casus.acties.get(), actor=regisseur, at=DONDERDAG, toelichting="Weg.")
        assert stand() == before


class TestAddNotitie:
    def test_is_written_by_whoever_helps(self, als: Als, casus: Casus, helper: Medewerker) -> None:
        with als(helper):
            notitie = add_notitie(casus=casus, actor=helper, at=DONDERDAG, tekst=" Gebeld. ")
        assert (notitie.tekst, notitie.medewerker) == ("Gebeld.", helper)

    def test_refuses_a_closed_casus(self, als: Als, systeem: Any) -> None:
        dicht = CasusFactory(gesloten=True)
        with als(dicht.agendapunt.casusregisseur), pytest.raises(CasusIsClosed):
            add_notitie(casus=dicht, actor=dicht.agendapunt.casusregisseur, at=DONDERDAG, tekst="Nog iets.")
        assert not dicht.notities.exists()
