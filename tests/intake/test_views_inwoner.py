"""De pagina van een inwoner: wie haar ziet, het geheime adres en het BSN."""

import pytest
from django.test import Client
from django.urls import reverse

from skt.inwoners.models import Bsn, Inwoner
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.inwoners import TESTBSN, BsnFactory, InwonerFactory
from tests.intake.conftest import acties

PAGINAS = ("inwoner_detail", "inwoner_edit", "inwoner_address", "inwoner_bsn", "inwoner_bsn_reveal")
GEGEVENS = {
    "achternaam": "Verhage", "roepnaam": "Annie", "geslacht": "vrouw", "veilig_contact": "ja",
    "vertegenwoordiging": "geen", "postcode": "2244 QF", "huisnummer": "17", "telefoon": "070-5550218",
    "geboortedatum": "8-3-1942",
}  # fmt: skip


def url(inwoner: Inwoner, naam: str = "inwoner_detail") -> str:
    return reverse(f"intake:{naam}", kwargs={"uuid": inwoner.uuid})


@pytest.fixture
def inwoner(loket: Medewerker) -> Inwoner:
    inwoner = InwonerFactory(achternaam="Verhage", geheim=True, onveilig=True, aangemaakt_door=loket)
    MeldingFactory(medewerker=loket, inwoner=inwoner)
    return inwoner


@pytest.fixture
def in_toegang(client: Client, zorgregisseur: Medewerker) -> Client:
    client.force_login(zorgregisseur)
    return client


class TestInwonerDetail:
    def test_warns_first_and_hides_the_secret_address(self, aan: Client, inwoner: Inwoner) -> None:
        page = aan.get(url(inwoner)).content.decode()

        assert "Alleen overdag, niet voor 9 uur." in page
        assert "2244 QF" not in page
        assert "Toon het adres" in page
        assert "BSN" not in page

    def test_logs_the_reading(self, aan: Client, inwoner: Inwoner) -> None:
        aan.get(url(inwoner))

        assert Regel.objects.get(actie="intake.view_inwoner").inwoner_id == inwoner.pk

    def test_shows_closed_meldingen_of_elsewhere_only_in_short(self, aan: Client, inwoner: Inwoner) -> None:
        jan = LoketmedewerkerFactory(organisatie="kwadraad")
        MeldingFactory(medewerker=jan, inwoner=inwoner, gesloten=True, hulpvraag="Geheim van Kwadraad")

        page = aan.get(url(inwoner)).content.decode()

        assert "Eerder contact, elders" in page
        assert "Geheim van Kwadraad" not in page

    @pytest.mark.parametrize("naam", PAGINAS)
    def test_is_not_there_without_a_dossier(
        self, client: Client, inwoner: Inwoner, teamlid: Medewerker, naam: str
    ) -> None:
        client.force_login(teamlid)
        ask = client.get if naam == "inwoner_detail" else client.post

        assert (
            ask(
                url(inwoner, naam), {"bsn": TESTBSN, "achternaam": "X", "reden": "Zomaar even kijken"}
            ).status_code
            == 404
        )
        inwoner.refresh_from_db()
        assert (inwoner.achternaam, Bsn.objects.count()) == ("Verhage", 0)

    @pytest.mark.parametrize("naam", ["inwoner_address", "inwoner_bsn_reveal"])
    def test_showing_wants_a_post(self, in_toegang: Client, inwoner: Inwoner, naam: str) -> None:
        assert in_toegang.get(url(inwoner, naam)).status_code == 405


class TestInwonerAddress:
    def test_shows_it_once_and_logs_the_click(self, aan: Client, inwoner: Inwoner) -> None:
        page = aan.post(url(inwoner, "inwoner_address")).content.decode()

        assert "2244 QF" in page
        assert "intake.view_geheim_adres" in acties()


class TestInwonerEdit:
    def test_saves_what_changed(self, aan: Client, inwoner: Inwoner) -> None:
        response = aan.post(
            url(inwoner, "inwoner_edit"), {**GEGEVENS, "roepnaam": "Anna", "postcode": "2244qf"}
        )
        inwoner.refresh_from_db()

        assert response.status_code == 302
        assert (inwoner.roepnaam, inwoner.postcode, inwoner.geheim_adres) == ("Anna", "2244 QF", False)

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"achternaam": ""}, "Vul een achternaam in"),
            ({"veilig_contact": "beperkt"}, "wanneer en hoe het veilig is"),
            ({"geboortejaar": "1700", "geboortedatum": ""}, "geboortejaar kan niet kloppen"),
            ({"geboortejaar": "9" * 30}, ""),
            ({"geboortedatum": "1-1-2999"}, "toekomst"),
            ({"huisnummer": "17a"}, "in cijfers"),
            ({"huisnummer": "9" * 20}, ""),
            ({"telefoon": "12"}, "telefoonnummer"),
            ({"postcode": "x"}, "postcode"),
            ({"achternaam": "a\x00b"}, "tekens"),
            ({"geslacht": "x"}, ""),
            ({"email": "x"}, ""),
        ],
    )
    def test_refuses_nonsense_and_keeps_what_was(
        self, aan: Client, inwoner: Inwoner, anders: dict[str, str], zin: str
    ) -> None:
        response = aan.post(url(inwoner, "inwoner_edit"), {**GEGEVENS, "roepnaam": "Anders", **anders})
        inwoner.refresh_from_db()

        assert response.status_code == 422
        assert zin in response.content.decode()
        assert inwoner.roepnaam == "Annie"


class TestBsn:
    def test_is_masked_until_a_reason_is_given(self, in_toegang: Client, inwoner: Inwoner) -> None:
        in_toegang.post(url(inwoner, "inwoner_bsn"), {"bsn": "9999 90 019"})
        assert "••••••019" in in_toegang.get(url(inwoner)).content.decode()

        page = in_toegang.post(
            url(inwoner, "inwoner_bsn_reveal"), {"reden": "Aanvraag Wmo van vandaag"}
        ).content.decode()
        assert TESTBSN in page
        assert Regel.objects.get(actie="intake.reveal_bsn").reden == "Aanvraag Wmo van vandaag"

    @pytest.mark.parametrize("reden", ["", "kort", "a\x00bcdefghijkl"])
    def test_stays_masked_without_one(self, in_toegang: Client, inwoner: Inwoner, reden: str) -> None:
        BsnFactory(inwoner=inwoner)
        response = in_toegang.post(url(inwoner, "inwoner_bsn_reveal"), {"reden": reden})

        assert response.status_code == 422
        assert TESTBSN not in response.content.decode()
        assert "intake.reveal_bsn" not in acties()

    @pytest.mark.parametrize(
        "bsn", ["", "123456789", "99999001", "9999900199", "abcdefghi", "000000000", "99999001\x00"]
    )
    def test_that_fails_the_elfproef_is_refused(self, in_toegang: Client, inwoner: Inwoner, bsn: str) -> None:
        response = in_toegang.post(url(inwoner, "inwoner_bsn"), {"bsn": bsn})

        assert response.status_code == 422
        assert not Bsn.objects.exists()

    @pytest.mark.parametrize("naam", ["inwoner_bsn", "inwoner_bsn_reveal"])
    def test_is_not_there_for_the_loket(self, aan: Client, inwoner: Inwoner, naam: str) -> None:
        BsnFactory(inwoner=inwoner)

        response = aan.post(url(inwoner, naam), {"bsn": TESTBSN, "reden": "Aanvraag Wmo van vandaag"})
        assert response.status_code == 404
        assert TESTBSN not in response.content.decode()
