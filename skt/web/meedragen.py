"""What was sent when the session was over isn't lost: it goes along, sealed, through the log-in, and is sent again by hand.

The seal (Fernet) keeps the text unreadable in the page of whoever finds the screen, and says whose it was: another
medewerker who logs in there gets nothing of it. Passwords and BSNs are never carried.
"""

import json
from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from skt.inwoners.versleuteling import decrypt, encrypt
from skt.medewerkers.models import Medewerker

VELD = "meegedragen"
NOOIT = ("wachtwoord", "password", "bsn", "csrfmiddlewaretoken")
MAX_TEKENS = 400_000


def ask_login(request: HttpRequest, sealed: str) -> HttpResponse:
    """The log-in page with what was sent, sealed."""
    response = render(
        request,
        "registration/login.html",
        {
            "form": AuthenticationForm(request),
            "next": request.get_full_path(),
            "meegedragen": sealed,
            "verlopen": True,
        },
    )
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store, private"
    return response


def seal(request: HttpRequest, was: int | None) -> str:
    """Empty when there is nothing that may be carried, or too much. `was`: whose session it was, when that is still known."""
    velden = [
        [name, value]
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in NOOIT)
        for value in values
    ]
    text = json.dumps({"pad": request.get_full_path(), "van": was, "velden": velden})
    return encrypt(text).decode() if velden and len(text) <= MAX_TEKENS else ""


def unseal(sealed: str, user: Medewerker) -> dict[str, Any] | None:
    """{"pad": ..., "velden": [[name, value], ...]}, or None: broken, or somebody else's."""
    try:
        found: dict[str, Any] = json.loads(decrypt(sealed.encode()))
    except (InvalidToken, ValueError):
        return None
    if found.get("van") not in {None, user.pk} or not str(found.get("pad", "")).startswith("/"):
        return None
    return found
