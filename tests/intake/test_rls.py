"""Slot 2 op het voorportaal, met ruwe SQL als twee organisaties: wat Python vergeet, weigert PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from intake.models import Concept, Melding
from intake.services import register_contact, register_melding
from intake.services.inwoners import Bekende, InwonerDoesNotFit, reached
from skt.inwoners.models import Inwoner
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from tests.factories.intake import (
    AanvullingFactory,
    ConceptFactory,
    MeldingFactory,
    MeldingTermijnFactory,
    UitvraagFactory,
)
from tests.factories.inwoners import BsnFactory
from tests.fixtures import MAANDAG

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
TABELLEN = (
    "intake_melding",
    "intake_contactmoment",
    "intake_aanvulling",
    "intake_meldingtermijn",
    "intake_uitvraag",
    "intake_antwoord",
)


def sql(query: str, *params: Any) -> int:
    """How many rows it gave or touched."""
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return len(cursor.fetchall()) if cursor.description else cursor.rowcount


def counts() -> dict[str, int]:
    return {tabel: sql(f"SELECT 1 FROM {tabel}") for tabel in TABELLEN}


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        yield


@pytest.fixture
def dicht(loket: Medewerker) -> Melding:
    """Een gesloten melding van de gemeente, met alles erbij."""
    melding = MeldingFactory(medewerker=loket, gesloten=True)
    UitvraagFactory(melding=melding, scores={"sociaal": 2})
    AanvullingFactory(melding=melding)
    MeldingTermijnFactory(melding=melding)
    return melding


@pytest.fixture
def open_(loket: Medewerker) -> Melding:
    melding = MeldingFactory(medewerker=loket)
    UitvraagFactory(melding=melding, scores={"sociaal": 2})
    AanvullingFactory(melding=melding)
    MeldingTermijnFactory(melding=melding)
    return melding


class TestReading:
    def test_of_an_open_melding_is_for_the_whole_loket(
        self, als: Als, open_: Melding, collega: Medewerker
    ) -> None:
        with als(collega):
            assert counts() == dict.fromkeys(TABELLEN, 1)

    def test_of_a_closed_one_is_for_its_own_organisation(
        self, als: Als, dicht: Melding, loket: Medewerker, collega: Medewerker
    ) -> None:
        with als(loket):
            assert counts() == dict.fromkeys(TABELLEN, 1)
        with als(collega):
            assert counts() == dict.fromkeys(TABELLEN, 0)
            assert not Inwoner.objects.filter(pk=dicht.inwoner_id).exists()

    @pytest.mark.parametrize("wie", ["teamlid", "beleid"])
    def test_is_not_for_who_does_not_work_at_the_loket(
        self, als: Als, request: pytest.FixtureRequest, open_: Melding, wie: str
    ) -> None:
        with als(request.getfixturevalue(wie)):
            assert counts() == dict.fromkeys(TABELLEN, 0)
            assert sql("SELECT * FROM intake_eerdere_meldingen(%s)", open_.inwoner_id) == 0

    def test_of_a_concept_is_for_its_author_only_even_for_the_system(
        self, als: Als, loket: Medewerker, collega: Medewerker
    ) -> None:
        ConceptFactory(medewerker=loket)
        assert not Concept.objects.exists()
        with als(collega):
            assert sql("SELECT 1 FROM intake_concept") == 0
        with als(loket):
            assert sql("SELECT 1 FROM intake_concept") == 1

    def test_of_a_bsn_is_for_the_zorgregisseur_only(
        self, als: Als, open_: Melding, loket: Medewerker, zorgregisseur: Medewerker
    ) -> None:
        BsnFactory(inwoner=open_.inwoner)
        with als(loket):
            assert sql("SELECT 1 FROM inwoners_bsn") == 0
        with als(zorgregisseur):
            assert sql("SELECT 1 FROM inwoners_bsn") == 1

    def test_eerder_contact_tells_the_loket_no_more_than_enough(
        self, als: Als, dicht: Melding, collega: Medewerker
    ) -> None:
        with als(collega), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM intake_eerdere_meldingen(%s)", [dicht.inwoner_id])
            columns = [column.name for column in cursor.description]
            (row,) = cursor.fetchall()

        assert columns == [
            "id",
            "nummer",
            "ontvangen_op",
            "themas",
            "afhandeling",
            "status",
            "verantwoordelijk",
        ]
        assert dicht.hulpvraag not in map(str, row)


class TestWriting:
    def test_changes_nothing_of_a_closed_melding_but_its_running_terms(
        self, als: Als, dicht: Melding, loket: Medewerker, collega: Medewerker
    ) -> None:
        """Who belongs to it ticks off what still runs; another organisation doesn't."""
        for wie, termijnen in ((collega, 0), (loket, 1)):
            with als(wie):
                assert sql("UPDATE intake_melding SET hulpvraag = 'x' WHERE id = %s", dicht.pk) == 0
                assert sql("UPDATE intake_meldingtermijn SET voldaan_op = now()") == termijnen
                assert sql("UPDATE intake_antwoord SET score = 5") == 0

    def test_adds_nothing_to_what_cannot_be_seen(self, als: Als, dicht: Melding, collega: Medewerker) -> None:
        with als(collega):
            with refused():
                sql(
                    "INSERT INTO intake_aanvulling (melding_id, medewerker_id, tekst, geschreven_op)"
                    " VALUES (%s, %s, 'x', now())",
                    dicht.pk,
                    collega.pk,
                )
            with refused():
                sql(
                    "INSERT INTO intake_meldingtermijn (melding_id, soort_id, begonnen_op, uiterlijk)"
                    " VALUES (%s, 'WGS-4W', now(), now())",
                    dicht.pk,
                )

    def test_writes_nothing_in_the_name_of_another(
        self, als: Als, open_: Melding, loket: Medewerker, collega: Medewerker
    ) -> None:
        with als(collega):
            with refused():
                sql(
                    "INSERT INTO intake_aanvulling (melding_id, medewerker_id, tekst, geschreven_op)"
                    " VALUES (%s, %s, 'x', now())",
                    open_.pk,
                    loket.pk,
                )
            with refused():
                sql(
                    "INSERT INTO intake_contactmoment (sleutel, kanaal, begonnen_op, melder_soort, melder_naam,"
                    " melder_telefoon, medewerker_id, organisatie_id, samenvatting)"
                    " VALUES (%s, 'digitaal', now(), 'anders', '', '', %s, %s, '')",
                    str(uuid4()),
                    loket.pk,
                    collega.moederorganisatie.pk,
                )

    def test_cannot_hide_a_melding_from_its_organisation(
        self, als: Als, open_: Melding, collega: Medewerker
    ) -> None:
        with als(collega), refused():
            sql("UPDATE intake_melding SET status = 'gesloten', afhandeling = 'ingetrokken', gesloten_op = now(),"
                " eigen_organisaties = '{}' WHERE id = %s", open_.pk)  # fmt: skip

    @pytest.mark.parametrize("tabel", [*TABELLEN, "intake_concept"])
    def test_deletes_nothing(self, als: Als, open_: Melding, loket: Medewerker, tabel: str) -> None:
        with als(loket), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            sql(f"DELETE FROM {tabel}")


