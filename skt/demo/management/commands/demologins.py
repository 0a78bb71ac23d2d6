"""Print a table of the demo logins, one per role."""

from typing import Any

from django.core.management.base import BaseCommand

from skt.demo.mensen import MENSEN, WACHTWOORD
from skt.medewerkers.models import Rol


class Command(BaseCommand):
    help = "Toont de inlognamen van de demostad, één per rol."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        regels = [(m.username, f"{m.voornaam} {m.voorvoegsel} {m.achternaam}".replace("  ", " "), Rol(m.rol).label, m.organisatie)
                  for m in MENSEN if m.gezicht]  # fmt: skip
        kop = ("gebruikersnaam", "wie (fictief)", "rol", "organisatie")
        breed = [max(len(regel[n]) for regel in [kop, *regels]) for n in range(4)]
        for regel in [kop, tuple("-" * n for n in breed), *regels]:
            self.stdout.write("  ".join(deel.ljust(n) for deel, n in zip(regel, breed, strict=True)).rstrip())
        self.stdout.write(f"\nWachtwoord van iedereen: {WACHTWOORD}")
