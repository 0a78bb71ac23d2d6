"""Inwoners per gebied uit een bestand van het CBS: alles van een jaar of niets, en twee keer is één keer."""

import csv
import io
import tracemalloc
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from rapportage.cbs import MAX_MB, WrongCbsFile, read_cbs
from rapportage.models import Bevolking
from rapportage.queries import inwoners_per_gebied
from rapportage.services import import_bevolking
from skt.kern.gebieden import Gebied
from skt.medewerkers.models import Rol
from skt.verantwoording.models import Regel
from tests.factories.medewerkers import MedewerkerFactory
from tests.fixtures import MAANDAG

URL = "/stuurinformatie/bevolking/"
BUURTEN = [buurt for gebied in Gebied for buurt in gebied.buurtcodes]
SAMEN = {str(gebied.value): 100 * len(gebied.buurtcodes) for gebied in Gebied}
"""With a hundred in each buurt."""


def cbs(
    anders: Mapping[str, str] | None = None,
    *,
    zonder: str = "",
    kop: tuple[str, ...] = ("gwb_code_10", "regio", "recs", "a_inw"),
    scheiding: str = ";",
    gemeente: str = "2100",
    extra: tuple[tuple[str, ...], ...] = (),
) -> bytes:
    """A file of the CBS: the gemeente, a wijk, other gemeenten and the 21 buurten."""
    buffer = io.StringIO(newline="")
    schrijver = csv.writer(buffer, delimiter=scheiding, lineterminator="\r\n")
    schrijver.writerow(kop)
    schrijver.writerow(["GM0629", "Wassenaar", "Gemeente", gemeente])
    schrijver.writerow(["WK062900", "Wijk 00", "Wijk", "1000"])
    schrijver.writerow(["BU05180000", "Elders", "Buurt", "."])
    for buurt in BUURTEN:
        if buurt != zonder:
            schrijver.writerow([buurt, "Naam", "Buurt", (anders or {}).get(buurt, "100")])
    schrijver.writerows(extra)
    return buffer.getvalue().encode()


