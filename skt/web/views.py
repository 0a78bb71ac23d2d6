"""The pages of nobody in particular: home, log in, search, profile, health and what went wrong."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from redis.exceptions import RedisError

from skt.autorisatie.context import acting_as
from skt.autorisatie.rules import may, requires
from skt.verantwoording.services import record_aanmelding
from skt.web.inrichting import registered
from skt.web.meedragen import VELD, unseal
from skt.web.middleware import client_address
from skt.web.navigatie import landing_url
from skt.web.zoeken import find

MIN_ZOEK = 2


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return redirect(landing_url(request.user))


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    vraag = request.GET.get("q", "").strip()[:100]
    mag = may(request.user, "inwoners.search_inwoner")
    vondsten = find(request.user, vraag) if len(vraag) >= MIN_ZOEK else []
    return render(
        request,
        "web/search.html",
        {"vraag": vraag, "vondsten": vondsten, "te_kort": len(vraag) < MIN_ZOEK, "mag": mag},
    )


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    return render(request, "web/profile.html", {"plaatsingen": request.user.lopende_plaatsingen})


@require_safe
@requires("inrichting.view_inrichting")
def inrichting(request: HttpRequest) -> HttpResponse:
    """What the kwartiermaker sets up; each app brings its own parts, and who may not use one doesn't see it."""
    onderdelen = [onderdeel for onderdeel in registered() if may(request.user, onderdeel.action)]
    return render(request, "web/inrichting.html", {"onderdelen": onderdelen})


class LoginView(auth_views.LoginView):
    """Log in; each success and each failure is a line in the verantwoording."""

    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        vanaf = client_address(self.request)
        with transaction.atomic(), acting_as(user, vanaf=vanaf):
            record_aanmelding(action="web.login", medewerker_id=user.pk, vanaf=vanaf, gegevens={})
        super_response = super().form_valid(form)
        carried = unseal(self.request.POST.get(VELD, ""), user)
        if carried is None:
            return super_response
        return render(self.request, "registration/send_again.html", carried)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A wrong password doesn't lose what goes along either."""
        return {"meegedragen": self.request.POST.get(VELD, ""), **super().get_context_data(**kwargs)}

    def form_invalid(self, form: Any) -> HttpResponse:
        naam = str(form.data.get("username", ""))[:60]
        record_aanmelding(
            action="web.login_mislukt",
            medewerker_id=None,
            vanaf=client_address(self.request),
            gegevens={"gebruikersnaam": naam},
        )
        return super().form_invalid(form)


@login_not_required
@require_http_methods(["GET", "POST"])
def login_in_place(request: HttpRequest) -> HttpResponse:
    """Log in without leaving the page: GET gives a token, POST logs in and gives the next one; a refusal says why."""
    if request.method == "GET":
        response = JsonResponse({"csrf": get_token(request)})
    else:
        form = AuthenticationForm(request, data=request.POST)
        vanaf = client_address(request)
        if form.is_valid():
            user = form.get_user()
            with transaction.atomic(), acting_as(user, vanaf=vanaf):
                record_aanmelding(action="web.login", medewerker_id=user.pk, vanaf=vanaf, gegevens={})
            login(request, user)
            response = JsonResponse({"csrf": get_token(request)})
        else:
            naam = request.POST.get("username", "")[:60]
            record_aanmelding(
                action="web.login_mislukt", medewerker_id=None, vanaf=vanaf, gegevens={"gebruikersnaam": naam}
            )
            zinnen = [str(zin) for fouten in form.errors.values() for zin in fouten]
            response = JsonResponse({"zin": " ".join(zinnen)}, status=422)
    response["Cache-Control"] = "no-store, private"
    return response


class LogoutView(auth_views.LogoutView):
    """Log out by POST; what the browser kept is told to go."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            record_aanmelding(
                action="web.logout", medewerker_id=request.user.pk, vanaf=client_address(request), gegevens={}
            )
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


@login_not_required
@require_safe
def session_expired(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/session_expired.html", {"next": request.GET.get("next", "/")})


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 ‘ok’ when the database and Valkey answer, otherwise 503; says nothing else to whoever asks."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        cache.set("gezond", 1, timeout=5)
    except (DatabaseError, RedisError, OSError):
        return HttpResponse("niet gezond", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: its context processors ask the database, and that may be what went wrong."""
    return HttpResponseServerError(render_to_string("500.html"))


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
