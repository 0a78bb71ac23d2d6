"""De pagina's van terugbellen: voorgestelde dagdelen, een eigen moment, geen gehoor en gesproken."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding, Terugbelverzoek
from intake.status import TerugbelStatus
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker
from tests.factories.agenda import TerugbelverzoekFactory
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import team


def over(werkdagen: int, uur: int) -> datetime:
    dag = add_werkdagen(timezone.localdate(), werkdagen)
    return timezone.make_aware(datetime.combine(dag, time(uur)))


@pytest.fixture
def melding(loket: Medewerker) -> Melding:
    return MeldingFactory(medewerker=loket)


@pytest.fixture
def verzoek(melding: Melding) -> Terugbelverzoek:
    return TerugbelverzoekFactory(melding=melding, uiterlijk=over(2, 12))


def op(name: str, melding: Melding) -> str:
    return reverse(f"intake:terugbellen_{name}", kwargs={"nummer": melding.nummer})


class TestTerugbellenNew:
    def test_proposes_number_and_parts_of_days(
        self, aan: Client, melding: Melding, loket: Medewerker
    ) -> None:
        form = aan.get(op("new", melding)).context["form"]

        assert form["telefoon"].value() == "070-5550218"
        assert form["wie"].value() == f"m{loket.pk}"
        assert len(form.fields["wanneer"].choices) == 7

    def test_agrees_on_a_part_of_a_day(self, aan: Client, melding: Melding, loket: Medewerker) -> None:
        value = aan.get(op("new", melding)).context["form"].fields["wanneer"].choices[2][0]
        answer = aan.post(
            op("new", melding),
            {"telefoon": "070 555 02 18", "wie": f"m{loket.pk}", "wanneer": value},
            follow=True,
        )

        verzoek = Terugbelverzoek.objects.get()
        assert value == f"{verzoek.niet_eerder_dan.isoformat()}/{verzoek.uiterlijk.isoformat()}" or (
            datetime.fromisoformat(value.split("/")[1]) == verzoek.uiterlijk
        )
        assert "Afgesproken: Marja Loket belt na" in answer.content.decode()

    def test_takes_a_moment_of_ones_own_and_the_team(self, aan: Client, melding: Melding) -> None:
        aan.post(
            op("new", melding),
            {
                "telefoon": "070 555 02 18",
                "wie": f"t{team('voorportaal').pk}",
                "wanneer": "anders",
                "uiterlijk": f"{over(3, 11):%Y-%m-%dT%H:%M}",
            },
        )

        verzoek = Terugbelverzoek.objects.get()
        assert (verzoek.uiterlijk, verzoek.niet_eerder_dan, verzoek.medewerker) == (over(3, 11), None, None)

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"wanneer": ""}, "Kies wanneer u terugbelt."),
            ({"wanneer": "anders"}, "Kies wanneer u terugbelt."),
            ({"wanneer": "onzin"}, "Kies iets uit de lijst."),
            ({"wanneer": "2020-01-01T10:00:00+00:00/2020-01-01T11:00:00+00:00"}, "al voorbij"),
            ({"telefoon": ""}, "Vul in op welk nummer u terugbelt."),
            ({"telefoon": "12"}, "klopt niet"),
            ({"wie": "m99999999999999999999"}, "Kies iets uit de lijst."),
            ({"toelichting": "x" * 501}, "Maak de tekst korter"),
            ({"wanneer": "anders", "uiterlijk": "2030-02-31T10:00"}, "Vul de dag en de tijd in"),
            ({"wanneer": "anders", "uiterlijk": "2020-01-06T10:00"}, "al voorbij"),
        ],
    )
    def test_says_what_is_wrong(
        self, aan: Client, melding: Melding, loket: Medewerker, anders: dict[str, str], zin: str
    ) -> None:
        value = aan.get(op("new", melding)).context["form"].fields["wanneer"].choices[0][0]
        data = {"telefoon": "070 555 02 18", "wie": f"m{loket.pk}", "wanneer": value, **anders}
        answer = aan.post(op("new", melding), data)

        assert answer.status_code == 422
        assert zin in answer.content.decode()
        assert not Terugbelverzoek.objects.exists()

    def test_refuses_the_evening_and_the_wrong_way_round(
        self, aan: Client, melding: Melding, loket: Medewerker
    ) -> None:
        data = {"telefoon": "070 555 02 18", "wie": f"m{loket.pk}", "wanneer": "anders"}
        avond = aan.post(op("new", melding), {**data, "uiterlijk": f"{over(2, 20):%Y-%m-%dT%H:%M}"})
        om = aan.post(
            op("new", melding),
            {
                **data,
                "niet_eerder_dan": f"{over(2, 12):%Y-%m-%dT%H:%M}",
                "uiterlijk": f"{over(2, 10):%Y-%m-%dT%H:%M}",
            },
        )

        assert "Het loket is dan dicht." in avond.content.decode()
        assert "ligt na ‘niet eerder dan’" in om.content.decode()

    def test_changes_the_one_there_is(self, aan: Client, verzoek: Terugbelverzoek) -> None:
        page = aan.get(op("new", verzoek.melding))

        assert "Terugbelafspraak wijzigen" in page.content.decode()
        assert page.context["form"]["wanneer"].value() == "anders"


class TestTerugbellenMissed:
    def test_counts_and_says_when_again(self, aan: Client, verzoek: Terugbelverzoek) -> None:
        value = aan.get(op("missed", verzoek.melding)).context["form"].fields["wanneer"].choices[3][0]
        answer = aan.post(op("missed", verzoek.melding), {"wanneer": value}, follow=True)

        verzoek.refresh_from_db()
        assert len(verzoek.pogingen) == 1
        assert "Geen gehoor, poging 1. Weer:" in answer.content.decode()

    def test_asks_another_way_the_third_time(self, aan: Client, verzoek: Terugbelverzoek) -> None:
        Terugbelverzoek.objects.filter(pk=verzoek.pk).update(
            pogingen=[timezone.now() - timedelta(days=n) for n in (2, 1)]
        )
        assert "derde keer" in aan.get(op("missed", verzoek.melding)).content.decode()
        answer = aan.post(op("missed", verzoek.melding), {}, follow=True)

        verzoek.refresh_from_db()
        assert verzoek.status == TerugbelStatus.ANDERE_WEG
        assert "Zoek een andere weg" in answer.content.decode()

    def test_without_a_next_moment_says_so(self, aan: Client, verzoek: Terugbelverzoek) -> None:
        assert aan.post(op("missed", verzoek.melding), {}).status_code == 422
        verzoek.refresh_from_db()
        assert verzoek.pogingen == []


class TestTerugbellenDone:
    def test_ends_it(self, aan: Client, verzoek: Terugbelverzoek) -> None:
        aan.post(op("done", verzoek.melding), {"toelichting": "Komt dinsdag."})

        verzoek.refresh_from_db()
        assert verzoek.status == TerugbelStatus.GEDAAN

    def test_and_not_needed_any_more_too(self, aan: Client, verzoek: Terugbelverzoek) -> None:
        aan.post(op("cancel", verzoek.melding))

        verzoek.refresh_from_db()
        assert verzoek.status == TerugbelStatus.VERVALLEN

    @pytest.mark.parametrize("name", ["done", "missed", "cancel"])
    def test_says_when_a_colleague_was_first(self, aan: Client, melding: Melding, name: str) -> None:
        answer: Any = aan.post(op(name, melding), follow=True)

        assert "Er staat geen terugbelafspraak meer open." in answer.content.decode()
