"""De maand kiezen waarvan de cijfers getoond worden."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from rapportage.maanden import name_maand, parse_maand, write_maand


class MaandForm(forms.Form):
    maand = forms.ChoiceField(label="Maand", required=False)

    def __init__(self, *args: Any, maanden: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["maand"].choices = [(write_maand(maand), name_maand(maand)) for maand in maanden]

    def chosen(self) -> date | None:
        """The month that was chosen; None when none was, or one that we don't have."""
        if not self.is_valid() or not self.cleaned_data["maand"]:
            return None
        return parse_maand(self.cleaned_data["maand"])
