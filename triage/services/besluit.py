"""The besluit of the aanmeldoverleg, and what it sets in motion at once: nobody is let go between two rooms."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NoReturn

from django.db import transaction
from django.utils import timezone

from intake.models import AfspraakSoort, Melding
from intake.services import give_voorziening, plan_afspraak, return_to_loket, set_next_step, start_termijn
from intake.services.rijen import end_of, werkdagen_after
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import REGIEROLLEN, Medewerker, Moederorganisatie, Plaatsing, Rol
from skt.termijnen.models import Termijnsoort
from skt.verantwoording.services import record
from skt.web.datums import short_day
from socialekaart.models import Voorziening
from triage.gevolgen import has_gevolg, run_gevolg
from triage.models import Aanmelding, Agendapunt, Besluit
from triage.queries.intakemomenten import DUUR_INTAKE
from triage.services.agenda import append_punt, lock_overleg, next_overleg, step_for
from triage.services.terugkoppeling import propose_terugkoppeling
from triage.status import AANMELDING_TRANSITIONS, AanmeldingStatus, OverlegStatus

REGIE = (Besluit.CASUSREGIE, Besluit.PROCESREGIE)
ZONDER_PARTIJ = (Besluit.TERUG, Besluit.AANHOUDEN)
"""Nobody gets anything to do yet, so what was filled in about it is not kept."""
WERKDAGEN_INTAKE = 10
"""How long the first talk of an intake may take when the overleg names no date [V]."""
WERKDAGEN_AANBOD = 10
"""How long the free offer may take to begin when the overleg names no date [V]."""
WMO_TERMIJN = "WMO-OND"
EIGEN_PLAN = "WMO-PLAN"
VAN_DE_GEMEENTE = (Besluit.WMO, Besluit.JEUGDHULP)
"""Its consulenten do these onderzoeken, unless the overleg says who does (Wmo 2015 2.3.2; Jeugdwet 2.3)."""
GEWIJZIGD = ("versie", "gewijzigd_door", "gewijzigd_op")
"""The fields that touch_aanmelding sets."""


class OverlegIsOver(DomainError):
    """A besluit is taken in a planned overleg."""


class AlreadyDecided(DomainError):
    """Somebody else was first: one agendapunt, one besluit."""


class AanmeldingChanged(DomainError):
    """The page was made from an older version of the aanmelding."""


class AanmeldingNotYours(DomainError):
    """The aanmelding can't be changed by who acts (any more)."""


class BesluitUnknown(DomainError):
    """There is no such besluit."""


class BesluitIncomplete(DomainError):
    """The besluit needs a fact that is missing; `veld` says which."""

    def __init__(self, veld: str, zin: str) -> None:
        super().__init__(zin)
        self.veld = veld


class DateInPast(DomainError):
    """A first step lies ahead."""


class RegisseurNotPlaced(DomainError):
    """Whoever gets the regie works now, for the chosen organisation, in a role that may have it; `veld` says who."""

    def __init__(self, veld: str, zin: str) -> None:
        super().__init__(zin)
        self.veld = veld


class RegisseurKnowsFamily(DomainError):
    """Who knows the family doesn't get the regie; `veld` says who."""

    def __init__(self, veld: str, wie: Medewerker) -> None:
        super().__init__(f"{wie} kent dit gezin en kan het niet begeleiden. Kies iemand anders.")
        self.veld = veld


@dataclass(frozen=True)
class Keuze:
    """One besluit being carried out: the locked rows and what was chosen."""

    punt: Agendapunt
    aanmelding: Aanmelding
    melding: Melding
    actor: Medewerker
    at: datetime
    afspraak_op: datetime | None = None

    @property
    def uiterlijk(self) -> date:
        return self.punt.uiterlijk or _missing("uiterlijk", "Kies een datum.")

    def step(self, tekst: str) -> None:
        """The melding stays with the team, and says what comes next."""
        set_next_step(
            melding=self.melding,
            actor=self.actor,
            at=self.at,
            volgende_stap=tekst[:200],
            uiterlijk=end_of(self.uiterlijk),
        )

    def save(self, overgang: str) -> None:
        """The besluit, what the melder hears of it, and the new place of the aanmelding.

        After the melding: that one asks the keten, and needs the team's right.
        """
        self.punt.save()
        propose_terugkoppeling(punt=self.punt, melding=self.melding, actor=self.actor, at=self.at)
        if self.aanmelding.status != AANMELDING_TRANSITIONS[overgang].naar:
            AANMELDING_TRANSITIONS.apply(overgang, self.aanmelding)
        touch_aanmelding(self.aanmelding, self.actor, self.at)
        self.aanmelding.save(update_fields=["status", "casusregisseur", *GEWIJZIGD])


