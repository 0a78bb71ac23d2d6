"""De oude loketlijst inlezen: aanbieden, proef, uitvoeren, stoppen, en wat er van elke rij werd."""

import csv
import json
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from intake.forms.loketlijst import NAMEN_VAN_REDENEN, OORDEEL, LoketlijstFilter, LoketlijstForm
from intake.loketlijst.redenen import REDENEN
from intake.loketlijst.verslag import VERWIJZINGEN
from intake.models import Loketlijst, Loketlijstrij, Melding, Uitkomst
from intake.services.loketlijst import judge_row, offer_loketlijst, run_loketlijst, stop_loketlijst
from skt.autorisatie.rules import get_permitted_or_404, may, permitted, requires
from skt.kern.bladeren import page, page_url
from skt.kern.errors import DomainError
from skt.kern.rekenblad import harmless
from skt.kern.weigeren import tell
from skt.medewerkers.models import DOSSIERROLLEN
from skt.verantwoording.models import Soort
from skt.verantwoording.services import Gelezen, record, record_read

PER_PAGINA = 50
INLEZEN, BEKIJKEN, RIJEN = "loketlijst.import_list", "loketlijst.view_list", "intake.view_loketlijstrij"
NADER = {
    "NAAM_SPELLING": "Zie rij {}.",
    "MOGELIJK_DUBBEL": "Zie rij {}.",
    "VOLGNR_DUBBEL": "Het nummer hoort bij rij {}.",
    "EXACT_DUBBEL": "Zie rij {}.",
    "DUBBEL_ANDER_VOLGNR": "Zie rij {}.",
}


@require_safe
@requires(BEKIJKEN)
def loketlijst_list(request: HttpRequest) -> HttpResponse:
    """Alle aangeboden lijsten, de nieuwste eerst."""
    lijsten = permitted(request.user, BEKIJKEN, Loketlijst.objects.select_related("gestart_door"))
    blad = page(
        lijsten,
        "-aangemaakt_op",
        "-id",
        size=PER_PAGINA,
        na=request.GET.get("na"),
        voor=request.GET.get("voor"),
    )
    context = {
        "lijsten": blad.rijen,
        "mag_inlezen": may(request.user, INLEZEN),
        "volgende_url": page_url(request, na=blad.volgende),
        "vorige_url": page_url(request, voor=blad.vorige),
    }
    return render(request, "intake/loketlijst_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(INLEZEN)
def loketlijst_new(request: HttpRequest) -> HttpResponse:
    """Bied een lijst aan: zij wordt eerst op proef gelezen."""
    form = LoketlijstForm()
    if request.method == "POST":
        form = LoketlijstForm(request.POST, request.FILES)
        if form.is_valid():
            found = form.cleaned_data["bestand"]
            try:
                lijst = offer_loketlijst(
                    bestandsnaam=found.name, inhoud=found.read(), actor=request.user, at=timezone.now()
                )
            except DomainError as error:
                form.add_error("bestand", str(error))
            else:
                messages.success(request, "Het bestand is aangekomen. De proef begint.")
                return redirect("intake:loketlijst_detail", uuid=lijst.uuid)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "intake/loketlijst_form.html", {"form": form}, status=status)


@require_safe
def loketlijst_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hoever het is, de totalen, en voor wie met dossiers werkt de rijen."""
    lijst = get_permitted_or_404(
        request.user, BEKIJKEN, Loketlijst.objects.select_related("gestart_door"), uuid=uuid
    )
    form = LoketlijstFilter(request.GET)
    ziet_rijen = request.user.heeft_rol(*DOSSIERROLLEN)
    rijen = _filter(
        permitted(request.user, RIJEN, Loketlijstrij.objects.filter(lijst=lijst)), **form.chosen()
    )
    blad = page(
        rijen.select_related("melding", "inwoner", "lijkt_op", "beoordeeld_door"),
        "nummer",
        size=PER_PAGINA,
        na=request.GET.get("na"),
        voor=request.GET.get("voor"),
    )
    context = {
        "lijst": lijst,
        "form": form,
        "ziet_rijen": ziet_rijen,
        "mag_inlezen": may(request.user, INLEZEN),
        "tellers": _tellers(lijst, link=ziet_rijen),
        "feiten": _feiten(lijst),
        "titel_totalen": f"Totalen van de lijst van {lijst.jaar}" if lijst.jaar else "Totalen van de lijst",
        "procent": _procent(lijst),
        "rijen": _rows(request, blad.rijen) if ziet_rijen else [],
        "volgende_url": page_url(request, na=blad.volgende),
        "vorige_url": page_url(request, voor=blad.vorige),
    }
    template = "intake/loketlijst_detail.html"
    if request.htmx:
        deel = "voortgang" if request.htmx.target == "voortgang" else "resultaten"
        response = render(request, f"{template}#{deel}", context)
        if deel == "voortgang" and not lijst.is_bezig:
            response["HX-Refresh"] = "true"  # the totals and the rows are there now
        return response
    return render(request, template, context)


@require_POST
@requires(INLEZEN)
def loketlijst_run(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Voer uit wat op proef gelezen is, of ga verder waar het stopte."""
    return _act(request, uuid, run_loketlijst, "Het inlezen begint.")


