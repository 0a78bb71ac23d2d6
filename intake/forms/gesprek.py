"""Het gesprek: één formulier voor alles wat er aan de telefoon gezegd wordt."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from intake.forms.halfgetypt import OPEN_GEBIED, fill_form, typed_fields
from intake.forms.persoon import MatrixVelden, PersoonVelden
from intake.forms.velden import (
    DagField,
    KeuzeField,
    MeerkeuzeField,
    MomentField,
    RijField,
    Tekst,
    TelefoonField,
    read_id,
    sentence,
)
from intake.models import Aard, Contactmoment, Kanaal, Meervoudigheid, MelderSoort, Melding, Spoor
from intake.services import Route
from intake.wettelijk import REGELS, codes_of
from skt.kern.keuzelijsten import Thema
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Moederorganisatie
from socialekaart.models import Voorziening

MAX_VOORZIENINGEN = 20
VERDER_DAN = timedelta(days=730)
JA, NEE = "ja", "nee"
TERUGBELLEN = "Terugbellen"
AFSPRAAK = "Afspraak plannen"
NIET_BEWAREN = {"versie", "actie", "csrfmiddlewaretoken", "kies", "geef_mee", "neem_terug"}


TOETSEN = {
    "kanaal": ("Alt+K", "naar het kanaal"),
    "melder_soort": ("Alt+M", "naar de melder"),
    "melder_naam": ("Alt+W", "naar de naam van de beller"),
    "doorverbonden_vanuit": ("Alt+R", "naar doorverbonden door"),
    "roepnaam": ("Alt+O", "naar over wie het gaat"),
}
"""Eén toets naar een veld; de andere staan in de sjablonen van het gesprek."""


class GesprekForm(MatrixVelden, PersoonVelden):
    """`route` zegt met welke knop er wordt afgerond: dan telt mee wat die knop nodig heeft."""

    kanaal = KeuzeField(label="Kanaal", choices=Kanaal, initial=Kanaal.TELEFONISCH)
    melder_soort = KeuzeField(label="Melder", choices=MelderSoort, initial=MelderSoort.INWONER_ZELF)
    melder_naam = Tekst(label="Naam", required=False, max_length=120)
    melder_telefoon = TelefoonField(label="Telefoon", required=False)
    doorverbonden_vanuit = RijField(
        label="Doorver\u00adbonden door", queryset=Moederorganisatie.objects.none(), required=False,
        empty_label="Niemand, belt zelf",
    )  # fmt: skip
    inwoner_weet_ervan = KeuzeField(
        label="Weet ervan", choices=[(JA, "Ja"), (NEE, "Nee")], required=False, widget=forms.RadioSelect
    )
    waarom_niet = Tekst(label="Waarom niet", required=False, max_length=300)
    hulpvraag = Tekst(label="De vraag in eigen woorden", lang=True)
    aard = KeuzeField(label="Aard", choices=Aard, initial=Aard.HULPVRAAG)
    themas = MeerkeuzeField(
        label="Thema’s", choices=Thema, required=False, widget=forms.CheckboxSelectMultiple
    )
    spoor = KeuzeField(label="Spoor", choices=[("", "Nog niet gekozen"), *Spoor.choices], required=False)
    meervoudigheid = KeuzeField(
        label="Meervoudigheid", choices=Meervoudigheid, required=False, widget=forms.RadioSelect
    )
    spoed = forms.BooleanField(label="Spoed", required=False)
    voorzieningen = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    toelichting = Tekst(label="Advies of afspraak", lang=True, required=False)
    volgende_stap = Tekst(label="Volgende stap", required=False, max_length=200)
    uiterlijk = DagField(label="Uiterlijk", required=False)
    gewaarschuwd = Tekst(label="Wie heeft u gewaarschuwd?", required=False, max_length=200)
    gewaarschuwd_op = MomentField(label="Wanneer?", required=False)

    def __init__(self, *args: Any, route: str = "", at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.route = route
        self.at = at or timezone.now()
        organisaties: Any = self.fields["doorverbonden_vanuit"]
        organisaties.queryset = Moederorganisatie.objects.order_by("naam")
        for regel in REGELS:
            self.fields[regel.naam] = forms.BooleanField(label=regel.label, required=False)
        for name, (toets, doet) in TOETSEN.items():
            self.fields[name].widget.attrs.update({"data-toets": toets, "data-toets-doet": doet})
        for name in ("hulpvraag", "kanaal", "melder_soort", "aard"):
            self.fields[name].error_messages["required"] = {
                "hulpvraag": sentence(Melding, "melding_heeft_hulpvraag"),
                "kanaal": sentence(Contactmoment, "contactmoment_kanaal_bestaat"),
                "melder_soort": sentence(Contactmoment, "contactmoment_melder_bestaat"),
            }.get(name, "Kies iets uit de lijst.")

    # -- what was typed so far

    @classmethod
    def typed(cls, data: Any, fields: Iterable[str]) -> dict[str, list[str]]:
        """De ruwe invoer om te bewaren: alleen velden van dit formulier, alleen wat gevuld is."""
        return typed_fields(data, (name for name in fields if name not in NIET_BEWAREN))

    @classmethod
    def from_concept(cls, gegevens: dict[str, Any], **kwargs: Any) -> "GesprekForm":
        """Het formulier zoals het bewaard was; alles staat er weer, ook wat nog niet klopt."""
        form = cls(initial={}, **kwargs)
        fill_form(form, gegevens, meer=("voorzieningen",))
        form.opened = str((gegevens.get(OPEN_GEBIED) or [""])[-1])
        return form

    opened = ""

    @property
    def voorziening_ids(self) -> list[int]:
        """Wat al is meegegeven; alleen echte nummers tellen."""
        values = self["voorzieningen"].value() or []
        values = values if isinstance(values, list | tuple) else [values]
        numbers = filter(None, map(read_id, values))
        return list(dict.fromkeys(numbers))[:MAX_VOORZIENINGEN]

    @property
    def gekozen_themas(self) -> list[str]:
        return [thema for thema in self["themas"].value() or [] if thema in Thema.values]

    # -- checks

    def clean_voorzieningen(self) -> list[Voorziening]:
        return list(Voorziening.objects.filter(pk__in=self.voorziening_ids).order_by("naam"))

    def clean_uiterlijk(self) -> Any:
        dag = self.cleaned_data["uiterlijk"]
        vandaag = timezone.localtime(self.at).date()
        if dag and not vandaag <= dag <= vandaag + VERDER_DAN:
            raise ValidationError("Kies een dag vanaf vandaag, en niet verder dan twee jaar.")
        return dag

    def clean_gewaarschuwd_op(self) -> Any:
        moment = self.cleaned_data["gewaarschuwd_op"]
        if moment and moment > self.at:
            raise ValidationError("Dit moment ligt in de toekomst.")
        return moment

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("melder_soort") == MelderSoort.ANONIEM and (
            data.get("melder_naam") or data.get("melder_telefoon")
        ):
            self.add_error("melder_naam", sentence(Contactmoment, "contactmoment_anoniem_zonder_naam"))
        if data.get("inwoner_weet_ervan") == NEE and not data.get("waarom_niet"):
            self.add_error("waarom_niet", sentence(Melding, "melding_onwetend_heeft_reden"))
        self._clean_route(data)
        return data

    def _clean_route(self, data: dict[str, Any]) -> None:
        if self.route == Route.CRISISROUTE:
            if not data.get("gewaarschuwd") and "gewaarschuwd" not in self.errors:
                self.add_error("gewaarschuwd", "Schrijf op wie u heeft gewaarschuwd.")
            if not data.get("gewaarschuwd_op") and "gewaarschuwd_op" not in self.errors:
                self.add_error("gewaarschuwd_op", "Vul in wanneer u heeft gewaarschuwd.")
        if (
            self.route == Route.ANDERE_TOEGANG
            and not data.get("toelichting")
            and "toelichting" not in self.errors
        ):
            self.add_error("toelichting", "Schrijf op waarheen u heeft verwezen.")
        if (
            self.route == Route.TRIAGE
            and not self.over_iemand
            and data.get("melder_soort") != MelderSoort.ANONIEM
        ):
            self.add_error(
                "achternaam", "Vul in over wie het gaat. Weet u het niet, kies dan bij melder: anoniem."
            )
        if self.route == Route.HULPVERLENING and bool(data.get("volgende_stap")) != bool(
            data.get("uiterlijk")
        ):
            empty = "uiterlijk" if data.get("volgende_stap") else "volgende_stap"
            if empty not in self.errors:
                self.add_error(
                    empty, "Een vervolg heeft een volgende stap én een dag waarop die uiterlijk gebeurt."
                )

    @property
    def over_iemand(self) -> bool:
        return self.gekozen_id is not None or bool(str(self["achternaam"].value() or "").strip())

    # -- what the services want

    def contact(self) -> dict[str, Any]:
        names = ("kanaal", "melder_soort", "melder_naam", "melder_telefoon", "doorverbonden_vanuit")
        return {name: self.cleaned_data[name] for name in names}

    def melding(self) -> dict[str, Any]:
        names = ("hulpvraag", "aard", "themas", "spoor", "meervoudigheid", "waarom_niet", "spoed")
        weet = {JA: True, NEE: False}.get(self.cleaned_data["inwoner_weet_ervan"])
        return {**{name: self.cleaned_data[name] for name in names}, "inwoner_weet_ervan": weet}

    def termijnen(self) -> list[str]:
        return codes_of(regel.naam for regel in REGELS if self.cleaned_data.get(regel.naam))

    def afronding(self) -> dict[str, Any]:
        """Wat de handeling van deze route nodig heeft; Later belt standaard de volgende werkdag terug."""
        data = self.cleaned_data
        match self.route:
            case Route.HULPVERLENING:
                return {name: data[name] for name in ("toelichting", "volgende_stap", "uiterlijk")}
            case Route.CRISISROUTE:
                return {name: data[name] for name in ("toelichting", "gewaarschuwd", "gewaarschuwd_op")}
            case Route.LATER | Route.TERUGBELLEN | Route.AFSPRAAK:
                standaard = AFSPRAAK if self.route == Route.AFSPRAAK else self._terugbellen()
                return {
                    "toelichting": data["toelichting"],
                    "volgende_stap": data["volgende_stap"] or standaard,
                    "uiterlijk": data["uiterlijk"] or add_werkdagen(timezone.localtime(self.at).date(), 1),
                }
            case _:
                return {"toelichting": data["toelichting"]}

    def _terugbellen(self) -> str:
        telefoon = self.cleaned_data["melder_telefoon"] or self.cleaned_data["telefoon"]
        return f"{TERUGBELLEN}: {telefoon}" if telefoon else TERUGBELLEN
