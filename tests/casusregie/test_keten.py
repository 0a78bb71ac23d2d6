"""Wat PostgreSQL zelf tegenhoudt, ook als iemand buiten de services om schrijft; en de controle die het nog eens naleest."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from casusregie.ketencontrole import find_violations
from casusregie.models import Casus
from skt.kern.keten import TRIGGERS, KetenBroken, check_keten
from skt.medewerkers.models import Plaatsing
from tests.factories.casusregie import CasusFactory
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.triage import AanmeldingFactory

REGIE = "UPDATE casusregie_regietoewijzing SET tot = now() WHERE casus_id = %(casus)s AND soort = '{}'"
SCHENDINGEN: dict[str, tuple[dict[str, Any], str, str, int]] = {
    # what: factory, raw SQL, constraint's sentence, invariant
    "geen regisseur": ({}, REGIE.format("casusregie"), "precies één casusregisseur", 2),
    "regisseur van een organisatie die niet meedoet": (
        {},
        "UPDATE casusregie_betrokkenheid SET tot = now() WHERE casus_id = %(casus)s",
        "precies één casusregisseur",
        2,
    ),
    "geen volgende stap": (
        {},
        "UPDATE casusregie_actie SET status = 'klaar', afgerond_op = now() WHERE casus_id = %(casus)s",
        "open actie of geplande nazorg",
        2,
    ),
    "geen gepland contact in nazorg": (
        {"in_nazorg": True},
        "UPDATE casusregie_nazorg SET uitgevoerd_op = now(), resultaat = 'geen gehoor', medewerker_id = %(wie)s"
        " WHERE casus_id = %(casus)s",
        "open actie of geplande nazorg",
        2,
    ),
    "opgeschaald zonder procesregisseur": (
        {},
        "UPDATE casusregie_casus SET regieniveau = 'procesregie' WHERE id = %(casus)s",
        "precies één procesregisseur",
        3,
    ),
    "procesregie geëindigd": (
        {"opgeschaald": True},
        REGIE.format("procesregie"),
        "precies één procesregisseur",
        3,
    ),
    "gesloten zonder nazorg": (
        {},
        "UPDATE casusregie_casus SET status = 'afgesloten', gesloten_op = now() + interval '1 year'"
        " WHERE id = %(casus)s",
        "pas dicht als bij de nazorg",
        4,
    ),
    "regisseur vertrokken": (
        {},
        "UPDATE medewerkers_plaatsing SET tot = skt_vandaag() WHERE medewerker_id = %(wie)s",
        "Draag dat eerst over",
        2,
    ),
}


def write(sql: str, casus: Casus) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"casus": casus.pk, "wie": casus.agendapunt.casusregisseur_id})


class TestTriggers:
    @pytest.mark.parametrize("wat", SCHENDINGEN)
    def test_refuse(self, systeem: Any, wat: str) -> None:
        soort, sql, zin, _ = SCHENDINGEN[wat]
        casus = CasusFactory(**soort)
        check_keten()
        with pytest.raises(KetenBroken, match=zin), transaction.atomic():
            write(sql, casus)
            check_keten()
        assert find_violations() == []

    def test_refuse_an_open_actie_of_somebody_who_left(self, systeem: Any) -> None:
        helper = MedewerkerFactory(rol="teamlid", organisatie="smow")
        CasusFactory(betrokken=["smow"], acties=[{}, {"medewerker": helper}])
        check_keten()
        with pytest.raises(KetenBroken, match="Draag dat eerst over"), transaction.atomic():
            helper.plaatsingen.update(tot="2026-01-01")
            check_keten()

    def test_know_every_constraint_trigger_of_this_app(self, systeem: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgdeferrable AND tgname LIKE '%keten%'"
                " AND tgrelid <> 'verantwoording_regel'::regclass"
            )
            assert {name for (name,) in cursor.fetchall()} == set(TRIGGERS)


class TestKetencontrole:
    def test_finds_nothing_when_all_is_well(self, systeem: Any) -> None:
        for soort in (
            {},
            {"in_nazorg": True},
            {"gesloten": True},
            {"opgeschaald": True},
            {"in_opstart": True},
        ):
            CasusFactory(**soort)
        AanmeldingFactory()
        told = StringIO()
        call_command("ketencontrole", stdout=told)
        assert told.getvalue() == "Geen schendingen gevonden.\n"

    @pytest.mark.parametrize("wat", SCHENDINGEN)
    def test_finds(self, systeem: Any, wat: str) -> None:
        soort, sql, _, invariant = SCHENDINGEN[wat]
        casus = CasusFactory(**soort)
        check_keten()
        write(sql, casus)
        gevonden = [(s.invariant, s.nummer) for s in find_violations()]
        assert (invariant, casus.nummer) in gevonden
        transaction.set_rollback(True)

    def test_finds_a_melding_of_somebody_who_left(self, systeem: Any) -> None:
        melding = MeldingFactory()
        Plaatsing.objects.update(tot="2026-01-01")
        assert f"keten 1: melding {melding.nummer}: is van iemand zonder lopende plaatsing" in map(
            str, find_violations()
        )
        transaction.set_rollback(True)

    def test_finds_an_aanmelding_without_an_overleg(self, systeem: Any) -> None:
        aanmelding = AanmeldingFactory()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE triage_overleg SET status = 'geannuleerd'")
        nummer = aanmelding.melding.nummer
        assert f"keten 5: melding {nummer}: staat niet op precies één komend aanmeldoverleg" in map(
            str, find_violations()
        )
        transaction.set_rollback(True)

    def test_ends_with_one_and_a_line_for_each(self, systeem: Any) -> None:
        casus = CasusFactory()
        write(SCHENDINGEN["geen volgende stap"][1], casus)
        told = StringIO()
        with pytest.raises(SystemExit) as stopped:
            call_command("ketencontrole", stdout=told)
        assert stopped.value.code == 1
        assert told.getvalue() == f"keten 2: casus {casus.nummer}: heeft geen open actie of geplande nazorg\n"
        transaction.set_rollback(True)
