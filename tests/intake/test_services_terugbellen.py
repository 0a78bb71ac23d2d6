"""Terugbellen: binnen de openingstijden, geteld als niemand opneemt, en de derde keer een andere weg."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from intake.models import Melding, Terugbelverzoek
from intake.services import (
    cancel_terugbellen,
    complete_terugbellen,
    give_information,
    hand_over,
    miss_terugbellen,
    plan_afspraak,
    plan_terugbellen,
    send_to_triage,
    take_over,
)
from intake.services.keten import ReceiverNotAtLoket
from intake.services.rijen import MeldingNotYours
from intake.services.sluitbaar import StillPlanned
from intake.services.terugbellen import (
    STAP_ANDERE_WEG,
    CallerUnclear,
    CallGone,
    CallMomentWrong,
    ContactNotSafe,
    PhoneMissing,
)
from intake.status import MeldingStatus, TerugbelStatus
from skt.autorisatie.context import acting_as
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import team
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties


def op(dag: int, uur: int, minuut: int = 0, maand: int = 11) -> datetime:
    return datetime(2026, maand, dag, uur, minuut, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def melding(loket: Medewerker) -> Melding:
    return MeldingFactory(medewerker=loket)


def plan(melding: Melding, actor: Medewerker, **anders: Any) -> Terugbelverzoek:
    wens = {"niet_eerder_dan": op(3, 9), "uiterlijk": op(3, 12)}
    if "team" not in anders:
        wens["medewerker"] = actor
    with acting_as(actor):
        return plan_terugbellen(melding=melding, actor=actor, at=MAANDAG, **{**wens, **anders})


class TestPlanTerugbellen:
    def test_is_the_next_step_with_owner_and_number(self, melding: Melding, loket: Medewerker) -> None:
        verzoek = plan(melding, loket)

        melding.refresh_from_db()
        assert verzoek.telefoon == "070-5550218"
        assert (melding.volgende_stap, melding.uiterlijk) == ("Terugbellen: 070-5550218", op(3, 12))
        assert melding.verantwoordelijke == loket

    def test_moves_the_melding_to_who_calls(
        self, melding: Melding, loket: Medewerker, collega: Medewerker
    ) -> None:
        plan(melding, loket, medewerker=collega)
        melding.refresh_from_db()
        assert melding.verantwoordelijke == collega

        plan(melding, loket, team=team("voorportaal"))
        melding.refresh_from_db()
        assert (melding.verantwoordelijke, melding.verantwoordelijk_team) == (None, team("voorportaal"))

    def test_goes_along_with_the_melding(
        self, melding: Melding, loket: Medewerker, collega: Medewerker
    ) -> None:
        verzoek = plan(melding, loket)
        with acting_as(collega):
            take_over(melding=melding, actor=collega, at=MAANDAG)
        verzoek.refresh_from_db()
        assert verzoek.medewerker == collega

        with acting_as(collega):
            hand_over(melding=melding, actor=collega, at=MAANDAG, team=team("voorportaal"))
        verzoek.refresh_from_db()
        assert (verzoek.medewerker, verzoek.team) == (None, team("voorportaal"))

    def test_again_changes_the_one_there_is(self, melding: Melding, loket: Medewerker) -> None:
        first = plan(melding, loket)
        second = plan(melding, loket, uiterlijk=op(4, 16), telefoon="+31 70 555 02 99")

        assert first.pk == second.pk
        assert second.telefoon == "070-5550299"
        melding.refresh_from_db()
        assert melding.uiterlijk == op(4, 16)

    def test_gives_way_to_an_earlier_afspraak(self, melding: Melding, loket: Medewerker) -> None:
        plan(melding, loket, uiterlijk=op(5, 12))
        with acting_as(loket):
            plan_afspraak(
                melding=melding, actor=loket, at=MAANDAG, soort="gesprek loket", begin=op(4, 10), duur=30,
                medewerkers=[loket],
            )  # fmt: skip

        melding.refresh_from_db()
        assert melding.volgende_stap == "Gesprek loket"

    @pytest.mark.parametrize(
        ("anders", "fout"),
        [
            ({"uiterlijk": MAANDAG, "niet_eerder_dan": None}, CallMomentWrong),
            ({"uiterlijk": op(3, 9), "niet_eerder_dan": op(3, 12)}, CallMomentWrong),
            ({"uiterlijk": op(3, 18)}, CallMomentWrong),
            ({"uiterlijk": op(7, 11), "niet_eerder_dan": None}, CallMomentWrong),
            ({"uiterlijk": op(25, 11, maand=12), "niet_eerder_dan": None}, CallMomentWrong),
            ({"niet_eerder_dan": op(3, 8), "uiterlijk": op(3, 12)}, CallMomentWrong),
            ({"medewerker": None}, CallerUnclear),
        ],
    )
    def test_refuses_a_moment_at_which_nobody_calls(
        self, melding: Melding, loket: Medewerker, anders: dict[str, Any], fout: type[Exception]
    ) -> None:
        with pytest.raises(fout):
            plan(melding, loket, **anders)

        melding.refresh_from_db()
        assert melding.volgende_stap == "Afhandelen"
        assert not Terugbelverzoek.objects.exists()
        assert acties() == []

    def test_refuses_without_a_number(self, loket: Medewerker) -> None:
        with pytest.raises(PhoneMissing):
            plan(MeldingFactory(medewerker=loket, anoniem=True), loket)

    def test_refuses_who_is_not_at_the_loket(
        self, melding: Melding, loket: Medewerker, teamlid: Medewerker
    ) -> None:
        with pytest.raises(ReceiverNotAtLoket):
            plan(melding, loket, medewerker=teamlid)

    def test_refuses_to_call_who_asked_not_to_be_called(self, loket: Medewerker) -> None:
        melding = MeldingFactory(
            medewerker=loket, inwoner__veilig_contact="niet", inwoner__telefoon="070-5550133"
        )
        with pytest.raises(ContactNotSafe):
            plan(melding, loket, telefoon="070 555 01 33")
        assert plan(melding, loket, telefoon="070 555 02 18")

        zelf = MeldingFactory(
            medewerker=loket, inwoner__veilig_contact="niet", contactmoment__melder_soort="inwoner zelf"
        )
        with pytest.raises(ContactNotSafe):
            plan(zelf, loket)

    def test_is_for_the_loket(self, loket: Medewerker) -> None:
        with pytest.raises(MeldingNotYours):
            plan(MeldingFactory(medewerker=loket, in_triage=True), loket)


class TestMissTerugbellen:
    def test_counts_and_takes_the_next_part_of_a_day(self, melding: Melding, loket: Medewerker) -> None:
        verzoek = plan(melding, loket)
        with acting_as(loket):
            verzoek = miss_terugbellen(verzoek=verzoek, actor=loket, at=op(3, 11))

        assert verzoek.pogingen == [op(3, 11)]
        assert (verzoek.niet_eerder_dan, verzoek.uiterlijk) == (op(3, 12, 30), op(3, 17))
        melding.refresh_from_db()
        assert melding.uiterlijk == op(3, 17)

    def test_skips_the_weekend(self, melding: Melding, loket: Medewerker) -> None:
        verzoek = plan(melding, loket, niet_eerder_dan=None, uiterlijk=op(6, 16))
        with acting_as(loket):
            verzoek = miss_terugbellen(verzoek=verzoek, actor=loket, at=op(6, 15))

        assert (verzoek.niet_eerder_dan, verzoek.uiterlijk) == (op(9, 8, 30), op(9, 12, 30))

    def test_takes_the_moment_that_was_chosen(self, melding: Melding, loket: Medewerker) -> None:
        verzoek = plan(melding, loket)
        with acting_as(loket):
            verzoek = miss_terugbellen(verzoek=verzoek, actor=loket, at=op(3, 11), uiterlijk=op(5, 10))

        assert (verzoek.niet_eerder_dan, verzoek.uiterlijk) == (None, op(5, 10))

    def test_asks_another_way_the_third_time(self, melding: Melding, loket: Medewerker) -> None:
        verzoek = plan(melding, loket)
        with acting_as(loket):
            for dag in (3, 4, 5):
                verzoek = miss_terugbellen(verzoek=verzoek, actor=loket, at=op(dag, 10))

        assert (verzoek.status, len(verzoek.pogingen)) == (TerugbelStatus.ANDERE_WEG, 3)
        melding.refresh_from_db()
        assert (melding.volgende_stap, melding.uiterlijk) == (STAP_ANDERE_WEG, op(6, 17))
        assert melding.status == MeldingStatus.OPEN


class TestEnding:
    def test_spoken_closes_it_and_asks_what_comes_next(self, melding: Melding, loket: Medewerker) -> None:
        verzoek = plan(melding, loket)
        with acting_as(loket):
            complete_terugbellen(verzoek=verzoek, actor=loket, at=op(3, 11), toelichting="Komt langs.")

        verzoek.refresh_from_db()
        melding.refresh_from_db()
        assert verzoek.status == TerugbelStatus.GEDAAN
        assert melding.volgende_stap == "Vervolg bepalen na het terugbellen"
        assert melding.aanvullingen.get().tekst == "Teruggebeld: Komt langs."

    def test_no_longer_needed_asks_too(self, melding: Melding, loket: Medewerker) -> None:
        verzoek = plan(melding, loket)
        with acting_as(loket):
            cancel_terugbellen(verzoek=verzoek, actor=loket, at=op(3, 11))

        verzoek.refresh_from_db()
        assert verzoek.status == TerugbelStatus.VERVALLEN

    def test_closing_the_melding_ends_it(self, melding: Melding, loket: Medewerker) -> None:
        verzoek = plan(melding, loket)
        with acting_as(loket):
            give_information(melding=melding, actor=loket, at=op(3, 11), toelichting="Alles verteld.")

        verzoek.refresh_from_db()
        assert (verzoek.status, verzoek.afgerond_op) == (TerugbelStatus.VERVALLEN, op(3, 11))

    def test_a_promise_is_not_forgotten_in_triage(self, melding: Melding, loket: Medewerker) -> None:
        plan(melding, loket)
        with acting_as(loket), pytest.raises(StillPlanned):
            send_to_triage(melding=melding, actor=loket, at=MAANDAG)

        melding.refresh_from_db()
        assert melding.status == MeldingStatus.OPEN

    @pytest.mark.parametrize("act", [complete_terugbellen, cancel_terugbellen, miss_terugbellen])
    def test_is_not_for_others(
        self, melding: Melding, loket: Medewerker, teamlid: Medewerker, act: Any
    ) -> None:
        verzoek = plan(melding, loket)
        with acting_as(teamlid), pytest.raises(CallGone):
            act(verzoek=verzoek, actor=teamlid, at=op(3, 11))

        verzoek.refresh_from_db()
        assert (verzoek.status, verzoek.pogingen) == (TerugbelStatus.OPEN, [])
