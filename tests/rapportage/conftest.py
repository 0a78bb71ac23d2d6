"""Lezen over de verbinding die schreef, in één transactie; en inloggen met een rol."""

from typing import Any

import pytest
from django.test import Client

from rapportage import queries
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.medewerkers import MedewerkerFactory


@pytest.fixture
def een_verbinding(systeem: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LEZER", "rapport")


@pytest.fixture
def als_rol(client: Client) -> Any:
    """Log the client in as somebody with this role; returns who."""

    def login(rol: Rol | None) -> Medewerker:
        medewerker: Medewerker = MedewerkerFactory(rol=rol)
        client.force_login(medewerker)
        return medewerker

    return login
