"""Iemand in het netwerk opschrijven, op het formulier van triage."""

from django import forms

from intake.forms.velden import KeuzeField, Tekst, TelefoonField
from intake.models import Netwerklid, Relatie, Werking
from intake.services import Netwerkfeiten


class NetwerklidForm(forms.Form):
    """De velden heten nw_*, want ze staan tussen die van de triage en gaan mee in haar concept."""

    use_required_attribute = False
    """De triage kan ook zonder: alleen wie iemand opschrijft, vult dit in."""

    nw_pk = forms.IntegerField(
        required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput,
        error_messages={"invalid": "Ververs de pagina en probeer het opnieuw."},
    )  # fmt: skip
    nw_versie = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput,
        error_messages={"invalid": "Ververs de pagina en probeer het opnieuw."},
    )  # fmt: skip
    nw_naam = Tekst(
        label="Wie is het?",
        max_length=80,
        help_text="Een voornaam of ‘de buurvrouw’ is genoeg.",
        error_messages={"required": "Schrijf op wie het is."},
    )
    nw_relatie = KeuzeField(
        label="Is van de inwoner",
        choices=[("", "Kies"), *Relatie.choices],
        error_messages={"required": "Kies wat deze persoon is van de inwoner."},
    )
    nw_werking = KeuzeField(
        label="Steunt of belast",
        choices=[("", "Kies"), *Werking.choices],
        error_messages={"required": "Kies of deze persoon steunt of belast."},
    )
    nw_telefoon = TelefoonField(label="Telefoon", required=False)
    nw_toelichting = Tekst(label="Wat doet deze persoon?", required=False, max_length=200)
    nw_mantelzorger = forms.BooleanField(label="Mantelzorger", required=False)

    def facts(self) -> Netwerkfeiten:
        data = self.cleaned_data
        return Netwerkfeiten(
            naam=data["nw_naam"],
            relatie=data["nw_relatie"],
            werking=data["nw_werking"],
            is_mantelzorger=data["nw_mantelzorger"],
            telefoon=data["nw_telefoon"],
            toelichting=data["nw_toelichting"],
        )


def typed_netwerklid(lid: Netwerklid) -> dict[str, list[str]]:
    """Een lid als getypte velden, om te wijzigen."""
    waarden = {
        "nw_pk": str(lid.pk),
        "nw_versie": str(lid.versie),
        "nw_naam": lid.naam,
        "nw_relatie": lid.relatie,
        "nw_werking": lid.werking,
        "nw_telefoon": lid.telefoon,
        "nw_toelichting": lid.toelichting,
        "nw_mantelzorger": "on" if lid.is_mantelzorger else "",
    }
    return {naam: [waarde] for naam, waarde in waarden.items() if waarde}
