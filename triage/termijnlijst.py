"""Terugkoppelingen die nog moeten, voor wie ze aangaan: de casusregisseur, of wie de melding heeft."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from intake.models import Melding
from intake.termijnlijst import mine_to_watch
from skt.autorisatie.rules import permitted
from skt.medewerkers.models import Medewerker
from skt.termijnen.bronnen import Rij
from skt.verantwoording.services import Gelezen
from triage.models import Terugkoppeling
from triage.status import TerugkoppelingStatus
from triage.terugkoppeling import REGEL_VAN


def te_doen_terugkoppelingen(user: Medewerker, tot_en_met: date, maximum: int) -> Iterator[Rij]:
    zichtbaar = permitted(user, "triage.view_terugkoppeling", Terugkoppeling.objects.all())
    of_mine = Melding.objects.unfinished().filter(mine_to_watch(user))
    rows = (
        zichtbaar.filter(status=TerugkoppelingStatus.TE_DOEN, uiterlijk__lte=tot_en_met)
        .filter(Q(casusregisseur=user) | Q(casusregisseur=None, melding__in=of_mine))
        .select_related("melding__inwoner")
        .order_by("uiterlijk", "pk")[:maximum]
    )
    for rij in rows:
        if rij.uiterlijk is None:  # never: terugkoppeling_te_doen_heeft_dag
            continue
        yield Rij(
            rij.uiterlijk,
            "Terugkoppeling aan de melder",
            REGEL_VAN[rij.regel].bron,
            rij.melding.nummer,
            rij.melding.over_wie,
            reverse("triage:terugkoppeling_detail", args=[rij.pk]),
            Gelezen("terugkoppeling", rij.pk, rij.melding.inwoner_id),
        )
