"""Wat triage en het overleg toevoegen aan de tijdlijn van een melding, voor wie de melding leest."""

from collections.abc import Iterable
from contextlib import suppress

from django.urls import reverse

from intake.models import Melding
from intake.tijdlijn import Gebeurtenis
from triage.models import Agendapunt, Terugkoppeling, Toekenning, Triage, Triageadvies
from triage.services import describe_toekenning
from triage.services.advies import describe_kept
from triage.status import TerugkoppelingStatus


def read_triage(melding: Melding) -> Iterable[Gebeurtenis]:
    """De triages en de besluiten; wat deze medewerker niet mag zien laat de database weg."""
    for triage in Triage.objects.filter(melding=melding).select_related(
        "medewerker", "toekenning", "advies__versie"
    ):
        yield Gebeurtenis(
            triage.gedaan_op,
            f"Triage: {triage.get_uitkomst_display().lower()}",
            "filter",
            str(triage.medewerker),
            _weighed(triage),
            zwaar=True,
        )
    besluiten = Agendapunt.objects.filter(aanmelding__melding=melding).exclude(besluit="")
    for punt in besluiten.select_related("overleg", "partij", "besloten_door"):
        if punt.besloten_op is None:  # never: agendapunt_besluit_compleet
            continue
        partij = f" ({punt.partij.kort})" if punt.partij else ""
        yield Gebeurtenis(
            punt.besloten_op,
            f"Aanmeldoverleg: {punt.get_besluit_display().lower()}{partij}",
            "mensen",
            str(punt.besloten_door),
            punt.toelichting,
            reverse("triage:aanmelding_detail", args=[melding.nummer]),
            zwaar=True,
        )
    for rij in Terugkoppeling.objects.filter(melding=melding).exclude(status=TerugkoppelingStatus.VERVALLEN):
        yield Gebeurtenis(
            rij.gedaan_op or rij.gemaakt_op,
            f"Terugkoppeling aan de melder: {rij.get_status_display().lower()}",
            "gesprek",
            "",
            rij.voorstel if rij.status == TerugkoppelingStatus.TE_DOEN else "",
            reverse("triage:terugkoppeling_detail", args=[rij.pk]),
        )


def _weighed(triage: Triage) -> str:
    """Hoe er gewogen is, wat het protocol aanraadde, en wat er zelfstandig is toegekend."""
    zinnen = [f"Ernst {triage.get_ernst_display().lower()}, {triage.get_urgentie_display().lower()}."]
    with suppress(Triageadvies.DoesNotExist):
        zinnen.append(describe_kept(triage.advies))
    with suppress(Toekenning.DoesNotExist):
        zinnen.append(describe_toekenning(triage.toekenning))
    return " ".join(zinnen)
