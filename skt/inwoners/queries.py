"""Is this person known? The question goes past row-level security through one narrow SQL function, inwoners_zoek."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from skt.inwoners.models import Inwoner
from skt.inwoners.normalisatie import normalise_postcode, normalise_telefoon
from skt.medewerkers.models import Moederorganisatie

GROOTSTE_NUMMER = 2**31 - 1


@dataclass(frozen=True)
class Gevonden:
    """Somebody who may be the one. Of a person you may not see: only that they are known, and whom to call."""

    inwoner_id: int
    inwoner: Inwoner | None
    organisaties: tuple[Moederorganisatie, ...] = ()

    @property
    def is_zichtbaar(self) -> bool:
        return self.inwoner is not None


def search_inwoners(
    *,
    naam: str = "",
    geboren: date | None = None,
    postcode: str = "",
    huisnummer: int | None = None,
    telefoon: str = "",
) -> list[Gevonden]:
    """At most ten, best match first. `naam` is the surname without voorvoegsel.

    People who may not be seen only come back on a full match: surname with date of birth, address or phone.
    Nothing given finds nothing.
    """
    naam, postcode, telefoon = naam.strip(), normalise_postcode(postcode), normalise_telefoon(telefoon)
    if huisnummer is not None and not 0 <= huisnummer <= GROOTSTE_NUMMER:
        huisnummer = None
    if not (naam or geboren or postcode or telefoon):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inwoner_id, is_zichtbaar, organisatie_ids FROM inwoners_zoek(%s, %s, %s, %s, %s)",
            [naam, geboren, postcode, huisnummer, telefoon],
        )
        rows = cursor.fetchall()
    visible = Inwoner.objects.in_bulk([pk for pk, is_visible, _ in rows if is_visible])
    organisaties = Moederorganisatie.objects.in_bulk({o for _, _, found in rows for o in found or ()})
    return [
        Gevonden(pk, visible.get(pk), tuple(organisaties[o] for o in found or () if o in organisaties))
        for pk, is_visible, found in rows
        if not is_visible or pk in visible
    ]
