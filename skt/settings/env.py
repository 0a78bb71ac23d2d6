"""Reading the environment: NAME, or NAME_FILE = path of a file that holds the value (container secrets)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

WAAR = ("1", "true", "ja", "yes", "on")
ONWAAR = ("", "0", "false", "nee", "no", "off")


def read(name: str, default: str | None = None) -> str:
    """Return the value of NAME or the contents of NAME_FILE.

    Raise ImproperlyConfigured when there is none.
    """
    value = os.environ.get(name, "")
    path = os.environ.get(f"{name}_FILE", "")
    if value:
        return value
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(
                f"{name}_FILE wijst naar {path}, maar dat bestand is niet te lezen."
            ) from error
    if default is None:
        raise ImproperlyConfigured(f"De instelling {name} (of {name}_FILE) ontbreekt in de omgeving.")
    return default


def read_bool(name: str, *, default: bool) -> bool:
    """Return NAME as a yes or no; raise ImproperlyConfigured for anything that is neither."""
    value = read(name, "ja" if default else "nee").strip().lower()
    if value in WAAR:
        return True
    if value in ONWAAR:
        return False
    raise ImproperlyConfigured(f"De instelling {name} moet ja of nee zijn, niet '{value}'.")


def read_int(name: str, *, default: int, minimum: int = 1) -> int:
    """Return NAME as a whole number of at least `minimum`."""
    value = read(name, str(default)).strip()
    if not value.isdecimal() or int(value) < minimum:
        raise ImproperlyConfigured(f"De instelling {name} moet een heel getal van minstens {minimum} zijn.")
    return int(value)


def read_list(name: str) -> list[str]:
    """Return NAME split at commas; an absent NAME is an empty list."""
    return [part.strip() for part in read(name, "").split(",") if part.strip()]


def parse_database_url(url: str, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Return Django's DATABASES entry for postgres://user:password@host:port/database?sslmode=...

    Raises ImproperlyConfigured with one sentence that names the variable, never the value (it holds a
    password).
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        database = unquote(parts.path.lstrip("/"))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is geen geldig adres van een database.") from error
    if (
        parts.scheme not in ("postgres", "postgresql")
        or not parts.hostname
        or not database
        or not parts.username
    ):
        raise ImproperlyConfigured(
            f"{name} moet de vorm postgres://gebruiker:wachtwoord@server:poort/database hebben."
        )
    options: dict[str, Any] = {"connect_timeout": 5, **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname),
        "PORT": str(port or 5432),
        "OPTIONS": options,
    }
