"""Eén regel van een protocol: ‘als … dan …’, zoals de kwartiermaker haar opschrijft en PostgreSQL haar bewaart.

Alle voorwaarden van een regel gelden samen; een voorwaarde die er niet staat, vraagt niets. Regels staan op volgorde: wat een
eerdere regel zegt, verandert een latere niet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.models import Aard, Meervoudigheid, Spoor
from skt.kern.errors import DomainError
from skt.kern.keuzelijsten import Leefgebied, Thema
from triage.models import Bord, Ernst, Uitkomst, Urgentie

LAAGSTE, HOOGSTE = 1, 5
"""De schaal van de uitvraag: 1 is acute problematiek, 5 is volledig zelfredzaam."""
OUDSTE = 120
LANGSTE_ZIN = 200
MEESTE_REGELS = 60


class RegelInvalid(DomainError):
    """What was written isn't a rule. `veld` is the part it is about."""

    def __init__(self, veld: str, message: str) -> None:
        super().__init__(message)
        self.veld = veld


@dataclass(frozen=True)
class Aantal:
    """Minstens zoveel leefgebieden met hoogstens deze score."""

    minstens: int
    score: int


@dataclass(frozen=True)
class Voorwaarden:
    """Wat er moet gelden. Bij een lijst is één ervan genoeg; leeftijd in hele jaren, beide grenzen tellen mee."""

    themas: frozenset[str] = frozenset()
    themas_ook: frozenset[str] = frozenset()
    """Een tweede lijst: dan moet uit allebei een thema gelden, zoals opvoeding én schulden."""
    aard: frozenset[str] = frozenset()
    spoor: frozenset[str] = frozenset()
    meervoudigheid: str = ""
    leeftijd_van: int | None = None
    leeftijd_tot: int | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    aantal: Aantal | None = None
    termijnen: frozenset[str] = frozenset()
    spoed: bool = False
    genoemd: frozenset[str] = frozenset()
    """Wat er in de uitvraag is opgeschreven, ongeacht bij welk leefgebied."""
    niet_genoemd: frozenset[str] = frozenset()
    """Hiervan is niets opgeschreven."""

    @property
    def vraagt_leeftijd(self) -> bool:
        return self.leeftijd_van is not None or self.leeftijd_tot is not None

    @property
    def is_leeg(self) -> bool:
        return self == Voorwaarden()


@dataclass(frozen=True)
class Advies:
    """Wat een regel, of een heel protocol, aanraadt. Leeg is: daar zegt het niets over."""

    uitkomst: str = ""
    bord: str = ""
    urgentie: str = ""
    ernst: str = ""
    waarschuw: tuple[str, ...] = ()
    wet: tuple[str, ...] = ()

    @property
    def is_leeg(self) -> bool:
        return self == Advies()


ANTWOORDEN = {
    "eigen_kracht": "eigen kracht",
    "netwerk": "een netwerk",
    "lopende_hulp": "hulp die al loopt",
    "wens": "een wens",
}
"""De antwoorden van de uitvraag waar een regel naar kan vragen: of er iets staat, niet wat."""
KEUZES = ("uitkomst", "bord", "urgentie", "ernst")
"""Hiervan geldt er één: de eerste regel die er iets over zegt. Wie te waarschuwen en wat de wet vraagt telt op."""
_ADVIESLIJSTEN: dict[str, list[str]] = {
    "uitkomst": Uitkomst.values,
    "bord": Bord.values,
    "urgentie": Urgentie.values,
    "ernst": Ernst.values,
}
_VOORWAARDELIJSTEN: dict[str, list[str]] = {
    "themas": Thema.values,
    "themas_ook": Thema.values,
    "aard": Aard.values,
    "spoor": Spoor.values,
    "genoemd": list(ANTWOORDEN),
    "niet_genoemd": list(ANTWOORDEN),
}


@dataclass(frozen=True)
class Regel:
    naam: str
    als: Voorwaarden
    dan: Advies


def read_regels(gegevens: Any) -> list[Regel]:
    """Rules as they were stored or sent. Raises RegelInvalid on the first thing that isn't one."""
    if not isinstance(gegevens, list) or len(gegevens) > MEESTE_REGELS:
        raise RegelInvalid("regels", f"Een protocol is een lijst van hoogstens {MEESTE_REGELS} regels.")
    return [read_regel(item) for item in gegevens]


def read_regel(gegevens: Any) -> Regel:
    """One rule. Raises RegelInvalid with the field and a sentence."""
    if not isinstance(gegevens, Mapping) or set(gegevens) - {"naam", "als", "dan"}:
        raise RegelInvalid("regel", "Een regel heeft een naam, voorwaarden en een advies.")
    naam = _text("naam", gegevens.get("naam"), "Geef de regel een naam, bijvoorbeeld ‘Dreigende ontruiming’.")
    als, dan = gegevens.get("als") or {}, gegevens.get("dan") or {}
    if not isinstance(als, Mapping) or not isinstance(dan, Mapping):
        raise RegelInvalid("regel", "Een regel heeft een naam, voorwaarden en een advies.")
    return Regel(naam, _read_als(als), _read_dan(dan))


def write_regels(regels: list[Regel]) -> list[dict[str, Any]]:
    """As JSON; what a rule doesn't ask or say isn't there."""
    return [
        {"naam": regel.naam, "als": _write_als(regel.als), "dan": _write_dan(regel.dan)} for regel in regels
    ]


