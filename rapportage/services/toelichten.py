"""Toelichtingen bij een figuur opslaan. Iedere tekst blijft staan als versie; wie later opslaat, ziet de ander."""

from datetime import datetime

from django.db import IntegrityError, transaction

from rapportage.models import Toelichting
from rapportage.queries import history
from rapportage.tijdvak import Tijdvak
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record

LANGST = 2000


class ToelichtingChanged(DomainError):
    """Somebody saved this one first."""


class ToelichtingTooLong(DomainError):
    """More than fits below a figure."""


class NothingToSave(DomainError):
    """The text is what it was."""


@transaction.atomic
def save_toelichting(
    *, figuur: str, tijdvak: Tijdvak, tekst: str, versie: int, actor: Medewerker, at: datetime
) -> Toelichting:
    """Add a version; an empty text takes the one before back. `versie` is the one that was on the screen, 0 for none.

    Raises ToelichtingTooLong, NothingToSave, and ToelichtingChanged when somebody saved since.
    """
    tekst = "\n".join(regel.rstrip() for regel in tekst.strip().splitlines())
    if len(tekst) > LANGST:
        raise ToelichtingTooLong(
            f"Dit zijn {len(tekst)} tekens; er passen er {LANGST}. Houd het bij de hoofdzaak."
        )
    eerder = history(figuur, tijdvak)
    stand = eerder[0].versie if eerder else 0
    if stand != versie:
        raise ToelichtingChanged(_who_was_first(eerder))
    if tekst == (eerder[0].tekst if eerder else ""):
        raise NothingToSave("Er is niets veranderd.")
    try:
        with transaction.atomic():
            toelichting = Toelichting.objects.create(
                figuur=figuur,
                periode=tijdvak.soort,
                begin=tijdvak.begin,
                versie=stand + 1,
                tekst=tekst,
                geschreven_door=actor,
                geschreven_op=at,
            )
    except IntegrityError as error:
        raise ToelichtingChanged(_who_was_first(history(figuur, tijdvak))) from error
    record(
        action="rapportage.write_toelichting",
        subject=toelichting,
        gegevens={"figuur": figuur, "periode": tijdvak.code, "versie": toelichting.versie},
    )
    return toelichting


def _who_was_first(eerder: list[Toelichting]) -> str:
    wie = eerder[0].geschreven_door.naam if eerder else "Een collega"
    return (
        f"{wie} heeft deze toelichting net opgeslagen. Lees die tekst eerst; uw tekst staat nog in het veld."
    )
