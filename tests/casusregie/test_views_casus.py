"""De pagina's van een casus: wie wat ziet, wat wordt vastgelegd, en hoeveel queries het kost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casusregie.models import Casus
from skt.autorisatie.models import Noodtoegang
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from tests.factories.casusregie import ActieFactory, CasusFactory, NotitieFactory
from tests.factories.intake import LoketmedewerkerFactory, NetwerklidFactory, UitvraagFactory
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.triage import CasusregisseurFactory, TeamlidFactory

LIJST = "/casussen/"


def get(client: Client, wie: Medewerker, url: str, **kwargs: Any) -> Any:
    client.force_login(wie)
    return client.get(url, **kwargs)


def text(client: Client, wie: Medewerker, url: str, **kwargs: Any) -> str:
    response = get(client, wie, url, **kwargs)
    assert response.status_code == 200
    return response.content.decode()


def url_of(casus: Casus) -> str:
    return f"/casussen/{casus.nummer}/"


def nood(casus: Casus, wie: Medewerker, eindigt_over: timedelta = timedelta(hours=3)) -> Noodtoegang:
    """Noodtoegang van vier uur die over zoveel tijd eindigt (of geëindigd is)."""
    eindigt_op = timezone.now() + eindigt_over
    return Noodtoegang.objects.create(
        medewerker=wie,
        casus_id=casus.pk,
        inwoner_ids=casus.inwoner_ids,
        melding_ids=[casus.melding_id],
        reden="Politie aan de deur, niemand bereikbaar.",
        begint_op=eindigt_op - timedelta(hours=4),
        eindigt_op=eindigt_op,
    )


class TestCasusList:
    def test_shows_what_is_due_first(self, systeem: Any, client: Client) -> None:
        regisseur = CasusregisseurFactory()
        vandaag = timezone.localdate()
        dagen = {"later": 30, "te laat": -2, "week": 3}
        casussen = {
            naam: CasusFactory(regisseur=regisseur, acties=[{"uiterlijk": vandaag + timedelta(days=n)}])
            for naam, n in dagen.items()
        }
        body = text(client, regisseur, LIJST)
        places = [body.index(casussen[naam].nummer) for naam in ("te laat", "week", "later")]
        assert places == sorted(places)
        assert "3 casussen" in body

    def test_shows_a_regisseur_their_own_and_the_organisation_on_request(
        self, casus: Casus, regisseur: Medewerker, client: Client
    ) -> None:
        collega = CasusFactory(regisseur=CasusregisseurFactory())
        assert collega.nummer not in text(client, regisseur, LIJST)
        assert collega.nummer in text(client, regisseur, f"{LIJST}?van=organisatie")

    def test_shows_a_coordinator_the_team(
        self, casus: Casus, coordinator: Medewerker, client: Client
    ) -> None:
        jeugd = CasusFactory(soort="jeugd")
        body = text(client, coordinator, LIJST)
        assert casus.nummer in body
        assert jeugd.nummer not in body

    def test_filters_on_status_late_and_name(
        self, casus: Casus, regisseur: Medewerker, client: Client
    ) -> None:
        dicht = CasusFactory(regisseur=regisseur, gesloten=True)
        assert dicht.nummer not in text(client, regisseur, LIJST)
        assert dicht.nummer in text(client, regisseur, f"{LIJST}?status=afgesloten")
        assert casus.nummer in text(client, regisseur, f"{LIJST}?zoek={casus.titel[-8:]}")
        assert casus.nummer not in text(client, regisseur, f"{LIJST}?zoek=niemand")
        te_laat = casus.acties.get().uiterlijk < timezone.localdate()
        assert (casus.nummer in text(client, regisseur, f"{LIJST}?te_laat=on")) == te_laat

    def test_takes_any_value_in_the_address(
        self, casus: Casus, regisseur: Medewerker, client: Client
    ) -> None:
        vreemd = "?van=x&status=y&te_laat=z&na=abc&voor=99999999999999999999&zoek=%00"
        assert get(client, regisseur, LIJST + vreemd).status_code == 200

    def test_shows_nobody_what_isnt_theirs(self, casus: Casus, vreemde: Medewerker, client: Client) -> None:
        assert casus.nummer not in text(client, vreemde, f"{LIJST}?van=alles")

    def test_is_no_page_without_dossiers(self, casus: Casus, client: Client) -> None:
        beleid = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)
        assert get(client, beleid, LIJST).status_code == 404

    def test_logs_what_was_shown(self, casus: Casus, regisseur: Medewerker, client: Client) -> None:
        get(client, regisseur, LIJST)
        regel = Regel.objects.get(actie="casusregie.view_worklist")
        assert (regel.object_id, regel.inwoner_id, regel.soort) == (
            casus.pk,
            casus.melding.inwoner_id,
            "lezen",
        )

    def test_turns_pages_without_losing_or_repeating(
        self, systeem: Any, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("casusregie.views.lijst.PER_BLADZIJDE", 3)
        regisseur = CasusregisseurFactory()
        alle = {CasusFactory(regisseur=regisseur).nummer for _ in range(7)}
        gezien, url = [], LIJST
        while url:
            blad = get(client, regisseur, url).context
            gezien += [rij["nummer"] for groep in blad["groepen"] for rij in groep["rijen"]]
            url = blad["volgende_url"]
        assert len(gezien) == len(alle)
        assert set(gezien) == alle

    def test_costs_the_same_for_three_and_for_twenty(
        self, systeem: Any, client: Client, django_assert_max_num_queries: Callable[..., Any]
    ) -> None:
        regisseur = CasusregisseurFactory()
        client.force_login(regisseur)
        for aantal in (3, 17):
            for _ in range(aantal):
                CasusFactory(regisseur=regisseur, betrokken=["smow"])
            with django_assert_max_num_queries(30):
                assert client.get(LIJST).status_code == 200


class TestCasusDetail:
    def test_shows_the_whole_casus(self, casus: Casus, regisseur: Medewerker, client: Client) -> None:
        NotitieFactory(casus=casus)
        UitvraagFactory(melding=casus.melding)
        NetwerklidFactory(inwoner=casus.leden.get().inwoner, naam="Ria van 14")
        body = text(client, regisseur, url_of(casus))
        for stuk in (
            casus.titel,
            casus.acties.get().wat,
            "SMOW",
            "Gebeld: de brief",
            "Casus geopend",
            "radar",
            "Ria van 14, buur",
        ):
            assert stuk in body

    @pytest.mark.parametrize("wie", ["regisseur", "coordinator", "helper"])
    def test_opens_for(self, request: pytest.FixtureRequest, casus: Casus, client: Client, wie: str) -> None:
        assert get(client, request.getfixturevalue(wie), url_of(casus)).status_code == 200

    def test_is_absent_for_a_stranger_and_says_no_more_than_of_nothing(
        self, casus: Casus, vreemde: Medewerker, client: Client
    ) -> None:
        hier, nergens = get(client, vreemde, url_of(casus)), get(client, vreemde, "/casussen/2026-0000/")
        assert hier.status_code == nergens.status_code == 404
        assert casus.titel not in hier.content.decode()
        assert Regel.objects.filter(soort="geweigerd", actie="casusregie.view_casus").count() == 2

    def test_says_why_and_logs_it(self, casus: Casus, helper: Medewerker, client: Client) -> None:
        assert "Uw organisatie is nu betrokken bij deze casus." in text(client, helper, url_of(casus))
        regel = Regel.objects.get(actie="casusregie.view_casus", soort="lezen")
        assert (regel.recht, regel.noodtoegang) == ("uw organisatie is nu betrokken bij deze casus", False)

    def test_flags_a_shielded_casus_and_closes_it_for_others(
        self, casus: Casus, regisseur: Medewerker, helper: Medewerker, client: Client
    ) -> None:
        Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
        assert "alleen 1 mens op naam" in text(client, regisseur, url_of(casus))
        assert get(client, helper, url_of(casus)).status_code == 404

    def test_gives_the_buttons_the_table_and_the_rights_allow(
        self, casus: Casus, regisseur: Medewerker, helper: Medewerker, client: Client
    ) -> None:
        beheer = text(client, regisseur, url_of(casus))
        for pad in ("afbouwen", "nazorg", "opschalen", "regie", "betrokken", "afschermen", "uitnodigen"):
            assert f"{url_of(casus)}{pad}/" in beheer
        for pad in ("starten", "hervatten", "afschalen"):
            assert f"{url_of(casus)}{pad}/" not in beheer
        mee = text(client, helper, url_of(casus))
        for pad in ("actie", "notitie"):
            assert f"{url_of(casus)}{pad}/" in mee
        for pad in ("afbouwen", "opschalen", "regie", "betrokken", "klaar", "wie-keek-mee"):
            assert f"{pad}/" not in mee

    def test_gives_a_coordinator_all_but_shielding(
        self, casus: Casus, coordinator: Medewerker, client: Client
    ) -> None:
        body = text(client, coordinator, url_of(casus))
        assert f"{url_of(casus)}regie/" in body
        assert f"{url_of(casus)}afschermen/" not in body

    def test_gives_nothing_to_do_when_it_is_closed(self, systeem: Any, client: Client) -> None:
        dicht = CasusFactory(gesloten=True)
        body = text(client, dicht.agendapunt.casusregisseur, url_of(dicht))
        for pad in ("actie", "notitie", "regie", "nazorg", "opschalen"):
            assert f"{url_of(dicht)}{pad}/" not in body

    def test_lets_noodtoegang_read_only_with_a_banner_and_a_mark_in_the_log(
        self, casus: Casus, vreemde: Medewerker, client: Client
    ) -> None:
        nood(casus, vreemde)
        body = text(client, vreemde, url_of(casus))
        assert "U leest mee tot" in body
        assert f"{url_of(casus)}notitie/" not in body
        assert "Klaar" not in body
        assert Regel.objects.get(actie="casusregie.view_casus", soort="lezen").noodtoegang

    def test_tells_whoever_manages_that_somebody_opened_noodtoegang(
        self, casus: Casus, regisseur: Medewerker, helper: Medewerker, vreemde: Medewerker, client: Client
    ) -> None:
        nood(casus, vreemde)
        get(client, vreemde, url_of(casus))
        assert str(vreemde) in text(client, regisseur, url_of(casus))

    def test_opens_for_an_anonymous_inwoner(self, systeem: Any, client: Client) -> None:
        casus = CasusFactory(anoniem=True)
        assert "Anoniem" in text(client, casus.agendapunt.casusregisseur, url_of(casus))

    def test_filters_its_timeline(self, casus: Casus, regisseur: Medewerker, client: Client) -> None:
        NotitieFactory(casus=casus)
        body = text(client, regisseur, f"{url_of(casus)}?tijdlijn=notities")
        assert "Gebeld: de brief" in body
        assert "Casus geopend" not in body
        assert get(client, regisseur, f"{url_of(casus)}?tijdlijn=onzin").status_code == 200

    def test_costs_the_same_for_few_and_for_many_rows(
        self,
        casus: Casus,
        regisseur: Medewerker,
        client: Client,
        django_assert_max_num_queries: Callable[..., Any],
    ) -> None:
        client.force_login(regisseur)
        for aantal in (2, 15):
            for _ in range(aantal):
                NotitieFactory(casus=casus)
                ActieFactory(casus=casus)
                ActieFactory(casus=casus, klaar=True, medewerker=TeamlidFactory())
            with django_assert_max_num_queries(55):
                assert client.get(url_of(casus)).status_code == 200

    @pytest.mark.parametrize(
        ("stand", "knop"),
        [({"in_opstart": True}, "Start de regie"), ({}, "Actie"), ({"in_afbouw": True}, "Actie")],
    )
    def test_has_one_primary_button(
        self, systeem: Any, client: Client, stand: dict[str, bool], knop: str
    ) -> None:
        casus = CasusFactory(**stand)
        body = text(client, casus.agendapunt.casusregisseur, url_of(casus))
        primair = re.findall(r"utrecht-button--primary-action[^>]*>(.*?)</a>", body, re.DOTALL)
        assert [re.sub(r"<[^>]+>|\s+", " ", inhoud).strip() for inhoud in primair] == [knop]


class TestCasusReaders:
    def test_lists_who_looked(
        self, casus: Casus, regisseur: Medewerker, helper: Medewerker, client: Client
    ) -> None:
        get(client, helper, url_of(casus))
        body = text(client, regisseur, f"{url_of(casus)}wie-keek-mee/")
        assert str(helper) in body
        assert "Bekeek de casus" in body

    def test_turns_pages_and_names_what_was_written(
        self,
        casus: Casus,
        regisseur: Medewerker,
        helper: Medewerker,
        client: Client,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("casusregie.views.toegang.PER_BLADZIJDE", 2)
        client.force_login(helper)
        client.post(f"{url_of(casus)}notitie/", {"tekst": "Gebeld."})
        for _ in range(2):
            client.get(url_of(casus))
        url = f"{url_of(casus)}wie-keek-mee/"
        eerste = get(client, regisseur, url)
        assert len(eerste.context["regels"]) == 2
        tweede = client.get(url + eerste.context["volgende_url"])
        gezien = [regel.pk for blad in (eerste, tweede) for regel, _ in blad.context["regels"]]
        assert gezien == sorted(set(gezien), reverse=True)
        assert "Schreef een notitie" in tweede.content.decode()
        assert client.get(f"{url}?na=onzin").status_code == 200

    @pytest.mark.parametrize("wie", ["helper", "vreemde"])
    def test_is_absent_for(
        self, request: pytest.FixtureRequest, casus: Casus, client: Client, wie: str
    ) -> None:
        lezer = request.getfixturevalue(wie)
        assert get(client, lezer, f"{url_of(casus)}wie-keek-mee/").status_code == 404


class TestNoodtoegangNew:
    def post(self, client: Client, wie: Medewerker, nummer: str, reden: str) -> Any:
        client.force_login(wie)
        return client.post("/noodtoegang/", {"nummer": nummer, "reden": reden})

    def test_leads_to_the_casus(self, casus: Casus, vreemde: Medewerker, client: Client) -> None:
        response = self.post(client, vreemde, casus.nummer, "Politie aan de deur, niemand bereikbaar.")
        assert response.url == url_of(casus)
        assert get(client, vreemde, url_of(casus)).status_code == 200

    def test_says_no_on_the_form(self, casus: Casus, vreemde: Medewerker, client: Client) -> None:
        for nummer, reden in (
            (casus.nummer, "Even"),
            ("2026-0000", "Politie aan de deur, niemand bereikbaar."),
        ):
            assert self.post(client, vreemde, nummer, reden).status_code == 422
        assert not Noodtoegang.objects.exists()

    def test_is_not_needed_for_whoever_may_see_it(
        self, casus: Casus, regisseur: Medewerker, client: Client
    ) -> None:
        assert self.post(client, regisseur, casus.nummer, "Ik wil dit graag even zien.").url == url_of(casus)
        assert not Noodtoegang.objects.exists()

    def test_is_absent_for_the_loket(self, casus: Casus, client: Client) -> None:
        assert get(client, LoketmedewerkerFactory(), "/noodtoegang/").status_code == 404
