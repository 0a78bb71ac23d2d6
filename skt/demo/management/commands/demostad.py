"""Fill an empty database with a fictional town; a second time does nothing."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from threading import Thread
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from skt.demo.bouwen import HalfBuilt, bouw, is_gebouwd
from skt.demo.stad import HELFTEN, Stad

VOORAF = "demostad: "
GEDAAN = "gedaan: "
"""Hiermee zegt een helft, op haar laatste regel, hoeveel handelingen het waren."""


class Command(BaseCommand):
    help = "Vult een lege database met een verzonnen stad: twee jaar loket, overleg en casussen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inwoners", type=int, default=1500, help="hoeveel inwoners (standaard 1500)")
        parser.add_argument(
            "--helft",
            choices=[helft.naam for helft in HELFTEN],
            help="alleen deze helft, in een stad die al mensen heeft; de opdracht zelf start beide helften zo",
        )
        parser.add_argument("--nu", type=datetime.fromisoformat, help="tot dit moment (ISO 8601)")

    def handle(self, *args: Any, **options: Any) -> None:
        nu = options["nu"] or timezone.now()
        if options["helft"]:
            helft = next(helft for helft in HELFTEN if helft.naam == options["helft"])
            gedaan = Stad(nu=nu, inwoners=options["inwoners"], helft=helft, meld=self._meld).speel()
            self.stdout.write(f"{GEDAAN}{gedaan}")
            return
        try:
            if is_gebouwd():
                self.stdout.write("De demostad staat er al.")
                return
        except HalfBuilt as error:
            raise CommandError(str(error)) from error
        begin = time.monotonic()
        gedaan = bouw(nu=nu, inwoners=options["inwoners"], meld=self._meld, speel=speel_tegelijk)
        self.stdout.write(f"De demostad staat: {gedaan} handelingen in {time.monotonic() - begin:.0f} s.")

    def _meld(self, regel: str) -> None:
        self.stdout.write(f"  {VOORAF}{regel}")
        self.stdout.flush()


def speel_tegelijk(nu: datetime, inwoners: int, meld: Callable[[str], None]) -> int:
    """Beide helften in een eigen proces, naast elkaar. Raises CommandError als er één stopt; de andere stopt dan mee."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "demostad", "--inwoners", str(inwoners)]
    bezig = [
        subprocess.Popen(
            [*command, "--helft", helft.naam, "--nu", nu.isoformat()], stdout=subprocess.PIPE, text=True
        )
        for helft in HELFTEN
    ]
    gedaan: list[int] = []
    lezers = [Thread(target=_volg, args=(proces, gedaan, bezig, meld), daemon=True) for proces in bezig]
    try:
        for lezer in lezers:
            lezer.start()
        for lezer in lezers:
            lezer.join()
        mislukt = [proces.wait() for proces in bezig if proces.wait() != 0]
    finally:
        for proces in bezig:
            proces.kill()
            proces.wait()
    if mislukt:
        raise CommandError(f"Een helft van de demostad is gestopt (code {mislukt[0]}).")
    return sum(gedaan)


def _volg(
    proces: "subprocess.Popen[str]",
    gedaan: list[int],
    samen: list["subprocess.Popen[str]"],
    meld: Callable[[str], None],
) -> None:
    """Laat zien wat een helft meldt, en onthoud haar aantal."""
    uitvoer: IO[str] | None = proces.stdout
    for regel in uitvoer or ():
        if regel.startswith(GEDAAN):
            gedaan.append(int(regel.removeprefix(GEDAAN)))
        else:
            meld(regel.strip().removeprefix(VOORAF))
    if proces.wait() != 0:
        for ander in samen:
            ander.terminate()
