"""Gepubliceerde cijfers als rekenblad, PDF en beeld: dezelfde getallen, nooit een formule, leesbaar voor iedereen."""

import json
import re
from io import BytesIO
from typing import Any, ClassVar
from xml.etree.ElementTree import fromstring as parse
from zipfile import ZipFile

import pytest
from django.test import Client
from odfdo import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from rapportage import queries
from rapportage.bestanden import beeld
from rapportage.bestanden.ods import write_ods
from rapportage.bestanden.rekenblad import BREEDST, NAAM_LANGST, UITLEG, workbook
from rapportage.bestanden.xlsx import write_xlsx
from rapportage.catalogus import Kenmerk
from rapportage.models import Periode
from rapportage.queries import Tabelcijfers
from rapportage.tijdvak import Tijdvak
from skt.medewerkers.models import Rol
from skt.verantwoording.models import Regel
from skt.web.grafieken import staven
from skt.web.letter import ANDERS, printable
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.rapportage import OKTOBER, SEPTEMBER, publish
from tests.fixtures import MAANDAG

OKT = Tijdvak(OKTOBER, Periode.MAAND)
GEVAARLIJK = ("=1+1", "+31", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://kwaad","klik")')
ROUTES = {"informatie en advies": 60, "triage: volwassenen": 30, "triage: jeugd": 20, "crisisroute": 5}


def tabel(code: str = "route", vakken: dict[str, int] | None = None, **more: Any) -> Tabelcijfers:
    vakken = {"a": 60, "b": 5, "c": 0, "d": 10} if vakken is None else vakken
    kenmerk = Kenmerk("kenmerk", "Kenmerk", tuple((waarde, f"{waarde}") for waarde in vakken))
    velden: dict[str, Any] = {
        "titel": "Meldingen per route", "wat": "meldingen", "kenmerken": (kenmerk,), "tijdvak": OKT, "grens": 9,
        "bevroren_op": MAANDAG, "cellen": {(waarde,): aantal for waarde, aantal in vakken.items()},
    } | more  # fmt: skip
    return Tabelcijfers(code=code, **velden)


def read_xlsx(inhoud: bytes) -> Any:
    return load_workbook(BytesIO(inhoud))


class TestWorkbook:
    def test_begins_with_what_it_is(self) -> None:
        blad = workbook(OKT, [tabel()]).bladen[0]

        uitleg = dict(blad.rijen)
        assert blad.naam == UITLEG
        assert uitleg["Marge"] == "±9"
        assert "definitief" in uitleg["Stand"]
        assert "oktober 2026" in uitleg["Periode"]
        assert uitleg["Blad route"] == "Meldingen per route"

    def test_says_the_same_of_zero_and_five(self) -> None:
        rijen = {rij[0]: rij[1:] for rij in workbook(OKT, [tabel()]).bladen[1].rijen}

        assert rijen["b"] == rijen["c"] == ("<10", 0, 14)
        assert rijen["a"] == (60, 51, 69)
        assert rijen["d"] == (10, 1, 19)

    def test_gives_each_sheet_a_name_that_every_spreadsheet_takes(self) -> None:
        codes = [
            "mensen-voorziening-leefgebied-gebied",
            "mensen-voorziening-leefgebied-leeftijd",
            "uitleg",
            "a[b]:c",
        ]

        namen = [blad.naam for blad in workbook(OKT, [tabel(code) for code in codes]).bladen]

        assert len({naam.lower() for naam in namen}) == len(namen) == 5
        assert all(0 < len(naam) <= NAAM_LANGST and not re.search(r"[\[\]:*?/\\]", naam) for naam in namen)


class TestXlsx:
    def test_holds_the_published_numbers_as_numbers(self) -> None:
        vel = read_xlsx(write_xlsx(workbook(OKT, [tabel()])))["route"]

        assert [cel.value for cel in vel[1]] == ["Kenmerk", "Aantal", "Ten minste", "Ten hoogste"]
        assert [(cel.value, cel.data_type) for cel in vel[2]] == [("a", "s"), (60, "n"), (51, "n"), (69, "n")]
        assert [cel.value for cel in vel[3]] == ["b", "<10", 0, 14]

    @pytest.mark.parametrize("waarde", GEVAARLIJK)
    def test_never_holds_a_formula(self, waarde: str) -> None:
        inhoud = write_xlsx(workbook(OKT, [tabel(vakken={waarde: 60}, titel=waarde)]))

        assert b"<f>" not in b"".join(
            ZipFile(BytesIO(inhoud)).read(naam) for naam in ZipFile(BytesIO(inhoud)).namelist()
        )
        cel = read_xlsx(inhoud)["route"]["A2"]
        assert cel.data_type == "s"
        assert cel.quotePrefix
        assert cel.value.strip() == waarde.strip()

    def test_marks_and_freezes_its_header(self) -> None:
        boek = read_xlsx(write_xlsx(workbook(OKT, [tabel()])))

        for vel in boek.worksheets:
            assert vel.freeze_panes == "A2"
            assert vel.print_title_rows == "$1:$1"
            assert [t.headerRowCount for t in vel.tables.values()] == [1]
            assert vel["A1"].font.bold
            assert 3 < vel.column_dimensions["A"].width <= BREEDST
        assert boek.properties.title == "Meldingen per route, oktober 2026"
        assert boek.properties.language == "nl-NL"

    def test_takes_what_no_document_can_hold_out(self) -> None:
        inhoud = write_xlsx(workbook(OKT, [tabel(vakken={"a\x00\x0bb\ud800": 60})]))

        assert read_xlsx(inhoud)["route"]["A2"].value == "ab"

    def test_is_the_same_bytes_at_any_moment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        boek = workbook(OKT, [tabel()])
        eerste = write_xlsx(boek)
        monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)

        assert write_xlsx(boek) == eerste


