"""The half-typed triage of a melding: one for the whole toegang, merged field by field, gone once it is weighed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from intake.models import Melding
from intake.services.concepten import merge_fields
from intake.status import MeldingStatus
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from triage.models import Triageconcept
from triage.services.beurten import lock_in_triage


@transaction.atomic
def merge_concept(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    gegevens: dict[str, Any],
    gewijzigd: Iterable[str],
    versie: int,
) -> tuple[Triageconcept, dict[str, list[str]]]:
    """Keep what was typed on top of version `versie`; the fields that both sides changed come back and stay as they are.

    Raises NotInTriage, ConceptTooLarge, or as lock_melding.
    """
    row = lock_in_triage(melding)
    concept = _concept(row, actor, at)
    concept.bewaard_door = actor
    botsing = merge_fields(concept, gegevens, gewijzigd, versie, at)
    concept.save(update_fields=["bewaard_door"])
    return concept, botsing


def clear_concept(melding: Melding, actor: Medewerker, at: datetime) -> None:
    """The triage has it now: let the text go, and let every page that is still open know by its version."""
    concept = Triageconcept.objects.select_for_update().filter(melding=melding).first()
    if concept is not None:
        concept.gegevens, concept.veldversies = {}, {}
        concept.versie += 1
        concept.bewaard_op, concept.bewaard_door = at, actor
        concept.save()


def _concept(row: Melding, actor: Medewerker, at: datetime) -> Triageconcept:
    """Of a locked melding, so two first saves make one row."""
    found = Triageconcept.objects.select_for_update().filter(melding=row).first()
    return found or Triageconcept.objects.create(melding=row, bewaard_op=at, bewaard_door=actor)


@transaction.atomic
def empty_weighed_concepten(*, at: datetime) -> int:
    """Half-typed text of a melding that left the triage by another door has no use any more (AVG 5 lid 1 e). As the system."""
    over = Triageconcept.objects.exclude(melding__status=MeldingStatus.IN_TRIAGE).exclude(gegevens={})
    emptied = over.update(gegevens={}, veldversies={}, versie=F("versie") + 1, bewaard_op=at)
    if emptied:
        record(action="triage.empty_concepten", gegevens={"concepten": emptied})
    return emptied
