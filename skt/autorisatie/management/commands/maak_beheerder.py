"""The first functioneel beheerder: made by whoever has the server, since nobody can log in yet."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from skt.autorisatie.context import acting_as_system
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker, Moederorganisatie, Rol, Team
from skt.medewerkers.services import create_medewerker, place
from skt.settings.env import read
from skt.verantwoording.services import record


class Command(BaseCommand):
    """The password comes from BEHEERDER_WACHTWOORD (or its _FILE), from --stdin, or is asked twice."""

    help = "Maakt de eerste functioneel beheerder; daarna maakt die de andere accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who it is."""
        parser.add_argument("--gebruikersnaam", required=True)
        parser.add_argument("--voornaam", required=True)
        parser.add_argument("--voorvoegsel", default="")
        parser.add_argument("--achternaam", required=True)
        parser.add_argument("--organisatie", default="gemeente", help="de code van de werkgever (gemeente)")
        parser.add_argument("--stdin", action="store_true", help="lees het wachtwoord van de standaardinvoer")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refuse in one sentence, or make the account and its placement."""
        username = options["gebruikersnaam"]
        if Medewerker.objects.filter(username__iexact=username).exists():
            raise CommandError(f"De gebruikersnaam {username} bestaat al; kies een andere.")
        organisatie = Moederorganisatie.objects.filter(code=options["organisatie"]).first()
        if organisatie is None:
            raise CommandError(f"Er is geen organisatie met de code {options['organisatie']}.")
        password = self._password(from_stdin=options["stdin"])
        try:
            with transaction.atomic(), acting_as_system("eerste functioneel beheerder"):
                medewerker = create_medewerker(
                    username=username,
                    voornaam=options["voornaam"],
                    voorvoegsel=options["voorvoegsel"],
                    achternaam=options["achternaam"],
                    password=password,
                )
                place(
                    medewerker=medewerker,
                    moederorganisatie=organisatie,
                    team=Team.objects.get(soort=Team.Soort.BEHEER),
                    rol=Rol.FUNCTIONEEL_BEHEERDER,
                    van=timezone.localdate(),
                )
                record(
                    action="medewerkers.create_beheerder",
                    subject=medewerker,
                    gegevens={"medewerker": username},
                )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{medewerker.naam} ({username}) is functioneel beheerder en kan inloggen.")

    def _password(self, *, from_stdin: bool) -> str:
        if from_stdin:
            return sys.stdin.readline().rstrip("\n")
        if given := read("BEHEERDER_WACHTWOORD", ""):
            return given
        if not sys.stdin.isatty():
            raise CommandError(
                "Geef het wachtwoord met --stdin, of zet BEHEERDER_WACHTWOORD (of BEHEERDER_WACHTWOORD_FILE)."
            )
        first = getpass("Wachtwoord (minstens 12 tekens): ")
        if getpass("Nog een keer: ") != first:
            raise CommandError("De twee wachtwoorden zijn niet gelijk.")
        return first
