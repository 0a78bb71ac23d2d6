"""Write docs/levensloop.md anew from the tables of transitions."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from skt.autorisatie.levenslopen import draw


class Command(BaseCommand):
    """A test fails when the page is behind; this brings it up to date."""

    help = "Tekent docs/levensloop.md uit de tabellen met statussen en overgangen."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Draw and write."""
        page = Path(settings.BASE_DIR) / "docs" / "levensloop.md"
        page.write_text(draw(), encoding="utf-8")
        self.stdout.write(f"{page.name} is bijgewerkt.")
