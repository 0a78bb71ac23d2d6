"""Een overleg wijzigen, en een reeks overleggen; wat kan en wat botst zegt het domein."""

from datetime import time, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from intake.forms.velden import DagField, KeuzeField, MeerkeuzeField, MomentField, RijField, Tekst
from skt.medewerkers.models import Medewerker
from skt.web.crispy import Actiebalk, Duo, Fieldset, Knop
from triage.forms.overleg import UITERLIJK_VOORUIT
from triage.forms.velden import VersieField
from triage.models import BijFeestdag, Bord, Overleg, Overlegreeks, Weekdag

ELKE_WEKEN = ((1, "Elke week"), (2, "Elke twee weken"))
LANGSTE_REEKS = timedelta(days=3 * 366)
EERSTE_UUR, LAATSTE_UUR = time(7), time(21)


class TijdField(forms.TimeField):
    """Een tijd op de klok, getypt als 10:00 of 10.00."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {})["invalid"] = (
            "Schrijf de tijd als uren en minuten, bijvoorbeeld 10:00."
        )
        super().__init__(
            input_formats=("%H:%M", "%H:%M:%S", "%H.%M", "%H"),
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            **kwargs,
        )

    def clean(self, value: Any) -> time | None:
        tijd = super().clean(value)
        if tijd is not None and not EERSTE_UUR <= tijd <= LAATSTE_UUR:
            raise forms.ValidationError("Kies een tijd tussen 7:00 en 21:00 uur.")
        return tijd


class OverlegChangeForm(forms.Form):
    """Een gepland overleg verzetten of een andere plaats of voorzitter geven; wie er is (of was)."""

    versie = VersieField()
    begint_op = MomentField(label="Begint op")
    plaats = Tekst(label="Plaats", required=False, max_length=120)
    voorzitter = RijField(
        label="Voorzitter", queryset=Medewerker.objects.none(), required=False, empty_label="Nog niemand"
    )

    def __init__(self, *args: Any, overleg: Overleg, voorzitters: list[int], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "versie": overleg.versie,
            "begint_op": timezone.localtime(overleg.begint_op),
            "plaats": overleg.plaats,
            "voorzitter": overleg.voorzitter_id,
        }
        super().__init__(*args, **kwargs)
        self.fields["voorzitter"].queryset = by_name([*voorzitters, overleg.voorzitter_id])
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "versie",
            Duo("begint_op", "plaats", gelijk=True),
            "voorzitter",
            Actiebalk(Knop("Bewaar", naam="wat", waarde="moment")),
        )

    def clean_begint_op(self) -> Any:
        begint_op = self.cleaned_data["begint_op"]
        if begint_op > timezone.now() + UITERLIJK_VOORUIT:
            raise forms.ValidationError("Dit moment is wel erg ver weg. Kies een moment binnen twee jaar.")
        return begint_op


class AanwezigenForm(forms.Form):
    """Wie er was, aan te vinken; wie er eerder bij stond en nu weg is uit het team blijft te kiezen."""

    aanwezigen = MeerkeuzeField(label="Wie waren er?", required=False, widget=forms.CheckboxSelectMultiple)
    stonden_er = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, keuzes: list[Medewerker], gekozen: list[int], **kwargs: Any) -> None:
        initial = {"aanwezigen": [str(pk) for pk in gekozen], "stonden_er": " ".join(map(str, gekozen))}
        super().__init__(*args, initial=initial, **kwargs)
        self.keuzes = {str(medewerker.pk): medewerker for medewerker in keuzes}
        self.fields["aanwezigen"].choices = [(pk, m.naam) for pk, m in self.keuzes.items()]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "aanwezigen",
            "stonden_er",
            Actiebalk(Knop("Bewaar aanwezigen", naam="wat", waarde="aanwezigen", soort="tweede")),
        )

    def clean_aanwezigen(self) -> list[Medewerker]:
        return [self.keuzes[pk] for pk in self.cleaned_data["aanwezigen"]]

    def clean_stonden_er(self) -> list[Medewerker]:
        return [self.keuzes[pk] for pk in self.cleaned_data["stonden_er"].split() if pk in self.keuzes]


class ReeksForm(forms.Form):
    """Op welke dag, hoe laat, om de hoeveel weken, van wanneer tot en met wanneer."""

    versie = VersieField()
    bord = KeuzeField(label="Team", choices=Bord)
    weekdag = forms.TypedChoiceField(
        label="Dag",
        choices=Weekdag,
        coerce=int,
        error_messages={"invalid_choice": "Kies een dag uit de lijst."},
    )
    tijd = TijdField(label="Tijd")
    elke_weken = forms.TypedChoiceField(
        label="Hoe vaak", choices=ELKE_WEKEN, coerce=int,
        error_messages={"invalid_choice": "Kies elke week of elke twee weken."},
    )  # fmt: skip
    van = DagField(label="Eerste dag")
    tot_en_met = DagField(label="Laatste dag", required=False, help_text="Leeg: tot u de reeks stopt.")
    plaats = Tekst(label="Plaats", required=False, max_length=120, initial="Van Heeckerenhuis")
    voorzitter = RijField(
        label="Voorzitter", queryset=Medewerker.objects.none(), required=False, empty_label="Nog niemand"
    )
    bij_feestdag = KeuzeField(
        label="Valt de dag op een feestdag", choices=BijFeestdag, initial=BijFeestdag.OVERSLAAN
    )

    def __init__(
        self,
        *args: Any,
        borden: list[str],
        voorzitters: list[int],
        reeks: Overlegreeks | None = None,
        annuleer_url: str = "",
        **kwargs: Any,
    ) -> None:
        if reeks is not None:
            kwargs["initial"] = {
                naam: getattr(reeks, naam) for naam in self.base_fields if naam != "voorzitter"
            } | {"voorzitter": reeks.voorzitter_id}
        super().__init__(*args, **kwargs)
        self.fields["bord"].choices = [keuze for keuze in Bord.choices if keuze[0] in borden]
        self.fields["voorzitter"].queryset = by_name([*voorzitters, reeks.voorzitter_id if reeks else None])
        if reeks is not None:
            del self.fields["bord"]
            del self.fields["van"]
        eerste = () if reeks else ("bord",)
        looptijd = "tot_en_met" if reeks else Duo("van", "tot_en_met", gelijk=True)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "versie",
            *eerste,
            Fieldset("Ritme", Duo("weekdag", "tijd", gelijk=True), "elke_weken", looptijd, "bij_feestdag"),
            Fieldset("Waar en wie", Duo("plaats", "voorzitter", gelijk=True)),
            Actiebalk(Knop("Bewaar de reeks" if reeks else "Begin de reeks"), annuleer_url=annuleer_url),
        )

    def clean_van(self) -> Any:
        return self._not_too_far("van")

    def clean_tot_en_met(self) -> Any:
        return self._not_too_far("tot_en_met")

    def _not_too_far(self, veld: str) -> Any:
        dag = self.cleaned_data[veld]
        if dag and dag > timezone.localdate() + LANGSTE_REEKS:
            raise forms.ValidationError("Deze dag is wel erg ver weg. Kies een dag binnen drie jaar.")
        return dag


def by_name(ids: list[int | None]) -> Any:
    return Medewerker.objects.filter(pk__in=[pk for pk in ids if pk]).order_by("voornaam", "achternaam")
