"""Het bord dat zichzelf ververst: goedkoop als er niets is, alleen de kaarten die veranderden, en niets dubbel in het logboek."""

from typing import Any

import pytest
import redis
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.aanwezigheid import SLEUTEL, show_up
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory
from tests.factories.triage import AanmeldingFactory, CoordinatorFactory, TeamlidFactory, ToegangFactory
from triage.models import Aanmelding
from triage.queries.bord import BLAD, PER_KOLOM
from triage.services import mark_kent_gezin
from triage.status import AanmeldingStatus

BORD = "/aanmeldoverleg/"
HTMX = {"HX-Request": "true"}
VAN_HET_FRAME = 7
"""Sessie, medewerker, begin en eind van de transactie, wie er handelt aan en uit, en de plaatsingen: wat elk verzoek kost."""


@pytest.fixture(autouse=True)
def niemand_kijkt(valkey_url: str) -> None:
    """What an earlier test had open is no colleague here."""
    redis.Redis.from_url(valkey_url).delete(SLEUTEL)


def kaarten(response: Any) -> dict[str, dict[str, Any]]:
    return {k["nummer"]: k for kolom in response.context["kolommen"] for k in kolom["kaarten"]}


def url_of(aanmelding: Aanmelding) -> str:
    return reverse("triage:aanmelding_detail", args=[aanmelding.melding.nummer])


def merken(response: Any) -> str:
    return ",".join(f"{nummer}:{kaart['merk']}" for nummer, kaart in kaarten(response).items())


class TestAsking:
    @pytest.mark.parametrize("aantal", [4, 80])
    def test_costs_one_query_of_its_own_when_nothing_changed(
        self, client: Client, coordinator: Medewerker, aantal: int, django_assert_num_queries: Any
    ) -> None:
        van = {"melding__medewerker": LoketmedewerkerFactory(), "triage__medewerker": ToegangFactory()}
        AanmeldingFactory.create_batch(aantal, intake=True, **van)
        stand = client.get(BORD).context["stand"]

        with django_assert_num_queries(VAN_HET_FRAME + 1):
            same = client.get(f"{BORD}?stand={stand}", headers=HTMX)

        assert (same.status_code, same.content) == (204, b"")

    def test_is_no_sign_of_a_person(self, client: Client, coordinator: Medewerker) -> None:
        """A board on the wall doesn't keep a session alive."""
        client.get(BORD)
        before = client.session["skt_gezien"]

        client.get(f"{BORD}?stand=x", headers=HTMX)

        assert client.session["skt_gezien"] == before

    def test_sends_only_the_cards_that_changed(self, client: Client, coordinator: Medewerker) -> None:
        blijft, verandert = AanmeldingFactory(intake=True), AanmeldingFactory(intake=True)
        before = client.get(BORD)
        Aanmelding.objects.filter(pk=verandert.pk).update(versie=2, status=AanmeldingStatus.TE_BELEGGEN)

        after = client.get(
            f"{BORD}?stand={before.context['stand']}", headers={**HTMX, "SKT-Heb": merken(before)}
        )

        html = after.content.decode()
        assert verandert.melding.over_wie in html
        assert blijft.melding.over_wie not in html
        assert html.count("data-zelfde") == 1

    def test_logs_what_it_sends_and_not_what_was_there(self, client: Client, coordinator: Medewerker) -> None:
        AanmeldingFactory(intake=True)
        verandert = AanmeldingFactory(intake=True)
        before = client.get(BORD)
        Regel.objects.filter(actie="triage.board").count()
        Aanmelding.objects.filter(pk=verandert.pk).update(versie=2)
        gelezen = Regel.objects.filter(actie="triage.board").count()

        client.get(f"{BORD}?stand=oud", headers={**HTMX, "SKT-Heb": merken(before)})

        nieuw = Regel.objects.filter(actie="triage.board").order_by("-pk")
        assert nieuw.count() == gelezen + 1
        assert nieuw.first().object_id == verandert.pk

    @pytest.mark.parametrize("heb", ["", ":::", "x", "0001:", "'," * 700])
    def test_survives_a_strange_list_of_what_one_has(
        self, client: Client, coordinator: Medewerker, heb: str
    ) -> None:
        aanmelding = AanmeldingFactory(intake=True)

        html = client.get(f"{BORD}?stand=x", headers={**HTMX, "SKT-Heb": heb}).content.decode()

        assert aanmelding.melding.over_wie in html

    def test_says_who_moved_a_card_a_moment_ago(self, client: Client, coordinator: Medewerker) -> None:
        tim = CoordinatorFactory(voornaam="Tim")
        AanmeldingFactory(intake=True, gewijzigd_door=tim, gewijzigd_op=timezone.now())
        AanmeldingFactory(intake=True, gewijzigd_door=coordinator, gewijzigd_op=timezone.now())

        nieuws = [kaart["nieuws"] for kaart in kaarten(client.get(BORD)).values()]

        assert nieuws[0].startswith("Verplaatst door Tim, ")
        assert nieuws[1] == ""