@require_POST
@requires(INLEZEN)
def loketlijst_stop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stop na de rijen waar het nu mee bezig is."""
    return _act(request, uuid, stop_loketlijst, "Het inlezen stopt. Wat er al staat, blijft staan.")


def _act(request: HttpRequest, uuid: UUID, service: Any, done: str) -> HttpResponse:
    lijst = get_permitted_or_404(request.user, INLEZEN, Loketlijst.objects.all(), uuid=uuid)
    tell(request, lambda: service(lijst=lijst, actor=request.user, at=timezone.now()), done)
    return redirect("intake:loketlijst_detail", uuid=lijst.uuid)


@require_GET
def loketlijst_report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Het verslag als JSON of CSV: de totalen, en de rijen die men mag zien. Zonder namen."""
    lijst = get_permitted_or_404(request.user, BEKIJKEN, Loketlijst.objects.all(), uuid=uuid)
    rijen = permitted(request.user, RIJEN, Loketlijstrij.objects.filter(lijst=lijst)).order_by("nummer")
    found = list(rijen)
    record(
        action="intake.download_loketlijst", subject=lijst, soort=Soort.LEZEN, gegevens={"rijen": len(found)}
    )
    record_read(
        action="intake.download_loketlijst",
        rows=[Gelezen("loketlijstrij", rij.pk, rij.inwoner_id) for rij in found if rij.inwoner_id],
    )
    if request.GET.get("vorm") == "csv":
        return _as_csv(lijst, found)
    report = {"totalen": lijst.totalen, "rijen": {str(rij.nummer): _as_dict(rij) for rij in found}}
    response = HttpResponse(json.dumps(report, ensure_ascii=False, indent=1), content_type="application/json")
    return _attach(response, f"verslag-loketlijst-{lijst.jaar or lijst.pk}.json")


