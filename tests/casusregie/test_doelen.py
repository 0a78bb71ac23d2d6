"""Doelen: wat ze vragen, wie ze schrijft, dat een uitkomst bij haar score past en dat nazorg niet begint met een open doel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from casusregie.models import Casus, Doel
from casusregie.plan import read_plan
from casusregie.services import (
    CasusNotYours,
    ConsentInFuture,
    ConsentOutdated,
    ConsentTooOld,
    DateInPast,
    DoelChanged,
    DoelDone,
    DoelExists,
    DoelNotNow,
    Doelwoorden,
    DropNeedsReason,
    OutcomeDayOutside,
    OutcomeMismatch,
    ScoreMissing,
    TargetBelowStart,
    Uitkomst,
    change_doel,
    finish_doel,
    set_doel,
    start_nazorg,
)
from skt.kern.errors import GuardFailed
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.casusregie.conftest import Als
from tests.casusregie.test_views_casus import url_of
from tests.factories.casusregie import ActieFactory, CasusFactory, DoelFactory
from tests.factories.triage import DONDERDAG

VANDAAG = DONDERDAG.date()
STRAKS = VANDAAG + timedelta(days=120)
LATER = DONDERDAG + timedelta(days=30)
WOORDEN = Doelwoorden("financien", "Elke maand de huur betaald", 2, 4, STRAKS)
Stand = Callable[[], Any]


@pytest.fixture
def doel(casus: Casus) -> Doel:
    return DoelFactory(casus=casus)


class TestSetDoel:
    def test_is_logged_and_a_second_click_gives_the_same(
        self, als: Als, casus: Casus, regisseur: Medewerker
    ) -> None:
        with als(regisseur):
            een, twee = (
                set_doel(casus=casus, actor=regisseur, at=DONDERDAG, woorden=WOORDEN) for _ in range(2)
            )
        assert (een.pk, een.status, een.gezet_door) == (twee.pk, "open", regisseur)
        regel = Regel.objects.get(actie="casusregie.set_doel")
        assert (regel.medewerker_id, regel.inwoner_id, regel.object_id) == (
            regisseur.pk, casus.melding.inwoner_id, een.pk,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("anders", "refusal"),
        [
            ({"doelscore": 1}, TargetBelowStart),
            ({"uiterlijk": VANDAAG - timedelta(days=1)}, DateInPast),
            ({"akkoord_op": VANDAAG + timedelta(days=1)}, ConsentInFuture),
            ({"akkoord_op": date(203, 11, 10)}, ConsentTooOld),
            ({"wat": " Er staat al dit doel ", "doelscore": 5}, DoelExists),
        ],
    )
    def test_refuses_and_changes_nothing(
        self, als: Als, casus: Casus, regisseur: Medewerker, stand: Stand, anders: Any, refusal: Any
    ) -> None:
        DoelFactory(casus=casus, wat="Er staat al dit doel")
        before = stand()
        with als(regisseur), pytest.raises(refusal):
            set_doel(casus=casus, actor=regisseur, at=DONDERDAG, woorden=replace(WOORDEN, **anders))
        assert stand() == before

    def test_may_be_to_keep_things_as_they_are(self, als: Als, casus: Casus, regisseur: Medewerker) -> None:
        with als(regisseur):
            made = set_doel(
                casus=casus, actor=regisseur, at=DONDERDAG, woorden=replace(WOORDEN, startscore=4)
            )
        assert made.startscore == made.doelscore

    def test_is_for_who_has_the_regie(
        self, als: Als, casus: Casus, helper: Medewerker, doel: Doel, stand: Stand
    ) -> None:
        """By the services and by row-level security: who helps reads the plan, and writes none of it."""
        before = stand()
        with als(helper):
            assert Doel.objects.get() == doel
            for act in (
                lambda: set_doel(casus=casus, actor=helper, at=DONDERDAG, woorden=WOORDEN),
                lambda: change_doel(doel=doel, actor=helper, at=DONDERDAG, woorden=WOORDEN),
                lambda: finish_doel(doel=doel, actor=helper, at=LATER, uitkomst=Uitkomst("behaald", 4)),
            ):
                with pytest.raises(CasusNotYours):
                    act()
            assert not Doel.objects.filter(pk=doel.pk).update(wat="Iets anders")
            with pytest.raises(Error, match="row-level"), transaction.atomic():
                DoelFactory(casus=casus, gezet_door=helper)
        assert stand() == before

    def test_is_unseen_by_who_is_not_in_the_casus(self, als: Als, vreemde: Medewerker, doel: Doel) -> None:
        with als(vreemde):
            assert not Doel.objects.exists()

    def test_is_refused_in_nazorg(self, als: Als, systeem: Any) -> None:
        casus = CasusFactory(in_nazorg=True)
        regisseur = casus.agendapunt.casusregisseur
        with als(regisseur), pytest.raises(DoelNotNow):
            set_doel(casus=casus, actor=regisseur, at=DONDERDAG, woorden=WOORDEN)
        assert not casus.doelen.exists()


class TestChangeDoel:
    def test_refuses_an_older_page(self, als: Als, regisseur: Medewerker, doel: Doel, stand: Stand) -> None:
        with als(regisseur):
            for _ in range(2):  # the second click says the same, and is no change
                change_doel(doel=doel, actor=regisseur, at=DONDERDAG, woorden=WOORDEN, versie=1)
        before = stand()
        with als(regisseur), pytest.raises(DoelChanged):
            change_doel(
                doel=doel, actor=regisseur, at=DONDERDAG, woorden=replace(WOORDEN, wat="Anders"), versie=1
            )
        assert stand() == before
        assert before[1] == 1

    def test_asks_for_consent_again(self, als: Als, casus: Casus, regisseur: Medewerker) -> None:
        """What the inwoner agreed to a week ago doesn't cover another score; the start is ours to correct."""
        toen = VANDAAG - timedelta(days=7)
        doel = DoelFactory(casus=casus, wat=WOORDEN.wat, uiterlijk=STRAKS, akkoord_op=toen)
        woorden = replace(WOORDEN, doelscore=5, akkoord_op=toen)
        with als(regisseur):
            for oud in (toen, toen - timedelta(days=9)):  # an older day covers it even less
                with pytest.raises(ConsentOutdated):
                    change_doel(
                        doel=doel, actor=regisseur, at=DONDERDAG, woorden=replace(woorden, akkoord_op=oud)
                    )
            change_doel(
                doel=doel, actor=regisseur, at=DONDERDAG, woorden=replace(woorden, doelscore=4, startscore=1)
            )
            for akkoord_op in (None, VANDAAG):
                change_doel(
                    doel=doel, actor=regisseur, at=DONDERDAG, woorden=replace(woorden, akkoord_op=akkoord_op)
                )
            change_doel(
                doel=doel,
                actor=regisseur,
                at=DONDERDAG,
                woorden=replace(woorden, wat="Nu", akkoord_op=VANDAAG),
            )
        doel.refresh_from_db()
        assert (doel.doelscore, doel.wat, doel.akkoord_op) == (5, "Nu", VANDAAG)

    def test_keeps_a_term_that_has_passed(self, als: Als, casus: Casus, regisseur: Medewerker) -> None:
        doel = DoelFactory(casus=casus, uiterlijk=VANDAAG - timedelta(days=3))
        woorden = replace(WOORDEN, uiterlijk=doel.uiterlijk)
        with als(regisseur):
            assert change_doel(doel=doel, actor=regisseur, at=DONDERDAG, woorden=woorden).wat == WOORDEN.wat


