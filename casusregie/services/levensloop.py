"""De stappen van de casus zelf: starten, afbouwen, hervatten en sluiten (casusregie/status.py)."""

from datetime import datetime

from django.db import transaction

from casusregie.models import Casus
from casusregie.services.rijen import lock_casus, record_on, save_casus
from casusregie.status import CASUS_TRANSITIONS
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker
from triage.models import Aanmelding
from triage.services import finish_aanmelding
from triage.status import AanmeldingStatus


@transaction.atomic
def start_casus(*, casus: Casus, actor: Medewerker, at: datetime, versie: int | None = None) -> Casus:
    """De casusregisseur begint; de aanmelding gaat van het bord. Raises TransitionNotAllowed, GuardFailed, CasusChanged."""
    row = _step(casus, "start", versie)
    aanmelding = Aanmelding.objects.filter(agendapunten=row.agendapunt_id).first()
    if aanmelding is not None and aanmelding.status != AanmeldingStatus.AFGEROND:
        finish_aanmelding(aanmelding=aanmelding, actor=actor, at=at)
    record_on(row, "start_casus")
    check_keten()
    return row


@transaction.atomic
def taper_casus(*, casus: Casus, actor: Medewerker, at: datetime, versie: int | None = None) -> Casus:
    """Begin met afbouwen. Raises TransitionNotAllowed, CasusChanged."""
    row = _step(casus, "taper", versie)
    record_on(row, "taper_casus")
    return row


@transaction.atomic
def resume_casus(*, casus: Casus, actor: Medewerker, at: datetime, versie: int | None = None) -> Casus:
    """Hervat wat werd afgebouwd. Raises TransitionNotAllowed, GuardFailed, CasusChanged."""
    row = _step(casus, "resume", versie)
    record_on(row, "resume_casus")
    return row


@transaction.atomic
def close_casus(*, casus: Casus, actor: Medewerker, at: datetime, versie: int | None = None) -> Casus:
    """Sluit de casus, als de nazorg zegt dat de inwoner zich zonder hulp redt (keten 4).

    De regie en de betrokkenheden blijven staan zoals ze waren: wie erbij was kan het dossier nog lezen, niet wijzigen.
    Raises TransitionNotAllowed, GuardFailed, CasusChanged.
    """
    row = lock_casus(casus, versie=versie)
    CASUS_TRANSITIONS.apply("close", row)
    row.gesloten_op = at
    save_casus(row, "status", "gesloten_op")
    record_on(row, "close_casus")
    check_keten()
    return row


def _step(casus: Casus, naam: str, versie: int | None) -> Casus:
    row = lock_casus(casus, versie=versie)
    CASUS_TRANSITIONS.apply(naam, row)
    save_casus(row, "status")
    return row
