"""Een formulier dat verstuurd is nadat de sessie stopte: het gaat verzegeld mee door het inloggen, en van niemand anders."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skt.medewerkers.models import Medewerker, Rol
from skt.web.middleware import GEZIEN
from tests.factories.medewerkers import MedewerkerFactory

WACHTWOORD = "een-lang-wachtwoord-2026"


@pytest.fixture
def wie(systeem: object) -> Medewerker:
    medewerker = MedewerkerFactory(rol=Rol.LOKETPROFESSIONAL)
    medewerker.set_password(WACHTWOORD)
    medewerker.save()
    return medewerker


@pytest.fixture
def verlopen(client: Client, wie: Medewerker) -> Client:
    client.force_login(wie)
    client.get(reverse("profile"))
    session = client.session
    idle = timedelta(minutes=settings.SKT_SESSIE_INACTIEF_MINUTEN + 1)
    session[GEZIEN] = (timezone.now() - idle).isoformat()
    session.save()
    return client


def sealed_in(page: str) -> str:
    found = re.search(r'name="meegedragen"\s+value="([^"]+)"', page)
    return found[1] if found else ""


def log_in(client: Client, wie: Medewerker, sealed: str) -> str:
    data = {"username": wie.username, "password": WACHTWOORD, "meegedragen": sealed, "next": "/"}
    return client.post(reverse("login"), data, follow=True).content.decode()


class TestExpiredPost:
    def test_comes_back_after_logging_in(self, verlopen: Client, wie: Medewerker) -> None:
        page = verlopen.post(
            "/werkvoorraad/volgende/?a=1", {"tekst": ["Lang verhaal", "twee"]}
        ).content.decode()
        assert "Lang verhaal" not in page

        again = log_in(verlopen, wie, sealed_in(page))

        assert 'action="/werkvoorraad/volgende/?a=1"' in again
        assert again.count('name="tekst"') == 2
        assert 'value="Lang verhaal"' in again

    def test_is_not_given_to_somebody_else(self, verlopen: Client, wie: Medewerker) -> None:
        page = verlopen.post("/werkvoorraad/volgende/", {"tekst": "Lang verhaal"}).content.decode()
        other = MedewerkerFactory(rol=Rol.LOKETPROFESSIONAL)
        other.set_password(WACHTWOORD)
        other.save()

        assert "Lang verhaal" not in log_in(verlopen, other, sealed_in(page))

    def test_never_carries_a_password_or_a_bsn(self, verlopen: Client, wie: Medewerker) -> None:
        sent = {"nieuw_wachtwoord": "geheim-geheim", "bsn": "999990019", "tekst": "wel"}
        again = log_in(verlopen, wie, sealed_in(verlopen.post("/profiel/", sent).content.decode()))

        assert 'value="wel"' in again
        assert "geheim-geheim" not in again
        assert "999990019" not in again

    def test_a_broken_seal_is_no_error(self, client: Client, wie: Medewerker) -> None:
        assert "Verstuur alsnog" not in log_in(client, wie, "x" * 40)

    def test_of_another_site_is_refused_before_anything_is_carried(self, wie: Medewerker) -> None:
        strict = Client(enforce_csrf_checks=True)

        response = strict.post("/werkvoorraad/volgende/", {"tekst": "van elders"})

        assert response.status_code == 403
        assert "meegedragen" not in response.content.decode()


class TestLoginInPlace:
    def test_gives_a_token_and_a_session(self, client: Client, wie: Medewerker) -> None:
        url = reverse("login_in_place")
        assert client.get(url).json()["csrf"]

        response = client.post(url, {"username": wie.username, "password": WACHTWOORD})

        assert response.json()["csrf"]
        assert client.get(reverse("profile")).status_code == 200

    def test_says_no_in_words(self, client: Client, wie: Medewerker) -> None:
        response = client.post(reverse("login_in_place"), {"username": wie.username, "password": "fout"})

        assert response.status_code == 422
        assert response.json()["zin"]
        assert client.get(reverse("profile")).status_code == 302
