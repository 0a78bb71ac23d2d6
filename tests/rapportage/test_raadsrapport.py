"""Het rapport aan de raad, en figuren en thema's om mee te nemen: wat erin staat, dat er één van is, en wie erbij mag."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError, connection, transaction

from rapportage import queries
from rapportage.models import Periode, Raadsrapport, Raadsrapportbestand
from rapportage.queries import file_of
from rapportage.raadsrapport import NothingToReport, compose, fingerprint
from rapportage.services import rapporten
from rapportage.services.rapporten import (
    STAPPEN,
    NotForMonths,
    NothingNew,
    NothingRuns,
    ReportBusy,
    process_rapport,
    resume_rapporten,
    stop_rapport,
)
from rapportage.status import Rapportstatus
from rapportage.tasks import make_raadsrapport
from rapportage.tijdvak import Tijdvak
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from skt.web import papier
from tests.factories.rapportage import publish_tables
from tests.fixtures import MAANDAG
from tests.rapportage.rapport import K3, K3_TOEN, ask, clock, explain, make, read, text_of

pytestmark = [
    pytest.mark.django_db(databases=["default", "rapport"]),
    pytest.mark.usefixtures("een_verbinding"),
]


@pytest.mark.usefixtures("rapportcijfers")
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

    def test_writes_thousands_as_the_screen_does(self, schrijver: Medewerker) -> None:
        publish_tables(K3, {"aard": {"hulpvraag": 1210}})

        tabellen = [
            figuur["tabel"]["rijen"]
            for hoofdstuk in compose(K3, queries.published_periods())["hoofdstukken"]
            for figuur in hoofdstuk["figuren"]
            if figuur["tabel"]
        ]

        assert any(["Hulpvraag", "1.210"] in rijen for rijen in tabellen)

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
                    assert {
                        int(getal) for cel in rij[1:] if (getal := cel.replace(".", "")).isdecimal()
                    } <= bekend

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


@pytest.mark.usefixtures("rapportcijfers")
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

    def test_ready_stay_ready_and_a_next_one_can_be_asked(
        self, schrijver: Medewerker, als: Callable[[Medewerker], Any]
    ) -> None:
        """Lock 2 holds what the service promises; as policy itself, not as the system."""
        rapport = make(ask(schrijver))

        with als(schrijver):
            klaar = Raadsrapport.objects.filter(pk=rapport.pk)
            assert klaar.update(status=Rapportstatus.WACHT, grootte=0, sha256="") == 0
            with pytest.raises(NothingRuns):
                stop_rapport(rapport=rapport, actor=schrijver)
            with pytest.raises(NothingNew):
                ask(schrijver)
            explain(schrijver, "Nieuwe zin.")
            assert ask(schrijver).versie == 2
        assert klaar.get().sha256 == rapport.sha256

    def test_are_shown_only_as_they_were_kept(self, schrijver: Medewerker) -> None:
        rapport = make(ask(schrijver))

        rapport.sha256 = "0" * 64

        assert file_of(rapport) is None


@pytest.mark.usefixtures("rapportcijfers")
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

    def test_asked_for_anew_is_not_finished_by_the_run_before(
        self, schrijver: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Stopped, asked again and begun, while the first worker hadn't heard yet."""
        rapport = ask(schrijver)
        tell, later = rapporten._tell, MAANDAG + timedelta(minutes=5)

        def meanwhile(bezig: Raadsrapport, wat: str, gedaan: int) -> None:
            if gedaan == 3:
                monkeypatch.setattr(rapporten, "_tell", tell)
                for _keer in range(2):
                    stop_rapport(rapport=bezig, actor=schrijver)
                ask(schrijver, at=later)
                Raadsrapport.objects.update(status=Rapportstatus.BEZIG)
            tell(bezig, wat, gedaan)

        monkeypatch.setattr(rapporten, "_tell", meanwhile)
        make(rapport)

        assert (rapport.status, rapport.stap, rapport.gevraagd_op) == (Rapportstatus.BEZIG, "", later)
        assert make(rapport).status == Rapportstatus.KLAAR

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

    @pytest.mark.parametrize("stand", [Rapportstatus.WACHT, Rapportstatus.BEZIG])
    def test_that_waits_too_long_is_sent_again_and_given_up_after_a_day(
        self,
        schrijver: Medewerker,
        django_capture_on_commit_callbacks: Callable[..., Any],
        stand: Rapportstatus,
    ) -> None:
        rapport = ask(schrijver)
        Raadsrapport.objects.update(status=stand)

        with django_capture_on_commit_callbacks() as verstuurd:
            assert resume_rapporten(at=MAANDAG + timedelta(minutes=29)) == 0
            assert resume_rapporten(at=MAANDAG + timedelta(minutes=31)) == 1
        assert len(verstuurd) == 1

        assert resume_rapporten(at=MAANDAG + timedelta(days=1, minutes=1)) == 0
        rapport.refresh_from_db()
        assert (rapport.status, rapport.fout) == (Rapportstatus.MISLUKT, rapporten.BLEEF_WACHTEN)
        assert ask(schrijver).pk == rapport.pk

    def test_a_refusal_of_the_database_fails_and_a_lost_one_comes_again(
        self, schrijver: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rapport = ask(schrijver)
        for fout, stand in (
            (OperationalError, Rapportstatus.BEZIG),
            (ProgrammingError, Rapportstatus.MISLUKT),
        ):

            def fail(*_args: Any, fout: type[Exception] = fout, **_kwargs: Any) -> bytes:
                raise fout

            monkeypatch.setattr(rapporten, "make_pdf", fail)
            with pytest.raises(fout):
                process_rapport(rapport_id=rapport.pk, clock=clock)
            rapport.refresh_from_db()
            assert rapport.status == stand

    def test_is_asked_for_once_at_a_time(
        self, schrijver: Medewerker, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        with django_capture_on_commit_callbacks() as verstuurd:
            ask(schrijver)
            with pytest.raises(ReportBusy):
                ask(schrijver)

        assert len(verstuurd) == 1
        assert Raadsrapport.objects.count() == 1
