"""De inrichting van de uitvraag: methoden maken en wijzigen, in gebruik nemen, verdelen en vergelijken."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.forms.methode import IngebruikForm, MethodeForm, VerdelingForm, VoorbeeldForm, VragenForm
from intake.methodekeuze import users_on
from intake.methodevergelijking import compare_methoden
from intake.models import Methodetoewijzing, Uitvraagmethode
from intake.services import (
    activate_methode,
    assign_methode,
    change_methode,
    copy_methode,
    create_methode,
    discard_methode,
    end_toewijzing,
    make_standard,
    retire_methode,
)
from intake.services.methoden import MethodeChangedMeanwhile
from intake.status import METHODE_TRANSITIONS, MethodeStatus
from intake.views.lezen import sent
from intake.vragen import ALGEMEEN, LABELS, basis_of, read_vragen
from skt.autorisatie.rules import get_permitted_or_404, may, requires
from skt.kern.errors import DomainError
from skt.kern.weigeren import attempt, tell

ZIEN, WIJZIGEN = "inrichting.view_methode", "inrichting.change_methode"
GESTUURD = ("GET", "POST")
STATUSSOORT = {
    MethodeStatus.CONCEPT: "amber",
    MethodeStatus.IN_GEBRUIK: "groen",
    MethodeStatus.BUITEN_GEBRUIK: "",
}
MAX_METHODEN = 200


@require_safe
@requires(ZIEN)
def methode_list(request: HttpRequest) -> HttpResponse:
    volgorde = Case(
        When(status=MethodeStatus.IN_GEBRUIK, then=Value(0)),
        When(status=MethodeStatus.CONCEPT, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    methoden = Uitvraagmethode.objects.order_by(volgorde, "naam", "-versie")[:MAX_METHODEN]
    context = {
        "methoden": [
            {
                "methode": methode,
                "soort": STATUSSOORT[MethodeStatus(methode.status)],
                "vragen": sum(map(len, read_vragen(methode.vragen).values())),
                "komt": methode.geldig_van and methode.geldig_van > timezone.localdate(),
            }
            for methode in methoden
        ],
        "mag_wijzigen": may(request.user, WIJZIGEN),
    }
    return render(request, "intake/methode_list.html", context)


@require_http_methods(GESTUURD)
@requires(WIJZIGEN)
def methode_new(request: HttpRequest) -> HttpResponse:
    form = MethodeForm(sent(request), annuleer_url=reverse("intake:methode_list"))
    if request.method == "POST" and form.is_valid():
        try:
            methode = create_methode(actor=request.user, at=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error("naam", str(error))
        else:
            messages.success(request, "Het concept is er. Schrijf nu de vragen.")
            return redirect("intake:methode_edit", pk=methode.pk)
    context = {"form": form, "titel": "Nieuwe uitvraagmethode"}
    return render(request, "intake/methode_form.html", context, status=422 if form.errors else 200)


@require_safe
def methode_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Zoals het loket haar ziet, en wat er met deze versie kan."""
    return _page(request, _methode(request, ZIEN, pk))


def _page(request: HttpRequest, methode: Uitvraagmethode) -> HttpResponse:
    mag = may(request.user, WIJZIGEN)
    stappen = {overgang.naam for overgang in METHODE_TRANSITIONS if methode.status in overgang.van}
    vandaag = timezone.localdate()
    context = {
        "methode": methode,
        "soort": STATUSSOORT[MethodeStatus(methode.status)],
        "vragen": [{"label": LABELS[gebied], "vragen": lijst} for gebied, lijst in methode.asked().items()],
        "form": VoorbeeldForm(methode=methode),
        "mag_wijzigen": mag,
        "stappen": stappen if mag else set(),
        "mag_standaard": mag
        and not methode.is_standaard
        and Uitvraagmethode.objects.asked_on(vandaag).filter(pk=methode.pk).exists(),
        "toewijzingen": methode.toewijzingen.running(vandaag).select_related(
            "medewerker", "team", "organisatie"
        ),
        "versies": Uitvraagmethode.objects.filter(naam=methode.naam)
        .exclude(pk=methode.pk)
        .order_by("-versie")[:20],
    }
    return render(request, "intake/methode_detail.html", context)


@require_http_methods(GESTUURD)
def methode_edit(request: HttpRequest, pk: int) -> HttpResponse:
    methode = _methode(request, WIJZIGEN, pk)
    if methode.status != MethodeStatus.CONCEPT:
        messages.error(request, f"{methode} verandert niet meer. Maak er een nieuwe versie van.")
        return redirect("intake:methode_detail", pk=pk)
    if request.method != "POST":
        return _edit_page(request, methode, VragenForm(methode=methode))
    form = VragenForm.sent(request.POST, methode)
    if not form.is_valid():
        return _edit_page(request, methode, form, status=422)
    try:
        _, van_collega = change_methode(
            methode=methode,
            actor=request.user,
            at=timezone.now(),
            doel=form.cleaned_data["doel"],
            vragen=form.rijen,
            basis=form.basis,
        )
    except MethodeChangedMeanwhile as error:
        return _conflict(request, error, form)
    except DomainError as error:
        form.add_error(None, str(error))
        return _edit_page(request, methode, form, status=422)
    messages.success(request, "Het concept is bewaard.")
    if van_collega:
        messages.warning(
            request,
            f"Een collega wijzigde intussen: {', '.join(van_collega).lower()}. Dat staat er nu ook in.",
        )
    if request.POST.get("actie") == "klaar":
        return redirect("intake:methode_detail", pk=pk)
    return redirect(f"{reverse('intake:methode_edit', kwargs={'pk': pk})}{_anchor(request.POST)}")


