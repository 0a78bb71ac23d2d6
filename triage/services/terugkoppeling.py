"""What the melder hears of a besluit: proposed with the besluit, done or dropped by whoever reads the melding."""

from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from intake.models import Afspraak, Kanaal, Melding, MeldingTermijn, Signaalsoort
from intake.services import fulfil_termijn, record_terugkoppeling, start_termijn
from intake.services.rijen import MeldingNotYours, constraints_speak
from skt.kern.errors import DomainError
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from triage.models import Agendapunt, Besluit, MagHoren, Terugkoppeling
from triage.status import TERUGKOPPELING_TRANSITIONS, TerugkoppelingStatus
from triage.terugkoppeling import Feiten, proposal, rule_for

WERKDAGEN = 2
"""Within so many werkdagen after the besluit the melder hears [V]."""


class TerugkoppelingGone(DomainError):
    """It can't be changed by who acts (any more)."""


class TerugkoppelingInvalid(DomainError):
    """A constraint of the table said no; the sentence is the constraint's own."""


class ReasonMissing(DomainError):
    """Not telling somebody who may hear asks why."""


def propose_terugkoppeling(
    *, punt: Agendapunt, melding: Melding, actor: Medewerker, at: datetime
) -> Terugkoppeling | None:
    """What this besluit means for the melder; an older one that nobody did lapses. Inside the transaction of the besluit.

    Of what is kept for a later overleg only who may hear everything hears; then None for the others.
    """
    vandaag = timezone.localtime(at).date()
    feiten = Feiten(melding, tuple(melding.signalen.all()), vandaag)
    regel = rule_for(feiten)
    if punt.besluit == Besluit.AANHOUDEN and regel.mag_horen != MagHoren.ALLES:
        return None
    _lock_melding(melding.pk)
    Terugkoppeling.objects.filter(melding=melding, status=TerugkoppelingStatus.TE_DOEN).update(
        status=TerugkoppelingStatus.VERVALLEN
    )
    mag = regel.mag_horen != MagHoren.NIETS
    made = Terugkoppeling.objects.create(
        melding=melding,
        agendapunt=punt,
        besluit=punt.besluit,
        casusregisseur=punt.casusregisseur,
        regel=regel.code,
        mag_horen=regel.mag_horen,
        voorstel=proposal(regel, punt, _end_of_onderzoek(melding), _talk(melding)),
        status=TerugkoppelingStatus.TE_DOEN if mag else TerugkoppelingStatus.NIET_TOEGESTAAN,
        uiterlijk=add_werkdagen(vandaag, WERKDAGEN) if mag else None,
        gemaakt_op=at,
    )
    record(
        action="triage.propose_terugkoppeling",
        subject=made,
        inwoner_ids=melding.inwoner_ids,
        gegevens={
            "nummer": melding.nummer,
            "regel": regel.code,
            "mag": str(regel.mag_horen),
            "door": actor.username,
        },
    )
    return made


@transaction.atomic
def tell_melder(
    *, terugkoppeling: Terugkoppeling, actor: Medewerker, at: datetime, hoe: str, toelichting: str = ""
) -> Terugkoppeling:
    """The melder was told. What the law asks to be said with it is met too, also after the melding closed.

    Raises TerugkoppelingGone, TerugkoppelingInvalid or TransitionNotAllowed.
    """
    # First what it writes on the melding, also for who can't lock that: a besluit takes them in this order too.
    _lock_melding(terugkoppeling.melding_id)
    _meet_duties(terugkoppeling, actor, at)
    row = _lock(terugkoppeling)
    TERUGKOPPELING_TRANSITIONS.apply("tell", row)
    if hoe not in Kanaal.values:
        raise TerugkoppelingInvalid("Kies hoe u het de melder heeft verteld.")
    row.hoe, row.toelichting, row.gedaan_op, row.gedaan_door = hoe, toelichting.strip(), at, actor
    with constraints_speak(Terugkoppeling, TerugkoppelingInvalid):
        row.save()
    _record("triage.tell_melder", row, hoe=hoe, door=actor.username)
    return row


