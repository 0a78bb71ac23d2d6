"""In het overleg meteen een gesprek plannen: kiezen uit wat vrij is, en een zin als het net bezet raakte."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Afspraak
from intake.services import plan_afspraak
from skt.medewerkers.models import Medewerker
from tests.factories.medewerkers import team
from tests.factories.triage import open_punt
from triage.models import Agendapunt, Besluit

pytestmark = pytest.mark.usefixtures("alleen_triage")


@pytest.fixture
def punt(coordinator: Medewerker) -> Agendapunt:
    return open_punt(melding__verantwoordelijke=None, melding__verantwoordelijk_team=team("volwassenen"))


def url(punt: Agendapunt) -> str:
    return reverse("triage:overleg_detail", args=[punt.overleg_id])


def first_moment(client: Client, punt: Agendapunt) -> str:
    return str(client.get(url(punt)).context["form"].fields["afspraak_op"].choices[1][0])


def post(client: Client, punt: Agendapunt, **facts: Any) -> Any:
    data = {"punt": punt.pk, "versie": punt.aanmelding.versie, "besluit": Besluit.INTAKE, **facts}
    return client.post(url(punt), data, follow=True)


class TestIntakeMoment:
    def test_plans_the_talk_with_the_besluit(self, client: Client, punt: Agendapunt) -> None:
        moment = first_moment(client, punt)

        post(client, punt, afspraak_op=moment)

        punt.refresh_from_db()
        afspraak = Afspraak.objects.get(melding=punt.aanmelding.melding)
        assert punt.besluit == Besluit.INTAKE
        assert timezone.localtime(afspraak.begin).isoformat() == moment

    def test_takes_a_free_moment_that_is_no_longer_offered(self, client: Client, punt: Agendapunt) -> None:
        """The list moves on with every call; what was free when the page was made, and still is, can be had."""
        moment = timezone.datetime.fromisoformat(first_moment(client, punt)) + timedelta(minutes=30)
        keuzes = client.get(url(punt)).context["form"].fields["afspraak_op"].choices
        assert moment.isoformat() not in dict(keuzes)

        post(client, punt, afspraak_op=moment.isoformat())

        assert Afspraak.objects.get(melding=punt.aanmelding.melding).begin == moment

    def test_decides_nothing_on_a_moment_that_was_taken(
        self, client: Client, punt: Agendapunt, coordinator: Medewerker, als: Any
    ) -> None:
        moment = client.get(url(punt)).context["form"].fields["afspraak_op"].choices[1][0]
        ander = open_punt(melding__verantwoordelijke=None, melding__verantwoordelijk_team=team("volwassenen"))
        with als(coordinator):
            plan_afspraak(
                melding=ander.aanmelding.melding, actor=coordinator, at=timezone.now(), soort="verdiepende intake",
                begin=timezone.datetime.fromisoformat(moment), duur=60, medewerkers=[coordinator],
            )  # fmt: skip

        html = post(client, punt, afspraak_op=moment, toelichting="Dit moet blijven staan.").content.decode()

        assert "Dan is niemand van dit team vrij of aan het werk. Kies een ander moment." in html
        assert "Dit moet blijven staan." in html
        punt.refresh_from_db()
        assert punt.besluit == ""
        assert not Afspraak.objects.filter(melding=punt.aanmelding.melding).exists()

    @pytest.mark.parametrize("waarde", ["gisteren", "2026-13-45", "2026-11-05T11:00", "<script>"])
    def test_refuses_what_is_no_moment(self, client: Client, punt: Agendapunt, waarde: str) -> None:
        assert "Kies een moment uit de lijst." in post(client, punt, afspraak_op=waarde).content.decode()

        punt.refresh_from_db()
        assert punt.besluit == ""
