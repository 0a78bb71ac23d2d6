"""Wat een zorgregisseur zelfstandig toekent: een deel van het triageformulier, alleen voor wie nu een mandaat heeft."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from intake.forms.velden import DagField, KeuzeField, Tekst
from skt.kern.geld import euro, parse_euro
from skt.medewerkers.models import Mandaat, Medewerker
from skt.web.datums import short_date
from triage.models import Bedragperiode, Uitkomst
from triage.queries import running_mandaten
from triage.services import Toekenningsverzoek

PREFIX = "toekenning"


class BedragField(Tekst):
    """1.250,50 of € 1250; een bedrag boven nul."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Decimal:
        text = super().clean(value)
        bedrag = parse_euro(text)
        if bedrag is None:
            raise ValidationError("Schrijf een bedrag als 1250 of 1250,50.")
        return bedrag


class ToekenningForm(forms.Form):
    product = KeuzeField(
        label="Wat kent u toe?", choices=(), error_messages={"required": "Kies wat u toekent."}
    )
    bedrag = BedragField(label="Bedrag in euro", error_messages={"required": "Vul het bedrag in."})
    per = KeuzeField(
        label="Waarvoor geldt het?", choices=Bedragperiode, initial=Bedragperiode.JAAR,
        error_messages={"required": "Kies waar het bedrag voor geldt."},
    )  # fmt: skip
    van = DagField(label="Van", error_messages={"required": "Vul de eerste dag in."})
    tot_en_met = DagField(label="Tot en met", error_messages={"required": "Vul de laatste dag in."})

    def __init__(self, *args: Any, mandaten: Iterable[Mandaat], **kwargs: Any) -> None:
        super().__init__(*args, prefix=PREFIX, **kwargs)
        self.producten = {_key(mandaat): mandaat for mandaat in mandaten}
        self.fields["product"].choices = [
            ("", "Kies uit uw mandaat"),
            *((sleutel, describe_mandaat(mandaat)) for sleutel, mandaat in self.producten.items()),
        ]

    def verzoek(self) -> Toekenningsverzoek:
        """Wat check_toekenning beoordeelt."""
        facts = self.cleaned_data
        mandaat = self.producten[facts["product"]]
        return Toekenningsverzoek(
            wet=mandaat.wet,
            product=mandaat.product,
            bedrag=facts["bedrag"],
            per=facts["per"],
            van=facts["van"],
            tot_en_met=facts["tot_en_met"],
        )


def toekenning_form(data: QueryDict | None, *, user: Medewerker, dag: date) -> ToekenningForm | None:
    """Het deel over toekennen; zonder mandaat is het er niet. Het telt alleen als dat de uitkomst is."""
    mandaten = list(running_mandaten(user, dag).order_by("wet", "product", "pk"))
    if not mandaten:
        return None
    gekozen = data is not None and data.get("uitkomst") == Uitkomst.TOEKENNEN
    return ToekenningForm(data if gekozen else None, mandaten=mandaten, initial={"van": dag})


def valid_together(form: forms.Form, deel: ToekenningForm | None) -> bool:
    """Zijn beide delen goed? Ze worden allebei nagekeken, zodat alle fouten er in één keer staan."""
    goed = form.is_valid()
    return (deel is None or not deel.is_bound or deel.is_valid()) and goed


def asked(deel: ToekenningForm | None) -> Toekenningsverzoek | None:
    return deel.verzoek() if deel is not None and deel.is_bound else None


def describe_mandaat(mandaat: Mandaat) -> str:
    """Wmo: Individuele begeleiding, tot € 10.000 per jaar, tot en met 31 dec 2026 (B-2026-014)."""
    einde = f", tot en met {short_date(date.fromordinal(mandaat.tot.toordinal() - 1))}" if mandaat.tot else ""
    return (
        f"{mandaat.get_wet_display()}: {mandaat.product}, tot {euro(mandaat.plafond)} per jaar{einde}"
        f" ({mandaat.besluitnummer})"
    )


def _key(mandaat: Mandaat) -> str:
    return str(mandaat.pk)
