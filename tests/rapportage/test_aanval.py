"""Aanvallen op alles wat gepubliceerd is: aftrekken in tijd en filters, en iemand die een deel al weet."""

import random
from typing import Any

import numpy as np
import pytest

from rapportage.catalogus import Familie, Kubus, Tabel
from rapportage.samenstellen import sum_table
from tests.rapportage.aanvaller import Aanvaller
from tests.rapportage.jaar import Jaar, trim


@pytest.fixture(scope="module")
def jaar() -> Jaar:
    return Jaar(2500, families=("triages", "casus"))


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
        for tak in (t for t in familie.takken if not t.meervoudig):
            samen = next(t for t in tak.tabellen if len(t.kenmerken) == 2 and t.kenmerken[0] == "gebied")
            for begin in range(0, 12, 3):
                deel = slice(begin, begin + 3)
                per_gebied = published(jaar, stam, gebied, deel)
                assert (
                    published(jaar, tak, samen, deel).reshape(len(per_gebied), -1).sum(1) == per_gebied
                ).all()


GEKOPPELD = ("triages", "casus", "casusstand", "stap")


def as_promised(getal: int | None, minst: float, meest: float) -> bool:
    """From max(0, p - 9) to p + 9; what is hidden is 0 or 5, and nobody may tell which from more than nothing."""
    if getal is None:
        return minst == 0 and meest >= 9
    return (minst, meest) == (max(0, getal - 9), getal + 9)


class TestEverythingTogether:
    """One linear program over all that was published, by an attacker who shares no code with us."""

    @pytest.mark.parametrize("per_jaar", [60, 900])
    def test_narrows_no_interval(self, per_jaar: int) -> None:
        """Families that count the same things: triages and casussen also stand among the steps, and casussen flow."""
        aanvaller = Aanvaller(Jaar(per_jaar, families=GEKOPPELD, maanden=3, inhoud=trim(2)).files())

        for bestand, nummer in random.sample(aanvaller.cells(), 15):
            minst, meest = aanvaller.interval(bestand, nummer)
            assert as_promised(aanvaller.published(bestand, nummer), minst, meest), bestand

    def test_nor_of_what_waits(self) -> None:
        """Open is what was open, plus the meldingen, less those that were closed; and what has no route yet is among it."""
        aanvaller = Aanvaller(Jaar(600, maanden=3, inhoud=self.of_the_chain()).files())
        wacht = [vak for vak in aanvaller.cells() if "/wachtend" in vak[0]]

        for bestand, nummer in [*random.sample(wacht, 10), *random.sample(aanvaller.cells(), 5)]:
            minst, meest = aanvaller.interval(bestand, nummer)
            assert as_promised(aanvaller.published(bestand, nummer), minst, meest), bestand

    def of_the_chain(self) -> dict[str, Any]:
        """Meldingen by route, their steps, and where they wait."""
        inhoud = trim(3)
        inhoud["families"] = [
            f for f in inhoud["families"] if f["stam"]["code"] in {"meldingen", "stap", "wachtend"}
        ]
        inhoud["families"][0]["takken"] = [t for t in inhoud["families"][0]["takken"] if t["code"] == "route"]
        (route,) = [k for k in inhoud["kenmerken"] if k["code"] == "route"]
        route["vakken"] = [("triage", "Triage"), ("nog open", "Nog open")]
        return inhoud

    def test_contacts_people_and_meldingen_leave_each_other_whole(self) -> None:
        """Every contact brings up a melding and every person came with one: they are cells of one cube."""
        jaar = Jaar(1200, families=("meldingen",), maanden=1, inhoud=trim(2))
        aanvaller = Aanvaller(jaar.files())
        van_wie = (
            "kanaal.csv",
            "contacten-kanaal.csv",
            "mensen-kanaal.csv",
            "contacten-totaal.csv",
            "meldingen.csv",
        )
        vakken = [vak for vak in aanvaller.cells() if vak[0].endswith(van_wie)]

        assert len(vakken) == 9
        for vak in vakken:
            assert as_promised(aanvaller.published(*vak), *aanvaller.interval(*vak)), vak

    def test_would_narrow_two_roundings_of_one_number(self) -> None:
        """The same families rounded apart: sooner or later the attack finds less than nine. So it does find it."""
        for zaad in range(20):
            jaar = Jaar(900, families=GEKOPPELD, maanden=1, inhoud=trim(2), zaad=zaad, los=True)
            aanvaller = Aanvaller(jaar.files())
            vak = ("maand/2026-01/triages.csv", 0)
            if not as_promised(aanvaller.published(*vak), *aanvaller.interval(*vak)):
                return
        raise AssertionError("de aanval vindt niets waar iets te vinden is")


class Uitgevraagd(Jaar):
    """Nearly every melding has its uitvraag, in the same month."""

    def draw(self, familie: Familie, aantal: int) -> dict[str, Any]:
        waar = super().draw(familie, aantal)
        if familie.stam.code == "uitvragen":
            stam = self.random.binomial(self.eerder["meldingen"][-1].waar, 0.97)
            breed = len(waar["leefgebied"]) // len(stam)
            waar = {"uitvragen": stam, "leefgebied": self.random.binomial(np.repeat(stam, breed), 0.8)}
        return waar


class TestPart:
    """An uitvraag is of one melding: who knows that, cuts the interval of the one with that of the other."""

    @pytest.mark.parametrize("los", [False, True])
    def test_is_never_published_as_more_than_its_whole(self, los: bool) -> None:
        jaar = Uitgevraagd(900, families=("meldingen", "uitvragen"), maanden=3, los=los)
        geheel, deel = (
            np.cumsum([stand.rond for stand in jaar.eerder[code]], axis=0)
            for code in ("meldingen", "uitvragen")
        )
        assert bool((deel > geheel).any()) is los
        if not los:
            assert max(int(np.abs(fout).max()) for delen in jaar.errors().values() for fout, _ in delen) <= 9


class TestInsider:
    """The largest organisation knows its own true figures, every month and cell, and takes them off everything."""

    def test_learns_of_no_other_within_less_than_nine(self) -> None:
        jaar = Jaar(1500, families=("meldingen",), maanden=1, inhoud=self.only("organisatie"))
        familie = jaar.families[0]
        (tak,) = familie.takken
        (stand,) = jaar.eerder[tak.code]
        waar = stand.waar.reshape(-1, 3)
        eigen = int(waar.sum(0).argmax())
        weet = {(tak.code, 0, rij * 3 + eigen): int(aantal) for rij, aantal in enumerate(waar[:, eigen])}
        aanvaller = Aanvaller(jaar.files(), weet=weet)

        for organisatie in {0, 1, 2} - {eigen}:
            for bestand, som in (
                ("maand/2026-01/organisatie.csv", waar[:, organisatie].sum()),
                ("maand/2026-01/mensen-organisatie.csv", waar.reshape(4, -1, 3)[2:, :, organisatie].sum()),
                ("maand/2026-01/contacten.csv", waar.reshape(4, -1, 3)[[1, 3], :, organisatie].sum()),
            ):
                minst, meest = aanvaller.interval(bestand, organisatie)
                assert meest - minst >= 9
                assert minst <= som <= meest

    def only(self, tak: str) -> dict[str, Any]:
        inhoud = trim(3)
        inhoud["families"] = [f for f in inhoud["families"] if f["stam"]["code"] == "meldingen"]
        inhoud["families"][0]["takken"] = [t for t in inhoud["families"][0]["takken"] if t["code"] == tak]
        return inhoud
