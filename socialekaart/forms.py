"""Formulieren van de sociale kaart: zoeken, een voorziening, haar controle, en wat er niet klopt."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from skt.kern.keuzelijsten import Leefgebied, Thema
from skt.web.crispy import Actiebalk, Chips, Duo, Fieldset, Invoer, Knop, Segment
from socialekaart.models import Foutmelding, Lijn, Voorziening

OUDST = 120
MAX_VRAAG = 200
"""So many letters of a question count."""
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
TIJD = re.compile(r"^(\w+)\s*:?\s*(\d{1,2})[:.](\d{2})\s*(?:-|–|tot)\s*(\d{1,2})[:.](\d{2})$")
UREN_PER_DAG, MINUTEN_PER_UUR = 24, 60


class ZoekForm(forms.Form):
    """The filters above the list. A value that isn't one of ours doesn't count; the page says so."""

    zoek = forms.CharField(
        label="Waar gaat de vraag over?", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    leefgebied = forms.ChoiceField(
        label="Leefgebied", required=False, choices=[("", "Alle leefgebieden"), *Leefgebied.choices]
    )
    lijn = forms.ChoiceField(
        label="Lijn", required=False, choices=[("", "Alle lijnen"), *((str(w), n) for w, n in Lijn.choices)]
    )
    leeftijd = forms.IntegerField(
        label="Leeftijd", required=False, min_value=0, max_value=OUDST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "size": 4}),
    )  # fmt: skip
    alles = forms.BooleanField(label="Ook wat dicht is", required=False)

    def filters(self) -> dict[str, Any]:
        """What was asked, as far as it makes sense."""
        self.is_valid()
        asked = self.cleaned_data
        return {
            "vraag": (asked.get("zoek") or "")[:MAX_VRAAG],
            "leefgebied": asked.get("leefgebied") or "",
            "lijn": int(asked["lijn"]) if asked.get("lijn") else None,
            "leeftijd": asked.get("leeftijd"),
            "alles": bool(asked.get("alles")),
        }


class OpeningstijdenField(forms.CharField):
    """Opening hours as a person writes them, one line a day; kept as HSDS-like rows (`dag`, `van`, `tot`)."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{regel.get('dag')} {regel.get('van')}-{regel.get('tot')}" for regel in value)

    def to_python(self, value: Any) -> list[dict[str, str]]:
        """Raises ValidationError that names the first line it can't read."""
        regels = [regel.strip().lower() for regel in str(value or "").splitlines() if regel.strip()]
        return [self._regel(regel) for regel in regels]

    def _regel(self, regel: str) -> dict[str, str]:
        found = TIJD.match(regel)
        if found and found[1] in DAGEN:
            van, tot = ((int(found[i]), int(found[i + 1])) for i in (2, 4))
            if max(van[0], tot[0]) < UREN_PER_DAG and max(van[1], tot[1]) < MINUTEN_PER_UUR and van < tot:
                return {"dag": found[1], "van": "{:02}:{:02}".format(*van), "tot": "{:02}:{:02}".format(*tot)}
        raise forms.ValidationError(
            f"Deze regel begrijpen we niet: ‘{regel[:60]}’. Schrijf bijvoorbeeld: maandag 09:00-17:00."
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data


class VoorzieningForm(forms.ModelForm):
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    website = forms.URLField(required=False, assume_scheme="https", max_length=200)
    leefgebieden = forms.MultipleChoiceField(
        choices=Leefgebied.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    themas = forms.MultipleChoiceField(
        label="Thema's", choices=Thema.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    lijn = forms.TypedChoiceField(choices=Lijn.choices, coerce=int, widget=forms.RadioSelect)
    openingstijden = OpeningstijdenField(
        required=False, help_text="Eén regel per dag, bijvoorbeeld: maandag 09:00-17:00."
    )
    trefwoorden = SimpleArrayField(
        forms.CharField(max_length=60),
        required=False,
        help_text="De woorden van mensen zelf, met komma's ertussen. Hierop wordt als eerste gezocht.",
    )
    talen = SimpleArrayField(
        forms.CharField(max_length=10),
        required=False,
        help_text="Met komma's ertussen, bijvoorbeeld: nl, en.",
    )

    class Meta:
        model = Voorziening
        fields = [
            "naam", "aanbieder", "omschrijving", "trefwoorden", "leefgebieden", "themas", "lijn", "toegang",
            "kosten", "doelgroep", "leeftijd_min", "leeftijd_max", "plek", "openingstijden", "telefoon",
            "email", "website", "talen",
        ]  # fmt: skip
        help_texts = {
            "omschrijving": "Wat krijgt u er, voor wie is het, en hoe begint het? In gewone woorden.",
            "toegang": "Bijvoorbeeld: vrij toegankelijk, verwijzing, beschikking.",
        }

    def __init__(self, *args: Any, annuleer_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versie"].initial = self.instance.versie
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "versie",
            Fieldset(
                "Wat is het?",
                "naam",
                "aanbieder",
                Invoer("omschrijving", rows=5),
                "trefwoorden",
                Chips("leefgebieden"),
                Chips("themas"),
            ),
            Fieldset(
                "Voor wie?", "doelgroep", Duo("leeftijd_min", "leeftijd_max", gelijk=True), Segment("lijn"),
                Duo("toegang", "kosten", gelijk=True),
            ),
            Fieldset(
                "Waar en wanneer?", "plek", Invoer("openingstijden", rows=5),
                Duo("telefoon", "email", gelijk=True), "website", Invoer("talen", kort=True),
            ),
            Actiebalk(Knop("Opslaan"), annuleer_url=annuleer_url),
        )  # fmt: skip

    def gegevens(self) -> dict[str, Any]:
        """The fields for the service."""
        return {naam: self.cleaned_data[naam] for naam in self.Meta.fields}


class FoutForm(forms.ModelForm):
    class Meta:
        model = Foutmelding
        fields = ["tekst"]
        widgets = {"tekst": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"tekst": "Alleen over deze voorziening. Schrijf geen namen van inwoners op."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tekst"].required = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("tekst", Actiebalk(Knop("Meld dit", soort="tweede")))


class AfhandelForm(forms.Form):
    uitkomst = forms.CharField(label="Wat heeft u ermee gedaan?", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("uitkomst", Actiebalk(Knop("Afgehandeld", soort="tweede")))
