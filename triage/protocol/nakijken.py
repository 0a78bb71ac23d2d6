"""Een protocol nakijken voordat het wordt bewaard: regels die zichzelf of elkaar tegenspreken, of nooit aan bod komen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from triage.models import Uitkomst, Urgentie
from triage.protocol.regels import KEUZES, OUDSTE, Regel, RegelInvalid, Voorwaarden, read_regel

WOORD = {"uitkomst": "de uitkomst", "bord": "het team", "urgentie": "de urgentie", "ernst": "de ernst"}


@dataclass(frozen=True)
class Bevinding:
    """What is wrong with which rule (numbered from 1)."""

    regel: int
    zin: str
    veld: str = ""
    """The part of the rule it is about, when it is about one."""


@dataclass(frozen=True)
class Nagekeken:
    """One line as it is stored, with what is wrong with it. `regel` is None when it can't be read."""

    nummer: int
    naam: str
    regel: Regel | None
    fouten: tuple[Bevinding, ...] = ()


def find_faults(regels: Sequence[Regel], termijnen: Collection[str] | None = None) -> list[Bevinding]:
    """Everything that makes this protocol contradict itself, and every rule that can never say anything.

    With `termijnen` (the codes there are) also every term that no longer exists.
    """
    found: list[Bevinding] = []
    for nummer, regel in enumerate(regels, start=1):
        found += own_faults(nummer, regel, termijnen) or _against_earlier(nummer, regel, regels[: nummer - 1])
    return found


def inspect(gegevens: Sequence[Any], termijnen: Collection[str] | None = None) -> list[Nagekeken]:
    """Stored rules, line by line, each with its faults; a line that can't be read says why."""
    read: list[Regel | RegelInvalid] = []
    for item in gegevens:
        try:
            read.append(read_regel(item))
        except RegelInvalid as error:
            read.append(error)
    plekken = [plek for plek, item in enumerate(read, start=1) if isinstance(item, Regel)]
    faults: dict[int, list[Bevinding]] = {}
    for fout in find_faults([item for item in read if isinstance(item, Regel)], termijnen):
        plek = plekken[fout.regel - 1]
        faults.setdefault(plek, []).append(Bevinding(plek, fout.zin, fout.veld))
    return [
        Nagekeken(nummer, item.naam, item, tuple(faults.get(nummer, ())))
        if isinstance(item, Regel)
        else Nagekeken(
            nummer, _name(gegevens[nummer - 1]), None, (Bevinding(nummer, _unreadable(item), item.veld),)
        )
        for nummer, item in enumerate(read, start=1)
    ]


def _name(item: Any) -> str:
    return str(item.get("naam") or "Zonder naam") if isinstance(item, dict) else "Zonder naam"


def _unreadable(error: RegelInvalid) -> str:
    return f"Deze regel vraagt of zegt iets dat niet (meer) bestaat. {error}"


def own_faults(nummer: int, regel: Regel, termijnen: Collection[str] | None = None) -> list[Bevinding]:
    """What is wrong with a rule by itself, wherever it stands."""
    als, dan = regel.als, regel.dan
    zinnen: list[tuple[str, str]] = []
    if dan.is_leeg:
        zinnen.append(
            ("uitkomst", "Deze regel geeft geen advies. Kies wat er moet gebeuren, of haal de regel weg.")
        )
    if als.leeftijd_van is not None and als.leeftijd_tot is not None and als.leeftijd_van > als.leeftijd_tot:
        zinnen.append(
            ("leeftijd_tot", "Deze regel komt nooit aan bod: de leeftijd begint later dan zij eindigt.")
        )
    if als.genoemd and als.genoemd <= als.niet_genoemd:
        zinnen.append(("niet_genoemd", "Deze regel komt nooit aan bod: zij vraagt wat er niet mag staan."))
    if termijnen is not None and (weg := als.termijnen - set(termijnen)):
        zinnen.append(("termijnen", f"De termijn {', '.join(sorted(weg))} bestaat niet (meer)."))
    if dan.bord and dan.uitkomst and dan.uitkomst != Uitkomst.OVERLEG:
        zinnen.append(
            (
                "bord",
                "Een team hoort bij de uitkomst ‘Aanmeldoverleg’. Haal het team weg of kies die uitkomst.",
            )
        )
    if dan.uitkomst == Uitkomst.CRISISROUTE and dan.urgentie not in ("", Urgentie.CRISIS):
        zinnen.append(("urgentie", "De crisisroute kan niet wachten. Kies als urgentie ‘Crisis (direct)’."))
    if dan.urgentie == Urgentie.CRISIS and dan.uitkomst not in ("", Uitkomst.CRISISROUTE):
        zinnen.append(
            ("urgentie", "Bij urgentie ‘Crisis (direct)’ hoort de crisisroute, niet iets dat kan wachten.")
        )
    return [Bevinding(nummer, zin, veld) for veld, zin in zinnen]


