"""Who writes the world of a test on a real database: the system for factories, a medewerker for services. One transaction each."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from skt.autorisatie.context import acting_as, acting_as_system
from skt.medewerkers.models import Medewerker


@contextmanager
def als_systeem() -> Iterator[None]:
    with transaction.atomic(), acting_as_system("proef"):
        yield


@contextmanager
def als(medewerker: Medewerker) -> Iterator[None]:
    with transaction.atomic(), acting_as(medewerker):
        yield
