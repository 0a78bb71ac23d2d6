"""Work for the background goes to our own broker, after the commit; and what can wait doesn't break a request."""

from collections.abc import Callable
from typing import Any

import pytest
from kombu.exceptions import OperationalError

from skt.celery import app
from skt.kern.tasks import enqueue, enqueue_if_possible

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(app, "send_task", lambda name, kwargs: found.append((name, kwargs)))
    return found


@pytest.fixture
def broker_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_name: str, **_kwargs: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(app, "send_task", refuse)


class TestEnqueue:
    @pytest.mark.parametrize("how", [enqueue, enqueue_if_possible])
    def test_sends_by_our_own_app_after_the_commit(
        self,
        how: Callable[..., None],
        sent: list[tuple[str, dict[str, Any]]],
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            how("proef.taak", nummer=1)
            assert sent == []

        assert sent == [("proef.taak", {"nummer": 1})]

    def test_says_that_the_broker_is_away(
        self, broker_away: None, django_capture_on_commit_callbacks: Any
    ) -> None:
        with pytest.raises(OperationalError), django_capture_on_commit_callbacks(execute=True):
            enqueue("proef.taak")

    def test_if_possible_goes_on_without_a_broker(
        self, broker_away: None, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            enqueue_if_possible("proef.taak")

        assert "send_if_possible" in caplog.text
