"""De gesprekspagina is licht: de eerste keer laden, met alles erbij, blijft onder 250 kB."""

import gzip

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Venster
from tests.scenarios.bezetting import Bezetting

MEESTE_BYTES = 250_000
AL_KLEIN = (".woff2", ".png", ".jpg")


@pytest.fixture
def antwoorden(venster: Venster, bezetting: Bezetting) -> list[Response]:
    """Everything that the first load of the call page fetches, in a browser that has nothing yet."""
    page = venster.page(bezetting.loket)
    found: list[Response] = []
    page.on("response", lambda answer: found.append(answer))
    page.goto("/gesprek/nieuw/", wait_until="networkidle")
    return found


class TestFirstLoad:
    def test_stays_under_250_kilobyte(self, antwoorden: list[Response]) -> None:
        """As the product serves it: text is compressed (WhiteNoise, Caddy), fonts and pictures are already."""
        sizes = {answer.url: _size(answer) for answer in antwoorden if answer.status == 200}

        assert sum(sizes.values()) <= MEESTE_BYTES, sorted(sizes.items(), key=lambda item: -item[1])[:8]

    def test_comes_from_here_alone(self, antwoorden: list[Response], site: str) -> None:
        assert {answer.url for answer in antwoorden if not answer.url.startswith(site)} == set()


def _size(answer: Response) -> int:
    body = answer.body()
    return len(body) if answer.url.endswith(AL_KLEIN) else len(gzip.compress(body, 6))
