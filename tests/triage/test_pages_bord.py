"""Het bord, een kaart verplaatsen, en de pagina van één aanmelding."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.status import MeldingStatus
from skt.kern.keuzelijsten import Leefgebied
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory, UitvraagFactory
from tests.factories.triage import (
    AanmeldingFactory,
    AgendapuntFactory,
    CoordinatorFactory,
    OverlegFactory,
    TeamlidFactory,
    ToegangFactory,
)
from triage.models import Aanmelding, Bord, Urgentie
from triage.queries.bord import PER_KOLOM
from triage.status import AanmeldingStatus

BORD = "/aanmeldoverleg/"
HTMX = {"HX-Request": "true"}


def columns(response: Any) -> dict[str, dict[str, Any]]:
    return {kolom["id"]: kolom for kolom in response.context["kolommen"]}


class TestBoard:
    def test_puts_each_card_in_its_column_and_counts_them(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        AanmeldingFactory.create_batch(2)
        for stand in ("intake", "te_beleggen", "belegd", "aangehouden", "afgerond"):
            AanmeldingFactory(**{stand: True})
        AanmeldingFactory(jeugd=True)

        found = columns(client.get(BORD))

        assert {naam: kolom["aantal"] for naam, kolom in found.items()} == {
            "voor_overleg": 2, "intake": 1, "te_beleggen": 1, "belegd": 1, "aangehouden": 1,
        }  # fmt: skip
        assert [len(kolom["kaarten"]) for kolom in found.values()] == [2, 1, 1, 1, 1]

    def test_counts_the_cards_of_each_own_board_on_the_tabs(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        AanmeldingFactory(gezamenlijk=True)
        AanmeldingFactory(jeugd=True)

        tabs = client.get(BORD).context["tabs"]

        assert [(tab["label"], tab["aantal"]) for tab in tabs] == [("Volwassenen", 0), ("Gezamenlijk", 1)]

    def test_shows_spoed_first_and_no_more_than_a_column_holds(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        AanmeldingFactory.create_batch(PER_KOLOM, intake=True)
        spoed = AanmeldingFactory(intake=True, urgentie=Urgentie.SPOED)

        kolom = columns(client.get(BORD))["intake"]
        meer = columns(client.get(kolom["meer_url"]))["intake"]

        assert kolom["kaarten"][0]["naam"] == spoed.melding.over_wie
        assert (len(kolom["kaarten"]), kolom["meer"]) == (PER_KOLOM, "Toon nog 1")
        assert (len(meer["kaarten"]), meer["meer_url"]) == (PER_KOLOM + 1, "")

    @pytest.mark.parametrize(
        ("vraag", "past"),
        [
            ("zoek=Zonnebloem", {"melding__inwoner__achternaam": "Zonnebloem"}),
            ("spoed=on", {"urgentie": Urgentie.SPOED}),
            (urlencode({"urgentie": Urgentie.LAAG}), {"urgentie": Urgentie.LAAG}),
            ("termijn=on", {"melding__uiterlijk": timezone.now() + timedelta(days=1)}),
        ],
    )
    def test_filters(self, client: Client, coordinator: Medewerker, vraag: str, past: dict[str, Any]) -> None:
        ver_weg = {"melding__uiterlijk": timezone.now() + timedelta(days=30)}
        AanmeldingFactory(intake=True, **ver_weg)
        gezocht = AanmeldingFactory(intake=True, **{**ver_weg, **past})

        kaarten = columns(client.get(f"{BORD}?bord=volwassenen&{vraag}"))["intake"]["kaarten"]

        assert [kaart["naam"] for kaart in kaarten] == [gezocht.melding.over_wie]

    def test_filters_on_a_leefgebied_that_asks_for_something(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        redt_zich, vraagt = AanmeldingFactory(intake=True), AanmeldingFactory(intake=True)
        UitvraagFactory(melding=redt_zich.melding, scores={Leefgebied.FINANCIEN: 5})
        UitvraagFactory(melding=vraagt.melding, scores={Leefgebied.FINANCIEN: 2})

        kaarten = columns(client.get(f"{BORD}?leefgebied=financien"))["intake"]["kaarten"]

        assert [kaart["scores"] for kaart in kaarten] == [{"financien": 2}]

    def test_filters_mine_and_nobodys(self, client: Client, coordinator: Medewerker) -> None:
        AanmeldingFactory(intake=True)
        AanmeldingFactory(
            intake=True, melding__verantwoordelijk_team=None, melding__verantwoordelijke=coordinator
        )

        assert columns(client.get(f"{BORD}?mijn=on"))["intake"]["aantal"] == 1
        assert columns(client.get(f"{BORD}?niemand=on"))["intake"]["aantal"] == 1

    @pytest.mark.parametrize(
        "vraag",
        [
            "zoek=%00",
            "organisatie=zz",
            "organisatie=99999999999999999999",
            "kolom=x",
            "leefgebied='",
            "urgentie=x",
        ],
    )
    def test_survives_a_strange_question(self, client: Client, coordinator: Medewerker, vraag: str) -> None:
        assert client.get(f"{BORD}?{vraag}").status_code == 200

    def test_has_the_move_form_for_who_may_move_and_not_for_a_teamlid(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        aanmelding = AanmeldingFactory()
        url = reverse("triage:card_move", args=[aanmelding.melding.nummer])
        assert url in client.get(BORD).content.decode()

        client.force_login(TeamlidFactory())

        html = client.get(BORD).content.decode()
        assert aanmelding.melding.over_wie in html
        assert url not in html

    def test_logs_every_card_it_showed(self, client: Client, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory()

        client.get(BORD)

        regel = Regel.objects.get(actie="triage.board")
        assert (regel.object_id, regel.inwoner_id) == (aanmelding.pk, aanmelding.melding.inwoner_id)

    def test_answers_nothing_and_reads_nothing_when_nothing_changed(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        aanmelding = AanmeldingFactory(intake=True)
        stand = client.get(BORD).context["stand"]

        same = client.get(f"{BORD}?stand={stand}", headers=HTMX)
        Aanmelding.objects.filter(pk=aanmelding.pk).update(versie=2)
        changed = client.get(f"{BORD}?stand={stand}", headers=HTMX)

        assert same.status_code == 204
        assert changed.status_code == 200
        assert b"<html" not in changed.content
        assert Regel.objects.filter(actie="triage.board").count() == 2

    def test_points_at_an_overleg_that_was_never_closed(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        oud = OverlegFactory(begint_op=timezone.now() - timedelta(days=8))

        html = client.get(BORD).content.decode()

        assert "nog niet gesloten" in html
        assert reverse("triage:overleg_detail", args=[oud.pk]) in html

    @pytest.mark.parametrize("aantal", [20, 200])
    def test_takes_the_same_few_queries(
        self, client: Client, coordinator: Medewerker, aantal: int, django_assert_max_num_queries: Any
    ) -> None:
        overleg = OverlegFactory()
        van = {"melding__medewerker": LoketmedewerkerFactory(), "triage__medewerker": ToegangFactory()}
        for stand in ("voor_overleg", "intake", "te_beleggen", "aangehouden"):
            AanmeldingFactory.create_batch(aantal // 4, status=stand, overleg=overleg, **van)

        with django_assert_max_num_queries(24):
            response = client.get(f"{BORD}?kolom=intake")

        assert sum(kolom["aantal"] for kolom in columns(response).values()) == aantal

    def test_refuses_a_board_of_another_team(self, client: Client, coordinator: Medewerker) -> None:
        assert client.get(f"{BORD}?bord=jeugd").status_code == 404


class TestCardMove:
    def test_is_offered_to_no_column_that_asks_for_a_besluit(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        """Not in the list of a card, where dragging looks too, and not on its own page."""
        for stand in ("voor_overleg", "intake", "te_beleggen"):
            kaart = AanmeldingFactory(status=stand)
            pagina = client.get(reverse("triage:aanmelding_detail", args=[kaart.melding.nummer]))
            for html in (client.get(BORD).content.decode(), pagina.content.decode()):
                keuzelijst = html.partition('name="naar"')[2].partition("</select>")[0]
                assert "intake" in keuzelijst or "te_beleggen" in keuzelijst
                assert "aangehouden" not in keuzelijst
                assert "belegd" not in keuzelijst

    def move(self, client: Client, aanmelding: Aanmelding, naar: str, **query: Any) -> Any:
        url = reverse("triage:card_move", args=[aanmelding.melding.nummer])
        vraag = urlencode({"versie": aanmelding.versie, **query})
        return client.post(f"{url}?{vraag}", {"naar": naar}, follow=True)

    def test_moves_and_goes_back_to_the_board_as_it_was(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        aanmelding = AanmeldingFactory()

        response = self.move(client, aanmelding, "intake", terug=f"{BORD}?bord=volwassenen&spoed=on")

        aanmelding.refresh_from_db()
        assert aanmelding.status == AanmeldingStatus.INTAKE
        laat = f"&laat={aanmelding.melding.nummer}"
        assert response.redirect_chain == [(f"{BORD}?bord=volwassenen&spoed=on{laat}", 302)]
        assert "staat nu bij ‘Verdiepende intake’" in response.content.decode()

    @pytest.mark.parametrize("terug", ["https://elders.example/", "//elders.example/", "/inloggen/"])
    def test_never_sends_anyone_elsewhere(self, client: Client, coordinator: Medewerker, terug: str) -> None:
        aanmelding = AanmeldingFactory()

        response = self.move(client, aanmelding, "intake", terug=terug)

        laat = f"&laat={aanmelding.melding.nummer}"
        assert response.redirect_chain == [(f"{BORD}?bord=volwassenen{laat}", 302)]

    @pytest.mark.parametrize(
        ("naar", "zin"),
        [
            ("", "Kies een kolom"),
            ("zomaar", "Kies een kolom"),
            ("belegd", "Kies eerst de partij"),
            ("aangehouden", "Schrijf eerst op waarom"),
            ("voor_overleg", "staat al bij"),
        ],
    )
    def test_says_why_not(self, client: Client, coordinator: Medewerker, naar: str, zin: str) -> None:
        aanmelding = AanmeldingFactory()

        assert zin in self.move(client, aanmelding, naar).content.decode()
        aanmelding.refresh_from_db()
        assert aanmelding.versie == 1

    def test_says_that_a_colleague_was_first(self, client: Client, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory()
        Aanmelding.objects.update(versie=5)

        assert "Een collega heeft" in self.move(client, aanmelding, "intake").content.decode()
        assert Aanmelding.objects.get().status == AanmeldingStatus.VOOR_OVERLEG

    def test_is_not_there_for_a_teamlid(self, client: Client, systeem: Any) -> None:
        aanmelding = AanmeldingFactory()
        client.force_login(TeamlidFactory())

        assert self.move(client, aanmelding, "intake").status_code == 404
        assert Aanmelding.objects.get().status == AanmeldingStatus.VOOR_OVERLEG

    def test_is_a_post(self, client: Client, coordinator: Medewerker) -> None:
        url = reverse("triage:card_move", args=[AanmeldingFactory().melding.nummer])

        assert client.get(url).status_code == 405


class TestAanmeldingDetail:
    def url(self, aanmelding: Aanmelding) -> str:
        return reverse("triage:aanmelding_detail", args=[aanmelding.melding.nummer])

    def test_tells_the_story_and_why_one_may_see_it(self, client: Client, systeem: Any) -> None:
        aanmelding = AgendapuntFactory(besloten=True, toelichting="Lotte belt maandag.").aanmelding
        client.force_login(TeamlidFactory())

        html = client.get(self.url(aanmelding)).content.decode()

        assert aanmelding.melding.hulpvraag in html
        assert "Verdiepende intake of huisbezoek" in html
        assert "Lotte belt maandag." in html
        assert "De aanmelding staat op het bord van uw team." in html

    def test_offers_a_teamlid_only_to_say_they_know_the_family(self, client: Client, systeem: Any) -> None:
        aanmelding = AanmeldingFactory(te_beleggen=True)
        client.force_login(TeamlidFactory())

        main = client.get(self.url(aanmelding)).content.decode().partition("<main")[2]

        assert main.count('method="post"') == 1
        assert reverse("triage:kent_gezin_mark", args=[aanmelding.melding.nummer]) in main

    def test_leads_to_the_besluit(self, client: Client, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory()
        punt = aanmelding.agendapunten.get()

        assert (
            f"/aanmeldoverleg/{punt.overleg_id}/?punt={punt.pk}"
            in client.get(self.url(aanmelding)).content.decode()
        )

    def test_shows_the_latest_aanmelding_of_a_melding_that_came_back(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        eerste = AanmeldingFactory(afgerond=True)
        tweede = AanmeldingFactory(melding=eerste.melding)

        assert client.get(self.url(eerste)).context["aanmelding"] == tweede

    def test_logs_the_reading(self, client: Client, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory()

        client.get(self.url(aanmelding))

        assert Regel.objects.get(actie="triage.aanmelding_detail").inwoner_id == aanmelding.melding.inwoner_id

    @pytest.mark.parametrize(
        "wie", [lambda: TeamlidFactory(team="jeugd"), lambda: LoketmedewerkerFactory(organisatie="mee")]
    )
    def test_is_not_there_for_who_cannot_see_the_melding(
        self, client: Client, systeem: Any, wie: Any
    ) -> None:
        aanmelding = AanmeldingFactory()
        client.force_login(wie())

        assert client.get(self.url(aanmelding)).status_code == 404
        assert client.get(reverse("triage:aanmelding_detail", args=["2026-0000"])).status_code == 404


class TestAanmeldingFinish:
    def finish(self, client: Client, aanmelding: Aanmelding, **facts: Any) -> Any:
        url = reverse("triage:aanmelding_finish", args=[aanmelding.melding.nummer])
        return client.post(url, {"versie": aanmelding.versie, **facts}, follow=True)

    def test_takes_it_off_the_board_and_closes_the_melding(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        aanmelding = AanmeldingFactory(te_beleggen=True)

        html = self.finish(client, aanmelding, toelichting="Het aanbod loopt.").content.decode()

        aanmelding.melding.refresh_from_db()
        assert aanmelding.melding.status == MeldingStatus.GESLOTEN
        assert "is afgerond en van het bord" in html

    def test_asks_how_it_went(self, client: Client, coordinator: Medewerker) -> None:
        aanmelding = AanmeldingFactory(te_beleggen=True)

        response = self.finish(client, aanmelding, toelichting=" ")

        assert (response.status_code, len(response.context["afrondform"].errors)) == (422, 1)
        assert Aanmelding.objects.get().status == AanmeldingStatus.TE_BELEGGEN

    def test_keeps_what_was_typed_when_a_colleague_was_first(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        aanmelding = AanmeldingFactory(te_beleggen=True)
        Aanmelding.objects.update(versie=5)

        response = self.finish(client, aanmelding, toelichting="Het aanbod loopt.")

        assert response.context["afrondform"]["toelichting"].value() == "Het aanbod loopt."
        assert "heeft deze aanmelding gewijzigd" in response.content.decode()
        assert 'name="versie" value="5"' in response.content.decode()
        assert Aanmelding.objects.get().status == AanmeldingStatus.TE_BELEGGEN

    def test_says_that_it_still_stands_on_an_agenda(self, client: Client, coordinator: Medewerker) -> None:
        html = self.finish(client, AanmeldingFactory(), toelichting="Het loopt.").content.decode()

        assert "staat nog op een agenda" in html
        assert "Het loopt." in html
        assert Aanmelding.objects.get().status == AanmeldingStatus.VOOR_OVERLEG

    def test_says_who_was_first_to_who_still_sees_it(
        self, client: Client, systeem: Any, coordinator: Medewerker
    ) -> None:
        aanmelding = AanmeldingFactory(te_beleggen=True)
        self.finish(client, aanmelding, toelichting="Het aanbod loopt.")
        client.force_login(CoordinatorFactory())

        response = self.finish(client, aanmelding, toelichting="Ze redden zich.")

        html = response.content.decode()
        assert (response.status_code, f"{coordinator} heeft deze aanmelding al afgerond" in html) == (
            422,
            True,
        )
        assert "Ze redden zich." in html
        assert aanmelding.melding.aanvullingen.filter(tekst__contains="redden").count() == 0

    def test_tells_who_had_it_on_the_screen_no_more_than_that_somebody_was_first(
        self, client: Client, systeem: Any, toegang: Medewerker
    ) -> None:
        aanmelding = AanmeldingFactory(te_beleggen=True)
        bladzijde = client.get(reverse("triage:aanmelding_detail", args=[aanmelding.melding.nummer]))
        getoond = bladzijde.context["getoond"]
        client.force_login(CoordinatorFactory())
        self.finish(client, aanmelding, toelichting="Het aanbod loopt.")

        client.force_login(toegang)
        te_laat = self.finish(client, aanmelding, toelichting="Klaar.", getoond=getoond)
        blind = self.finish(client, aanmelding, toelichting="Klaar.")
        buiten = ToegangFactory()
        client.force_login(buiten)
        ander = self.finish(client, aanmelding, toelichting="Klaar.", getoond=getoond)

        assert te_laat.redirect_chain[0][0] == BORD
        assert "Een ander was u net voor" in te_laat.content.decode()
        assert aanmelding.melding.over_wie not in te_laat.content.decode()
        assert (blind.status_code, ander.status_code) == (404, 404)
        assert list(
            Regel.objects.filter(soort="geweigerd", actie="triage.decide_aanmelding")
            .order_by("pk")
            .values_list("medewerker_id", "gegevens")
        ) == [
            (wie, {"melding__nummer": aanmelding.melding.nummer})
            for wie in (toegang.pk, toegang.pk, buiten.pk)
        ]
        assert Regel.objects.filter(actie="triage.finish_aanmelding").count() == 1

    def test_is_not_there_for_a_teamlid(self, client: Client, systeem: Any) -> None:
        aanmelding = AanmeldingFactory(te_beleggen=True)
        client.force_login(TeamlidFactory())

        assert self.finish(client, aanmelding, toelichting="Klaar.").status_code == 404
        assert Aanmelding.objects.get().status == AanmeldingStatus.TE_BELEGGEN


class TestAnoniem:
    def test_a_card_without_a_name_says_anoniem(self, client: Client, coordinator: Medewerker) -> None:
        AanmeldingFactory(
            intake=True, bord=Bord.VOLWASSENEN, melding=MeldingFactory(bij_team=True, anoniem=True)
        )

        assert columns(client.get(BORD))["intake"]["kaarten"][0]["naam"] == "Anoniem"