class TestReadCbs:
    def test_adds_up_buurten_to_gebieden(self) -> None:
        assert read_cbs(BytesIO(cbs()), jaar=2026) == SAMEN

    def test_knows_the_download_of_statline(self) -> None:
        kop = ("Codering_3", "WijkenEnBuurten", "SoortRegio_2", "AantalInwoners_5")

        assert read_cbs(BytesIO(cbs(kop=kop, scheiding=",")), jaar=2026) == SAMEN

    def test_knows_a_mark_spaces_and_points_in_numbers(self) -> None:
        for geschreven in (" 1.100 ", "1\u00a0100", "1100.0", "   1100,00"):
            inhoud = b"\xef\xbb\xbf" + cbs({BUURTEN[0]: geschreven}, gemeente="   3.100")

            assert read_cbs(BytesIO(inhoud), jaar=2026)["centrum"] == 1100 + 200

    def test_knows_thousands_with_a_comma_between_quotes(self) -> None:
        inhoud = cbs({BUURTEN[0]: "1,000"}, scheiding=",", gemeente="3,000")

        assert read_cbs(BytesIO(inhoud), jaar=2026)["centrum"] == 1000 + 200

    def test_knows_the_file_per_year_as_the_cbs_writes_it(self) -> None:
        """With the code in three columns, names filled up with spaces and a decimal comma in what isn't ours."""
        kop = "gwb_code_10;gwb_code_8;regio;gm_naam;recs;gwb_code;ind_wbz;a_inw;a_man;bev_dich;p_stadsv"
        regels = [
            f"{b};{b[2:]};Naam      ;Wassenaar           ;Buurt;{b};1;     100;  45;1.234;12,5"
            for b in BUURTEN
        ]
        gemeente = "GM0629;0629;Wassenaar;Wassenaar;Gemeente;GM0629;.;    2100;1000;531;."

        assert (
            read_cbs(BytesIO("\r\n".join([kop, gemeente, *regels, ""]).encode("cp1252")), jaar=2026) == SAMEN
        )

    @pytest.mark.parametrize("scheiding", [";", ",", "\t"])
    def test_knows_what_the_table_of_statline_saves(self, scheiding: str) -> None:
        """With its title above the names of the columns, the units below them, and its source at the end."""
        namen = [
            "Wijken en buurten", "Regioaanduiding/Gemeentenaam (naam)", "Regioaanduiding/Codering (code)",
            "Bevolking/Aantal inwoners (aantal)", "Bevolking/Geslacht/Mannen (aantal)",
        ]  # fmt: skip
        rijen = [
            ["Kerncijfers wijken en buurten 2026"], namen, ["", "naam", "code", "aantal", "aantal"],
            *(["Naam", "Wassenaar", f"{buurt}  ", "100", "45"] for buurt in BUURTEN), ["Bron: CBS"],
        ]  # fmt: skip
        inhoud = "\n".join(scheiding.join(f'"{cel}"' for cel in rij) for rij in rijen).encode()

        assert read_cbs(BytesIO(inhoud), jaar=2026) == SAMEN

    @pytest.mark.parametrize(
        ("inhoud", "zin"),
        [
            (b"", "mist de kolom met de code van de buurt"),
            (b"naam;aantal\r\nx;1\r\n", "mist de kolom met de code van de buurt .* en het aantal inwoners"),
            (cbs(kop=("gwb_code_10", "regio", "recs", "a_man")), r"mist de kolom met het aantal inwoners"),
            (b"gwb_code;a_inw\r\nGM0629;27000\r\n", "alleen de hele gemeente, geen buurten"),
            (b"gwb_code;a_inw\r\nBU05180000;100\r\n", r"geen buurten van Wassenaar \(GM0629\)"),
            (cbs(zonder=BUURTEN[3]), f"Er ontbreekt: {BUURTEN[3]}"),
            (cbs(extra=(("BU06290999", "Nieuw", "Buurt", "100"),)), "Niet bij ons bekend: BU06290999"),
            (cbs(extra=((BUURTEN[0], "Weer", "Buurt", "100"),)), "staat twee keer"),
            (cbs({BUURTEN[0]: "."}), "staat er geen aantal inwoners"),
            (cbs({BUURTEN[0]: "-99997"}), "staat er geen aantal inwoners"),
            (cbs({BUURTEN[0]: "veel"}), "staat er geen aantal inwoners"),
            (cbs({BUURTEN[0]: "12,5"}), "staat er geen aantal inwoners"),
            (cbs(gemeente="27110"), "tellen samen 2.100 inwoners, maar bij de gemeente staat 27.110"),
            (b"PK\x03\x04rest", "Excel-bestand of een zip"),
            (b"gwb\x00code", "geen CSV-bestand"),
            (b"\xff\xfe\xfa", "mist de kolom"),
            (b'gwb_code;a_inw\r\n"' + b"x" * 200_000 + b'";1\r\n', "geen goede CSV"),
        ],
    )
    def test_says_what_is_wrong_with_another_file(self, inhoud: bytes, zin: str) -> None:
        with pytest.raises(WrongCbsFile, match=zin):
            read_cbs(BytesIO(inhoud), jaar=2026)

    def test_of_all_of_the_netherlands_fits_in_a_small_memory(self, tmp_path: Path) -> None:
        """Sixteen thousand rows of other gemeenten with eighty columns: what isn't ours is passed over line by line."""
        elders = b"BU05180000;Elders;Buurt;100" + b";1" * 80 + b"\r\n"
        bestand = tmp_path / "kwb.csv"
        bestand.write_bytes(cbs() + elders * 16_000)

        with bestand.open("rb") as geopend:
            tracemalloc.start()
            assert read_cbs(geopend, jaar=2026) == SAMEN
            _, meest = tracemalloc.get_traced_memory()
            tracemalloc.stop()

        assert bestand.stat().st_size > 2_900_000
        assert meest < 1_200_000

    def test_refuses_what_is_too_large_by_its_size_alone(self, tmp_path: Path) -> None:
        bestand = tmp_path / "kwb.csv"
        with bestand.open("wb") as leeg:
            leeg.truncate(MAX_MB * 1024 * 1024 + 1)

        with bestand.open("rb") as geopend, pytest.raises(WrongCbsFile, match="groter dan 40 MB"):
            read_cbs(geopend, jaar=2026)

    @pytest.mark.parametrize(
        ("jaar", "naam", "zin"),
        [
            (2026, "kwb-2025.csv", "Het bestand heet"),
            (1999, "kwb.csv", "Van 1999 zijn er geen kerncijfers"),
            (20260, "kwb.csv", "Van 20260 zijn er geen kerncijfers"),
        ],
    )
    def test_asks_for_the_right_year(self, jaar: int, naam: str, zin: str) -> None:
        with pytest.raises(WrongCbsFile, match=zin):
            read_cbs(BytesIO(cbs()), jaar=jaar, naam=naam)

    def test_believes_a_column_that_says_the_year(self) -> None:
        inhoud = cbs(kop=("gwb_code_10", "jaar", "recs", "a_inw")).replace(b";Naam;", b";2025;").replace(
            b";Wassenaar;", b";2025;"
        ).replace(b";Wijk 00;", b";2025;").replace(b";Elders;", b";2025;")  # fmt: skip

        assert read_cbs(BytesIO(inhoud), jaar=2025) == SAMEN
        with pytest.raises(WrongCbsFile, match="In dit bestand staat 2025, maar u koos 2026"):
            read_cbs(BytesIO(inhoud), jaar=2026)


