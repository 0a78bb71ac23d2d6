"""The first functioneel beheerder, made at the server."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from skt.autorisatie.context import acting_as_system
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from tests.factories.medewerkers import MedewerkerFactory

GOED = "kat-op-het-dak-zingt"
WIE = ["--gebruikersnaam", "o.koster", "--voornaam", "Olaf", "--achternaam", "Koster"]


class TestMaakBeheerder:
    @pytest.fixture(autouse=True)
    def _from_the_environment(self, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
        monkeypatch.setenv("BEHEERDER_WACHTWOORD", GOED)

    def test_makes_one_who_can_log_in_and_work(self, client: Client) -> None:
        out = StringIO()

        call_command("maak_beheerder", *WIE, stdout=out)

        assert out.getvalue() == "Olaf Koster (o.koster) is functioneel beheerder en kan inloggen.\n"
        client.post(reverse("login"), {"username": "o.koster", "password": GOED})
        assert client.get(reverse("plaatsing_list")).status_code == 200
        with acting_as_system("proef"):
            line = Regel.objects.get(actie="medewerkers.create_beheerder")
        assert line.reden == "eerste functioneel beheerder"

    def test_refuses_a_name_that_exists(self) -> None:
        call_command("maak_beheerder", *WIE, stdout=StringIO())

        with pytest.raises(CommandError, match=r"o.koster bestaat al; kies een andere"):
            call_command("maak_beheerder", *WIE)
        assert Medewerker.objects.get().heeft_rol(Rol.FUNCTIONEEL_BEHEERDER)

    def test_refuses_a_weak_password_and_makes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BEHEERDER_WACHTWOORD", "xyz-987")

        with pytest.raises(CommandError, match=r"te kort"):
            call_command("maak_beheerder", *WIE)
        assert not Medewerker.objects.exists()

    def test_refuses_an_unknown_organisation(self) -> None:
        with pytest.raises(CommandError, match=r"geen organisatie met de code mars"):
            call_command("maak_beheerder", *WIE, "--organisatie", "mars")

    def test_reads_the_password_from_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", StringIO(f"{GOED}\n"))

        call_command("maak_beheerder", *WIE, "--stdin", stdout=StringIO())

        assert Medewerker.objects.get().check_password(GOED)

    def test_says_where_a_password_could_come_from(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("BEHEERDER_WACHTWOORD")
        monkeypatch.setattr("sys.stdin", StringIO(""))

        with pytest.raises(CommandError, match=r"--stdin, of zet BEHEERDER_WACHTWOORD"):
            call_command("maak_beheerder", *WIE)

    def test_asks_twice_at_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("BEHEERDER_WACHTWOORD")
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        answers = iter([GOED, "anders", GOED, GOED])
        monkeypatch.setattr(
            "skt.autorisatie.management.commands.maak_beheerder.getpass", lambda _: next(answers)
        )

        with pytest.raises(CommandError, match=r"niet gelijk"):
            call_command("maak_beheerder", *WIE)
        call_command("maak_beheerder", *WIE, stdout=StringIO())

        assert Medewerker.objects.get().check_password(GOED)

    def test_is_no_road_past_a_blocked_account(self) -> None:
        with acting_as_system("proef"):
            MedewerkerFactory(username="o.koster", is_active=False)

        with pytest.raises(CommandError, match=r"bestaat al"):
            call_command("maak_beheerder", *WIE)
