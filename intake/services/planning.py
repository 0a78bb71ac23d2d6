"""What is planned with a resident is the next step of the melding: earliest first, and never nothing (domein 5, 1)."""

from datetime import datetime

from intake.models import Afspraak, Melding, Terugbelverzoek
from intake.services.afhandeling import MAX_STAP, STAP_CRISIS
from intake.services.keten import keep_in_sight_unless_by_team, works_at_loket
from intake.services.rijen import keep_in_sight, save_melding
from intake.status import MeldingStatus
from skt.medewerkers.models import Medewerker, Team

OM_TE_PLANNEN = ("Afspraak verdiepende intake", "Verdiepende intake of huisbezoek")
"""The steps with which triage and a team ask for an afspraak; planning one is what they ask."""
IN_DE_KETEN = "Afspraak: "
"""So begins a next step in triage or at a team that follows the agenda; any other step there is theirs."""


def lock_unfinished_melding(melding_id: int) -> Melding | None:
    """The melding, locked, when it isn't closed and who acts may write it; otherwise None."""
    return (
        Melding.objects.select_for_update(of=("self",))
        .select_related("contactmoment", "inwoner")
        .filter(pk=melding_id)
        .exclude(status=MeldingStatus.GESLOTEN)
        .first()
    )


def follow_planned(
    row: Melding,
    actor: Medewerker,
    *,
    anders: tuple[str, datetime] | None = None,
    medewerker: Medewerker | None = None,
    team: Team | None = None,
) -> None:
    """Set the next step of a locked melding to what is planned first, else to `anders`; and its holder, if given.

    In triage and at a team the step is theirs, unless they asked for an afspraak. A call after a crisis that is due earlier
    stays the next step.
    """
    step = _first_planned(row) or anders
    if row.status != MeldingStatus.OPEN:
        _follow_in_chain(row, actor, step)
        return
    if step is not None and not _crisis_comes_first(row, step[1]):
        row.volgende_stap, row.uiterlijk = step[0][:MAX_STAP], step[1]
    if medewerker is not None and works_at_loket(medewerker):
        row.verantwoordelijke, row.verantwoordelijk_team = medewerker, None
        keep_in_sight(row, medewerker)
    elif team is not None:
        row.verantwoordelijke, row.verantwoordelijk_team = None, team
    keep_in_sight(row, actor)
    save_melding(
        row, "volgende_stap", "uiterlijk", "verantwoordelijke", "verantwoordelijk_team", "eigen_organisaties"
    )


def _follow_in_chain(row: Melding, actor: Medewerker, step: tuple[str, datetime] | None) -> None:
    if step is None or not row.volgende_stap.startswith((*OM_TE_PLANNEN, IN_DE_KETEN)):
        return
    what = step[0].removeprefix("Vervolg bepalen: ")
    row.volgende_stap = f"{IN_DE_KETEN}{what[:1].lower()}{what[1:]}"[:MAX_STAP]
    row.uiterlijk = step[1]
    keep_in_sight_unless_by_team(row, actor)
    save_melding(row, "volgende_stap", "uiterlijk", "eigen_organisaties")


def _first_planned(row: Melding) -> tuple[str, datetime] | None:
    afspraak = Afspraak.objects.planned().filter(melding=row).order_by("begin", "pk").first()
    bellen = Terugbelverzoek.objects.waiting().filter(melding=row).first()
    steps = []
    if afspraak is not None:
        steps.append((step_of_afspraak(afspraak), afspraak.begin))
    if bellen is not None:
        steps.append((f"Terugbellen: {bellen.telefoon}", bellen.uiterlijk))
    return min(steps, key=lambda step: step[1]) if steps else None


def step_of_afspraak(afspraak: Afspraak) -> str:
    """As the worklist shows it: ‘Huisbezoek’, ‘Telefonische afspraak’."""
    return "Telefonische afspraak" if afspraak.soort == "telefonisch" else str(afspraak.get_soort_display())


def _crisis_comes_first(row: Melding, moment: datetime) -> bool:
    return row.volgende_stap == STAP_CRISIS and row.uiterlijk is not None and row.uiterlijk < moment
