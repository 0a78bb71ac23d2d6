"""Triage: ernst and urgentie weighed, the 0de lijn looked at first, and an uitkomst that always goes somewhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from intake.models import Melding, Uitvraagmethode
from intake.services import close_in_chain, give_voorziening, start_crisisroute, to_team
from intake.services.rijen import constraints_speak, werkdagen_after
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import Mandaat, Medewerker, Team
from skt.verantwoording.services import record
from socialekaart.models import Voorziening
from triage.models import (
    Aanmelding,
    Bord,
    Ernaast,
    Ernst,
    Nuldelijn,
    Triage,
    Triageadvies,
    Triagebeurt,
    Uitkomst,
    Urgentie,
)
from triage.queries import suggest_bord
from triage.queries.protocol import advise
from triage.services.advies import weigh_deviation
from triage.services.agenda import append_punt, check_bord, next_overleg, step_for
from triage.services.beurten import check_holder, end_beurt, lock_in_triage
from triage.services.concepten import clear_concept
from triage.services.meldcode import Stap, record_stappen
from triage.services.toekennen import Toekenningsverzoek, check_toekenning, describe_toekenning, grant
from triage.services.verdieping import deepen_uitvraag
from triage.status import AanmeldingStatus

SLUIT = (Uitkomst.INFORMATIE, Uitkomst.ZELF_HELPEN, Uitkomst.VRIJ_AANBOD, Uitkomst.TOEKENNEN)
"""Uitkomsten after which the melding closes."""
NAAR_HULP = (Uitkomst.TOEKENNEN, Uitkomst.INTAKE, Uitkomst.OVERLEG)
"""Uitkomsten that may lead to indicated care: can the 0de lijn run beside it?"""


class TriageIncomplete(DomainError):
    """Ernst, urgentie or uitkomst is missing or unknown; `veld` says which."""

    def __init__(self, veld: str, zin: str) -> None:
        super().__init__(zin)
        self.veld = veld


class NuldelijnNotExamined(DomainError):
    """The free offer comes first: which voorzieningen fit, or why none does (nota); `veld` says what is missing."""

    def __init__(self, veld: str, zin: str) -> None:
        super().__init__(zin)
        self.veld = veld


class ErnaastNotAsked(DomainError):
    """Where indicated care comes, somebody says whether the 0de lijn can run beside it; `veld` says what is missing."""

    def __init__(self, veld: str, zin: str) -> None:
        super().__init__(zin)
        self.veld = veld


class NobodyWarned(DomainError):
    """The crisisroute is only taken when somebody was warned."""


class CrisisNeedsFollowUp(DomainError):
    """A crisis doesn't end with the triage."""


@dataclass(frozen=True)
class Weging:
    """One triage being carried out."""

    triage: Triage
    melding: Melding
    actor: Medewerker
    at: datetime
    bord: str
    voorzieningen: list[Voorziening]
    gewaarschuwd: str
    gewaarschuwd_op: datetime | None
    toekenning: Toekenningsverzoek | None = None
    mandaat: Mandaat | None = None


