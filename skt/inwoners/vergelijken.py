"""Two inwoners side by side: what differs, and of whom it would best be taken when they become one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from skt.inwoners.buurten import name_of
from skt.inwoners.models import Inwoner, VeiligContact


@dataclass(frozen=True)
class Groep:
    """Fields that only make sense together: taken over together, or not at all."""

    sleutel: str
    label: str
    velden: tuple[str, ...]
    tekst: Callable[[Inwoner], str]


def _geboren(inwoner: Inwoner) -> str:
    if inwoner.geboortedatum:
        return f"{inwoner.geboortedatum:%d-%m-%Y}"
    return str(inwoner.geboortejaar or "")


def _adres(inwoner: Inwoner) -> str:
    if inwoner.geheim_adres:
        return "Geheim adres"
    adres = f"{inwoner.postcode} {inwoner.huisnummer or ''}{inwoner.toevoeging}".strip()
    return ", ".join(filter(None, [adres, name_of(inwoner.buurtcode)]))


def _veilig(inwoner: Inwoner) -> str:
    return ": ".join(filter(None, [inwoner.get_veilig_contact_display(), inwoner.veilig_contact_toelichting]))


GROEPEN = (
    Groep(
        "naam",
        "Achternaam",
        ("achternaam", "voorvoegsel"),
        lambda i: f"{i.voorvoegsel} {i.achternaam}".strip(),
    ),
    Groep("geboortenaam", "Geboortenaam", ("geboortenaam",), lambda i: i.geboortenaam),
    Groep("roepnaam", "Roepnaam", ("roepnaam",), lambda i: i.roepnaam),
    Groep("voornamen", "Voornamen", ("voornamen",), lambda i: i.voornamen),
    Groep("geboren", "Geboren", ("geboortedatum", "geboortejaar"), _geboren),
    Groep("geslacht", "Geslacht", ("geslacht",), lambda i: i.get_geslacht_display()),
    Groep("adres", "Adres", ("postcode", "huisnummer", "toevoeging", "buurtcode", "geheim_adres"), _adres),
    Groep("telefoon", "Telefoon", ("telefoon",), lambda i: i.telefoon),
    Groep("email", "E-mail", ("email",), lambda i: i.email),
    Groep(
        "taal",
        "Taal",
        ("taal", "tolk_nodig"),
        lambda i: ", ".join(filter(None, [i.taal, "met tolk" if i.tolk_nodig else ""])),
    ),
    Groep("veilig", "Contact opnemen", ("veilig_contact", "veilig_contact_toelichting"), _veilig),
    Groep(
        "vertegenwoordiging",
        "Vertegenwoordiging",
        ("vertegenwoordiging",),
        lambda i: i.get_vertegenwoordiging_display(),
    ),
)
STRENG = {VeiligContact.JA: 0, VeiligContact.BEPERKT: 1, VeiligContact.NIET: 2}


@dataclass(frozen=True)
class Regel:
    """One group of two people. `overnemen`: it is safer or fuller with who goes."""

    groep: Groep
    blijft: str
    vervalt: str
    gelijk: bool
    overnemen: bool


def compare(blijft: Inwoner, vervalt: Inwoner) -> list[Regel]:
    """Every group of which at least one of them has something."""
    found = []
    for groep in GROEPEN:
        onze, hunne = groep.tekst(blijft), groep.tekst(vervalt)
        same = _values(blijft, groep.velden) == _values(vervalt, groep.velden)
        if onze or hunne:
            found.append(
                Regel(groep, onze, hunne, same, not same and _better(groep.sleutel, blijft, vervalt))
            )
    return found


def _better(sleutel: str, blijft: Inwoner, vervalt: Inwoner) -> bool:
    """The side that protects, then the side that knows something."""
    if sleutel == "adres" and blijft.geheim_adres != vervalt.geheim_adres:
        return vervalt.geheim_adres
    if sleutel == "veilig":
        return STRENG[VeiligContact(vervalt.veilig_contact)] > STRENG[VeiligContact(blijft.veilig_contact)]
    if sleutel == "geboren":
        return bool(vervalt.geboortedatum and not blijft.geboortedatum)
    velden = next(groep.velden for groep in GROEPEN if groep.sleutel == sleutel)
    onze, hunne = getattr(blijft, velden[0]), getattr(vervalt, velden[0])
    return hunne not in NIETS_GEZEGD and onze in NIETS_GEZEGD


NIETS_GEZEGD = ("", None, "onbekend", "geen")


def columns_of(groepen: Iterable[str]) -> list[str]:
    """The fields of these groups; a name that is no group is left out."""
    chosen = set(groepen)
    return [veld for groep in GROEPEN if groep.sleutel in chosen for veld in groep.velden]


def stamp(*inwoners: Inwoner) -> str:
    """Changes when anything about these people changes: what was looked at is what is decided on."""
    velden = [veld for groep in GROEPEN for veld in groep.velden]
    facts = [(inwoner.pk, _values(inwoner, velden)) for inwoner in sorted(inwoners, key=lambda one: one.pk)]
    return sha256(repr(facts).encode()).hexdigest()[:32]


def _values(inwoner: Inwoner, velden: Iterable[str]) -> list[Any]:
    return [getattr(inwoner, veld) for veld in velden]
