"""`importeer_bevolking BESTAND --jaar 2026`: inwoners per gebied uit ‘Kerncijfers wijken en buurten’ van het CBS."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from rapportage.services import import_bevolking
from skt.autorisatie.context import acting_as_system
from skt.kern.errors import DomainError


class Command(BaseCommand):
    """De inwoners van één jaar overnemen; twee keer hetzelfde bestand is één keer."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a file, and the year when its name doesn't say it."""
        parser.add_argument("bestand", type=Path)
        parser.add_argument(
            "--jaar", type=int, help="op 1 januari van welk jaar; anders het jaar in de bestandsnaam"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take over all or nothing; a refusal is one sentence and a non-zero exit."""
        bestand: Path = options["bestand"]
        jaar = options["jaar"] or self._year_of(bestand)
        reden = f"inwoners van {jaar} inlezen"
        try:
            with bestand.open("rb") as geopend, transaction.atomic(), acting_as_system(reden):
                nieuw = import_bevolking(bestand=geopend, jaar=jaar, naam=bestand.name, at=timezone.now())
        except OSError as error:
            raise CommandError(f"Het bestand {bestand} is niet te lezen.") from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"De inwoners van {jaar} {'zijn ingelezen' if nieuw else 'stonden er al zo'}.")

    def _year_of(self, bestand: Path) -> int:
        jaren = set(re.findall(r"(?<!\d)(20\d{2})(?!\d)", bestand.name))
        if len(jaren) != 1:
            raise CommandError("Zeg met --jaar over welk jaar dit bestand gaat.")
        return int(jaren.pop())
