"""De inrichting van het protocol: versies bekijken, een concept regel voor regel schrijven, vergelijken en in gebruik nemen."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.forms.velden import read_id
from intake.views.lezen import sent
from skt.autorisatie.rules import get_permitted_or_404, may, requires
from skt.kern.errors import DomainError
from skt.kern.weigeren import tell
from triage.forms.protocol import RegelForm, ToelichtingForm
from triage.models import Protocolproef, Protocolversie
from triage.protocol.nakijken import GEEN_LAATSTE_WOORD, Nagekeken, has_last_word, inspect
from triage.protocol.regels import Regel, RegelInvalid
from triage.protocol.verschil import compare
from triage.protocol.woorden import describe, describe_advice, sentence, stop
from triage.queries.afwijkingen import count_deviations
from triage.queries.protocol import active_versie, term_names, terms_after_triage
from triage.services.protocol import (
    ProtocolChangedMeanwhile,
    activate_protocol,
    add_rule,
    change_rule,
    copy_protocol,
    digest,
    discard_protocol,
    explain_protocol,
    move_rule,
    remove_rule,
)
from triage.status import PROTOCOL_TRANSITIONS, ProtocolStatus

ZIEN, WIJZIGEN, AFWIJKINGEN = (
    "inrichting.view_protocol", "inrichting.change_protocol", "inrichting.view_afwijkingen",
)  # fmt: skip
GESTUURD = ("GET", "POST")
STATUSSOORT = {ProtocolStatus.CONCEPT: "amber", ProtocolStatus.ACTIEF: "groen", ProtocolStatus.OUD: ""}
MEESTE_VERSIES = 100
MEESTE_PROEVEN = 5


def get_versie(request: HttpRequest, action: str, pk: int) -> Protocolversie:
    versies = Protocolversie.objects.select_related("gebaseerd_op", "gemaakt_door", "gewijzigd_door")
    return get_permitted_or_404(request.user, action, versies, pk=pk)


def show_lines(
    lines: Sequence[Nagekeken], termijnen: dict[str, str], stored: Sequence[Any]
) -> list[dict[str, Any]]:
    """Every line as the page draws it: the sentence in parts, its mark, and what is wrong with it."""
    return [
        {
            "nummer": line.nummer,
            "naam": line.naam,
            "was": digest(stored[line.nummer - 1]),
            "fouten": [fout.zin for fout in line.fouten],
            "eerste": line.nummer == 1,
            "laatste": line.nummer == len(lines),
            **(_parts(line.regel, termijnen) if line.regel else {}),
        }
        for line in lines
    ]


def _parts(regel: Regel, termijnen: dict[str, str]) -> dict[str, Any]:
    return {
        "als": describe(regel.als, termijnen),
        "dan": describe_advice(regel.dan),
        "waarschuw": [stop(zin) for zin in regel.dan.waarschuw],
        "wet": [stop(zin) for zin in regel.dan.wet],
    }


def checked(versie: Protocolversie) -> dict[str, Any]:
    """The lines of a version with what is wrong with them, for every page that shows them."""
    termijnen = term_names()
    lines = inspect(versie.regels, termijnen)
    fouten = sum(bool(line.fouten) for line in lines)
    zonder_einde = not fouten and not has_last_word([line.regel for line in lines if line.regel])
    return {
        "regels": show_lines(lines, termijnen, versie.regels),
        "fouten": fouten,
        "zonder_einde": GEEN_LAATSTE_WOORD if zonder_einde else "",
        "klopt": not fouten and not zonder_einde,
    }


@require_safe
@requires(ZIEN)
def protocol_list(request: HttpRequest) -> HttpResponse:
    versies = Protocolversie.objects.select_related("gemaakt_door").order_by("-nummer")[:MEESTE_VERSIES]
    context = {
        "versies": [
            {
                "versie": versie,
                "soort": STATUSSOORT[ProtocolStatus(versie.status)],
                "regels": len(versie.regels),
            }
            for versie in versies
        ],
        "mag_wijzigen": may(request.user, WIJZIGEN),
        "mag_afwijkingen": may(request.user, AFWIJKINGEN),
        "mag_inrichten": may(request.user, "inrichting.view_inrichting"),
        "actief": next((versie for versie in versies if versie.status == ProtocolStatus.ACTIEF), None),
    }
    return render(request, "triage/protocol_list.html", context)


@require_safe
def protocol_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """De regels als zinnen, en wat er met deze versie kan."""
    versie = get_versie(request, ZIEN, pk)
    mag = may(request.user, WIJZIGEN)
    context = {
        "versie": versie,
        "soort": STATUSSOORT[ProtocolStatus(versie.status)],
        "stappen": {t.naam for t in PROTOCOL_TRANSITIONS if versie.status in t.van} if mag else set(),
        "mag_wijzigen": mag,
        "mag_afwijkingen": may(request.user, AFWIJKINGEN),
        "mag_inrichten": may(request.user, "inrichting.view_inrichting"),
        "proeven": Protocolproef.objects.filter(versie=versie).order_by("-pk")[:MEESTE_PROEVEN]
        if mag
        else [],
        "versies": Protocolversie.objects.exclude(pk=versie.pk).order_by("-nummer")[:20],
        **checked(versie),
    }
    return render(request, "triage/protocol_detail.html", context)


@require_http_methods(GESTUURD)
def protocol_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Een concept: de regels met hun knoppen, en wat er anders is aan deze versie."""
    versie = get_versie(request, WIJZIGEN, pk)
    if versie.status != ProtocolStatus.CONCEPT:
        return _fixed(request, versie)
    if request.method != "POST":
        return _edit_page(request, versie)
    if "toelichting" in request.POST:
        return _explain(request, versie)
    actie, _, was = request.POST.get("actie", "").partition(":")
    try:
        if actie in ("omhoog", "omlaag"):
            stap = -1 if actie == "omhoog" else 1
            move_rule(versie=versie, actor=request.user, at=timezone.now(), was=was, stap=stap)
            messages.success(request, "De regel is verplaatst.")
        elif actie == "weg":
            remove_rule(versie=versie, actor=request.user, at=timezone.now(), was=was)
            messages.success(request, "De regel is weg.")
    except DomainError as error:
        messages.error(request, str(error))
    _say_faults(request, pk)
    return redirect("triage:protocol_edit", pk=pk)


