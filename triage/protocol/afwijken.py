"""Advies en besluit naast elkaar: waarop iemand anders beslist dan het protocol aanraadt."""

from triage.models import Uitkomst
from triage.protocol.regels import Advies

VERGELEKEN = ("uitkomst", "bord", "urgentie")
"""Hierover vraagt een ander besluit een reden; de ernst, wie te waarschuwen en de wet lichten alleen toe."""


def find_deviations(advies: Advies, *, uitkomst: str, bord: str, urgentie: str) -> list[str]:
    """The parts in which the choice differs from the advice; where the advice says nothing, nothing differs.

    A team is only compared when both the advice and the choice are the aanmeldoverleg.
    """
    gekozen = {"uitkomst": uitkomst, "bord": bord, "urgentie": urgentie}
    naar_overleg = uitkomst == advies.uitkomst == Uitkomst.OVERLEG
    return [
        onderdeel
        for onderdeel in VERGELEKEN
        if (aangeraden := getattr(advies, onderdeel))
        and gekozen[onderdeel] != aangeraden
        and (onderdeel != "bord" or naar_overleg)
    ]
