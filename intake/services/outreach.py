"""Outreach: een lijst maken, mensen erop zetten, hen benaderen en de lijst sluiten."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from intake.models import (
    Kanaal,
    MelderSoort,
    Melding,
    Outreachlijst,
    Outreachpersoon,
    Outreachpoging,
    Resultaat,
)
from intake.models.outreach import BLIJFT_OPEN
from intake.queries import find_bekenden
from intake.services.keten import works_at_loket
from intake.services.meldingen import register_contact, register_melding
from intake.services.rijen import constraints_speak
from intake.services.signalen import record_opgave
from skt.inwoners.models import Inwoner, VeiligContact
from skt.inwoners.normalisatie import normalise_postcode, normalise_telefoon
from skt.kern.errors import DomainError
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker, Rol, Team
from skt.verantwoording.services import record

WISSEN_NA = timedelta(days=30)
"""After closing, so that a mistake can be put right (own choice)."""
MAX_DAGEN = 366
"""A list is for one action, not for ever."""
TEAMS = (Team.Soort.VOORPORTAAL, Team.Soort.JEUGD, Team.Soort.VOLWASSENEN)


class OutreachInvalid(DomainError):
    """The list, or what is put on it, can't be like this."""


class OutreachClosed(DomainError):
    """The list is closed, or its last day is over."""


class NotToBeApproached(DomainError):
    """This inwoner must not be approached by us."""


class PersoonGone(DomainError):
    """Not on a list of who acts (any more), or finished."""


class PersoonChangedMeanwhile(DomainError):
    """A colleague wrote it first."""


class OwnerUnfit(DomainError):
    """The one who is to approach them doesn't work at the loket, nor coordinates the team."""


class NothingAsked(DomainError):
    """A melding needs a question."""


class DateMissing(DomainError):
    """Who isn't finished has a next day."""


@transaction.atomic
def create_outreachlijst(
    *,
    actor: Medewerker,
    at: datetime,
    naam: str,
    doel: str,
    grondslag: str,
    team: Team,
    eindigt_op: date,
) -> Outreachlijst:
    """A list with a goal, a legal ground and a last day (at most a year away). Raises OutreachInvalid."""
    vandaag = timezone.localtime(at).date()
    if not vandaag <= eindigt_op <= vandaag + timedelta(days=MAX_DAGEN):
        raise OutreachInvalid("Kies een laatste dag binnen een jaar vanaf vandaag.")
    if team.soort not in TEAMS:
        raise OutreachInvalid("Kies het voorportaal of een team met inwoners.")
    lijst = Outreachlijst(
        naam=naam.strip(), doel=doel.strip(), grondslag=grondslag, team=team, begint_op=vandaag, eindigt_op=eindigt_op,
        gemaakt_op=at, gemaakt_door=actor,
    )  # fmt: skip
    with constraints_speak(Outreachlijst, OutreachInvalid):
        lijst.save(force_insert=True)
    record(action="intake.create_outreachlijst", subject=lijst, gegevens={"grondslag": str(grondslag)})
    return lijst


@transaction.atomic
def add_outreachpersoon(
    *,
    lijst: Outreachlijst,
    actor: Medewerker,
    at: datetime,
    inwoner: Inwoner | None = None,
    voornaam: str = "",
    achternaam: str = "",
    postcode: str = "",
    huisnummer: str = "",
    telefoon: str = "",
    contactwens: str = "",
    aanleiding: str = "",
    uiterlijk: date | None = None,
    eigenaar: Medewerker | None = None,
) -> Outreachpersoon:
    """Somebody to approach: an inwoner that `actor` sees (then nothing is copied), or a typed name.

    Of `actor` and within five werkdagen, unless said otherwise. Raises OutreachClosed, NotToBeApproached, OutreachInvalid.
    """
    row = _open_lijst(lijst, at)
    if inwoner is not None and inwoner.veilig_contact == VeiligContact.NIET:
        raise NotToBeApproached(
            f"{inwoner.naam} wil niet dat wij zelf contact opnemen. Zet deze inwoner niet op de lijst."
        )
    typed = {} if inwoner else {
        "voornaam": voornaam.strip(), "achternaam": achternaam.strip(), "postcode": normalise_postcode(postcode),
        "huisnummer": huisnummer.strip(), "telefoon": normalise_telefoon(telefoon), "contactwens": contactwens.strip(),
    }  # fmt: skip
    persoon = Outreachpersoon(
        lijst=row,
        inwoner=inwoner,
        aanleiding=aanleiding.strip(),
        eigenaar=_fit(eigenaar or actor, row),
        uiterlijk=min(uiterlijk or add_werkdagen(timezone.localtime(at).date(), 5), row.eindigt_op),
        toegevoegd_op=at,
        toegevoegd_door=actor,
        **typed,
    )
    with constraints_speak(Outreachpersoon, OutreachInvalid):
        persoon.save(force_insert=True)
    _record("intake.add_outreachpersoon", persoon)
    return persoon


