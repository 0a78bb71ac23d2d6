"""De terugkoppeling op het scherm, en wie haar niet ziet."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from intake.models import Contactmoment, MelderSoort
from skt.autorisatie.rules import permitted
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel as Logregel
from tests.factories.intake import LoketmedewerkerFactory
from tests.factories.triage import DONDERDAG, TeamlidFactory
from tests.triage.test_terugkoppeling import punt_van, run
from triage.models import Besluit, Terugkoppeling
from triage.services.terugkoppeling import tell_melder
from triage.status import TerugkoppelingStatus

Als = Callable[[Medewerker], AbstractContextManager[Any]]


pytestmark = pytest.mark.usefixtures("alleen_triage")


class TestSloten:
    def test_is_not_there_for_another_team(self, als: Als, coordinator: Medewerker) -> None:
        run(als, punt_van(MelderSoort.INWONER_ZELF), coordinator, Besluit.INTAKE)
        rij = Terugkoppeling.objects.get()
        vreemd = TeamlidFactory(team="jeugd", organisatie="mee")

        with als(vreemd):
            assert not permitted(vreemd, "triage.view_terugkoppeling", Terugkoppeling.objects.all()).exists()
            assert not Terugkoppeling.objects.exists()
            with connection.cursor() as cursor:
                cursor.execute("UPDATE triage_terugkoppeling SET status = 'vervallen'")
                assert cursor.rowcount == 0
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO triage_terugkoppeling (melding_id, agendapunt_id, besluit, regel, mag_horen, voorstel, status,"
                    " gemaakt_op, hoe, toelichting) VALUES (%s, %s, 'aanhouden', 'zelf', 'alles', '', 'vervallen', now(), '', '')",
                    [rij.melding_id, rij.agendapunt_id],
                )

        rij.refresh_from_db()
        assert rij.status == TerugkoppelingStatus.TE_DOEN


class TestPages:
    @pytest.fixture
    def rij(self, als: Als, coordinator: Medewerker) -> Terugkoppeling:
        run(als, punt_van(MelderSoort.INWONER_ZELF), coordinator, Besluit.WMO)
        return Terugkoppeling.objects.select_related("melding").get()

    def url(self, rij: Terugkoppeling) -> str:
        return reverse("triage:terugkoppeling_detail", args=[rij.pk])

    def test_lists_and_shows_what_to_say_and_why(self, client: Client, rij: Terugkoppeling) -> None:
        client.force_login(TeamlidFactory())

        lijst = client.get(reverse("triage:terugkoppeling_list")).content.decode()
        detail = client.get(self.url(rij)).content.decode()

        assert rij.melding.nummer in lijst
        assert "Wmo 2015 2.3.2" in detail
        assert "De gemeente onderzoekt samen met u" in detail
        assert Logregel.objects.filter(actie="triage.terugkoppeling_list", soort="lezen").count() == 1

    def test_saves_done_and_not_needed(self, client: Client, rij: Terugkoppeling) -> None:
        client.force_login(TeamlidFactory())

        zonder = client.post(self.url(rij), {"wat": "vervallen", "hoe": "telefonisch"})
        gedaan = client.post(self.url(rij), {"wat": "gedaan", "hoe": "telefonisch"}, follow=True)

        assert "Schrijf op waarom de melder niets hoort" in zonder.content.decode()
        assert "de melder weet het" in gedaan.content.decode()

    def test_says_that_a_colleague_was_first_and_keeps_the_words(
        self, client: Client, als: Als, coordinator: Medewerker, rij: Terugkoppeling
    ) -> None:
        with als(coordinator):
            tell_melder(terugkoppeling=rij, actor=coordinator, at=DONDERDAG, hoe="huisbezoek")
        client.force_login(TeamlidFactory())

        html = client.post(
            self.url(rij), {"wat": "gedaan", "hoe": "telefonisch", "toelichting": "Zij belt terug."}
        )

        assert html.status_code == 422
        assert "Hier is al iets over vastgelegd" in html.content.decode()
        assert "Zij belt terug." in html.content.decode()
        rij.refresh_from_db()
        assert (rij.hoe, rij.toelichting) == ("huisbezoek", "")

    def test_does_not_show_the_name_of_who_may_hear_nothing(
        self, client: Client, als: Als, coordinator: Medewerker
    ) -> None:
        punt = punt_van(
            MelderSoort.NAASTE,
            melding__inwoner_weet_ervan=None,
            melding__contactmoment__melder_naam="Truus Buur",
        )
        run(als, punt, coordinator, Besluit.INTAKE)
        client.force_login(coordinator)

        html = client.get(self.url(Terugkoppeling.objects.get())).content.decode()

        assert "Truus Buur" not in html
        assert "De melder weet het" not in html

    def test_stands_on_the_worklist_of_the_loket_that_took_it_in(
        self, client: Client, rij: Terugkoppeling
    ) -> None:
        """Who calls whom back; the loket of another organisation doesn't see the melding, so not this either."""
        Contactmoment.objects.update(melder_soort="huisarts", melder_naam="dr. Bos")
        client.force_login(LoketmedewerkerFactory(organisatie=rij.melding.organisatie.code))

        html = client.get(reverse("intake:worklist")).content.decode()

        assert "Team volwassenen belt huisarts: dr. Bos" in html
        assert reverse("triage:terugkoppeling_detail", args=[rij.pk]) in html
        client.force_login(LoketmedewerkerFactory(organisatie="jit"))
        assert "dr. Bos" not in client.get(reverse("intake:worklist")).content.decode()

    def test_is_not_there_for_who_does_not_see_the_melding(self, client: Client, rij: Terugkoppeling) -> None:
        client.force_login(LoketmedewerkerFactory(organisatie="mee"))

        assert client.get(self.url(rij)).status_code == 404
        assert client.post(self.url(rij), {"wat": "gedaan", "hoe": "telefonisch"}).status_code == 404
        rij.refresh_from_db()
        assert rij.status == TerugkoppelingStatus.TE_DOEN

    def test_stands_in_the_timeline_of_the_melding(self, client: Client, rij: Terugkoppeling) -> None:
        client.force_login(TeamlidFactory())

        html = client.get(reverse("intake:melding_detail", args=[rij.melding.nummer])).content.decode()

        assert "Terugkoppeling aan de melder: te doen" in html
        assert self.url(rij) in html

    @pytest.mark.parametrize("aantal", [2, 8])
    def test_asks_as_much_for_many_as_for_few(
        self,
        client: Client,
        als: Als,
        coordinator: Medewerker,
        aantal: int,
        django_assert_max_num_queries: Any,
    ) -> None:
        for _ in range(aantal):
            run(als, punt_van(MelderSoort.INWONER_ZELF), coordinator, Besluit.INTAKE)
        client.force_login(coordinator)
        client.get(reverse("triage:terugkoppeling_list"))

        with django_assert_max_num_queries(16):
            client.get(reverse("triage:terugkoppeling_list"))
