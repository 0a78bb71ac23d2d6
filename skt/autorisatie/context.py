"""Set who acts, for Python and for PostgreSQL, for the length of one block inside a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connections
from psycopg2 import extensions

from skt.autorisatie.token import SYSTEEM, TAAK_GELDIG, WEB_GELDIG, make_token
from skt.kern.errors import ContextMissing
from skt.kern.werkcontext import Werkcontext, activate, restore
from skt.medewerkers.models import Medewerker


@contextmanager
def acting_as(medewerker: Medewerker, *, vanaf: str = "", using: str = "default") -> Iterator[Werkcontext]:
    """Let `medewerker` act within the current transaction. Raises ContextMissing outside a transaction."""
    plaatsing = medewerker.plaatsing
    context = Werkcontext(
        medewerker_id=medewerker.pk,
        plaatsing_id=plaatsing.pk if plaatsing else None,
        organisatie_id=plaatsing.moederorganisatie_id if plaatsing else None,
        vanaf=vanaf,
    )
    with _acting(context, medewerker.pk, WEB_GELDIG, using):
        yield context


@contextmanager
def acting_as_system(reden: str, *, using: str = "default") -> Iterator[Werkcontext]:
    """Let the system act, with a reason that stands in every line it logs. For tasks, imports and checks only."""
    if not reden:
        raise ContextMissing("Het systeem handelt nooit zonder reden.")
    context = Werkcontext(medewerker_id=None, systeem_reden=reden)
    with _acting(context, SYSTEEM, TAAK_GELDIG, using):
        yield context


@contextmanager
def _acting(context: Werkcontext, wie: int, geldig: timedelta, using: str) -> Iterator[None]:
    connection = connections[using]
    if not connection.in_atomic_block:
        raise ContextMissing(
            "De handelende medewerker wordt per transactie gezet; open eerst een transactie."
        )
    previous = _set(using, make_token(wie, geldig))
    token = activate(context)
    try:
        yield
    finally:
        restore(token)
        if _usable(using):
            _set(using, previous)


def _set(using: str, value: str) -> str:
    """Set the setting for this transaction; returns what it was (a released savepoint keeps it, so we restore)."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('skt.context', true), ''), set_config('skt.context', %s, true)",
            [value],
        )
        return str(cursor.fetchone()[0])


def _usable(using: str) -> bool:
    connection = connections[using]
    if connection.connection is None or connection.connection.closed or not connection.in_atomic_block:
        return False
    status = connection.connection.info.transaction_status
    return status != extensions.TRANSACTION_STATUS_INERROR and not connection.needs_rollback
