"""De termijnen van meldingen die iemand aangaan: van de eigen meldingen, en van wat bij het eigen team ligt en van niemand is."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from intake.models import Melding, MeldingTermijn
from intake.permissions import LOKET
from skt.autorisatie.rules import permitted
from skt.medewerkers.models import Medewerker, Rol, Team
from skt.termijnen.bronnen import Rij
from skt.verantwoording.services import Gelezen


def mine_to_watch(user: Medewerker) -> Q:
    """Van mij; of van het team dat ik coördineer; of van het voorportaal, en daar werk ik."""
    mine = Q(verantwoordelijke=user) | Q(verantwoordelijk_team__in=user.team_ids(Rol.TEAMCOORDINATOR))
    if user.heeft_rol(*LOKET):
        mine |= Q(verantwoordelijk_team__soort=Team.Soort.VOORPORTAAL)
    return mine


def termijnen_van_meldingen(user: Medewerker, tot_en_met: date, maximum: int) -> Iterator[Rij]:
    meldingen = permitted(
        user, "intake.view_melding", Melding.objects.unfinished().filter(mine_to_watch(user))
    )
    rows = (
        MeldingTermijn.objects.filter(
            voldaan_op=None, opgeschort_op=None, uiterlijk__lte=tot_en_met, melding__in=meldingen
        )
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
