"""Wat de triage niet langer bewaart dan nodig."""

import pytest
from django.utils import timezone

from intake.models import Melding
from intake.status import MeldingStatus
from tests.factories.intake import MeldingFactory
from tests.factories.triage import ToegangFactory
from tests.fixtures import MAANDAG
from triage.models import Triageconcept
from triage.services.concepten import empty_weighed_concepten


@pytest.mark.usefixtures("systeem")
def test_a_half_typed_triage_is_emptied_when_the_melding_left_by_another_door() -> None:
    weg, nog_bezig = (
        Triageconcept.objects.create(
            melding=MeldingFactory(in_triage=True),
            gegevens={"toelichting": ["Half"]},
            bewaard_op=MAANDAG,
            bewaard_door=ToegangFactory(),
        )
        for _ in range(2)
    )
    Melding.objects.filter(pk=weg.melding_id).update(status=MeldingStatus.OPEN)

    assert empty_weighed_concepten(at=timezone.now()) == 1
    for row in (weg, nog_bezig):
        row.refresh_from_db()
    assert (weg.gegevens, nog_bezig.gegevens) == ({}, {"toelichting": ["Half"]})
