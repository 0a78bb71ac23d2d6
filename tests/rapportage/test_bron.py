"""De smalle bron en het boek: wat geteld wordt, in welke maand, en dat niets twee keer telt of ooit verandert."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from rapportage.controle import Bevinding
from rapportage.models import Grondslag, Indeling, Publicatie
from rapportage.services import (
    MonthOutOfOrder,
    PublicationFailed,
    PublicationRefused,
    close_month,
    sluiten,
)
from skt.autorisatie.context import acting_as_system
from skt.medewerkers.models import Moederorganisatie
from tests.factories.intake import (
    ContactmomentFactory,
    LoketmedewerkerFactory,
    MeldingFactory,
    UitvraagFactory,
)
from tests.factories.inwoners import InwonerFactory
from tests.factories.rapportage import OKTOBER, SEPTEMBER

NL = ZoneInfo("Europe/Amsterdam")
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
LATER = datetime(2027, 2, 3, 9, tzinfo=NL)
ALLE = ["default", "eigenaar", "rapport", "beleid"]
pytestmark = pytest.mark.django_db(transaction=True, databases=ALLE)


@contextmanager
def systeem_schrijft() -> Iterator[None]:
    with transaction.atomic(), acting_as_system("proef"):
        yield


def dag(maand: date, nummer: int = 10) -> datetime:
    return datetime(maand.year, maand.month, nummer, 11, tzinfo=NL)


def booked(view: str, kolommen: str) -> Counter[tuple[object, ...]]:
    """What stands in a narrow view, as the report role sees it in the context of the job."""
    with (
        transaction.atomic(using="rapport"),
        acting_as_system("proef", using="rapport"),
        connections["rapport"].cursor() as cursor,
    ):
        cursor.execute(f"SELECT {kolommen} FROM rapportage_bron_{view}")
        return Counter(cursor.fetchall())


def export(map_: Path) -> dict[str, bytes]:
    call_command("exporteer_publicaties", str(map_), verbosity=0)
    return {str(f.relative_to(map_)): f.read_bytes() for f in map_.rglob("*") if f.is_file()}


class TestWhatIsCounted:
    def test_is_age_at_the_end_of_the_month_and_gebied_by_buurt(self) -> None:
        mensen = [
            ({"geboortedatum": date(2014, 10, 31), "buurtcode": "BU06290100"}, ("12-17", "centrum")),
            ({"geboortedatum": date(2014, 11, 1), "buurtcode": "BU06290103"}, ("0-11", "oostdorp")),
            ({"geboortedatum": date(1946, 10, 1), "buurtcode": "BU99999999"}, ("80+", "onbekend")),
            ({"geboortedatum": None, "geboortejaar": 1999, "buurtcode": ""}, ("27-64", "onbekend")),
            ({"geboortedatum": None, "geboortejaar": None, "buurtcode": ""}, ("onbekend", "onbekend")),
        ]
        with systeem_schrijft():
            medewerker = LoketmedewerkerFactory()
            for velden, _ in mensen:
                inwoner = InwonerFactory(**velden)
                MeldingFactory(inwoner=inwoner, medewerker=medewerker, ontvangen_op=dag(OKTOBER))

        close_month(maand=OKTOBER, at=LATER)

        assert booked("melding", "leeftijd, gebied") == Counter(verwacht for _, verwacht in mensen)

    def test_counts_a_person_once_a_year_at_the_first_question(self) -> None:
        with systeem_schrijft():
            medewerker = LoketmedewerkerFactory()
            vaak, eens = InwonerFactory(), InwonerFactory()
            for maand, inwoner in (
                (OKTOBER, vaak),
                (OKTOBER, vaak),
                (NOVEMBER, vaak),
                (NOVEMBER, eens),
                (date(2027, 1, 1), vaak),
            ):
                MeldingFactory(inwoner=inwoner, medewerker=medewerker, ontvangen_op=dag(maand))
            MeldingFactory(anoniem=True, medewerker=medewerker, ontvangen_op=dag(NOVEMBER))

        for maand in (OKTOBER, NOVEMBER, DECEMBER, date(2027, 1, 1)):
            close_month(maand=maand, at=LATER)

        assert booked("melding", "maand, eerste") == Counter(
            {
                (OKTOBER, "ja"): 1,
                (OKTOBER, "nee"): 1,
                (NOVEMBER, "nee"): 2,
                (NOVEMBER, "ja"): 1,
                (date(2027, 1, 1), "ja"): 1,
            }
        )

    def test_keeps_borders_of_gebieden_within_the_year(self) -> None:
        with connections["eigenaar"].cursor() as cursor:
            cursor.execute("UPDATE rapportage_buurt SET tot = 2027 WHERE buurtcode = 'BU06290100'")
            cursor.execute("INSERT INTO rapportage_buurt VALUES ('BU06290100', 'polder', 2027, NULL)")
        with systeem_schrijft():
            medewerker = LoketmedewerkerFactory()
            for maand in (DECEMBER, date(2027, 1, 1)):
                inwoner = InwonerFactory(buurtcode="BU06290100")
                MeldingFactory(inwoner=inwoner, medewerker=medewerker, ontvangen_op=dag(maand))

        for maand in (NOVEMBER, DECEMBER, date(2027, 1, 1)):  # November: there is a contact of it.
            close_month(maand=maand, at=LATER)

        assert set(booked("melding", "maand, gebied")) == {
            (DECEMBER, "centrum"),
            (date(2027, 1, 1), "polder"),
        }

    def test_puts_an_organisation_of_mid_year_under_the_others_until_january(self) -> None:
        close_month(maand=SEPTEMBER, at=LATER)
        groep = Group.objects.using("eigenaar").create(name="nieuw")
        Moederorganisatie.objects.using("eigenaar").create(code="nieuw", naam="Nieuwe stichting", groep=groep)
        with systeem_schrijft():
            medewerker = LoketmedewerkerFactory(organisatie="nieuw")
            for maand in (OKTOBER, date(2027, 1, 1)):
                contact = ContactmomentFactory(
                    medewerker=medewerker, begonnen_op=dag(maand), beeindigd_op=None
                )
                MeldingFactory(contactmoment=contact, medewerker=medewerker, ontvangen_op=dag(maand))

        for maand in (OKTOBER, NOVEMBER, DECEMBER, date(2027, 1, 1)):
            close_month(maand=maand, at=LATER)

        per_jaar = {i.jaar: i for i in Indeling.objects.using("beleid").all()}
        organisaties = {
            jaar: [w for k in i.inhoud["kenmerken"] if k["code"] == "organisatie" for w, _ in k["vakken"]]
            for jaar, i in per_jaar.items()
        }
        assert "nieuw" not in organisaties[2026]
        assert "nieuw" in organisaties[2027]

    def test_shows_nothing_without_the_system(self) -> None:
        with systeem_schrijft():
            MeldingFactory(ontvangen_op=dag(OKTOBER))
        close_month(maand=OKTOBER, at=LATER)

        with connections["rapport"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM rapportage_bron_melding")
            assert cursor.fetchone() == (0,)

    def test_is_one_moment_whoever_saves_meanwhile(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A route that is saved between two families: neither of them sees it."""
        with systeem_schrijft():
            melding = MeldingFactory(ontvangen_op=dag(OKTOBER))
        gezien = []
        echt = sluiten.count

        def look(*args: object) -> object:
            gezien.append(self.aard())
            with systeem_schrijft():
                type(melding).objects.filter(pk=melding.pk).update(aard="klacht")
            return echt(*args)

        monkeypatch.setattr(sluiten, "count", look)
        close_month(maand=OKTOBER, at=LATER)

        assert len(gezien) > 5
        assert set(gezien) == {melding.aard}
        assert booked("melding", "aard") == Counter({("klacht",): 1})

    def aard(self) -> str:
        with connections["rapport"].cursor() as cursor:
            cursor.execute("SELECT aard FROM rapportage_bron_melding")
            return cursor.fetchone()[0]


