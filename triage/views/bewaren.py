"""Bewaren terwijl iemand typt: wat het script van de pagina vraagt en hoort (static/js/concept.js)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from intake.forms.halfgetypt import told_fields, typed_fields
from intake.status import MeldingStatus
from skt.autorisatie.rules import Refused, may
from skt.kern.errors import DomainError
from triage.forms.netwerk import NetwerklidForm
from triage.forms.triage import TriageForm
from triage.models import Bord, Triageconcept
from triage.services import NotInTriage, merge_concept
from triage.views.triage import field_names, find_melding


@login_not_required
@require_POST
def concept_save(request: HttpRequest, nummer: str) -> JsonResponse:
    """Bewaar wat er staat. Antwoordt met de nieuwe versie, of met een zin die zegt waarom het niet ging."""
    if not request.user.is_authenticated:
        return JsonResponse({"zin": "U bent uitgelogd."}, status=401)
    _may(request, nummer)
    melding = find_melding(request, nummer)
    names = field_names()
    mine = typed_fields(request.POST, names)
    versie = request.POST.get("versie", "")
    since = int(versie) if versie.isdecimal() and len(versie) <= 9 else 0
    before = dict(Triageconcept.objects.filter(melding=melding).values_list("melding", "gegevens")).get(
        melding.pk, {}
    )
    try:
        concept, botsing = merge_concept(
            melding=melding,
            actor=request.user,
            at=timezone.now(),
            gegevens=mine,
            gewijzigd=[
                naam for naam in request.POST.getlist("gewijzigd") if naam in {*names, "open_leefgebied"}
            ],
            versie=since,
        )
    except NotInTriage as error:
        return JsonResponse({"zin": str(error)}, status=410)
    except DomainError as error:
        return JsonResponse({"zin": str(error)}, status=422)
    fields = {
        **TriageForm(voorstel=Bord.VOLWASSENEN, mag_toekennen=True).fields,
        **NetwerklidForm.base_fields,
    }
    return JsonResponse(told_fields(concept, botsing, before, mine, since, fields, vernieuwt=()))


@login_not_required
@require_safe
def concept_state(request: HttpRequest, nummer: str) -> JsonResponse:
    """Na opnieuw inloggen: is zij nog te wegen, en met welk bewijs mag deze pagina verder?"""
    if not request.user.is_authenticated:
        return JsonResponse({"zin": "U bent uitgelogd."}, status=401)
    _may(request, nummer)
    melding = find_melding(request, nummer)
    versie = Triageconcept.objects.filter(melding=melding).values_list("versie", flat=True).first() or 1
    loopt = melding.status == MeldingStatus.IN_TRIAGE
    return JsonResponse({"versie": versie, "loopt": loopt, "csrf": get_token(request)})


def _may(request: HttpRequest, nummer: str) -> None:
    if not may(request.user, "triage.do_triage"):
        raise Refused("triage.do_triage", "melding", {"nummer": nummer})
