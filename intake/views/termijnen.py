"""De termijnen van één melding: wat loopt, stilstaat of gehaald is, en een aanvraag die er een begint."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.forms.termijnen import AanvraagForm, OpschortForm
from intake.forms.velden import read_id
from intake.models import Melding, MeldingTermijn
from intake.services import fulfil_termijn
from intake.services.termijnen import AanvraagInvalid, record_aanvraag, resume_termijn, suspend_termijn
from intake.status import MeldingStatus
from skt.autorisatie.rules import get_permitted_or_404
from skt.kern.errors import DomainError
from skt.verantwoording.services import Gelezen, record_read


@require_http_methods(["GET", "POST"])
def termijn_list(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = get_permitted_or_404(
        request.user, "intake.manage_termijn", Melding.objects.select_related("inwoner"), nummer=nummer
    )
    wat = request.POST.get("wat", "")
    form = AanvraagForm(request.POST if wat == "aanvraag" else None)
    opschorten = OpschortForm(request.POST if wat == "opschorten" else None)
    fout_bij = None
    if request.method == "POST":
        termijn = melding.termijnen.filter(pk=read_id(request.POST.get("termijn")) or 0).first()
        if wat == "aanvraag":
            if form.is_valid() and _start(request, melding, form):
                return redirect("intake:termijn_list", nummer=nummer)
        elif termijn is None:
            messages.error(request, "Deze termijn is er niet.")
        elif wat == "opschorten" and not opschorten.is_valid():
            fout_bij = termijn.pk
        elif _change(request, termijn, wat, opschorten):
            return redirect("intake:termijn_list", nummer=nummer)
        else:
            fout_bij = termijn.pk
    record_read(action="intake.termijn_list", rows=[Gelezen("melding", melding.pk, melding.inwoner_id)])
    termijnen = melding.termijnen.select_related("soort").order_by("uiterlijk", "pk")
    return render(
        request,
        "intake/termijn_list.html",
        {
            "melding": melding,
            "termijnen": termijnen,
            "form": None if melding.status == MeldingStatus.GESLOTEN else form,
            "fout_bij": fout_bij,
            "reden": request.POST.get("reden", "")[:300] if fout_bij else "",
            "reden_fout": " ".join(opschorten.errors.get("reden", [])) if fout_bij else "",
        },
    )


def _start(request: HttpRequest, melding: Melding, form: AanvraagForm) -> bool:
    try:
        termijn = record_aanvraag(melding=melding, actor=request.user, at=timezone.now(), **form.cleaned_data)
    except DomainError as error:
        form.add_error("dag" if isinstance(error, AanvraagInvalid) else None, str(error))
        return False
    messages.success(request, f"{termijn.soort.naam}: uiterlijk {termijn.uiterlijk:%d-%m-%Y}.")
    return True


def _change(request: HttpRequest, termijn: MeldingTermijn, wat: str, opschorten: OpschortForm) -> bool:
    at = timezone.now()
    try:
        if wat == "opschorten":
            suspend_termijn(
                termijn=termijn, actor=request.user, at=at, reden=opschorten.cleaned_data["reden"]
            )
            messages.success(request, "De termijn staat stil.")
        elif wat == "hervatten":
            row = resume_termijn(termijn=termijn, actor=request.user, at=at)
            messages.success(request, f"De termijn loopt weer: uiterlijk {row.uiterlijk:%d-%m-%Y}.")
        elif wat == "gedaan":
            fulfil_termijn(termijn=termijn, actor=request.user, at=at)
            messages.success(request, "De termijn is afgevinkt.")
        else:
            messages.error(request, "Kies wat u met deze termijn wilt doen.")
            return False
    except DomainError as error:
        if wat == "opschorten":
            opschorten.add_error("reden", str(error))
        else:
            messages.error(request, str(error))
        return False
    return True
