"""Is this person known? The question goes past row-level security through one narrow SQL function, inwoners_zoek."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from skt.inwoners.models import Inwoner
from skt.inwoners.normalisatie import normalise_postcode, normalise_telefoon
from skt.inwoners.roepnamen import other_forms
from skt.medewerkers.models import Moederorganisatie

GROOTSTE_NUMMER = 2**31 - 1
MEESTE = 10
LANGSTE = 120


@dataclass(frozen=True)
class Gevonden:
    """Somebody who may be the one. Of a person you may not see: only that they are known, and whom to call.

    `feiten`: what is alike, by the letter of skt/autorisatie/0008 (n surname, d day of birth, v first name, a address,
    t phone), each from 0 to 1. `tegen`: another first name or quite another day of birth.
    """

    inwoner_id: int
    inwoner: Inwoner | None
    organisaties: tuple[Moederorganisatie, ...] = ()
    score: float = 0
    feiten: Mapping[str, float] = field(default_factory=dict)
    tegen: bool = False

    @property
    def is_zichtbaar(self) -> bool:
        return self.inwoner is not None


def search_inwoners(
    *,
    naam: str = "",
    geboren: date | None = None,
    geboortejaar: int | None = None,
    postcode: str = "",
    huisnummer: int | None = None,
    telefoon: str = "",
    voornaam: str = "",
) -> list[Gevonden]:
    """At most ten, best match first; names may be spelled another way, days of birth turned round.

    People who may not be seen only come back on a full match: surname with date of birth, address or phone.
    Nothing given finds nothing; a first name alone neither.
    """
    naam, postcode, telefoon = (
        _plain(naam),
        normalise_postcode(_plain(postcode)),
        normalise_telefoon(telefoon),
    )
    voornaam = _plain(voornaam)
    if huisnummer is not None and not 0 <= huisnummer <= GROOTSTE_NUMMER:
        huisnummer = None
    if not (naam or geboren or postcode or telefoon):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inwoner_id, is_zichtbaar, organisatie_ids, punten, gelijk, anders"
            " FROM inwoners_zoek(%s, %s, %s, %s, %s, %s, %s, %s::text[])",
            [naam, geboren, geboortejaar, postcode, huisnummer, telefoon, voornaam, other_forms(voornaam)],
        )
        rows = cursor.fetchall()
    rows.sort(key=lambda row: (-row[3], row[0]))
    visible = Inwoner.objects.in_bulk([row[0] for row in rows if row[1]])
    organisaties = Moederorganisatie.objects.in_bulk({o for row in rows for o in row[2] or ()})
    return [
        Gevonden(
            pk,
            visible.get(pk),
            tuple(organisaties[o] for o in found or () if o in organisaties),
            score,
            json.loads(feiten) if feiten else {},
            tegen,
        )
        for pk, is_visible, found, score, feiten, tegen in rows
        if not is_visible or pk in visible
    ][:MEESTE]


def _plain(text: str) -> str:
    """As PostgreSQL takes it, and not longer than a name can be."""
    return text.replace("\x00", "").strip()[:LANGSTE]
