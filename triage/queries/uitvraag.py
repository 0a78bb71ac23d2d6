"""De uitvraag van het voorportaal, overal na triage hergebruikt."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from intake.models import Antwoord


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


def read_uitvraag(melding_id: int) -> Uitvraagbeeld:
    """Wat er per leefgebied is gezegd; leeg als er nog geen uitvraag is."""
    beeld = Uitvraagbeeld()
    gevonden = {a.leefgebied: a for a in Antwoord.objects.filter(uitvraag__melding_id=melding_id)}
    for leefgebied, label in Antwoord._meta.get_field("leefgebied").flatchoices:
        antwoord = gevonden.get(str(leefgebied))
        if antwoord is None:
            continue
        beeld.scores[antwoord.leefgebied] = antwoord.score
        if antwoord.toelichting:
            beeld.toelichtingen[antwoord.leefgebied] = antwoord.toelichting
        for naam in ("eigen_kracht", "netwerk", "lopende_hulp", "wens"):
            if tekst := getattr(antwoord, naam):
                getattr(beeld, naam).append((str(label), tekst))
    return beeld


def scores_by_melding(melding_ids: Iterable[int]) -> dict[int, dict[str, int | None]]:
    """Per melding de scores voor de stippen op een kaart: één query voor het hele bord."""
    scores: dict[int, dict[str, int | None]] = {}
    rijen = Antwoord.objects.filter(uitvraag__melding_id__in=list(melding_ids))
    for melding_id, leefgebied, score in rijen.values_list("uitvraag__melding_id", "leefgebied", "score"):
        scores.setdefault(melding_id, {})[leefgebied] = score
    return scores
