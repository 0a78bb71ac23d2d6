"""De filters boven de werkvoorraad van triage, en de filters die iemand bewaart."""

from typing import Any

from django import forms

from intake.forms.velden import RijField, Tekst
from intake.models import Spoor
from skt.kern.gebieden import Gebied
from skt.kern.keuzelijsten import Leefgebied, Thema
from skt.medewerkers.models import Moederorganisatie
from triage.models import Bord, Triagefilter


class TriageFilterForm(forms.Form):
    """Een vreemde waarde in het adres filtert niet; er is geen fout om te tonen. Het team kiest u met de tabs."""

    bord = forms.ChoiceField(
        required=False, choices=[("", "Alle teams"), *Bord.choices], widget=forms.HiddenInput
    )
    leefgebied = forms.ChoiceField(
        label="Leefgebied", required=False, choices=[("", "Alle leefgebieden"), *Leefgebied.choices]
    )
    thema = forms.ChoiceField(label="Thema", required=False, choices=[("", "Alle thema’s"), *Thema.choices])
    spoor = forms.ChoiceField(label="Spoor", required=False, choices=[("", "Alle sporen"), *Spoor.choices])
    gebied = forms.ChoiceField(
        label="Gebied", required=False, choices=[("", "Heel Wassenaar"), *Gebied.choices]
    )
    organisatie = RijField(
        label="Organisatie die haar aannam",
        queryset=Moederorganisatie.objects.none(),
        required=False,
        empty_label="Alle organisaties",
    )
    mij = forms.BooleanField(label="Van mij", required=False)
    zoek = forms.CharField(
        label="Zoek op naam of nummer", required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisatie: Any = self.fields["organisatie"]
        organisatie.queryset = Moederorganisatie.objects.order_by("naam")

    def chosen(self) -> dict[str, Any]:
        """Voor filter_worklist; alleen wat gekozen is."""
        self.is_valid()
        data = {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde}
        if "organisatie" in data:
            data["organisatie"] = data["organisatie"].pk
        return data


class FilterBewaarForm(forms.Form):
    """De naam waaronder de filters van nu bewaard worden."""

    naam = Tekst(
        label="Naam van dit filter",
        max_length=40,
        error_messages={"required": "Geef het filter een naam."},
    )
    standaard = forms.BooleanField(label="Open de lijst hiermee", required=False)


class FilterWijzigForm(FilterBewaarForm):
    def __init__(self, *args: Any, filter: Triagefilter, **kwargs: Any) -> None:  # noqa: A002 - het domein noemt het zo
        super().__init__(*args, initial={"naam": filter.naam, "standaard": filter.standaard}, **kwargs)
