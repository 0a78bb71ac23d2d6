"""For a beheerder at psql: the SQL that says who acts, valid for fifteen minutes."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from skt.autorisatie.context import acting_as_system
from skt.autorisatie.token import WEB_GELDIG, make_token
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record


class Command(BaseCommand):
    """Looking as somebody else leaves a line in the log, before the first query."""

    help = "Drukt de SQL af waarmee u in psql een kwartier lang kijkt als deze medewerker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and for a real server: yes, really."""
        parser.add_argument("gebruikersnaam")
        parser.add_argument("--ja", action="store_true", help="ook op een echte server")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Log it, then print."""
        if settings.OMGEVING == "productie" and not options["ja"]:
            raise CommandError(
                "Dit is een echte server: wie dit token heeft, ziet wat deze medewerker ziet. Weet u het zeker,"
                " geef dan --ja mee."
            )
        try:
            medewerker = Medewerker.objects.get_by_natural_key(options["gebruikersnaam"])
        except Medewerker.DoesNotExist as error:
            raise CommandError(f"Er is geen medewerker met de naam {options['gebruikersnaam']}.") from error
        with transaction.atomic(), acting_as_system("contexttoken voor psql"):
            record(action="autorisatie.contexttoken", gegevens={"medewerker": medewerker.username})
        self.stdout.write("BEGIN;")
        self.stdout.write(
            f"SELECT set_config('skt.context', '{make_token(medewerker.pk, WEB_GELDIG)}', true);"
        )
        self.stdout.write(f"-- kijkt als {medewerker.naam}, een kwartier lang, tot COMMIT of ROLLBACK")
