"""From the bytes of an export to its records: encoding, delimiter, quotes and the head, without losing a row."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.loketlijst.kolommen import KOLOMMEN, match_kop
from skt.kern.errors import DomainError

MB = 1024 * 1024
MAX_MB = 30
SCHEIDINGSTEKENS = (";", ",", "\t", "|")
VERVANGTEKEN = "\ufffd"
VERDACHT = "\ue000"
"""Put before what was UTF-8 inside another encoding; taken out again per cell."""
ZOEK_KOP_TOT = 10

_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_REGEL = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_NIET_ASCII = re.compile(r"[^\x00-\x7f\ue000]{2,}")
_BEGIN_VAN_RIJ = re.compile(r'"?\s*\d{0,7}\s*"?\Z')
_BINAIR = {
    b"PK\x03\x04": "xlsx",
    b"\xd0\xcf\x11\xe0": "xls",
    b"%PDF": "pdf",
    b"\x89PNG": "afbeelding",
    b"\xff\xd8\xff": "afbeelding",
}


class BestandOnleesbaar(DomainError):
    """What was offered isn't a loketlijst that can be read; the sentence says why and what to do."""


@dataclass(frozen=True)
class Record:
    """One row as the spreadsheet counts it (head = 1), the line it starts on, and its cells as they stand."""

    nummer: int
    regel: int
    cellen: tuple[str, ...]


@dataclass(frozen=True)
class Bestand:
    """A list that was read. `kolommen` names each column of the head ('' when it isn't one of ours)."""

    codering: str
    scheidingsteken: str
    kop: tuple[str, ...]
    kolommen: tuple[str, ...]
    kopnummer: int
    records: tuple[Record, ...] = field(repr=False)


def read(inhoud: bytes) -> Bestand:
    """Read an export. Raises BestandOnleesbaar with one sentence for the user."""
    _refuse(inhoud)
    text, codering = decode(inhoud)
    if not text.strip():
        raise BestandOnleesbaar("Dit bestand is leeg. Kies de export van de oude loketlijst (CSV).")
    scheidingsteken, kopregel = _find_head(text)
    kop = tuple(cel.strip() for cel in next(csv.reader([kopregel], delimiter=scheidingsteken)))
    while kop and not kop[-1]:
        kop = kop[:-1]
    kolommen = match_kop(kop)
    records = tuple(_records(text, scheidingsteken, len(kop)))
    kopnummer = next(
        (
            record.nummer
            for record in records[:ZOEK_KOP_TOT]
            if match_kop(record.cellen[: len(kop)]) == kolommen
        ),
        1,
    )
    if len(records) <= kopnummer:
        raise BestandOnleesbaar(
            "In dit bestand staat alleen een kopregel: er zijn geen rijen om in te lezen."
        )
    return Bestand(codering, scheidingsteken, kop, kolommen, kopnummer, records)


def assert_size(aantal: int) -> None:
    """Not more bytes than a list of years has: to ask before the file is read. Raises BestandOnleesbaar."""
    if aantal > MAX_MB * MB:
        raise BestandOnleesbaar(
            f"Dit bestand is te groot ({aantal // MB} MB). Een loketlijst is hoogstens {MAX_MB} MB."
        )


def _refuse(inhoud: bytes) -> None:
    if not inhoud:
        raise BestandOnleesbaar("Dit bestand is leeg. Kies de export van de oude loketlijst (CSV).")
    assert_size(len(inhoud))
    soort = next((soort for begin, soort in _BINAIR.items() if inhoud.startswith(begin)), "")
    if soort in ("xlsx", "xls"):
        raise BestandOnleesbaar(
            "Dit is een Excel-bestand. Open het in Excel, kies ‘Opslaan als’ en dan ‘CSV (gescheiden door lijstscheidingsteken)’."
        )
    is_utf16 = inhoud.startswith((b"\xff\xfe", b"\xfe\xff"))
    if soort or (not is_utf16 and (b"\x00" in inhoud[:4096] or inhoud.count(b"\x00") > 10)):
        raise BestandOnleesbaar("Dit is geen tekstbestand. Kies de export van de oude loketlijst (CSV).")


def decode(inhoud: bytes) -> tuple[str, str]:
    """Text and the name of its encoding: UTF-8 or UTF-16 by their mark, UTF-8 by its form, else Windows-1252.

    What is UTF-8 inside Windows-1252 (or the other way round) is read as what was meant, with VERDACHT before it; a byte
    that means nothing becomes VERVANGTEKEN.
    """
    if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
        return inhoud.decode("utf-16", errors="replace").replace(VERDACHT, ""), "utf-16"
    has_mark = inhoud.startswith(b"\xef\xbb\xbf")
    inhoud = inhoud.removeprefix(b"\xef\xbb\xbf")
    good = len(_UTF8.findall(inhoud))
    rest = _UTF8.sub(b"", inhoud)
    bad = sum(rest.count(bytes([byte])) for byte in range(0x80, 0x100))
    if has_mark or bad == 0 or good > bad:
        text = inhoud.decode("utf-8", errors="loketlijst").replace("\x00", VERVANGTEKEN)
        return _NIET_ASCII.sub(_mend, text), "utf-8"
    return "".join(_cp1252_with_strays(inhoud)).replace("\x00", VERVANGTEKEN), "windows-1252"


