"""Every URL × everybody × GET and POST: who isn't named gets nothing, changes nothing, and learns nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from skt.autorisatie.context import acting_as_system
from skt.verantwoording.models import Regel
from tests.architectuur.tabellen import ALLEEN_TRIGGERS, OVER_INWONERS, OVER_MEDEWERKERS
from tests.rechten.adressen import ADRESSEN, OPENBAAR, Adres
from tests.rechten.wereld import MENSEN, Wereld

GEZIEN = {200, 302, 400, 405, 409, 422}
"""What an answer to somebody who may looks like: also a form that is not filled in, or a step that doesn't fit now."""
NIETS = {404, 405}
LEAVERS = frozenset({"vertrokken", "geblokkeerd"})
BEWAAKT = sorted((OVER_INWONERS | OVER_MEDEWERKERS) - ALLEEN_TRIGGERS - {"verantwoording_regel"})


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, namespace)
        else:
            yield f"{prefix}{pattern.name}"


class TestTable:
    def test_has_a_row_for_every_url(self) -> None:
        found = set(names(get_resolver("skt.urls").url_patterns))

        assert found == {adres.naam for adres in ADRESSEN} | (set(OPENBAAR) & found) | (
            found & {"styleguide"}
        )
        assert "None" not in " ".join(found), "een URL zonder naam"

    def test_has_each_row_once(self) -> None:
        rows = [str(adres) for adres in ADRESSEN]

        assert sorted(rows) == sorted(set(rows))


@pytest.fixture(scope="module")
def browsers(wereld: Wereld) -> Iterator[dict[str, Client]]:
    """Everybody logged in. Sessions in memory: here it is about what somebody may, not about where that is kept."""
    found = {}
    # A cache of their own: the other one drops what is longest ago as soon as pages have kept enough in it.
    caches = {**settings.CACHES, "sessies": {**settings.CACHES["default"], "LOCATION": "sessies"}}
    with override_settings(
        CACHES=caches, SESSION_CACHE_ALIAS="sessies", SESSION_ENGINE="django.contrib.sessions.backends.cache"
    ):
        for naam in MENSEN:
            found[naam] = Client()
            found[naam].force_login(wereld.mens[naam])
        yield found


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal without its page, which is thousands of times the same: TestRefusal looks at it, once per person."""

    def render_but_404(request: HttpRequest, template: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return (
            HttpResponse(status=404) if template == "404.html" else render(request, template, *args, **kwargs)
        )

    monkeypatch.setattr("skt.web.views.render", render_but_404)


def fingerprint() -> list[tuple[Any, ...]]:
    """Number and contents of every row about people, the log apart."""
    parts = " UNION ALL ".join(
        f"SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)), 0) FROM {table} t" for table in BEWAAKT
    )
    with acting_as_system("vingerafdruk"), connection.cursor() as cursor:
        cursor.execute(parts)
        return list(cursor.fetchall())


def one_per_role(namen: frozenset[str]) -> list[str]:
    """The matrix tries everybody on everything; here the question is only whether the page asks the right thing."""
    found: dict[str, str] = {}
    for naam in MENSEN:
        if naam in namen:
            found.setdefault(MENSEN[naam][0], naam)
    return list(found.values())


def refusals() -> int:
    with acting_as_system("proef"):
        return Regel.objects.filter(soort="geweigerd").count()


def url_of(adres: Adres, wereld: Wereld) -> str:
    return reverse(adres.naam, kwargs=adres.waarmee(wereld))


@pytest.mark.usefixtures("bare_refusals")
class TestEveryUrl:
    @pytest.mark.parametrize("adres", ADRESSEN, ids=str)
    def test_refuses_everybody_else(self, wereld: Wereld, browsers: dict[str, Client], adres: Adres) -> None:
        url, before = url_of(adres, wereld), fingerprint()
        leaks = {}
        for naam in [
            *one_per_role(frozenset(MENSEN) - adres.mogen - LEAVERS),
            *sorted(LEAVERS - adres.mogen),
        ]:
            answers = [browsers[naam].get(url), browsers[naam].post(url)]
            expected = {302} if naam == "geblokkeerd" else NIETS
            if adres.naam in OPENBAAR and naam == "geblokkeerd":
                expected = {401, 405}
            if not {answer.status_code for answer in answers} <= expected:
                leaks[naam] = [answer.status_code for answer in answers]

        leaks |= {
            naam: "POST" for naam in adres.alleen_kijken if browsers[naam].post(url).status_code not in NIETS
        }

        assert leaks == {}
        assert fingerprint() == before

    @pytest.mark.parametrize("adres", ADRESSEN, ids=str)
    def test_answers_who_may(self, wereld: Wereld, browsers: dict[str, Client], adres: Adres) -> None:
        url, refused = url_of(adres, wereld), {}
        for naam in one_per_role(adres.mogen - LEAVERS):
            for method in ("get", "post") if naam not in adres.alleen_kijken else ("get",):
                with transaction.atomic():
                    before = refusals() if adres.leeg else 0
                    answer = getattr(browsers[naam], method)(url)
                    nothing_there = adres.leeg and refusals() == before
                    if answer.status_code not in GEZIEN and not nothing_there:
                        refused[naam, method] = answer.status_code
                    transaction.set_rollback(True)

        assert refused == {}

    @pytest.mark.parametrize("adres", ADRESSEN, ids=str)
    def test_sends_a_stranger_to_the_log_in(self, wereld: Wereld, adres: Adres) -> None:
        url = url_of(adres, wereld)

        for answer in (Client().get(url), Client().post(url)):
            if adres.naam in OPENBAAR:
                assert answer.status_code in (401, 405)
            else:
                assert answer.status_code == 302
                assert answer.url.startswith(reverse("login"))


def may_open(naam: str, op: str) -> frozenset[str]:
    """Who may open this address of the table."""
    return next(adres.mogen for adres in ADRESSEN if (adres.naam, adres.op) == (naam, op))


class TestRefusal:
    def test_looks_the_same_as_what_is_not_there(self, wereld: Wereld) -> None:
        there = reverse("casusregie:casus_detail", kwargs={"nummer": wereld.ding["casus"].nummer})
        nowhere = reverse("casusregie:casus_detail", kwargs={"nummer": "1999-0001"})

        for naam in sorted(
            frozenset(MENSEN) - may_open("casusregie:casus_detail", "casus") - {"geblokkeerd"}
        ):
            browser = (
                Client()
            )  # a fresh one: what an earlier act still had to say stands on the first page only
            browser.force_login(wereld.mens[naam])
            pages = [browser.get(url) for url in (there, nowhere)]
            assert [page.status_code for page in pages] == [404, 404], naam
            assert b"Deze pagina is er niet" in pages[0].content

            bodies = {
                re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"', b"", p.content)
                for p in pages
            }
            assert len(bodies) == 1, naam
            # Expires is the moment itself: two answers may lie on either side of a second.
            headers = [{name: value for name, value in p.headers.items() if name != "Expires"} for p in pages]
            assert headers[0] == headers[1], naam

    def test_each_is_a_line_in_the_log(self, wereld: Wereld, browsers: dict[str, Client]) -> None:
        before = refusals()

        browsers["beleid"].get(
            reverse("casusregie:casus_detail", kwargs={"nummer": wereld.ding["casus"].nummer})
        )

        assert refusals() == before + 1
        with acting_as_system("proef"):
            line = Regel.objects.filter(soort="geweigerd").latest("pk")
        assert line.medewerker_id == wereld.mens["beleid"].pk
        assert line.inwoner_id is None
