"""Een protocol toepassen op één melding: het advies, en welke regel wat zegt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from triage.models import Uitkomst
from triage.protocol.regels import KEUZES, Advies, Regel, Voorwaarden


@dataclass(frozen=True)
class Situatie:
    """Wat een protocol van een melding weet. Geen naam, geen adres: een weging is na te spelen zonder te weten van wie."""

    themas: frozenset[str] = frozenset()
    aard: str = ""
    spoor: str = ""
    meervoudigheid: str = ""
    leeftijd: int | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    """Leefgebied → 1 tot en met 5; wat niet besproken is staat er niet in."""
    termijnen: frozenset[str] = frozenset()
    spoed: bool = False
    genoemd: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Weging:
    """Het advies, met per onderdeel het nummer (vanaf 1) van de regel die het gaf."""

    advies: Advies
    regels: Mapping[str, int] = field(default_factory=dict)
    geraakt: tuple[int, ...] = ()
    """Nummers van alle regels die gelden, ook als een eerdere het al had gezegd."""


def weigh(regels: Sequence[Regel], situatie: Situatie) -> Weging:
    """Apply the rules in their order: of each choice the first word counts, whom to warn and what the law asks add up."""
    gekozen: dict[str, str] = {}
    van: dict[str, int] = {}
    waarschuw: dict[str, None] = {}
    wet: dict[str, None] = {}
    geraakt: list[int] = []
    for nummer, regel in enumerate(regels, start=1):
        if not holds(regel.als, situatie):
            continue
        geraakt.append(nummer)
        for onderdeel in KEUZES:
            waarde = getattr(regel.dan, onderdeel)
            if waarde and onderdeel not in gekozen:
                gekozen[onderdeel] = waarde
                van[onderdeel] = nummer
        waarschuw |= dict.fromkeys(regel.dan.waarschuw)
        wet |= dict.fromkeys(regel.dan.wet)
    if gekozen.get("uitkomst") != Uitkomst.OVERLEG:
        # A team only counts when the advice is to go to its table.
        gekozen.pop("bord", None)
        van.pop("bord", None)
    return Weging(Advies(**gekozen, waarschuw=tuple(waarschuw), wet=tuple(wet)), van, tuple(geraakt))


def holds(als: Voorwaarden, situatie: Situatie) -> bool:
    """Do all conditions hold? What isn't known (an age, a score) doesn't hold."""
    return (
        (not als.themas or not als.themas.isdisjoint(situatie.themas))
        and (not als.themas_ook or not als.themas_ook.isdisjoint(situatie.themas))
        and (not als.aard or situatie.aard in als.aard)
        and (not als.spoor or situatie.spoor in als.spoor)
        and als.meervoudigheid in ("", situatie.meervoudigheid)
        and _age_holds(als, situatie.leeftijd)
        and all(situatie.scores.get(gebied, 9) <= score for gebied, score in als.scores.items())
        and (
            als.aantal is None
            or sum(score <= als.aantal.score for score in situatie.scores.values()) >= als.aantal.minstens
        )
        and (not als.termijnen or not als.termijnen.isdisjoint(situatie.termijnen))
        and (not als.spoed or situatie.spoed)
        and (not als.genoemd or not als.genoemd.isdisjoint(situatie.genoemd))
        and als.niet_genoemd.isdisjoint(situatie.genoemd)
    )


def _age_holds(als: Voorwaarden, leeftijd: int | None) -> bool:
    if not als.vraagt_leeftijd:
        return True
    return leeftijd is not None and (als.leeftijd_van or 0) <= leeftijd <= (
        als.leeftijd_tot if als.leeftijd_tot is not None else leeftijd
    )
