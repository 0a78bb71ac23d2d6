"""De tijdlijn van een casus: alles één keer, nieuwste eerst, bladzijde na bladzijde."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from casusregie.models import Casus
from casusregie.tijdlijn import SOORTEN, read_tijdlijn
from skt.medewerkers.models import Medewerker
from tests.casusregie.conftest import Als
from tests.factories.casusregie import ActieFactory, CasusFactory, NazorgFactory, NotitieFactory
from tests.factories.triage import DONDERDAG


def pages(casus: Casus, soort: str = "", aantal: int = 3) -> list[list[str]]:
    """De titels van elke bladzijde, van de nieuwste naar de oudste."""
    found, na = [], ""
    while True:
        blad = read_tijdlijn(casus, soort=soort, na=na, aantal=aantal)
        found.append([f"{item.titel} {item.tekst}".strip() for item in blad.items])
        na = blad.volgende
        if not na:
            return found


@pytest.fixture
def druk(casus: Casus) -> Casus:
    """Een casus waarin op één moment van alles gebeurde."""
    for nummer in range(5):
        NotitieFactory(casus=casus, tekst=f"Notitie {nummer}")
        ActieFactory(
            casus=casus, klaar=True, wat=f"Actie {nummer}", afgerond_op=DONDERDAG + timedelta(days=1)
        )
    return casus


class TestReadTijdlijn:
    def test_shows_everything_once_whatever_the_size_of_a_page(self, druk: Casus) -> None:
        alles = read_tijdlijn(druk, aantal=100)
        assert alles.volgende == ""
        titels = [f"{item.titel} {item.tekst}".strip() for item in alles.items]
        assert len(titels) == len(set(titels)) == 5 + 5 + 1 + 1 + 2
        for aantal in (1, 3, 7):
            assert [titel for blad in pages(druk, aantal=aantal) for titel in blad] == titels

    def test_runs_from_new_to_old(self, druk: Casus) -> None:
        items = read_tijdlijn(druk, aantal=100).items
        assert items == sorted(items, key=lambda item: item.op, reverse=True)

    def test_shows_one_kind(self, druk: Casus) -> None:
        assert [len(blad) for blad in pages(druk, "notities")] == [3, 2]
        for soort, _ in SOORTEN:
            assert all("Casus geopend" not in titel for blad in pages(druk, soort) for titel in blad)

    @pytest.mark.parametrize(
        "na", ["onzin", "notitie-0", "actie-", "notitie-99999999999999999999", "-1", "geopend-x"]
    )
    def test_begins_at_the_top_for_an_unknown_place(self, druk: Casus, na: str) -> None:
        assert read_tijdlijn(druk, na=na) == read_tijdlijn(druk)

    def test_tells_the_whole_life(self, systeem: Any) -> None:
        casus = CasusFactory(gesloten=True, opgeschaald=True)
        eerder = DONDERDAG + timedelta(days=16)
        NazorgFactory(casus=casus, gedaan=True, resultaat="geen gehoor", uitgevoerd_op=eerder)
        titels = " · ".join(item.titel for item in read_tijdlijn(casus).items)
        for deel in (
            "Casus geopend",
            "Casus afgesloten",
            "Procesregie: ",
            "Nazorg: geen gehoor",
            "Nazorg: redt zich",
        ):
            assert deel in titels

    def test_shows_a_stranger_nothing(self, als: Als, druk: Casus, vreemde: Medewerker) -> None:
        with als(vreemde):
            assert read_tijdlijn(druk).items == []

    def test_costs_the_same_at_two_sizes(
        self, druk: Casus, django_assert_max_num_queries: Callable[..., Any]
    ) -> None:
        for aantal in (5, 100):
            with django_assert_max_num_queries(9):
                read_tijdlijn(druk, aantal=aantal)
            for _ in range(20):
                NotitieFactory(casus=druk)


class TestOnThePage:
    def test_turns_the_page_with_and_without_htmx(
        self, casus: Casus, regisseur: Medewerker, client: Client
    ) -> None:
        for nummer in range(25):
            NotitieFactory(casus=casus, tekst=f"Notitie {nummer:02}.")
        client.force_login(regisseur)
        url = f"/casussen/{casus.nummer}/"
        eerste = client.get(url)
        verder = eerste.context["tijdlijn_eerder"]
        assert "Toon eerder" in eerste.content.decode()
        tweede = client.get(verder)
        assert "Notitie 00." in tweede.content.decode()
        assert "Terug naar het nieuwste" in tweede.content.decode()
        stuk = client.get(verder, headers={"HX-Request": "true", "HX-Target": "tijdlijn"}).content.decode()
        assert "Notitie 00." in stuk
        assert "<html" not in stuk
        assert "Wat is nu aan de beurt" not in stuk
