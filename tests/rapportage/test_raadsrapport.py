"""Het rapport aan de raad, en figuren en thema's om mee te nemen: wat erin staat, dat er één van is, en wie erbij mag."""

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import fromstring as parse

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from pypdf import PdfReader

from rapportage import queries, rapporten
from rapportage.beeld.plannen import PLANNEN
from rapportage.bestanden.beeld import styles
from rapportage.models import Periode, Raadsrapport, Raadsrapportbestand, Rapportstatus
from rapportage.raadsrapport import NothingToReport, compose, fingerprint
from rapportage.rapporten import (
    STAPPEN,
    NotForMonths,
    NothingNew,
    NothingRuns,
    ReportBusy,
    file_of,
    process_rapport,
    request_rapport,
    stop_rapport,
)
from rapportage.tasks import make_raadsrapport
from rapportage.tijdvak import Tijdvak
from rapportage.toelichten import save_toelichting
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from skt.web import papier
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.rapportage import publish_tables
from tests.fixtures import MAANDAG

pytestmark = [
    pytest.mark.django_db(databases=["default", "rapport"]),
    pytest.mark.usefixtures("een_verbinding"),
]
K3 = Tijdvak(date(2026, 7, 1), Periode.KWARTAAL)
K3_TOEN = Tijdvak(date(2025, 7, 1), Periode.KWARTAAL)
TABELLEN: dict[str, Any] = {
    "meldingen": 610,
    "mensen-meldingen": 480,
    "meldingen-gebied": {"centrum": 190, "oostdorp": 165, "kieviet": 80, "duinrell": 5},
    "kanaal": {"telefonisch": 450, "digitaal": 160},
    "route": {"informatie en advies": 400, "triage: volwassenen": 150, "crisisroute": 5},
    "leefgebied": {"sociaal": 215, "psychisch": 190},
    "triages": 150,
    "nuldelijn": {"past": 100, "past_niet": 50},
    "casus": {"geopend": 35, "afgesloten": 20},
    "contact-doorverbonden": {"geen": 500, "kwadraad": 35, "mee": 10},
}
EERDER: dict[str, Any] = {**TABELLEN, "meldingen": 570, "leefgebied": {"sociaal": 190, "psychisch": 145}}
LIJST = "/stuurinformatie/rapporten/"
EEN = f"{LIJST}2026-K3/1/"


@pytest.fixture
def een_verbinding(systeem: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LEZER", "rapport")


@pytest.fixture
def cijfers(een_verbinding: None) -> None:
    publish_tables(K3, TABELLEN)
    publish_tables(K3_TOEN, EERDER)


@pytest.fixture
def schrijver(een_verbinding: None) -> Medewerker:
    medewerker: Medewerker = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)
    return medewerker


@pytest.fixture
def beleid(client: Client, schrijver: Medewerker) -> Client:
    client.force_login(schrijver)
    return client


def clock() -> datetime:
    return MAANDAG + timedelta(minutes=1)


def ask(schrijver: Medewerker, tijdvak: Tijdvak = K3, at: datetime = MAANDAG) -> Raadsrapport:
    return request_rapport(tijdvak=tijdvak, actor=schrijver, at=at)


def make(rapport: Raadsrapport) -> Raadsrapport:
    process_rapport(rapport_id=rapport.pk, clock=clock)
    rapport.refresh_from_db()
    return rapport


def explain(schrijver: Medewerker, tekst: str, versie: int = 0) -> None:
    save_toelichting(
        figuur="route-route", tijdvak=K3, tekst=tekst, versie=versie, actor=schrijver, at=MAANDAG
    )


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(blad.extract_text() for blad in read(pdf).pages).split())


