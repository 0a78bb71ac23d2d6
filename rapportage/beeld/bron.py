"""De cijfers achter een bladzijde: in één keer gelezen, en per figuur het deel dat gevraagd is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rapportage.bedragen import Bedrag, read_amounts
from rapportage.beeld.keuze import Keuze, NietGeboden, Vindplaats, find
from rapportage.catalogus import Catalogus, Kenmerk, Tabel
from rapportage.queries import Plek, Tabelcijfers, read_catalogues, read_tables, shown
from rapportage.tijdvak import Tijdvak

KAART = "leefgebied-gebied"
"""The table of the map on which a leefgebied can be chosen."""
GEEN = "–"
"""There is no number: that period wasn't published, or its classification has no such value (so not that it is small)."""
IN_BEELD = 8
"""So many periods stand next to each other."""
ONGETOOND = 5
"""What a count too small to show is taken for in a comparison: then 0 and 5 can't be told apart."""


@dataclass(frozen=True)
class Snede:
    """One table, or the part of it that a filter leaves: numbers per value of what remains."""

    kenmerken: tuple[Kenmerk, ...]
    tijdvak: Tijdvak
    grens: int
    bevroren_op: datetime
    cellen: Mapping[tuple[str, ...], int]
    tabel: str
    wat: str
    meervoudig: bool
    stand: bool

    @property
    def waarden(self) -> dict[str, int | None]:
        """Of one feature, as it may be shown."""
        return {cel[0]: shown(aantal) for cel, aantal in self.cellen.items()}

    def get(self, waarde: str) -> int | str | None:
        """As it may be shown, None where it is too small; GEEN where this year's classification doesn't know the value."""
        return self.waarden.get(waarde, GEEN)

    @property
    def totaal(self) -> int | None:
        """Of a table without features: its one number."""
        return shown(next(iter(self.cellen.values())))

    def label(self, waarde: str) -> str:
        return dict(self.kenmerken[0].vakken).get(waarde, waarde)


@dataclass(frozen=True)
class Vergelijking:
    """Two published numbers: is the difference more than rounding can make?"""

    nu: int | None
    eerder: int | None
    onzeker: int

    @property
    def verschil(self) -> int:
        return (ONGETOOND if self.nu is None else self.nu) - (
            ONGETOOND if self.eerder is None else self.eerder
        )

    @property
    def zeker(self) -> bool:
        return abs(self.verschil) > self.onzeker

    @property
    def woord(self) -> str:
        if not self.zeker:
            return "niet duidelijk anders"
        return "meer" if self.verschil > 0 else "minder"


@dataclass(frozen=True)
class Bron:
    """What was read for one page."""

    keuze: Keuze
    catalogi: Mapping[int, Catalogus]
    perioden: Sequence[Tijdvak]
    tabellen: Mapping[Plek, Tabelcijfers]
    bevolking: Mapping[int, Mapping[str, int]]
    bedragen: Mapping[Plek, Mapping[str, Bedrag]] = field(default_factory=dict)

    @property
    def tijdvak(self) -> Tijdvak:
        return self.keuze.tijdvak

    def find(self, code: str, tijdvak: Tijdvak | None = None) -> Vindplaats | NietGeboden:
        tijdvak = tijdvak or self.tijdvak
        if (code, tijdvak) in self.tabellen and tijdvak.jaar not in self.catalogi and not self.keuze.alleen:
            # The first figures, of before there was a catalogue.
            cijfers = self.tabellen[code, tijdvak]
            return Vindplaats(_as_tabel(cijfers), ())
        return find(self.catalogi.get(tijdvak.jaar), code, tijdvak.soort, self.keuze.filters)

    def cut(self, code: str, tijdvak: Tijdvak | None = None) -> Snede | None:
        """This table in this period, narrowed as chosen; None when there is none to show, or that year didn't know what was chosen."""
        tijdvak = tijdvak or self.tijdvak
        plaats = self.find(code, tijdvak)
        if isinstance(plaats, NietGeboden):
            return None
        cijfers = self.tabellen.get((plaats.tabel.code, tijdvak))
        if cijfers is None:
            return None
        filters = dict(plaats.filters)
        if code == KAART:
            filters["leefgebied"] = self.keuze.kaart
        snede = _narrow(cijfers, filters)
        return snede if snede.cellen else None

    def compare(self, nu: int | None, eerder: int | None, *sneden: Snede) -> Vergelijking:
        return Vergelijking(nu, eerder, sum(snede.grens for snede in sneden[:2]))

    def series(self, code: str) -> list[Snede]:
        """The last periods up to this one, oldest first, without those that aren't there."""
        return [snede for tijdvak in periods_until(self.tijdvak) if (snede := self.cut(code, tijdvak))]


