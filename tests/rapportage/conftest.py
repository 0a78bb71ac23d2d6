"""Lezen over de verbinding die schreef, in één transactie; en inloggen met een rol."""

from typing import Any

import pytest
from django.test import Client

from rapportage import queries
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.rapportage import publish_tables
from tests.rapportage.rapport import EERDER, K3, K3_TOEN, TABELLEN


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


@pytest.fixture
def rapportcijfers(een_verbinding: None) -> None:
    """A quarter, and the same of a year before."""
    publish_tables(K3, TABELLEN)
    publish_tables(K3_TOEN, EERDER)


@pytest.fixture
def schrijver(een_verbinding: None) -> Medewerker:
    medewerker: Medewerker = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)
    return medewerker


@pytest.fixture
def leest_cijfers(client: Client, schrijver: Medewerker) -> Client:
    client.force_login(schrijver)
    return client
