"""Een verzonnen jaar, zonder database: ware aantallen, gemaakt en uitgegeven zoals de taak het doet."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from rapportage import catalogus as c
from rapportage.afronden import GRENS, BoundNotMet, round_family
from rapportage.samenstellen import Maandstand, fill_tables, problems, sum_table
from rapportage.uitvoer import CATALOGUS, _end, hash_bytes, name_file, name_period, write_table

ORGANISATIES = [(f"org{nummer}", f"Organisatie {nummer}") for nummer in range(8)]
INHOUD = c.compose(
    {"organisatie": ORGANISATIES, "soort": [(f"T{nummer}", "Termijn") for nummer in range(12)]}
)
DEEL = {
    "meldingen": 1.0, "uitvragen": 0.6, "triages": 0.3, "contacten": 1.0, "casus": 0.03, "casusstand": 0.02,
    "schaling": 0.01, "nazorg": 0.02, "termijn": 0.5, "stap": 0.6, "voorzieningen": 0.5,
}  # fmt: skip
"""Of each family so many per melding."""


class Jaar:
    """A year of so many meldingen; `families` by their trunk (all when none are named)."""

    def __init__(
        self, per_jaar: int, *, zaad: int = 1, families: Sequence[str] = (), maanden: int = 12
    ) -> None:
        self.catalogus = c.read(INHOUD)
        self.families = [f for f in self.catalogus.families if not families or f.stam.code in families]
        self.random = np.random.default_rng(zaad)
        self.kansen = {
            code: self.random.dirichlet(np.ones(len(kenmerk.vakken)) * 2)
            for code, kenmerk in self.catalogus.kenmerken.items()
        }
        self.eerder: dict[str, list[Maandstand]] = {}
        self.bestanden: dict[str, bytes] = {}
        self.regels: list[dict[str, Any]] = []
        for maand in range(1, maanden + 1):
            for familie in self.families:
                waar = self.draw(familie, self.random.poisson(per_jaar * DEEL[familie.stam.code] / 12))
                self.close(familie, date(2026, maand, 1), waar)

    def draw(self, familie: c.Familie, aantal: int) -> dict[str, Any]:
        """True counts of one month: every feature drawn by itself, a mention of each thing in four of five cases."""
        codes = {code for kubus in familie.kubussen for code in kubus.kenmerken}
        getrokken = {
            code: self.random.choice(len(self.kansen[code]), aantal, p=self.kansen[code])
            for code in sorted(codes)
        }
        waar = {}
        for kubus in familie.kubussen:
            vorm = self.catalogus.shape(kubus)
            vak = np.ravel_multi_index([getrokken[code] for code in kubus.kenmerken], vorm)
            if kubus.meervoudig:
                vak = vak[self.random.random(aantal) < 0.8]
            waar[kubus.code] = np.bincount(vak, minlength=int(np.prod(vorm)))
        return waar

    def close(self, familie: c.Familie, maand: date, waar: dict[str, Any]) -> None:
        stam, *takken = problems(self.catalogus, familie, maand, waar, self.eerder)
        rond = dict(zip((k.code for k in familie.kubussen), round_family(stam, takken), strict=True))
        for tabel, periode, begin, aantallen in fill_tables(
            self.catalogus, familie, maand, rond, self.eerder
        ):
            kubus = next(k for k in familie.kubussen if tabel in k.tabellen)
            naam = name_file(tabel.code, periode, begin)
            cellen = list(zip(self.catalogus.cells(tabel), map(int, aantallen), strict=True))
            self.bestanden[naam] = write_table(tabel.kenmerken, cellen)
            self.regels.append(
                {
                    "bestand": naam, "tabel": tabel.code, "kubus": kubus.code, "familie": familie.stam.code,
                    "kolommen": list(tabel.kenmerken), "telt": "mensen" if tabel.mensen else "dingen",
                    "stand": familie.stand, "meervoudig": kubus.meervoudig, "grens": GRENS,
                    "periode": {
                        "soort": periode, "naam": name_period(periode, begin), "van": begin.isoformat(),
                        "tot": _end(periode, begin).isoformat(),
                    },
                    "sha256": hash_bytes(self.bestanden[naam]),
                }
            )  # fmt: skip
        for kubus in familie.kubussen:
            self.eerder.setdefault(kubus.code, []).append(
                Maandstand(maand, waar[kubus.code], rond[kubus.code])
            )

    def files(self) -> dict[str, bytes]:
        """What an outsider gets."""
        catalogus = {"tabellen": self.regels, "indelingen": {"2026": INHOUD}}
        return {**self.bestanden, CATALOGUS: json.dumps(catalogus).encode()}

    def errors(self) -> dict[tuple[str, int], list[tuple[Any, Any]]]:
        """Per period and number of features: published minus true, and true, of every table."""
        gevonden: dict[tuple[str, int], list[tuple[Any, Any]]] = {}
        for familie in self.families:
            for kubus in familie.kubussen:
                for tabel in kubus.tabellen:
                    for periode in tabel.perioden:
                        self._add(gevonden, familie, kubus, tabel, periode)
        return gevonden

    def _add(self, gevonden: Any, familie: c.Familie, kubus: c.Kubus, tabel: c.Tabel, periode: str) -> None:
        lengte = {"maand": 1, "kwartaal": 3, "jaar": 12}[periode]
        standen = self.eerder[kubus.code]
        for begin in range(0, len(standen) - lengte + 1, lengte):
            deel = standen[begin : begin + lengte][-1 if familie.stand else 0 :]
            waar = sum(sum_table(self.catalogus, kubus, tabel, s.waar) for s in deel)
            rond = sum(sum_table(self.catalogus, kubus, tabel, s.rond) for s in deel)
            gevonden.setdefault((periode, len(tabel.kenmerken)), []).append((rond - waar, waar))


def round_year(*args: Any, **more: Any) -> Jaar:
    """A rounded year. Now and then the months before leave a month no way out (ADR 13): then nothing is published."""
    for _keer in range(3):
        try:
            return Jaar(*args, **more)
        except BoundNotMet:
            continue
    raise AssertionError("drie jaren achter elkaar liep een maand vast")
