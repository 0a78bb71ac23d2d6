"""Formulieren voor een bezorgdheid, een signaal bij een melding, en het signaleringsoverleg."""

from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from intake.forms.velden import DagField, KeuzeField, MomentField, PostcodeField, Tekst, TelefoonField
from intake.models import Kanaal, Melderrelatie, MelderSoort, Signaalsoort
from intake.models.signaal import MAG_HOREN
from skt.web.crispy import Actiebalk, Duo, Fieldset, Invoer, Knop

JA, NEE = "ja", "nee"
STAPPEN = [
    ("", "Kies de stap"),
    ("1", "1. Signalen in kaart brengen"),
    ("2", "2. Overleggen met een collega of Veilig Thuis"),
    ("3", "3. Gesprek met de betrokkenen"),
    ("4", "4. Wegen"),
    ("5", "5. Beslissen: melden en hulp"),
]
"""De meldcode huiselijk geweld en kindermishandeling."""
OPENING = (Signaalsoort.BEZORGDHEID, Signaalsoort.WVGGZ, Signaalsoort.GEWELD)
MELDERS = [keuze for keuze in MelderSoort.choices if keuze[0] not in {"inwoner zelf", "anoniem"}]


class _SignaalVelden(forms.Form):
    """Wat bij ieder signaal gevraagd wordt."""

    meldcode_stap = KeuzeField(label="Stap van de meldcode", choices=STAPPEN, required=False)
    overleg_reden = Tekst(
        label="Naar het signaleringsoverleg? Schrijf op waarom",
        required=False,
        lang=True,
        help_text="Leeg: niet naar het signaleringsoverleg zorg en veiligheid.",
    )

    def clean_meldcode_stap(self) -> int | None:
        stap = self.cleaned_data["meldcode_stap"]
        return int(stap) if stap else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("soort") == Signaalsoort.GEWELD:
            if not data.get("meldcode_stap") and "meldcode_stap" not in self.errors:
                self.add_error("meldcode_stap", "Kies in welke stap van de meldcode u bent.")
        elif data.get("soort"):
            data["meldcode_stap"] = None
        return data


