"""Inwoners per gebied uit ‘Kerncijfers wijken en buurten’ van het CBS: alles van een jaar, of niets.

Known are the file per year (`gwb_code_10`, `a_inw`), the open data of StatLine (`Codering_3`, `AantalInwoners_5`) and what its
table saves (‘Regioaanduiding/Codering (code)’, also below a title), with commas, semicolons or tabs. Other columns and other
gemeenten are passed over.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import SEEK_END
from itertools import chain, islice
from typing import BinaryIO

from skt.kern.errors import DomainError
from skt.kern.gebieden import Gebied
from skt.web.grafieken import figure

GEMEENTE = "GM0629"
MAX_MB = 40
"""A file with all of the Netherlands is some ten megabytes."""
EERSTE_JAAR = 2013
CODES = ("gwb_code_10", "gwb_code", "codering_3", "codering", "coderingcode", "statcode", "buurtcode")
INWONERS = ("a_inw", "aantalinwoners_5", "aantalinwoners", "aantal_inwoners")
JAREN = ("jaar", "perioden", "peildatum")
GEEN_GETAL = ("", ".", "-", "x", "-99997", "-99999", "-99995")
"""How the CBS writes a number that it doesn't give."""


ONLEESBAAR = "Dit bestand is geen goede CSV: een regel is niet te lezen."
KOP_BINNEN = 10
"""The names of the columns stand in one of so many rows."""
SCHEELT = 0.2
"""Buurten that together differ by so much of the gemeente are not its inwoners; rounding to fives is far less."""
MAX_REGEL = 256 * 1024
"""So many bytes are read at a time; no line of the CBS is longer."""
MAX_CEL = 10_000
"""No name or number of the CBS is longer, in characters."""


class WrongCbsFile(DomainError):
    """Not the table we know, or not all of Wassenaar; nothing was taken over."""


def read_cbs(bestand: BinaryIO, *, jaar: int, naam: str = "") -> dict[str, int]:
    """Inwoners per gebied, read row by row. `naam` is the name of the file; a year in it must be `jaar`. Raises WrongCbsFile."""
    if bestand.seek(0, SEEK_END) > MAX_MB * 1024 * 1024:
        raise WrongCbsFile(
            f"Dit bestand is groter dan {MAX_MB} MB. Kies het CSV-bestand met alleen de kerncijfers."
        )
    _assert_year(jaar, naam)
    rijen = _rows(bestand)
    eerste = list(islice(rijen, KOP_BINNEN))
    kop, eerste = _split(eerste)
    code, inwoners = _column(kop, CODES), _column(kop, INWONERS)
    if code is None or inwoners is None:
        ontbreekt = " en ".join(
            woord
            for woord, plek in (("de code van de buurt (gwb_code)", code), ("het aantal inwoners (a_inw)", inwoners))
            if plek is None
        )  # fmt: skip
        raise WrongCbsFile(
            f"In dit bestand mist de kolom met {ontbreekt}. Kies ‘Kerncijfers wijken en buurten’ van het CBS, als CSV."
        )
    jaarkolom = _column(kop, JAREN)
    aantallen: dict[str, str] = {}
    gemeente = ""
    for rij in chain(eerste, rijen):
        if jaarkolom is not None and len(rij) > jaarkolom:
            _assert_year_of(rij[jaarkolom].strip()[:4], jaar)
        if len(rij) <= max(code, inwoners):
            continue
        waarde = rij[code].strip().upper()
        if waarde == GEMEENTE:
            gemeente = rij[inwoners].strip()
        if waarde.startswith("BU0629"):
            if waarde in aantallen:
                raise WrongCbsFile(f"Buurt {waarde} staat twee keer in dit bestand.")
            aantallen[waarde] = rij[inwoners].strip()
    if not aantallen:
        wat = "alleen de hele gemeente, geen buurten" if gemeente else "geen buurten van Wassenaar (GM0629)"
        raise WrongCbsFile(f"In dit bestand staan {wat}. Kies het bestand met wijken én buurten.")
    per_gebied = _sum(aantallen)
    _assert_total(sum(per_gebied.values()), gemeente)
    return per_gebied


def _assert_year(jaar: int, naam: str) -> None:
    if not EERSTE_JAAR <= jaar <= 2099:
        raise WrongCbsFile(f"Van {jaar} zijn er geen kerncijfers. Kies een jaar vanaf {EERSTE_JAAR}.")
    genoemd = {int(cijfers) for cijfers in re.findall(r"(?<!\d)(20\d{2})(?!\d)", naam)}
    if genoemd and jaar not in genoemd:
        raise WrongCbsFile(f"Het bestand heet ‘{naam[:80]}’, maar u koos {jaar}. Klopt het jaar?")


def _assert_year_of(genoemd: str, jaar: int) -> None:
    if genoemd not in {"", str(jaar)}:
        raise WrongCbsFile(f"In dit bestand staat {genoemd}, maar u koos {jaar}.")


