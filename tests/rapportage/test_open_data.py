"""Open data: de bevroren bytes zelf, met een beschrijving die een programma begrijpt, en iedere keer dezelfde zip."""

import json
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from rapportage import catalogus as catalogi
from rapportage.management.commands import exporteer_open_data
from rapportage.models import Indeling, Publicatie
from rapportage.opendata import bundel, ggm
from rapportage.services import Gevuld, freeze
from rapportage.uitvoer import export, hash_bytes
from skt.medewerkers.models import Rol
from skt.verantwoording.models import Regel
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.rapportage import OKTOBER, publish
from tests.fixtures import MAANDAG

pytestmark = pytest.mark.django_db(databases=["default", "rapport"])
WIE = {
    "uitgever": "Gemeente Wassenaar",
    "uitgever_uri": "https://identifier.overheid.nl/tooi/id/gemeente/gm0629",
    "licentie": "http://publications.europa.eu/resource/authority/licence/CC0",
    "adres": "",
    "contact": "",
}


@pytest.fixture
def gepubliceerd(systeem: object) -> None:
    """A month and a quarter of the catalogue of today, frozen as the job does it."""
    inhoud = catalogi.compose({"organisatie": [("smow", "SMOW")], "soort": []})
    Indeling.objects.using("rapport").create(jaar=2026, inhoud=inhoud, sha256=catalogi.fingerprint(inhoud))
    catalogus = catalogi.read(inhoud)
    for periode, begin in (("maand", date(2026, 9, 1)), ("kwartaal", date(2026, 7, 1))):
        freeze(
            at=MAANDAG,
            tabellen=[
                Gevuld(
                    tabel.code, periode, begin, tabel.kenmerken,
                    [(cel, 5 * (nummer % 9)) for nummer, cel in enumerate(catalogus.cells(tabel))],
                )
                for _, _, tabel in catalogus.tables(periode)
                if tabel.code in {"meldingen", "kanaal", "mensen-kanaal", "kanaal-gebied", "leefgebied", "schaling", "casusstand"}
            ],
        )  # fmt: skip


@pytest.fixture
def files(gepubliceerd: None) -> dict[str, bytes]:
    return bundel.open_data("rapport", WIE)


class TestOpenData:
    def test_holds_the_frozen_bytes(self, files: dict[str, bytes]) -> None:
        gevonden = {naam: inhoud for naam, inhoud in files.items() if naam.endswith(".csv")}

        assert gevonden == {
            naam: inhoud for naam, inhoud in export("rapport").bestanden.items() if naam.endswith(".csv")
        }
        zegels = set(Publicatie.objects.using("rapport").values_list("bestand_sha256", flat=True))
        assert {hash_bytes(inhoud) for inhoud in gevonden.values()} == zegels
        assert b"telefonisch,<10\r\n" in gevonden["maand/2026-09/kanaal.csv"]

    def test_describes_every_file_and_every_column(self, files: dict[str, bytes]) -> None:
        for naam, inhoud in files.items():
            if not naam.endswith(".csv"):
                continue
            map_, bestand = naam.rsplit("/", 1)
            groep = json.loads(files[f"{map_}/{bundel.CSVW}"])
            tabel = next(tabel for tabel in groep["tables"] if tabel["url"] == bestand)
            kop = inhoud.decode().split("\r\n", 1)[0].split(",")
            assert [kolom["name"] for kolom in tabel["tableSchema"]["columns"]] == kop
            assert tabel["tableSchema"]["columns"][-1]["null"] == "<10"
            assert "±" not in json.dumps(tabel)
            assert "ten hoogste 9" in tabel["rdfs:comment"]

    def test_says_of_every_term_what_it_is_in_the_ggm_or_that_it_is_nothing(
        self, files: dict[str, bytes]
    ) -> None:
        vertaling = json.loads(files[bundel.VERTALING])

        kenmerken = {regel["kenmerk"]: regel for regel in vertaling["kenmerken"]}
        assert kenmerken["kanaal"]["ggm"] == {
            "objecttype": "Klantcontact", "attribuut": "kanaal", "mate": "gelijk",
            "toelichting": ggm.KENMERKEN["kanaal"].toelichting,  # type: ignore[union-attr]
        }  # fmt: skip
        assert kenmerken["urgentie"]["ggm"] is None
        assert kenmerken["urgentie"]["reden"]
        assert all((regel["ggm"] is None) == bool(regel["reden"]) for regel in kenmerken.values())
        geteld = {(regel["familie"], regel["telt_mensen"]): regel["ggm"] for regel in vertaling["geteld"]}
        assert geteld["meldingen", True]["objecttype"] == "Client"
        assert geteld["schaling", False] is None

    def test_knows_every_term_of_the_catalogue(self) -> None:
        catalogus = catalogi.read(catalogi.compose({}))

        assert set(catalogus.kenmerken) - set(catalogi.INWENDIG) == set(ggm.KENMERKEN)
        assert {familie.stam.code for familie in catalogus.families} == set(ggm.GETELD) - {"contacten"}

    def test_describes_the_whole_as_a_series_of_datasets(self, files: dict[str, bytes]) -> None:
        graaf = json.loads(files[bundel.DATASET])["@graph"]

        reeks, *sets = graaf
        assert reeks["@type"] == "dcat:DatasetSeries"
        assert [deel["@id"] for deel in sets] == ["kwartaal/2026-K3/", "maand/2026-09/"]
        for deel in (reeks, *sets):
            for naam in ("title", "description", "identifier", "publisher", "creator", "accessRights"):
                assert deel[f"dct:{naam}"]
            assert deel["dcat:contactPoint"]
            assert deel["dcat:theme"]
        assert reeks["dct:temporal"]["dcat:startDate"]["@value"] == "2026-07-01"
        assert reeks["dct:temporal"]["dcat:endDate"]["@value"] == "2026-10-01"
        verspreid = {d["dcat:downloadURL"]["@id"]: d for deel in sets for d in deel["dcat:distribution"]}
        assert set(verspreid) == {naam for naam in files if naam.endswith(".csv")}
        for naam, deel in verspreid.items():
            assert deel["spdx:checksum"]["spdx:checksumValue"]["@value"] == hash_bytes(files[naam])
            assert deel["dct:license"]["@id"].endswith("CC0")

    def test_names_the_address_and_the_contact_that_are_set(self, gepubliceerd: None) -> None:
        wie = {**WIE, "adres": "https://open.voorbeeld.nl/skt/", "contact": "data@voorbeeld.nl"}

        graaf = json.loads(bundel.open_data("rapport", wie)[bundel.DATASET])["@graph"]

        assert graaf[1]["@id"] == "https://open.voorbeeld.nl/skt/kwartaal/2026-K3/"
        assert graaf[0]["dcat:contactPoint"]["vcard:hasEmail"] == {"@id": "mailto:data@voorbeeld.nl"}

    def test_is_the_same_zip_every_time(self, gepubliceerd: None, monkeypatch: pytest.MonkeyPatch) -> None:
        eerste = bundel.zip_open_data(bundel.open_data("rapport", WIE))
        monkeypatch.setattr("time.time", lambda: (MAANDAG + timedelta(days=999)).timestamp())

        assert bundel.zip_open_data(bundel.open_data("rapport", WIE)) == eerste
        assert {regel.date_time[0] for regel in ZipFile(BytesIO(eerste)).infolist()} == {1980}

    def test_also_describes_the_first_figures(self, systeem: object) -> None:
        publish(OKTOBER, kanaal={"telefonisch": 90})

        files = bundel.open_data("rapport", WIE)

        assert b"telefonisch,90" in files["maand/2026-10/kanaal.csv"]
        assert json.loads(files[bundel.VERTALING])["geteld"][0]["ggm"] is None

    def test_refuses_while_nothing_is_published(self, systeem: object) -> None:
        with pytest.raises(bundel.NothingPublished, match="nog niets gepubliceerd"):
            bundel.open_data("rapport", WIE)


