"""The people around an inwoner: written down, corrected, and ended when they are gone. Nothing is wiped."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Netwerkfeiten:
    """What is known of somebody around an inwoner, as it was typed."""

    naam: str
    relatie: str
    werking: str
    is_mantelzorger: bool = False
    telefoon: str = ""
    toelichting: str = ""


class NetwerklidInvalid(DomainError):
    """A fact about this person is missing or can't be right; the sentence is the constraint's own."""


class NetwerkFull(DomainError):
    """There are thirty people already."""


class NetwerklidGone(DomainError):
    """This person was ended, or isn't of an inwoner whom who acts may work on."""


class NetwerklidChanged(DomainError):
    """A colleague changed this person after the page was made."""


@transaction.atomic
def add_netwerklid(*, inwoner: Inwoner, actor: Medewerker, at: datetime, feiten: Netwerkfeiten) -> Netwerklid:
    """Write down one person around the inwoner. Raises NetwerklidInvalid or NetwerkFull."""
    Inwoner.objects.select_for_update().filter(pk=inwoner.pk).first()
    if Netwerklid.objects.current().filter(inwoner=inwoner).count() >= MAX_NETWERK:
        raise NetwerkFull(f"Er staan al {MAX_NETWERK} mensen in het netwerk. Haal eerst iemand weg.")
    lid = Netwerklid(inwoner=inwoner, opgeschreven_op=at, opgeschreven_door=actor)
    _fill(lid, feiten)
    with constraints_speak(Netwerklid, NetwerklidInvalid):
        lid.save(force_insert=True)
    _record("intake.add_netwerklid", lid)
    return lid


@transaction.atomic
def change_netwerklid(
    *, lid: Netwerklid, actor: Medewerker, at: datetime, feiten: Netwerkfeiten, versie: int
) -> Netwerklid:
    """Correct what stands there; `versie` is the one the page showed. Raises NetwerklidGone, NetwerklidChanged or NetwerklidInvalid."""
    row = _lock(lid, versie)
    _fill(row, feiten)
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


def _lock(lid: Netwerklid, versie: int) -> Netwerklid:
    row = Netwerklid.objects.current().select_for_update().filter(pk=lid.pk).first()
    if row is None:
        raise NetwerklidGone("Deze persoon staat niet (meer) in het netwerk. Ververs de pagina.")
    if versie != row.versie:
        raise NetwerklidChanged(
            f"Een collega heeft {row.naam} net gewijzigd; in de lijst staat wat er nu geldt. Bewaar opnieuw als het uw tekst moet zijn."
        )
    return row


def _fill(lid: Netwerklid, feiten: Netwerkfeiten) -> None:
    lid.naam = feiten.naam.strip()
    lid.relatie = feiten.relatie
    lid.werking = feiten.werking
    lid.is_mantelzorger = feiten.is_mantelzorger or feiten.relatie == Relatie.MANTELZORGER
    lid.telefoon = normalise_telefoon(feiten.telefoon)
    lid.toelichting = feiten.toelichting.strip()


def _record(action: str, lid: Netwerklid, **gegevens: Any) -> None:
    record(
        action=action,
        subject=lid,
        inwoner_ids=[lid.inwoner_id],
        gegevens={"relatie": lid.relatie, "werking": lid.werking, **gegevens},
    )
