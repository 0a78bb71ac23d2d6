"""Wie is er nu in deze melding? In Valkey, met een houdbaarheid, en alleen met nummers: geen naam, geen inhoud.

Valkey is hier een gemak: is hij weg, dan is er niemand te zien en werkt al het andere gewoon. Wie toch tegelijk opslaat,
hoort dat van het versienummer van de melding.
"""

import time
from collections.abc import Iterable
from functools import cache

import redis
from django.conf import settings

from skt.medewerkers.models import Medewerker

HOUDBAAR = 75
"""Seconden; een open pagina meldt zich elke 25."""
WACHT = 0.3
"""Seconden dat een pagina op Valkey wacht voordat zij verdergaat zonder."""


@cache
def _client(url: str) -> "redis.Redis":
    return redis.Redis.from_url(
        url, socket_connect_timeout=WACHT, socket_timeout=WACHT, decode_responses=True
    )


SLEUTEL = "skt:aanwezig"
"""Eén lijst van ‘melding:medewerker’ met wanneer: zo is ook te vragen wie er ergens is, zonder alle meldingen te noemen."""


def show_up(melding_id: int, medewerker_id: int) -> None:
    """Deze medewerker kijkt nu naar deze melding."""
    now = time.time()
    try:
        pipe = _client(settings.REDIS_URL).pipeline(transaction=False)
        pipe.zadd(SLEUTEL, {f"{melding_id}:{medewerker_id}": now})
        pipe.zremrangebyscore(SLEUTEL, "-inf", now - HOUDBAAR)
        pipe.expire(SLEUTEL, HOUDBAAR)
        pipe.execute()
    except (redis.RedisError, OSError):
        return


def others_anywhere(ik: int) -> dict[int, set[int]]:
    """Per melding waar nu een collega in is, wie: alleen nummers. Welke meldingen iemand mag zien, vraagt wie dit toont."""
    try:
        found = _client(settings.REDIS_URL).zrangebyscore(SLEUTEL, time.time() - HOUDBAAR, "+inf")
    except (redis.RedisError, OSError):
        return {}
    here: dict[int, set[int]] = {}
    for melding_id, medewerker_id in (map(int, one.split(":")) for one in found):
        if medewerker_id != ik:
            here.setdefault(melding_id, set()).add(medewerker_id)
    return here


def others_in(melding_ids: Iterable[int], ik: int) -> dict[int, list[Medewerker]]:
    """Per melding de collega’s die er nu in zijn, op naam; één vraag aan Valkey en hoogstens één aan de database."""
    wanted = set(melding_ids)
    here = {pk: people for pk, people in others_anywhere(ik).items() if pk in wanted} if wanted else {}
    if not here:
        return {}
    mensen = Medewerker.objects.filter(pk__in=set().union(*here.values())).in_bulk()
    return {
        pk: sorted((mensen[one] for one in people if one in mensen), key=lambda m: m.naam)
        for pk, people in here.items()
    }