class TestCommand:
    @pytest.fixture(autouse=True)
    def een_verbinding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(exporteer_open_data, "LEZER", "rapport")

    def test_writes_the_files(self, gepubliceerd: None, tmp_path: Path) -> None:
        out = StringIO()

        call_command("exporteer_open_data", str(tmp_path / "nieuw"), stdout=out)

        geschreven = {
            str(pad.relative_to(tmp_path / "nieuw")): pad.read_bytes()
            for pad in (tmp_path / "nieuw").rglob("*")
            if pad.is_file()
        }
        with override_settings(SKT_OPEN_DATA=WIE):
            assert geschreven == bundel.open_data("rapport", WIE)
        assert f"{len(geschreven)} bestanden" in out.getvalue()

    def test_writes_one_zip_twice_the_same(self, gepubliceerd: None, tmp_path: Path) -> None:
        for naam in ("een", "twee"):
            call_command("exporteer_open_data", str(tmp_path / naam), "--zip", stdout=StringIO())

        een, twee = (tmp_path / naam / exporteer_open_data.ZIP for naam in ("een", "twee"))
        assert een.read_bytes() == twee.read_bytes()

    def test_refuses_a_folder_with_something_in_it(self, gepubliceerd: None, tmp_path: Path) -> None:
        (tmp_path / "iets").write_text("van een ander")

        with pytest.raises(CommandError, match="niet leeg"):
            call_command("exporteer_open_data", str(tmp_path), stdout=StringIO())

        assert [pad.name for pad in tmp_path.iterdir()] == ["iets"]

    def test_refuses_while_nothing_is_published(self, systeem: object, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="nog niets gepubliceerd"):
            call_command("exporteer_open_data", str(tmp_path / "nieuw"), stdout=StringIO())

        assert not (tmp_path / "nieuw").exists()


class TestDownload:
    @pytest.fixture
    def beleid(self, systeem: object, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
        monkeypatch.setattr("rapportage.views.downloads.LEZER", "rapport")
        monkeypatch.setattr("rapportage.queries.LEZER", "rapport")
        client.force_login(MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER))
        return client

    def test_gives_the_zip_and_logs_it(self, beleid: Client, gepubliceerd: None) -> None:
        een, twee = (beleid.get("/stuurinformatie/open-data.zip") for _ in range(2))

        assert een.content == twee.content
        assert bundel.DATASET in ZipFile(BytesIO(een.content)).namelist()
        assert Regel.objects.filter(actie="rapportage.download").count() == 2

    def test_says_that_nothing_is_published(self, beleid: Client) -> None:
        response: Any = beleid.get("/stuurinformatie/open-data.zip", follow=True)

        assert "Er is nog niets gepubliceerd." in response.content.decode()
        assert not Regel.objects.filter(actie="rapportage.download").exists()
