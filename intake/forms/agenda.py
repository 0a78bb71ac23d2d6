"""Welke agenda u bekijkt, wanneer u werkt en wanneer u weg bent."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from intake.forms.afspraak import WieVelden
from intake.forms.velden import DagField, KeuzeField, read_id
from intake.models import Weekdag
from intake.vrij import members_of
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Medewerker
from skt.web.crispy import Actiebalk, Duo, Knop

WERKDAGEN = [Weekdag(nummer) for nummer in range(1, 6)]
VER = timedelta(days=400)


class AgendaFilter(forms.Form):
    """Een vreemde waarde in het adres toont gewoon uw eigen week."""

    weergave = KeuzeField(
        label="Weergave", choices=[("week", "Week"), ("dag", "Dag")], required=False, widget=forms.RadioSelect
    )
    wie = KeuzeField(label="Van wie", required=False)
    dag = DagField(label="Dag", required=False)

    def __init__(self, *args: Any, user: Medewerker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.data = {"weergave": "week", "wie": "", "dag": "", **{k: v for k, v in self.data.items() if v}}
        self.velden = WieVelden()
        teams = [(f"t{pk}", naam) for pk, naam in self.velden.teams.items()]
        wie: Any = self.fields["wie"]
        wie.choices = [("", "Mijn agenda"), ("Hele team", teams), *self.velden.people()]
        self.is_valid()

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) if hasattr(self, "cleaned_data") else None

    @property
    def is_dag(self) -> bool:
        return bool(self.chosen("weergave") == "dag")

    @property
    def eerste(self) -> date:
        """De dag zelf, of de maandag van die week; in het weekend kijkt u vanzelf vooruit."""
        vandaag = timezone.localdate()
        dag: date = self.chosen("dag") or next_werkdag(vandaag)
        dag = min(max(dag, vandaag - VER), vandaag + VER)
        return dag if self.is_dag else dag - timedelta(days=dag.weekday())

    @property
    def dagen(self) -> int:
        return 1 if self.is_dag else 7

    def wie_ids(self) -> tuple[list[int], int | None]:
        """Van wie de agenda is, en het team als het om een heel team gaat."""
        wie = self.chosen("wie") or ""
        pk = read_id(wie[1:]) if wie else None
        if wie.startswith("t") and pk is not None:
            return members_of(pk, max(self.eerste, timezone.localdate())), pk
        return [pk if wie.startswith("m") and pk is not None else self.user.pk], None


class UrenForm(forms.Form):
    """Per werkdag van en tot; allebei leeg is een vrije dag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = []
        for dag in WERKDAGEN:
            for name, label in (("van", "van"), ("tot", "tot")):
                field = forms.TimeField(
                    label=f"{dag.label} {label}",
                    required=False,
                    error_messages={"invalid": "Schrijf de tijd als 09:00."},
                )
                field.widget.input_type = "time"
                self.fields[f"{name}_{dag.value}"] = field
            rows.append(Duo(f"van_{dag.value}", f"tot_{dag.value}", gelijk=True))
        self.helper = FormHelper()
        self.helper.toon_optioneel = False
        self.helper.layout = Layout(
            *rows, Actiebalk(Knop("Bewaar mijn werktijden", naam="actie", waarde="uren"))
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for dag in WERKDAGEN:
            van, tot = data.get(f"van_{dag.value}"), data.get(f"tot_{dag.value}")
            if f"van_{dag.value}" in self.errors or f"tot_{dag.value}" in self.errors:
                continue
            if bool(van) != bool(tot):
                self.add_error(f"tot_{dag.value}", "Vul een begin- en een eindtijd in, of geen van beide.")
            elif van and tot and tot <= van:
                self.add_error(f"tot_{dag.value}", "De eindtijd ligt na de begintijd.")
        return data

    def uren(self) -> dict[int, Any]:
        data = self.cleaned_data
        return {
            dag.value: (data[f"van_{dag.value}"], data[f"tot_{dag.value}"])
            for dag in WERKDAGEN
            if data[f"van_{dag.value}"]
        }


class WegForm(forms.Form):
    eerste_dag = DagField(label="Eerste dag", error_messages={"required": "Vul de eerste dag in."})
    laatste_dag = DagField(label="Laatste dag", error_messages={"required": "Vul de laatste dag in."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Duo("eerste_dag", "laatste_dag", gelijk=True),
            Actiebalk(Knop("Ik ben er dan niet", naam="actie", waarde="weg")),
        )

    def clean_laatste_dag(self) -> date:
        dag: date = self.cleaned_data["laatste_dag"]
        if dag < timezone.localdate():
            raise ValidationError("Deze dag is al voorbij.")
        return dag

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        eerste, laatste = data.get("eerste_dag"), data.get("laatste_dag")
        if eerste and laatste and laatste < eerste:
            self.add_error("laatste_dag", "De laatste dag ligt op of na de eerste.")
        return data
