"""Een bladzijde stuurinformatie bij elkaar: wat er te kiezen is, de zinnen, de figuren en wat het beleid erbij schreef."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapportage.beeld.bron import Bron, read_source
from rapportage.beeld.figuren import Figuur, build
from rapportage.beeld.keuze import Keuze
from rapportage.beeld.plannen import PER_THEMA, THEMAS, Plan, Thema, Zin
from rapportage.beeld.zinnen import sentences
from rapportage.models import Toelichting
from rapportage.queries import inwoners_per_gebied, toelichtingen
from rapportage.tijdvak import Tijdvak

ALTIJD = {"meldingen", "route"}
"""Tables of every period: when not even these can be shown, their seals are broken."""
VOORAAN = 3
"""So many sentences of each theme stand on the first page."""


@dataclass(frozen=True)
class Bladzijde:
    """One theme, or the first page when there is none."""

    bron: Bron
    thema: Thema | None
    zinnen: Sequence[Mapping[str, Any]]
    figuren: Sequence[Figuur] = ()
    vragen: Sequence[tuple[Thema, Sequence[Mapping[str, Any]]]] = ()
    toelichtingen: Mapping[str, Toelichting] | None = None

    @property
    def leeg(self) -> bool:
        """Nothing of this period can be shown: no table fits its seal."""
        return not any(tijdvak == self.bron.tijdvak for _, tijdvak in self.bron.tabellen)

    @property
    def grens(self) -> int:
        return max(
            (t.grens for (_, tijdvak), t in self.bron.tabellen.items() if tijdvak == self.bron.tijdvak),
            default=0,
        )

    @property
    def onzeker(self) -> int:
        """Up to this difference between two numbers rounding alone may be the cause."""
        return 2 * self.grens

    @property
    def bevroren_op(self) -> Any:
        return max(
            t.bevroren_op for (_, tijdvak), t in self.bron.tabellen.items() if tijdvak == self.bron.tijdvak
        )


def compose_theme(keuze: Keuze, thema: Thema, perioden: Sequence[Tijdvak]) -> Bladzijde:
    """Everything of one theme in one period, read at once."""
    bron = read_source(
        keuze,
        {*ALTIJD, *_tables_of(thema.zinnen), *_tables_now(thema.plannen)},
        {plan.tabel for plan in thema.plannen if plan.in_reeks},
        perioden=perioden,
        bevolking=_inwoners(keuze, [*thema.plannen, *thema.zinnen]),
        bladen={deel.blad for deel in [*thema.plannen, *thema.zinnen] if deel.blad},
    )
    return Bladzijde(
        bron,
        thema,
        sentences(bron, thema.zinnen),
        build(bron, thema.plannen),
        toelichtingen=toelichtingen([plan.code for plan in thema.plannen], keuze.tijdvak),
    )


def compose_first(keuze: Keuze, perioden: Sequence[Tijdvak]) -> Bladzijde:
    """The questions of policy, each with its answer in a sentence."""
    voor = {thema.code: thema.zinnen[:VOORAAN] for thema in THEMAS}
    zinnen = [zin for van_thema in voor.values() for zin in van_thema]
    bron = read_source(
        keuze,
        ALTIJD | _tables_of(zinnen),
        (),
        perioden=perioden,
        bevolking=_inwoners(keuze, zinnen),
        bladen={zin.blad for zin in zinnen if zin.blad},
    )
    vragen = [(PER_THEMA[code], sentences(bron, van_thema)) for code, van_thema in voor.items()]
    return Bladzijde(bron, None, (), vragen=vragen)


def _inwoners(keuze: Keuze, delen: Iterable[Plan | Zin]) -> Mapping[int, Mapping[str, int]]:
    """The inwoners of the year, when something is told per 1,000 of them."""
    if any(deel.soort == "per_duizend" for deel in delen):
        return inwoners_per_gebied([keuze.tijdvak.jaar])
    return {}


def _tables_of(zinnen: Sequence[Zin]) -> set[str]:
    return {code for zin in zinnen for code in (zin.tabel, zin.totaal) if code}


def _tables_now(plannen: Sequence[Plan]) -> set[str]:
    return {code for plan in plannen for code in (plan.tabel, plan.totaal) if code}
