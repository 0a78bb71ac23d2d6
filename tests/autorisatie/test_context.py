"""Who acts: set for one block, on both sides, and never left behind."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from skt.autorisatie.context import acting_as, acting_as_system
from skt.autorisatie.token import SYSTEEM, make_token, padded_keys
from skt.kern import werkcontext
from skt.kern.errors import ContextMissing
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from skt.verantwoording.models import Regel
from tests.factories.medewerkers import MedewerkerFactory


def who_acts() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT skt_context()")
        return cursor.fetchone()[0]


class TestActingAs:
    def test_tells_python_and_postgresql_the_same(self, systeem: object) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID, organisatie="smow")

        with acting_as(medewerker, vanaf="192.0.2.1") as context:
            assert who_acts() == werkcontext.current().medewerker_id == medewerker.pk
            assert context.organisatie_id == medewerker.moederorganisatie.pk
            assert context.vanaf == "192.0.2.1"

    def test_gives_the_one_before_back(self, systeem: object) -> None:
        outer, inner = MedewerkerFactory(), MedewerkerFactory()

        with acting_as(outer):
            with acting_as(inner):
                assert who_acts() == inner.pk
            assert who_acts() == werkcontext.current().medewerker_id == outer.pk
        assert who_acts() == SYSTEEM

    def test_also_after_an_error_in_the_block(self, systeem: object) -> None:
        medewerker = MedewerkerFactory()

        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            acting_as(medewerker),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1 / 0")

        assert who_acts() == SYSTEEM
        assert werkcontext.current().is_systeem

    def test_nobody_acts_outside_a_transaction(self, transactional_db: None) -> None:
        with pytest.raises(ContextMissing, match="open eerst een transactie"), acting_as(Medewerker(pk=1)):
            pass

    def test_is_gone_when_the_transaction_ends(self, transactional_db: None) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            assert who_acts() == SYSTEEM

        assert who_acts() is None
        with pytest.raises(ContextMissing):
            werkcontext.current()

    def test_the_system_never_acts_without_a_reason(self, db: None) -> None:
        with pytest.raises(ContextMissing, match="zonder reden"), acting_as_system(""):
            pass


class TestWhatItGives:
    @pytest.mark.parametrize(
        ("rol", "ik", "dossiers"), [(Rol.TEAMLID, True, True), (Rol.BELEIDSMEDEWERKER, False, False)]
    )
    def test_a_dossierrol_makes_somebody_of_you(
        self, systeem: object, rol: Rol, ik: bool, dossiers: bool
    ) -> None:
        medewerker = MedewerkerFactory(rol=rol)

        with acting_as(medewerker), connection.cursor() as cursor:
            cursor.execute("SELECT skt_ik() = skt_context(), cardinality(skt_organisaties()) > 0")
            found = cursor.fetchone()

        assert (bool(found[0]), found[1]) == (ik, dossiers)

    @pytest.mark.parametrize("changes", [{"is_active": False}, {"wachtwoord_tijdelijk": True}])
    def test_a_closed_account_has_no_role(self, systeem: object, changes: dict[str, bool]) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID, **changes)

        with acting_as(medewerker), connection.cursor() as cursor:
            cursor.execute(
                "SELECT skt_ik(), skt_heeft_rol('teamlid'), skt_teams('teamlid'), skt_organisaties()"
            )
            assert cursor.fetchone() == (None, False, [], [])

    def test_a_blocked_account_is_still_responsible(self, systeem: object) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID, is_active=False)

        with connection.cursor() as cursor:
            cursor.execute("SELECT skt_loopt_plaatsing(%s, NULL)", [medewerker.pk])
            assert cursor.fetchone() == (True,)

    def test_of_ones_own_account_only_the_password(self, systeem: object) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID)
        changes = ["username = 'baas'", "is_superuser = true", "is_active = false", "achternaam = 'Anders'"]

        for change in changes:
            with (
                pytest.raises(DatabaseError, match="eigen wachtwoord"),
                transaction.atomic(),
                acting_as(medewerker),
            ):
                _change(medewerker, change)

        with acting_as(medewerker):
            _change(medewerker, "password = 'x'")
        medewerker.refresh_from_db()
        assert (medewerker.password, medewerker.is_superuser) == ("x", False)

    def test_a_temporary_password_is_not_simply_declared_final(self, systeem: object) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID, wachtwoord_tijdelijk=True)

        with (
            pytest.raises(DatabaseError, match="eigen wachtwoord"),
            transaction.atomic(),
            acting_as(medewerker),
        ):
            _change(medewerker, "wachtwoord_tijdelijk = false")

    def test_a_beheerder_gives_no_role_to_themselves(self, systeem: object) -> None:
        beheerder = MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER)
        own = beheerder.plaatsingen.get()

        with acting_as(beheerder):
            assert Plaatsing.objects.filter(pk=own.pk).update(rol=Rol.LOKETPROFESSIONAL) == 0


class TestToken:
    def test_expires(self) -> None:
        now, later = (int(make_token(7, timedelta(minutes=m)).split(":")[1]) for m in (0, 15))

        assert 899 <= later - now <= 901

    def test_the_pads_are_those_of_rfc_2104(self) -> None:
        inner, outer = padded_keys()

        assert len(inner) == len(outer) == 64
        assert bytes(a ^ b for a, b in zip(inner, outer, strict=True)) == b"\x6a" * 64


class TestContexttokenCommand:
    def test_prints_sql_that_works_and_leaves_a_line(self, systeem: object) -> None:
        medewerker = MedewerkerFactory(username="s.jansen", rol=Rol.TEAMLID)
        out = StringIO()

        call_command("contexttoken", "S.Jansen", stdout=out)

        begin, sql, comment = out.getvalue().strip().splitlines()
        assert begin == "BEGIN;"
        assert "kwartier" in comment
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            assert who_acts() == medewerker.pk
            transaction.set_rollback(True)  # as leaving psql
        assert Regel.objects.get().gegevens == {"medewerker": "s.jansen"}

    def test_says_who_is_unknown(self, systeem: object) -> None:
        with pytest.raises(CommandError, match="geen medewerker met de naam niemand"):
            call_command("contexttoken", "niemand")

    def test_asks_to_be_sure_on_a_real_server(self, systeem: object) -> None:
        MedewerkerFactory(username="s.jansen")

        with override_settings(OMGEVING="productie"):
            with pytest.raises(CommandError, match="--ja"):
                call_command("contexttoken", "s.jansen")
            call_command("contexttoken", "s.jansen", "--ja", stdout=StringIO())

        assert Regel.objects.count() == 1


def _change(medewerker: Medewerker, change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE medewerkers_medewerker SET {change} WHERE id = %s", [medewerker.pk])
