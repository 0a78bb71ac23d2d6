"""Pages of the functioneel beheerder. Nothing here reads, counts or names a resident."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skt.autorisatie import services
from skt.autorisatie.forms import (
    BlockForm,
    EndForm,
    MandaatAddForm,
    MandaatForm,
    MedewerkerForm,
    PlaatsingFilterForm,
    PlaatsingForm,
)
from skt.autorisatie.rules import get_permitted_or_404, may, requires
from skt.autorisatie.verzoek import Verzoek
from skt.kern.bladeren import page, page_url
from skt.kern.errors import DomainError
from skt.kern.weigeren import attempt, tell
from skt.medewerkers.models import Mandaat, Medewerker, Plaatsing
from skt.medewerkers.overdracht import VOORUIT, over_te_dragen
from skt.medewerkers.queries import MANDAATVOLGORDE, VOLGORDE, mandaten, with_plaatsingen

BEHEER = "medewerkers.manage_plaatsing"
PER_PAGINA = 25
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(BEHEER)
def plaatsing_list(request: Verzoek) -> HttpResponse:
    """Everybody who works or worked here, with their placements."""
    form = PlaatsingFilterForm({"stand": "nu", **request.GET.dict()})
    asked = form.cleaned_data if form.is_valid() else {}
    vandaag = timezone.localdate()
    found = with_plaatsingen(
        on=vandaag,
        zoek=asked.get("zoek", ""),
        stand=asked.get("stand", "nu"),
        organisatie_id=_key(asked.get("organisatie")),
        team_id=_key(asked.get("team")),
        rol=asked.get("rol", ""),
    )
    bladzijde = page(
        found, *VOLGORDE, size=PER_PAGINA, na=request.GET.get("na"), voor=request.GET.get("voor")
    )
    context = {
        "form": form,
        "bladzijde": bladzijde,
        "aantal": found.count(),
        "vandaag": vandaag,
        "volgende_url": page_url(request, na=bladzijde.volgende),
        "vorige_url": page_url(request, voor=bladzijde.vorige),
    }
    if not request.htmx:
        context["overdracht"] = _handovers(vandaag)
    return render(request, _whole_or("resultaten", request, "autorisatie/plaatsing_list.html"), context)


@require_safe
@requires(BEHEER)
def medewerker_detail(request: Verzoek, pk: int) -> HttpResponse:
    """One medewerker: account, placements and mandaten."""
    medewerker = _medewerker(request, pk)
    context = {
        "medewerker": medewerker,
        "plaatsingen": medewerker.plaatsingen.select_related("moederorganisatie", "team").order_by(
            "-van", "-pk"
        ),
        "mandaten": medewerker.mandaten.order_by("-van", "-pk"),
        "vandaag": timezone.localdate(),
        "ikzelf": medewerker.pk == request.user.pk,
    }
    return render(request, "autorisatie/medewerker_detail.html", context)


@form_page
@requires(BEHEER)
def medewerker_new(request: Verzoek) -> HttpResponse:
    """A new account; the answer shows its temporary password, once."""
    form = MedewerkerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            medewerker, password = services.register_medewerker(
                actor=request.user, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return _show_password(request, medewerker, password)
    return render(request, "autorisatie/medewerker_new.html", {"form": form})


@form_page
@requires(BEHEER)
def medewerker_password(request: Verzoek, pk: int) -> HttpResponse:
    """A new temporary password for who forgot it."""
    medewerker = _medewerker(request, pk)
    fout = ""
    if request.method == "POST":
        try:
            password = services.give_temporary_password(
                medewerker=medewerker, actor=request.user, at=timezone.now()
            )
        except DomainError as error:
            fout = str(error)
        else:
            return _show_password(request, medewerker, password)
    return render(request, "autorisatie/medewerker_password.html", {"medewerker": medewerker, "fout": fout})


@form_page
@requires(BEHEER)
def medewerker_block(request: Verzoek, pk: int) -> HttpResponse:
    """Block an account, with a reason."""
    medewerker = _medewerker(request, pk)
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: services.block_medewerker(
                medewerker=medewerker, actor=request.user, at=timezone.now(), **form.cleaned_data
            ),
        ):
            messages.success(request, f"Het account van {medewerker.naam} is geblokkeerd.")
            return redirect("medewerker_detail", pk=pk)
    return render(request, "autorisatie/medewerker_block.html", {"medewerker": medewerker, "form": form})


@require_POST
@requires(BEHEER)
def medewerker_unblock(request: Verzoek, pk: int) -> HttpResponse:
    """Let a blocked account in again."""
    medewerker = _medewerker(request, pk)
    tell(
        request,
        lambda: services.unblock_medewerker(medewerker=medewerker, actor=request.user, at=timezone.now()),
        f"{medewerker.naam} kan weer inloggen.",
    )
    return redirect("medewerker_detail", pk=pk)


@form_page
@requires(BEHEER)
def plaatsing_new(request: Verzoek, pk: int) -> HttpResponse:
    """Place a medewerker in a team with a role."""
    medewerker = _medewerker(request, pk)
    laatste = medewerker.plaatsingen.order_by("-van", "-pk").first()
    initial = {
        "van": timezone.localdate(),
        "moederorganisatie": laatste.moederorganisatie_id if laatste else None,
    }
    form = PlaatsingForm(request.POST or None, medewerker=medewerker, initial=initial)
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: services.place_medewerker(
                medewerker=medewerker, actor=request.user, at=timezone.now(), **form.cleaned_data
            ),
        ):
            messages.success(request, f"{medewerker.naam} is geplaatst.")
            return redirect("medewerker_detail", pk=pk)
    return render(request, "autorisatie/plaatsing_new.html", {"medewerker": medewerker, "form": form})


@form_page
@requires(BEHEER)
def plaatsing_end(request: Verzoek, pk: int) -> HttpResponse:
    """End a placement; refused while they are responsible for something (domein 5, 6)."""
    plaatsing = get_permitted_or_404(
        request.user,
        BEHEER,
        Plaatsing.objects.select_related("medewerker", "moederorganisatie", "team"),
        pk=pk,
    )
    form = EndForm(request.POST or None, initial={"tot": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        tot = form.cleaned_data["tot"]
        try:
            must_hand_over = services.end_plaatsing(
                plaatsing=plaatsing, actor=request.user, at=timezone.now(), tot=tot
            )
        except DomainError as error:
            form.add_error(NON_FIELD_ERRORS, str(error))
        else:
            dag = date_format(tot, "j F Y")
            messages.success(request, f"De plaatsing van {plaatsing.medewerker.naam} loopt tot {dag}.")
            if must_hand_over:
                messages.warning(
                    request,
                    f"{plaatsing.medewerker.naam} is nu nog ergens voor verantwoordelijk. Laat dat vóór {dag} overdragen;"
                    " anders schuift het einde op.",
                )
            return redirect("medewerker_detail", pk=plaatsing.medewerker_id)
    return render(request, "autorisatie/plaatsing_end.html", {"plaatsing": plaatsing, "form": form})


@require_safe
@requires("medewerkers.view_mandaat")
def mandaat_list(request: Verzoek) -> HttpResponse:
    """All mandaten: who may grant what, up to how much."""
    bladzijde = page(
        mandaten(), *MANDAATVOLGORDE, size=PER_PAGINA, na=request.GET.get("na"), voor=request.GET.get("voor")
    )
    context = {
        "bladzijde": bladzijde,
        "vandaag": timezone.localdate(),
        "mag_wijzigen": may(request.user, BEHEER),
        "volgende_url": page_url(request, na=bladzijde.volgende),
        "vorige_url": page_url(request, voor=bladzijde.vorige),
    }
    return render(request, "autorisatie/mandaat_list.html", context)


@form_page
@requires(BEHEER)
def mandaat_add(request: Verzoek) -> HttpResponse:
    """Record a mandaat from the register: to whom, too."""
    form = MandaatAddForm(request.POST or None, actor=request.user, initial={"van": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        if attempt(
            form, lambda: services.grant_mandaat(actor=request.user, at=timezone.now(), **form.cleaned_data)
        ):
            messages.success(request, "Het mandaat is vastgelegd.")
            return redirect("mandaat_list")
    return render(request, "autorisatie/mandaat_new.html", {"form": form})


@form_page
@requires(BEHEER)
def mandaat_new(request: Verzoek, pk: int) -> HttpResponse:
    """Record a mandaat of a medewerker."""
    medewerker = _medewerker(request, pk)
    form = MandaatForm(request.POST or None, medewerker=medewerker, initial={"van": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: services.grant_mandaat(
                medewerker=medewerker, actor=request.user, at=timezone.now(), **form.cleaned_data
            ),
        ):
            messages.success(request, "Het mandaat is vastgelegd.")
            return redirect("medewerker_detail", pk=pk)
    return render(request, "autorisatie/mandaat_new.html", {"medewerker": medewerker, "form": form})


@form_page
@requires(BEHEER)
def mandaat_end(request: Verzoek, pk: int) -> HttpResponse:
    """End a mandaat."""
    mandaat = get_permitted_or_404(request.user, BEHEER, Mandaat.objects.select_related("medewerker"), pk=pk)
    form = EndForm(request.POST or None, initial={"tot": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: services.end_mandaat(
                mandaat=mandaat, actor=request.user, at=timezone.now(), **form.cleaned_data
            ),
        ):
            messages.success(request, "Het mandaat is beëindigd.")
            return redirect("medewerker_detail", pk=mandaat.medewerker_id)
    return render(request, "autorisatie/mandaat_end.html", {"mandaat": mandaat, "form": form})


def _handovers(vandaag: date) -> list[dict[str, Any]]:
    """Whose placement ends soon while work is held; numbers only, for components/overdracht.html."""
    return [
        {
            "plaatsing": regel.plaatsing,
            "wat": regel.wat,
            "voorbij": regel.voorbij,
            "url": reverse("medewerker_detail", args=[regel.plaatsing.medewerker_id]),
        }
        for regel in over_te_dragen(vandaag + VOORUIT)
    ]


def _whole_or(part: str, request: Verzoek, template: str) -> str:
    return f"{template}#{part}" if request.htmx else template


def _medewerker(request: Verzoek, pk: int) -> Medewerker:
    return get_permitted_or_404(request.user, BEHEER, Medewerker.objects.all(), pk=pk)


def _key(chosen: Any) -> int | None:
    return chosen.pk if chosen else None


def _show_password(request: Verzoek, medewerker: Medewerker, password: str) -> HttpResponse:
    """Straight in the answer: kept in no session and no message, so that it is really shown once."""
    return render(
        request,
        "autorisatie/medewerker_password_shown.html",
        {"medewerker": medewerker, "wachtwoord": password},
    )
