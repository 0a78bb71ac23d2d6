"""Kiezen over welke periode er een rapport komt."""

from collections.abc import Sequence
from typing import Any

from django import forms

from rapportage.tijdvak import Tijdvak, UnknownPeriod, parse_tijdvak

MEERVOUD = {"kwartaal": "Kwartalen", "jaar": "Jaren"}


class RapportForm(forms.Form):
    periode = forms.ChoiceField(
        label="Periode",
        error_messages={
            "required": "Kies een kwartaal of een jaar.",
            "invalid_choice": "Over deze periode zijn er geen cijfers. Kies een andere.",
        },
    )

    def __init__(self, *args: Any, perioden: Sequence[Tijdvak], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["periode"].choices = [
            (woord, [(t.code, t.naam) for t in perioden if t.soort == soort])
            for soort, woord in MEERVOUD.items()
            if any(t.soort == soort for t in perioden)
        ]

    def clean_periode(self) -> Tijdvak:
        try:
            return parse_tijdvak(self.cleaned_data["periode"])
        except UnknownPeriod as error:
            raise forms.ValidationError(str(error)) from error
