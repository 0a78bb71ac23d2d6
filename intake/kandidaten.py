"""Misschien bekend: wie het zou kunnen zijn, waarom we dat denken, en bij wie een ander bekend is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from intake.models import Melding
from skt.inwoners.models import Inwoner
from skt.inwoners.queries import Gevonden, search_inwoners
from skt.inwoners.roepnamen import other_forms
from skt.web.leefgebieden import enumerate_words

MAX_GETOOND = 5
MIN_LETTERS = 3
MAX_EERDER = 20
BELLER = "beller"
GELIJK, OMGEDRAAID, OP_ADRES, CIJFER_MIS = 0.99, 0.84, 0.65, 0.55
"""What a fact is worth (skt/autorisatie/0009_bekend_of_nieuw): just under, because PostgreSQL rounds."""


@dataclass(frozen=True)
class Kandidaat:
    """`precies`: achternaam met geboortedatum, adres of telefoon, en niets dat dat tegenspreekt."""

    pk: int
    inwoner: Inwoner | None
    naam: str
    tekst: str
    precies: bool
    telefoon: str = ""
    soort: str = ""

    @property
    def dicht(self) -> bool:
        return self.inwoner is None


@dataclass(frozen=True)
class Bekenden:
    kandidaten: list[Kandidaat] = field(default_factory=list)
    aantal: int = 0
    gezocht: bool = False
    """Was there enough to look with? Then an empty list says something."""

    @property
    def precies(self) -> bool:
        return any(kandidaat.precies for kandidaat in self.kandidaten)


@dataclass(frozen=True)
class Kenmerken:
    """What tells two people of one household apart."""

    roepnaam: str = ""
    geboren: date | None = None
    geboortejaar: int | None = None
    beller: str = ""
    """The number of who calls, also when it is about somebody else."""

    def spreken_tegen(self, inwoner: Inwoner) -> bool:
        """Another first name or another year of birth: somebody else at the same address. Annie may be Johanna."""
        voornaam = (inwoner.roepnaam or inwoner.voornamen).lower()
        mijn = self.roepnaam.lower()
        if mijn and voornaam and mijn[0] != voornaam[0] and voornaam.split()[0] not in other_forms(mijn):
            return True
        hun_jaar = inwoner.geboortedatum.year if inwoner.geboortedatum else inwoner.geboortejaar
        mijn_jaar = self.geboren.year if self.geboren else self.geboortejaar
        return bool(hun_jaar and mijn_jaar and hun_jaar != mijn_jaar)


NIETS_BEKEND = Kenmerken()


def find_kandidaten(vraag: dict[str, Any], kenmerken: Kenmerken = NIETS_BEKEND) -> Bekenden:
    """People who may be the one. Too little to go on (a few letters of a name) finds nobody.

    After them, as far as there is room: whom the caller's own number was about before, if that may be seen.
    """
    enough = len(vraag["naam"]) >= MIN_LETTERS or vraag["geboren"] or vraag["telefoon"]
    gezocht = bool(enough or (vraag["postcode"] and vraag["huisnummer"]))
    found: list[Gevonden] = []
    if gezocht:
        extra = {"voornaam": kenmerken.roepnaam, "geboortejaar": kenmerken.geboortejaar}
        found = search_inwoners(**{**extra, **vraag})
    kandidaten = [_kandidaat(one, vraag, kenmerken) for one in found[:MAX_GETOOND]]
    aantal = len(found)
    if kenmerken.beller and len(kandidaten) < MAX_GETOOND:
        seen = {one.inwoner_id for one in found}
        eerder = [one for one in find_beller(kenmerken.beller) if one.pk not in seen]
        kandidaten += eerder[: MAX_GETOOND - len(kandidaten)]
        aantal += len(eerder)
    return Bekenden(kandidaten, aantal, gezocht)


def find_beller(telefoon: str) -> list[Kandidaat]:
    """Whose number this is, and whom it called about before. Only who may be seen; a number alone opens nobody."""
    eigen = [one.inwoner for one in search_inwoners(telefoon=telefoon) if one.inwoner is not None]
    found = {
        inwoner.pk: Kandidaat(
            inwoner.pk, inwoner, inwoner.naam, "Dit is het nummer van deze inwoner.", False, soort=BELLER
        )
        for inwoner in eigen
    }
    meldingen = (
        Melding.objects.filter(contactmoment__melder_telefoon=telefoon, inwoner__isnull=False)
        .select_related("inwoner")
        .order_by("-ontvangen_op", "-pk")[:MAX_EERDER]
    )
    for melding in meldingen:
        inwoner = melding.inwoner
        op = f"{timezone.localtime(melding.ontvangen_op):%d-%m-%Y}"
        found.setdefault(
            inwoner.pk,
            Kandidaat(
                inwoner.pk, inwoner, inwoner.naam,
                f"Met dit nummer is eerder over deze inwoner gebeld, op {op}.", False, soort=BELLER,
            ),
        )  # fmt: skip
    return list(found.values())[:MAX_GETOOND]


def is_full_match(inwoner_id: int, vraag: dict[str, Any]) -> bool:
    """May this person be chosen unseen? Only when what was typed fits completely (skt/autorisatie/0003)."""
    return any(one.inwoner_id == inwoner_id and not one.is_zichtbaar for one in search_inwoners(**vraag))


def show_geboren(inwoner: Inwoner) -> str:
    """The day as people write it, or the year when that is all that is known."""
    if inwoner.geboortedatum:
        return f"{inwoner.geboortedatum:%d-%m-%Y}"
    return f"geboren in {inwoner.geboortejaar}" if inwoner.geboortejaar else ""


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
    feiten = found.feiten
    gelijk = [naam for naam, is_same in _same(inwoner, vraag, feiten) if is_same]
    about = ", ".join(filter(None, [show_geboren(inwoner), show_adres(inwoner)]))
    told = (
        f"{enumerate_words(gelijk)} {'is' if len(gelijk) == 1 else 'zijn'} gelijk".capitalize()
        if gelijk
        else ""
    )
    parts = [about, told, *_alike(gelijk, feiten)]
    naam, dag, adres, telefoon = (feiten.get(fact, 0) for fact in "ndat")
    strong = naam >= GELIJK and (dag >= OMGEDRAAID or adres >= OP_ADRES or telefoon > 0)
    return Kandidaat(
        inwoner.pk,
        inwoner,
        inwoner.naam,
        " ".join(f"{part}." for part in parts if part),
        strong and not found.tegen and not kenmerken.spreken_tegen(inwoner),
    )


def _same(inwoner: Inwoner, vraag: dict[str, Any], feiten: Mapping[str, float]) -> list[tuple[str, bool]]:
    naam = vraag["naam"].lower()
    return [
        ("achternaam", bool(naam) and naam in (inwoner.achternaam.lower(), inwoner.geboortenaam.lower())),
        ("geboortedatum", feiten.get("d", 0) >= GELIJK),
        # Of a secret address not even that it is the same: there is no key of it to be found by.
        ("adres", feiten.get("a", 0) >= OP_ADRES),
        ("telefoon", feiten.get("t", 0) > 0),
    ]


def _alike(gelijk: list[str], feiten: Mapping[str, float]) -> list[str]:
    """What is nearly the same, each as a sentence."""
    found = []
    if "achternaam" not in gelijk and feiten.get("n", 0) > 0:
        found.append("De achternaam lijkt erop")
    if OMGEDRAAID <= feiten.get("d", 0) < GELIJK:
        found.append("Dag en maand zijn omgedraaid")
    elif CIJFER_MIS <= feiten.get("d", 0) < OMGEDRAAID:
        found.append("De geboortedatum scheelt een cijfer")
    return found
