"""Run one of Django's commands with production settings and made-up secrets, to judge them.

python -m skt.lokaal.proefproductie check --deploy --fail-level WARNING
"""

import os
import secrets
import sys


def environment() -> dict[str, str]:
    """Return an environment with which production settings load; nothing answers at its addresses."""
    address = "postgres://{}:geen@127.0.0.1:1/skt"
    return {
        "DJANGO_SETTINGS_MODULE": "skt.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "CONTEXT_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": "loket.voorbeeld.invalid",
        "CSRF_TRUSTED_ORIGINS": "https://loket.voorbeeld.invalid",
        "DATABASE_URL": address.format("skt_web"),
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SKT_LOKET_TELEFOON": "070-555 01 00",
    }


def main(arguments: list[str]) -> int:
    """Run the command in this process."""
    os.environ.update(environment())
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
