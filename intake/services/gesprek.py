"""A whole call in one go: contact, inwoner, melding, uitvraag, terms and how it was handled. All of it, or nothing."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from intake.models import Concept, Contactmoment, Melding, Uitvraagmethode
from intake.services.afhandeling import (
    give_help,
    give_information,
    keep_for_later,
    refer_elsewhere,
    send_to_triage,
    start_crisisroute,
)
from intake.services.concepten import ConceptGone
from intake.services.inwoners import Bekende, reached, register_inwoner
from intake.services.meldingen import (
    give_voorziening,
    record_uitvraag,
    register_contact,
    register_melding,
    start_termijn,
)
from skt.inwoners.models import Inwoner
from skt.medewerkers.models import Medewerker
from socialekaart.models import Voorziening


class Route(models.TextChoices):
    """The buttons under a call."""

    INFORMATIE = "informatie", "Informatie en advies"
    HULPVERLENING = "hulpverlening", "Hulpverlening"
    TRIAGE = "triage", "Naar triage"
    ANDERE_TOEGANG = "andere_toegang", "Andere toegang"
    LATER = "later", "Later"
    TERUGBELLEN = "terugbellen", "Terugbellen"
    AFSPRAAK = "afspraak", "Afspraak plannen"
    CRISISROUTE = "crisisroute", "Crisisroute"


@transaction.atomic
def finish_concept(
    *,
    sleutel: UUID,
    actor: Medewerker,
    at: datetime,
    route: str,
    contact: Mapping[str, Any],
    melding: Mapping[str, Any],
    afronding: Mapping[str, Any],
    inwoner: Inwoner | None = None,
    bekende: Bekende | None = None,
    nieuwe_inwoner: Mapping[str, Any] | None = None,
    antwoorden: Mapping[str, Mapping[str, Any]] | None = None,
    termijnen: Iterable[str] = (),
    voorzieningen: Iterable[Voorziening] = (),
    methode: Uitvraagmethode | None = None,
) -> Melding:
    """Register the call that was typed in this concept, exactly once: sending again gives the melding that is there.

    It is about `inwoner` (seen), `bekende` (known elsewhere, on a full match), `nieuwe_inwoner` or nobody known.
    `contact` goes to register_contact, `melding` to register_melding, `nieuwe_inwoner` to register_inwoner, `afronding`
    to the act of the route; `methode` is the one whose questions were on the page. Raises ConceptGone when it was thrown
    away, and whatever those acts raise; then nothing stays.
    """
    concept = Concept.objects.select_for_update().filter(sleutel=sleutel, medewerker=actor).first()
    if concept is None or concept.weggegooid_op:
        raise ConceptGone("Dit gesprek is weggegooid. Begin een nieuw gesprek.")
    if concept.verwerkt_op and concept.melding_id:
        return Melding.objects.get(pk=concept.melding_id)
    contactmoment = concept.contactmoment or register_contact(
        actor=actor, at=at, sleutel=sleutel, begonnen_op=concept.begonnen_op, beeindigd_op=at, **contact
    )
    if inwoner is None and nieuwe_inwoner:
        inwoner = register_inwoner(actor=actor, at=at, **nieuwe_inwoner)
    with reached(bekende) if bekende else nullcontext(inwoner) as over_wie:
        made = register_melding(contactmoment=contactmoment, actor=actor, at=at, inwoner=over_wie, **melding)
    if antwoorden:
        record_uitvraag(melding=made, actor=actor, at=at, antwoorden=antwoorden, methode=methode)
    for code in termijnen:
        start_termijn(melding=made, actor=actor, at=at, code=code)
    for voorziening in voorzieningen:
        give_voorziening(melding=made, actor=actor, at=at, voorziening=voorziening)
    made = _handle(Route(route), made, actor, at, afronding)
    _settle(concept, contactmoment, made, at)
    return made


def _handle(
    route: Route, melding: Melding, actor: Medewerker, at: datetime, afronding: Mapping[str, Any]
) -> Melding:
    match route:
        case Route.INFORMATIE:
            return give_information(melding=melding, actor=actor, at=at, **afronding)
        case Route.HULPVERLENING:
            return give_help(melding=melding, actor=actor, at=at, **afronding)
        case Route.TRIAGE:
            return send_to_triage(melding=melding, actor=actor, at=at, **afronding)
        case Route.ANDERE_TOEGANG:
            return refer_elsewhere(melding=melding, actor=actor, at=at, **afronding)
        case Route.CRISISROUTE:
            return start_crisisroute(melding=melding, actor=actor, at=at, **afronding)
        case Route.LATER | Route.TERUGBELLEN | Route.AFSPRAAK:
            return keep_for_later(melding=melding, actor=actor, at=at, **afronding)


def _settle(concept: Concept, contactmoment: Contactmoment, melding: Melding, at: datetime) -> None:
    """The concept points at what came of it and lets its text go: the melding has it now."""
    concept.verwerkt_op = at
    concept.contactmoment = contactmoment
    concept.melding = melding
    concept.gegevens = concept.veldversies = {}
    concept.versie += 1
    concept.save(
        update_fields=["verwerkt_op", "contactmoment", "melding", "gegevens", "veldversies", "versie"]
    )
