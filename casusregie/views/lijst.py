"""De lijst met casussen: wat het eerst moet staat vooraan."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casusregie.forms.lijst import CasusFilter
from casusregie.models import Casus, Regieniveau, Regietoewijzing
from casusregie.queries import count_casussen, filter_casussen, log_shown, with_next_step, with_regisseurs
from casusregie.status import CasusStatus
from casusregie.views.overdracht import handovers
from intake.models import Melding
from skt.autorisatie.rules import may, permitted, requires
from skt.autorisatie.verzoek import Verzoek
from skt.kern.bladeren import page, page_url
from skt.medewerkers.models import Medewerker

PER_BLADZIJDE = 25
MAX_TEKST = 160
GROEPEN = (
    ("te_laat", "Te laat"),
    ("week", "Komende zeven dagen"),
    ("later", "Later"),
    ("klaar", "Afgesloten"),
)
STATUSSOORT = {
    CasusStatus.IN_OPSTART: "blauw",
    CasusStatus.LOPEND: "groen",
    CasusStatus.IN_AFBOUW: "amber",
    CasusStatus.NAZORG: "lijn",
    CasusStatus.AFGESLOTEN: "",
}


@require_safe
@requires("casusregie.view_worklist")
def casus_list(request: Verzoek) -> HttpResponse:
    vandaag = timezone.localdate()
    form = CasusFilter(request.GET, user=request.user)
    casussen = filter_casussen(
        with_next_step(permitted(request.user, "casusregie.view_casus", Casus.objects.all())),
        user=request.user,
        vandaag=vandaag,
        **form.chosen(),
    )
    counts = count_casussen(casussen, vandaag)
    blad = page(
        with_regisseurs(casussen.select_related("team")),
        "volgorde",
        "id",
        size=PER_BLADZIJDE,
        na=request.GET.get("na", ""),
        voor=request.GET.get("voor", ""),
    )
    log_shown(blad.rijen, "casusregie.view_worklist")
    context = {
        "form": form,
        "hier": reverse("casusregie:casus_list"),
        "aantal": _meervoud(counts["totaal"]),
        "groepen": _groepen(blad.rijen, counts, request.user, vandaag),
        "leeg": not blad.rijen,
        "volgende_url": page_url(request, na=blad.volgende),
        "vorige_url": page_url(request, voor=blad.vorige),
        "noodtoegang": may(request.user, "casusregie.open_noodtoegang"),
        "nu": timezone.localtime(),
    }
    template = "casusregie/casus_list.html"
    if request.htmx:
        return render(request, f"{template}#lijst", context)
    return render(request, template, context | {"overdracht": handovers(request.user, vandaag)})


def _groepen(
    casussen: list[Casus], counts: dict[str, int], user: Medewerker, vandaag: date
) -> list[dict[str, Any]]:
    # Apart, niet met een join: wie de melding niet (meer) ziet, ziet de casus nog wel.
    vragen = Melding.objects.in_bulk([casus.melding_id for casus in casussen])
    per_groep: dict[str, list[dict[str, Any]]] = {}
    for casus in casussen:
        per_groep.setdefault(_groep(casus, vandaag), []).append(
            _row(casus, user, vragen.get(casus.melding_id))
        )
    return [
        {"id": f"g-{naam}", "titel": titel, "aantal": _meervoud(counts[naam]), "rijen": per_groep[naam]}
        for naam, titel in GROEPEN
        if naam in per_groep
    ]


def _groep(casus: Any, vandaag: date) -> str:
    if casus.eerst_op is None:
        return "klaar"
    if casus.eerst_op < vandaag:
        return "te_laat"
    return "week" if casus.eerst_op < vandaag + timedelta(days=7) else "later"


def _row(casus: Any, user: Medewerker, melding: Melding | None) -> dict[str, Any]:
    """Een rij voor components/werklijst.html."""
    regie = next((r for r in casus.lopende_regie if r.soort == Regietoewijzing.Soort.CASUSREGIE), None)
    badges = [{"tekst": casus.get_status_display(), "soort": STATUSSOORT[CasusStatus(casus.status)]}]
    if casus.regieniveau == Regieniveau.PROCESREGIE:
        badges.append({"tekst": "Procesregie", "soort": "donker", "icon": "omhoog"})
    if casus.afgeschermd:
        badges.append({"tekst": "Afgeschermd", "soort": "amber", "icon": "slot"})
    return {
        "pk": casus.pk,
        "url": reverse("casusregie:casus_detail", args=[casus.nummer]),
        "naam": casus.titel,
        "badges": badges,
        "tekst": melding.hulpvraag[:MAX_TEKST] if melding else str(casus.team),
        "binnen": casus.geopend_op,
        "nummer": casus.nummer,
        "eigenaar": regie.medewerker if regie else "",
        "eigenaar_bij": regie.organisatie if regie else "",
        "ik": bool(regie and regie.medewerker_id == user.pk),
        "stap": _stap(casus),
        "uiterlijk": casus.eerst_op,
    }


def _stap(casus: Any) -> str:
    if casus.eerst_op is None:
        return ""
    return str(casus.eerste_actie) if casus.actie_op == casus.eerst_op else "Nazorg: bel de inwoner"


def _meervoud(aantal: int) -> str:
    return f"{aantal} {'casus' if aantal == 1 else 'casussen'}"