@transaction.atomic
def assign_outreachpersoon(
    *,
    persoon: Outreachpersoon,
    actor: Medewerker,
    at: datetime,
    eigenaar: Medewerker,
    uiterlijk: date,
    versie: int | None = None,
) -> Outreachpersoon:
    """Who approaches them, and by when. Raises OwnerUnfit, DateMissing, OutreachClosed, PersoonGone."""
    row = _lock(persoon, at, versie)
    row.eigenaar, row.uiterlijk = _fit(eigenaar, row.lijst), _dag(uiterlijk, row.lijst, at)
    _save(row, "eigenaar", "uiterlijk")
    _record("intake.assign_outreachpersoon", row, naar=eigenaar.username, door=actor.username)
    return row


@transaction.atomic
def record_poging(
    *,
    persoon: Outreachpersoon,
    actor: Medewerker,
    at: datetime,
    wijze: str,
    resultaat: str,
    toelichting: str = "",
    uiterlijk: date | None = None,
    hulpvraag: str = "",
    versie: int | None = None,
) -> Outreachpersoon:
    """They were approached, and this came of it. Not at home, or later: a next day. A melding: contact and melding are made.

    Whom we may not approach (any more) can only be finished as such. Raises NotToBeApproached, DateMissing, NothingAsked,
    NotAtLoket, OutreachInvalid, OutreachClosed, PersoonGone.
    """
    row = _lock(persoon, at, versie)
    if resultaat != Resultaat.NIET_BENADEREN and _wil_niet(row):
        raise NotToBeApproached(
            "Deze inwoner wil niet dat wij zelf contact opnemen. Kies: niet (meer) benaderen."
        )
    poging = Outreachpoging(
        persoon=row,
        op=at,
        wijze=wijze,
        resultaat=resultaat,
        toelichting=toelichting.strip(),
        medewerker=actor,
    )
    with constraints_speak(Outreachpoging, OutreachInvalid):
        poging.save(force_insert=True)
    if resultaat in BLIJFT_OPEN:
        row.uiterlijk = _dag(uiterlijk, row.lijst, at)
        _save(row, "uiterlijk")
    else:
        row.melding = _melding(row, actor, at, hulpvraag) if resultaat == Resultaat.MELDING else None
        row.resultaat, row.afgerond_op = resultaat, at
        _save(row, "resultaat", "afgerond_op", "melding")
    _record("intake.record_poging", row, resultaat=str(resultaat))
    return row


@transaction.atomic
def close_outreachlijst(*, lijst: Outreachlijst, actor: Medewerker, at: datetime) -> Outreachlijst:
    """The action is over. The people on the list are marked to be wiped 30 days later. Raises OutreachClosed."""
    row = Outreachlijst.objects.select_for_update().filter(pk=lijst.pk).first()
    if row is None or row.gesloten_op is not None:
        raise OutreachClosed("Deze lijst is al gesloten.")
    row.gesloten_op = at
    row.wissen_op = timezone.localtime(at).date() + WISSEN_NA
    row.save(update_fields=["gesloten_op", "wissen_op"])
    record(
        action="intake.close_outreachlijst",
        subject=row,
        gegevens={"wissen_op": row.wissen_op.isoformat(), "door": actor.username},
    )
    return row


