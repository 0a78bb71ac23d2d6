"""Wat er gekozen is: welke periode, waarnaast, en van wie. En welke tabel van de catalogus daarbij hoort, of waarom geen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from rapportage.catalogus import Catalogus, Tabel
from rapportage.models import Periode
from rapportage.tijdvak import Tijdvak
from skt.kern.keuzelijsten import Leefgebied

VORIGE, JAAR_EERDER = "vorige", "jaar"
FILTERS = ("gebied", "leeftijd")
"""The features of the trunks: what figures can be narrowed by."""
EERSTE_LEEFGEBIED = str(Leefgebied.values[0])
VAKER = {Periode.MAAND: "per maand", Periode.KWARTAAL: "per kwartaal", Periode.JAAR: "per jaar"}


@dataclass(frozen=True)
class Keuze:
    """One look at the figures. `alleen` holds a value per filter, and only those that were chosen."""

    tijdvak: Tijdvak
    naast: str = JAAR_EERDER
    alleen: tuple[tuple[str, str], ...] = ()
    kaart: str = EERSTE_LEEFGEBIED
    """The leefgebied on the map of leefgebieden."""

    @property
    def eerder(self) -> Tijdvak:
        """What it is compared with."""
        return self.tijdvak.year_before() if self.naast == JAAR_EERDER else self.tijdvak.previous()

    @property
    def filters(self) -> dict[str, str]:
        return dict(self.alleen)

    def of(self, tijdvak: Tijdvak) -> "Keuze":
        return replace(self, tijdvak=tijdvak)

    def only(self, filters: Iterable[str]) -> "Keuze":
        """Without the filters that aren't among these."""
        return replace(self, alleen=tuple(paar for paar in self.alleen if paar[0] in filters))

    @property
    def query(self) -> str:
        """For an address that keeps this choice."""
        return urlencode([("periode", self.tijdvak.code), ("naast", self.naast), *self.alleen, *self._kaart])

    @property
    def _kaart(self) -> list[tuple[str, str]]:
        return [("kaart", self.kaart)] if self.kaart != EERSTE_LEEFGEBIED else []


@dataclass(frozen=True)
class Vindplaats:
    """The table that holds what is asked, and the filters that narrow it."""

    tabel: Tabel
    filters: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NietGeboden:
    """Why something isn't offered, and in which period it is."""

    waarom: str
    wel: Periode | None = None


def find(
    catalogus: Catalogus | None, code: str, soort: Periode, filters: Mapping[str, str]
) -> Vindplaats | NietGeboden:
    """The table of the catalogue for this figure, narrowed by these filters, in periods of this kind."""
    gevonden = catalogus.find(code) if catalogus else None
    if gevonden is None:
        return NietGeboden("Dit wordt in deze periode nog niet geteld.")
    _, kubus, basis = gevonden
    erbij = {kenmerk: waarde for kenmerk, waarde in filters.items() if kenmerk not in basis.kenmerken}
    wil = {*basis.kenmerken, *erbij}
    # What is split by gebied stays so: a filter on gebied shows them all.
    tabel = next(
        (t for t in kubus.tabellen if counts(t) == counts(basis) and set(t.kenmerken) == wil), None
    )  # fmt: skip
    if tabel is None:
        return NietGeboden(
            f"Deze figuur is er niet naar {_enumerate(erbij)}: dan worden de groepen zo klein dat iemand te herkennen is."
        )
    if soort not in tabel.perioden:
        wel = Periode(tabel.perioden[0])
        return NietGeboden(
            f"Naar {_enumerate(erbij)} is deze figuur er alleen {VAKER[wel]}: {VAKER[soort]} zijn de groepen te klein."
            if erbij
            else f"Deze figuur is er alleen {VAKER[wel]}: {VAKER[soort]} zijn de groepen te klein.",
            wel,
        )
    return Vindplaats(tabel, tuple(erbij.items()))


def counts(tabel: Tabel) -> str:
    """What a table counts: things, people, contacts ... A filter never goes from one to the other."""
    return tabel.telt


def _enumerate(kenmerken: Iterable[str]) -> str:
    return " én ".join(kenmerken)


def offered(catalogus: Catalogus | None, codes: Iterable[str]) -> set[str]:
    """The filters that narrow at least one of these tables, in whatever period."""
    gevonden: set[str] = set()
    for code in codes:
        plek = catalogus.find(code) if catalogus else None
        if plek is None:
            continue
        _, kubus, basis = plek
        andere = [
            set(t.kenmerken) - set(basis.kenmerken) for t in kubus.tabellen if counts(t) == counts(basis)
        ]
        gevonden |= {naam for naam in FILTERS if {naam} in andere}
    return gevonden
