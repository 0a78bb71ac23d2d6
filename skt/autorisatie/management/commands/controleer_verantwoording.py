"""Check the chain of hashes over the log: every altered, removed or swapped line is found."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from skt.autorisatie.context import acting_as_system
from skt.verantwoording.models import Regel
from skt.verantwoording.queries import broken_links


class Command(BaseCommand):
    """Exit 1 when the chain is broken; each finding is a line on stdout."""

    help = "Controleert of de verantwoording nog heel is: geen regel veranderd, weg of verwisseld."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print what is wrong, or that all is well."""
        with transaction.atomic(), acting_as_system("controle van de verantwoording"):
            findings = list(broken_links())
            aantal = Regel.objects.count()
        for volgnummer, regel_id, bevinding in findings:
            schakel = f"schakel {volgnummer}" if volgnummer is not None else "geen schakel"
            regel = f", regel {regel_id}" if regel_id is not None else ""
            self.stdout.write(f"{schakel}{regel}: {bevinding}")
        if findings:
            self.stderr.write(f"De keten is niet heel: {len(findings)} bevindingen.")
            raise SystemExit(1)
        self.stdout.write(f"De keten is heel: {aantal} regels.")
