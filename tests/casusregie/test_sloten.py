"""Het tweede slot en de grenzen van de tabellen, met SQL buiten de services om: PostgreSQL zegt zelf nee."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from casusregie.models import Casus, Regietoewijzing
from skt.medewerkers.models import Medewerker, Rol
from tests.casusregie.conftest import Als
from tests.casusregie.test_views_casus import nood
from tests.factories.casusregie import ActieFactory, CasusFactory, NotitieFactory
from tests.factories.medewerkers import MedewerkerFactory, organisatie
from tests.factories.triage import CasusregisseurFactory

TABELLEN = (
    "casusregie_casus",
    "casusregie_casuslid",
    "casusregie_regietoewijzing",
    "casusregie_betrokkenheid",
    "casusregie_actie",
    "casusregie_notitie",
)
NIETS = dict.fromkeys(TABELLEN, 0)
ALLES = {
    **dict.fromkeys(TABELLEN, 1),
    "casusregie_betrokkenheid": 2,
}


def run(sql: str, *facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


def seen(als: Als, wie: Medewerker) -> dict[str, int]:
    """Hoeveel rijen van elke tabel deze medewerker met een kale SELECT krijgt."""
    with als(wie):
        return {table: run(f"SELECT count(*) FROM {table}")[0][0] for table in TABELLEN}


@pytest.fixture
def vol(casus: Casus) -> Casus:
    """De casus van de proeven, met van elke tabel een rij."""
    NotitieFactory(casus=casus)
    return casus


class TestReading:
    def test_is_whole_for_whoever_takes_part(
        self, als: Als, vol: Casus, regisseur: Medewerker, helper: Medewerker, coordinator: Medewerker
    ) -> None:
        assert [seen(als, wie) for wie in (regisseur, helper, coordinator)] == [ALLES] * 3

    @pytest.mark.parametrize(
        "rol",
        [
            Rol.LOKETPROFESSIONAL, Rol.ZORGREGISSEUR, Rol.TEAMLID, Rol.CASUSREGISSEUR, Rol.PROCESREGISSEUR,
            Rol.SOCIALE_KAARTBEHEERDER, Rol.KWARTIERMAKER, Rol.BELEIDSMEDEWERKER, Rol.FUNCTIONEEL_BEHEERDER,
            Rol.PRIVACY_OFFICER,
        ],
    )  # fmt: skip
    def test_is_nothing_for_another_organisation(self, als: Als, vol: Casus, rol: str) -> None:
        assert seen(als, MedewerkerFactory(rol=rol, organisatie="jgz")) == NIETS

    def test_is_nothing_for_the_coordinator_of_another_team(self, als: Als, vol: Casus) -> None:
        wie = MedewerkerFactory(rol=Rol.TEAMCOORDINATOR, organisatie="gemeente", team="jeugd")
        assert seen(als, wie) == NIETS

    def test_is_nothing_when_shielded_but_for_whoever_is_named(
        self, als: Als, vol: Casus, regisseur: Medewerker, helper: Medewerker, coordinator: Medewerker
    ) -> None:
        Casus.objects.filter(pk=vol.pk).update(afgeschermd=True)
        assert seen(als, regisseur) == ALLES
        assert [seen(als, wie) for wie in (helper, coordinator)] == [NIETS] * 2

    @pytest.mark.parametrize(
        ("eindigt_over", "ziet"), [(timedelta(hours=1), ALLES), (-timedelta(seconds=1), NIETS)]
    )
    def test_by_noodtoegang_ends_in_time(
        self, als: Als, vol: Casus, vreemde: Medewerker, eindigt_over: timedelta, ziet: dict[str, int]
    ) -> None:
        nood(vol, vreemde, eindigt_over=eindigt_over)
        assert seen(als, vreemde) == ziet

    def test_ends_with_the_placement(self, als: Als, vol: Casus, helper: Medewerker) -> None:
        helper.plaatsingen.update(tot=timezone.localdate())
        assert seen(als, Medewerker.objects.get(pk=helper.pk)) == NIETS


class TestWriting:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE casusregie_casus SET titel = 'Anders' WHERE id = %s",
            "UPDATE casusregie_regietoewijzing SET tot = now() WHERE casus_id = %s",
            "UPDATE casusregie_betrokkenheid SET tot = now() WHERE casus_id = %s",
            "UPDATE casusregie_actie SET wat = 'Anders' WHERE casus_id = %s",
        ],
    )
    def test_by_a_helper_or_a_stranger_touches_nothing(
        self, als: Als, vol: Casus, helper: Medewerker, vreemde: Medewerker, stand: Any, sql: str
    ) -> None:
        before = stand()
        for wie in (helper, vreemde):
            with als(wie):
                assert run(sql, vol.pk) == [(0,)]
        assert stand() == before

    @pytest.mark.parametrize(
        "sql",
        [
            "INSERT INTO casusregie_betrokkenheid (casus_id, organisatie_id, rol, van)"
            " SELECT %s, id, 'Zelf', now() FROM medewerkers_moederorganisatie WHERE code = 'jgz'",
            "INSERT INTO casusregie_casususerobjectpermission (content_object_id, user_id, permission_id)"
            " SELECT %s, skt_context(), id FROM auth_permission WHERE codename = 'share_casus'",
        ],
    )
    def test_of_a_right_is_refused_to_a_helper(
        self, als: Als, vol: Casus, helper: Medewerker, stand: Any, sql: str
    ) -> None:
        before = stand()
        with als(helper), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            run(sql, vol.pk)
        assert stand() == before

    def test_over_an_older_notitie_is_nobodys_right(
        self, als: Als, vol: Casus, regisseur: Medewerker
    ) -> None:
        with als(regisseur):
            assert run("UPDATE casusregie_notitie SET tekst = 'Anders' WHERE casus_id = %s", vol.pk) == [(0,)]

    @pytest.mark.parametrize("table", TABELLEN)
    def test_never_erases(self, als: Als, vol: Casus, regisseur: Medewerker, table: str) -> None:
        with (
            als(regisseur),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            run(f"DELETE FROM {table}")


class TestConstraints:
    @pytest.mark.parametrize(
        ("name", "sql"),
        [
            (
                "betrokkenheid_niet_dubbel",
                "INSERT INTO casusregie_betrokkenheid (casus_id, organisatie_id, rol, van)"
                " SELECT casus_id, organisatie_id, 'Nog eens', now() FROM casusregie_betrokkenheid WHERE casus_id = %s",
            ),
            (
                "regie_een_tegelijk",
                "INSERT INTO casusregie_regietoewijzing (casus_id, soort, medewerker_id, organisatie_id, van, reden)"
                " SELECT casus_id, soort, medewerker_id, organisatie_id, now(), '' FROM casusregie_regietoewijzing"
                " WHERE casus_id = %s",
            ),
            (
                "regie_eindigt_na_begin",
                "UPDATE casusregie_regietoewijzing SET tot = van - interval '1 day' WHERE casus_id = %s",
            ),
            (
                "betrokkenheid_eindigt_na_begin",
                "UPDATE casusregie_betrokkenheid SET tot = van - interval '1 day' WHERE casus_id = %s",
            ),
            (
                "casuslid_een_keer",
                "INSERT INTO casusregie_casuslid (casus_id, inwoner_id, is_hoofdpersoon)"
                " SELECT casus_id, inwoner_id, false FROM casusregie_casuslid WHERE casus_id = %s",
            ),
            (
                "actie_van_organisatie_heeft_medewerker",
                "UPDATE casusregie_actie SET medewerker_id = NULL WHERE casus_id = %s",
            ),
            (
                "actie_afgerond_heeft_datum",
                "UPDATE casusregie_actie SET status = 'klaar' WHERE casus_id = %s",
            ),
            ("actie_zegt_wat", "UPDATE casusregie_actie SET wat = '' WHERE casus_id = %s"),
            (
                "notitie_niet_leeg",
                "INSERT INTO casusregie_notitie (casus_id, tekst, medewerker_id, geschreven_op)"
                " SELECT casus_id, '', medewerker_id, now() FROM casusregie_notitie WHERE casus_id = %s",
            ),
            (
                "casus_gesloten_heeft_datum",
                "UPDATE casusregie_casus SET status = 'afgesloten', gesloten_op = NULL WHERE id = %s",
            ),
            (
                "casus_sluit_na_openen",
                "UPDATE casusregie_casus SET gesloten_op = geopend_op - interval '1 day' WHERE id = %s",
            ),
        ],
    )
    def test_refuse(self, vol: Casus, name: str, sql: str) -> None:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            run(sql, vol.pk)
            run("SET CONSTRAINTS regie_een_tegelijk IMMEDIATE")  # the only one that waits

    def test_let_the_regie_change_hands_at_one_moment(self, vol: Casus) -> None:
        nu, nieuwe = timezone.now(), CasusregisseurFactory()
        run("UPDATE casusregie_regietoewijzing SET tot = %s WHERE casus_id = %s", nu, vol.pk)
        run(
            "INSERT INTO casusregie_regietoewijzing (casus_id, soort, medewerker_id, organisatie_id, van, reden)"
            " VALUES (%s, 'casusregie', %s, %s, %s, 'Verhuisd')",
            vol.pk, nieuwe.pk, organisatie("kwadraad").pk, nu,
        )  # fmt: skip
        run("SET CONSTRAINTS ALL IMMEDIATE")


class TestNarrowFunctions:
    """De drie vragen die langs row-level security gaan, vertellen alleen aan wie het aangaat."""

    MEEKIJKERS = "SELECT medewerker, actie FROM casusregie_meekijkers(%s, NULL, 50)"
    NOODTOEGANGEN = "SELECT medewerker, reden FROM casusregie_noodtoegangen(%s, 'epoch')"

    def ask(self, als: Als, wie: Medewerker, sql: str, *facts: Any) -> list[tuple[Any, ...]]:
        with als(wie):
            return run(sql, *facts)

    def test_tell_whoever_manages_the_casus(
        self, als: Als, vol: Casus, regisseur: Medewerker, coordinator: Medewerker, vreemde: Medewerker
    ) -> None:
        toegang = nood(vol, vreemde)
        for wie in (regisseur, coordinator):
            assert self.ask(als, wie, self.NOODTOEGANGEN, vol.pk) == [(vreemde.naam, toegang.reden)]

    def test_tell_nobody_else(
        self, als: Als, vol: Casus, helper: Medewerker, vreemde: Medewerker, coordinator: Medewerker
    ) -> None:
        nood(vol, vreemde)
        for wie in (helper, vreemde, MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER)):
            for sql in (self.MEEKIJKERS, self.NOODTOEGANGEN):
                assert self.ask(als, wie, sql, vol.pk) == []
        Casus.objects.filter(pk=vol.pk).update(afgeschermd=True)
        assert self.ask(als, coordinator, self.NOODTOEGANGEN, vol.pk) == []

    def test_leave_the_asker_who_they_were(self, als: Als, vol: Casus, regisseur: Medewerker) -> None:
        with als(regisseur):
            for sql in (self.MEEKIJKERS, self.NOODTOEGANGEN):
                run(sql, vol.pk)
            run("SELECT * FROM casusregie_werklast(%s)", [regisseur.pk])
            run("SELECT * FROM casusregie_werkgewicht(%s)", [regisseur.pk])
            assert run("SELECT skt_context()") == [(regisseur.pk,)]

    def test_count_the_work_without_saying_which(
        self, als: Als, vol: Casus, regisseur: Medewerker, vreemde: Medewerker
    ) -> None:
        CasusFactory(regisseur=regisseur, gesloten=True)
        ActieFactory(casus=vol)
        sql = "SELECT * FROM casusregie_werklast(%s)"
        assert self.ask(als, vreemde, sql, [regisseur.pk]) == [(regisseur.pk, 1)]
        beleid = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)
        assert self.ask(als, beleid, sql, [regisseur.pk]) == []

    @pytest.mark.parametrize(
        ("stand", "niveau", "gewicht"),
        [
            ("in opstart", "casusregie", 1.5),
            ("lopend", "casusregie", 1.0),
            ("lopend", "procesregie", 2.0),
            ("in afbouw", "casusregie", 0.5),
            ("nazorg", "casusregie", 0.25),
        ],
    )
    def test_weigh_the_work_without_saying_which(
        self,
        als: Als,
        vol: Casus,
        regisseur: Medewerker,
        vreemde: Medewerker,
        stand: str,
        niveau: str,
        gewicht: float,
    ) -> None:
        if niveau == "procesregie":
            proces = MedewerkerFactory(rol=Rol.PROCESREGISSEUR)
            Regietoewijzing.objects.create(
                casus=vol, soort="procesregie", medewerker=proces, organisatie=proces.moederorganisatie, van=timezone.now(),
                reden="Opgeschaald",
            )  # fmt: skip
        Casus.objects.filter(pk=vol.pk).update(status=stand, regieniveau=niveau)
        sql = "SELECT * FROM casusregie_werkgewicht(%s)"

        assert self.ask(als, vreemde, sql, [regisseur.pk]) == [(regisseur.pk, gewicht)]
        beleid = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)
        assert self.ask(als, beleid, sql, [regisseur.pk]) == []
