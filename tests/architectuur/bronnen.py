"""The source files of the product, and the order in which its rooms may look."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KAMERS = (
    "skt.demo",
    "rapportage",
    "casusregie",
    "triage",
    "intake",
    "socialekaart",
    "skt.web",
    "skt.termijnen",
    "skt.autorisatie",
    "skt.verantwoording",
    "skt.inwoners",
    "skt.medewerkers",
    "skt.kern",
)
"""Left may look right, never back (huis.md)."""


def path_of(kamer: str) -> Path:
    return ROOT / kamer.replace(".", "/")


def room_of(path: Path) -> str:
    """The room a source file is in; '' outside all of them (settings, lokaal)."""
    return next((kamer for kamer in KAMERS if path.is_relative_to(path_of(kamer))), "")


def python_files(*, migrations: bool = False) -> Iterator[Path]:
    """Every module of the rooms."""
    for kamer in KAMERS:
        for path in sorted(path_of(kamer).rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                yield path


def may_look(kamer: str, at: str) -> bool:
    return KAMERS.index(kamer) <= KAMERS.index(at)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
