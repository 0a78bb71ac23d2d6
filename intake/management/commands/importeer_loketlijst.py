"""`importeer_loketlijst BESTAND.csv --proef|--uitvoeren --verslag VERSLAG.json`: de oude loketlijst beoordelen of overnemen."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from intake.loketlijst.lezen import assert_size, read
from intake.loketlijst.redenen import UITKOMSTEN
from intake.loketlijst.regels import Oordeel, judge
from intake.loketlijst.verslag import make_report
from intake.models import Loketlijst
from intake.services.loketlijst_inlezen import carry_out, find_or_open, known_in
from skt.kern.errors import DomainError


class Command(BaseCommand):
    """De oude loketlijst inlezen; twee keer uitvoeren verandert niets."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file, one way, one report."""
        parser.add_argument("bestand", metavar="BESTAND.csv")
        hoe = parser.add_mutually_exclusive_group(required=True)
        hoe.add_argument("--proef", action="store_true", help="alleen beoordelen; er wordt niets geschreven")
        hoe.add_argument("--uitvoeren", action="store_true", help="de contacten overnemen")
        parser.add_argument("--verslag", metavar="VERSLAG.json", help="per rij de uitkomst en de redenen")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Judge, write if asked, and report; a refusal is one sentence and a non-zero exit."""
        path = Path(options["bestand"])
        verslag = Path(options["verslag"]) if options["verslag"] else None
        if verslag is not None and not (verslag.parent.is_dir() and os.access(verslag.parent, os.W_OK)):
            raise CommandError(f"Het verslag kan niet worden geschreven in de map {verslag.parent}.")
        try:
            inhoud = _load(path)
            oordeel = judge(read(inhoud), naam=path.name)
            more = self._write(path.name, inhoud, oordeel) if options["uitvoeren"] else self._try(oordeel)
        except DomainError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(
                "De database gaf een fout; wat al was overgenomen staat er. Draai de opdracht opnieuw om verder te gaan."
            ) from error
        if verslag is not None:
            _save(verslag, make_report(oordeel, **more))
            self.stdout.write(f"Het verslag staat in {verslag}.")

    def _try(self, oordeel: Oordeel) -> dict[str, Any]:
        known = known_in(oordeel)
        self._tell(oordeel)
        self.stdout.write(f"Proef: er is niets geschreven. Er staan al {known} van deze contacten.")
        return {"wijze": "proef", "geschreven": 0, "stonden_er_al": known}

    def _write(self, naam: str, inhoud: bytes, oordeel: Oordeel) -> dict[str, Any]:
        lijst = find_or_open(bestandsnaam=naam, inhoud=inhoud, oordeel=oordeel, at=timezone.now())
        self._tell(oordeel)
        if lijst.is_ingelezen:
            self.stdout.write(
                f"Deze lijst is al ingelezen op {timezone.localtime(lijst.klaar_op):%d-%m-%Y}. Er is niets veranderd."
            )
            return {"wijze": "uitvoeren", "geschreven": 0, "stonden_er_al": lijst.over_te_nemen}
        before = lijst.geschreven
        done = carry_out(lijst=lijst, oordeel=oordeel, clock=timezone.now, voortgang=self._progress)
        written, known = done.geschreven - before, done.stonden_er_al + before
        if done.stop_gevraagd:
            self.stdout.write("Het inlezen is gestopt. Draai de opdracht opnieuw om verder te gaan.")
        if written:
            self.stdout.write(f"{written} contacten overgenomen; {known} stonden er al.")
        else:
            self.stdout.write("Alle contacten van deze lijst stonden er al. Er is niets veranderd.")
        return {"wijze": "uitvoeren", "geschreven": written, "stonden_er_al": known}

    def _progress(self, lijst: Loketlijst) -> None:
        if self.stdout.isatty():
            self.stdout.write(
                f"\r{lijst.geschreven + lijst.stonden_er_al} van {lijst.over_te_nemen}", ending=""
            )

    def _tell(self, oordeel: Oordeel) -> None:
        rows = oordeel.rijen
        self.stdout.write(f"Loketlijst van {oordeel.jaar}: {len(rows)} rijen na de kop.")
        for uitkomst in UITKOMSTEN:
            self.stdout.write(f"  {uitkomst}: {sum(rij.uitkomst == uitkomst for rij in rows)}")


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise CommandError(f"{path} is een map, geen bestand.")
        assert_size(path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CommandError(f"Het bestand {path} bestaat niet.") from error
    except OSError as error:
        raise CommandError(f"Het bestand {path} kan niet worden gelezen.") from error


def _save(path: Path, report: dict[str, Any]) -> None:
    """Readable only for whoever ran the command: the report names people."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(report, file, ensure_ascii=False, indent=1)
        file.write("\n")
