"""Write the context key into the database, as its owner: without it PostgreSQL believes nobody."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections, transaction

from skt.autorisatie.token import padded_keys


class Command(BaseCommand):
    help = "Schrijft de contextsleutel in de database, zodat PostgreSQL kan nagaan wie er handelt."

    def handle(self, *args: Any, **options: Any) -> None:
        binnen, buiten = padded_keys()
        with transaction.atomic(using="eigenaar"), connections["eigenaar"].cursor() as cursor:
            cursor.execute(
                "INSERT INTO autorisatie_contextsleutel (id, binnen, buiten) VALUES (1, %s, %s)"
                " ON CONFLICT (id) DO UPDATE SET binnen = excluded.binnen, buiten = excluded.buiten",
                [binnen, buiten],
            )
        self.stdout.write("De contextsleutel staat in de database.")
