"""Reading and judging an old loket list, without a database: the shared list, lists of other years, and files that aren't lists."""

import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from intake.loketlijst.datums import Vorm, parse_datum, parse_tijd
from intake.loketlijst.lezen import MAX_MB, MB, BestandOnleesbaar, read
from intake.loketlijst.redenen import REDENEN
from intake.loketlijst.regels import Oordeel, judge
from intake.loketlijst.tekst import MASKER, elfproef, is_formule, mask_bsn
from intake.loketlijst.velden import is_leegmarkering, parse_telefoon
from intake.loketlijst.verslag import make_report
from tests.intake.loketjaar import ANDERE_KOP, KOP, Jaarlijst, make_bsn
from tests.intake.loketjaar_gevallen import make_jaarlijst

GEGEVENS = Path(__file__).parent / "gegevens"
LIJST = GEGEVENS / "wwz_loket_2021.csv"


@pytest.fixture(scope="module")
def verwacht() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((GEGEVENS / "wwz_loket_2021.verwacht.json").read_text())
    return found


@pytest.fixture(scope="module")
def oordeel() -> Oordeel:
    return judge(read(LIJST.read_bytes()), naam=LIJST.name)


def pairs(groepen: Any) -> set[tuple[int, int]]:
    return {pair for rows in groepen for pair in combinations(sorted(rows), 2)}


class TestSharedList:
    def test_loses_no_row(self, oordeel: Oordeel, verwacht: dict[str, Any]) -> None:
        assert [str(rij.nummer) for rij in oordeel.rijen] == list(verwacht["rijen"])
        assert [rij.regel for rij in oordeel.rijen] == [row["regel"] for row in verwacht["rijen"].values()]

    def test_gives_every_row_its_outcome_and_reasons(
        self, oordeel: Oordeel, verwacht: dict[str, Any]
    ) -> None:
        got = {str(rij.nummer): (rij.uitkomst_voluit, sorted(rij.redenen)) for rij in oordeel.rijen}

        assert got == {n: (row["uitkomst"], sorted(row["redenen"])) for n, row in verwacht["rijen"].items()}

    def test_understands_every_value(self, oordeel: Oordeel, verwacht: dict[str, Any]) -> None:
        got = {str(rij.nummer): rij.waarden for rij in oordeel.rijen if rij.wordt_overgenomen}

        assert got == {n: row["waarden"] for n, row in verwacht["rijen"].items() if "waarden" in row}

    def test_knows_people_again_and_no_namesakes(self, oordeel: Oordeel, verwacht: dict[str, Any]) -> None:
        assert pairs(oordeel.persoongroepen.values()) == pairs(verwacht["persoongroepen"].values())
        assert len(oordeel.persoongroepen) == verwacht["totalen"]["unieke_personen"]

    def test_points_at_the_earlier_row(self, oordeel: Oordeel, verwacht: dict[str, Any]) -> None:
        keys = ("zelfde_persoon_als_rij", "lijkt_op_rij", "volgnr_al_gebruikt_op_rij")
        got = make_report(oordeel)["rijen"]

        for n, row in verwacht["rijen"].items():
            assert {key: got[n][key] for key in keys if key in got[n]} == {
                key: row[key] for key in keys if key in row
            }

    def test_finds_each_bsn_and_keeps_it_out_of_everything(
        self, oordeel: Oordeel, verwacht: dict[str, Any]
    ) -> None:
        known = {n: row["bsn_gevonden"] for n, row in verwacht["rijen"].items() if "bsn_gevonden" in row}
        report = json.dumps(make_report(oordeel))

        assert {str(rij.nummer): list(rij.bsn_velden) for rij in oordeel.rijen if rij.bsn_velden} == {
            n: [found["veld"]] for n, found in known.items()
        }
        for n, found in known.items():
            rij = next(rij for rij in oordeel.rijen if str(rij.nummer) == n)
            digits = "".join(c for c in " ".join(rij.tekst.values()) if c.isdigit())
            assert found["bsn"] not in digits
            assert found["bsn"] not in report

    def test_counts_what_the_list_holds(self, oordeel: Oordeel, verwacht: dict[str, Any]) -> None:
        totals = make_report(oordeel)["totalen"]

        assert totals["per_reden"] == verwacht["totalen"]["per_reden"]
        assert (
            sum(totals["per_uitkomst"].values()) == totals["rijen"] == verwacht["totalen"]["records_na_kop"]
        )

    def test_has_a_sentence_for_every_rule(self, verwacht: dict[str, Any]) -> None:
        assert {code: str(niveau) for code, (niveau, _) in REDENEN.items()} == {
            code: regel["niveau"] for code, regel in verwacht["regels"].items()
        }

    @pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "utf-16"])
    def test_is_the_same_list_in_another_encoding(self, oordeel: Oordeel, codering: str) -> None:
        text = LIJST.read_bytes().decode("cp1252", errors="ignore")
        again = judge(read(text.encode(codering)))

        same = [
            (a.nummer, a.vingerafdruk) == (b.nummer, b.vingerafdruk)
            for a, b in zip(oordeel.rijen, again.rijen, strict=True)
        ]
        assert same.count(False) <= 4  # the rows with a sign that exists in one encoding only


JAREN: list[dict[str, Any]] = [
    {"jaar": 2019},
    {"jaar": 2020, "codering": "utf-8-sig", "teken": ","},
    {"jaar": 2022, "codering": "utf-8", "teken": "\t", "kop": ANDERE_KOP},
    {"jaar": 2023, "codering": "utf-8", "teken": "|"},
    {"jaar": 2018, "kop": ANDERE_KOP},
]


