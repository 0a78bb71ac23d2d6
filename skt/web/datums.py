"""Moments and terms in the words of the screen: "vandaag 09:30", "do 26 nov", "3 dagen te laat".

All moments are shown in the current time zone (Europe/Amsterdam). What looks at the clock takes `nu`.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
MAANDEN_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
BIJNA_DAGEN = 3
"""From this many days before a term on, it is shown as nearing (amber)."""
JONG = 2
"""Under this age in years, age is told in months."""

Moment = date | datetime


def local(moment: Moment) -> Moment:
    """A datetime in the current time zone; a date as it is."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def day_of(moment: Moment) -> date:
    moment = local(moment)
    return moment.date() if isinstance(moment, datetime) else moment


def now_or(nu: datetime | None) -> datetime:
    return timezone.localtime(nu or timezone.now())


def short_day(dag: date) -> str:
    return f"{DAGEN[dag.weekday()][:2]} {dag.day} {MAANDEN_KORT[dag.month - 1]}"


def short_date(dag: date) -> str:
    return f"{dag.day} {MAANDEN_KORT[dag.month - 1]} {dag.year}"


def long_date(dag: date) -> str:
    return f"{DAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def clock(moment: Moment) -> str:
    """09:30; nothing for a date without a time."""
    moment = local(moment)
    return f"{moment:%H:%M}" if isinstance(moment, datetime) else ""


def when(moment: Moment, nu: datetime | None = None) -> str:
    """Vandaag 09:30, gisteren 16:00, morgen, do 26 nov 10:00, 26 nov 2025."""
    vandaag = now_or(nu).date()
    dag = day_of(moment)
    near = {-1: "gisteren", 0: "vandaag", 1: "morgen"}.get((dag - vandaag).days)
    if near is None and dag.year != vandaag.year:
        return short_date(dag)
    return " ".join(part for part in (near or short_day(dag), clock(moment)) if part)


def came_in(moment: Moment, nu: datetime | None = None) -> str:
    """09:01 today, 2 nov in this year, 2 nov 2025."""
    vandaag = now_or(nu).date()
    dag = day_of(moment)
    if dag == vandaag and clock(moment):
        return clock(moment)
    return f"{dag.day} {MAANDEN_KORT[dag.month - 1]}" if dag.year == vandaag.year else short_date(dag)


def duration(seconds: float) -> str:
    """06:42, or 1:06:42 from an hour on."""
    total = max(0, int(seconds))
    hours, rest = divmod(total, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes:02}:{secs:02}"


def count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def rough(delta: timedelta) -> str:
    """A stretch of time in one unit: 12 min, 4 uur, 3 dagen."""
    if delta < timedelta(hours=1):
        return f"{delta // timedelta(minutes=1)} min"
    if delta < timedelta(days=1):
        return f"{delta // timedelta(hours=1)} uur"
    return count(delta // timedelta(days=1), "dag", "dagen")


def state(uiterlijk: Moment, nu: datetime | None = None) -> str:
    """`telaat`, `bijna` (today and the BIJNA_DAGEN days after it) or an empty string."""
    moment = now_or(nu)
    term = local(uiterlijk)
    days = (day_of(term) - moment.date()).days
    if days < 0 or (isinstance(term, datetime) and term < moment):
        return "telaat"
    return "bijna" if days <= BIJNA_DAGEN else ""


def left(uiterlijk: Moment, nu: datetime | None = None, *, kort: bool = False) -> str:
    """The time that is left, or how much too late.

    Long: "nog 11 min", "over 4 uur", "morgen", "over 3 dagen", "17 uur te laat".
    Short, for cards: "nog 2 d", "2 d te laat".
    """
    moment = now_or(nu)
    term = local(uiterlijk)
    days = (day_of(term) - moment.date()).days
    if isinstance(term, datetime) and abs(term - moment) < timedelta(days=1) and not kort:
        if term < moment:
            return f"{rough(moment - term)} te laat"
        span = rough(term - moment)
        return f"nog {span}" if term - moment < timedelta(minutes=30) else f"over {span}"
    if kort:
        return _left_short(days)
    if days < 0:
        return f"{count(-days, 'dag', 'dagen')} te laat"
    return {0: "vandaag", 1: "morgen"}.get(days, f"over {days} dagen")


def _left_short(days: int) -> str:
    if days < 0:
        return f"{-days} d te laat"
    return "vandaag" if days == 0 else f"nog {days} d"


def age(geboren: date | int | None, nu: datetime | None = None) -> str:
    """Age in words; an int is a year of birth, None is unknown."""
    vandaag = now_or(nu).date()
    if geboren is None or geboren == "":
        return "leeftijd onbekend"
    if isinstance(geboren, int):
        return f"ongeveer {vandaag.year - geboren} jaar"
    months = (vandaag.year - geboren.year) * 12 + vandaag.month - geboren.month - (vandaag.day < geboren.day)
    if months < JONG * 12:
        return count(max(0, months), "maand", "maanden")
    return f"{months // 12} jaar"
