"""Twee methoden naast elkaar: aantallen, nooit mensen. PostgreSQL telt, rondt af en laat kleine groepen weg (0012)."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection

from intake.models import Afhandeling, Score, Uitvraagmethode
from intake.vragen import LABELS

KLEIN = "te klein"
KLEINSTE_VERSCHIL = 0.1
"""Leefgebieden: minder is geen verschil waar iemand iets aan heeft, ook als het er zeker is."""
ROUTES = {**{route.value: str(route.label) for route in Afhandeling}, "nog open": "Nog open"}


@dataclass
class Meetpunt:
    """Wat er van één methode te zeggen is. None: minder dan tien, dus niet gezegd."""

    methode: Uitvraagmethode
    cellen: dict[tuple[str, str], Decimal | None] = field(default_factory=dict)

    def count(self, maat: str, sleutel: str = "") -> int | None:
        """Een aantal, op vijf afgerond; 0 als het er niet is, None als het te klein is om te zeggen."""
        found = self.cellen.get((maat, sleutel), Decimal(0))
        return None if found is None else int(found)

    def figure(self, maat: str, sleutel: str) -> float | None:
        found = self.cellen.get((maat, sleutel))
        return None if found is None else float(found)

    @property
    def uitvragen(self) -> int | None:
        return self.count("uitvragen")

    @property
    def is_groot(self) -> bool:
        """Genoeg uitvragen om er meer van te zeggen dan dat ze er zijn."""
        return bool(self.uitvragen)

    def share(self, maat: str, sleutel: str) -> int | None:
        """Procent van de uitvragen; bij scores procent van alle gegeven scores."""
        aantal = self.count(maat, sleutel)
        noemer = self._scored() if maat == "score" else self.uitvragen
        return None if aantal is None or not noemer else min(100, round(100 * aantal / noemer))

    def _scored(self) -> int:
        return sum(self.count("score", str(score.value)) or 0 for score in Score)


@dataclass(frozen=True)
class Regel:
    """Eén regel van de tabel: een naam, en per methode wat er staat."""

    label: str
    cellen: list[str]


@dataclass(frozen=True)
class Blok:
    titel: str
    regels: list[Regel]
    uitleg: str = ""


@dataclass(frozen=True)
class Vergelijking:
    methoden: list[Meetpunt]
    blokken: list[Blok]
    bevinding: str
    sinds: date | None = None
    """Vanaf deze dag is geteld; None: alles."""


def compare_methoden(*, samen: bool = False) -> Vergelijking:
    """Alle methoden waarmee gevraagd is of wordt, naast elkaar; leeg voor wie de aantallen niet mag zien.

    Met `samen` telt alleen wat gevraagd is sinds de jongste methode in gebruik is: dan liepen ze naast elkaar.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT methode_id, maat, sleutel, aantal FROM intake_vergelijk_methoden(%s)", [samen])
        rows = cursor.fetchall()
    sinds = next((date.fromisoformat(sleutel) for _, maat, sleutel, _ in rows if maat == "sinds"), None)
    asked = Uitvraagmethode.objects.exclude(geldig_van=None).order_by("naam", "versie")
    found = {methode.pk: Meetpunt(methode) for methode in asked}
    for methode_id, maat, sleutel, aantal in rows:
        if methode_id in found:
            found[methode_id].cellen[maat, sleutel] = aantal
    punten = list(found.values())
    return Vergelijking(
        punten, _blocks(punten), say_difference([punt for punt in punten if punt.is_groot]), sinds
    )


def _blocks(punten: list[Meetpunt]) -> list[Blok]:
    def line(label: str, say: Callable[[Meetpunt], str]) -> Regel:
        return Regel(label, [say(punt) if punt.is_groot else "" for punt in punten])

    return [
        Blok(
            "Hoeveel en hoe breed",
            [
                Regel("Uitvragen", [_count(punt.uitvragen) for punt in punten]),
                line(
                    "Besproken leefgebieden, gemiddeld", lambda p: _decimal(p.figure("dekking", "gemiddeld"))
                ),
                line("Duur van het gesprek, mediaan", lambda p: _minutes(p.figure("duur", "mediaan"))),
            ],
            "De duur staat er bij tien gesprekken of meer, van minstens drie medewerkers: het gaat om de methode, niet om een"
            " collega.",
        ),
        Blok(
            "Wat er besproken is",
            [
                line(label, lambda p, g=gebied: _percent(p.share("besproken", g)))
                for gebied, label in LABELS.items()
            ],
            "Procent van de uitvragen waarin het leefgebied een score kreeg. Niet besproken is niet slecht: niet alles speelt"
            " altijd.",
        ),
        Blok(
            "Welke scores er gegeven zijn",
            [
                line(
                    f"{score.value} · {score.label.lower()}",
                    lambda p, s=score: _percent(p.share("score", str(s.value))),
                )
                for score in Score
            ],
            "Procent van alle gegeven scores, over de acht leefgebieden samen.",
        ),
        Blok(
            "Wat er daarna gebeurde",
            [
                line(label, lambda p, r=route: _percent(p.share("route", r)))
                for route, label in ROUTES.items()
            ],
            "Procent van de uitvragen, naar hoe de melding is afgehandeld.",
        ),
    ]


def say_difference(punten: list[Meetpunt]) -> str:
    """De zin bovenaan: alleen een verschil dat groter is dan twee keer de marge wordt genoemd."""
    if len(punten) < 2:
        return "Er is nog één methode met genoeg uitvragen. Vergelijken kan als een tweede er ook tien heeft."
    breed = sorted(punten, key=lambda p: p.figure("dekking", "gemiddeld") or 0)
    weinig, veel = breed[0], breed[-1]
    verschil = (veel.figure("dekking", "gemiddeld") or 0) - (weinig.figure("dekking", "gemiddeld") or 0)
    marge = max(2 * math.sqrt(sum(_variance(punt) for punt in (weinig, veel))), KLEINSTE_VERSCHIL)
    if verschil <= marge:
        return (
            "Er is geen verschil te zien in hoe breed er wordt uitgevraagd: wat er is, is kleiner dan twee keer de marge"
            f" ({_decimal(marge)} leefgebied)."
        )
    return (
        f"Met {veel.methode} komen gemiddeld {_decimal(verschil)} leefgebieden meer aan bod dan met {weinig.methode}."
        f" Dat is meer dan twee keer de marge ({_decimal(marge)})."
    )


def _variance(punt: Meetpunt) -> float:
    return (punt.figure("dekking", "spreiding") or 0) ** 2 / (punt.uitvragen or 1)


def _count(aantal: int | None) -> str:
    return "minder dan 10" if aantal is None else str(aantal)


def _percent(deel: int | None) -> str:
    return KLEIN if deel is None else f"{deel}%"


def _decimal(getal: float | None) -> str:
    return KLEIN if getal is None else f"{getal:.1f}".replace(".", ",")


def _minutes(seconden: float | None) -> str:
    if seconden is None:
        return KLEIN
    minuten, rest = divmod(round(seconden), 60)
    return f"{minuten} min" + (" 30" if rest else "")
