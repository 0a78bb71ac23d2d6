"""A loket list of another year, made with other instances of every rule than the shared list of 2021, and what should become of it.

Everybody is fictitious; phones 06-0000 .... and 070-555 .., BSNs 9999......
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

KOP = (
    "Volgnr", "Datum", "Tijd", "Kanaal", "Naam beller", "Relatie", "Naam inwoner", "Geb.datum", "Postcode", "Huisnr", "Telefoon",
    "Vraag", "Onderwerp", "Doorverwezen naar", "Medewerker", "Organisatie", "Afgehandeld", "Opmerking",
)  # fmt: skip
ANDERE_KOP = (
    "Volgnummer", "Datum", "Tijd", "Kanaal", "Beller", "Relatie", "Naam inwoner", "Geboortedatum", "postcode", "Huisnummer", "Tel.",
    "Vraag", "Onderwerp", "Doorverwezen", "Medewerker", "Organisatie", "Afgehandeld?", "Opmerkingen",
)  # fmt: skip
VOORNAMEN = (
    "Aleid",
    "Bouke",
    "Cato",
    "Douwe",
    "Eefje",
    "Fedde",
    "Geesje",
    "Hilbert",
    "Ite",
    "Jelmer",
    "Klaske",
    "Lubbert",
    "Mechteld",
)
ACHTERNAMEN = (
    "Aardema", "van den Broeck", "Ceelen", "van Dorp", "Elzinga", "de Fluiter", "Gaastra", "ter Horst", "Idsinga", "Jellema", "Koning",
    "Lamberts", "'t Mannetje", "Nauta", "Oosterhof", "Pruim", "van Quist",
)  # fmt: skip
ONDERWERPEN = ("Vervoer", "Schulden", "Eenzaamheid", "Wmo overig", "Mantelzorg")
VERWEZEN = ("", "SMOW", "Kwadraad", "huisarts", "MEE", "Wmo-consulent gemeente")
LETTERS = ("FI", "OQ", "UY", "IQ", "YO", "QF")


def make_bsn(number: int) -> str:
    """The `number`-th BSN that begins with 9999 and passes the elfproef."""
    found = 0
    for tail in count(10_000):
        digits = f"9999{tail:05d}"
        total = sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
        found += total % 11 == 0
        if found > number:
            return digits
    raise AssertionError


@dataclass
class Verwacht:
    """The fate of one record."""

    uitkomst: str
    redenen: frozenset[str] = frozenset()
    waarden: dict[str, str | None] = field(default_factory=dict)
    persoon: str = ""


@dataclass
class Jaarlijst:
    """A list that grows row by row; `raw` cells are bytes-safe text, except what `bytes_in` puts in."""

    jaar: int
    codering: str = "cp1252"
    teken: str = ";"
    kop: tuple[str, ...] = KOP
    regels: list[bytes] = field(default_factory=list)
    verwacht: dict[int, Verwacht] = field(default_factory=dict)
    volgnr: int = 0

    def __post_init__(self) -> None:
        self.regels.append(self.encode(self.teken.join(self.kop)))

    @property
    def inhoud(self) -> bytes:
        mark = b"\xef\xbb\xbf" if self.codering == "utf-8-sig" else b""
        return mark + b"\r\n".join(self.regels) + b"\r\n"

    @property
    def nummer(self) -> int:
        """The record number of the row that comes next."""
        return len(self.regels) + 1

    def encode(self, text: str) -> bytes:
        return text.encode("utf-8" if self.codering.startswith("utf-8") else self.codering)

    def gewoon(self, **over: str) -> dict[str, str]:
        """The cells of a row with nothing odd: another person every time."""
        self.volgnr += 1
        n = self.volgnr
        dag = date(self.jaar, 1, 2) + timedelta(days=n * 7 % 360)
        naam = f"{VOORNAMEN[n % 13]} {ACHTERNAMEN[n % 17]}"
        cells = {
            "Volgnr": str(n),
            "Datum": f"{dag:%d-%m-%Y}",
            "Tijd": f"{9 + n % 8:02d}:{n * 7 % 60:02d}",
            "Kanaal": ("telefoon", "balie", "e-mail")[n % 3],
            "Naam beller": naam,
            "Relatie": "zelf",
            "Naam inwoner": naam,
            "Geb.datum": f"{1 + n % 28:02d}-{1 + n % 12:02d}-{1925 + n % 60}",
            "Postcode": f"{2241 + n % 5} {LETTERS[n % 6]}",
            "Huisnr": str(1 + n % 230),
            "Telefoon": f"06-0000 {n:04d}" if n % 2 else f"070-555 {n // 100:02d} {n % 100:02d}",
            "Vraag": f"Vraagt naar de mogelijkheden, gesprek {n}.",
            "Onderwerp": ONDERWERPEN[n % 5],
            "Doorverwezen naar": VERWEZEN[n % 6],
            "Medewerker": ("Bart", "Els", "Ingrid")[n % 3],
            "Organisatie": ("Kwadraad", "SMOW")[n % 2],
            "Afgehandeld": ("ja", "loopt", "nee")[n % 3],
            "Opmerking": "",
        }
        return cells | over

    def add(
        self,
        *redenen: str,
        uitkomst: str = "overnemen",
        cells: dict[str, str] | None = None,
        waarden: dict[str, str | None] | None = None,
        persoon: str = "",
        bytes_in: dict[str, bytes] | None = None,
        erachter: str = "",
        **over: str,
    ) -> dict[str, str]:
        """One row: what is odd about it (`over`, by head with _ for a space or point) and what should become of it."""
        by_name = {_plain(head): head for head in KOP}
        row = dict(cells) if cells else self.gewoon()
        row |= {by_name[_plain(name)]: value for name, value in over.items()}
        self.verwacht[self.nummer] = Verwacht(uitkomst, frozenset(redenen), waarden or {}, persoon)
        text = self.teken.join(self._quote(row[head]) for head in KOP) + erachter
        raw = self.encode(text)
        for place, value in (bytes_in or {}).items():
            raw = raw.replace(place.encode(), value)
        self.regels.append(raw)
        return row

    def warn(self, *redenen: str, **rest: object) -> dict[str, str]:
        return self.add(*redenen, uitkomst="overnemen met waarschuwing", **rest)  # type: ignore[arg-type]

    def refuse(self, *redenen: str, **rest: object) -> dict[str, str]:
        return self.add(*redenen, uitkomst="weigeren", **rest)  # type: ignore[arg-type]

    def line(self, text: str, reden: str, uitkomst: str = "geen gegevensrij") -> None:
        """A line as it stands."""
        self.verwacht[self.nummer] = Verwacht(uitkomst, frozenset({reden}))
        self.regels.append(self.encode(text))

    def _quote(self, cel: str) -> str:
        if any(sign in cel for sign in (self.teken, "\n", '"')):
            return '"' + cel.replace('"', '""') + '"'
        return cel


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())
