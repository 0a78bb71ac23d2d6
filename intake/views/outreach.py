"""Outreach: de lijsten, wie erop staat, en wat het benaderen opleverde."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.forms import LijstForm, OpLijstForm, PogingForm, ToewijsForm
from intake.kandidaten import find_kandidaten
from intake.models import Outreachlijst, Outreachpersoon, Resultaat
from intake.outreachrijen import persoon_card, persoon_row
from intake.queries import find_bekenden
from intake.services import (
    add_outreachpersoon,
    assign_outreachpersoon,
    close_outreachlijst,
    create_outreachlijst,
    record_poging,
)
from intake.views.lezen import log_inwoners, sent
from intake.views.meldingformulieren import try_act
from skt.autorisatie.rules import Refused, get_permitted_or_404, permitted, requires
from skt.inwoners.models import Inwoner
from skt.kern.bladeren import page, page_url
from skt.kern.errors import DomainError
from skt.verantwoording.services import Gelezen, record_read

GESTUURD = ("GET", "POST")
PER_BLADZIJDE = 25
RECHT = "intake.view_outreachlijst"
STANDEN = {"": "Nog te doen", "mij": "Van mij", "klaar": "Afgerond"}


@require_safe
@requires("intake.work_outreach")
def outreach_list(request: HttpRequest) -> HttpResponse:
    dicht = request.GET.get("toon") == "gesloten"
    lijsten = (
        permitted(request.user, RECHT, Outreachlijst.objects.filter(gesloten_op__isnull=not dicht))
        .select_related("team", "gemaakt_door")
        .annotate(open=Count("mensen", filter=Q(mensen__resultaat="")), totaal=Count("mensen"))
    )
    blad = page(
        lijsten,
        "eindigt_op",
        "id",
        size=PER_BLADZIJDE,
        na=request.GET.get("na"),
        voor=request.GET.get("voor"),
    )
    context = {
        "lijsten": blad.rijen,
        "dicht": dicht,
        "vandaag": timezone.localdate(),
        "volgende_url": page_url(request, na=blad.volgende),
        "vorige_url": page_url(request, voor=blad.vorige),
    }
    return render(request, "intake/outreach_list.html", context)


@require_http_methods(GESTUURD)
@requires("intake.work_outreach")
def outreach_new(request: HttpRequest) -> HttpResponse:
    form = LijstForm(sent(request), user=request.user, annuleer_url=reverse("intake:outreach_list"))
    if request.method == "POST" and form.is_valid():
        made: list[Outreachlijst] = []
        if try_act(
            form,
            lambda: made.append(
                create_outreachlijst(actor=request.user, at=timezone.now(), **form.cleaned_data)
            ),
        ):
            messages.success(request, "De lijst is gemaakt. Zet er nu mensen op.")
            return redirect("intake:outreach_detail", uuid=made[0].uuid)
    return render(request, "intake/outreach_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def outreach_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    lijst = _lijst(request, uuid)
    stand = request.GET.get("toon", "")
    stand = stand if stand in STANDEN else ""
    mensen: QuerySet[Outreachpersoon] = lijst.mensen.select_related("eigenaar", "melding")
    counts = lijst.mensen.aggregate(
        open=Count("pk", filter=Q(resultaat="")),
        mij=Count("pk", filter=Q(resultaat="", eigenaar=request.user)),
        klaar=Count("pk", filter=~Q(resultaat="")),
    )
    mensen = mensen.exclude(resultaat="") if stand == "klaar" else mensen.filter(resultaat="")
    if stand == "mij":
        mensen = mensen.filter(eigenaar=request.user)
    blad = page(
        mensen, "uiterlijk", "id", size=PER_BLADZIJDE, na=request.GET.get("na"), voor=request.GET.get("voor")
    )
    bekenden = find_bekenden([p.pk for p in blad.rijen if p.inwoner_id])
    _log(blad.rijen)
    context = {
        "lijst": lijst,
        "loopt": lijst.loopt(timezone.localdate()),
        "rijen": [persoon_row(p, bekenden.get(p.pk), lijst) for p in blad.rijen],
        "standen": [
            {"label": label, "url": f"?toon={name}", "actief": name == stand, "aantal": aantal}
            for (name, label), aantal in zip(
                STANDEN.items(), (counts["open"], counts["mij"], counts["klaar"]), strict=True
            )
        ],
        "volgende_url": page_url(request, na=blad.volgende),
        "vorige_url": page_url(request, voor=blad.vorige),
        "nu": timezone.localtime(),
    }
    return render(request, "intake/outreach_detail.html", context)


@require_http_methods(GESTUURD)
def outreach_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Iemand op de lijst: een bekende inwoner die u mag zien, of een getypte naam met adres."""
    lijst = _lijst(request, uuid)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and "kies" in data:
        data["inwoner_keuze"] = data["kies"]
    form = OpLijstForm(data, lijst=lijst)
    bekenden = find_kandidaten(form.zoekvraag(), form.kenmerken()) if data is not None else None
    if bekenden is not None:
        log_inwoners("intake.search_inwoner", [one.pk for one in bekenden.kandidaten])
    if data is not None and "zoek" not in data and form.is_valid():
        if bekenden and bekenden.precies and form.gekozen_id is None and not form.is_nieuw_bevestigd:
            form.add_error("achternaam", "Deze inwoner lijkt al bekend. Kies hieronder, of overleg eerst.")
        elif try_act(form, lambda: _add(request, lijst, form)):
            messages.success(request, "Toegevoegd aan de lijst.")
            return redirect("intake:outreach_detail", uuid=uuid)
    elif data is not None and "zoek" in data:
        form = OpLijstForm(initial={name: data.get(name, "") for name in form.fields}, lijst=lijst)
    context = {"lijst": lijst, "form": form, "bekenden": bekenden}
    return render(request, "intake/outreach_add.html", context, status=422 if form.errors else 200)


