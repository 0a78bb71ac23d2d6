"""The protocol: write a concept line by line, take it into use, put it away.

A line is known by the digest of what the writer's page showed. So two people may change two lines of one concept at once; who
changes what a colleague just changed, hears it and nothing is lost.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from intake.services.rijen import constraints_speak
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from triage.models import Protocolversie
from triage.protocol.nakijken import GEEN_LAATSTE_WOORD, has_last_word, inspect, own_faults
from triage.protocol.regels import MEESTE_REGELS, Regel, RegelInvalid, write_regels
from triage.queries.protocol import term_names
from triage.status import PROTOCOL_TRANSITIONS, ProtocolStatus

LANGSTE_TOELICHTING = 300


class ProtocolInvalid(DomainError):
    """The protocol can't be kept like this."""


class ProtocolFixed(DomainError):
    """In use, or used: it doesn't change any more."""


class ProtocolFaulty(DomainError):
    """A rule contradicts another, never fires, or asks what doesn't exist: it doesn't go live."""


class ProtocolChangedMeanwhile(DomainError):
    """A colleague changed the same line while this page was open; nothing was saved."""


def digest(regel: Any) -> str:
    """The mark of one stored line: the same words, the same mark."""
    text = json.dumps(regel, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@transaction.atomic
def copy_protocol(*, versie: Protocolversie, actor: Medewerker, at: datetime) -> Protocolversie:
    """The next version, as a concept with the same rules. Asked again while that concept is untouched: the same one."""
    untouched = versie.opvolgers.filter(status=ProtocolStatus.CONCEPT, gewijzigd_op=None).first()
    if untouched is not None:
        return untouched
    last = Protocolversie.objects.aggregate(last=Max("nummer"))["last"] or 0
    new = Protocolversie(
        nummer=last + 1, regels=versie.regels, gebaseerd_op=versie, gemaakt_door=actor, gemaakt_op=at
    )
    with constraints_speak(Protocolversie, ProtocolInvalid):
        new.save(force_insert=True)
    _record("triage.copy_protocol", new, {"van": versie.nummer})
    return new


@transaction.atomic
def add_rule(
    *, versie: Protocolversie, actor: Medewerker, at: datetime, regel: Regel, na: str | None = None
) -> Protocolversie:
    """Add a rule after the line with digest `na` (‘’: at the top; None or gone: before the last word, or at the end).

    Raises ProtocolFixed, ProtocolInvalid (no room), or RegelInvalid when the rule is wrong by itself.
    """
    _check_rule(regel)
    row = _lock_concept(versie)
    if len(row.regels) >= MEESTE_REGELS:
        raise ProtocolInvalid(f"Een protocol heeft hoogstens {MEESTE_REGELS} regels. Haal er eerst een weg.")
    regels = list(row.regels)
    plek = _place(regels, na)
    if plek is None:
        plek = len(regels) - (1 if regels and not regels[-1].get("als") else 0)
    regels.insert(plek, write_regels([regel])[0])
    return _write(row, actor, at, regels, "triage.add_rule", regel.naam)


@transaction.atomic
def change_rule(
    *, versie: Protocolversie, actor: Medewerker, at: datetime, was: str, regel: Regel, na: str | None = None
) -> Protocolversie:
    """Replace the line with digest `was`; with `na` it moves as well. Raises as add_rule, and ProtocolChangedMeanwhile."""
    _check_rule(regel)
    row = _lock_concept(versie)
    regels = list(row.regels)
    plek = _find(regels, was)
    del regels[plek]
    naar = _place(regels, na)
    regels.insert(plek if naar is None else naar, write_regels([regel])[0])
    return _write(row, actor, at, regels, "triage.change_rule", regel.naam)


@transaction.atomic
def move_rule(
    *, versie: Protocolversie, actor: Medewerker, at: datetime, was: str, stap: int
) -> Protocolversie:
    """One place up (-1) or down (1); at the end of the list nothing happens. Raises as change_rule."""
    row = _lock_concept(versie)
    regels = list(row.regels)
    plek = _find(regels, was)
    naar = plek + stap
    if 0 <= naar < len(regels):
        regels[plek], regels[naar] = regels[naar], regels[plek]
    return _write(
        row, actor, at, regels, "triage.move_rule", _name(regels[min(max(naar, 0), len(regels) - 1)])
    )


@transaction.atomic
def remove_rule(*, versie: Protocolversie, actor: Medewerker, at: datetime, was: str) -> Protocolversie:
    """Take a line out. Raises as change_rule."""
    row = _lock_concept(versie)
    regels = list(row.regels)
    gone = regels.pop(_find(regels, was))
    return _write(row, actor, at, regels, "triage.remove_rule", _name(gone))


@transaction.atomic
def explain_protocol(
    *, versie: Protocolversie, actor: Medewerker, at: datetime, toelichting: str, was: str
) -> Protocolversie:
    """Write what is different in this version, and why. `was` is the text the page showed. Raises as change_rule."""
    row = _lock_concept(versie)
    toelichting = " ".join(toelichting.split())
    if len(toelichting) > LANGSTE_TOELICHTING:
        raise ProtocolInvalid(f"Maak de tekst korter: ten hoogste {LANGSTE_TOELICHTING} tekens.")
    if row.toelichting not in (was, toelichting):
        raise ProtocolChangedMeanwhile(
            f"Een collega schreef hier net iets anders: ‘{row.toelichting}’. Uw tekst is nog niet bewaard."
        )
    if row.toelichting != toelichting:
        row.toelichting = toelichting
        _touch(row, actor, at, "toelichting")
        _record("triage.explain_protocol", row, {})
    return row


@transaction.atomic
def activate_protocol(*, versie: Protocolversie, actor: Medewerker, at: datetime) -> Protocolversie:
    """From now on every triage is advised by this version; the one before is kept, and never changes.

    Raises TransitionNotAllowed or ProtocolFaulty.
    """
    actief = Protocolversie.objects.select_for_update().filter(status=ProtocolStatus.ACTIEF).first()
    row = Protocolversie.objects.select_for_update().get(pk=versie.pk)
    check_protocol(row)
    PROTOCOL_TRANSITIONS.apply("activate", row)
    if actief is not None:
        PROTOCOL_TRANSITIONS.apply("replace", actief)
        actief.actief_tot = max(at, actief.actief_vanaf or at)
        actief.save(update_fields=["status", "actief_tot"])
    row.actief_vanaf = at
    with constraints_speak(Protocolversie, ProtocolInvalid):
        row.save(update_fields=["status", "actief_vanaf"])
    _record("triage.activate_protocol", row, {"in plaats van": actief.nummer if actief else None})
    return row


@transaction.atomic
def discard_protocol(*, versie: Protocolversie, actor: Medewerker, at: datetime) -> Protocolversie:
    """Put a concept away that never gave advice. Raises TransitionNotAllowed."""
    row = Protocolversie.objects.select_for_update().get(pk=versie.pk)
    PROTOCOL_TRANSITIONS.apply("discard", row)
    row.save(update_fields=["status"])
    _record("triage.discard_protocol", row, {})
    return row


def check_protocol(versie: Protocolversie) -> list[Regel]:
    """The rules, when all is well with them. Raises ProtocolFaulty with the first sentence and how many there are."""
    lines = inspect(versie.regels, term_names())
    fouten = [f"Regel {fout.regel}: {fout.zin}" for line in lines for fout in line.fouten]
    regels = [line.regel for line in lines if line.regel is not None]
    if not fouten and not has_last_word(regels):
        fouten = [GEEN_LAATSTE_WOORD]
    if fouten:
        meer = f" En nog {len(fouten) - 1}." if len(fouten) > 1 else ""
        raise ProtocolFaulty(f"Deze versie klopt nog niet. {fouten[0]}{meer}")
    return regels


def _check_rule(regel: Regel) -> None:
    for fout in own_faults(1, regel, term_names()):
        raise RegelInvalid(fout.veld, fout.zin)


def _lock_concept(versie: Protocolversie) -> Protocolversie:
    row = Protocolversie.objects.select_for_update().get(pk=versie.pk)
    if row.status != ProtocolStatus.CONCEPT:
        raise ProtocolFixed(f"{row} verandert niet meer. Maak er een nieuwe versie van.")
    return row


def _find(regels: list[Any], was: str) -> int:
    for plek, regel in enumerate(regels):
        if digest(regel) == was:
            return plek
    raise ProtocolChangedMeanwhile(
        "Een collega heeft deze regel net gewijzigd of weggehaald. Uw wijziging is nog niet bewaard."
    )


def _place(regels: list[Any], na: str | None) -> int | None:
    """Where ‘after the line with this digest’ is; None when nothing was asked, or that line is gone."""
    if na is None:
        return None
    if not na:
        return 0
    return next((plek + 1 for plek, regel in enumerate(regels) if digest(regel) == na), None)


def _write(
    row: Protocolversie, actor: Medewerker, at: datetime, regels: list[Any], action: str, naam: str
) -> Protocolversie:
    if regels != row.regels:
        row.regels = regels
        _touch(row, actor, at, "regels")
        _record(action, row, {"regel": naam})
    return row


def _touch(row: Protocolversie, actor: Medewerker, at: datetime, veld: str) -> None:
    row.bewerking += 1
    row.gewijzigd_door, row.gewijzigd_op = actor, at
    with constraints_speak(Protocolversie, ProtocolInvalid):
        row.save(update_fields=[veld, "bewerking", "gewijzigd_door", "gewijzigd_op"])


def _name(regel: Any) -> str:
    return str(regel.get("naam", "")) if isinstance(regel, dict) else ""


def _record(action: str, versie: Protocolversie, gegevens: dict[str, object]) -> None:
    record(action=action, subject=versie, gegevens={"versie": versie.nummer, **gegevens})
