"""The request as a view behind the log-in gets it: somebody is logged in, and htmx may have asked."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from skt.medewerkers.models import Medewerker

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Verzoek(HttpRequest):
    """For type checkers only: LoginRequiredMiddleware and HtmxMiddleware make it true."""

    user: Medewerker
    htmx: "HtmxDetails"