def _explain(request: HttpRequest, versie: Protocolversie) -> HttpResponse:
    form = ToelichtingForm(request.POST)
    if form.is_valid():
        try:
            explain_protocol(versie=versie, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.data = form.data.copy()
            form.data["was"] = Protocolversie.objects.get(pk=versie.pk).toelichting
            form.add_error("toelichting", str(error))
        else:
            messages.success(request, "De toelichting is bewaard.")
            return redirect("triage:protocol_edit", pk=versie.pk)
    return _edit_page(request, versie, form, status=422)


def _edit_page(
    request: HttpRequest, versie: Protocolversie, form: ToelichtingForm | None = None, *, status: int = 200
) -> HttpResponse:
    form = form or ToelichtingForm(initial={"toelichting": versie.toelichting, "was": versie.toelichting})
    context = {"versie": versie, "form": form, **checked(versie)}
    return render(request, "triage/protocol_edit.html", context, status=status)


def _fixed(request: HttpRequest, versie: Protocolversie) -> HttpResponse:
    messages.error(request, f"{versie} verandert niet meer. Maak er een nieuwe versie van.")
    return redirect("triage:protocol_detail", pk=versie.pk)


def _say_faults(request: HttpRequest, pk: int) -> None:
    """Found when it is saved: how many lines are wrong, with the sentences at the lines themselves."""
    regels = Protocolversie.objects.get(pk=pk).regels
    wrong = [str(line.nummer) for line in inspect(regels, term_names()) if line.fouten]
    if wrong:
        welke = f"regel {wrong[0]} klopt" if len(wrong) == 1 else f"de regels {', '.join(wrong)} kloppen"
        messages.warning(request, f"Let op: {welke} nog niet. Bij de regel staat waarom.")


@require_http_methods(GESTUURD)
def rule_new(request: HttpRequest, pk: int) -> HttpResponse:
    return _rule_page(request, pk, None)


@require_http_methods(GESTUURD)
def rule_edit(request: HttpRequest, pk: int, nummer: int) -> HttpResponse:
    return _rule_page(request, pk, nummer)


def _rule_page(request: HttpRequest, pk: int, nummer: int | None) -> HttpResponse:
    versie = get_versie(request, WIJZIGEN, pk)
    if versie.status != ProtocolStatus.CONCEPT:
        return _fixed(request, versie)
    if nummer is not None and not 1 <= nummer <= len(versie.regels):
        messages.error(
            request, "Deze regel is er niet meer. Een collega heeft haar net weggehaald of verplaatst."
        )
        return redirect("triage:protocol_edit", pk=pk)
    termijnen = term_names()
    line = inspect(versie.regels, termijnen)[nummer - 1] if nummer else None
    stored = versie.regels[nummer - 1] if nummer else None
    rest = [(een, regel) for een, regel in enumerate(versie.regels, start=1) if een != nummer]
    vorige = digest(versie.regels[nummer - 2]) if nummer and nummer > 1 else ""
    if nummer is None:
        einde = [regel for _, regel in rest if regel.get("als")]
        vorige = digest(einde[-1]) if einde else ""
    form = RegelForm(
        sent(request),
        termijnen=termijnen,
        later=terms_after_triage(),
        plekken=[
            ("", "Bovenaan"),
            *((digest(regel), f"Na regel {een}: {regel.get('naam', '')}") for een, regel in rest),
        ],
        annuleer_url=reverse("triage:protocol_edit", args=[pk]),
        regel=line.regel if line else None,
        initial={"was": digest(stored) if stored else "", "na": vorige, "naam": line.naam if line else ""},
    )
    status, collega = 200, ""
    if request.method == "POST":
        status = 422
        # A place that a colleague just changed is no mistake of the writer's: the rule then stays where it was.
        form.fields["na"].choices = [*form.fields["na"].choices, (request.POST.get("na", ""), "")]
        if form.is_valid():
            facts: dict[str, Any] = {"regel": form.regel, "na": form.cleaned_data["na"]}
            was = form.cleaned_data["was"]
            try:
                if was:
                    change_rule(versie=versie, actor=request.user, at=timezone.now(), was=was, **facts)
                else:
                    add_rule(versie=versie, actor=request.user, at=timezone.now(), **facts)
            except RegelInvalid as error:
                form.refuse(error)
            except ProtocolChangedMeanwhile as error:
                status = 409
                collega = _conflict(versie, form, str(error), termijnen)
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"De regel ‘{form.regel.naam}’ is bewaard.")
                _say_faults(request, pk)
                return redirect(f"{reverse('triage:protocol_edit', args=[pk])}#regels")
    context = {
        "versie": versie,
        "form": form,
        "titel": f"Regel {nummer} wijzigen" if nummer else "Nieuwe regel",
        "fouten": [fout.zin for fout in line.fouten] if line and request.method != "POST" else [],
        "collega": collega,
    }
    return render(request, "triage/protocol_rule.html", context, status=status)