@transaction.atomic
def decide(
    *,
    agendapunt: Agendapunt,
    besluit: str,
    actor: Medewerker,
    at: datetime,
    toelichting: str = "",
    partij: Moederorganisatie | None = None,
    casusregisseur: Medewerker | None = None,
    procesregisseur: Medewerker | None = None,
    uiterlijk: date | None = None,
    versie: int | None = None,
    afspraak_op: datetime | None = None,
) -> Agendapunt:
    """Record the besluit on one agendapunt and run its consequence, in one transaction.

    `versie` is the version of the aanmelding the page showed. `uiterlijk` may stay empty for an intake, an onderzoek or free
    offer (10 werkdagen). With `afspraak_op` the talk of an intake or onderzoek is planned at that moment, with whoever of the team
    is free then. Raises MomentTaken of intake, BesluitUnknown, OverlegIsOver, AlreadyDecided, AanmeldingChanged, BesluitIncomplete,
    DateInPast, RegisseurNotPlaced, TransitionNotAllowed, KetenBroken, or what the consequence raises.
    """
    if besluit not in Besluit.values:
        raise BesluitUnknown("Kies een besluit uit de lijst.")
    keuze = replace(_lock(agendapunt, versie, actor, at), afspraak_op=afspraak_op)
    punt = keuze.punt
    if partij is None and casusregisseur is not None:
        partij = _employer(casusregisseur, at)
    punt.besluit, punt.toelichting = besluit, toelichting.strip()
    punt.nummer = keuze.melding.nummer
    punt.partij, punt.casusregisseur, punt.procesregisseur = partij, casusregisseur, procesregisseur
    punt.uiterlijk = uiterlijk
    punt.besloten_op, punt.besloten_door = at, actor
    _check(keuze)
    CONSEQUENCES[Besluit(besluit)](keuze)
    _run_downstream(keuze)
    record(
        action="triage.decide",
        subject=punt,
        inwoner_ids=keuze.melding.inwoner_ids,
        gegevens={"besluit": besluit, "partij": partij.code if partij else "", "door": actor.username},
    )
    check_keten()
    return punt


def check_versie(aanmelding: Aanmelding, versie: int | None) -> None:
    """Raises AanmeldingChanged when the page showed another version."""
    if versie is None or versie == aanmelding.versie:
        return
    wie = str(aanmelding.gewijzigd_door or "Een collega")
    om = f" om {timezone.localtime(aanmelding.gewijzigd_op):%H:%M}" if aanmelding.gewijzigd_op else ""
    raise AanmeldingChanged(
        f"{wie} heeft deze aanmelding{om} gewijzigd. Zij staat nu bij ‘{aanmelding.get_status_display()}’."
        " Bekijk eerst wat er nu staat en probeer het dan opnieuw."
    )


def touch_aanmelding(aanmelding: Aanmelding, actor: Medewerker, at: datetime) -> None:
    """One version on, by whom and when; the caller saves (GEWIJZIGD)."""
    aanmelding.versie += 1
    aanmelding.gewijzigd_door, aanmelding.gewijzigd_op = actor, at


