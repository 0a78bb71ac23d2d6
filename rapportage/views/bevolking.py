"""Inwoners per gebied inlezen uit een bestand van het CBS, en zien wat er staat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rapportage.cbs import WrongCbsFile
from rapportage.forms.bevolking import BevolkingForm
from rapportage.queries import inwoners_table
from rapportage.services import import_bevolking
from rapportage.voortgang import closing_progress
from skt.autorisatie.rules import requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires("rapportage.import_bevolking")
def bevolking(request: HttpRequest) -> HttpResponse:
    form = BevolkingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        bestand, jaar = form.cleaned_data["bestand"], form.cleaned_data["jaar"]
        try:
            nieuw = import_bevolking(bestand=bestand, jaar=jaar, naam=bestand.name or "", at=timezone.now())
        except WrongCbsFile as error:
            form.add_error("bestand", str(error))
        else:
            messages.success(
                request,
                f"De inwoners van {jaar} zijn ingelezen."
                if nieuw
                else f"De inwoners van {jaar} stonden er al zo.",
            )
            return redirect("rapportage:bevolking")
    return render(
        request,
        "rapportage/bevolking.html",
        {"form": form, "tabel": inwoners_table(), "voortgang": closing_progress()},
    )
