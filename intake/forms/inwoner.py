"""Een inwoner verbeteren, en het BSN vastleggen of bekijken."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from intake.forms.persoon import BUURTEN
from intake.forms.velden import BsnField, DagField, KeuzeField, PostcodeField, Tekst, TelefoonField
from skt.inwoners.models import Inwoner
from skt.web.crispy import Actiebalk, Duo, Fieldset, Knop


class InwonerForm(forms.ModelForm):
    geboortedatum = DagField(label="Geboren op", required=False)
    postcode = PostcodeField(label="Postcode", required=False)
    telefoon = TelefoonField(label="Telefoon", required=False)
    buurtcode = KeuzeField(label="Buurt", choices=BUURTEN, required=False)

    class Meta:
        model = Inwoner
        fields = [
            "roepnaam", "voornamen", "voorvoegsel", "achternaam", "geboortenaam", "geboortedatum", "geboortejaar", "geslacht", "postcode",
            "huisnummer", "toevoeging", "buurtcode", "geheim_adres", "telefoon", "email", "taal", "tolk_nodig", "veilig_contact",
            "veilig_contact_toelichting", "vertegenwoordiging",
        ]  # fmt: skip
        labels = {
            "voorvoegsel": "Tussenvoegsel",
            "geboortejaar": "Of alleen het geboortejaar",
            "veilig_contact": "Mogen wij contact opnemen?",
        }
        help_texts = {
            "geboortenaam": "Als die anders is dan de achternaam.",
            "geheim_adres": "Het adres is dan pas te zien na een klik, die wordt vastgelegd.",
            "veilig_contact_toelichting": "Bijvoorbeeld: alleen overdag bellen, nooit mailen.",
        }
        error_messages = {"achternaam": {"required": "Vul een achternaam in."}}

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["huisnummer"] = forms.IntegerField(
            label="Huisnummer",
            required=False,
            min_value=1,
            max_value=99_999,
            initial=self.instance.huisnummer,
            error_messages={"invalid": "Schrijf het huisnummer in cijfers; een letter hoort bij toevoeging."},
        )
        self.fields["geboortejaar"].error_messages["invalid"] = "Schrijf het jaar in vier cijfers."
        for name in ("achternaam", "roepnaam", "voornamen"):
            self.fields[name].error_messages["null_characters_not_allowed"] = (
                "Deze naam bevat vreemde tekens."
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset(
                "Naam",
                Duo("roepnaam", "voornamen", gelijk=True),
                Duo("achternaam", "voorvoegsel"),
                "geboortenaam",
            ),
            Fieldset("Geboren", Duo("geboortedatum", "geboortejaar", gelijk=True), "geslacht"),
            Fieldset("Adres", "postcode", Duo("huisnummer", "toevoeging"), "buurtcode", "geheim_adres"),
            Fieldset(
                "Contact",
                Duo("telefoon", "email", gelijk=True),
                "veilig_contact",
                "veilig_contact_toelichting",
                "taal",
                "tolk_nodig",
            ),
            Fieldset("Wettelijk", "vertegenwoordiging"),
            Actiebalk(Knop("Opslaan"), annuleer_url=annuleer_url),
        )

    def clean_geboortedatum(self) -> Any:
        dag = self.cleaned_data["geboortedatum"]
        if dag and dag > timezone.localdate():
            raise ValidationError("Deze geboortedatum ligt in de toekomst.")
        return dag

    def clean_geboortejaar(self) -> Any:
        jaar = self.cleaned_data["geboortejaar"]
        if jaar and jaar > timezone.localdate().year:
            raise ValidationError("Dit geboortejaar ligt in de toekomst.")
        return jaar


class BsnForm(forms.Form):
    bsn = BsnField(
        label="BSN", help_text="Negen cijfers. We slaan het versleuteld op en tonen het afgeschermd."
    )

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bsn"].widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})
        self.helper = FormHelper()
        self.helper.layout = Layout("bsn", Actiebalk(Knop("BSN opslaan"), annuleer_url=annuleer_url))


class OnthulForm(forms.Form):
    reden = Tekst(
        label="Waarom heeft u het BSN nodig?",
        max_length=300,
        min_length=10,
        error_messages={"min_length": "Schrijf iets meer op: ten minste tien tekens."},
        help_text="Uw reden staat in het verslag dat de privacy officer leest.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("reden", Actiebalk(Knop("Toon het BSN", soort="tweede")))
