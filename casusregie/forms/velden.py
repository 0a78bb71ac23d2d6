"""Wat de formulieren van een casus delen: de versie, wie er te kiezen is, en een datum die nog moet komen."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from casusregie.models import Casus
from intake.forms.velden import DagField, RijField
from skt.medewerkers.models import Medewerker, Plaatsing


class MedewerkerField(RijField):
    """Eén medewerker; achter de naam staat waar die van is, of wat er verder van belang is (`bij`)."""

    bij: Mapping[int, str] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Medewerker.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        bij = self.bij.get(obj.pk, "")
        return f"{obj.naam} ({bij})" if bij else obj.naam


class KomendeDagField(DagField):
    """Een dag vanaf vandaag."""

    def clean(self, value: Any) -> Any:
        dag = super().clean(value)
        if dag and dag < timezone.localdate():
            raise ValidationError("Deze datum is al voorbij. Kies vandaag of later.")
        return dag


class CasusForm(forms.Form):
    """Een handeling op een casus; de versie gaat mee, zodat niemand over een collega heen schrijft."""

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)

    def __init__(self, *args: Any, casus: Casus, annuleer_url: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("versie", casus.versie)
        super().__init__(*args, **kwargs)
        self.casus = casus
        self.annuleer_url = annuleer_url
        self.helper = FormHelper()

    def offer(self, name: str, medewerkers: QuerySet[Medewerker], bij: Mapping[int, str]) -> None:
        """Wie er in dit veld te kiezen is."""
        field: Any = self.fields[name]
        field.bij = bij
        field.queryset = medewerkers


def placed(rollen: Iterable[str]) -> QuerySet[Medewerker]:
    """Wie nu een van deze rollen heeft, op naam."""
    lopend = Plaatsing.objects.running().with_rol(rollen)
    return Medewerker.objects.filter(is_active=True, pk__in=lopend.values("medewerker")).order_by(
        "voornaam", "achternaam", "pk"
    )
