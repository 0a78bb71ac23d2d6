"""De controleur: vindt elke fout in wat gepubliceerd is, met niets dan de bestanden, en zegt nooit een getal."""

import ast
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

import rapportage.controle
from rapportage.controle import check
from rapportage.controle.lezen import VERBORGEN, Tabel
from rapportage.controle.programma import Stelsel, bounds, complete, systems
from rapportage.controle.samenhang import whole_families
from rapportage.uitvoer import CATALOGUS, hash_bytes
from tests.rapportage.jaar import Jaar

KWARTAAL = ("triages", "casusstand", "stap")


@pytest.fixture(scope="module")
def bestanden() -> dict[str, bytes]:
    """A quarter: a trunk with branches, a stand and a small cube."""
    return Jaar(3000, families=KWARTAAL, maanden=3).files()


@pytest.fixture(scope="module")
def met_mensen() -> dict[str, bytes]:
    return Jaar(2000, families=("uitvragen",), maanden=3).files()


def reseal(bestanden: dict[str, bytes], naam: str, inhoud: bytes) -> dict[str, bytes]:
    """Someone who can change both the file and its hash: only the numbers can still betray it."""
    catalogus = json.loads(bestanden[CATALOGUS])
    for regel in catalogus["tabellen"]:
        if regel["bestand"] == naam:
            regel["sha256"] = hash_bytes(inhoud)
    return {**bestanden, naam: inhoud, CATALOGUS: json.dumps(catalogus).encode()}


def change(naam: str, wijzig: Callable[[str], str]) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda bestanden: reseal(bestanden, naam, wijzig(bestanden[naam].decode()).encode())


def last_number(anders: Callable[[int], object]) -> Callable[[str], str]:
    """Change the last visible number of a file."""

    def wijzig(tekst: str) -> str:
        *_, laatste = re.finditer(r",(\d+)\r\n", tekst)
        return f"{tekst[: laatste.start(1)]}{anders(int(laatste[1]))}{tekst[laatste.end(1) :]}"

    return wijzig


MAAND = "maand/2026-01/urgentie.csv"
KWARTAALBESTAND = "kwartaal/2026-K1/urgentie-gebied.csv"


class TestCheck:
    def test_finds_nothing_in_what_the_job_publishes(self, bestanden: dict[str, bytes]) -> None:
        verslag = check(bestanden)

        assert verslag.as_dict()["bevindingen"] == []
        assert verslag.in_orde
        assert verslag.tabellen == len(bestanden) - 1
        assert verslag.stelsels > 10
        assert verslag.kleinste_interval >= 9

    def test_nor_where_people_and_mentions_are_counted(self, met_mensen: dict[str, bytes]) -> None:
        assert check(met_mensen).as_dict()["bevindingen"] == []

    @pytest.mark.parametrize(
        ("wijzig", "soort"),
        [
            (lambda b: {**b, MAAND: b[MAAND] + b" "}, "de bytes zijn niet die zijn vastgezet"),
            (lambda b: {k: v for k, v in b.items() if k != MAAND}, "het bestand ontbreekt"),
            (lambda b: {**b, "maand/2026-01/extra.csv": b""}, "een bestand staat niet in de catalogus"),
            (lambda b: {**b, CATALOGUS: b"{"}, "de catalogus ontbreekt of is onleesbaar"),
            (change(MAAND, last_number(lambda _: 5)), "er staat een aantal onder de tien"),
            (
                change(MAAND, last_number(lambda n: n + 1)),
                "er staat een aantal dat geen veelvoud van vijf is",
            ),
            (change(MAAND, last_number(lambda n: f"-{n}")), "er staat iets anders dan een aantal"),
            (
                change(MAAND, lambda t: t.replace("spoed (", "haast (")),
                "een vak hoort er niet of staat er twee keer",
            ),
            (change(MAAND, lambda t: re.sub(r"spoed [^\r]*\r\n", "", t)), "er ontbreekt een vak"),
            (change(MAAND, last_number(lambda n: n + 200)), "de vakken tellen niet op"),
            (change(MAAND, last_number(lambda n: n + 200)), "de perioden tellen niet op"),
            (change(KWARTAALBESTAND, last_number(lambda n: n + 200)), "de vakken tellen niet op"),
        ],
    )
    def test_finds_what_is_not_as_it_should_be(
        self, bestanden: dict[str, bytes], wijzig: Any, soort: str
    ) -> None:
        verslag = check(wijzig(bestanden), tot="2026-02")

        assert soort in {bevinding.soort for bevinding in verslag.bevindingen}
        assert not re.search(r"\d{2,}(?!\d*-|/|\.csv|-)", " ".join(b.soort for b in verslag.bevindingen))

    def test_finds_a_smaller_bound_than_was_promised(self, bestanden: dict[str, bytes]) -> None:
        catalogus = json.loads(bestanden[CATALOGUS])
        catalogus["tabellen"][0]["grens"] = 4

        verslag = check({**bestanden, CATALOGUS: json.dumps(catalogus).encode()}, tot="2026-02")

        assert "de grens is kleiner dan beloofd" in {b.soort for b in verslag.bevindingen}

    def test_finds_more_people_than_questions(self, met_mensen: dict[str, bytes]) -> None:
        naam = "maand/2026-02/mensen-leefgebied.csv"

        verslag = check(change(naam, last_number(lambda n: n + 500))(met_mensen), tot="2026-02")

        assert "er zijn meer mensen dan vragen" in {b.soort for b in verslag.bevindingen}

    def test_finds_more_mentions_than_there_were_things(self, met_mensen: dict[str, bytes]) -> None:
        naam = "maand/2026-02/leefgebied.csv"

        verslag = check(change(naam, last_number(lambda n: n + 5000))(met_mensen), tot="2026-02")

        assert "er is vaker genoemd dan er iets was" in {b.soort for b in verslag.bevindingen}

    def test_shares_no_code_with_the_maker(self) -> None:
        (folder,) = rapportage.controle.__path__
        for file in Path(folder).glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                for name in names:
                    ours = name.split(".")[0] in {"rapportage", "skt", "django"}
                    assert not ours or name.startswith("rapportage.controle"), (file.name, name)


