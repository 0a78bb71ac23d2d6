"""Een toelichting schrijven bij een figuur."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from rapportage.services.toelichten import LANGST
from skt.web.crispy import Invoer


class ToelichtingForm(forms.Form):
    tekst = forms.CharField(
        label="Uw toelichting",
        required=False,
        help_text="Schrijf over de cijfers, nooit over een mens: geen namen, adressen of voorbeelden die iemand herkent. "
        "Leeg opslaan haalt de toelichting weg.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"null_characters_not_allowed": "Er staat een teken in dat we niet kunnen bewaren."},
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32767)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Invoer("tekst", hint=f"Hoogstens {LANGST} tekens."), "versie")
