"""Taking an old loket list over: what is written, once and only once, whatever happens in the middle."""

import json
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from casusregie.ketencontrole import find_violations
from intake.loketlijst.lezen import read
from intake.loketlijst.regels import judge
from intake.models import (
    Contactmoment,
    Lijststatus,
    Loketlijst,
    Loketlijstinhoud,
    Loketlijstrij,
    Melding,
    Wijze,
)
from intake.services import loketlijst_inlezen
from intake.services.loketlijst import (
    BestandOnleesbaar,
    ListBusy,
    ListGone,
    forget_old_files,
    judge_row,
    offer_loketlijst,
    run_loketlijst,
    stop_loketlijst,
)
from intake.services.loketlijst_inlezen import carry_out, find_or_open, process_loketlijst
from intake.tasks import read_loketlijst
from skt.inwoners.models import Inwoner
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MedewerkerFactory
from tests.fixtures import MAANDAG
from tests.intake.loketjaar import Jaarlijst, make_bsn
from tests.intake.loketjaar_gevallen import make_jaarlijst

pytestmark = pytest.mark.usefixtures("systeem")


def clock() -> datetime:
    return MAANDAG


@pytest.fixture
def beheerder(systeem: object) -> Medewerker:
    return MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER, organisatie="gemeente")


