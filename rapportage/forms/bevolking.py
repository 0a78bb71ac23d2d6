"""Een bestand van het CBS inlezen."""

from django import forms

from rapportage.cbs import EERSTE_JAAR


class BevolkingForm(forms.Form):
    """Of het een bestand van het CBS is, zegt het inlezen zelf."""

    jaar = forms.IntegerField(
        label="Inwoners op 1 januari van",
        min_value=EERSTE_JAAR,
        max_value=2099,
        error_messages={
            "required": "Vul het jaar in waarover dit bestand gaat.",
            "invalid": "Schrijf een jaar met vier cijfers, bijvoorbeeld 2026.",
            "min_value": f"Kies een jaar vanaf {EERSTE_JAAR}.",
            "max_value": "Schrijf een jaar met vier cijfers, bijvoorbeeld 2026.",
        },
    )
    bestand = forms.FileField(
        label="Bestand van het CBS (CSV)",
        help_text="Kerncijfers wijken en buurten, als CSV, met alle buurten van Wassenaar (GM0629).",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        max_length=200,
        error_messages={
            "required": "Kies eerst een bestand.",
            "missing": "Kies eerst een bestand.",
            "invalid": "Dit bestand is niet goed aangekomen. Probeer het nog eens.",
            "empty": "Dit bestand is leeg.",
            "max_length": "De naam van dit bestand is te lang. Geef het een kortere naam.",
        },
    )
