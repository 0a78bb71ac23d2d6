"""De formulieren van de kwartiermaker: de vragen van een concept, in gebruik nemen, en wie welke methode gebruikt."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from intake.forms.persoon import MatrixVelden
from intake.forms.velden import DagField, KeuzeField, RijField, Tekst, read_id
from intake.methodekeuze import LOKETROLLEN
from intake.models import Uitvraagmethode
from intake.vragen import (
    ALGEMEEN,
    LABELS,
    MAX_VRAGEN,
    Vraag,
    Vragen,
    basis_of,
    check_vragen,
    write_vragen,
)
from skt.medewerkers.models import Medewerker, Moederorganisatie, Plaatsing, Team
from skt.web.crispy import Actiebalk, Invoer, Knop

ACTIE = re.compile(r"(omhoog|omlaag|weg)-([a-z]{1,20})-([0-9]{1,2})")
MAX_DOEL = 300
VER_VOORUIT = 366


class Rij(NamedTuple):
    """Eén vraag op de pagina, met haar velden en wat ermee kan."""

    nummer: int
    vraag: forms.BoundField
    toelichting: forms.BoundField
    eerst: forms.BoundField
    is_eerste: bool
    is_laatste: bool
    is_nieuw: bool


class VragenForm(forms.Form):
    """De vragen van een concept, alle acht leefgebieden op één pagina; onderaan ieder gebied is een lege regel.

    De knoppen (omhoog, omlaag, weg) bewaren meteen alles wat er staat, zodat er zonder JavaScript niets verloren gaat.
    `basis` zijn de merktekens van wat er stond toen de pagina kwam: zo hoort een tweede schrijver het.
    """

    doel = Tekst(
        label="Wat willen we met deze methode leren?",
        required=False,
        max_length=MAX_DOEL,
        help_text="Bijvoorbeeld: komt er meer boven tafel als we met de geldzorgen beginnen?",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        methode: Uitvraagmethode,
        vragen: Vragen | None = None,
        basis: Mapping[str, str] | None = None,
    ) -> None:
        self.rijen = vragen if vragen is not None else methode.read()
        self.basis = dict(basis or basis_of(methode.read(), methode.doel))
        super().__init__(
            _as_data(self.rijen, data) if data is not None else None, initial={"doel": methode.doel}
        )
        for gebied, label in LABELS.items():
            for nummer, vraag in enumerate([*self.rijen[gebied], Vraag("")]):
                self._add_row(gebied, label, nummer, vraag)

    def _add_row(self, gebied: str, label: str, nummer: int, vraag: Vraag) -> None:
        welke = f"{label}, vraag {nummer + 1}" if vraag.vraag else f"{label}, nieuwe vraag"
        self.fields[f"vraag_{gebied}_{nummer}"] = Tekst(label=welke, required=False, initial=vraag.vraag)
        self.fields[f"toelichting_{gebied}_{nummer}"] = Tekst(
            label=f"{welke}: toelichting voor de professional", required=False, initial=vraag.toelichting
        )
        self.fields[f"eerst_{gebied}_{nummer}"] = forms.BooleanField(
            label="Eerst vragen", required=False, initial=vraag.eerst
        )

    @classmethod
    def sent(cls, data: Mapping[str, Any], methode: Uitvraagmethode) -> "VragenForm":
        """Wat er verstuurd is, met de knop waarop gedrukt werd al uitgevoerd."""
        vragen = _moved({gebied: _rows(data, gebied) for gebied in LABELS}, str(data.get("actie", "")))
        basis = {deel: str(data.get(f"basis_{deel}", ""))[:16] for deel in (ALGEMEEN, *LABELS)}
        return cls(data, methode=methode, vragen=vragen, basis=basis)

    @property
    def gebieden(self) -> list[dict[str, Any]]:
        """Wat de pagina tekent: per leefgebied de rijen, met achteraan de lege."""
        return [
            {
                "sleutel": gebied,
                "label": label,
                "aantal": len(self.rijen[gebied]),
                "vol": len(self.rijen[gebied]) >= MAX_VRAGEN,
                "basis": self.basis.get(gebied, ""),
                "rijen": [self._row(gebied, nummer) for nummer in range(len(self.rijen[gebied]) + 1)],
                "fouten": self.gebiedfouten.get(gebied, []),
            }
            for gebied, label in LABELS.items()
        ]

    gebiedfouten: dict[str, list[str]] = {}

    def _row(self, gebied: str, nummer: int) -> Rij:
        aantal = len(self.rijen[gebied])
        return Rij(
            nummer,
            self[f"vraag_{gebied}_{nummer}"],
            self[f"toelichting_{gebied}_{nummer}"],
            self[f"eerst_{gebied}_{nummer}"],
            nummer == 0,
            nummer >= aantal - 1,
            nummer >= aantal,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.gebiedfouten = {}
        for fout in check_vragen(write_vragen(self.rijen)):
            name = f"{fout.veld}_{fout.gebied}_{fout.nummer}"
            if name in self.fields:
                self.add_error(name, fout.zin)
            else:
                self.gebiedfouten.setdefault(fout.gebied, []).append(fout.zin)
                self.add_error(None, fout.zin)
        return data


def _rows(data: Mapping[str, Any], gebied: str) -> list[Vraag]:
    """De vragen van één gebied zoals ze verstuurd zijn; een lege regel onderaan is geen vraag."""
    aantal = min(read_id(data.get(f"aantal_{gebied}", "0")) or 0, MAX_VRAGEN + 1)
    rows = [
        Vraag(
            str(data.get(f"vraag_{gebied}_{nummer}", "")).strip(),
            bool(data.get(f"eerst_{gebied}_{nummer}")),
            str(data.get(f"toelichting_{gebied}_{nummer}", "")).strip(),
        )
        for nummer in range(aantal + 1)
    ]
    *known, new = rows
    return [*known, new] if new.vraag or new.toelichting else known


def _moved(vragen: Vragen, actie: str) -> Vragen:
    """Wat een knop op de pagina met de volgorde doet; een vreemde knop doet niets."""
    found = ACTIE.fullmatch(actie)
    if not found or found[2] not in vragen:
        return vragen
    rows, nummer = vragen[found[2]], int(found[3])
    naast = {"omhoog": nummer - 1, "omlaag": nummer + 1}.get(found[1])
    if nummer >= len(rows) or (naast is not None and not 0 <= naast < len(rows)):
        return vragen
    if naast is None:
        del rows[nummer]
    else:
        rows[nummer], rows[naast] = rows[naast], rows[nummer]
    return vragen


def _as_data(vragen: Vragen, data: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"doel": data.get("doel", "")}
    for gebied, rows in vragen.items():
        for nummer, vraag in enumerate(rows):
            found[f"vraag_{gebied}_{nummer}"] = vraag.vraag
            found[f"toelichting_{gebied}_{nummer}"] = vraag.toelichting
            if vraag.eerst:
                found[f"eerst_{gebied}_{nummer}"] = "on"
    return found


class MethodeForm(forms.Form):
    """Een nieuwe methode naast wat er is."""

    naam = Tekst(
        label="Naam",
        max_length=80,
        error_messages={"required": "Geef de methode een naam."},
        help_text="Kort en herkenbaar, bijvoorbeeld: Korte uitvraag.",
    )
    doel = Tekst(label="Wat willen we ermee leren?", required=False, max_length=MAX_DOEL)

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "naam", "doel", Actiebalk(Knop("Maak het concept"), annuleer_url=annuleer_url)
        )


class IngebruikForm(forms.Form):
    """Vanaf welke dag, en of het meteen de standaard is."""

    vanaf = DagField(
        label="In gebruik vanaf", error_messages={"required": "Kies de dag waarop de methode ingaat."}
    )
    standaard = forms.BooleanField(
        label="Maak dit de standaard voor iedereen voor wie niets anders is gekozen", required=False
    )

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("vanaf", timezone.localdate())
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "vanaf", "standaard", Actiebalk(Knop("Neem in gebruik"), annuleer_url=annuleer_url)
        )

    def clean_vanaf(self) -> date:
        dag: date = self.cleaned_data["vanaf"]
        ver = (dag - timezone.localdate()).days
        if not 0 <= ver <= VER_VOORUIT:
            raise ValidationError("Kies een dag vanaf vandaag, en niet verder dan een jaar.")
        return dag

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("standaard") and data.get("vanaf") and data["vanaf"] > timezone.localdate():
            self.add_error(
                "standaard", "Dat kan pas op de dag dat de methode ingaat. Laat dit leeg, en kies het dan."
            )
        return data


class VerdelingForm(forms.Form):
    """Wie gebruikt welke methode: één medewerker, een team, een organisatie, of een deel om en om."""

    WIE = (
        ("aandeel", "Een deel van de medewerkers, om en om"),
        ("organisatie", "Een organisatie"),
        ("team", "Een team"),
        ("medewerker", "Eén medewerker"),
    )
    methode = RijField(
        label="Methode",
        queryset=Uitvraagmethode.objects.none(),
        empty_label="Kies een methode",
        error_messages={"required": "Kies een methode."},
    )
    wie = KeuzeField(
        label="Voor wie", choices=WIE, widget=forms.RadioSelect, error_messages={"required": "Kies voor wie."}
    )
    aandeel = forms.IntegerField(
        label="Hoeveel procent",
        required=False,
        min_value=1,
        max_value=99,
        error_messages={
            "invalid": "Schrijf een getal van 1 tot en met 99.",
            "min_value": "Een aandeel is 1 tot en met 99 procent.",
            "max_value": "Een aandeel is 1 tot en met 99 procent.",
        },
    )
    organisatie = RijField(
        label="Organisatie",
        queryset=Moederorganisatie.objects.none(),
        required=False,
        empty_label="Kies een organisatie",
    )
    team = RijField(label="Team", queryset=Team.objects.none(), required=False, empty_label="Kies een team")
    medewerker = RijField(
        label="Medewerker",
        queryset=Medewerker.objects.none(),
        required=False,
        empty_label="Kies een medewerker",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_loket = Plaatsing.objects.running().with_rol(LOKETROLLEN)
        choices: dict[str, Any] = self.fields
        choices["methode"].queryset = Uitvraagmethode.objects.asked_on(timezone.localdate()).order_by(
            "naam", "-versie"
        )
        choices["organisatie"].queryset = (
            Moederorganisatie.objects.filter(plaatsingen__in=at_loket).distinct().order_by("naam")
        )
        choices["team"].queryset = (
            Team.objects.filter(
                Q(plaatsingen__in=at_loket) | Q(soort__in=[Team.Soort.JEUGD, Team.Soort.VOLWASSENEN])
            )
            .distinct()
            .order_by("naam")
        )
        choices["medewerker"].queryset = (
            Medewerker.objects.filter(is_active=True, plaatsingen__in=at_loket)
            .distinct()
            .order_by("voornaam", "achternaam", "pk")
        )
        self.helper = FormHelper()
        self.helper.toon_optioneel = False
        self.helper.layout = Layout(
            "methode",
            "wie",
            Invoer("aandeel", hint="50 is om en om: de helft van de medewerkers.", kort=True),
            "organisatie",
            "team",
            "medewerker",
            Actiebalk(Knop("Leg vast, vanaf vandaag")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wie = data.get("wie")
        if wie and not data.get(wie) and wie not in self.errors:
            wat = {"aandeel": "hoeveel procent", "organisatie": "welke organisatie", "team": "welk team"}
            self.add_error(wie, f"Kies {wat.get(wie, 'welke medewerker')}.")
        return data

    def keuze(self) -> dict[str, Any]:
        """Wat assign_methode wil: de methode en precies één doel."""
        wie = self.cleaned_data["wie"]
        return {"methode": self.cleaned_data["methode"], wie: self.cleaned_data[wie]}


class VoorbeeldForm(MatrixVelden):
    """De matrix zoals het loket haar ziet; wat hier wordt ingevuld gaat nergens heen."""

    def __init__(self, *, methode: Uitvraagmethode) -> None:
        super().__init__(prefix="voorbeeld")
        self.vaste_methode = methode
