"""De openbare formulieren, in gewone woorden: één voor inwoners en één voor professionals."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from intake.forms.velden import KeuzeField, PostcodeField, Tekst, TelefoonField
from intake.models import Aard, MelderSoort, Opgave
from skt.inwoners.models import VeiligContact
from skt.inwoners.normalisatie import normalise_postcode
from skt.medewerkers.models import Moederorganisatie
from skt.web.crispy import Actiebalk, Duo, Fieldset, Invoer, Knop

MAX_VRAAG = 5000
JA, NEE = "ja", "nee"
ZELF, ANDER = "zelf", "ander"
ONEENS = "oneens"
ANDERE_WERKGEVER = "anders"
WERKGEVERS: dict[str, tuple[str, str]] = {
    "huisarts": ("Huisarts", MelderSoort.HUISARTS),
    "school": ("School", MelderSoort.SCHOOL),
    "politie": ("Politie of veiligheid", MelderSoort.POLITIE),
    "woningcorporatie": ("Woningcorporatie", MelderSoort.WONINGCORPORATIE),
    "clientondersteuning": ("Onafhankelijke cliëntondersteuning", MelderSoort.CLIENTONDERSTEUNER),
    ANDERE_WERKGEVER: ("Een andere organisatie", MelderSoort.PROFESSIONAL),
}


def _radio(label: str, choices: list[tuple[str, str]], vraag: str, **kwargs: Any) -> KeuzeField:
    return KeuzeField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": vraag},
        **kwargs,
    )


class OpenbaarFormulier(forms.Form):
    """Wat beide formulieren delen: het zegel, de val voor robots, de vraag, de haast en de bevestiging."""

    bron: Opgave.Bron
    overslaan: tuple[str, ...] = ()
    """What nobody needs to fill in."""

    zegel = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    website = forms.CharField(
        label="Vul hier niets in",
        required=False,
        help_text="Dit veld is alleen voor robots. Staat er iets? Maak het dan leeg.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    telefoon = TelefoonField(label="Uw telefoonnummer", required=False)
    email = forms.EmailField(
        label="Uw e-mailadres",
        required=False,
        max_length=254,
        error_messages={"invalid": "Schrijf het e-mailadres zoals naam@voorbeeld.nl."},
    )
    hulpvraag = Tekst(
        lang=True,
        max_length=MAX_VRAAG,
        error_messages={"required": "Schrijf op wat uw vraag is."},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    kan_wachten = _radio(
        "Kan uw vraag een paar dagen wachten?",
        [(JA, "Ja, een paar dagen wachten kan"), (NEE, "Nee, er moet vandaag of morgen iets gebeuren")],
        "Kies of uw vraag een paar dagen kan wachten.",
    )
    spoed_reden = Tekst(
        label="Waarom kan het niet wachten?",
        required=False,
        max_length=500,
        help_text="Vul dit in als het niet kan wachten.",
    )
    bevestiging = forms.BooleanField(
        label="Stuur mij een bevestiging per e-mail",
        required=False,
        help_text="In de e-mail staat niets over u of uw vraag. Kijkt iemand mee in uw e-mail? Zet dit dan niet aan.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_error_title = "U kunt het formulier nog niet versturen"
        # A field that is only needed after another choice says so itself.
        self.helper.toon_optioneel = False
        for name in self.overslaan:
            self.fields[name].label = f"{self.fields[name].label} (niet verplicht)"

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Maak dit veld leeg. Het is er om robots tegen te houden.")
        return ""

    def clean_over_postcode(self) -> str:
        return normalise_postcode(self.cleaned_data["over_postcode"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kan_wachten") == NEE:
            self.ask("spoed_reden", "Schrijf op waarom het niet kan wachten.")
        if data.get("bevestiging"):
            self.ask("email", "Vul uw e-mailadres in als u een bevestiging wilt.")
        if data.get("veilig") == VeiligContact.BEPERKT:
            self.ask("veilig_toelichting", "Schrijf op wanneer en hoe contact veilig is.")
        return data

    def ask(self, name: str, zin: str) -> None:
        """This field is needed after all."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, zin)

    def inhoud(self) -> dict[str, Any]:
        """What receive_formulier keeps."""
        data = self.cleaned_data
        haast = data["kan_wachten"] == NEE
        return {
            "hulpvraag": data["hulpvraag"],
            "telefoon": data["telefoon"],
            "email": data["email"],
            "spoed": haast,
            "spoed_reden": data["spoed_reden"] if haast else "",
            "bevestiging_gevraagd": data["bevestiging"],
            "veilig_toelichting": data["veilig_toelichting"],
        }


