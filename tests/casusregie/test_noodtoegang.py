"""Noodtoegang: vier uur lezen met een reden, en verder niets."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casusregie.models import Casus
from casusregie.services import CasusNotYours, NoodtoegangRefused, open_noodtoegang, taper_casus
from skt.autorisatie.models import Noodtoegang
from skt.autorisatie.rules import may
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.casusregie.conftest import Als
from tests.factories.intake import LoketmedewerkerFactory

REDEN = "Politie aan de deur, geen collega bereikbaar."


def open_(als: Als, casus: Casus, wie: Medewerker, reden: str = REDEN) -> Casus:
    with als(wie):
        return open_noodtoegang(nummer=casus.nummer, reden=reden, actor=wie, at=timezone.now())


class TestOpenNoodtoegang:
    def test_lets_read_for_four_hours_and_is_logged(
        self, als: Als, casus: Casus, vreemde: Medewerker
    ) -> None:
        assert open_(als, casus, vreemde) == casus
        toegang = Noodtoegang.objects.get(medewerker=vreemde)
        assert toegang.eindigt_op - toegang.begint_op == timedelta(hours=4)
        regel = Regel.objects.get(actie="casusregie.open_noodtoegang")
        assert (regel.reden, regel.medewerker_id) == (REDEN, vreemde.pk)
        with als(vreemde):
            assert may(vreemde, "casusregie.view_casus", casus)

    def test_never_lets_write(
        self, als: Als, casus: Casus, vreemde: Medewerker, stand: Callable[[], Any]
    ) -> None:
        open_(als, casus, vreemde)
        before = stand()
        with als(vreemde):
            assert not may(vreemde, "casusregie.contribute_casus", casus)
            assert not may(vreemde, "casusregie.manage_casus", casus)
            with pytest.raises(CasusNotYours):
                taper_casus(casus=casus, actor=vreemde, at=timezone.now())
        assert stand() == before

    def test_is_over_afterwards(self, als: Als, casus: Casus, vreemde: Medewerker) -> None:
        nu = timezone.now()
        Noodtoegang.objects.create(
            medewerker=vreemde,
            casus_id=casus.pk,
            reden=REDEN,
            begint_op=nu - timedelta(hours=5),
            eindigt_op=nu - timedelta(hours=1),
        )
        with als(vreemde):
            assert not may(vreemde, "casusregie.view_casus", casus)

    @pytest.mark.parametrize("reden", ["", "Even zien", " " * 40])
    def test_wants_a_reason(self, als: Als, casus: Casus, vreemde: Medewerker, reden: str) -> None:
        with pytest.raises(NoodtoegangRefused, match="waarom"):
            open_(als, casus, vreemde, reden)
        assert not Noodtoegang.objects.exists()

    def test_says_the_same_of_what_is_not_there_and_what_is_not_allowed(
        self, als: Als, casus: Casus, vreemde: Medewerker
    ) -> None:
        zinnen = []
        loket = LoketmedewerkerFactory(organisatie="jgz")
        for wie, nummer in ((vreemde, "2026-0000"), (loket, casus.nummer)):
            with als(wie), pytest.raises(NoodtoegangRefused) as refused:
                open_noodtoegang(nummer=nummer, reden=REDEN, actor=wie, at=timezone.now())
            zinnen.append(str(refused.value))
        assert zinnen[0] == zinnen[1]
        assert not Noodtoegang.objects.exists()
