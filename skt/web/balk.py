"""The bar above every page: who has something that must stay in sight everywhere (running calls) registers it."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest

Balk = Callable[[HttpRequest, Any], dict[str, Any]]
_balken: list[Balk] = []


def register_balk(balk: Balk) -> None:
    """`balk(request, here)` gives the context of components/gesprekken.html; `here` is what the page is about, if anything."""
    _balken.append(balk)


def fill_balk(request: HttpRequest | None, here: Any) -> dict[str, Any]:
    """Empty for whoever isn't logged in, and on an error page whose transaction is broken."""
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return {}
    if not connection.in_atomic_block or connection.needs_rollback:
        return {}
    filled: dict[str, Any] = {}
    for balk in _balken:
        filled |= balk(request, here)
    return filled