@pytest.mark.usefixtures("cijfers")
class TestContents:
    def test_begins_with_sentences_and_says_how_sure_they_are(self, schrijver: Medewerker) -> None:
        rapport = make(ask(schrijver))

        tekst = text_of(file_of(rapport) or b"")
        assert tekst.index("In het kort") < tekst.index("610 meldingen kwamen binnen") < tekst.index("Inhoud")
        assert "610 meldingen kwamen binnen" in tekst
        assert "waren het er 570" in tekst
        assert "Elk aantal ligt ten hoogste 9 naast het echte aantal (±9)." in tekst
        assert "Psychisch functioneren: van 145 naar 190" in tekst or "van 145 naar 190" in tekst
        assert "Werkwijze" in tekst
        assert "Staat er 40, dan zijn het er in het echt 31 tot en met 49." in tekst
        assert "<10" in tekst

    def test_is_pdf_ua(self, schrijver: Medewerker) -> None:
        pdf = read(file_of(make(ask(schrijver))) or b"")

        wortel: Any = pdf.trailer["/Root"]
        assert wortel["/Lang"] == "nl-NL"
        assert wortel["/MarkInfo"]["/Marked"]
        assert wortel["/ViewerPreferences"]["/DisplayDocTitle"]
        assert pdf.metadata is not None
        assert pdf.metadata.title == "Stuurinformatie Sociaal Kernteam Wassenaar, 3e kwartaal 2026"
        soorten, beschreven = self.structure(wortel["/StructTreeRoot"])
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure"} <= set(soorten)
        assert beschreven == soorten.count("/Figure") > 5
        assert "pdfuaid" in pdf.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]

    def structure(self, wortel: Any) -> tuple[list[str], int]:
        """Every kind of element in the tree, and how many figures say what they show."""
        soorten, beschreven, wachten = [], 0, [wortel]
        while wachten:
            deel = wachten.pop()
            deel = deel.get_object() if hasattr(deel, "get_object") else deel
            if isinstance(deel, list):
                wachten.extend(deel)
            elif isinstance(deel, dict):
                if "/S" in deel:
                    soorten.append(str(deel["/S"]))
                    beschreven += deel["/S"] == "/Figure" and bool(str(deel.get("/Alt", "")))
                if "/K" in deel:
                    wachten.append(deel["/K"])
        return soorten, beschreven

    def test_holds_what_policy_wrote_as_text_and_nothing_else(self, schrijver: Medewerker) -> None:
        explain(schrijver, 'Door de #emph[campagne] → meer.\n\n#image("/etc/passwd") $x$ ❤️ "=1+1"')

        rapport = make(ask(schrijver))

        tekst = text_of(file_of(rapport) or b"")
        assert rapport.status == Rapportstatus.KLAAR
        assert rapport.toelichtingen == 1
        assert "Toelichting van de gemeente" in tekst
        assert "Door de #emph[campagne] · meer." in tekst
        assert '#image("/etc/passwd") $x$' in tekst
        assert schrijver.naam in tekst

    def test_holds_only_published_numbers(self, schrijver: Medewerker) -> None:
        inhoud = compose(K3, queries.published_periods())

        bekend = {
            aantal
            for tijdvak in (K3, K3_TOEN)
            for tabel in queries.read_period(tijdvak).values()
            for aantal in tabel.cellen.values()
        }
        for hoofdstuk in inhoud["hoofdstukken"]:
            for figuur in hoofdstuk["figuren"]:
                for rij in figuur["tabel"]["rijen"] if figuur["tabel"] else ():
                    assert {int(cel) for cel in rij[1:] if cel.isdecimal()} <= bekend

    def test_refuses_a_period_without_figures(self, schrijver: Medewerker) -> None:
        with pytest.raises(NothingToReport, match="Over 2026 is nog niets gepubliceerd"):
            ask(schrijver, Tijdvak(date(2026, 1, 1), Periode.JAAR))
        with pytest.raises(NotForMonths):
            ask(schrijver, Tijdvak(date(2026, 7, 1), Periode.MAAND))
        assert not Raadsrapport.objects.exists()

    def test_refuses_figures_that_do_not_fit_their_seal(
        self, schrijver: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "seal", lambda *_args: "0" * 64)

        with pytest.raises(NothingToReport, match="niet meer gelijk aan wat is vastgezet"):
            ask(schrijver)


