"""Een stand van maand op maand: wat hetzelfde bleef houdt zijn getal, ook als in januari de indeling verandert."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from rapportage import catalogus as c
from rapportage.maken import round_month
from rapportage.samenstellen import Maandstand, ceilings, disagrees, drifts, month_tables, problems


def catalogue(*organisaties: str) -> c.Catalogus:
    return c.read(c.compose({"organisatie": [(code, code.upper()) for code in organisaties]}))


def cells(indeling: c.Catalogus, kubus: c.Kubus) -> list[tuple[str, ...]]:
    return [tuple(cel) for cel in indeling.cells(c.Tabel("", "", kubus.kenmerken, ()))]


class TestNewYear:
    def test_keeps_the_number_of_every_cell_that_has_the_same_values(self) -> None:
        """An organisation came, another went, so the cells are as many as they were and none is in its old place."""
        toen, nu = catalogue("mee", "sad", "weg"), catalogue("mee", "nieuw", "sad")
        familie = next(f for f in nu.families if f.stam.code == "casusstand")
        kubus = familie.stam
        was = dict.fromkeys(cells(toen, kubus), 0)
        status, niveau = "lopend", "casusregie"
        was |= {
            (status, niveau, "mee"): 7, (status, niveau, "sad"): 3, (status, niveau, "weg"): 2,
            ("nazorg", niveau, "overig"): 6, (status, niveau, "onbekend"): 1,
        }  # fmt: skip
        rond = {cel: aantal // 5 * 5 + 5 for cel, aantal in was.items()}
        december = Maandstand(
            date(2026, 12, 1), np.array([*was.values()]), np.array([*rond.values()]), indeling=toen
        )
        is_nu = {cel: was.get(cel, 0) for cel in cells(nu, kubus)}
        is_nu |= {
            (status, niveau, "sad"): 4, (status, niveau, "overig"): 2,  # That was the one that is gone.
            ("nazorg", niveau, "nieuw"): 4, ("nazorg", niveau, "overig"): 2,
        }  # fmt: skip

        (opgave,) = problems(
            nu, familie, date(2027, 1, 1), {kubus.code: np.array([*is_nu.values()])}, {kubus.code: [december]}
        )

        assert opgave.blijft is not None
        blijft = dict(zip(is_nu, opgave.blijft.tolist(), strict=True))
        vrij = {cel for cel, aantal in blijft.items() if aantal < 0}
        assert vrij == {
            *(cel for cel in is_nu if cel[2] == "nieuw"), (status, niveau, "sad"), ("nazorg", niveau, "overig"),
        }  # fmt: skip
        assert blijft[status, niveau, "mee"] == rond[status, niveau, "mee"]
        assert (
            blijft[status, niveau, "overig"] == rond[status, niveau, "weg"] + rond[status, niveau, "overig"]
        )
        assert {cel: n for cel, n in blijft.items() if cel not in vrij and cel[2] in {"mee", "sad", "onbekend"}} == {
            cel: rond[cel] for cel in is_nu if cel not in vrij and cel[2] in {"mee", "sad", "onbekend"}
        }  # fmt: skip


class TestOneFault:
    """Each month two casussen open and one closes. February is wrong once, in the stand or in what came."""

    def year(self, fouten: dict[int, tuple[int, int]]) -> tuple[list[int], dict[str, list[Maandstand]], Any]:
        """The months that were refused, what was kept of the others, and the check of one more number for June."""
        indeling = catalogue("mee")
        familie = next(f for f in indeling.families if f.stam.code == "casusstand")
        casus = next(f.stam for f in indeling.families if f.stam.code == "casus")
        eerder: dict[str, list[Maandstand]] = {}
        geweigerd, open_ = [], 40
        for nummer in range(1, 7):
            maand = date(2026, nummer, 1)
            open_ += 1
            stand_mis, komt_mis = fouten.get(nummer, (0, 0))
            stroom = np.zeros(indeling.shape(casus), np.int64)
            stroom[0].flat[0], stroom[1].flat[0] = 2 + komt_mis, 1
            stand = np.zeros(len(cells(indeling, familie.stam)), np.int64)
            stand[0] = open_ + stand_mis
            eerder.setdefault("casus", []).append(Maandstand(maand, stroom.reshape(-1), stroom.reshape(-1)))
            if disagrees(indeling, familie, maand, {"casusstand": stand}, eerder, {}):
                geweigerd.append(nummer)
            elif nummer < 6:
                eerder.setdefault("casusstand", []).append(Maandstand(maand, stand, stand))

        def juni(anders: int) -> bool:
            rond = stand.copy()
            rond[0] += anders
            return drifts(indeling, familie, maand, {"casusstand": stand}, {"casusstand": rond}, eerder)

        return geweigerd, eerder, juni

    @pytest.mark.parametrize(("stand_mis", "komt_mis"), [(-1, 0), (0, -1), (0, 40)])
    def test_costs_its_own_month_and_no_other(self, stand_mis: int, komt_mis: int) -> None:
        geweigerd, eerder, juni = self.year({2: (stand_mis, komt_mis)})

        assert geweigerd == [2]
        assert [stand.maand.month for stand in eerder["casusstand"]] == [1, 3, 4, 5]
        assert (juni(0), juni(18), juni(-18), juni(19), juni(-19)) == (False, False, False, True, True)

    def test_that_comes_back_costs_every_month_it_is_new_in(self) -> None:
        assert self.year({2: (0, 1), 5: (0, 1)})[0] == [2, 5]

    def test_names_both_sides_of_the_flow(self) -> None:
        """Meldingen, steps or where they wait: which of the three is wrong can't be told from here."""
        indeling = catalogue("mee")
        kubus = {f.stam.code: f.stam for f in indeling.families}
        familie = next(f for f in indeling.families if f.stam.code == "wachtend")
        januari, februari = date(2026, 1, 1), date(2026, 2, 1)
        niets = {code: np.zeros(int(np.prod(indeling.shape(k))), np.int64) for code, k in kubus.items()}
        eerder = {
            code: [Maandstand(maand, niets[code], niets[code]) for maand in (januari, februari)]
            for code in ("meldingen", "stap")
        }
        eerder["wachtend"] = [Maandstand(januari, niets["wachtend"], niets["wachtend"])]

        anders = disagrees(indeling, familie, februari, {"wachtend": niets["wachtend"] + 1}, eerder, {})

        assert anders == ("meldingen", "stap")


