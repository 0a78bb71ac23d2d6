"""Wat er in een rekenblad komt, los van hoe het heet: eerst een blad met uitleg, dan een blad per tabel.

Numbers are numbers and everything else is text, also what a spreadsheet would take for a formula.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapportage.queries import Tabelcijfers, bounds, shown
from rapportage.tijdvak import Tijdvak
from skt.web.datums import day_of, short_date
from skt.web.grafieken import figure

Waarde = str | int
UITLEG = "Uitleg"
NAAM_LANGST = 31
"""What Excel takes for the name of a sheet."""
BREEDST = 60
BRON = "SKT-registratie van de gemeente Wassenaar, afgerond en vastgezet"
DEFINITIEF = "Deze cijfers zijn definitief. Wat later binnenkomt of verandert, telt mee in de eerstvolgende open maand."
METHODE = (
    "Elk aantal is gecontroleerd afgerond op een veelvoud van 5, zo dat tabellen blijven optellen. 0 en 5 staan er als <10."
    " Het echte aantal ligt van ‘Ten minste’ tot en met ‘Ten hoogste’; meer is er uit alle cijfers samen niet af te leiden."
)
LET_OP = (
    "Tel zelf geen rijen op: van een som is de marge groter. Een verschil van twee aantallen dat niet groter is dan de twee"
    " marges samen, kan alleen door het afronden komen."
)
_GEEN_TEKST = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GEEN_NAAM = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Blad:
    """One sheet: a row of headers and rows under it."""

    naam: str
    titel: str
    kop: Sequence[str]
    rijen: Sequence[Sequence[Waarde]]

    @property
    def breedtes(self) -> list[int]:
        """How wide each column must be, in characters."""
        return [
            min(BREEDST, max(map(len, map(str, [kop, *(rij[nummer] for rij in self.rijen)]))) + 2)
            for nummer, kop in enumerate(self.kop)
        ]


@dataclass(frozen=True)
class Werkboek:
    """A whole document; `op` is when its figures were frozen, and the only moment it knows."""

    titel: str
    onderwerp: str
    op: datetime
    bladen: Sequence[Blad]


def workbook(tijdvak: Tijdvak, tabellen: Sequence[Tabelcijfers]) -> Werkboek:
    """One table, or all of a period. `tabellen` may not be empty."""
    laatst = max(tabel.bevroren_op for tabel in tabellen)
    titel = f"Stuurinformatie SKT Wassenaar, {tijdvak.naam}"
    if len(tabellen) == 1:
        titel = f"{tabellen[0].titel}, {tijdvak.naam}"
    namen = _names(tabellen)
    return Werkboek(
        titel=clean(titel),
        onderwerp="Gepubliceerde, afgeronde aantallen; niemand is erin te herkennen",
        op=laatst,
        bladen=[
            _explain(titel, tijdvak, tabellen, namen),
            *(_sheet(tabel, naam) for tabel, naam in zip(tabellen, namen, strict=True)),
        ],
    )


def _explain(titel: str, tijdvak: Tijdvak, tabellen: Sequence[Tabelcijfers], namen: Sequence[str]) -> Blad:
    grenzen = sorted({tabel.grens for tabel in tabellen})
    vastgezet = sorted({day_of(tabel.bevroren_op) for tabel in tabellen})
    rijen: list[tuple[Waarde, Waarde]] = [
        ("Wat dit is", titel),
        ("Periode", f"{tijdvak.naam}: {short_date(tijdvak.begin)} tot {short_date(tijdvak.eind)}"),
        ("Stand", DEFINITIEF),
        ("Vastgezet op", ", ".join(map(short_date, vastgezet))),
        ("Marge", ", ".join(f"±{grens}" for grens in grenzen)),
        ("Methode", METHODE),
        ("Let op", LET_OP),
        ("Bron", BRON),
    ]
    for tabel, naam in zip(tabellen, namen, strict=True):
        rijen.append((f"Blad {naam}", _describe(tabel)))
    return Blad(UITLEG, titel, ("Onderdeel", "Uitleg"), [(clean(a), clean(b)) for a, b in rijen])


def _describe(tabel: Tabelcijfers) -> str:
    delen = [tabel.titel]
    if tabel.mensen:
        delen.append("telt mensen")
    if tabel.stand:
        delen.append("de stand aan het eind van de periode")
    if tabel.meervoudig:
        delen.append("één melding kan in meer rijen tellen")
    return "; ".join(delen)


def _sheet(tabel: Tabelcijfers, naam: str) -> Blad:
    kop = [*(kenmerk.titel for kenmerk in tabel.kenmerken), "Aantal", "Ten minste", "Ten hoogste"]
    return Blad(
        naam,
        f"{tabel.titel}, {tabel.tijdvak.naam}",
        [clean(titel) for titel in _unique(kop, lambda titel, nummer: f"{titel} {nummer}")],
        [
            (*map(clean, tabel.labels(cel)), *_number(aantal, tabel.grens))
            for cel, aantal in tabel.cellen.items()
        ],
    )


def _number(aantal: int, grens: int) -> tuple[Waarde, int, int]:
    """As it may be shown, with what the true number can be: for 0 and 5 the same words and the same ends."""
    zichtbaar = shown(aantal)
    return figure(None) if zichtbaar is None else zichtbaar, *bounds(zichtbaar, grens)


def _names(tabellen: Sequence[Tabelcijfers]) -> list[str]:
    """A name per sheet that every spreadsheet takes: short, once, without signs that mean something."""
    kort = [_GEEN_NAAM.sub("", clean(tabel.code))[:NAAM_LANGST] or "tabel" for tabel in tabellen]
    return _unique([UITLEG, *kort], lambda naam, nummer: f"{naam[: NAAM_LANGST - 3]}~{nummer}")[1:]


def _unique(namen: Iterable[str], again: Callable[[str, int], str]) -> list[str]:
    gezien: set[str] = set()
    uniek = []
    for naam in namen:
        nummer, nieuw = 1, naam
        while nieuw.lower() in gezien:
            nummer += 1
            nieuw = again(naam, nummer)
        gezien.add(nieuw.lower())
        uniek.append(nieuw)
    return uniek


def clean(waarde: Waarde) -> str:
    """Text without what no document of this kind can hold (control characters, half characters)."""
    return _GEEN_TEKST.sub("", str(waarde))
