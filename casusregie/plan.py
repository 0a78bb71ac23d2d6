"""Het ondersteuningsplan zoals de casus het toont: per doel waar de inwoner begon, nu is en heen wil."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F

from casusregie.models import Actie, Casus, Doel
from casusregie.status import DoelStatus
from skt.web.datums import long_date

AFGEROND = 10
"""Zoveel doelen met een uitkomst staan erbij; wat ouder is staat op de tijdlijn."""


@dataclass(frozen=True)
class Regel:
    """Eén doel. `nu` is de laatste meting, en bij een uitkomst de score waarmee het eindigde."""

    doel: Doel
    nu: int | None
    wie: str = ""
    """Wie er nu aan werkt: van de open acties op dit leefgebied."""

    @property
    def open(self) -> bool:
        return self.doel.status == DoelStatus.OPEN


@dataclass(frozen=True)
class Plan:
    regels: list[Regel]
    kop: str


def read_plan(casus: Casus, gemeten: Mapping[str, int], acties: Iterable[Actie] = ()) -> Plan:
    """De open doelen, wat het eerst moet bovenaan, en daarna wat een uitkomst heeft; één query.

    `acties` zijn de open acties met hun medewerker: een actie hoort bij de doelen van haar leefgebied.
    """
    doelen = casus.doelen.order_by(F("afgerond_op").desc(nulls_first=True), "uiterlijk", "pk")
    bezig: dict[str, dict[str, None]] = {}
    for actie in acties:
        bezig.setdefault(actie.leefgebied, {})[str(actie.medewerker or actie.get_uitvoerder_display())] = None
    regels = [
        Regel(doel, gemeten.get(doel.leefgebied), ", ".join(bezig.get(doel.leefgebied, ())))
        if doel.status == DoelStatus.OPEN
        else Regel(doel, doel.eindscore)
        for doel in doelen
    ]
    open_ = [regel for regel in regels if regel.open]
    rest = regels[len(open_) :]
    return Plan([*open_, *rest[:AFGEROND]], _head([regel.doel for regel in open_], len(rest)))


def _head(doelen: list[Doel], klaar: int) -> str:
    """2 open · inwoner akkoord op 10 november · 1 met een uitkomst"""
    akkoord = [doel.akkoord_op for doel in doelen if doel.akkoord_op]
    woorden = [f"{len(doelen)} open" if doelen else ""]
    if doelen and len(akkoord) == len(doelen):
        woorden.append(f"inwoner akkoord op {long_date(max(akkoord))}")
    elif doelen:
        woorden.append(f"{len(doelen) - len(akkoord)} nog niet besproken met de inwoner")
    woorden.append(f"{klaar} met een uitkomst" if klaar else "")
    return " · ".join(filter(None, woorden))
