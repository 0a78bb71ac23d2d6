"""De zoekbalk: op nummer, naam, geboortedatum, telefoon of postcode, en niemand vindt meer dan hij mag zien."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from intake.zoeken import find_inwoners_en_meldingen
from skt.inwoners.models import Inwoner
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.inwoners import InwonerFactory

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]


@pytest.fixture
def inwoner(loket: Medewerker) -> Inwoner:
    inwoner = InwonerFactory(achternaam="Berg", voorvoegsel="van den", aangemaakt_door=loket)
    MeldingFactory(medewerker=loket, inwoner=inwoner, nummer="2026-8001")
    return inwoner


class TestFind:
    @pytest.mark.parametrize(
        "vraag",
        [
            "Berg",
            "van den Berg",
            "Annie van den Berg",
            "08-03-1942",
            "8-3-1942",
            "070-555 02 18",
            "2244 QF",
            "2244qf 17",
            "Berg 8-3-1942",
        ],
    )
    def test_finds_a_person_however_it_is_asked(
        self, als: Als, loket: Medewerker, inwoner: Inwoner, vraag: str
    ) -> None:
        with als(loket):
            (vondst,) = find_inwoners_en_meldingen(loket, vraag)

        assert (vondst.titel, str(inwoner.uuid) in vondst.url) == ("Annie van den Berg", True)
        assert Regel.objects.get(actie="intake.search_inwoner").inwoner_id == inwoner.pk

    def test_finds_a_melding_by_its_number(self, als: Als, loket: Medewerker, inwoner: Inwoner) -> None:
        with als(loket):
            (vondst,) = find_inwoners_en_meldingen(loket, "2026-8001")

        assert vondst.url == "/meldingen/2026-8001/"
        assert Regel.objects.filter(actie="intake.search_melding").count() == 1

    def test_says_of_others_only_that_they_are_known(self, als: Als, loket: Medewerker) -> None:
        jan = LoketmedewerkerFactory(organisatie="kwadraad")
        elders = InwonerFactory(achternaam="Brandsma", aangemaakt_door=jan)
        MeldingFactory(medewerker=jan, inwoner=elders, gesloten=True, nummer="2026-8002")
        with als(loket):
            (vondst,) = find_inwoners_en_meldingen(loket, "Brandsma 8-3-1942")
            assert find_inwoners_en_meldingen(loket, "Brandsma") == []
            assert find_inwoners_en_meldingen(loket, "2026-8002") == []

        assert (vondst.titel, vondst.url) == ("Bekend bij Kwadraad", "")

    def test_hides_a_secret_address(self, als: Als, loket: Medewerker) -> None:
        MeldingFactory(
            medewerker=loket, inwoner=InwonerFactory(achternaam="Schuil", geheim=True, aangemaakt_door=loket)
        )
        with als(loket):
            (vondst,) = find_inwoners_en_meldingen(loket, "Schuil")

        assert "2244" not in vondst.tekst

    @pytest.mark.parametrize(
        "vraag", ["", "x", "12", "\x00", "%", "9" * 100, "0000-00", "31-31-2026", "😢 😢"]
    )
    def test_survives_odd_questions(self, als: Als, loket: Medewerker, inwoner: Inwoner, vraag: str) -> None:
        with als(loket):
            assert find_inwoners_en_meldingen(loket, vraag) == []

    def test_is_nothing_for_who_never_sees_people(
        self, als: Als, beleid: Medewerker, inwoner: Inwoner
    ) -> None:
        with als(beleid):
            assert find_inwoners_en_meldingen(beleid, "Berg") == []
