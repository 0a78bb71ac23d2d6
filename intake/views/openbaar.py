"""Het openbare formulier: zonder inloggen, zonder cookie, zonder JavaScript. Hier handelt niemand, dus is er niets te lezen.

No CSRF token: whoever isn't logged in has no authority another site could borrow, and a token would need a cookie and could
expire under somebody's text. The seal in the form (intake.poort) does what is left of its work.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from intake.forms import InwonerFormulier, ProfessionalFormulier
from intake.forms.formulier import OpenbaarFormulier
from intake.models import Opgave
from intake.poort import (
    Tegengehouden,
    check_site,
    check_zegel,
    count_formulier,
    count_poging,
    keep_sleutel,
    make_zegel,
    read_fields,
    recall_sleutel,
)
from intake.services import Ontvangst, Uitkomst, receive_formulier

GESTUURD = ("GET", "HEAD", "POST")
BEWIJS = "intake.openbaar.bewijs"
AL_VERSTUURD = (
    "U hebt dit formulier al verstuurd, met kenmerk {kenmerk}. Wat u nu hebt veranderd, is nog niet verstuurd. Wilt u het als"
    " nieuw bericht versturen? Druk dan nog een keer op Versturen."
)


@login_not_required
@require_safe
def formulier_start(_request: HttpRequest) -> HttpResponse:
    return _render("start", {})


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(GESTUURD)
def formulier_inwoner(request: HttpRequest) -> HttpResponse:
    return _formulier(request, InwonerFormulier, "inwoner")


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(GESTUURD)
def formulier_professional(request: HttpRequest) -> HttpResponse:
    return _formulier(request, ProfessionalFormulier, "professional")


@login_not_required
@never_cache
@require_safe
def formulier_ontvangen(_request: HttpRequest, bewijs: str) -> HttpResponse:
    """What happens next and when. All of it stands in the address, signed: nothing is looked up."""
    try:
        told = signing.loads(bewijs, salt=BEWIJS)
    except signing.BadSignature as error:
        raise Http404 from error
    context = {
        "kenmerk": told["k"],
        "uiterlijk": parse_datetime(told["u"]),
        "professional": told["b"] == Opgave.Bron.PROFESSIONAL,
        "belt_zelf": told["n"],
        "mail": told["m"],
        "al_eerder": told["e"],
    }
    return _render("ontvangen", context)


def _formulier(request: HttpRequest, kind: type[OpenbaarFormulier], naam: str) -> HttpResponse:
    at = timezone.now()
    if request.method != "POST":
        return _page(kind(initial={"zegel": make_zegel(at)}), naam)
    try:
        fields = read_fields(request, kind.base_fields)
    except Tegengehouden as refused:
        form = kind(initial={"zegel": make_zegel(at)})
        return _page(form, naam, zin=str(refused), status=refused.status)
    form = kind(fields)
    try:
        count_poging(request)
        if not form.is_valid():
            return _page(_resealed(form, at), naam, status=422)
        check_site(request)
        zegel = check_zegel(form.cleaned_data["zegel"], at)
        count_formulier(request)
        inhoud = form.inhoud()
        sleutel = recall_sleutel(request, inhoud) or zegel.sleutel
        ontvangst = receive_formulier(sleutel=sleutel, at=at, bron=kind.bron, inhoud=inhoud)
    except Tegengehouden as refused:
        if refused.nieuw_zegel:
            fields["zegel"] = make_zegel(at)
        return _page(form, naam, zin=str(refused), status=refused.status)
    except DatabaseError:
        zin = f"Het versturen lukt nu even niet. Uw tekst staat er nog. Probeer het zo weer, of bel {settings.SKT_LOKET_TELEFOON}."
        return _page(form, naam, zin=zin, status=503)
    if ontvangst.uitkomst == Uitkomst.ANDERS:
        fields["zegel"] = make_zegel(at)
        return _page(form, naam, zin=AL_VERSTUURD.format(kenmerk=ontvangst.kenmerk), status=409)
    keep_sleutel(request, inhoud, sleutel)
    return redirect("intake:formulier_ontvangen", bewijs=_bewijs(form, ontvangst))


def _resealed(form: OpenbaarFormulier, at: Any) -> OpenbaarFormulier:
    """A form without a seal gets one, so that sending it again can work."""
    if not form.data.get("zegel"):
        form.data["zegel"] = make_zegel(at)
    return form


def _bewijs(form: OpenbaarFormulier, ontvangst: Ontvangst) -> str:
    inhoud = form.inhoud()
    told = {
        "k": ontvangst.kenmerk,
        "u": ontvangst.uiterlijk.isoformat(),
        "b": str(form.bron),
        "n": inhoud["contactwijze"] == Opgave.Contactwijze.NIET,
        "m": inhoud["bevestiging_gevraagd"],
        "e": ontvangst.uitkomst == Uitkomst.ZELFDE,
    }
    return signing.dumps(told, salt=BEWIJS, compress=True)


def _page(form: OpenbaarFormulier, naam: str, *, zin: str = "", status: int = 200) -> HttpResponse:
    return _render(naam, {"form": form, "zin": zin}, status=status)


def _render(naam: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Our own frame, without the request: what the context processors add would ask who is logged in."""
    plaats = {
        "gemeente": settings.SKT_GEMEENTE,
        "telefoon": settings.SKT_LOKET_TELEFOON,
        "uren": settings.SKT_LOKET_UREN,
        "werkdagen": settings.SKT_REACTIE_WERKDAGEN,
    }
    page = render_to_string(f"intake/openbaar/{naam}.html", {**plaats, **context})
    return HttpResponse(page, status=status)