@pytest.mark.django_db
@pytest.mark.usefixtures("systeem")
class TestImport:
    def test_twice_is_once(self) -> None:
        assert import_bevolking(bestand=BytesIO(cbs()), jaar=2026, at=MAANDAG)
        assert not import_bevolking(bestand=BytesIO(cbs()), jaar=2026, at=MAANDAG)

        assert inwoners_per_gebied([2025, 2026]) == {2026: SAMEN}
        assert Regel.objects.filter(actie="rapportage.import_bevolking").count() == 1

    def test_a_correction_of_the_cbs_takes_its_place_and_the_log_says_what_it_was(self) -> None:
        import_bevolking(bestand=BytesIO(cbs()), jaar=2026, at=MAANDAG)

        assert import_bevolking(bestand=BytesIO(cbs({BUURTEN[0]: "150"})), jaar=2026, at=MAANDAG)

        assert inwoners_per_gebied([2026])[2026]["centrum"] == SAMEN["centrum"] + 50
        laatste = Regel.objects.filter(actie="rapportage.import_bevolking").latest("pk")
        assert laatste.gegevens["was"]["centrum"] == SAMEN["centrum"]

    def test_keeps_each_year_apart(self) -> None:
        import_bevolking(bestand=BytesIO(cbs()), jaar=2025, at=MAANDAG)
        import_bevolking(bestand=BytesIO(cbs({BUURTEN[0]: "200"})), jaar=2026, at=MAANDAG)

        assert inwoners_per_gebied([2025])[2025] == SAMEN

    def test_a_wrong_file_changes_nothing(self) -> None:
        import_bevolking(bestand=BytesIO(cbs()), jaar=2026, at=MAANDAG)

        with pytest.raises(WrongCbsFile):
            import_bevolking(bestand=BytesIO(cbs({BUURTEN[-1]: "."})), jaar=2026, at=MAANDAG)

        assert inwoners_per_gebied([2026]) == {2026: SAMEN}


@pytest.mark.django_db
class TestCommand:
    def test_takes_the_year_of_the_name(self, tmp_path: Path, systeem: object, capsys: Any) -> None:
        bestand = tmp_path / "kwb-2026.csv"
        bestand.write_bytes(cbs())

        call_command("importeer_bevolking", str(bestand))
        call_command("importeer_bevolking", str(bestand))

        assert (
            capsys.readouterr().out
            == "De inwoners van 2026 zijn ingelezen.\nDe inwoners van 2026 stonden er al zo.\n"
        )
        assert Bevolking.objects.count() == len(Gebied)

    @pytest.mark.parametrize(
        ("naam", "inhoud", "zin"),
        [
            ("kwb.csv", cbs(), "Zeg met --jaar"),
            ("kwb-2026.csv", b"x", "mist de kolom"),
            ("weg/kwb-2026.csv", None, "niet te lezen"),
        ],
    )
    def test_refuses_with_a_sentence(
        self, tmp_path: Path, systeem: object, naam: str, inhoud: bytes | None, zin: str
    ) -> None:
        bestand = tmp_path / naam
        if inhoud is not None:
            bestand.write_bytes(inhoud)

        with pytest.raises(CommandError, match=zin):
            call_command("importeer_bevolking", str(bestand))
        assert not Bevolking.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("systeem")
class TestPage:
    def send(self, client: Client, inhoud: bytes, jaar: str = "2026", naam: str = "kwb.csv") -> Any:
        return client.post(URL, {"jaar": jaar, "bestand": SimpleUploadedFile(naam, inhoud)}, follow=True)

    @pytest.mark.parametrize("rol", [Rol.FUNCTIONEEL_BEHEERDER, Rol.KWARTIERMAKER])
    def test_reads_in_and_shows_what_stands(self, client: Client, rol: Rol) -> None:
        client.force_login(MedewerkerFactory(rol=rol))

        shown = " ".join(self.send(client, cbs()).content.decode().split())

        assert "De inwoners van 2026 zijn ingelezen." in shown
        assert '<th scope="row">Centrum-dorp</th> <td class="is-getal">300</td>' in shown

    @pytest.mark.parametrize(
        ("inhoud", "jaar", "zin"),
        [
            (b"rommel", "2026", "mist de kolom"),
            (cbs(zonder=BUURTEN[0]), "2026", "Er ontbreekt"),
            (cbs(), "", "Vul het jaar in"),
            (cbs(), "26", "Kies een jaar vanaf 2013."),
            (cbs(), "\x00", "Schrijf een jaar met vier cijfers"),
            (b"", "2026", "Dit bestand is leeg."),
        ],
    )
    def test_says_at_the_field_what_is_wrong_and_takes_nothing_over(
        self, client: Client, inhoud: bytes, jaar: str, zin: str
    ) -> None:
        client.force_login(MedewerkerFactory(rol=Rol.KWARTIERMAKER))

        assert zin in self.send(client, inhoud, jaar).content.decode()
        assert not Bevolking.objects.exists()

    @pytest.mark.parametrize(
        "rol", [rol for rol in Rol if rol not in {Rol.FUNCTIONEEL_BEHEERDER, Rol.KWARTIERMAKER}]
    )
    def test_is_404_for_everybody_else(self, client: Client, rol: Rol) -> None:
        client.force_login(MedewerkerFactory(rol=rol))

        assert client.get(URL).status_code == self.send(client, cbs()).status_code == 404
        assert not Bevolking.objects.exists()