@pytest.mark.parametrize("soort", JAREN, ids=lambda soort: str(soort["jaar"]))
class TestOtherYears:
    def test_gives_every_row_its_outcome_reasons_and_values(self, soort: dict[str, Any]) -> None:
        lijst = make_jaarlijst(**soort)
        oordeel = judge(read(lijst.inhoud))
        got = {rij.nummer: rij for rij in oordeel.rijen}

        assert oordeel.jaar == soort["jaar"]
        assert set(got) == set(lijst.verwacht)
        for nummer, wat in lijst.verwacht.items():
            rij = got[nummer]
            assert (rij.uitkomst_voluit, set(rij.redenen)) == (wat.uitkomst, wat.redenen), lijst.regels[
                nummer - 1
            ]
            assert {veld: rij.waarden[veld] for veld in wat.waarden} == wat.waarden, lijst.regels[nummer - 1]

    def test_knows_people_again_and_no_namesakes(self, soort: dict[str, Any]) -> None:
        lijst = make_jaarlijst(**soort)
        oordeel = judge(read(lijst.inhoud))
        groepen: dict[str, list[int]] = defaultdict(list)
        for nummer, wat in lijst.verwacht.items():
            if wat.persoon:
                groepen[wat.persoon].append(nummer)

        assert pairs(oordeel.persoongroepen.values()) == pairs(groepen.values())

    def test_leaves_no_bsn_anywhere(self, soort: dict[str, Any]) -> None:
        oordeel = judge(read(make_jaarlijst(**soort).inhoud))
        kept = json.dumps([[rij.tekst, rij.los] for rij in oordeel.rijen])

        assert not [number for number in range(1, 11) if make_bsn(number) in kept]


class TestOrder:
    def test_reads_columns_in_another_order(self) -> None:
        lijst = Jaarlijst(2020)
        lijst.add(Naam_inwoner="Aleida Vos", opmerking="kwam langs")
        turned = b"\r\n".join(b";".join(reversed(regel.split(b";"))) for regel in lijst.regels)

        (rij,) = judge(read(turned)).rijen

        assert (rij.waarden["naam_inwoner"], rij.tekst["opmerking"], rij.redenen) == (
            "Aleida Vos",
            "kwam langs",
            [],
        )

    def test_keeps_what_stands_in_a_column_it_does_not_know(self) -> None:
        regels = [f"{';'.join(KOP)};Kleur", ";".join([*Jaarlijst(2020).gewoon().values(), "groen"])]

        (rij,) = judge(read("\n".join(regels).encode())).rijen

        assert rij.tekst["opmerking"] == "Kleur: groen"

    def test_survives_a_quote_that_is_never_closed(self) -> None:
        lijst = Jaarlijst(2020)
        for _ in range(3):
            lijst.add()
        lijst.regels[2] = lijst.regels[2].replace(b";Vraagt", b';"Vraagt')

        assert [rij.uitkomst for rij in judge(read(lijst.inhoud)).rijen] == ["overnemen"] * 3


class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("inhoud", "zin"),
        [
            (b"", "leeg"),
            (b"  \r\n", "leeg"),
            (b"PK\x03\x04rest", "Excel"),
            (b"\xd0\xcf\x11\xe0rest", "Excel"),
            (b"%PDF-1.7", "geen tekstbestand"),
            (bytes(range(256)) * 20, "geen tekstbestand"),
            (b"naam;leeftijd\r\nJan;12\r\n", "lijkt geen oude loketlijst"),
            (";".join(KOP).encode(), "alleen een kopregel"),
            (";".join(KOP[:-1]).encode() + b"\r\n1;2;3", "‘Opmerking’"),
            (b"x" * (MAX_MB * MB + 1), "te groot"),
        ],
    )
    def test_get_one_sentence(self, inhoud: bytes, zin: str) -> None:
        with pytest.raises(BestandOnleesbaar, match=zin) as refusal:
            read(inhoud)

        assert str(refusal.value).endswith(".")


class TestFields:
    @pytest.mark.parametrize(
        ("text", "vorm"),
        [("04-03-2019", Vorm.GEWOON), ("03/18/2019", Vorm.ONGELDIG), ("4/3", Vorm.ONGELDIG), ("", Vorm.LEEG)],
    )
    def test_a_date_is_never_guessed(self, text: str, vorm: Vorm) -> None:
        assert parse_datum(text, jaar=2019).vorm is vorm

    def test_takes_the_time_behind_a_date(self) -> None:
        assert parse_datum("43528,5", jaar=2019).tijd == "12:00"
        assert parse_tijd("9 uur 15").tijd == "09:15"

    @pytest.mark.parametrize("text", ["Leeg", "Jan Geen", "Piet van 't Niet"])
    def test_a_surname_is_no_placeholder(self, text: str) -> None:
        assert not is_leegmarkering(text, is_naam=True)

    def test_a_foreign_number_keeps_its_country(self) -> None:
        assert parse_telefoon("+32 2 000 00 00").waarde == "+3220000000"

    def test_masks_a_bsn_but_no_telephone_number(self) -> None:
        bsn = make_bsn(3)
        assert elfproef(bsn)
        assert mask_bsn(f"bel 070 555 01 23 over {bsn[:4]}.{bsn[4:6]}.{bsn[6:]}") == (
            f"bel 070 555 01 23 over {MASKER}",
            1,
        )

    def test_a_dash_before_a_word_is_no_formula(self) -> None:
        assert not is_formule("- belt terug")
        assert is_formule("-SUM(A1)")