@transaction.atomic
def do_triage(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    ernst: str,
    urgentie: str,
    nuldelijn: str,
    uitkomst: str,
    nuldelijn_toelichting: str = "",
    voorzieningen: Iterable[Voorziening] = (),
    eigen_kracht: str = "",
    netwerk: str = "",
    toelichting: str = "",
    bord: str | None = None,
    gewaarschuwd: str = "",
    gewaarschuwd_op: datetime | None = None,
    toekenning: Toekenningsverzoek | None = None,
    versie: int | None = None,
    ernaast: str = "",
    ernaast_toelichting: str = "",
    meldcodestappen: Mapping[int, Stap] | None = None,
    antwoorden: Mapping[str, Mapping[str, Any]] | None = None,
    methode: Uitvraagmethode | None = None,
    afwijkreden: str = "",
    afwijktoelichting: str = "",
) -> Triage:
    """Weigh one melding and take it to what follows, in one transaction.

    `bord` may stay empty: then it follows the protocol, or age and thema's. `versie` is the version of the melding the page
    showed. What the protocol advised is kept; deciding otherwise asks for `afwijkreden` (DeviationUnexplained).
    `toekenning` is what a zorgregisseur grants, with that uitkomst.
    `ernaast` is asked with an uitkomst of NAAR_HULP. `meldcodestappen` and `antwoorden` (as for deepen_uitvraag, with the `methode`
    that asked) are what the triage added. Raises NotInTriage, AlreadyClaimed, TriageIncomplete, NuldelijnNotExamined,
    ErnaastNotAsked, StapRefused, NobodyWarned, CrisisNeedsFollowUp, StillPlanned of intake, BordUnknown, as check_toekenning, or
    as lock_melding and deepen_uitvraag.
    """
    row = lock_in_triage(melding, versie)
    check_holder(row, actor, at)
    offered = list(voorzieningen)
    triage = Triage(
        melding=row,
        ernst=ernst,
        urgentie=urgentie,
        nuldelijn=nuldelijn,
        nuldelijn_toelichting=nuldelijn_toelichting.strip(),
        ernaast=ernaast if uitkomst in NAAR_HULP else "",
        ernaast_toelichting=ernaast_toelichting.strip() if uitkomst in NAAR_HULP else "",
        eigen_kracht=eigen_kracht.strip(),
        netwerk=netwerk.strip(),
        uitkomst=uitkomst,
        toelichting=toelichting.strip(),
        medewerker=actor,
        gedaan_op=at,
    )
    raad = advise(row)
    bord = bord or (raad.weging.advies.bord if raad else "") or suggest_bord(row)
    weging = Weging(triage, row, actor, at, bord, offered, gewaarschuwd.strip(), gewaarschuwd_op)
    _check(weging)
    if uitkomst == Uitkomst.TOEKENNEN:
        mandaat = check_toekenning(verzoek=toekenning, melding=row, urgentie=urgentie, actor=actor, at=at)
        weging = replace(weging, toekenning=toekenning, mandaat=mandaat)
    advies = weigh_deviation(
        raad=raad, triage=triage, bord=bord, afwijkreden=afwijkreden, afwijktoelichting=afwijktoelichting
    )
    deepen_uitvraag(row, antwoorden or {}, actor, at, methode=methode)
    if meldcodestappen:
        triage.meldcode = record_stappen(row, meldcodestappen, actor, at)
    end_beurt(row, at, Triagebeurt.Einde.GEWOGEN)
    clear_concept(row, actor, at)
    with constraints_speak(Triage, TriageRefused):
        triage.save(force_insert=True)
    if advies is not None:
        advies.triage = triage
        with constraints_speak(Triageadvies, TriageRefused):
            advies.save(force_insert=True)
    triage.voorzieningen.add(*offered)
    CONSEQUENCES[Uitkomst(uitkomst)](weging)
    record(
        action="triage.do_triage",
        subject=triage,
        inwoner_ids=row.inwoner_ids,
        gegevens={
            "ernst": ernst,
            "urgentie": urgentie,
            "uitkomst": uitkomst,
            "melding": row.nummer,
            "protocol": raad.versie.nummer if raad else None,
            "anders dan het advies": advies.afwijkt_op if advies else [],
        },
    )
    check_keten()
    return triage


class TriageRefused(DomainError):
    """A constraint of the table said no; the sentence is the constraint's own."""


def _check(weging: Weging) -> None:
    """What every triage needs before anything is written."""
    triage = weging.triage
    if triage.ernst not in Ernst.values:
        raise TriageIncomplete("ernst", "Kies hoe ernstig het is.")
    if triage.urgentie not in Urgentie.values:
        raise TriageIncomplete("urgentie", "Kies hoe snel er iets moet gebeuren.")
    if triage.uitkomst not in Uitkomst.values:
        raise TriageIncomplete("uitkomst", "Kies wat er uit de triage komt.")
    _check_nuldelijn(weging)
    check_ernaast(triage.uitkomst, triage.ernaast, triage.ernaast_toelichting)
    if triage.urgentie == Urgentie.CRISIS and triage.uitkomst in SLUIT:
        raise CrisisNeedsFollowUp(
            "Bij een crisis sluit u niet af. Kies de crisisroute, een intake of het aanmeldoverleg."
        )
    if triage.uitkomst == Uitkomst.CRISISROUTE:
        if not weging.gewaarschuwd or weging.gewaarschuwd_op is None:
            raise NobodyWarned("Schrijf bij de crisisroute op wie u heeft gewaarschuwd, en wanneer.")
        if weging.gewaarschuwd_op > weging.at:
            raise NobodyWarned("Het moment waarop u iemand waarschuwde ligt in de toekomst.")


def _check_nuldelijn(weging: Weging) -> None:
    triage = weging.triage
    if triage.nuldelijn not in Nuldelijn.values:
        raise NuldelijnNotExamined("nuldelijn", "Onderzoek eerst of vrij toegankelijk aanbod past.")
    if triage.nuldelijn == Nuldelijn.PAST_NIET:
        if not triage.nuldelijn_toelichting:
            raise NuldelijnNotExamined(
                "nuldelijn_toelichting", "Schrijf op waarom er geen vrij toegankelijk aanbod past."
            )
        if triage.uitkomst == Uitkomst.VRIJ_AANBOD:
            raise NuldelijnNotExamined(
                "nuldelijn",
                "U kiest vrij toegankelijk aanbod, maar schrijft dat er niets past. Pas een van beide aan.",
            )
    elif not weging.voorzieningen:
        raise NuldelijnNotExamined("voorzieningen", "Kies welk vrij toegankelijk aanbod past.")


