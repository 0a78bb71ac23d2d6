"""Regie overdragen, opschalen naar procesregie en weer afschalen."""

from datetime import date, datetime

from django.db import transaction

from casusregie.models import Betrokkenheid, Casus, Regieniveau, Regietoewijzing, Schaling
from casusregie.services.betrokkenheid import SHARE
from casusregie.services.rijen import check_open, day_of, employer_of, lock_casus, record_on, save_casus
from casusregie.status import CasusStatus
from skt.autorisatie.delen import grant
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker, Rol
from triage.services.terugkoppeling import pass_on_terugkoppeling


class RegisseurUnavailable(DomainError):
    """Whoever gets the regie works here now, in a role that may have it."""


class SameRegisseur(DomainError):
    """The regie is theirs already."""


class ReasonMissing(DomainError):
    """A change of regie says why."""


class NotScalable(DomainError):
    """The casus is at that level already, or closed."""


@transaction.atomic
def transfer_regie(
    *, casus: Casus, actor: Medewerker, at: datetime, medewerker: Medewerker, reden: str
) -> Regietoewijzing:
    """Draag de casusregie over; de organisatie van de nieuwe regisseur wordt zo nodig betrokken.

    Raises ReasonMissing, RegisseurUnavailable, SameRegisseur, CasusIsClosed, CasusNotYours.
    """
    row = lock_casus(casus)
    check_open(row)
    if not reden.strip():
        raise ReasonMissing("Schrijf op waarom de regie overgaat.")
    organisatie = employer_of(medewerker)
    if organisatie is None:
        raise RegisseurUnavailable(f"{medewerker} kan nu geen casusregisseur zijn. Kies iemand anders.")
    oude = row.lopende_toewijzing("casusregie")
    if oude is not None and oude.medewerker_id == medewerker.pk:
        raise SameRegisseur(f"{medewerker} heeft de regie al.")
    if not row.betrokkenheden.filter(organisatie=organisatie, tot__isnull=True).exists():
        Betrokkenheid.objects.create(
            casus=row, organisatie=organisatie, medewerker=medewerker, rol="Casusregie", van=at
        )
        grant(SHARE, row, organisatie)
    record_on(row, "transfer_regie", naar=medewerker.username, reden=reden.strip()[:200])
    pass_on_terugkoppeling(melding_id=row.melding_id, medewerker=medewerker)
    # First the new one, then the end of the old: whoever hands over would otherwise lose the right halfway.
    nieuwe = Regietoewijzing.objects.create(
        casus=row,
        soort=Regietoewijzing.Soort.CASUSREGIE,
        medewerker=medewerker,
        organisatie=organisatie,
        van=at,
        reden=reden.strip()[:300],
    )
    save_casus(row)
    if oude is not None:
        oude.tot = max(at, oude.van)
        oude.save(update_fields=["tot"])
    check_keten()
    return nieuwe


@transaction.atomic
def scale_up(
    *,
    casus: Casus,
    actor: Medewerker,
    at: datetime,
    procesregisseur: Medewerker,
    aanleiding: str,
    besproken_met: str,
    evaluatie_op: date,
    toelichting: str = "",
    versie: int | None = None,
) -> Schaling:
    """Schaal op naar procesregie; de casusregisseur blijft (keten 3). Raises NotScalable, RegisseurUnavailable, CasusChanged."""
    row = lock_casus(casus, versie=versie)
    if row.regieniveau == Regieniveau.PROCESREGIE or row.status == CasusStatus.AFGESLOTEN:
        raise NotScalable("Deze casus is al opgeschaald, of afgesloten.")
    organisatie = employer_of(procesregisseur, Rol.PROCESREGISSEUR)
    if organisatie is None:
        raise RegisseurUnavailable(f"{procesregisseur} is nu geen procesregisseur. Kies iemand anders.")
    Regietoewijzing.objects.create(
        casus=row,
        soort=Regietoewijzing.Soort.PROCESREGIE,
        medewerker=procesregisseur,
        organisatie=organisatie,
        van=at,
        reden=f"Opgeschaald: {aanleiding}"[:300],
    )
    row.regieniveau = Regieniveau.PROCESREGIE
    return _scale(row, Schaling.Richting.OP, actor, at, aanleiding, besproken_met, evaluatie_op, toelichting)


@transaction.atomic
def scale_down(
    *,
    casus: Casus,
    actor: Medewerker,
    at: datetime,
    aanleiding: str,
    besproken_met: str,
    evaluatie_op: date,
    toelichting: str = "",
    versie: int | None = None,
) -> Schaling:
    """Schaal af naar casusregie; de procesregie eindigt. Raises NotScalable, CasusChanged."""
    row = lock_casus(casus, versie=versie)
    proces = row.lopende_toewijzing("procesregie")
    if row.regieniveau != Regieniveau.PROCESREGIE or proces is None or row.status == CasusStatus.AFGESLOTEN:
        raise NotScalable("Deze casus is niet opgeschaald, of al afgesloten.")
    row.regieniveau = Regieniveau.CASUSREGIE
    schaling = _scale(
        row,
        Schaling.Richting.AF,
        actor,
        at,
        aanleiding,
        besproken_met,
        evaluatie_op,
        toelichting,
        check=False,
    )
    proces.tot = max(at, proces.van)
    proces.save(update_fields=["tot"])
    check_keten()
    return schaling


def _scale(
    casus: Casus,
    richting: str,
    actor: Medewerker,
    at: datetime,
    aanleiding: str,
    besproken_met: str,
    evaluatie_op: date,
    toelichting: str,
    *,
    check: bool = True,
) -> Schaling:
    if evaluatie_op < day_of(at):
        raise NotScalable("De evaluatie moet vandaag of later zijn.")
    schaling = Schaling.objects.create(
        casus=casus,
        richting=richting,
        aanleiding=aanleiding,
        besproken_met=besproken_met.strip()[:200],
        toelichting=toelichting.strip(),
        evaluatie_op=evaluatie_op,
        medewerker=actor,
        besloten_op=at,
    )
    casus.evaluatie_op = evaluatie_op
    save_casus(casus, "regieniveau", "evaluatie_op")
    record_on(
        casus,
        "scale_up" if richting == Schaling.Richting.OP else "scale_down",
        schaling,
        aanleiding=aanleiding,
    )
    if check:
        check_keten()
    return schaling
