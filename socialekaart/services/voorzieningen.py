"""Een voorziening toevoegen, wijzigen en controleren. Wie op een oude versie opslaat, hoort dat."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from skt.kern.errors import DomainError
from skt.kern.nummering import next_nummer
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from socialekaart.models import Voorziening
from socialekaart.status import VOORZIENING_TRANSITIONS

VELDEN = frozenset(
    {
        "naam", "aanbieder", "omschrijving", "leefgebieden", "themas", "doelgroep", "leeftijd_min",
        "leeftijd_max", "lijn", "toegang", "kosten", "plek", "buurtcode", "openingstijden", "telefoon",
        "email", "website", "talen", "trefwoorden",
    }
)  # fmt: skip
"""What a form may change; status, check and versie have their own acts."""


class VoorzieningChanged(DomainError):
    """A colleague saved first."""


class CodeTaken(DomainError):
    """Another voorziening has this code."""


@transaction.atomic
def create_voorziening(
    *, actor: Medewerker, at: datetime, gegevens: dict[str, Any], code: str = ""
) -> Voorziening:
    """Add a voorziening; it counts as checked, by whoever adds it. Without a code it gets the next number.

    `gegevens` holds values of VELDEN. Raises CodeTaken, and KeyError for an unknown field.
    """
    _known(gegevens)
    code = code or f"kaart-{next_nummer('voorziening', at)}"
    try:
        with transaction.atomic():
            voorziening = Voorziening.objects.create(
                code=code, gecontroleerd_op=timezone.localdate(at), gecontroleerd_door=actor, **gegevens
            )
    except IntegrityError as error:
        if Voorziening.objects.filter(code=code).exists():
            raise CodeTaken(f"Er is al een voorziening met de code {code}.") from error
        raise
    record(action="socialekaart.create_voorziening", subject=voorziening, gegevens={"naam": voorziening.naam})
    return voorziening


@transaction.atomic
def change_voorziening(*, voorziening: Voorziening, gegevens: dict[str, Any], versie: int) -> Voorziening:
    """Change fields of a voorziening, and log which with their old value. Nothing changed: nothing logged.

    Raises VoorzieningChanged when somebody saved since `versie` was read, KeyError for an unknown field.
    """
    _known(gegevens)
    current = _locked(voorziening, versie)
    changed = {
        veld: getattr(current, veld) for veld, waarde in gegevens.items() if getattr(current, veld) != waarde
    }
    if not changed:
        return current
    for veld in changed:
        setattr(current, veld, gegevens[veld])
    current.versie += 1
    current.save(update_fields=[*changed, "versie"])
    record(action="socialekaart.change_voorziening", subject=current, gegevens={"was": changed})
    return current


@transaction.atomic
def check_voorziening(
    *, voorziening: Voorziening, versie: int, actor: Medewerker, at: datetime, overgang: str = ""
) -> Voorziening:
    """Checked with the provider: it still holds, or its status changed (`overgang`: VOORZIENING_TRANSITIONS).

    Raises VoorzieningChanged, TransitionNotAllowed, and KeyError for an unknown overgang.
    """
    current = _locked(voorziening, versie)
    was = current.status
    if overgang:
        VOORZIENING_TRANSITIONS.apply(overgang, current)
    current.gecontroleerd_op = timezone.localdate(at)
    current.gecontroleerd_door = actor
    current.versie += 1
    current.save(update_fields=["status", "gecontroleerd_op", "gecontroleerd_door", "versie"])
    gegevens = {"van": str(was), "naar": str(current.status)} if overgang else {"klopt": "ja"}
    record(action="socialekaart.check_voorziening", subject=current, gegevens=gegevens)
    return current


def _known(gegevens: dict[str, Any]) -> None:
    if unknown := set(gegevens) - VELDEN:
        raise KeyError(f"geen veld van een voorziening: {', '.join(sorted(unknown))}")


def _locked(voorziening: Voorziening, versie: int) -> Voorziening:
    current = Voorziening.objects.select_for_update().get(pk=voorziening.pk)
    if current.versie != versie:
        raise VoorzieningChanged(
            "Een collega heeft deze voorziening intussen gewijzigd."
            " Bekijk eerst wat er nu staat en probeer het opnieuw."
        )
    return current
