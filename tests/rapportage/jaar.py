"""Een verzonnen jaar, zonder database: ware aantallen, gemaakt en uitgegeven zoals de taak het doet."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from rapportage import catalogus as c
from rapportage.afronden import GRENS
from rapportage.maken import round_month
from rapportage.models import Periode
from rapportage.samenstellen import Maandstand, disagrees, fill_tables, month_tables, sum_table
from rapportage.tijdvak import Tijdvak
from rapportage.uitvoer import CATALOGUS, _period, hash_bytes, name_file, only, write_table

ORGANISATIES = [(f"org{nummer}", f"Organisatie {nummer}") for nummer in range(8)]
INHOUD = c.compose(
    {"organisatie": ORGANISATIES, "soort": [(f"T{nummer}", "Termijn") for nummer in range(12)]}
)
DEEL = {
    "meldingen": 1.0, "uitvragen": 0.6, "triages": 0.3, "casus": 0.03, "casusstand": 0.02,
    "schaling": 0.01, "nazorg": 0.02, "verloop": 0.1, "termijn": 0.5, "stap": 0.6, "voorzieningen": 0.5, "inzet": 0.05,
    "wachtend": 0.7,
    "doel": 0.04,
}  # fmt: skip
"""Of each family so many per melding."""
KANSEN = {"telling": [0.06, 0.34, 0.02, 0.58], "nuldelijn": [0.7, 0.3]}
"""Most contacts bring up one melding, and most meldingen are their person's first of the year."""


def trim(zoveel: int) -> dict[str, Any]:
    """The catalogue with at most so many values of everything, for programs that work out every cell."""
    kort = json.loads(json.dumps(INHOUD))
    heel = {"telling", "eerste", "nuldelijn", "gebeurtenis", "stap", "richting", "verloop", "uitkomst"}
    for kenmerk in kort["kenmerken"]:
        if kenmerk["code"] not in heel:
            kenmerk["vakken"] = kenmerk["vakken"][:zoveel]
    return kort


