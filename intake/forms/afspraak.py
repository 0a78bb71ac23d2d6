"""De formulieren van een afspraak: met wie en wanneer, en hoe het afliep."""

from datetime import date, datetime, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from intake.forms.velden import DagField, KeuzeField, MomentField, Tekst, read_id
from intake.models import AfspraakReden, AfspraakSoort, Plaats
from intake.vrij import bookable, members_of
from skt.medewerkers.models import Medewerker, Team
from skt.web.crispy import Actiebalk, Duo, Fieldset, Knop

DUUR_VAN = {
    AfspraakSoort.TELEFONISCH: 30,
    AfspraakSoort.LOKET: 45,
    AfspraakSoort.HUISBEZOEK: 60,
    AfspraakSoort.INTAKE: 90,
    AfspraakSoort.EVALUATIE: 45,
    AfspraakSoort.NAZORG: 30,
}
"""In minuten; wie niets kiest, krijgt dit."""
DUREN = [(str(minuten), f"{minuten} minuten") for minuten in (15, 30, 45, 60, 90, 120)]


class IsoMoment(forms.CharField):
    """Een moment zoals de pagina het zelf aanbood: met tijdzone, dus ook in de nacht dat de klok verspringt eenduidig."""

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None or not timezone.is_aware(moment):
            raise ValidationError("Kies een van de momenten op de pagina.")
        return moment


class WieVelden:
    """Wie er te boeken is: ‘t3’ is iemand van een team, ‘m12’ één collega. Eén query."""

    def __init__(self) -> None:
        self.rijen = bookable(timezone.localdate())
        self.medewerkers: dict[int, Medewerker] = {m.pk: m for _, _, m in self.rijen}
        self.teams: dict[int, str] = {team_id: naam for naam, team_id, _ in self.rijen}

    def people(self) -> list[tuple[str, list[tuple[str, str]]]]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for team, _, medewerker in self.rijen:
            groups.setdefault(team, []).append((f"m{medewerker.pk}", medewerker.naam))
        return list(groups.items())

    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        teams = [(f"t{pk}", f"Iemand van {naam}") for pk, naam in self.teams.items()]
        return [("Wie er vrij is", teams), *self.people()]

    def team(self, value: str) -> Team | None:
        pk = read_id(value[1:]) if value.startswith("t") else None
        return Team.objects.filter(pk=pk).first() if pk in self.teams else None

    def medewerker(self, value: str) -> Medewerker | None:
        return self.medewerkers.get(read_id(value[1:]) or 0) if value.startswith("m") else None


def first_day(value: str) -> date:
    """De eerste dag waarvan momenten getoond worden: nooit een dag die al voorbij is, nooit verder dan een jaar."""
    vandaag = timezone.localdate()
    try:
        dag: date | None = DagField(required=False).clean(value)
    except ValidationError:
        dag = None
    return min(max(dag or vandaag, vandaag), vandaag + timedelta(days=360))


