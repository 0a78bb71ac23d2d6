"""Two inwoners are one person: one proposes it, another confirms, and it can be undone. PostgreSQL moves what points at them
(skt/autorisatie 0010_samenvoegen), because who decides doesn't see every dossier that moves.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from intake.services.rijen import constraints_speak
from skt.inwoners.models import Bsn, Inwoner, Samenvoeging
from skt.inwoners.roepnamen import other_forms
from skt.inwoners.vergelijken import columns_of, stamp
from skt.inwoners.versleuteling import decrypt
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record

MIN_REDEN = 10


class MergeRefused(DomainError):
    """These two can't become one (any more), or not by who acts."""


class MergeChanged(DomainError):
    """The people were changed after who decides had looked at them."""


class BsnDiffers(DomainError):
    """Two people with another BSN are two people."""


class MergeReasonMissing(DomainError):
    """A proposal, a refusal and an undoing all say why."""


ZINNEN = {
    "geen recht": "U kunt deze samenvoeging niet (meer) beoordelen.",
    "al beoordeeld": "Een collega heeft dit voorstel al beoordeeld.",
    "eigen voorstel": "U stelde dit zelf voor. Een collega beoordeelt het.",
    "al samengevoegd": "Een van deze inwoners is intussen al samengevoegd.",
    "bsn verschilt": "Deze inwoners hebben een ander BSN. Het zijn dus twee mensen.",
    "bsn nagaan": "Allebei hebben een BSN. Alleen een zorgregisseur kan nagaan of dat hetzelfde is.",
    "niet samengevoegd": "Deze samenvoeging is al teruggedraaid.",
    "eerst de latere": "Deze inwoner is later zelf samengevoegd. Draai eerst die samenvoeging terug.",
}


@transaction.atomic
def propose_samenvoeging(
    *,
    blijft: Inwoner,
    vervalt: Inwoner,
    actor: Medewerker,
    at: datetime,
    toelichting: str,
    overnemen: Iterable[str] = (),
) -> Samenvoeging:
    """Ask for it. `overnemen` are the groups of skt.inwoners.vergelijken that are taken from who goes.

    Raises MergeReasonMissing, or MergeRefused when it can't be asked (again).
    """
    if len(toelichting.strip()) < MIN_REDEN:
        raise MergeReasonMissing("Schrijf op waarom dit dezelfde persoon is (ten minste tien tekens).")
    if blijft.samengevoegd_met_id or vervalt.samengevoegd_met_id:
        raise MergeRefused(ZINNEN["al samengevoegd"])
    open_ones = Samenvoeging.objects.filter(status=Samenvoeging.Status.VOORGESTELD)
    if open_ones.filter(blijft=vervalt, vervalt=blijft).exists():
        raise MergeRefused("Er ligt al een voorstel om deze twee samen te voegen.")
    proposal = Samenvoeging(
        blijft=blijft,
        vervalt=vervalt,
        overnemen=columns_of(overnemen),
        toelichting=toelichting.strip()[:500],
        voorgesteld_door=actor,
        voorgesteld_op=at,
    )
    with constraints_speak(Samenvoeging, MergeRefused):
        proposal.save(force_insert=True)
    _log("intake.propose_merge", proposal, toelichting)
    return proposal


