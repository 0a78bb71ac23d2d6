"""Niemand laat werk achter doordat een plaatsing vanzelf afloopt (keten 6)."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casusregie import tasks
from casusregie.ketencontrole import find_violations
from casusregie.models import Casus
from casusregie.services import keep_responsible
from casusregie.services.regie import transfer_regie
from skt.autorisatie.context import acting_as_system
from skt.celery import app
from skt.kern.werkdagen import is_werkdag
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from skt.medewerkers.overdracht import VOORUIT, OverTeDragen, over_te_dragen
from skt.verantwoording.models import Regel
from tests.casusregie.conftest import Als
from tests.factories.casusregie import ActieFactory, CasusFactory
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory, PlaatsingFactory, organisatie, team
from tests.factories.triage import CasusregisseurFactory, CoordinatorFactory

BEHEER = {"rol": Rol.FUNCTIONEEL_BEHEERDER, "organisatie": "gemeente"}
AANDACHT = "Over te dragen werk"


def over(dagen: int) -> date:
    return timezone.localdate() + timedelta(days=dagen)


def klok(dagen: int, uur: int) -> datetime:
    """Zo laat op de dag over zoveel dagen, in Nederland."""
    return timezone.make_aware(datetime.combine(over(dagen), time(uur, 15)))


def ends(wie: Medewerker, dagen: int) -> Plaatsing:
    """De plaatsing loopt over zoveel dagen af; zonder de vraag van de database of dat kan, want de dag komt vanzelf."""
    wie.plaatsingen.update(tot=over(dagen))
    return wie.plaatsingen.get()


def told(uiterlijk: int = VOORUIT.days) -> list[tuple[int, int, int, int]]:
    return [
        (regel.plaatsing.pk, regel.meldingen, regel.casussen, regel.acties)
        for regel in over_te_dragen(over(uiterlijk))
    ]


@pytest.fixture
def vertrekker(casus: Casus, regisseur: Medewerker) -> Medewerker:
    """De casusregisseur: één casus met één actie, nog één losse actie en één melding."""
    ActieFactory(casus=casus, medewerker=regisseur)
    MeldingFactory(medewerker=regisseur)
    return regisseur


class TestOverTeDragen:
    def test_counts_what_the_end_would_leave_with_nobody(self, vertrekker: Medewerker) -> None:
        plaatsing = ends(vertrekker, 10)
        assert told() == [(plaatsing.pk, 1, 1, 2)]

    def test_looks_no_further_than_asked(self, vertrekker: Medewerker) -> None:
        ends(vertrekker, 10)
        assert told(9) == []
        assert len(told(10)) == 1

    def test_is_silent_while_another_placement_goes_on(self, vertrekker: Medewerker) -> None:
        ends(vertrekker, 10)
        PlaatsingFactory(medewerker=vertrekker, rol=Rol.TEAMLID, team=team("jeugd"))
        assert told() == []

    def test_asks_of_a_new_employer_only_what_is_of_the_old_one(self, vertrekker: Medewerker) -> None:
        """The regie is held for an organisation; an actie or a melding goes along with its holder."""
        oude = ends(vertrekker, 10)
        PlaatsingFactory(medewerker=vertrekker, moederorganisatie=organisatie("mee"), van=over(10))
        assert told() == [(oude.pk, 0, 1, 0)]

    def test_does_not_count_a_role_without_dossiers_as_going_on(self, vertrekker: Medewerker) -> None:
        oude = ends(vertrekker, 10)
        PlaatsingFactory(medewerker=vertrekker, rol=Rol.BELEIDSMEDEWERKER, team=team("beleid"), van=over(10))
        assert told() == [(oude.pk, 1, 1, 2)]

    def test_does_not_count_what_is_done_or_handed_over(
        self, als: Als, casus: Casus, vertrekker: Medewerker, coordinator: Medewerker
    ) -> None:
        ends(vertrekker, 10)
        casus.acties.open().update(medewerker=coordinator)
        opvolger = CasusregisseurFactory()
        with als(coordinator):
            transfer_regie(
                casus=casus,
                actor=coordinator,
                at=timezone.now(),
                medewerker=opvolger,
                reden="Vertrekt.",
            )
        assert [rest[1:] for rest in told()] == [(1, 0, 0)]

    def test_tells_the_beheerder_numbers_of_everybody(self, als: Als, vertrekker: Medewerker) -> None:
        ends(vertrekker, 10)
        with als(MedewerkerFactory(**BEHEER)):
            assert len(told()) == 1

    def test_tells_a_coordinator_of_the_own_team_only(
        self, als: Als, vertrekker: Medewerker, coordinator: Medewerker
    ) -> None:
        ends(vertrekker, 10)
        with als(coordinator):
            assert len(told()) == 1
        with als(CoordinatorFactory(team="jeugd")):
            assert told() == []

    @pytest.mark.parametrize(
        "rol", [rol for rol in Rol if rol not in (Rol.FUNCTIONEEL_BEHEERDER, Rol.TEAMCOORDINATOR)]
    )
    def test_tells_nobody_else(self, als: Als, vertrekker: Medewerker, rol: Rol) -> None:
        ends(vertrekker, 10)
        with als(MedewerkerFactory(rol=rol)):
            assert told() == []

    def test_says_it_in_words(self) -> None:
        plaatsing = Plaatsing(tot=date(2026, 1, 1))
        assert OverTeDragen(plaatsing, 3, 2, 1).wat == "2 casussen, 1 actie en 3 meldingen"
        assert OverTeDragen(plaatsing, 1, 0, 2).wat == "2 acties en 1 melding"
        assert OverTeDragen(plaatsing, 0, 1, 0).wat == "1 casus"


class TestKeepResponsible:
    def test_lets_it_run_through_the_next_werkdag_and_says_why(self, vertrekker: Medewerker) -> None:
        was = ends(vertrekker, 1)
        ronde = keep_responsible(at=klok(0, 23))
        plaatsing = Plaatsing.objects.get(pk=was.pk)
        assert plaatsing.tot is not None
        assert plaatsing.tot > over(1)
        assert is_werkdag(plaatsing.tot - timedelta(days=1))
        assert (ronde.verschoven, ronde.vast) == (1, [])
        regel = Regel.objects.get(actie="medewerkers.postpone_end")
        assert (regel.object_id, regel.reden) == (was.pk, "Het werk was nog niet overgedragen.")
        assert regel.gegevens == {
            "medewerker": vertrekker.username,
            "was": str(over(1)),
            "tot": str(plaatsing.tot),
            "nog over te dragen": "1 casus, 2 acties en 1 melding",
        }

    def test_does_nothing_the_second_time(self, vertrekker: Medewerker) -> None:
        ends(vertrekker, 1)
        keep_responsible(at=klok(0, 23))
        tot = vertrekker.plaatsingen.get().tot
        assert keep_responsible(at=klok(0, 23)).verschoven == 0
        assert vertrekker.plaatsingen.get().tot == tot
        assert Regel.objects.filter(actie="medewerkers.postpone_end").count() == 1

    def test_leaves_the_last_day_to_hand_over(self, vertrekker: Medewerker) -> None:
        """In the morning of the last day there is still a day to do it in."""
        ends(vertrekker, 1)
        assert keep_responsible(at=klok(0, 5)).verschoven == 0
        assert vertrekker.plaatsingen.get().tot == over(1)

    def test_picks_up_in_the_morning_what_a_standstill_let_end(self, vertrekker: Medewerker) -> None:
        plaatsing = ends(vertrekker, 0)
        assert told(0) == [(plaatsing.pk, 1, 1, 2)]
        assert {s.invariant for s in find_violations()} >= {1, 2, 6}
        assert keep_responsible(at=klok(0, 5)).verschoven == 1
        assert find_violations() == []

    def test_lets_end_what_is_handed_over(self, vreemde: Medewerker) -> None:
        ends(vreemde, 1)
        assert keep_responsible(at=klok(0, 23)).verschoven == 0
        assert vreemde.plaatsingen.get().tot == over(1)
        assert not Regel.objects.filter(actie="medewerkers.postpone_end").exists()

    @pytest.mark.parametrize(
        "volgende",
        [
            {"code": "mee", "rol": Rol.TEAMLID, "soort": "volwassenen"},
            {"code": "kwadraad", "rol": Rol.BELEIDSMEDEWERKER, "soort": "beleid"},
        ],
    )
    def test_says_what_it_cannot_move_and_goes_on(
        self, vertrekker: Medewerker, volgende: dict[str, Any]
    ) -> None:
        """Another employer, or a role without dossiers, begins on the day itself."""
        ends(vertrekker, 1)
        PlaatsingFactory(
            medewerker=vertrekker,
            moederorganisatie=organisatie(volgende["code"]),
            rol=volgende["rol"],
            team=team(volgende["soort"]),
            van=over(1),
        )
        ander = CasusFactory(regisseur=CasusregisseurFactory(organisatie="smow")).agendapunt.casusregisseur
        ends(ander, 1)
        ronde = keep_responsible(at=klok(0, 23))
        assert ronde.verschoven == 1
        assert [regel.plaatsing.medewerker for regel in ronde.vast] == [vertrekker]
        assert vertrekker.plaatsingen.order_by("van").first().tot == over(1)
        assert Regel.objects.filter(actie="medewerkers.postpone_end").count() == 1


class TestTask:
    def test_is_known_to_the_worker_by_the_name_in_the_schedule(self) -> None:
        app.loader.import_default_modules()
        assert "casusregie.keep_responsible" in {e["task"] for e in app.conf.beat_schedule.values()}
        assert app.tasks["casusregie.keep_responsible"].acks_late

    @pytest.mark.django_db
    def test_acts_as_the_system_and_names_nobody(self, caplog: pytest.LogCaptureFixture) -> None:
        with acting_as_system("proef"):
            wie = CasusFactory().agendapunt.casusregisseur
            ends(wie, 0)
        with caplog.at_level(logging.INFO):
            tasks.keep_responsible()
            tasks.keep_responsible(later_argument=1)
        with acting_as_system("proef"):
            assert wie.plaatsingen.get().tot > over(0)
            assert Regel.objects.filter(actie="medewerkers.postpone_end").count() == 1
        assert "1 opgeschoven" in caplog.text
        assert wie.achternaam not in caplog.text


class TestPages:
    def test_the_beheerder_sees_who_and_how_much(
        self, casus: Casus, vertrekker: Medewerker, client: Client
    ) -> None:
        ends(vertrekker, 10)
        client.force_login(MedewerkerFactory(**BEHEER))
        body = client.get("/medewerkers/").content.decode()
        assert AANDACHT in body
        assert "1 casus, 2 acties en 1 melding" in body
        assert casus.nummer not in body
        assert casus.titel not in body

    def test_the_coordinator_sees_what_and_that_is_logged(
        self, casus: Casus, vertrekker: Medewerker, coordinator: Medewerker, client: Client
    ) -> None:
        ends(vertrekker, 10)
        client.force_login(coordinator)
        body = client.get("/casussen/").content.decode()
        assert AANDACHT in body
        assert f'<a href="/casussen/{casus.nummer}/">casus {casus.nummer}</a>' in body
        regel = Regel.objects.get(actie="casusregie.view_handover")
        assert (regel.object_soort, regel.object_id) == ("casus", casus.pk)
        assert AANDACHT in client.get("/aanmeldoverleg/").content.decode()

    def test_a_shielded_casus_is_only_a_number(
        self, casus: Casus, vertrekker: Medewerker, coordinator: Medewerker, client: Client
    ) -> None:
        Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
        ends(vertrekker, 10)
        client.force_login(coordinator)
        body = client.get("/casussen/?van=alles").content.decode()
        assert "1 casus, 2 acties en 1 melding" in body
        assert casus.nummer not in body

    @pytest.mark.parametrize("pad", ["/casussen/", "/aanmeldoverleg/"])
    def test_nobody_else_sees_it(
        self, vertrekker: Medewerker, helper: Medewerker, client: Client, pad: str
    ) -> None:
        ends(vertrekker, 10)
        for wie in (vertrekker, helper):
            client.force_login(wie)
            assert AANDACHT not in client.get(pad).content.decode()

    def test_cost_the_same_however_much_there_is(
        self,
        systeem: Any,
        client: Client,
        django_assert_max_num_queries: Callable[..., Any],
    ) -> None:
        coordinator = CoordinatorFactory()
        client.force_login(coordinator)
        for _ in range(2):
            for _ in range(3):
                casus = CasusFactory()
                ends(casus.agendapunt.casusregisseur, 5)
            with django_assert_max_num_queries(36):
                assert client.get("/casussen/?van=team").status_code == 200
