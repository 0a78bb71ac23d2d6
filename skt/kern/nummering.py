"""Numbers per year, such as 2026-0412, from the database: no gap is promised, no number is given twice."""

from datetime import datetime

from django.db import connection
from django.utils import timezone


def next_nummer(soort: str, at: datetime) -> str:
    """The next number of this kind in the (Dutch) year of `at`, for example '2026-0412'."""
    jaar = timezone.localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute("SELECT skt_volgend_nummer(%s, %s)", [soort, jaar])
        (volgnummer,) = cursor.fetchone()
    return f"{jaar}-{volgnummer:04d}"


def prepare_nummering(*soorten: str, jaar: int) -> None:
    """Make the numberings of a year ready, so that long transactions at the same time needn't wait for each other.

    Call in a short transaction of its own.
    """
    with connection.cursor() as cursor:
        for soort in soorten:
            cursor.execute("SELECT skt_zet_nummering_klaar(%s, %s)", [soort, jaar])
