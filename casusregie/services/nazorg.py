"""Nazorg: nagaan of de inwoner zich echt redt, voordat de casus dicht mag (keten 4)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction

from casusregie.models import Actie, Casus, Nazorg
from casusregie.services.doelen import Uitkomst, finish_doel
from casusregie.services.levensloop import close_casus
from casusregie.services.rijen import day_of, lock_casus, record_on, save_casus
from casusregie.status import CASUS_TRANSITIONS
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.kern.werkdagen import add_werkdagen, next_werkdag
from skt.medewerkers.models import Medewerker, Plaatsing, Rol

GEEN_GEHOOR_MAXIMUM = 3
NIEUWE_POGING = timedelta(days=14)


class NazorgDone(DomainError):
    """The result was written down before."""


class NoCoordinator(DomainError):
    """Three times no answer goes to the teamcoördinator, and there is none."""


@transaction.atomic
def start_nazorg(
    *,
    casus: Casus,
    actor: Medewerker,
    at: datetime,
    maanden: int = 1,
    rond_acties_af: bool = False,
    uitkomsten: Mapping[int, Uitkomst] | None = None,
    versie: int | None = None,
) -> Nazorg:
    """Ga naar nazorg en plan het eerste contact, over `maanden` maanden. Met `rond_acties_af` gaan de open acties op klaar.

    `uitkomsten`: hoe de open doelen eindigen, per doel. Raises TransitionNotAllowed, CasusChanged, GuardFailed while acties or
    doelen are open, and what finish_doel raises.
    """
    row = lock_casus(casus, versie=versie)
    if rond_acties_af:
        _finish_acties(row, at)
    for doel in row.doelen.filter(pk__in=uitkomsten or {}):
        finish_doel(doel=doel, actor=actor, at=at, uitkomst=(uitkomsten or {})[doel.pk])
    nazorg = _plan(row, maanden, _over(at, maanden))
    CASUS_TRANSITIONS.apply("nazorg", row)
    save_casus(row, "status")
    record_on(row, "start_nazorg", nazorg)
    check_keten()
    return nazorg


@transaction.atomic
def record_nazorg(
    *,
    nazorg: Nazorg,
    actor: Medewerker,
    at: datetime,
    resultaat: str,
    toelichting: str = "",
    maanden_later: int | None = None,
    rond_acties_af: bool = False,
) -> Nazorg:
    """Schrijf op wat er uit de nazorg kwam, en doe wat daarbij hoort.

    Redt zich: de casus gaat dicht (met `rond_acties_af` gaan de open acties eerst op klaar), of er komt over `maanden_later` nog
    een contact. Geen gehoor: een nieuwe poging, en na drie
    keer een actie voor de teamcoördinator (nooit vanzelf dicht). Terugval: de casus loopt weer, met een actie.
    Raises NazorgDone, NoCoordinator, CasusNotYours, or GuardFailed when the casus would close while acties are open.
    """
    casus = lock_casus(nazorg.casus)
    row = Nazorg.objects.select_for_update().get(pk=nazorg.pk)
    if row.uitgevoerd_op is not None:
        raise NazorgDone(f"Het resultaat staat er al: {row.get_resultaat_display().lower()}.")
    row.uitgevoerd_op, row.resultaat, row.medewerker = at, resultaat, actor
    row.toelichting = toelichting.strip()
    row.save(update_fields=["uitgevoerd_op", "resultaat", "medewerker", "toelichting"])
    record_on(casus, "record_nazorg", row, resultaat=str(resultaat))
    match resultaat:
        case Nazorg.Resultaat.GEEN_GEHOOR:
            _try_again(casus, row, at)
        case Nazorg.Resultaat.TERUGVAL:
            _relapse(casus, actor, at)
        case _ if maanden_later:
            _plan(casus, maanden_later, _over(at, maanden_later))
        case _:
            if rond_acties_af:
                _finish_acties(casus, at)
            close_casus(casus=casus, actor=actor, at=at)
    check_keten()
    return row


def _finish_acties(casus: Casus, at: datetime) -> None:
    for actie in casus.acties.open():
        actie.status, actie.afgerond_op = Actie.Status.KLAAR, at
        actie.toelichting = "Afgerond bij de nazorg."
        actie.save(update_fields=["status", "afgerond_op", "toelichting"])
        record_on(casus, "complete_actie", actie)


def _try_again(casus: Casus, nazorg: Nazorg, at: datetime) -> None:
    _plan(casus, nazorg.maanden, next_werkdag(day_of(at) + NIEUWE_POGING))
    if casus.nazorg.filter(resultaat=Nazorg.Resultaat.GEEN_GEHOOR).count() % GEEN_GEHOOR_MAXIMUM:
        return
    coordinator = (
        Plaatsing.objects.running()
        .filter(team=casus.team_id, rol=Rol.TEAMCOORDINATOR, medewerker__is_active=True)
        .select_related("medewerker")
        .order_by("van", "pk")
        .first()
    )
    if coordinator is None:
        raise NoCoordinator(
            "Dit team heeft nu geen teamcoördinator. Vraag de functioneel beheerder om er een te plaatsen."
        )
    actie = Actie.objects.create(
        casus=casus,
        wat="Drie keer geen gehoor bij de nazorg: beslis hoe verder",
        uitvoerder=Actie.Uitvoerder.ORGANISATIE,
        medewerker=coordinator.medewerker,
        uiterlijk=add_werkdagen(day_of(at), 3),
        gemaakt_op=at,
    )
    record_on(casus, "add_actie", actie, aanleiding="drie keer geen gehoor")


def _relapse(casus: Casus, actor: Medewerker, at: datetime) -> None:
    regie = casus.lopende_toewijzing("casusregie")
    actie = Actie.objects.create(
        casus=casus,
        wat="Terugval bij de nazorg: opnieuw afspreken wat nodig is",
        uitvoerder=Actie.Uitvoerder.ORGANISATIE,
        medewerker=regie.medewerker if regie else actor,
        uiterlijk=add_werkdagen(day_of(at), 3),
        gemaakt_op=at,
    )
    CASUS_TRANSITIONS.apply("relapse", casus)
    save_casus(casus, "status")
    record_on(casus, "relapse_casus", actie)


def _plan(casus: Casus, maanden: int, gepland_op: date) -> Nazorg:
    return Nazorg.objects.create(casus=casus, maanden=maanden, gepland_op=gepland_op)


def _over(at: datetime, maanden: int) -> date:
    return next_werkdag(day_of(at) + relativedelta(months=maanden))
