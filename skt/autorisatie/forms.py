"""Forms of the functioneel beheerder and the privacy officer: fields and words, no rules."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from skt.medewerkers.models import Mandaat, Medewerker, Moederorganisatie, Plaatsing, Rol, Team, Wet
from skt.medewerkers.queries import zorgregisseurs
from skt.verantwoording.models import Soort
from skt.verantwoording.queries import Filter, inwoner_id_of
from skt.verantwoording.woorden import WOORDEN

GEWOON_DAGEN = 30
"""Without a period the log shows this many days, unless it is asked about one inwoner."""


HANDELINGEN = [("", "Alle handelingen"), *sorted(WOORDEN.items(), key=lambda pair: pair[1])]


class PlaatsingFilterForm(forms.Form):
    """Which medewerkers the beheerder wants to see."""

    zoek = forms.CharField(
        label="Zoek op naam", required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[
            ("nu", "Nu"),
            ("alle", "Iedereen"),
            ("zonder", "Zonder plaatsing"),
            ("geblokkeerd", "Geblokkeerd"),
        ],
        widget=forms.RadioSelect,
    )
    organisatie = forms.ModelChoiceField(
        Moederorganisatie.objects.order_by("naam"), required=False, empty_label="Alle organisaties"
    )
    team = forms.ModelChoiceField(Team.objects.order_by("pk"), required=False, empty_label="Alle teams")
    rol = forms.ChoiceField(required=False, choices=[("", "Alle rollen"), *Rol.choices])


class MedewerkerForm(forms.ModelForm):
    """A new account."""

    class Meta:
        model = Medewerker
        fields = ["voornaam", "voorvoegsel", "achternaam", "username", "email", "telefoon"]
        help_texts = {"username": "Kleine letters, bijvoorbeeld s.jansen. Hiermee logt de medewerker in."}


class PlaatsingForm(forms.ModelForm):
    """A placement: for whom, where, as what, from when."""

    class Meta:
        model = Plaatsing
        fields = ["moederorganisatie", "team", "rol", "van", "tot"]
        labels = {"moederorganisatie": "Uitgeleend door"}

    def __init__(self, data: Any, *, medewerker: Medewerker, initial: dict[str, Any]) -> None:
        super().__init__(data, instance=Plaatsing(medewerker=medewerker), initial=initial)


class EndForm(forms.Form):
    """The first day something no longer holds."""

    tot = forms.DateField(
        label="Loopt tot", help_text="De eerste dag dat het niet meer geldt. Vandaag betekent: meteen."
    )


class BlockForm(forms.Form):
    reden = forms.CharField(
        label="Waarom blokkeert u dit account?",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="De reden komt in de verantwoording. Noem geen inwoners.",
    )


class MandaatForm(forms.ModelForm):
    """A mandaat that the college gave."""

    class Meta:
        model = Mandaat
        fields = ["besluitnummer", "wet", "product", "plafond", "van", "tot"]
        help_texts = {
            "product": "Zoals het in het mandaatbesluit staat, bijvoorbeeld: Individuele begeleiding.",
            "tot": "De eerste dag dat het niet meer geldt. Leeg: tot het wordt ingetrokken.",
        }

    def __init__(self, data: Any, *, medewerker: Medewerker | None = None, initial: dict[str, Any]) -> None:
        instance = Mandaat(medewerker=medewerker) if medewerker else Mandaat()
        super().__init__(data, instance=instance, initial=initial)
        wetten = [keuze for keuze in Wet.choices if keuze[0] != Wet.GEEN]
        self.fields["wet"] = forms.ChoiceField(label="Wet", choices=[("", "Kies een wet"), *wetten])

    def clean(self) -> dict[str, Any]:
        """A limit of the table that is about one field is said there, not above the form."""
        given = super().clean() or {}
        van, tot, plafond = given.get("van"), given.get("tot"), given.get("plafond")
        if van and tot and tot <= van:
            self.add_error("tot", "De einddatum moet na de begindatum liggen.")
        if plafond is not None and plafond <= 0:
            self.add_error("plafond", "Vul een plafond boven nul in.")
        return given


class MandaatAddForm(MandaatForm):
    """The same from the register: then also to whom."""

    def __init__(self, data: Any, *, actor: Medewerker, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["medewerker"] = forms.ModelChoiceField(
            zorgregisseurs(initial["van"]).exclude(pk=actor.pk),
            empty_label="Kies een zorgregisseur",
            error_messages={"invalid_choice": "Kies een zorgregisseur uit de lijst."},
        )
        self.order_fields(["medewerker"])


class OwnPasswordForm(forms.Form):
    """The password as it is, and twice what it becomes; whether that is strong enough the service says."""

    huidig = forms.CharField(
        label="Huidig wachtwoord",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    nieuw = forms.CharField(
        label="Nieuw wachtwoord",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="Minstens 12 tekens. Neem liever een zin die u onthoudt dan een woord met een cijfer erachter.",
    )
    nog_eens = forms.CharField(
        label="Nieuw wachtwoord, nog een keer",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, user: Medewerker, data: Any = None) -> None:
        self.user = user
        super().__init__(data)

    def clean_huidig(self) -> str:
        given = str(self.cleaned_data["huidig"])
        if not self.user.check_password(given):
            raise ValidationError("Uw huidige wachtwoord klopt niet.")
        return given

    def clean_nog_eens(self) -> str:
        given = str(self.cleaned_data["nog_eens"])
        if given != self.cleaned_data.get("nieuw"):
            raise ValidationError("De twee nieuwe wachtwoorden zijn niet gelijk.")
        return given


class RegelFilterForm(forms.Form):
    """What the privacy officer asks the log."""

    van = forms.DateField(label="Van", required=False)
    tot = forms.DateField(label="Tot en met", required=False)
    medewerker = forms.ModelChoiceField(
        Medewerker.objects.order_by("achternaam", "voornaam"), required=False, empty_label="Alle medewerkers"
    )
    organisatie = forms.ModelChoiceField(
        Moederorganisatie.objects.order_by("naam"), required=False, empty_label="Alle organisaties"
    )
    soort = forms.ChoiceField(required=False, choices=[("", "Alle soorten"), *Soort.choices])
    actie = forms.ChoiceField(label="Handeling", required=False, choices=HANDELINGEN)
    inwoner = forms.CharField(
        label="Inwoner (nummer)",
        required=False,
        max_length=40,
        help_text="Het nummer in een regel, of het kenmerk (uuid).",
    )
    noodtoegang = forms.BooleanField(label="Alleen noodtoegang", required=False)

    def __init__(self, data: Any = None, *, vandaag: date | None = None) -> None:
        """Unbound (nothing asked yet) it shows the last GEWOON_DAGEN days."""
        self.begin = (vandaag or timezone.localdate()) - timedelta(days=GEWOON_DAGEN)
        if data is not None and "van" not in data and not data.get("inwoner"):
            data = data.copy()
            data["van"] = self.begin.isoformat()
        super().__init__(data, initial={"van": self.begin})

    def clean_inwoner(self) -> int | None:
        given = self.cleaned_data["inwoner"].strip()
        if not given:
            return None
        if given.isdecimal():
            return int(given)
        try:
            found = inwoner_id_of(UUID(given))
        except ValueError as error:
            raise ValidationError("Dit is geen nummer en geen kenmerk van een inwoner.") from error
        if found is None:
            raise ValidationError("Met dit kenmerk is er geen inwoner.")
        return found

    def asked(self) -> Filter:
        """The filter; of a form that isn't bound, the default period."""
        if not self.is_bound:
            return Filter(van=self.begin)
        clean = self.cleaned_data
        return Filter(
            medewerker_id=clean["medewerker"].pk if clean["medewerker"] else None,
            organisatie_id=clean["organisatie"].pk if clean["organisatie"] else None,
            soort=clean["soort"],
            actie=clean["actie"],
            inwoner_id=clean["inwoner"],
            van=clean["van"],
            tot=clean["tot"],
            noodtoegang=clean["noodtoegang"],
        )


class MaandForm(forms.Form):
    """One month, as YYYY-MM."""

    maand = forms.DateField(
        label="Maand", required=False, input_formats=["%Y-%m"], widget=forms.TextInput({"type": "month"})
    )