def _read_als(als: Mapping[str, Any]) -> Voorwaarden:
    unknown = set(als) - set(Voorwaarden.__dataclass_fields__)
    if unknown:
        raise RegelInvalid("als", f"Een regel kent geen voorwaarde ‘{min(unknown)}’.")
    lijsten = {
        naam: _from_list(naam, als.get(naam, []), waarden) for naam, waarden in _VOORWAARDELIJSTEN.items()
    }
    meervoudigheid = als.get("meervoudigheid", "")
    if meervoudigheid not in ("", *Meervoudigheid.values):
        raise RegelInvalid("meervoudigheid", "Kies enkelvoudig, meervoudig of maakt niet uit.")
    scores = als.get("scores") or {}
    if not isinstance(scores, Mapping) or set(scores) - set(Leefgebied.values):
        raise RegelInvalid("scores", "Scores gaan over de acht leefgebieden.")
    termijnen = als.get("termijnen", [])
    if not isinstance(termijnen, list) or not all(isinstance(code, str) for code in termijnen):
        raise RegelInvalid("termijnen", "Kies termijnen uit de lijst.")
    return Voorwaarden(
        **lijsten,
        meervoudigheid=meervoudigheid,
        leeftijd_van=_number("leeftijd_van", als.get("leeftijd_van"), 0, OUDSTE),
        leeftijd_tot=_number("leeftijd_tot", als.get("leeftijd_tot"), 0, OUDSTE),
        scores={
            gebied: score
            for gebied in Leefgebied.values
            if (score := _number("scores", scores.get(gebied), LAAGSTE, HOOGSTE)) is not None
        },
        aantal=_read_aantal(als.get("aantal")),
        termijnen=frozenset(termijnen),
        spoed=als.get("spoed") is True,
    )


def _read_aantal(aantal: Any) -> Aantal | None:
    if aantal is None:
        return None
    if not isinstance(aantal, Mapping):
        raise RegelInvalid("aantal", "Geef een aantal leefgebieden en een score.")
    minstens = _number("aantal", aantal.get("minstens"), 1, len(Leefgebied.values))
    score = _number("aantal", aantal.get("score"), LAAGSTE, HOOGSTE)
    if minstens is None or score is None:
        raise RegelInvalid("aantal", "Geef een aantal leefgebieden en een score.")
    return Aantal(minstens, score)


def _read_dan(dan: Mapping[str, Any]) -> Advies:
    unknown = set(dan) - set(Advies.__dataclass_fields__)
    if unknown:
        raise RegelInvalid("dan", f"Een advies kent geen ‘{min(unknown)}’.")
    for naam, waarden in _ADVIESLIJSTEN.items():
        if dan.get(naam, "") not in ("", *waarden):
            raise RegelInvalid(naam, "Kies uit de lijst.")
    return Advies(
        **{naam: dan.get(naam, "") for naam in KEUZES},
        waarschuw=_sentences("waarschuw", dan.get("waarschuw", [])),
        wet=_sentences("wet", dan.get("wet", [])),
    )


def _write_als(als: Voorwaarden) -> dict[str, Any]:
    gegevens: dict[str, Any] = {
        "themas": sorted(als.themas, key=Thema.values.index),
        "themas_ook": sorted(als.themas_ook, key=Thema.values.index),
        "aard": sorted(als.aard),
        "spoor": sorted(als.spoor),
        "meervoudigheid": als.meervoudigheid,
        "leeftijd_van": als.leeftijd_van,
        "leeftijd_tot": als.leeftijd_tot,
        "scores": dict(als.scores),
        "aantal": {"minstens": als.aantal.minstens, "score": als.aantal.score} if als.aantal else None,
        "termijnen": sorted(als.termijnen),
        "spoed": als.spoed,
        "genoemd": sorted(als.genoemd),
        "niet_genoemd": sorted(als.niet_genoemd),
    }
    return {naam: waarde for naam, waarde in gegevens.items() if waarde not in ("", None, False, [], {})}


def _write_dan(dan: Advies) -> dict[str, Any]:
    gegevens: dict[str, Any] = {naam: getattr(dan, naam) for naam in KEUZES}
    gegevens |= {"waarschuw": list(dan.waarschuw), "wet": list(dan.wet)}
    return {naam: waarde for naam, waarde in gegevens.items() if waarde}


def _from_list(veld: str, given: Any, waarden: list[str]) -> frozenset[str]:
    if not isinstance(given, list) or not set(map(str, given)) <= set(waarden):
        raise RegelInvalid(veld, "Kies uit de lijst.")
    return frozenset(map(str, given))


def _number(veld: str, given: Any, laagste: int, hoogste: int) -> int | None:
    if given is None or given == "":
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not laagste <= given <= hoogste:
        raise RegelInvalid(veld, f"Vul een getal van {laagste} tot en met {hoogste} in.")
    return given


def _text(veld: str, given: Any, missing: str) -> str:
    tekst = " ".join(given.split()) if isinstance(given, str) else ""
    if not tekst:
        raise RegelInvalid(veld, missing)
    if len(tekst) > LANGSTE_ZIN:
        raise RegelInvalid(veld, f"Gebruik hoogstens {LANGSTE_ZIN} tekens.")
    return tekst


def _sentences(veld: str, given: Any) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise RegelInvalid(veld, "Schrijf een of meer zinnen op.")
    return tuple(dict.fromkeys(_text(veld, item, "Deze zin is leeg.") for item in given))
