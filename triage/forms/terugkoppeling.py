"""Wat de melder hoorde, en hoe; of waarom niets."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from intake.forms.velden import KeuzeField, Tekst
from intake.models import Kanaal
from skt.web.crispy import Actiebalk, Knop

WIJZEN = [
    (waarde, label)
    for waarde, label in Kanaal.choices
    if waarde in {Kanaal.TELEFONISCH, Kanaal.DIGITAAL, Kanaal.FYSIEK, Kanaal.HUISBEZOEK}
]


class TerugkoppelForm(forms.Form):
    """Gedaan, of niet meer nodig: de knop zegt welke van de twee."""

    hoe = KeuzeField(
        label="Hoe heeft u het verteld?", choices=WIJZEN, required=False, widget=forms.RadioSelect,
        initial=Kanaal.TELEFONISCH,
    )  # fmt: skip
    toelichting = Tekst(
        label="Toelichting", required=False, lang=True, max_length=2000,
        help_text="Wat u extra vertelde, of waarom de melder niets hoort.",
    )  # fmt: skip

    def __init__(self, *args: Any, annuleer_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "hoe",
            "toelichting",
            Actiebalk(
                Knop("De melder weet het", naam="wat", waarde="gedaan"),
                Knop("Niet meer nodig", naam="wat", waarde="vervallen", soort="subtiel"),
                annuleer_url=annuleer_url,
                annuleer="Terug",
            ),
        )
