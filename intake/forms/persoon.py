"""De velden over een mens en over de acht leefgebieden, gedeeld door meer dan één formulier."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property

from intake.forms.velden import (
    GeborenField,
    HuisnummerField,
    KeuzeField,
    PostcodeField,
    Tekst,
    TelefoonField,
    read_id,
    sentence,
)
from intake.kandidaten import Kenmerken
from intake.methodekeuze import asked_methode
from intake.models import Melding, Score, Uitvraagmethode
from intake.models.uitvraag import Antwoord
from intake.vragen import Vragen
from skt.inwoners.buurten import Buurt
from skt.inwoners.models import Geslacht, Inwoner, VeiligContact
from skt.inwoners.normalisatie import is_telefoon, normalise_telefoon, split_achternaam
from skt.kern import werkcontext
from skt.kern.keuzelijsten import Leefgebied
from skt.web.matrix import METHODE_OP_PAGINA

BUURTEN = [("", "Niet bekend"), *sorted(Buurt.choices, key=lambda keuze: str(keuze[1]))]
NIEUW = "nieuw"
"""Waarde van inwoner_keuze: ‘het is echt iemand anders’."""
PERSOON = (
    "roepnaam", "achternaam", "voorvoegsel", "geboren", "postcode", "huisnummer", "telefoon", "email", "taal", "geboortenaam",
    "veilig_contact_toelichting",
)  # fmt: skip

NU_NAKIJKEN = ("geboren", "postcode", "huisnummer", "telefoon", "email", "melder_telefoon")
"""Wat met een vorm geschreven wordt."""


class PersoonVelden(forms.Form):
    """Over wie gaat het: een bekende inwoner (inwoner_keuze), of iemand die nieuw is."""

    inwoner_keuze = Tekst(required=False, max_length=20, widget=forms.HiddenInput)
    roepnaam = Tekst(label="Voornaam", required=False, max_length=60)
    achternaam = Tekst(label="Achternaam", required=False, max_length=80)
    voorvoegsel = Tekst(label="Tussenvoegsel", required=False, max_length=20)
    geboren = GeborenField(label="Geboren", required=False, max_length=40)
    postcode = PostcodeField(label="Postcode, nr.", required=False)
    huisnummer = HuisnummerField(label="Huisnummer", required=False, max_length=20)
    buurtcode = KeuzeField(label="Buurt", choices=BUURTEN, required=False)
    telefoon = TelefoonField(label="Telefoon", required=False)
    geboortenaam = Tekst(label="Geboortenaam", required=False, max_length=80)
    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    geslacht = KeuzeField(label="Geslacht", choices=Geslacht, initial=Geslacht.ONBEKEND, required=False)
    taal = Tekst(label="Taal", required=False, max_length=40)
    veilig_contact = KeuzeField(
        label="Veilig contact", choices=VeiligContact, initial=VeiligContact.JA, required=False
    )
    veilig_contact_toelichting = Tekst(label="Hoe en wanneer", required=False, max_length=200)
    geheim_adres = forms.BooleanField(label="Geheim adres", required=False)

    def clean_inwoner_keuze(self) -> str:
        """Leeg, ‘nieuw’, of het nummer van een inwoner; al het andere is geen keuze."""
        keuze = self.cleaned_data["inwoner_keuze"]
        if keuze in {"", NIEUW} or read_id(keuze) is not None:
            return keuze
        raise ValidationError("Kies de inwoner opnieuw.")

    @property
    def gekozen_id(self) -> int | None:
        """De gekozen bekende inwoner; of die gekozen mág worden, gaat de view na."""
        return read_id(self["inwoner_keuze"].value() or "")

    @property
    def is_nieuw_bevestigd(self) -> bool:
        return str(self["inwoner_keuze"].value() or "") == NIEUW

    def zoekvraag(self) -> dict[str, Any]:
        """Wat er tot nu toe staat, als vraag aan search_inwoners; wat niet te lezen is telt niet mee."""
        geboren, _ = self._lenient("geboren") or (None, None)
        huisnummer, _ = self._lenient("huisnummer") or (None, "")
        _, naam = split_achternaam(self._lenient("achternaam") or "")
        telefoon = self._lenient("telefoon") or self._telefoon_van_melder()
        return {
            "naam": naam,
            "geboren": geboren,
            "postcode": self._lenient("postcode") or "",
            "huisnummer": huisnummer,
            "telefoon": telefoon,
        }

    def kenmerken(self) -> Kenmerken:
        """Wat twee mensen op één adres uit elkaar houdt."""
        geboren, jaar = self._lenient("geboren") or (None, None)
        return Kenmerken(self._lenient("roepnaam") or "", geboren, jaar, self._nummer_van_melder())

    def fouten_nu(self) -> dict[str, str]:
        """Wat in een veld staat en niet te lezen is, met de zin erbij: zolang er getypt wordt, voor wie het veld verlaat."""
        found = {}
        for name in NU_NAKIJKEN:
            if name in self.fields and (value := self[name].value()):
                try:
                    self.fields[name].clean(value)
                except ValidationError as error:
                    found[name] = str(error.messages[0])
        return found

    def nieuwe_inwoner(self) -> dict[str, Any]:
        """De velden voor register_inwoner, of niets als er niemand is ingevuld of iemand is gekozen."""
        data = self.cleaned_data
        if self.gekozen_id is not None or not data.get("achternaam"):
            return {}
        geboren: tuple[date | None, int | None] = data.get("geboren") or (None, None)
        huisnummer, toevoeging = data.get("huisnummer") or (None, "")
        voorvoegsel, achternaam = split_achternaam(data["achternaam"])
        return {
            "roepnaam": data["roepnaam"],
            "achternaam": achternaam,
            "geboortenaam": data["geboortenaam"],
            "voorvoegsel": data["voorvoegsel"] or voorvoegsel,
            "geboortedatum": geboren[0],
            "geboortejaar": geboren[1],
            "postcode": data["postcode"],
            "huisnummer": huisnummer,
            "toevoeging": toevoeging,
            "buurtcode": data["buurtcode"],
            "telefoon": data["telefoon"] or self._telefoon_van_melder(),
            "email": data["email"],
            "geslacht": data["geslacht"] or Geslacht.ONBEKEND,
            "taal": data["taal"],
            "veilig_contact": data["veilig_contact"] or VeiligContact.JA,
            "veilig_contact_toelichting": data["veilig_contact_toelichting"],
            "geheim_adres": data["geheim_adres"],
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("veilig_contact") == VeiligContact.BEPERKT and not data.get("veilig_contact_toelichting"):
            self.add_error(
                "veilig_contact_toelichting", sentence(Inwoner, "inwoner_veilig_contact_uitgelegd")
            )
        written = any(str(self[name].value() or "").strip() for name in PERSOON)
        if self.gekozen_id is None and written and not str(self["achternaam"].value() or "").strip():
            self.add_error(
                "achternaam", "Vul ook een achternaam in, of maak de andere velden over de inwoner leeg."
            )
        return data

    def _telefoon_van_melder(self) -> str:
        """Belt de inwoner zelf, dan is het nummer van de beller het nummer van de inwoner."""
        if "melder_soort" in self.fields and self["melder_soort"].value() == "inwoner zelf":
            return self._nummer_van_melder()
        return ""

    def _nummer_van_melder(self) -> str:
        """Het nummer waarmee gebeld wordt, van wie dan ook; half getypt telt niet."""
        if "melder_telefoon" not in self.fields:
            return ""
        nummer = str(self["melder_telefoon"].value() or "")
        return normalise_telefoon(nummer) if is_telefoon(nummer) else ""

    def _lenient(self, name: str) -> Any:
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None


class MatrixVelden(forms.Form):
    """Zes velden per leefgebied, zoals components/matrix.html ze tekent, met de vragen van de methode erbij."""

    vaste_methode: Uitvraagmethode | None = None
    """Van een uitvraag die er al is: de versie die het vroeg."""

    TEKSTEN = {
        "toelichting": "Toelichting",
        "eigen_kracht": "Eigen kracht",
        "netwerk": "Netwerk",
        "lopende_hulp": "Lopende hulp",
        "wens": "Wens",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for gebied in Leefgebied:
            self.fields[f"score_{gebied.value}"] = KeuzeField(
                label=f"{gebied.label}, score",
                choices=[("", "niet besproken"), *((str(score.value), score.label) for score in Score)],
                required=False,
            )
            for name, label in self.TEKSTEN.items():
                self.fields[f"{name}_{gebied.value}"] = Tekst(
                    label=f"{gebied.label}, {label.lower()}", lang=True, required=False
                )

    @cached_property
    def methode(self) -> Uitvraagmethode:
        """Die op de pagina stond toen ze verstuurd werd; anders die deze medewerker nu gebruikt.

        Het nummer is geen veld: in een concept hoort het niet, want morgen kan een andere methode gelden.
        """
        if self.vaste_methode is not None:
            return self.vaste_methode
        context = werkcontext.current_or_none()
        posted = read_id(self.data.get(METHODE_OP_PAGINA, "")) if self.is_bound else None
        return asked_methode(posted, context.medewerker_id if context else None, timezone.now())

    @property
    def gevraagd(self) -> Vragen:
        """Per leefgebied de vragen, in de volgorde waarin ze gesteld worden."""
        return self.methode.asked()

    def antwoorden(self) -> dict[str, dict[str, Any]]:
        """Per leefgebied wat er is gezegd; een leefgebied zonder iets blijft weg."""
        return {gebied: answer for gebied, answer in self.all_answers().items() if any(answer.values())}

    def all_answers(self) -> dict[str, dict[str, Any]]:
        """Alle acht, ook die leeg zijn (gemaakt)."""
        found = {}
        for gebied in Leefgebied:
            score = self.cleaned_data.get(f"score_{gebied.value}")
            answer: dict[str, Any] = {
                name: self.cleaned_data.get(f"{name}_{gebied.value}", "") for name in self.TEKSTEN
            }
            answer["score"] = int(score) if score else None
            found[gebied.value] = answer
        return found

    def besproken(self) -> list[str]:
        """De leefgebieden waarover tot nu toe iets staat."""
        return [
            gebied.value
            for gebied in Leefgebied
            if any(self[f"{name}_{gebied.value}"].value() for name in ("score", *self.TEKSTEN))
        ]


def stored_answers(melding: Melding) -> dict[str, Any]:
    """Wat er per leefgebied al staat, onder de namen van MatrixVelden."""
    found: dict[str, Any] = {}
    for antwoord in Antwoord.objects.filter(uitvraag__melding=melding):
        gebied = antwoord.leefgebied
        found[f"score_{gebied}"] = str(antwoord.score or "")
        for name in MatrixVelden.TEKSTEN:
            found[f"{name}_{gebied}"] = getattr(antwoord, name)
    return found
