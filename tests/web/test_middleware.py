"""The frame of every request: who acts, one transaction, a living session, nothing left behind."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse
from django.utils import timezone

from skt.autorisatie.rules import Refused
from skt.kern import werkcontext
from skt.medewerkers.models import Medewerker, Moederorganisatie, Rol, Team
from skt.urls import handler404, handler500
from skt.urls import urlpatterns as site_urls
from skt.verantwoording import services as log
from skt.verantwoording.models import Regel, Soort
from skt.web.middleware import BEGONNEN, GEZIEN, client_address
from tests.factories.medewerkers import MedewerkerFactory

GEZIEN_DOOR: list[tuple[int | None, int | None]] = []


def who(request: HttpRequest) -> HttpResponse:
    """Remembers whom PostgreSQL and Python take for the actor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT skt_context()")
        GEZIEN_DOOR.append((cursor.fetchone()[0], werkcontext.current().medewerker_id))
    return HttpResponse("gezien")


def change_then(how: str) -> object:
    """A view that changes something and then goes wrong."""

    def view(request: HttpRequest) -> HttpResponse:
        Medewerker.objects.filter(pk=request.user.pk).update(password="!veranderd")
        if how == "stuk":
            raise RuntimeError("stuk")
        if how == "geweigerd":
            raise Refused("proef.view_iets", "iets", {"pk": "12"})
        if how == "sql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return HttpResponse(status=int(how))

    return view


urlpatterns = [
    *site_urls,
    path("proef/wie/", who),
    *(path(f"proef/{how}/", change_then(how)) for how in ("stuk", "geweigerd", "sql", "500", "200", "403")),
]
__all__ = ["handler404", "handler500"]


@pytest.fixture
def medewerker(systeem: object) -> Medewerker:
    return MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER, password="!zoals het was")


@pytest.fixture
def browser(client: Client, medewerker: Medewerker) -> Client:
    client.raise_request_exception = False
    client.force_login(medewerker)
    return client


def password_of(medewerker: Medewerker) -> str:
    return Medewerker.objects.get(pk=medewerker.pk).password


@pytest.mark.urls(__name__)
class TestWerkcontext:
    def test_postgresql_and_python_know_the_same_actor(self, browser: Client, medewerker: Medewerker) -> None:
        GEZIEN_DOOR.clear()

        browser.get("/proef/wie/")

        assert [(medewerker.pk, medewerker.pk)] == GEZIEN_DOOR

    def test_never_leaks_to_the_next_request(self, browser: Client, medewerker: Medewerker) -> None:
        GEZIEN_DOOR.clear()
        other = MedewerkerFactory(rol=Rol.KWARTIERMAKER)
        theirs = Client()
        theirs.force_login(other)

        for client in (browser, theirs, browser):
            client.get("/proef/wie/")
            client.get("/proef/stuk/" if client is browser else "/proef/wie/")

        assert [mine for mine, _ in GEZIEN_DOOR] == [medewerker.pk, other.pk, other.pk, medewerker.pk]
        assert werkcontext.current().is_systeem

    @pytest.mark.parametrize("how", ["stuk", "geweigerd", "sql", "500"])
    def test_what_goes_wrong_leaves_nothing(self, browser: Client, medewerker: Medewerker, how: str) -> None:
        browser.get(f"/proef/{how}/")

        assert password_of(medewerker) == "!zoals het was"

    def test_what_goes_well_stays(self, browser: Client, medewerker: Medewerker) -> None:
        browser.get("/proef/200/")

        assert password_of(medewerker) == "!veranderd"

    def test_a_refusal_is_a_404_and_a_line(self, browser: Client, medewerker: Medewerker) -> None:
        response = browser.get("/proef/geweigerd/", REMOTE_ADDR="192.0.2.9")

        assert response.status_code == 404
        assert "of u mag haar niet zien" in response.content.decode()
        line = Regel.objects.get(soort=Soort.GEWEIGERD)
        assert (line.actie, line.object_soort, line.gegevens) == ("proef.view_iets", "iets", {"pk": "12"})
        assert (line.medewerker_id, line.vanaf) == (medewerker.pk, "192.0.2.9")

    def test_a_forbidden_page_is_a_line_too(self, browser: Client) -> None:
        browser.get("/proef/403/")

        assert Regel.objects.get(soort=Soort.GEWEIGERD).gegevens == {"pad": "/proef/403/"}

    def test_a_wrong_method_is_a_line_too(self, browser: Client) -> None:
        assert browser.post(reverse("profile")).status_code == 405

        assert Regel.objects.filter(soort=Soort.GEWEIGERD).count() == 1

    def test_an_error_page_needs_no_database(self, browser: Client) -> None:
        response = browser.get("/proef/sql/")

        assert response.status_code == 500
        assert "Naar uw werk" in response.content.decode()


