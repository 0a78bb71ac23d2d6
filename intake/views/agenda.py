"""Mijn agenda en die van het team, mijn werktijden, en de agenda in een ander programma."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from intake.agenda import read_agenda
from intake.forms import AgendaFilter, UrenForm, WegForm
from intake.forms.velden import read_id
from intake.ics import Gebeurtenis, calendar
from intake.models import Afspraak, Agendasleutel, Werktijd, Werkuitzondering
from intake.services import (
    add_afwezigheid,
    drop_afwezigheid,
    make_agendasleutel,
    revoke_agendasleutel,
    set_werktijden,
)
from intake.services.agenda import hash_of
from intake.views.lezen import log_meldingen
from skt.autorisatie.context import acting_as
from skt.autorisatie.rules import permitted, requires
from skt.kern.errors import DomainError
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import DOSSIERROLLEN, Medewerker
from skt.web.datums import long_date
from skt.web.middleware import client_address

GESTUURD = ("GET", "POST")
TERUG, VOORUIT = timedelta(days=30), timedelta(days=180)
"""What the feed holds, counted from today."""
PER_UUR, MIS_PER_UUR = 60, 20
"""How often one address is read, and how often one place may guess, in an hour."""
UUR = 3600
VERS = 900
"""Seconds a program may keep the feed before it asks again."""


@require_safe
@requires("intake.view_agenda")
def agenda(request: HttpRequest) -> HttpResponse:
    form = AgendaFilter(request.GET, user=request.user)
    ids, team_id = form.wie_ids()
    names = {pk: m.naam for pk, m in form.velden.medewerkers.items()} | {request.user.pk: request.user.naam}
    whose = {pk: names[pk] for pk in ids if pk in names}
    eerste, dagen = form.eerste, form.dagen
    blik = read_agenda(request.user, whose, eerste=eerste, dagen=dagen, team_id=team_id)
    log_meldingen("intake.view_agenda", blik.meldingen)
    laatste = eerste + timedelta(days=dagen - 1)
    context = {
        "form": form,
        "titel": _titel(form, team_id, whose, request.user),
        "periode": long_date(eerste)
        if form.is_dag
        else f"{long_date(eerste)} tot en met {long_date(laatste)}",
        "dagen": blik.dagen if form.is_dag else [d for d in blik.dagen if d.regels or d.dag.isoweekday() < 6],
        "is_team": len(whose) > 1,
        "vorige_url": _url(request, eerste - timedelta(days=dagen)),
        "volgende_url": _url(request, eerste + timedelta(days=dagen)),
        "vandaag_url": _url(request, next_werkdag(timezone.localdate())),
        "nu": timezone.localtime(),
    }
    template = "intake/agenda.html"
    return render(request, f"{template}#dagen" if request.htmx else template, context)


@require_http_methods(GESTUURD)
@requires("intake.view_agenda")
def agenda_hours(request: HttpRequest) -> HttpResponse:
    """Wanneer u werkt en wanneer niet: daaruit volgen uw vrije momenten."""
    actie = request.POST.get("actie", "")
    own_hours = _hours(Werktijd.objects.filter(medewerker=request.user))
    uren = UrenForm(request.POST if actie == "uren" else None, initial=own_hours or _team_hours(request.user))
    weg = WegForm(request.POST if actie == "weg" else None)
    now = timezone.now()
    if actie.startswith("intrekken-"):
        drop_afwezigheid(actor=request.user, at=now, pk=read_id(actie.removeprefix("intrekken-")) or 0)
        messages.success(request, "De afwezigheid is ingetrokken.")
        return redirect("intake:agenda_hours")
    form: Any = {"uren": uren, "weg": weg}.get(actie)
    if form is not None and form.is_valid():
        try:
            if actie == "uren":
                set_werktijden(actor=request.user, at=now, uren=uren.uren())
            else:
                add_afwezigheid(actor=request.user, at=now, **weg.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Bewaard. Uw vrije momenten zijn bijgewerkt.")
            return redirect("intake:agenda_hours")
    own = permitted(request.user, "intake.own_werktijd", Werkuitzondering.objects.all())
    context = {
        "uren": uren,
        "weg": weg,
        "afwezig": own.filter(vervallen=False, laatste_dag__gte=timezone.localdate()).order_by(
            "eerste_dag", "pk"
        )[:50],
        "eigen": bool(own_hours),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "intake/agenda_hours.html", context, status=status)


@require_http_methods(GESTUURD)
@requires("intake.view_agenda")
def agenda_link(request: HttpRequest) -> HttpResponse:
    """Het geheime adres waarmee een agendaprogramma meeleest; het wordt één keer getoond."""
    adres, now = "", timezone.now()
    if request.method == "POST" and request.POST.get("actie") == "stop":
        revoke_agendasleutel(actor=request.user, at=now)
        messages.success(request, "Het adres werkt niet meer.")
        return redirect("intake:agenda_link")
    if request.method == "POST" and request.POST.get("actie") == "maak":
        sleutel = make_agendasleutel(actor=request.user, at=now)
        adres = request.build_absolute_uri(reverse("intake:agenda_feed", kwargs={"sleutel": sleutel}))
    own = permitted(
        request.user, "intake.own_agendasleutel", Agendasleutel.objects.filter(ingetrokken_op=None)
    )
    return render(request, "intake/agenda_link.html", {"adres": adres, "sleutel": own.first()})


@login_not_required
@require_safe
def agenda_feed(request: HttpRequest, sleutel: str) -> HttpResponse:
    """De afspraken van wie de sleutel is, zonder iets over een inwoner; zolang er een plaatsing loopt."""
    hashed, wie = hash_of(sleutel), client_address(request)
    if _count(f"agenda-mis:{wie}", add=0) > MIS_PER_UUR or _count(f"agenda:{hashed}") > PER_UUR:
        return HttpResponse("Te vaak gevraagd.", status=429, headers={"Retry-After": str(UUR)})
    with transaction.atomic():
        medewerker = _owner(hashed)
        if medewerker is not None:
            with acting_as(medewerker, vanaf=wie):
                body = calendar("SKT-loket", _events(request, medewerker))
    if medewerker is None:
        _count(f"agenda-mis:{wie}")
        return HttpResponseNotFound("Niet gevonden.", content_type="text/plain; charset=utf-8")
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={VERS}"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _owner(hashed: str) -> Medewerker | None:
    """Whose key this is, as long as a placement with dossiers runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_agendasleutel_van(%s)", [hashed])
        (pk,) = cursor.fetchone()
    medewerker = Medewerker.objects.filter(pk=pk).first() if pk else None
    return medewerker if medewerker is not None and medewerker.heeft_rol(*DOSSIERROLLEN) else None


