"""iCalendar (RFC 5545), precies zoveel als een agenda met afspraken nodig heeft: geen herhaling, tijden in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

MAX_OCTETS = 75
"""RFC 5545, 3.1: a line is folded before it is longer than this."""


@dataclass(frozen=True)
class Gebeurtenis:
    """One event; `gewijzigd` only changes when the event does, so that the whole file stays the same in between."""

    uid: str
    begin: datetime
    eind: datetime
    gewijzigd: datetime
    titel: str
    plaats: str = ""
    url: str = ""


def calendar(naam: str, events: Iterable[Gebeurtenis]) -> bytes:
    """The file, in UTF-8 with the line ends that the standard asks for."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SKT-loket//Agenda//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escape(naam)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{_utc(event.gewijzigd)}",
            f"DTSTART:{_utc(event.begin)}",
            f"DTEND:{_utc(event.eind)}",
            f"SUMMARY:{_escape(event.titel)}",
            *([f"LOCATION:{_escape(event.plaats)}"] if event.plaats else []),
            *([f"URL:{event.url}"] if event.url else []),
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(_fold(line) for line in lines)


def _escape(text: str) -> str:
    """RFC 5545, 3.3.11."""
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _fold(line: str) -> bytes:
    """Cut at whole characters; what follows begins with a space."""
    parts, current = [], b""
    for char in line:
        encoded = char.encode()
        if len(current) + len(encoded) > MAX_OCTETS - bool(parts):
            parts.append(current)
            current = b""
        current += encoded
    return b"\r\n ".join([*parts, current]) + b"\r\n"
