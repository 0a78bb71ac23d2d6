"""Wat elke proef van casusregie nodig heeft: een lopende casus en wie er wat mag."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from casusregie.models import Actie, Betrokkenheid, Casus, Doel, Nazorg, Notitie, Regietoewijzing, Schaling
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.casusregie import CasusFactory
from tests.factories.triage import TeamlidFactory

Als = Callable[[Medewerker], AbstractContextManager[Any]]


@pytest.fixture
def casus(systeem: Any) -> Casus:
    """Een lopende casus van Kwadraad, waarin SMOW meedoet."""
    return CasusFactory(betrokken=["smow"])


@pytest.fixture
def regisseur(casus: Casus) -> Medewerker:
    return casus.agendapunt.casusregisseur


@pytest.fixture
def coordinator(casus: Casus) -> Medewerker:
    """De teamcoördinator van het team van de casus; die opende haar ook."""
    return casus.geopend_door


@pytest.fixture
def helper(casus: Casus) -> Medewerker:
    """Een teamlid van de betrokken SMOW."""
    return TeamlidFactory(organisatie="smow")


@pytest.fixture
def vreemde(casus: Casus) -> Medewerker:
    """Een teamlid van een organisatie die niet meedoet, in een ander team."""
    return TeamlidFactory(organisatie="mee", team="jeugd")


@pytest.fixture
def stand(casus: Casus) -> Callable[[], Any]:
    """Alles van de casus in één waarde: twee keer hetzelfde betekent dat er niets is veranderd."""

    def snapshot() -> Any:
        rows = [Casus.objects.filter(pk=casus.pk).values_list().get()]
        rows += [
            sorted(model.objects.filter(casus=casus).values_list())
            for model in (Actie, Doel, Notitie, Nazorg, Betrokkenheid, Regietoewijzing, Schaling)
        ]
        return rows, Regel.objects.filter(soort="wijzigen").count()

    return snapshot
