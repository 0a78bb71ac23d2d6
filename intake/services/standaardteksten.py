"""Standaardteksten bijhouden. Een tekst verdwijnt niet: hij gaat uit gebruik."""

from datetime import datetime

from django.db import IntegrityError, transaction

from intake.models import Standaardtekst
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record


class TitleTaken(DomainError):
    """Two texts with one title can't be told apart in the list."""


class TextChanged(DomainError):
    """A colleague saved it after this page read it; `nu` is what stands there."""

    def __init__(self, zin: str, nu: Standaardtekst) -> None:
        super().__init__(zin)
        self.nu = nu


@transaction.atomic
def write_standaardtekst(
    *,
    actor: Medewerker,
    at: datetime,
    titel: str,
    tekst: str,
    in_gebruik: bool = True,
    standaardtekst: Standaardtekst | None = None,
    gelezen: str = "",
) -> Standaardtekst:
    """A new text, or `standaardtekst` changed; `gelezen` is the `stand` of it that the page showed. Raises TitleTaken, TextChanged."""
    row = Standaardtekst()
    if standaardtekst is not None:
        row = (
            Standaardtekst.objects.select_for_update(of=("self",))
            .select_related("gewijzigd_door")
            .get(pk=standaardtekst.pk)
        )
        if gelezen != row.stand:
            wie = row.gewijzigd_door.naam if row.gewijzigd_door else "Een collega"
            raise TextChanged(
                f"{wie} heeft deze tekst net gewijzigd. Er staat nu bij ‘{row.titel}’: {row.tekst}"
                " Bewaart u nog een keer, dan komt uw tekst ervoor in de plaats.",
                row,
            )
    row.titel, row.tekst, row.in_gebruik = titel.strip(), tekst.strip(), in_gebruik
    row.gewijzigd_op, row.gewijzigd_door = at, actor
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if Standaardtekst.objects.filter(titel=row.titel).exclude(pk=row.pk).exists():
            raise TitleTaken("Er is al een standaardtekst met deze titel.") from error
        raise
    record(action="loket.write_standaardtekst", subject=row)
    return row
