"""Fixtures that know our two locks: who acts in a test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from skt.autorisatie.context import acting_as, acting_as_system
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker

MAANDAG = datetime(2026, 11, 2, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
"""The Monday morning of most tests; time is passed in, never slept."""


@pytest.fixture
def systeem(db: None) -> Iterator[Werkcontext]:
    """The whole test acts as the system, so that factories may write. Requests of a client act as their own user."""
    with acting_as_system("proef") as context:
        yield context


@pytest.fixture
def als(db: None) -> Callable[[Medewerker], AbstractContextManager[Werkcontext]]:
    """`with als(medewerker): ...` acts as that medewerker, on both locks."""
    return lambda medewerker: acting_as(medewerker)
