"""Wie doet wat, uiterlijk wanneer; en wat er is gebeurd."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casusregie.models import Actie, Casus, Notitie
from casusregie.services.rijen import CasusNotYours, check_open, day_of, hold_casus, record_on
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import DOSSIERROLLEN, Medewerker, Plaatsing


class ActieDone(DomainError):
    """The actie was finished or dropped before."""


class ActieNeedsMedewerker(DomainError):
    """An actie of an organisation has somebody who does it."""

    veld = "medewerker"


class MedewerkerNotPlaced(DomainError):
    """Whoever gets an actie works here now."""

    veld = "medewerker"


class DateInPast(DomainError):
    """What still has to be done lies ahead."""

    veld = "uiterlijk"


@transaction.atomic
def add_actie(
    *,
    casus: Casus,
    actor: Medewerker,
    at: datetime,
    wat: str,
    uitvoerder: str,
    uiterlijk: date,
    medewerker: Medewerker | None = None,
    leefgebied: str = "",
) -> Actie:
    """Zet een actie klaar. Raises DateInPast, ActieNeedsMedewerker, MedewerkerNotPlaced, CasusIsClosed."""
    hold_casus(casus)
    check_open(casus)
    if uiterlijk < day_of(at):
        raise DateInPast("Deze datum is al voorbij. Kies vandaag of later.")
    if uitvoerder != Actie.Uitvoerder.ORGANISATIE:
        medewerker = None
    elif medewerker is None:
        raise ActieNeedsMedewerker("Kies welke medewerker de actie doet.")
    elif not Plaatsing.objects.running().with_rol(DOSSIERROLLEN).filter(medewerker=medewerker).exists():
        raise MedewerkerNotPlaced(f"{medewerker} werkt hier nu niet (meer). Kies iemand anders.")
    actie = Actie.objects.create(
        casus=casus,
        wat=wat.strip(),
        uitvoerder=uitvoerder,
        medewerker=medewerker,
        leefgebied=leefgebied,
        uiterlijk=uiterlijk,
        gemaakt_op=at,
    )
    record_on(casus, "add_actie", actie, uitvoerder=str(uitvoerder))
    return actie


@transaction.atomic
def complete_actie(
    *,
    actie: Actie,
    actor: Medewerker,
    at: datetime,
    toelichting: str = "",
    nieuwe: dict[str, Any] | None = None,
) -> Actie:
    """Zet een actie op klaar, en zo nodig meteen de volgende klaar (`nieuwe`: de velden van add_actie).

    Raises ActieDone, CasusNotYours, what add_actie raises, or KetenBroken when it was the last one.
    """
    return _finish(actie, Actie.Status.KLAAR, actor, at, toelichting, nieuwe)


@transaction.atomic
def drop_actie(
    *,
    actie: Actie,
    actor: Medewerker,
    at: datetime,
    toelichting: str,
    nieuwe: dict[str, Any] | None = None,
) -> Actie:
    """Laat een actie vervallen, met de reden. Raises as complete_actie."""
    return _finish(actie, Actie.Status.VERVALLEN, actor, at, toelichting, nieuwe)


@transaction.atomic
def add_notitie(*, casus: Casus, actor: Medewerker, at: datetime, tekst: str) -> Notitie:
    """Schrijf iets bij op de tijdlijn. Raises CasusIsClosed."""
    check_open(casus)
    notitie = Notitie.objects.create(casus=casus, tekst=tekst.strip(), medewerker=actor, geschreven_op=at)
    record_on(casus, "add_notitie", notitie)
    return notitie


def _finish(
    actie: Actie,
    status: str,
    actor: Medewerker,
    at: datetime,
    toelichting: str,
    nieuwe: dict[str, Any] | None,
) -> Actie:
    hold_casus(actie.casus)
    row = Actie.objects.select_for_update(of=("self",)).select_related("casus").filter(pk=actie.pk).first()
    if row is None:
        raise CasusNotYours("U kunt deze actie niet (meer) wijzigen. Ververs de pagina.")
    if row.status != Actie.Status.OPEN:
        raise ActieDone(f"Deze actie is al {row.get_status_display().lower()}.")
    if nieuwe:
        add_actie(casus=row.casus, actor=actor, at=at, **nieuwe)
    row.status, row.afgerond_op, row.toelichting = status, at, toelichting.strip()[:300]
    row.save(update_fields=["status", "afgerond_op", "toelichting"])
    record_on(row.casus, "complete_actie" if status == Actie.Status.KLAAR else "drop_actie", row)
    check_keten()
    return row
