"""`exporteer_open_data`: de gepubliceerde cijfers als open data, met hun beschrijving voor machines."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rapportage.opendata.bundel import DATASET, open_data, zip_open_data
from rapportage.queries import LEZER
from skt.kern.errors import DomainError

ZIP = "skt-stuurinformatie.zip"


class Command(BaseCommand):
    """CSV, CSVW, DCAT-AP-NL en de vertaling naar het GGM, in een map. Een tweede keer geeft dezelfde bytes."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder to write in, and whether it should be one file."""
        parser.add_argument("map", help="een lege of nieuwe map")
        parser.add_argument("--zip", action="store_true", help=f"één bestand: {ZIP}")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write; the description of the whole comes last, so that a folder with one is complete."""
        folder = Path(options["map"])
        try:
            bestanden = open_data(LEZER, settings.SKT_OPEN_DATA)
        except DomainError as fout:
            raise CommandError(str(fout)) from fout
        te_schrijven = {ZIP: zip_open_data(bestanden)} if options["zip"] else bestanden
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise CommandError(f"De map {folder} is niet leeg. Kies een nieuwe map.")
            for naam in sorted(te_schrijven, key=lambda naam: naam == DATASET):
                (folder / naam).parent.mkdir(parents=True, exist_ok=True)
                (folder / naam).write_bytes(te_schrijven[naam])
        except OSError as fout:
            raise CommandError(f"Schrijven in {folder} lukt niet: {fout.strerror}.") from fout
        self.stdout.write(f"{len(te_schrijven)} bestanden staan in {folder}.")