@pytest.mark.usefixtures("cijfers")
class TestVersions:
    def test_are_one_per_contents(self, schrijver: Medewerker) -> None:
        een = make(ask(schrijver))
        with pytest.raises(NothingNew, match="zegt al hetzelfde"):
            ask(schrijver)

        explain(schrijver, "Er was een campagne.")
        twee = make(ask(schrijver))

        assert (een.versie, twee.versie) == (1, 2)
        assert een.sha256 != twee.sha256
        assert "campagne" in text_of(file_of(twee) or b"")
        assert "campagne" not in text_of(file_of(een) or b"")

    def test_follow_from_their_contents_and_the_moment_they_were_asked(
        self, schrijver: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rapport = make(ask(schrijver))
        monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)

        nog_eens = papier.make_pdf("raadsrapport.typ", compose(K3, queries.published_periods()), at=MAANDAG)

        assert hashlib.sha256(nog_eens).hexdigest() == rapport.sha256
        assert rapport.inhoud_sha256 == fingerprint(compose(K3, queries.published_periods()))

    def test_never_change(self, schrijver: Medewerker) -> None:
        make(ask(schrijver))

        for statement in (
            "UPDATE rapportage_raadsrapportbestand SET pdf = ''",
            "DELETE FROM rapportage_raadsrapportbestand",
        ):
            with (
                pytest.raises((IntegrityError, ProgrammingError)),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)

    def test_are_shown_only_as_they_were_kept(self, schrijver: Medewerker) -> None:
        rapport = make(ask(schrijver))

        rapport.sha256 = "0" * 64

        assert file_of(rapport) is None


