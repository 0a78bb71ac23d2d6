"""Lock 1 alone: PostgreSQL is told that the system acts, so that only the Rules stand between a person and a row."""

import pytest

from intake.models import Concept
from skt.autorisatie.context import acting_as, acting_as_system
from skt.autorisatie.rules import may, permitted, registered
from tests.rechten.matrix import MATRIX
from tests.rechten.vocabulaire import Vraag
from tests.rechten.wereld import MENSEN, Wereld

GEVRAAGD = [vraag for vraag in MATRIX if vraag.slot1]


def people_who_may(wereld: Wereld, vraag: Vraag) -> set[str]:
    return {naam for naam in MENSEN if any(_may(wereld, naam, *pair) for pair in vraag.slot1)}


def _may(wereld: Wereld, naam: str, recht: str, ding: str) -> bool:
    user = wereld.actor(naam)
    if not ding:
        return may(user, recht)
    subject = wereld.ding[ding]
    asked = type(subject).objects.filter(pk=subject.pk)
    if isinstance(
        subject, Concept
    ):  # lock 2 keeps even the system out of these: open it as their own person does
        with acting_as(wereld.mens["loket"]):
            return permitted(user, recht, asked).exists()
    return permitted(user, recht, asked).exists()


class TestSlot1:
    @pytest.mark.parametrize("vraag", GEVRAAGD, ids=str)
    def test_lets_exactly_these_through(self, wereld: Wereld, vraag: Vraag) -> None:
        with acting_as_system("proef van slot 1"):
            assert people_who_may(wereld, vraag) == vraag.wie

    def test_asks_only_rules_that_exist(self) -> None:
        assert {recht for vraag in MATRIX for recht, _ in vraag.slot1} <= set(registered())

    def test_an_unknown_right_permits_nothing(self, wereld: Wereld) -> None:
        with acting_as_system("proef van slot 1"):
            for naam in MENSEN:
                assert not may(wereld.actor(naam), "inwoners.geheime_deur")
                subject = wereld.ding["voorziening"]
                assert not permitted(
                    wereld.actor(naam), "inwoners.geheime_deur", type(subject).objects.all()
                ).exists()
