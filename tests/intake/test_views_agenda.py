"""De agenda: van mij en van het team, van een ander alleen ‘bezet’; werktijden; en het geheime adres van buiten."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.ics import Gebeurtenis, calendar
from intake.models import Agendasleutel, Melding, Werktijd, Werkuitzondering
from intake.services import make_agendasleutel
from intake.views.agenda import MIS_PER_UUR, PER_UUR
from intake.vrij import free_at
from skt.autorisatie.context import acting_as
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker, Plaatsing
from skt.verantwoording.models import Regel
from tests.factories.agenda import AfspraakFactory, TerugbelverzoekFactory
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory, team

URL = "/agenda/"


def om(uur: int) -> datetime:
    return timezone.make_aware(datetime.combine(add_werkdagen(timezone.localdate(), 2), time(uur)))


@pytest.fixture
def melding(loket: Medewerker) -> Melding:
    return MeldingFactory(medewerker=loket)


class TestAgenda:
    def test_shows_my_afspraken_and_calls(self, aan: Client, melding: Melding, loket: Medewerker) -> None:
        AfspraakFactory(melding=melding, begin=om(10))
        TerugbelverzoekFactory(melding=melding, uiterlijk=om(12))
        text = aan.get(URL, {"dag": om(10).date(), "weergave": "dag"}).content.decode()

        assert f"Huisbezoek: {melding.inwoner.naam}" in text
        assert f"Terugbellen: {melding.inwoner.naam}" in text
        assert "Mijn agenda" in text
        assert set(Regel.objects.filter(actie="intake.view_agenda").values_list("inwoner_id", flat=True)) == {
            melding.inwoner_id
        }

    def test_shows_of_others_only_that_they_are_taken(
        self, client: Client, melding: Melding, loket: Medewerker, teamlid: Medewerker
    ) -> None:
        AfspraakFactory(melding=melding, begin=om(10))
        TerugbelverzoekFactory(melding=melding, uiterlijk=om(12))
        client.force_login(teamlid)
        text = client.get(URL, {"dag": om(10).date(), "wie": f"t{team('voorportaal').pk}"}).content.decode()

        assert "Bezet" in text
        for secret in (melding.inwoner.naam, melding.nummer, "Terugbellen", "Bij de inwoner thuis"):
            assert secret not in text
        assert not Regel.objects.filter(actie="intake.view_agenda").exists()

    def test_shows_a_week_from_its_monday(self, aan: Client, loket: Medewerker) -> None:
        dagen = aan.get(URL, {"dag": "2026-11-05"}).context["dagen"]

        assert dagen[0].dag == date(2026, 11, 2)

    @pytest.mark.parametrize(
        "vraag",
        [
            {"dag": "onzin"}, {"dag": "9999-12-31"}, {"dag": "0001-01-01"}, {"wie": "t99999999999999999999"},
            {"wie": "m1x"}, {"weergave": "jaar"}, {"wie": "a\x00"},
        ],
    )  # fmt: skip
    def test_survives_odd_addresses(self, aan: Client, loket: Medewerker, vraag: dict[str, str]) -> None:
        assert aan.get(URL, vraag).status_code == 200

    def test_asks_as_many_queries_for_many_as_for_few(
        self,
        aan: Client,
        loket: Medewerker,
        django_assert_max_num_queries: Callable[..., AbstractContextManager],
    ) -> None:
        for size in (2, 12):
            for n in range(size):
                collega = MedewerkerFactory(rol="loketprofessional")
                AfspraakFactory(melding=MeldingFactory(medewerker=loket), begin=om(9 + n % 7), met=[collega])
            with django_assert_max_num_queries(22):
                aan.get(URL, {"dag": om(10).date(), "wie": f"t{team('voorportaal').pk}"})

    def test_is_not_there_for_who_works_without_dossiers(self, client: Client, beleid: Medewerker) -> None:
        client.force_login(beleid)

        assert {client.get(f"{URL}{part}").status_code for part in ("", "werktijden/", "koppelen/")} == {404}


class TestHours:
    URL = f"{URL}werktijden/"

    def test_become_the_free_moments(self, aan: Client, loket: Medewerker) -> None:
        dag = om(10).isoweekday()
        aan.post(self.URL, {"actie": "uren", f"van_{dag}": "13:00", f"tot_{dag}": "15:00"})

        assert Werktijd.objects.filter(medewerker=loket).count() == 7
        assert free_at([loket.pk], om(10), duur=30) == ()
        assert free_at([loket.pk], om(13), duur=30) == (loket.pk,)

    @pytest.mark.parametrize(
        "uren", [{"van_1": "9"}, {"van_1": "13:00", "tot_1": "12:00"}, {"van_1": "x", "tot_1": "12:00"}]
    )
    def test_say_what_is_wrong(self, aan: Client, loket: Medewerker, uren: dict[str, str]) -> None:
        assert aan.post(self.URL, {"actie": "uren", **uren}).status_code == 422
        assert not Werktijd.objects.filter(medewerker=loket).exists()

    def test_away_and_back_again(self, aan: Client, loket: Medewerker) -> None:
        dag = om(10).date().isoformat()
        aan.post(self.URL, {"actie": "weg", "eerste_dag": dag, "laatste_dag": dag})
        assert free_at([loket.pk], om(10), duur=30) == ()

        row = Werkuitzondering.objects.get()
        assert "Trek in" in aan.get(self.URL).content.decode()
        aan.post(self.URL, {"actie": f"intrekken-{row.pk}"})
        assert free_at([loket.pk], om(10), duur=30) == (loket.pk,)

    @pytest.mark.parametrize(
        ("eerste", "laatste"),
        [("2030-02-02", "2030-02-01"), ("2020-01-01", "2020-01-02"), ("", ""), ("2030-01-01", "2035-01-01")],
    )
    def test_away_says_what_is_wrong(self, aan: Client, loket: Medewerker, eerste: str, laatste: str) -> None:
        answer = aan.post(self.URL, {"actie": "weg", "eerste_dag": eerste, "laatste_dag": laatste})

        assert answer.status_code == 422
        assert not Werkuitzondering.objects.exists()

    def test_of_somebody_else_stay_theirs(self, aan: Client, collega: Medewerker) -> None:
        row = Werkuitzondering.objects.create(
            medewerker=collega, eerste_dag=om(10).date(), laatste_dag=om(10).date()
        )
        aan.post(self.URL, {"actie": f"intrekken-{row.pk}"})
        aan.post(self.URL, {"actie": "intrekken-onzin"})

        row.refresh_from_db()
        assert not row.vervallen


class TestLink:
    URL = f"{URL}koppelen/"

    def test_shows_the_address_once_and_keeps_a_hash(self, aan: Client, loket: Medewerker) -> None:
        adres = aan.post(self.URL, {"actie": "maak"}).context["adres"]

        sleutel = adres.rpartition("/")[2].removesuffix(".ics")
        assert len(sleutel) >= 43
        assert Agendasleutel.objects.get().hash != sleutel
        assert sleutel not in aan.get(self.URL).content.decode()

    def test_stops(self, aan: Client, loket: Medewerker) -> None:
        adres = aan.post(self.URL, {"actie": "maak"}).context["adres"]
        assert Client().get(adres).status_code == 200
        aan.post(self.URL, {"actie": "stop"})

        assert Client().get(adres).status_code == 404


class TestFeed:
    @pytest.fixture(autouse=True)
    def vergeet(self) -> None:
        cache.clear()

    @pytest.fixture
    def adres(self, loket: Medewerker) -> str:
        with acting_as(loket):
            sleutel = make_agendasleutel(actor=loket, at=timezone.now())
        return reverse("intake:agenda_feed", kwargs={"sleutel": sleutel})

    def test_tells_when_and_nothing_about_anybody(
        self, client: Client, adres: str, melding: Melding, loket: Medewerker, collega: Medewerker
    ) -> None:
        mine = AfspraakFactory(
            melding=melding, begin=om(10), plaats="anders", plaats_bij="Bij Annie, Achterweg 17"
        )
        AfspraakFactory(melding=melding, begin=om(11), met=[collega])
        AfspraakFactory(melding=melding, begin=om(9), gehouden=True)
        answer = client.get(adres)

        text = answer.content.decode()
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert text.count("BEGIN:VEVENT") == 1
        assert f"DTSTART:{mine.begin.astimezone(UTC):%Y%m%dT%H%M%SZ}" in text
        assert f"UID:{mine.uuid}@skt-loket" in text
        assert "SUMMARY:Huisbezoek" in text
        assert "LOCATION:Andere plek" in text
        for secret in (melding.nummer, melding.inwoner.achternaam, "Annie", "Achterweg", loket.achternaam):
            assert secret not in text

    def test_may_be_kept_for_a_while(self, client: Client, adres: str, melding: Melding) -> None:
        AfspraakFactory(melding=melding, begin=om(10))
        first = client.get(adres)
        again = client.get(adres, headers={"If-None-Match": first["ETag"]})

        assert first["Cache-Control"] == "private, max-age=900"
        assert (again.status_code, again.content) == (304, b"")

    def test_is_not_there_for_a_wrong_key(self, client: Client, adres: str) -> None:
        assert client.get("/agenda/onzin.ics").status_code == 404
        assert client.get(f"{adres[:-5]}x.ics").status_code == 404

    def test_stops_with_a_new_key(self, client: Client, adres: str, loket: Medewerker) -> None:
        with acting_as(loket):
            make_agendasleutel(actor=loket, at=timezone.now())

        assert client.get(adres).status_code == 404

    @pytest.mark.parametrize("wat", ["plaatsing", "geblokkeerd", "rol"])
    def test_stops_with_the_placement(self, client: Client, adres: str, loket: Medewerker, wat: str) -> None:
        gisteren = timezone.localdate() - timedelta(days=1)
        if wat == "plaatsing":
            Plaatsing.objects.filter(medewerker=loket).update(tot=gisteren)
        elif wat == "rol":
            Plaatsing.objects.filter(medewerker=loket).update(rol="beleidsmedewerker")
        else:
            Medewerker.objects.filter(pk=loket.pk).update(is_active=False)

        assert client.get(adres).status_code == 404

    def test_is_not_asked_without_end(self, client: Client, adres: str) -> None:
        answers = [client.get(adres).status_code for _ in range(PER_UUR + 1)]
        assert answers[-2:] == [200, 429]

        for _ in range(MIS_PER_UUR + 1):
            client.get("/agenda/onzin.ics")
        assert client.get("/agenda/nogiets.ics").status_code == 429

    def test_only_reads(self, client: Client, adres: str) -> None:
        assert client.post(adres).status_code == 405


class TestCalendar:
    def test_escapes_and_folds_as_the_standard_says(self) -> None:
        moment = datetime(2026, 11, 3, 9, tzinfo=UTC)
        titel = "Één; twee, drie \\ vier\n" + "lang " * 30
        text = calendar("Agenda", [Gebeurtenis("x@y", moment, moment, moment, titel)])

        assert all(len(line) <= 75 for line in text.split(b"\r\n"))
        assert text.endswith(b"END:VCALENDAR\r\n")
        unfolded = text.replace(b"\r\n ", b"").decode()
        assert "SUMMARY:Één\\; twee\\, drie \\\\ vier\\nlang" in unfolded
        assert "DTSTART:20261103T090000Z" in unfolded
