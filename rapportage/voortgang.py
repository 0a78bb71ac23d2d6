"""Hoe ver het vastzetten is: in Valkey, want de taak is één transactie en laat tot het eind niets zien.

Only which month, which step, and what went wrong in a sentence: no number that was counted. Valkey is a convenience: is it
away, then nothing is seen of the work, and the work goes on.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import redis
from django.conf import settings
from django.utils import timezone

SLEUTEL = "skt:stuurinformatie:voortgang"
HOUDBAAR = 60 * 60 * 24 * 7
"""Seconds that the last word of the job is kept."""
STIL = timedelta(minutes=15)
"""Who hasn't said a step for so long isn't working any more: killed, or the machine went off."""
WACHT = 0.3


@dataclass(frozen=True)
class Voortgang:
    """Where closing the months stands. `stap`: what it is doing now; `mislukt`: why the last time ended without figures."""

    stap: str = ""
    mislukt: str = ""
    op: datetime | None = None

    @property
    def bezig(self) -> bool:
        return bool(self.stap)


@cache
def _client(url: str) -> "redis.Redis":
    return redis.Redis.from_url(
        url, socket_connect_timeout=WACHT, socket_timeout=WACHT, decode_responses=True
    )


def tell_step(stap: str, *, at: datetime) -> None:
    """This is what the job does now; an empty step: it is done."""
    _write({"stap": stap, "op": at.isoformat()})


def tell_failure(zin: str, *, at: datetime) -> None:
    """The job ended without figures; `zin` is the sentence of a refusal, that names no number."""
    _write({"mislukt": zin, "op": at.isoformat()})


def _write(inhoud: dict[str, str]) -> None:
    try:
        _client(settings.REDIS_URL).set(SLEUTEL, json.dumps(inhoud), ex=HOUDBAAR)
    except (redis.RedisError, OSError):
        return


def closing_progress(*, at: datetime | None = None) -> Voortgang:
    """For the screen: what the job is doing, or why it stopped the last time."""
    nu = at or timezone.now()
    gezegd = _read()
    op = datetime.fromisoformat(gezegd["op"]) if "op" in gezegd else None
    stil = op is None or nu - op > STIL
    return Voortgang(
        stap="" if stil else gezegd.get("stap", ""),
        mislukt=gezegd.get("mislukt", "") or _broken_off(gezegd, stil=stil),
        op=op,
    )


def _broken_off(gezegd: dict[str, str], *, stil: bool) -> str:
    if stil and gezegd.get("stap"):
        return "Het vastzetten is afgebroken. Er is niets gepubliceerd; de taak begint vanzelf opnieuw."
    return ""


def _read() -> dict[str, str]:
    try:
        inhoud = json.loads(_client(settings.REDIS_URL).get(SLEUTEL) or "{}")
    except (redis.RedisError, OSError, ValueError):
        return {}
    return inhoud if isinstance(inhoud, dict) else {}
