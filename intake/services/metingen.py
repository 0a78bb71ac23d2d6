"""A later meting beside the uitvraag of the beginning: it is added, dated, and never changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from intake.methodekeuze import methode_for
from intake.models import Melding, Meting, Metingantwoord, Uitvraag, Uitvraagmethode
from intake.services.meldingen import TEKSTVELDEN, LeefgebiedUnknown, MeldingInvalid
from intake.services.rijen import constraints_speak
from skt.kern.errors import DomainError
from skt.kern.keuzelijsten import Leefgebied
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record


class MetingEmpty(DomainError):
    """Nothing was scored: there is nothing to compare."""


class MetingWithoutStart(DomainError):
    """There is no uitvraag yet to measure against."""


class MetingTooEarly(DomainError):
    """It was taken before the uitvraag of the beginning, or lies in the future."""


@transaction.atomic
def record_meting(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    reden: str,
    antwoorden: Mapping[str, Mapping[str, Any]],
    sleutel: UUID,
    methode: Uitvraagmethode | None = None,
    afgenomen_op: datetime | None = None,
) -> Meting:
    """Measure again: what was discussed now, with who asked and why. What was there stays. The same `sleutel` twice is once.

    `antwoorden` as for record_uitvraag. Raises MetingWithoutStart, MetingTooEarly, MetingEmpty, LeefgebiedUnknown or
    MeldingInvalid (with the constraint's sentence).
    """
    if unknown := set(antwoorden) - set(Leefgebied.values):
        raise LeefgebiedUnknown(f"Er is geen leefgebied ‘{min(unknown)}’.")
    if not any(facts.get("score") for facts in antwoorden.values()):
        raise MetingEmpty("Geef ten minste één leefgebied een score. Alleen wat u besprak krijgt een score.")
    begin = Uitvraag.objects.filter(melding=melding).first()
    if begin is None:
        raise MetingWithoutStart("Er is nog geen uitvraag. Begin daarmee; daarna kunt u opnieuw meten.")
    moment = afgenomen_op or at
    if not begin.afgenomen_op <= moment <= at:
        raise MetingTooEarly("Kies een moment na de eerste uitvraag, en niet in de toekomst.")
    facts: dict[str, Any] = {
        "melding": melding,
        "methode": methode or (lambda: methode_for(actor.pk, at).methode),
        "medewerker": actor,
        "reden": reden,
        "afgenomen_op": moment,
    }
    with constraints_speak(Meting, MeldingInvalid):
        meting, is_new = Meting.objects.get_or_create(sleutel=sleutel, defaults=facts)
    if not is_new:
        return meting
    rows = [
        Metingantwoord(
            meting=meting,
            leefgebied=leefgebied,
            score=given.get("score"),
            **{name: str(given.get(name) or "").strip() for name in TEKSTVELDEN},
        )
        for leefgebied, given in antwoorden.items()
        if any(given.values())
    ]
    with constraints_speak(Metingantwoord, MeldingInvalid):
        Metingantwoord.objects.bulk_create(rows)
    record(
        action="intake.record_meting",
        subject=melding,
        inwoner_ids=melding.inwoner_ids,
        gegevens={"reden": reden, "leefgebieden": [row.leefgebied for row in rows], "door": actor.username},
    )
    return meting