@pytest.fixture(scope="module")
def jaar() -> Jaar:
    return Jaar(3000, families=("uitvragen", "casus", "casusstand"), maanden=3)


class TestWitness:
    """Before a publication the maker shows its finest cells, rounded and true."""

    def found(self, jaar: Jaar, *, rond: Any = None, waar: Any = None) -> set[str]:
        verslag = check(
            jaar.files(), tot="2026-03", getuige=rond or jaar.witness(), waarheid=waar or jaar.truth()
        )
        assert not re.search(r"\d", " ".join(b.soort for b in verslag.bevindingen))
        return {b.soort for b in verslag.bevindingen}

    def moved(self, cellen: Any, kubus: str, erbij: int) -> Any:
        """The same with more in one cell of the last month."""
        maand = max(cellen[kubus])
        anders = cellen[kubus][maand].copy()
        anders[anders.argmax()] += erbij
        return {**cellen, kubus: {**cellen[kubus], maand: anders}}

    def test_of_what_is_published_holds_together_with_the_truth(self, jaar: Jaar) -> None:
        assert self.found(jaar) == set()

    @pytest.mark.parametrize("kubus", ["casus", "casusstand"])
    def test_finds_a_truth_out_of_bounds(self, jaar: Jaar, kubus: str) -> None:
        assert self.found(jaar, waar=self.moved(jaar.truth(), kubus, 19)) == {
            "de waarheid ligt niet binnen de grens"
        }

    def test_finds_what_does_not_follow_or_does_not_split(self, jaar: Jaar) -> None:
        assert self.found(jaar, rond=self.moved(jaar.witness(), "casus", 50)) == {
            "het gepubliceerde volgt niet uit de getuige"
        }
        assert "wat er geteld is past niet op zijn stam" in self.found(
            jaar, waar=self.moved(jaar.truth(), "leefgebied", 500)
        )
        assert "de kubus past niet op zijn stam" in self.found(
            jaar, rond=self.moved(jaar.witness(), "leefgebied", 500)
        )


def small(som: list[list[int]], getal: list[int], grens: int) -> Stelsel:
    return Stelsel(
        "proef",
        csr_array(np.array(som, float)),
        np.array(getal),
        grens,
        [("proef", n) for n in range(len(getal))],
    )


class TestBounds:
    """Small systems whose answer can be worked out by hand."""

    def test_four_exact_quarters_and_their_year_give_a_hidden_one_away(self) -> None:
        """Without any bound the hidden quarter is the year less the other three: that is what the bound is for."""
        som = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 1, 1, 1]]

        ((minst, meest),) = bounds(small(som, [30, 40, 20, VERBORGEN, 95], 0), [3])
        ((binnen, buiten),) = bounds(small(som, [30, 40, 20, VERBORGEN, 95], 9), [3])

        assert (round(minst), round(meest)) == (5, 5)
        assert (round(binnen), round(buiten)) == (0, 14)

    def test_a_table_that_adds_up_leaves_every_interval_whole(self) -> None:
        """Two by two: 20 30 | 50 / 10 40 | 50 / 30 70 | 100."""
        som = [
            *np.eye(4, dtype=int).tolist(),
            [1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1],
            [1, 1, 1, 1],
        ]  # fmt: skip
        getal = [20, 30, 10, 40, 50, 50, 30, 70, 100]

        found = [(round(a), round(b)) for a, b in bounds(small(som, getal, 9), range(9))]

        assert found == [(max(0, getal_ - 9), getal_ + 9) for getal_ in getal]

    def test_two_roundings_of_one_true_number_narrow_it(self) -> None:
        """Why shared margins must be one number: 20 and 30 for the same thing leave 21 to 29."""
        twee = small([[1], [1]], [20, 30], 9)

        assert not complete(twee)
        stelsel = Stelsel("los", csr_array(np.array([[1.0]])), np.array([20]), 9, [("proef", 0)])
        assert [tuple(map(round, b)) for b in bounds(stelsel, [0])] == [(11, 29)]

    def test_overlapping_age_groups_of_two_years_would_subtract(self) -> None:
        """0-17 and 0-18 side by side: their difference is one age. Classifications are therefore frozen per year."""
        som = [[1, 0], [1, 1]]

        ((minst, meest),) = bounds(small([*som, [0, 1]], [40, 45, VERBORGEN], 0), [2])

        assert (round(minst), round(meest)) == (5, 5)

    def test_zeros_do_not_tell_that_a_group_is_alike(self) -> None:
        """Group disclosure: all that is seen of a row stands in one cell. Hidden cells may each still hold fourteen."""
        som = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]

        found = bounds(small(som, [40, VERBORGEN, VERBORGEN, 40], 9), [0, 1, 2])

        assert [(round(a), round(b)) for a, b in found] == [(31, 49), (0, 9), (0, 9)]


