"""Noodtoegang, en wie er meekeek."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casusregie.forms.regie import NoodtoegangForm
from casusregie.models import Casus
from casusregie.queries import read_meekijkers, read_noodtoegangen
from casusregie.services import open_noodtoegang
from casusregie.views.handeling import BEHEER, GESTUURD, detail_url, get_casus, posted
from casusregie.views.lezen import log_casus
from skt.autorisatie.rules import permitted, requires
from skt.autorisatie.verzoek import Verzoek
from skt.kern.weigeren import attempt

PER_BLADZIJDE = 50
MAX_CIJFERS = 18
WOORDEN = {
    "casusregie.view_casus": "Bekeek de casus",
    "casusregie.view_worklist": "Zag de casus in de lijst",
    "casusregie.view_handover": "Zag de casus bij het over te dragen werk",
    "casusregie.view_readers": "Bekeek wie er meekeek",
    "casusregie.search": "Vond de casus met zoeken",
    "casusregie.open_noodtoegang": "Opende noodtoegang",
    "casusregie.open_casus": "Opende de casus",
    "casusregie.start_casus": "Startte de regie",
    "casusregie.taper_casus": "Begon met afbouwen",
    "casusregie.resume_casus": "Hervatte de casus",
    "casusregie.relapse_casus": "Pakte de casus weer op",
    "casusregie.close_casus": "Sloot de casus",
    "casusregie.transfer_regie": "Droeg de regie over",
    "casusregie.add_actie": "Zette een actie klaar",
    "casusregie.complete_actie": "Rondde een actie af",
    "casusregie.drop_actie": "Liet een actie vervallen",
    "casusregie.add_notitie": "Schreef een notitie",
    "casusregie.set_doel": "Zette een doel",
    "casusregie.change_doel": "Wijzigde een doel",
    "casusregie.finish_doel": "Schreef de uitkomst van een doel op",
    "casusregie.add_betrokkenheid": "Voegde een organisatie toe",
    "casusregie.end_betrokkenheid": "Liet een organisatie stoppen",
    "casusregie.scale_up": "Schaalde op",
    "casusregie.scale_down": "Schaalde af",
    "casusregie.start_nazorg": "Plande nazorg",
    "casusregie.record_nazorg": "Schreef het resultaat van de nazorg op",
    "casusregie.invite_person": "Nodigde iemand uit",
    "casusregie.withdraw_invitation": "Trok een uitnodiging in",
    "casusregie.shield_casus": "Schermde de casus af",
    "casusregie.unshield_casus": "Hief de afscherming op",
}


@require_http_methods(GESTUURD)
@requires("casusregie.open_noodtoegang")
def noodtoegang_new(request: Verzoek) -> HttpResponse:
    """Een nummer en een reden; daarna staat de casus vier uur open om te lezen."""
    form = NoodtoegangForm(posted(request), annuleer_url=reverse("casusregie:casus_list"))
    if request.method == "POST" and form.is_valid():
        nummer = form.cleaned_data["nummer"].strip()
        eigen = permitted(request.user, "casusregie.view_casus", Casus.objects.filter(nummer=nummer)).first()
        if eigen is not None:
            messages.info(request, "U kunt deze casus al zien; noodtoegang is niet nodig.")
            return redirect(detail_url(eigen))
        if attempt(
            form, lambda: open_noodtoegang(actor=request.user, at=timezone.now(), **form.cleaned_data)
        ):
            return redirect("casusregie:casus_detail", nummer=nummer)
    return render(request, "casusregie/noodtoegang.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def casus_readers(request: Verzoek, nummer: str) -> HttpResponse:
    """Wie deze casus zag of wijzigde, en wie er met noodtoegang in keek; alleen voor wie haar beheert."""
    casus = get_casus(request, BEHEER, nummer)
    log_casus(request.user, casus, "casusregie.view_readers")
    na = request.GET.get("na", "")
    plek = int(na) if na.isdecimal() and len(na) <= MAX_CIJFERS else None
    gevonden = read_meekijkers(casus, na=plek, aantal=PER_BLADZIJDE + 1)
    getoond = gevonden[:PER_BLADZIJDE]
    meer = len(gevonden) > PER_BLADZIJDE
    context = {
        "casus": casus,
        "noodtoegangen": [] if plek else read_noodtoegangen(casus, sinds=casus.geopend_op),
        "regels": [(regel, WOORDEN.get(regel.actie, "Wijzigde iets")) for regel in getoond],
        "volgende_url": f"?na={getoond[-1].pk}" if meer else "",
        "vorige_url": request.path if plek else "",
        "terug": detail_url(casus),
    }
    return render(request, "casusregie/casus_readers.html", context)
