"""What comes on paper: accessible PDF (PDF/UA-1) from a template in templates/papier and data, made in memory.

Data go in as JSON and are text there, never markup. Nothing is written to disk.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from skt.kern.errors import DomainError
from skt.web.datums import clock, long_date
from skt.web.letter import printable

NORM = "ua-1"
SECONDEN = 20
"""How long one document may take."""
MAX_GEGEVENS = 2 * 1024**2
"""Of the data, in bytes."""
TEGELIJK = 2
"""Documents made at once by one process of the site; whoever comes later waits their turn within SECONDEN."""
AFZENDER = "Sociaal Kernteam Wassenaar"
PERS = Path(__file__).with_name("papierpers.py")

_beurt = threading.BoundedSemaphore(TEGELIJK)


class PaperTooLong(DomainError):
    """There is more to print than one document can take."""


class PaperFailed(DomainError):
    """The document couldn't be made now; nothing is kept of the attempt."""


def make_pdf(sjabloon: str, gegevens: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of `templates/papier/<sjabloon>`; `gegevens` needs at least `titel`.

    `afzender` and `gemaakt` (of `at`) are added. The same data at the same moment give the same bytes. Raises PaperTooLong or
    PaperFailed.
    """
    lokaal = timezone.localtime(at)
    return _make(
        sjabloon,
        {
            "afzender": AFZENDER,
            **gegevens,
            "gemaakt": f"{long_date(lokaal.date())} om {clock(lokaal)} uur",
        },
        norm=NORM,
        tijdstip=int(at.timestamp()),
    )


def make_png(sjabloon: str, gegevens: Mapping[str, Any]) -> bytes:
    """The one page of `templates/papier/<sjabloon>` as a PNG. Raises PaperTooLong or PaperFailed."""
    return _make(sjabloon, gegevens, norm="", tijdstip=0)


def _make(sjabloon: str, gegevens: Mapping[str, Any], *, norm: str, tijdstip: int) -> bytes:
    taak = json.dumps(
        {
            "map": str(Path(settings.BASE_DIR) / "templates" / "papier"),
            "sjabloon": sjabloon,
            "norm": norm,
            "tijdstip": tijdstip,
            "gegevens": printable({**gegevens}),
        },
        ensure_ascii=False,
    ).encode()
    if len(taak) > MAX_GEGEVENS:
        raise PaperTooLong("Dit is te veel voor één document. Kies een kortere periode of minder onderdelen.")
    return _press(taak, b"%PDF-" if norm else b"\x89PNG")


def pdf_response(pdf: bytes, naam: str) -> HttpResponse:
    """A download that no browser or proxy keeps. `naam` has no extension and only letters, digits and hyphens."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{naam}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


def _press(taak: bytes, begint: bytes) -> bytes:
    if not _beurt.acquire(timeout=SECONDEN):
        raise PaperFailed(
            "Er worden op dit moment veel documenten gemaakt. Probeer het over een minuut opnieuw."
        )
    try:
        made = subprocess.run(  # noqa: S603 - our own script, our own Python; the data go in by stdin
            [sys.executable, "-I", "-B", str(PERS)],
            input=taak,
            capture_output=True,
            timeout=SECONDEN,
            env={"LC_ALL": "C.UTF-8"},
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise PaperFailed("Het maken van dit document duurt te lang. Probeer het later opnieuw.") from error
    finally:
        _beurt.release()
    if made.returncode or not made.stdout.startswith(begint):
        # What typst says names a place in a template; it could quote data, so it isn't logged.
        raise PaperFailed("Het document kon niet worden gemaakt. Probeer het later opnieuw.")
    return made.stdout
