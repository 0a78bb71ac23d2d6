"""De sluitende keten nalezen: elke schending is een regel, en dan is het eind 1."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from casusregie.ketencontrole import find_violations
from skt.autorisatie.context import acting_as_system


class Command(BaseCommand):
    help = "Controleert of niemand uit de keten is gevallen (domein 5)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Schrijf elke schending op. Eindigt met 1 als er een is."""
        with transaction.atomic(), acting_as_system("ketencontrole"):
            schendingen = find_violations()
        for schending in schendingen:
            self.stdout.write(str(schending))
        if schendingen:
            sys.exit(1)
        self.stdout.write("Geen schendingen gevonden.")