def _conflict(versie: Protocolversie, form: RegelForm, zin: str, termijnen: dict[str, str]) -> str:
    """The second writer sees what the colleague wrote; who saves again, chooses on purpose."""
    versie.refresh_from_db()
    same = [
        (regel, line)
        for regel, line in zip(versie.regels, inspect(versie.regels, termijnen), strict=True)
        if line.naam.casefold() == form.regel.naam.casefold()
    ]
    form.data = form.data.copy()
    form.data["was"] = digest(same[0][0]) if same else ""
    form.add_error(None, zin)
    if not same:
        return "Er is nu geen regel meer met deze naam. Bewaart u opnieuw, dan komt uw regel erbij."
    now = sentence(same[0][1].regel, termijnen) if same[0][1].regel else "een regel die niet te lezen is."
    return f"Nu staat er: {now} Bewaart u opnieuw, dan komt uw tekst daarvoor in de plaats."


@require_POST
def protocol_copy(request: HttpRequest, pk: int) -> HttpResponse:
    versie = get_versie(request, WIJZIGEN, pk)
    try:
        new = copy_protocol(versie=versie, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("triage:protocol_detail", pk=pk)
    messages.success(
        request, f"{new} is een concept met dezelfde regels. Wat in gebruik is, blijft zoals het is."
    )
    return redirect("triage:protocol_edit", pk=new.pk)


@require_http_methods(GESTUURD)
def protocol_activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Eerst zien wat er verandert, dan pas in gebruik."""
    versie = get_versie(request, WIJZIGEN, pk)
    if versie.status != ProtocolStatus.CONCEPT:
        return _fixed(request, versie)
    if request.method == "POST":
        done = "Vanaf nu geldt deze versie. Zij verandert niet meer."
        return _act(request, versie, activate_protocol, done)
    actief = active_versie()
    laatste = Protocolproef.objects.filter(versie=versie).order_by("-pk").first()
    context = {
        "versie": versie,
        "actief": actief,
        "verschillen": _differences(actief, versie) if actief else [],
        "proef": laatste,
        **checked(versie),
    }
    return render(request, "triage/protocol_activate.html", context)


@require_POST
def protocol_discard(request: HttpRequest, pk: int) -> HttpResponse:
    versie = get_versie(request, WIJZIGEN, pk)
    return _act(request, versie, discard_protocol, "Het concept is weggegooid.")


def _act(request: HttpRequest, versie: Protocolversie, act: Callable[..., object], zin: str) -> HttpResponse:
    tell(request, lambda: act(versie=versie, actor=request.user, at=timezone.now()), zin)
    return redirect("triage:protocol_detail", pk=versie.pk)


@require_safe
def protocol_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Twee versies naast elkaar; wat gelijk bleef, staat er alleen als getal."""
    versie = get_versie(request, ZIEN, pk)
    met = read_id(request.GET.get("met", ""))
    ander = (
        get_permitted_or_404(request.user, ZIEN, Protocolversie.objects.all(), pk=met)
        if met is not None
        else versie.gebaseerd_op or active_versie()
    )
    oud, nieuw = sorted((versie, ander or versie), key=lambda een: een.nummer)
    alles = _differences(oud, nieuw)
    context = {
        "versie": versie,
        "oud": oud,
        "nieuw": nieuw,
        "verschillen": [een for een in alles if een["soort"] != "gelijk"],
        "gelijk": sum(een["soort"] == "gelijk" for een in alles),
        "versies": Protocolversie.objects.exclude(pk=versie.pk).order_by("-nummer")[:MEESTE_VERSIES],
        "mag_inrichten": may(request.user, "inrichting.view_inrichting"),
    }
    return render(request, "triage/protocol_compare.html", context)


SOORTEN = {"nieuw": "groen", "weg": "rood", "gewijzigd": "amber", "verplaatst": "blauw", "gelijk": ""}


def _differences(oud: Protocolversie, nieuw: Protocolversie) -> list[dict[str, Any]]:
    termijnen = term_names()
    readable = [
        [line.regel for line in inspect(versie.regels, termijnen) if line.regel] for versie in (oud, nieuw)
    ]
    return [
        {
            "soort": een.soort,
            "kleur": SOORTEN[een.soort],
            "naam": een.naam,
            "oud_nummer": een.oud_nummer,
            "nieuw_nummer": een.nieuw_nummer,
            "oud": sentence(een.oud, termijnen) if een.oud else "",
            "nieuw": sentence(een.nieuw, termijnen) if een.nieuw else "",
        }
        for een in compare(*readable)
    ]


@require_safe
@requires(AFWIJKINGEN)
def protocol_deviations(request: HttpRequest) -> HttpResponse:
    """Hoe vaak er anders is besloten, per regel, en waarom. Alleen aantallen."""
    gegeven = Protocolversie.objects.exclude(actief_vanaf=None).order_by("-nummer")
    gevraagd = read_id(request.GET.get("versie", ""))
    versie = gegeven.filter(nummer=gevraagd).first() if gevraagd is not None else None
    versie = versie or active_versie() or gegeven.first()
    context = {
        "versie": versie,
        "versies": gegeven[:MEESTE_VERSIES],
        "afwijkingen": count_deviations(versie) if versie else None,
    }
    return render(request, "triage/protocol_deviations.html", context)