def _anchor(data: Any) -> str:
    """Terug naar het leefgebied waar de knop stond."""
    gebied = str(data.get("actie", "")).split("-")[1:2]
    return f"#gebied-{gebied[0]}" if gebied and gebied[0] in LABELS else ""


def _conflict(request: HttpRequest, error: MethodeChangedMeanwhile, form: VragenForm) -> HttpResponse:
    """De tweede hoort het en ziet beide teksten; wie daarna bewaart, kiest bewust."""
    huidig = error.huidig
    nu = basis_of(huidig.read(), huidig.doel)
    basis = {deel: nu[deel] if deel in error.gebieden else form.basis[deel] for deel in form.basis}
    again = VragenForm({"doel": form.data.get("doel", "")}, methode=huidig, vragen=form.rijen, basis=basis)
    again.is_valid()
    again.add_error(None, str(error))
    van_collega = {gebied: huidig.read()[gebied] for gebied in error.gebieden if gebied in LABELS}
    doel = huidig.doel if ALGEMEEN in error.gebieden else ""
    return _edit_page(
        request,
        huidig,
        again,
        status=409,
        van_collega=van_collega,
        doel_collega=doel,
        collega=huidig.gewijzigd_door,
    )


def _edit_page(
    request: HttpRequest, methode: Uitvraagmethode, form: VragenForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"methode": methode, "form": form, "basis_algemeen": form.basis.get(ALGEMEEN, ""), **more}
    return render(request, "intake/methode_edit.html", context, status=status)


@require_POST
def methode_copy(request: HttpRequest, pk: int) -> HttpResponse:
    methode = _methode(request, WIJZIGEN, pk)
    try:
        new = copy_methode(methode=methode, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("intake:methode_detail", pk=pk)
    messages.success(request, f"{new} is een concept met dezelfde vragen. De oude versie blijft zoals ze is.")
    return redirect("intake:methode_edit", pk=new.pk)


@require_http_methods(GESTUURD)
def methode_activate(request: HttpRequest, pk: int) -> HttpResponse:
    methode = _methode(request, WIJZIGEN, pk)
    terug = reverse("intake:methode_detail", kwargs={"pk": pk})
    form = IngebruikForm(sent(request), annuleer_url=terug)
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: activate_methode(
                methode=methode, actor=request.user, at=timezone.now(), **form.cleaned_data
            ),
        ):
            messages.success(request, f"{methode} is in gebruik en verandert nu niet meer.")
            return redirect(terug)
    context = {"form": form, "titel": f"Neem {methode} in gebruik", "methode": methode, "vast": True}
    return render(request, "intake/methode_form.html", context, status=422 if form.errors else 200)


@require_POST
def methode_retire(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(
        request, pk, retire_methode, "De methode is buiten gebruik. Wat ermee gevraagd is, blijft staan."
    )


@require_POST
def methode_discard(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, discard_methode, "Het concept is weggegooid.")


@require_POST
def methode_standard(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, make_standard, "Dit is nu de standaard.")


@require_http_methods(GESTUURD)
@requires(WIJZIGEN)
def methode_shares(request: HttpRequest) -> HttpResponse:
    """Wie gebruikt wat: de lijst, en een nieuwe keuze."""
    form = VerdelingForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = assign_methode(actor=request.user, at=timezone.now(), **form.keuze())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Vanaf vandaag: {made.wie} gebruikt {made.methode}.")
            return redirect("intake:methode_shares")
    vandaag = timezone.localdate()
    context = {
        "form": form,
        "toewijzingen": Methodetoewijzing.objects.running(vandaag)
        .select_related("methode", "medewerker", "team", "organisatie")
        .order_by("van", "pk"),
        "gebruikers": users_on(vandaag),
    }
    return render(request, "intake/methode_shares.html", context, status=422 if form.errors else 200)


@require_POST
def toewijzing_end(request: HttpRequest, pk: int) -> HttpResponse:
    toewijzing = get_permitted_or_404(
        request.user, WIJZIGEN, Methodetoewijzing.objects.select_related("methode"), pk=pk
    )
    tell(
        request,
        lambda: end_toewijzing(toewijzing=toewijzing, actor=request.user, at=timezone.now()),
        "Gestopt. Zij gebruiken vanaf vandaag weer wat verder voor hen geldt.",
    )
    return redirect("intake:methode_shares")


@require_safe
@requires(ZIEN)
def methode_compare(request: HttpRequest) -> HttpResponse:
    alles = request.GET.get("periode") == "alles"
    context = {"vergelijking": compare_methoden(samen=not alles), "alles": alles}
    return render(request, "intake/methode_compare.html", context)


def _methode(request: HttpRequest, action: str, pk: int) -> Uitvraagmethode:
    methoden = Uitvraagmethode.objects.select_related("gebaseerd_op", "gemaakt_door", "gewijzigd_door")
    return get_permitted_or_404(request.user, action, methoden, pk=pk)


def _act(request: HttpRequest, pk: int, act: Callable[..., object], zin: str) -> HttpResponse:
    methode = _methode(request, WIJZIGEN, pk)
    tell(request, lambda: act(methode=methode, actor=request.user, at=timezone.now()), zin)
    return redirect("intake:methode_detail", pk=pk)
