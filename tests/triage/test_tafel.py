"""Wat er op tafel ligt, wie meekijkt, twee secretarissen tegelijk, en ‘ik ken dit gezin’ in het overleg."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory
from tests.factories.triage import (
    DONDERDAG,
    AgendapuntFactory,
    CasusregisseurFactory,
    CoordinatorFactory,
    OverlegFactory,
    TeamlidFactory,
    ToegangFactory,
    open_punt,
)
from triage.models import Agendapunt, Besluit, KentGezin, Overleg, Tafel
from triage.services import NotOnThisAgenda, mark_kent_gezin, put_on_table

HTMX = {"HX-Request": "true"}
VAN_HET_FRAME = 7


pytestmark = pytest.mark.usefixtures("alleen_triage")


def url(overleg: Overleg) -> str:
    return reverse("triage:overleg_detail", args=[overleg.pk])


def log_in(wie: Medewerker) -> Client:
    client = Client()
    client.force_login(wie)
    return client


def post(client: Client, punt: Agendapunt, besluit: str, **facts: Any) -> Any:
    data = {"punt": punt.pk, "versie": punt.aanmelding.versie, "besluit": besluit, **facts}
    return client.post(url(punt.overleg), data, follow=True)


class TestPutOnTable:
    def test_is_what_everybody_sees(self, client: Client, coordinator: Medewerker) -> None:
        _, tweede = open_punt(), open_punt()
        teamlid = log_in(TeamlidFactory())

        client.post(reverse("triage:overleg_table", args=[tweede.overleg_id]), {"punt": tweede.pk})

        for wie in (client, teamlid):
            response = wie.get(url(tweede.overleg))
            assert response.context["huidige"].punt == tweede
            assert response.context["sinds"] == Tafel.objects.get().sinds

    def test_keeps_the_clock_of_what_lies_there(self, coordinator: Medewerker) -> None:
        punt = open_punt()
        eerst = put_on_table(overleg=punt.overleg, agendapunt=punt, actor=coordinator, at=DONDERDAG)

        weer = put_on_table(overleg=punt.overleg, agendapunt=punt, actor=coordinator, at=timezone.now())

        assert weer.sinds == eerst.sinds

    def test_refuses_what_is_on_another_agenda(self, coordinator: Medewerker) -> None:
        punt, ander = open_punt(), OverlegFactory(week_later=True)

        with pytest.raises(NotOnThisAgenda):
            put_on_table(overleg=ander, agendapunt=punt, actor=coordinator, at=DONDERDAG)

        assert not Tafel.objects.exists()

    def test_refuses_an_overleg_that_is_over(self, coordinator: Medewerker) -> None:
        punt = AgendapuntFactory(besloten=True)
        Overleg.objects.update(status="gehouden")

        with pytest.raises(NotOnThisAgenda):
            put_on_table(overleg=punt.overleg, agendapunt=punt, actor=coordinator, at=DONDERDAG)

    @pytest.mark.parametrize("wie", [TeamlidFactory, lambda: CoordinatorFactory(team="jeugd")])
    def test_is_for_who_leads_it(self, systeem: Any, wie: Any) -> None:
        punt = open_punt()

        response = log_in(wie()).post(
            reverse("triage:overleg_table", args=[punt.overleg_id]), {"punt": punt.pk}
        )

        assert response.status_code == 404
        assert not Tafel.objects.exists()

    def test_asks_which(self, client: Client, coordinator: Medewerker) -> None:
        overleg = open_punt().overleg

        html = client.post(reverse("triage:overleg_table", args=[overleg.pk]), follow=True).content.decode()

        assert "Kies welke aanmelding op tafel komt." in html
        assert not Tafel.objects.exists()

    @pytest.mark.parametrize("punt", ["0", "abc", "99999999999999999999"])
    def test_is_not_there_for_a_strange_punt(
        self, client: Client, coordinator: Medewerker, punt: str
    ) -> None:
        overleg = open_punt().overleg

        response = client.post(reverse("triage:overleg_table", args=[overleg.pk]), {"punt": punt})

        assert response.status_code == 404

    def test_a_besluit_brings_the_next_to_the_table(self, client: Client, coordinator: Medewerker) -> None:
        eerste, tweede = open_punt(), open_punt()

        post(client, eerste, Besluit.INTAKE)

        assert Tafel.objects.get().punt == tweede

    def test_a_besluit_on_something_else_leaves_the_table_alone(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        eerste, tweede = open_punt(), open_punt()
        put_on_table(overleg=eerste.overleg, agendapunt=eerste, actor=coordinator, at=DONDERDAG)

        post(client, tweede, Besluit.INTAKE)

        assert Tafel.objects.get().punt == eerste

    def test_says_what_lies_there_to_who_looks_elsewhere(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        eerste, tweede = open_punt(), open_punt()
        put_on_table(overleg=eerste.overleg, agendapunt=eerste, actor=coordinator, at=DONDERDAG)

        html = client.get(f"{url(tweede.overleg)}?punt={tweede.pk}").content.decode()

        assert "Op tafel ligt nu" in html
        assert "Leg deze op tafel" in html


class TestLookingAlong:
    @pytest.mark.parametrize("aantal", [2, 40])
    def test_costs_two_queries_when_nothing_changed(
        self, client: Client, coordinator: Medewerker, aantal: int, django_assert_num_queries: Any
    ) -> None:
        van = {"melding__medewerker": LoketmedewerkerFactory(), "triage__medewerker": ToegangFactory()}
        punten = [open_punt(**van) for _ in range(aantal)]
        stand = client.get(url(punten[0].overleg)).context["stand"]

        with django_assert_num_queries(VAN_HET_FRAME + 2):
            same = client.get(f"{url(punten[0].overleg)}?stand={stand}", headers=HTMX)

        assert same.status_code == 204

    def test_gets_the_besluit_of_another_at_once(self, client: Client, coordinator: Medewerker) -> None:
        punt, ander = open_punt(), log_in(TeamlidFactory())
        adres = f"{url(punt.overleg)}?punt={punt.pk}"
        stand = ander.get(adres).context["stand"]

        post(client, punt, Besluit.INTAKE, toelichting="Lotte gaat langs.")

        fresh = ander.get(f"{adres}&stand={stand}", headers=HTMX).content.decode()
        assert "<html" not in fresh
        assert "Verdiepende intake of huisbezoek" in fresh
        assert "Lotte gaat langs." in fresh

    def test_goes_along_with_the_table(self, client: Client, coordinator: Medewerker) -> None:
        eerste, tweede, ander = open_punt(), open_punt(), log_in(TeamlidFactory())
        stand = ander.get(url(eerste.overleg)).context["stand"]

        put_on_table(overleg=eerste.overleg, agendapunt=tweede, actor=coordinator, at=DONDERDAG)

        fresh = ander.get(f"{url(eerste.overleg)}?stand={stand}", headers=HTMX)
        assert fresh.context["huidige"].punt == tweede

    def test_is_logged_once_by_a_page_that_refreshes_itself(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        punt = open_punt()
        client.get(f"{url(punt.overleg)}?stand=a", headers=HTMX)
        eerst = Regel.objects.filter(actie="triage.overleg_detail").count()

        client.get(f"{url(punt.overleg)}?stand=b", headers=HTMX)
        ververst = Regel.objects.filter(actie="triage.overleg_detail").count()
        client.get(url(punt.overleg))

        assert (eerst, ververst) == (1, 1)
        assert Regel.objects.filter(actie="triage.overleg_detail").count() == 2


class TestTwoSecretaries:
    def test_the_second_hears_what_the_first_decided_and_keeps_what_was_typed(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        punt, regisseur = open_punt(), CasusregisseurFactory()
        tweede = log_in(CoordinatorFactory())
        post(client, punt, Besluit.INTAKE, toelichting="Eerst langsgaan.")

        html = post(
            tweede, punt, Besluit.CASUSREGIE, casusregisseur=regisseur.pk, toelichting="Lotte belt maandag."
        ).content.decode()

        assert "Een collega was u voor" in html
        assert f"door {coordinator}" in html
        assert "Eerst langsgaan." in html
        assert "Wat u had ingevuld, is niet vastgelegd" in html
        for getypt in ("Casusregie beleggen", str(regisseur), "Lotte belt maandag."):
            assert getypt in html
        assert Agendapunt.objects.get().besluit == Besluit.INTAKE

    def test_a_card_moved_meanwhile_asks_to_look_again(self, client: Client, coordinator: Medewerker) -> None:
        punt = open_punt()
        tim = CoordinatorFactory(voornaam="Tim", achternaam="Aalbers")
        type(punt.aanmelding).objects.update(
            versie=2, status="te_beleggen", gewijzigd_door=tim, gewijzigd_op=timezone.now()
        )

        response = post(client, punt, Besluit.INTAKE, toelichting="Langsgaan.")

        html = response.content.decode()
        assert "Tim Aalbers heeft deze aanmelding om" in html
        assert "Zij staat nu bij ‘Te beleggen’" in html
        assert "Langsgaan." in html
        assert Agendapunt.objects.get().besluit == ""
        again = post(client, Agendapunt.objects.get(), Besluit.INTAKE, toelichting="Langsgaan.")
        assert "Vastgelegd" in again.content.decode()


class TestKnowsTheFamily:
    def mark(self, client: Client, punt: Agendapunt) -> Any:
        nummer = punt.aanmelding.melding.nummer
        return client.post(reverse("triage:kent_gezin_mark", args=[nummer]), follow=True)

    def test_sees_an_empty_line_at_the_same_place(self, systeem: Any) -> None:
        eerste, tweede, client = open_punt(), open_punt(), log_in(TeamlidFactory())

        html = self.mark(client, eerste).content.decode()

        regels = client.get(url(tweede.overleg)).context["regels"]
        assert [regel.naam for regel in regels] == ["U kent dit gezin", tweede.aanmelding.melding.over_wie]
        assert "Deze aanmelding is voor u verborgen" in html
        assert eerste.aanmelding.melding.hulpvraag not in html or eerste.aanmelding.melding.nummer not in html

    def test_is_gone_from_every_page(self, systeem: Any) -> None:
        punt, client = open_punt(), log_in(TeamlidFactory())
        nummer = punt.aanmelding.melding.nummer
        assert client.get(reverse("triage:aanmelding_detail", args=[nummer])).status_code == 200

        self.mark(client, punt)

        assert client.get(reverse("triage:aanmelding_detail", args=[nummer])).status_code == 404
        assert client.get(reverse("intake:melding_detail", args=[nummer])).status_code == 404
        assert nummer not in client.get(reverse("search"), {"q": nummer}).content.decode().replace(
            f'value="{nummer}"', ""
        ).replace(f"‘{nummer}’", "")
        assert self.mark(client, punt).status_code == 404

    def test_decides_nothing_about_it(self, client: Client, coordinator: Medewerker) -> None:
        punt = open_punt()
        self.mark(client, punt)

        assert post(client, punt, Besluit.INTAKE).status_code == 404
        table = client.post(reverse("triage:overleg_table", args=[punt.overleg_id]), {"punt": punt.pk})
        assert table.status_code == 404
        assert Agendapunt.objects.get().besluit == ""

    def test_cannot_be_chosen(self, client: Client, coordinator: Medewerker, als: Any) -> None:
        punt, regisseur = open_punt(), CasusregisseurFactory()
        with als(regisseur):
            mark_kent_gezin(aanmelding=punt.aanmelding, actor=regisseur, at=DONDERDAG)

        html = client.get(url(punt.overleg)).content.decode()
        response = post(client, punt, Besluit.CASUSREGIE, casusregisseur=regisseur.pk)

        assert "kent dit gezin" in html
        assert response.context["form"].errors
        assert Agendapunt.objects.get().besluit == ""

    def test_says_so_on_the_page_of_the_aanmelding_too(self, systeem: Any) -> None:
        punt, client = open_punt(), log_in(TeamlidFactory())
        nummer = punt.aanmelding.melding.nummer
        detail = reverse("triage:aanmelding_detail", args=[nummer])
        assert reverse("triage:kent_gezin_mark", args=[nummer]) in client.get(detail).content.decode()

        self.mark(client, punt)

        kent = KentGezin.objects.get()
        html = log_in(CoordinatorFactory()).get(detail).content.decode()
        assert str(kent.medewerker) in html
        assert reverse("triage:kent_gezin_lift", args=[kent.pk]) in html

    def test_is_lifted_by_another(self, client: Client, coordinator: Medewerker, als: Any) -> None:
        punt, teamlid = open_punt(), TeamlidFactory()
        with als(teamlid):
            kent = mark_kent_gezin(aanmelding=punt.aanmelding, actor=teamlid, at=DONDERDAG)
        adres = reverse("triage:kent_gezin_lift", args=[kent.pk])
        assert adres in client.get(url(punt.overleg)).content.decode()

        html = client.post(adres, follow=True).content.decode()

        assert "ziet deze aanmelding weer" in html
        assert KentGezin.objects.get().opgeheven_door == coordinator
        assert log_in(teamlid).get(url(punt.overleg)).context["huidige"].punt == punt

    def test_is_not_lifted_by_oneself(self, client: Client, coordinator: Medewerker) -> None:
        self.mark(client, open_punt())

        response = client.post(reverse("triage:kent_gezin_lift", args=[KentGezin.objects.get().pk]))

        assert response.status_code == 404
        assert KentGezin.objects.get().opgeheven_op is None

    def test_refuses_who_is_responsible_with_a_sentence(self, systeem: Any) -> None:
        loket = LoketmedewerkerFactory()
        teamlid = TeamlidFactory()
        punt = open_punt(
            melding__medewerker=loket, melding__verantwoordelijk_team=None, melding__verantwoordelijke=teamlid
        )

        html = self.mark(log_in(teamlid), punt).content.decode()

        assert "Draag haar eerst over" in html
        assert not KentGezin.objects.exists()
