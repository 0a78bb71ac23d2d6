"""De sociale kaart op het scherm: zoeken, bekijken, bijhouden, controleren en fouten melden."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from skt.autorisatie.rules import get_permitted_or_404, may, requires
from skt.kern.keuzelijsten import Leefgebied, Thema
from skt.kern.weigeren import attempt, tell
from socialekaart.forms import AfhandelForm, FoutForm, VoorzieningForm, ZoekForm
from socialekaart.models import Foutmelding, Voorziening
from socialekaart.queries import search
from socialekaart.services import (
    change_voorziening,
    check_voorziening,
    create_voorziening,
    handle_fout,
    report_fout,
)
from socialekaart.status import VOORZIENING_TRANSITIONS

PER_PAGINA = 25
MIN_MARKEER = 3
"""Shorter words (in letters) aren't marked in the list: they'd stand everywhere."""
LIJST, DETAIL = "socialekaart/voorziening_list.html", "socialekaart/voorziening_detail.html"
EDIT, FOUTEN = "socialekaart/voorziening_edit.html", "socialekaart/fout_list.html"
VIEW, CHANGE = "socialekaart.view_voorziening", "socialekaart.change_voorziening"
REPORT, HANDLE = "socialekaart.report_fout", "socialekaart.handle_fout"


@require_safe
@requires(VIEW)
def voorziening_list(request: HttpRequest) -> HttpResponse:
    form = ZoekForm(request.GET)
    asked = form.filters()
    kaart = search(
        asked["vraag"],
        leefgebieden=[asked["leefgebied"]] if asked["leefgebied"] else [],
        lijn=asked["lijn"],
        alleen_actief=not asked["alles"],
    )
    if asked["leeftijd"] is not None:
        kaart = kaart.for_age(asked["leeftijd"])
    page = Paginator(kaart, PER_PAGINA).get_page(request.GET.get("pagina"))
    partial = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(
        request,
        f"{LIJST}#resultaten" if partial else LIJST,
        {
            "form": form,
            "fout": bool(form.errors),
            "vraag": asked["vraag"],
            "woorden": [woord for woord in asked["vraag"].split() if len(woord) >= MIN_MARKEER],
            "page": page,
            "bladeren": _paging(request, page),
            "mag_wijzigen": may(request.user, CHANGE),
            "foutmeldingen": Foutmelding.objects.unhandled().count() if may(request.user, HANDLE) else 0,
        },
    )


@require_safe
def voorziening_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _detail(request, _find(request, VIEW, code))


@require_http_methods(["GET", "POST"])
def voorziening_edit(request: HttpRequest, code: str) -> HttpResponse:
    voorziening = _find(request, CHANGE, code)
    naam, url = voorziening.naam, voorziening.get_absolute_url()
    form = VoorzieningForm(request.POST or None, instance=voorziening, annuleer_url=url)
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: change_voorziening(
                voorziening=voorziening,
                gegevens=form.gegevens(),
                versie=form.cleaned_data["versie"] or 0,
            ),
        ):
            messages.success(request, "De voorziening is bijgewerkt.")
            return redirect(voorziening)
    return render(request, EDIT, {"form": form, "titel": "Voorziening wijzigen", "naam": naam})


@require_http_methods(["GET", "POST"])
@requires(CHANGE)
def voorziening_new(request: HttpRequest) -> HttpResponse:
    form = VoorzieningForm(request.POST or None, annuleer_url=reverse("socialekaart:voorziening_list"))
    if request.method == "POST" and form.is_valid():
        voorziening = create_voorziening(actor=request.user, at=timezone.now(), gegevens=form.gegevens())
        messages.success(request, "De voorziening staat op de sociale kaart.")
        return redirect(voorziening)
    return render(request, EDIT, {"form": form, "titel": "Nieuwe voorziening"})


@require_POST
def voorziening_check(request: HttpRequest, code: str) -> HttpResponse:
    """‘Gecontroleerd, klopt nog’, or a new status; refusals are told on the page of the voorziening."""
    voorziening = _find(request, CHANGE, code)
    versie, overgang = request.POST.get("versie", ""), request.POST.get("overgang", "")
    if not versie.isdecimal() or overgang not in {"", *(t.naam for t in VOORZIENING_TRANSITIONS)}:
        messages.error(request, "Deze keuze kennen we niet. Kies een van de knoppen.")
        return redirect(voorziening)
    tell(
        request,
        lambda: check_voorziening(
            voorziening=voorziening,
            versie=int(versie[:9]),
            overgang=overgang,
            actor=request.user,
            at=timezone.now(),
        ),
        "De controle is opgeslagen.",
    )
    return redirect(voorziening)


@require_POST
def fout_report(request: HttpRequest, code: str) -> HttpResponse:
    voorziening = _find(request, REPORT, code)
    form = FoutForm(request.POST)
    if not form.is_valid():
        return _detail(request, voorziening, form, status=422)
    report_fout(
        voorziening=voorziening, tekst=form.cleaned_data["tekst"], actor=request.user, at=timezone.now()
    )
    messages.success(request, "Dank u wel. De beheerder van de sociale kaart kijkt ernaar.")
    return redirect(voorziening)


@require_GET
@requires(HANDLE)
def fout_list(request: HttpRequest) -> HttpResponse:
    return _fouten(request)


@require_POST
def fout_handle(request: HttpRequest, pk: int) -> HttpResponse:
    melding = get_permitted_or_404(request.user, HANDLE, Foutmelding.objects.all(), pk=pk)
    form = AfhandelForm(request.POST, prefix=f"fout{pk}")
    if not form.is_valid():
        return _fouten(request, form, melding, status=422)
    tell(
        request,
        lambda: handle_fout(
            melding=melding, uitkomst=form.cleaned_data["uitkomst"], actor=request.user, at=timezone.now()
        ),
        "De foutmelding is afgehandeld.",
    )
    return redirect("socialekaart:fout_list")


# -- shared by pages


def _find(request: HttpRequest, action: str, code: str) -> Voorziening:
    return get_permitted_or_404(
        request.user, action, Voorziening.objects.select_related("gecontroleerd_door"), code=code
    )


def _detail(
    request: HttpRequest, voorziening: Voorziening, form: FoutForm | None = None, status: int = 200
) -> HttpResponse:
    mag_wijzigen = may(request.user, CHANGE)
    return render(
        request,
        DETAIL,
        {
            "voorziening": voorziening,
            "leefgebieden": [Leefgebied(gebied).label for gebied in voorziening.leefgebieden],
            "themas": [Thema(thema).label for thema in voorziening.themas],
            "openingstijden": [
                {
                    "titel": regel.get("dag", "").capitalize(),
                    "eind": f"{regel.get('van')} - {regel.get('tot')}",
                }
                for regel in voorziening.openingstijden
            ],
            "overgangen": VOORZIENING_TRANSITIONS.available(voorziening) if mag_wijzigen else [],
            "mag_wijzigen": mag_wijzigen,
            "mag_melden": may(request.user, REPORT),
            "foutmeldingen": voorziening.foutmeldingen.unhandled().select_related("gemeld_door")
            if mag_wijzigen
            else [],
            "form": form or FoutForm(),
        },
        status=status,
    )


def _fouten(
    request: HttpRequest,
    form: AfhandelForm | None = None,
    onder: Foutmelding | None = None,
    status: int = 200,
) -> HttpResponse:
    """The reports with a form each; `form` stands under the report it was sent for."""
    meldingen = Foutmelding.objects.unhandled().select_related("voorziening", "gemeld_door")
    page = Paginator(meldingen, PER_PAGINA).get_page(request.GET.get("pagina"))
    rijen = [
        (melding, form if onder == melding and form else AfhandelForm(prefix=f"fout{melding.pk}"))
        for melding in page
    ]
    return render(
        request,
        FOUTEN,
        {"rijen": rijen, "page": page, "bladeren": _paging(request, page)},
        status=status,
    )


def _paging(request: HttpRequest, page: Page) -> dict[str, Any]:
    """What the component `pagination` draws; the filters stay in the addresses."""

    def url(nummer: int) -> str:
        kept = [(key, value) for key, value in request.GET.items() if key != "pagina" and value]
        return f"{request.path}?{urlencode([*kept, ('pagina', nummer)])}"

    if not page.has_other_pages():
        return {}
    return {
        "volgende_url": url(page.next_page_number()) if page.has_next() else "",
        "vorige_url": url(page.previous_page_number()) if page.has_previous() else "",
        "tekst": f"{page.start_index()} tot {page.end_index()} van {page.paginator.count}",
    }
