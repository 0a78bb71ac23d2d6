"""What every service of the voorportaal does with its row: lock it, keep its version, and let its constraints speak."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from intake.models import Melding, MeldingTermijn
from intake.status import MeldingStatus
from skt.kern.errors import DomainError
from skt.kern.werkdagen import add_werkdagen, next_werkdag
from skt.medewerkers.models import DOSSIERROLLEN, Medewerker, Moederorganisatie, Rol

EINDE_WERKDAG = time(17)
"""Wall clock in Amsterdam. Whoever gets a day, has until then."""
LOKETROLLEN = (Rol.LOKETPROFESSIONAL, Rol.ZORGREGISSEUR)


class NotAtLoket(DomainError):
    """Who is asked to take in or handle a melding has no running placement at the loket."""


class MeldingNotYours(DomainError):
    """The melding can't be changed by this medewerker (any more)."""


class ColleagueSavedFirst(DomainError):
    """The page was made from an older version of the row."""


class MeldingClosed(DomainError):
    """A closed melding stays as it is; corrections are added."""


class TermijnUnknown(DomainError):
    """There is no such term."""


def loket_organisatie(actor: Medewerker) -> Moederorganisatie:
    """The moederorganisatie for which `actor` works at the loket now. Raises NotAtLoket."""
    for plaatsing in actor.lopende_plaatsingen:
        if plaatsing.rol in LOKETROLLEN:
            return plaatsing.moederorganisatie
    raise NotAtLoket(
        "U werkt op dit moment niet aan het loket. Vraag een collega of uw functioneel beheerder."
    )


def lock_melding(melding: Melding, *, versie: int | None = None, closed_too: bool = False) -> Melding:
    """The row itself, locked until the transaction ends.

    Raises MeldingNotYours when it can't be changed by who acts, MeldingClosed when it is closed (unless `closed_too`), and
    ColleagueSavedFirst when `versie` isn't the stored one.
    """
    row = Melding.objects.select_for_update().filter(pk=melding.pk).first()
    if row is None:
        raise MeldingNotYours("U kunt deze melding niet (meer) wijzigen. Ververs de pagina.")
    if row.status == MeldingStatus.GESLOTEN and not closed_too:
        raise MeldingClosed("Deze melding is gesloten. Schrijf een aanvulling als er iets bij moet.")
    if versie is not None and versie != row.versie:
        raise ColleagueSavedFirst(
            "Een collega heeft deze melding net gewijzigd. Bekijk eerst wat er nu staat en probeer het dan opnieuw."
        )
    return row


def lock_termijn(termijn: MeldingTermijn) -> MeldingTermijn:
    """The term itself, locked, and its melding first as long as that is open: what was closed can still have to be done.

    Raises MeldingNotYours, TermijnUnknown.
    """
    melding = Melding.objects.filter(pk=termijn.melding_id).first()
    if melding is None or melding.status != MeldingStatus.GESLOTEN:
        melding = lock_melding(melding or Melding(pk=termijn.melding_id))
    alle = MeldingTermijn.objects.filter(pk=termijn.pk, melding=melding)
    row = alle.select_for_update(of=("self",)).select_related("soort", "melding").first()
    if row is not None:
        return row
    if alle.exists():
        raise MeldingNotYours("U kunt deze melding niet (meer) wijzigen. Ververs de pagina.")
    raise TermijnUnknown("Deze termijn hoort niet bij deze melding.")


def save_melding(melding: Melding, *fields: str) -> None:
    """Write these fields of a locked row, and count the change."""
    melding.versie += 1
    with constraints_speak(Melding):
        melding.save(update_fields=[*fields, "versie"])


def keep_in_sight(melding: Melding, medewerker: Medewerker) -> None:
    """The moederorganisatie of whoever takes or handles a melding keeps reading it once it is closed (domein 4)."""
    organisatie = next(
        (p.moederorganisatie_id for p in medewerker.lopende_plaatsingen if p.rol in LOKETROLLEN),
        next(iter(medewerker.organisatie_ids(*DOSSIERROLLEN)), None),
    )
    if organisatie is not None and organisatie not in melding.eigen_organisaties:
        melding.eigen_organisaties = [*melding.eigen_organisaties, organisatie]


@contextmanager
def constraints_speak(model: type[Model], error: type[DomainError] | None = None) -> Iterator[None]:
    """Turn a refusal by one of the model's own constraints into a DomainError with that constraint's sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        diag = getattr(refused.__cause__, "diag", None)
        name = diag.constraint_name if diag else None
        for constraint in model._meta.constraints:
            if constraint.name == name:
                raise (error or ConstraintRefused)(str(constraint.get_violation_error_message())) from refused
        raise


class ConstraintRefused(DomainError):
    """A constraint of the table said no; the sentence is the constraint's own."""


def end_of(moment: date | datetime) -> datetime:
    """A moment as it is; a day becomes the end of that working day (17:00 in Amsterdam)."""
    if isinstance(moment, datetime):
        return moment
    return timezone.make_aware(datetime.combine(moment, EINDE_WERKDAG))


def werkdagen_after(at: datetime, aantal: int) -> datetime:
    """17:00 on the `aantal`-th werkdag after `at`; 0 is today, or the first werkdag when today is none or over."""
    dag = timezone.localtime(at).date()
    if aantal:
        return end_of(add_werkdagen(dag, aantal))
    vandaag = end_of(next_werkdag(dag))
    return vandaag if vandaag > at else end_of(add_werkdagen(dag, 1))
