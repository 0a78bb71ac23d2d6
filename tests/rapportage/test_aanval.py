"""Aanvallen op alles wat gepubliceerd is: aftrekken in tijd en filters, en iemand die een deel al weet."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from rapportage.catalogus import Familie, Kubus, Tabel
from rapportage.samenstellen import sum_table
from tests.rapportage.jaar import Jaar, round_year


@pytest.fixture(scope="module")
def jaar() -> Jaar:
    return round_year(2500, families=("triages", "contacten", "casus"))


def tables(jaar: Jaar) -> list[tuple[Familie, Kubus, Tabel]]:
    return [(f, k, t) for f in jaar.families for k in f.kubussen for t in k.tabellen]


def published(jaar: Jaar, kubus: Kubus, tabel: Tabel, maanden: slice) -> Any:
    return sum(sum_table(jaar.catalogus, kubus, tabel, s.rond) for s in jaar.eerder[kubus.code][maanden])


def true(jaar: Jaar, kubus: Kubus, tabel: Tabel, maanden: slice) -> Any:
    return sum(sum_table(jaar.catalogus, kubus, tabel, s.waar) for s in jaar.eerder[kubus.code][maanden])


class TestBound:
    def test_holds_in_every_table_of_every_period(self, jaar: Jaar) -> None:
        for delen in jaar.errors().values():
            assert max(int(np.abs(fout).max()) for fout, _ in delen) <= 9

    def test_holds_in_every_quarter_and_year_so_far(self, jaar: Jaar) -> None:
        """Also for who waits for no quarter to end but adds up the months that are there."""
        for _, kubus, tabel in tables(jaar):
            for periode, lengte in (("kwartaal", 3), ("jaar", 12)):
                if periode in tabel.perioden:
                    for maand in range(12):
                        deel = slice(maand - maand % lengte, maand + 1)
                        fout = published(jaar, kubus, tabel, deel) - true(jaar, kubus, tabel, deel)
                        assert np.abs(fout).max() <= 9

    def test_mean_error_is_not_worse_than_what_was_measured_before(self, jaar: Jaar) -> None:
        """The table of shared/anonimisering.md. The larger measurement stands in tests/prestatie."""
        grenzen = {("maand", 1): 1.8, ("kwartaal", 2): 2.3, ("jaar", 2): 3.0}
        for (periode, kenmerken), delen in jaar.errors().items():
            if (periode, kenmerken) in grenzen:
                gemiddeld = np.abs(np.concatenate([fout for fout, _ in delen])).mean()
                assert gemiddeld <= grenzen[periode, kenmerken]


class TestFive:
    def test_published_where_there_was_nobody_proves_nobody(self, jaar: Jaar) -> None:
        """Whoever works out that a hidden number is five and not nothing, still doesn't know that there was anyone."""
        vijf = [
            (waar[fout + waar == 5] == 0).sum() for delen in jaar.errors().values() for fout, waar in delen
        ]

        assert sum(vijf) > 10


class TestDifferencing:
    def test_of_periods_gives_only_another_published_number(self, jaar: Jaar) -> None:
        """A quarter less two months is the third month; a year less three quarters the fourth."""
        for _, kubus, tabel in tables(jaar):
            if len(tabel.kenmerken) == 1:
                jaarcijfer = published(jaar, kubus, tabel, slice(0, 12))
                kwartalen = [published(jaar, kubus, tabel, slice(b, b + 3)) for b in range(0, 12, 3)]
                assert (jaarcijfer - sum(kwartalen[:3]) == kwartalen[3]).all()
                maanden = [published(jaar, kubus, tabel, slice(m, m + 1)) for m in range(3)]
                assert (kwartalen[0] - maanden[0] - maanden[1] == maanden[2]).all()

    def test_of_filters_gives_only_another_published_number(self, jaar: Jaar) -> None:
        """Everybody less all gebieden but one is that gebied; the same number in every cube that shows it."""
        familie = jaar.families[0]
        stam = familie.stam
        gebied = next(t for t in stam.tabellen if t.kenmerken == ("gebied",))
        for tak in familie.takken:
            samen = next(t for t in tak.tabellen if len(t.kenmerken) == 2 and t.kenmerken[0] == "gebied")
            for begin in range(0, 12, 3):
                deel = slice(begin, begin + 3)
                per_gebied = published(jaar, stam, gebied, deel)
                assert (
                    published(jaar, tak, samen, deel).reshape(len(per_gebied), -1).sum(1) == per_gebied
                ).all()


class TestInsider:
    """The largest organisation knows its own true figures, and subtracts them from everything."""

    def test_learns_of_no_other_within_less_than_nine(self, jaar: Jaar) -> None:
        familie = next(f for f in jaar.families if f.stam.code == "contacten")
        stam = familie.stam
        tabel = next(t for t in stam.tabellen if t.kenmerken == ("organisatie", "kanaal"))
        vorm = jaar.catalogus.shape(stam)
        rond = published(jaar, stam, tabel, slice(0, 3)).reshape(vorm)
        waar = true(jaar, stam, tabel, slice(0, 3)).reshape(vorm)
        eigen = int(waar.sum(1).argmax())

        for organisatie in range(vorm[0]):
            for kanaal in range(0, vorm[1], 2):
                if organisatie != eigen:
                    minst, meest = self.work_out(rond, waar[eigen], eigen, (organisatie, kanaal))
                    assert meest - minst >= 9
                    assert minst <= waar[organisatie, kanaal] <= meest

    def work_out(self, rond: Any, weet: Any, eigen: int, doel: tuple[int, int]) -> tuple[float, float]:
        """A linear program over cells, rows, columns and total, with one row known exactly."""
        vorm = rond.shape
        cel = np.arange(rond.size).reshape(vorm)
        groepen = [[c] for c in cel.reshape(-1)] + list(cel) + list(cel.T) + [cel.reshape(-1)]
        som = np.zeros((len(groepen), rond.size))
        for nummer, groep in enumerate(groepen):
            som[nummer, groep] = 1
        getal = som @ rond.reshape(-1)
        kost = np.zeros(rond.size)
        kost[cel[doel]] = 1
        grenzen: list[tuple[float, float | None]] = [(0, None)] * rond.size
        for kanaal, aantal in enumerate(weet):
            grenzen[cel[eigen, kanaal]] = (float(aantal), float(aantal))
        uiteinden = []
        for kant in (1, -1):
            antwoord = linprog(
                kant * kost,
                A_ub=np.vstack([som, -som]),
                b_ub=np.concatenate([getal + 9, 9 - getal]),
                bounds=grenzen,
            )
            uiteinden.append(kant * antwoord.fun)
        return uiteinden[0], uiteinden[1]
