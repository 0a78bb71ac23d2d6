"""Het rapport aan de raad op het scherm, en figuren en thema's om mee te nemen: wie erbij mag en wat er komt."""

import hashlib
import re
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import fromstring as parse

import pytest
from django.test import Client

from rapportage.beeld.plannen import PLANNEN
from rapportage.bestanden.beeld import styles
from rapportage.models import Raadsrapport
from rapportage.services import STAPPEN
from rapportage.status import Rapportstatus
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from tests.factories.medewerkers import MedewerkerFactory
from tests.fixtures import MAANDAG
from tests.rapportage.rapport import EEN, LIJST, ask, explain, make, read, text_of

pytestmark = [
    pytest.mark.django_db(databases=["default", "rapport"]),
    pytest.mark.usefixtures("een_verbinding"),
]


@pytest.mark.usefixtures("rapportcijfers")
class TestPages:
    def test_asks_for_a_report_and_shows_how_far_it_is(self, leest_cijfers: Client) -> None:
        assert "Er is nog geen rapport gemaakt." in leest_cijfers.get(LIJST).content.decode()

        assert leest_cijfers.post(LIJST, {"periode": "2026-K3"})["Location"] == EEN
        assert "Wacht op de achtergrond." in leest_cijfers.get(EEN).content.decode()
        Raadsrapport.objects.update(status="bezig", stap="Moeten mensen wachten?", gedaan=4)
        stuk = leest_cijfers.get(EEN, headers={"HX-Request": "true"}).content.decode()

        assert "Bezig met: Moeten mensen wachten?" in stuk
        assert f'value="{400 // STAPPEN}"' in stuk
        assert "<html" not in stuk

    def test_gives_the_kept_bytes_and_logs_it(self, leest_cijfers: Client, schrijver: Medewerker) -> None:
        rapport = make(ask(schrijver))

        response = leest_cijfers.get(f"{EEN}rapport.pdf")

        assert hashlib.sha256(response.content).hexdigest() == rapport.sha256
        assert (
            response["Content-Disposition"] == 'attachment; filename="raadsrapport-skt-2026-K3-versie-1.pdf"'
        )
        assert rapport.sha256 in leest_cijfers.get(EEN).content.decode().replace("<wbr>", "")
        regel = Regel.objects.get(actie="rapportage.download_raadsrapport")
        assert (regel.soort, regel.object_id) == ("lezen", rapport.pk)

    @pytest.mark.parametrize("periode", ["", "2026-07", "2031-K1", "onzin", "\x00", "2026"])
    def test_says_at_the_field_what_cannot_be(self, leest_cijfers: Client, periode: str) -> None:
        response = leest_cijfers.post(LIJST, {"periode": periode})

        assert response.status_code == 422
        assert "utrecht-form-field-error-message" in response.content.decode()
        assert not Raadsrapport.objects.exists()

    @pytest.mark.parametrize(
        "pad", ["2026-K3/2/", "2026-K4/1/", "2026/1/", "onzin/1/", "2026-K3/99999999/", "%00/1/"]
    )
    def test_is_404_for_a_guess(self, leest_cijfers: Client, schrijver: Medewerker, pad: str) -> None:
        make(ask(schrijver))

        assert leest_cijfers.get(f"{LIJST}{pad}").status_code == 404
        assert leest_cijfers.get(f"{LIJST}{pad}rapport.pdf").status_code == 404
        assert leest_cijfers.post(f"{LIJST}{pad}stoppen/").status_code == 404

    def test_has_no_file_before_it_is_done(self, leest_cijfers: Client, schrijver: Medewerker) -> None:
        ask(schrijver)

        assert leest_cijfers.get(f"{EEN}rapport.pdf").status_code == 404

    @pytest.mark.parametrize("rol", [Rol.TEAMCOORDINATOR, Rol.KWARTIERMAKER])
    def test_lets_readers_read_and_nothing_else(
        self, leest_cijfers: Client, schrijver: Medewerker, rol: Rol
    ) -> None:
        make(ask(schrijver))
        explain(schrijver, "Nieuw.")
        leest_cijfers.force_login(MedewerkerFactory(rol=rol))

        assert leest_cijfers.get(f"{EEN}rapport.pdf").status_code == 200
        assert "Maak het rapport" not in leest_cijfers.get(LIJST).content.decode()
        assert leest_cijfers.post(LIJST, {"periode": "2026-K3"}).status_code == 404
        assert leest_cijfers.post(f"{EEN}stoppen/").status_code == 404
        assert Raadsrapport.objects.get().status == Rapportstatus.KLAAR

    @pytest.mark.parametrize("rol", [Rol.LOKETPROFESSIONAL, Rol.CASUSREGISSEUR, Rol.PRIVACY_OFFICER])
    def test_is_not_there_for_others(self, leest_cijfers: Client, schrijver: Medewerker, rol: Rol) -> None:
        rapport = ask(schrijver)
        leest_cijfers.force_login(MedewerkerFactory(rol=rol))

        for pad in (LIJST, EEN, f"{EEN}rapport.pdf"):
            assert leest_cijfers.get(pad).status_code == 404
        assert leest_cijfers.post(LIJST, {"periode": "2026-K3"}).status_code == 404
        assert leest_cijfers.post(f"{EEN}stoppen/").status_code == 404
        rapport.refresh_from_db()
        assert (rapport.status, rapport.stop_gevraagd) == (Rapportstatus.WACHT, False)

    def test_needs_as_many_queries_for_many_reports_as_for_few(
        self, leest_cijfers: Client, schrijver: Medewerker, django_assert_max_num_queries: Any
    ) -> None:
        for jaar in range(2000, 2030, 10):
            for tien in range(10):
                Raadsrapport.objects.create(
                    periode="jaar", begin=date(jaar + tien, 1, 1), versie=1, gevraagd_door=schrijver,
                    gevraagd_op=MAANDAG + timedelta(days=jaar + tien), status="gestopt",
                )  # fmt: skip
            with django_assert_max_num_queries(12):
                leest_cijfers.get(LIJST)


