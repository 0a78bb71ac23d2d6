"""Terugkoppelingen die nog moeten, voor wie ze aangaan: de casusregisseur, of wie de melding heeft."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding
from intake.nabellen import Nabellijst, Nabelregel
from intake.status import MeldingStatus
from intake.termijnlijst import closed_to_watch, mine_to_watch
from skt.autorisatie.rules import permitted
from skt.medewerkers.models import Medewerker
from skt.termijnen.bronnen import Rij
from skt.verantwoording.services import Gelezen
from triage.models import Terugkoppeling
from triage.status import TerugkoppelingStatus
from triage.terugkoppeling import REGEL_VAN


def te_doen_terugkoppelingen(user: Medewerker, tot_en_met: date, maximum: int) -> Iterator[Rij]:
    zichtbaar = permitted(user, "triage.view_terugkoppeling", Terugkoppeling.objects.all())
    of_mine = Melding.objects.filter(
        mine_to_watch(user) & ~Q(status=MeldingStatus.GESLOTEN) | closed_to_watch(user, timezone.localdate())
    )
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


def te_doen_nabellen(user: Medewerker, maximum: int) -> Nabellijst:
    """Voor het loket: wie belt welke melder terug. Wat de melder niet mag horen staat er niet bij."""
    te_doen = permitted(user, "triage.view_terugkoppeling", Terugkoppeling.objects.all()).filter(
        status=TerugkoppelingStatus.TE_DOEN
    )
    rows = te_doen.select_related(
        "casusregisseur", "melding__inwoner", "melding__contactmoment", "melding__verantwoordelijke",
        "melding__verantwoordelijk_team",
    ).order_by("uiterlijk", "pk")[:maximum]  # fmt: skip
    regels = [
        Nabelregel(
            rij.melding,
            reverse("triage:terugkoppeling_detail", args=[rij.pk]),
            _who_whom(rij, user),
            rij.uiterlijk,
        )
        for rij in rows
        if rij.uiterlijk
    ]
    return Nabellijst(regels, te_doen.count() if regels else 0, reverse("triage:terugkoppeling_list"))


def _who_whom(rij: Terugkoppeling, user: Medewerker) -> str:
    """‘Tim Aalbers belt de huisarts: dr. Bos’, ‘u belt de inwoner zelf’, ‘team volwassenen belt ...’."""
    melding, contact = rij.melding, rij.melding.contactmoment
    wie = rij.casusregisseur or melding.verantwoordelijke
    belt = ("U" if wie.pk == user.pk else wie.naam) if wie else str(melding.verantwoordelijk_team)
    naam = f": {contact.melder_naam}" if contact.melder_naam else ""
    return f"{belt} belt {contact.get_melder_soort_display().lower()}{naam}"
