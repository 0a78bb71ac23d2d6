"""Saved filters of the worklist: of one medewerker, named, and never with the name of a resident in them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from intake.services.rijen import constraints_speak
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from triage.models import Triagefilter

BEWAARBAAR = ("bord", "leefgebied", "thema", "spoor", "gebied", "organisatie", "mij")
"""What a filter keeps. Not what was searched for: that is a name."""
MAX_FILTERS = 20
MAX_KEUZE = 80


class FilterInvalid(DomainError):
    """The name is missing, too long, or taken; or there is nothing to keep."""


class FilterGone(DomainError):
    """It was deleted, or is somebody else's."""


@transaction.atomic
def save_filter(
    *, actor: Medewerker, naam: str, keuzes: Mapping[str, Any], standaard: bool = False
) -> Triagefilter:
    """Keep these choices under a name; the same name again replaces what it meant. Raises FilterInvalid."""
    clean = {
        name: str(keuzes[name])[:MAX_KEUZE]
        for name in BEWAARBAAR
        if keuzes.get(name) not in (None, "", False)
    }
    if not clean:
        raise FilterInvalid("Kies eerst een filter; dan is er iets om te bewaren.")
    own = Triagefilter.objects.select_for_update().filter(medewerker=actor)
    rows = list(own)
    row = next((one for one in rows if one.naam.lower() == naam.strip().lower()), None)
    if row is None and len(rows) >= MAX_FILTERS:
        raise FilterInvalid(f"U heeft al {MAX_FILTERS} filters. Verwijder er eerst een.")
    row = row or Triagefilter(medewerker=actor)
    row.naam, row.keuzes = _name(naam), clean
    return _keep(row, standaard=standaard or row.standaard)


@transaction.atomic
def change_filter(*, pk: int, actor: Medewerker, naam: str, standaard: bool) -> Triagefilter:
    """Another name, or the filter the list opens with. Raises FilterGone or FilterInvalid."""
    row = _lock(pk, actor)
    row.naam = _name(naam)
    return _keep(row, standaard=standaard)


@transaction.atomic
def drop_filter(*, pk: int, actor: Medewerker) -> None:
    """Away with it. Raises FilterGone."""
    _lock(pk, actor).delete()


def _lock(pk: int, actor: Medewerker) -> Triagefilter:
    row = Triagefilter.objects.select_for_update().filter(pk=pk, medewerker=actor).first()
    if row is None:
        raise FilterGone("Dit filter is er niet (meer).")
    return row


def _name(naam: str) -> str:
    clean = naam.strip()
    longest = Triagefilter._meta.get_field("naam").max_length or 0
    if len(clean) > longest:
        raise FilterInvalid(f"Maak de naam korter: ten hoogste {longest} tekens.")
    return clean


def _keep(row: Triagefilter, *, standaard: bool) -> Triagefilter:
    if standaard:
        Triagefilter.objects.filter(medewerker=row.medewerker_id, standaard=True).exclude(pk=row.pk).update(
            standaard=False
        )
    row.standaard = standaard
    with constraints_speak(Triagefilter, FilterInvalid):
        row.save()
    return row
