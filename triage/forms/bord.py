"""De filters van het bord, het verplaatsen van een kaart, en het afronden van een aanmelding."""

from django import forms

from intake.forms.velden import KeuzeField, RijField, Tekst
from skt.kern.gebieden import Gebied
from skt.kern.keuzelijsten import Leefgebied
from skt.medewerkers.models import Moederorganisatie
from triage.forms.velden import VersieField
from triage.models import Bord, Urgentie
from triage.services.aanmelding import OVERGANG_NAAR
from triage.status import AanmeldingStatus


class BordFilterForm(forms.Form):
    """Wat boven het bord staat; een onbekende waarde filtert niet."""

    bord = forms.ChoiceField(choices=Bord, required=False, widget=forms.HiddenInput)
    zoek = forms.CharField(
        label="Naam of nummer",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    leefgebied = forms.ChoiceField(
        label="Leefgebied", required=False, choices=[("", "Alle leefgebieden"), *Leefgebied.choices]
    )
    urgentie = forms.ChoiceField(
        label="Urgentie",
        required=False,
        choices=[("", "Alle urgenties"), *((str(u), u.kort.capitalize()) for u in Urgentie)],
    )
    organisatie = RijField(
        label="Organisatie", queryset=Moederorganisatie.objects.none(), required=False,
        empty_label="Alle organisaties",
    )  # fmt: skip
    gebied = forms.ChoiceField(
        label="Gebied", required=False, choices=[("", "Heel Wassenaar"), *Gebied.choices]
    )
    mijn = forms.BooleanField(label="Mijn kaarten", required=False)
    spoed = forms.BooleanField(label="Spoed", required=False)
    termijn = forms.BooleanField(label="Termijn binnen 3 dagen", required=False)
    niemand = forms.BooleanField(label="Nog van niemand", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].queryset = Moederorganisatie.objects.order_by("naam")


class KaartForm(forms.Form):
    """Naar welke kolom; de kaart stuurt mee welke versie ze toonde.

    Belegd en Aangehouden staan in geen keuzelijst; wie ze toch vraagt, hoort waar dat wel kan.
    """

    naar = KeuzeField(
        choices=[
            (str(status), str(AanmeldingStatus(status).label))
            for status in [*OVERGANG_NAAR, AanmeldingStatus.BELEGD, AanmeldingStatus.AANGEHOUDEN]
        ],
        error_messages={
            "required": "Kies een kolom van het bord.",
            "invalid_choice": "Kies een kolom van het bord.",
        },
    )
    versie = VersieField()


class AfrondForm(forms.Form):
    """Wat het team nog kwijt wil als een aanmelding klaar is."""

    toelichting = Tekst(label="Hoe is het afgelopen?", required=True, lang=True)
    versie = VersieField()
