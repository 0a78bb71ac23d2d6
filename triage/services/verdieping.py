"""The leefgebieden again, where needed: what was never asked completes the uitvraag, what changed stands beside the first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from intake.models import Antwoord, Melding, Metingreden, Uitvraagmethode
from intake.services import record_meting, record_uitvraag
from skt.medewerkers.models import Medewerker

TEKSTEN = ("toelichting", "eigen_kracht", "netwerk", "lopende_hulp", "wens")


def deepen_uitvraag(
    melding: Melding,
    antwoorden: Mapping[str, Mapping[str, Any]],
    actor: Medewerker,
    at: datetime,
    *,
    methode: Uitvraagmethode | None = None,
    sleutel: UUID | None = None,
) -> None:
    """Keep what was asked deeper. `antwoorden`: leefgebied → score and texts; an empty one says nothing.

    A leefgebied without a score joins the uitvraag: it is the first answer there. One that had a score gets a second,
    dated one beside it (a meting of the triage), and the first stays. Raises as record_uitvraag and record_meting.
    """
    said = {gebied: facts for gebied, facts in antwoorden.items() if any(facts.values())}
    if not said:
        return
    first = {one.leefgebied: one for one in Antwoord.objects.filter(uitvraag__melding=melding)}
    new, again = {}, {}
    for gebied, facts in said.items():
        was = first.get(gebied)
        if was is None:
            new[gebied] = facts
        elif was.score is None:
            new[gebied] = {"score": facts.get("score"), **_added(was, facts)}
        else:
            again[gebied] = {**facts, "score": facts.get("score") or was.score}
    if new:
        record_uitvraag(melding=melding, actor=actor, at=at, antwoorden=new, methode=methode)
    if again:
        record_meting(
            melding=melding,
            actor=actor,
            at=at,
            reden=Metingreden.TRIAGE,
            antwoorden=again,
            sleutel=sleutel or uuid4(),
            methode=methode,
        )


def _added(was: Antwoord, facts: Mapping[str, Any]) -> dict[str, str]:
    """Words that stood there without a score stay; what is said now comes below them."""
    return {
        name: "\n".join(filter(None, [getattr(was, name), str(facts.get(name) or "").strip()]))
        for name in TEKSTEN
    }
