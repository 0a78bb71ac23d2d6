"""Lock 2 alone: plain SQL on the site's own connection, as if every Rule had been forgotten."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model

from skt.autorisatie.context import acting_as
from tests.rechten.matrix import MATRIX
from tests.rechten.vocabulaire import LEEST, Vraag
from tests.rechten.wereld import MENSEN, Wereld

GEWEIGERD = "42501"
"""insufficient_privilege: of the table, or of a policy."""


def people_who_can(wereld: Wereld, vraag: Vraag) -> set[str]:
    return {naam for naam in MENSEN if _can(wereld, naam, vraag)}


def _can(wereld: Wereld, naam: str, vraag: Vraag) -> bool:
    user = wereld.actor(naam)
    row = vraag.maakt(wereld, user) if vraag.maakt else None
    try:
        with transaction.atomic(), acting_as(user):
            done = _insert(row) if row is not None else _touch(wereld.ding[vraag.ding], vraag.doet)
            transaction.set_rollback(True)
    except ProgrammingError as error:
        if getattr(error.__cause__, "pgcode", "") != GEWEIGERD:
            raise
        return False
    return done


def _insert(row: Model) -> bool:
    """By the ORM, which knows nothing of policies; the log is written without reading back."""
    if row._meta.db_table != "verantwoording_regel":
        row.save_base(raw=True, force_insert=True)  # past save(): guardian's own looks at the object first
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO verantwoording_regel (tijdstip, soort, actie, medewerker_id, object_soort, recht, reden,"
            " noodtoegang, vanaf, verzoek, gegevens) VALUES (%s, %s, %s, %s, '', '', '', false, '', %s, '{}')",
            [row.tijdstip, row.soort, row.actie, row.medewerker_id, row.verzoek],
        )
    return True


def _touch(row: Model, doet: str) -> bool:
    table, key = row._meta.db_table, row._meta.pk.column
    column = next(f.column for f in row._meta.concrete_fields if not f.primary_key and f.column != "username")
    with connection.cursor() as cursor:
        if doet == LEEST:
            cursor.execute(f"SELECT 1 FROM {table} WHERE {key} = %s", [row.pk])
        elif table == "medewerkers_medewerker":
            cursor.execute(f"UPDATE {table} SET password = '!' WHERE {key} = %s", [row.pk])
        else:
            cursor.execute(f"UPDATE {table} SET {column} = {column} WHERE {key} = %s", [row.pk])
        return cursor.rowcount == 1


class TestSlot2:
    @pytest.mark.parametrize("vraag", MATRIX, ids=str)
    def test_lets_exactly_these_through(self, wereld: Wereld, vraag: Vraag) -> None:
        assert people_who_can(wereld, vraag) == vraag.wie | vraag.slot2_ook