@transaction.atomic
def drop_terugkoppeling(
    *, terugkoppeling: Terugkoppeling, actor: Medewerker, at: datetime, toelichting: str
) -> Terugkoppeling:
    """It isn't needed, or the melder can't be reached; why is written down.

    Raises TerugkoppelingGone, ReasonMissing or TransitionNotAllowed.
    """
    _lock_melding(terugkoppeling.melding_id)
    row = _lock(terugkoppeling)
    TERUGKOPPELING_TRANSITIONS.apply("drop", row)
    if not toelichting.strip():
        raise ReasonMissing("Schrijf op waarom de melder niets hoort.")
    row.toelichting, row.gedaan_op, row.gedaan_door = toelichting.strip(), at, actor
    row.save()
    _record("triage.drop_terugkoppeling", row, door=actor.username)
    return row


def pass_on_terugkoppeling(*, melding_id: int, medewerker: Medewerker) -> None:
    """Whoever has the regie now tells the melder. Inside the transaction of the change."""
    Terugkoppeling.objects.filter(melding=melding_id, status=TerugkoppelingStatus.TE_DOEN).update(
        casusregisseur=medewerker
    )


def has_open_terugkoppeling(melding: Melding) -> bool:
    return Terugkoppeling.objects.filter(melding=melding, status=TerugkoppelingStatus.TE_DOEN).exists()


def _meet_duties(row: Terugkoppeling, actor: Medewerker, at: datetime) -> None:
    """What the law asks stands also when a casus closed the melding at once (Wvggz 5:2 lid 3-5)."""
    melding = row.melding
    for signaal in melding.signalen.filter(soort=Signaalsoort.WVGGZ):
        if signaal.moet_terugkoppelen:
            record_terugkoppeling(signaal=signaal, actor=actor, at=at)
    if row.mag_horen != MagHoren.ALLES:
        return
    if row.besluit == Besluit.WMO and not melding.termijnen.filter(soort="WMO-OCO").exists():
        start_termijn(melding=melding, actor=actor, at=at, code="WMO-OCO")
    confirm = melding.termijnen.filter(soort="WMO-BEV", voldaan_op=None).first()
    if confirm is not None:
        # The loket may tell what a team still has; the term stays of that team then.
        with suppress(MeldingNotYours):
            fulfil_termijn(termijn=confirm, actor=actor, at=at)


def _end_of_onderzoek(melding: Melding) -> date | None:
    return (
        MeldingTermijn.objects.filter(melding=melding, soort="WMO-OND")
        .values_list("uiterlijk", flat=True)
        .first()
    )


def _talk(melding: Melding) -> datetime | None:
    return (
        Afspraak.objects.planned()
        .filter(melding=melding)
        .order_by("begin")
        .values_list("begin", flat=True)
        .first()
    )


def _lock_melding(pk: int) -> None:
    """The melding before what is told of it, as a besluit does: the other way round two colleagues wait for each other.

    Who only reads the melding doesn't lock it: see tell_melder.
    """
    Melding.objects.select_for_update(of=("self",)).filter(pk=pk).first()


def _lock(terugkoppeling: Terugkoppeling) -> Terugkoppeling:
    row = (
        Terugkoppeling.objects.select_for_update(of=("self",))
        .select_related("melding__inwoner", "melding__contactmoment")
        .filter(pk=terugkoppeling.pk)
        .first()
    )
    if row is None:
        raise TerugkoppelingGone("U kunt deze terugkoppeling niet (meer) wijzigen. Ververs de pagina.")
    return row


def _record(action: str, row: Terugkoppeling, **gegevens: str) -> None:
    record(
        action=action,
        subject=row,
        inwoner_ids=row.melding.inwoner_ids,
        gegevens={"nummer": row.melding.nummer, **gegevens},
    )
