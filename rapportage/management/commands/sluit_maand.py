"""`sluit_maand`: met de hand doen wat de taak elke nacht doet."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from rapportage.maanden import parse_maand
from rapportage.services import close_months
from skt.kern.errors import DomainError


class Command(BaseCommand):
    """De cijfers vastzetten van een maand, of van iedere maand die voorbij is."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one month, or none."""
        parser.add_argument("--maand", default="", help="bijvoorbeeld 2026-10; anders alles wat voorbij is")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Close, and tell per month; a refusal is one sentence and a non-zero exit."""
        aantal = 0
        try:
            maand = parse_maand(options["maand"]) if options["maand"] else None
            for sluiting in close_months(
                at=timezone.now(), maand=maand, meld=self._tell if options["verbosity"] > 1 else None
            ):
                zin = str(sluiting)
                self.stdout.write(f"{zin[:1].upper()}{zin[1:]}.")
                aantal += 1
        except DomainError as error:
            raise CommandError(str(error)) from error
        if not aantal:
            self.stdout.write("Er is geen maand om vast te zetten.")

    def _tell(self, stap: str) -> None:
        self.stdout.write(f"  {stap}")
