"""Fill an empty database with a fictional town; a second time does nothing."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from skt.demo.bouwen import HalfBuilt, bouw, is_gebouwd


class Command(BaseCommand):
    help = "Vult een lege database met een verzonnen stad: twee jaar loket, overleg en casussen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inwoners", type=int, default=1500, help="hoeveel inwoners (standaard 1500)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if is_gebouwd():
                self.stdout.write("De demostad staat er al.")
                return
        except HalfBuilt as error:
            raise CommandError(str(error)) from error
        begin = time.monotonic()
        gedaan = bouw(nu=timezone.now(), inwoners=options["inwoners"], meld=self._meld)
        self.stdout.write(f"De demostad staat: {gedaan} handelingen in {time.monotonic() - begin:.0f} s.")

    def _meld(self, regel: str) -> None:
        self.stdout.write(f"  demostad: {regel}")
        self.stdout.flush()