@pytest.mark.usefixtures("rapportcijfers")
class TestFigures:
    def test_come_as_the_drawing_of_the_page(self, leest_cijfers: Client) -> None:
        svg = leest_cijfers.get("/stuurinformatie/figuur/onderwerp-leefgebied/2026-K3.svg")

        assert svg["Content-Type"] == "image/svg+xml"
        parse(svg.content)  # noqa: S314 - our own bytes
        pagina = leest_cijfers.get("/stuurinformatie/thema/onderwerp/?periode=2026-K3").content.decode()
        staven = re.search(r'<rect class="skt-grafiek__vlak"[^>]*/>', svg.content.decode())
        assert staven is not None
        assert staven.group() in pagina
        assert "Liggende staven." in svg.content.decode()

    @pytest.mark.parametrize(
        "figuur", ["herkomst-kaart", "route-verloop", "nummers-doorverbonden", "route-route"]
    )
    def test_come_in_every_form(self, leest_cijfers: Client, figuur: str) -> None:
        begin = f"/stuurinformatie/figuur/{figuur}/2026-K3"

        assert leest_cijfers.get(f"{begin}.png").content.startswith(b"\x89PNG")
        assert b"<desc" in leest_cijfers.get(f"{begin}.svg").content
        pdf = read(leest_cijfers.get(f"{begin}.pdf").content)
        assert pdf.trailer["/Root"]["/Lang"] == "nl-NL"
        assert "Hoe zeker" in "".join(blad.extract_text() for blad in pdf.pages)

    def test_have_a_rule_for_every_class_that_is_drawn(self, leest_cijfers: Client) -> None:
        """A class that the stylesheet of drawings doesn't know would come out black."""
        namen = set()
        for figuur in PLANNEN:
            response = leest_cijfers.get(f"/stuurinformatie/figuur/{figuur}/2026-K3.svg")
            if response.status_code == 200:
                lichaam = response.content.decode().split("</style>", 1)[1]
                namen |= {
                    naam for klasse in re.findall(r'class="([^"]+)"', lichaam) for naam in klasse.split()
                }

        gekend = styles()
        assert len(namen) > 10
        assert {naam for naam in namen if "--" not in naam and f".{naam}" not in gekend} == set()

    def test_come_per_theme_with_what_policy_wrote(
        self, leest_cijfers: Client, schrijver: Medewerker
    ) -> None:
        explain(schrijver, "Er was een campagne.")

        tekst = text_of(leest_cijfers.get("/stuurinformatie/thema/route/2026-K3.pdf").content)

        assert "Wat gebeurt er met een vraag?" in tekst
        assert "Er was een campagne." in tekst
        assert "Waar komen vragen vandaan?" not in tekst

    def test_are_the_same_bytes_every_time(self, leest_cijfers: Client) -> None:
        for pad in (
            "thema/route/2026-K3.pdf",
            "figuur/route-route/2026-K3.png",
            "figuur/route-route/2026-K3.pdf",
        ):
            een, twee = (leest_cijfers.get(f"/stuurinformatie/{pad}") for _ in range(2))
            assert een.content == twee.content

    @pytest.mark.parametrize(
        "pad",
        [
            "figuur/route-route/2026-K4.svg", "figuur/onzin/2026-K3.svg", "figuur/route-route/2026-K3.exe", "thema/onzin/2026-K3.pdf",
            "thema/route/onzin.pdf", "figuur/herkomst-per-duizend/2026-K3.svg", "thema/onbekend/2026-K3.pdf",
        ],
    )  # fmt: skip
    def test_are_404_for_what_is_not_there(self, leest_cijfers: Client, pad: str) -> None:
        assert leest_cijfers.get(f"/stuurinformatie/{pad}").status_code == 404
        assert not Regel.objects.filter(actie="rapportage.download").exists()

    def test_stand_beside_every_figure_of_the_page(self, leest_cijfers: Client) -> None:
        pagina = leest_cijfers.get("/stuurinformatie/thema/route/?periode=2026-K3").content.decode()

        adressen = re.findall(r'href="(/stuurinformatie/(?:figuur/[^"]+|2026-K3/[^"]+))"', pagina)
        assert len(adressen) > 10
        for adres in adressen:
            assert leest_cijfers.get(adres.replace("&amp;", "&")).status_code == 200, adres
