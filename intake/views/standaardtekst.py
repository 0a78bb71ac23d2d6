"""Standaardteksten van het loket: een lijst, en één formulier voor nieuw en wijzigen."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from intake.forms import StandaardtekstForm
from intake.models import Standaardtekst
from intake.services import write_standaardtekst
from intake.services.standaardteksten import TextChanged
from intake.views.lezen import sent
from skt.autorisatie.rules import requires
from skt.kern.errors import DomainError

BEHEER = "loket.manage_standaardtekst"


@require_safe
@requires(BEHEER)
def standaardtekst_list(request: HttpRequest) -> HttpResponse:
    teksten = Standaardtekst.objects.order_by("-in_gebruik", "titel", "pk")
    return render(request, "intake/standaardtekst_list.html", {"teksten": teksten})


@require_http_methods(["GET", "POST"])
@requires(BEHEER)
def standaardtekst_new(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@requires(BEHEER)
def standaardtekst_edit(request: HttpRequest, pk: int) -> HttpResponse:
    tekst = Standaardtekst.objects.filter(pk=pk).first()
    if tekst is None:
        raise Http404
    return _form(request, tekst)


def _form(request: HttpRequest, tekst: Standaardtekst | None) -> HttpResponse:
    form = StandaardtekstForm(sent(request), initial=_initial(tekst))
    if request.method == "POST" and form.is_valid():
        try:
            write_standaardtekst(
                actor=request.user, at=timezone.now(), standaardtekst=tekst, **form.cleaned_data
            )
        except TextChanged as error:
            form = StandaardtekstForm({**form.data.dict(), "gelezen": error.nu.stand})
            form.add_error(None, str(error))
        except DomainError as error:
            form.add_error("titel", str(error))
        else:
            messages.success(request, "De standaardtekst is bewaard.")
            return redirect("intake:standaardtekst_list")
    context = {"form": form, "tekst": tekst}
    return render(request, "intake/standaardtekst_form.html", context, status=422 if form.errors else 200)


def _initial(tekst: Standaardtekst | None) -> dict[str, Any]:
    if tekst is None:
        return {"in_gebruik": True}
    return {
        "titel": tekst.titel,
        "tekst": tekst.tekst,
        "in_gebruik": tekst.in_gebruik,
        "gelezen": tekst.stand,
    }
