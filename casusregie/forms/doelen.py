"""Doelen: wat de inwoner wil bereiken, van welke score naar welke, en hoe het eindigt."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from casusregie.forms.velden import CasusForm
from casusregie.models import Doel
from casusregie.services import Doelwoorden, Uitkomst
from casusregie.status import DoelStatus
from intake.forms.velden import DagField, KeuzeField, Tekst
from skt.kern.keuzelijsten import Leefgebied
from skt.web.crispy import Actiebalk, Duo, Fieldset, Invoer, Knop, Segment
from skt.web.crispy import Tekst as Alinea

SCHAAL = "1 is acuut, 5 is: redt zich helemaal."
UITKOMSTEN = [
    (str(status.value), str(status.label))
    for status in (DoelStatus.BEHAALD, DoelStatus.DEELS, DoelStatus.NIET, DoelStatus.VERVALLEN)
]


class ScoreField(forms.TypedChoiceField):
    """Een score van 1 tot en met 5, als knoppen naast elkaar."""

    default_error_messages = {
        "required": "Kies een score.",
        "invalid_choice": "Kies een score van 1 tot en met 5.",
    }

    def __init__(self, **kwargs: Any) -> None:
        keuzes = [(score, str(score)) for score in Doel.Score.values]
        super().__init__(coerce=int, empty_value=None, choices=keuzes, widget=forms.RadioSelect, **kwargs)


def uitkomst_velden(doel: Doel) -> dict[str, forms.Field]:
    """Hoe een doel eindigt; welke velden erbij moeten zegt de dienst, want dat hangt van de uitkomst af."""
    return {
        "uitkomst": KeuzeField(
            label="Hoe eindigt het doel?",
            choices=UITKOMSTEN,
            widget=forms.RadioSelect,
            error_messages={"required": "Kies hoe dit doel eindigt."},
        ),
        "eindscore": ScoreField(label="Score nu", required=False),
        "toelichting": Tekst(label="Toelichting", lang=True, required=False, max_length=300),
        "versie": forms.IntegerField(
            widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6, initial=doel.versie
        ),
    }


def read_uitkomst(data: Mapping[str, Any], voor: str = "") -> Uitkomst:
    """De uitkomst uit velden met deze letters ervoor; `op` staat er alleen bij één doel."""
    return Uitkomst(
        data[f"{voor}uitkomst"],
        data.get(f"{voor}eindscore"),
        data.get(f"{voor}toelichting", ""),
        data.get(f"{voor}op"),
        data.get(f"{voor}versie"),
    )


def uitkomst_blok(doel: Doel, voor: str, nu: int | None) -> Fieldset:
    """De velden van één doel onder zijn eigen kop."""
    return Fieldset(
        f"{doel.get_leefgebied_display()}: {doel.wat}",
        Alinea(f"Van score {doel.startscore} naar {doel.doelscore}.{last_measured(nu)}"),
        f"{voor}versie",
        Segment(f"{voor}uitkomst"),
        Segment(f"{voor}eindscore", soms_verplicht=True, hint=SCHAAL),
        Invoer(f"{voor}toelichting", soms_verplicht=True, rows=2),
    )


def last_measured(nu: int | None) -> str:
    return f" Laatst gemeten: {nu}." if nu else ""


class DoelForm(CasusForm):
    """Een nieuw doel, of een open doel dat wijzigt."""

    leefgebied = KeuzeField(
        label="Leefgebied",
        choices=[("", "Kies een leefgebied"), *Leefgebied.choices],
        error_messages={"required": "Kies een leefgebied."},
    )
    wat = Tekst(
        label="Wat wil de inwoner bereiken?",
        max_length=200,
        help_text="In de woorden van de inwoner.",
        error_messages={"required": "Schrijf op wat de inwoner wil bereiken."},
    )
    startscore = ScoreField(label="Start")
    doelscore = ScoreField(label="Doel")
    uiterlijk = DagField(label="Uiterlijk", error_messages={"required": "Kies een dag."})
    akkoord_op = DagField(
        label="De inwoner is akkoord sinds", required=False, help_text="Leeg: nog niet besproken."
    )

    def __init__(self, *args: Any, doel: Doel | None = None, nu: Mapping[str, int], **kwargs: Any) -> None:
        namen = ("leefgebied", "wat", "startscore", "doelscore", "uiterlijk", "akkoord_op", "versie")
        if doel:
            kwargs["initial"] = {name: getattr(doel, name) for name in namen}
        super().__init__(*args, **kwargs)
        gemeten = " · ".join(f"{Leefgebied(gebied).label} {score}" for gebied, score in nu.items())
        self.helper.layout = Layout(
            "versie",
            "leefgebied",
            "wat",
            Segment("startscore", hint=f"{SCHAAL} Laatst gemeten: {gemeten}." if gemeten else SCHAAL),
            Segment("doelscore", hint="Dezelfde score als de start kan ook: het blijft zoals het is."),
            Duo("uiterlijk", "akkoord_op", gelijk=True),
            Actiebalk(Knop("Bewaar" if doel else "Zet dit doel"), annuleer_url=self.annuleer_url),
        )

    def woorden(self) -> Doelwoorden:
        """Wat er is opgeschreven, zoals de dienst het vraagt."""
        return Doelwoorden(**{name: value for name, value in self.cleaned_data.items() if name != "versie"})


class UitkomstForm(CasusForm):
    """Hoe één doel eindigt, en op welke dag dat was."""

    op = DagField(label="Op welke dag?", error_messages={"required": "Kies een dag."})

    def __init__(self, *args: Any, doel: Doel, nu: int | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"op": timezone.localdate(), "versie": doel.versie}
        super().__init__(*args, **kwargs)
        self.fields |= uitkomst_velden(doel)
        self.helper.layout = Layout(
            "versie",
            Alinea(
                f"{doel.get_leefgebied_display()}, van score {doel.startscore} naar {doel.doelscore}.{last_measured(nu)}"
                " Een uitkomst blijft staan. Wil de inwoner verder? Zet dan een nieuw doel."
            ),
            "uitkomst",
            Segment(
                "eindscore",
                soms_verplicht=True,
                hint=f"{SCHAAL} Vervalt het doel, dan is er geen score nodig.",
            ),
            Invoer("toelichting", soms_verplicht=True, hint="Nodig als het doel vervalt."),
            "op",
            Actiebalk(Knop("Bewaar de uitkomst"), annuleer_url=self.annuleer_url),
        )

    def uitkomst(self) -> Uitkomst:
        return read_uitkomst(self.cleaned_data)
