"""`exporteer_publicaties`: alles wat ooit is gepubliceerd als bestanden, zodat iedereen het kan narekenen."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rapportage.queries import LEZER
from rapportage.uitvoer import CATALOGUS, export


class Command(BaseCommand):
    """Per tabel een CSV, met een catalogus in JSON ernaast. Een tweede keer geeft dezelfde bytes."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder to write in."""
        parser.add_argument("map", help="een lege of nieuwe map")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write; the catalogue comes last, so that a folder with one is complete."""
        folder = Path(options["map"])
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise CommandError(f"De map {folder} is niet leeg. Kies een nieuwe map.")
            bestanden = export(LEZER).bestanden
            for naam in sorted(bestanden, key=lambda naam: naam == CATALOGUS):
                (folder / naam).parent.mkdir(parents=True, exist_ok=True)
                (folder / naam).write_bytes(bestanden[naam])
        except OSError as fout:
            raise CommandError(f"Schrijven in {folder} lukt niet: {fout.strerror}.") from fout
        self.stdout.write(f"{len(bestanden) - 1} tabellen staan in {folder}.")
