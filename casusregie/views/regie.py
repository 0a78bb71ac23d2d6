"""De levensloop van de casus, de regie, wie meedoet en wie meeleest."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casusregie.forms.regie import BetrokkenheidForm, BevestigForm, RegieForm, SchalingForm, UitnodigForm
from casusregie.models import Betrokkenheid
from casusregie.services import (
    add_betrokkenheid,
    end_betrokkenheid,
    invite_person,
    resume_casus,
    scale_down,
    scale_up,
    shield_casus,
    start_casus,
    taper_casus,
    transfer_regie,
    unshield_casus,
    withdraw_invitation,
)
from casusregie.views.handeling import BEHEER, GESTUURD, act, after, detail_url, get_casus, posted
from skt.autorisatie.verzoek import Verzoek
from skt.kern.weigeren import tell
from skt.medewerkers.models import Medewerker

AFSCHERMEN = "casusregie.shield_casus"


@require_http_methods(GESTUURD)
def casus_start(request: Verzoek, nummer: str) -> HttpResponse:
    zin = "U begint met de regie. De kaart gaat van het bord van het aanmeldoverleg."
    return _confirm(request, nummer, start_casus, titel="Start de regie", zin=zin, gedaan="De casus loopt.")


@require_http_methods(GESTUURD)
def casus_taper(request: Verzoek, nummer: str) -> HttpResponse:
    zin = "De hulp wordt minder. De casus blijft van u, tot de nazorg klaar is."
    return _confirm(
        request, nummer, taper_casus, titel="Begin met afbouwen", zin=zin, gedaan="De casus is in afbouw."
    )


@require_http_methods(GESTUURD)
def casus_resume(request: Verzoek, nummer: str) -> HttpResponse:
    zin = "De casus loopt weer zoals ervoor."
    return _confirm(
        request, nummer, resume_casus, titel="Hervat de casus", zin=zin, gedaan="De casus loopt weer."
    )


@require_http_methods(GESTUURD)
def casus_shield(request: Verzoek, nummer: str) -> HttpResponse:
    zin = (
        "Vanaf nu lezen alleen de regisseurs en wie op naam is uitgenodigd. De betrokken organisaties en het team "
        "zien de casus niet meer."
    )
    return _confirm(
        request,
        nummer,
        shield_casus,
        titel="Scherm de casus af",
        zin=zin,
        gedaan="De casus is afgeschermd.",
        recht=AFSCHERMEN,
    )


@require_http_methods(GESTUURD)
def casus_unshield(request: Verzoek, nummer: str) -> HttpResponse:
    zin = "De betrokken organisaties en de teamcoördinator lezen weer mee."
    return _confirm(
        request,
        nummer,
        unshield_casus,
        titel="Hef de afscherming op",
        zin=zin,
        gedaan="De casus is weer open.",
        recht=AFSCHERMEN,
    )


@require_http_methods(GESTUURD)
def casus_scale_up(request: Verzoek, nummer: str) -> HttpResponse:
    return _scale(request, nummer, scale_up, "Opschalen naar procesregie", "De casus is opgeschaald.")


@require_http_methods(GESTUURD)
def casus_scale_down(request: Verzoek, nummer: str) -> HttpResponse:
    return _scale(request, nummer, scale_down, "Afschalen naar casusregie", "De casus is afgeschaald.")


@require_http_methods(GESTUURD)
def regie_transfer(request: Verzoek, nummer: str) -> HttpResponse:
    casus = get_casus(request, BEHEER, nummer)
    form = RegieForm(posted(request), casus=casus, annuleer_url=detail_url(casus))

    def save() -> None:
        facts = {name: form.cleaned_data[name] for name in ("medewerker", "reden")}
        transfer_regie(casus=casus, actor=request.user, at=timezone.now(), **facts)

    return act(request, casus, form, titel="Regie overdragen", do=save, gedaan="De regie is overgedragen.")


@require_http_methods(GESTUURD)
def betrokkenheid_new(request: Verzoek, nummer: str) -> HttpResponse:
    casus = get_casus(request, BEHEER, nummer)
    form = BetrokkenheidForm(posted(request), casus=casus, annuleer_url=detail_url(casus))

    def save() -> None:
        facts = {name: form.cleaned_data[name] for name in ("organisatie", "medewerker", "rol")}
        add_betrokkenheid(casus=casus, actor=request.user, at=timezone.now(), **facts)

    return act(
        request, casus, form, titel="Organisatie toevoegen", do=save, gedaan="De organisatie doet mee."
    )


@require_http_methods(GESTUURD)
def betrokkenheid_end(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus = get_casus(request, BEHEER, nummer)
    deel = get_object_or_404(
        Betrokkenheid.objects.select_related("casus", "organisatie"), casus=casus, tot__isnull=True, pk=pk
    )
    form = BevestigForm(
        posted(request),
        casus=casus,
        annuleer_url=detail_url(casus),
        zin=f"{deel.organisatie} doet niet meer mee en leest vanaf nu niet meer mee.",
        knop="Stop de betrokkenheid",
    )
    return act(
        request,
        casus,
        form,
        titel=f"{deel.organisatie} doet niet meer mee",
        do=lambda: end_betrokkenheid(betrokkenheid=deel, actor=request.user, at=timezone.now()),
        gedaan=f"{deel.organisatie} doet niet meer mee.",
    )


@require_http_methods(GESTUURD)
def person_invite(request: Verzoek, nummer: str) -> HttpResponse:
    casus = get_casus(request, BEHEER, nummer)
    form = UitnodigForm(posted(request), casus=casus, annuleer_url=detail_url(casus))
    return act(
        request,
        casus,
        form,
        titel="Op naam uitnodigen",
        do=lambda: invite_person(
            casus=casus, actor=request.user, at=timezone.now(), medewerker=form.cleaned_data["medewerker"]
        ),
        gedaan="De uitnodiging geldt vanaf nu.",
    )


@require_POST
def person_withdraw(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus = get_casus(request, BEHEER, nummer)
    wie = get_object_or_404(Medewerker, pk=pk)
    tell(
        request,
        lambda: withdraw_invitation(casus=casus, actor=request.user, at=timezone.now(), medewerker=wie),
        f"{wie} is niet meer uitgenodigd.",
    )
    return after(request, casus)


def _confirm(
    request: Verzoek, nummer: str, service: Any, *, titel: str, zin: str, gedaan: str, recht: str = BEHEER
) -> HttpResponse:
    casus = get_casus(request, recht, nummer)
    form = BevestigForm(posted(request), casus=casus, annuleer_url=detail_url(casus), zin=zin, knop=titel)
    return act(
        request,
        casus,
        form,
        titel=titel,
        do=lambda: service(
            casus=casus, actor=request.user, at=timezone.now(), versie=form.cleaned_data["versie"]
        ),
        gedaan=gedaan,
    )


def _scale(request: Verzoek, nummer: str, service: Any, titel: str, gedaan: str) -> HttpResponse:
    casus = get_casus(request, BEHEER, nummer)
    form = SchalingForm(posted(request), casus=casus, annuleer_url=detail_url(casus), op=service is scale_up)
    return act(
        request,
        casus,
        form,
        titel=titel,
        do=lambda: service(casus=casus, actor=request.user, at=timezone.now(), **form.cleaned_data),
        gedaan=gedaan,
    )
