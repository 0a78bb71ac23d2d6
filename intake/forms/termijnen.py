"""Een aanvraag die binnenkwam, en waarom een termijn stilstaat."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from intake.forms.velden import DagField, KeuzeField, Tekst
from intake.services.termijnen import AANVRAGEN
from skt.web.crispy import Actiebalk, Duo, Knop


class AanvraagForm(forms.Form):
    code = KeuzeField(label="Waarvoor", choices=list(AANVRAGEN.items()))
    dag = DagField(label="Binnengekomen op")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"dag": timezone.localdate()}, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Duo("code", "dag", gelijk=True),
            Actiebalk(Knop("Start de termijn", naam="wat", waarde="aanvraag")),
        )


class OpschortForm(forms.Form):
    reden = Tekst(label="Waarop wacht u?", max_length=300, required=False)
