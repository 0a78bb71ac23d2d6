"""Are these two the same person? A graded judgement with its reasons; pure functions, nothing is looked up or written.

For ranking who may be meant at the loket, and for recognising people in the old loket list. Nothing is merged by it:
'zelfde' is the strongest word it has, and a difference in date of birth always speaks louder than the same name and house.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import lru_cache

from skt.inwoners.namen import FAMILIES, Naam, distance, klank


class Oordeel(IntEnum):
    """How sure; comparable: `oordeel >= Oordeel.WAARSCHIJNLIJK`."""

    ANDER = 0
    MISSCHIEN = 1
    WAARSCHIJNLIJK = 2
    ZELFDE = 3


class Graad(StrEnum):
    """How two facts of one kind relate."""

    GELIJK = "gelijk"
    BIJNA = "bijna"
    DEELS = "deels"
    ONBEKEND = "onbekend"
    ANDERS = "anders"


@dataclass(frozen=True)
class Kenmerken:
    """What is known of a person, already in one spelling: postcode without space, phone as ten digits."""

    naam: Naam
    geboren: date | None = None
    geboortejaar: int | None = None
    postcode: str = ""
    huisnummer: str = ""
    telefoon: str = ""


@dataclass(frozen=True)
class Gelijkenis:
    """`score` (0-100) ranks within one judgement; `redenen` are Dutch words for on the screen."""

    oordeel: Oordeel
    score: int
    redenen: tuple[str, ...]
    voornaam: Graad
    achternaam: Graad
    geboren: Graad
    adres: Graad
    telefoon: Graad

    @property
    def naam_gelijk(self) -> bool:
        return self.voornaam is Graad.GELIJK and self.achternaam is Graad.GELIJK


def compare(a: Kenmerken, b: Kenmerken) -> Gelijkenis:
    """Judge two people. Unknown facts never count against; who knows nothing but a first name stays 'ander'."""
    voornaam, achternaam = compare_voornaam(a.naam, b.naam), compare_achternaam(a.naam, b.naam)
    geboren, adres, telefoon = compare_geboren(a, b), compare_adres(a, b), compare_telefoon(a, b)
    oordeel = _judge(voornaam, achternaam, geboren, adres, telefoon)
    facts = (achternaam, voornaam, geboren, adres, telefoon)
    score = sum(POINTS[graad] * weight for graad, weight in zip(facts, WEIGHTS, strict=True))
    redenen = tuple(
        words[graad]
        for graad, words in zip((achternaam, voornaam, geboren, adres, telefoon), WORDS, strict=True)
        if graad in words
    )
    return Gelijkenis(
        oordeel, max(0, min(100, round(score))), redenen, voornaam, achternaam, geboren, adres, telefoon
    )


POINTS = {Graad.GELIJK: 1.0, Graad.BIJNA: 0.7, Graad.DEELS: 0.5, Graad.ONBEKEND: 0.0, Graad.ANDERS: -0.6}
WEIGHTS = (30, 20, 25, 15, 10)
WORDS: tuple[dict[Graad, str], ...] = (
    {
        Graad.GELIJK: "dezelfde achternaam",
        Graad.BIJNA: "de achternaam is anders gespeld",
        Graad.DEELS: "een deel van de achternaam is gelijk (gehuwd of meisjesnaam)",
        Graad.ANDERS: "een andere achternaam",
    },
    {
        Graad.GELIJK: "dezelfde voornaam",
        Graad.BIJNA: "de voornaam is anders geschreven",
        Graad.DEELS: "de voorletter is gelijk",
        Graad.ANDERS: "een andere voornaam",
    },
    {
        Graad.GELIJK: "dezelfde geboortedatum",
        Graad.BIJNA: "dag en maand van de geboortedatum zijn verwisseld",
        Graad.DEELS: "de geboortedatum lijkt erop",
        Graad.ANDERS: "een andere geboortedatum",
    },
    {
        Graad.GELIJK: "hetzelfde adres",
        Graad.BIJNA: "hetzelfde huisnummer, andere toevoeging",
        Graad.ANDERS: "een ander adres",
    },
    {Graad.GELIJK: "hetzelfde telefoonnummer", Graad.ANDERS: "een ander telefoonnummer"},
)


@dataclass(frozen=True)
class _Bewijs:
    """What the facts say together. `gelijk`: the whole name; `variant`: another way to write it."""

    gelijk: bool
    variant: bool
    ergens: bool
    beide: bool
    ander_nummer: bool


def _judge(voornaam: Graad, achternaam: Graad, geboren: Graad, adres: Graad, telefoon: Graad) -> Oordeel:
    thuis, bereikt = adres in (Graad.GELIJK, Graad.BIJNA), telefoon is Graad.GELIJK
    bewijs = _Bewijs(
        gelijk=voornaam is Graad.GELIJK and achternaam is Graad.GELIJK,
        variant=voornaam is not Graad.ONBEKEND and achternaam is not Graad.DEELS,
        ergens=thuis or bereikt,
        beide=thuis and bereikt,
        ander_nummer=telefoon is Graad.ANDERS,
    )
    if voornaam is Graad.ANDERS:  # family, or twins: only 'misschien' when everything else is the same
        same = achternaam in (Graad.GELIJK, Graad.BIJNA) and geboren is Graad.GELIJK and bewijs.beide
        return Oordeel.MISSCHIEN if same else Oordeel.ANDER
    if achternaam is Graad.ANDERS:  # a name changed by marriage
        if geboren is Graad.GELIJK and voornaam is Graad.GELIJK and bewijs.ergens:
            return Oordeel.WAARSCHIJNLIJK if bewijs.beide else Oordeel.MISSCHIEN
        return Oordeel.ANDER
    if achternaam is Graad.ONBEKEND:
        return Oordeel.MISSCHIEN if bewijs.ergens and geboren is not Graad.ANDERS else Oordeel.ANDER
    return BY_GEBOREN[geboren](bewijs)


def _geboren_gelijk(bewijs: _Bewijs) -> Oordeel:
    if bewijs.gelijk or (bewijs.variant and bewijs.ergens):
        return Oordeel.ZELFDE
    return Oordeel.WAARSCHIJNLIJK if bewijs.ergens else Oordeel.MISSCHIEN


def _geboren_verwisseld(bewijs: _Bewijs) -> Oordeel:
    if (bewijs.gelijk and bewijs.ergens) or (bewijs.variant and bewijs.beide):
        return Oordeel.WAARSCHIJNLIJK
    return Oordeel.MISSCHIEN


def _geboren_lijkt(bewijs: _Bewijs) -> Oordeel:
    if bewijs.gelijk and bewijs.beide:
        return Oordeel.WAARSCHIJNLIJK
    close = bewijs.variant and bewijs.ergens and not bewijs.ander_nummer
    return Oordeel.MISSCHIEN if close else Oordeel.ANDER


def _geboren_onbekend(bewijs: _Bewijs) -> Oordeel:
    if bewijs.gelijk and bewijs.ergens:
        return Oordeel.ZELFDE
    if bewijs.variant and bewijs.beide:
        return Oordeel.WAARSCHIJNLIJK
    return Oordeel.MISSCHIEN if bewijs.gelijk or bewijs.ergens else Oordeel.ANDER


def _geboren_anders(bewijs: _Bewijs) -> Oordeel:
    return Oordeel.MISSCHIEN if bewijs.gelijk and bewijs.beide else Oordeel.ANDER


BY_GEBOREN: dict[Graad, Callable[[_Bewijs], Oordeel]] = {
    Graad.GELIJK: _geboren_gelijk,
    Graad.BIJNA: _geboren_verwisseld,
    Graad.DEELS: _geboren_lijkt,
    Graad.ONBEKEND: _geboren_onbekend,
    Graad.ANDERS: _geboren_anders,
}


@lru_cache(maxsize=100_000)
def compare_voornaam(a: Naam, b: Naam) -> Graad:
    """GELIJK, BIJNA (roepnaam or spelling), DEELS (a letter against a name), ONBEKEND or ANDERS."""
    mine, theirs = a.voornamen, b.voornamen
    if not mine or not theirs:
        return Graad.ONBEKEND
    if mine == theirs or "".join(mine) == "".join(theirs):
        return Graad.DEELS if a.heeft_voorletters else Graad.GELIJK
    if a.heeft_voorletters or b.heeft_voorletters:
        return Graad.DEELS if mine[0][0] == theirs[0][0] else Graad.ANDERS
    full_mine = [name for name in mine if len(name) > 1]
    full_theirs = [name for name in theirs if len(name) > 1]
    if full_mine[0] == full_theirs[0]:
        return Graad.GELIJK
    if any(_same_voornaam(x, y) for x in full_mine for y in full_theirs):
        return Graad.BIJNA
    return Graad.ANDERS


def _same_voornaam(x: str, y: str) -> bool:
    if x == y or FAMILIES.get(x, frozenset()) & FAMILIES.get(y, frozenset()):
        return True
    short, long = sorted((x, y), key=len)
    if len(short) >= 3 and long.startswith(short):
        return True
    if len(short) >= 4 and klank(x) == klank(y):
        return True
    return len(short) >= 5 and distance(x, y, 1) <= 1


@lru_cache(maxsize=100_000)
def compare_achternaam(a: Naam, b: Naam) -> Graad:
    """GELIJK, BIJNA (spelling, or another voorvoegsel), DEELS (one of two surnames), ONBEKEND or ANDERS."""
    if not a.achternamen or not b.achternamen:
        return Graad.ONBEKEND
    if a.achternamen == b.achternamen:
        return Graad.GELIJK
    if "".join(f"{p}{n}" for p, n in a.achternamen).replace(" ", "") == "".join(
        f"{p}{n}" for p, n in b.achternamen
    ).replace(" ", ""):
        return Graad.GELIJK
    one_each = len(a.achternamen) == len(b.achternamen)
    if one_each and all(_same_achternaam(x, y) for x, y in zip(a.achternamen, b.achternamen, strict=True)):
        return Graad.BIJNA
    if any(_same_achternaam(x, y) for x in a.achternamen for y in b.achternamen):
        return Graad.DEELS
    return Graad.DEELS if _part_of(a, b) else Graad.ANDERS


def _same_achternaam(x: tuple[str, str], y: tuple[str, str]) -> bool:
    mine, theirs = x[1].replace(" ", ""), y[1].replace(" ", "")
    if mine == theirs or f"{x[0]}{mine}".replace(" ", "") == f"{y[0]}{theirs}".replace(" ", ""):
        return True
    shortest = min(len(mine), len(theirs))
    if shortest >= 3 and klank(mine) == klank(theirs):
        return True
    limit = 0 if shortest < 4 else 1 if shortest < 8 else 2
    return bool(limit) and distance(mine, theirs, limit) <= limit


def _part_of(a: Naam, b: Naam) -> bool:
    """'Ben Salah' and 'Salah', or two surnames without a dash."""
    mine = {word for _, naam in a.achternamen for word in naam.split() if len(word) > 3}
    theirs = {word for _, naam in b.achternamen for word in naam.split() if len(word) > 3}
    return bool(mine & theirs)


def compare_geboren(a: Kenmerken, b: Kenmerken) -> Graad:
    """GELIJK, BIJNA (day and month swapped), DEELS (one figure differs, or the year is the same), ONBEKEND or ANDERS."""
    x, y = a.geboren, b.geboren
    if x is None or y is None:
        mine = a.geboortejaar or (x.year if x else None)
        theirs = b.geboortejaar or (y.year if y else None)
        if mine and theirs and mine != theirs:
            return Graad.ANDERS
        return Graad.ONBEKEND
    if x == y:
        return Graad.GELIJK
    if (x.year, x.month, x.day) == (y.year, y.day, y.month):
        return Graad.BIJNA
    differ = sum(p != q for p, q in zip(x.isoformat(), y.isoformat(), strict=True))
    return Graad.DEELS if differ == 1 else Graad.ANDERS


def compare_adres(a: Kenmerken, b: Kenmerken) -> Graad:
    """GELIJK, BIJNA (another toevoeging), ONBEKEND or ANDERS; a postcode alone tells nothing."""
    if not (a.postcode and b.postcode and a.huisnummer and b.huisnummer):
        return Graad.ONBEKEND
    if a.postcode != b.postcode:
        return Graad.ANDERS
    mine, theirs = _compact(a.huisnummer), _compact(b.huisnummer)
    if mine == theirs:
        return Graad.GELIJK
    return Graad.BIJNA if _digits_first(mine) == _digits_first(theirs) else Graad.ANDERS


def compare_telefoon(a: Kenmerken, b: Kenmerken) -> Graad:
    """By the last nine figures: +31 6, 06 and 6 are one."""
    if not a.telefoon or not b.telefoon:
        return Graad.ONBEKEND
    return Graad.GELIJK if _nine(a.telefoon) == _nine(b.telefoon) else Graad.ANDERS


def _compact(huisnummer: str) -> str:
    return "".join(c for c in huisnummer.lower() if c.isalnum() or c == "-")


def _digits_first(huisnummer: str) -> str:
    digits = ""
    for c in huisnummer:
        if not c.isdigit():
            break
        digits += c
    return digits


def _nine(telefoon: str) -> str:
    return "".join(c for c in telefoon if c.isdigit())[-9:]
