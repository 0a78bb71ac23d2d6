"""De pagina's van de oude loketlijst: aanbieden, volgen, uitvoeren, beoordelen, en wie wat ziet."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from intake.models import Loketlijst, Loketlijstinhoud, Loketlijstrij, Melding
from intake.tasks import read_loketlijst
from skt.autorisatie.context import acting_as
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory
from tests.factories.loketlijst import LoketlijstFactory, LoketlijstrijFactory
from tests.factories.medewerkers import MedewerkerFactory, organisatie
from tests.fixtures import MAANDAG
from tests.intake.loketjaar import Jaarlijst

pytestmark = pytest.mark.usefixtures("systeem")
NIEUW = "/loketlijsten/nieuw/"


@pytest.fixture
def beheerder(systeem: object) -> Medewerker:
    return MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER, organisatie="gemeente")


@pytest.fixture
def kwadraad(systeem: object) -> Medewerker:
    return LoketmedewerkerFactory(organisatie="kwadraad")


@pytest.fixture
def voorportaal(systeem: object) -> Medewerker:
    return MedewerkerFactory(rol=Rol.TEAMCOORDINATOR, organisatie="gemeente", team="voorportaal")


def as_user(user: Medewerker) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, inhoud: bytes, naam: str = "wwz_loket_2019.csv") -> Any:
    return client.post(NIEUW, {"bestand": SimpleUploadedFile(naam, inhoud)})


def small() -> bytes:
    lijst = Jaarlijst(2019)
    for _ in range(12):
        lijst.add()
    lijst.refuse(datum="31-04-2019")
    return lijst.inhoud


def page_of(lijst: Loketlijst) -> str:
    return reverse("intake:loketlijst_detail", kwargs={"uuid": lijst.uuid})


class TestOffering:
    def test_leads_from_a_file_to_contacts(self, beheerder: Medewerker) -> None:
        client = as_user(beheerder)

        answer = upload(client, small())
        lijst = Loketlijst.objects.get()
        assert answer.headers["Location"] == page_of(lijst)
        assert "Wacht op de achtergrond" in client.get(page_of(lijst)).content.decode()

        read_loketlijst(lijst_id=lijst.pk)
        page = client.get(page_of(lijst)).content.decode()
        assert "De proef is klaar." in page
        assert "Uitvoeren: neem 12 contacten over" in page
        assert not Melding.objects.exists()

        client.post(reverse("intake:loketlijst_run", kwargs={"uuid": lijst.uuid}))
        read_loketlijst(lijst_id=lijst.pk)
        assert "De lijst is ingelezen." in client.get(page_of(lijst)).content.decode()
        assert Melding.objects.count() == 12

    @pytest.mark.parametrize(
        ("inhoud", "naam", "zin"),
        [
            (b"", "leeg.csv", "Dit bestand is leeg"),
            (b"PK\x03\x04", "lijst.xlsx", "Dit is een Excel-bestand"),
            (bytes(range(256)) * 9, "foto.csv", "Dit is geen tekstbestand"),
            (b"a;b\r\n1;2\r\n", "a.csv", "lijkt geen oude loketlijst"),
            (b"x;" * (16 * 1024 * 1024), "groot.csv", "Dit bestand is te groot (32 MB)"),
        ],
    )
    def test_says_in_one_sentence_what_is_wrong_with_a_file(
        self, beheerder: Medewerker, inhoud: bytes, naam: str, zin: str
    ) -> None:
        answer = upload(as_user(beheerder), inhoud, naam)

        assert answer.status_code == 422
        assert zin in answer.content.decode()
        assert not Loketlijst.objects.exists()

    def test_asks_for_a_file(self, beheerder: Medewerker) -> None:
        assert "Kies eerst een bestand." in as_user(beheerder).post(NIEUW).content.decode()

    def test_stops_and_tells_when_there_is_nothing_to_stop(self, beheerder: Medewerker) -> None:
        client = as_user(beheerder)
        upload(client, small())
        stop = reverse("intake:loketlijst_stop", kwargs={"uuid": Loketlijst.objects.get().uuid})

        assert "Het inlezen stopt" in client.post(stop, follow=True).content.decode()
        assert "niets te stoppen" in client.post(stop, follow=True).content.decode()

    def test_is_not_for_the_loket(self, kwadraad: Medewerker) -> None:
        lijst = LoketlijstFactory()
        client = as_user(kwadraad)

        answers = [
            upload(client, small()),
            client.post(reverse("intake:loketlijst_run", kwargs={"uuid": lijst.uuid})),
        ]

        assert [answer.status_code for answer in answers] == [404, 404]
        lijst.refresh_from_db()
        assert (lijst.wijze, Loketlijst.objects.count()) == ("proef", 1)


class TestProgress:
    def test_polls_while_busy_and_then_shows_the_whole_page(self, beheerder: Medewerker) -> None:
        lijst = LoketlijstFactory(status="bezig", rijen=100, beoordeeld=40)
        client, headers = as_user(beheerder), {"HX-Request": "true", "HX-Target": "voortgang"}

        busy = client.get(page_of(lijst), headers=headers)
        assert "40 rijen beoordeeld" in busy.content.decode()
        assert "HX-Refresh" not in busy.headers
        Loketlijst.objects.update(status="klaar")
        assert client.get(page_of(lijst), headers=headers).headers["HX-Refresh"] == "true"


class TestRows:
    def test_are_never_shown_to_who_sees_no_residents(self, beheerder: Medewerker) -> None:
        rij = LoketlijstrijFactory()
        client = as_user(beheerder)

        page = client.get(page_of(rij.lijst)).content.decode()
        report = json.loads(
            client.get(reverse("intake:loketlijst_report", kwargs={"uuid": rij.lijst.uuid})).content
        )
        answer = client.post(reverse("intake:loketlijstrij_review", kwargs={"pk": rij.pk}))

        assert "Aleida Geheim" not in page
        assert report["rijen"] == {}
        assert answer.status_code == 404
        rij.refresh_from_db()
        assert rij.beoordeeld_op is None

    def test_are_shown_to_the_organisation_that_took_them_in(self, kwadraad: Medewerker) -> None:
        lijst = LoketlijstFactory(
            totalen={
                "rijen": 2,
                "personen": 2,
                "per_uitkomst": {},
                "per_reden": {},
                "rijen_met_bsn": 0,
                "niet_afgehandeld": 0,
            }
        )
        eigen = LoketlijstrijFactory(lijst=lijst)
        LoketlijstrijFactory(
            lijst=lijst, organisatie=organisatie("smow"), kern={"naam_inwoner": "Bouke Ander"}
        )

        page = as_user(kwadraad).get(page_of(lijst)).content.decode()

        assert "Aleida Geheim" in page
        assert "Zie rij 2." in page
        assert "Bouke Ander" not in page
        assert Regel.objects.filter(actie="intake.view_loketlijst", object_id=eigen.pk).count() == 1

    def test_are_all_shown_to_who_coordinates_the_voorportaal(self, voorportaal: Medewerker) -> None:
        lijst = LoketlijstFactory()
        for code in ("kwadraad", "smow", "gemeente"):
            LoketlijstrijFactory(lijst=lijst, organisatie=organisatie(code))

        report = as_user(voorportaal).get(reverse("intake:loketlijst_report", kwargs={"uuid": lijst.uuid}))

        assert len(json.loads(report.content)["rijen"]) == 3
        with acting_as(MedewerkerFactory(rol=Rol.TEAMCOORDINATOR, organisatie="mee", team="jeugd")):
            assert not Loketlijstrij.objects.exists()
        with acting_as(voorportaal):
            assert Loketlijstrij.objects.count() == 3
            assert not Loketlijstinhoud.objects.exists()

    def test_are_filtered_and_judged(self, kwadraad: Medewerker) -> None:
        rij = LoketlijstrijFactory(geschreven=True)
        client = as_user(kwadraad)

        client.post(reverse("intake:loketlijstrij_review", kwargs={"pk": rij.pk}))

        rij.refresh_from_db()
        assert rij.beoordeeld_door == kwadraad
        found = client.get(page_of(rij.lijst), {"uitkomst": "ter beoordeling"}).context["rijen"]
        assert found == []
        assert len(client.get(page_of(rij.lijst), {"reden": "NAAM_SPELLING"}).context["rijen"] or [rij]) == 1
        assert client.get(page_of(rij.lijst), {"uitkomst": "vreemd", "na": "x"}).status_code == 200

    def test_link_only_to_a_melding_that_may_be_seen(self, voorportaal: Medewerker) -> None:
        rij = LoketlijstrijFactory(geschreven=True)

        page = as_user(voorportaal).get(page_of(rij.lijst)).content.decode()

        assert rij.melding is not None
        assert rij.melding.nummer not in page
        assert rij.inwoner.achternaam not in page

    def test_come_down_as_a_sheet_that_runs_nothing(self, kwadraad: Medewerker) -> None:
        rij = LoketlijstrijFactory(kern={"volgnr": "=1+1"})

        sheet = as_user(kwadraad).get(
            reverse("intake:loketlijst_report", kwargs={"uuid": rij.lijst.uuid}), {"vorm": "csv"}
        )

        assert ";'=1+1;" in sheet.content.decode()

    @pytest.mark.parametrize("aantal", [3, 40])
    def test_cost_as_many_queries_for_few_as_for_many(
        self, kwadraad: Medewerker, aantal: int, django_assert_max_num_queries: Any
    ) -> None:
        lijst = LoketlijstFactory(
            totalen={
                "rijen": 2,
                "personen": 2,
                "per_uitkomst": {},
                "per_reden": {},
                "rijen_met_bsn": 0,
                "niet_afgehandeld": 0,
            }
        )
        for _ in range(aantal):
            LoketlijstrijFactory(lijst=lijst, geschreven=True)
        client = as_user(kwadraad)

        with django_assert_max_num_queries(22):
            assert client.get(page_of(lijst)).status_code == 200


class TestList:
    def test_shows_who_offered_what_and_pages(self, beheerder: Medewerker) -> None:
        for _ in range(51):
            LoketlijstFactory(gestart_door=beheerder, aangemaakt_op=MAANDAG)
        client = as_user(beheerder)

        first = client.get(reverse("intake:loketlijst_list"))
        second = client.get(first.context["volgende_url"])

        assert (len(first.context["lijsten"]), len(second.context["lijsten"])) == (50, 1)
        assert beheerder.naam in first.content.decode()