class TestReachingSomebodyKnownElsewhere:
    def test_opens_nobody_by_hand_and_on_less_than_a_full_match(
        self, als: Als, dicht: Melding, collega: Medewerker
    ) -> None:
        half = [dicht.inwoner_id, dicht.inwoner.achternaam, None, "", None, ""]
        with als(collega):
            assert sql("SELECT 1 WHERE intake_koppel(%s, %s, %s, %s, %s, %s)", *half) == 0
            assert not Inwoner.objects.filter(pk=dicht.inwoner_id).exists()
            with refused():
                register_melding(
                    contactmoment=register_contact(
                        actor=collega, at=MAANDAG, sleutel=uuid4(), kanaal="digitaal", melder_soort="anders"
                    ),
                    actor=collega,
                    at=MAANDAG,
                    hulpvraag="x",
                    inwoner=Inwoner(pk=dicht.inwoner_id),
                )

    def test_opens_nobody_who_is_shielded_nor_for_who_is_not_at_the_loket(
        self, als: Als, dicht: Melding, collega: Medewerker, teamlid: Medewerker
    ) -> None:
        heel = [dicht.inwoner_id, dicht.inwoner.achternaam, dicht.inwoner.geboortedatum, "", None, ""]
        with als(teamlid):
            assert sql("SELECT 1 WHERE intake_koppel(%s, %s, %s, %s, %s, %s)", *heel) == 0
        Melding.objects.filter(pk=dicht.pk).update(afgeschermd=True)
        with als(collega):
            assert sql("SELECT 1 WHERE intake_koppel(%s, %s, %s, %s, %s, %s)", *heel) == 0
            assert not Inwoner.objects.filter(pk=dicht.inwoner_id).exists()

    def test_leaves_nothing_open_but_what_the_new_melding_opens(
        self, als: Als, dicht: Melding, collega: Medewerker
    ) -> None:
        vraag = {"naam": dicht.inwoner.achternaam, "geboren": None, "postcode": "", "huisnummer": None}
        with als(collega):
            goed = Bekende(dicht.inwoner_id, {**vraag, "telefoon": "070-5550218"})
            with pytest.raises(ZeroDivisionError), transaction.atomic(), reached(goed):
                raise ZeroDivisionError
            assert not Inwoner.objects.filter(pk=dicht.inwoner_id).exists()
            with reached(Bekende(dicht.inwoner_id, {**vraag, "telefoon": "070 5550218"})) as inwoner:
                assert inwoner.pk == dicht.inwoner_id
            assert not Inwoner.objects.filter(pk=dicht.inwoner_id).exists()
            with (
                pytest.raises(InwonerDoesNotFit),
                reached(Bekende(dicht.inwoner_id, {**vraag, "telefoon": "070-5550000"})),
            ):
                pass