def _events(request: HttpRequest, medewerker: Medewerker) -> list[Gebeurtenis]:
    now = timezone.now()
    own = Afspraak.objects.planned().filter(
        lees_medewerkers__contains=[medewerker.pk], begin__gte=now - TERUG, begin__lt=now + VOORUIT
    )
    page = request.build_absolute_uri(reverse("intake:agenda"))
    return [
        Gebeurtenis(
            uid=f"{afspraak.uuid}@skt-loket",
            begin=afspraak.begin,
            eind=afspraak.eind,
            gewijzigd=afspraak.gepland_op,
            titel=afspraak.get_soort_display(),
            plaats=afspraak.get_plaats_display(),
            url=f"{page}?{urlencode({'dag': timezone.localtime(afspraak.begin).date(), 'weergave': 'dag'})}",
        )
        for afspraak in permitted(medewerker, "intake.view_afspraak", own).order_by("begin", "pk")
    ]


def _count(key: str, add: int = 1) -> int:
    """How often in this hour, this time included; kept in the cache, so it may be forgotten but never stays."""
    cache.add(key, 0, UUR)
    if not add:
        return int(cache.get(key) or 0)
    try:
        return int(cache.incr(key, add))
    except ValueError:  # gone between the two
        return add


def _team_hours(user: Medewerker) -> dict[str, Any]:
    """What holds as long as nothing of one's own is filled in."""
    return _hours(Werktijd.objects.filter(team__in=user.team_ids(*DOSSIERROLLEN)[:1]))


def _hours(rows: QuerySet[Werktijd]) -> dict[str, Any]:
    """As the form asks them: van_1 … tot_5."""
    found: dict[str, Any] = {}
    for row in rows:
        found[f"van_{row.weekdag}"] = f"{row.van:%H:%M}" if row.van else ""
        found[f"tot_{row.weekdag}"] = f"{row.tot:%H:%M}" if row.tot else ""
    return found


def _titel(form: AgendaFilter, team_id: int | None, whose: dict[int, str], user: Medewerker) -> str:
    if team_id is not None:
        return f"Agenda van {form.velden.teams.get(team_id, 'het team')}"
    if set(whose) == {user.pk} or not whose:
        return "Mijn agenda"
    return f"Agenda van {next(iter(whose.values()))}"


def _url(request: HttpRequest, dag: Any) -> str:
    kept = {name: value for name, value in request.GET.items() if name in {"wie", "weergave"} and value}
    return f"{request.path}?{urlencode({**kept, 'dag': dag.isoformat()})}"