class TestDeeper:
    def test_a_column_grows_by_a_page_and_stays_so_when_it_refreshes(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        van = {"melding__medewerker": LoketmedewerkerFactory(), "triage__medewerker": ToegangFactory()}
        AanmeldingFactory.create_batch(PER_KOLOM + BLAD + 3, intake=True, **van)
        first = client.get(BORD)
        [kolom] = [k for k in first.context["kolommen"] if k["id"] == "intake"]

        deeper = client.get(kolom["meer_url"].partition("#")[0])

        assert (len(kaarten(first)), kolom["meer"]) == (PER_KOLOM, f"Toon nog {BLAD}")
        assert len(kaarten(deeper)) == PER_KOLOM + BLAD
        again = client.get(f"{deeper.context['ververs_url']}&stand=x", headers=HTMX)
        assert len(kaarten(again)) == PER_KOLOM + BLAD

    @pytest.mark.parametrize("toon", ["intake.99999", "x.5", "intake", "intake.-1", "%00.3"])
    def test_survives_a_strange_depth(self, client: Client, coordinator: Medewerker, toon: str) -> None:
        AanmeldingFactory(intake=True)

        assert len(kaarten(client.get(f"{BORD}?toon={toon}"))) == 1


class TestWhoHasACardOpen:
    def test_stands_on_the_card_and_comes_and_goes_by_itself(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        aanmelding, ander = AanmeldingFactory(intake=True), AanmeldingFactory(intake=True)
        first = client.get(BORD)
        show_up(aanmelding.melding_id, coordinator.pk)
        show_up(aanmelding.melding_id, TeamlidFactory(voornaam="Sanne", achternaam="Aker").pk)
        show_up(aanmelding.melding_id, TeamlidFactory(voornaam="Tim", achternaam="Zijl").pk)
        show_up(AanmeldingFactory(jeugd=True).melding_id, TeamlidFactory().pk)

        second = client.get(
            f"{BORD}?stand={first.context['stand']}", headers={**HTMX, "SKT-Heb": merken(first)}
        )
        same = client.get(f"{BORD}?stand={second.context['stand']}", headers=HTMX)

        gezegd = {k["url"]: (k["aanwezig"], k.get("zelfde", False)) for k in kaarten(second).values()}
        assert gezegd == {
            url_of(aanmelding): ("Sanne en Tim bekijken dit", False),
            url_of(ander): ("", True),
        }
        assert same.status_code == 204

    def test_opening_the_aanmelding_says_so_to_the_others(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        aanmelding = AanmeldingFactory(intake=True)
        client.get(url_of(aanmelding))

        client.force_login(TeamlidFactory())

        assert f"{coordinator.voornaam} bekijkt dit" in client.get(BORD).content.decode()


class TestMoving:
    def post(self, client: Client, aanmelding: Aanmelding, versie: int) -> Any:
        url = reverse("triage:card_move", args=[aanmelding.melding.nummer])
        return client.post(f"{url}?versie={versie}", {"naar": "te_beleggen"}, headers=HTMX)

    def test_gives_the_sentence_back(self, client: Client, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory(intake=True)

        found = self.post(client, aanmelding, 1).json()

        assert found["gelukt"]
        assert "staat nu bij ‘Te beleggen’" in found["zin"]

    def test_says_who_was_first_and_where_the_card_is(self, client: Client, coordinator: Medewerker) -> None:
        tim = CoordinatorFactory(voornaam="Tim", achternaam="Aalbers")
        aanmelding = AanmeldingFactory(
            te_beleggen=True, versie=2, gewijzigd_door=tim, gewijzigd_op=timezone.now()
        )

        found = self.post(client, aanmelding, 1).json()

        assert not found["gelukt"]
        assert "Tim Aalbers heeft deze aanmelding om" in found["zin"]
        assert "Zij staat nu bij ‘Te beleggen’" in found["zin"]
        assert Aanmelding.objects.get().versie == 2

    def test_shows_the_card_also_when_it_stands_too_low_to_be_seen(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        van = {"melding__medewerker": LoketmedewerkerFactory(), "triage__medewerker": ToegangFactory()}
        AanmeldingFactory.create_batch(PER_KOLOM, intake=True, urgentie="crisis (direct)", **van)
        laag = AanmeldingFactory(intake=True, urgentie="laag", **van)

        without = client.get(BORD).content.decode()
        html = client.get(f"{BORD}?laat={laag.melding.nummer}").content.decode()

        assert laag.melding.over_wie not in without
        assert laag.melding.over_wie in html


class TestKnowsTheFamily:
    def test_sees_that_there_is_a_card_and_nothing_of_it(
        self, client: Client, systeem: Any, als: Any
    ) -> None:
        aanmelding, teamlid = AanmeldingFactory(intake=True), TeamlidFactory()
        with als(teamlid):
            mark_kent_gezin(aanmelding=aanmelding, actor=teamlid, at=timezone.now())
        client.force_login(teamlid)

        response = client.get(BORD)

        html = response.content.decode()
        assert "U kent dit gezin" in html
        assert aanmelding.melding.over_wie not in html
        assert aanmelding.melding.nummer not in html
        [intake] = [k for k in response.context["kolommen"] if k["id"] == "intake"]
        assert intake["aantal"] == 1
        assert not Regel.objects.filter(actie="triage.board").exists()

    def test_gets_no_empty_card_from_a_filter(self, client: Client, systeem: Any, als: Any) -> None:
        """A filter that keeps the card or not would tell something of it."""
        aanmelding, teamlid = AanmeldingFactory(intake=True, met_spoed=True), TeamlidFactory()
        with als(teamlid):
            mark_kent_gezin(aanmelding=aanmelding, actor=teamlid, at=timezone.now())
        client.force_login(teamlid)

        assert "U kent dit gezin" not in client.get(f"{BORD}?bord=volwassenen&spoed=on").content.decode()

    def test_the_board_of_the_others_says_so_at_once(
        self, client: Client, coordinator: Medewerker, als: Any
    ) -> None:
        aanmelding, teamlid = AanmeldingFactory(intake=True), TeamlidFactory()
        stand = client.get(BORD).context["stand"]
        with als(teamlid):
            mark_kent_gezin(aanmelding=aanmelding, actor=teamlid, at=timezone.now())

        assert client.get(f"{BORD}?stand={stand}", headers=HTMX).status_code == 200
