"""The files of the site as a browser of the tests gets them: kept, as in production; and axe-core beside them."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

AXE = "/static/proef/axe.js"


class Bestanden(StaticFilesHandler):
    """A file may be kept for an hour. A fresh checkout has files so young that a browser asks about each on every page."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = axe() if request.path == AXE else super().serve(request)
        response["Cache-Control"] = "max-age=3600"
        return response


def axe() -> HttpResponse:
    """axe-core and what we add, in one file from our own address: so the browser compiles it once, not on every page."""
    ours = Path(__file__).with_name("axe.js").read_text(encoding="utf-8")
    return HttpResponse(f"{AXE_SCRIPT}\n{ours}", content_type="text/javascript; charset=utf-8")
