"""Mensen opschrijven en verbeteren, en hun BSN: versleuteld, en alleen met een reden te zien."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest

from intake.services import register_inwoner, reveal_bsn, store_bsn, update_inwoner
from intake.services.inwoners import (
    BsnAbsent,
    InwonerIncomplete,
    InwonerInvalid,
    InwonerNotYours,
    ReasonMissing,
)
from skt.inwoners.models import Bsn, Inwoner
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import MeldingFactory
from tests.factories.inwoners import TESTBSN, BsnFactory, InwonerFactory
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
REDEN = "Aanvraag Wmo, gesprek van vandaag"


@pytest.fixture
def inwoner(loket: Medewerker) -> Inwoner:
    """Met een open melding, dus zichtbaar voor het loket en de toegang."""
    inwoner = InwonerFactory(aangemaakt_door=loket)
    MeldingFactory(medewerker=loket, inwoner=inwoner)
    return inwoner


class TestRegisterInwoner:
    def test_keeps_one_spelling_and_is_seen_by_its_maker_only(
        self, als: Als, loket: Medewerker, collega: Medewerker
    ) -> None:
        with als(loket):
            inwoner = register_inwoner(
                actor=loket,
                at=MAANDAG,
                achternaam=" Verhage ",
                postcode="2244qf",
                telefoon="+31705550218",
                taal="Pools",
            )
            assert Inwoner.objects.filter(pk=inwoner.pk).exists()
        with als(collega):
            assert not Inwoner.objects.filter(pk=inwoner.pk).exists()

        assert (inwoner.achternaam, inwoner.postcode, inwoner.telefoon) == (
            "Verhage",
            "2244 QF",
            "070-5550218",
        )
        assert Regel.objects.get().inwoner_id == inwoner.pk

    @pytest.mark.parametrize(
        ("feiten", "fout"),
        [
            ({"achternaam": " "}, InwonerIncomplete),
            ({"achternaam": "A", "geboortedatum": date(2026, 11, 3)}, InwonerInvalid),
            ({"achternaam": "A", "geboortejaar": 2027}, InwonerInvalid),
            ({"achternaam": "A", "geboortejaar": 1800}, InwonerInvalid),
            ({"achternaam": "A", "geboortedatum": date(1889, 12, 31)}, InwonerInvalid),
            ({"achternaam": "A", "veilig_contact": "beperkt"}, InwonerInvalid),
            ({"achternaam": "A", "geslacht": "x"}, InwonerInvalid),
        ],
    )
    def test_refuses_what_cannot_be(
        self, als: Als, loket: Medewerker, feiten: dict[str, Any], fout: type[Exception]
    ) -> None:
        with als(loket):
            with pytest.raises(fout):
                register_inwoner(actor=loket, at=MAANDAG, **feiten)
            assert not Inwoner.objects.exists()

        assert acties() == []

    def test_prefers_the_date_above_the_year(self, als: Als, loket: Medewerker) -> None:
        with als(loket):
            inwoner = register_inwoner(
                actor=loket, at=MAANDAG, achternaam="A", geboortedatum=date(1942, 3, 8), geboortejaar=1943
            )

        assert inwoner.geboortejaar is None


class TestUpdateInwoner:
    def test_names_what_changed_and_only_that(self, als: Als, loket: Medewerker, inwoner: Inwoner) -> None:
        with als(loket):
            changed = update_inwoner(
                inwoner=inwoner,
                actor=loket,
                at=MAANDAG,
                roepnaam="Anna",
                telefoon="070 5550218",
                taal="Fries",
            )

        assert (changed.roepnaam, changed.telefoon, changed.taal) == ("Anna", "070-5550218", "Fries")
        assert Regel.objects.get(actie="intake.update_inwoner").gegevens["gewijzigd"] == ["roepnaam", "taal"]

    def test_logs_nothing_when_nothing_changed(self, als: Als, loket: Medewerker, inwoner: Inwoner) -> None:
        with als(loket):
            update_inwoner(inwoner=inwoner, actor=loket, at=MAANDAG, roepnaam="Annie")

        assert acties() == []

    def test_refuses_who_may_not_see_the_person(
        self, als: Als, teamlid: Medewerker, inwoner: Inwoner
    ) -> None:
        with als(teamlid), pytest.raises(InwonerNotYours):
            update_inwoner(inwoner=inwoner, actor=teamlid, at=MAANDAG, roepnaam="Anna")
        inwoner.refresh_from_db()

        assert inwoner.roepnaam == "Annie"

    def test_refuses_columns_that_the_database_keeps(
        self, als: Als, loket: Medewerker, inwoner: Inwoner
    ) -> None:
        with als(loket), pytest.raises(ValueError, match="lees_organisaties"):
            update_inwoner(inwoner=inwoner, actor=loket, at=MAANDAG, lees_organisaties=[1])


class TestBsn:
    def test_is_stored_encrypted_and_shown_with_a_reason(
        self, als: Als, zorgregisseur: Medewerker, inwoner: Inwoner
    ) -> None:
        with als(zorgregisseur):
            stored = store_bsn(inwoner=inwoner, actor=zorgregisseur, at=MAANDAG, bsn=TESTBSN)
            shown = reveal_bsn(inwoner=inwoner, actor=zorgregisseur, at=MAANDAG, reden=REDEN)

        assert TESTBSN.encode() not in bytes(stored.versleuteld)
        assert (shown, str(stored)) == (TESTBSN, "••••••019")
        regel = Regel.objects.get(actie="intake.reveal_bsn")
        assert (regel.soort, regel.reden, regel.inwoner_id) == ("lezen", REDEN, inwoner.pk)
        assert not any(TESTBSN in str(regel.gegevens) for regel in Regel.objects.all())

    @pytest.mark.parametrize("reden", ["", "omdat", "         "])
    def test_is_not_shown_without_a_reason(
        self, als: Als, zorgregisseur: Medewerker, inwoner: Inwoner, reden: str
    ) -> None:
        BsnFactory(inwoner=inwoner)
        with als(zorgregisseur), pytest.raises(ReasonMissing):
            reveal_bsn(inwoner=inwoner, actor=zorgregisseur, at=MAANDAG, reden=reden)

        assert acties() == []

    def test_is_of_nobody_but_the_zorgregisseur(self, als: Als, loket: Medewerker, inwoner: Inwoner) -> None:
        BsnFactory(inwoner=inwoner)
        with als(loket):
            assert not Bsn.objects.exists()
            with pytest.raises(InwonerNotYours):
                reveal_bsn(inwoner=inwoner, actor=loket, at=MAANDAG, reden=REDEN)
            with pytest.raises(InwonerNotYours):
                store_bsn(inwoner=inwoner, actor=loket, at=MAANDAG, bsn=TESTBSN)

        assert acties() == []

    def test_can_be_absent(self, als: Als, zorgregisseur: Medewerker, inwoner: Inwoner) -> None:
        with als(zorgregisseur), pytest.raises(BsnAbsent):
            reveal_bsn(inwoner=inwoner, actor=zorgregisseur, at=MAANDAG, reden=REDEN)
