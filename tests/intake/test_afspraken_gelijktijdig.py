"""Echt tegelijk, in twee verbindingen: één krijgt het moment, de ander hoort het, en samen houden ze elkaar niet op."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections, transaction

from intake.models import Afspraak, Bezetting, Melding
from intake.services import plan_afspraak
from intake.services.afspraken import MomentTaken
from skt.autorisatie.context import acting_as, acting_as_system
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Medewerker
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.medewerkers import team
from tests.fixtures import MAANDAG

pytestmark = pytest.mark.django_db(transaction=True)
OM_TIEN = MAANDAG + timedelta(days=1, minutes=30)
Poging = Callable[[], object]


def together(*attempts: Poging) -> list[object]:
    """Each in its own thread with its own connection, started at the same moment."""
    start = Barrier(len(attempts))

    def run(attempt: Poging) -> object:
        try:
            connections["default"].ensure_connection()
            start.wait(timeout=60)
            return attempt()
        except MomentTaken as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(run, one) for one in attempts]]


def plan(melding: Melding, actor: Medewerker, **met: object) -> Poging:
    def attempt() -> int:
        with transaction.atomic(), acting_as(actor):
            afspraak = plan_afspraak(
                melding=melding, actor=actor, at=MAANDAG, soort="huisbezoek", begin=OM_TIEN, duur=60,
                buiten_werktijd="team" not in met, **met,
            )  # fmt: skip
            return afspraak.pk

    return attempt


class TestTogether:
    def test_one_gets_the_moment_and_the_other_hears_it(self) -> None:
        assert next_werkdag(OM_TIEN.date()) == OM_TIEN.date()
        with transaction.atomic(), acting_as_system("proef"):
            jan, sanne, piet = (LoketmedewerkerFactory() for _ in range(3))
            meldingen = [MeldingFactory(medewerker=sanne) for _ in range(7)]

        # The same person, asked by two: one row, one sentence, and nothing of the other stays.
        answers = together(
            plan(meldingen[0], jan, medewerkers=[piet]), plan(meldingen[1], sanne, medewerkers=[piet])
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["MomentTaken", "int"]
        with transaction.atomic(), acting_as_system("proef"):
            assert Afspraak.objects.count() == Bezetting.objects.count() == 1
            steps = Melding.objects.filter(pk__in=[m.pk for m in meldingen[:2]]).values_list(
                "volgende_stap", flat=True
            )
            assert sorted(steps) == ["Afhandelen", "Huisbezoek"]

        # Two who ask for the same two people in opposite order don't wait for each other for ever.
        answers = together(
            plan(meldingen[2], jan, medewerkers=[jan, sanne]),
            plan(meldingen[3], sanne, medewerkers=[sanne, jan]),
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["MomentTaken", "int"]

        # The team: who is free gets one each, and the last hears that nobody is left.
        with transaction.atomic(), acting_as_system("proef"):
            for _ in range(2):
                LoketmedewerkerFactory()
            loket = team("voorportaal")
        answers = together(*(plan(meldingen[at], sanne, team=loket) for at in (4, 5, 6)))
        assert sorted(type(answer).__name__ for answer in answers) == ["MomentTaken", "int", "int"]
        with transaction.atomic(), acting_as_system("proef"):
            booked = list(Bezetting.objects.values_list("medewerker", flat=True))
            assert len(booked) == len(set(booked)) == 5
