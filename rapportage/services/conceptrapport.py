"""Het concept van een raadsrapport: de taak maakt het zelf als een kwartaal of jaar vaststaat, één keer, en beleid hoort het.

A draft is version 1 without anybody who asked for it. Who makes policy reads it, writes what belongs below the figures, and
asks for version 2.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction

from rapportage.models import Periode, Raadsrapport
from rapportage.queries import period_of, reportable
from rapportage.services.bericht import tell_once
from rapportage.services.rapporten import REDEN, TAAK
from rapportage.status import Rapportstatus
from rapportage.tijdvak import Tijdvak
from skt.autorisatie.context import acting_as_system
from skt.kern.tasks import enqueue_if_possible
from skt.verantwoording.models import Regel
from skt.verantwoording.services import record

VERTELD = "rapportage.tell_raadsrapport"


def draft_newest(*, at: datetime) -> list[Raadsrapport]:
    """Have the draft of the newest quarter and of the newest year made, where there is no report on them yet.

    Safe to run as often as you like: a draft that was asked for and never came, or of which nobody heard, is taken up again.
    Returns the drafts that are new.
    """
    nieuw = []
    for tijdvak in _newest():
        with transaction.atomic(), acting_as_system(REDEN):
            rapport, is_nieuw = _find_or_create(tijdvak, at)
            if rapport.is_concept and not _is_told(rapport):
                enqueue_if_possible(TAAK, rapport_id=rapport.pk)
        if is_nieuw:
            nieuw.append(rapport)
    return nieuw


def tell_draft(*, rapport_id: int, at: datetime) -> int:
    """Mail whoever makes policy that this draft is there: once, and only when it is. Returns how many were mailed."""
    with transaction.atomic(), acting_as_system("beleidsmedewerkers melden dat er een conceptrapport is"):
        rapport = Raadsrapport.objects.filter(pk=rapport_id, status=Rapportstatus.KLAAR).first()
        if rapport is None or not rapport.is_concept:
            return 0
        over = period_of(rapport).in_zin
        return tell_once(
            rapport,
            actie=VERTELD,
            gegevens={"periode": period_of(rapport).code, "versie": rapport.versie},
            onderwerp=f"Het conceptrapport over {over} staat klaar",
            tekst=f"Van {over} is een rapport aan de raad gemaakt, als concept. Lees het, schrijf uw toelichtingen bij de "
            "figuren en maak daarna versie 2.",
            adres=("rapportage:rapport_detail", [period_of(rapport).code, rapport.versie]),
            at=at,
        )


def _newest() -> Iterator[Tijdvak]:
    perioden = reportable()
    for soort in (Periode.KWARTAAL, Periode.JAAR):
        yield from [tijdvak for tijdvak in perioden if tijdvak.soort == soort][:1]


def _find_or_create(tijdvak: Tijdvak, at: datetime) -> tuple[Raadsrapport, bool]:
    van_periode = Raadsrapport.objects.filter(periode=tijdvak.soort, begin=tijdvak.begin).order_by("versie")
    if (eerste := van_periode.first()) is not None:
        return eerste, False
    try:
        with transaction.atomic():
            rapport = Raadsrapport.objects.create(
                periode=tijdvak.soort, begin=tijdvak.begin, versie=1, gevraagd_op=at
            )
    except IntegrityError:
        return van_periode.get(versie=1), False
    record(
        action="rapportage.draft_raadsrapport",
        subject=rapport,
        gegevens={"periode": tijdvak.code, "versie": 1},
    )
    return rapport, True


def _is_told(rapport: Raadsrapport) -> bool:
    return Regel.objects.filter(actie=VERTELD, object_soort="raadsrapport", object_id=rapport.pk).exists()
