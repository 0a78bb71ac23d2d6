"""Is deze mens bekend? Wie niet gezien mag worden, komt alleen terug als alles klopt."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

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


class TestAlike:
    """Hoe een beller het ook zegt of schrijft: de inwoner staat in de eerste vijf."""

    @pytest.fixture
    def dorp(self, loket: Medewerker) -> dict[str, Inwoner]:
        rows: dict[str, dict[str, object]] = {
            "meijer": {"achternaam": "Meijer", "roepnaam": "Philip"},
            "berg": {"achternaam": "Berg", "voorvoegsel": "van den", "roepnaam": "Johanna"},
            "dubbel": {"achternaam": "Jansen-de Vries", "geboortenaam": "Vries", "roepnaam": "Els"},
            "brandt": {"achternaam": "Brandt", "roepnaam": "Dick"},
            "schafer": {"achternaam": "Schäfer", "roepnaam": "Kenneth"},
            "haack": {"achternaam": "Haack", "roepnaam": "Mia"},
            "kuijpers": {"achternaam": "Kuijpers", "roepnaam": "Wim", "geboortedatum": date(1955, 4, 7)},
            "geheim": {"achternaam": "Postma", "postcode": "2245 QF", "geheim_adres": True, "telefoon": ""},
        }
        found = {}
        for at, (name, facts) in enumerate(rows.items()):
            usual = {
                "geboortedatum": date(1950, 1 + at, 3),
                "telefoon": f"06-0000100{at}",
                "huisnummer": at + 1,
            }
            found[name] = InwonerFactory(aangemaakt_door=loket, **(usual | facts))
            MeldingFactory(medewerker=loket, inwoner=found[name])
        return found

    @pytest.mark.parametrize(
        ("wie", "vraag"),
        [
            ("meijer", {"naam": "Meier"}),
            ("meijer", {"naam": "Meyer", "voornaam": "Filip"}),
            ("meijer", {"naam": "Meij"}),
            ("meijer", {"naam": "Mejier", "voornaam": "P."}),
            ("berg", {"naam": "v.d. Berg"}),
            ("berg", {"naam": "vd Berg", "voornaam": "Annie"}),
            ("berg", {"naam": "van den Berg"}),
            ("berg", {"naam": "Vandenberg"}),
            ("dubbel", {"naam": "de Vries"}),
            ("dubbel", {"naam": "Vries-Jansen"}),
            ("dubbel", {"naam": "Janssen"}),
            ("brandt", {"naam": "Brant"}),
            ("brandt", {"naam": "Brand", "voornaam": "Dirk"}),
            ("schafer", {"naam": "Schaefer"}),
            ("schafer", {"naam": "Schafer"}),
            ("haack", {"naam": "Haak"}),
            ("kuijpers", {"naam": "Kuipers"}),
            ("kuijpers", {"naam": "Heel Anders", "geboren": date(1955, 4, 7)}),
            ("kuijpers", {"naam": "Kuijpers", "geboren": date(1955, 7, 4)}),
            ("kuijpers", {"geboren": date(1956, 4, 7), "voornaam": "Willem"}),
            ("kuijpers", {"naam": "Kuypers", "geboortejaar": 1955}),
            ("haack", {"telefoon": "+31 6 00001005"}),
            ("haack", {"telefoon": "0031600001005"}),
            ("haack", {"postcode": "2244qf", "huisnummer": 6}),
        ],
    )
    def test_is_found_however_it_is_said(
        self, als: Als, loket: Medewerker, dorp: dict[str, Inwoner], wie: str, vraag: dict[str, object]
    ) -> None:
        with als(loket):
            found = search_inwoners(**vraag)

        assert dorp[wie].pk in [one.inwoner_id for one in found[:5]]

    def test_is_never_by_a_secret_address(
        self, als: Als, loket: Medewerker, dorp: dict[str, Inwoner]
    ) -> None:
        with als(loket):
            assert search_inwoners(postcode="2245 QF", huisnummer=8) == []

    def test_tells_who_live_in_one_house_apart(self, als: Als, loket: Medewerker) -> None:
        vader = InwonerFactory(achternaam="Bos", roepnaam="Henk", aangemaakt_door=loket)
        dochter = InwonerFactory(
            achternaam="Bos", roepnaam="Sanne", aangemaakt_door=loket, geboortedatum=date(1971, 5, 5)
        )
        for one in (vader, dochter):
            MeldingFactory(medewerker=loket, inwoner=one)
        with als(loket):
            found = search_inwoners(naam="Bos", voornaam="Sanne", postcode="2244 QF", huisnummer=17)

        assert [(one.inwoner_id, one.tegen) for one in found] == [(dochter.pk, False), (vader.pk, True)]

    @pytest.mark.parametrize(
        "vraag",
        [
            {"naam": "Brandsmaa", "geboren": date(1942, 3, 8)},
            {"naam": "Brantsma", "telefoon": "070-5550218"},
            {"naam": "Brandsma", "geboren": date(1942, 8, 3)},
            {"naam": "Brandsma", "geboren": date(1942, 3, 9)},
            {"naam": "Brandsma", "voornaam": "Annie", "geboortejaar": 1942},
            {"naam": "Brand", "postcode": "2244 QF", "huisnummer": 17},
            {"naam": "Brandsma", "postcode": "2244 QF", "huisnummer": 18},
            {"voornaam": "Annie", "geboren": date(1942, 3, 8), "telefoon": "070-5550218"},
        ],
    )
    def test_never_fishes_for_who_may_not_be_seen(
        self, als: Als, loket: Medewerker, elders: Inwoner, vraag: dict[str, object]
    ) -> None:
        """Nearly right is as good as wrong."""
        with als(loket):
            assert search_inwoners(**vraag) == []

    def test_a_secret_address_is_no_full_match(self, als: Als, loket: Medewerker, elders: Inwoner) -> None:
        Inwoner.objects.filter(pk=elders.pk).update(geheim_adres=True)
        with als(loket):
            assert search_inwoners(naam="Brandsma", postcode="2244 QF", huisnummer=17) == []
            assert len(search_inwoners(naam="Brandsma", geboren=date(1942, 3, 8))) == 1

    def test_follows_a_change_at_once(self, als: Als, loket: Medewerker, hier: Inwoner) -> None:
        Inwoner.objects.filter(pk=hier.pk).update(achternaam="Zwart")
        with als(loket):
            assert search_inwoners(naam="Brandsma") == []
            assert [one.inwoner_id for one in search_inwoners(naam="Swart")] == [hier.pk]

    def test_cannot_be_read_or_asked_directly(self, als: Als, loket: Medewerker, hier: Inwoner) -> None:
        for question in (
            "SELECT count(*) FROM inwoners_zoeksleutel",
            "SELECT inwoners_klank('x')",
            "SELECT * FROM inwoners_vergelijk('x', NULL, NULL, '', NULL, '', '', '{}', '', true)",
        ):
            with (
                als(loket),
                connection.cursor() as cursor,
                pytest.raises(ProgrammingError),
                transaction.atomic(),
            ):
                cursor.execute(question)
