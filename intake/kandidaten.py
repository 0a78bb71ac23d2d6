"""Misschien bekend: wie het zou kunnen zijn, waarom we dat denken, en bij wie een ander bekend is."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from skt.inwoners.models import Inwoner
from skt.inwoners.queries import Gevonden, search_inwoners
from skt.web.leefgebieden import enumerate_words

MAX_GETOOND = 5
MIN_LETTERS = 3


@dataclass(frozen=True)
class Kandidaat:
    """`precies`: achternaam met geboortedatum, adres of telefoon, en niets dat dat tegenspreekt."""

    pk: int
    inwoner: Inwoner | None
    naam: str
    tekst: str
    precies: bool
    telefoon: str = ""

    @property
    def dicht(self) -> bool:
        return self.inwoner is None


@dataclass(frozen=True)
class Bekenden:
    kandidaten: list[Kandidaat] = field(default_factory=list)
    aantal: int = 0

    @property
    def precies(self) -> bool:
        return any(kandidaat.precies for kandidaat in self.kandidaten)


@dataclass(frozen=True)
class Kenmerken:
    """What tells two people of one household apart."""

    roepnaam: str = ""
    geboren: date | None = None
    geboortejaar: int | None = None

    def spreken_tegen(self, inwoner: Inwoner) -> bool:
        """Another first letter or another year of birth: somebody else at the same address."""
        voornaam = inwoner.roepnaam or inwoner.voornamen
        if self.roepnaam and voornaam and self.roepnaam[0].lower() != voornaam[0].lower():
            return True
        hun_jaar = inwoner.geboortedatum.year if inwoner.geboortedatum else inwoner.geboortejaar
        mijn_jaar = self.geboren.year if self.geboren else self.geboortejaar
        return bool(hun_jaar and mijn_jaar and hun_jaar != mijn_jaar)


NIETS_BEKEND = Kenmerken()


def find_kandidaten(vraag: dict[str, Any], kenmerken: Kenmerken = NIETS_BEKEND) -> Bekenden:
    """People who may be the one. Too little to go on (a few letters of a name) finds nobody."""
    enough = len(vraag["naam"]) >= MIN_LETTERS or vraag["geboren"] or vraag["telefoon"]
    if not (enough or (vraag["postcode"] and vraag["huisnummer"])):
        return Bekenden()
    found = search_inwoners(**vraag)
    return Bekenden([_kandidaat(one, vraag, kenmerken) for one in found[:MAX_GETOOND]], len(found))


def is_full_match(inwoner_id: int, vraag: dict[str, Any]) -> bool:
    """May this person be chosen unseen? Only when what was typed fits completely (skt/autorisatie/0003)."""
    return any(one.inwoner_id == inwoner_id and not one.is_zichtbaar for one in search_inwoners(**vraag))


def show_adres(inwoner: Inwoner) -> str:
    """Postcode and number; nothing when the address is secret."""
    if inwoner.geheim_adres or not inwoner.postcode:
        return ""
    number = f"{inwoner.huisnummer or ''}{inwoner.toevoeging}"
    return f"{inwoner.postcode} {number}".strip()


def _kandidaat(found: Gevonden, vraag: dict[str, Any], kenmerken: Kenmerken) -> Kandidaat:
    if found.inwoner is None:
        bij = ", ".join(organisatie.naam for organisatie in found.organisaties) or "een ander team"
        telefoon = next((o.telefoon_coordinator for o in found.organisaties if o.telefoon_coordinator), "")
        bel = "Bel de coördinator:" if telefoon else "Vraag uw teamcoördinator."
        return Kandidaat(
            found.inwoner_id, None, f"Bekend bij {bij}", f"Wat u schreef klopt precies. {bel}", True, telefoon
        )
    inwoner = found.inwoner
    same = _same(inwoner, vraag)
    # Of a secret address not even that it is the same.
    told = [fact for fact in same if not (fact == "adres" and inwoner.geheim_adres)]
    gelijk = f"{enumerate_words(told)} {'is' if len(told) == 1 else 'zijn'} gelijk" if told else ""
    geboren = f"{inwoner.geboortedatum:%d-%m-%Y}" if inwoner.geboortedatum else ""
    about = ", ".join(filter(None, [geboren, show_adres(inwoner)]))
    return Kandidaat(
        inwoner.pk,
        inwoner,
        inwoner.naam,
        " ".join(f"{part}." for part in (about, gelijk.capitalize()) if part),
        "achternaam" in same and len(same) > 1 and not kenmerken.spreken_tegen(inwoner),
    )


def _same(inwoner: Inwoner, vraag: dict[str, Any]) -> list[str]:
    facts = {
        "achternaam": bool(vraag["naam"]) and inwoner.achternaam.lower() == vraag["naam"].lower(),
        "geboortedatum": bool(vraag["geboren"]) and inwoner.geboortedatum == vraag["geboren"],
        "adres": bool(vraag["postcode"] and vraag["huisnummer"])
        and (inwoner.postcode, inwoner.huisnummer) == (vraag["postcode"], vraag["huisnummer"]),
        "telefoon": bool(vraag["telefoon"]) and inwoner.telefoon == vraag["telefoon"],
    }
    return [name for name, is_same in facts.items() if is_same]
