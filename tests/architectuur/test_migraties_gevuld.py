"""Migrations go back and forward again on a database full of people; the template of the tests is the way forward on an empty one."""

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader

from skt.autorisatie.context import acting_as_system
from skt.inwoners.models import Inwoner
from skt.medewerkers.models import Medewerker
from skt.verantwoording.queries import broken_links
from tests.architectuur.bronnen import KAMERS
from tests.rechten.wereld import build

# Upstream last: each goes back before what it builds on.
TERUG = [kamer.rpartition(".")[2] for kamer in KAMERS if kamer not in {"skt.demo", "skt.web", "skt.kern"}]


def migrate(*target: str) -> None:
    call_command("migrate", *target, verbosity=0, skip_checks=True)
    connections["eigenaar"].close()


def one_before(app: str) -> str:
    """The name of the migration before the latest of this app; empty when there is only one."""
    names = sorted(name for label, name in MigrationLoader(None).disk_migrations if label == app)
    return names[-2] if len(names) > 1 else ""


def build_committed() -> int:
    with transaction.atomic(), acting_as_system("proef"):
        build()
        return Inwoner.objects.count()


class TestFilledDatabase:
    @pytest.mark.django_db(databases=["default", "eigenaar"], transaction=True)
    def test_goes_back_and_forward_and_works_again(self) -> None:
        inwoners = build_committed()
        connections["default"].close()

        for app in TERUG:
            migrate(app, "zero")
        with connections["eigenaar"].cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname ~ '^skt_'"
            )
            assert cursor.fetchone() == (0,)
        migrate()
        call_command("contextsleutel", verbosity=0)

        assert not Medewerker.objects.exists()
        assert build_committed() == inwoners
        with transaction.atomic(), acting_as_system("proef"):
            assert list(broken_links()) == []

    @pytest.mark.django_db(databases=["default", "eigenaar"], transaction=True)
    def test_one_step_back_keeps_the_people(self) -> None:
        """The latest migration of every app that has more than its start goes back and forward over real rows."""
        inwoners = build_committed()
        connections["default"].close()

        for app in TERUG:
            if before := one_before(app):
                migrate(app, before)
        migrate()

        with transaction.atomic(), acting_as_system("proef"):
            assert Inwoner.objects.count() == inwoners
            assert list(broken_links()) == []