@transaction.atomic
def confirm_samenvoeging(
    *, samenvoeging: Samenvoeging, actor: Medewerker, at: datetime, stand: str
) -> Samenvoeging:
    """Make them one. `stand` is the stamp of both people as who confirms saw them.

    Raises MergeChanged, BsnDiffers or MergeRefused; then nothing has moved.
    """
    pair = [samenvoeging.blijft_id, samenvoeging.vervalt_id]
    both = list(Inwoner.objects.select_for_update().filter(pk__in=pair).order_by("pk"))
    if len(both) == len(pair) and stamp(*both) != stand:
        raise MergeChanged("De gegevens zijn intussen gewijzigd. Kijk nog eens of het dezelfde persoon is.")
    numbers = {
        decrypt(bytes(found))
        for found in Bsn.objects.filter(inwoner__in=pair).values_list("versleuteld", flat=True)
    }
    if len(numbers) > 1:
        raise BsnDiffers(ZINNEN["bsn verschilt"])
    answer = _ask("SELECT inwoners_voeg_samen(%s, %s)", samenvoeging.pk, at)
    if answer:
        raise (BsnDiffers if answer == "bsn verschilt" else MergeRefused)(ZINNEN[answer])
    check_keten()
    samenvoeging.refresh_from_db()
    _log("intake.confirm_merge", samenvoeging)
    return samenvoeging


@transaction.atomic
def reject_samenvoeging(
    *, samenvoeging: Samenvoeging, actor: Medewerker, at: datetime, reden: str, anders: bool = False
) -> None:
    """They stay two; who proposed it may take it back like this too. `anders`: and they needn't be proposed again.

    Raises MergeReasonMissing or MergeRefused.
    """
    _require(reden)
    answer = _ask("SELECT inwoners_wijs_af(%s, %s, %s)", samenvoeging.pk, reden.strip(), at)
    if answer:
        raise MergeRefused(ZINNEN[answer])
    _log("intake.reject_merge", samenvoeging, reden)
    if anders:
        mark_different(een=samenvoeging.blijft, ander=samenvoeging.vervalt, actor=actor, at=at)


@transaction.atomic
def undo_samenvoeging(*, samenvoeging: Samenvoeging, actor: Medewerker, at: datetime, reden: str) -> None:
    """Two again: what moved goes back, what came or changed since stays. Raises MergeReasonMissing or MergeRefused."""
    _require(reden)
    answer = _ask("SELECT inwoners_draai_terug(%s, %s, %s)", samenvoeging.pk, reden.strip(), at)
    if answer:
        raise MergeRefused(ZINNEN[answer])
    check_keten()
    _log("intake.undo_merge", samenvoeging, reden)


@transaction.atomic
def mark_different(*, een: Inwoner, ander: Inwoner, actor: Medewerker, at: datetime) -> None:
    """Somebody looked, and they are two people: the pair isn't proposed again. Raises MergeRefused."""
    if _ask("SELECT inwoners_zijn_anders(%s, %s, %s)", een.pk, ander.pk, at) != "True":
        raise MergeRefused("U kunt dit niet (meer) van deze twee inwoners zeggen.")
    record(action="intake.mark_different", subject=een, inwoner_ids=[een.pk, ander.pk])


def note_doubles(inwoner: Inwoner, at: datetime) -> None:
    """Remember who looks like this inwoner, for the list of possible doubles. Part of writing the inwoner down."""
    forms = other_forms(f"{inwoner.roepnaam} {inwoner.voornamen}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT inwoners_zoek_dubbel(%s, %s::text[], %s)", [inwoner.pk, forms, at])


def _require(reden: str) -> None:
    if len(reden.strip()) < MIN_REDEN:
        raise MergeReasonMissing("Schrijf op waarom (ten minste tien tekens).")


def _log(action: str, samenvoeging: Samenvoeging, reden: str = "") -> None:
    record(
        action=action,
        subject=samenvoeging,
        inwoner_ids=[samenvoeging.blijft_id, samenvoeging.vervalt_id],
        reden=reden.strip(),
        gegevens={"blijft": samenvoeging.blijft_id, "vervalt": samenvoeging.vervalt_id},
    )


def _ask(query: str, *params: Any) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, params)
            (answer,) = cursor.fetchone()
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        if diag is None or diag.constraint_name != "outreachpersoon_een_keer_op_de_lijst":
            raise
        raise MergeRefused(
            "Beide mensen worden nog benaderd vanaf dezelfde outreachlijst. Rond dat bij een van de twee eerst af."
        ) from error
    return str(answer)
