"""`laad_sociale_kaart`: de fictieve sociale kaart in een lege (of halve) database zetten."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from skt.autorisatie.context import acting_as_system
from socialekaart.services.laden import load_sociale_kaart


class Command(BaseCommand):
    """De fictieve sociale kaart laden; een tweede keer verandert niets."""

    help = __doc__ or ""

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load as the system, and tell how many were new."""
        with transaction.atomic(), acting_as_system("laad_sociale_kaart"):
            toegevoegd, totaal = load_sociale_kaart()
        self.stdout.write(f"{toegevoegd} van {totaal} voorzieningen toegevoegd; de rest stond er al.")
