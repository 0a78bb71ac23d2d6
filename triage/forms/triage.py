"""Het triageformulier: de 0de lijn eerst, dan wegen, dan waar het heen gaat."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from intake.forms.velden import KeuzeField, MomentField, Tekst
from skt.web.crispy import Duo, Fieldset, Invoer, Segment
from socialekaart.models import Voorziening
from triage.forms.advies import AfwijkVelden
from triage.forms.velden import AanbodField, VersieField
from triage.models import Bord, Ernst, Meldcode, Nuldelijn, Uitkomst, Urgentie
from triage.queries import find_aanbod

URGENTIE_KORT = [(str(urgentie), urgentie.kort.capitalize()) for urgentie in Urgentie]


class TriageForm(AfwijkVelden):
    versie = VersieField()
    nuldelijn = KeuzeField(
        label="Past er vrij toegankelijk aanbod?", choices=Nuldelijn, widget=forms.RadioSelect,
        error_messages={"required": "Onderzoek eerst of vrij toegankelijk aanbod past."},
    )  # fmt: skip
    voorzieningen = AanbodField(label="Aanbod dat past", required=False)
    ander_aanbod = Tekst(
        label="Ander aanbod", required=False, max_length=120, help_text="De naam zoals op de sociale kaart."
    )
    nuldelijn_toelichting = Tekst(
        label="Waarom past het (niet)?", required=False, lang=True,
        help_text="Past er niets, schrijf dan op waarom. Past er wel iets, dan mag u het uitleggen.",
    )  # fmt: skip
    eigen_kracht = Tekst(label="Eigen kracht", required=False, lang=True)
    netwerk = Tekst(label="Netwerk", required=False, lang=True)
    ernst = KeuzeField(
        label="Ernst", choices=Ernst, widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe ernstig het is."},
    )  # fmt: skip
    urgentie = KeuzeField(
        label="Urgentie", choices=URGENTIE_KORT, widget=forms.RadioSelect,
        help_text="Crisis: direct. Spoed: binnen 3 werkdagen. Regulier: het eerstvolgende overleg.",
        error_messages={"required": "Kies hoe snel er iets moet gebeuren."},
    )  # fmt: skip
    meldcode = forms.TypedChoiceField(
        label="Veiligheid: stap van de meldcode", required=False, coerce=int, empty_value=None,
        choices=[("", "Geen zorgen over veiligheid"), *Meldcode.choices],
        error_messages={"invalid_choice": "Kies een stap uit de lijst."},
    )  # fmt: skip
    uitkomst = KeuzeField(
        label="Uitkomst", choices=Uitkomst, widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er uit de triage komt."},
    )  # fmt: skip
    bord = KeuzeField(
        label="Welk team?", choices=Bord, widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    gewaarschuwd = Tekst(
        label="Crisisroute: wie is gewaarschuwd?", required=False, max_length=200,
        help_text="Alleen bij de crisisroute. Bijvoorbeeld: Crisisdienst GGZ, Veilig Thuis, 112.",
    )  # fmt: skip
    gewaarschuwd_op = MomentField(label="Wanneer?", required=False)
    toelichting = Tekst(label="Toelichting", required=False, lang=True, help_text="Geen BSN of diagnose.")

    def __init__(self, *args: Any, voorstel: Bord, mag_toekennen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voorzieningen"].queryset = Voorziening.objects.offered().free()
        self.fields[
            "bord"
        ].help_text = f"Voorstel: {voorstel.label}. Dat past bij leeftijd en thema’s. U beslist."
        if not mag_toekennen:
            self.fields["uitkomst"].choices = [
                keuze for keuze in Uitkomst.choices if keuze[0] != Uitkomst.TOEKENNEN
            ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "versie",
            Fieldset("1. Eerst de 0de lijn", "nuldelijn", Invoer("nuldelijn_toelichting", rows=2)),
            Fieldset(
                "2. Wegen",
                Segment("ernst"),
                Segment("urgentie"),
                Duo(Invoer("eigen_kracht", rows=3), Invoer("netwerk", rows=3), gelijk=True),
                "meldcode",
            ),
            Fieldset(
                "3. Waar gaat het heen?",
                "uitkomst",
                Segment("bord"),
                "gewaarschuwd",
                Invoer("gewaarschuwd_op", kort=True),
                Invoer("toelichting", rows=2),
            ),
        )

    def clean_ander_aanbod(self) -> Voorziening | None:
        """De ene voorziening die zo heet; anders zegt de fout welke erop lijken."""
        tekst = self.cleaned_data["ander_aanbod"]
        if not tekst:
            return None
        gevonden = find_aanbod(tekst)
        precies = [v for v in gevonden if tekst.lower() in (v.naam.lower(), v.code.lower())]
        if len(precies or gevonden) == 1:
            return (precies or gevonden)[0]
        if not gevonden:
            raise forms.ValidationError("Dit staat niet op de sociale kaart. Probeer een ander woord.")
        namen = ", ".join(voorziening.naam for voorziening in gevonden[:4])
        raise forms.ValidationError(f"Schrijf de naam voluit. Bedoelt u een van deze: {namen}?")

    def facts(self) -> dict[str, Any]:
        """Wat do_triage nodig heeft."""
        facts = dict(self.cleaned_data)
        ander = facts.pop("ander_aanbod")
        gekozen = list(facts.pop("voorzieningen"))
        return {**facts, "voorzieningen": gekozen + [ander] * (ander is not None and ander not in gekozen)}
