"""The frame of every request: a living session, one transaction, one acting medewerker, and nothing left in the browser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from skt.autorisatie.context import acting_as
from skt.autorisatie.rules import Refused
from skt.kern.keten import sentence_of
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record_refusal
from skt.web.meedragen import ask_login, seal

GetResponse = Callable[[HttpRequest], HttpResponse]
BEGONNEN, GEZIEN = "skt_begonnen", "skt_gezien"
ZIEN_NA = timedelta(seconds=30)


class SessieMiddleware:
    """Ends a session that is idle or too old, or whose account was blocked (BIO2 5.17; ASVS 7.3)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._has_ended(request):
            was = request.user.pk
            logout(request)
            if request.headers.get("HX-Request"):
                return HttpResponse(status=401, headers={"HX-Trigger": "skt:sessie-verlopen"})
            if request.method != "POST":
                next_page = request.get_full_path()
                return redirect(f"{reverse('session_expired')}?{urlencode({'next': next_page})}")
            request.skt_was = was  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_rest: object
    ) -> HttpResponse | None:
        """A plain form that was sent after the session ended: log in, with what was written carried along.

        Only here, after the check on CSRF: what another site makes a browser send is never carried past the log-in.
        """
        if (
            request.method != "POST"
            or request.user.is_authenticated
            or not getattr(view, "login_required", True)
        ):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Trigger": "skt:sessie-verlopen"})
        was = getattr(request, "skt_was", None)
        sealed = seal(request, was)
        if not sealed and was is None:
            return None
        return ask_login(request, sealed)

    def _has_ended(self, request: HttpRequest) -> bool:
        now = timezone.now()
        begonnen = _moment(request, BEGONNEN) or now
        gezien = _moment(request, GEZIEN) or now
        if now - gezien > timedelta(minutes=settings.SKT_SESSIE_INACTIEF_MINUTEN):
            return True
        if now - begonnen > timedelta(hours=settings.SKT_SESSIE_MAXIMUM_UREN):
            return True
        if BEGONNEN not in request.session:
            request.session[BEGONNEN] = now.isoformat()
        if GEZIEN not in request.session or (now - gezien > ZIEN_NA and not _by_itself(request)):
            request.session[GEZIEN] = now.isoformat()
        return False


class WerkcontextMiddleware:
    """One transaction per request, in which PostgreSQL knows who acts. A refused hit is logged, and changes nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        request.skt_refused = None  # type: ignore[attr-defined]
        try:
            response = self._in_transaction(request, user)
        except IntegrityError as error:
            sentence = sentence_of(error)
            if sentence is None:
                raise
            response = render(request, "409.html", {"zin": sentence}, status=409)
        self._log_refusal(request, user, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Whatever went wrong, nothing of this request stays; the error page is made by Django."""
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        if isinstance(exception, Refused):
            request.skt_refused = exception  # type: ignore[attr-defined]

    def _in_transaction(self, request: HttpRequest, user: Medewerker) -> HttpResponse:
        with transaction.atomic(), acting_as(user, vanaf=client_address(request)):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    def _log_refusal(self, request: HttpRequest, user: Medewerker, response: HttpResponse) -> None:
        refused = getattr(request, "skt_refused", None)
        if refused is None and response.status_code not in (403, 405):
            return
        with transaction.atomic(), acting_as(user, vanaf=client_address(request)):
            if refused is not None:
                record_refusal(action=refused.action, object_soort=refused.soort, gevraagd=refused.lookup)
            else:
                record_refusal(
                    action="web.geweigerd", object_soort="pagina", gevraagd={"pad": request.path[:80]}
                )


def _by_itself(request: HttpRequest) -> bool:
    """A page that refreshes itself (the board asks with the state it has) is no sign of a person."""
    return request.method == "GET" and "stand" in request.GET and bool(request.headers.get("HX-Request"))


def client_address(request: HttpRequest) -> str:
    """The address of the browser, for the log and for django-axes.

    Behind SKT_PROXIES trusted fronts it is that many places from the end of X-Forwarded-For: each front adds whom it
    heard, and what stands before that anybody can make up. Without a front, or when the header doesn't hold that
    many addresses, it is who really connected.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))[:45]
    passed_on = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    if not 0 < settings.SKT_PROXIES <= len(passed_on):
        return connected
    try:
        return str(ip_address(passed_on[-settings.SKT_PROXIES].strip().partition("%")[0]))
    except ValueError:
        return connected


def _moment(request: HttpRequest, key: str) -> datetime | None:
    value = request.session.get(key)
    return datetime.fromisoformat(value) if value else None
