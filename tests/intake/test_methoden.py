"""De uitvraagmethode: een concept verandert, wat in gebruik is nooit; en wie welke gebruikt."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from intake.methodekeuze import asked_methode, in_share, methode_for, users_on
from intake.models import Methodetoewijzing, Uitvraagmethode
from intake.services import (
    activate_methode,
    assign_methode,
    change_methode,
    copy_methode,
    create_methode,
    discard_methode,
    end_toewijzing,
    make_standard,
    record_uitvraag,
    retire_methode,
)
from intake.services.methoden import (
    MethodeChangedMeanwhile,
    MethodeFixed,
    MethodeInvalid,
    MethodeNotAsked,
    MethodeStartsInPast,
)
from intake.status import MethodeStatus
from intake.vragen import LABELS, Vraag, Vragen, basis_of
from skt.kern.errors import GuardFailed, TransitionNotAllowed
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.intake import (
    LoketmedewerkerFactory,
    MeldingFactory,
    MetingFactory,
    UitvraagFactory,
    UitvraagmethodeFactory,
)
from tests.factories.medewerkers import MedewerkerFactory, organisatie, team
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
VANDAAG = MAANDAG.date()


@pytest.fixture
def kwartiermaker(systeem: Werkcontext) -> Medewerker:
    return MedewerkerFactory(rol=Rol.KWARTIERMAKER, organisatie="gemeente")


@pytest.fixture
def concept(systeem: Werkcontext) -> Uitvraagmethode:
    return UitvraagmethodeFactory(naam="Proef")


def with_question(methode: Uitvraagmethode, gebied: str, vraag: str) -> Vragen:
    return methode.read() | {gebied: [*methode.read()[gebied], Vraag(vraag)]}


def change(methode: Uitvraagmethode, actor: Medewerker, vragen: Vragen, **anders: Any) -> list[str]:
    facts = {"doel": methode.doel, "basis": basis_of(methode.read(), methode.doel)} | anders
    _, van_collega = change_methode(methode=methode, actor=actor, at=MAANDAG, vragen=vragen, **facts)
    return van_collega


class TestCreateMethode:
    def test_is_an_empty_concept(self, als: Als, kwartiermaker: Medewerker) -> None:
        with als(kwartiermaker):
            methode = create_methode(
                actor=kwartiermaker, at=MAANDAG, naam="  Korte   uitvraag ", doel="Sneller?"
            )

        assert (str(methode), methode.status) == ("Korte uitvraag versie 1", MethodeStatus.CONCEPT)
        assert set(methode.vragen) == set(LABELS)
        assert "intake.create_methode" in acties()

    def test_refuses_a_name_that_is_there(self, als: Als, kwartiermaker: Medewerker) -> None:
        with als(kwartiermaker), pytest.raises(MethodeInvalid, match="al een methode met deze naam"):
            create_methode(actor=kwartiermaker, at=MAANDAG, naam="integrale uitvraag")

        assert Uitvraagmethode.objects.count() == 1

    def test_is_the_kwartiermakers_also_for_postgresql(self, als: Als, loket: Medewerker) -> None:
        with als(loket), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            create_methode(actor=loket, at=MAANDAG, naam="Van mij")

        assert Uitvraagmethode.objects.count() == 1


class TestCopyMethode:
    def test_has_the_same_questions_and_leaves_the_old_one(self, als: Als, kwartiermaker: Medewerker) -> None:
        first = Uitvraagmethode.objects.get()
        with als(kwartiermaker):
            second = copy_methode(methode=first, actor=kwartiermaker, at=MAANDAG)
            assert copy_methode(methode=first, actor=kwartiermaker, at=MAANDAG) == second

        assert (second.versie, second.status, second.vragen) == (2, MethodeStatus.CONCEPT, first.vragen)
        assert second.gebaseerd_op == first
        first.refresh_from_db()
        assert first.status == MethodeStatus.IN_GEBRUIK


class TestChangeMethode:
    def test_writes_what_changed(self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode) -> None:
        with als(kwartiermaker):
            assert change(concept, kwartiermaker, with_question(concept, "sociaal", "Wie ziet u?")) == []
        concept.refresh_from_db()

        assert concept.read()["sociaal"][-1] == Vraag("Wie ziet u?")
        assert concept.gewijzigd_door == kwartiermaker

    def test_joins_what_a_colleague_did_elsewhere(
        self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode
    ) -> None:
        basis = basis_of(concept.read(), concept.doel)
        mine = with_question(concept, "sociaal", "Van mij?")
        with als(kwartiermaker):
            change(concept, kwartiermaker, with_question(concept, "financien", "Van een collega?"))
            theirs = change(concept, kwartiermaker, mine, basis=basis)
        concept.refresh_from_db()

        assert theirs == ["Financiën"]
        assert concept.read()["sociaal"][-1].vraag == "Van mij?"
        assert concept.read()["financien"][-1].vraag == "Van een collega?"

    def test_tells_the_second_and_writes_nothing(
        self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode
    ) -> None:
        basis = basis_of(concept.read(), concept.doel)
        mine = with_question(concept, "sociaal", "Van mij?")
        with als(kwartiermaker):
            change(
                concept, kwartiermaker, with_question(concept, "sociaal", "Van een collega?"), doel="Leren"
            )
            with pytest.raises(MethodeChangedMeanwhile) as refused:
                change(concept, kwartiermaker, mine, basis=basis)
        concept.refresh_from_db()

        assert refused.value.gebieden == ["sociaal"]
        assert concept.read()["sociaal"][-1].vraag == "Van een collega?"
        assert concept.doel == "Leren"

    def test_refuses_what_is_in_use(self, als: Als, kwartiermaker: Medewerker) -> None:
        methode = Uitvraagmethode.objects.get()
        with als(kwartiermaker), pytest.raises(MethodeFixed, match="nieuwe versie"):
            change(methode, kwartiermaker, with_question(methode, "sociaal", "Nog iets?"))
        before = methode.vragen
        methode.refresh_from_db()

        assert methode.vragen == before

    def test_refuses_an_empty_question(
        self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode
    ) -> None:
        with als(kwartiermaker), pytest.raises(MethodeInvalid, match="schrijf de vraag op"):
            change(concept, kwartiermaker, with_question(concept, "sociaal", ""))
        assert "intake.change_methode" not in acties()


class TestActivateMethode:
    def test_is_asked_from_its_day(
        self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode
    ) -> None:
        morgen = VANDAAG + timedelta(days=1)
        with als(kwartiermaker):
            methode = activate_methode(methode=concept, actor=kwartiermaker, at=MAANDAG, vanaf=morgen)

        asked = Uitvraagmethode.objects.asked_on
        assert not asked(VANDAAG).filter(pk=methode.pk).exists()
        assert asked(morgen).filter(pk=methode.pk).exists()

    def test_wants_a_question_about_each_leefgebied(
        self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode
    ) -> None:
        with als(kwartiermaker):
            change(concept, kwartiermaker, concept.read() | {"zingeving": []})
            with pytest.raises(GuardFailed, match="nog geen vraag over zingeving"):
                activate_methode(methode=concept, actor=kwartiermaker, at=MAANDAG, vanaf=VANDAAG)
        concept.refresh_from_db()

        assert concept.status == MethodeStatus.CONCEPT

    def test_refuses_a_day_that_is_over(
        self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode
    ) -> None:
        with als(kwartiermaker), pytest.raises(MethodeStartsInPast):
            activate_methode(
                methode=concept, actor=kwartiermaker, at=MAANDAG, vanaf=VANDAAG - timedelta(days=1)
            )
        concept.refresh_from_db()

        assert concept.status == MethodeStatus.CONCEPT

    def test_can_be_the_standard_at_once(
        self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode
    ) -> None:
        with als(kwartiermaker):
            activate_methode(methode=concept, actor=kwartiermaker, at=MAANDAG, vanaf=VANDAAG, standaard=True)

        assert Uitvraagmethode.objects.get(is_standaard=True) == concept

    def test_cannot_be_the_standard_before_its_day(
        self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode
    ) -> None:
        with als(kwartiermaker), pytest.raises(MethodeNotAsked):
            activate_methode(
                methode=concept,
                actor=kwartiermaker,
                at=MAANDAG,
                vanaf=VANDAAG + timedelta(days=1),
                standaard=True,
            )

        assert Uitvraagmethode.objects.get(is_standaard=True) != concept
        concept.refresh_from_db()
        assert concept.status == MethodeStatus.CONCEPT


class TestRetireMethode:
    def test_ends_who_used_it_and_never_comes_back(
        self, als: Als, kwartiermaker: Medewerker, loket: Medewerker
    ) -> None:
        methode = UitvraagmethodeFactory(in_gebruik=True)
        with als(kwartiermaker):
            assign_methode(methode=methode, actor=kwartiermaker, at=MAANDAG, medewerker=loket)
            retire_methode(methode=methode, actor=kwartiermaker, at=MAANDAG)
            with pytest.raises(TransitionNotAllowed):
                activate_methode(methode=methode, actor=kwartiermaker, at=MAANDAG, vanaf=VANDAAG)

        assert methode_for(loket.pk, MAANDAG).waarom == "de standaard"
        assert not Methodetoewijzing.objects.filter(tot=None).exists()

    def test_refuses_the_standard(self, als: Als, kwartiermaker: Medewerker) -> None:
        methode = Uitvraagmethode.objects.get()
        with als(kwartiermaker), pytest.raises(GuardFailed, match="eerst een andere methode"):
            retire_methode(methode=methode, actor=kwartiermaker, at=MAANDAG)
        methode.refresh_from_db()

        assert methode.status == MethodeStatus.IN_GEBRUIK

    def test_throws_a_concept_away_without_asking(
        self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode
    ) -> None:
        with als(kwartiermaker):
            discard_methode(methode=concept, actor=kwartiermaker, at=MAANDAG)

        assert (concept.__class__.objects.get(pk=concept.pk).geldig_van) is None


class TestTheDatabaseItself:
    """Ook voor wie de services overslaat: met ruwe SQL, als de kwartiermaker of zelfs als het systeem."""

    @pytest.mark.parametrize(
        "zet",
        [
            "vragen = jsonb_set(vragen, '{sociaal}', '[]')",
            "naam = 'Anders'",
            "versie = 9",
            "status = 'concept'",
        ],
    )
    def test_keeps_what_is_in_use(self, systeem: Werkcontext, zet: str) -> None:
        before = Uitvraagmethode.objects.values().get()
        with pytest.raises(IntegrityError, match="verandert niet meer"), transaction.atomic():
            self._sql(f"UPDATE intake_uitvraagmethode SET {zet}")

        assert Uitvraagmethode.objects.values().get() == before

    @pytest.mark.parametrize(
        "vragen",
        ["[]", '{"sociaal": []}', '{"weer": []}'],
    )
    def test_knows_the_eight_leefgebieden(self, concept: Uitvraagmethode, vragen: str) -> None:
        with pytest.raises(IntegrityError, match="acht leefgebieden"), transaction.atomic():
            self._sql("UPDATE intake_uitvraagmethode SET vragen = %s WHERE id = %s", vragen, concept.pk)

    def test_knows_a_question(self, concept: Uitvraagmethode) -> None:
        for een in ('["Hoe?"]', '[{"vraag": ""}]', '[{"vraag": "Hoe?", "kleur": 1}]', '[{"eerst": true}]'):
            with pytest.raises(IntegrityError, match="acht leefgebieden"), transaction.atomic():
                self._sql(
                    "UPDATE intake_uitvraagmethode SET vragen = jsonb_set(vragen, '{sociaal}', %s) WHERE id = %s",
                    een,
                    concept.pk,
                )

    def test_asks_nothing_with_a_concept(self, concept: Uitvraagmethode) -> None:
        with pytest.raises(IntegrityError, match="met een concept wordt niet gevraagd"), transaction.atomic():
            UitvraagFactory(methode=concept)
        uitvraag = UitvraagFactory()
        with pytest.raises(IntegrityError, match="met een concept wordt niet gevraagd"), transaction.atomic():
            MetingFactory(melding=uitvraag.melding, methode=concept)

    def test_lets_an_answer_point_at_its_own_version(self, systeem: Werkcontext) -> None:
        uitvraag = UitvraagFactory()
        other = UitvraagmethodeFactory(in_gebruik=True)
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            self._sql("UPDATE intake_uitvraag SET methode_id = %s WHERE id = %s", other.pk, uitvraag.pk)
        uitvraag.refresh_from_db()

        assert uitvraag.methode != other

    def _sql(self, query: str, *params: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(query, params or None)


class TestWhoUsesWhat:
    def test_goes_from_name_to_team_to_organisation_to_share(
        self, als: Als, kwartiermaker: Medewerker, loket: Medewerker
    ) -> None:
        methoden = [UitvraagmethodeFactory(in_gebruik=True) for _ in range(4)]
        seen = []
        doelen: list[dict[str, Any]] = [
            {"aandeel": 99},
            {"organisatie": organisatie("gemeente")},
            {"team": team("voorportaal")},
            {"medewerker": loket},
        ]
        for methode, doel in zip(methoden, doelen, strict=True):
            with als(kwartiermaker):
                assign_methode(methode=methode, actor=kwartiermaker, at=MAANDAG, **doel)
            seen.append(methode_for(loket.pk, MAANDAG).methode)

        assert seen == methoden
        assert methode_for(loket.pk, MAANDAG - timedelta(days=1)).waarom == "de standaard"

    def test_shares_evenly_and_always_the_same(self) -> None:
        for aandeel in (10, 50, 80):
            chosen = [in_share(pk, aandeel) for pk in range(1, 1001)]
            assert abs(sum(chosen) - aandeel * 10) <= 10
        assert [in_share(7, 50)] * 3 == [in_share(7, 50) for _ in range(3)]

    def test_replaces_what_ran_for_the_same(
        self, als: Als, kwartiermaker: Medewerker, loket: Medewerker
    ) -> None:
        one, two = (UitvraagmethodeFactory(in_gebruik=True) for _ in range(2))
        with als(kwartiermaker):
            for methode in (one, two):
                made = assign_methode(methode=methode, actor=kwartiermaker, at=MAANDAG, medewerker=loket)
            assert methode_for(loket.pk, MAANDAG).methode == two
            end_toewijzing(toewijzing=made, actor=kwartiermaker, at=MAANDAG)

        assert methode_for(loket.pk, MAANDAG).waarom == "de standaard"

    def test_refuses_what_is_not_asked_today(
        self, als: Als, kwartiermaker: Medewerker, concept: Uitvraagmethode
    ) -> None:
        with als(kwartiermaker), pytest.raises(MethodeNotAsked):
            assign_methode(methode=concept, actor=kwartiermaker, at=MAANDAG, aandeel=50)

        assert not Methodetoewijzing.objects.exists()

    def test_is_a_list_with_a_fixed_number_of_queries(
        self, systeem: Werkcontext, django_assert_max_num_queries: Any
    ) -> None:
        LoketmedewerkerFactory()
        for meer in (0, 12):
            LoketmedewerkerFactory.create_batch(meer)
            with django_assert_max_num_queries(3):
                assert len(users_on(VANDAAG)) >= meer


class TestRecordUitvraag:
    def test_remembers_the_version_that_asked(
        self, als: Als, kwartiermaker: Medewerker, loket: Medewerker
    ) -> None:
        melding = MeldingFactory(medewerker=loket)
        methode = UitvraagmethodeFactory(in_gebruik=True)
        with als(kwartiermaker):
            assign_methode(methode=methode, actor=kwartiermaker, at=MAANDAG, medewerker=loket)
        with als(loket):
            uitvraag = record_uitvraag(
                melding=melding, actor=loket, at=MAANDAG, antwoorden={"sociaal": {"score": 2}}
            )
        with als(kwartiermaker):
            make_standard(methode=methode, actor=kwartiermaker, at=MAANDAG)
            nieuw = copy_methode(methode=methode, actor=kwartiermaker, at=MAANDAG)
            activate_methode(methode=nieuw, actor=kwartiermaker, at=MAANDAG, vanaf=VANDAAG, standaard=True)
        uitvraag.refresh_from_db()

        assert uitvraag.methode == methode

    def test_takes_what_stood_on_the_page_but_never_a_concept(
        self, loket: Medewerker, concept: Uitvraagmethode
    ) -> None:
        shown = UitvraagmethodeFactory(in_gebruik=True)

        assert asked_methode(shown.pk, loket.pk, MAANDAG) == shown
        assert asked_methode(concept.pk, loket.pk, MAANDAG).is_standaard
        assert asked_methode(987654, loket.pk, MAANDAG).is_standaard
