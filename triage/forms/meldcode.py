"""De vijf stappen van de meldcode op het formulier van triage: per stap wanneer, door wie, en wat eruit kwam."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from intake.forms.velden import DagField, Tekst
from triage.models import Meldcode, Meldcodestap
from triage.services import Stap
from triage.services.meldcode import refuse_stappen


class MeldcodeVelden(forms.Form):
    """Mixin. Een stap telt zodra er een dag staat; wie haar zette is anders wie dit opschrijft."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stap in Meldcode:
            self.fields[f"stap{stap.value}_op"] = DagField(
                label=f"Stap {stap.value}: gedaan op", required=False
            )
            self.fields[f"stap{stap.value}_door"] = Tekst(
                label=f"Stap {stap.value}: door wie", required=False, max_length=120
            )
            self.fields[f"stap{stap.value}_noot"] = Tekst(
                label=f"Stap {stap.value}: wat kwam eruit?", required=False, lang=True
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for stap in Meldcode:
            dag = f"stap{stap.value}_op"
            if dag in self.errors or data.get(dag):
                continue
            if data.get(f"stap{stap.value}_door") or data.get(f"stap{stap.value}_noot"):
                self.add_error(dag, "Vul de dag in waarop deze stap is gezet.")
        done = {stap: gegeven.gedaan_op for stap, gegeven in self.stappen().items()}
        for refused in refuse_stappen(done, timezone.localdate()):
            self.add_error(refused.veld, str(refused))
        return data

    def stappen(self) -> dict[int, Stap]:
        """Wat er is ingevuld, voor do_triage."""
        data = self.cleaned_data
        return {
            stap.value: Stap(
                gedaan_op=data[f"stap{stap.value}_op"],
                door=data.get(f"stap{stap.value}_door", ""),
                toelichting=data.get(f"stap{stap.value}_noot", ""),
            )
            for stap in Meldcode
            if data.get(f"stap{stap.value}_op")
        }

    @property
    def stap_rijen(self) -> list[dict[str, Any]]:
        """Per stap haar drie velden, zoals triage/_meldcode.html ze tekent."""
        return [
            {
                "label": str(stap.label),
                "op": self[f"stap{stap.value}_op"],
                "door": self[f"stap{stap.value}_door"],
                "noot": self[f"stap{stap.value}_noot"],
            }
            for stap in Meldcode
        ]

    @property
    def gezet(self) -> int:
        """Hoeveel stappen er een dag hebben."""
        return sum(bool(rij["op"].value()) for rij in self.stap_rijen)

    @property
    def meldcode_stand(self) -> str:
        return f"{self.gezet} van {len(Meldcode)} gezet"

    @property
    def meldcode_fout(self) -> bool:
        return any(rij[naam].errors for rij in self.stap_rijen for naam in ("op", "door", "noot"))


def told_stappen(stappen: Iterable[Meldcodestap]) -> dict[str, Any]:
    """Wat er al vastligt, als beginwaarden."""
    return {
        f"stap{stap.stap}_{naam}": waarde
        for stap in stappen
        for naam, waarde in (("op", stap.gedaan_op), ("door", stap.door), ("noot", stap.toelichting))
    }