def _rows(bestand: BinaryIO) -> Iterator[list[str]]:
    """Row by row: of a file with all of the Netherlands only a line at a time is in memory. Raises WrongCbsFile."""
    codering = _coding(bestand)
    bestand.seek(0)
    teken = _delimiter(list(islice(_lines(bestand), KOP_BINNEN)))
    bestand.seek(0)
    regels = (regel.decode(codering, errors="replace") for regel in _lines(bestand))
    try:
        for rij in csv.reader(regels, delimiter=teken):
            if any(len(cel) > MAX_CEL for cel in rij):  # csv's own limit is of the whole process
                raise WrongCbsFile(ONLEESBAAR)
            yield rij
    except csv.Error as error:
        raise WrongCbsFile(ONLEESBAAR) from error


def _lines(bestand: BinaryIO) -> Iterator[bytes]:
    return iter(partial(bestand.readline, MAX_REGEL), b"")


def _coding(bestand: BinaryIO) -> str:
    """utf-8, or else that of Windows."""
    bestand.seek(0)
    begin = bestand.read(4)
    if begin.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise WrongCbsFile("Dit is een Excel-bestand of een zip. Open het, en sla de tabel op als CSV.")
    bestand.seek(0)
    lezer, codering = codecs.getincrementaldecoder("utf-8")(), "utf-8-sig"
    for stuk in chain(iter(partial(bestand.read, MAX_REGEL), b""), [b""]):
        if b"\x00" in stuk:
            raise WrongCbsFile("Dit is geen CSV-bestand.")
        try:
            lezer.decode(stuk, final=not stuk)
        except UnicodeDecodeError:
            codering = "cp1252"
    return codering


def _delimiter(kop: Sequence[bytes]) -> str:
    return max(";,\t", key=lambda teken: sum(regel.count(teken.encode()) for regel in kop))


def _split(rijen: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """The names of the columns, and the rows below them: StatLine writes a title and subjects above those."""
    koppen = [[_key(kolom) for kolom in rij] for rij in rijen]
    plek = max(
        range(len(koppen)),
        key=lambda n: (_column(koppen[n], CODES) is not None) + (_column(koppen[n], INWONERS) is not None),
        default=0,
    )
    return (koppen[plek] if koppen else []), rijen[plek + 1 :]


def _key(kolom: str) -> str:
    """‘Bevolking/Aantal inwoners (aantal)’ and ‘AantalInwoners’ alike."""
    return re.sub(r"\(.*?\)|[^a-z0-9_]", "", kolom.rpartition("/")[2].lower())


def _column(kop: Sequence[str], namen: Iterable[str]) -> int | None:
    return next((kop.index(naam) for naam in namen if naam in kop), None)


def _number(tekst: str) -> int | None:
    """1100, 1.100, 1 100, 1,100 and 1100,0; None for anything else."""
    getal = re.sub(r"(?<=\d)[.,\s](?=\d{3}\b)", "", tekst)
    if tekst in GEEN_GETAL or not re.fullmatch(r"\d{1,6}(?:[.,]0{1,2})?", getal, re.ASCII):
        return None
    return int(re.split(r"[.,]", getal)[0])


def _assert_total(samen: int, gemeente: str) -> None:
    """Where the gemeente stands in the file as well: is this the column of inwoners?"""
    hele = _number(gemeente)
    if hele and abs(samen - hele) > SCHEELT * hele:
        raise WrongCbsFile(
            f"De buurten tellen samen {figure(samen)} inwoners, maar bij de gemeente staat {figure(hele)}. Is dit het goede bestand?"
        )


def _sum(aantallen: dict[str, str]) -> dict[str, int]:
    """Every buurt of every gebied, and no other: a border that moved must first be known here."""
    bekend = {buurt for gebied in Gebied for buurt in gebied.buurtcodes}
    mist, vreemd = sorted(bekend - set(aantallen)), sorted(set(aantallen) - bekend)
    if mist or vreemd:
        zinnen = []
        if mist:
            zinnen.append(f"Er {'ontbreekt' if len(mist) == 1 else 'ontbreken'}: {', '.join(mist)}.")
        if vreemd:
            zinnen.append(f"Niet bij ons bekend: {', '.join(vreemd)}.")
        raise WrongCbsFile(
            f"De buurten zijn niet de {len(bekend)} die wij kennen. {' '.join(zinnen)} Is de buurtindeling veranderd?"
        )
    per_buurt = {}
    for buurt, tekst in aantallen.items():
        getal = _number(tekst)
        if getal is None:
            raise WrongCbsFile(f"Van buurt {buurt} staat er geen aantal inwoners (‘{tekst[:20]}’).")
        per_buurt[buurt] = getal
    return {str(gebied.value): sum(per_buurt[buurt] for buurt in gebied.buurtcodes) for gebied in Gebied}