def lock_aanmelding(pk: int) -> Aanmelding:
    """The row, locked until the transaction ends, with its melding. Raises AanmeldingNotYours."""
    row = (
        Aanmelding.objects.select_for_update(of=("self",))
        .select_related("melding__inwoner", "melding__contactmoment", "gewijzigd_door")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise AanmeldingNotYours("U kunt deze aanmelding niet (meer) wijzigen. Ververs de pagina.")
    return row


def _lock(agendapunt: Agendapunt, versie: int | None, actor: Medewerker, at: datetime) -> Keuze:
    """The overleg first, then the aanmelding; who moves or decides a punt holds its overleg, so a punt that is still on it stays."""
    overleg = lock_overleg(agendapunt.overleg_id)
    punt = Agendapunt.objects.select_related("besloten_door").filter(pk=agendapunt.pk).first()
    if punt is None:
        raise AanmeldingNotYours("U kunt deze aanmelding niet (meer) wijzigen. Ververs de pagina.")
    if punt.besluit:
        wanneer = timezone.localtime(punt.besloten_op) if punt.besloten_op else at
        raise AlreadyDecided(
            f"Hierover is al besloten: {punt.get_besluit_display().lower()},"
            f" door {punt.besloten_door} op {short_day(wanneer.date())} om {wanneer:%H:%M}."
        )
    if punt.overleg_id != overleg.pk or overleg.status != OverlegStatus.GEPLAND:
        raise OverlegIsOver(
            "Dit overleg is voorbij of geannuleerd. De aanmelding staat op een ander overleg."
        )
    aanmelding = lock_aanmelding(punt.aanmelding_id)
    check_versie(aanmelding, versie)
    punt.overleg, punt.aanmelding = overleg, aanmelding
    return Keuze(punt, aanmelding, aanmelding.melding, actor, at)


def _missing(veld: str, zin: str) -> NoReturn:
    raise BesluitIncomplete(veld, zin)


def _check(keuze: Keuze) -> None:
    """What every besluit needs before anything is written."""
    punt = keuze.punt
    vandaag = timezone.localtime(keuze.at).date()
    _settle_date(punt, vandaag)
    if punt.besluit == Besluit.TERUG and not punt.toelichting:
        _missing("toelichting", "Schrijf op wat het voorportaal nog moet uitzoeken.")
    if punt.besluit == Besluit.AANHOUDEN and not punt.toelichting:
        _missing("toelichting", "Schrijf op waarom u de aanmelding aanhoudt.")
    if punt.besluit in VAN_DE_GEMEENTE and punt.partij is None:
        punt.partij = Moederorganisatie.objects.filter(is_gemeente=True).first()
    if punt.besluit in ZONDER_PARTIJ:
        punt.partij = None
    if punt.besluit not in REGIE:
        punt.casusregisseur = punt.procesregisseur = None
        return
    if punt.casusregisseur is None:
        _missing("casusregisseur", "Kies wie de casusregisseur wordt.")
    if punt.partij is None:
        _missing("partij", "Kies welke partij de casusregie krijgt.")
    if punt.uiterlijk is None:
        _missing("uiterlijk", "Kies wanneer de eerste stap uiterlijk gezet is.")
    if keuze.melding.inwoner_id is None:
        _missing("besluit", "Het is nog niet bekend over wie het gaat. Beleg de regie als dat bekend is.")
    _check_outsider(keuze)
    _check_placed(punt, vandaag)
    if punt.besluit == Besluit.CASUSREGIE:
        punt.procesregisseur = None


def _settle_date(punt: Agendapunt, vandaag: date) -> None:
    """A chosen day off becomes the next werkdag, as with every term (Awt artikel 1)."""
    if punt.uiterlijk is None:
        return
    if punt.uiterlijk < vandaag:
        raise DateInPast("Deze datum is al voorbij. Kies vandaag of later.")
    punt.uiterlijk = next_werkdag(punt.uiterlijk)


def _check_outsider(keuze: Keuze) -> None:
    """The aanmelding is locked, so nobody can say to know the family between this and the commit."""
    for veld in ("casusregisseur", "procesregisseur"):
        wie: Medewerker | None = getattr(keuze.punt, veld)
        if wie is not None and wie.pk in keuze.aanmelding.kenners:
            raise RegisseurKnowsFamily(veld, wie)


def _check_placed(punt: Agendapunt, vandaag: date) -> None:
    running = Plaatsing.objects.running(vandaag).filter(medewerker__is_active=True)
    if not running.filter(
        medewerker=punt.casusregisseur_id, moederorganisatie=punt.partij_id, rol__in=REGIEROLLEN
    ).exists():
        raise RegisseurNotPlaced(
            "casusregisseur",
            f"{punt.casusregisseur} werkt nu niet als casusregisseur of teamlid voor {punt.partij}. Kies iemand anders.",
        )
    if punt.besluit != Besluit.PROCESREGIE:
        return
    if punt.procesregisseur is None:
        _missing("procesregisseur", "Kies bij opschalen ook een procesregisseur.")
    if not running.filter(medewerker=punt.procesregisseur_id, rol=Rol.PROCESREGISSEUR).exists():
        raise RegisseurNotPlaced(
            "procesregisseur", f"{punt.procesregisseur} is nu geen procesregisseur. Kies iemand anders."
        )


def _employer(medewerker: Medewerker, at: datetime) -> Moederorganisatie | None:
    running = Plaatsing.objects.running(timezone.localtime(at).date()).with_rol(REGIEROLLEN)
    plaatsing = running.filter(medewerker=medewerker).select_related("moederorganisatie").first()
    return plaatsing.moederorganisatie if plaatsing else None


def _default_date(keuze: Keuze, werkdagen: int) -> None:
    if keuze.punt.uiterlijk is None:
        keuze.punt.uiterlijk = timezone.localtime(werkdagen_after(keuze.at, werkdagen)).date()


# -- consequences, one per besluit


def _free_offer(keuze: Keuze) -> None:
    _default_date(keuze, WERKDAGEN_AANBOD)
    partij = f" door {keuze.punt.partij.kort}" if keuze.punt.partij else ""
    # What triage found fitting goes along, as long as it is still on offer.
    found = keuze.aanmelding.triage.voorzieningen.values_list("pk", flat=True)
    for voorziening in Voorziening.objects.offered().filter(pk__in=list(found)):
        give_voorziening(melding=keuze.melding, actor=keuze.actor, at=keuze.at, voorziening=voorziening)
    keuze.step(f"Vrij aanbod inzetten{partij}")
    keuze.save("assign")


def _intake(keuze: Keuze, tekst: str = "Verdiepende intake of huisbezoek") -> None:
    if keuze.afspraak_op is not None:
        keuze.punt.uiterlijk = timezone.localtime(keuze.afspraak_op).date()
    _default_date(keuze, WERKDAGEN_INTAKE)
    partij = f" door {keuze.punt.partij.kort}" if keuze.punt.partij else ""
    keuze.step(f"{tekst}{partij}")
    if keuze.afspraak_op is not None:
        _plan_talk(keuze, keuze.afspraak_op)
    keuze.save("intake")


def _plan_talk(keuze: Keuze, begin: datetime) -> None:
    """On the spot, with whoever has the melding: then the afspraak is the next step. Taken meanwhile: no besluit either."""
    melding = Melding.objects.select_related("verantwoordelijk_team", "verantwoordelijke").get(
        pk=keuze.melding.pk
    )
    plan_afspraak(
        melding=melding,
        actor=keuze.actor,
        at=keuze.at,
        soort=AfspraakSoort.INTAKE,
        begin=begin,
        duur=DUUR_INTAKE,
        team=melding.verantwoordelijk_team,
        medewerkers=[melding.verantwoordelijke] if melding.verantwoordelijke else [],
    )


def _wmo(keuze: Keuze) -> None:
    """The onderzoek counts from the melding (Wmo 2015 2.3.2 lid 1): the term says when it must be done, not this step."""
    running = set(keuze.melding.termijnen.values_list("soort_id", flat=True))
    if WMO_TERMIJN not in running:
        start_termijn(melding=keuze.melding, actor=keuze.actor, at=keuze.at, code=WMO_TERMIJN)
    if EIGEN_PLAN not in running and _can_still_begin(keuze, EIGEN_PLAN):
        start_termijn(melding=keuze.melding, actor=keuze.actor, at=keuze.at, code=EIGEN_PLAN)
    _intake(keuze, "Onderzoek Wmo")


def _can_still_begin(keuze: Keuze, code: str) -> bool:
    """A term that counts from the melding and is over before it is written down helps nobody."""
    soort = Termijnsoort.objects.get(pk=code)
    begin = timezone.localtime(keuze.melding.ontvangen_op).date()
    return soort.uiterlijk(begin) >= timezone.localtime(keuze.at).date()


def _jeugdhulp(keuze: Keuze) -> None:
    _intake(keuze, "Jeugdhulp onderzoeken")


def _regie(keuze: Keuze) -> None:
    keuze.aanmelding.casusregisseur = keuze.punt.casusregisseur
    keuze.save("settle")


def _back_to_loket(keuze: Keuze) -> None:
    return_to_loket(melding=keuze.melding, actor=keuze.actor, at=keuze.at, vraag=keuze.punt.toelichting)
    keuze.save("finish")


def _hold(keuze: Keuze) -> None:
    overleg = keuze.punt.overleg
    later = next_overleg(bord=overleg.bord, actor=keuze.actor, at=keuze.at, after=overleg.begint_op)
    keuze.punt.uiterlijk = timezone.localtime(later.begint_op).date()
    set_next_step(
        melding=keuze.melding,
        actor=keuze.actor,
        at=keuze.at,
        volgende_stap=step_for(later),
        uiterlijk=later.begint_op,
    )
    keuze.save("hold")
    append_punt(overleg=later, aanmelding=keuze.aanmelding)


CONSEQUENCES: dict[Besluit, Callable[[Keuze], None]] = {
    Besluit.VRIJ_AANBOD: _free_offer,
    Besluit.CASUSREGIE: _regie,
    Besluit.INTAKE: _intake,
    Besluit.WMO: _wmo,
    Besluit.JEUGDHULP: _jeugdhulp,
    Besluit.PROCESREGIE: _regie,
    Besluit.TERUG: _back_to_loket,
    Besluit.AANHOUDEN: _hold,
}


def _run_downstream(keuze: Keuze) -> None:
    """What other rooms registered for this besluit; without any, the melding itself keeps asking for the casus."""
    ran = False
    if has_gevolg(keuze.punt.besluit):
        punt = Agendapunt.objects.select_related(
            "aanmelding__melding__inwoner", "overleg", "partij", "casusregisseur", "procesregisseur"
        ).get(pk=keuze.punt.pk)  # back at the loket the melding may be out of sight, but nothing follows that
        ran = run_gevolg(punt, keuze.actor, keuze.at)
    if not ran and keuze.punt.besluit in REGIE and keuze.aanmelding.status == AanmeldingStatus.BELEGD:
        keuze.step(f"Casus starten: {keuze.punt.casusregisseur}")
