"""Look for people who are in twice, among all or since a day: after an import, or the first time."""

from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from intake.services import note_doubles
from skt.autorisatie.context import acting_as_system
from skt.inwoners.models import Inwoner, MogelijkDubbel

PER_KEER = 200


class Command(BaseCommand):
    """Safe to run again: a pair that somebody told apart stays apart. Some tens of ms per inwoner."""

    help = "Zoekt inwoners die dubbel lijken te staan en zet ze op de lijst van het loket."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--vanaf 2026-11-01` looks only at who was written down since."""
        parser.add_argument("--vanaf", help="Alleen wie vanaf deze dag is ingevoerd (jjjj-mm-dd).")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print how many were looked at and how many pairs stand on the list. Raises CommandError on a day that is none."""
        vanaf = parse_date(options["vanaf"]) if options["vanaf"] else None
        if options["vanaf"] and vanaf is None:
            raise CommandError("Schrijf de dag als jjjj-mm-dd.")
        looked, last = 0, 0
        while True:
            with transaction.atomic(), acting_as_system("zoeken naar dubbele inwoners"):
                todo = Inwoner.objects.filter(pk__gt=last, samengevoegd_met=None).order_by("pk")
                if vanaf:
                    todo = todo.filter(
                        aangemaakt_op__gte=timezone.make_aware(datetime.combine(vanaf, time.min))
                    )
                batch = list(todo[:PER_KEER])
                for inwoner in batch:
                    note_doubles(inwoner, timezone.now())
                pairs = MogelijkDubbel.objects.filter(anders_op=None).count()
            if not batch:
                break
            looked, last = looked + len(batch), batch[-1].pk
        self.stdout.write(f"{looked} inwoners bekeken; {pairs} paren lijken op elkaar.")
