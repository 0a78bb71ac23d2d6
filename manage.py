#!/usr/bin/env python
"""Django's commands, with PostgreSQL and Valkey started for as long as a command needs them."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parent))

# These look at files only.
WITHOUT_SERVICES = {
    "",
    "--help",
    "--version",
    "-h",
    "help",
    "version",
    "collectstatic",
    "compilemessages",
    "database_inrichten",
    "diffsettings",
    "findstatic",
    "makemessages",
    "startapp",
}


def needs_services(arguments: list[str]) -> bool:
    """Does this command talk to the database or the queue?"""
    command = arguments[1] if len(arguments) > 1 else ""
    if command in WITHOUT_SERVICES or {"--help", "-h", "--version"} & set(arguments):
        return False
    return command != "check" or any(argument.startswith("--database") for argument in arguments)


def end_on_terminate(_number: int, _frame: FrameType | None) -> None:
    """Let a SIGTERM run the same clean-up as an ordinary end."""
    raise SystemExit(128 + signal.SIGTERM)


def run(arguments: list[str]) -> None:
    """Run the command, inside the services if it needs them."""
    from django.core.management import execute_from_command_line

    if not needs_services(arguments):
        execute_from_command_line(arguments)
        return
    from skt.lokaal.diensten import running_services

    signal.signal(signal.SIGTERM, end_on_terminate)
    with running_services():
        execute_from_command_line(arguments)


def main(arguments: list[str]) -> int:
    """Run one command; what is wrong outside the code becomes one sentence, unless --traceback is given."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skt.settings.local")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.db import InterfaceError, OperationalError

        from skt.lokaal.fout import Startfout
        from skt.lokaal.inrichten import describe_refusal
    except ModuleNotFoundError as error:
        print(
            f"Het pakket {error.name} ontbreekt; voer 'make omgeving' uit en gebruik .venv/bin/python.",
            file=sys.stderr,
        )
        return 1
    try:
        run(arguments)
    except (Startfout, ImproperlyConfigured) as error:
        if "--traceback" in arguments:
            raise
        print(error, file=sys.stderr)
        return 1
    except (OperationalError, InterfaceError) as error:
        if "--traceback" in arguments:
            raise
        print(describe_refusal(error, what="DATABASE_URL"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
