"""Eén regel van een protocol als formulier: elke voorwaarde uit een lijst, zodat niemand hoeft te programmeren."""

from collections.abc import Collection
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from intake.forms.velden import KeuzeField, MeerkeuzeField, Tekst
from intake.models import Aard, Meervoudigheid, Spoor
from skt.kern.keuzelijsten import Leefgebied, Thema
from skt.web.crispy import Actiebalk, Chips, Duo, Fieldset, Invoer, Knop
from skt.web.crispy import Tekst as Zin
from triage.models import Bord, Ernst, Uitkomst, Urgentie
from triage.protocol.regels import (
    ANTWOORDEN,
    HOOGSTE,
    LAAGSTE,
    LANGSTE_ZIN,
    OUDSTE,
    Regel,
    RegelInvalid,
    read_regel,
    write_regels,
)

MAAKT_NIET_UIT = ("", "Maakt niet uit")
ZEGT_NIETS = ("", "Zegt hier niets over")
SCORES = [
    MAAKT_NIET_UIT,
    *(
        (str(score), "1 (acuut)" if score == LAAGSTE else f"{score} of lager")
        for score in range(LAAGSTE, HOOGSTE)
    ),
]
MEESTE_ZINNEN = 6


def _vinken(label: str, keuzes: Any, hint: str = "") -> MeerkeuzeField:
    return MeerkeuzeField(
        label=label, choices=keuzes, required=False, widget=forms.CheckboxSelectMultiple, help_text=hint
    )


def _keuze(label: str, keuzes: Any, leeg: tuple[str, str], hint: str = "") -> KeuzeField:
    return KeuzeField(label=label, choices=[leeg, *keuzes], required=False, help_text=hint)


def _getal(label: str, laagste: int, hoogste: int) -> forms.IntegerField:
    zin = f"Vul een getal van {laagste} tot en met {hoogste} in."
    return forms.IntegerField(
        label=label, required=False, min_value=laagste, max_value=hoogste,
        error_messages={"invalid": zin, "min_value": zin, "max_value": zin},
    )  # fmt: skip


