"""De toelichting van het beleid bij één figuur van één periode."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rapportage.beeld.plannen import PLANNEN
from rapportage.forms.toelichting import ToelichtingForm
from rapportage.queries import history, published_periods
from rapportage.services import NothingToSave, ToelichtingChanged, save_toelichting
from rapportage.tijdvak import Tijdvak, UnknownPeriod, parse_tijdvak
from skt.autorisatie.rules import requires
from skt.kern.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@requires("rapportage.write_toelichting")
def toelichting_edit(request: HttpRequest, periode: str, figuur: str) -> HttpResponse:
    tijdvak = _published(periode)
    if figuur not in PLANNEN:
        raise Http404
    thema, plan = PLANNEN[figuur]
    terug = f"{reverse('rapportage:thema', args=[thema.code])}?periode={tijdvak.code}#figuur-{figuur}"
    versies = history(figuur, tijdvak)
    stand = versies[0] if versies else None
    form = ToelichtingForm(
        request.POST if request.method == "POST" else None,
        initial={"tekst": stand.tekst if stand else "", "versie": stand.versie if stand else 0},
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_toelichting(
                figuur=figuur,
                tijdvak=tijdvak,
                tekst=form.cleaned_data["tekst"],
                versie=form.cleaned_data["versie"],
                actor=request.user,
                at=timezone.now(),
            )
        except NothingToSave:
            return redirect(terug)
        except ToelichtingChanged as error:
            # What was typed stays, with the number of the version that now stands beside it.
            versies = history(figuur, tijdvak)
            form.data = form.data.copy()
            form.data["versie"] = str(versies[0].versie)
            form.add_error("tekst", str(error))
        except DomainError as error:
            form.add_error("tekst", str(error))
        else:
            return redirect(terug)
    return render(
        request,
        "rapportage/toelichting_form.html",
        {"form": form, "thema": thema, "plan": plan, "tijdvak": tijdvak, "terug": terug, "versies": versies},
        status=200,
    )


def _published(periode: str) -> Tijdvak:
    try:
        tijdvak = parse_tijdvak(periode)
    except UnknownPeriod as error:
        raise Http404 from error
    if tijdvak not in published_periods():
        raise Http404
    return tijdvak