class TestLogIsPartOfTheRequest:
    def test_what_can_not_be_logged_does_not_happen(
        self, client: Client, systeem: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        beheerder = MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER)
        medewerker = MedewerkerFactory()
        client.force_login(beheerder)
        client.raise_request_exception = False

        def full_disk(_lines: object) -> None:
            raise DatabaseError("schijf vol")

        monkeypatch.setattr(log, "_insert", full_disk)
        response = client.post(
            reverse("plaatsing_new", args=[medewerker.pk]),
            {
                "moederorganisatie": Moederorganisatie.objects.get(code="mee").pk,
                "team": Team.objects.get(soort="jeugd").pk,
                "rol": Rol.TEAMLID,
                "van": "2026-01-01",
            },
        )

        assert response.status_code == 500
        assert not medewerker.plaatsingen.exists()

    def test_a_reading_that_can_not_be_logged_shows_nothing(
        self, client: Client, systeem: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.force_login(MedewerkerFactory(rol=Rol.PRIVACY_OFFICER))
        client.raise_request_exception = False

        def full_disk(_lines: object) -> None:
            raise DatabaseError("schijf vol")

        monkeypatch.setattr(log, "_insert", full_disk)

        assert client.get(reverse("regel_list")).status_code == 500


class TestSessie:
    def age(self, client: Client, key: str, age: timedelta) -> None:
        session = client.session
        session[key] = (timezone.now() - age).isoformat()
        session.save()

    def is_in(self, client: Client) -> bool:
        return client.get(reverse("profile")).status_code == 200

    def test_ends_when_idle(self, browser: Client) -> None:
        assert self.is_in(browser)
        self.age(browser, GEZIEN, timedelta(minutes=settings.SKT_SESSIE_INACTIEF_MINUTEN - 1))
        assert self.is_in(browser)
        self.age(browser, GEZIEN, timedelta(minutes=settings.SKT_SESSIE_INACTIEF_MINUTEN, seconds=1))

        response = browser.get(reverse("profile"))

        assert response.status_code == 302
        assert response.url.startswith(reverse("session_expired"))
        assert not self.is_in(browser)

    def test_ends_after_a_working_day_however_busy(self, browser: Client) -> None:
        assert self.is_in(browser)
        self.age(browser, BEGONNEN, timedelta(hours=settings.SKT_SESSIE_MAXIMUM_UREN, seconds=1))

        assert not self.is_in(browser)

    def test_goes_on_while_it_is_used(self, browser: Client) -> None:
        assert self.is_in(browser)
        self.age(browser, GEZIEN, timedelta(minutes=10))
        self.is_in(browser)

        assert browser.session[GEZIEN] > (timezone.now() - timedelta(minutes=1)).isoformat()

    def test_leads_back_to_where_one_was(self, browser: Client) -> None:
        self.is_in(browser)
        self.age(browser, GEZIEN, timedelta(hours=1))

        response = browser.get("/zoeken/?q=jansen")

        assert "next=" in response.url
        assert "zoeken" in response.url
        page = browser.get(response.url)
        assert page.status_code == 200
        assert reverse("login") in page.content.decode()

    def test_tells_htmx_by_a_401(self, browser: Client) -> None:
        self.is_in(browser)
        self.age(browser, GEZIEN, timedelta(hours=1))

        response = browser.get(reverse("profile"), headers={"HX-Request": "true"})

        assert response.status_code == 401
        assert response["HX-Trigger"] == "skt:sessie-verlopen"

    def test_a_post_after_it_ended_changes_nothing(self, browser: Client, medewerker: Medewerker) -> None:
        self.is_in(browser)
        self.age(browser, GEZIEN, timedelta(hours=1))

        browser.post(reverse("password_change"), {"huidig": "x"})

        assert password_of(medewerker) == "!zoals het was"

    @pytest.mark.parametrize("key", [BEGONNEN, GEZIEN])
    def test_a_blocked_account_is_out_at_once(
        self, browser: Client, medewerker: Medewerker, key: str
    ) -> None:
        assert self.is_in(browser)

        Medewerker.objects.filter(pk=medewerker.pk).update(is_active=False)

        assert not self.is_in(browser)


class TestNothingStaysInTheBrowser:
    @pytest.mark.parametrize("name", ["profile", "search", "password_change"])
    def test_every_page_is_no_store(self, browser: Client, name: str) -> None:
        response = browser.get(reverse(name))

        assert response["Cache-Control"] == "no-store, private"

    def test_also_a_404(self, browser: Client) -> None:
        assert "no-store" in browser.get("/bestaat-niet/")["Cache-Control"]

    def test_nothing_may_run_but_our_own_files(self, browser: Client) -> None:
        policy = browser.get(reverse("profile"))["Content-Security-Policy"]

        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


class TestAnonymous:
    @pytest.mark.parametrize(
        "name", ["home", "search", "profile", "plaatsing_list", "regel_list", "password_change"]
    )
    def test_is_sent_to_the_log_in(self, client: Client, db: None, name: str) -> None:
        response = client.get(reverse(name))

        assert response.status_code == 302
        assert response.url == f"{reverse('login')}?next={reverse(name)}"

    @pytest.mark.parametrize("name", ["login", "session_expired", "health"])
    def test_may_see_these(self, client: Client, db: None, name: str) -> None:
        assert client.get(reverse(name)).status_code == 200


class TestClientAddress:
    """What a visitor claims about their own address never gets into the log or the lock on logging in."""

    CADDY, BEZOEKER, VERZONNEN = "172.18.0.9", "203.0.113.7", "10.0.0.1"

    @pytest.mark.parametrize(
        ("fronten", "doorgegeven", "adres"),
        [
            (0, None, CADDY),
            (0, VERZONNEN, CADDY),
            (0, f"{VERZONNEN}, {BEZOEKER}", CADDY),
            (1, None, CADDY),
            (1, BEZOEKER, BEZOEKER),
            (1, f"{VERZONNEN}, {BEZOEKER}", BEZOEKER),
            (1, f"{VERZONNEN},{VERZONNEN} , {BEZOEKER} ", BEZOEKER),
            (1, "2001:db8::7", "2001:db8::7"),
            (1, "fe80::7%eth0", "fe80::7"),
            (1, "", CADDY),
            (1, "onzin", CADDY),
            (1, f"{BEZOEKER}, <script>", CADDY),
            (1, "9" * 5000, CADDY),
            (2, f"{VERZONNEN}, {BEZOEKER}, 172.18.0.3", BEZOEKER),
            (2, BEZOEKER, CADDY),
        ],
    )
    def test_believes_only_what_our_own_fronts_added(
        self,
        rf: RequestFactory,
        settings: Any,
        fronten: int,
        doorgegeven: str | None,
        adres: str,
    ) -> None:
        settings.SKT_PROXIES = fronten
        headers = {} if doorgegeven is None else {"X-Forwarded-For": doorgegeven}

        request = rf.get("/", headers=headers, REMOTE_ADDR=self.CADDY)

        assert client_address(request) == adres

    @pytest.mark.parametrize(("fronten", "adres"), [(0, CADDY), (1, BEZOEKER)])
    def test_is_what_the_log_and_axes_keep(
        self, client: Client, systeem: object, settings: Any, fronten: int, adres: str
    ) -> None:
        settings.SKT_PROXIES, settings.AXES_ENABLED = fronten, True

        client.post(
            reverse("login"),
            {"username": "niemand", "password": "onjuist"},
            headers={"X-Forwarded-For": f"{self.VERZONNEN}, {self.BEZOEKER}"},
            REMOTE_ADDR=self.CADDY,
        )

        assert Regel.objects.get(actie="web.login_mislukt").vanaf == adres
        assert AccessAttempt.objects.get().ip_address == adres
