"""De catalogus klopt in zichzelf, en wat een vorige versie vastzette is nog te lezen."""

import json
from collections import Counter
from itertools import pairwise

from rapportage import catalogus
from rapportage.catalogus import PERIODEN, Catalogus
from rapportage.opbouw import counted

VANDAAG = catalogus.compose({"organisatie": [("mee", "MEE")], "soort": [("WMO", "Onderzoek Wmo")]})


def today() -> Catalogus:
    return catalogus.read(VANDAAG)


class TestCompose:
    def test_gives_every_table_one_code(self) -> None:
        codes = Counter(tabel.code for _, _, tabel in today().tables("jaar"))

        assert {code for code, keer in codes.items() if keer > 1} == set()

    def test_names_tables_and_values_so_that_they_are_told_apart(self) -> None:
        lijst = [("BEW-JW", "Bewaren"), ("BEW-WMO", "Bewaren"), ("WMO", "Onderzoek")]
        nieuw = catalogus.read(catalogus.compose({"soort": lijst}))

        assert nieuw.kenmerken["soort"].vakken[:3] == (
            ("BEW-JW", "Bewaren (BEW-JW)"), ("BEW-WMO", "Bewaren (BEW-WMO)"), ("WMO", "Onderzoek"),
        )  # fmt: skip
        for kenmerk in nieuw.kenmerken.values():
            assert len({naam for _, naam in kenmerk.vakken}) == len(kenmerk.vakken), kenmerk.code
        titels = [tabel.titel for *_, tabel in nieuw.tables("jaar")]
        assert {titel for titel, keer in Counter(titels).items() if keer > 1} == set()
        assert [
            titel for titel in titels if titel.count(" naar ") + titel.count("?") > 1 or " per per " in titel
        ] == []
        assert "Nazorg per aantal maanden na de casus" in titels

    def test_tells_of_every_table_what_it_counts(self) -> None:
        for _, kubus, tabel in today().tables("jaar"):
            mee = counted(kubus.kenmerken, tabel.telt)
            assert (mee is None) == (tabel.telt == "dingen"), tabel.code
            if mee:
                assert set(mee[1]) <= set(today().kenmerken[kubus.kenmerken[mee[0]]].waarden)

    def test_begins_every_branch_with_its_trunk(self) -> None:
        for familie in today().families:
            for tak in familie.takken:
                assert tak.kenmerken[: len(familie.stam.kenmerken)] == familie.stam.kenmerken

    def test_binds_to_what_comes_before(self) -> None:
        geweest: set[str] = set()
        for familie in today().families:
            for band in familie.stam.banden:
                vondst = today().find(band.tabel)
                assert vondst is not None
                assert band.tabel in geweest
                assert list(band.cel) in today().cells(vondst[2])
                assert band.waarde in today().kenmerken[familie.stam.kenmerken[0]].waarden
            geweest |= {tabel.code for kubus in familie.kubussen for tabel in kubus.tabellen}

    def test_has_one_feature_a_month_two_a_quarter_and_three_a_year(self) -> None:
        """shared/anonimisering.md: the catalogue follows the density."""
        for hoogstens, periode in enumerate(PERIODEN, start=1):
            fijn = {t.code for *_, t in today().tables(periode) if len(t.kenmerken) > hoogstens}
            assert fijn == set(), periode

    def test_keeps_every_month_within_quarter_and_year(self) -> None:
        for periode, langer in pairwise(PERIODEN):
            assert {t.code for *_, t in today().tables(periode)} <= {
                t.code for *_, t in today().tables(langer)
            }


class TestRead:
    def test_reads_what_an_earlier_version_froze(self) -> None:
        """Before contacts were a slice: a table said `mensen` or not, and there were no bands and no flow."""
        oud = json.loads(json.dumps(VANDAAG))
        oud.pop("ontbreekt")
        oud.pop("bladen")
        for familie in oud["families"]:
            familie.pop("stroom")
            for kubus in (familie["stam"], *familie["takken"]):
                kubus.pop("banden")
                kubus["tabellen"] = [t for t in kubus["tabellen"] if t["telt"] in ("dingen", "mensen")]
                for tabel in kubus["tabellen"]:
                    tabel["mensen"] = tabel.pop("telt") == "mensen"

        gelezen = catalogus.read(oud)

        assert {t.telt for *_, t in gelezen.tables("jaar")} == {"dingen", "mensen"}
        assert not gelezen.bladen
        assert all(not familie.stam.banden and familie.stroom is None for familie in gelezen.families)
        assert gelezen.ontbreekt == ()

    def test_reads_a_flow_of_one_table(self) -> None:
        """As it was written when only casussen had one."""
        oud = json.loads(json.dumps(VANDAAG))
        (stand,) = [f for f in oud["families"] if f["stam"]["code"] == "casusstand"]
        stand["stroom"] = ["casus", "geopend", "afgesloten"]

        assert catalogus.read(oud).families == today().families
