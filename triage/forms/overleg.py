"""Het besluit op één agendapunt, en een overleg op de agenda."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from intake.forms.velden import DagField, KeuzeField, MomentField, RijField, Tekst
from skt.medewerkers.models import Medewerker, Moederorganisatie
from skt.web.crispy import Actiebalk, Duo, Knop
from skt.web.datums import clock, short_day
from triage.forms.velden import VersieField
from triage.models import Besluit, Bord

UITERLIJK_VOORUIT = timedelta(days=730)


class VrijMoment(forms.TypedChoiceField):
    """De lijst stelt voor; welk moment vrij is, zegt de agenda bij het plannen: die lijst is een seconde later al anders."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, coerce=datetime.fromisoformat, empty_value=None,
            error_messages={"invalid_choice": "Kies een moment uit de lijst."}, **kwargs,
        )  # fmt: skip

    def valid_value(self, value: Any) -> bool:
        try:
            return datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            return False


class BesluitForm(forms.Form):
    """Alles van één besluit; wat er verplicht is hangt van het besluit af en zegt het domein."""

    punt = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    versie = VersieField()
    besluit = KeuzeField(
        label="Besluit", choices=Besluit, widget=forms.RadioSelect,
        error_messages={"required": "Kies een besluit.", "invalid_choice": "Kies een besluit uit de lijst."},
    )  # fmt: skip
    partij = RijField(
        label="Partij", queryset=Moederorganisatie.objects.none(), required=False, empty_label="Nog geen"
    )
    uiterlijk = DagField(label="Eerste stap uiterlijk", required=False)
    afspraak_op = VrijMoment(label="Gesprek meteen plannen")
    casusregisseur = RijField(
        label="Casusregisseur", queryset=Medewerker.objects.none(), required=False, widget=forms.RadioSelect
    )
    procesregisseur = RijField(
        label="Procesregisseur", queryset=Medewerker.objects.none(), required=False, empty_label="Nog niemand"
    )
    toelichting = Tekst(label="Toelichting", required=False, lang=True)

    def __init__(
        self,
        *args: Any,
        kandidaten: list[int],
        procesregisseurs: list[int],
        momenten: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        afspraak_op: Any = self.fields["afspraak_op"]
        gekozen = self.data.get("afspraak_op", "") if self.is_bound else ""
        if gekozen and gekozen not in dict(momenten) and afspraak_op.valid_value(gekozen):
            # Offered when the page was made: it stays chosen while something else is put right.
            begin = timezone.localtime(datetime.fromisoformat(gekozen))
            momenten = [(gekozen, f"{short_day(begin.date())} {clock(begin)}"), *momenten]
        afspraak_op.choices = [("", "Nog niet"), *momenten]
        self.fields["partij"].queryset = Moederorganisatie.objects.order_by("naam")
        self.fields["casusregisseur"].queryset = Medewerker.objects.filter(pk__in=kandidaten)
        self.fields["procesregisseur"].queryset = Medewerker.objects.filter(pk__in=procesregisseurs)

    def clean_uiterlijk(self) -> Any:
        dag = self.cleaned_data["uiterlijk"]
        if dag and dag > timezone.localdate() + UITERLIJK_VOORUIT:
            raise forms.ValidationError("Deze datum is wel erg ver weg. Kies een datum binnen twee jaar.")
        return dag


class OverlegForm(forms.Form):
    """Een nieuw overleg op de agenda."""

    bord = KeuzeField(label="Team", choices=Bord)
    begint_op = MomentField(label="Begint op")
    plaats = Tekst(label="Plaats", required=False, max_length=120, initial="Van Heeckerenhuis")
    voorzitter = RijField(
        label="Voorzitter", queryset=Medewerker.objects.none(), required=False, empty_label="Nog niemand"
    )

    def __init__(self, *args: Any, borden: list[str], voorzitters: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bord"].choices = [keuze for keuze in Bord.choices if keuze[0] in borden]
        self.fields["voorzitter"].queryset = Medewerker.objects.filter(pk__in=voorzitters).order_by(
            "voornaam", "achternaam"
        )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Duo("bord", "begint_op", gelijk=True),
            Duo("plaats", "voorzitter", gelijk=True),
            Actiebalk(Knop("Plan overleg", soort="tweede")),
        )

    def clean_begint_op(self) -> datetime:
        begint_op = self.cleaned_data["begint_op"]
        if begint_op > timezone.now() + UITERLIJK_VOORUIT:
            raise forms.ValidationError("Dit moment is wel erg ver weg. Kies een moment binnen twee jaar.")
        return begint_op
