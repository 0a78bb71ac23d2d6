"""Wie mag lezen volgt uit de rijen die dat bepalen; niemand schrijft het er zelf bij."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.db import connection

from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.casusregie import CasusFactory
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]


def write(sql: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


class TestDerivedColumns:
    def test_of_a_melding_and_its_inwoner_stay_what_they_were(self, systeem: Werkcontext, als: Als) -> None:
        loket = MedewerkerFactory(rol=Rol.LOKETPROFESSIONAL)
        melding = MeldingFactory(medewerker=loket)
        before = (melding.lees_medewerkers, melding.inwoner.lees_medewerkers)

        with als(loket):
            rows = write("UPDATE intake_melding SET lees_medewerkers = '{4711}' WHERE id = %s", melding.pk)
            people = write(
                "UPDATE inwoners_inwoner SET lees_medewerkers = '{4711}', aan_het_loket = false WHERE id = %s",
                melding.inwoner_id,
            )

        assert (rows, people) == (1, 1)
        melding.refresh_from_db()
        melding.inwoner.refresh_from_db()
        assert (melding.lees_medewerkers, melding.inwoner.lees_medewerkers) == before
        assert melding.inwoner.aan_het_loket

    def test_of_a_casus_stay_what_they_were(self, systeem: Werkcontext, als: Als) -> None:
        casus = CasusFactory()
        regisseur = casus.lopende_toewijzing("casusregie").medewerker
        casus.refresh_from_db()
        before = (casus.lees_medewerkers, casus.lees_organisaties, casus.regisseurs)

        with als(regisseur):
            rows = write(
                "UPDATE casusregie_casus SET lees_medewerkers = '{4711}', regisseurs = '{4711}',"
                " lees_organisaties = '{1,2,3}', titel = 'anders' WHERE id = %s",
                casus.pk,
            )

        casus.refresh_from_db()
        assert rows == 1
        assert casus.titel == "anders"
        assert (casus.lees_medewerkers, casus.lees_organisaties, casus.regisseurs) == before
