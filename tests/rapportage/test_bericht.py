"""Wie beleid maakt hoort dat er cijfers zijn, één keer en zonder cijfer; en wie kijkt ziet hoever het is."""

import re
from datetime import date, datetime, timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rapportage import tasks
from rapportage.afronden import BoundNotMet
from rapportage.models import Periode
from rapportage.services import bericht, close_month, sluiten, tell_published
from rapportage.sluitdag import closing_day, is_closing_day, next_closing
from rapportage.tijdvak import Tijdvak
from rapportage.voortgang import closing_progress, tell_failure, tell_step
from skt.medewerkers.models import Rol
from skt.verantwoording.models import Regel
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.rapportage import OKTOBER, publish
from tests.fixtures import MAANDAG
from tests.rapportage.test_bron import ALLE, NL, systeem_schrijft

NOVEMBER = date(2026, 11, 1)


def beleid(**velden: object) -> None:
    with systeem_schrijft():
        MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER, **velden)


@pytest.mark.django_db(transaction=True, databases=ALLE)
class TestTellPublished:
    def test_mails_who_makes_policy_once_without_a_figure(self) -> None:
        beleid(email="anna@gemeente.invalid")
        beleid(email="bert@gemeente.invalid")
        beleid(email="")
        with systeem_schrijft():
            MedewerkerFactory(rol=Rol.TEAMLID, email="iemand@team.invalid")
        publish(OKTOBER, route={"triage": 35})

        assert tell_published(at=MAANDAG) == 2
        assert tell_published(at=MAANDAG) == 0

        (bericht_,) = mail.outbox
        assert bericht_.to == []
        assert bericht_.bcc == ["anna@gemeente.invalid", "bert@gemeente.invalid"]
        assert bericht_.subject == "De cijfers van oktober 2026 staan klaar"
        assert "/stuurinformatie/" in bericht_.body
        zonder_datum = re.sub(r"2026|http\S+", "", bericht_.body)
        assert not re.search(r"\d", zonder_datum)

    def test_tries_again_when_mail_is_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        beleid(email="anna@gemeente.invalid")
        publish(OKTOBER)

        def away(*_args: object) -> None:
            raise SMTPException("421")

        monkeypatch.setattr(bericht.EmailMessage, "send", away)
        with pytest.raises(SMTPException):
            tell_published(at=MAANDAG)
        with systeem_schrijft():
            assert not Regel.objects.filter(actie=bericht.ACTIE).exists()
        monkeypatch.undo()

        assert tell_published(at=MAANDAG) == 1

    def test_has_nothing_to_tell_before_the_first_month(self) -> None:
        assert tell_published(at=MAANDAG) == 0
        assert mail.outbox == []

    def test_is_sent_by_the_job_that_freezes(self) -> None:
        beleid(email="anna@gemeente.invalid")

        tasks.close_month(maand="2026-10")
        tasks.close_month(maand="2026-10")

        assert [m.subject for m in mail.outbox] == ["De cijfers van oktober 2026 staan klaar"]


class TestClosingDay:
    @pytest.mark.parametrize(
        ("maand", "werkdag", "dag"),
        [
            (OKTOBER, 1, date(2026, 11, 2)),
            (OKTOBER, 3, date(2026, 11, 4)),
            (date(2026, 12, 1), 1, date(2027, 1, 4)),
        ],
    )
    def test_is_a_werkdag_of_the_next_month(self, maand: date, werkdag: int, dag: date) -> None:
        assert closing_day(maand, werkdag) == dag
        assert is_closing_day(at=datetime(dag.year, dag.month, dag.day, 4, 30, tzinfo=NL), werkdag=werkdag)
        ervoor = datetime(dag.year, dag.month, dag.day, 4, 30, tzinfo=NL) - timedelta(days=1)
        assert is_closing_day(at=ervoor, werkdag=werkdag) == (ervoor.month != dag.month)


def test_says_which_month_is_next_and_from_when() -> None:
    assert next_closing([Tijdvak(OKTOBER, Periode.MAAND)], 3) == (NOVEMBER, date(2026, 12, 3))
    assert next_closing([], 3) is None


@pytest.mark.django_db(transaction=True, databases=ALLE)
class TestProgress:
    def test_says_which_step_the_job_is_at_and_when_it_was_broken_off(self) -> None:
        tell_step("oktober 2026: meldingen", at=MAANDAG)

        assert closing_progress(at=MAANDAG + timedelta(minutes=1)).stap == "oktober 2026: meldingen"
        later = closing_progress(at=MAANDAG + timedelta(hours=1))
        assert not later.bezig
        assert "afgebroken" in later.mislukt

    def test_says_why_there_are_no_figures(self) -> None:
        tell_failure("De afgeronde cijfers blijven niet binnen de grens.", at=MAANDAG)

        assert "grens" in closing_progress(at=MAANDAG).mislukt

    def test_is_seen_where_the_figures_are(self, client: Client) -> None:
        publish(OKTOBER)
        with systeem_schrijft():
            maker = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)
            beheer = MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER)

        for wie, adres in ((maker, "rapportage:dashboard"), (beheer, "rapportage:bevolking")):
            client.force_login(wie)
            tell_step("november 2026: meldingen", at=timezone.now())
            assert "November 2026: meldingen" in client.get(reverse(adres)).content.decode()
            tell_failure("De controle houdt november 2026 tegen.", at=timezone.now())
            assert "De controle houdt november 2026 tegen." in client.get(reverse(adres)).content.decode()

    def test_is_followed_while_the_job_works(self, monkeypatch: pytest.MonkeyPatch) -> None:
        gezien: list[str] = []
        echt = sluiten.round_month

        def look(*args: object) -> object:
            gezien.append(closing_progress().stap)
            return echt(*args)

        monkeypatch.setattr(sluiten, "round_month", look)
        tasks.close_month(maand="2026-10")

        assert gezien[0].startswith("oktober 2026: meldingen")
        assert len(set(gezien)) == len(gezien) > 5
        assert not closing_progress().bezig
        assert not closing_progress().mislukt

    def test_is_not_seen_without_valkey_and_the_work_goes_on(self, settings: Any) -> None:
        settings.REDIS_URL = "redis://127.0.0.1:1/0"
        tell_step("oktober 2026: boeken", at=MAANDAG)

        assert not closing_progress(at=MAANDAG).bezig
        assert close_month(maand=OKTOBER, at=MAANDAG).nieuw

    def test_a_refusal_is_kept_for_who_looks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_args: object) -> None:
            raise BoundNotMet("De afgeronde cijfers van ‘proef’ blijven niet binnen de grens.")

        monkeypatch.setattr(sluiten, "round_month", refuse)
        with pytest.raises(BoundNotMet):
            tasks.close_month(maand="2026-10")

        assert closing_progress().mislukt == "De afgeronde cijfers van ‘proef’ blijven niet binnen de grens."