@pytest.mark.usefixtures("cijfers")
class TestJob:
    def test_does_nothing_the_second_time(self, schrijver: Medewerker) -> None:
        rapport = make(ask(schrijver))
        was = (rapport.sha256, rapport.klaar_op)

        make_raadsrapport(rapport_id=rapport.pk)

        rapport.refresh_from_db()
        assert (rapport.sha256, rapport.klaar_op) == was
        assert Raadsrapportbestand.objects.count() == 1
        assert Regel.objects.filter(actie="rapportage.finish_raadsrapport").count() == 1

    def test_killed_at_any_step_begins_again(
        self, schrijver: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Killed(BaseException):
            """As a worker that is gone: nothing is caught."""

        rapport = ask(schrijver)
        tell = rapporten._tell
        for dood in range(STAPPEN):

            def until(rapport: Raadsrapport, wat: str, gedaan: int, dood: int = dood) -> None:
                tell(rapport, wat, gedaan)
                if gedaan == dood:
                    raise Killed

            monkeypatch.setattr(rapporten, "_tell", until)
            with pytest.raises(Killed):
                process_rapport(rapport_id=rapport.pk, clock=clock)
            rapport.refresh_from_db()
            assert (rapport.status, rapport.gedaan) == (Rapportstatus.BEZIG, dood)
            assert not Raadsrapportbestand.objects.exists()

        monkeypatch.setattr(rapporten, "_tell", tell)
        assert make(rapport).status == Rapportstatus.KLAAR

    def test_on_two_workers_at_once_makes_one_report(
        self, schrijver: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The second worker finishes while the first is about to keep its own."""
        rapport = ask(schrijver)
        keep = rapporten._keep
        gemaakt = []

        def late(rapport: Raadsrapport, inhoud: dict[str, Any], pdf: bytes, at: datetime) -> None:
            gemaakt.append(pdf)
            if len(gemaakt) == 1:
                process_rapport(rapport_id=rapport.pk, clock=clock)
            keep(rapport, inhoud, pdf, at)

        monkeypatch.setattr(rapporten, "_keep", late)
        make(rapport)

        assert len(gemaakt) == 2
        assert gemaakt[0] == gemaakt[1]
        assert Raadsrapportbestand.objects.count() == 1
        assert rapport.status == Rapportstatus.KLAAR
        assert Regel.objects.filter(actie="rapportage.finish_raadsrapport").count() == 1

    def test_stops_before_its_next_step_and_keeps_nothing(
        self, schrijver: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rapport = ask(schrijver)
        tell = rapporten._tell

        def stop_halfway(bezig: Raadsrapport, wat: str, gedaan: int) -> None:
            if gedaan == 3:
                stop_rapport(rapport=bezig, actor=schrijver)
            tell(bezig, wat, gedaan)

        monkeypatch.setattr(rapporten, "_tell", stop_halfway)
        make(rapport)

        assert rapport.status == Rapportstatus.GESTOPT
        assert not Raadsrapportbestand.objects.exists()
        monkeypatch.setattr(rapporten, "_tell", tell)
        opnieuw = make(ask(schrijver))
        assert (opnieuw.pk, opnieuw.versie, opnieuw.status) == (rapport.pk, 1, Rapportstatus.KLAAR)

    def test_stopped_while_waiting_never_begins(self, schrijver: Medewerker) -> None:
        rapport = ask(schrijver)

        stop_rapport(rapport=rapport, actor=schrijver)

        assert make(rapport).status == Rapportstatus.GESTOPT
        with pytest.raises(NothingRuns):
            stop_rapport(rapport=rapport, actor=schrijver)

    def test_gone_with_its_worker_is_stopped_by_asking_twice(self, schrijver: Medewerker) -> None:
        rapport = ask(schrijver)
        Raadsrapport.objects.update(status=Rapportstatus.BEZIG)

        assert stop_rapport(rapport=rapport, actor=schrijver).status == Rapportstatus.BEZIG
        assert stop_rapport(rapport=rapport, actor=schrijver).status == Rapportstatus.GESTOPT

    @pytest.mark.parametrize(
        ("fout", "zin"),
        [
            (
                papier.PaperFailed("Het document kon niet worden gemaakt."),
                "Het document kon niet worden gemaakt.",
            ),
            (ValueError("610 meldingen"), rapporten.ONVERWACHT),
        ],
    )
    def test_that_fails_says_one_sentence_and_never_a_number(
        self, schrijver: Medewerker, monkeypatch: pytest.MonkeyPatch, fout: Exception, zin: str
    ) -> None:
        def fail(*_args: Any, **_kwargs: Any) -> bytes:
            raise fout

        monkeypatch.setattr(rapporten, "make_pdf", fail)
        rapport = ask(schrijver)
        try:
            process_rapport(rapport_id=rapport.pk, clock=clock)
        except ValueError:
            assert isinstance(fout, ValueError)
        rapport.refresh_from_db()

        assert (rapport.status, rapport.fout) == (Rapportstatus.MISLUKT, zin)
        assert not Raadsrapportbestand.objects.exists()

    def test_is_asked_for_once_at_a_time(
        self, schrijver: Medewerker, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        with django_capture_on_commit_callbacks() as verstuurd:
            ask(schrijver)
            with pytest.raises(ReportBusy):
                ask(schrijver)

        assert len(verstuurd) == 1
        assert Raadsrapport.objects.count() == 1


@pytest.mark.usefixtures("cijfers")
class TestPages:
    def test_asks_for_a_report_and_shows_how_far_it_is(self, beleid: Client) -> None:
        assert "Er is nog geen rapport gemaakt." in beleid.get(LIJST).content.decode()

        assert beleid.post(LIJST, {"periode": "2026-K3"})["Location"] == EEN
        assert "Wacht op de achtergrond." in beleid.get(EEN).content.decode()
        Raadsrapport.objects.update(status="bezig", stap="Moeten mensen wachten?", gedaan=4)
        stuk = beleid.get(EEN, headers={"HX-Request": "true"}).content.decode()

        assert "Bezig met: Moeten mensen wachten?" in stuk
        assert f'value="{400 // STAPPEN}"' in stuk
        assert "<html" not in stuk

    def test_gives_the_kept_bytes_and_logs_it(self, beleid: Client, schrijver: Medewerker) -> None:
        rapport = make(ask(schrijver))

        response = beleid.get(f"{EEN}rapport.pdf")

        assert hashlib.sha256(response.content).hexdigest() == rapport.sha256
        assert (
            response["Content-Disposition"] == 'attachment; filename="raadsrapport-skt-2026-K3-versie-1.pdf"'
        )
        assert rapport.sha256 in beleid.get(EEN).content.decode().replace("<wbr>", "")
        regel = Regel.objects.get(actie="rapportage.download_raadsrapport")
        assert (regel.soort, regel.object_id) == ("lezen", rapport.pk)

    @pytest.mark.parametrize("periode", ["", "2026-07", "2031-K1", "onzin", "\x00", "2026"])
    def test_says_at_the_field_what_cannot_be(self, beleid: Client, periode: str) -> None:
        response = beleid.post(LIJST, {"periode": periode})

        assert response.status_code == 422
        assert "utrecht-form-field-error-message" in response.content.decode()
        assert not Raadsrapport.objects.exists()

    @pytest.mark.parametrize(
        "pad", ["2026-K3/2/", "2026-K4/1/", "2026/1/", "onzin/1/", "2026-K3/99999999/", "%00/1/"]
    )
    def test_is_404_for_a_guess(self, beleid: Client, schrijver: Medewerker, pad: str) -> None:
        make(ask(schrijver))

        assert beleid.get(f"{LIJST}{pad}").status_code == 404
        assert beleid.get(f"{LIJST}{pad}rapport.pdf").status_code == 404
        assert beleid.post(f"{LIJST}{pad}stoppen/").status_code == 404

    def test_has_no_file_before_it_is_done(self, beleid: Client, schrijver: Medewerker) -> None:
        ask(schrijver)

        assert beleid.get(f"{EEN}rapport.pdf").status_code == 404

    @pytest.mark.parametrize("rol", [Rol.TEAMCOORDINATOR, Rol.KWARTIERMAKER])
    def test_lets_readers_read_and_nothing_else(
        self, beleid: Client, schrijver: Medewerker, rol: Rol
    ) -> None:
        make(ask(schrijver))
        explain(schrijver, "Nieuw.")
        beleid.force_login(MedewerkerFactory(rol=rol))

        assert beleid.get(f"{EEN}rapport.pdf").status_code == 200
        assert "Maak het rapport" not in beleid.get(LIJST).content.decode()
        assert beleid.post(LIJST, {"periode": "2026-K3"}).status_code == 404
        assert beleid.post(f"{EEN}stoppen/").status_code == 404
        assert Raadsrapport.objects.get().status == Rapportstatus.KLAAR

    @pytest.mark.parametrize("rol", [Rol.LOKETPROFESSIONAL, Rol.CASUSREGISSEUR, Rol.PRIVACY_OFFICER])
    def test_is_not_there_for_others(self, beleid: Client, schrijver: Medewerker, rol: Rol) -> None:
        rapport = ask(schrijver)
        beleid.force_login(MedewerkerFactory(rol=rol))

        for pad in (LIJST, EEN, f"{EEN}rapport.pdf"):
            assert beleid.get(pad).status_code == 404
        assert beleid.post(LIJST, {"periode": "2026-K3"}).status_code == 404
        assert beleid.post(f"{EEN}stoppen/").status_code == 404
        rapport.refresh_from_db()
        assert (rapport.status, rapport.stop_gevraagd) == (Rapportstatus.WACHT, False)

    def test_needs_as_many_queries_for_many_reports_as_for_few(
        self, beleid: Client, schrijver: Medewerker, django_assert_max_num_queries: Any
    ) -> None:
        for jaar in range(2000, 2030, 10):
            for tien in range(10):
                Raadsrapport.objects.create(
                    periode="jaar", begin=date(jaar + tien, 1, 1), versie=1, gevraagd_door=schrijver,
                    gevraagd_op=MAANDAG + timedelta(days=jaar + tien), status="gestopt",
                )  # fmt: skip
            with django_assert_max_num_queries(12):
                beleid.get(LIJST)


@pytest.mark.usefixtures("cijfers")
class TestFigures:
    def test_come_as_the_drawing_of_the_page(self, beleid: Client) -> None:
        svg = beleid.get("/stuurinformatie/figuur/onderwerp-leefgebied/2026-K3.svg")

        assert svg["Content-Type"] == "image/svg+xml"
        parse(svg.content)  # noqa: S314 - our own bytes
        pagina = beleid.get("/stuurinformatie/thema/onderwerp/?periode=2026-K3").content.decode()
        staven = re.search(r'<rect class="skt-grafiek__vlak"[^>]*/>', svg.content.decode())
        assert staven is not None
        assert staven.group() in pagina
        assert "Liggende staven." in svg.content.decode()

    @pytest.mark.parametrize(
        "figuur", ["herkomst-kaart", "route-verloop", "nummers-doorverbonden", "route-route"]
    )
    def test_come_in_every_form(self, beleid: Client, figuur: str) -> None:
        begin = f"/stuurinformatie/figuur/{figuur}/2026-K3"

        assert beleid.get(f"{begin}.png").content.startswith(b"\x89PNG")
        assert b"<desc" in beleid.get(f"{begin}.svg").content
        pdf = read(beleid.get(f"{begin}.pdf").content)
        assert pdf.trailer["/Root"]["/Lang"] == "nl-NL"
        assert "Hoe zeker" in "".join(blad.extract_text() for blad in pdf.pages)

    def test_have_a_rule_for_every_class_that_is_drawn(self, beleid: Client) -> None:
        """A class that the stylesheet of drawings doesn't know would come out black."""
        namen = set()
        for figuur in PLANNEN:
            response = beleid.get(f"/stuurinformatie/figuur/{figuur}/2026-K3.svg")
            if response.status_code == 200:
                lichaam = response.content.decode().split("</style>", 1)[1]
                namen |= {
                    naam for klasse in re.findall(r'class="([^"]+)"', lichaam) for naam in klasse.split()
                }

        gekend = styles()
        assert len(namen) > 10
        assert {naam for naam in namen if "--" not in naam and f".{naam}" not in gekend} == set()

    def test_come_per_theme_with_what_policy_wrote(self, beleid: Client, schrijver: Medewerker) -> None:
        explain(schrijver, "Er was een campagne.")

        tekst = text_of(beleid.get("/stuurinformatie/thema/route/2026-K3.pdf").content)

        assert "Wat gebeurt er met een vraag?" in tekst
        assert "Er was een campagne." in tekst
        assert "Waar komen vragen vandaan?" not in tekst

    def test_are_the_same_bytes_every_time(self, beleid: Client) -> None:
        for pad in (
            "thema/route/2026-K3.pdf",
            "figuur/route-route/2026-K3.png",
            "figuur/route-route/2026-K3.pdf",
        ):
            een, twee = (beleid.get(f"/stuurinformatie/{pad}") for _ in range(2))
            assert een.content == twee.content

    @pytest.mark.parametrize(
        "pad",
        [
            "figuur/route-route/2026-K4.svg", "figuur/onzin/2026-K3.svg", "figuur/route-route/2026-K3.exe", "thema/onzin/2026-K3.pdf",
            "thema/route/onzin.pdf", "figuur/herkomst-per-duizend/2026-K3.svg", "thema/kosten/2026-K3.pdf",
        ],
    )  # fmt: skip
    def test_are_404_for_what_is_not_there(self, beleid: Client, pad: str) -> None:
        assert beleid.get(f"/stuurinformatie/{pad}").status_code == 404
        assert not Regel.objects.filter(actie="rapportage.download").exists()

    def test_stand_beside_every_figure_of_the_page(self, beleid: Client) -> None:
        pagina = beleid.get("/stuurinformatie/thema/route/?periode=2026-K3").content.decode()

        adressen = re.findall(r'href="(/stuurinformatie/(?:figuur/[^"]+|2026-K3/[^"]+))"', pagina)
        assert len(adressen) > 10
        for adres in adressen:
            assert beleid.get(adres.replace("&amp;", "&")).status_code == 200, adres