def _against_earlier(nummer: int, regel: Regel, eerdere: Sequence[Regel]) -> list[Bevinding]:
    """Where an earlier rule always applies as well: it had the first word."""
    before = [
        (plek, eerder) for plek, eerder in enumerate(eerdere, start=1) if implies(regel.als, eerder.als)
    ]
    zinnen: list[tuple[str, str]] = []
    nieuws = False
    for onderdeel in KEUZES:
        waarde = getattr(regel.dan, onderdeel)
        if not waarde:
            continue
        first = next(
            (
                (plek, getattr(eerder.dan, onderdeel))
                for plek, eerder in before
                if getattr(eerder.dan, onderdeel)
            ),
            None,
        )
        if first is None:
            nieuws = True
        elif first[1] != waarde:
            zin = (
                f"Regel {nummer} en regel {first[0]} spreken elkaar tegen over {WOORD[onderdeel]}: regel {first[0]} geldt dan"
                " ook, gaat voor en zegt iets anders. Zet de strengste regel bovenaan, of pas er een aan."
            )
            zinnen.append((onderdeel, zin))
    said = {zin for _, eerder in before for zin in (*eerder.dan.waarschuw, *eerder.dan.wet)}
    nieuws = nieuws or not said.issuperset((*regel.dan.waarschuw, *regel.dan.wet))
    if not zinnen and not nieuws:
        plekken = ", ".join(str(plek) for plek, _ in before)
        zinnen.append(
            ("", f"Deze regel voegt nooit iets toe: wat zij zegt, is dan al gezegd (regel {plekken}).")
        )
    return [Bevinding(nummer, zin, veld) for veld, zin in zinnen]


def implies(strenger: Voorwaarden, ruimer: Voorwaarden) -> bool:
    """Does `ruimer` hold whenever `strenger` does? Never a false yes; sums over leefgebieden may give a false no."""
    return (
        (_within(strenger.themas, ruimer.themas) or _within(strenger.themas_ook, ruimer.themas))
        and (_within(strenger.themas, ruimer.themas_ook) or _within(strenger.themas_ook, ruimer.themas_ook))
        and _within(strenger.aard, ruimer.aard)
        and _within(strenger.spoor, ruimer.spoor)
        and _within(strenger.termijnen, ruimer.termijnen)
        and ruimer.meervoudigheid in ("", strenger.meervoudigheid)
        and (not ruimer.spoed or strenger.spoed)
        and _within(strenger.genoemd, ruimer.genoemd)
        and ruimer.niet_genoemd <= strenger.niet_genoemd
        and _age_within(strenger, ruimer)
        and all(strenger.scores.get(gebied, 9) <= score for gebied, score in ruimer.scores.items())
        and _count_within(strenger, ruimer)
    )


def _within(strenger: frozenset[str], ruimer: frozenset[str]) -> bool:
    return not ruimer or (bool(strenger) and strenger <= ruimer)


def _age_within(strenger: Voorwaarden, ruimer: Voorwaarden) -> bool:
    if not ruimer.vraagt_leeftijd:
        return True
    return (
        strenger.vraagt_leeftijd
        and (strenger.leeftijd_van or 0) >= (ruimer.leeftijd_van or 0)
        and (strenger.leeftijd_tot if strenger.leeftijd_tot is not None else OUDSTE)
        <= (ruimer.leeftijd_tot if ruimer.leeftijd_tot is not None else OUDSTE)
    )


def _count_within(strenger: Voorwaarden, ruimer: Voorwaarden) -> bool:
    if ruimer.aantal is None:
        return True
    zeker = sum(score <= ruimer.aantal.score for score in strenger.scores.values())
    if strenger.aantal and strenger.aantal.score <= ruimer.aantal.score:
        zeker = max(zeker, strenger.aantal.minstens)
    return zeker >= ruimer.aantal.minstens


GEEN_LAATSTE_WOORD = "Niet elke melding krijgt een advies. Zet onderaan een regel zonder voorwaarden, die zegt waar de rest heen gaat."


def has_last_word(regels: Sequence[Regel]) -> bool:
    """Is there always some advice? Only when a rule without conditions says where it goes."""
    return any(regel.als.is_leeg and regel.dan.uitkomst for regel in regels)
