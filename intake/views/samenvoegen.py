"""Zelfde persoon? Twee inwoners naast elkaar, een voorstel, een oordeel van een ander, en de weg terug."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.forms.samenvoegen import AfwijsForm, RedenForm, VoorstelForm, ZelfdeForm
from intake.kandidaten import show_adres, show_geboren
from intake.services import (
    confirm_samenvoeging,
    mark_different,
    propose_samenvoeging,
    reject_samenvoeging,
    undo_samenvoeging,
)
from intake.views.lezen import log_inwoners, sent
from intake.zoeken import read_question
from skt.autorisatie.rules import Refused, get_permitted_or_404, may, permitted, requires
from skt.inwoners.models import Inwoner, MogelijkDubbel, Samenvoeging
from skt.inwoners.queries import Gevonden, search_inwoners
from skt.inwoners.vergelijken import compare, stamp
from skt.kern.bladeren import page, page_url
from skt.kern.errors import DomainError
from skt.kern.weigeren import attempt, tell

PER_BLADZIJDE = 25
VOORSTELLEN = "voorstellen"
NAMEN = ("blijft", "vervalt", "voorgesteld_door")


@require_safe
@requires("inwoners.list_dubbel")
def dubbel_list(request: HttpRequest) -> HttpResponse:
    """Wie er dubbel lijkt te staan, of welke voorstellen op een oordeel wachten."""
    soort = VOORSTELLEN if request.GET.get("lijst") == VOORSTELLEN else ""
    cursor = {"na": request.GET.get("na", ""), "voor": request.GET.get("voor", "")}
    if soort:
        waiting = Samenvoeging.objects.filter(status=Samenvoeging.Status.VOORGESTELD)
        visible: Any = permitted(request.user, "inwoners.view_samenvoeging", waiting).select_related(*NAMEN)
        blad: Any = page(visible, "-voorgesteld_op", "-id", size=PER_BLADZIJDE, **cursor)
        shown = [(row.blijft, row.vervalt) for row in blad.rijen]
    else:
        found = MogelijkDubbel.objects.filter(anders_op=None)
        visible = permitted(request.user, "inwoners.view_dubbel", found).select_related("een", "ander")
        blad = page(visible, "-score", "-id", size=PER_BLADZIJDE, **cursor)
        shown = [(row.een, row.ander) for row in blad.rijen]
    log_inwoners("intake.list_dubbel", {one.pk for pair in shown for one in pair})
    context = {
        "soort": soort,
        "rijen": [
            {"een": een, "ander": ander, "een_bij": about(een), "ander_bij": about(ander), "rij": row}
            for row, (een, ander) in zip(blad.rijen, shown, strict=True)
        ],
        "tabs": [
            {"label": "Mogelijk dubbel", "url": request.path, "actief": not soort},
            {"label": "Te beoordelen", "url": f"{request.path}?lijst={VOORSTELLEN}", "actief": bool(soort)},
        ],
        "volgende_url": page_url(request, na=blad.volgende),
        "vorige_url": page_url(request, voor=blad.vorige),
    }
    return render(request, "intake/dubbel_list.html", context)


@require_safe
def inwoner_same(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Wie lijkt op deze inwoner; of zoek de ander zelf."""
    inwoner = _inwoner(request, uuid)
    form = ZelfdeForm(request.GET)
    vraag = form.cleaned_data["q"] if form.is_valid() else ""
    found = search_inwoners(**(read_question(vraag) if vraag else _own_facts(inwoner)))
    others = [one for one in found if one.inwoner is not None and one.inwoner_id != inwoner.pk]
    log_inwoners("intake.search_inwoner", {inwoner.pk, *(one.inwoner_id for one in found)})
    context = {
        "inwoner": inwoner,
        "form": form,
        "vraag": vraag,
        "anderen": [{"inwoner": one.inwoner, "bij": about(one.inwoner)} for one in others if one.inwoner],
        "elders": sum(_is_elsewhere(one) for one in found),
    }
    return render(request, "intake/inwoner_same.html", context)


