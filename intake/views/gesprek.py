"""Het gesprek: beginnen, bewaren terwijl u typt, zoeken wie het is, en in één keer afronden."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.concepten import describe_concept
from intake.forms import GesprekForm
from intake.forms.halfgetypt import OPEN_GEBIED, told_fields
from intake.forms.velden import read_id
from intake.kandidaten import find_kandidaten, is_full_match
from intake.models import Concept, Kanaal, Melding
from intake.services import (
    Bekende,
    Route,
    discard_concept,
    finish_concept,
    merge_concept,
    restore_concept,
    save_concept,
    start_concept,
    take_concept,
)
from intake.services.concepten import ConceptGone, ConceptOlder, Samengevoegd
from intake.views.gesprekspagina import VERNIEUWT, build_context
from intake.views.naderhand import offer_aanvulling, typed_later
from skt.autorisatie.rules import Refused, get_permitted_or_404, may, permitted, requires
from skt.inwoners.models import Inwoner
from skt.kern.errors import DomainError

PAGINA = "intake/contact.html"
ACHTERAF = {
    Route.INFORMATIE: "afgehandeld met informatie en advies",
    Route.HULPVERLENING: "afgehandeld met hulp",
    Route.TRIAGE: "doorgezet naar triage",
    Route.ANDERE_TOEGANG: "doorverwezen",
    Route.LATER: "bewaard om later af te maken",
    Route.TERUGBELLEN: "bewaard; u belt terug",
    Route.AFSPRAAK: "bewaard; plan nu de afspraak",
    Route.CRISISROUTE: "in de crisisroute; morgen belt u na",
}
VERVOLG = {
    Route.TERUGBELLEN: "intake:terugbellen_new",
    Route.AFSPRAAK: "intake:afspraak_new",
}
"""Where a route goes on: the URL name of a page that takes the number of the melding."""


@require_http_methods(["GET", "POST"])
@requires("intake.register_contact")
def contact_new(request: HttpRequest) -> HttpResponse:
    kanaal = request.GET.get("kanaal", "")
    concept = start_concept(
        actor=request.user, at=timezone.now(), kanaal=kanaal if kanaal in Kanaal.values else ""
    )
    return redirect("intake:contact", sleutel=concept.sleutel)


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    concept = _own(request, sleutel)
    if (elsewhere := _finished(request, concept)) is not None:
        return elsewhere
    if request.method == "POST":
        return _posted(request, concept)
    form = GesprekForm.from_concept(concept.gegevens)
    context = build_context(request, concept, form, paneel=request.GET.get("stap", ""))
    deel = request.GET.get("deel", "")
    return render(request, f"{PAGINA}#delen" if request.htmx and deel else PAGINA, context)


@login_not_required
@require_POST
def concept_save(request: HttpRequest, sleutel: UUID) -> JsonResponse:
    """Bewaar wat er staat. Antwoordt met de nieuwe versie, of met een zin die zegt waarom het niet ging."""
    if not request.user.is_authenticated:
        return JsonResponse({"zin": "U bent uitgelogd."}, status=401)
    concept = _own(request, sleutel)
    before, versie, now = dict(concept.gegevens), _versie(request), timezone.now()
    names = GesprekForm().fields
    gegevens = GesprekForm.typed(request.POST, names)
    try:
        if "gewijzigd" in request.POST:
            gewijzigd = [name for name in request.POST.getlist("gewijzigd") if name in {*names, OPEN_GEBIED}]
            saved = merge_concept(
                sleutel=sleutel,
                actor=request.user,
                gegevens=gegevens,
                gewijzigd=gewijzigd,
                versie=versie,
                at=now,
            )
        else:
            saved = Samengevoegd(
                save_concept(sleutel=sleutel, actor=request.user, gegevens=gegevens, versie=versie, at=now)
            )
    except ConceptOlder as error:
        return JsonResponse({"zin": str(error)}, status=409)
    except ConceptGone as error:
        return JsonResponse({"zin": str(error)}, status=410)
    except DomainError as error:
        return JsonResponse({"zin": str(error)}, status=422)
    told = told_fields(
        saved.concept,
        saved.botsing,
        before,
        gegevens,
        versie,
        GesprekForm().fields,
        vernieuwt=VERNIEUWT,
    )
    told["fouten"] = GesprekForm.from_concept(saved.concept.gegevens).fouten_nu()
    return JsonResponse(told)


@login_not_required
@require_safe
def concept_state(request: HttpRequest, sleutel: UUID) -> JsonResponse:
    """Na opnieuw inloggen in een ander tabblad: leeft het gesprek nog, en met welk bewijs mag deze pagina verder?"""
    if not request.user.is_authenticated:
        return JsonResponse({"zin": "U bent uitgelogd."}, status=401)
    concept = _own(request, sleutel)
    loopt = concept.verwerkt_op is None and concept.weggegooid_op is None
    return JsonResponse({"versie": concept.versie, "loopt": loopt, "csrf": get_token(request)})


@require_POST
@requires("intake.register_contact")
def concept_take(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Take over a half-typed call of a colleague who isn't there; it goes on as your own."""
    get_permitted_or_404(
        request.user, "intake.take_concept", Concept.objects.defer("gegevens"), sleutel=sleutel
    )
    try:
        concept = take_concept(sleutel=sleutel, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("intake:worklist")
    return redirect("intake:contact", sleutel=concept.sleutel)


@require_POST
def concept_discard(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    concept = _own(request, sleutel)
    try:
        discard_concept(sleutel=sleutel, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("intake:worklist")
    if concept.gegevens:
        return redirect("intake:concept_restore", sleutel=sleutel)
    messages.success(request, "Het lege gesprek is weggegooid.")
    return redirect("intake:worklist")


@require_http_methods(["GET", "POST"])
def concept_restore(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Net weggegooid, of per ongeluk: hier komt het terug zolang de tekst er is."""
    concept = _own(request, sleutel)
    if concept.weggegooid_op is None:
        return redirect("intake:contact", sleutel=sleutel)
    if request.method == "POST":
        try:
            restore_concept(sleutel=sleutel, actor=request.user, at=timezone.now())
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("intake:worklist")
        messages.success(request, "Het gesprek is terug.")
        return redirect("intake:contact", sleutel=sleutel)
    return render(
        request, "intake/concept_restore.html", {"concept": concept, "naam": describe_concept(concept)}
    )


def _own(request: HttpRequest, sleutel: UUID) -> Concept:
    """Your own call, and you still work at the loket; otherwise it isn't there."""
    if not may(request.user, "intake.register_contact"):
        raise Refused("intake.register_contact", "concept", {"sleutel": sleutel})
    return get_permitted_or_404(request.user, "intake.own_concept", Concept.objects.all(), sleutel=sleutel)


def _finished(request: HttpRequest, concept: Concept) -> HttpResponse | None:
    """Where a page of a call that is over leads: to what became of it."""
    if concept.weggegooid_op:
        if concept.gegevens:
            return redirect("intake:concept_restore", sleutel=concept.sleutel)
        messages.info(request, "Dit gesprek is weggegooid.")
        return redirect("intake:worklist")
    if concept.verwerkt_op is None:
        return None
    melding = permitted(
        request.user, "intake.view_melding", Melding.objects.filter(pk=concept.melding_id)
    ).first()
    messages.info(request, "Dit gesprek was al opgeslagen. Hier is de melding.")
    if melding is None:
        return redirect("intake:worklist")
    later = typed_later(request.POST, melding)
    if later and may(request.user, "intake.append_melding", melding):
        return offer_aanvulling(request, melding, later)
    return redirect("intake:melding_detail", nummer=melding.nummer)


def _posted(request: HttpRequest, concept: Concept) -> HttpResponse:
    actie = request.POST.get("actie", "")
    route = actie if actie in Route.values else ""
    now = timezone.now()
    form = GesprekForm(request.POST, route=route, at=now)
    try:
        saved = save_concept(
            sleutel=concept.sleutel,
            actor=request.user,
            gegevens=_changed_by_buttons(request, GesprekForm.typed(request.POST, form.fields)),
            versie=concept.versie if actie == "overschrijf" else _versie(request),
            at=now,
        )
    except ConceptGone:
        concept.refresh_from_db()
        return _finished(request, concept) or redirect("intake:worklist")
    except ConceptOlder:
        return render(request, PAGINA, build_context(request, concept, form, ouder=True), status=409)
    except DomainError as error:
        form.add_error(None, str(error))
        return render(request, PAGINA, build_context(request, concept, form), status=422)
    if not route or (route == Route.CRISISROUTE and "gewaarschuwd" not in request.POST):
        return _same_page(request, saved, "crisis" if route else "")
    return _finish(request, saved, form)


def _same_page(request: HttpRequest, concept: Concept, stap: str) -> HttpResponse:
    """A button inside the call (kies, geef mee, zoek): what was typed is saved, so the page can be made anew."""
    if request.htmx:
        form = GesprekForm.from_concept(concept.gegevens)
        response = render(request, f"{PAGINA}#delen", build_context(request, concept, form))
        response["X-Concept-Versie"] = str(concept.versie)
        return response
    url = reverse("intake:contact", kwargs={"sleutel": concept.sleutel})
    anchor = {"kies": "#bekend", "geef_mee": "#kaart", "neem_terug": "#kaart"}
    jump = next((anchor[name] for name in anchor if name in request.POST), "")
    return redirect(f"{url}?stap={stap}" if stap else f"{url}{jump}")


def _finish(request: HttpRequest, concept: Concept, form: GesprekForm) -> HttpResponse:
    if form.is_valid():
        inwoner = _chosen(request, form)
        if not form.errors:
            try:
                melding = finish_concept(
                    sleutel=concept.sleutel,
                    actor=request.user,
                    at=form.at,
                    route=form.route,
                    contact=form.contact(),
                    melding=form.melding(),
                    afronding=form.afronding(),
                    inwoner=None if isinstance(inwoner, Bekende) else inwoner,
                    bekende=inwoner if isinstance(inwoner, Bekende) else None,
                    nieuwe_inwoner=form.nieuwe_inwoner(),
                    antwoorden=form.antwoorden(),
                    termijnen=form.termijnen(),
                    voorzieningen=form.cleaned_data["voorzieningen"],
                    methode=form.methode if form.antwoorden() else None,
                )
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"Melding {melding.nummer} is {ACHTERAF[Route(form.route)]}.")
                return _after(Route(form.route), melding)
    paneel = "crisis" if form.route == Route.CRISISROUTE else ""
    return render(request, PAGINA, build_context(request, concept, form, paneel=paneel), status=422)


def _after(route: Route, melding: Melding) -> HttpResponse:
    """To where the route goes on; without such a page, to the melding itself."""
    try:
        return redirect(reverse(VERVOLG[route], kwargs={"nummer": melding.nummer}))
    except (KeyError, NoReverseMatch):
        return redirect("intake:melding_detail", nummer=melding.nummer)


def _chosen(request: HttpRequest, form: GesprekForm) -> Inwoner | Bekende | None:
    """The known person that was chosen: visible, or unseen on a full match. Adds an error when it can't be."""
    gekozen = form.gekozen_id
    if gekozen is not None:
        seen = permitted(request.user, "inwoners.view_inwoner", Inwoner.objects.filter(pk=gekozen)).first()
        if seen is not None:
            return seen
        if is_full_match(gekozen, form.zoekvraag()):
            return Bekende(gekozen, form.zoekvraag())
        form.add_error("achternaam", "De gekozen inwoner klopt niet meer met wat u schreef. Kies opnieuw.")
        return None
    if form.is_bound and not form.is_nieuw_bevestigd and form.cleaned_data.get("achternaam"):
        if find_kandidaten(form.zoekvraag(), form.kenmerken()).precies:
            form.add_error(
                "achternaam",
                "Deze inwoner lijkt al bekend. Kies hem bij ‘Misschien bekend’, of kies daar ‘Iemand anders’.",
            )
    return None


def _versie(request: HttpRequest) -> int:
    return read_id(request.POST.get("versie", "")) or 0


def _changed_by_buttons(request: HttpRequest, gegevens: dict[str, Any]) -> dict[str, Any]:
    """What the small buttons inside the page do to what was typed."""
    kies = request.POST.get("kies")
    if kies is not None:
        gegevens["inwoner_keuze"] = [kies[:20]]
    given = list(gegevens.get("voorzieningen", []))
    if mee := request.POST.get("geef_mee"):
        given.append(mee[:20])
    if terug := request.POST.get("neem_terug"):
        given = [value for value in given if value != terug]
    gegevens["voorzieningen"] = list(dict.fromkeys(given))
    return {name: values for name, values in gegevens.items() if any(values)}