class TestPartOfAStand:
    def test_is_not_published_above_what_stayed_the_same(self) -> None:
        """Twelve at the loket, published as five. The same twelve have no route yet: as twenty they would push it up."""
        indeling = catalogue("mee")
        familie = next(f for f in indeling.families if f.stam.code == "meldingen")
        stand = next(f for f in indeling.families if f.stam.code == "wachtend").stam
        loket = np.zeros(len(cells(indeling, stand)), np.int64)
        loket[0] = 12
        eerder = {"wachtend": [Maandstand(date(2026, 1, 1), loket, loket // 5 * 5 - 5)]}
        route = next(k for k in familie.kubussen if k.code == "route")
        plek = [
            cel for cel in cells(indeling, route) if cel[-1] == "nog open" and cel[0] == "beide"
        ]  # fmt: skip
        waar = {}
        for kubus in familie.kubussen:
            eerste = next(
                n for n, cel in enumerate(cells(indeling, kubus)) if (cel in plek or kubus.code != "route") and cel[0] == "beide"
            )  # fmt: skip
            waar[kubus.code] = np.zeros(len(cells(indeling, kubus)), np.int64)
            waar[kubus.code][eerste] = 12

        hetzelfde = ceilings(indeling, familie, eerder, lambda _later: {"wachtend": loket})
        anders = ceilings(indeling, familie, eerder, lambda _later: {"wachtend": loket + 1})

        ((tabel, (cel, hoogstens)),) = hetzelfde.items()
        assert (tabel, hoogstens, anders) == ("route", 5, {})
        for _ in range(3):
            rond = round_month(indeling, familie, date(2026, 2, 1), waar, {}, {}, hetzelfde)
            assert month_tables(indeling, familie, waar, rond)["route"][1][cel] == 5
