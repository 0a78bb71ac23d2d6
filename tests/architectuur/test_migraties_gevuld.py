"""What was added last goes back and forward on a database full of people; the template of the tests is the whole way."""

import pytest
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from skt.autorisatie.context import acting_as_system
from skt.inwoners.models import Inwoner
from skt.verantwoording.queries import broken_links
from tests.architectuur.bronnen import KAMERS
from tests.rechten.wereld import build

APPS = {kamer.rpartition(".")[2] for kamer in KAMERS}


@pytest.mark.django_db(databases=["default", "eigenaar"], transaction=True)
def test_one_step_back_and_forward_keeps_the_people() -> None:
    """The latest migrations on which nothing else is built yet: who takes a release back unapplies those."""
    with transaction.atomic(), acting_as_system("proef"):
        build()
        inwoners = Inwoner.objects.count()
    connections["default"].close()
    executor = MigrationExecutor(connections["eigenaar"])
    latest = [key for key in executor.loader.graph.leaf_nodes() if key[0] in APPS]
    before = [
        parent.key
        for key in latest
        if not executor.loader.graph.node_map[key].children
        for parent in executor.loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    ]
    assert before

    executor.migrate(before)
    MigrationExecutor(connections["eigenaar"]).migrate(latest)
    connections["eigenaar"].close()

    with transaction.atomic(), acting_as_system("proef"):
        assert Inwoner.objects.count() == inwoners
        assert list(broken_links()) == []
