"""The half-typed triage of a melding: one for the whole toegang, merged field by field, gone once it is weighed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from intake.models import Melding
from intake.services.concepten import merge_fields
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from triage.models import Triageconcept
from triage.services.beurten import lock_in_triage


class ConceptOlder(DomainError):
    """A colleague, or another tab, saved after this page last read it."""


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
