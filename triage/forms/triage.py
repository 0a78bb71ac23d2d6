"""Het triageformulier: de 0de lijn eerst, dan wegen, dan waar het heen gaat."""

from collections.abc import Mapping
from typing import Any

from django import forms

from intake.forms.persoon import MatrixVelden
from intake.forms.velden import KeuzeField, MomentField, Tekst
from intake.models import Uitvraagmethode
from skt.web.velden import options
from socialekaart.models import Voorziening
from triage.forms.advies import AfwijkVelden
from triage.forms.meldcode import MeldcodeVelden
from triage.forms.velden import AanbodField, VersieField
from triage.models import Bord, Ernaast, Ernst, Nuldelijn, Uitkomst, Urgentie
from triage.queries import find_aanbod
from triage.services import ErnaastNotAsked
from triage.services.triage import check_ernaast

URGENTIE_KORT = [(str(urgentie), urgentie.kort.capitalize()) for urgentie in Urgentie]
GEWOON = (
    "nuldelijn", "nuldelijn_toelichting", "eigen_kracht", "netwerk", "ernst", "urgentie", "uitkomst", "bord", "ernaast",
    "ernaast_toelichting", "gewaarschuwd", "gewaarschuwd_op", "toelichting", "afwijkreden", "afwijktoelichting",
)  # fmt: skip
"""Wat do_triage onder dezelfde naam wil."""


class TriageForm(AfwijkVelden, MeldcodeVelden, MatrixVelden):
    """`eerder` en `eerder_gezegd` zijn de scores en woorden van de uitvraag, die naast de nieuwe komen te staan."""

    melding_versie = VersieField()
    nuldelijn = KeuzeField(
        label="Past er vrij toegankelijk aanbod?", choices=Nuldelijn, widget=forms.RadioSelect,
        error_messages={"required": "Onderzoek eerst of vrij toegankelijk aanbod past."},
    )  # fmt: skip
    voorzieningen = AanbodField(label="Aanbod dat past", required=False)
    ander_aanbod = Tekst(
        label="Ander aanbod", required=False, max_length=120, help_text="De naam zoals op de sociale kaart."
    )
    nuldelijn_toelichting = Tekst(
        label="Toelichting bij het aanbod", required=False, lang=True,
        help_text="Past er niets? Schrijf dan op waarom. Past er wel iets, dan mag u het uitleggen.",
    )  # fmt: skip
    eigen_kracht = Tekst(label="Eigen kracht", required=False, lang=True)
    netwerk = Tekst(label="Netwerk, in woorden", required=False, lang=True)
    ernst = KeuzeField(
        label="Ernst", choices=Ernst, widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe ernstig het is."},
    )  # fmt: skip
    urgentie = KeuzeField(
        label="Urgentie", choices=URGENTIE_KORT, widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe snel er iets moet gebeuren."},
    )  # fmt: skip
    uitkomst = KeuzeField(
        label="Uitkomst", choices=Uitkomst, widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er uit de triage komt."},
    )  # fmt: skip
    ernaast = KeuzeField(
        label="Kan de 0de lijn ernaast lopen?", choices=Ernaast, widget=forms.RadioSelect, required=False,
        help_text="Loopt er straks 1ste of 2de lijn, dan kan vrij toegankelijk aanbod die lichter maken.",
    )  # fmt: skip
    ernaast_toelichting = Tekst(label="Toelichting bij ernaast", required=False, lang=True)
    bord = KeuzeField(label="Welk team?", choices=Bord, widget=forms.RadioSelect, required=False)
    gewaarschuwd = Tekst(
        label="Crisisroute: wie is gewaarschuwd?", required=False, max_length=200,
        help_text="Alleen bij de crisisroute. Bijvoorbeeld: Crisisdienst GGZ, Veilig Thuis, 112.",
    )  # fmt: skip
    gewaarschuwd_op = MomentField(label="Wanneer?", required=False)
    toelichting = Tekst(label="Toelichting", required=False, lang=True, help_text="Geen BSN of diagnose.")

    def __init__(
        self,
        *args: Any,
        voorstel: Bord,
        mag_toekennen: bool,
        eerder: Mapping[str, int] | None = None,
        eerder_gezegd: Mapping[str, str] | None = None,
        methode: Uitvraagmethode | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.vaste_methode = methode
        self.eerder = dict(eerder or {})
        self.eerder_gezegd = dict(eerder_gezegd or {})
        aanbod: Any = self.fields["voorzieningen"]
        aanbod.queryset = Voorziening.objects.offered().free()
        self.fields[
            "bord"
        ].help_text = f"Voorstel: {voorstel.label}. Dat past bij leeftijd en thema’s. U beslist."
        if not mag_toekennen:
            uitkomst: Any = self.fields["uitkomst"]
            uitkomst.choices = [keuze for keuze in Uitkomst.choices if keuze[0] != Uitkomst.TOEKENNEN]

    @property
    def niveaus_ernst(self) -> list[dict[str, Any]]:
        return self._niveaus("ernst", {een.value: een.uitleg for een in Ernst})

    @property
    def niveaus_urgentie(self) -> list[dict[str, Any]]:
        return self._niveaus("urgentie", {een.value: een.uitleg for een in Urgentie})

    def _niveaus(self, naam: str, uitleg: Mapping[str, str]) -> list[dict[str, Any]]:
        return [
            {"optie": optie, "uitleg": uitleg[optie.waarde]}
            for _, opties in options(self[naam])
            for optie in opties
        ]

    @property
    def verdiept(self) -> bool:
        """Er staat een nieuwe score of een nieuw woord bij een leefgebied."""
        return bool(self.besproken())

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

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "ernaast" not in self.errors:
            try:
                check_ernaast(
                    data.get("uitkomst", ""), data.get("ernaast", ""), data.get("ernaast_toelichting", "")
                )
            except ErnaastNotAsked as fout:
                self.add_error(fout.veld, str(fout))
        return data

    def facts(self) -> dict[str, Any]:
        """Wat do_triage nodig heeft."""
        data = self.cleaned_data
        ander, gekozen = data["ander_aanbod"], list(data["voorzieningen"])
        return {
            **{naam: data.get(naam, "") for naam in GEWOON},
            "versie": data["melding_versie"],
            "voorzieningen": gekozen + [ander] * (ander is not None and ander not in gekozen),
            "meldcodestappen": self.stappen(),
            "antwoorden": self.antwoorden(),
            "methode": self.methode if self.verdiept else None,
        }