class RegelForm(forms.Form):
    """‘Als … dan …’. `was` is het merkteken van de regel die op de pagina stond; leeg is een nieuwe regel."""

    was = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    naam = Tekst(
        label="Naam van de regel",
        max_length=LANGSTE_ZIN,
        error_messages={"required": "Geef de regel een naam, bijvoorbeeld ‘Dreigende ontruiming’."},
        help_text="Kort en herkenbaar. Wie weegt, ziet deze naam bij het advies.",
    )
    na = KeuzeField(
        label="Plaats", required=False, help_text="Wat een eerdere regel zegt, verandert een latere niet."
    )
    themas = _vinken("Thema", Thema.choices, "Eén ervan is genoeg.")
    themas_ook = _vinken(
        "En ook een van deze thema’s", Thema.choices, "Voor wie twee soorten vragen tegelijk heeft."
    )
    aard = _vinken("Waar het om gaat", Aard.choices)
    spoor = _vinken("Spoor", Spoor.choices)
    meervoudigheid = _keuze("Eén vraag of meer", Meervoudigheid.choices, MAAKT_NIET_UIT)
    leeftijd_van = _getal("Leeftijd vanaf", 0, OUDSTE)
    leeftijd_tot = _getal("Leeftijd tot en met", 0, OUDSTE)
    aantal_minstens = _getal("Minstens zoveel leefgebieden", 1, len(Leefgebied.values))
    aantal_score = _keuze("met deze score", SCORES[1:], MAAKT_NIET_UIT)
    termijnen = _vinken("Een van deze termijnen is begonnen", [], "Ook als zij al gehaald is.")
    genoemd = _vinken("In de uitvraag staat iets over", ANTWOORDEN.items(), "Eén ervan is genoeg.")
    niet_genoemd = _vinken("In de uitvraag staat niets over", ANTWOORDEN.items())
    spoed = forms.BooleanField(label="Het loket zegt dat het niet kan wachten", required=False)
    uitkomst = _keuze("Waarheen", Uitkomst.choices, ZEGT_NIETS)
    bord = _keuze("Team (bij het aanmeldoverleg)", Bord.choices, ZEGT_NIETS)
    urgentie = _keuze("Urgentie", Urgentie.choices, ZEGT_NIETS)
    ernst = _keuze("Ernst", Ernst.choices, ZEGT_NIETS)
    waarschuw = Tekst(
        label="Let op: wie te waarschuwen",
        required=False,
        lang=True,
        help_text="Elke zin op een eigen regel.",
    )
    wet = Tekst(
        label="Wat de wet vraagt", required=False, lang=True,
        help_text="Elke zin op een eigen regel, met het artikel erbij.",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        termijnen: dict[str, str],
        plekken: list[tuple[str, str]],
        annuleer_url: str,
        later: Collection[str] = (),
        regel: Regel | None = None,
        **kwargs: Any,
    ) -> None:
        """`later`: terms that no melding has before its triage; only a rule that asks for one already shows it."""
        if regel is not None:
            kwargs["initial"] = {**_as_initial(regel), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        gevraagd = regel.als.termijnen if regel else frozenset()
        known = {code: naam for code, naam in termijnen.items() if code not in later or code in gevraagd}
        # A term that went out of the list stays in sight, so that it can be taken away.
        known |= {code: f"{code} (bestaat niet meer)" for code in gevraagd if code not in known}
        velden: dict[str, Any] = self.fields
        velden["termijnen"].choices = list(known.items())
        velden["na"].choices = plekken
        for gebied, label in Leefgebied.choices:
            velden[f"score_{gebied}"] = _keuze(str(label), SCORES[1:], MAAKT_NIET_UIT)
        self.helper = FormHelper()
        self.helper.toon_optioneel = False
        self.helper.layout = Layout(
            "was",
            Fieldset("De regel", "naam", "na"),
            Fieldset(
                "Als dit allemaal geldt",
                Zin("Wat u leeg laat, vraagt niets. Laat alles leeg voor een regel die altijd geldt."),
                Chips("themas"),
                Chips("themas_ook"),
                Chips("aard"),
                Chips("spoor"),
                "meervoudigheid",
                Duo("leeftijd_van", "leeftijd_tot", gelijk=True),
                Chips("termijnen"),
                "spoed",
            ),
            Fieldset(
                "En dit uit de uitvraag",
                Zin(
                    "Een score loopt van 1 (acuut) tot 5 (volledig zelfredzaam). Niet besproken telt niet mee."
                ),
                *(
                    Duo(f"score_{een}", f"score_{ander}", gelijk=True)
                    for een, ander in zip(Leefgebied.values[::2], Leefgebied.values[1::2], strict=True)
                ),
                Duo("aantal_minstens", "aantal_score", gelijk=True),
                Chips("genoemd"),
                Chips("niet_genoemd"),
            ),
            Fieldset(
                "Dan raadt het protocol dit aan",
                Duo("uitkomst", "bord", gelijk=True),
                Duo("urgentie", "ernst", gelijk=True),
                Invoer("waarschuw", rows=2),
                Invoer("wet", rows=2),
            ),
            Actiebalk(Knop("Bewaar de regel"), annuleer_url=annuleer_url),
        )

    def clean(self) -> dict[str, Any]:
        """Read it as the rule it will be; what it isn't is said at the field."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("aantal_minstens")) != bool(data.get("aantal_score")):
            veld = "aantal_score" if data.get("aantal_minstens") else "aantal_minstens"
            if veld not in self.errors and "aantal_minstens" not in self.errors:
                self.add_error(veld, "Kies allebei: hoeveel leefgebieden, en met welke score.")
        for veld in ("waarschuw", "wet"):
            if len(_lines(data.get(veld, ""))) > MEESTE_ZINNEN:
                self.add_error(veld, f"Schrijf hoogstens {MEESTE_ZINNEN} zinnen.")
        if not self.errors:
            try:
                self.regel = read_regel(self._as_gegevens(data))
            except RegelInvalid as error:
                self.refuse(error)
        return data

    def refuse(self, error: RegelInvalid) -> None:
        """At the field it is about; the parts that are several fields say it at the first."""
        veld = {"aantal": "aantal_minstens", "scores": f"score_{Leefgebied.values[0]}"}.get(
            error.veld, error.veld
        )
        self.add_error(veld if veld in self.fields else None, str(error))

    def _as_gegevens(self, data: dict[str, Any]) -> dict[str, Any]:
        als: dict[str, Any] = {
            naam: data[naam]
            for naam in ("themas", "themas_ook", "aard", "spoor", "termijnen", "genoemd", "niet_genoemd")
        }
        als |= {naam: data[naam] for naam in ("meervoudigheid", "leeftijd_van", "leeftijd_tot", "spoed")}
        als["scores"] = {
            gebied: int(score) for gebied in Leefgebied.values if (score := data[f"score_{gebied}"])
        }
        if data["aantal_minstens"]:
            als["aantal"] = {"minstens": data["aantal_minstens"], "score": int(data["aantal_score"])}
        dan: dict[str, Any] = {naam: data[naam] for naam in ("uitkomst", "bord", "urgentie", "ernst")}
        dan |= {naam: _lines(data[naam]) for naam in ("waarschuw", "wet")}
        return {"naam": data["naam"], "als": als, "dan": dan}


def _lines(tekst: str) -> list[str]:
    return [regel for regel in (" ".join(line.split()) for line in tekst.splitlines()) if regel]


def _as_initial(regel: Regel) -> dict[str, Any]:
    (stored,) = write_regels([regel])
    als, dan = dict(stored["als"]), dict(stored["dan"])
    scores = als.pop("scores", {})
    aantal = als.pop("aantal", None) or {}
    return {
        "naam": regel.naam,
        **als,
        **{f"score_{gebied}": str(score) for gebied, score in scores.items()},
        "aantal_minstens": aantal.get("minstens"),
        "aantal_score": str(aantal.get("score", "")),
        **dan,
        "waarschuw": "\n".join(regel.dan.waarschuw),
        "wet": "\n".join(regel.dan.wet),
    }


class ToelichtingForm(forms.Form):
    """Wat er in deze versie anders is, en waarom."""

    toelichting = Tekst(
        label="Wat is er anders in deze versie, en waarom?",
        required=False,
        max_length=300,
        help_text="Wie later terugkijkt, leest dit. Bijvoorbeeld: gezinnen met schulden gaan nu naar beide teams.",
    )
    was = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
