"""De filters boven de lijst van toekenningen."""

from typing import Any

from django import forms

from intake.forms.velden import DagField, RijField
from skt.medewerkers.models import Mandaat, Medewerker, Wet

WETTEN = [keuze for keuze in Wet.choices if keuze[0] != Wet.GEEN]


class ToekenningFilterForm(forms.Form):
    """Een vreemde waarde in het adres filtert niet; er is geen fout om te tonen."""

    wie = forms.ChoiceField(
        label="Van wie", required=False, choices=[("", "Mijn organisatie"), ("mij", "Van mij")]
    )
    mandaat = RijField(
        label="Mandaat", queryset=Mandaat.objects.none(), required=False, empty_label="Elk mandaat"
    )
    wet = forms.ChoiceField(label="Wet", required=False, choices=[("", "Elke wet"), *WETTEN])
    van = DagField(label="Besloten vanaf", required=False)
    tot_en_met = DagField(label="tot en met", required=False)
    loopt = forms.BooleanField(label="Loopt nu", required=False)
    product = forms.CharField(
        label="Zoek op product", required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Medewerker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mandaat: Any = self.fields["mandaat"]
        mandaat.queryset = Mandaat.objects.filter(medewerker=user).order_by("-van", "-pk")

    def chosen(self) -> dict[str, Any]:
        """Voor filter_toekenningen; alleen wat gekozen is."""
        self.is_valid()
        data = {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde}
        if "mandaat" in data:
            data["mandaat"] = data["mandaat"].pk
        return {**data, "mij": True} if data.pop("wie", "") else data
