"""Hoe vaak professionals anders beslissen dan het protocol, en waarom. PostgreSQL telt, rondt af en laat kleine weg (0008)."""

from dataclasses import dataclass, field

from django.db import connection

from triage.models import Afwijkreden, Bord, Protocolversie, Uitkomst, Urgentie
from triage.protocol.afwijken import VERGELEKEN

ONDERDELEN = {"uitkomst": "Waarheen", "bord": "Team", "urgentie": "Urgentie"}
KEUZELIJST = {"uitkomst": Uitkomst, "bord": Bord, "urgentie": Urgentie}
Cel = tuple[int | None, int | None]
"""Hoe vaak aangeraden, hoe vaak anders besloten; None is één tot en met negen."""


@dataclass(frozen=True)
class Afwijkregel:
    """One line of a table: what was advised, how often, and how often it was decided otherwise."""

    naam: str
    gegeven: int | None
    afgeweken: int | None
    redenen: list[tuple[str, int | None]] = field(default_factory=list)
    nummer: int | None = None

    @property
    def procent(self) -> int | None:
        """Of the times advised; None where either count is too small to say."""
        if not self.gegeven or self.afgeweken is None:
            return None
        return min(100, round(100 * self.afgeweken / self.gegeven))


@dataclass(frozen=True)
class Afwijkingen:
    totaal: Afwijkregel
    onderdelen: list[Afwijkregel]
    regels: list[Afwijkregel]
    verschuivingen: list[tuple[str, str, str, int | None]]
    redenen: list[tuple[str, int | None]]

    @property
    def zeldzaam(self) -> list[str]:
        """The reasons that were given too few times to say how many."""
        return [reden for reden, aantal in self.redenen if aantal is None]


def count_deviations(versie: Protocolversie) -> Afwijkingen:
    """The counts of one version; empty for who may not see them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT maat, sleutel, gegeven, afgeweken FROM triage_tel_afwijkingen(%s)", [versie.pk]
        )
        cellen: dict[tuple[str, str], Cel] = {
            (maat, sleutel): (gegeven, afgeweken) for maat, sleutel, gegeven, afgeweken in cursor.fetchall()
        }
    namen = [str(regel.get("naam", "")) for regel in versie.regels]
    return Afwijkingen(
        totaal=Afwijkregel("Adviezen", *cellen.get(("totaal", ""), (0, 0))),
        onderdelen=[
            Afwijkregel(ONDERDELEN[deel], *cellen.get(("onderdeel", deel), (0, 0))) for deel in VERGELEKEN
        ],
        regels=[
            Afwijkregel(
                f"{namen[int(nummer) - 1] if int(nummer) <= len(namen) else '?'}: {ONDERDELEN[deel].lower()}",
                *cel,
                redenen=_reasons(cellen, "regelreden", f"{nummer}|{deel}|"),
                nummer=int(nummer),
            )
            for nummer, deel, cel in sorted(
                ((*sleutel.split("|"), cel) for (maat, sleutel), cel in cellen.items() if maat == "regel"),
                key=lambda een: (int(een[0]), VERGELEKEN.index(een[1])),
            )
        ],
        verschuivingen=sorted(
            (
                (ONDERDELEN[deel], label_of(deel, raad), label_of(deel, koos), cel[1])
                for deel, raad, koos, cel in (
                    (*sleutel.split("|"), cel) for (maat, sleutel), cel in cellen.items() if maat == "koos"
                )
            ),
            key=lambda een: (-(een[3] or 0), een[:3]),
        ),
        redenen=_reasons(cellen, "reden", ""),
    )


def label_of(deel: str, waarde: str) -> str:
    keuzes = KEUZELIJST[deel]
    return str(keuzes(waarde).label) if waarde in keuzes.values else "geen"


def _reasons(cellen: dict[tuple[str, str], Cel], maat: str, begin: str) -> list[tuple[str, int | None]]:
    """The most given first; those too few to count last."""
    labels = dict(Afwijkreden.choices)
    found = [
        (str(labels.get(sleutel.removeprefix(begin), sleutel)), cel[1])
        for (welke, sleutel), cel in cellen.items()
        if welke == maat and sleutel.startswith(begin)
    ]
    return sorted(found, key=lambda een: (-(een[1] or 0), een[0]))
