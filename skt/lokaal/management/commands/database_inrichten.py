"""`manage.py database_inrichten`: the same as `python -m skt.lokaal.inrichten`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from skt.lokaal import inrichten


class Command(BaseCommand):
    """Rollen, database en uitbreidingen maken op een PostgreSQL-server."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what skt.lokaal.inrichten takes."""
        parser.add_argument("--beheerder-url", default="")
        parser.add_argument("--map", default="")
        parser.add_argument("--stil", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Hand the options over."""
        arguments = ["--stil"] if options["stil"] else []
        for name in ("beheerder_url", "map"):
            if options[name]:
                arguments += [f"--{name.replace('_', '-')}", options[name]]
        if inrichten.main(arguments) != 0:
            raise CommandError("De server is niet ingericht.")