class BezorgdForm(_SignaalVelden):
    sleutel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    soort = KeuzeField(
        label="Wat voor melding is het?",
        choices=[(soort.value, soort.label) for soort in OPENING],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat voor melding het is."},
    )
    kanaal = KeuzeField(label="Hoe kwam het binnen?", choices=Kanaal, initial=Kanaal.TELEFONISCH)
    melder_soort = KeuzeField(
        label="Wie meldt?", choices=[("", "Kies wie meldt"), *MELDERS],
        error_messages={"required": "Kies wie meldt."},
    )  # fmt: skip
    melder_anoniem = forms.BooleanField(
        label="De melder wil anoniem blijven",
        required=False,
        help_text="Naam en telefoonnummer worden dan niet bewaard, ook niet in de verantwoording. Schrijf ze ook niet in de tekst.",
    )
    melder_naam = Tekst(label="Naam van de melder", required=False, max_length=120)
    melder_telefoon = TelefoonField(label="Telefoonnummer van de melder", required=False)
    melder_relatie = KeuzeField(
        label="Wie is de melder van de inwoner?", choices=Melderrelatie, initial=Melderrelatie.ONBEKEND
    )
    terugkoppelen = forms.BooleanField(
        label="De melder wil horen wat ermee gebeurt",
        required=False,
        help_text="Dat mag alleen bij een vertegenwoordiger, partner, ouder of essentiële naaste die met naam bekend is (Wvggz 5:2).",
    )
    over_voornaam = Tekst(label="Voornaam", required=False, max_length=60)
    over_achternaam = Tekst(label="Achternaam", required=False, max_length=80)
    over_geboren = Tekst(label="Geboren of leeftijd", required=False, max_length=40)
    over_postcode = PostcodeField(label="Postcode", required=False)
    over_huisnummer = Tekst(label="Huisnummer", required=False, max_length=20)
    over_telefoon = TelefoonField(label="Telefoonnummer", required=False)
    hulpvraag = Tekst(
        label="Wat is er aan de hand?",
        lang=True,
        error_messages={"required": "Schrijf op wat er aan de hand is."},
    )
    inwoner_weet_ervan = KeuzeField(
        label="Weet de inwoner van deze melding?",
        choices=[("", "Niet bekend"), (JA, "Ja"), (NEE, "Nee")],
        required=False,
    )
    waarom_niet = Tekst(label="Waarom niet?", required=False, max_length=300)
    gevaar = KeuzeField(
        label="Is er nu gevaar?",
        choices=[(NEE, "Nee"), (JA, "Ja: crisisroute")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of er nu gevaar is."},
    )
    gewaarschuwd = Tekst(label="Wie heeft u gewaarschuwd?", required=False, max_length=200)
    gewaarschuwd_op = MomentField(label="Wanneer?", required=False)

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "sleutel",
            Fieldset(
                "Eerst: is het veilig?",
                Invoer("gevaar", hint="Bel 112 of de crisisdienst, en schrijf dan pas verder."),
                Duo("gewaarschuwd", "gewaarschuwd_op", gelijk=True),
                css_class="skt-gevaar",
            ),
            Fieldset(
                "De melding",
                "soort",
                Duo("kanaal", "melder_soort", gelijk=True),
                "hulpvraag",
                "meldcode_stap",
            ),
            Fieldset(
                "De melder",
                "melder_anoniem",
                Duo("melder_naam", "melder_telefoon", gelijk=True),
                "melder_relatie",
                "terugkoppelen",
            ),
            Fieldset(
                "Over wie gaat het?",
                Duo("over_voornaam", "over_achternaam", gelijk=True),
                Duo("over_geboren", "over_telefoon", gelijk=True),
                Duo("over_postcode", "over_huisnummer"),
                Duo("inwoner_weet_ervan", "waarom_niet", gelijk=True),
            ),
            Fieldset("Signaleringsoverleg zorg en veiligheid", "overleg_reden"),
            Actiebalk(Knop("Leg de melding vast"), annuleer_url=annuleer_url),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("gevaar") == JA:
            for name, zin in (
                ("gewaarschuwd", "Schrijf op wie u heeft gewaarschuwd."),
                ("gewaarschuwd_op", "Vul in wanneer."),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, zin)
        else:
            data["gewaarschuwd"], data["gewaarschuwd_op"] = "", None
        if data.get("melder_anoniem"):
            data["melder_naam"] = data["melder_telefoon"] = ""
            data["terugkoppelen"] = False
        elif data.get("terugkoppelen") and data.get("melder_relatie") not in MAG_HOREN:
            self.add_error(
                "terugkoppelen",
                "Terugkoppelen mag alleen aan een vertegenwoordiger, partner, ouder of essentiële naaste.",
            )
        elif data.get("terugkoppelen") and not data.get("melder_naam"):
            self.add_error("melder_naam", "Vul de naam in van de melder aan wie u terugkoppelt.")
        if data.get("inwoner_weet_ervan") == NEE and not data.get("waarom_niet"):
            self.add_error("waarom_niet", "Schrijf op waarom de inwoner niet van deze melding weet.")
        return data

    def vastlegging(self) -> dict[str, Any]:
        """De woorden voor register_bezorgdheid."""
        data = dict(self.cleaned_data)
        data.pop("gevaar")
        over = {name: data.pop(name) for name in list(data) if name.startswith("over_")}
        weet = {JA: True, NEE: False}.get(data.pop("inwoner_weet_ervan"))
        return {**data, "inwoner_weet_ervan": weet, "over": over}


class SignaalForm(_SignaalVelden):
    """Nog een signaal bij een melding die er al is."""

    soort = KeuzeField(
        label="Welk signaal?",
        choices=Signaalsoort,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies welk signaal het is."},
    )
    toelichting = Tekst(label="Toelichting", required=False, lang=True)

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "soort",
            "meldcode_stap",
            "toelichting",
            "overleg_reden",
            Actiebalk(Knop("Leg het signaal vast"), annuleer_url=annuleer_url),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("soort") == Signaalsoort.OVERLEG and not data.get("overleg_reden"):
            self.add_error("overleg_reden", "Schrijf op waarom dit naar het signaleringsoverleg gaat.")
        return data


class OverlegVraagForm(forms.Form):
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)
    reden = Tekst(
        label="Waarom gaat dit naar het signaleringsoverleg?",
        lang=True,
        error_messages={"required": "Schrijf op waarom dit naar het signaleringsoverleg gaat."},
    )

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "versie", "reden", Actiebalk(Knop("Zet op de lijst"), annuleer_url=annuleer_url)
        )


class OverlegUitkomstForm(forms.Form):
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)
    besproken_op = DagField(label="Dag van het overleg")
    uitkomst = Tekst(
        label="Wat is de uitkomst?",
        lang=True,
        help_text="Wie doet wat, en wanneer.",
        error_messages={"required": "Schrijf op wat de uitkomst is."},
    )

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "versie",
            Invoer("besproken_op", kort=True),
            "uitkomst",
            Actiebalk(Knop("Leg de uitkomst vast"), annuleer_url=annuleer_url),
        )

    def clean_besproken_op(self) -> Any:
        dag = self.cleaned_data["besproken_op"]
        if dag > timezone.localdate():
            raise ValidationError("Deze dag ligt in de toekomst.")
        return dag
