"""Wie kijkt er mee met een bord of een overleg, en wat is daarvan al gelezen? In Valkey, alleen nummers, met een houdbaarheid.

Valkey is hier een gemak: zonder hem is er niemand te zien, en wordt wat ververst gewoon opnieuw in het logboek geschreven.
"""

import time
from collections.abc import Sequence
from functools import cache
from hashlib import blake2s

import redis
from django.conf import settings
from django.db.models import QuerySet

from intake.aanwezigheid import others_anywhere, others_in
from skt.medewerkers.models import Medewerker
from triage.models import Aanmelding

HOUDBAAR = 40
"""Seconden; een open pagina vraagt vaker dan dat of er iets veranderde."""
GELEZEN = 3600
"""Seconden waarin dezelfde kaart op hetzelfde open bord één keer lezen is."""
WACHT = 0.3


@cache
def _client(url: str) -> "redis.Redis":
    return redis.Redis.from_url(
        url, socket_connect_timeout=WACHT, socket_timeout=WACHT, decode_responses=True
    )


def show_up(plek: str, medewerker_id: int) -> set[int]:
    """Deze medewerker kijkt nu mee; de nummers van wie er nog meer kijken. `plek`: ‘bord-jeugd’, ‘overleg-12’."""
    key = f"skt:kijkt:{plek}"
    now = time.time()
    try:
        pipe = _client(settings.REDIS_URL).pipeline(transaction=False)
        pipe.zadd(key, {str(medewerker_id): now})
        pipe.zrangebyscore(key, now - HOUDBAAR, "+inf")
        pipe.expire(key, HOUDBAAR)
        return {int(one) for one in pipe.execute()[1]} - {medewerker_id}
    except (redis.RedisError, OSError):
        return set()


def people(nummers: set[int]) -> list[Medewerker]:
    """De mensen bij deze nummers, op naam."""
    return sorted(Medewerker.objects.filter(pk__in=nummers), key=lambda one: one.naam) if nummers else []


def viewers_of(aanmeldingen: "QuerySet[Aanmelding]", ik: int) -> dict[int, list[Medewerker]]:
    """Per melding van deze kaarten de collega’s die haar nu open hebben, op naam."""
    ergens = others_anywhere(ik)
    if not ergens:
        return {}
    hier = aanmeldingen.order_by().filter(melding__in=ergens).values_list("melding_id", flat=True)
    return others_in(hier, ik)


def first_read(actie: str, sessie: str, nummers: Sequence[int]) -> set[int]:
    """Welke hiervan in deze sessie het laatste uur nog niet te zien waren; die horen in het logboek.

    Alleen voor een pagina die zichzelf ververst: wie een pagina opent, leest altijd.
    """
    wie = blake2s(sessie.encode(), digest_size=12).hexdigest()
    try:
        pipe = _client(settings.REDIS_URL).pipeline(transaction=False)
        for nummer in nummers:
            pipe.set(f"skt:gelezen:{actie}:{wie}:{nummer}", "1", nx=True, ex=GELEZEN)
        return {nummer for nummer, nieuw in zip(nummers, pipe.execute(), strict=True) if nieuw}
    except (redis.RedisError, OSError):
        return set(nummers)
