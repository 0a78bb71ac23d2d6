"""De eerste vrije momenten voor een gesprek, om in het overleg meteen uit te kiezen."""

from datetime import datetime, timedelta

from django.utils import timezone

from intake.vrij import free_moments, members_of, next_werkdagen
from skt.web.datums import clock, short_day

DUUR_INTAKE = 60
"""Minuten van het eerste gesprek van een intake [V]."""
WERKDAGEN_VOORUIT = 10
PER_DAG = 2
TUSSENTIJD = timedelta(hours=2)
"""Zo ver liggen twee voorstellen op een dag uit elkaar, zodat er echt iets te kiezen is."""


def intake_moments(team_id: int | None, at: datetime) -> list[tuple[str, str]]:
    """Per werkdag na vandaag ten hoogste twee momenten waarop iemand van het team een uur vrij is: (waarde, tekst)."""
    if team_id is None:
        return []
    morgen = timezone.localtime(at).date() + timedelta(days=1)
    dagen = next_werkdagen(morgen, WERKDAGEN_VOORUIT)
    found: list[tuple[str, str]] = []
    last: dict[str, list[datetime]] = {}
    for moment in free_moments(members_of(team_id, dagen[0]), dagen, duur=DUUR_INTAKE, vanaf=at):
        begin = timezone.localtime(moment.begin)
        chosen = last.setdefault(begin.date().isoformat(), [])
        if len(chosen) < PER_DAG and (not chosen or begin - chosen[-1] >= TUSSENTIJD):
            chosen.append(begin)
            found.append((begin.isoformat(), f"{short_day(begin.date())} {clock(begin)}"))
    return found
