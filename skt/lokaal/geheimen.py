"""Generated passwords and keys of the embedded servers: var/geheimen.json, for the owner's eyes only."""

import json
import os
import secrets
from pathlib import Path

from skt.lokaal.fout import Startfout

ROOT = Path(__file__).resolve().parents[2]

# Where nothing answers, for commands that need no server (help, collectstatic, makemessages).
PLACEHOLDER = {
    "DATABASE_URL": "postgres://skt_web:@127.0.0.1:1/skt",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
FILE_NAME = "geheimen.json"


def generate() -> dict[str, str]:
    """Return a fresh set: keys of the site, and a password for each role and for Valkey."""
    names = ("postgres", "skt_eigenaar", "skt_web", "skt_rapport", "skt_beleid", "valkey")
    passwords = {name: secrets.token_urlsafe(24) for name in names}
    return {"SECRET_KEY": secrets.token_urlsafe(64), "CONTEXT_KEY": secrets.token_hex(32), **passwords}


def load_or_create(folder: Path) -> dict[str, str]:
    """Return the secrets of `folder`, made on first use (mode 0600, in one move so never half)."""
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            fresh = path.with_suffix(".nieuw")
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(generate(), file, indent=1)
            fresh.replace(path)
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Startfout(f"{path} is niet te lezen of te schrijven ({error.strerror}).") from error
    except ValueError as error:
        raise Startfout(f"{path} is beschadigd; begin opnieuw met 'make demo-opnieuw'.") from error
    return found


def local_secret(name: str) -> str:
    """Return a generated key for skt.settings.local; a fixed one, guarding nothing, when there is none."""
    path = Path(os.environ.get("SKT_VAR_DIR") or ROOT / "var") / FILE_NAME
    try:
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "0" * 64
    return found.get(name, "0" * 64)
