"""Het dagelijkse bericht over termijnen: één per medewerker per dag, met aantallen en verder niets."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import MeldingTermijn
from intake.services import fulfil_termijn
from skt.autorisatie.context import acting_as_system
from skt.medewerkers.models import Medewerker, Rol
from skt.termijnen import services, tasks
from skt.termijnen.bronnen import Telling, count_terms, terms_of
from skt.termijnen.models import Berichtvoorkeur, Termijnbericht, Termijnsoort
from skt.verantwoording.models import Regel
from tests.factories.casusregie import CasusFactory
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.triage import AanmeldingFactory, CoordinatorFactory
from tests.fixtures import MAANDAG
from triage.services import finish_aanmelding

Als = Callable[[Medewerker], AbstractContextManager[Any]]
OCHTEND = datetime(2026, 11, 2, 7, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
VANDAAG = MAANDAG.date()


@pytest.fixture(autouse=True)
def klok(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: OCHTEND)


@pytest.fixture
def loket(systeem: Any) -> Medewerker:
    return LoketmedewerkerFactory(email="sanne@loket.invalid")


def termijn(melding: Any, uiterlijk: date, soort: str = "WMO-OND", **more: Any) -> MeldingTermijn:
    return MeldingTermijn.objects.create(
        melding=melding, soort=Termijnsoort.objects.get(pk=soort), begonnen_op=uiterlijk - timedelta(days=42),
        uiterlijk=uiterlijk, **more,
    )  # fmt: skip


def verlopen(medewerker: Medewerker, aantal: int = 1) -> list[MeldingTermijn]:
    return [
        termijn(MeldingFactory(medewerker=medewerker), VANDAAG - timedelta(days=n + 1)) for n in range(aantal)
    ]


class TestSendBerichten:
    def test_says_how_many_and_nothing_about_whom(self, loket: Medewerker) -> None:
        rows = verlopen(loket, 2)
        termijn(MeldingFactory(medewerker=loket), VANDAAG + timedelta(days=2))

        tasks.send_berichten()

        (bericht,) = mail.outbox
        assert bericht.to == ["sanne@loket.invalid"]
        assert "U heeft 2 verlopen termijnen." in bericht.body
        assert "1 termijn loopt binnen drie werkdagen af." in bericht.body
        assert f"{settings.SKT_ADRES}/termijnen/" in bericht.body
        whole = f"{bericht.subject}{bericht.body}{bericht.extra_headers}"
        for rij in rows:
            assert rij.melding.nummer not in whole
            assert rij.melding.inwoner.achternaam not in whole
            assert "onderzoek" not in whole.lower()
        assert loket.achternaam not in whole
        assert bericht.content_subtype == "plain"

    def test_keeps_a_row_and_a_line_of_what_was_sent(self, loket: Medewerker) -> None:
        verlopen(loket)

        tasks.send_berichten()

        rij = Termijnbericht.objects.get()
        assert (rij.medewerker, rij.dag, rij.verlopen, rij.bijna) == (loket, VANDAAG, 1, 0)
        assert rij.verzonden_op == OCHTEND
        assert Regel.objects.get(actie="termijnen.send_bericht").inwoner_id is None

    def test_mails_once_a_day_however_often_it_runs(self, loket: Medewerker) -> None:
        verlopen(loket)

        for _ in range(3):
            tasks.send_berichten()

        assert len(mail.outbox) == 1
        assert Termijnbericht.objects.count() == 1

    def test_sends_after_all_when_the_worker_died_before_sending(
        self, loket: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        verlopen(loket)

        def die(**_: Any) -> None:
            raise SystemExit

        with monkeypatch.context() as gone:
            gone.setattr(services, "claim_bericht", die)
            with pytest.raises(SystemExit):
                tasks.send_berichten()
        assert Termijnbericht.objects.get().verzonden_op is None
        verlopen(loket)

        tasks.send_berichten()

        (bericht,) = mail.outbox
        assert "U heeft 2 verlopen termijnen." in bericht.body, "de stand van nu, niet die van vanochtend"

    @pytest.mark.parametrize(("waar", "aantal"), [("send_bericht", 0), ("confirm_bericht", 1)])
    def test_sends_at_most_once_when_it_is_killed_while_sending(
        self, loket: Medewerker, monkeypatch: pytest.MonkeyPatch, waar: str, aantal: int
    ) -> None:
        verlopen(loket)

        def die(*_: Any, **__: Any) -> None:
            raise SystemExit

        with monkeypatch.context() as gone:
            gone.setattr(services, waar, die)
            with pytest.raises(SystemExit):
                tasks.send_berichten()
        tasks.send_berichten()

        assert len(mail.outbox) == aantal
        assert not Regel.objects.filter(actie="termijnen.send_bericht").exists()
        monkeypatch.setattr(timezone, "now", lambda: OCHTEND + timedelta(days=1))
        tasks.send_berichten()
        assert len(mail.outbox) == aantal + 1

    def test_does_not_let_one_address_keep_the_others_waiting(
        self, loket: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ander = LoketmedewerkerFactory(email="ander@loket.invalid")
        verlopen(loket)
        verlopen(ander)
        send = services.EmailMessage.send

        def fail_first(self: Any, *args: Any) -> int:
            if self.to == ["sanne@loket.invalid"]:
                raise SMTPServerDisconnected("weg")
            return int(send(self, *args))

        with monkeypatch.context() as broken:
            broken.setattr(services.EmailMessage, "send", fail_first)
            with pytest.raises(SMTPServerDisconnected):
                tasks.send_berichten.run()
        assert [bericht.to for bericht in mail.outbox] == [["ander@loket.invalid"]]

        tasks.send_berichten()

        assert sorted(bericht.to[0] for bericht in mail.outbox) == [
            "ander@loket.invalid",
            "sanne@loket.invalid",
        ]

    @pytest.mark.parametrize(
        "moment",
        [
            OCHTEND + timedelta(days=5),
            datetime(2026, 12, 25, 8, tzinfo=ZoneInfo("Europe/Amsterdam")),
            OCHTEND - timedelta(hours=1),
            OCHTEND + timedelta(hours=6),
        ],
        ids=["zaterdag", "eerste kerstdag", "te vroeg", "te laat op de dag"],
    )
    def test_sends_nothing_then(
        self, loket: Medewerker, monkeypatch: pytest.MonkeyPatch, moment: datetime
    ) -> None:
        verlopen(loket)
        monkeypatch.setattr(timezone, "now", lambda: moment)

        tasks.send_berichten()

        assert mail.outbox == []
        assert not Termijnbericht.objects.exists()

    def test_sends_nothing_to_who_has_nothing_or_said_no(self, loket: Medewerker) -> None:
        verlopen(LoketmedewerkerFactory(email=""))
        nee = LoketmedewerkerFactory(email="nee@loket.invalid")
        verlopen(nee)
        Berichtvoorkeur.objects.create(medewerker=nee, aan=False, uur=7)
        beheer = MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER, email="beheer@loket.invalid")
        weg = LoketmedewerkerFactory(email="weg@loket.invalid")
        verlopen(weg)
        weg.is_active = False
        weg.save()

        tasks.send_berichten()

        assert mail.outbox == []
        assert beheer.email

    def test_waits_for_the_chosen_hour(self, loket: Medewerker, monkeypatch: pytest.MonkeyPatch) -> None:
        verlopen(loket)
        Berichtvoorkeur.objects.create(medewerker=loket, aan=True, uur=9)
        tasks.send_berichten()
        assert mail.outbox == []

        monkeypatch.setattr(timezone, "now", lambda: OCHTEND + timedelta(hours=2))
        tasks.send_berichten()

        assert len(mail.outbox) == 1


class TestTermsOf:
    def mine(self, als: Als, medewerker: Medewerker) -> Telling:
        with als(medewerker):
            return count_terms(terms_of(medewerker, OCHTEND), OCHTEND)

    def test_leaves_out_what_is_met_or_later(self, als: Als, loket: Medewerker) -> None:
        termijn(MeldingFactory(medewerker=loket), VANDAAG - timedelta(days=1), voldaan_op=VANDAAG)
        termijn(MeldingFactory(medewerker=loket), VANDAAG + timedelta(days=30))

        assert self.mine(als, loket) == Telling()

    def test_keeps_what_still_runs_when_the_melding_is_closed(self, als: Als, loket: Medewerker) -> None:
        """The second look at a beschikking comes a year after the melding closed; a right of the inwoner just ends."""
        dicht = MeldingFactory(medewerker=loket, gesloten=True)
        heroverwegen = termijn(dicht, VANDAAG, "WMO-HERZ")
        for soort in ("AWB-BEZW", "WMO-PLAN"):
            termijn(dicht, VANDAAG - timedelta(days=1), soort)
        collega, ander = LoketmedewerkerFactory(), LoketmedewerkerFactory(organisatie="mee")

        assert self.mine(als, loket) == Telling(0, 1)
        assert self.mine(als, collega) == Telling()
        loket.plaatsingen.update(tot=VANDAAG)
        assert self.mine(als, Medewerker.objects.get(pk=loket.pk)) == Telling()
        assert self.mine(als, collega) == Telling(0, 1)
        assert self.mine(als, ander) == Telling()
        with als(collega):
            fulfil_termijn(termijn=heroverwegen, actor=collega, at=OCHTEND)
        assert self.mine(als, collega) == Telling()

    def test_comes_back_to_the_loket_when_a_team_finished_it(self, als: Als, systeem: Any) -> None:
        """The team doesn't see the melding any more; who took it in does."""
        aanmelding, coordinator = AanmeldingFactory(te_beleggen=True), CoordinatorFactory(organisatie="mee")
        termijn(aanmelding.melding, VANDAAG, "JW-BESL")
        with als(coordinator):
            finish_aanmelding(aanmelding=aanmelding, actor=coordinator, at=MAANDAG + timedelta(hours=3))

        assert self.mine(als, coordinator) == Telling()
        assert self.mine(als, aanmelding.melding.contactmoment.medewerker) == Telling(bijna=1)

    def test_is_the_casusregisseurs_while_the_casus_runs(self, als: Als, systeem: Any) -> None:
        casus = CasusFactory()
        termijn(casus.melding, VANDAAG, "WMO-OND")
        regisseur = casus.regietoewijzingen.get().medewerker

        assert self.mine(als, regisseur) == Telling(0, 1)
        assert (
            self.mine(als, MedewerkerFactory(rol=Rol.TEAMLID, organisatie=regisseur.moederorganisatie.code))
            == Telling()
        )

    def test_counts_the_last_day_as_near(self, als: Als, loket: Medewerker) -> None:
        termijn(MeldingFactory(medewerker=loket), VANDAAG)

        assert self.mine(als, loket) == Telling(0, 1)

    def test_leaves_a_colleague_to_their_own_work(self, als: Als, loket: Medewerker) -> None:
        verlopen(loket)

        assert self.mine(als, LoketmedewerkerFactory()) == Telling()

    def test_shows_the_loket_what_is_of_nobody(self, als: Als, loket: Medewerker) -> None:
        termijn(MeldingFactory(van_niemand=True), VANDAAG - timedelta(days=1))

        assert self.mine(als, loket) == Telling(1, 0)

    def test_shows_the_coordinator_what_the_team_has(self, als: Als, systeem: Any) -> None:
        coordinator, jeugd = CoordinatorFactory(), CoordinatorFactory(team="jeugd", organisatie="mee")
        termijn(AanmeldingFactory().melding, VANDAAG - timedelta(days=1))

        assert self.mine(als, coordinator) == Telling(1, 0)
        assert self.mine(als, jeugd) == Telling()

    def test_stays_behind_both_locks(self, als: Als, loket: Medewerker) -> None:
        """Whose account may do nothing until the password is changed still stands on the row, and sees nothing of it."""
        (rij,) = verlopen(loket)
        Medewerker.objects.filter(pk=loket.pk).update(wachtwoord_tijdelijk=True)

        assert self.mine(als, Medewerker.objects.get(pk=loket.pk)) == Telling()
        assert rij.melding.verantwoordelijke == loket