class TestCoverage:
    """How far the auditor came is told as it is: what was proven, of how much, and whether time was up."""

    def test_is_of_everything_when_there_is_time(self) -> None:
        verslag = check(Jaar(200, families=("nazorg", "inzet"), maanden=3).files(), alles=True, seconden=1)

        assert verslag.in_orde
        assert (verslag.bewezen_vakken, verslag.tijd_op) == (verslag.vakken, False)
        assert (
            verslag.bewezen_kubussen == verslag.kubussen > verslag.bewezen_families == verslag.families == 2
        )
        assert verslag.uitgerekende_vakken > 16

    def test_says_that_there_was_no_time(self, met_mensen: dict[str, bytes]) -> None:
        verslag = check(met_mensen, alles=True, seconden=0).as_dict()

        assert (verslag["in_orde"], verslag["tijd_op"]) == (True, True)
        assert verslag["bewezen_vakken"] == verslag["vakken"]
        assert verslag["bewezen_kubussen"] == verslag["bewezen_families"] == 0 < verslag["families"]


class TestSystems:
    def test_are_complete_for_what_one_count_gave(self, bestanden: dict[str, bytes]) -> None:
        verslag = check(bestanden, alles=False)

        assert verslag.programmas > verslag.stelsels

    def test_see_a_table_that_fits_no_count(self) -> None:
        """Each pair of tables adds up, but the three together come from no table at all."""
        plek: dict[str, Any] = {
            "familie": "f", "kubus": "f", "soort": "jaar", "grens": 9, "telt": "dingen", "alleen": {}, "stand": True,
            "meervoudig": False, "waarden": {"a": ["1", "2"], "b": ["1", "2"], "c": ["1", "2"]},
        }  # fmt: skip
        van, tot = np.datetime64("2026-01-01").item(), np.datetime64("2027-01-01").item()
        gelijk, ongelijk = np.array([[20, 0], [0, 20]]), np.array([[0, 20], [20, 0]])
        tabellen = [
            Tabel(f"{a}{b}", f"{a}{b}", kolommen=(a, b), van=van, tot=tot, getallen=waarden, **plek)
            for (a, b), waarden in (("ab", gelijk), ("bc", gelijk), ("ac", ongelijk))
        ]

        (breed,) = systems(tabellen, breed=True)

        assert not complete(breed)
        assert all(complete(smal) for smal in systems(tabellen))

    def test_see_two_branches_that_split_different_trunks(self) -> None:
        """Each with its trunk could come from a count: of twenty, and of forty. Together they come from none."""
        van, tot = np.datetime64("2026-01-01").item(), np.datetime64("2026-02-01").item()
        waarden = {"a": ["1", "2"], "b": ["1", "2"]}
        takken = [
            {"code": t, "kenmerken": [k], "meervoudig": False} for t, k in (("een", "a"), ("twee", "b"))
        ]
        indeling = {"families": [{"stam": {"code": "f", "kenmerken": []}, "takken": takken}]}
        tabellen = [
            Tabel(
                code, code, familie="f", kubus=code, kolommen=(kenmerk,), soort="maand", van=van, tot=tot, grens=9, telt="dingen",
                alleen={}, stand=False, meervoudig=False, getallen=np.array(getallen), waarden=waarden,
            )
            for code, kenmerk, getallen in (("een", "a", [10, 10]), ("twee", "b", [20, 20]))
        ]  # fmt: skip

        assert all(complete(stelsel) for stelsel in systems(tabellen, breed=True))
        ((stelsel, schakels),) = whole_families(tabellen, {2026: indeling})
        assert not complete(stelsel, schakels)
