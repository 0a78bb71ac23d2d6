"""Health checks of containers: `python -m skt.lokaal.gezond web` and `... beat`; exit 0 when all is well."""

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

# Beat writes its schedule every three minutes, and sleeps five at most.
BEAT_SECONDS = 600


def web(address: str | None = None) -> bool:
    """Does GET /gezond/ answer 200? Asked under the site's own name: it answers to no other."""
    port = os.environ.get("SKT_BIND", "127.0.0.1:8000").rpartition(":")[2]
    host = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].strip()
    request = urllib.request.Request(address or f"http://127.0.0.1:{port}/gezond/", headers={"Host": host})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=8) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def beat(schedule: Path | None = None) -> bool:
    """Has the scheduler written its schedule lately?"""
    path = schedule or Path(os.environ.get("SKT_BEAT_BESTAND", "var/beat/schema"))
    written = [found.stat().st_mtime for found in path.parent.glob(f"{path.name}*")]
    return bool(written) and time.time() - max(written) < BEAT_SECONDS


def main(arguments: list[str]) -> int:
    """Check one part."""
    checks: dict[str, Callable[[], bool]] = {"web": web, "beat": beat}
    if len(arguments) != 1 or arguments[0] not in checks:
        print("gebruik: python -m skt.lokaal.gezond web|beat", file=sys.stderr)
        return 2
    return 0 if checks[arguments[0]]() else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
