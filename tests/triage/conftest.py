"""Who and what most tests of triage begin with."""

from typing import Any

import pytest
from django.test import Client

from intake.models import Melding
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory
from tests.factories.triage import CoordinatorFactory, ToegangFactory
from triage import gevolgen


@pytest.fixture
def alleen_triage(monkeypatch: pytest.MonkeyPatch) -> None:
    """A besluit without what casusregie does with it."""
    monkeypatch.setattr(gevolgen, "_gevolgen", {})


@pytest.fixture
def coordinator(systeem: Any, client: Client) -> Medewerker:
    """Logged in on `client`."""
    coordinator = CoordinatorFactory()
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def toegang(systeem: Any, client: Client) -> Medewerker:
    """Logged in on `client`."""
    toegang = ToegangFactory()
    client.force_login(toegang)
    return toegang


@pytest.fixture
def melding(systeem: Any) -> Melding:
    return MeldingFactory(in_triage=True)
