"""Regels in gewone woorden: wat er op het scherm staat, is wat er geldt."""

from collections.abc import Iterable, Mapping

from intake.models import Aard
from skt.kern.keuzelijsten import Leefgebied, Thema
from triage.models import Bord, Ernst, Uitkomst, Urgentie
from triage.protocol.regels import ANTWOORDEN, HOOGSTE, LAAGSTE, Advies, Regel, Voorwaarden

ALTIJD = "Altijd"


def describe(als: Voorwaarden, termijnen: Mapping[str, str] | None = None) -> list[str]:
    """The conditions as short Dutch phrases; `termijnen` gives a term's name by its code."""
    zinnen = []
    if als.themas:
        zinnen.append(f"thema is {_one_of(_labels(Thema, als.themas))}")
    if als.themas_ook:
        zinnen.append(f"ook thema is {_one_of(_labels(Thema, als.themas_ook))}")
    if als.aard:
        zinnen.append(f"het gaat om {_one_of(_labels(Aard, als.aard))}")
    if als.spoor:
        zinnen.append(f"spoor is {_one_of(sorted(als.spoor))}")
    if als.termijnen:
        namen = termijnen or {}
        zinnen.append(f"termijn is {_one_of([namen.get(code, code) for code in sorted(als.termijnen)])}")
    if als.meervoudigheid:
        zinnen.append(f"de vraag is {als.meervoudigheid}")
    zinnen += _age(als)
    zinnen += [
        f"{str(Leefgebied(gebied).label).lower()} is {_score(score)}" for gebied, score in als.scores.items()
    ]
    if als.aantal:
        n = als.aantal.minstens
        zinnen.append(
            f"minstens {n} {'leefgebied' if n == 1 else 'leefgebieden'} op {_score(als.aantal.score)}"
        )
    if als.genoemd:
        zinnen.append(f"in de uitvraag staat {_one_of([ANTWOORDEN[a] for a in sorted(als.genoemd)])}")
    if als.niet_genoemd:
        zinnen.append(
            f"in de uitvraag staat niets over {_one_of([_bare(a) for a in sorted(als.niet_genoemd)])}"
        )
    if als.spoed:
        zinnen.append("het loket zegt dat het niet kan wachten")
    return zinnen


def describe_advice(dan: Advies) -> list[str]:
    """What a rule advises, as short Dutch phrases; whom to warn and the law are sentences of their own."""
    zinnen = []
    if dan.uitkomst:
        naar = str(Uitkomst(dan.uitkomst).label).lower()
        team = f", {name_team(dan.bord)}" if dan.bord else ""
        zinnen.append(f"{naar}{team}")
    elif dan.bord:
        zinnen.append(name_team(dan.bord))
    if dan.urgentie:
        zinnen.append(f"urgentie {Urgentie(dan.urgentie).kort}")
    if dan.ernst:
        zinnen.append(f"ernst {str(Ernst(dan.ernst).label).lower()}")
    return zinnen


def sentence(regel: Regel, termijnen: Mapping[str, str] | None = None) -> str:
    """The whole rule: ‘Als … en …: aanmeldoverleg, team jeugd/gezin; urgentie spoed. Waarschuw: …’."""
    als = describe(regel.als, termijnen)
    begin = f"Als {' en '.join(als)}" if als else ALTIJD
    delen = ["; ".join(describe_advice(regel.dan))] if describe_advice(regel.dan) else []
    zin = f"{begin}: {delen[0]}." if delen else f"{begin}."
    if regel.dan.waarschuw:
        zin += f" Let op: {' '.join(map(stop, regel.dan.waarschuw))}"
    if regel.dan.wet:
        zin += f" De wet: {' '.join(map(stop, regel.dan.wet))}"
    return zin


def name_team(bord: str) -> str:
    """‘team jeugd/gezin’, ‘beide teams samen’."""
    return "beide teams samen" if bord == Bord.GEZAMENLIJK else f"team {str(Bord(bord).label).lower()}"


def stop(zin: str) -> str:
    return zin if zin.endswith((".", "!", "?")) else f"{zin}."


def _age(als: Voorwaarden) -> list[str]:
    if als.leeftijd_van is not None and als.leeftijd_tot is not None:
        return [f"leeftijd {als.leeftijd_van} tot en met {als.leeftijd_tot} jaar"]
    if als.leeftijd_van is not None:
        return [f"{als.leeftijd_van} jaar of ouder"]
    return [f"hoogstens {als.leeftijd_tot} jaar"] if als.leeftijd_tot is not None else []


def _score(score: int) -> str:
    if score == HOOGSTE:
        return "besproken"
    return str(score) if score == LAAGSTE else f"{score} of lager"


def _labels(lijst: type[Thema] | type[Aard], waarden: Iterable[str]) -> list[str]:
    return [f"‘{lijst(waarde).label}’" for waarde in lijst.values if waarde in set(waarden)]


def _one_of(namen: list[str]) -> str:
    return namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} of {namen[-1]}"


def _bare(antwoord: str) -> str:
    return ANTWOORDEN[antwoord].removeprefix("een ")