@pytest.fixture
def klein(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small portions, so that there is a middle to stop in."""
    monkeypatch.setattr(loketlijst_inlezen, "PORTIE", 15)


def take_over(inhoud: bytes, naam: str = "lijst.csv") -> Loketlijst:
    oordeel = judge(read(inhoud), naam=naam)
    lijst = find_or_open(bestandsnaam=naam, inhoud=inhoud, oordeel=oordeel, at=MAANDAG)
    return carry_out(lijst=lijst, oordeel=oordeel, clock=clock)


def counts() -> tuple[int, int, int]:
    return Contactmoment.objects.count(), Melding.objects.count(), Inwoner.objects.count()


def small(codering: str = "cp1252", teken: str = ";") -> bytes:
    """Sixty rows with somebody twice, a double, a refusal and a line that is no row."""
    lijst = Jaarlijst(2019, codering, teken)
    for _ in range(55):
        first = lijst.add()
    lijst.add(cells=first | {"Volgnr": "700"})
    lijst.add(cells=first | {"Volgnr": "701", "Datum": "02-05-2019", "Vraag": "Belt nog eens, crème brûlée."})
    lijst.refuse(datum="31-04-2019")
    lijst.line("", "LEGE_REGEL")
    lijst.warn(Geb_datum="30-02-1950")
    return lijst.inhoud


def one(**over: str) -> bytes:
    lijst = Jaarlijst(2020)
    lijst.add(**over)
    return lijst.inhoud


class TestWhatIsWritten:
    def test_is_one_closed_melding_per_row_and_one_inwoner_per_person(self) -> None:
        inhoud = make_jaarlijst(2019).inhoud
        oordeel = judge(read(inhoud))
        taken = [rij for rij in oordeel.rijen if rij.wordt_overgenomen]

        lijst = take_over(inhoud)

        assert lijst.geschreven == len(taken) == Melding.objects.count() == Contactmoment.objects.count()
        assert Inwoner.objects.count() == len(oordeel.persoongroepen)
        assert set(Melding.objects.values_list("status", flat=True)) == {"gesloten"}
        assert not Melding.objects.filter(verantwoordelijke__isnull=False).exists()
        assert Loketlijstrij.objects.filter(lijst=lijst).count() == len(oordeel.rijen)
        assert Loketlijstrij.objects.filter(melding__isnull=False).count() == len(taken)

        assert find_violations() == []

    def test_reads_as_the_old_row(self) -> None:
        take_over(
            one(
                datum="04-03-2020",
                tijd="9u15",
                Naam_beller="Gesina Vos",
                relatie="dochter",
                Naam_inwoner="Aleida van der Vos",
                Geb_datum="3-6-48",
                postcode="2243qf",
                huisnr="12B",
                telefoon="+31 6 0000 1234",
                vraag="Vraagt naar een rolstoel.",
                onderwerp="Wmo overig",
                Doorverwezen_naar="huisarts",
                medewerker="Els",
                organisatie="smow",
                opmerking="belt terug",
            )
        )

        melding = Melding.objects.select_related("contactmoment", "inwoner", "organisatie").get()
        contact, inwoner = melding.contactmoment, melding.inwoner
        assert inwoner is not None
        assert (inwoner.naam, inwoner.voorvoegsel, inwoner.geboortedatum) == (
            "Aleida van der Vos",
            "van der",
            date(1948, 6, 3),
        )
        assert (inwoner.postcode, inwoner.huisnummer, inwoner.toevoeging, inwoner.telefoon) == (
            "2243 QF",
            12,
            "B",
            "06-00001234",
        )
        assert (contact.melder_soort, contact.melder_naam) == ("naaste/netwerk", "Gesina Vos")
        assert contact.begonnen_op.astimezone(MAANDAG.tzinfo).isoformat()[:16] == "2020-03-04T09:15"
        assert (contact.uit_oude_lijst, contact.medewerker.username, contact.medewerker.is_active) == (
            True,
            "oude-loketlijst",
            False,
        )
        assert "Els" in contact.samenvatting
        assert "belt terug" in contact.samenvatting
        assert melding.nummer.startswith("2020-")
        assert (melding.hulpvraag, melding.afhandeling, melding.organisatie.code) == (
            "Vraagt naar een rolstoel.",
            "andere toegang",
            "smow",
        )
        assert melding.eigen_organisaties == [melding.organisatie_id]
        assert melding.gesloten_op == melding.ontvangen_op == contact.begonnen_op

    def test_keeps_a_bsn_out_of_every_table(self) -> None:
        bsn = make_bsn(4)
        take_over(one(opmerking=f"bsn {bsn[:4]}.{bsn[4:6]}.{bsn[6:]}", vraag=f"Vraagt over {bsn}."))

        stored = Contactmoment.objects.get().samenvatting + Melding.objects.get().hulpvraag
        assert stored.count("[BSN afgeschermd]") == 2
        assert bsn not in stored

    def test_keeps_a_formula_and_html_as_text(self) -> None:
        take_over(one(vraag="=1+1", opmerking="<script>alert(1)</script>"))

        assert Melding.objects.get().hulpvraag == "=1+1"
        assert "<script>alert(1)</script>" in Contactmoment.objects.get().samenvatting

    def test_keeps_the_facts_of_somebody_without_a_name(self) -> None:
        take_over(one(Naam_inwoner="nvt", Geb_datum="03-06-1948", postcode="2243 QF", relatie="huisarts"))

        melding = Melding.objects.select_related("contactmoment").get()
        assert melding.inwoner is None
        assert "1948-06-03" in melding.contactmoment.samenvatting
        assert "2243QF" in melding.contactmoment.samenvatting

    def test_logs_each_inwoner_it_touches(self) -> None:
        take_over(one())

        inwoner = Inwoner.objects.get()
        assert Regel.objects.filter(actie="intake.import_contacts", inwoner_id=inwoner.pk).count() == 1


class TestWhoIsKnown:
    def test_is_linked_when_certain(self) -> None:
        bekend = InwonerFactory(
            achternaam="Vos",
            voorvoegsel="van der",
            roepnaam="Aleida",
            geboortedatum=date(1948, 6, 3),
            postcode="2243 QF",
            huisnummer=12,
            toevoeging="",
        )
        take_over(
            one(
                Naam_inwoner="A. v.d. Vos",
                Geb_datum="03-06-1948",
                postcode="2243 QF",
                huisnr="12",
                telefoon="",
            )
        )

        assert Melding.objects.get().inwoner_id == bekend.pk
        assert Inwoner.objects.count() == 1

    def test_is_a_new_person_and_for_a_human_to_judge_when_only_likely(self) -> None:
        bekend = InwonerFactory(
            achternaam="Vos",
            roepnaam="Aleida",
            geboortedatum=date(1948, 3, 6),
            postcode="2243 QF",
            huisnummer=12,
            toevoeging="",
            telefoon="",
        )
        take_over(
            one(
                Naam_inwoner="Aleida Vos",
                Geb_datum="06-03-1948",
                postcode="2243 QF",
                huisnr="12",
                telefoon="",
            )
        )
        first = Loketlijstrij.objects.get(melding__isnull=False)
        assert first.inwoner_id == bekend.pk

        take_over(
            one(
                Naam_inwoner="Aleida Vos",
                Geb_datum="03-06-1948",
                postcode="2243 QF",
                huisnr="12",
                telefoon="",
                vraag="Iets anders.",
            )
        )

        rij = Loketlijstrij.objects.exclude(pk=first.pk).get(melding__isnull=False)
        assert rij.inwoner_id != bekend.pk
        assert (rij.lijkt_op_id, rij.ter_beoordeling) == (bekend.pk, True)

    def test_is_never_a_namesake(self) -> None:
        InwonerFactory(
            achternaam="Vos",
            roepnaam="Aleida",
            geboortedatum=date(1977, 1, 1),
            postcode="2243 QF",
            huisnummer=12,
        )
        take_over(one(Naam_inwoner="Aleida Vos", Geb_datum="03-06-1948", postcode="2243 QF", huisnr="12"))

        assert Inwoner.objects.count() == 2


class TestOnce:
    def test_a_second_run_changes_nothing(self) -> None:
        inhoud = small()
        take_over(inhoud)
        before = counts()

        take_over(inhoud)

        assert counts() == before
        assert Loketlijst.objects.count() == 1

    def test_the_same_list_in_another_form_changes_nothing(self) -> None:
        take_over(small("utf-8", "|"))
        before = counts()

        again = take_over(small("utf-8-sig", "\t"), "anders.csv")

        assert (again.geschreven, again.stonden_er_al) == (0, again.over_te_nemen)
        assert counts() == before

    @pytest.mark.usefixtures("klein")
    def test_goes_on_after_a_crash_without_loss_or_doubling(self) -> None:
        inhoud = small()
        oordeel = judge(read(inhoud))
        lijst = find_or_open(bestandsnaam="lijst.csv", inhoud=inhoud, oordeel=oordeel, at=MAANDAG)
        portions = iter(range(2))

        def crash(_lijst: Loketlijst) -> None:
            if next(portions, None) is None:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            carry_out(lijst=lijst, oordeel=oordeel, clock=clock, voortgang=crash)
        halfway = Melding.objects.count()
        done = take_over(inhoud)

        assert 0 < halfway < done.geschreven
        assert (
            done.geschreven == Melding.objects.count() == sum(rij.wordt_overgenomen for rij in oordeel.rijen)
        )
        assert Inwoner.objects.count() == len(oordeel.persoongroepen)


class TestJob:
    def test_tries_first_and_writes_nothing(self, beheerder: Medewerker) -> None:
        lijst = offer_loketlijst(bestandsnaam="lijst.csv", inhoud=small(), actor=beheerder, at=MAANDAG)
        read_loketlijst(lijst_id=lijst.pk)

        lijst.refresh_from_db()
        assert (lijst.status, lijst.wijze, lijst.jaar) == (Lijststatus.KLAAR, Wijze.PROEF, 2019)
        assert counts() == (0, 0, 0)
        assert (
            lijst.totalen["per_uitkomst"]["weigeren"]
            == Loketlijstrij.objects.filter(uitkomst="weigeren").count()
            > 0
        )

    def test_carries_out_and_forgets_the_file_and_the_names(self, beheerder: Medewerker) -> None:
        lijst = offer_loketlijst(bestandsnaam="lijst.csv", inhoud=small(), actor=beheerder, at=MAANDAG)
        stored = bytes(Loketlijstinhoud.objects.get(pk=lijst.pk).versleuteld)
        read_loketlijst(lijst_id=lijst.pk)
        run_loketlijst(lijst=lijst, actor=beheerder, at=MAANDAG)
        read_loketlijst(lijst_id=lijst.pk)
        read_loketlijst(lijst_id=lijst.pk)  # delivered twice

        lijst.refresh_from_db()
        assert b"Aleid" not in stored
        assert lijst.is_ingelezen
        assert lijst.geschreven == Melding.objects.count() > 0
        assert bytes(Loketlijstinhoud.objects.get(pk=lijst.pk).versleuteld) == b""
        assert not Loketlijstrij.objects.filter(melding__isnull=False, kern__has_key="naam_inwoner").exists()
        with pytest.raises(ListBusy):
            run_loketlijst(lijst=lijst, actor=beheerder, at=MAANDAG)

    @pytest.mark.usefixtures("klein")
    def test_stops_when_asked_and_goes_on_later(self, beheerder: Medewerker) -> None:
        inhoud = small()
        lijst = offer_loketlijst(bestandsnaam="lijst.csv", inhoud=inhoud, actor=beheerder, at=MAANDAG)
        process_loketlijst(lijst_id=lijst.pk, clock=clock)
        run_loketlijst(lijst=lijst, actor=beheerder, at=MAANDAG)
        lijst.refresh_from_db()
        oordeel = judge(read(inhoud))

        def ask(_lijst: Loketlijst) -> None:
            if not Loketlijst.objects.get(pk=lijst.pk).stop_gevraagd:
                stop_loketlijst(lijst=lijst, actor=beheerder, at=MAANDAG)

        Loketlijst.objects.filter(pk=lijst.pk).update(status=Lijststatus.BEZIG)
        stopped = carry_out(lijst=lijst, oordeel=oordeel, clock=clock, voortgang=ask)
        assert (stopped.status, stopped.geschreven) == (Lijststatus.GESTOPT, 15)

        run_loketlijst(lijst=stopped, actor=beheerder, at=MAANDAG)
        process_loketlijst(lijst_id=lijst.pk, clock=clock)
        assert Melding.objects.count() == sum(rij.wordt_overgenomen for rij in oordeel.rijen)

    def test_that_waits_is_stopped_at_once(self, beheerder: Medewerker) -> None:
        lijst = offer_loketlijst(bestandsnaam="lijst.csv", inhoud=one(), actor=beheerder, at=MAANDAG)

        stop_loketlijst(lijst=lijst, actor=beheerder, at=MAANDAG)
        read_loketlijst(lijst_id=lijst.pk)

        lijst.refresh_from_db()
        assert lijst.status == Lijststatus.GESTOPT
        assert not Loketlijstrij.objects.exists()
        with pytest.raises(ListBusy, match="niets te stoppen"):
            stop_loketlijst(lijst=lijst, actor=beheerder, at=MAANDAG)

    def test_that_lost_its_worker_is_stopped_by_asking_twice(self, beheerder: Medewerker) -> None:
        lijst = offer_loketlijst(bestandsnaam="lijst.csv", inhoud=one(), actor=beheerder, at=MAANDAG)
        Loketlijst.objects.filter(pk=lijst.pk).update(status=Lijststatus.BEZIG)

        first = stop_loketlijst(lijst=lijst, actor=beheerder, at=MAANDAG)
        second = stop_loketlijst(lijst=lijst, actor=beheerder, at=MAANDAG)
        run_loketlijst(lijst=lijst, actor=beheerder, at=MAANDAG)
        read_loketlijst(lijst_id=lijst.pk)

        assert (first.status, second.status) == (Lijststatus.BEZIG, Lijststatus.GESTOPT)
        assert Melding.objects.count() == 1

    def test_refuses_what_is_no_list_and_keeps_nothing(self, beheerder: Medewerker) -> None:
        with pytest.raises(BestandOnleesbaar), transaction.atomic():
            offer_loketlijst(bestandsnaam="foto.png", inhoud=b"\x89PNG....", actor=beheerder, at=MAANDAG)

        assert not Loketlijst.objects.exists()

    def test_forgets_a_file_nobody_carried_out(self, beheerder: Medewerker) -> None:
        lijst = offer_loketlijst(bestandsnaam="lijst.csv", inhoud=one(), actor=beheerder, at=MAANDAG)
        read_loketlijst(lijst_id=lijst.pk)

        assert forget_old_files(at=MAANDAG + timedelta(days=29)) == 0
        assert forget_old_files(at=MAANDAG + timedelta(days=31)) == 1

        assert not Loketlijstrij.objects.exclude(kern={}).exists()
        with pytest.raises(ListGone):
            run_loketlijst(lijst=lijst, actor=beheerder, at=MAANDAG + timedelta(days=31))
        Loketlijst.objects.filter(pk=lijst.pk).update(status=Lijststatus.WACHT)
        process_loketlijst(lijst_id=lijst.pk, clock=clock)
        assert Loketlijst.objects.get().fout.startswith("Het bestand van deze lijst is niet meer bewaard")

    def test_a_row_is_judged_once(self, beheerder: Medewerker) -> None:
        take_over(one(datum="31-04-2020"))
        rij = Loketlijstrij.objects.get()
        loket = LoketmedewerkerFactory()
        assert rij.cellen["naam_inwoner"]

        judge_row(rij=rij, actor=loket, at=MAANDAG)
        judged = judge_row(rij=rij, actor=LoketmedewerkerFactory(), at=MAANDAG + timedelta(days=1))

        assert (judged.beoordeeld_door, judged.beoordeeld_op, judged.cellen) == (loket, MAANDAG, {})


@pytest.fixture
def bestand(tmp_path: Path) -> Path:
    path = tmp_path / "wwz_loket_2019.csv"
    path.write_bytes(small())
    return path


class TestCommand:
    def run(self, *args: object) -> str:
        out = StringIO()
        call_command("importeer_loketlijst", *map(str, args), stdout=out)
        return out.getvalue()

    def test_tries_without_writing_and_reports_every_row(self, bestand: Path) -> None:
        verslag = bestand.with_suffix(".json")
        out = self.run(bestand, "--proef", "--verslag", verslag)

        report = json.loads(verslag.read_text())
        assert "Proef: er is niets geschreven." in out
        assert (counts(), Loketlijst.objects.count()) == ((0, 0, 0), 0)
        assert len(report["rijen"]) == report["totalen"]["rijen"] == 60
        assert verslag.stat().st_mode & 0o077 == 0

    def test_carries_out_once(self, bestand: Path) -> None:
        verslag = bestand.with_suffix(".json")
        self.run(bestand, "--uitvoeren", "--verslag", verslag)
        first, before = json.loads(verslag.read_text()), counts()

        out = self.run(bestand, "--uitvoeren", "--verslag", verslag)

        assert "Er is niets veranderd." in out
        assert counts() == before
        assert json.loads(verslag.read_text())["rijen"] == first["rijen"]

    def test_refuses_with_one_sentence(self, tmp_path: Path) -> None:
        leeg = tmp_path / "leeg.csv"
        leeg.touch()
        for args, zin in (
            ((leeg, "--proef"), "leeg"),
            ((tmp_path / "weg.csv", "--proef"), "bestaat niet"),
            ((tmp_path, "--uitvoeren"), "is een map"),
            ((leeg, "--proef", "--verslag", tmp_path / "geen" / "v.json"), "kan niet worden geschreven"),
        ):
            with pytest.raises(CommandError, match=zin):
                self.run(*args)
        with pytest.raises(CommandError):
            self.run(leeg)
        assert not Loketlijst.objects.exists()

    def test_refuses_a_file_of_200_mb_without_reading_it(self, tmp_path: Path) -> None:
        groot = tmp_path / "groot.csv"
        with groot.open("wb") as file:
            file.truncate(200 * 1024 * 1024)

        with pytest.raises(CommandError, match="te groot"):
            self.run(groot, "--uitvoeren")


class TestHistoryBesideNewWork:
    def test_leaves_open_meldingen_alone(self) -> None:
        open_melding = MeldingFactory()

        take_over(one())

        open_melding.refresh_from_db()
        assert open_melding.status == "open"
        assert list(Melding.objects.unfinished()) == [open_melding]
