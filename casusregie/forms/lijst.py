"""De filters boven de lijst met casussen."""

from typing import Any

from django import forms

from casusregie.status import CasusStatus
from intake.forms.velden import KeuzeField, Tekst
from skt.medewerkers.models import Medewerker, Rol

VAN = (("mij", "Mijn regie"), ("organisatie", "Mijn organisatie"), ("team", "Mijn team"), ("alles", "Alles"))
MET_REGIE = (Rol.CASUSREGISSEUR, Rol.PROCESREGISSEUR, Rol.ZORGREGISSEUR)


class CasusFilter(forms.Form):
    """Een vreemde waarde in het adres filtert niet; er is geen fout om te tonen."""

    van = KeuzeField(label="Van wie", choices=VAN, required=False, widget=forms.RadioSelect)
    status = KeuzeField(
        label="Status", choices=[("", "Alles wat loopt"), *CasusStatus.choices], required=False
    )
    te_laat = forms.BooleanField(label="Te laat", required=False)
    zoek = Tekst(
        label="Filter op naam of nummer",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, data: Any, *, user: Medewerker) -> None:
        super().__init__({**data.dict(), "van": data.get("van") or usual_view(user)})
        self.fields["zoek"].widget.input_type = "search"

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        data = self.cleaned_data
        return {
            "van": data.get("van") or "alles",
            "status": data.get("status", ""),
            "te_laat": data.get("te_laat", False),
            "zoek": data.get("zoek", ""),
        }


def usual_view(user: Medewerker) -> str:
    """Waar iemand mee begint: de eigen regie, het eigen team, of wat de eigen organisatie doet."""
    if user.heeft_rol(*MET_REGIE):
        return "mij"
    return "team" if user.heeft_rol(Rol.TEAMCOORDINATOR) else "organisatie"
