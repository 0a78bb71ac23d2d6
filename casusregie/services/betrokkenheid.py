"""Wie meehelpt en daarom meeleest: organisaties, mensen op naam, en de afgeschermde casus."""

from datetime import datetime

from django.db import transaction

from casusregie.models import Betrokkenheid, Casus, CasusUserObjectPermission
from casusregie.services.rijen import check_open, lock_casus, record_on, save_casus
from skt.autorisatie.delen import grant, revoke
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import DOSSIERROLLEN, Medewerker, Moederorganisatie

SHARE = "casusregie.share_casus"


class AlreadyInvolved(DomainError):
    """The organisation (or person) is in it already."""


class HoldsTheRegie(DomainError):
    """The organisation of the casusregisseur stays involved."""


class NotInvolved(DomainError):
    """The organisation left before, or the medewerker isn't one of theirs."""

    veld = "medewerker"


class NotInvited(DomainError):
    """Only somebody who works with dossiers now can be invited; only an invitation can be withdrawn."""


@transaction.atomic
def add_betrokkenheid(
    *,
    casus: Casus,
    actor: Medewerker,
    at: datetime,
    organisatie: Moederorganisatie,
    rol: str,
    medewerker: Medewerker | None = None,
) -> Betrokkenheid:
    """Een organisatie doet mee en leest vanaf nu mee.

    Raises AlreadyInvolved, NotInvolved when `medewerker` doesn't work for it, CasusIsClosed, CasusNotYours.
    """
    row = lock_casus(casus)
    check_open(row)
    if row.betrokkenheden.filter(organisatie=organisatie, tot__isnull=True).exists():
        raise AlreadyInvolved(f"{organisatie} is al betrokken bij deze casus.")
    if medewerker is not None and medewerker.moederorganisatie != organisatie:
        raise NotInvolved(f"{medewerker} werkt niet voor {organisatie}.")
    betrokkenheid = Betrokkenheid.objects.create(
        casus=row, organisatie=organisatie, medewerker=medewerker, rol=rol.strip()[:120], van=at
    )
    grant(SHARE, row, organisatie)
    record_on(row, "add_betrokkenheid", betrokkenheid, organisatie=organisatie.code)
    return betrokkenheid


@transaction.atomic
def end_betrokkenheid(*, betrokkenheid: Betrokkenheid, actor: Medewerker, at: datetime) -> Betrokkenheid:
    """De organisatie doet niet meer mee en leest meteen niet meer mee. Raises HoldsTheRegie, NotInvolved, CasusNotYours."""
    casus = lock_casus(betrokkenheid.casus)
    row = (
        Betrokkenheid.objects.select_for_update(of=("self",))
        .select_related("organisatie")
        .get(pk=betrokkenheid.pk)
    )
    if row.tot is not None:
        raise NotInvolved(f"{row.organisatie} is al niet meer betrokken.")
    regie = casus.lopende_toewijzing("casusregie")
    if regie is not None and regie.organisatie_id == row.organisatie_id:
        raise HoldsTheRegie("Deze organisatie heeft de casusregie. Draag de regie eerst over.")
    record_on(casus, "end_betrokkenheid", row, organisatie=row.organisatie.code)
    revoke(SHARE, casus, row.organisatie)
    row.tot = max(at, row.van)
    row.save(update_fields=["tot"])
    check_keten()
    return row


@transaction.atomic
def invite_person(*, casus: Casus, actor: Medewerker, at: datetime, medewerker: Medewerker) -> None:
    """Iemand leest op naam mee, ook als de casus is afgeschermd.

    Raises NotInvited, AlreadyInvolved, CasusIsClosed, CasusNotYours.
    """
    row = lock_casus(casus)
    check_open(row)
    if not medewerker.heeft_rol(*DOSSIERROLLEN):
        raise NotInvited(f"{medewerker} werkt nu niet met dossiers van inwoners.")
    if CasusUserObjectPermission.objects.filter(content_object=row, user=medewerker).exists():
        raise AlreadyInvolved(f"{medewerker} is al uitgenodigd.")
    grant(SHARE, row, medewerker)
    record_on(row, "invite_person", uitgenodigd=medewerker.username)


@transaction.atomic
def withdraw_invitation(*, casus: Casus, actor: Medewerker, at: datetime, medewerker: Medewerker) -> None:
    """De uitnodiging vervalt meteen. Raises NotInvited, CasusNotYours."""
    row = lock_casus(casus)
    if not CasusUserObjectPermission.objects.filter(content_object=row, user=medewerker).exists():
        raise NotInvited(f"{medewerker} is niet uitgenodigd.")
    record_on(row, "withdraw_invitation", uitgenodigd=medewerker.username)
    revoke(SHARE, row, medewerker)


@transaction.atomic
def shield_casus(*, casus: Casus, actor: Medewerker, at: datetime, versie: int | None = None) -> Casus:
    """Vanaf nu lezen alleen de regisseurs en wie op naam is uitgenodigd. Raises CasusNotYours, CasusChanged."""
    return _shield(casus, versie, afgeschermd=True)


@transaction.atomic
def unshield_casus(*, casus: Casus, actor: Medewerker, at: datetime, versie: int | None = None) -> Casus:
    """De betrokken organisaties en het team lezen weer mee. Raises CasusIsClosed, CasusNotYours, CasusChanged."""
    check_open(casus)
    return _shield(casus, versie, afgeschermd=False)


def _shield(casus: Casus, versie: int | None, *, afgeschermd: bool) -> Casus:
    row = lock_casus(casus, versie=versie)
    if row.afgeschermd == afgeschermd:
        return row
    row.afgeschermd = afgeschermd
    save_casus(row, "afgeschermd")
    record_on(row, "shield_casus" if afgeschermd else "unshield_casus")
    return row