class TestOds:
    def test_holds_the_published_numbers_as_numbers(self) -> None:
        document = Document(BytesIO(write_ods(workbook(OKT, [tabel()]))))

        blad = document.body.get_table(name="route")
        assert blad.get_values()[:3] == [
            ["Kenmerk", "Aantal", "Ten minste", "Ten hoogste"], ["a", 60, 51, 69], ["b", "<10", 0, 14],
        ]  # fmt: skip
        assert document.meta.title == "Meldingen per route, oktober 2026"
        assert document.meta.language == "nl-NL"

    @pytest.mark.parametrize("waarde", GEVAARLIJK)
    def test_never_holds_a_formula(self, waarde: str) -> None:
        inhoud = write_ods(workbook(OKT, [tabel(vakken={waarde: 60})]))

        content = ZipFile(BytesIO(inhoud)).read("content.xml").decode()
        assert "table:formula" not in content
        cel = Document(BytesIO(inhoud)).body.get_table(name="route").get_cell((0, 1))
        assert (cel.type, cel.formula) == ("string", None)

    def test_has_a_header_row_that_stays(self) -> None:
        zip_ = ZipFile(BytesIO(write_ods(workbook(OKT, [tabel()]))))

        assert zip_.read("content.xml").count(b"<table:table-header-rows>") == 2
        settings = parse(zip_.read("settings.xml"))  # noqa: S314 - our own bytes
        assert sum("VerticalSplitPosition" in str(item.attrib) for item in settings.iter()) == 2
        assert zip_.infolist()[0].filename == "mimetype"
        assert zip_.infolist()[0].compress_type == 0
        for naam in zip_.namelist():
            if naam.endswith(".xml"):
                parse(zip_.read(naam))  # noqa: S314 - our own bytes

    def test_is_the_same_bytes_at_any_moment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        boek = workbook(OKT, [tabel()])
        eerste = write_ods(boek)
        monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)

        assert write_ods(boek) == eerste
        assert MAANDAG.strftime("%Y-%m-%dT08:30:00") in ZipFile(BytesIO(eerste)).read("meta.xml").decode()


class TestBeeld:
    GRAFIEK: ClassVar[dict[str, Any]] = {
        "rijen": [
            {"label": "Informatie & advies <b>", "waarden": [60], "vorige": 40},
            {"label": "Crisis", "waarden": [None]},
        ]
    }

    @pytest.fixture
    def een(self) -> beeld.Beeld:
        gevonden = beeld.standalone(str(staven(self.GRAFIEK)), titel="Meldingen & <route>")
        assert len(gevonden) == 1
        return gevonden[0]

    def test_is_the_drawing_of_the_page_with_its_own_colours_and_words(self, een: beeld.Beeld) -> None:
        wortel = parse(een.svg)  # noqa: S314 - our own bytes

        ns = "{http://www.w3.org/2000/svg}"
        assert wortel.find(f"{ns}title").text == "Meldingen & <route>"  # type: ignore[union-attr]
        assert "Informatie & advies <b>: 60, eerder 40; Crisis: minder dan 10" in een.beschrijving
        assert wortel.find(f"{ns}desc").text == een.beschrijving  # type: ignore[union-attr]
        assert "var(" not in een.svg
        assert ".skt-grafiek__vlak{fill: #134b7f;}" in een.svg
        pagina = str(staven(self.GRAFIEK))
        assert pagina.split(">", 1)[1].split("</svg>", maxsplit=1)[0] in een.svg

    def test_becomes_a_png_that_says_what_it_shows(self, een: beeld.Beeld) -> None:
        png = beeld.as_png(een)

        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert b"Description\0\0\0nl\0\0" + een.beschrijving.encode() in png
        assert int.from_bytes(png[16:20], "big") > een.breed


class TestPrintable:
    def test_replaces_what_the_typeface_does_not_have(self) -> None:
        assert printable({"a": ["Één vraag ‘nu’ – ±9", "hart ❤️ pijl →"]}) == {
            "a": ["Één vraag ‘nu’ – ±9", f"hart {ANDERS} pijl {ANDERS}"]
        }


