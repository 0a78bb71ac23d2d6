"""Termijnen van een melding: beginnen met een aanvraag, stilstaan en weer lopen, en vanzelf gehaald worden."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding, MeldingTermijn
from intake.services import (
    AanvraagInvalid,
    NotSuspendable,
    TermijnInvalid,
    fulfil_termijn,
    hold_afspraak,
    record_aanvraag,
    resume_termijn,
    start_termijn,
    suspend_termijn,
)
from intake.services.meldingen import TermijnRunsAlready
from intake.services.rijen import MeldingNotYours
from intake.views.melding import confirmation_lines
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.agenda import AfspraakFactory
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.triage import CoordinatorFactory, TeamlidFactory, open_punt
from tests.fixtures import MAANDAG
from triage.models import Besluit, Terugkoppeling
from triage.services import decide, finish_aanmelding
from triage.services.terugkoppeling import tell_melder

Als = Callable[[Medewerker], AbstractContextManager[Any]]


@pytest.fixture
def loket(systeem: Any) -> Medewerker:
    return LoketmedewerkerFactory()


@pytest.fixture
def melding(loket: Medewerker) -> Melding:
    return MeldingFactory(medewerker=loket)


def aanvraag(
    als: Als, melding: Melding, actor: Medewerker, code: str = "JW-BESL", **more: Any
) -> MeldingTermijn:
    with als(actor):
        return record_aanvraag(
            melding=melding, actor=actor, at=MAANDAG, code=code, **({"dag": MAANDAG.date()} | more)
        )


class TestRecordAanvraag:
    @pytest.mark.parametrize(
        ("code", "uiterlijk"), [("JW-BESL", date(2026, 12, 28)), ("WMO-BESL", date(2026, 11, 16))]
    )
    def test_starts_the_term_of_the_decision(
        self, als: Als, melding: Melding, loket: Medewerker, code: str, uiterlijk: date
    ) -> None:
        termijn = aanvraag(als, melding, loket, code)

        assert (termijn.begonnen_op, termijn.uiterlijk) == (MAANDAG.date(), uiterlijk)

    @pytest.mark.parametrize("dagen", [1, -1])
    def test_refuses_a_day_ahead_or_before_the_melding(
        self, als: Als, melding: Melding, loket: Medewerker, dagen: int
    ) -> None:
        with pytest.raises(AanvraagInvalid):
            aanvraag(als, melding, loket, dag=MAANDAG.date() + timedelta(days=dagen))

        assert not melding.termijnen.exists()

    def test_refuses_it_twice(self, als: Als, melding: Melding, loket: Medewerker) -> None:
        aanvraag(als, melding, loket)

        with pytest.raises(TermijnRunsAlready):
            aanvraag(als, melding, loket)

        assert melding.termijnen.count() == 1


class TestSuspendTermijn:
    def test_stands_still_and_ends_so_much_later(self, als: Als, melding: Melding, loket: Medewerker) -> None:
        termijn = aanvraag(als, melding, loket, "WMO-BESL")
        with als(loket):
            suspend_termijn(termijn=termijn, actor=loket, at=MAANDAG + timedelta(days=2), reden="Jaaropgave")
            suspend_termijn(termijn=termijn, actor=loket, at=MAANDAG + timedelta(days=5), reden="Iets anders")
            resumed = resume_termijn(termijn=termijn, actor=loket, at=MAANDAG + timedelta(days=12))

        assert resumed.uiterlijk == date(2026, 11, 26)
        assert (resumed.opgeschort_op, resumed.opgeschort_reden) == (None, "")
        assert Regel.objects.filter(actie="intake.suspend_termijn").count() == 1

    def test_counts_no_more_as_running_until_it_runs_again(
        self, als: Als, melding: Melding, loket: Medewerker
    ) -> None:
        termijn = aanvraag(als, melding, loket)
        with als(loket):
            suspend_termijn(termijn=termijn, actor=loket, at=MAANDAG, reden="Jaaropgave")
            melding.refresh_from_db()
            assert melding.eerste_termijn is None
            assert not [regel for regel in confirmation_lines(melding) if termijn.soort.naam in regel]
            resumed = resume_termijn(termijn=termijn, actor=loket, at=MAANDAG)
            melding.refresh_from_db()

        assert melding.eerste_termijn == resumed.uiterlijk

    def test_never_ends_on_a_day_off(self, als: Als, melding: Melding, loket: Medewerker) -> None:
        termijn = aanvraag(als, melding, loket, "WMO-BESL")
        with als(loket):
            suspend_termijn(termijn=termijn, actor=loket, at=MAANDAG, reden="Jaaropgave")
            resumed = resume_termijn(termijn=termijn, actor=loket, at=MAANDAG + timedelta(days=39))

        assert resumed.uiterlijk == date(2026, 12, 28)

    def test_refuses_the_term_of_the_onderzoek(self, als: Als, melding: Melding, loket: Medewerker) -> None:
        with als(loket):
            termijn = start_termijn(melding=melding, actor=loket, at=MAANDAG, code="WMO-OND")
            with pytest.raises(NotSuspendable, match="Awb 4:15"):
                suspend_termijn(termijn=termijn, actor=loket, at=MAANDAG, reden="Druk")

        termijn.refresh_from_db()
        assert termijn.opgeschort_op is None

    def test_asks_what_is_waited_for(self, als: Als, melding: Melding, loket: Medewerker) -> None:
        termijn = aanvraag(als, melding, loket)
        with als(loket), pytest.raises(TermijnInvalid, match="Schrijf op waarop u wacht"):
            suspend_termijn(termijn=termijn, actor=loket, at=MAANDAG, reden=" ")

    def test_is_met_while_it_stands_still(self, als: Als, melding: Melding, loket: Medewerker) -> None:
        termijn = aanvraag(als, melding, loket)
        with als(loket):
            suspend_termijn(termijn=termijn, actor=loket, at=MAANDAG, reden="Jaaropgave")
            met = fulfil_termijn(termijn=termijn, actor=loket, at=MAANDAG)
            with pytest.raises(TermijnInvalid, match="al gehaald"):
                suspend_termijn(termijn=termijn, actor=loket, at=MAANDAG, reden="Nog iets")

        assert (met.voldaan_op, met.opgeschort_op) == (MAANDAG.date(), None)

    def test_is_not_for_who_may_not_write_the_melding(
        self, als: Als, melding: Melding, loket: Medewerker
    ) -> None:
        termijn = aanvraag(als, melding, loket)
        vreemd = TeamlidFactory(organisatie="mee")
        with als(vreemd), pytest.raises(MeldingNotYours):
            suspend_termijn(termijn=termijn, actor=vreemd, at=MAANDAG, reden="Jaaropgave")

        termijn.refresh_from_db()
        assert termijn.opgeschort_op is None


class TestMetByItself:
    @pytest.mark.parametrize("code", ["WGS-4W", "WGS-3D"])
    def test_by_the_first_talk(self, als: Als, melding: Melding, loket: Medewerker, code: str) -> None:
        afspraak = AfspraakFactory(melding=melding, met=[loket])
        with als(loket):
            termijn = start_termijn(melding=melding, actor=loket, at=MAANDAG, code=code)
            hold_afspraak(afspraak=afspraak, actor=loket, at=afspraak.eind)

        termijn.refresh_from_db()
        assert termijn.voldaan_op == timezone.localtime(afspraak.eind).date()

    def test_by_the_end_of_the_onderzoek(self, als: Als, systeem: Any) -> None:
        coordinator, punt = CoordinatorFactory(), open_punt()
        op = punt.overleg.begint_op
        with als(coordinator):
            decide(agendapunt=punt, besluit=Besluit.WMO, actor=coordinator, at=op)
            punt.aanmelding.refresh_from_db()
            tell_melder(
                terugkoppeling=Terugkoppeling.objects.get(), actor=coordinator, at=op, hoe="telefonisch"
            )
            finish_aanmelding(aanmelding=punt.aanmelding, actor=coordinator, at=op + timedelta(days=20))

        termijnen = {t.soort_id: t.voldaan_op for t in punt.aanmelding.melding.termijnen.all()}
        assert termijnen["WMO-OND"] == (op + timedelta(days=20)).date()
        assert termijnen["WMO-PLAN"] is None


class TestTermijnList:
    @pytest.fixture
    def aan(self, client: Client, loket: Medewerker) -> Client:
        client.force_login(loket)
        return client

    def url(self, melding: Melding) -> str:
        return reverse("intake:termijn_list", args=[melding.nummer])

    def test_starts_suspends_and_resumes(self, aan: Client, melding: Melding) -> None:
        vandaag = f"{timezone.localdate():%d-%m-%Y}"
        aan.post(self.url(melding), {"wat": "aanvraag", "code": "WMO-BESL", "dag": vandaag})
        termijn = melding.termijnen.get()
        stil = aan.post(
            self.url(melding),
            {"wat": "opschorten", "termijn": termijn.pk, "reden": "Jaaropgave"},
            follow=True,
        )
        assert "staat stil sinds" in stil.content.decode()

        weer = aan.post(self.url(melding), {"wat": "hervatten", "termijn": termijn.pk}, follow=True)

        assert "De termijn loopt weer" in weer.content.decode()

    @pytest.mark.parametrize(
        ("data", "zin"),
        [
            ({"wat": "aanvraag", "code": "X", "dag": "1-1-2026"}, "Kies iets uit de lijst"),
            ({"wat": "aanvraag", "code": "JW-BESL", "dag": "1-1-2020"}, "ligt voor de melding"),
            ({"wat": "gedaan", "termijn": "99999999999999999999"}, "Deze termijn is er niet"),
            ({"reden": "Jaaropgave"}, "Kies wat u met deze termijn wilt doen"),
            ({"wat": "opschorten", "reden": ""}, "Schrijf op waarop u wacht"),
            ({"wat": "opschorten", "reden": "x" * 400}, "ten hoogste 300 tekens"),
        ],
    )
    def test_refuses_with_a_sentence(
        self, aan: Client, als: Als, melding: Melding, loket: Medewerker, data: dict[str, str], zin: str
    ) -> None:
        termijn = aanvraag(als, melding, loket)

        html = aan.post(self.url(melding), {"termijn": termijn.pk} | data, follow=True).content.decode()

        assert zin in html
        termijn.refresh_from_db()
        assert (termijn.opgeschort_op, termijn.voldaan_op) == (None, None)

    def test_enter_in_the_reason_puts_it_on_hold(
        self, aan: Client, als: Als, melding: Melding, loket: Medewerker
    ) -> None:
        """What a browser sends with Enter is the first button of the form, so that form has no other."""
        aanvraag(als, melding, loket)

        html = aan.get(self.url(melding)).content.decode()

        [van_de_reden] = [form for form in html.split("<form")[1:] if 'name="reden"' in form]
        assert 'name="wat" value="opschorten"' in van_de_reden
        assert 'value="gedaan"' not in van_de_reden

    def test_is_not_there_for_who_only_reads(self, client: Client, melding: Melding) -> None:
        client.force_login(TeamlidFactory())

        assert client.get(self.url(melding)).status_code == 404
        assert client.post(self.url(melding), {"wat": "aanvraag"}).status_code == 404
        assert not melding.termijnen.exists()