class TestLate:
    def test_is_counted_in_the_open_month_and_changes_no_byte(self, tmp_path: Path) -> None:
        """A late entry, a correction and an erasure after closing: the same bytes; the new one counts next month."""
        with systeem_schrijft():
            medewerker = LoketmedewerkerFactory()
            eerste = MeldingFactory(medewerker=medewerker, ontvangen_op=dag(SEPTEMBER))
        close_month(maand=SEPTEMBER, at=LATER)
        voor = export(tmp_path / "voor")

        with systeem_schrijft():
            MeldingFactory(medewerker=medewerker, ontvangen_op=dag(SEPTEMBER, 3))
            UitvraagFactory(melding=eerste, afgenomen_op=dag(SEPTEMBER), scores={"financien": 2})
            type(eerste).objects.filter(pk=eerste.pk).update(
                spoor="crisis", organisatie=medewerker.moederorganisatie
            )
        close_month(maand=SEPTEMBER, at=LATER)
        assert export(tmp_path / "na") == voor
        close_month(maand=OKTOBER, at=LATER)

        later = export(tmp_path / "later")
        assert {naam: later[naam] for naam in voor if naam != "catalogus.json"} == {
            naam: inhoud for naam, inhoud in voor.items() if naam != "catalogus.json"
        }
        assert booked("melding", "maand") == Counter({(SEPTEMBER,): 1, (OKTOBER,): 1})
        assert booked("uitvraag", "maand") == Counter({(OKTOBER,): 1})

    def test_never_opens_a_month_again(self) -> None:
        close_month(maand=OKTOBER, at=LATER)

        with pytest.raises(MonthOutOfOrder, match="al vastgezet"):
            close_month(maand=SEPTEMBER, at=LATER)
        with pytest.raises(MonthOutOfOrder, match="Zet eerst november 2026 vast"):
            close_month(maand=DECEMBER, at=LATER)

    def test_the_first_one_is_not_before_something_happened(self) -> None:
        """A typing error in the year would publish ten years of empty months, for ever. Later may: what came before counts in it."""
        with systeem_schrijft():
            MeldingFactory(ontvangen_op=dag(OKTOBER))

        with pytest.raises(MonthOutOfOrder, match="voor oktober 2026 gebeurde er niets"):
            close_month(maand=date(2016, 10, 1), at=LATER)
        assert not Publicatie.objects.using("beleid").exists()
        assert close_month(maand=OKTOBER, at=LATER).nieuw


