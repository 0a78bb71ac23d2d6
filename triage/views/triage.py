"""Het wegen van één melding: op de uitvraag van het voorportaal, met wat er half getypt staat van wie ook in de toegang."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.aanwezigheid import others_in, show_up
from intake.forms.halfgetypt import fill_form, typed_fields
from intake.forms.velden import read_id
from intake.models import Melding, Netwerklid
from intake.services import NetwerklidChanged, add_netwerklid, change_netwerklid, end_netwerklid
from intake.services.rijen import ColleagueSavedFirst
from intake.status import MeldingStatus
from skt.autorisatie.rules import explain, get_permitted_or_404, requires
from skt.kern.errors import DomainError
from skt.kern.weigeren import show_refusal
from skt.verantwoording.services import record_read
from triage.forms.meldcode import told_stappen
from triage.forms.netwerk import NetwerklidForm, typed_netwerklid
from triage.forms.toekennen import PREFIX, ToekenningForm, asked, toekenning_form, valid_together
from triage.forms.triage import TriageForm
from triage.models import Aanmelding, Bord, Triageconcept, Uitkomst
from triage.queries import find_aanbod, suggest_bord
from triage.queries.protocol import advise
from triage.queries.uitvraag import read_first
from triage.services import (
    CrisisNeedsFollowUp,
    MandaatMissing,
    NobodyWarned,
    ToekenningRefused,
    check_in_triage,
    claim_melding,
    do_triage,
    merge_concept,
    release_melding,
)
from triage.views.beeld import gelezen
from triage.views.weegpagina import build_context

VELD_VAN = {NobodyWarned: "gewaarschuwd", MandaatMissing: "uitkomst", CrisisNeedsFollowUp: "uitkomst"}
LIJST = "triage:worklist"
BEURT = PAK_OP, GEEF_TERUG = "pak op", "geef terug"


@dataclass
class Blad:
    """Wat er op de pagina te typen is: de triage, wat er wordt toegekend, en iemand in het netwerk."""

    melding: Melding
    form: TriageForm
    toekenning: ToekenningForm | None
    concept: Triageconcept | None
    nwform: NetwerklidForm | None = None


@requires("triage.do_triage")
@require_http_methods(["GET", "POST"])
def triage_form(request: HttpRequest, nummer: str) -> HttpResponse:
    """Eén melding wegen. Wie haar net kwijt is, hoort aan wie; wat er getypt is, blijft staan."""
    melding = find_melding(request, nummer)
    if "ander_aanbod" in request.GET:
        return _offer_search(request)
    if request.method == "POST":
        return _posted(request, melding)
    try:
        check_in_triage(melding)
    except DomainError as error:
        messages.info(request, str(error))
        return redirect(LIJST)
    show_up(melding.pk, request.user.pk)
    concept = Triageconcept.objects.filter(melding=melding).select_related("bewaard_door").first()
    return _show(request, make_blad(request, melding, concept))


def find_melding(request: HttpRequest, nummer: str) -> Melding:
    """In triage, of net gewogen; wie haar niet mag zien, krijgt niets."""
    meldingen = Melding.objects.exclude(status=MeldingStatus.OPEN).select_related(
        "inwoner", "contactmoment__medewerker", "verantwoordelijke"
    )
    melding: Melding = get_permitted_or_404(request.user, "intake.view_melding", meldingen, nummer=nummer)
    return melding


def make_blad(request: HttpRequest, melding: Melding, concept: Triageconcept | None) -> Blad:
    """Met wat er gepost is; anders met wat er half getypt staat, en daaronder wat het voorportaal al vroeg."""
    posted = request.POST if request.method == "POST" else None
    eerst = read_first(melding.pk)
    raad = advise(melding)
    voorstel = (raad.weging.advies.bord if raad else "") or suggest_bord(melding)
    toekenning = toekenning_form(posted, user=request.user, dag=timezone.localdate())
    form = TriageForm(
        posted,
        raad=raad,
        voorstel=Bord(voorstel),
        mag_toekennen=toekenning is not None,
        eerder=eerst.scores,
        eerder_gezegd=eerst.woorden,
        methode=eerst.methode,
        initial={
            "melding_versie": melding.versie,
            "bord": voorstel,
            "eigen_kracht": "\n".join(eerst.eigen_kracht),
            "netwerk": "\n".join(eerst.netwerk),
            **told_stappen(melding.meldcodestappen.all()),
        },
    )
    gegevens = concept.gegevens if concept else {}
    fill_form(form, gegevens, meer=("voorzieningen",))
    if toekenning is not None:
        fill_form(toekenning, {naam.removeprefix(f"{PREFIX}-"): waarde for naam, waarde in gegevens.items()})
    return Blad(melding, form, toekenning, concept)


def field_names() -> list[str]:
    """Alles wat op deze pagina te typen is, en dus bewaard wordt."""
    form = TriageForm(voorstel=Bord.VOLWASSENEN, mag_toekennen=True)
    toekennen = (f"{PREFIX}-{naam}" for naam in ToekenningForm.base_fields)
    names = (*form.fields, *NetwerklidForm.base_fields, *toekennen)
    return [naam for naam in names if naam != "melding_versie"]


def _posted(request: HttpRequest, melding: Melding) -> HttpResponse:
    """Eerst bewaren wat er staat; dan pas doen wat de knop vraagt."""
    gegevens = typed_fields(request.POST, field_names())
    concept = Triageconcept.objects.filter(melding=melding).first()
    voor = concept.gegevens if concept else {}
    blad = make_blad(request, melding, None)
    try:
        blad.concept, botsing = merge_concept(
            melding=melding,
            actor=request.user,
            at=timezone.now(),
            gegevens=gegevens,
            gewijzigd=[naam for naam in {*gegevens, *voor} if gegevens.get(naam, []) != voor.get(naam, [])],
            versie=_versie(request, concept),
        )
    except DomainError as error:
        blad.form.add_error(None, str(error))
        return _show(request, blad)
    if botsing:
        return _clash(request, blad, botsing, concept)
    if "lid" in request.POST:
        return _network(request, blad)
    if request.POST.get("actie") in BEURT:
        return _turn(request, melding)
    if request.POST.get("actie") == "bewaar":
        messages.success(request, "Bewaard. U kunt later verdergaan; een collega in de toegang ook.")
        return redirect("triage:triage_form", nummer=melding.nummer)
    return _weigh(request, blad)


def _turn(request: HttpRequest, melding: Melding) -> HttpResponse:
    """Op de eigen naam, of terug naar de toegang; wat er getypt stond is dan al bewaard, voor wie ook verdergaat."""
    try:
        if request.POST["actie"] == PAK_OP:
            claim_melding(
                melding=melding, actor=request.user, at=timezone.now(), van=read_id(request.POST.get("van"))
            )
            return redirect("triage:triage_form", nummer=melding.nummer)
        release_melding(melding=melding, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("triage:triage_form", nummer=melding.nummer)
    messages.success(
        request, f"{melding.nummer} is teruggegeven. Wat u al schreef staat klaar voor uw collega."
    )
    return redirect(LIJST)


def _weigh(request: HttpRequest, blad: Blad) -> HttpResponse:
    form, melding, toekenning = blad.form, blad.melding, blad.toekenning
    goed = valid_together(form, toekenning)
    if request.POST.get("nw_naam", "").strip():
        form.add_error(None, "Zet de persoon bij het netwerk er eerst in, of maak die velden leeg.")
    elif goed:
        try:
            triage = do_triage(
                melding=melding,
                actor=request.user,
                at=timezone.now(),
                toekenning=asked(toekenning),
                **form.facts(),
            )
        except ColleagueSavedFirst as error:
            melding.refresh_from_db()
            form.data = form.data.copy()
            form.data["melding_versie"] = str(melding.versie)
            form.add_error(None, str(error))
        except ToekenningRefused as error:
            show_refusal(toekenning or form, error)
        except DomainError as error:
            show_refusal(form, error, VELD_VAN.get(type(error), ""))
        else:
            messages.success(request, _outcome(melding, triage.uitkomst))
            return redirect(LIJST)
    return _show(request, blad)


def _network(request: HttpRequest, blad: Blad) -> HttpResponse:
    """Iemand erbij, anders, of weg. De velden van die persoon gaan daarna uit het concept."""
    melding, concept = blad.melding, blad.concept
    doe, _, pk = request.POST["lid"].partition("-")
    leden = Netwerklid.objects.current().filter(inwoner=melding.inwoner_id)
    lid = leden.filter(pk=read_id(pk) or 0).first()
    now, typed = timezone.now(), {}
    try:
        if doe == "wijzig" and lid is not None:
            typed = typed_netwerklid(lid)
        elif doe == "weg" and lid is not None:
            end_netwerklid(lid=lid, actor=request.user, at=now)
        elif doe == "bewaar" and melding.inwoner is not None:
            blad.nwform = nwform = NetwerklidForm(request.POST)
            if not nwform.is_valid():
                return _show(request, blad)
            gewijzigd = leden.filter(pk=nwform.cleaned_data["nw_pk"] or 0).first()
            if gewijzigd is None:
                add_netwerklid(inwoner=melding.inwoner, actor=request.user, at=now, feiten=nwform.facts())
            else:
                change_netwerklid(
                    lid=gewijzigd,
                    actor=request.user,
                    at=now,
                    feiten=nwform.facts(),
                    versie=nwform.cleaned_data["nw_versie"] or 0,
                )
        merge_concept(
            melding=melding,
            actor=request.user,
            at=now,
            gegevens=typed,
            gewijzigd=list(NetwerklidForm.base_fields),
            versie=concept.versie if concept else 1,
        )
    except NetwerklidChanged as error:
        return _changed_meanwhile(request, blad, str(error))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('triage:triage_form', args=[melding.nummer])}#deel-netwerk")


def _changed_meanwhile(request: HttpRequest, blad: Blad, zin: str) -> HttpResponse:
    """Wat er getypt is blijft staan, de lijst toont wat de collega schreef; nog eens bewaren geldt dan."""
    nwform = NetwerklidForm(request.POST.copy())
    nwform.is_valid()
    nu = Netwerklid.objects.filter(pk=nwform.cleaned_data["nw_pk"]).values_list("versie", flat=True)
    nwform.data["nw_versie"] = str(nu.first() or 0)
    nwform.add_error("nw_naam", zin)
    blad.nwform = nwform
    return _show(request, blad)


def _clash(
    request: HttpRequest, blad: Blad, botsing: dict[str, list[str]], was: Triageconcept | None
) -> HttpResponse:
    """Twee mensen veranderden hetzelfde: beide teksten in beeld, en wie nu kijkt beslist."""
    blad.form.is_valid()
    velden = {**blad.form.fields, **NetwerklidForm.base_fields}
    wie = was.bewaard_door.naam if was else "Een collega"
    for naam, daar in botsing.items():
        label = velden[naam].label if naam in velden else naam
        blad.form.add_error(
            None,
            f"{wie} veranderde intussen ‘{label}’. Daar staat nu: ‘{', '.join(daar) or '(leeg)'}’."
            " Pas uw tekst aan en verstuur opnieuw; dan geldt wat u schrijft.",
        )
    return _show(request, blad)


def _show(request: HttpRequest, blad: Blad) -> HttpResponse:
    record_read(action="triage.triage_form", rows=gelezen([blad.melding]))
    if blad.nwform is None:
        blad.nwform = NetwerklidForm()
        posted = {naam: request.POST.getlist(naam) for naam in request.POST}
        fill_form(blad.nwform, posted or (blad.concept.gegevens if blad.concept else {}))
    context = build_context(
        blad.melding,
        blad.form,
        blad.concept,
        blad.nwform,
        user=request.user,
        aanwezig=others_in([blad.melding.pk], request.user.pk).get(blad.melding.pk, []),
        waarom=explain(request.user, "intake.triage_melding", blad.melding),
    )
    status = 422 if blad.form.is_bound and blad.form.errors and request.htmx else 200
    return render(
        request, "triage/triage_form.html", {**context, "toekenning": blad.toekenning}, status=status
    )


def _versie(request: HttpRequest, concept: Triageconcept | None) -> int:
    """De versie van het concept die de pagina toonde; zonder is het wat er nu staat."""
    versie = request.POST.get("versie", "")
    return int(versie) if versie.isdecimal() and len(versie) <= 9 else (concept.versie if concept else 1)


def _offer_search(request: HttpRequest) -> HttpResponse:
    """Wat er op de sociale kaart bij de getypte woorden past: een stukje van de pagina, voor htmx."""
    tekst = request.GET.get("ander_aanbod", "").replace("\x00", "").strip()[:120]
    gekozen = set(request.GET.getlist("voorzieningen"))
    gevonden = [
        {"voorziening": v, "woorden": [], "waarom": v.omschrijving, "gekozen": str(v.pk) in gekozen}
        for v in (find_aanbod(tekst) if tekst else [])
    ]
    return render(request, "triage/triage_form.html#gevonden", {"gevonden": gevonden, "zoektekst": tekst})


def _outcome(melding: Melding, uitkomst: str) -> str:
    """De zin na het vastleggen: waar de melding nu is."""
    aanmelding = Aanmelding.objects.filter(melding=melding).exclude(status="afgerond").first()
    if aanmelding is None:
        naar = (
            "staat weer bij het loket, om na te bellen" if uitkomst == Uitkomst.CRISISROUTE else "is gesloten"
        )
        return f"Triage vastgelegd: {melding.nummer} {naar}."
    return f"Triage vastgelegd: {melding.nummer} staat nu op het bord {aanmelding.get_bord_display()}."
