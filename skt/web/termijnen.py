"""Uw termijnen die verlopen zijn of bijna, en het bericht daarover."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from skt.autorisatie.rules import requires
from skt.kern.errors import DomainError
from skt.termijnen.bronnen import BIJNA_WERKDAGEN, count_terms, terms_of
from skt.termijnen.models import Berichtvoorkeur
from skt.termijnen.services import EERSTE_UUR, LAATSTE_UUR, set_voorkeur
from skt.verantwoording.services import record_read
from skt.web.crispy import Actiebalk, Knop


class BerichtForm(forms.Form):
    """Wel of geen bericht, en vanaf hoe laat."""

    aan = forms.BooleanField(
        label="Stuur mij op werkdagen een e-mail als er termijnen verlopen zijn of bijna verlopen",
        required=False,
    )
    uur = forms.TypedChoiceField(
        label="Vanaf hoe laat",
        coerce=int,
        choices=[(uur, f"{uur}:00 uur") for uur in range(EERSTE_UUR, LAATSTE_UUR + 1)],
        error_messages={
            "invalid_choice": "Kies een uur uit de lijst.",
            "required": "Kies een uur uit de lijst.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("aan", "uur", Actiebalk(Knop("Bewaar"), annuleer_url="/profiel/"))


@requires("termijnbericht.receive")
@require_safe
def term_list(request: HttpRequest) -> HttpResponse:
    """Wat er achter de aantallen in de e-mail zit."""
    at = timezone.now()
    rijen = terms_of(request.user, at)
    record_read(action="termijnen.term_list", rows=[rij.gelezen for rij in rijen])
    return render(
        request,
        "web/termijnen.html",
        {"rijen": rijen, "telling": count_terms(rijen, at), "werkdagen": BIJNA_WERKDAGEN},
    )


@requires("termijnbericht.receive")
@require_http_methods(["GET", "POST"])
def bericht(request: HttpRequest) -> HttpResponse:
    now = Berichtvoorkeur.objects.filter(medewerker=request.user).first()
    initial = {"aan": now.aan if now else True, "uur": now.uur if now else settings.SKT_TERMIJNBERICHT_UUR}
    form = BerichtForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_voorkeur(actor=request.user, at=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error("uur", str(error))
        else:
            messages.success(request, "Bewaard.")
            return redirect("profile")
    return render(request, "web/bericht.html", {"form": form, "adres": request.user.email})
