"""The town of the rights tests: built once per module, inside a transaction that is never committed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from skt.autorisatie.context import acting_as_system
from tests.rechten.wereld import Wereld, build


@pytest.fixture(scope="module")
def wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Wereld]:
    """Built by the system; the tests of this folder ask for `wereld` in place of `db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        with acting_as_system("proef"):
            town = build()
        yield town
        transaction.set_rollback(True)