@pytest.fixture
def beleid(systeem: object, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(queries, "LEZER", "rapport")
    client.force_login(MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER))
    return client


@pytest.mark.django_db(databases=["default", "rapport"])
class TestDownload:
    def test_gives_one_table_in_each_form(self, beleid: Client) -> None:
        publish(OKTOBER, route=ROUTES)

        xlsx = beleid.get("/stuurinformatie/2026-10/route.xlsx")
        ods = beleid.get("/stuurinformatie/2026-10/route.ods")

        rijen = [[cel.value for cel in rij] for rij in read_xlsx(xlsx.content)["route"].iter_rows(min_row=2)]
        assert {rij[0]: rij[1] for rij in rijen}["Informatie en advies"] == 60
        assert {rij[0]: rij[1] for rij in rijen}["Crisisroute"] == "<10"
        assert Document(BytesIO(ods.content)).body.get_table(name="route").get_values()[1:] == rijen
        assert ods["Content-Disposition"] == 'attachment; filename="stuurinformatie-2026-10-route.ods"'

    def test_gives_a_whole_period_in_one_workbook(self, beleid: Client) -> None:
        publish(OKTOBER, route=ROUTES)
        publish(SEPTEMBER, route={"crisisroute": 90})

        boek = read_xlsx(beleid.get("/stuurinformatie/2026-10.xlsx").content)

        assert boek.sheetnames == [UITLEG, "route", "kanaal", "leefgebied", "casus"]
        assert 90 not in [cel.value for rij in boek["route"].iter_rows() for cel in rij]

    def test_gives_an_accessible_pdf(self, beleid: Client) -> None:
        publish(OKTOBER, route=ROUTES)

        pdf = PdfReader(BytesIO(beleid.get("/stuurinformatie/2026-10/route.pdf").content))

        wortel = pdf.trailer["/Root"]
        assert wortel["/Lang"] == "nl-NL"
        assert wortel["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in wortel
        assert pdf.metadata is not None
        assert pdf.metadata.title == "Meldingen per route, oktober 2026"
        tekst = "\n".join(blad.extract_text() for blad in pdf.pages)
        assert "Informatie en advies" in tekst
        assert "<10" in tekst
        assert "±9" in tekst

    @pytest.mark.parametrize(
        "pad",
        [
            "2026-09/route.xlsx", "2026-10/inwoners.ods", "2026-10/route.exe", "2026-13.xlsx", "2026-09.ods", "2026-10.pdf",
            "oktober.xlsx", "../route.pdf", "2026-10/route.csv.xlsx", f"{'x' * 9000}.xlsx", "%00.ods",
        ],
    )  # fmt: skip
    def test_is_404_for_what_is_not_there(self, beleid: Client, pad: str) -> None:
        publish(OKTOBER, route=ROUTES)

        assert beleid.get(f"/stuurinformatie/{pad}").status_code == 404
        assert not Regel.objects.filter(actie="rapportage.download").exists()

    def test_stands_in_the_log(self, beleid: Client) -> None:
        publish(OKTOBER, route=ROUTES)

        for pad in ("2026-10/route.csv", "2026-10/route.ods", "2026-10.xlsx"):
            beleid.get(f"/stuurinformatie/{pad}")

        regels = Regel.objects.filter(actie="rapportage.download").order_by("pk")
        assert [regel.gegevens["bestand"] for regel in regels] == [
            "stuurinformatie-2026-10-route.csv", "stuurinformatie-2026-10-route.ods", "stuurinformatie-2026-10.xlsx",
        ]  # fmt: skip
        assert {regel.soort for regel in regels} == {"lezen"}
        assert "60" not in json.dumps([regel.gegevens for regel in regels])

    @pytest.mark.parametrize("rol", [Rol.LOKETPROFESSIONAL, Rol.CASUSREGISSEUR, Rol.FUNCTIONEEL_BEHEERDER])
    def test_is_not_there_for_others(self, beleid: Client, rol: Rol) -> None:
        publish(OKTOBER, route=ROUTES)
        beleid.force_login(MedewerkerFactory(rol=rol))

        for pad in ("2026-10/route.xlsx", "2026-10/route.pdf", "2026-10.ods", "open-data.zip"):
            assert beleid.get(f"/stuurinformatie/{pad}").status_code == 404
        assert not Regel.objects.filter(actie="rapportage.download").exists()

    def test_needs_as_many_queries_for_many_cells_as_for_few(
        self, beleid: Client, django_assert_max_num_queries: Any
    ) -> None:
        publish(OKTOBER, route=ROUTES)
        beleid.get("/stuurinformatie/2026-10.xlsx")

        with django_assert_max_num_queries(10):
            beleid.get("/stuurinformatie/2026-10.xlsx")
