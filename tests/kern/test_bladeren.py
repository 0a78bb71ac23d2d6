"""Pages by the key of a row: nothing twice, nothing lost, also while somebody adds and removes."""

import pytest
from django.db.models.functions import Lower
from django.test import RequestFactory

from skt.kern.bladeren import Bladzijde, page, page_url
from skt.medewerkers.models import Medewerker, Team
from tests.factories.medewerkers import MedewerkerFactory


def numbers(bladzijde: Bladzijde[Medewerker]) -> list[str]:
    return [medewerker.achternaam for medewerker in bladzijde.rijen]


@pytest.fixture
def people(systeem: object) -> None:
    for naam in ("Cas", "aal", "Bos", "bos", "Dam", "dam", "Eik"):
        MedewerkerFactory(achternaam=naam)


@pytest.mark.usefixtures("people")
class TestPage:
    def pages(self, *keys: str, size: int = 3) -> list[list[str]]:
        found, cursor = [], ""
        while True:
            bladzijde = self.page(*keys, size=size, na=cursor)
            found.append(numbers(bladzijde))
            if not (cursor := bladzijde.volgende):
                return found

    def page(self, *keys: str, **how: object) -> Bladzijde[Medewerker]:
        return page(Medewerker.objects.annotate(klein=Lower("achternaam")), *(keys or ("klein", "id")), **how)

    def test_goes_through_all_in_order(self) -> None:
        assert self.pages() == [["aal", "Bos", "bos"], ["Cas", "Dam", "dam"], ["Eik"]]
        assert self.pages("-klein", "-id") == [["Eik", "dam", "Dam"], ["Cas", "bos", "Bos"], ["aal"]]

    def test_a_full_last_page_has_no_next(self) -> None:
        assert self.pages(size=7) == [["aal", "Bos", "bos", "Cas", "Dam", "dam", "Eik"]]

    def test_goes_back_the_same_way(self) -> None:
        first = self.page(size=3)
        second = self.page(size=3, na=first.volgende)
        third = self.page(size=3, na=second.volgende)

        back = self.page(size=3, voor=third.vorige)

        assert numbers(back) == numbers(second)
        assert self.page(size=3, voor=back.vorige) == first
        assert first.vorige == third.volgende == ""

    def test_a_row_added_meanwhile_shifts_nothing(self) -> None:
        first = self.page(size=3)
        MedewerkerFactory(achternaam="aap")

        assert numbers(self.page(size=3, na=first.volgende)) == ["Cas", "Dam", "dam"]

    @pytest.mark.parametrize("cursor", ["999999", "x", "-1", "1; DROP", "9" * 40, None, "١"])
    def test_nonsense_is_the_first_page(self, cursor: str | None) -> None:
        assert numbers(self.page(size=3, na=cursor)) == ["aal", "Bos", "bos"]
        assert numbers(self.page(size=3, voor=cursor)) == ["aal", "Bos", "bos"]

    def test_a_cursor_of_outside_the_filter_tells_nothing(self) -> None:
        """Somebody else's row as cursor: no answer about where it would have stood."""
        hidden = Medewerker.objects.get(achternaam="Eik")
        mine = Medewerker.objects.exclude(pk=hidden.pk)

        assert page(mine, "-id", size=2, na=str(hidden.pk)) == page(mine, "-id", size=2)

    def test_nothing_is_an_empty_page(self) -> None:
        assert page(Team.objects.none(), "id", size=5) == Bladzijde([])


class TestPageUrl:
    @pytest.mark.parametrize(
        ("gevraagd", "cursor", "adres"),
        [
            ("/casussen/", {"na": "12"}, "/casussen/?na=12"),
            ("/casussen/?van=team&na=3&voor=9", {"voor": "12"}, "/casussen/?van=team&voor=12"),
            ("/casussen/?zoek=a%26b&na=3", {"na": "12"}, "/casussen/?zoek=a%26b&na=12"),
            ("/casussen/?van=team", {"na": ""}, ""),
        ],
    )
    def test_keeps_the_filters_and_only_the_new_cursor(
        self, rf: RequestFactory, gevraagd: str, cursor: dict[str, str], adres: str
    ) -> None:
        assert page_url(rf.get(gevraagd), **cursor) == adres
