"""`migrate`, by the owner: any other login would record migrations without carrying them out."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django's command, with the connection of skt_eigenaar as its only choice."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Make `eigenaar` the default of --database."""
        super().add_arguments(parser)
        parser.set_defaults(database="eigenaar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a connection that may not migrate."""
        if options["database"] != "eigenaar":
            raise CommandError("Migreren kan alleen met --database eigenaar.")
        super().handle(*args, **options)
