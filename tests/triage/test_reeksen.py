"""Reeksen overleggen: vooruit gepland, over feestdagen heen, verzet en gestopt zonder dat er iets blijft liggen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.triage import (
    DONDERDAG,
    AanmeldingFactory,
    CoordinatorFactory,
    OverlegFactory,
    TeamlidFactory,
    ToegangFactory,
    open_punt,
)
from tests.fixtures import MAANDAG
from triage import tasks
from triage.models import Agendapunt, BijFeestdag, Overleg, Overlegreeks
from triage.ritme import beurten
from triage.services import (
    MomentTaken,
    NotAWerkdag,
    NotPlanned,
    OverlegChanged,
    OverlegInPast,
    ReeksChanged,
    ReeksCollides,
    ReeksEmpty,
    ReeksEnded,
    ReeksInPast,
    ReeksInvalid,
    VoorzitterNotPlaced,
    cancel_overleg,
    change_reeks,
    fill_reeks,
    mark_kent_gezin,
    move_overleg,
    next_overleg,
    record_aanwezigen,
    start_reeks,
    stop_reeks,
)
from triage.status import OverlegStatus

Als = Callable[[Medewerker], AbstractContextManager[Any]]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DI_10 = datetime(2026, 11, 3, 10, tzinfo=AMSTERDAM)


def start(als: Als, actor: Medewerker, **facts: Any) -> Overlegreeks:
    wanted = {"bord": "volwassenen", "weekdag": 1, "tijd": time(10), "van": MAANDAG.date()} | facts
    with als(actor):
        return start_reeks(actor=actor, at=MAANDAG, **wanted)


def days(reeks: Overlegreeks) -> list[date]:
    planned = Overleg.objects.filter(reeks=reeks, status=OverlegStatus.GEPLAND).order_by("begint_op")
    return [timezone.localtime(overleg.begint_op).date() for overleg in planned]


class TestStartReeks:
    def test_plans_twelve_weeks_ahead(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator, plaats="Raadhuis")

        found = days(reeks)
        assert found[:2] == [date(2026, 11, 3), date(2026, 11, 10)]
        assert (len(found), found[-1]) == (12, date(2027, 1, 19))
        assert {overleg.plaats for overleg in reeks.overleggen.all()} == {"Raadhuis"}

    def test_comes_every_two_weeks(self, als: Als, coordinator: Medewerker) -> None:
        found = days(start(als, coordinator, elke_weken=2))

        assert found[:3] == [date(2026, 11, 3), date(2026, 11, 17), date(2026, 12, 1)]

    def test_skips_a_holiday(self, als: Als, coordinator: Medewerker) -> None:
        found = days(start(als, coordinator, weekdag=4))

        assert date(2026, 12, 25) not in found
        assert date(2027, 1, 1) not in found
        assert date(2026, 12, 18) in found

    def test_moves_past_a_holiday_when_asked(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator, weekdag=4, bij_feestdag=BijFeestdag.VERPLAATSEN)

        assert date(2026, 12, 28) in days(reeks)
        assert reeks.overleggen.get(reeks_dag=date(2026, 12, 25)).begint_op.date() == date(2026, 12, 28)

    def test_keeps_to_the_dutch_clock_over_summer_time(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)

        turns = list(beurten(reeks, date(2027, 3, 22), date(2027, 4, 2)))
        assert [timezone.localtime(turn.begint_op).hour for turn in turns if turn.begint_op] == [10, 10]

    def test_takes_over_what_stands_there(self, als: Als, coordinator: Medewerker) -> None:
        punt = open_punt(overleg=OverlegFactory(begint_op=DI_10 + timedelta(days=7)))

        reeks = start(als, coordinator)

        punt.overleg.refresh_from_db()
        assert punt.overleg.reeks == reeks
        assert Overleg.objects.filter(begint_op=punt.overleg.begint_op).count() == 1

    @pytest.mark.parametrize(
        ("facts", "error", "zin"),
        [
            ({"van": date(2026, 10, 1)}, ReeksInPast, "al voorbij"),
            ({"tot_en_met": date(2026, 11, 2)}, ReeksEmpty, "komt deze dag niet voor"),
            ({"tot_en_met": date(2026, 10, 2)}, ReeksInvalid, "ligt voor de eerste"),
            ({"weekdag": 6}, ReeksInvalid, "maandag tot en met vrijdag"),
            ({"elke_weken": 3}, ReeksInvalid, "elke week of elke twee weken"),
            ({"bord": "geen"}, DomainError, "Kies een bord"),
        ],
    )
    def test_refuses_nonsense_and_writes_nothing(
        self, als: Als, coordinator: Medewerker, facts: dict[str, Any], error: type[DomainError], zin: str
    ) -> None:
        with pytest.raises(error, match=zin):
            start(als, coordinator, **facts)

        assert not Overlegreeks.objects.exists()
        assert not Overleg.objects.exists()

    def test_refuses_a_voorzitter_who_left(self, als: Als, coordinator: Medewerker) -> None:
        with pytest.raises(VoorzitterNotPlaced):
            start(als, coordinator, voorzitter=MedewerkerFactory())

        assert not Overlegreeks.objects.exists()

    @pytest.mark.parametrize("bord", ["volwassenen", "gezamenlijk"])
    def test_refuses_a_series_of_the_same_people_at_that_hour(
        self, als: Als, coordinator: Medewerker, bord: str
    ) -> None:
        start(als, coordinator)

        with pytest.raises(ReeksCollides, match="Op dinsdag 10 november 2026 om 10:00 uur"):
            start(als, ToegangFactory(), bord=bord, tijd=time(10, 30), elke_weken=2, van=date(2026, 11, 9))

        assert Overlegreeks.objects.count() == 1

    def test_lets_another_team_meet_at_the_same_hour(self, als: Als, coordinator: Medewerker) -> None:
        start(als, coordinator)

        assert start(als, CoordinatorFactory(team="jeugd"), bord="jeugd").pk

    def test_skips_the_turn_in_which_the_same_people_sit_in_another(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        OverlegFactory(bord="gezamenlijk", begint_op=DI_10 + timedelta(days=7, minutes=30))

        gepland = days(start(als, coordinator))

        assert date(2026, 11, 10) not in gepland
        assert date(2026, 11, 17) in gepland

    def test_lets_two_take_turns(self, als: Als, coordinator: Medewerker) -> None:
        start(als, coordinator, elke_weken=2)

        assert start(als, coordinator, elke_weken=2, van=date(2026, 11, 9)).pk


class TestPlanOverleggen:
    def test_fills_up_as_weeks_go_by(
        self, als: Als, coordinator: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reeks = start(als, coordinator)
        monkeypatch.setattr(timezone, "now", lambda: MAANDAG + timedelta(days=14))

        tasks.plan_overleggen()
        tasks.plan_overleggen()

        assert len(days(reeks)) == 14

    def test_leaves_alone_what_was_moved_or_cancelled(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)
        first, second = reeks.overleggen.order_by("begint_op")[:2]
        with als(coordinator):
            move_overleg(overleg=first, begint_op=DI_10 + timedelta(days=1), actor=coordinator, at=MAANDAG)
            cancel_overleg(overleg=second, actor=coordinator, at=MAANDAG)

        fill_reeks(reeks=reeks, at=MAANDAG)

        assert days(reeks)[:2] == [date(2026, 11, 4), date(2026, 11, 17)]

    def test_does_not_plan_beyond_the_last_day(self, als: Als, coordinator: Medewerker) -> None:
        assert len(days(start(als, coordinator, tot_en_met=date(2026, 11, 20)))) == 3


class TestNextOverleg:
    def test_takes_the_next_turn_of_the_series(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator, elke_weken=2)
        last = reeks.overleggen.order_by("-begint_op")[0]

        with als(coordinator):
            found = next_overleg(
                bord="volwassenen", actor=coordinator, at=MAANDAG, after=last.begint_op + timedelta(hours=1)
            )

        assert (found.reeks, found.begint_op - last.begint_op) == (reeks, timedelta(days=14))

    def test_falls_back_on_thursday_without_one(self, als: Als, coordinator: Medewerker) -> None:
        start(als, CoordinatorFactory(team="jeugd"), bord="jeugd")

        with als(coordinator):
            assert next_overleg(bord="volwassenen", actor=coordinator, at=MAANDAG).begint_op == DONDERDAG


class TestMoveOverleg:
    def test_takes_every_undecided_aanmelding_along(self, als: Als, coordinator: Medewerker) -> None:
        punt = open_punt()
        nieuw = DONDERDAG + timedelta(days=1, hours=1)

        with als(coordinator):
            moved = move_overleg(overleg=punt.overleg, begint_op=nieuw, actor=coordinator, at=MAANDAG)

        melding = punt.aanmelding.melding
        melding.refresh_from_db()
        assert (moved.begint_op, moved.verzet_van) == (nieuw, DONDERDAG)
        assert melding.volgende_stap == "Bespreken in het aanmeldoverleg van vr 6 nov"
        assert melding.uiterlijk == nieuw
        assert Agendapunt.objects.get(aanmelding=punt.aanmelding, besluit="").overleg == moved

    def test_keeps_the_earlier_date_of_what_is_urgent(self, als: Als, coordinator: Medewerker) -> None:
        eigen = DONDERDAG - timedelta(days=1)
        punt = open_punt(met_spoed=True, melding__uiterlijk=eigen)

        with als(coordinator):
            move_overleg(
                overleg=punt.overleg, begint_op=DONDERDAG + timedelta(days=1), actor=coordinator, at=MAANDAG
            )

        punt.aanmelding.melding.refresh_from_db()
        assert punt.aanmelding.melding.uiterlijk == eigen

    @pytest.mark.parametrize(
        ("nieuw", "error"),
        [
            (MAANDAG - timedelta(hours=1), OverlegInPast),
            (DONDERDAG + timedelta(days=2), NotAWerkdag),
            (DONDERDAG + timedelta(days=7, minutes=30), MomentTaken),
        ],
    )
    def test_refuses_and_changes_nothing(
        self, als: Als, coordinator: Medewerker, nieuw: datetime, error: type[DomainError]
    ) -> None:
        punt = open_punt()
        OverlegFactory(week_later=True)
        stap = punt.aanmelding.melding.volgende_stap

        with als(coordinator), pytest.raises(error):
            move_overleg(overleg=punt.overleg, begint_op=nieuw, actor=coordinator, at=MAANDAG)

        punt.overleg.refresh_from_db()
        punt.aanmelding.melding.refresh_from_db()
        assert (punt.overleg.begint_op, punt.overleg.versie) == (DONDERDAG, 1)
        assert punt.aanmelding.melding.volgende_stap == stap

    def test_refuses_the_second_of_two(self, als: Als, coordinator: Medewerker) -> None:
        overleg = OverlegFactory()
        with als(coordinator):
            move_overleg(
                overleg=overleg,
                begint_op=DONDERDAG + timedelta(hours=1),
                actor=coordinator,
                at=MAANDAG,
                versie=1,
            )
            with pytest.raises(OverlegChanged, match="net gewijzigd"):
                move_overleg(
                    overleg=overleg,
                    begint_op=DONDERDAG + timedelta(hours=3),
                    actor=coordinator,
                    at=MAANDAG,
                    versie=1,
                )

        overleg.refresh_from_db()
        assert overleg.begint_op == DONDERDAG + timedelta(hours=1)

    def test_refuses_what_was_held(self, als: Als, coordinator: Medewerker) -> None:
        with als(coordinator), pytest.raises(NotPlanned):
            move_overleg(
                overleg=OverlegFactory(gehouden=True), begint_op=DONDERDAG, actor=coordinator, at=MAANDAG
            )


class TestCancelOverleg:
    def test_sends_what_stood_there_to_the_next_turn(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)
        first, second = reeks.overleggen.order_by("begint_op")[:2]
        aanmeldingen = [AanmeldingFactory(overleg=first) for _ in range(3)]

        with als(coordinator):
            cancel_overleg(overleg=first, actor=coordinator, at=MAANDAG)

        for aanmelding in aanmeldingen:
            assert aanmelding.agendapunten.get(besluit="").overleg == second
        assert not Overleg.objects.filter(begint_op=DONDERDAG).exists()


class TestRecordAanwezigen:
    def record(
        self, overleg: Overleg, actor: Medewerker, wie: list[Medewerker], stonden_er: list[Medewerker]
    ) -> None:
        record_aanwezigen(overleg=overleg, aanwezigen=wie, stonden_er=stonden_er, actor=actor, at=DONDERDAG)

    def test_keeps_who_was_there_and_takes_off_who_was_not(self, als: Als, coordinator: Medewerker) -> None:
        overleg = OverlegFactory()
        een, ander = TeamlidFactory(), TeamlidFactory()
        with als(coordinator):
            self.record(overleg, coordinator, [een, ander], [])
            self.record(overleg, coordinator, [ander], [een, ander])

        assert list(overleg.aanwezigen.all()) == [ander]

    def test_keeps_who_a_colleague_added_and_took_off_meanwhile(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        overleg = OverlegFactory()
        weg, blijft, erbij, ook_erbij = (TeamlidFactory() for _ in range(4))
        with als(coordinator):
            self.record(overleg, coordinator, [weg, blijft], [])
            self.record(overleg, coordinator, [blijft, erbij], [weg, blijft])
            self.record(overleg, coordinator, [weg, blijft, ook_erbij], [weg, blijft])

        assert set(overleg.aanwezigen.all()) == {blijft, erbij, ook_erbij}

    def test_refuses_for_a_cancelled_one(self, als: Als, coordinator: Medewerker) -> None:
        overleg = OverlegFactory(geannuleerd=True)
        with als(coordinator), pytest.raises(NotPlanned):
            self.record(overleg, coordinator, [coordinator], [])

        assert not overleg.aanwezigen.exists()


class TestChangeReeks:
    def test_moves_what_is_planned_within_its_week(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)
        second = reeks.overleggen.order_by("begint_op")[1]
        aanmelding = AanmeldingFactory(overleg=second)

        with als(coordinator):
            gedaan = change_reeks(reeks=reeks, actor=coordinator, at=MAANDAG, weekdag=3, tijd=time(14))

        second.refresh_from_db()
        aanmelding.melding.refresh_from_db()
        assert timezone.localtime(second.begint_op) == datetime(2026, 11, 12, 14, tzinfo=AMSTERDAM)
        assert second.verzet_van is None
        assert aanmelding.melding.uiterlijk == second.begint_op
        assert (gedaan.verzet, gedaan.geannuleerd, len(days(reeks))) == (12, 0, 12)

    def test_keeps_what_somebody_moved(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)
        first = reeks.overleggen.order_by("begint_op")[0]
        with als(coordinator):
            move_overleg(overleg=first, begint_op=DI_10 + timedelta(hours=2), actor=coordinator, at=MAANDAG)
            change_reeks(reeks=reeks, actor=coordinator, at=MAANDAG, weekdag=3)

        first.refresh_from_db()
        assert first.begint_op == DI_10 + timedelta(hours=2)

    def test_brings_what_no_longer_fits_to_the_next(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)
        second, third = reeks.overleggen.order_by("begint_op")[1:3]
        aanmelding = AanmeldingFactory(overleg=second)

        with als(coordinator):
            gedaan = change_reeks(reeks=reeks, actor=coordinator, at=MAANDAG, elke_weken=2)

        second.refresh_from_db()
        assert second.status == OverlegStatus.GEANNULEERD
        assert aanmelding.agendapunten.get(besluit="").overleg == third
        assert gedaan.geannuleerd == 6

    def test_goes_back_to_every_week(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)
        with als(coordinator):
            change_reeks(reeks=reeks, actor=coordinator, at=MAANDAG, elke_weken=2)
            change_reeks(reeks=reeks, actor=coordinator, at=MAANDAG, elke_weken=1)

        assert len(days(reeks)) == 12

    def test_refuses_an_older_version(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)
        with als(coordinator):
            change_reeks(reeks=reeks, actor=coordinator, at=MAANDAG, versie=1, plaats="Raadhuis")
            with pytest.raises(ReeksChanged):
                change_reeks(reeks=reeks, actor=coordinator, at=MAANDAG, versie=1, plaats="Elders")

        reeks.refresh_from_db()
        assert reeks.plaats == "Raadhuis"

    def test_undoes_all_of_it_when_one_moment_is_taken(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)
        OverlegFactory(begint_op=datetime(2026, 11, 19, 10, tzinfo=AMSTERDAM))

        with als(coordinator), pytest.raises(MomentTaken):
            change_reeks(reeks=reeks, actor=coordinator, at=MAANDAG, weekdag=3)

        reeks.refresh_from_db()
        assert reeks.weekdag == 1
        assert days(reeks)[0] == date(2026, 11, 3)


class TestStopReeks:
    def test_cancels_what_is_empty_and_keeps_what_is_not(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)
        second = reeks.overleggen.order_by("begint_op")[1]
        aanmelding = AanmeldingFactory(overleg=second)

        with als(coordinator):
            gedaan = stop_reeks(reeks=reeks, actor=coordinator, at=MAANDAG)

        assert (gedaan.geannuleerd, gedaan.behouden) == (11, 1)
        assert aanmelding.agendapunten.get(besluit="").overleg == second
        assert fill_reeks(reeks=reeks, at=MAANDAG + timedelta(days=7)) == []

    def test_keeps_the_overleg_of_a_family_one_knows(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator)
        second = reeks.overleggen.order_by("begint_op")[1]
        aanmelding = AanmeldingFactory(overleg=second)
        with als(coordinator):
            mark_kent_gezin(aanmelding=aanmelding, actor=coordinator, at=MAANDAG)
            gedaan = stop_reeks(reeks=reeks, actor=coordinator, at=MAANDAG)

        second.refresh_from_db()
        assert (second.status, gedaan.geannuleerd, gedaan.behouden) == (OverlegStatus.GEPLAND, 11, 1)

    def test_refuses_what_is_over(self, als: Als, coordinator: Medewerker) -> None:
        reeks = start(als, coordinator, tot_en_met=date(2026, 11, 6))
        with als(coordinator), pytest.raises(ReeksEnded):
            stop_reeks(reeks=reeks, actor=coordinator, at=MAANDAG + timedelta(days=30))
