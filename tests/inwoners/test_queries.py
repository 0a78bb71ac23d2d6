"""Is deze mens bekend? Wie niet gezien mag worden, komt alleen terug als alles klopt."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from skt.inwoners.models import Inwoner
from skt.inwoners.queries import search_inwoners
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MedewerkerFactory, organisatie

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]


@pytest.fixture
def loket(systeem: Werkcontext) -> Medewerker:
    return LoketmedewerkerFactory(organisatie="gemeente")


@pytest.fixture
def elders(systeem: Werkcontext) -> Inwoner:
    """Bekend bij Kwadraad: alleen een gesloten melding van een medewerker daar."""
    jan = LoketmedewerkerFactory(organisatie="kwadraad")
    inwoner = InwonerFactory(achternaam="Brandsma", aangemaakt_door=jan)
    MeldingFactory(medewerker=jan, inwoner=inwoner, gesloten=True)
    return inwoner


@pytest.fixture
def hier(loket: Medewerker) -> Inwoner:
    """Er is een open melding bij het loket."""
    inwoner = InwonerFactory(
        achternaam="Brandsma", aangemaakt_door=loket, telefoon="06-12345678", huisnummer=3
    )
    MeldingFactory(medewerker=loket, inwoner=inwoner)
    return inwoner


class TestSearchInwoners:
    def test_finds_a_visible_person_by_the_beginning_of_the_name(
        self, als: Als, loket: Medewerker, hier: Inwoner, elders: Inwoner
    ) -> None:
        with als(loket):
            found = search_inwoners(naam="brands")

        assert [(one.inwoner_id, one.is_zichtbaar) for one in found] == [(hier.pk, True)]

    @pytest.mark.parametrize(
        "meer",
        [
            {"postcode": "2244qf", "huisnummer": 17},
            {"telefoon": "+31 70 5550218"},
            {"geboren": date(1942, 3, 8)},
        ],
    )
    def test_says_that_an_invisible_person_is_known_on_a_full_match(
        self, als: Als, loket: Medewerker, elders: Inwoner, meer: dict[str, object]
    ) -> None:
        with als(loket):
            (found,) = search_inwoners(naam="brandsma", **meer)

        assert (found.inwoner, found.inwoner_id) == (None, elders.pk)
        assert found.organisaties == (organisatie("kwadraad"),)

    @pytest.mark.parametrize(
        "vraag",
        [
            {"naam": "Brandsma"},
            {"telefoon": "070-5550218"},
            {"postcode": "2244 QF", "huisnummer": 17},
            {"naam": "Brandsm", "telefoon": "070-5550218"},
            {"naam": "Brandsma", "postcode": "2244 QF"},
        ],
    )
    def test_says_nothing_of_an_invisible_person_on_less(
        self, als: Als, loket: Medewerker, elders: Inwoner, vraag: dict[str, object]
    ) -> None:
        with als(loket):
            assert search_inwoners(**vraag) == []

    def test_finds_nobody_for_who_never_sees_people(self, als: Als, hier: Inwoner) -> None:
        with als(MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)):
            assert search_inwoners(naam="Brandsma", telefoon="06-12345678") == []

    @pytest.mark.parametrize(
        "vraag",
        [
            {},
            {"naam": "%"},
            {"naam": "_"},
            {"naam": "x'; --"},
            {"huisnummer": 2**40},
            {"naam": "Br", "huisnummer": -1},
        ],
    )
    def test_survives_odd_questions(self, als: Als, loket: Medewerker, vraag: dict[str, object]) -> None:
        with als(loket):
            assert search_inwoners(**vraag) == []

    def test_shows_each_person_in_a_fixed_number_of_queries(
        self,
        als: Als,
        loket: Medewerker,
        hier: Inwoner,
        django_assert_max_num_queries: Callable[..., AbstractContextManager],
    ) -> None:
        for nummer in range(8):
            inwoner = InwonerFactory(achternaam=f"Brandsma{nummer}", aangemaakt_door=loket)
            MeldingFactory(medewerker=loket, inwoner=inwoner)
        with als(loket), django_assert_max_num_queries(3):
            assert len(search_inwoners(naam="Brandsma")) == 9
