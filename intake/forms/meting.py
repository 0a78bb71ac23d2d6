"""Opnieuw meten bij een melding die er al is: dezelfde matrix, met de vorige score ernaast."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from intake.forms.persoon import MatrixVelden
from intake.forms.velden import KeuzeField, MomentField
from intake.models import Metingreden


class MetingForm(MatrixVelden):
    """Alleen wat nu besproken is krijgt een score; wat leeg blijft, verandert niets aan wat er stond."""

    reden = KeuzeField(
        label="Waarom meet u opnieuw?",
        choices=[keuze for keuze in Metingreden.choices if keuze[0] != Metingreden.TRIAGE],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom u opnieuw meet."},
    )
    afgenomen_op = MomentField(
        label="Wanneer was het gesprek?", required=False, help_text="Leeg laten betekent: nu."
    )
    sleutel = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"required": "Ververs de pagina.", "invalid": "Ververs de pagina."},
    )

    def __init__(
        self, *args: Any, eerder: dict[str, int], begin: datetime | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.eerder = eerder
        self.begin = begin

    def clean_afgenomen_op(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["afgenomen_op"]
        if moment and moment > timezone.now():
            raise ValidationError("Dit moment ligt in de toekomst.")
        if moment and self.begin and moment < self.begin:
            raise ValidationError("Kies een moment na de eerste uitvraag.")
        return moment

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(answer["score"] for answer in self.antwoorden().values()):
            self.add_error(
                None, "Geef ten minste één leefgebied een score. Alleen wat u besprak krijgt een score."
            )
        return data