@require_http_methods(GESTUURD)
def outreach_attempt(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Iemand benaderd: wat kwam eruit?"""
    lijst, persoon = _persoon(request, uuid, pk)
    terug = reverse("intake:outreach_detail", kwargs={"uuid": uuid})
    form = PogingForm(sent(request), lijst=lijst, initial={"versie": persoon.versie}, annuleer_url=terug)
    if request.method == "POST" and form.is_valid():
        done: list[Outreachpersoon] = []
        if try_act(
            form,
            lambda: done.append(
                record_poging(persoon=persoon, actor=request.user, at=timezone.now(), **form.cleaned_data)
            ),
        ):
            if done[0].resultaat == Resultaat.MELDING and done[0].melding is not None:
                messages.success(
                    request, f"Melding {done[0].melding.nummer} is gemaakt. Handel haar hier af."
                )
                return redirect("intake:melding_detail", nummer=done[0].melding.nummer)
            messages.success(request, "Vastgelegd.")
            return redirect("intake:outreach_detail", uuid=uuid)
    return _persoon_page(request, lijst, persoon, form, "Benaderd: wat kwam eruit?")


@require_http_methods(GESTUURD)
def outreach_assign(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    lijst, persoon = _persoon(request, uuid, pk)
    terug = reverse("intake:outreach_detail", kwargs={"uuid": uuid})
    initial = {"versie": persoon.versie, "eigenaar": persoon.eigenaar_id, "uiterlijk": persoon.uiterlijk}
    form = ToewijsForm(sent(request), lijst=lijst, initial=initial, annuleer_url=terug)
    if request.method == "POST" and form.is_valid():
        if try_act(
            form,
            lambda: assign_outreachpersoon(
                persoon=persoon, actor=request.user, at=timezone.now(), **form.cleaned_data
            ),
        ):
            messages.success(request, "Toegewezen.")
            return redirect("intake:outreach_detail", uuid=uuid)
    return _persoon_page(request, lijst, persoon, form, "Wie benadert?")


@require_POST
def outreach_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    lijst = _lijst(request, uuid)
    try:
        closed = close_outreachlijst(lijst=lijst, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"De lijst is gesloten. Op {closed.wissen_op:%d-%m-%Y} worden de mensen erop gewist."
        )
    return redirect("intake:outreach_detail", uuid=uuid)


def _lijst(request: HttpRequest, uuid: UUID) -> Outreachlijst:
    lijsten = Outreachlijst.objects.select_related("team", "gemaakt_door")
    return get_permitted_or_404(request.user, RECHT, lijsten, uuid=uuid)


def _persoon(request: HttpRequest, uuid: UUID, pk: int) -> tuple[Outreachlijst, Outreachpersoon]:
    lijst = _lijst(request, uuid)
    found = lijst.mensen.select_related("lijst", "eigenaar").filter(pk=pk).first()
    if found is None:
        raise Refused(RECHT, "outreachpersoon", {"pk": pk})
    return lijst, found


def _add(request: HttpRequest, lijst: Outreachlijst, form: OpLijstForm) -> None:
    gekozen = form.gekozen_id
    inwoner = None
    if gekozen is not None:
        inwoner = get_permitted_or_404(
            request.user, "inwoners.view_inwoner", Inwoner.objects.all(), pk=gekozen
        )
    add_outreachpersoon(
        lijst=lijst,
        actor=request.user,
        at=timezone.now(),
        inwoner=inwoner,
        **({} if inwoner else form.getypt()),
        **form.opdracht(),
    )


def _persoon_page(
    request: HttpRequest, lijst: Outreachlijst, persoon: Outreachpersoon, form: Any, titel: str
) -> HttpResponse:
    bekende = find_bekenden([persoon.pk]).get(persoon.pk)
    _log([persoon])
    context = {
        "lijst": lijst,
        "persoon": persoon,
        "kaart": persoon_card(persoon, bekende),
        "pogingen": persoon.pogingen.select_related("medewerker").order_by("-op", "-pk"),
        "form": form,
        "titel": titel,
        "open": persoon.resultaat == "" and lijst.loopt(timezone.localdate()),
    }
    return render(request, "intake/outreach_person.html", context, status=422 if form.errors else 200)


def _log(mensen: list[Outreachpersoon]) -> None:
    record_read(
        action=RECHT, rows=[Gelezen("outreachpersoon", p.pk, p.inwoner_id) for p in mensen], recht="outreach"
    )