class TestPages:
    def test_lists_what_the_mail_counted(self, client: Client, loket: Medewerker) -> None:
        (rij,) = verlopen(loket)
        client.force_login(loket)

        html = client.get(reverse("term_list")).content.decode()

        assert rij.melding.nummer in html
        assert "Onderzoek afronden" in html
        assert "1 verlopen, 0 lopen" in html
        assert Regel.objects.get(actie="termijnen.term_list").inwoner_id == rij.melding.inwoner_id

    def test_keeps_the_own_wish(self, client: Client, loket: Medewerker) -> None:
        client.force_login(loket)

        client.post(reverse("termijnbericht"), {"uur": "9"})

        wens = Berichtvoorkeur.objects.get()
        assert (wens.medewerker, wens.aan, wens.uur) == (loket, False, 9)

    @pytest.mark.parametrize("uur", ["3", "99", "x", ""])
    def test_refuses_another_hour_with_a_sentence(self, client: Client, loket: Medewerker, uur: str) -> None:
        client.force_login(loket)

        response = client.post(reverse("termijnbericht"), {"aan": "on", "uur": uur})

        assert "Kies een uur uit de lijst" in response.content.decode()
        assert not Berichtvoorkeur.objects.exists()

    @pytest.mark.parametrize("aantal", [2, 9])
    def test_asks_as_much_for_many_as_for_few(
        self, client: Client, loket: Medewerker, aantal: int, django_assert_max_num_queries: Any
    ) -> None:
        verlopen(loket, aantal)
        client.force_login(loket)
        client.get(reverse("term_list"))

        with django_assert_max_num_queries(14):
            client.get(reverse("term_list"))


class TestSloten:
    def test_nobody_writes_a_message_or_reads_anothers(self, als: Als, loket: Medewerker) -> None:
        verlopen(loket)
        tasks.send_berichten()
        ander = LoketmedewerkerFactory()

        with als(ander):
            assert not Termijnbericht.objects.exists()
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO termijnen_termijnbericht (medewerker_id, dag, verlopen, bijna, gemaakt_op)"
                    " VALUES (%s, '2026-11-03', 9, 9, now())",
                    [ander.pk],
                )
        with als(loket), connection.cursor() as cursor:
            cursor.execute("UPDATE termijnen_termijnbericht SET verlopen = 0")
            assert cursor.rowcount == 0

    def test_two_workers_at_once_send_one(self, loket: Medewerker) -> None:
        verlopen(loket)
        with transaction.atomic(), acting_as_system("proef"):
            een = services.prepare_bericht(medewerker=loket, telling=Telling(1, 0), at=OCHTEND)
            ander = services.prepare_bericht(medewerker=loket, telling=Telling(1, 0), at=OCHTEND)
            assert een is not None
            assert een == ander
            assert services.claim_bericht(bericht_id=een.pk, at=OCHTEND)
            assert not services.claim_bericht(bericht_id=een.pk, at=OCHTEND)