def check_ernaast(uitkomst: str, ernaast: str, toelichting: str) -> None:
    """Somebody answered it, where indicated care may come; the form asks the same. Raises ErnaastNotAsked."""
    if uitkomst not in NAAR_HULP:
        return
    if ernaast not in Ernaast.values:
        raise ErnaastNotAsked("ernaast", "Kies of vrij toegankelijk aanbod ernaast kan lopen.")
    if ernaast == Ernaast.LATER and uitkomst == Uitkomst.TOEKENNEN:
        raise ErnaastNotAsked("ernaast", "U kent zelf toe: er weegt niemand meer na u. Kies ja of nee.")
    if ernaast == Ernaast.NEE and not toelichting.strip():
        raise ErnaastNotAsked(
            "ernaast_toelichting", "Schrijf op waarom vrij toegankelijk aanbod er niet naast kan lopen."
        )


# -- consequences, one per uitkomst


def _grant(weging: Weging) -> None:
    """What is granted is kept with its terms, and then the melding closes on it."""
    if weging.toekenning is None or weging.mandaat is None:  # never: check_toekenning asks for both
        raise TriageIncomplete("uitkomst", "Kies wat u toekent.")
    toekenning = grant(
        triage=weging.triage,
        verzoek=weging.toekenning,
        mandaat=weging.mandaat,
        actor=weging.actor,
        at=weging.at,
    )
    _close(weging, describe_toekenning(toekenning))


def _close(weging: Weging, wat: str = "") -> None:
    for voorziening in weging.voorzieningen if weging.triage.nuldelijn == Nuldelijn.PAST else ():
        give_voorziening(melding=weging.melding, actor=weging.actor, at=weging.at, voorziening=voorziening)
    close_in_chain(
        melding=weging.melding,
        actor=weging.actor,
        at=weging.at,
        toelichting="\n".join(filter(None, [wat, weging.triage.toelichting]))
        or f"Uitkomst van de triage: {weging.triage.get_uitkomst_display().lower()}.",
    )


def _register(weging: Weging, status: AanmeldingStatus) -> Aanmelding:
    bord = check_bord(weging.bord)
    teams = Team.objects.filter(soort__in=bord.teamsoorten)
    return Aanmelding.objects.create(
        melding=weging.melding,
        triage=weging.triage,
        bord=bord,
        teams=sorted(team.pk for team in teams),
        status=status,
        urgentie=weging.triage.urgentie,
        aangemeld_op=weging.at,
    )


def _responsible_team(weging: Weging, aanmelding: Aanmelding) -> Team:
    """One team answers for the melding until the besluit, also on the joint board (invariant 1)."""
    soorten = Bord(aanmelding.bord).teamsoorten
    soort = soorten[0] if len(soorten) == 1 or suggest_bord(weging.melding) == Bord.JEUGD else soorten[-1]
    return Team.objects.get(soort=soort)


def _to_intake(weging: Weging) -> None:
    aanmelding = _register(weging, AanmeldingStatus.INTAKE)
    to_team(
        melding=weging.melding,
        actor=weging.actor,
        at=weging.at,
        team=_responsible_team(weging, aanmelding),
        volgende_stap="Afspraak verdiepende intake",
        uiterlijk=werkdagen_after(weging.at, Urgentie(weging.triage.urgentie).werkdagen),
    )


def _to_overleg(weging: Weging) -> None:
    """The next overleg; what is urgent keeps its own, earlier date on the card."""
    aanmelding = _register(weging, AanmeldingStatus.VOOR_OVERLEG)
    overleg = next_overleg(bord=aanmelding.bord, actor=weging.actor, at=weging.at)
    append_punt(overleg=overleg, aanmelding=aanmelding)
    uiterlijk = overleg.begint_op
    if weging.triage.urgentie in (Urgentie.CRISIS, Urgentie.SPOED):
        uiterlijk = min(uiterlijk, werkdagen_after(weging.at, Urgentie(weging.triage.urgentie).werkdagen))
    to_team(
        melding=weging.melding,
        actor=weging.actor,
        at=weging.at,
        team=_responsible_team(weging, aanmelding),
        volgende_stap=step_for(overleg),
        uiterlijk=uiterlijk,
    )


def _to_crisis(weging: Weging) -> None:
    start_crisisroute(
        melding=weging.melding,
        actor=weging.actor,
        at=weging.at,
        gewaarschuwd=weging.gewaarschuwd,
        gewaarschuwd_op=weging.gewaarschuwd_op or weging.at,
        toelichting=weging.triage.toelichting,
    )


CONSEQUENCES: dict[Uitkomst, Callable[[Weging], None]] = {
    **dict.fromkeys(SLUIT, _close),
    Uitkomst.TOEKENNEN: _grant,
    Uitkomst.INTAKE: _to_intake,
    Uitkomst.OVERLEG: _to_overleg,
    Uitkomst.CRISISROUTE: _to_crisis,
}