class Jaar:
    """A year of so many meldingen; `families` by their trunk (all when none are named).

    `los`: what two families both count is rounded twice, as it should not be.
    """

    def __init__(
        self,
        per_jaar: int,
        *,
        zaad: int = 1,
        families: Sequence[str] = (),
        maanden: int = 12,
        inhoud: dict[str, Any] = INHOUD,
        los: bool = False,
    ) -> None:
        self.inhoud, self.los = inhoud, los
        self.catalogus = c.read(inhoud)
        self.families = [f for f in self.catalogus.families if not families or f.stam.code in families]
        self.random = np.random.default_rng(zaad)
        self.kansen = {
            code: np.array(KANSEN.get(code) or self.random.dirichlet(np.ones(len(kenmerk.vakken)) * 2))
            for code, kenmerk in self.catalogus.kenmerken.items()
        }
        self.eerder: dict[str, list[Maandstand]] = {}
        self.bestanden: dict[str, bytes] = {}
        self.regels: list[dict[str, Any]] = []
        for maand in range(1, maanden + 1):
            self.elders: dict[str, Any] = {}
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
        if familie.stam.code == "casus" and self.eerder.get("casusstand"):
            self.close_no_more_than_there_are(waar["casus"])
        if familie.stam.code == "stap" and self.eerder.get("wachtend"):
            self.close_about_what_comes(waar)
        self.tie(familie, waar)
        if familie.stroom and self.eerder.get(familie.stam.code):
            self.follow(familie, waar)
        return waar

    def tie(self, familie: c.Familie, waar: dict[str, Any]) -> None:
        """What two families both count is one true number."""
        for band in familie.stam.banden:
            if band.tabel in self.elders:
                vondst = self.catalogus.find(band.tabel)
                assert vondst is not None
                aantal = self.elders[band.tabel][0][self.catalogus.cells(vondst[2]).index(list(band.cel))]
                rij = self.catalogus.kenmerken[familie.stam.kenmerken[0]].waarden.index(band.waarde)
                if not band.gelijk and waar[familie.stam.code][rij] >= aantal:
                    continue
                waar[familie.stam.code][rij] = aantal
                for tak in familie.takken:
                    deel = waar[tak.code].reshape(len(waar[familie.stam.code]), -1)
                    deel[rij] = self.random.multinomial(aantal, np.ones(deel.shape[1]) / deel.shape[1])

    def close_no_more_than_there_are(self, casus: Any) -> None:
        """What can't have been closed, since it wasn't there, was opened instead."""
        open_, dicht = casus.reshape(2, -1)
        while dicht.sum() > open_.sum() + self.eerder["casusstand"][-1].waar.sum():
            cel = self.random.choice(np.flatnonzero(dicht))
            dicht[cel] -= 1
            open_[cel] += 1

    def follow(self, familie: c.Familie, waar: dict[str, Any]) -> None:
        """A stand is the one before, plus what came, less what went."""
        assert familie.stroom is not None
        kanten = (familie.stroom.erbij, familie.stroom.eraf)
        if any(self.kubus_of(tabel).code not in self.eerder for tabel, _ in kanten):
            return
        erbij, eraf = (self.last(tabel, cel) for tabel, cel in kanten)
        stand = self.eerder[familie.stam.code][-1].waar.copy()
        for _ in range(erbij):
            stand[self.random.integers(len(stand))] += 1
        for _ in range(eraf):
            stand[self.random.choice(np.flatnonzero(stand))] -= 1
        for band in familie.stam.banden:
            plek = self.catalogus.kenmerken[familie.stam.kenmerken[0]].waarden.index(band.waarde)
            while band.tabel in self.elders and stand[plek] < self.last(band.tabel, band.cel):
                ander = self.random.choice([n for n in np.flatnonzero(stand) if n != plek])
                stand[plek] += 1
                stand[ander] -= 1
        waar[familie.stam.code] = stand

    def kubus_of(self, tabel: str) -> c.Kubus:
        vondst = self.catalogus.find(tabel)
        assert vondst is not None
        return vondst[1]

    def last(self, tabel: str, cel: Sequence[str]) -> int:
        """What was true in the last month of one cell of a table."""
        vondst = self.catalogus.find(tabel)
        assert vondst is not None
        nummer = self.catalogus.cells(vondst[2]).index(list(cel))
        return int(sum_table(self.catalogus, *vondst[1:], self.eerder[vondst[1].code][-1].waar)[nummer])

    def close_about_what_comes(self, waar: dict[str, Any]) -> None:
        """So many meldingen are closed that what is left open stays about as much, and at least what has no route yet."""
        stand, komt = int(self.eerder["wachtend"][-1].waar.sum()), self.last("meldingen", ())
        blijft = max(self.random.poisson(0.1 * komt + 5), self.last("route", ("nog open",)))
        rij = self.catalogus.kenmerken["stap"].waarden.index("melding tot afgehandeld")
        waar["stap"][rij] = max(0, stand + komt - blijft - self.random.poisson(0.5 * komt))
        deel = waar["stap-klasse"].reshape(len(waar["stap"]), -1)
        deel[rij] = self.random.multinomial(waar["stap"][rij], np.ones(deel.shape[1]) / deel.shape[1])

    def close(self, familie: c.Familie, maand: date, waar: dict[str, Any]) -> None:
        assert not disagrees(self.catalogus, familie, maand, waar, self.eerder, self.elders)
        if self.los:
            familie = familie.untied()
        rond = round_month(self.catalogus, familie, maand, waar, self.eerder, self.elders)
        self.elders |= month_tables(self.catalogus, familie, waar, rond)
        for tabel, periode, begin, aantallen in fill_tables(
            self.catalogus, familie, maand, waar, rond, self.eerder
        ):
            kubus = next(k for k in familie.kubussen if tabel in k.tabellen)
            tijdvak = Tijdvak(begin, Periode(periode))
            naam = name_file(tabel.code, tijdvak)
            cellen = list(zip(self.catalogus.cells(tabel), map(int, aantallen), strict=True))
            self.bestanden[naam] = write_table(tabel.kenmerken, cellen)
            self.regels.append(
                {
                    "bestand": naam, "tabel": tabel.code, "kubus": kubus.code, "familie": familie.stam.code,
                    "kolommen": list(tabel.kenmerken), "telt": tabel.telt, "alleen": only(kubus, tabel),
                    "stand": familie.stand, "meervoudig": kubus.meervoudig, "grens": GRENS,
                    "periode": _period(tijdvak),
                    "sha256": hash_bytes(self.bestanden[naam]),
                }
            )  # fmt: skip
        for kubus in familie.kubussen:
            self.eerder.setdefault(kubus.code, []).append(
                Maandstand(maand, waar[kubus.code], rond[kubus.code])
            )

    def files(self) -> dict[str, bytes]:
        """What an outsider gets."""
        catalogus = {"tabellen": self.regels, "indelingen": {"2026": self.inhoud}}
        return {**self.bestanden, CATALOGUS: json.dumps(catalogus).encode()}

    def witness(self) -> dict[str, dict[date, Any]]:
        """What the maker shows the auditor."""
        return {code: {stand.maand: stand.rond for stand in standen} for code, standen in self.eerder.items()}

    def truth(self) -> dict[str, dict[date, Any]]:
        """What is true, in the same cells."""
        return {code: {stand.maand: stand.waar for stand in standen} for code, standen in self.eerder.items()}

    def published_errors(self) -> dict[str, list[Any]]:
        """Published minus true, of what was really published: a table that was left out isn't there."""
        gevonden: dict[str, list[Any]] = {}
        for regel in self.regels:
            vondst = self.catalogus.find(regel["tabel"])
            assert vondst is not None
            _familie, kubus, tabel = vondst
            van, tot = (date.fromisoformat(regel["periode"][kant]) for kant in ("van", "tot"))
            standen = [s for s in self.eerder[kubus.code] if van <= s.maand < tot][
                -1 if regel["stand"] else 0 :
            ]
            fout = sum(sum_table(self.catalogus, kubus, tabel, s.rond - s.waar) for s in standen)
            gevonden.setdefault(regel["periode"]["soort"], []).append(fout)
        return gevonden

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
