"""Wat u met een melding doet nadat het gesprek voorbij is, en de filters boven de werkvoorraad."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from intake.forms.persoon import MatrixVelden, PersoonVelden, stored_answers
from intake.forms.velden import DagField, KeuzeField, MomentField, RijField, Tekst
from intake.models import Melding
from intake.services import Route
from skt.kern.keuzelijsten import Thema
from skt.medewerkers.models import Medewerker, Moederorganisatie, Plaatsing, Team
from skt.web.crispy import Actiebalk, Duo, Fieldset, Invoer, Knop

INTREKKEN = "intrekken"
LOKETROLLEN = ("loketprofessional", "zorgregisseur")


class WerkvoorraadFilter(forms.Form):
    """Een vreemde waarde in het adres filtert niet; er is geen fout om te tonen."""

    van = KeuzeField(
        label="Van wie",
        choices=[("", "Iedereen"), ("mij", "Van mij"), ("niemand", "Nog niemand")],
        required=False,
        widget=forms.RadioSelect,
    )
    organisatie = RijField(
        label="Organisatie",
        queryset=Moederorganisatie.objects.none(),
        required=False,
        empty_label="Alle organisaties",
    )
    thema = KeuzeField(label="Thema", choices=[("", "Alle thema’s"), *Thema.choices], required=False)
    zoek = Tekst(
        label="Filter op naam of nummer",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisaties: Any = self.fields["organisatie"]
        organisaties.queryset = Moederorganisatie.objects.order_by("naam")
        self.fields["zoek"].widget.input_type = "search"

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        data = self.cleaned_data
        organisatie = data.get("organisatie")
        return {
            "van": data.get("van", ""),
            "organisatie": organisatie.pk if organisatie else None,
            "thema": data.get("thema", ""),
            "zoek": data.get("zoek", ""),
        }


class _MeldingForm(forms.Form):
    """Draagt de versie van de melding mee, zodat niemand ongemerkt over een collega heen schrijft."""

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)

    def __init__(self, *args: Any, melding: Melding, annuleer_url: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("versie", melding.versie)
        super().__init__(*args, **kwargs)
        self.melding = melding
        self.annuleer_url = annuleer_url
        self.helper = FormHelper()

    def show_newer(self, nu: Melding) -> str:
        """Een collega was eerder: laat zien wat er nu staat. Wie daarna nog eens verstuurt, heeft dat gezien."""
        self.data = self.data.copy()
        self.data["versie"] = str(nu.versie)
        stand = f"Er staat nu: {str(nu.get_status_display()).lower()}"
        if nu.volgende_stap:
            stand += f", {nu.volgende_stap} ({nu.verantwoordelijke or nu.verantwoordelijk_team})"
        return (
            "Een collega heeft deze melding net gewijzigd. "
            f"{stand}. Wat u schreef staat er nog. Klopt het zo, verstuur het dan nog eens."
        )


class AfhandelForm(_MeldingForm):
    route = KeuzeField(
        label="Hoe handelt u deze melding af?",
        choices=[*Route.choices, (INTREKKEN, "Ingetrokken door de melder")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe u de melding afhandelt."},
    )
    toelichting = Tekst(label="Toelichting", lang=True, required=False)
    spoed = forms.BooleanField(label="Met spoed naar triage", required=False)
    volgende_stap = Tekst(label="Volgende stap", required=False, max_length=200)
    uiterlijk = DagField(label="Uiterlijk", required=False)
    gewaarschuwd = Tekst(label="Wie heeft u gewaarschuwd?", required=False, max_length=200)
    gewaarschuwd_op = MomentField(label="Wanneer?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "versie",
            "route",
            Invoer(
                "toelichting",
                hint="Wat heeft u verteld, gedaan of afgesproken? Bij andere toegang: waarheen.",
            ),
            Fieldset("Naar triage", "spoed", css_class="skt-bij-triage"),
            Fieldset("Vervolg", Duo("volgende_stap", "uiterlijk"), css_class="skt-bij-vervolg"),
            Fieldset(
                "Crisis", Duo("gewaarschuwd", "gewaarschuwd_op", gelijk=True), css_class="skt-bij-crisis"
            ),
            Actiebalk(Knop("Handel af"), annuleer_url=self.annuleer_url),
        )

    def clean_uiterlijk(self) -> Any:
        dag = self.cleaned_data["uiterlijk"]
        if dag and dag < timezone.localdate():
            raise ValidationError("Kies een dag vanaf vandaag.")
        return dag

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        route = data.get("route")
        if route in {Route.ANDERE_TOEGANG, INTREKKEN} and not data.get("toelichting"):
            self.add_error(
                "toelichting", "Schrijf op waarheen u verwees, of waarom de melding is ingetrokken."
            )
        if route == Route.LATER:
            for name in ("volgende_stap", "uiterlijk"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Vul de volgende stap in, en de dag waarop die uiterlijk gebeurt.")
        if route == Route.HULPVERLENING and bool(data.get("volgende_stap")) != bool(data.get("uiterlijk")):
            self.add_error("uiterlijk", "Een vervolg heeft een volgende stap én een dag.")
        if route == Route.CRISISROUTE:
            for name, zin in (
                ("gewaarschuwd", "Schrijf op wie u heeft gewaarschuwd."),
                ("gewaarschuwd_op", "Vul in wanneer."),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, zin)
        return data

    def afronding(self) -> dict[str, Any]:
        """Wat de handeling van de gekozen route nodig heeft."""
        names = {
            Route.TRIAGE: ("toelichting", "spoed"),
            Route.HULPVERLENING: ("toelichting", "volgende_stap", "uiterlijk"),
            Route.LATER: ("toelichting", "volgende_stap", "uiterlijk"),
            Route.CRISISROUTE: ("toelichting", "gewaarschuwd", "gewaarschuwd_op"),
        }.get(self.cleaned_data["route"], ("toelichting",))
        return {name: self.cleaned_data[name] for name in names}


class SluitForm(_MeldingForm):
    toelichting = Tekst(label="Wat is er nog gebeurd?", lang=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "versie", "toelichting", Actiebalk(Knop("Sluit de melding"), annuleer_url=self.annuleer_url)
        )


class AanvullingForm(forms.Form):
    tekst = Tekst(
        label="Aanvulling",
        lang=True,
        help_text="U schrijft bij; wat er staat verandert niet.",
        error_messages={"required": "Schrijf eerst iets op."},
    )

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("tekst", Actiebalk(Knop("Voeg toe"), annuleer_url=annuleer_url))


class OverdraagForm(_MeldingForm):
    medewerker = RijField(
        label="Collega aan het loket",
        queryset=Medewerker.objects.none(),
        required=False,
        empty_label="Kies een collega",
    )
    team = RijField(
        label="Of het hele team", queryset=Team.objects.none(), required=False, empty_label="Geen team"
    )
    toelichting = Tekst(label="Wat moet uw collega weten?", lang=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        medewerkers: Any = self.fields["medewerker"]
        medewerkers.queryset = (
            Medewerker.objects.filter(
                is_active=True, plaatsingen__in=Plaatsing.objects.running().with_rol(LOKETROLLEN)
            )
            .exclude(pk=self.melding.verantwoordelijke_id)
            .distinct()
            .order_by("voornaam", "achternaam")
        )
        teams: Any = self.fields["team"]
        teams.queryset = Team.objects.filter(soort=Team.Soort.VOORPORTAAL)
        self.helper.layout = Layout(
            "versie",
            "medewerker",
            "team",
            "toelichting",
            Actiebalk(Knop("Draag over"), annuleer_url=self.annuleer_url),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("medewerker")) == bool(data.get("team")):
            self.add_error("medewerker", "Kies één collega, of het team.")
        return data


class UitvraagForm(MatrixVelden, _MeldingForm):
    """De acht leefgebieden van een melding die er al is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False

    def show_newer(self, nu: Melding) -> str:
        """Bij elk veld waar nu iets anders staat dan hier, wat de collega schreef."""
        self.data = self.data.copy()
        self.data["versie"] = str(nu.versie)
        for name, daar in stored_answers(nu).items():
            if str(daar or "") != str(self.data.get(name) or ""):
                self.add_error(
                    name, f"Uw collega schreef hier: {daar}" if daar else "Uw collega liet dit leeg."
                )
        return (
            "Een collega heeft deze uitvraag net gewijzigd. Bij de velden staat wat uw collega schreef; uw eigen tekst staat er nog. "
            "Bewaart u nu, dan geldt wat hier staat."
        )


class WieForm(PersoonVelden):
    """Over wie ging de anonieme melding? Dezelfde velden als in het gesprek."""

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.gekozen_id is None and not data.get("achternaam") and "achternaam" not in self.errors:
            self.add_error("achternaam", "Vul in over wie het gaat.")
        return data
