"""The signed token that tells PostgreSQL who is acting: '<medewerker or 0>:<expires, epoch s>:<HMAC-SHA256>'.

SQL injection can set the setting, but can't sign it; `skt_context()` in the database refuses an unsigned one.
"""

import hmac
import time
from datetime import timedelta
from hashlib import sha256

from django.conf import settings

SYSTEEM = 0
WEB_GELDIG = timedelta(minutes=15)
TAAK_GELDIG = timedelta(hours=2)
_BLOK = 64


def _sleutel() -> bytes:
    return bytes.fromhex(settings.CONTEXT_KEY)


def make_token(medewerker_id: int, geldig: timedelta) -> str:
    """A token for this medewerker (0 = the system) that expires after `geldig`."""
    bericht = f"{medewerker_id}:{int(time.time() + geldig.total_seconds())}"
    return f"{bericht}:{hmac.new(_sleutel(), bericht.encode(), sha256).hexdigest()}"


def padded_keys() -> tuple[bytes, bytes]:
    """The inner and outer HMAC pads (RFC 2104), so that PostgreSQL needs no pgcrypto to check a token."""
    sleutel = _sleutel().ljust(_BLOK, b"\0")
    return bytes(byte ^ 0x36 for byte in sleutel), bytes(byte ^ 0x5C for byte in sleutel)
