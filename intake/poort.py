"""De poort voor het openbare formulier: robots blijven buiten zonder een derde partij, en van een mens gaat geen woord verloren.

Three things: a seal in the form (which key it has, and when it was opened, signed), a field that only a machine fills in,
and a number of sendings per address in an hour. Whatever is refused comes back with its text and a sentence.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from skt.web.middleware import client_address

MIN_LEEFTIJD = timedelta(seconds=3)
MAX_LEEFTIJD = timedelta(hours=24)
UUR = 3600
POGINGEN_PER_FORMULIER = 12
"""A form with errors is sent more often than one that is kept: this many times as often is still a person."""
BESTUURD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
FORMULIER = "application/x-www-form-urlencoded"
VERSTUUR_NOG_EENS = "Uw tekst staat er nog. Controleer uw bericht en druk nog een keer op Versturen."


@dataclass(frozen=True)
class Zegel:
    sleutel: UUID
    begonnen: datetime


class Tegengehouden(Exception):
    """Not now: the sentence says why and what to do. `nieuw_zegel` asks for a form with a new seal."""

    def __init__(self, zin: str, *, status: int = 422, nieuw_zegel: bool = False) -> None:
        super().__init__(zin)
        self.status = status
        self.nieuw_zegel = nieuw_zegel


def make_zegel(at: datetime) -> str:
    """A new key and the moment, signed: one opened form."""
    return _signer().sign(f"{uuid4().hex}.{int(at.timestamp())}")


def check_zegel(text: str, at: datetime) -> Zegel:
    """The seal of a form that was opened by a person, not too long ago. Raises Tegengehouden."""
    try:
        sleutel, _, seconds = _signer().unsign(text[:200]).partition(".")
        zegel = Zegel(UUID(sleutel), datetime.fromtimestamp(int(seconds), tz=UTC))
    except (BadSignature, ValueError, OverflowError):
        raise Tegengehouden(VERSTUUR_NOG_EENS, nieuw_zegel=True) from None
    if at - zegel.begonnen > MAX_LEEFTIJD or zegel.begonnen > at + MIN_LEEFTIJD:
        raise Tegengehouden(f"Deze pagina stond lang open. {VERSTUUR_NOG_EENS}", nieuw_zegel=True)
    if at - zegel.begonnen < MIN_LEEFTIJD:
        raise Tegengehouden(f"Dat ging wel erg snel. {VERSTUUR_NOG_EENS}")
    return zegel


def check_site(request: HttpRequest) -> None:
    """A form that another site sends for somebody comes back to be read first. Raises Tegengehouden."""
    if request.headers.get("Sec-Fetch-Site", "").lower() == "cross-site":
        raise Tegengehouden(VERSTUUR_NOG_EENS, nieuw_zegel=True)


def count_poging(request: HttpRequest) -> None:
    """Somebody presses the button. Raises Tegengehouden when this address did so too often within the hour."""
    _count("poging", request, settings.SKT_FORMULIEREN_PER_UUR * POGINGEN_PER_FORMULIER)


def count_formulier(request: HttpRequest) -> None:
    """A form is about to be kept. Raises Tegengehouden when there were too many, or when nobody can count now."""
    _count("formulier", request, settings.SKT_FORMULIEREN_PER_UUR)


def recall_sleutel(request: HttpRequest, inhoud: Mapping[str, Any]) -> UUID | None:
    """The key with which this address sent exactly the same within a day.

    Whoever goes back gets the page anew, with a new seal, while the browser fills in what was typed: still one melding.
    Only hashes are kept.
    """
    try:
        found = cache.get(_inhoud(request, inhoud))
    except (RedisError, OSError):
        return None
    return UUID(found) if found else None


def keep_sleutel(request: HttpRequest, inhoud: Mapping[str, Any], sleutel: UUID) -> None:
    """For recall_sleutel; what can't be kept may become a second melding, and no more than that."""
    with suppress(RedisError, OSError):
        cache.set(_inhoud(request, inhoud), sleutel.hex, timeout=int(MAX_LEEFTIJD.total_seconds()))


def read_fields(request: HttpRequest, names: Any) -> QueryDict:
    """What was typed in these fields, in characters that can be kept. Raises Tegengehouden for what isn't such a form."""
    if request.content_type != FORMULIER:
        raise Tegengehouden("Wij konden uw bericht niet lezen. Vul het formulier hieronder in.", status=400)
    try:
        request.encoding = "utf-8"
        sent = request.POST
    except (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError):
        raise Tegengehouden(
            "Uw bericht is te groot om te versturen. Ga een pagina terug en maak de tekst korter, of bel ons.",
            status=413,
        ) from None
    fields = QueryDict(mutable=True)
    for name in names:
        if name in sent:
            fields[name] = BESTUURD.sub("", sent[name].replace("\r\n", "\n").replace("\r", "\n"))
    return fields


def _count(what: str, request: HttpRequest, limit: int) -> None:
    key = f"poort:{what}:{_sender(request)}"
    try:
        if cache.add(key, 1, timeout=UUR):
            return
        sent = cache.incr(key)
    except ValueError:  # it ended in between
        return
    except (RedisError, OSError):
        raise Tegengehouden(
            f"Het versturen lukt nu even niet. Uw tekst staat er nog. Probeer het over een paar minuten weer, of bel "
            f"{settings.SKT_LOKET_TELEFOON}.",
            status=503,
        ) from None
    if sent > limit:
        raise Tegengehouden(
            f"Er zijn vanaf uw internetverbinding al veel berichten verstuurd. Uw tekst staat er nog. Probeer het over een uur "
            f"weer, of bel {settings.SKT_LOKET_TELEFOON}.",
            status=429,
        )


def _inhoud(request: HttpRequest, inhoud: Mapping[str, Any]) -> str:
    afdruk = salted_hmac(
        "intake.poort.inhoud", json.dumps(inhoud, sort_keys=True), algorithm="sha256"
    ).hexdigest()
    return f"poort:inhoud:{_sender(request)}:{afdruk[:32]}"


def _sender(request: HttpRequest) -> str:
    """A hash of the address, not the address; of IPv6 the /64 that one connection has."""
    text = client_address(request)
    try:
        if ip_address(text).version == 6:
            text = str(ip_network(f"{text}/64", strict=False))
    except ValueError:
        text = "onbekend"
    return salted_hmac("intake.poort", text, algorithm="sha256").hexdigest()[:32]


def _signer() -> Signer:
    return Signer(salt="intake.poort.zegel")
