"""De reeksen zoals de pagina ze toont: wat er komt, wat er wordt overgeslagen of verplaatst, en waarom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from skt.medewerkers.models import TEAMROLLEN, Medewerker, Plaatsing, Rol
from triage.models import Bord, Overleg, Overlegreeks
from triage.ritme import Beurt, beurten, week_of
from triage.status import OverlegStatus

TOON_VOORUIT = timedelta(weeks=26)
KOMENDE = 3


@dataclass(frozen=True)
class Reeksregel:
    reeks: Overlegreeks
    komend: list[Overleg] = field(default_factory=list)
    overgeslagen: list[Beurt] = field(default_factory=list)
    verplaatst: list[Beurt] = field(default_factory=list)
    is_voorbij: bool = False
    mag: bool = False


def reeks_rows(reeksen: Iterable[Overlegreeks], mag: set[int], at: datetime) -> list[Reeksregel]:
    """Eén query voor alle reeksen samen; feestdagen volgen uit het ritme."""
    rows = list(reeksen)
    vandaag = timezone.localtime(at).date()
    planned: dict[int, list[Overleg]] = {}
    for overleg in Overleg.objects.filter(
        reeks__in=rows, status=OverlegStatus.GEPLAND, begint_op__gt=at
    ).order_by("begint_op"):
        planned.setdefault(overleg.reeks_id or 0, []).append(overleg)
    found = []
    for reeks in rows:
        turns = list(beurten(reeks, vandaag, vandaag + TOON_VOORUIT))
        byhand = {week_of(o.reeks_dag) for o in planned.get(reeks.pk, []) if o.reeks_dag and o.verzet_van}
        found.append(
            Reeksregel(
                reeks,
                komend=planned.get(reeks.pk, [])[:KOMENDE],
                overgeslagen=[turn for turn in turns if turn.begint_op is None],
                verplaatst=[t for t in turns if t.is_verplaatst and week_of(t.dag) not in byhand],
                is_voorbij=reeks.tot_en_met is not None and reeks.tot_en_met < vandaag,
                mag=reeks.pk in mag,
            )
        )
    return found


def possible_attendees(overleg: Overleg) -> list[Medewerker]:
    """Wie nu in de team(s) van dit bord of in de toegang werkt, met wie er al bij staat; op naam."""
    running = Plaatsing.objects.running().filter(medewerker__is_active=True)
    team = running.with_rol(TEAMROLLEN).filter(team__soort__in=Bord(overleg.bord).teamsoorten)
    ids = set(team.values_list("medewerker_id", flat=True))
    ids |= set(running.with_rol([Rol.ZORGREGISSEUR]).values_list("medewerker_id", flat=True))
    ids |= set(overleg.aanwezigen.values_list("pk", flat=True))
    return list(Medewerker.objects.filter(pk__in=ids).order_by("voornaam", "achternaam", "pk"))
