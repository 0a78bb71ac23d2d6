"""Anders beslissen dan het protocol aanraadt: de reden, op het formulier van triage."""

from typing import Any

from django import forms

from intake.forms.velden import KeuzeField, Tekst
from triage.models import Afwijkreden
from triage.protocol.afwijken import find_deviations
from triage.queries.protocol import Raad
from triage.services.advies import LANGSTE_REDEN, DeviationUnexplained, check_reason


class AfwijkVelden(forms.Form):
    """Mixin: twee velden, die alleen tellen als de keuze van het advies afwijkt. `raad` is het advies op de pagina."""

    afwijkreden = KeuzeField(
        label="Waarom beslist u anders?", required=False,
        choices=[("", "Kies een reden"), *Afwijkreden.choices],
    )  # fmt: skip
    afwijktoelichting = Tekst(label="Licht het kort toe", required=False, max_length=LANGSTE_REDEN)

    def __init__(self, *args: Any, raad: Raad | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.raad = raad

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        gekozen = {deel: data.get(deel) for deel in ("uitkomst", "urgentie")}
        if self.raad is None or not all(gekozen.values()):
            return data
        advies = self.raad.weging.advies
        anders = find_deviations(advies, bord=data.get("bord") or advies.bord, **gekozen)
        try:
            check_reason(anders, data.get("afwijkreden", ""), data.get("afwijktoelichting", ""))
        except DeviationUnexplained as error:
            if error.veld not in self.errors:
                self.add_error(error.veld, str(error))
        return data
