"""Een afspraak plannen, bekijken, verzetten, annuleren en afronden."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from intake.forms import AfspraakForm, AnnuleerForm, GehoudenForm, GemistForm
from intake.forms.afspraak import first_day
from intake.models import Afspraak, AfspraakSoort, Melding, Plaats
from intake.rijen import naam_van
from intake.services import cancel_afspraak, hold_afspraak, miss_afspraak, move_afspraak, plan_afspraak
from intake.services.afspraken import MomentTaken, may_mail
from intake.status import AfspraakStatus
from intake.views.lezen import log_melding, sent
from intake.views.melding import flags_of, melding_url
from intake.vrij import free_moments, next_werkdagen
from skt.autorisatie.rules import explain, get_permitted_or_404, may, permitted
from skt.kern.errors import DomainError
from skt.kern.weigeren import attempt
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import Gelezen, record_read
from skt.web.datums import clock, long_date

FORMULIER = "intake/afspraak_form.html"
GESTUURD = ("GET", "POST")
VELDEN_TERUG = 7
"""Calendar days back for the button to earlier moments."""


@require_http_methods(GESTUURD)
def afspraak_new(request: HttpRequest, nummer: str) -> HttpResponse:
    melding = _melding(request, "intake.plan_afspraak", nummer=nummer)
    form = _form(request, melding, {"soort": AfspraakSoort.LOKET, "wie": f"m{request.user.pk}"})
    if _is_plan(request) and form.is_valid():
        try:
            made = plan_afspraak(melding=melding, actor=request.user, at=timezone.now(), **form.wens())
        except DomainError as error:
            _refused(form, error)
        else:
            messages.success(request, "De afspraak is gepland.")
            return redirect("intake:afspraak_detail", uuid=made.uuid)
    return _page(request, melding, form, "Afspraak plannen", melding_url(melding))


@require_http_methods(GESTUURD)
def afspraak_move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    afspraak = _afspraak(request, "intake.move_afspraak", uuid)
    melding = _melding(request, "intake.view_melding", pk=afspraak.melding_id)
    if afspraak.status != AfspraakStatus.GEPLAND:
        messages.info(request, "Deze afspraak is al afgerond of verzet.")
        return redirect("intake:afspraak_detail", uuid=uuid)
    form = _form(request, melding, _as_asked(afspraak), met_reden=True)
    if _is_plan(request) and form.is_valid():
        try:
            made = move_afspraak(afspraak=afspraak, actor=request.user, at=timezone.now(), **form.wens())
        except DomainError as error:
            _refused(form, error)
        else:
            messages.success(request, "De afspraak is verzet.")
            return redirect("intake:afspraak_detail", uuid=made.uuid)
    terug = reverse("intake:afspraak_detail", kwargs={"uuid": uuid})
    return _page(request, melding, form, "Afspraak verzetten", terug, oud=afspraak)


@require_safe
def afspraak_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    afspraak = _afspraak(request, "intake.view_afspraak", uuid)
    melding = _seen_melding(request, afspraak)
    redenen = explain(request.user, "intake.view_afspraak", afspraak)
    if melding is not None:
        log_melding("intake.view_afspraak", melding, redenen)
    else:
        record_read(action="intake.view_afspraak", rows=[Gelezen("afspraak", afspraak.pk, None)])
    collegas = list(Medewerker.objects.filter(pk__in=afspraak.lees_medewerkers).order_by("voornaam", "pk"))
    nu = timezone.now()
    open_staand = afspraak.status == AfspraakStatus.GEPLAND
    may_change = open_staand and may(request.user, "intake.change_afspraak", afspraak)
    context = {
        "afspraak": afspraak,
        "melding": melding,
        "naam": naam_van(melding) if melding else "",
        "vlaggen": flags_of(melding.inwoner) if melding else [],
        "gegevens": _facts(afspraak, collegas),
        "voorlezen": spoken(afspraak, collegas) if melding and open_staand and afspraak.begin > nu else "",
        "mail": _mail_said(afspraak, melding),
        "redenen": [f"{reden[:1].upper()}{reden[1:]}." for reden in redenen],
        "acties": {
            "verzet": open_staand and may(request.user, "intake.move_afspraak", afspraak),
            "annuleer": may_change,
            "afronden": may_change and afspraak.begin <= nu,
        },
        "eerder": Afspraak.objects.filter(verzet_naar=afspraak).first(),
        "later": afspraak.verzet_naar,
    }
    return render(request, "intake/afspraak_detail.html", context)


@require_http_methods(GESTUURD)
def afspraak_cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _end(
        request, uuid, AnnuleerForm, cancel_afspraak, "Afspraak annuleren", "De afspraak is geannuleerd."
    )


@require_http_methods(GESTUURD)
def afspraak_held(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _end(request, uuid, GehoudenForm, hold_afspraak, "Afspraak gehouden", "De afspraak is vastgelegd.")


@require_http_methods(GESTUURD)
def afspraak_missed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    zin = "Vastgelegd: niet verschenen. Neem de volgende werkdag contact op."
    return _end(request, uuid, GemistForm, miss_afspraak, "Niet verschenen", zin)


def spoken(afspraak: Afspraak, collegas: list[Medewerker]) -> str:
    """What the professional reads out to the caller."""
    dag = long_date(timezone.localtime(afspraak.begin).date())
    met = " en ".join(medewerker.naam for medewerker in collegas)
    bellen, komen = ("belt", "komt") if len(collegas) == 1 else ("bellen", "komen")
    waar = {
        Plaats.TELEFOON: f"{met} {bellen} u dan op.",
        Plaats.LOKET: f"U komt naar het Van Heeckerenhuis. Vraag naar {met}.",
        Plaats.THUIS: f"{met} {komen} bij u thuis.",
        Plaats.ANDERS: f"De plaats is: {afspraak.plaats_bij}. U spreekt met {met}.",
    }[Plaats(afspraak.plaats)]
    return (
        f"U heeft een afspraak op {dag} om {clock(afspraak.begin)} uur. Het duurt ongeveer {afspraak.duur} minuten. {waar} "
        f"Kunt u niet? Bel dan {settings.SKT_LOKET_TELEFOON}."
    )


def _end(
    request: HttpRequest, uuid: UUID, form_class: Any, act: Any, titel: str, gelukt: str
) -> HttpResponse:
    afspraak = _afspraak(request, "intake.change_afspraak", uuid)
    melding = _seen_melding(request, afspraak)
    terug = reverse("intake:afspraak_detail", kwargs={"uuid": uuid})
    form = form_class(sent(request), annuleer_url=terug)
    if request.method == "POST" and form.is_valid():
        if attempt(
            form, lambda: act(afspraak=afspraak, actor=request.user, at=timezone.now(), **form.cleaned_data)
        ):
            messages.success(request, gelukt)
            return redirect(melding_url(melding) if melding else terug)
    if melding is not None:
        log_melding("intake.view_afspraak", melding, ())
    context = {
        "afspraak": afspraak,
        "melding": melding,
        "naam": naam_van(melding) if melding else "",
        "form": form,
        "titel": titel,
        "terug": terug,
    }
    return render(request, "intake/afspraak_einde.html", context, status=422 if form.errors else 200)


def _page(
    request: HttpRequest,
    melding: Melding,
    form: AfspraakForm,
    titel: str,
    terug: str,
    *,
    oud: Afspraak | None = None,
) -> HttpResponse:
    log_melding("intake.view_melding", melding, ())
    eerste = first_day(request.POST.get("naar", "")[:10] or form.asked("vanaf"))
    dagen = next_werkdagen(eerste)
    ids, iedereen = form.asked_ids()
    found = free_moments(ids, dagen, duur=form.minuten, vanaf=timezone.now(), iedereen=iedereen)
    per_dag: dict[date, list[dict[str, str]]] = {dag: [] for dag in dagen}
    for moment in found:
        local = timezone.localtime(moment.begin)
        per_dag[local.date()].append({"waarde": moment.begin.isoformat(), "tijd": f"{local:%H:%M}"})
    vandaag = timezone.localdate()
    context = {
        "melding": melding,
        "naam": naam_van(melding),
        "vlaggen": flags_of(melding.inwoner),
        "form": form,
        "titel": titel,
        "terug": terug,
        "oud": oud,
        "mag_mailen": may_mail(melding),
        "dagen": [{"dag": dag, "momenten": momenten} for dag, momenten in per_dag.items()],
        "gekozen": form.asked("moment"),
        "vanaf": eerste,
        "eerder": max(eerste - timedelta(days=VELDEN_TERUG), vandaag) if eerste > vandaag else None,
        "later": dagen[-1] + timedelta(days=1),
        "minuten": form.minuten,
    }
    template = f"{FORMULIER}#momenten" if request.htmx and not _is_plan(request) else FORMULIER
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def _form(request: HttpRequest, melding: Melding, initial: dict[str, Any], **options: bool) -> AfspraakForm:
    """Bound only when the afspraak is really planned: looking for another moment is no mistake."""
    options["met_mail"] = may_mail(melding)
    if _is_plan(request):
        return AfspraakForm(request.POST, **options)
    return AfspraakForm(initial={**initial, **request.POST.dict()}, **options)


def _is_plan(request: HttpRequest) -> bool:
    return request.method == "POST" and "plan" in request.POST


def _refused(form: AfspraakForm, error: DomainError) -> None:
    form.add_error("moment" if isinstance(error, MomentTaken) else None, str(error))


def _as_asked(afspraak: Afspraak) -> dict[str, Any]:
    """The old one as the form asks it: the same people, not whoever of the team."""
    wie, *ook = [f"m{pk}" for pk in afspraak.lees_medewerkers[:2]] or [""]
    return {
        "soort": afspraak.soort,
        "wie": wie,
        "ook": ook[0] if ook else "",
        "duur": str(afspraak.duur),
        "plaats": afspraak.plaats,
        "plaats_bij": afspraak.plaats_bij,
        "mail": afspraak.mail_gevraagd,
    }


def _facts(afspraak: Afspraak, collegas: list[Medewerker]) -> list[dict[str, Any]]:
    eind = clock(afspraak.eind)
    return [
        {
            "label": "Wanneer",
            "waarde": long_date(timezone.localtime(afspraak.begin).date()),
            "bij": f"{clock(afspraak.begin)} tot {eind}",
        },
        {
            "label": "Met",
            "waarde": ", ".join(medewerker.naam for medewerker in collegas),
            "bij": str(afspraak.team or ""),
        },
        {"label": "Waar", "waarde": afspraak.get_plaats_display(), "bij": afspraak.plaats_bij},
        {"label": "Gepland door", "waarde": afspraak.gepland_door, "bij": afspraak.gepland_door.telefoon},
        *(
            [{"label": "Waarom niet doorgegaan", "waarde": afspraak.get_reden_display(), "bij": ""}]
            if afspraak.reden
            else []
        ),
    ]


def _mail_said(afspraak: Afspraak, melding: Melding | None) -> str:
    if afspraak.gemaild_op:
        return "De bevestiging is per e-mail verstuurd."
    if afspraak.mail_gevraagd:
        return "De bevestiging gaat per e-mail, zonder persoonlijke gegevens."
    if melding is not None and melding.inwoner is not None and not may_mail(melding):
        return "Er gaat geen e-mail: er is geen adres bekend, of contact is niet zonder meer veilig."
    return ""


def _melding(request: HttpRequest, action: str, **lookup: Any) -> Melding:
    meldingen = Melding.objects.select_related("inwoner", "contactmoment")
    return get_permitted_or_404(request.user, action, meldingen, **lookup)


def _afspraak(request: HttpRequest, action: str, uuid: UUID) -> Afspraak:
    afspraken = Afspraak.objects.select_related("team", "gepland_door", "verzet_naar")
    return get_permitted_or_404(request.user, action, afspraken, uuid=uuid)


def _seen_melding(request: HttpRequest, afspraak: Afspraak) -> Melding | None:
    """Who is booked sees when and where; of whom, only with a right to the melding."""
    meldingen = Melding.objects.select_related("inwoner", "contactmoment").filter(pk=afspraak.melding_id)
    return permitted(request.user, "intake.view_melding", meldingen).first()
