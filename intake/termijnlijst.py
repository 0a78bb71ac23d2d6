"""De termijnen van meldingen die iemand aangaan: van de eigen meldingen, en van wat bij het eigen team ligt en van niemand is.

Ook een gesloten melding kan een lopende termijn hebben, zoals een beschikking die na een jaar opnieuw bekeken moet worden. Die
houdt wie haar sloot; werkt die hier niet meer of rondde een team haar af, dan het loket van de organisatie die haar aannam; en is er
een casus van, dan de casusregisseur.
"""

from collections.abc import Callable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding, MeldingTermijn
from intake.permissions import LOKET, own_organisation
from intake.status import MeldingStatus
from skt.autorisatie.rules import permitted
from skt.medewerkers.models import DOSSIERROLLEN, Medewerker, Plaatsing, Rol, Team
from skt.termijnen.bronnen import Rij
from skt.verantwoording.services import Gelezen


def mine_to_watch(user: Medewerker) -> Q:
    """Van mij; of van het team dat ik coördineer; of van het voorportaal, en daar werk ik."""
    mine = Q(verantwoordelijke=user) | Q(verantwoordelijk_team__in=user.team_ids(Rol.TEAMCOORDINATOR))
    if user.heeft_rol(*LOKET):
        mine |= Q(verantwoordelijk_team__soort=Team.Soort.VOORPORTAAL)
    return mine


VAN_DE_INWONER = ("AWB-BEZW", "WMO-PLAN")
"""Wat de inwoner mag doen: is de melding gesloten, dan gaat zo'n termijn vanzelf voorbij."""
_elders: list[Callable[[], Q]] = []


def register_volger(meldingen: Callable[[], Q]) -> None:
    """Van deze gesloten meldingen volgt een latere app de termijnen. Twee keer is één keer."""
    if meldingen not in _elders:
        _elders.append(meldingen)


def closed_to_watch(user: Medewerker, dag: date) -> Q:
    """Gesloten door mij of bij mijn team; van het loket van de organisatie als wie sloot hier niet meer werkt, of als een team haar
    afrondde en dus niet meer ziet."""
    mine = mine_to_watch(user)
    if user.heeft_rol(*LOKET):
        werkt = Plaatsing.objects.running(dag).with_rol(DOSSIERROLLEN)
        vertrokken = Q(verantwoordelijk_team=None) & ~Exists(
            werkt.filter(medewerker=OuterRef("verantwoordelijke"))
        )
        losgelaten = Q(verantwoordelijk_team__isnull=False, lees_teams=[])
        mine |= own_organisation(user) & (vertrokken | losgelaten)
    dicht = mine & Q(status=MeldingStatus.GESLOTEN)
    for elders in _elders:
        dicht &= ~elders()
    return dicht


def termijnen_van_meldingen(user: Medewerker, tot_en_met: date, maximum: int) -> Iterator[Rij]:
    zichtbaar = permitted(user, "intake.view_melding", Melding.objects.all())
    dag = timezone.localdate()
    loopt = Q(melding__in=zichtbaar.unfinished().filter(mine_to_watch(user)))
    dicht = Q(melding__in=zichtbaar.filter(closed_to_watch(user, dag))) & ~Q(soort__in=VAN_DE_INWONER)
    yield from read_termijnen(loopt | dicht, tot_en_met, maximum)


def read_termijnen(welke: Q, tot_en_met: date, maximum: int) -> Iterator[Rij]:
    """Van deze termijnen wat loopt en zo ver komt, wat het eerst afloopt eerst."""
    rows = (
        MeldingTermijn.objects.filter(welke, voldaan_op=None, opgeschort_op=None, uiterlijk__lte=tot_en_met)
        .select_related("soort", "melding__inwoner")
        .order_by("uiterlijk", "pk")[:maximum]
    )
    for termijn in rows:
        melding = termijn.melding
        yield Rij(
            termijn.uiterlijk,
            termijn.soort.naam,
            termijn.soort.bron,
            melding.nummer,
            melding.over_wie,
            reverse("intake:melding_detail", args=[melding.nummer]),
            Gelezen("melding", melding.pk, melding.inwoner_id),
        )
