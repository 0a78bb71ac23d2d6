"""De besluitenlijst van één overleg: nummers, besluiten en wie; geen namen van inwoners en geen hulpvraag."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from intake.models import Melding
from skt.verantwoording.services import Gelezen
from skt.web.datums import short_date
from triage.models import Agendapunt, Besluit
from triage.queries.overleg import agenda

ZONDER_NUMMER = "niet (meer) op uw bord"


@dataclass(frozen=True)
class Besluitregel:
    """Wat er van één agendapunt op de lijst komt."""

    punt: Agendapunt
    nummer: str
    besluit: str
    partij: str
    wie: str
    uiterlijk: date | None

    @property
    def cellen(self) -> list[str]:
        """De regel als tekst, in de volgorde van de kolommen."""
        return [
            self.nummer,
            self.besluit,
            self.partij or "geen",
            self.wie or "nog niemand",
            short_date(self.uiterlijk) if self.uiterlijk else "geen datum",
        ]


@dataclass(frozen=True)
class Besluitenlijst:
    besloten: list[Besluitregel] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    telling: list[tuple[str, int]] = field(default_factory=list)
    gelezen: list[Gelezen] = field(default_factory=list)


def besluitenlijst(punten: "QuerySet[Agendapunt]") -> Besluitenlijst:
    """De lijst van deze punten, in de volgorde van behandelen; twee queries, hoeveel het er ook zijn.

    Een melding die na het besluit dicht is voor wie leest, houdt haar nummer: dat bewaart het agendapunt.
    """
    rijen = list(agenda(punten))
    meldingen = {
        pk: (nummer, inwoner)
        for pk, nummer, inwoner in Melding.objects.filter(
            pk__in=[punt.aanmelding.melding_id for punt in rijen]
        ).values_list("pk", "nummer", "inwoner_id")
    }

    def nummer_van(punt: Agendapunt) -> str:
        return punt.nummer or meldingen.get(punt.aanmelding.melding_id, (ZONDER_NUMMER, None))[0]

    besloten = [_regel(punt, nummer_van(punt)) for punt in rijen if punt.besluit]
    return Besluitenlijst(
        besloten=besloten,
        open=[nummer_van(punt) for punt in rijen if not punt.besluit],
        telling=_telling(besloten),
        gelezen=[
            Gelezen(
                "aanmelding", punt.aanmelding_id, meldingen.get(punt.aanmelding.melding_id, ("", None))[1]
            )
            for punt in rijen
        ],
    )


def _regel(punt: Agendapunt, nummer: str) -> Besluitregel:
    wie = [str(punt.casusregisseur)] if punt.casusregisseur else []
    if punt.procesregisseur:
        wie.append(f"{punt.procesregisseur} (procesregie)")
    return Besluitregel(
        punt,
        nummer,
        punt.get_besluit_display(),
        str(punt.partij) if punt.partij else "",
        ", ".join(wie),
        punt.uiterlijk,
    )


def _telling(regels: Iterable[Besluitregel]) -> list[tuple[str, int]]:
    """Hoe vaak elk besluit viel, in de volgorde van de keuzelijst."""
    aantallen = Counter(regel.besluit for regel in regels)
    return [(str(label), aantallen[str(label)]) for label in Besluit.labels if aantallen[str(label)]]
