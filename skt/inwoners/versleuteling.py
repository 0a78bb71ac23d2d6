"""A BSN at rest: encrypted with the first of the keys, readable with any of them, so that keys can be renewed.

Keys are the setting VELDSLEUTELS (Fernet keys, newest first). Outside production a key is derived from SECRET_KEY.
"""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def _keys() -> list[str]:
    keys: list[str] = settings.VELDSLEUTELS
    if keys:
        return keys
    if getattr(settings, "OMGEVING", "productie") == "productie":
        raise ImproperlyConfigured(
            "De instelling VELDSLEUTELS ontbreekt: zonder sleutel wordt geen BSN bewaard."
        )
    derived = sha256(b"veldsleutel:" + settings.SECRET_KEY.encode()).digest()
    return [base64.urlsafe_b64encode(derived).decode()]


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys()])


def encrypt(text: str) -> bytes:
    return _fernet().encrypt(text.encode())


def decrypt(token: bytes) -> str:
    """Raises cryptography.fernet.InvalidToken when no key fits, or when the row was tampered with."""
    return _fernet().decrypt(token).decode()


def encrypt_bytes(content: bytes) -> bytes:
    """For a file that holds data of people, as long as it has to wait."""
    return _fernet().encrypt(content)


def decrypt_bytes(token: bytes) -> bytes:
    """Raises cryptography.fernet.InvalidToken as decrypt does."""
    return _fernet().decrypt(token)
