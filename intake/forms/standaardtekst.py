"""Een standaardtekst schrijven."""

from django import forms

from intake.forms.velden import Tekst


class StandaardtekstForm(forms.Form):
    titel = Tekst(label="Titel", max_length=60, help_text="Hieraan herkent u de tekst in de lijst.")
    tekst = Tekst(
        label="Tekst", lang=True, max_length=1000, help_text="Zet hier nooit iets in over een inwoner."
    )
    gelezen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    in_gebruik = forms.BooleanField(label="In gebruik", required=False)
