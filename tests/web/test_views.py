"""Log in and out, home, profile and search."""

import pytest
from django.test import Client
from django.urls import reverse

from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel, Soort
from skt.web import zoeken
from skt.web.zoeken import Vondst
from tests.factories.medewerkers import MedewerkerFactory, PlaatsingFactory

GOED = "kat-op-het-dak-zingt"


@pytest.fixture
def medewerker(systeem: object) -> Medewerker:
    medewerker = MedewerkerFactory(username="s.jansen", rol=Rol.KWARTIERMAKER)
    medewerker.set_password(GOED)
    medewerker.save()
    return medewerker


def log_in(client: Client, username: str = "s.jansen", password: str = GOED, **rest: str) -> object:
    return client.post(reverse("login"), {"username": username, "password": password, **rest})


class TestLogin:
    def test_is_a_line(self, client: Client, medewerker: Medewerker) -> None:
        response = log_in(client)

        assert response.status_code == 302
        line = Regel.objects.get(actie="web.login")
        assert (line.soort, line.medewerker_id, line.vanaf) == (Soort.AANMELDEN, medewerker.pk, "127.0.0.1")

    def test_does_not_mind_capitals(self, client: Client, medewerker: Medewerker) -> None:
        assert log_in(client, "S.Jansen").status_code == 302

    @pytest.mark.parametrize(("username", "password"), [("s.jansen", "mis"), ("niemand", GOED), ("", "")])
    def test_a_failure_is_a_line_and_says_no_more_than_that(
        self, client: Client, medewerker: Medewerker, username: str, password: str
    ) -> None:
        response = log_in(client, username, password)

        assert response.status_code == 200
        line = Regel.objects.get(actie="web.login_mislukt")
        assert line.medewerker_id is None
        assert line.gegevens == {"gebruikersnaam": username}
        if username:
            assert "bestaat" not in response.content.decode()

    def test_a_blocked_account_stays_out(self, client: Client, medewerker: Medewerker) -> None:
        Medewerker.objects.filter(pk=medewerker.pk).update(is_active=False)

        assert log_in(client).status_code == 200
        assert client.get(reverse("profile")).status_code == 302

    @pytest.mark.parametrize(
        "elsewhere", ["https://kwaad.invalid/", "//kwaad.invalid", "javascript:alert(1)"]
    )
    def test_leads_nowhere_else(self, client: Client, medewerker: Medewerker, elsewhere: str) -> None:
        assert log_in(client, next=elsewhere).url == "/"

    def test_gives_a_new_session(self, client: Client, medewerker: Medewerker) -> None:
        client.get(reverse("login"))
        before = client.session.session_key

        log_in(client)

        assert client.session.session_key != before

    def test_five_wrong_ones_lock(self, client: Client, medewerker: Medewerker, settings: object) -> None:
        settings.AXES_ENABLED = True
        for _ in range(5):
            log_in(client, password="mis")

        assert log_in(client).status_code == 429


class TestLogout:
    def test_is_a_line_and_clears_the_browser(self, client: Client, medewerker: Medewerker) -> None:
        client.force_login(medewerker)

        response = client.post(reverse("logout"))

        assert response["Clear-Site-Data"] == '"cache", "storage"'
        assert Regel.objects.get(actie="web.logout").medewerker_id == medewerker.pk
        assert client.get(reverse("profile")).status_code == 302

    def test_is_no_plain_link(self, client: Client, medewerker: Medewerker) -> None:
        client.force_login(medewerker)

        assert client.get(reverse("logout")).status_code == 405


@pytest.mark.django_db(databases=["default", "beleid"])
class TestHome:
    @pytest.mark.parametrize("rol", list(Rol))
    def test_each_role_lands_on_its_own_work(self, client: Client, systeem: object, rol: Rol) -> None:
        client.force_login(MedewerkerFactory(rol=rol))

        response = client.get(reverse("home"), follow=True)

        assert response.status_code == 200
        assert response.redirect_chain

    def test_who_coordinates_a_team_without_a_board_lands_elsewhere(
        self, client: Client, systeem: object
    ) -> None:
        client.force_login(MedewerkerFactory(rol=Rol.TEAMCOORDINATOR, team="voorportaal"))

        response = client.get(reverse("home"), follow=True)

        assert response.redirect_chain[-1][0] == reverse("casusregie:casus_list")
        assert reverse("triage:board") not in {door["url"] for door in response.context["navigatie"]}
        assert client.get(reverse("triage:board")).status_code == 404

    def test_who_is_nowhere_placed_is_told_so(self, client: Client, systeem: object) -> None:
        client.force_login(PlaatsingFactory(beeindigd=True).medewerker)

        response = client.get(reverse("home"), follow=True)

        assert "U bent nu nergens geplaatst" in response.content.decode()

    @pytest.mark.parametrize("rol", list(Rol))
    def test_shows_only_doors_that_open(self, client: Client, systeem: object, rol: Rol) -> None:
        client.force_login(MedewerkerFactory(rol=rol))
        doors = client.get(reverse("profile")).context["navigatie"]

        assert doors
        assert {client.get(door["url"]).status_code for door in doors} == {200}


class TestSearch:
    @pytest.fixture(autouse=True)
    def _one_source(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zoeken, "_zoekers", [])
        zoeken.register_zoeker(
            lambda user, vraag: [
                Vondst("Inwoners", f"Mevrouw {vraag}", "Dorp Wassenaar", "/inwoners/1/"),
                Vondst("Inwoners", "Bekend bij Kwadraad", "Bel 070-555 02 11"),
            ]
        )

    def test_shows_what_each_source_finds(self, client: Client, medewerker: Medewerker) -> None:
        client.force_login(medewerker)

        page = client.get(reverse("search"), {"q": "Jansen"}).content.decode()

        assert 'href="/inwoners/1/"' in page
        assert "Bel 070-555 02 11" in page
        assert "2 gevonden" in page

    def test_asks_for_two_characters(self, client: Client, medewerker: Medewerker) -> None:
        client.force_login(medewerker)

        assert "minstens twee tekens" in client.get(reverse("search"), {"q": "J"}).content.decode()

    def test_shows_what_was_typed_as_text(self, client: Client, medewerker: Medewerker) -> None:
        client.force_login(medewerker)

        page = client.get(reverse("search"), {"q": "<script>alert(1)</script>"}).content.decode()

        assert "<script>alert" not in page


class TestHealth:
    def test_says_ok_and_nothing_else(self, client: Client, db: None) -> None:
        response = client.get(reverse("health"))

        assert (response.status_code, response.content) == (200, b"ok")
