"""‘Ik ken dit gezin’: who says so no longer sees the aanmelding, doesn't decide on it and doesn't get the regie."""

from datetime import datetime

from django.db import IntegrityError, transaction

from skt.kern.errors import DomainError
from skt.kern.keten import sentence_of
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from triage.models import Aanmelding, KentGezin
from triage.status import AanmeldingStatus

AL_GEZEGD = "U heeft al gezegd dat u dit gezin kent."


class KnowsAlready(DomainError):
    """It was said before."""


class RegieIsYours(DomainError):
    """Whoever is responsible hands that over first: hidden, nobody would look after it."""


class KnowsTooLate(DomainError):
    """The aanmelding has left the board."""


class NotMarked(DomainError):
    """It was lifted already."""


@transaction.atomic
def mark_kent_gezin(*, aanmelding: Aanmelding, actor: Medewerker, at: datetime) -> KentGezin:
    """Hide the aanmelding and its melding from `actor`, from now on; PostgreSQL does the hiding.

    Raises KnowsAlready, KnowsTooLate, or RegieIsYours for its casusregisseur or the verantwoordelijke of its melding.
    """
    if aanmelding.status == AanmeldingStatus.AFGEROND:
        raise KnowsTooLate("Deze aanmelding is al van het bord.")
    if KentGezin.objects.filter(aanmelding=aanmelding.pk, medewerker=actor, opgeheven_op=None).exists():
        raise KnowsAlready(AL_GEZEGD)
    inwoner_ids = list(aanmelding.melding.inwoner_ids)
    try:
        with transaction.atomic():
            kent = KentGezin.objects.create(aanmelding=aanmelding, medewerker=actor, gemeld_op=at)
    except IntegrityError as error:
        if sentence_of(error) is not None:
            raise RegieIsYours(
                "U bent nu verantwoordelijk voor deze aanmelding. Draag haar eerst over; meld daarna dat u dit gezin kent."
            ) from error
        raise KnowsAlready(AL_GEZEGD) from error
    record(
        action="triage.mark_kent_gezin",
        subject=aanmelding,
        inwoner_ids=inwoner_ids,
        gegevens={"door": actor.username},
    )
    return kent


@transaction.atomic
def lift_kent_gezin(*, kent: KentGezin, actor: Medewerker, at: datetime) -> KentGezin:
    """Show the aanmelding again to who said to know the family. Raises NotMarked."""
    row = (
        KentGezin.objects.select_for_update(of=("self",))
        .select_related("aanmelding__melding", "medewerker")
        .filter(pk=kent.pk, opgeheven_op=None)
        .first()
    )
    if row is None:
        raise NotMarked("Dit is al opgeheven. Ververs de pagina.")
    row.opgeheven_op, row.opgeheven_door = at, actor
    row.save(update_fields=["opgeheven_op", "opgeheven_door"])
    record(
        action="triage.lift_kent_gezin",
        subject=row.aanmelding,
        inwoner_ids=row.aanmelding.melding.inwoner_ids,
        gegevens={"door": actor.username, "voor": row.medewerker.username},
    )
    return row
