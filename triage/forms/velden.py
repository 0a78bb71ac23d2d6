"""Wat elk formulier van triage deelt."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from socialekaart.models import Voorziening

MAX_AANBOD = 20
"""Meer vrij toegankelijk aanbod kiest niemand voor één melding."""


def typed(form: forms.Form, *namen: str) -> list[tuple[str, str]]:
    """Wat iemand had ingevuld toen een collega net eerder was: veld en waarde, om over te nemen."""
    rij = []
    for naam in namen:
        veld, waarde = form.fields[naam], form[naam].value()
        keuzes = getattr(veld, "choices", None)
        if keuzes is not None:
            waarde = {str(keuze): label for keuze, label in keuzes if keuze}.get(str(waarde))
        if waarde:
            rij.append((str(veld.label), str(waarde)))
    return rij


class VersieField(forms.IntegerField):
    """Welke versie de pagina toonde; zo overschrijft niemand het werk van een collega."""

    default_error_messages = {"invalid": "Ververs de pagina en probeer het opnieuw."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, min_value=0, max_value=2_147_483_647, widget=forms.HiddenInput, **kwargs
        )


class AanbodField(forms.ModelMultipleChoiceField):
    """Aangevinkt aanbod van de sociale kaart; een vreemd of te groot getal is gewoon geen keuze."""

    default_error_messages = {
        "invalid_choice": "Kies alleen aanbod van de sociale kaart.",
        "invalid_pk_value": "Kies alleen aanbod van de sociale kaart.",
        "invalid_list": "Kies alleen aanbod van de sociale kaart.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Voorziening.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def clean(self, value: Any) -> Any:
        keys = value if isinstance(value, (list, tuple)) else []
        if len(keys) > MAX_AANBOD or not all(re.fullmatch(r"[0-9]{1,18}", str(key)) for key in keys):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)
