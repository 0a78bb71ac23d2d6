"""De agenda van een overleg als regels: wat er staat, waar men is, en wat er op tafel ligt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from intake.models import Melding
from skt.autorisatie.rules import Refused, permitted
from triage.models import Aanmelding, Agendapunt, Besluit, Overleg, Tafel, Urgentie
from triage.queries import agenda
from triage.queries.kent_gezin import BekendePlaats, known_places
from triage.queries.overleg import URGENTIEVOLGORDE
from triage.views.beeld import wie

KORT = {
    Besluit.VRIJ_AANBOD: "Vrij aanbod",
    Besluit.CASUSREGIE: "Casusregie",
    Besluit.INTAKE: "Verdiepende intake",
    Besluit.WMO: "Onderzoek Wmo",
    Besluit.JEUGDHULP: "Jeugdhulp onderzoeken",
    Besluit.PROCESREGIE: "Procesregie",
    Besluit.TERUG: "Terug naar voorportaal",
    Besluit.AANHOUDEN: "Aangehouden",
}
BEKEND = "U kent dit gezin"


@dataclass
class Regel:
    """Eén regel van de agenda links. Zonder `punt` is zij van een gezin dat wie kijkt kent: dan staat er niets in."""

    pk: int
    volgorde: tuple[int, int, int]
    besloten: bool
    punt: Agendapunt | None = None
    melding: Melding | None = None
    nummer: int = 0
    url: str = ""
    nu: bool = False
    op_tafel: bool = False

    @property
    def naam(self) -> str:
        return wie(self.melding) if self.punt else BEKEND

    @property
    def bij(self) -> str:
        if self.punt is None:
            return "Voor u verborgen"
        if self.punt.besluit:
            partij = self.punt.partij.kort if self.punt.partij else ""
            return " · ".join(filter(None, [KORT[Besluit(self.punt.besluit)], partij]))
        soort = Urgentie(self.punt.aanmelding.urgentie).kort.capitalize()
        return f"Op tafel · {soort.lower()}" if self.op_tafel else soort


@dataclass
class Agenda:
    """Alle regels van een overleg, zoals deze medewerker ze nu voor zich heeft."""

    regels: list[Regel]
    volgt: bool
    """Waar: men kijkt naar wat er op tafel ligt, en gaat mee als dat verandert."""
    tafel: Tafel | None

    @property
    def huidige(self) -> Regel | None:
        return next((regel for regel in self.regels if regel.nu), None)

    @property
    def op_tafel(self) -> Regel | None:
        return next((regel for regel in self.regels if regel.op_tafel), None)

    @property
    def te_gaan(self) -> int:
        return sum(not regel.besloten for regel in self.regels)

    @property
    def sinds(self) -> datetime | None:
        """Sinds wanneer wat men ziet op tafel ligt."""
        return self.tafel.sinds if self.tafel and self.huidige and self.huidige.op_tafel else None

    def after(self, regel: Regel) -> Regel | None:
        """Het eerste open punt na dit, anders het eerste open punt, anders niets."""
        open_regels = [r for r in self.regels if not r.besloten and r is not regel]
        return next((r for r in open_regels if r.nummer > regel.nummer), None) or next(
            iter(open_regels), None
        )

    def beside(self, stap: int) -> Regel | None:
        """De regel ervoor (-1) of erna (1), besloten of niet."""
        if self.huidige is None:
            return None
        plek = self.regels.index(self.huidige) + stap
        return self.regels[plek] if 0 <= plek < len(self.regels) else None

    def shown(self) -> list[Aanmelding]:
        """Wie er met naam op het scherm staat."""
        shown = []
        for regel in self.regels:
            if regel.punt and regel.melding:
                regel.punt.aanmelding.melding = regel.melding
                shown.append(regel.punt.aanmelding)
        return shown


def read_agenda(request: HttpRequest, overleg: Overleg) -> Agenda:
    """De agenda. Wie na een besluit niet meer op het bord staat, blijft als regel staan, zonder naam."""
    zichtbaar = permitted(request.user, "triage.view_aanmelding", Aanmelding.objects.all())
    punten = list(agenda(Agendapunt.objects.filter(overleg=overleg, aanmelding__in=zichtbaar)))
    meldingen = {
        melding.pk: melding
        for melding in Melding.objects.filter(
            pk__in=[punt.aanmelding.melding_id for punt in punten]
        ).select_related("inwoner", "contactmoment__medewerker")
    }
    regels = [
        Regel(
            punt.pk, (punt.rang, punt.volgorde, punt.pk), bool(punt.besluit), punt,
            meldingen.get(punt.aanmelding.melding_id),
        )
        for punt in punten
    ]  # fmt: skip
    regels = sorted([*regels, *_known(known_places(), overleg)], key=lambda regel: regel.volgorde)
    tafel = Tafel.objects.filter(overleg=overleg).first()
    gevraagd = request.POST.get("punt") or request.GET.get("punt", "")
    huidige = next((regel for regel in regels if str(regel.pk) == gevraagd), None)
    if gevraagd and huidige is None:
        raise Refused("triage.view_aanmelding", "agendapunt", {"punt": gevraagd})
    op_tafel = next((regel for regel in regels if tafel and regel.pk == tafel.punt_id), None)
    huidige = (
        huidige or op_tafel or next((r for r in regels if not r.besloten), None) or next(iter(regels), None)
    )
    url = reverse("triage:overleg_detail", args=[overleg.pk])
    for nummer, regel in enumerate(regels, start=1):
        regel.nummer, regel.url = nummer, f"{url}?punt={regel.pk}"
        regel.nu, regel.op_tafel = regel is huidige, regel is op_tafel
    return Agenda(regels, volgt=not gevraagd, tafel=tafel)


def _known(plaatsen: Iterable[BekendePlaats], overleg: Overleg) -> list[Regel]:
    rang = {str(urgentie): plek for plek, urgentie in enumerate(URGENTIEVOLGORDE)}
    return [
        Regel(
            plaats.punt_id,
            (rang.get(plaats.urgentie, len(rang)), plaats.volgorde or 0, plaats.punt_id),
            bool(plaats.besloten),
        )
        for plaats in plaatsen
        if plaats.overleg_id == overleg.pk and plaats.punt_id is not None
    ]
