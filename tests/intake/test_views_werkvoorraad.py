"""De werkvoorraad als pagina: wie haar ziet, wat erop staat en dat elke getoonde mens gelogd is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import ConceptFactory, MeldingFactory, MeldingTermijnFactory
from tests.factories.inwoners import InwonerFactory

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
URL = "/werkvoorraad/"


class TestWorklist:
    def test_shows_work_of_everybody_at_the_loket(
        self, aan: Client, loket: Medewerker, collega: Medewerker
    ) -> None:
        mijn = MeldingFactory(
            medewerker=loket, inwoner=InwonerFactory(achternaam="Zandstra", aangemaakt_door=loket)
        )
        jan = MeldingFactory(medewerker=collega, crisis=True, uiterlijk=timezone.now() + timedelta(days=9))
        anoniem = MeldingFactory(medewerker=collega, anoniem=True, van_niemand=True)
        ConceptFactory(medewerker=loket, gegevens={"achternaam": ["Halfgetypt"]})

        page = aan.get(URL).content.decode()

        for text in (
            "Annie Zandstra",
            mijn.nummer,
            jan.nummer,
            anoniem.nummer,
            "Anonieme melder",
            "Halfgetypt",
            "Crisis en spoed",
        ):
            assert text in page

    def test_leaves_out_what_is_closed_or_gone(
        self, aan: Client, loket: Medewerker, collega: Medewerker
    ) -> None:
        weg = [
            MeldingFactory(medewerker=loket, **{stand: True})
            for stand in ("gesloten", "in_triage", "bij_team")
        ]
        ConceptFactory(medewerker=collega, gegevens={"achternaam": ["Van een ander"]})

        page = aan.get(URL).content.decode()

        assert "Van een ander" not in page
        assert not any(melding.nummer in page for melding in weg)

    def test_logs_one_line_for_each_inwoner_shown(self, aan: Client, loket: Medewerker) -> None:
        meldingen = [MeldingFactory(medewerker=loket, uiterlijk=timezone.now()) for _ in range(3)]
        aan.get(URL)

        regels = Regel.objects.filter(actie="intake.view_worklist").values_list("inwoner_id", flat=True)
        assert sorted(regels) == sorted(melding.inwoner_id for melding in meldingen)

    @pytest.mark.parametrize(
        "vraag",
        [
            {"van": "mij"}, {"van": "x"}, {"organisatie": "9" * 40}, {"organisatie": "x"}, {"thema": "weer"},
            {"zoek": "a\x00b"}, {"zoek": "x" * 500}, {"na": "onzin"}, {"voor": "é"}, {"zoek": "😢"},
        ],
    )  # fmt: skip
    def test_survives_odd_filters(self, aan: Client, loket: Medewerker, vraag: dict[str, str]) -> None:
        MeldingFactory(medewerker=loket)

        assert aan.get(URL, vraag).status_code == 200

    def test_filters_by_name_and_keeps_the_filter_while_paging(
        self, aan: Client, loket: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("intake.bladeren.read_page.__kwdefaults__", {"na": "", "voor": "", "size": 2})
        for naam in ("Zandstra1", "Zandstra2", "Zandstra3", "Bakker"):
            MeldingFactory(medewerker=loket, inwoner=InwonerFactory(achternaam=naam, aangemaakt_door=loket))

        eerste = aan.get(URL, {"zoek": "zandstra"})
        tweede = aan.get(eerste.context["volgende_url"])

        assert "zoek=zandstra" in eerste.context["volgende_url"]
        assert "3 meldingen" in tweede.content.decode()
        assert "Zandstra3" in tweede.content.decode()
        assert "Zandstra1" in aan.get(tweede.context["vorige_url"]).content.decode()

    def test_gives_htmx_only_the_list(self, aan: Client) -> None:
        page = aan.get(URL, headers={"HX-Request": "true"}).content.decode()

        assert page.lstrip().startswith('<div id="lijst">')

    def test_asks_as_many_queries_for_many_as_for_few(
        self,
        aan: Client,
        loket: Medewerker,
        django_assert_max_num_queries: Callable[..., AbstractContextManager],
    ) -> None:
        for size in (2, 20):
            for _ in range(size):
                MeldingTermijnFactory(melding=MeldingFactory(medewerker=loket, uiterlijk=timezone.now()))
            with django_assert_max_num_queries(34):
                aan.get(URL)

    @pytest.mark.parametrize("wie", ["teamlid", "beleid"])
    def test_is_not_there_for_others(self, client: Client, request: pytest.FixtureRequest, wie: str) -> None:
        client.force_login(request.getfixturevalue(wie))

        assert client.get(URL).status_code == 404
        assert client.post(reverse("intake:worklist_next")).status_code == 404

    def test_sends_a_stranger_to_the_log_in(self, client: Client, loket: Medewerker) -> None:
        assert client.get(URL)["Location"].startswith(reverse("login"))


class TestWorklistNext:
    def test_takes_what_nobody_has(self, aan: Client, loket: Medewerker, collega: Medewerker) -> None:
        melding = MeldingFactory(medewerker=collega, van_niemand=True)
        response = aan.post(reverse("intake:worklist_next"))
        melding.refresh_from_db()

        assert response["Location"] == reverse("intake:melding_detail", kwargs={"nummer": melding.nummer})
        assert melding.verantwoordelijke == loket

    def test_says_that_all_is_taken(self, aan: Client, collega: Medewerker) -> None:
        MeldingFactory(medewerker=collega)

        assert "Alles is opgepakt" in aan.post(reverse("intake:worklist_next"), follow=True).content.decode()


class TestGesprekkenbalk:
    def test_lists_own_running_calls_on_every_page(
        self, aan: Client, als: Als, loket: Medewerker, collega: Medewerker
    ) -> None:
        melding = MeldingFactory(medewerker=loket)
        ConceptFactory(
            medewerker=loket, gegevens={"melder_soort": ["huisarts"], "melder_naam": ["Dokter Bakker"]}
        )
        ConceptFactory(
            medewerker=loket,
            begonnen_op=timezone.now() - timedelta(days=1),
            gegevens={"melder_naam": ["Van gisteren"]},
        )
        ConceptFactory(medewerker=collega, gegevens={"melder_naam": ["Van een ander"]})

        page = aan.get(reverse("intake:melding_detail", kwargs={"nummer": melding.nummer})).content.decode()

        assert "Dokter Bakker" in page
        assert "Van gisteren" not in page
        assert "Van een ander" not in page
