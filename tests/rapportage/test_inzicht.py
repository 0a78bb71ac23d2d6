"""Inzicht in de pilot: dezelfde bytes als de kubussen, wie het ziet, en dat wat nu wacht van wie kijkt zelf is."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding
from rapportage.inzicht.figuren import _finding
from rapportage.inzicht.wachten import waiting
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.rapportage import publish_tables
from tests.factories.triage import AanmeldingFactory, ToegangFactory, TriageFactory
from tests.fixtures import MAANDAG
from tests.rapportage.rapport import K3, K3_TOEN

pytestmark = [
    pytest.mark.django_db(databases=["default", "rapport"]),
    pytest.mark.usefixtures("een_verbinding"),
]
Als = Callable[[Medewerker], AbstractContextManager[Any]]
URL = "/inzicht/"
MAG = (Rol.KWARTIERMAKER, Rol.TEAMCOORDINATOR)
CIJFERS: dict[str, Any] = {
    "meldingen": 200,
    "kanaal": {"telefonisch": 150, "digitaal": 45, "huisbezoek": 5},
    "route": {"informatie en advies": 150, "triage: jeugd": 30, "triage: volwassenen": 15, "crisisroute": 5},
    "contacten-totaal": 180,
    "contact-doorverbonden": {"geen": 150, "kwadraad": 25, "mee": 5},
    "termijn": {"op tijd": 60, "te laat": 15},
    "wachtend": {"loket": 30, "overleg volwassenen": 25, "triage": 5},
    "wachtend-totaal": 60,
    "stap": {"melding tot triage": 60},
    "stap-stap-klasse": {("melding tot triage", "2-3"): 40, ("melding tot triage", "8-14"): 20},
}


@pytest.fixture
def coordinator() -> Medewerker:
    """Of another organisation than the loket: what they see is their team's."""
    return MedewerkerFactory(rol=Rol.TEAMCOORDINATOR, organisatie="smow")


def main(client: Client, vraag: str = "") -> str:
    antwoord = client.get(f"{URL}{vraag}")
    assert antwoord.status_code == 200
    return " ".join(antwoord.content.decode().split("<main")[1].split())


class TestPast:
    @pytest.fixture
    def browser(self, client: Client) -> Client:
        client.force_login(MedewerkerFactory(rol=Rol.KWARTIERMAKER, organisatie="gemeente"))
        return client

    def test_says_what_the_cubes_say_and_nothing_else(self, browser: Client) -> None:
        publish_tables(K3, CIJFERS)
        publish_tables(K3_TOEN, {"meldingen": 100})

        html = main(browser)

        assert "Van elke tien meldingen gaan er 2 naar triage: 45 van de 200" in html
        assert html.index("skt-zinnen") < html.index("skt-figuren")
        assert html.count("<figure") == html.count("<caption") == 6
        assert reverse("triage:protocol_deviations") in html
        getallen = re.findall(r"<td>\s*([0-9&][^<]*?)\s*</td>", self.flow(html))
        assert set(getallen) == {"200", "150", "45", "30", "15", "&lt;10"}
        assert "2025" in main(browser, "?periode=2025-K3")

    def test_nought_and_five_look_the_same(self, browser: Client) -> None:
        """And a number behind them never comes back as a sum or a thickness."""
        publish_tables(K3, CIJFERS)
        publish_tables(K3_TOEN, CIJFERS | {"route": CIJFERS["route"] | {"crisisroute": 0, "ingetrokken": 5}})

        toen, nu = (main(browser, f"?periode={code}&naast=vorige") for code in ("2025-K3", "2026-K3"))

        assert self.flow(toen).replace("2025", "2026") == self.flow(nu)

    def flow(self, html: str) -> str:
        return html.split('id="figuur-stroom"')[1].partition("</figure>")[0]

    @pytest.mark.parametrize("rol", MAG)
    def test_both_see_where_meldingen_waited_when_the_period_ended(self, client: Client, rol: Rol) -> None:
        publish_tables(K3, CIJFERS)
        client.force_login(MedewerkerFactory(rol=rol, organisatie="gemeente"))

        figuur = main(client).split('id="figuur-wachten-plek"')[1].partition("</figure>")[0]

        getallen = re.findall(r"<td>\s*([0-9&][^<]*?)\s*</td>", figuur)
        assert (getallen[:3], set(getallen[3:])) == (["30", "25", "&lt;10"], {"&lt;10", "60"})

    def test_later_work_changes_no_byte(self, browser: Client) -> None:
        publish_tables(K3, CIJFERS)
        was = main(browser)

        MeldingFactory(ontvangen_op=MAANDAG - timedelta(days=60))

        assert main(browser) == was

    @pytest.mark.parametrize("vraag", ["?periode=2019", "?periode=%00", "?periode=" + "9" * 400])
    def test_an_unknown_period_gets_a_sentence_and_a_known_one(self, browser: Client, vraag: str) -> None:
        publish_tables(K3, CIJFERS)

        assert "Van deze periode zijn geen cijfers" in main(browser, vraag)

    def test_before_the_first_month_it_says_so(self, browser: Client) -> None:
        assert "Er is nog geen maand vastgezet" in main(browser)

    @pytest.mark.parametrize(
        ("meldingen", "triage", "zin"),
        [
            (None, 45, "te weinig meldingen"),
            (200, None, "ging een klein deel naar triage"),
            (200, 10, "gaat er nog geen één"),
            (200, 20, "gaat er één"),
        ],
    )
    def test_the_title_states_the_finding(self, meldingen: int | None, triage: int | None, zin: str) -> None:
        assert zin in _finding(meldingen, {"triage: jeugd": triage, "triage": None})