class InwonerFormulier(OpenbaarFormulier):
    bron = Opgave.Bron.INWONER
    overslaan = (
        "voornaam",
        "geboren",
        "postcode",
        "relatie",
        "over_voornaam",
        "over_achternaam",
        "over_postcode",
    )
    # The order of the page, so that the list of errors has it too.
    field_order = (
        "voor_wie", "voornaam", "achternaam", "geboren", "postcode", "huisnummer", "relatie", "over_voornaam",
        "over_achternaam", "over_geboren", "over_postcode", "over_huisnummer", "weet_ervan", "waarom_niet", "contactwijze",
        "telefoon", "email", "veilig", "veilig_toelichting", "hulpvraag", "kan_wachten", "spoed_reden",
    )  # fmt: skip

    voor_wie = _radio(
        "Voor wie vraagt u hulp?",
        [(ZELF, "Voor mijzelf"), (ANDER, "Voor iemand anders")],
        "Kies voor wie u hulp vraagt.",
    )
    voornaam = Tekst(label="Uw voornaam", required=False, max_length=38)
    achternaam = Tekst(
        label="Uw achternaam", max_length=80, error_messages={"required": "Vul uw achternaam in."}
    )
    geboren = Tekst(
        label="Uw geboortedatum", required=False, max_length=40, help_text="Bijvoorbeeld 8-3-1942."
    )
    postcode = PostcodeField(label="Uw postcode", required=False)
    huisnummer = Tekst(label="Huisnummer", required=False, max_length=20)
    over_voornaam = Tekst(label="Voornaam van die persoon", required=False, max_length=60)
    over_achternaam = Tekst(label="Achternaam van die persoon", required=False, max_length=80)
    over_geboren = Tekst(
        label="Geboortedatum of leeftijd",
        required=False,
        max_length=40,
        help_text="Weet u het niet? Laat dit leeg.",
    )
    over_postcode = PostcodeField(label="Postcode van die persoon", required=False)
    over_huisnummer = Tekst(label="Huisnummer", required=False, max_length=20)
    relatie = Tekst(
        label="Wie bent u van die persoon?",
        required=False,
        max_length=80,
        help_text="Bijvoorbeeld: dochter, buurman, vriendin.",
    )
    weet_ervan = _radio(
        "Weet die persoon dat u ons schrijft?", [(JA, "Ja"), (NEE, "Nee")], "Kies ja of nee.", required=False
    )
    waarom_niet = Tekst(
        label="Waarom niet?",
        required=False,
        max_length=300,
        help_text="Vul dit in als die persoon het niet weet.",
    )
    contactwijze = _radio(
        "Hoe nemen wij contact met u op?",
        [
            (Opgave.Contactwijze.BELLEN, "Bel mij"),
            (Opgave.Contactwijze.MAILEN, "Stuur mij een e-mail"),
            (Opgave.Contactwijze.NIET, "Neem geen contact op, ik bel zelf"),
        ],
        "Kies hoe wij contact met u opnemen.",
    )
    veilig = _radio(
        "Is het altijd veilig om contact met u op te nemen?",
        [(VeiligContact.JA, "Ja"), (VeiligContact.BEPERKT, "Nee, alleen op een bepaalde tijd of manier")],
        "Kies ja of nee.",
        help_text="Leest of luistert er iemand mee die dit niet mag weten? Kies dan ‘nee’.",
    )
    veilig_toelichting = Tekst(
        label="Wanneer en hoe is het wel veilig?",
        required=False,
        max_length=200,
        help_text="Bijvoorbeeld: alleen bellen tussen 9 en 12 uur, niets inspreken.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "zegel",
            Fieldset(
                "1. Wie bent u?",
                "voor_wie",
                Invoer("voornaam", autocomplete="given-name"),
                Invoer("achternaam", autocomplete="family-name"),
                Invoer("geboren", kort=True, autocomplete="bday"),
                Duo(Invoer("postcode", autocomplete="postal-code"), "huisnummer"),
            ),
            Fieldset(
                "Over wie gaat het? Vul dit alleen in als u voor iemand anders schrijft",
                "relatie",
                "over_voornaam",
                "over_achternaam",
                "over_geboren",
                Duo("over_postcode", "over_huisnummer"),
                "weet_ervan",
                "waarom_niet",
                css_class="skt-bij-ander",
            ),
            Fieldset(
                "2. Hoe bereiken wij u?",
                "contactwijze",
                Invoer("telefoon", autocomplete="tel", kort=True, hint="Nodig als wij u bellen."),
                Invoer(
                    "email",
                    autocomplete="email",
                    hint="Nodig als wij u mailen of als u een bevestiging wilt.",
                ),
                "veilig",
                Invoer("veilig_toelichting"),
            ),
            Fieldset(
                "3. Wat is uw vraag?",
                Invoer(
                    "hulpvraag",
                    kop="Vertel in uw eigen woorden wat er is",
                    hint="Hele zinnen hoeven niet. Schrijf geen burgerservicenummer (BSN) op.",
                ),
                "kan_wachten",
                "spoed_reden",
            ),
            Fieldset("4. Versturen", "bevestiging", Invoer("website"), css_class="skt-openbaar__versturen"),
            Actiebalk(Knop("Versturen")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        match data.get("contactwijze"):
            case Opgave.Contactwijze.BELLEN:
                self.ask("telefoon", "Vul uw telefoonnummer in, dan kunnen wij u bellen.")
            case Opgave.Contactwijze.MAILEN:
                self.ask("email", "Vul uw e-mailadres in, dan kunnen wij u mailen.")
        if data.get("voor_wie") == ANDER:
            self.ask("weet_ervan", "Kies of die persoon weet dat u ons schrijft.")
            if data.get("weet_ervan") == NEE:
                self.ask("waarom_niet", "Schrijf kort op waarom die persoon het niet weet.")
        return data

    def inhoud(self) -> dict[str, Any]:
        data = self.cleaned_data
        zelf = data["voor_wie"] == ZELF
        belt_zelf = data["contactwijze"] == Opgave.Contactwijze.NIET
        over = {
            "over_voornaam": data["voornaam"],
            "over_achternaam": data["achternaam"],
            "over_geboren": data["geboren"],
            "over_postcode": normalise_postcode(data["postcode"]),
            "over_huisnummer": data["huisnummer"],
            "over_telefoon": data["telefoon"],
            "weet_ervan": True,
        }
        ander = {
            "over_voornaam": data["over_voornaam"],
            "over_achternaam": data["over_achternaam"],
            "over_geboren": data["over_geboren"],
            "over_postcode": data["over_postcode"],
            "over_huisnummer": data["over_huisnummer"],
            "relatie": data["relatie"],
            "weet_ervan": data["weet_ervan"] == JA,
            "waarom_niet": data["waarom_niet"] if data["weet_ervan"] == NEE else "",
            "aard": Aard.BEZORGDHEID if data["weet_ervan"] == NEE else Aard.HULPVRAAG,
        }
        return {
            **super().inhoud(),
            **(over if zelf else ander),
            "melder_soort": MelderSoort.INWONER_ZELF if zelf else MelderSoort.NAASTE,
            "naam": " ".join(filter(None, [data["voornaam"], data["achternaam"]])),
            "contactwijze": data["contactwijze"],
            "veilig": VeiligContact.NIET if belt_zelf else data["veilig"],
        }


class ProfessionalFormulier(OpenbaarFormulier):
    bron = Opgave.Bron.PROFESSIONAL
    overslaan = ("functie", "over_voornaam", "over_geboren", "over_postcode", "over_telefoon", "al_gedaan")
    field_order = (
        "naam", "functie", "werkgever", "organisatie", "telefoon", "email", "over_voornaam", "over_achternaam",
        "over_geboren", "over_postcode", "over_huisnummer", "over_telefoon", "weet_ervan", "waarom_niet", "veilig",
        "veilig_toelichting", "hulpvraag", "al_gedaan", "kan_wachten", "spoed_reden",
    )  # fmt: skip

    naam = Tekst(label="Uw naam", max_length=120, error_messages={"required": "Vul uw naam in."})
    functie = Tekst(label="Uw functie", required=False, max_length=80)
    werkgever = KeuzeField(
        label="Bij welke organisatie werkt u?",
        error_messages={"required": "Kies bij welke organisatie u werkt."},
    )
    organisatie = Tekst(
        label="Naam van de organisatie of afdeling",
        required=False,
        max_length=120,
    )
    over_voornaam = Tekst(label="Voornaam van de inwoner", required=False, max_length=60)
    over_achternaam = Tekst(
        label="Achternaam van de inwoner",
        max_length=80,
        error_messages={"required": "Vul de achternaam van de inwoner in."},
    )
    over_geboren = Tekst(
        label="Geboortedatum", required=False, max_length=40, help_text="Bijvoorbeeld 8-3-1942."
    )
    over_postcode = PostcodeField(label="Postcode", required=False)
    over_huisnummer = Tekst(label="Huisnummer", required=False, max_length=20)
    over_telefoon = TelefoonField(label="Telefoonnummer van de inwoner", required=False)
    weet_ervan = _radio(
        "Weet de inwoner dat u dit meldt?",
        [
            (JA, "Ja, en de inwoner vindt het goed"),
            (ONEENS, "Ja, maar de inwoner is het er niet mee eens"),
            (NEE, "Nee"),
        ],
        "Kies of de inwoner weet dat u dit meldt.",
    )
    waarom_niet = Tekst(
        label="Waarom niet?",
        required=False,
        max_length=280,
        help_text="Nodig als de inwoner het niet weet of het er niet mee eens is.",
    )
    veilig = _radio(
        "Is het veilig om contact op te nemen met de inwoner?",
        [
            (VeiligContact.JA, "Ja"),
            (VeiligContact.BEPERKT, "Alleen op een bepaalde tijd of manier"),
            (VeiligContact.NIET, "Nee, bel eerst met mij"),
        ],
        "Kies of het veilig is om contact op te nemen.",
    )
    veilig_toelichting = Tekst(
        label="Wanneer en hoe is het veilig?",
        required=False,
        max_length=200,
        help_text="Vul dit in als het alleen soms veilig is.",
    )
    al_gedaan = Tekst(label="Wat is er al gedaan?", required=False, lang=True, max_length=MAX_VRAAG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kernteam = {
            f"skt-{code}": naam
            for code, naam in Moederorganisatie.objects.order_by("naam").values_list("code", "naam")
        }
        werkgever: Any = self.fields["werkgever"]
        werkgever.choices = [
            ("", "Kies een organisatie"),
            ("Werkt in het sociaal kernteam", list(self.kernteam.items())),
            ("Andere", [(code, naam) for code, (naam, _) in WERKGEVERS.items()]),
        ]
        self.fields["kan_wachten"].label = "Kan de vraag een paar dagen wachten?"
        self.helper.layout = Layout(
            "zegel",
            Fieldset(
                "1. Wie bent u?",
                Invoer("naam", autocomplete="name"),
                Invoer("functie", autocomplete="organization-title"),
                Invoer("werkgever"),
                Invoer(
                    "organisatie",
                    hint="Nodig als uw organisatie niet in de lijst staat.",
                    autocomplete="organization",
                ),
                Invoer(
                    "telefoon",
                    autocomplete="tel",
                    kort=True,
                    hint="Vul een telefoonnummer of een e-mailadres in.",
                ),
                Invoer("email", autocomplete="email"),
            ),
            Fieldset(
                "2. Over wie gaat het?",
                "over_voornaam",
                "over_achternaam",
                Invoer("over_geboren", kort=True),
                Duo("over_postcode", "over_huisnummer"),
                Invoer("over_telefoon", kort=True),
                "weet_ervan",
                "waarom_niet",
                "veilig",
                "veilig_toelichting",
            ),
            Fieldset(
                "3. Wat is er aan de hand?",
                Invoer(
                    "hulpvraag",
                    kop="Wat is de vraag of de zorg?",
                    hint="Feiten en wat de inwoner zelf zegt. Geen burgerservicenummer (BSN), en geen diagnose die niet nodig is.",
                ),
                "al_gedaan",
                "kan_wachten",
                "spoed_reden",
            ),
            Fieldset("4. Versturen", "bevestiging", Invoer("website"), css_class="skt-openbaar__versturen"),
            Actiebalk(Knop("Versturen")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (
            not data.get("telefoon")
            and not data.get("email")
            and not {"telefoon", "email"} & set(self.errors)
        ):
            self.add_error("telefoon", "Vul uw telefoonnummer of uw e-mailadres in.")
        if data.get("werkgever") == ANDERE_WERKGEVER:
            self.ask("organisatie", "Vul de naam van uw organisatie in.")
        if data.get("weet_ervan") in {NEE, ONEENS}:
            self.ask("waarom_niet", "Schrijf op waarom niet, of wat de inwoner ervan vindt.")
        return data

    def inhoud(self) -> dict[str, Any]:
        data = self.cleaned_data
        werkgever = data["werkgever"]
        vanuit = werkgever.removeprefix("skt-") if werkgever.startswith("skt-") else ""
        naam_werkgever = self.kernteam.get(werkgever) or WERKGEVERS[werkgever][0]
        instemming = {JA: "", ONEENS: "Is het er niet mee eens: ", NEE: ""}[data["weet_ervan"]]
        namen = (
            "naam",
            "functie",
            "over_voornaam",
            "over_achternaam",
            "over_geboren",
            "over_postcode",
            "over_huisnummer",
        )
        return {
            **super().inhoud(),
            **{name: data[name] for name in (*namen, "over_telefoon", "al_gedaan", "veilig")},
            "melder_soort": MelderSoort.PROFESSIONAL if vanuit else WERKGEVERS[werkgever][1],
            "vanuit": vanuit,
            "organisatie": ", ".join(
                filter(None, ["" if werkgever == ANDERE_WERKGEVER else naam_werkgever, data["organisatie"]])
            )[:120],
            "weet_ervan": data["weet_ervan"] != NEE,
            "waarom_niet": instemming + data["waarom_niet"] if data["weet_ervan"] != JA else "",
            "contactwijze": Opgave.Contactwijze.BELLEN if data["telefoon"] else Opgave.Contactwijze.MAILEN,
        }
