"""Half-typed calls. Only their author sees them, so each save isn't a line in the log; starting and throwing away is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from intake.models import Concept, Contactmoment, HalfGetypt
from intake.services.rijen import loket_organisatie
from skt.inwoners.models import Inwoner
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


class ConceptInUse(DomainError):
    """Somebody typed in it less than fifteen minutes ago, or it isn't there (any more)."""


@dataclass(frozen=True)
class Samengevoegd:
    """A save that met another one: what stands there now, and the fields that both sides changed."""

    concept: Concept
    botsing: dict[str, list[str]] = field(default_factory=dict)
    """Field → what the other side wrote; the own text of these fields is not kept."""


@transaction.atomic
def start_concept(
    *,
    actor: Medewerker,
    at: datetime,
    contactmoment: Contactmoment | None = None,
    kanaal: str = "",
    over: Inwoner | None = None,
) -> Concept:
    """A new call, or with `contactmoment` a next question in a call that was already registered.

    `kanaal` for whoever doesn't call but stands at the counter; `over` is whom it is likely about: chosen already, until
    the loket lets them go.

    An own call in which nothing was typed yet is taken again, so that opening it twice makes one.
    """
    loket_organisatie(actor)
    begin: dict[str, Any] = {"kanaal": [kanaal]} if kanaal else {}
    if over is not None:
        names = ("roepnaam", "voorvoegsel", "achternaam")
        begin["inwoner_keuze"] = [str(over.pk)]
        begin |= {name: [getattr(over, name)] for name in names if getattr(over, name)}
    empty = (
        Concept.objects.running(actor)
        .select_for_update()
        .filter(gegevens=begin, contactmoment=contactmoment, versie=1)
        .first()
    )
    if empty is not None:
        empty.begonnen_op = empty.bewaard_op = at
        empty.save(update_fields=["begonnen_op", "bewaard_op"])
        return empty
    concept = Concept.objects.create(
        medewerker=actor, gegevens=begin, begonnen_op=at, bewaard_op=at, contactmoment=contactmoment
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
    concept = lock_concept(sleutel=sleutel, actor=actor)
    if concept.versie != versie:
        raise ConceptOlder(
            "Dit gesprek is in een ander tabblad gewijzigd. Wat u hier schreef staat er nog, maar is niet bewaard."
        )
    write_fields(concept, storable(gegevens), at)
    return concept


@transaction.atomic
def merge_concept(
    *,
    sleutel: UUID,
    actor: Medewerker,
    gegevens: dict[str, Any],
    gewijzigd: Iterable[str],
    versie: int,
    at: datetime,
) -> Samengevoegd:
    """Keep what was typed on top of version `versie`, together with what another tab saved after it, field by field.

    `gewijzigd` names the fields that were changed on this side. A field changed on one side only is taken from that side;
    a field changed on both sides to something else keeps what stands there and comes back in `botsing`: nothing is
    overwritten without asking. Raises ConceptGone or ConceptTooLarge.
    """
    concept = lock_concept(sleutel=sleutel, actor=actor)
    return Samengevoegd(concept, merge_fields(concept, gegevens, gewijzigd, versie, at))


def merge_fields(
    concept: HalfGetypt, gegevens: dict[str, Any], gewijzigd: Iterable[str], versie: int, at: datetime
) -> dict[str, list[str]]:
    """merge_concept on a locked row of whatever is half typed; gives the fields that both sides changed."""
    clean = storable(gegevens)
    merged, botsing = dict(concept.gegevens), {}
    for name in dict.fromkeys(gewijzigd):
        mine, theirs = clean.get(name, []), concept.gegevens.get(name, [])
        if mine == theirs:
            continue
        if int(concept.veldversies.get(name, 1)) > versie:
            botsing[name] = theirs
        elif mine:
            merged[name] = mine
        else:
            merged.pop(name, None)
    write_fields(concept, merged, at)
    return botsing


def write_fields(concept: HalfGetypt, gegevens: dict[str, Any], at: datetime, *also: str) -> None:
    """Keep these values in a locked row; what changed gets the new version. Raises ConceptTooLarge."""
    if sum(map(_length, gegevens.values())) > MAX_TEKENS:
        raise ConceptTooLarge("Dit is te veel tekst om te bewaren. Maak de tekst korter.")
    before = concept.gegevens
    changed = [name for name in {*before, *gegevens} if before.get(name) != gegevens.get(name)]
    if changed:
        concept.versie += 1
        concept.gegevens = gegevens
        concept.veldversies = {**concept.veldversies, **dict.fromkeys(changed, concept.versie)}
    concept.bewaard_op = at
    concept.save(update_fields=["gegevens", "versie", "veldversies", "bewaard_op", *also])


@transaction.atomic
def take_concept(*, sleutel: UUID, actor: Medewerker, at: datetime) -> Concept:
    """A colleague is ill or went home: from now on this half-typed call is `actor`'s.

    Raises NotAtLoket, or ConceptInUse while it is still being typed in, is over, or was just taken by another.
    """
    loket_organisatie(actor)
    concept = Concept.objects.idle(at).select_for_update(of=("self",)).filter(sleutel=sleutel).first()
    if concept is None:
        raise ConceptInUse("Dit gesprek is nog bezig, al afgerond, of een collega was u voor.")
    van = concept.medewerker_id
    if van == actor.pk:
        return concept
    concept.medewerker = actor
    concept.save(update_fields=["medewerker"])
    record(action="intake.take_concept", subject=concept, gegevens={"van": van, "naar": actor.pk})
    return concept


@transaction.atomic
def discard_concept(*, sleutel: UUID, actor: Medewerker, at: datetime) -> Concept:
    """Throw a call away that came to nothing (wrong number, hung up). Raises ConceptGone."""
    concept = lock_concept(sleutel=sleutel, actor=actor)
    concept.weggegooid_op = at
    concept.save(update_fields=["weggegooid_op"])
    record(action="intake.discard_concept", subject=concept)
    return concept


@transaction.atomic
def restore_concept(*, sleutel: UUID, actor: Medewerker, at: datetime) -> Concept:
    """Bring back a call that was thrown away, as long as its text is kept. Raises ConceptGone."""
    concept = Concept.objects.select_for_update().filter(sleutel=sleutel, medewerker=actor).first()
    if concept is None or concept.verwerkt_op or not concept.gegevens:
        raise ConceptGone("Van dit gesprek is niets bewaard.")
    concept.weggegooid_op = None
    concept.bewaard_op = at
    concept.save(update_fields=["weggegooid_op", "bewaard_op"])
    record(action="intake.restore_concept", subject=concept)
    return concept


def lock_concept(*, sleutel: UUID, actor: Medewerker) -> Concept:
    """The running concept, locked. Raises ConceptGone."""
    concept = Concept.objects.select_for_update().filter(sleutel=sleutel, medewerker=actor).first()
    if concept is None or concept.verwerkt_op or concept.weggegooid_op:
        raise ConceptGone("Dit gesprek is al afgerond of weggegooid. Ververs de pagina.")
    return concept


def storable(value: Any) -> Any:
    """PostgreSQL keeps no NUL in JSON; nobody types one. One kind of line end, so that texts compare."""
    if isinstance(value, str):
        return value.replace("\x00", "").replace("\r\n", "\n")
    if isinstance(value, dict):
        return {str(key).replace("\x00", ""): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def _length(value: Any) -> int:
    return sum(map(_length, value)) if isinstance(value, list) else len(str(value))
