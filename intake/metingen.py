"""Alle metingen op een rij: de uitvraag van het begin en wat er later is gemeten, zoals het wiel en de tabel ze tonen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from intake.models import Meting, Metingreden, Uitvraag, Uitvraagmethode
from intake.models.uitvraag import Leefgebiedantwoord
from intake.vragen import LABELS

BEGIN, NIEUWE_MELDING = "Begin", "Nieuwe melding"
STUKKEN = (
    ("eigen_kracht", "Eigen kracht"),
    ("netwerk", "Netwerk"),
    ("lopende_hulp", "Lopende hulp"),
    ("wens", "Wens"),
)


@dataclass(frozen=True)
class Meetmoment:
    """Eén keer dat er gemeten is: wanneer, door wie, waarom, met welke versie, en wat er gezegd is."""

    op: datetime
    wie: str
    reden: str
    methode: Uitvraagmethode
    melding_id: int
    scores: dict[str, int | None] = field(default_factory=dict)
    teksten: dict[str, str] = field(default_factory=dict)

    @property
    def heeft_tekst(self) -> bool:
        return any(self.teksten.values())


def read_metingen(melding_ids: Iterable[int]) -> list[Meetmoment]:
    """De metingen bij deze meldingen, oudste eerst, in een vast aantal queries. De aanroeper mag de meldingen zien."""
    ids = list(melding_ids)
    if not ids:
        return []
    uitvragen = (
        Uitvraag.objects.filter(melding_id__in=ids)
        .select_related("methode", "medewerker")
        .prefetch_related("antwoorden")
        .order_by("afgenomen_op", "pk")
    )
    begin = [
        _moment(uitvraag, NIEUWE_MELDING if index else BEGIN) for index, uitvraag in enumerate(uitvragen)
    ]
    later = (
        Meting.objects.filter(melding_id__in=ids)
        .select_related("methode", "medewerker")
        .prefetch_related("antwoorden")
        .order_by("afgenomen_op", "pk")
    )
    na = [_moment(meting, str(Metingreden(meting.reden).label)) for meting in later]
    return sorted([*begin, *na], key=lambda moment: moment.op)


def last_scores(metingen: Iterable[Meetmoment]) -> dict[str, int]:
    """Per leefgebied de laatst gegeven score; wat nooit is besproken staat er niet in."""
    known: dict[str, int] = {}
    for moment in metingen:
        known |= {gebied: score for gebied, score in moment.scores.items() if score is not None}
    return known


def told(antwoord: Leefgebiedantwoord) -> str:
    """Alles wat er over een leefgebied is opgeschreven, als één tekst."""
    parts = [
        antwoord.toelichting,
        *(f"{label}: {text}" for name, label in STUKKEN if (text := getattr(antwoord, name))),
    ]
    return "\n".join(filter(None, parts))


def _moment(bron: Uitvraag | Meting, reden: str) -> Meetmoment:
    antwoorden = {antwoord.leefgebied: antwoord for antwoord in bron.antwoorden.all()}
    return Meetmoment(
        op=bron.afgenomen_op,
        wie=str(bron.medewerker),
        reden=reden,
        methode=bron.methode,
        melding_id=bron.melding_id,
        scores={gebied: antwoorden[gebied].score for gebied in LABELS if gebied in antwoorden},
        teksten={gebied: told(antwoorden[gebied]) for gebied in LABELS if gebied in antwoorden},
    )
