"""Velden zoals mensen ze invullen: een geboortedatum of alleen een jaar, 17a, een nummer met of zonder streepje."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Model
from django.utils import timezone
from localflavor.nl.forms import NLBSNFormField, NLZipCodeField

from intake.loketlijst.datums import parse_dag
from skt.inwoners.models import Inwoner
from skt.inwoners.normalisatie import is_telefoon, normalise_telefoon

DAGVORMEN = ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y")
MOMENTVORMEN = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M")
HUISNUMMER = re.compile(r"^([1-9][0-9]{0,4})\s*[-/]?\s*([0-9A-Za-z .-]{0,10})$")
JAAR = re.compile(r"^[12][0-9]{3}$")
EERSTE_JAAR = 1890
MAX_TEKST = 20_000


MAX_CIJFERS = 18
"""More digits than this is no id of ours."""


def read_id(value: Any) -> int | None:
    """A row's number as it came from a page; None for anything else."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_CIJFERS else None


def sentence(model: type[Model], constraint: str) -> str:
    """The constraint's own sentence: what the database refuses, the form refuses in the same words."""
    found = next(c for c in model._meta.constraints if c.name == constraint)
    return str(found.get_violation_error_message())


class Tekst(forms.CharField):
    """Text that people write: no length that breaks a page, and nothing a keyboard can't make."""

    default_error_messages = {
        "null_characters_not_allowed": "Deze tekst bevat tekens die we niet kunnen bewaren."
    }

    def __init__(self, *, lang: bool = False, max_length: int = MAX_TEKST, **kwargs: Any) -> None:
        if lang:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(max_length=max_length, **kwargs)
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = f"Maak de tekst korter: ten hoogste {max_length} tekens."
        # A widget's own limit would cut what is pasted, without a word.
        self.widget.attrs.pop("maxlength", None)


class TelefoonField(Tekst):
    """A number that could be called, in our one spelling."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)
        self.widget.input_type = "tel"

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and not is_telefoon(text):
            raise ValidationError("Dit telefoonnummer klopt niet. Controleer de cijfers.")
        return normalise_telefoon(text)


class PostcodeField(NLZipCodeField):
    default_error_messages = {
        "invalid": "Een postcode is vier cijfers en twee letters, bijvoorbeeld 2244 QF.",
        "null_characters_not_allowed": "Een postcode is vier cijfers en twee letters, bijvoorbeeld 2244 QF.",
    }


class BsnField(NLBSNFormField):
    default_error_messages = {
        "invalid": "Dit BSN klopt niet. Controleer de negen cijfers.",
        "max_length": "Dit BSN klopt niet. Controleer de negen cijfers.",
        "null_characters_not_allowed": "Dit BSN klopt niet. Controleer de negen cijfers.",
    }

    def clean(self, value: Any) -> str:
        return super().clean(re.sub(r"[\s.]", "", value) if isinstance(value, str) else value)


class HuisnummerField(Tekst):
    """‘17a’ → (17, ‘a’); leeg → (None, ‘’)."""

    def clean(self, value: Any) -> tuple[int | None, str]:
        text = super().clean(value)
        if not text:
            return None, ""
        found = HUISNUMMER.match(text)
        if not found:
            raise ValidationError("Schrijf het huisnummer als 17 of 17a.")
        return int(found[1]), found[2].strip()


class DagField(forms.DateField):
    """Een dag, getypt als 3-11-2026 of gekozen in de kalender."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {})["invalid"] = (
            "Schrijf de dag als dag-maand-jaar, bijvoorbeeld 3-11-2026."
        )
        super().__init__(input_formats=DAGVORMEN, **kwargs)


class MomentField(forms.DateTimeField):
    """Een dag met een tijd."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {})["invalid"] = (
            "Vul de dag en de tijd in, bijvoorbeeld 3-11-2026 14:30."
        )
        super().__init__(input_formats=MOMENTVORMEN, **kwargs)


class GeborenField(Tekst):
    """Een geboortedatum of alleen het jaar → (datum, jaar), waarvan er hoogstens één gevuld is."""

    def clean(self, value: Any) -> tuple[date | None, int | None]:
        text = super().clean(value)
        if not text:
            return None, None
        vandaag = timezone.localdate()
        if JAAR.match(text):
            return None, self._within(int(text), vandaag)
        dag = parse_dag(text, jaar=vandaag.year, geboren=True)
        if dag is None:
            raise ValidationError(
                "Schrijf de geboortedatum als 8-3-1942. Weet u alleen het jaar, schrijf dan 1942."
            )
        if dag > vandaag:
            raise ValidationError("Deze geboortedatum ligt in de toekomst.")
        if dag.year < EERSTE_JAAR:
            raise ValidationError(sentence(Inwoner, "inwoner_geboortedatum_zinnig"))
        return dag, None

    def _within(self, jaar: int, vandaag: date) -> int:
        if jaar > vandaag.year:
            raise ValidationError("Dit geboortejaar ligt in de toekomst.")
        if jaar < EERSTE_JAAR:
            raise ValidationError(sentence(Inwoner, "inwoner_geboortejaar_zinnig"))
        return jaar


def show_geboren(inwoner: Inwoner) -> str:
    """How GeborenField wants it back."""
    if inwoner.geboortedatum:
        return f"{inwoner.geboortedatum:%d-%m-%Y}"
    return str(inwoner.geboortejaar or "")


class KeuzeField(forms.ChoiceField):
    """Een keuze uit een lijst; wat er niet in staat krijgt een zin in gewone woorden."""

    default_error_messages = {"invalid_choice": "Kies iets uit de lijst."}


class MeerkeuzeField(forms.MultipleChoiceField):
    default_error_messages = {
        "invalid_choice": "Kies alleen iets uit de lijst.",
        "invalid_list": "Kies iets uit de lijst.",
    }


class RijField(forms.ModelChoiceField):
    """Eén rij uit een lijst; een vreemd of te groot getal is gewoon geen keuze."""

    default_error_messages = {"invalid_choice": "Kies iets uit de lijst."}

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and read_id(getattr(value, "pk", value)) is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)