class TestFinishDoel:
    @pytest.mark.parametrize(
        ("uitkomst", "refusal"),
        [
            (Uitkomst("behaald"), ScoreMissing),
            (Uitkomst("behaald", 3), OutcomeMismatch),
            (Uitkomst("deels behaald", 4), OutcomeMismatch),
            (Uitkomst("vervallen"), DropNeedsReason),
            (Uitkomst("behaald", 4, versie=7), DoelChanged),
            (Uitkomst("behaald", 4, op=VANDAAG - timedelta(days=1)), OutcomeDayOutside),
            (Uitkomst("behaald", 4, op=LATER.date() + timedelta(days=1)), OutcomeDayOutside),
        ],
    )
    def test_refuses_and_changes_nothing(
        self, als: Als, regisseur: Medewerker, doel: Doel, stand: Stand, uitkomst: Uitkomst, refusal: Any
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(refusal):
            finish_doel(doel=doel, actor=regisseur, at=LATER, uitkomst=uitkomst)
        assert stand() == before

    def test_once_and_for_good(self, als: Als, regisseur: Medewerker, doel: Doel, stand: Stand) -> None:
        """The second click is the same outcome; another one is refused, by the service and by row-level security."""
        deels = Uitkomst("deels behaald", 3, op=VANDAAG)
        with als(regisseur):
            for _ in range(2):
                finish_doel(doel=doel, actor=regisseur, at=LATER, uitkomst=deels)
        before = stand()
        with als(regisseur):
            with pytest.raises(DoelDone):
                finish_doel(doel=doel, actor=regisseur, at=LATER, uitkomst=Uitkomst("behaald", 4))
            with pytest.raises(DoelDone):
                change_doel(doel=doel, actor=regisseur, at=LATER, woorden=WOORDEN)
            assert not Doel.objects.filter(pk=doel.pk).update(status="behaald", eindscore=4)
        assert stand() == before
        doel.refresh_from_db()
        assert (doel.status, doel.eindscore, timezone.localdate(doel.afgerond_op)) == (
            "deels behaald", 3, VANDAAG,
        )  # fmt: skip

    @pytest.mark.parametrize("anders", [{"toelichting": "Wil het zelf niet meer."}, {"op": VANDAAG}])
    def test_another_reason_or_day_is_refused_and_not_dropped(
        self, als: Als, regisseur: Medewerker, doel: Doel, stand: Stand, anders: Any
    ) -> None:
        """Two colleagues drop one doel, each in their own words: the second hears that it was done already."""
        weg = Uitkomst("vervallen", None, "Verhuisd.")
        with als(regisseur):
            finish_doel(doel=doel, actor=regisseur, at=LATER, uitkomst=weg)
        before = stand()
        with als(regisseur), pytest.raises(DoelDone, match="staat al een uitkomst: vervallen"):
            finish_doel(doel=doel, actor=regisseur, at=LATER, uitkomst=replace(weg, **anders))
        assert stand() == before

    def test_drops_without_a_score(self, als: Als, regisseur: Medewerker, doel: Doel) -> None:
        with als(regisseur):
            weg = finish_doel(
                doel=doel, actor=regisseur, at=LATER, uitkomst=Uitkomst("vervallen", 3, "Verhuisd.")
            )
        assert (weg.status, weg.eindscore, weg.afgerond_op) == ("vervallen", None, LATER)


@pytest.mark.parametrize(
    ("anders", "constraint"),
    [
        ({"wat": ""}, "doel_zegt_wat"),
        ({"startscore": 5}, "doel_niet_onder_de_start"),
        ({"afgerond_op": LATER}, "doel_afgerond_heeft_datum"),
        ({"status": "vervallen", "toelichting": "Verhuisd."}, "doel_afgerond_heeft_datum"),
        ({"status": "vervallen", "afgerond_op": LATER}, "doel_vervalt_met_reden"),
        (
            {"status": "vervallen", "afgerond_op": LATER, "toelichting": "Verhuisd.", "eindscore": 4},
            "doel_uitkomst_past_bij_score",
        ),
        ({"status": "behaald", "afgerond_op": LATER}, "doel_uitkomst_past_bij_score"),
        ({"status": "deels behaald", "afgerond_op": LATER}, "doel_uitkomst_past_bij_score"),
        ({"status": "behaald", "afgerond_op": LATER, "eindscore": 3}, "doel_uitkomst_past_bij_score"),
        ({"status": "niet behaald", "afgerond_op": LATER, "eindscore": 4}, "doel_uitkomst_past_bij_score"),
    ],
)
def test_the_database_refuses_what_is_no_doel(casus: Casus, anders: Any, constraint: str) -> None:
    """Past every service: what a figure is counted of, is what it says."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DoelFactory(casus=casus, **anders)
    assert not casus.doelen.exists()


class TestNazorg:
    def test_waits_for_the_doelen(
        self, als: Als, casus: Casus, regisseur: Medewerker, doel: Doel, stand: Stand
    ) -> None:
        before = stand()
        with als(regisseur), pytest.raises(GuardFailed, match="één doel open"):
            start_nazorg(casus=casus, actor=regisseur, at=LATER, rond_acties_af=True)
        assert stand() == before

    def test_page_asks_each_of_them_in_one_go(
        self, casus: Casus, regisseur: Medewerker, doel: Doel, client: Client
    ) -> None:
        ander = DoelFactory(casus=casus, leefgebied="psychisch", wat="Weer slapen")
        client.force_login(regisseur)
        url, een, twee = f"{url_of(casus)}nazorg/", f"doel_{doel.pk}_", f"doel_{ander.pk}_"
        goed = {
            "maanden": 1, "rond_acties_af": "on", f"{een}uitkomst": "behaald", f"{een}eindscore": 5,
            f"{twee}uitkomst": "vervallen", f"{twee}toelichting": "Wil er niet mee verder.",
        }  # fmt: skip
        response = client.post(url, {**goed, f"{een}eindscore": "", f"{twee}toelichting": ""})
        assert response.status_code == 422
        form = response.context["form"]
        assert form.errors == {
            f"{een}eindscore": ["Kies de score van nu."],
            f"{twee}toelichting": ["Schrijf op waarom het doel vervalt."],
        }
        assert not casus.nazorg.exists()
        assert casus.doelen.open().count() == 2
        assert client.post(url, goed).url == url_of(casus)
        assert dict(casus.doelen.values_list("pk", "status")) == {doel.pk: "behaald", ander.pk: "vervallen"}
        casus.refresh_from_db()
        assert casus.status == "nazorg"


class TestPages:
    def test_take_a_doel_from_start_to_outcome(
        self, casus: Casus, regisseur: Medewerker, client: Client
    ) -> None:
        """By plain forms, as without JavaScript; what was typed stays when it is refused."""
        client.force_login(regisseur)
        straks = timezone.localdate() + timedelta(days=90)
        facts = {
            "leefgebied": "huisvesting", "wat": "Geen <b>ontruiming</b>", "startscore": 2, "doelscore": 4,
            "uiterlijk": f"{straks:%d-%m-%Y}",
        }  # fmt: skip
        fout = client.post(f"{url_of(casus)}doel/", {**facts, "doelscore": 1})
        assert fout.status_code == 422
        assert "Het doel is lager dan de start" in fout.context["form"].errors["doelscore"][0]
        assert "Geen &lt;b&gt;ontruiming&lt;/b&gt;" in fout.content.decode()
        for _ in range(2):
            assert client.post(f"{url_of(casus)}doel/", facts).url == url_of(casus)
        doel = casus.doelen.get()
        assert doel.uiterlijk == straks
        pagina = client.get(url_of(casus)).content.decode()
        assert "start 2, doel 4 op een schaal" in pagina
        assert "1 nog niet besproken met de inwoner" in pagina
        wijzig = f"{url_of(casus)}doel/{doel.pk}/"
        assert 'value="Geen &lt;b&gt;' in client.get(wijzig).content.decode()
        assert client.post(wijzig, {**facts, "wat": "Blijven wonen", "versie": 1}).status_code == 302
        oud = client.post(wijzig, {**facts, "wat": "Van de collega", "versie": 1})
        assert oud.status_code == 422
        assert "Een collega heeft dit doel net gewijzigd" in oud.content.decode()
        einde = {"uitkomst": "behaald", "eindscore": 4, "op": f"{timezone.localdate()}"}
        for anders in ({"eindscore": ""}, {"eindscore": 9}, {"op": "31-2"}, {"uitkomst": "open"}):
            assert client.post(f"{wijzig}uitkomst/", {**einde, **anders}).status_code == 422
        for _ in range(2):
            assert client.post(f"{wijzig}uitkomst/", einde).status_code == 302
        assert Regel.objects.filter(actie="casusregie.finish_doel").count() == 1
        pagina = client.get(url_of(casus)).content.decode()
        assert "start 2, eind 4, doel 4 op een schaal" in pagina
        assert "Doel huisvesting behaald" in pagina
        gelezen = client.get(f"{url_of(casus)}wie-keek-mee/").content.decode()
        assert all(wat in gelezen for wat in ("Zette een doel", "Wijzigde een doel", "Schreef de uitkomst"))

    def test_are_for_who_has_the_regie(
        self, casus: Casus, helper: Medewerker, doel: Doel, client: Client, stand: Stand
    ) -> None:
        before = stand()
        client.force_login(helper)
        pagina = client.get(url_of(casus)).content.decode()
        assert doel.wat in pagina
        assert "doel/" not in pagina
        for pad in ("doel", f"doel/{doel.pk}", f"doel/{doel.pk}/uitkomst", "doel/999999"):
            assert client.post(f"{url_of(casus)}{pad}/", {"wat": "x"}).status_code == 404
        assert stand() == before

    def test_of_a_doel_of_another_casus_are_absent(
        self, casus: Casus, regisseur: Medewerker, client: Client
    ) -> None:
        ander = DoelFactory(casus=CasusFactory(regisseur=regisseur))
        client.force_login(regisseur)
        assert client.get(f"{url_of(casus)}doel/{ander.pk}/").status_code == 404


def test_the_plan_says_who_works_on_it_and_how_it_stands(casus: Casus) -> None:
    DoelFactory(casus=casus, startscore=2, doelscore=4, uiterlijk=date(2027, 1, 1), akkoord_op=VANDAAG)
    DoelFactory(casus=casus, behaald=True, startscore=4, doelscore=4)
    ActieFactory(casus=casus, leefgebied="financien", uitvoerder="inwoner", medewerker=None)
    plan = read_plan(casus, {"financien": 2}, casus.acties.open())
    assert [(regel.wie, regel.nu) for regel in plan.regels] == [("Inwoner", 2), ("", 4)]
    assert plan.kop.startswith("1 open · inwoner akkoord op ")
    assert plan.kop.endswith("1 met een uitkomst")
