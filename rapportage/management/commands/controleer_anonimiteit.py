"""`controleer_anonimiteit`: kijkt als buitenstaander naar alles wat ooit is gepubliceerd."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rapportage.controle import Verslag, check
from rapportage.controle.controle import RUIM_DE_TIJD
from rapportage.queries import LEZER, broken_seals
from rapportage.uitvoer import export


class Command(BaseCommand):
    """Controleren of uit de gepubliceerde cijfers niemand te vinden is, en of er niets aan veranderd is."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where the files are, how thorough, and in what form to answer."""
        parser.add_argument("--json", action="store_true", help="het verslag als JSON")
        parser.add_argument(
            "--alles", action="store_true", help="ook hele kubussen en families, en dan vak voor vak"
        )
        parser.add_argument(
            "--seconden",
            type=float,
            default=RUIM_DE_TIJD,
            help="zo lang mag --alles duren; het verslag zegt wat lukte",
        )
        parser.add_argument(
            "--map", default="", help="een map van exporteer_publicaties, in plaats van de database"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Report; a finding is a non-zero exit. No finding ever says a number."""
        hoe = {"alles": options["alles"], "seconden": options["seconden"]}
        if options["map"]:
            verslag = check(_read_folder(Path(options["map"])), **hoe)
        else:
            verslag = check(export(LEZER).bestanden, **hoe)
            for naam in broken_seals():
                verslag.find("de cijfers passen niet bij hun zegel", naam)
        if options["json"]:
            self.stdout.write(json.dumps(verslag.as_dict(), ensure_ascii=False, indent=1))
        else:
            self._tell(verslag)
        if not verslag.in_orde:
            raise CommandError("De gepubliceerde cijfers zijn niet zoals beloofd.")

    def _tell(self, verslag: Verslag) -> None:
        self.stdout.write(
            f"{verslag.tabellen} tabellen met {verslag.vakken} vakken en {verslag.bladen} bladen gelezen,"
            f" {verslag.optellingen} optellingen vergeleken,"
            f" {verslag.stelsels} stelsels en {verslag.programmas} lineaire programma’s opgelost."
        )
        self.stdout.write(
            f"Bewezen: {verslag.bewezen_vakken} vakken met hun eigen tabellen; van {verslag.kubussen} hele kubussen"
            f" {verslag.bewezen_kubussen} en van {verslag.families} hele families {verslag.bewezen_families}."
            f" Los uitgerekend: {verslag.uitgerekende_vakken} vakken."
        )
        if verslag.tijd_op:
            self.stdout.write("De tijd was om voor alles bewezen was. Geef meer met --seconden.")
        if verslag.zonder_zegel:
            self.stdout.write(
                f"{verslag.zonder_zegel} tabellen van voor de kubussen zijn alleen op hun zegel bekeken."
            )
        for bevinding in verslag.bevindingen:
            self.stdout.write(f"NIET IN ORDE: {bevinding.soort}: {bevinding.waar}")
        if verslag.in_orde:
            self.stdout.write("Alles is zoals beloofd.")


def _read_folder(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise CommandError(f"De map {folder} is er niet.")
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
