"""Standaardteksten bijhouden. Een tekst verdwijnt niet: hij gaat uit gebruik."""

from datetime import datetime

from django.db import IntegrityError, transaction

from intake.models import Standaardtekst
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record


class TitleTaken(DomainError):
    """Two texts with one title can't be told apart in the list."""


@transaction.atomic
def write_standaardtekst(
    *,
    actor: Medewerker,
    at: datetime,
    titel: str,
    tekst: str,
    in_gebruik: bool = True,
    standaardtekst: Standaardtekst | None = None,
) -> Standaardtekst:
    """A new text, or `standaardtekst` changed. Raises TitleTaken."""
    row = standaardtekst or Standaardtekst()
    row.titel, row.tekst, row.in_gebruik = titel.strip(), tekst.strip(), in_gebruik
    row.gewijzigd_op, row.gewijzigd_door = at, actor
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise TitleTaken("Er is al een standaardtekst met deze titel.") from error
    record(action="loket.write_standaardtekst", subject=row)
    return row
