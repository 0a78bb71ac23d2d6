"""De uitvraag van het voorportaal, overal na triage hergebruikt."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from intake.metingen import told
from intake.models import Antwoord, Metingantwoord, Metingreden, Uitvraag, Uitvraagmethode


@dataclass
class Uitvraagbeeld:
    """De acht leefgebieden van één melding, zoals het wiel en de feiten ernaast ze nodig hebben."""

    scores: dict[str, int | None] = field(default_factory=dict)
    toelichtingen: dict[str, str] = field(default_factory=dict)
    eigen_kracht: list[tuple[str, str]] = field(default_factory=list)
    netwerk: list[tuple[str, str]] = field(default_factory=list)
    lopende_hulp: list[tuple[str, str]] = field(default_factory=list)
    wens: list[tuple[str, str]] = field(default_factory=list)

    @property
    def besproken(self) -> int:
        return sum(score is not None for score in self.scores.values())


@dataclass
class EersteUitvraag:
    """Wat het voorportaal vroeg, om naast een nieuwe score te zetten."""

    methode: Uitvraagmethode | None = None
    scores: dict[str, int] = field(default_factory=dict)
    woorden: dict[str, str] = field(default_factory=dict)
    eigen_kracht: list[str] = field(default_factory=list)
    netwerk: list[str] = field(default_factory=list)


TEKSTEN = ("eigen_kracht", "netwerk", "lopende_hulp", "wens")


def read_uitvraag(melding_id: int) -> Uitvraagbeeld:
    """Wat er per leefgebied is gezegd, met wat de triage verdiepte erbij; leeg als er nog geen uitvraag is."""
    beeld = Uitvraagbeeld()
    gevonden = {a.leefgebied: [a] for a in Antwoord.objects.filter(uitvraag__melding_id=melding_id)}
    for later in _deepened([melding_id]):
        gevonden.setdefault(later.leefgebied, []).append(later)
    for leefgebied, label in Antwoord._meta.get_field("leefgebied").flatchoices:
        antwoorden = gevonden.get(str(leefgebied), [])
        if not antwoorden:
            continue
        scores = [antwoord.score for antwoord in antwoorden if antwoord.score]
        beeld.scores[str(leefgebied)] = scores[-1] if scores else None
        if gezegd := "\n".join(filter(None, (antwoord.toelichting for antwoord in antwoorden))):
            beeld.toelichtingen[str(leefgebied)] = gezegd
        for naam in TEKSTEN:
            if tekst := "\n".join(filter(None, (getattr(antwoord, naam) for antwoord in antwoorden))):
                getattr(beeld, naam).append((str(label), tekst))
    return beeld


def read_first(melding_id: int) -> EersteUitvraag:
    """De uitvraag zoals het voorportaal haar opschreef; zonder uitvraag is alles leeg."""
    uitvraag = (
        Uitvraag.objects.filter(melding_id=melding_id)
        .select_related("methode")
        .prefetch_related("antwoorden")
        .first()
    )
    if uitvraag is None:
        return EersteUitvraag()
    eerst = EersteUitvraag(methode=uitvraag.methode)
    gevonden = {antwoord.leefgebied: antwoord for antwoord in uitvraag.antwoorden.all()}
    for leefgebied, label in Antwoord._meta.get_field("leefgebied").flatchoices:
        antwoord = gevonden.get(str(leefgebied))
        if antwoord is None:
            continue
        if antwoord.score:
            eerst.scores[antwoord.leefgebied] = antwoord.score
        if gezegd := told(antwoord):
            eerst.woorden[antwoord.leefgebied] = gezegd
        for naam in ("eigen_kracht", "netwerk"):
            if tekst := getattr(antwoord, naam):
                getattr(eerst, naam).append(f"{label}: {tekst}")
    return eerst


def scores_by_melding(melding_ids: Iterable[int]) -> dict[int, dict[str, int | None]]:
    """Per melding die wie handelt ziet de scores voor de stippen op een kaart; wat de triage later vroeg gaat voor."""
    scores: dict[int, dict[str, int | None]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM triage_stippen(%s::bigint[])", [list(melding_ids)])
        for melding_id, leefgebied, score in cursor.fetchall():
            scores.setdefault(melding_id, {})[leefgebied] = score
    return scores


def _deepened(melding_ids: Iterable[int]) -> "QuerySet[Metingantwoord]":
    """Wat de triage later vroeg, oudste eerst."""
    return Metingantwoord.objects.filter(
        meting__melding_id__in=list(melding_ids), meting__reden=Metingreden.TRIAGE
    ).order_by("meting__afgenomen_op", "pk")
