"""A refusal is one Dutch sentence: at the field it is about, above its form, or above the page that follows."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from skt.kern.errors import DomainError

Gedaan = TypeVar("Gedaan")


def show_refusal(form: Any, error: DomainError, veld: str = "") -> None:
    """At the field that the refusal names itself (`veld`), or else at this one, or above the form."""
    veld = getattr(error, "veld", "") or veld
    form.add_error(veld if veld in form.fields else None, str(error))


def attempt(form: Any, act: Callable[[], object], veld: str = "") -> bool:
    """Do it, or put the refusal on the form; then nothing of it stays. Returns whether it was done."""
    try:
        with transaction.atomic():
            act()
    except DomainError as error:
        show_refusal(form, error, veld)
        return False
    return True


def tell(request: HttpRequest, act: Callable[[], Gedaan], zin: str | Callable[[Gedaan], str]) -> bool:
    """Do it and say so, or say why not. Returns whether it was done; what is said may depend on what came of it."""
    try:
        gedaan = act()
    except DomainError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, zin if isinstance(zin, str) else zin(gedaan))
    return True
