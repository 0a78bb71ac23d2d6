"""‘Ik ken dit gezin’: vanaf dat moment is de aanmelding weg voor wie het zei, op beide sloten."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from intake.models import Melding
from skt.autorisatie.rules import may, permitted
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import UitvraagFactory
from tests.factories.triage import (
    DONDERDAG,
    AanmeldingFactory,
    CasusregisseurFactory,
    CoordinatorFactory,
    TeamlidFactory,
    ToegangFactory,
    open_punt,
)
from tests.fixtures import MAANDAG
from triage.models import Aanmelding, Agendapunt, Besluit, KentGezin, Overleg
from triage.queries import scores_by_melding
from triage.queries.kent_gezin import known_places
from triage.services import (
    FamilyOnAgenda,
    KnowsAlready,
    KnowsTooLate,
    NotMarked,
    RegieIsYours,
    RegisseurKnowsFamily,
    cancel_overleg,
    decide,
    finish_overleg,
    lift_kent_gezin,
    mark_kent_gezin,
    move_card,
    move_overleg,
)

Als = Callable[[Medewerker], AbstractContextManager[Any]]
TABELLEN = (
    "triage_aanmelding", "triage_agendapunt", "triage_triage", "intake_melding", "intake_uitvraag",
    "intake_antwoord", "intake_contactmoment",
)  # fmt: skip


def sees(tabel: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {tabel}")
        return int(cursor.fetchone()[0])


@pytest.fixture
def punt(systeem: Any) -> Agendapunt:
    punt = open_punt(melding__medewerker__organisatie="mee")
    UitvraagFactory(melding=punt.aanmelding.melding)
    return punt


@pytest.fixture
def teamlid(systeem: Any) -> Medewerker:
    return TeamlidFactory()


def mark(als: Als, wie: Medewerker, aanmelding: Aanmelding) -> KentGezin:
    with als(wie):
        return mark_kent_gezin(aanmelding=aanmelding, actor=wie, at=DONDERDAG)


def chair(punt: Agendapunt, wie: Medewerker) -> Medewerker:
    Overleg.objects.filter(pk=punt.overleg_id).update(voorzitter=wie)
    return wie


def decided(punt: Agendapunt, wie: Medewerker) -> Medewerker:
    Agendapunt.objects.update(besluit=Besluit.VRIJ_AANBOD, besloten_op=DONDERDAG, besloten_door=wie)
    Aanmelding.objects.update(status="te_beleggen")
    return wie


def refuses(als: Als, kent: KentGezin, wie: Medewerker) -> None:
    """Op beide sloten, en er verandert niets."""
    assert not permitted(wie, "triage.lift_kent_gezin", KentGezin.objects.all()).exists()
    with als(wie), pytest.raises(NotMarked):
        lift_kent_gezin(kent=kent, actor=wie, at=DONDERDAG)
    kent.refresh_from_db()
    assert kent.opgeheven_op is None


class TestMarkKentGezin:
    @pytest.mark.parametrize("tabel", TABELLEN)
    def test_hides_every_row_from_who_said_so(
        self, als: Als, punt: Agendapunt, teamlid: Medewerker, tabel: str
    ) -> None:
        ander = TeamlidFactory()
        with als(teamlid):
            before = sees(tabel)

        mark(als, teamlid, punt.aanmelding)

        assert before > 0
        with als(teamlid):
            assert sees(tabel) == 0
        with als(ander):
            assert sees(tabel) == before

    def test_hides_it_by_the_rules_too(self, als: Als, punt: Agendapunt, teamlid: Medewerker) -> None:
        mark(als, teamlid, punt.aanmelding)

        assert not permitted(teamlid, "triage.view_aanmelding", Aanmelding.objects.all()).exists()
        assert not permitted(teamlid, "intake.view_melding", Melding.objects.all()).exists()
        assert permitted(TeamlidFactory(), "triage.view_aanmelding", Aanmelding.objects.all()).exists()

    def test_hides_the_dots_on_the_card(self, als: Als, punt: Agendapunt, teamlid: Medewerker) -> None:
        with als(teamlid):
            assert scores_by_melding([punt.aanmelding.melding_id]) != {}

        mark(als, teamlid, punt.aanmelding)

        with als(teamlid):
            assert scores_by_melding([punt.aanmelding.melding_id]) == {}

    def test_tells_who_said_so_where_it_stands_and_no_more(
        self, als: Als, punt: Agendapunt, teamlid: Medewerker
    ) -> None:
        mark(als, teamlid, punt.aanmelding)

        with als(teamlid):
            [plaats] = known_places()
        with als(TeamlidFactory()):
            assert known_places() == []

        assert (plaats.bord, plaats.status, plaats.overleg_id) == (
            "volwassenen",
            "voor_overleg",
            punt.overleg_id,
        )
        assert not hasattr(plaats, "naam")

    def test_is_logged_about_the_inwoner(self, als: Als, punt: Agendapunt, teamlid: Medewerker) -> None:
        mark(als, teamlid, punt.aanmelding)

        regel = Regel.objects.get(actie="triage.mark_kent_gezin")
        assert (regel.medewerker_id, regel.inwoner_id) == (
            teamlid.pk,
            punt.aanmelding.melding.inwoner_id,
        )

    def test_is_said_once(self, als: Als, punt: Agendapunt, teamlid: Medewerker) -> None:
        mark(als, teamlid, punt.aanmelding)

        with pytest.raises(KnowsAlready):
            mark(als, teamlid, punt.aanmelding)

        assert KentGezin.objects.count() == 1

    def test_refuses_the_casusregisseur(self, als: Als, systeem: Any) -> None:
        regisseur = CasusregisseurFactory()
        aanmelding = AanmeldingFactory(belegd=True, casusregisseur=regisseur)

        with pytest.raises(RegieIsYours, match="Draag haar eerst over"):
            mark(als, regisseur, aanmelding)

        assert not KentGezin.objects.exists()

    def test_refuses_the_verantwoordelijke(self, als: Als, teamlid: Medewerker) -> None:
        aanmelding = AanmeldingFactory(
            intake=True, melding__verantwoordelijk_team=None, melding__verantwoordelijke=teamlid
        )

        with pytest.raises(RegieIsYours):
            mark(als, teamlid, aanmelding)

        assert not KentGezin.objects.exists()

    def test_refuses_what_left_the_board(self, als: Als, teamlid: Medewerker) -> None:
        with pytest.raises(KnowsTooLate):
            mark(als, teamlid, AanmeldingFactory(afgerond=True))

    def test_nobody_says_it_for_another(self, als: Als, punt: Agendapunt, teamlid: Medewerker) -> None:
        coordinator = CoordinatorFactory()
        with als(coordinator), pytest.raises(Exception, match="row-level security"), transaction.atomic():
            KentGezin.objects.create(aanmelding=punt.aanmelding, medewerker=teamlid, gemeld_op=MAANDAG)

        assert not KentGezin.objects.exists()

    def test_nobody_writes_the_column_by_hand(self, als: Als, punt: Agendapunt) -> None:
        with als(CoordinatorFactory()), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE triage_aanmelding SET kenners = '{4711}' WHERE id = %s", [punt.aanmelding_id]
            )

        punt.aanmelding.refresh_from_db()
        assert punt.aanmelding.kenners == []

    def test_goes_along_when_the_melding_comes_to_a_board_again(self, als: Als, teamlid: Medewerker) -> None:
        eerste = AanmeldingFactory(intake=True)
        mark(als, teamlid, eerste)
        Aanmelding.objects.update(status="afgerond")

        tweede = AanmeldingFactory(melding=eerste.melding)

        tweede.refresh_from_db()
        assert tweede.kenners == [teamlid.pk]


class TestDeciding:
    def test_is_not_for_who_knows_the_family(self, als: Als, punt: Agendapunt) -> None:
        coordinator = CoordinatorFactory()
        mark(als, coordinator, punt.aanmelding)

        with als(coordinator), pytest.raises(DomainError, match="niet \\(meer\\) wijzigen"):
            decide(agendapunt=punt, besluit=Besluit.INTAKE, actor=coordinator, at=DONDERDAG)
        with als(coordinator), pytest.raises(DomainError, match="niet \\(meer\\) wijzigen"):
            move_card(aanmelding=punt.aanmelding, naar="intake", actor=coordinator, at=DONDERDAG)

        assert not may(coordinator, "triage.decide_aanmelding", punt.aanmelding)
        assert Agendapunt.objects.get().besluit == ""

    def test_does_not_give_them_the_regie(self, als: Als, punt: Agendapunt) -> None:
        coordinator, regisseur = CoordinatorFactory(), CasusregisseurFactory()
        mark(als, regisseur, punt.aanmelding)

        with als(coordinator), pytest.raises(RegisseurKnowsFamily, match="kent dit gezin"):
            decide(
                agendapunt=punt, besluit=Besluit.CASUSREGIE, casusregisseur=regisseur, actor=coordinator,
                uiterlijk=DONDERDAG.date(), at=DONDERDAG,
            )  # fmt: skip

        assert Agendapunt.objects.get().besluit == ""

    def test_the_database_refuses_them_the_regie_too(self, punt: Agendapunt, teamlid: Medewerker) -> None:
        mark_kent_gezin(aanmelding=punt.aanmelding, actor=teamlid, at=DONDERDAG)

        with pytest.raises(Exception, match="keten_wie_kent_gezin_beslist_niet"), transaction.atomic():
            Aanmelding.objects.update(casusregisseur=teamlid)
        with pytest.raises(Exception, match="keten_wie_kent_gezin_beslist_niet"), transaction.atomic():
            Melding.objects.update(verantwoordelijk_team=None, verantwoordelijke=teamlid)


class TestLiftKentGezin:
    @pytest.mark.parametrize("wie", [CoordinatorFactory, ToegangFactory])
    def test_shows_it_again(
        self, als: Als, punt: Agendapunt, teamlid: Medewerker, wie: Callable[[], Medewerker]
    ) -> None:
        kent, ander = mark(als, teamlid, punt.aanmelding), wie()

        assert permitted(ander, "triage.lift_kent_gezin", KentGezin.objects.all()).exists()
        with als(ander):
            lift_kent_gezin(kent=kent, actor=ander, at=DONDERDAG)

        with als(teamlid):
            assert (sees("triage_aanmelding"), sees("intake_melding")) == (1, 1)
        assert Regel.objects.get(actie="triage.lift_kent_gezin").gegevens["voor"] == teamlid.username

    def test_shows_it_again_by_who_chairs_the_overleg(
        self, als: Als, punt: Agendapunt, teamlid: Medewerker
    ) -> None:
        voorzitter = chair(punt, TeamlidFactory())
        kent = mark(als, teamlid, punt.aanmelding)

        assert permitted(voorzitter, "triage.lift_kent_gezin", KentGezin.objects.all()).exists()
        with als(voorzitter):
            lift_kent_gezin(kent=kent, actor=voorzitter, at=DONDERDAG)

        regel = Regel.objects.get(actie="triage.lift_kent_gezin")
        assert (regel.medewerker_id, regel.gegevens["voor"]) == (voorzitter.pk, teamlid.username)
        with als(teamlid):
            assert sees("triage_aanmelding") == 1

    @pytest.mark.parametrize(
        "maak_voorzitter",
        [
            lambda punt: decided(punt, chair(punt, TeamlidFactory())),
            lambda punt: chair(punt, TeamlidFactory(team="jeugd")),
        ],
        ids=["al besloten", "ander team"],
    )
    def test_is_only_for_who_chairs_it_while_it_is_undecided(
        self, als: Als, punt: Agendapunt, teamlid: Medewerker, maak_voorzitter: Callable[..., Medewerker]
    ) -> None:
        voorzitter = maak_voorzitter(punt)

        refuses(als, mark(als, teamlid, punt.aanmelding), voorzitter)

    def test_is_not_for_a_voorzitter_who_knows_the_family(
        self, als: Als, punt: Agendapunt, teamlid: Medewerker
    ) -> None:
        voorzitter = chair(punt, TeamlidFactory())
        eigen = mark(als, voorzitter, punt.aanmelding)

        refuses(als, eigen, voorzitter)
        refuses(als, mark(als, teamlid, punt.aanmelding), voorzitter)

    @pytest.mark.parametrize("wie", [TeamlidFactory, lambda: CoordinatorFactory(team="jeugd")])
    def test_is_not_for_somebody_else(
        self, als: Als, punt: Agendapunt, teamlid: Medewerker, wie: Callable[[], Medewerker]
    ) -> None:
        refuses(als, mark(als, teamlid, punt.aanmelding), wie())

    def test_is_not_for_oneself(self, als: Als, punt: Agendapunt) -> None:
        coordinator = CoordinatorFactory()
        kent = mark(als, coordinator, punt.aanmelding)

        refuses(als, kent, coordinator)

        punt.aanmelding.refresh_from_db()
        assert punt.aanmelding.kenners == [coordinator.pk]


class TestOverlegWithAFamilyOneKnows:
    @pytest.mark.parametrize(
        ("wat", "doe"),
        [
            ("annuleren", cancel_overleg),
            ("verzetten", partial(move_overleg, begint_op=DONDERDAG + timedelta(days=7))),
            ("sluiten", finish_overleg),
        ],
    )
    def test_is_for_a_colleague(
        self, als: Als, punt: Agendapunt, wat: str, doe: Callable[..., Overleg]
    ) -> None:
        coordinator, ander = CoordinatorFactory(), CoordinatorFactory()
        mark(als, coordinator, punt.aanmelding)
        at = DONDERDAG if wat == "sluiten" else MAANDAG

        with als(coordinator), pytest.raises(FamilyOnAgenda, match=f"niet {wat}.*de toegang"):
            doe(overleg=punt.overleg, actor=coordinator, at=at)

        punt.overleg.refresh_from_db()
        assert (punt.overleg.status, punt.overleg.begint_op) == ("gepland", DONDERDAG)
        if wat != "sluiten":
            with als(ander):
                doe(overleg=punt.overleg, actor=ander, at=at)