@require_POST
def loketlijstrij_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Deze rij is door een mens bekeken."""
    rij = get_permitted_or_404(request.user, RIJEN, Loketlijstrij.objects.select_related("lijst"), pk=pk)
    judge_row(rij=rij, actor=request.user, at=timezone.now())
    messages.success(request, f"Rij {rij.nummer} is beoordeeld.")
    response = redirect("intake:loketlijst_detail", uuid=rij.lijst.uuid)
    response["Location"] += "?uitkomst=ter+beoordeling"
    return response


def _filter(rijen: QuerySet[Loketlijstrij], uitkomst: str, reden: str) -> QuerySet[Loketlijstrij]:
    if uitkomst == OORDEEL:
        rijen = rijen.filter(ter_beoordeling=True, beoordeeld_op=None)
    elif uitkomst:
        rijen = rijen.filter(uitkomst=uitkomst)
    return rijen.filter(redenen__contains=[reden]) if reden else rijen


def _rows(request: HttpRequest, rijen: list[Loketlijstrij]) -> list[dict[str, Any]]:
    """One line each; a link only to a melding that may be seen, and every row about somebody in the log."""
    visible = set(
        permitted(
            request.user,
            "intake.view_melding",
            Melding.objects.filter(pk__in=[rij.melding_id for rij in rijen if rij.melding_id]),
        ).values_list("pk", flat=True)
    )
    record_read(
        action="intake.view_loketlijst",
        rows=[Gelezen("loketlijstrij", rij.pk, rij.inwoner_id) for rij in rijen if rij.kern or rij.cellen],
    )
    return [
        {
            "rij": rij,
            "uitkomst": _outcome(rij),
            "soort": SOORTEN.get(rij.uitkomst, ""),
            "naam": rij.inwoner.naam
            if rij.inwoner_id and rij.inwoner
            else rij.kern.get("naam_inwoner") or "",
            "datum": date.fromisoformat(rij.kern["datum"]) if rij.kern.get("datum") else None,
            "melding": rij.melding if rij.melding_id in visible else None,
            "redenen": _sentences(rij),
            "cellen": [(kolom.replace("_", " "), cel) for kolom, cel in rij.cellen.items() if cel],
        }
        for rij in rijen
    ]


def _outcome(rij: Loketlijstrij) -> str:
    """Short enough for a badge on a narrow screen."""
    if rij.dubbel_van:
        return f"Dubbel van rij {rij.dubbel_van}"
    return "Met waarschuwing" if rij.uitkomst == Uitkomst.MET_WAARSCHUWING else rij.get_uitkomst_display()


SOORTEN = {
    Uitkomst.MET_WAARSCHUWING: "amber",
    Uitkomst.WEIGEREN: "rood",
    Uitkomst.OVERNEMEN: "groen",
}


def _sentences(rij: Loketlijstrij) -> list[str]:
    found = []
    for reden in rij.redenen:
        more = NADER.get(reden, "").format(rij.verwijst[reden]) if reden in rij.verwijst else ""
        found.append(f"{REDENEN[reden][1]} {more}".strip())
    if rij.lijkt_op_id:
        found.append("Deze inwoner lijkt op iemand die al bekend is. Beoordeel of het dezelfde is.")
    return found


def _tellers(lijst: Loketlijst, *, link: bool) -> list[dict[str, Any]]:
    per = lijst.totalen.get("per_uitkomst", {})
    tellers = [
        {
            "url": f"?uitkomst={waarde.replace(' ', '+')}#rijen" if link else "#totalen",
            "getal": per.get(waarde, 0),
            "naam": label,
            "soort": "rood" if waarde == Uitkomst.WEIGEREN else "",
        }
        for waarde, label in Uitkomst.choices
    ]
    return tellers if lijst.totalen else []


def _feiten(lijst: Loketlijst) -> list[tuple[str, int]]:
    totals = lijst.totalen
    if not totals:
        return []
    return [
        ("Rijen na de kop", totals["rijen"]),
        ("Verschillende inwoners in de lijst", totals["personen"]),
        ("Contacten overgenomen", lijst.geschreven),
        ("Contacten die er al stonden", lijst.stonden_er_al),
        ("Rijen met een afgeschermd burgerservicenummer", totals["rijen_met_bsn"]),
        ("Rijen die in de oude lijst nog niet waren afgehandeld", totals["niet_afgehandeld"]),
        *(
            (NAMEN_VAN_REDENEN[reden], aantal)
            for reden, aantal in totals["per_reden"].items()
            if reden in NAMEN_VAN_REDENEN
        ),
    ]


def _procent(lijst: Loketlijst) -> int:
    """How far the running job is, 0 to 100: reading first, then writing."""
    if lijst.wijze == "uitvoeren" and lijst.over_te_nemen:
        return min(100, (lijst.geschreven + lijst.stonden_er_al) * 100 // lijst.over_te_nemen)
    return min(100, lijst.beoordeeld * 100 // lijst.rijen) if lijst.rijen else 0


def _as_dict(rij: Loketlijstrij) -> dict[str, Any]:
    found: dict[str, Any] = {
        "regel": rij.regel,
        "uitkomst": f"dubbel van rij {rij.dubbel_van}" if rij.dubbel_van else rij.uitkomst,
        "redenen": rij.redenen,
        "uitleg": [REDENEN[reden][1] for reden in rij.redenen],
    }
    return found | {VERWIJZINGEN[reden]: nummer for reden, nummer in rij.verwijst.items()}


def _as_csv(lijst: Loketlijst, rijen: list[Loketlijstrij]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(["Rij", "Volgnummer", "Uitkomst", "Redenen", "Uitleg"])
    for rij in rijen:
        outcome = f"dubbel van rij {rij.dubbel_van}" if rij.dubbel_van else rij.uitkomst
        cells = [rij.kern.get("volgnr") or "", outcome, ", ".join(rij.redenen), " ".join(_sentences(rij))]
        writer.writerow([rij.nummer, *(harmless(str(cell)) for cell in cells)])
    return _attach(response, f"verslag-loketlijst-{lijst.jaar or lijst.pk}.csv")


def _attach(response: HttpResponse, naam: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{naam}"'
    return response