class TestFaults:
    def test_a_full_disk_publishes_nothing_and_says_no_number(self) -> None:
        with systeem_schrijft():
            for _ in range(3):
                MeldingFactory(ontvangen_op=dag(OKTOBER))
        with connections["eigenaar"].cursor() as cursor:
            cursor.execute(
                "CREATE FUNCTION proef_vol() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " RAISE EXCEPTION 'could not extend file: row 3' USING ERRCODE = 'disk_full'; END $$"
            )
            cursor.execute("CREATE TRIGGER vol AFTER INSERT ON rapportage_cel EXECUTE FUNCTION proef_vol()")

        with pytest.raises(PublicationFailed) as caught:
            close_month(maand=OKTOBER, at=LATER)

        assert caught.value.__suppress_context__
        assert "3" not in str(caught.value)
        assert not Publicatie.objects.using("beleid").exists()
        assert not Grondslag.objects.using("rapport").exists()
        assert not booked("melding", "maand")

    def test_a_finding_of_the_audit_publishes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            sluiten,
            "check_uitgave",
            lambda *_args, **_kwargs: [Bevinding("de vakken tellen niet op", "maand/x.csv")],
        )

        with pytest.raises(PublicationRefused, match="de vakken tellen niet op"):
            close_month(maand=OKTOBER, at=LATER)

        assert not Publicatie.objects.using("beleid").exists()


class TestCommands:
    def test_export_and_audit_agree(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        close_month(maand=SEPTEMBER, at=LATER)
        export(tmp_path / "uit")

        call_command("controleer_anonimiteit")
        call_command("controleer_anonimiteit", map=str(tmp_path / "uit"), json=True)

        gezegd = capsys.readouterr().out
        assert "Alles is zoals beloofd." in gezegd
        assert '"in_orde": true' in gezegd

    def test_the_audit_refuses_changed_bytes(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        close_month(maand=OKTOBER, at=LATER)
        export(tmp_path / "uit")
        (tmp_path / "uit" / "maand" / "2026-10" / "route.csv").write_bytes(b"route,aantal\r\n")

        with pytest.raises(CommandError, match="niet zoals beloofd"):
            call_command("controleer_anonimiteit", map=str(tmp_path / "uit"))
        assert "de bytes zijn niet die zijn vastgezet: maand/2026-10/route.csv" in capsys.readouterr().out

    def test_the_export_never_writes_over_another(self, tmp_path: Path) -> None:
        (tmp_path / "iets.txt").write_text("van een ander")

        with pytest.raises(CommandError, match="niet leeg"):
            call_command("exporteer_publicaties", str(tmp_path))
        with pytest.raises(CommandError, match="is er niet"):
            call_command("controleer_anonimiteit", map=str(tmp_path / "weg"))
