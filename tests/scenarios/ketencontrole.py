"""The whole keten looked over, as `manage.py ketencontrole` does every night."""

from io import StringIO

from django.core.management import CommandError, call_command


def find_violations() -> str:
    """What the control finds; empty when nobody was let go."""
    told = StringIO()
    try:
        call_command("ketencontrole", stdout=told, stderr=told)
    except (CommandError, SystemExit) as stopped:
        return f"{told.getvalue()}\n{stopped}"
    return ""
