"""Een oude loketlijst aanbieden, en de rijen ervan filteren."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from intake.forms.velden import KeuzeField
from intake.loketlijst.lezen import BestandOnleesbaar, assert_size
from intake.loketlijst.redenen import REDENEN, Niveau
from intake.models import Uitkomst

OORDEEL = "ter beoordeling"
NAMEN_VAN_REDENEN = {
    code: code.replace("_", " ").replace("GEBDATUM", "geboortedatum").capitalize()
    for code, (niveau, _) in REDENEN.items()
    if niveau is not Niveau.GEEN_RIJ
}


class LoketlijstForm(forms.Form):
    """Alleen of het bestand te groot is staat hier; of het een loketlijst is, zegt de service."""

    bestand = forms.FileField(
        label="Bestand (CSV)",
        help_text="De export van de oude loketlijst, zoals u haar kreeg. Niet eerst in Excel bewerken.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={
            "required": "Kies eerst een bestand.",
            "missing": "Kies eerst een bestand.",
            "invalid": "Dit bestand is niet goed aangekomen. Probeer het nog eens.",
            "empty": "Dit bestand is leeg. Kies de export van de oude loketlijst (CSV).",
            "max_length": "De naam van dit bestand is te lang. Geef het een kortere naam.",
        },
        max_length=200,
    )

    def clean_bestand(self) -> UploadedFile:
        found: UploadedFile = self.cleaned_data["bestand"]
        try:
            assert_size(found.size or 0)
        except BestandOnleesbaar as error:
            raise ValidationError(str(error)) from error
        return found


class LoketlijstFilter(forms.Form):
    """Een vreemde waarde in het adres filtert niet."""

    uitkomst = KeuzeField(
        label="Uitkomst",
        choices=[("", "Alle uitkomsten"), (OORDEEL, "Ter beoordeling"), *Uitkomst.choices],
        required=False,
    )
    reden = KeuzeField(
        label="Reden", choices=[("", "Alle redenen"), *NAMEN_VAN_REDENEN.items()], required=False
    )

    def chosen(self) -> dict[str, Any]:
        """What is filtered on; what isn't a choice isn't filtered on."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
