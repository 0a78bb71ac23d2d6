"""Postcodes, phone numbers and the words that mean 'nothing': one value, and what was odd about the cell."""

import re
from dataclasses import dataclass

from skt.inwoners.namen import fold

WASSENAAR = range(2241, 2246)
_POSTCODE = re.compile(r"^(?:nl[- ]?)?([1-9]\d{3})[\s.\-]*([a-z]{2})(?:[\s,]+wassenaar)?$", re.IGNORECASE)
_POSTCODE_GEWOON = re.compile(r"^[1-9]\d{3} [A-Z]{2}$")
_TELEFOON_GEWOON = re.compile(
    r"^(?:06-\d{4} \d{4}|0[1-57-9]\d-\d{3} \d{2} \d{2}|0[1-57-9]\d{2}-\d{2} \d{2} \d{2})$"
)
_NUMMER_ERIN = re.compile(
    r"(?<![\d+])(?:(?:\+|00)\s?31\s?(?:\(0\)\s?)?[1-9]|\(?0[1-9])(?:[\s().\-/]*\d){8}(?!\d)"
)
_TUSSEN_NUMMERS = re.compile(
    r"\s*(?:[;,|&\n]|\s/\s|/(?=\s*[+(0])|\bof\b|\ben\b|\bor\b|\s-\s|\+(?=\s*0))\s*", re.IGNORECASE
)

LEEGWOORDEN = frozenset(
    {
        "nvt", "nietvantoepassing", "onbekend", "onb", "onbkd", "nb", "nbk", "nietbekend", "geen", "null",
        "none", "nan", "na", "n/a", "n/b", "#n/b", "#n/a", "n/v", "weetniet", "wn", "nietopgegeven",
        "nietgegeven", "nietingevuld", "nietvermeld", "vergeten", "nogvragen", "navragen", "volgt",
        "volgtnog", "tba", "tbd", "x", "xx", "xxx", "xxxx", "leeg", "blanco", "geheim", "anoniem", "idem",
        "wilnietzeggen", "unknown", "geennaam", "naamonbekend", "zonder", "nihil", "ntb", "nn",
        "nognietbekend", "nogonbekend", "nietgenoemd", "wilanoniemblijven", "wiltanoniemblijven",
        "naamloos", "wildenietzeggen", "weetikniet", "nogteachterhalen",
    }
)  # fmt: skip
LEEGTEKENS = re.compile(r"^[\s?\-–—_.*/\\!~#=]+$")


def is_leegmarkering(text: str, *, is_naam: bool = False) -> bool:
    """'nvt', '?', '-', '(onbekend)': a way to write nothing. The surname Leeg isn't one."""
    if not text:
        return False
    if LEEGTEKENS.match(text):
        return True
    if is_naam and text.strip() in ("Leeg", "LEEG"):
        return False
    return re.sub(r"[\s.()\[\]\-'\"]", "", fold(text)) in LEEGWOORDEN


@dataclass(frozen=True)
class Postcode:
    """`waarde` as NNNNLL, or ''; what was odd about it."""

    waarde: str = ""
    ongeldig: bool = False
    anders: bool = False
    buiten: bool = False


def parse_postcode(text: str) -> Postcode:
    """Read a postcode; empty gives an empty one."""
    if not text:
        return Postcode()
    found = _POSTCODE.match(text)
    if not found:
        return Postcode(ongeldig=True)
    return Postcode(
        f"{found[1]}{found[2].upper()}",
        anders=not _POSTCODE_GEWOON.match(text),
        buiten=int(found[1]) not in WASSENAAR,
    )


@dataclass(frozen=True)
class Telefoon:
    """`waarde` as ten figures (abroad: + and figures), or ''; what was odd about it."""

    waarde: str = ""
    ongeldig: bool = False
    anders: bool = False
    meerdere: bool = False


def parse_telefoon(text: str, gewoon: frozenset[str] = frozenset()) -> Telefoon:
    """Read one cell with a phone number. `gewoon`: shapes (see shape) that are usual in this file."""
    if not text:
        return Telefoon()
    if _TELEFOON_GEWOON.match(text) or (shape(text) in gewoon and _national(text)):
        return Telefoon(_national(text))
    if number := _national(text):
        return Telefoon(number, anders=True)
    parts = [number for part in _TUSSEN_NUMMERS.split(text) if (number := _national(part))]
    if len(parts) < 2:
        parts = [_national(found[0]) for found in _NUMMER_ERIN.finditer(text) if _national(found[0])] or parts
    if len(parts) > 1:
        return Telefoon(parts[0], meerdere=len(set(parts)) > 1, anders=len(set(parts)) == 1)
    return Telefoon(parts[0], anders=True) if parts else Telefoon(ongeldig=True)


def shape(text: str) -> str:
    """'06-0000 1234' → '09-9999 9999' but for its first figure: how it was written, not which it is."""
    return text[:1] + re.sub(r"\d", "9", text[1:])


def _national(text: str) -> str:
    """Ten figures, or '' when this isn't one number."""
    if re.search(r"\d[.,]\d+\s*e\s*\+?\d", text, re.IGNORECASE):
        return ""
    bare = re.sub(r"\(0\)", "", text)
    foreign = bare.strip().startswith("+") and not re.match(r"\s*\+\s*31", bare)
    digits = re.sub(r"\D", "", bare)
    if foreign:
        return f"+{digits}" if 8 <= len(digits) <= 15 else ""
    for prefix in ("0031", "31"):
        if digits.startswith(prefix) and len(digits) in (len(prefix) + 9, len(prefix) + 10):
            digits = "0" + digits.removeprefix(prefix).removeprefix("0")
            break
    if len(digits) == 9 and not digits.startswith("0"):
        digits = f"0{digits}"
    if (
        len(digits) != 10
        or digits[0] != "0"
        or digits[1] == "0"
        or len(set(digits[1:])) == 1
        or digits == "0123456789"
    ):
        return ""
    return digits
