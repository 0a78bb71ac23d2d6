"""Write the log: in the transaction of what it tells, by the context that acts. If it can't be written, nothing happens."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from psycopg2.extras import Json, execute_values

from skt.kern import werkcontext
from skt.verantwoording.models import Soort

_KOLOMMEN = (
    "tijdstip, soort, actie, medewerker_id, plaatsing_id, organisatie_id, object_soort, object_id, inwoner_id, recht,"
    " reden, noodtoegang, vanaf, verzoek, gegevens"
)


@dataclass(frozen=True)
class Gelezen:
    """One thing that was shown, and the inwoner it is about (None for an anonymous contact)."""

    object_soort: str
    object_id: int | None
    inwoner_id: int | None


def record(
    *,
    action: str,
    subject: Model | None = None,
    inwoner_ids: Iterable[int] = (),
    soort: str = Soort.WIJZIGEN,
    reden: str = "",
    gegevens: dict[str, Any] | None = None,
) -> None:
    """Log one act: one line per inwoner it touches, or one line when it touches none.

    `gegevens` says what changed in words of the domain, never a BSN. Raises ContextMissing without an actor.
    """
    what = subject._meta.model_name if subject is not None else ""
    key = subject.pk if subject is not None else None
    inwoners: list[int | None] = [*inwoner_ids] or [None]
    _write(
        soort,
        action,
        [Gelezen(str(what), key, inwoner) for inwoner in inwoners],
        reden=reden,
        gegevens=gegevens,
    )


def record_read(
    *, action: str, rows: Iterable[Gelezen], recht: str = "", reden: str = "", noodtoegang: bool = False
) -> None:
    """Log what was shown: a line per inwoner per object, for detail pages, lists, search and exports alike."""
    shown = list(rows)
    if shown:
        _write(Soort.LEZEN, action, shown, recht=recht, reden=reden, noodtoegang=noodtoegang)


def record_refusal(*, action: str, object_soort: str, gevraagd: dict[str, str]) -> None:
    """Log a refused hit. What was asked for stands in `gegevens`; that it exists is not said."""
    _write(Soort.GEWEIGERD, action, [Gelezen(object_soort, None, None)], gegevens=gevraagd)


def record_aanmelding(
    *, action: str, medewerker_id: int | None, vanaf: str, gegevens: dict[str, str]
) -> None:
    """Log a log-in, a failed one or a log-out; there may be no acting medewerker yet."""
    context = werkcontext.Werkcontext(medewerker_id=medewerker_id, vanaf=vanaf)
    _insert([_line(context, Soort.AANMELDEN, action, Gelezen("", None, None), gegevens=gegevens)])


def _write(soort: str, action: str, rows: list[Gelezen], **rest: Any) -> None:
    context = werkcontext.current()
    _insert([_line(context, soort, action, row, **rest) for row in rows])


def _line(
    context: werkcontext.Werkcontext,
    soort: str,
    action: str,
    row: Gelezen,
    *,
    recht: str = "",
    reden: str = "",
    noodtoegang: bool = False,
    gegevens: dict[str, Any] | None = None,
) -> tuple[Any, ...]:
    return (
        timezone.now(),
        str(soort),
        action,
        context.medewerker_id,
        context.plaatsing_id,
        context.organisatie_id,
        row.object_soort,
        row.object_id,
        row.inwoner_id,
        recht[:120],
        (reden or context.systeem_reden)[:500],
        noodtoegang,
        context.vanaf,
        str(context.verzoek),
        Json(gegevens or {}),
    )


def _insert(lines: list[tuple[Any, ...]]) -> None:
    """Without RETURNING: whoever writes the log may not read it back."""
    with connection.cursor() as cursor:
        execute_values(
            cursor.cursor, f"INSERT INTO verantwoording_regel ({_KOLOMMEN}) VALUES %s", lines, page_size=500
        )
