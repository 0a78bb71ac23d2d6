"""De pagina van een inwoner: hoe u veilig contact opneemt, wat er speelt, en het BSN achter een reden."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.forms import BsnForm, InwonerForm, OnthulForm
from intake.forms.melding import LOKETROLLEN
from intake.metingen import last_scores, read_metingen
from intake.models import Melding
from intake.queries import earlier_meldingen
from intake.services import reveal_bsn, store_bsn, update_inwoner
from intake.views.lezen import log_inwoners, log_meldingen, sent
from intake.views.melding import flags_of, melding_url
from intake.views.samenvoegen import merged_into, merges_of
from skt.autorisatie.rules import explain, get_permitted_or_404, may, permitted
from skt.inwoners.buurten import name_of
from skt.inwoners.models import Bsn, Inwoner
from skt.kern.errors import DomainError
from skt.kern.weigeren import attempt

MAX_MELDINGEN = 50


@require_safe
def inwoner_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    if naar := merged_into(uuid):
        messages.info(request, "Deze inwoner is samengevoegd. Dit is de inwoner die bleef.")
        return redirect("intake:inwoner_detail", uuid=naar)
    inwoner = get_permitted_or_404(request.user, "inwoners.view_inwoner", Inwoner.objects.all(), uuid=uuid)
    return _page(request, inwoner)


@require_POST
def inwoner_address(request: HttpRequest, uuid: str) -> HttpResponse:
    """Toon het geheime adres één keer; de klik staat in de verantwoording."""
    inwoner = get_permitted_or_404(request.user, "inwoners.view_inwoner", Inwoner.objects.all(), uuid=uuid)
    log_inwoners("intake.view_geheim_adres", [inwoner.pk])
    return _page(request, inwoner, toon_adres=True)


@require_http_methods(["GET", "POST"])
def inwoner_edit(request: HttpRequest, uuid: str) -> HttpResponse:
    inwoner = get_permitted_or_404(request.user, "inwoners.change_inwoner", Inwoner.objects.all(), uuid=uuid)
    stored = Inwoner.objects.get(pk=inwoner.pk)
    form = InwonerForm(sent(request), instance=inwoner, annuleer_url=_url(inwoner))
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: update_inwoner(
                inwoner=stored, actor=request.user, at=timezone.now(), **form.cleaned_data
            ),
        ):
            messages.success(request, "De gegevens zijn bewaard.")
            return redirect("intake:inwoner_detail", uuid=uuid)
    log_inwoners("intake.view_inwoner", [stored.pk])
    context = {"inwoner": stored, "form": form, "terug": _url(inwoner), "titel": "Gegevens wijzigen"}
    return render(request, "intake/inwoner_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def inwoner_bsn(request: HttpRequest, uuid: str) -> HttpResponse:
    """Leg het BSN vast (alleen een zorgregisseur)."""
    inwoner = get_permitted_or_404(request.user, "inwoners.view_bsn", Inwoner.objects.all(), uuid=uuid)
    form = BsnForm(sent(request), annuleer_url=_url(inwoner))
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: store_bsn(
                inwoner=inwoner, actor=request.user, at=timezone.now(), bsn=form.cleaned_data["bsn"]
            ),
        ):
            messages.success(request, "Het BSN is versleuteld bewaard.")
            return redirect("intake:inwoner_detail", uuid=uuid)
    log_inwoners("intake.view_inwoner", [inwoner.pk])
    context = {"inwoner": inwoner, "form": form, "terug": _url(inwoner), "titel": "BSN vastleggen"}
    return render(request, "intake/inwoner_form.html", context, status=422 if form.errors else 200)


@require_POST
def inwoner_bsn_reveal(request: HttpRequest, uuid: str) -> HttpResponse:
    """Toon het BSN één keer, met een reden die in de verantwoording staat."""
    inwoner = get_permitted_or_404(request.user, "inwoners.view_bsn", Inwoner.objects.all(), uuid=uuid)
    form = OnthulForm(request.POST)
    bsn = ""
    if form.is_valid():
        try:
            bsn = reveal_bsn(
                inwoner=inwoner, actor=request.user, at=timezone.now(), reden=form.cleaned_data["reden"]
            )
        except DomainError as error:
            form.add_error(None, str(error))
    return _page(request, inwoner, bsn=bsn, onthul=form if form.errors else None)


def _page(
    request: HttpRequest,
    inwoner: Inwoner,
    *,
    toon_adres: bool = False,
    bsn: str = "",
    onthul: OnthulForm | None = None,
) -> HttpResponse:
    user = request.user
    redenen = explain(user, "inwoners.view_inwoner", inwoner)
    log_inwoners("intake.view_inwoner", [inwoner.pk], recht="; ".join(redenen))
    visible = permitted(user, "intake.view_melding", Melding.objects.filter(inwoner=inwoner))
    meldingen = list(visible.order_by("-ontvangen_op", "-pk")[:MAX_MELDINGEN])
    seen = {melding.pk for melding in meldingen}
    metingen = read_metingen(seen)
    gemeten = {moment.melding_id for moment in metingen}
    log_meldingen("intake.view_metingen", [melding for melding in meldingen if melding.pk in gemeten])
    eerder = earlier_meldingen(inwoner.pk) if user.heeft_rol(*LOKETROLLEN) else []
    may_bsn = may(user, "inwoners.view_bsn", inwoner)
    stored = Bsn.objects.filter(inwoner=inwoner).first() if may_bsn else None
    context: dict[str, Any] = {
        "inwoner": inwoner,
        "buurt": "" if inwoner.geheim_adres and not toon_adres else name_of(inwoner.buurtcode),
        "geboren": inwoner.geboortedatum or inwoner.geboortejaar,
        "vlaggen": flags_of(inwoner),
        "toon_adres": toon_adres or not inwoner.geheim_adres,
        "meldingen": [
            {
                "op": melding.ontvangen_op,
                "titel": f"Melding {melding.nummer}",
                "url": melding_url(melding),
                "bij": melding.get_status_display(),
                "tekst": melding.hulpvraag[:200],
                "icon": "gesprek",
            }
            for melding in meldingen
        ],
        "metingen": metingen,
        "laatst": last_scores(metingen),
        "elders": [{"op": one.op, "tekst": one.tekst} for one in eerder if one.melding_id not in seen],
        "redenen": [f"{reden[:1].upper()}{reden[1:]}." for reden in redenen],
        "samenvoegingen": merges_of(user, inwoner),
        "mag_wijzigen": may(user, "inwoners.change_inwoner", inwoner),
        "mag_bsn": may_bsn,
        "bsn_masker": str(stored) if stored else "",
        "bsn": bsn,
        "onthul": onthul or OnthulForm(),
        "onthul_open": onthul is not None,
    }
    return render(request, "intake/inwoner_detail.html", context, status=422 if onthul else 200)


def _url(inwoner: Inwoner) -> str:
    return reverse("intake:inwoner_detail", kwargs={"uuid": inwoner.uuid})
