"""The five steps of the meldcode at a melding: each with its day, who took it and what came of it (Wmo 2015 3.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from intake.models import Melding
from intake.services.rijen import constraints_speak
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from triage.models import Meldcode, Meldcodestap

NODIG_VOOR: dict[int, tuple[int, ...]] = {
    Meldcode.OVERLEG: (Meldcode.SIGNALEN,),
    Meldcode.GESPREK: (Meldcode.SIGNALEN,),
    Meldcode.WEGEN: (Meldcode.SIGNALEN, Meldcode.OVERLEG),
    Meldcode.BESLISSEN: (Meldcode.SIGNALEN, Meldcode.OVERLEG, Meldcode.WEGEN),
}
"""Which steps come first. Step 3 may wait, or not be safe; to weigh without asking anybody may not."""


class StapRefused(DomainError):
    """A step can't be so; `veld` names the field of the form."""

    def __init__(self, stap: int, zin: str, veld: str = "op") -> None:
        super().__init__(zin)
        self.veld = f"stap{stap}_{veld}"


@dataclass(frozen=True)
class Stap:
    """One step as it was filled in; `door` empty means: whoever writes it down."""

    gedaan_op: date
    door: str = ""
    toelichting: str = ""


def refuse_stappen(done: Mapping[int, date], vandaag: date) -> list[StapRefused]:
    """What is wrong with these steps (step → day), all of it, so that a form says it in one go."""
    refused = []
    for stap in sorted(done):
        missing = [str(int(voor)) for voor in NODIG_VOOR.get(stap, ()) if voor not in done]
        if done[stap] > vandaag:
            refused.append(StapRefused(stap, "Deze dag ligt in de toekomst."))
        elif missing:
            refused.append(
                StapRefused(stap, f"Stap {stap} kan pas na stap {' en '.join(missing)}. Vul die eerst in.")
            )
    return refused


def record_stappen(
    melding: Melding, stappen: Mapping[int, Stap], actor: Medewerker, at: datetime
) -> int | None:
    """Keep these steps of a locked melding beside those that stand there; gives how far the meldcode is.

    A step that says the same as before isn't touched. Raises StapRefused.
    """
    known = {one.stap: one for one in Meldcodestap.objects.select_for_update().filter(melding=melding)}
    done = {
        **{stap: one.gedaan_op for stap, one in known.items()},
        **{s: f.gedaan_op for s, f in stappen.items()},
    }
    for refused in refuse_stappen(done, timezone.localtime(at).date()):
        raise refused
    changed = []
    for stap, gegeven in stappen.items():
        row = known.get(stap) or Meldcodestap(melding=melding, stap=stap)
        facts = (gegeven.gedaan_op, gegeven.door.strip() or actor.naam, gegeven.toelichting.strip())
        if row.pk and facts == (row.gedaan_op, row.door, row.toelichting):
            continue
        row.gedaan_op, row.door, row.toelichting = facts
        row.medewerker, row.vastgelegd_op = actor, at
        with constraints_speak(Meldcodestap):
            row.save()
        changed.append(stap)
    if changed:
        record(
            action="triage.record_meldcode",
            subject=melding,
            inwoner_ids=melding.inwoner_ids,
            gegevens={"stappen": changed, "melding": melding.nummer},
        )
    return max(done) if done else None
