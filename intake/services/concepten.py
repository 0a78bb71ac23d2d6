"""Half-typed calls. Only their author sees them, so each save isn't a line in the log; starting and throwing away is."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from intake.models import Concept, Contactmoment
from intake.services.rijen import loket_organisatie
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record

MAX_TEKENS = 200_000
"""All that can be typed in one call, in characters; far above eight long leefgebieden."""


class ConceptGone(DomainError):
    """The call was finished or thrown away, or is somebody else's."""


class ConceptOlder(DomainError):
    """Another tab saved this call after this one last read it."""


class ConceptTooLarge(DomainError):
    """More text than one call can be."""


@transaction.atomic
def start_concept(*, actor: Medewerker, at: datetime, contactmoment: Contactmoment | None = None) -> Concept:
    """A new call, or with `contactmoment` a next question in a call that was already registered.

    An own call in which nothing was typed yet is taken again, so that opening it twice makes one.
    """
    loket_organisatie(actor)
    empty = (
        Concept.objects.running(actor)
        .select_for_update()
        .filter(gegevens={}, contactmoment=contactmoment, versie=1)
        .first()
    )
    if empty is not None:
        empty.begonnen_op = empty.bewaard_op = at
        empty.save(update_fields=["begonnen_op", "bewaard_op"])
        return empty
    concept = Concept.objects.create(
        medewerker=actor, begonnen_op=at, bewaard_op=at, contactmoment=contactmoment
    )
    record(action="intake.start_concept", subject=concept)
    return concept


@transaction.atomic
def save_concept(
    *, sleutel: UUID, actor: Medewerker, gegevens: dict[str, Any], versie: int, at: datetime
) -> Concept:
    """Keep what was typed so far. `versie` is the version the page was made from.

    Raises ConceptGone, ConceptOlder (another tab saved meanwhile: nothing is overwritten) or ConceptTooLarge.
    """
    clean = _storable(gegevens)
    if sum(map(_length, clean.values())) > MAX_TEKENS:
        raise ConceptTooLarge("Dit is te veel tekst om te bewaren. Maak de tekst korter.")
    concept = lock_concept(sleutel=sleutel, actor=actor)
    if concept.versie != versie:
        raise ConceptOlder(
            "Dit gesprek is in een ander tabblad gewijzigd. Wat u hier schreef staat er nog, maar is niet bewaard."
        )
    if concept.gegevens != clean:
        concept.gegevens = clean
        concept.versie += 1
    concept.bewaard_op = at
    concept.save(update_fields=["gegevens", "versie", "bewaard_op"])
    return concept


@transaction.atomic
def discard_concept(*, sleutel: UUID, actor: Medewerker, at: datetime) -> Concept:
    """Throw a call away that came to nothing (wrong number, hung up). Raises ConceptGone."""
    concept = lock_concept(sleutel=sleutel, actor=actor)
    concept.weggegooid_op = at
    concept.save(update_fields=["weggegooid_op"])
    record(action="intake.discard_concept", subject=concept)
    return concept


def lock_concept(*, sleutel: UUID, actor: Medewerker) -> Concept:
    """The running concept, locked. Raises ConceptGone."""
    concept = Concept.objects.select_for_update().filter(sleutel=sleutel, medewerker=actor).first()
    if concept is None or concept.verwerkt_op or concept.weggegooid_op:
        raise ConceptGone("Dit gesprek is al afgerond of weggegooid. Ververs de pagina.")
    return concept


def _storable(value: Any) -> Any:
    """PostgreSQL keeps no NUL in JSON; nobody types one."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {str(key).replace("\x00", ""): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value


def _length(value: Any) -> int:
    return sum(map(_length, value)) if isinstance(value, list) else len(str(value))
