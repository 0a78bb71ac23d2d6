"""De formulieren van terugbellen: wie belt welk nummer, en wanneer."""

from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from intake.forms.velden import KeuzeField, MomentField, Tekst, TelefoonField, read_id
from intake.openingstijden import Openingstijden
from intake.services.rijen import LOKETROLLEN
from intake.services.terugbellen import loket
from skt.medewerkers.models import Medewerker, Plaatsing
from skt.web.crispy import Actiebalk, Duo, Fieldset, Invoer, Knop

ANDERS = "anders"


class WanneerVelden(forms.Form):
    """Een dagdeel dat de pagina voorstelt (‘van/tot’), of zelf een moment kiezen."""

    wanneer = KeuzeField(label="Wanneer", widget=forms.RadioSelect, required=False)
    niet_eerder_dan = MomentField(label="Niet eerder dan", required=False)
    uiterlijk = MomentField(label="Uiterlijk", required=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        parts = Openingstijden(loket(), timezone.localdate(at)).parts(at)
        self.next_part = next((part.waarde for part in parts if part.niet_eerder_dan > at), "")
        wanneer: Any = self.fields["wanneer"]
        # The moment at which the form was opened is gone when it is sent; what was offered then is still fine.
        sent = str(self.data.get(self.add_prefix("wanneer"), "")) if self.is_bound else ""
        offered = [(part.waarde, part.label) for part in parts]
        if sent and sent not in dict(offered) and _pair(sent):
            offered.insert(0, (sent, "Zoals gekozen"))
        wanneer.choices = [*offered, (ANDERS, "Een ander moment")]
        for name in ("niet_eerder_dan", "uiterlijk"):
            self.fields[name].widget.input_type = "datetime-local"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        pair = _pair(data.get("wanneer") or "")
        if pair:
            data["niet_eerder_dan"], data["uiterlijk"] = pair
        elif not data.get("uiterlijk") and not self.errors:
            self.add_error("wanneer", "Kies wanneer u terugbelt.")
        van, tot = data.get("niet_eerder_dan"), data.get("uiterlijk")
        if van and tot and van >= tot:
            self.add_error("uiterlijk", "‘Uiterlijk’ ligt na ‘niet eerder dan’.")
        return data

    def window(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in ("niet_eerder_dan", "uiterlijk")}


class TerugbellenForm(WanneerVelden):
    telefoon = TelefoonField(
        label="Telefoonnummer", error_messages={"required": "Vul in op welk nummer u terugbelt."}
    )
    wie = KeuzeField(label="Wie belt terug?")
    toelichting = Tekst(label="Waarover? (niet verplicht)", required=False, max_length=500)

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = loket()
        running = Plaatsing.objects.running().with_rol(LOKETROLLEN).filter(medewerker__is_active=True)
        self.medewerkers = {
            m.pk: m
            for m in Medewerker.objects.filter(plaatsingen__in=running)
            .distinct()
            .order_by("voornaam", "achternaam")
        }
        wie: Any = self.fields["wie"]
        wie.choices = [
            *((f"m{pk}", m.naam) for pk, m in self.medewerkers.items()),
            (f"t{team.pk}", "Wie er vrij is aan het loket"),
        ]
        self.helper = FormHelper()
        self.helper.toon_optioneel = False
        self.helper.layout = Layout(
            Invoer("telefoon", kort=True),
            "wie",
            "wanneer",
            Fieldset(
                "Een ander moment",
                Duo("niet_eerder_dan", "uiterlijk", gelijk=True),
                css_class="skt-bij-anders",
            ),
            "toelichting",
            Actiebalk(Knop("Spreek af"), annuleer_url=annuleer_url),
        )

    def afspraak(self) -> dict[str, Any]:
        """Wat plan_terugbellen nodig heeft."""
        wie = self.cleaned_data["wie"]
        medewerker = self.medewerkers.get(read_id(wie[1:]) or 0) if wie.startswith("m") else None
        return {
            **self.window(),
            "telefoon": self.cleaned_data["telefoon"],
            "toelichting": self.cleaned_data["toelichting"],
            "medewerker": medewerker,
            "team": None if medewerker else loket(),
        }


class GeenGehoorForm(WanneerVelden):
    """Bij de derde keer is er geen volgend moment meer: dan moet het anders."""

    def __init__(self, *args: Any, derde: bool, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.derde = derde
        self.helper = FormHelper()
        self.helper.toon_optioneel = False
        knop = Knop("Leg vast: geen gehoor")
        if derde:
            self.fields.clear()
            self.helper.layout = Layout(Actiebalk(knop, annuleer_url=annuleer_url))
            return
        self.helper.layout = Layout(
            "wanneer",
            Fieldset(
                "Een ander moment",
                Duo("niet_eerder_dan", "uiterlijk", gelijk=True),
                css_class="skt-bij-anders",
            ),
            Actiebalk(knop, annuleer_url=annuleer_url),
        )

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data if self.derde else super().clean()


class GesprokenForm(forms.Form):
    toelichting = Tekst(label="Wat is er besproken?", lang=True, required=False)

    def __init__(self, *args: Any, annuleer_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "toelichting", Actiebalk(Knop("Leg vast: gesproken"), annuleer_url=annuleer_url)
        )


def _pair(value: str) -> tuple[datetime, datetime] | None:
    """‘van/tot’ as the page offered it; None for anything else."""
    first, _, second = value.partition("/")
    try:
        van, tot = parse_datetime(first), parse_datetime(second)
    except ValueError:
        return None
    if van is None or tot is None or not (timezone.is_aware(van) and timezone.is_aware(tot)):
        return None
    return van, tot
