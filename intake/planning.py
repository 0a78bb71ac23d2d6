"""Wat er bij één melding is afgesproken: de komende en eerdere afspraken, terugbellen, en hun regels in het verloop."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from intake.models import Afspraak, Melding, Plaats, Terugbelverzoek
from intake.services.planning import step_of_afspraak
from intake.status import AfspraakStatus, TerugbelStatus
from intake.tijdlijn import Gebeurtenis
from skt.inwoners.models import VeiligContact
from skt.medewerkers.models import Medewerker
from skt.web.datums import clock

STATUSSOORT = {
    AfspraakStatus.GEPLAND: "blauw",
    AfspraakStatus.GEHOUDEN: "groen",
    AfspraakStatus.NIET_VERSCHENEN: "amber",
    AfspraakStatus.VERZET: "",
    AfspraakStatus.GEANNULEERD: "",
}


@dataclass(frozen=True)
class AfspraakRegel:
    """An afspraak in the section of a melding."""

    afspraak: Afspraak
    met: str
    soort: str
    is_voorbij: bool


@dataclass(frozen=True)
class Planning:
    komend: list[AfspraakRegel] = field(default_factory=list)
    eerder: list[AfspraakRegel] = field(default_factory=list)
    bellen: Terugbelverzoek | None = None
    mag_plannen: bool = False
    mag_bellen: bool = False

    @property
    def is_leeg(self) -> bool:
        return not (self.komend or self.eerder or self.bellen)


def planning_of(melding: Melding, *, mag_plannen: bool, mag_bellen: bool) -> Planning:
    """Who may see the melding may see this. Prefetch `afspraken` and `terugbelverzoeken` (whole_melding does)."""
    afspraken = sorted(melding.afspraken.all(), key=lambda afspraak: (afspraak.begin, afspraak.pk))
    ids = {pk for afspraak in afspraken for pk in afspraak.lees_medewerkers}
    names = {m.pk: m.naam for m in Medewerker.objects.filter(pk__in=ids)} if ids else {}
    nu = timezone.now()
    rows = [
        AfspraakRegel(
            afspraak,
            ", ".join(names[pk] for pk in afspraak.lees_medewerkers if pk in names),
            STATUSSOORT[AfspraakStatus(afspraak.status)],
            afspraak.begin <= nu,
        )
        for afspraak in afspraken
    ]
    waiting = [
        verzoek for verzoek in melding.terugbelverzoeken.all() if verzoek.status == TerugbelStatus.OPEN
    ]
    return Planning(
        komend=[row for row in rows if row.afspraak.status == AfspraakStatus.GEPLAND],
        eerder=[row for row in rows if row.afspraak.status != AfspraakStatus.GEPLAND][::-1],
        bellen=waiting[0] if waiting else None,
        mag_plannen=mag_plannen,
        mag_bellen=mag_bellen,
    )


def tell_in_rows(rows: Iterable[dict[str, Any]], meldingen: Iterable[Melding], at: datetime) -> None:
    """Say in rows of the worklist what is planned today: with whom and how long, or the how manieth call it is.

    A fixed number of queries for all of them; `pk` of a row is that of its melding.
    """
    by_pk = {row["pk"]: row for row in rows}
    if not by_pk:
        return
    vandaag = timezone.localtime(at).date()
    afspraken = (
        Afspraak.objects.planned().filter(melding__in=by_pk, begin__date=vandaag).order_by("-begin", "-pk")
    )
    found = list(afspraken)
    people = Medewerker.objects.in_bulk({pk for one in found for pk in one.lees_medewerkers}) if found else {}
    for afspraak in found:  # the earliest last, so that it stays
        row, met = (
            by_pk[afspraak.melding_id],
            [people[pk] for pk in afspraak.lees_medewerkers if pk in people],
        )
        waar = "" if afspraak.plaats == Plaats.TELEFOON else f", {afspraak.get_plaats_display()}"
        step = f"{step_of_afspraak(afspraak)}, {afspraak.duur} min{waar}"
        row["stap"] = f"Hoe ging het? {step}" if afspraak.eind < at else step
        row["uiterlijk"] = afspraak.begin
        if met and row["eigenaar"] not in met:
            row["eigenaar"], row["eigenaar_bij"], row["ik"] = met[0], "heeft de afspraak", False
    for melding in meldingen:
        if melding.pk in by_pk and melding.inwoner and melding.inwoner.veilig_contact != VeiligContact.JA:
            by_pk[melding.pk]["badges"].append(
                {"tekst": "Let op: veilig contact", "soort": "rood", "icon": "schild"}
            )
    for verzoek in Terugbelverzoek.objects.waiting().filter(melding__in=by_pk):
        row = by_pk[verzoek.melding_id]
        if verzoek.pogingen:
            row["badges"].append({"tekst": f"{len(verzoek.pogingen) + 1}e poging", "soort": "amber"})
        if verzoek.niet_eerder_dan and verzoek.niet_eerder_dan > at:
            row["badges"].append({"tekst": f"niet voor {clock(verzoek.niet_eerder_dan)}", "soort": "lijn"})


def in_tijdlijn(melding: Melding) -> Iterable[Gebeurtenis]:
    """When something was planned, and how it went."""
    later = {afspraak.verzet_naar_id for afspraak in melding.afspraken.all()}
    for afspraak in melding.afspraken.all():
        wanneer = f"{timezone.localtime(afspraak.begin):%d-%m-%Y %H:%M}"
        verzet = afspraak.pk in later
        yield Gebeurtenis(
            afspraak.gepland_op,
            f"{afspraak.get_soort_display()} {'verzet naar' if verzet else 'gepland op'} {wanneer}",
            "agenda",
            str(afspraak.gepland_door),
        )
        if afspraak.status in {
            AfspraakStatus.GEHOUDEN,
            AfspraakStatus.NIET_VERSCHENEN,
            AfspraakStatus.GEANNULEERD,
        }:
            reden = f": {afspraak.get_reden_display().lower()}" if afspraak.reden else ""
            titel = (
                f"{afspraak.get_soort_display()} van {wanneer} {afspraak.get_status_display().lower()}{reden}"
            )
            yield Gebeurtenis(afspraak.afgerond_op or afspraak.begin, titel, "agenda")
    for verzoek in melding.terugbelverzoeken.all():
        yield Gebeurtenis(verzoek.gemaakt_op, "Terugbellen afgesproken", "bel", str(verzoek.gemaakt_door))
        for nummer, moment in enumerate(verzoek.pogingen, start=1):
            yield Gebeurtenis(moment, f"Gebeld, geen gehoor (poging {nummer})", "bel")
        if verzoek.status == TerugbelStatus.GEDAAN and verzoek.afgerond_op:
            yield Gebeurtenis(verzoek.afgerond_op, "Teruggebeld en gesproken", "bel")
