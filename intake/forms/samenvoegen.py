"""Twee inwoners naast elkaar: per gegeven kiezen, en zeggen waarom."""

from typing import Any

from django import forms

from intake.forms.velden import Tekst
from skt.inwoners.models import Inwoner
from skt.inwoners.vergelijken import Regel, compare

BLIJFT, VERVALT = "blijft", "vervalt"
KORT = "Schrijf iets meer op: ten minste tien tekens."


class VoorstelForm(forms.Form):
    """Per verschil een keuze; wat gelijk is hoeft niet gekozen te worden."""

    toelichting = Tekst(
        label="Waarom is dit dezelfde persoon?",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Schrijf op waarom dit dezelfde persoon is.",
            "min_length": KORT,
        },
        help_text="Een collega leest dit en beoordeelt het.",
    )

    def __init__(self, *args: Any, blijft: Inwoner, vervalt: Inwoner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regels = compare(blijft, vervalt)
        for regel in self.regels:
            if not regel.gelijk:
                self.fields[f"kies_{regel.groep.sleutel}"] = forms.ChoiceField(
                    label=regel.groep.label,
                    choices=[(BLIJFT, regel.blijft), (VERVALT, regel.vervalt)],
                    initial=VERVALT if regel.overnemen else BLIJFT,
                    required=False,
                    error_messages={"invalid_choice": "Kies een van de twee."},
                )

    def rijen(self) -> list[dict[str, Any]]:
        """Wat er per gegeven staat en is gekozen, voor de tabel."""
        return [self._rij(regel) for regel in self.regels]

    def _rij(self, regel: Regel) -> dict[str, Any]:
        naam = f"kies_{regel.groep.sleutel}"
        return {
            "regel": regel,
            "naam": naam,
            "gekozen": "" if regel.gelijk else self[naam].value() or BLIJFT,
        }

    def overnemen(self) -> list[str]:
        """De groepen die van de ander komen."""
        return [
            regel.groep.sleutel
            for regel in self.regels
            if self.cleaned_data.get(f"kies_{regel.groep.sleutel}") == VERVALT
        ]


class RedenForm(forms.Form):
    """Waarom niet, of waarom terug."""

    reden = Tekst(
        label="Waarom?",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf op waarom.", "min_length": KORT},
    )


class AfwijsForm(RedenForm):
    reden = Tekst(
        label="Waarom niet?",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf op waarom niet.", "min_length": KORT},
    )
    anders = forms.BooleanField(
        label="Het zijn twee mensen: stel dit paar niet meer voor", required=False, initial=True
    )


class ZelfdeForm(forms.Form):
    """Wie zoekt u erbij?"""

    q = Tekst(
        label="Zoek de andere inwoner",
        required=False,
        max_length=120,
        widget=forms.TextInput({"type": "search"}),
        help_text="Op naam, geboortedatum, telefoon of adres.",
    )