def _melding(row: Outreachpersoon, actor: Medewerker, at: datetime, hulpvraag: str) -> Melding:
    """What they asked, as if they had called: of who spoke with them. Whom `actor` doesn't see is linked by hand later."""
    if not hulpvraag.strip():
        raise NothingAsked("Schrijf op wat de vraag is, in de woorden van de inwoner.")
    contact = register_contact(
        actor=actor, at=at, sleutel=uuid4(), kanaal=Kanaal.OUTREACHEND, melder_soort=MelderSoort.INWONER_ZELF
    )
    inwoner = Inwoner.objects.filter(pk=row.inwoner_id).first() if row.inwoner_id else None
    melding = register_melding(
        contactmoment=contact,
        actor=actor,
        at=at,
        hulpvraag=hulpvraag,
        inwoner=inwoner,
        inwoner_weet_ervan=True,
    )
    if inwoner is None:
        known = find_bekenden([row.pk]).get(row.pk)
        over = known or row
        names = ("voornaam", "achternaam", "postcode", "huisnummer", "telefoon")
        record_opgave(melding=melding, at=at, over={f"over_{name}": getattr(over, name) for name in names})
    return melding


def _wil_niet(row: Outreachpersoon) -> bool:
    known = find_bekenden([row.pk]).get(row.pk)
    return known is not None and known.veilig_contact == VeiligContact.NIET


def _open_lijst(lijst: Outreachlijst, at: datetime) -> Outreachlijst:
    row = Outreachlijst.objects.select_for_update().filter(pk=lijst.pk).first()
    if row is None or not row.loopt(timezone.localtime(at).date()):
        raise OutreachClosed(
            "Deze lijst is gesloten of de laatste dag is voorbij. U kunt er niets meer aan veranderen."
        )
    return row


def _lock(persoon: Outreachpersoon, at: datetime, versie: int | None) -> Outreachpersoon:
    row = (
        Outreachpersoon.objects.select_for_update(of=("self",))
        .select_related("lijst")
        .filter(pk=persoon.pk, resultaat="")
        .first()
    )
    if row is None:
        raise PersoonGone("Deze regel is al afgerond. Ververs de pagina.")
    if versie is not None and versie != row.versie:
        raise PersoonChangedMeanwhile(
            "Een collega heeft deze regel net gewijzigd. Bekijk eerst wat er nu staat en probeer het dan opnieuw."
        )
    if not row.lijst.loopt(timezone.localtime(at).date()):
        raise OutreachClosed(
            "Deze lijst is gesloten of de laatste dag is voorbij. U kunt er niets meer aan veranderen."
        )
    return row


def _dag(uiterlijk: date | None, lijst: Outreachlijst, at: datetime) -> date:
    if uiterlijk is None:
        raise DateMissing("Kies op welke dag u het weer probeert.")
    if not timezone.localtime(at).date() <= uiterlijk <= lijst.eindigt_op:
        raise DateMissing(
            f"Kies een dag vanaf vandaag, uiterlijk {lijst.eindigt_op:%d-%m-%Y}: dan eindigt de lijst."
        )
    return uiterlijk


def _fit(eigenaar: Medewerker, lijst: Outreachlijst) -> Medewerker:
    if works_at_loket(eigenaar) or lijst.team_id in eigenaar.team_ids(Rol.TEAMCOORDINATOR):
        return eigenaar
    raise OwnerUnfit(f"{eigenaar.naam} werkt nu niet aan het loket. Kies iemand anders.")


def _save(row: Outreachpersoon, *fields: str) -> None:
    row.versie += 1
    with constraints_speak(Outreachpersoon, OutreachInvalid):
        row.save(update_fields=[*fields, "versie"])


def _record(action: str, persoon: Outreachpersoon, **gegevens: Any) -> None:
    record(
        action=action,
        subject=persoon,
        inwoner_ids=[persoon.inwoner_id] if persoon.inwoner_id else [],
        gegevens={"lijst": str(persoon.lijst.uuid), **gegevens},
    )
