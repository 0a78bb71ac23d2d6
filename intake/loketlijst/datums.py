"""Dates and times as people and spreadsheets write them. A guess is never made: what can be two days is no day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from skt.inwoners.namen import fold


class Vorm(StrEnum):
    """How a date or time stood in the cell."""

    LEEG = "leeg"
    GEWOON = "gewoon"
    ANDERS = "anders"
    EXCEL = "excel"
    ONGELDIG = "ongeldig"


@dataclass(frozen=True)
class Datum:
    """A day, how it was written, and the time that stood behind it (hh:mm) if any."""

    vorm: Vorm
    dag: date | None = None
    tijd: str = ""


@dataclass(frozen=True)
class Tijd:
    """Wall clock as hh:mm; '' when there is none."""

    vorm: Vorm
    tijd: str = ""


EXCEL_NUL = date(1899, 12, 30)
MAANDEN = {
    naam: nummer
    for nummer, namen in enumerate(
        (
            "januari jan january", "februari feb febr february", "maart mrt maa mar march", "april apr", "mei may", "juni jun june",
            "juli jul july", "augustus aug august", "september sep sept", "oktober okt oct october", "november nov", "december dec",
        ),
        start=1,
    )
    for naam in namen.split()
}  # fmt: skip
_WEEKDAG = re.compile(
    r"^(?:ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)[.,]?\s+"
)
_TIJD_ERACHTER = re.compile(
    r"(?:[t ]|\s+om\s+)\s*(\d{1,2})[:.u](\d{2})(?::\d{2}(?:[.,]\d+)?)?(?:\s*u(?:ur)?)?z?$"
)
_DMJ = re.compile(r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*'?(\d{4}|\d{2})$")
_JMD = re.compile(r"^(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})$")
_NAAM = re.compile(r"^(\d{1,2})(?:e|ste|de)?\s*[-/. ]?\s*([a-z]+)\.?\s*[-/. ]?\s*'?(\d{4}|\d{2})$")
_REEKS = re.compile(r"^(\d{4,5})(?:[.,](\d+))?$")
_AANEEN = re.compile(r"^\d{8}$")


def parse_datum(text: str, *, jaar: int, geboren: bool = False) -> Datum:
    """Read a date. `jaar` is that of the file: a birth year of two figures above it is of the century before.

    GEWOON is dd-mm-jjjj. EXCEL is a serial number (days since 30-12-1899), ONGELDIG a day that doesn't exist.
    """
    if not text:
        return Datum(Vorm.LEEG)
    if re.fullmatch(r"\d{2}-\d{2}-\d{4}", text):
        dag = _day(int(text[6:]), int(text[3:5]), int(text[:2]))
        return Datum(Vorm.GEWOON, dag) if dag else Datum(Vorm.ONGELDIG)
    plain = _WEEKDAG.sub("", fold(re.sub(r"[‐‑–—]", "-", text)))
    behind = ""
    if (found := _TIJD_ERACHTER.search(plain)) and found.start() >= 6:
        clock = parse_tijd(f"{found[1]}:{found[2]}")
        behind, plain = clock.tijd, plain[: found.start()].strip()
    if serial := _REEKS.match(plain):
        return _from_serial(serial, geboren=geboren)
    dag = parse_dag(plain, jaar=jaar, geboren=geboren)
    return Datum(Vorm.ANDERS, dag, behind) if dag else Datum(Vorm.ONGELDIG)


def parse_dag(text: str, *, jaar: int, geboren: bool = False) -> date | None:
    """A day as somebody writes it (3-4-85, 8 maart 1942, 19420308), never a serial number; None when it is none."""
    plain = fold(text)
    if found := _DMJ.match(plain):
        return _day(_year(found[3], jaar, geboren), int(found[2]), int(found[1]))
    if found := _JMD.match(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if (found := _NAAM.match(plain)) and found[2] in MAANDEN:
        return _day(_year(found[3], jaar, geboren), MAANDEN[found[2]], int(found[1]))
    if _AANEEN.match(plain):
        last, first = int(plain[4:]), int(plain[:4])
        if 1850 <= first <= 2150:
            return _day(first, last // 100, last % 100)
        return _day(last, int(plain[2:4]), int(plain[:2]))
    return None


def _from_serial(found: re.Match[str], *, geboren: bool) -> Datum:
    days = int(found[1])
    low = 2958 if geboren else 20_000  # 6 February 1908 and 3 October 1954: below it, it is no serial number
    is_year = len(found[1]) == 4 and 1850 <= days <= 2150
    if is_year or not low <= days <= 73_050:
        return Datum(Vorm.ONGELDIG)
    minutes = round(float(f"0.{found[2] or 0}") * 1440) % 1440
    behind = f"{minutes // 60:02d}:{minutes % 60:02d}" if minutes else ""
    return Datum(Vorm.EXCEL, EXCEL_NUL + timedelta(days=days), behind)


def _year(figures: str, jaar: int, geboren: bool) -> int:
    if len(figures) == 4:
        return int(figures)
    century = jaar // 100 * 100
    return century - 100 + int(figures) if geboren and int(figures) > jaar % 100 else century + int(figures)


def _day(jaar: int, maand: int, dag: int) -> date | None:
    try:
        return date(jaar, maand, dag) if jaar >= 1000 else None
    except ValueError:
        return None


_KLOK = re.compile(r"^(\d{1,2})\s*(?:[:.,;uh\- ]|uur)\s*(\d{2})(?:[:.]\d{2})?\s*(?:u(?:ur)?\.?)?\s*(am|pm)?$")
_HEEL = re.compile(r"^(\d{1,2})\s*(?:u(?:ur)?\.?|h)$")
_CIJFERS = re.compile(r"^(\d{1,2})(\d{2})\s*(?:u(?:ur)?\.?|h)?$")
_DEEL = re.compile(r"^0[.,](\d{2,})$")


def parse_tijd(text: str) -> Tijd:
    """Read a time. GEWOON is hh:mm; 9.15, 0915 and 9u15 are ANDERS; 25:70 is ONGELDIG."""
    if not text:
        return Tijd(Vorm.LEEG)
    if re.fullmatch(r"\d{2}:\d{2}", text):
        return _clock(int(text[:2]), int(text[3:]), Vorm.GEWOON)
    plain = fold(text)
    if found := _DEEL.match(plain):
        minutes = round(float(f"0.{found[1]}") * 1440)
        return _clock(minutes // 60, minutes % 60, Vorm.ANDERS)
    if found := _KLOK.match(plain):
        hours = int(found[1]) % 12 + (12 if found[3] == "pm" else 0) if found[3] else int(found[1])
        return _clock(hours, int(found[2]), Vorm.ANDERS)
    if found := _HEEL.match(plain):
        return _clock(int(found[1]), 0, Vorm.ANDERS)
    if found := _CIJFERS.match(plain):
        return _clock(int(found[1]), int(found[2]), Vorm.ANDERS)
    return Tijd(Vorm.ONGELDIG)


def _clock(hours: int, minutes: int, vorm: Vorm) -> Tijd:
    return Tijd(vorm, f"{hours:02d}:{minutes:02d}") if hours < 24 and minutes < 60 else Tijd(Vorm.ONGELDIG)
