"""Forms and sample data for the page /stijlgids/ (development only). All people and figures are made up."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms, template

from skt.kern.keuzelijsten import Thema
from skt.web.crispy import Actiebalk, Chips, Duo, Eigenschappen, Fieldset, Invoer, Knop, Segment
from skt.web.leefgebieden import LEEFGEBIEDEN, SCOREWOORDEN
from skt.web.stijlgids import gegevens

register = template.Library()


class VoorbeeldFormulier(forms.Form):
    kanaal = forms.ChoiceField(choices=[("tel", "Telefonisch"), ("bezoek", "Huisbezoek")])
    naam = forms.CharField(label="Naam", max_length=80)
    geboren = forms.DateField(
        label="Geboren", required=False, help_text="Dag, maand en jaar. Weet u het niet? Laat het leeg."
    )
    postcode = forms.CharField(label="Postcode", required=False)
    huisnummer = forms.CharField(label="Huisnummer", required=False)
    weet_ervan = forms.ChoiceField(
        label="Weet ervan", choices=[("ja", "Ja"), ("nee", "Nee")], widget=forms.RadioSelect, required=False
    )
    vraag = forms.CharField(
        label="De vraag",
        widget=forms.Textarea,
        help_text="Schrijf wat u hoort. Noteer niet meer dan nodig is.",
    )
    themas = forms.MultipleChoiceField(
        label="Thema’s", choices=Thema.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    besluit = forms.ChoiceField(
        label="Besluit", choices=[("a", "Casusregie beleggen"), ("b", "Aanhouden")], widget=forms.RadioSelect
    )
    bijlage = forms.FileField(label="Bijlage", required=False)
    akkoord = forms.BooleanField(
        label="De inwoner weet dat wij dit noteren", help_text="Nee? Schrijf erbij waarom."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.layout = Layout(
            Eigenschappen("kanaal", "naam", "geboren", Duo("postcode", "huisnummer"), Segment("weet_ervan")),
            Fieldset(
                "De vraag",
                Invoer("vraag", kop="De vraag in eigen woorden", rows=3),
                Chips("themas"),
                "besluit",
                "bijlage",
                "akkoord",
            ),
            Actiebalk(Knop("Opslaan"), Knop("Als concept", naam="concept", soort="tweede"), annuleer_url="#"),
        )


class VoorbeeldFilter(forms.Form):
    van = forms.ChoiceField(
        label="Van wie",
        required=False,
        initial="",
        choices=[("", "Iedereen"), ("mij", "Van mij"), ("niemand", "Nog niemand")],
        widget=forms.RadioSelect,
    )
    organisatie = forms.ChoiceField(
        label="Organisatie", required=False, choices=[("", "Alle organisaties"), ("k", "Kwadraad")]
    )
    spoed = forms.BooleanField(label="Spoed", required=False)
    q = forms.CharField(
        label="Filter op naam of nummer", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )


class Matrixformulier(forms.Form):
    """The fields that components/matrix.html asks for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "niet besproken"), *((str(score), words) for score, words in SCOREWOORDEN.items())]
        for gebied in LEEFGEBIEDEN:
            self.fields[f"score_{gebied.sleutel}"] = forms.ChoiceField(choices=choices, required=False)
            for name in ("toelichting", "eigen_kracht", "netwerk", "lopende_hulp", "wens"):
                self.fields[f"{name}_{gebied.sleutel}"] = forms.CharField(
                    required=False, widget=forms.Textarea
                )


def _matrix() -> Matrixformulier:
    return Matrixformulier(
        initial={
            "score_sociaal": "3",
            "score_psychisch": "3",
            "score_praktisch": "2",
            "toelichting_praktisch": "Pan drooggekookt, lag met jas aan in bed. Kookt op gas.",
            "eigen_kracht_praktisch": "Wil zelf blijven koken. Wandelt elke dag.",
            "netwerk_praktisch": "Buurvrouw heeft een sleutel. Dochter belt elke avond.",
        }
    )


@register.simple_tag
def voorbeelden() -> dict[str, Any]:
    """One dict with sample data for every component."""
    sent = {"kanaal": "tel", "geboren": "31-02-2020", "besluit": "x"}
    return {
        **gegevens(),
        "formulier": VoorbeeldFormulier(),
        "fout": VoorbeeldFormulier(data=sent),
        "filter": VoorbeeldFilter(),
        "matrix": _matrix(),
    }