def periods_until(tijdvak: Tijdvak, aantal: int = IN_BEELD) -> list[Tijdvak]:
    reeks = [tijdvak]
    while len(reeks) < aantal:
        reeks.append(reeks[-1].previous())
    return reeks[::-1]


def read_source(
    keuze: Keuze,
    nu: Iterable[str],
    reeksen: Iterable[str],
    *,
    perioden: Sequence[Tijdvak],
    bevolking: Mapping[int, Mapping[str, int]],
    bladen: Iterable[str] = (),
) -> Bron:
    """Read the tables of `nu` for this period and those it is compared with, and of `reeksen` for the last periods.

    And the amounts of `bladen`, of this period and the same of a year before.
    """
    tijdvakken = periods_until(keuze.tijdvak)
    naast = {keuze.tijdvak, keuze.tijdvak.previous(), keuze.tijdvak.year_before()}
    catalogi = read_catalogues({tijdvak.jaar for tijdvak in [*tijdvakken, *naast]})
    plekken: set[Plek] = set()
    for codes, wanneer in ((nu, naast), (reeksen, {*tijdvakken, *naast})):
        for code in codes:
            for tijdvak in wanneer:
                plekken.add((_where(catalogi, code, tijdvak, keuze), tijdvak))
    bedragen = read_amounts(
        (code, tijdvak)
        for code in bladen
        for tijdvak in (keuze.tijdvak, keuze.tijdvak.year_before())
        if _has_sheet(catalogi.get(tijdvak.jaar), code, tijdvak)
    )
    return Bron(keuze, catalogi, perioden, read_tables(plekken, catalogi), bevolking, bedragen)


def _has_sheet(catalogus: Catalogus | None, code: str, tijdvak: Tijdvak) -> bool:
    return any(
        vorm.code == code and tijdvak.soort in vorm.perioden
        for vorm in (catalogus.bladen if catalogus else ())
    )


def _as_tabel(cijfers: Tabelcijfers) -> Tabel:
    return Tabel(cijfers.code, cijfers.titel, cijfers.kolommen, (cijfers.tijdvak.soort,))


def _where(catalogi: Mapping[int, Catalogus], code: str, tijdvak: Tijdvak, keuze: Keuze) -> str:
    plaats = find(catalogi.get(tijdvak.jaar), code, tijdvak.soort, keuze.filters)
    return code if isinstance(plaats, NietGeboden) else plaats.tabel.code


def _narrow(cijfers: Tabelcijfers, filters: Mapping[str, str]) -> Snede:
    blijft = [n for n, code in enumerate(cijfers.kolommen) if code not in filters]
    cellen = {
        tuple(cel[n] for n in blijft): aantal
        for cel, aantal in cijfers.cellen.items()
        if all(cel[cijfers.kolommen.index(code)] == waarde for code, waarde in filters.items())
    }
    return Snede(
        kenmerken=tuple(cijfers.kenmerken[n] for n in blijft),
        tijdvak=cijfers.tijdvak,
        grens=cijfers.grens,
        bevroren_op=cijfers.bevroren_op,
        cellen=cellen,
        tabel=cijfers.code,
        wat=cijfers.wat,
        meervoudig=cijfers.meervoudig,
        stand=cijfers.stand,
    )
