"""Wat de sociale kaart verandert, en wat zij weigert."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from skt.kern.errors import TransitionNotAllowed
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from socialekaart.models import Foutmelding, Voorziening, VoorzieningStatus
from socialekaart.services import (
    CodeTaken,
    FoutAlreadyHandled,
    VoorzieningChanged,
    change_voorziening,
    check_voorziening,
    create_voorziening,
    handle_fout,
    load_sociale_kaart,
    report_fout,
)
from socialekaart.status import VOORZIENING_TRANSITIONS
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.socialekaart import FoutmeldingFactory, VoorzieningFactory
from tests.fixtures import MAANDAG


@pytest.fixture(autouse=True)
def _systeem(systeem: object) -> None:
    """Factories write as the system."""


@pytest.fixture
def beheerder() -> Medewerker:
    return MedewerkerFactory(rol=Rol.SOCIALE_KAARTBEHEERDER)


def logged() -> list[str]:
    return list(Regel.objects.order_by("pk").values_list("actie", flat=True))


class TestCreateVoorziening:
    def test_adds_it_checked_and_logged(self, beheerder: Medewerker) -> None:
        voorziening = create_voorziening(
            actor=beheerder,
            at=MAANDAG,
            gegevens={"naam": "Leeskring", "aanbieder": "SMOW", "omschrijving": "Lezen."},
        )

        assert voorziening.code == "kaart-2026-0001"
        assert voorziening.gecontroleerd_op == date(2026, 11, 2)
        assert voorziening.gecontroleerd_door == beheerder
        assert logged() == ["socialekaart.create_voorziening"]

    def test_refuses_a_code_twice(self, beheerder: Medewerker) -> None:
        VoorzieningFactory(code="vz-001")

        with pytest.raises(CodeTaken, match="vz-001"):
            create_voorziening(
                actor=beheerder, at=MAANDAG, code="vz-001",
                gegevens={"naam": "Leeskring", "aanbieder": "SMOW", "omschrijving": "Lezen."},
            )  # fmt: skip

        assert Voorziening.objects.count() == 1
        assert logged() == []


class TestChangeVoorziening:
    def test_changes_and_logs_what_it_was(self) -> None:
        voorziening = VoorzieningFactory(telefoon="070-555 01 54")

        changed = change_voorziening(
            voorziening=voorziening, gegevens={"telefoon": "070-555 09 99"}, versie=1
        )

        assert changed.versie == 2
        assert changed.telefoon == "070-555 09 99"
        assert Regel.objects.get().gegevens == {"was": {"telefoon": "070-555 01 54"}}

    def test_logs_nothing_when_nothing_changed(self) -> None:
        voorziening = VoorzieningFactory()

        change_voorziening(voorziening=voorziening, gegevens={"naam": voorziening.naam}, versie=1)

        voorziening.refresh_from_db()
        assert voorziening.versie == 1
        assert logged() == []

    def test_tells_that_a_colleague_saved_first(self) -> None:
        voorziening = VoorzieningFactory(versie=2)

        with pytest.raises(VoorzieningChanged, match="collega"):
            change_voorziening(voorziening=voorziening, gegevens={"naam": "Anders"}, versie=1)

        voorziening.refresh_from_db()
        assert voorziening.naam == "Koffie-inloop De Plataan"
        assert logged() == []

    def test_knows_no_other_fields(self) -> None:
        with pytest.raises(KeyError, match="status"):
            change_voorziening(voorziening=VoorzieningFactory(), gegevens={"status": "defunct"}, versie=1)


class TestCheckVoorziening:
    def test_sets_when_and_who(self, beheerder: Medewerker) -> None:
        voorziening = check_voorziening(
            voorziening=VoorzieningFactory(), versie=1, actor=beheerder, at=MAANDAG
        )

        assert (voorziening.gecontroleerd_op, voorziening.gecontroleerd_door) == (
            date(2026, 11, 2),
            beheerder,
        )
        assert voorziening.status == VoorzieningStatus.ACTIVE
        assert Regel.objects.get().gegevens == {"klopt": "ja"}

    def test_changes_the_status_with_it(self, beheerder: Medewerker) -> None:
        voorziening = check_voorziening(
            voorziening=VoorzieningFactory(), versie=1, actor=beheerder, at=MAANDAG, overgang="close"
        )

        assert voorziening.status == VoorzieningStatus.TEMPORARILY_CLOSED
        assert Regel.objects.get().gegevens == {"van": "active", "naar": "temporarily closed"}

    def test_refuses_what_the_status_does_not_allow(self, beheerder: Medewerker) -> None:
        voorziening = VoorzieningFactory(gestopt=True)

        with pytest.raises(TransitionNotAllowed, match="Gestopt"):
            check_voorziening(
                voorziening=voorziening, versie=1, actor=beheerder, at=MAANDAG, overgang="close"
            )

        voorziening.refresh_from_db()
        assert voorziening.gecontroleerd_door is None
        assert logged() == []

    def test_refuses_an_old_version(self, beheerder: Medewerker) -> None:
        with pytest.raises(VoorzieningChanged):
            check_voorziening(voorziening=VoorzieningFactory(versie=3), versie=1, actor=beheerder, at=MAANDAG)

    def test_every_status_can_be_left(self) -> None:
        for status in VoorzieningStatus:
            assert VOORZIENING_TRANSITIONS.available(Voorziening(status=status))


class TestReportFout:
    def test_keeps_what_by_whom_and_when(self) -> None:
        melder = MedewerkerFactory(rol=Rol.TEAMLID)

        report_fout(voorziening=VoorzieningFactory(), tekst=" Nummer klopt niet. ", actor=melder, at=MAANDAG)

        melding = Foutmelding.objects.unhandled().get()
        assert (melding.tekst, melding.gemeld_door, melding.gemeld_op) == (
            "Nummer klopt niet.",
            melder,
            MAANDAG,
        )
        assert logged() == ["socialekaart.report_fout"]

    def test_the_database_refuses_an_empty_report(self) -> None:
        melder = MedewerkerFactory(rol=Rol.TEAMLID)
        voorziening = VoorzieningFactory()

        with pytest.raises(IntegrityError), transaction.atomic():
            report_fout(voorziening=voorziening, tekst="  ", actor=melder, at=MAANDAG)

        assert not Foutmelding.objects.exists()


class TestHandleFout:
    def test_takes_it_off_the_list(self, beheerder: Medewerker) -> None:
        handle_fout(melding=FoutmeldingFactory(), uitkomst="Aangepast.", actor=beheerder, at=MAANDAG)

        assert not Foutmelding.objects.unhandled().exists()
        assert logged() == ["socialekaart.handle_fout"]

    def test_refuses_a_second_time(self, beheerder: Medewerker) -> None:
        melding = FoutmeldingFactory(afgehandeld=True)

        with pytest.raises(FoutAlreadyHandled):
            handle_fout(melding=melding, uitkomst="Nog eens.", actor=beheerder, at=MAANDAG)

        melding.refresh_from_db()
        assert melding.uitkomst == "Nummer aangepast."
        assert logged() == []

    def test_the_database_wants_an_outcome(self, beheerder: Medewerker) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            handle_fout(melding=FoutmeldingFactory(), uitkomst=" ", actor=beheerder, at=MAANDAG)


class TestLoadSocialeKaart:
    def test_adds_all_once(self) -> None:
        assert load_sociale_kaart() == (90, 90)
        assert load_sociale_kaart() == (0, 90)
        assert Voorziening.objects.count() == 90

    def test_leaves_what_was_changed_and_adds_what_is_missing(self) -> None:
        VoorzieningFactory(code="vz-002", naam="Door de beheerder gewijzigd")

        assert load_sociale_kaart() == (89, 90)
        assert Voorziening.objects.get(code="vz-002").naam == "Door de beheerder gewijzigd"

    def test_gives_rows_that_pass_the_forms_own_rules(self) -> None:
        load_sociale_kaart()

        for voorziening in Voorziening.objects.all():
            voorziening.full_clean()

    def test_is_a_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("laad_sociale_kaart")
        call_command("laad_sociale_kaart")

        assert capsys.readouterr().out.splitlines() == [
            "90 van 90 voorzieningen toegevoegd; de rest stond er al.",
            "0 van 90 voorzieningen toegevoegd; de rest stond er al.",
        ]
