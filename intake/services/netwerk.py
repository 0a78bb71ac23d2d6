"""The people around an inwoner: written down, corrected, and ended when they are gone. Nothing is wiped."""

from datetime import datetime
from typing import Any

from django.db import transaction

from intake.models import Netwerklid, Relatie
from intake.services.rijen import constraints_speak
from skt.inwoners.models import Inwoner
from skt.inwoners.normalisatie import normalise_telefoon
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record

MAX_NETWERK = 30
"""More people around one inwoner than this are a list of contacts, not a network."""


class NetwerklidInvalid(DomainError):
    """A fact about this person is missing or can't be right; the sentence is the constraint's own."""


class NetwerkFull(DomainError):
    """There are thirty people already."""


class NetwerklidGone(DomainError):
    """This person was ended, or isn't of an inwoner whom who acts may work on."""


class NetwerklidChanged(DomainError):
    """A colleague changed this person after the page was made."""


@transaction.atomic
def add_netwerklid(
    *,
    inwoner: Inwoner,
    actor: Medewerker,
    at: datetime,
    naam: str,
    relatie: str,
    werking: str,
    is_mantelzorger: bool = False,
    telefoon: str = "",
    toelichting: str = "",
) -> Netwerklid:
    """Write down one person around the inwoner. Raises NetwerklidInvalid or NetwerkFull."""
    Inwoner.objects.select_for_update().filter(pk=inwoner.pk).first()
    if Netwerklid.objects.current().filter(inwoner=inwoner).count() >= MAX_NETWERK:
        raise NetwerkFull(f"Er staan al {MAX_NETWERK} mensen in het netwerk. Haal eerst iemand weg.")
    lid = Netwerklid(inwoner=inwoner, opgeschreven_op=at, opgeschreven_door=actor)
    _fill(lid, naam, relatie, werking, is_mantelzorger, telefoon, toelichting)
    with constraints_speak(Netwerklid, NetwerklidInvalid):
        lid.save(force_insert=True)
    _record("intake.add_netwerklid", lid)
    return lid


@transaction.atomic
def change_netwerklid(
    *,
    lid: Netwerklid,
    actor: Medewerker,
    at: datetime,
    naam: str,
    relatie: str,
    werking: str,
    is_mantelzorger: bool = False,
    telefoon: str = "",
    toelichting: str = "",
    versie: int | None = None,
) -> Netwerklid:
    """Correct what stands there. Raises NetwerklidGone, NetwerklidChanged or NetwerklidInvalid."""
    row = _lock(lid, versie)
    _fill(row, naam, relatie, werking, is_mantelzorger, telefoon, toelichting)
    row.versie += 1
    with constraints_speak(Netwerklid, NetwerklidInvalid):
        row.save()
    _record("intake.change_netwerklid", row, door=actor.username, op=at.isoformat())
    return row


@transaction.atomic
def end_netwerklid(*, lid: Netwerklid, actor: Medewerker, at: datetime) -> Netwerklid:
    """This person isn't around (any more). Ending twice keeps the first moment. Raises NetwerklidGone."""
    row = Netwerklid.objects.select_for_update().filter(pk=lid.pk).first()
    if row is None:
        raise NetwerklidGone("Deze persoon staat niet (meer) in het netwerk. Ververs de pagina.")
    if row.beeindigd_op is None:
        row.beeindigd_op, row.beeindigd_door = max(at, row.opgeschreven_op), actor
        row.versie += 1
        row.save(update_fields=["beeindigd_op", "beeindigd_door", "versie"])
        _record("intake.end_netwerklid", row)
    return row


def _lock(lid: Netwerklid, versie: int | None) -> Netwerklid:
    row = Netwerklid.objects.current().select_for_update().filter(pk=lid.pk).first()
    if row is None:
        raise NetwerklidGone("Deze persoon staat niet (meer) in het netwerk. Ververs de pagina.")
    if versie is not None and versie != row.versie:
        raise NetwerklidChanged(f"Een collega heeft {row.naam} net gewijzigd. Bekijk eerst wat er nu staat.")
    return row


def _fill(
    lid: Netwerklid,
    naam: str,
    relatie: str,
    werking: str,
    is_mantelzorger: bool,
    telefoon: str,
    toelichting: str,
) -> None:
    lid.naam = naam.strip()
    lid.relatie = relatie
    lid.werking = werking
    lid.is_mantelzorger = is_mantelzorger or relatie == Relatie.MANTELZORGER
    lid.telefoon = normalise_telefoon(telefoon)
    lid.toelichting = toelichting.strip()


def _record(action: str, lid: Netwerklid, **gegevens: Any) -> None:
    record(
        action=action,
        subject=lid,
        inwoner_ids=[lid.inwoner_id],
        gegevens={"relatie": lid.relatie, "werking": lid.werking, **gegevens},
    )
