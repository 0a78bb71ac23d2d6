"""Look for people who are in twice, among all or since a day: after an import, or the first time."""

from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from intake.services.dubbelen import note_doubles_among
from skt.autorisatie.context import acting_as_system
from skt.inwoners.models import Inwoner, MogelijkDubbel


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
        since = timezone.make_aware(datetime.combine(vanaf, time.min)) if vanaf else None
        looked, last = 0, 0
        while True:
            with transaction.atomic(), acting_as_system("zoeken naar dubbele inwoners"):
                todo = Inwoner.objects.filter(aangemaakt_op__gte=since) if since else Inwoner.objects.all()
                seen = note_doubles_among(todo, na=last)
                pairs = MogelijkDubbel.objects.filter(anders_op=None).count()
            if not seen:
                break
            looked, last = looked + len(seen), seen[-1]
        self.stdout.write(f"{looked} inwoners bekeken; {pairs} paren lijken op elkaar.")
