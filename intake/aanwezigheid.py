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


def _key(melding_id: int) -> str:
    return f"skt:aanwezig:{melding_id}"


def show_up(melding_id: int, medewerker_id: int) -> None:
    """Deze medewerker kijkt nu naar deze melding."""
    try:
        pipe = _client(settings.REDIS_URL).pipeline(transaction=False)
        pipe.zadd(_key(melding_id), {str(medewerker_id): time.time()})
        pipe.expire(_key(melding_id), HOUDBAAR)
        pipe.execute()
    except (redis.RedisError, OSError):
        return


def others_in(melding_ids: Iterable[int], ik: int) -> dict[int, list[Medewerker]]:
    """Per melding de collega’s die er nu in zijn, op naam; één vraag aan Valkey en hoogstens één aan de database."""
    ids = list(dict.fromkeys(melding_ids))
    if not ids:
        return {}
    try:
        pipe = _client(settings.REDIS_URL).pipeline(transaction=False)
        for pk in ids:
            pipe.zrangebyscore(_key(pk), time.time() - HOUDBAAR, "+inf")
        found = dict(zip(ids, pipe.execute(), strict=True))
    except (redis.RedisError, OSError):
        return {}
    here = {pk: {int(one) for one in people} - {ik} for pk, people in found.items()}
    wanted = set().union(*here.values())
    if not wanted:
        return {}
    mensen = Medewerker.objects.filter(pk__in=wanted).in_bulk()
    return {
        pk: sorted((mensen[one] for one in people if one in mensen), key=lambda m: m.naam)
        for pk, people in here.items()
        if people
    }