class AfspraakForm(forms.Form):
    """Zonder gekozen duur of plaats geldt wat bij de soort past."""

    soort = KeuzeField(label="Soort", choices=AfspraakSoort.choices)
    wie = KeuzeField(label="Met wie")
    ook = KeuzeField(label="En ook", required=False)
    duur = KeuzeField(label="Duur", choices=[("", "Past bij de soort"), *DUREN], required=False)
    plaats = KeuzeField(label="Plaats", choices=[("", "Past bij de soort"), *Plaats.choices], required=False)
    plaats_bij = Tekst(
        label="Waar precies",
        required=False,
        max_length=120,
        help_text="Bijvoorbeeld de spreekkamer. Niet het adres van de inwoner: de collega leest dat bij de melding.",
    )
    moment = IsoMoment(label="Moment", required=False)
    eigen_moment = MomentField(label="Ander moment", required=False)
    reden = KeuzeField(
        label="Waarom verzet u de afspraak?",
        choices=[("", "Kies een reden"), *AfspraakReden.choices],
        error_messages={"required": "Kies waarom de afspraak wordt verzet."},
    )
    toelichting = Tekst(
        label="Wat moet de collega weten?",
        lang=True,
        required=False,
        help_text="Komt als aanvulling bij de melding te staan.",
    )
    mail = forms.BooleanField(label="Stuur een bevestiging per e-mail", required=False)
    vanaf = DagField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, met_reden: bool = False, met_mail: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.velden = WieVelden()
        wie: Any = self.fields["wie"]
        ook: Any = self.fields["ook"]
        wie.choices = self.velden.choices()
        ook.choices = [("", "Niemand anders"), *self.velden.people()]
        if not met_reden:
            del self.fields["reden"]
        if not met_mail:
            del self.fields["mail"]
        self.fields["eigen_moment"].widget.input_type = "datetime-local"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("ook") and not data.get("wie", "").startswith("m"):
            self.add_error("ook", "Kies eerst één collega bij ‘met wie’; een team kiest zelf wie er vrij is.")
        if not self.errors and not data.get("moment") and not data.get("eigen_moment"):
            self.add_error("moment", "Kies een moment.")
        return data

    # -- wat er gevraagd wordt, ook als het formulier nog niet compleet is

    def asked(self, name: str) -> str:
        return str(self[name].value() or "")

    @property
    def minuten(self) -> int:
        chosen, soort = self.asked("duur"), self.asked("soort")
        if chosen in dict(DUREN):
            return int(chosen)
        return DUUR_VAN[AfspraakSoort(soort)] if soort in AfspraakSoort.values else 45

    def asked_ids(self) -> tuple[list[int], bool]:
        """Van wie de vrije momenten zijn; en of zij allemaal vrij moeten zijn (dan is het geen team)."""
        wie = self.asked("wie")
        team = read_id(wie[1:]) if wie.startswith("t") else None
        if team in self.velden.teams:
            return members_of(team or 0, timezone.localdate()), False
        people = [self.velden.medewerker(value) for value in (wie, self.asked("ook"))]
        return [m.pk for m in people if m is not None], True

    def wens(self) -> dict[str, Any]:
        """Wat plan_afspraak en move_afspraak nodig hebben."""
        data = self.cleaned_data
        people = [self.velden.medewerker(data[name] or "") for name in ("wie", "ook")]
        eigen = data.get("eigen_moment")
        return {
            "soort": data["soort"],
            "begin": eigen or data["moment"],
            "buiten_werktijd": bool(eigen) and data["wie"].startswith("m"),
            "duur": self.minuten,
            "team": self.velden.team(data["wie"]),
            "medewerkers": [m for m in people if m is not None],
            "plaats": data["plaats"],
            "plaats_bij": data["plaats_bij"],
            "toelichting": data["toelichting"],
            "mail": data.get("mail", False),
            **({"reden": data["reden"]} if "reden" in data else {}),
        }


class _AfspraakEinde(forms.Form):
    toelichting = Tekst(label="Toelichting", lang=True, required=False)

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.annuleer_url = annuleer_url


class AnnuleerForm(_AfspraakEinde):
    reden = KeuzeField(
        label="Waarom gaat de afspraak niet door?",
        choices=AfspraakReden.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom de afspraak niet doorgaat."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "reden", "toelichting", Actiebalk(Knop("Annuleer de afspraak"), annuleer_url=self.annuleer_url)
        )


class GehoudenForm(_AfspraakEinde):
    volgende_stap = Tekst(label="Volgende stap", required=False, max_length=200)
    uiterlijk = DagField(label="Uiterlijk", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["toelichting"].label = "Wat kwam eruit?"
        self.helper.layout = Layout(
            "toelichting",
            Fieldset("Vervolg", Duo("volgende_stap", "uiterlijk")),
            Actiebalk(Knop("Leg vast"), annuleer_url=self.annuleer_url),
        )

    def clean_uiterlijk(self) -> Any:
        dag = self.cleaned_data["uiterlijk"]
        if dag and dag < timezone.localdate():
            raise ValidationError("Kies een dag vanaf vandaag.")
        return dag

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("volgende_stap")) != bool(data.get("uiterlijk")):
            self.add_error("uiterlijk", "Een vervolg heeft een volgende stap én een dag.")
        return data


class GemistForm(_AfspraakEinde):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "toelichting", Actiebalk(Knop("Niet verschenen"), annuleer_url=self.annuleer_url)
        )
