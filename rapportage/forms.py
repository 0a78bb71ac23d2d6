"""Kiezen welke cijfers getoond worden, een toelichting schrijven en een bestand van het CBS inlezen."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from rapportage.beeld.keuze import EERSTE_LEEFGEBIED, FILTERS, JAAR_EERDER, VORIGE, Keuze
from rapportage.bevolking import EERSTE_JAAR
from rapportage.catalogus import Kenmerk
from rapportage.tijdvak import SOORTEN, Tijdvak, UnknownPeriod, parse_tijdvak
from rapportage.toelichten import LANGST
from skt.web.crispy import Invoer

HEEL = {"gebied": "Heel Wassenaar", "leeftijd": "Alle leeftijden"}
MEERVOUD = {"maand": "Maanden", "kwartaal": "Kwartalen", "jaar": "Jaren"}


class KeuzeForm(forms.Form):
    """Alleen wat is vastgezet staat in de lijst; iets anders in het adres kiest niets."""

    periode = forms.ChoiceField(label="Periode", required=False)
    naast = forms.ChoiceField(label="naast", required=False)
    gebied = forms.ChoiceField(label="Gebied", required=False)
    leeftijd = forms.ChoiceField(label="Leeftijd", required=False)

    def __init__(
        self,
        keuze: Keuze,
        *,
        perioden: Sequence[Tijdvak],
        kenmerken: Mapping[str, Kenmerk],
        filters: Collection[str] = FILTERS,
        vergelijken: bool = True,
    ) -> None:
        tijdvak = keuze.tijdvak
        super().__init__({"periode": tijdvak.code, "naast": keuze.naast, **keuze.filters})
        self.fields["periode"].choices = [
            (MEERVOUD[soort], [(t.code, t.naam) for t in perioden if t.soort == soort])
            for soort in SOORTEN
            if any(t.soort == soort for t in perioden)
        ]
        naast = {VORIGE: tijdvak.previous(), JAAR_EERDER: tijdvak.year_before()}
        if naast[VORIGE] == naast[JAAR_EERDER]:
            del naast[VORIGE]
        self.fields["naast"].choices = [
            (waarde, ander.naam if ander in perioden else f"{ander.naam} (geen cijfers)")
            for waarde, ander in naast.items()
        ]
        if not vergelijken:
            del self.fields["naast"]
        for naam in FILTERS:
            if naam not in filters or naam not in kenmerken:
                del self.fields[naam]
                continue
            self.fields[naam].choices = [("", HEEL[naam]), *kenmerken[naam].vakken]


def read_keuze(
    gevraagd: Mapping[str, str], perioden: Sequence[Tijdvak], kenmerken: Mapping[int, Mapping[str, Kenmerk]]
) -> tuple[Keuze, bool]:
    """What the address asks for, as far as it was published; and whether it asked for a period that wasn't.

    Without a period: the last quarter, or the last month while there is no quarter. Raises IndexError without periods.
    """
    tijdvak, onbekend = _period(gevraagd.get("periode", ""), perioden)
    naast = gevraagd.get("naast", "")
    if tijdvak.previous() == tijdvak.year_before():
        naast = JAAR_EERDER
    elif naast not in {VORIGE, JAAR_EERDER}:
        naast = JAAR_EERDER if tijdvak.year_before() in perioden else VORIGE
    alleen = tuple(
        (naam, gevraagd[naam])
        for naam in FILTERS
        if gevraagd.get(naam)
        and naam in kenmerken.get(tijdvak.jaar, {})
        and gevraagd[naam] in kenmerken[tijdvak.jaar][naam].waarden
    )
    leefgebieden = kenmerken.get(tijdvak.jaar, {}).get("leefgebied")
    kaart = gevraagd.get("kaart", "")
    if leefgebieden is None or kaart not in leefgebieden.waarden:
        kaart = EERSTE_LEEFGEBIED
    return Keuze(tijdvak, naast, alleen, kaart), onbekend


def _period(gevraagd: str, perioden: Sequence[Tijdvak]) -> tuple[Tijdvak, bool]:
    if gevraagd:
        try:
            tijdvak = parse_tijdvak(gevraagd)
        except UnknownPeriod:
            tijdvak = None
        if tijdvak is not None and tijdvak in perioden:
            return tijdvak, False
    kwartalen = [tijdvak for tijdvak in perioden if tijdvak.soort == "kwartaal"]
    return (kwartalen or list(perioden))[0], bool(gevraagd)


class ToelichtingForm(forms.Form):
    tekst = forms.CharField(
        label="Uw toelichting",
        required=False,
        help_text="Schrijf over de cijfers, nooit over een mens: geen namen, adressen of voorbeelden die iemand herkent. "
        "Leeg opslaan haalt de toelichting weg.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"null_characters_not_allowed": "Er staat een teken in dat we niet kunnen bewaren."},
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32767)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Invoer("tekst", hint=f"Hoogstens {LANGST} tekens."), "versie")


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
