"""Pages of the privacy officer: who saw and did what. Reading the log is itself a line in the log."""

import csv
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from skt.autorisatie.forms import MaandForm, RegelFilterForm
from skt.autorisatie.queries import VOLGORDE as NOODVOLGORDE
from skt.autorisatie.queries import noodtoegangen, verloop
from skt.autorisatie.rules import requires
from skt.autorisatie.verzoek import Verzoek
from skt.kern.bladeren import page, page_url
from skt.kern.rekenblad import harmless
from skt.verantwoording.models import Regel, Soort
from skt.verantwoording.queries import (
    TEL_TOT,
    VOLGORDE,
    Filter,
    count,
    next_month,
    readers,
    regels,
    with_names,
)
from skt.verantwoording.services import record

INZIEN = "verantwoording.view_regel"
PER_PAGINA = 50
EXPORT_TOT = 10_000
KOLOMMEN = (
    "tijdstip", "soort", "handeling", "medewerker", "organisatie", "object", "inwoner", "op grond van", "reden",
    "noodtoegang", "vanaf adres", "verzoek",
)  # fmt: skip


@require_safe
@requires(INZIEN)
def regel_list(request: Verzoek) -> HttpResponse:
    """The log, newest first."""
    form = RegelFilterForm(request.GET or None)
    valid = not form.is_bound or form.is_valid()
    found = regels(form.asked()) if valid else Regel.objects.none()
    bladzijde = page(
        found, *VOLGORDE, size=PER_PAGINA, na=request.GET.get("na"), voor=request.GET.get("voor")
    )
    context = {
        "form": form,
        "regels": with_names(bladzijde.rijen),
        "aantal": _how_many(count(found)) if valid else "",
        "volgende_url": page_url(request, na=bladzijde.volgende),
        "vorige_url": page_url(request, voor=bladzijde.vorige),
        "export_url": f"{reverse('regel_export')}?{request.GET.urlencode()}",
    }
    if valid:
        _log("verantwoording.view_regel", form.asked(), getoond=len(bladzijde.rijen))
    template = "autorisatie/regel_list.html"
    return render(request, f"{template}#resultaten" if request.htmx else template, context)


@require_safe
@requires(INZIEN)
def regel_export(request: Verzoek) -> HttpResponse:
    """The same lines as a file for a spreadsheet, at most EXPORT_TOT: inside this request, so inside its transaction."""
    form = RegelFilterForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        return redirect(f"{reverse('regel_list')}?{request.GET.urlencode()}")
    found = regels(form.asked())
    if count(found, up_to=EXPORT_TOT) > EXPORT_TOT:
        messages.error(
            request, "Dit zijn meer dan 10.000 regels. Kies een kortere periode of één medewerker."
        )
        return redirect(f"{reverse('regel_list')}?{request.GET.urlencode()}")
    lines = with_names(found.order_by(*VOLGORDE))
    _log("verantwoording.export_regel", form.asked(), getoond=len(lines))
    naam = f"verantwoording-{timezone.localtime():%Y%m%d-%H%M}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{naam}"'},
    )
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(KOLOMMEN)
    for line in lines:
        regel = line.regel
        writer.writerow(
            harmless(str(value))
            for value in (
                timezone.localtime(regel.tijdstip).isoformat(timespec="seconds"),
                regel.get_soort_display(),
                regel.handeling,
                line.medewerker,
                line.organisatie,
                line.object,
                regel.inwoner_id or "",
                regel.recht,
                regel.reden,
                "ja" if regel.noodtoegang else "nee",
                regel.vanaf,
                regel.verzoek,
            )
        )
    return response


@require_safe
@requires(INZIEN)
def noodtoegang_list(request: Verzoek) -> HttpResponse:
    """Every noodtoegang, with its reason and what was read by it."""
    bladzijde = page(
        noodtoegangen(),
        *NOODVOLGORDE,
        size=PER_PAGINA,
        na=request.GET.get("na"),
        voor=request.GET.get("voor"),
    )
    nu = timezone.now()
    context = {
        "toegangen": [(toegang, verloop(toegang, nu)) for toegang in bladzijde.rijen],
        "volgende_url": page_url(request, na=bladzijde.volgende),
        "vorige_url": page_url(request, voor=bladzijde.vorige),
    }
    _log("verantwoording.view_noodtoegang", Filter(), getoond=len(bladzijde.rijen))
    return render(request, "autorisatie/noodtoegang_list.html", context)


@require_safe
@requires(INZIEN)
def regel_review(request: Verzoek) -> HttpResponse:
    """The monthly review (BIO2 8.15): who stands out."""
    form = MaandForm(request.GET or None)
    asked = form.cleaned_data["maand"] if form.is_bound and form.is_valid() else None
    maand = _first_of(asked or timezone.localdate())
    lezers = readers(maand)
    volgende = next_month(maand)
    eerste, laatste = maand, volgende - timedelta(days=1)
    context = {
        "form": form,
        "maand": maand,
        "vorige_maand": _first_of(maand - timedelta(days=1)),
        "volgende_maand": volgende if volgende <= timezone.localdate() else None,
        "lezers": lezers,
        "opvallend": [lezer for lezer in lezers if lezer.waarom],
        "periode": f"van={eerste.isoformat()}&tot={laatste.isoformat()}",
    }
    _log("verantwoording.review", Filter(van=eerste, tot=laatste), getoond=len(lezers))
    return render(request, "autorisatie/regel_review.html", context)


def _log(action: str, asked: Filter, *, getoond: int) -> None:
    record(
        action=action,
        soort=Soort.LEZEN,
        inwoner_ids=[asked.inwoner_id] if asked.inwoner_id else [],
        gegevens={"getoond": getoond} | ({"gevraagd": words} if (words := asked.words()) else {}),
    )


def _how_many(aantal: int) -> str:
    if aantal > TEL_TOT:
        return "Meer dan 1.000 regels"
    return f"{aantal} regel" if aantal == 1 else f"{aantal} regels"


def _first_of(dag: date) -> date:
    return dag.replace(day=1)
