"""Over welke maanden het inzicht gaat: drie, zes of twaalf hele maanden, die voorbij zijn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from rapportage.maanden import months_until, name_maand, next_maand, previous_maand, write_maand

LENGTES = {"3": "3 maanden", "6": "6 maanden", "12": "12 maanden"}
GEWOON = 6
TERUG = 24
"""So many closed months can be the last one."""


@dataclass(frozen=True)
class Periode:
    """Whole months; `laatste` is the first day of the last one."""

    laatste: date
    maanden: int

    @property
    def tot(self) -> date:
        """The first day after it."""
        return next_maand(self.laatste)

    @property
    def eerste(self) -> date:
        return back(self.laatste, self.maanden - 1)

    @property
    def reeks(self) -> list[date]:
        return list(months_until(self.eerste, self.laatste))

    def __str__(self) -> str:
        return f"{name_maand(self.eerste)} tot en met {name_maand(self.laatste)}"


def back(maand: date, aantal: int) -> date:
    """So many months earlier."""
    for _ in range(aantal):
        maand = previous_maand(maand)
    return maand


class PeriodeForm(forms.Form):
    maanden = forms.ChoiceField(label="Periode", required=False, choices=list(LENGTES.items()))
    tot_en_met = forms.ChoiceField(label="Tot en met", required=False)

    def __init__(self, data: Mapping[str, Any], *, vandaag: date) -> None:
        super().__init__(data)
        self.laatste = previous_maand(vandaag.replace(day=1))
        keuzes = list(months_until(back(self.laatste, TERUG - 1), self.laatste))
        self.maand_van = {write_maand(maand): maand for maand in reversed(keuzes)}
        self.fields["tot_en_met"].choices = [(code, name_maand(m)) for code, m in self.maand_van.items()]

    def chosen(self) -> Periode:
        """What was asked for; what we don't know counts as not asked."""
        self.is_valid()
        maand = self.maand_van.get(self.cleaned_data.get("tot_en_met", ""), self.laatste)
        return Periode(maand, int(self.cleaned_data.get("maanden") or GEWOON))


def shown_form(periode: Periode, vandaag: date) -> PeriodeForm:
    """The form as it stands for this period."""
    return PeriodeForm(
        {"maanden": str(periode.maanden), "tot_en_met": write_maand(periode.laatste)}, vandaag=vandaag
    )