class TestWhoMay:
    @pytest.mark.parametrize("rol", [rol for rol in Rol if rol not in MAG])
    def test_nobody_else_gets_a_page(self, client: Client, rol: Rol) -> None:
        client.force_login(MedewerkerFactory(rol=rol))

        assert client.get(URL).status_code == 404

    def test_the_kwartiermaker_counts_nothing_that_waits(self, client: Client, als: Als) -> None:
        MeldingFactory()
        wie = MedewerkerFactory(rol=Rol.KWARTIERMAKER, organisatie="gemeente")
        client.force_login(wie)

        assert "figuur-wachten" not in main(client)
        with als(wie):
            assert waiting(wie, MAANDAG) is None


class TestWaiting:
    def test_a_coordinator_counts_what_they_can_open(
        self, client: Client, als: Als, coordinator: Medewerker
    ) -> None:
        loket, toegang = LoketmedewerkerFactory(), ToegangFactory()
        for dagen in (1, 10, 20, 40):
            op = MAANDAG - timedelta(days=dagen)
            melding = MeldingFactory(
                medewerker=loket,
                bij_team=True,
                ontvangen_op=op,
                uiterlijk=MAANDAG + timedelta(days=25 - dagen),
            )
            AanmeldingFactory(
                melding=melding, te_beleggen=True, triage=TriageFactory(melding=melding, medewerker=toegang)
            )
        MeldingFactory(medewerker=loket)

        with als(coordinator):
            figuur = waiting(coordinator, MAANDAG)
            te_openen = Melding.objects.count()

        assert figuur is not None
        assert figuur.tabel is not None
        assert te_openen == 4
        assert figuur.tabel.rijen == [["Volwassenen: te beleggen", 4, 1, 0, 1, 1, 1, 1]]
        assert figuur.grafiek["rijen"] == [{"label": "Volwassenen: te beleggen", "waarden": [2, 2]}]

    def test_without_work_it_says_so(self, als: Als, coordinator: Medewerker) -> None:
        MeldingFactory()
        with als(coordinator):
            figuur = waiting(coordinator, timezone.now())

        assert figuur is not None
        assert figuur.titel == "Er wacht nu geen melding die u kunt openen"
