"""A card on the board: moved from column to column, and finished."""

from datetime import datetime

from django.db import transaction

from intake.services import close_in_chain, meet_terms, set_next_step
from intake.services.rijen import werkdagen_after
from intake.services.termijnen import ONDERZOEK_AF
from intake.status import MeldingStatus
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record
from triage.models import Aanmelding, Agendapunt, Besluit
from triage.services.agenda import append_punt, lock_overleg, next_overleg, step_for
from triage.services.besluit import (
    GEWIJZIGD,
    WERKDAGEN_INTAKE,
    check_versie,
    decide,
    lock_aanmelding,
    touch_aanmelding,
)
from triage.services.terugkoppeling import has_open_terugkoppeling
from triage.status import AANMELDING_TRANSITIONS, AanmeldingStatus

OVERGANG_NAAR = {
    AanmeldingStatus.VOOR_OVERLEG: "bring",
    AanmeldingStatus.INTAKE: "intake",
    AanmeldingStatus.TE_BELEGGEN: "assign",
}
"""The columns a card can be moved to by hand; Belegd, Aangehouden and Afgerond have an act of their own."""
OP_HET_BORD = "Verplaatst op het bord."


class NotMovable(DomainError):
    """A card can't be put in that column by hand, or stands there already."""


class FinishUndecided(DomainError):
    """An aanmelding that stands on an agenda isn't finished: the overleg says what comes of it (invariant 5)."""


class MelderNotTold(DomainError):
    """Once the team lets go, nobody of it can see any more who still had to be called."""


@transaction.atomic
def move_card(
    *, aanmelding: Aanmelding, naar: str, actor: Medewerker, at: datetime, versie: int | None = None
) -> Aanmelding:
    """Move a card to another column, with what that means: a place on an agenda, or a besluit.

    To the intake from an agenda is a besluit on its agendapunt. To Aangehouden is one that asks why: no board offers it, and
    whoever asks it of an older page hears where it is taken. Raises NotMovable, AanmeldingChanged, TransitionNotAllowed,
    or as decide.
    """
    if naar == AanmeldingStatus.BELEGD:
        raise NotMovable(
            "Kies eerst de partij, de casusregisseur en de datum van de eerste stap: open de aanmelding."
        )
    if naar not in (*OVERGANG_NAAR, AanmeldingStatus.AANGEHOUDEN):
        raise NotMovable("Kies een kolom van het bord.")
    open_punt = _lock_open_punt(aanmelding)
    row = lock_aanmelding(aanmelding.pk)
    check_versie(row, versie)
    if open_punt is None and Agendapunt.objects.filter(aanmelding=row, besluit="").exists():
        check_versie(row, row.versie - 1)  # a colleague brought it to an overleg while we waited for the row
    if row.status == naar:
        raise NotMovable(f"De kaart staat al bij ‘{row.get_status_display()}’.")
    if naar == AanmeldingStatus.AANGEHOUDEN:
        AANMELDING_TRANSITIONS.apply("hold", row)  # what is finished can't be held at all
        raise NotMovable(
            "Schrijf eerst op waarom u haar aanhoudt: open de aanmelding en leg het besluit vast."
            if open_punt
            else "Breng haar eerst terug op de agenda (kolom ‘Voor overleg’). Bij dat agendapunt legt u vast waarom u haar aanhoudt."
        )
    if open_punt and naar == AanmeldingStatus.INTAKE:
        decide(agendapunt=open_punt, besluit=Besluit.INTAKE, actor=actor, at=at, toelichting=OP_HET_BORD)
        return lock_aanmelding(row.pk)
    van = row.status
    AANMELDING_TRANSITIONS.apply(OVERGANG_NAAR[AanmeldingStatus(naar)], row)
    touch_aanmelding(row, actor, at)
    row.save(update_fields=["status", *GEWIJZIGD])
    if naar == AanmeldingStatus.INTAKE:
        set_next_step(
            melding=row.melding, actor=actor, at=at, volgende_stap="Verdiepende intake of huisbezoek",
            uiterlijk=werkdagen_after(at, WERKDAGEN_INTAKE),
        )  # fmt: skip
    elif open_punt is None:
        _bring_to_next(row, actor, at)
    record(
        action="triage.move_card",
        subject=row,
        inwoner_ids=row.melding.inwoner_ids,
        gegevens={"van": van, "naar": str(naar), "door": actor.username},
    )
    check_keten()
    return row


@transaction.atomic
def finish_aanmelding(
    *,
    aanmelding: Aanmelding,
    actor: Medewerker,
    at: datetime,
    toelichting: str = "",
    versie: int | None = None,
) -> Aanmelding:
    """The aanmelding leaves the board; a melding that is still with the team closes with it.

    Raises FinishUndecided while it stands on an agenda, MelderNotTold, StillPlanned of intake, AanmeldingChanged, or
    TransitionNotAllowed when it is finished.
    """
    row = lock_aanmelding(aanmelding.pk)
    check_versie(row, versie)
    if Agendapunt.objects.filter(aanmelding=row, besluit="").exists():
        raise FinishUndecided("Deze aanmelding staat nog op een agenda. Leg daar eerst een besluit vast.")
    AANMELDING_TRANSITIONS.apply("finish", row)
    if row.melding.status == MeldingStatus.BIJ_TEAM:
        if has_open_terugkoppeling(row.melding):
            raise MelderNotTold(
                "De melder weet nog niet wat er is besloten. Leg dat eerst vast bij ‘Terugkoppeling’, op de pagina Aanmeldoverleg."
            )
        last = row.laatste_agendapunt
        if last is not None and last.besluit == Besluit.WMO:
            meet_terms(melding=row.melding, actor=actor, at=at, gebeurtenis=ONDERZOEK_AF)
        close_in_chain(
            melding=row.melding,
            actor=actor,
            at=at,
            toelichting=toelichting.strip() or "Afgerond door het team.",
        )
    touch_aanmelding(row, actor, at)
    row.save(update_fields=["status", *GEWIJZIGD])
    record(
        action="triage.finish_aanmelding",
        subject=row,
        inwoner_ids=row.melding.inwoner_ids,
        gegevens={"door": actor.username},
    )
    check_keten()
    return row


def _lock_open_punt(aanmelding: Aanmelding) -> Agendapunt | None:
    """The undecided agendapunt, with its overleg locked before the aanmelding is."""
    punten = Agendapunt.objects.filter(aanmelding=aanmelding.pk, besluit="")
    overleg_id = punten.values_list("overleg_id", flat=True).first()
    if overleg_id is None:
        return None
    lock_overleg(overleg_id)
    return punten.filter(overleg=overleg_id).first()


def _bring_to_next(row: Aanmelding, actor: Medewerker, at: datetime) -> None:
    overleg = next_overleg(bord=row.bord, actor=actor, at=at)
    append_punt(overleg=overleg, aanmelding=row)
    set_next_step(
        melding=row.melding, actor=actor, at=at, volgende_stap=step_for(overleg), uiterlijk=overleg.begint_op
    )
