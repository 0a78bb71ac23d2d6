"""The addresses of the site, and beside them some that go wrong on purpose, to look at the pages that tell so."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from skt.kern.keten import ZINNEN


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("met opzet, om de foutpagina te zien")


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def misread(request: HttpRequest) -> HttpResponse:
    raise BadRequest("met opzet")


def break_keten(request: HttpRequest) -> HttpResponse:
    zin = ZINNEN["keten_casus_heeft_actie"]
    return render(request, "409.html", {"zin": zin}, status=409)


urlpatterns = [
    path("", include("skt.urls")),
    path("proef/400/", misread),
    path("proef/403/", refuse),
    path("proef/409/", break_keten),
    path("proef/500/", break_down),
]

handler400 = "skt.web.views.bad_request"
handler403 = "skt.web.views.forbidden"
handler404 = "skt.web.views.not_found"
handler500 = "skt.web.views.server_error"