@require_http_methods(["GET", "POST"])
def samenvoeging_new(request: HttpRequest, uuid: UUID, ander: UUID) -> HttpResponse:
    """Twee naast elkaar: `uuid` blijft, `ander` gaat erin op."""
    blijft, vervalt = _inwoner(request, uuid), _inwoner(request, ander)
    if blijft.pk == vervalt.pk:
        raise Refused("inwoners.change_inwoner", "inwoner", {"uuid": str(ander)})
    form = VoorstelForm(sent(request), blijft=blijft, vervalt=vervalt)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = propose_samenvoeging(
                blijft=blijft, vervalt=vervalt, actor=request.user, at=timezone.now(),
                toelichting=form.cleaned_data["toelichting"], overnemen=form.overnemen(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Het voorstel ligt klaar. Een collega beoordeelt het.")
            return redirect("intake:samenvoeging_detail", uuid=proposal.uuid)
    log_inwoners("intake.compare_inwoners", [blijft.pk, vervalt.pk])
    context = {"blijft": blijft, "vervalt": vervalt, "form": form}
    return render(request, "intake/samenvoeging_new.html", context, status=422 if form.errors else 200)


@require_POST
def inwoner_different(request: HttpRequest, uuid: UUID, ander: UUID) -> HttpResponse:
    """Dit zijn twee mensen: het paar verdwijnt uit de lijst en komt niet terug."""
    een, tweede = _inwoner(request, uuid), _inwoner(request, ander)
    tell(
        request,
        lambda: mark_different(een=een, ander=tweede, actor=request.user, at=timezone.now()),
        "Vastgelegd: dit zijn twee mensen.",
    )
    if may(request.user, "inwoners.list_dubbel"):
        return redirect("intake:dubbel_list")
    return redirect("intake:inwoner_detail", uuid=uuid)


@require_http_methods(["GET", "POST"])
def samenvoeging_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Het voorstel beoordelen, of zien wat ervan werd. Wie het voorstelde mag het intrekken."""
    rows = Samenvoeging.objects.select_related("voorgesteld_door", "besloten_door", "teruggedraaid_door")
    row = get_permitted_or_404(request.user, "inwoners.view_samenvoeging", rows, uuid=uuid)
    judge = may(request.user, "inwoners.decide_samenvoeging", row)
    own = row.voorgesteld_door_id == request.user.pk
    if request.method == "POST" and not (judge or own):
        raise Refused("inwoners.decide_samenvoeging", "samenvoeging", {"uuid": str(uuid)})
    form = AfwijsForm(request.POST if "afwijzen" in request.POST else None)
    status = 200
    if request.method == "POST":
        try:
            if _decide(request, row, form):
                return redirect("intake:samenvoeging_detail", uuid=uuid)
        except DomainError as error:
            form = AfwijsForm(initial={"reden": request.POST.get("reden", "")})
            messages.error(request, str(error))
        status = 422
        row = rows.get(pk=row.pk)
    return _page(request, row, form, judge=judge, own=own, status=status)


def _decide(request: HttpRequest, row: Samenvoeging, form: AfwijsForm) -> bool:
    """Do what was pressed; False when the form isn't right yet."""
    act = {"samenvoeging": row, "actor": request.user, "at": timezone.now()}
    if "bevestig" in request.POST:
        confirm_samenvoeging(**act, stand=request.POST.get("stand", ""))
        messages.success(request, "De twee inwoners zijn samengevoegd. Terugdraaien kan altijd.")
        return True
    if "afwijzen" in request.POST and form.is_valid():
        reject_samenvoeging(**act, **form.cleaned_data)
        messages.success(request, "Het voorstel is afgewezen. Er is niets veranderd.")
        return True
    return False


@require_http_methods(["GET", "POST"])
def samenvoeging_undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    row = get_permitted_or_404(
        request.user, "inwoners.undo_samenvoeging", Samenvoeging.objects.select_related("blijft"), uuid=uuid
    )
    form = RedenForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: undo_samenvoeging(
                samenvoeging=row, actor=request.user, at=timezone.now(), reden=form.cleaned_data["reden"]
            ),
        ):
            messages.success(request, "De samenvoeging is teruggedraaid. Het zijn weer twee inwoners.")
            return redirect("intake:samenvoeging_detail", uuid=uuid)
    log_inwoners("intake.view_merge", [row.blijft_id])
    context = {"samenvoeging": row, "form": form}
    return render(request, "intake/samenvoeging_undo.html", context, status=422 if form.errors else 200)


def merged_into(uuid: UUID | str) -> UUID | None:
    """Of whom was merged away: the public id of who stayed, if who acts may see that one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT inwoners_waarheen(%s)", [str(uuid)])
        (found,) = cursor.fetchone()
    return found  # type: ignore[no-any-return]


def merges_of(user: Any, inwoner: Inwoner) -> list[dict[str, Any]]:
    """What was merged into this inwoner, or is asked to be, for the page of the inwoner."""
    rows = permitted(user, "inwoners.view_samenvoeging", Samenvoeging.objects.filter(blijft=inwoner))
    found = rows.select_related("voorgesteld_door", "besloten_door").order_by("-voorgesteld_op", "-pk")[:10]
    return [
        {"rij": row, "op": row.teruggedraaid_op or row.besloten_op or row.voorgesteld_op} for row in found
    ]


def about(inwoner: Inwoner) -> str:
    """Day of birth, address and phone in one line, to tell people apart."""
    facts = [show_geboren(inwoner), show_adres(inwoner) or ("geheim adres" if inwoner.geheim_adres else "")]
    return ", ".join(filter(None, [*facts, inwoner.telefoon]))


def _page(
    request: HttpRequest, row: Samenvoeging, form: AfwijsForm, *, judge: bool, own: bool, status: int
) -> HttpResponse:
    pair = Inwoner.objects.in_bulk([row.blijft_id, row.vervalt_id])
    waiting = row.status == Samenvoeging.Status.VOORGESTELD
    blijft, vervalt = pair[row.blijft_id], pair.get(row.vervalt_id)
    log_inwoners("intake.view_merge", list(pair))
    context = {
        "samenvoeging": row,
        "blijft": blijft,
        "vervalt": vervalt,
        "wacht": waiting,
        "regels": compare(blijft, vervalt) if waiting and vervalt else [],
        "overnemen": set(row.overnemen),
        "stand": stamp(blijft, vervalt) if waiting and vervalt else "",
        "form": form,
        "mag_beslissen": judge and waiting,
        "mag_intrekken": own and waiting,
        "mag_terug": row.status == Samenvoeging.Status.SAMENGEVOEGD
        and may(request.user, "inwoners.undo_samenvoeging", row),
    }
    return render(request, "intake/samenvoeging_detail.html", context, status=status)


def _inwoner(request: HttpRequest, uuid: UUID) -> Inwoner:
    return get_permitted_or_404(
        request.user,
        "inwoners.change_inwoner",
        Inwoner.objects.filter(samengevoegd_met=None),
        uuid=uuid,
    )


def _own_facts(inwoner: Inwoner) -> dict[str, Any]:
    return {
        "naam": f"{inwoner.achternaam} {inwoner.geboortenaam}".strip(),
        "voornaam": f"{inwoner.roepnaam} {inwoner.voornamen}".strip(),
        "geboren": inwoner.geboortedatum,
        "geboortejaar": inwoner.geboortejaar,
        "postcode": "" if inwoner.geheim_adres else inwoner.postcode,
        "huisnummer": inwoner.huisnummer,
        "telefoon": inwoner.telefoon,
    }


def _is_elsewhere(found: Gevonden) -> bool:
    return found.inwoner is None
