"""Formulieren voor outreach: een lijst, iemand erop, wie het doet, en wat een poging opleverde."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from intake.forms.persoon import PersoonVelden
from intake.forms.velden import DagField, KeuzeField, RijField, Tekst
from intake.models import Grondslag, Outreachlijst, Outreachpoging, Resultaat
from intake.models.outreach import BLIJFT_OPEN
from skt.inwoners.models import VeiligContact
from skt.medewerkers.models import Medewerker, Plaatsing, Rol, Team
from skt.web.crispy import Actiebalk, Duo, Fieldset, Invoer, Knop

LOKETROLLEN = (Rol.LOKETPROFESSIONAL, Rol.ZORGREGISSEUR)
TEAMS = (Team.Soort.VOORPORTAAL, Team.Soort.JEUGD, Team.Soort.VOLWASSENEN)


def _uitvoerders(lijst: Outreachlijst) -> Any:
    """Wie de mensen van deze lijst kan benaderen: het loket, en wie het team coördineert."""
    running = Plaatsing.objects.running()
    loket = running.with_rol(LOKETROLLEN)
    coordinatie = running.with_rol([Rol.TEAMCOORDINATOR]).filter(team=lijst.team_id)
    return (
        Medewerker.objects.filter(is_active=True, plaatsingen__in=loket | coordinatie)
        .distinct()
        .order_by("voornaam", "achternaam")
    )


class LijstForm(forms.Form):
    naam = Tekst(
        label="Naam van de lijst",
        max_length=120,
        error_messages={"required": "Geef de lijst een naam."},
    )
    doel = Tekst(
        label="Doel",
        lang=True,
        help_text="Wat wilt u bereiken, en waarom bij deze mensen?",
        error_messages={"required": "Schrijf op wat het doel is."},
    )
    grondslag = KeuzeField(
        label="Op grond waarvan mag dit?",
        choices=Grondslag,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies op grond waarvan u deze mensen mag benaderen."},
    )
    team = RijField(
        label="Van welk team is de lijst?",
        queryset=Team.objects.none(),
        empty_label=None,
        error_messages={"required": "Kies een team."},
    )
    eindigt_op = DagField(
        label="Laatste dag", help_text="Daarna sluit u de lijst, en dertig dagen later wordt zij gewist."
    )

    def __init__(self, *args: Any, user: Medewerker, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        eigen = user.team_ids(Rol.TEAMCOORDINATOR)
        alle = Team.objects.filter(soort__in=TEAMS).order_by("pk")
        team.queryset = alle if user.heeft_rol(*LOKETROLLEN) else alle.filter(pk__in=eigen)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "naam", "doel", "grondslag", Duo("team", "eindigt_op", gelijk=True),
            Actiebalk(Knop("Maak de lijst"), annuleer_url=annuleer_url),
        )  # fmt: skip


class OpLijstForm(PersoonVelden):
    """Wie komt erop: dezelfde velden als in het gesprek, met waarom en wanneer."""

    aanleiding = Tekst(label="Waarom deze persoon?", required=False, max_length=200)
    eigenaar = RijField(
        label="Wie benadert?", queryset=Medewerker.objects.none(), required=False, empty_label="Ikzelf"
    )
    uiterlijk = DagField(label="Uiterlijk", required=False)

    def __init__(self, *args: Any, lijst: Outreachlijst, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lijst = lijst
        eigenaar: Any = self.fields["eigenaar"]
        eigenaar.queryset = _uitvoerders(lijst)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.gekozen_id is None and not data.get("achternaam") and "achternaam" not in self.errors:
            self.add_error("achternaam", "Vul een achternaam in, of kies een bekende inwoner.")
        if self.gekozen_id is None and data.get("veilig_contact") == VeiligContact.NIET:
            self.add_error(
                "veilig_contact", "Wie niet benaderd wil worden, komt niet op een lijst om te benaderen."
            )
        dag = data.get("uiterlijk")
        if dag and not timezone.localdate() <= dag <= self.lijst.eindigt_op:
            self.add_error(
                "uiterlijk", f"Kies een dag vanaf vandaag, uiterlijk {self.lijst.eindigt_op:%d-%m-%Y}."
            )
        return data

    def opdracht(self) -> dict[str, Any]:
        """Wat voor bekend en onbekend gelijk is."""
        return {name: self.cleaned_data[name] for name in ("aanleiding", "eigenaar", "uiterlijk")}

    def getypt(self) -> dict[str, str]:
        """De naam en het adres van wie nog niet bekend is."""
        data = self.cleaned_data
        nummer, toevoeging = data["huisnummer"] or (None, "")
        return {
            "voornaam": data["roepnaam"],
            "achternaam": " ".join(filter(None, [data["voorvoegsel"], data["achternaam"]]))[:80],
            "postcode": data["postcode"],
            "huisnummer": f"{nummer or ''}{toevoeging}",
            "telefoon": data["telefoon"],
            "contactwens": data["veilig_contact_toelichting"],
        }


class PogingForm(forms.Form):
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)
    wijze = KeuzeField(
        label="Wat heeft u gedaan?",
        choices=Outreachpoging.Wijze,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat u heeft gedaan."},
    )
    resultaat = KeuzeField(
        label="Wat kwam eruit?",
        choices=Resultaat,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat eruit kwam."},
    )
    uiterlijk = DagField(
        label="Wanneer probeert u het weer?",
        required=False,
        help_text="Bij ‘niet thuis’ en ‘later nog eens’.",
    )
    hulpvraag = Tekst(
        label="Wat is de vraag, in de woorden van de inwoner?",
        required=False,
        lang=True,
        help_text="Bij ‘er komt een melding’: u handelt de melding daarna af.",
    )
    toelichting = Tekst(label="Toelichting", required=False, max_length=500)

    def __init__(self, *args: Any, lijst: Outreachlijst, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lijst = lijst
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "versie",
            "wijze",
            "resultaat",
            Fieldset("Later", Invoer("uiterlijk", kort=True), css_class="skt-bij-later"),
            Fieldset("De vraag", "hulpvraag", css_class="skt-bij-melding"),
            "toelichting",
            Actiebalk(Knop("Leg vast"), annuleer_url=annuleer_url),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("resultaat") in BLIJFT_OPEN and "uiterlijk" not in self.errors:
            dag = data.get("uiterlijk")
            if not dag or not timezone.localdate() <= dag <= self.lijst.eindigt_op:
                self.add_error(
                    "uiterlijk", f"Kies een dag vanaf vandaag, uiterlijk {self.lijst.eindigt_op:%d-%m-%Y}."
                )
        if data.get("resultaat") == Resultaat.MELDING and not data.get("hulpvraag"):
            self.add_error("hulpvraag", "Schrijf op wat de vraag is.")
        return data


class ToewijsForm(forms.Form):
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)
    eigenaar = RijField(label="Wie benadert?", queryset=Medewerker.objects.none(), empty_label=None)
    uiterlijk = DagField(label="Uiterlijk")

    def __init__(self, *args: Any, lijst: Outreachlijst, annuleer_url: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault(
            "uiterlijk", min(timezone.localdate() + timedelta(days=7), lijst.eindigt_op)
        )
        super().__init__(*args, **kwargs)
        eigenaar: Any = self.fields["eigenaar"]
        eigenaar.queryset = _uitvoerders(lijst)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "versie",
            Duo("eigenaar", "uiterlijk", gelijk=True),
            Actiebalk(Knop("Wijs toe"), annuleer_url=annuleer_url),
        )
