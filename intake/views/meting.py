"""Een nieuwe meting bij een melding. Ze komt erbij te staan; de uitvraag van het begin verandert er niet door."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.forms.meting import MetingForm
from intake.metingen import last_scores, read_metingen
from intake.models import Melding
from intake.rijen import naam_van
from intake.services import record_meting
from intake.views.lezen import log_melding, sent
from intake.views.melding import melding_url
from skt.autorisatie.rules import get_permitted_or_404
from skt.kern.weigeren import attempt


@require_http_methods(["GET", "POST"])
def meting_new(request: HttpRequest, nummer: str) -> HttpResponse:
    meldingen = Melding.objects.select_related("inwoner", "contactmoment")
    melding = get_permitted_or_404(request.user, "intake.append_melding", meldingen, nummer=nummer)
    metingen = read_metingen([melding.pk])
    if not metingen:
        messages.info(request, "Er is nog geen uitvraag. Begin daarmee; daarna kunt u opnieuw meten.")
        return redirect("intake:melding_detail", nummer=nummer)
    form = MetingForm(sent(request), eerder=last_scores(metingen), begin=metingen[0].op)
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: record_meting(
                melding=melding,
                actor=request.user,
                at=timezone.now(),
                reden=form.cleaned_data["reden"],
                antwoorden=form.antwoorden(),
                sleutel=form.cleaned_data["sleutel"],
                methode=form.methode,
                afgenomen_op=form.cleaned_data["afgenomen_op"],
            ),
        ):
            messages.success(request, "De meting is bewaard. Wat er eerder stond is gebleven.")
            return redirect(f"{melding_url(melding)}#k-uitvraag")
    log_melding("intake.view_melding", melding, ())
    context = {
        "melding": melding,
        "form": form,
        "naam": naam_van(melding),
        "terug": melding_url(melding),
        "vorige": metingen[-1],
    }
    return render(request, "intake/meting_new.html", context, status=422 if form.errors else 200)