def _read_stray(error: UnicodeError) -> tuple[str, int]:
    """One byte in a UTF-8 file that isn't UTF-8: a letter of Windows-1252, or lost."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    known = error.object[error.start : error.start + 1].decode("cp1252", errors="ignore")
    return (VERDACHT + known if known else VERVANGTEKEN), error.start + 1


codecs.register_error("loketlijst", _read_stray)


def _cp1252_with_strays(inhoud: bytes) -> Iterator[str]:
    position = 0
    for found in _UTF8.finditer(inhoud):
        meant = found[0].decode(errors="ignore")
        if not _is_likely(meant):
            continue
        yield inhoud[position : found.start()].decode("cp1252", errors="replace")
        yield VERDACHT + meant
        position = found.end()
    yield inhoud[position:].decode("cp1252", errors="replace")


def _is_likely(meant: str) -> bool:
    """A letter, sign or emoji somebody could have typed, not two signs that happen to stand together."""
    if len(meant) != 1:
        return False
    code = ord(meant)
    return (
        0xA0 <= code <= 0x17F
        or 0x2000 <= code <= 0x2BFF
        or code in (0xFE0F, 0xFFFD)
        or 0x1F000 <= code <= 0x1FAFF
    )


def _mend(found: re.Match[str]) -> str:
    """'cafÃ©' inside a good UTF-8 file: encoded twice."""
    raw = b"".join(_one_byte(teken) for teken in found[0])
    if len(raw) != len(found[0]):
        return found[0]
    mended = "".join(_cp1252_with_strays(raw))
    return mended if VERDACHT in mended else found[0]


def _one_byte(teken: str) -> bytes:
    try:
        return teken.encode("cp1252")
    except UnicodeEncodeError:
        return teken.encode("latin-1", errors="ignore")


def _find_head(text: str) -> tuple[str, str]:
    best: tuple[int, str, str] = (0, "", "")
    for regel in _REGEL.findall(text[:20_000])[:ZOEK_KOP_TOT]:
        for teken in SCHEIDINGSTEKENS:
            cellen = next(csv.reader([regel.rstrip("\r\n")], delimiter=teken), [])
            best = max(best, (sum(bool(kolom) for kolom in match_kop(cellen)), teken, regel.rstrip("\r\n")))
    found = set(match_kop(next(csv.reader([best[2]], delimiter=best[1] or ";"), []))) - {""}
    missing = [naam for kolom, naam in KOLOMMEN.items() if kolom not in found]
    if len(found) < len(KOLOMMEN) // 3:
        raise BestandOnleesbaar(
            "Dit lijkt geen oude loketlijst: de kopregel met kolommen als ‘Volgnr’, ‘Datum’ en ‘Naam inwoner’ ontbreekt."
        )
    if missing:
        raise BestandOnleesbaar(
            f"In dit bestand {'ontbreekt de kolom' if len(missing) == 1 else 'ontbreken de kolommen'}"
            f" {', '.join(f'‘{naam}’' for naam in missing)}. Maak de export opnieuw, met alle kolommen."
        )
    return best[1], best[2]


def _records(text: str, teken: str, kolommen: int) -> Iterator[Record]:
    csv.field_size_limit(MAX_MB * MB)
    regels = _REGEL.findall(text)
    nummer, at = 0, 0
    while at < len(regels):
        stop = _end_of_record(regels, at, teken, kolommen)
        raw = "".join(regels[at:stop]).rstrip("\r\n")
        nummer += 1
        yield Record(nummer, at + 1, tuple(_cells(raw, teken, is_whole=raw.count('"') % 2 == 0)))
        at = stop


def _end_of_record(regels: list[str], begin: int, teken: str, kolommen: int) -> int:
    """The line after this record. A quote that is never closed may not swallow the rows that follow."""
    quotes, stop = regels[begin].count('"'), begin + 1
    while quotes % 2 and stop < len(regels):
        if _starts_a_row(regels[stop], teken, kolommen):
            return begin + 1 if regels[begin].count(teken) >= kolommen - 1 else stop
        quotes += regels[stop].count('"')
        stop += 1
    return stop if quotes % 2 == 0 else begin + 1


def _starts_a_row(regel: str, teken: str, kolommen: int) -> bool:
    first = regel.partition(teken)[0]
    return regel.count(teken) >= kolommen - 3 and bool(_BEGIN_VAN_RIJ.match(first))


def _cells(raw: str, teken: str, *, is_whole: bool) -> list[str]:
    text = re.sub(r"\r\n?", "\n", raw)
    if is_whole:
        return next(csv.reader([text], delimiter=teken), [])
    cellen = next(csv.reader([text.replace("\n", " ")], delimiter=teken, quoting=csv.QUOTE_NONE), [])
    return [cel[1:-1] if len(cel) > 1 and cel[0] == cel[-1] == '"' else cel for cel in cellen]
