"""Wie wat mag: slot 2 met kale SQL, en dat slot 1 daar nergens buiten valt."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from skt.autorisatie.rules import permitted
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.intake import LoketmedewerkerFactory, UitvraagFactory
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.triage import (
    DONDERDAG,
    AanmeldingFactory,
    CasusregisseurFactory,
    CoordinatorFactory,
    OverlegFactory,
    TeamlidFactory,
    ToegangFactory,
    aanbod,
    open_punt,
)
from triage.models import Aanmelding, Agendapunt, Overleg, Triage

Als = Callable[[Medewerker], AbstractContextManager[Any]]

WIE: dict[str, tuple[Callable[[], Medewerker], set[str]]] = {
    "toegang": (ToegangFactory, {"jeugd", "volwassenen", "gezamenlijk"}),
    "teamlid volwassenen": (TeamlidFactory, {"volwassenen", "gezamenlijk"}),
    "coordinator jeugd": (lambda: CoordinatorFactory(team="jeugd"), {"jeugd", "gezamenlijk"}),
    "casusregisseur jeugd": (lambda: CasusregisseurFactory(team="jeugd"), {"jeugd", "gezamenlijk"}),
    "loket": (LoketmedewerkerFactory, set()),
    "beleid": (lambda: MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER, organisatie="gemeente"), set()),
    "beheer": (lambda: MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER, organisatie="gemeente"), set()),
    "privacy": (lambda: MedewerkerFactory(rol=Rol.PRIVACY_OFFICER, organisatie="gemeente"), set()),
    "kwartiermaker": (lambda: MedewerkerFactory(rol=Rol.KWARTIERMAKER, organisatie="gemeente"), set()),
    "zonder plaatsing": (MedewerkerFactory, set()),
}


def rows(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def changed(sql: str, *values: Any) -> int:
    """How many rows a statement changes, or 0 when PostgreSQL refuses it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)
    except (ProgrammingError, InternalError):
        return 0


@pytest.fixture
def borden(systeem: Any) -> dict[str, Aanmelding]:
    """Op elk bord één aanmelding."""
    return {
        "jeugd": AanmeldingFactory(jeugd=True),
        "volwassenen": AanmeldingFactory(),
        "gezamenlijk": AanmeldingFactory(gezamenlijk=True),
    }


@pytest.mark.parametrize("rol", WIE)
class TestReadingByRole:
    def test_the_dots_are_of_what_one_sees_and_leave_the_lock_as_it_was(
        self, als: Als, borden: dict[str, Aanmelding], rol: str
    ) -> None:
        maak, verwacht = WIE[rol]
        van = {aanmelding.melding_id: bord for bord, aanmelding in borden.items()}
        for aanmelding in borden.values():
            UitvraagFactory(melding=aanmelding.melding)
        with als(maak()):
            stippen = rows("SELECT * FROM triage_stippen(%s::bigint[])", list(van))
            antwoorden = rows(
                "SELECT u.melding_id, a.leefgebied, a.score FROM intake_antwoord a JOIN intake_uitvraag u ON u.id = a.uitvraag_id"
            )

        assert sorted(stippen) == sorted(antwoorden)
        assert {van[melding] for melding, _, _ in stippen} >= verwacht

    def test_raw_sql_gives_only_the_own_boards(
        self, als: Als, borden: dict[str, Aanmelding], rol: str
    ) -> None:
        maak, verwacht = WIE[rol]
        with als(maak()):
            aanmeldingen = rows("SELECT bord FROM triage_aanmelding")
            punten = rows(
                "SELECT o.bord FROM triage_agendapunt p JOIN triage_overleg o ON o.id = p.overleg_id"
            )

        assert {bord for (bord,) in aanmeldingen} == verwacht
        assert {bord for (bord,) in punten} == verwacht

    def test_both_locks_say_the_same(self, als: Als, borden: dict[str, Aanmelding], rol: str) -> None:
        maak, _ = WIE[rol]
        wie = maak()
        with als(wie):
            slot_2 = set(Aanmelding.objects.values_list("pk", flat=True))
        slot_1 = set(
            permitted(wie, "triage.view_aanmelding", Aanmelding.objects.all()).values_list("pk", flat=True)
        )

        assert slot_1 == slot_2

    def test_a_triage_follows_its_melding(self, als: Als, borden: dict[str, Aanmelding], rol: str) -> None:
        maak, _ = WIE[rol]
        with als(maak()):
            triages = {melding for (melding,) in rows("SELECT melding_id FROM triage_triage")}
            meldingen = {pk for (pk,) in rows("SELECT id FROM intake_melding")}

        assert triages == meldingen

    def test_every_page_answers_404_to_who_has_no_part_in_it(
        self, client: Client, borden: dict[str, Aanmelding], rol: str
    ) -> None:
        maak, verwacht = WIE[rol]
        client.force_login(maak())
        for bord, aanmelding in borden.items():
            punt = aanmelding.agendapunten.get()
            nummer = aanmelding.melding.nummer
            if bord in verwacht and rol != "toegang":
                continue
            weegt = client.get(reverse("triage:triage_form", args=[nummer]))
            if rol == "toegang":
                assert weegt["Location"] == reverse("triage:worklist"), (
                    "al gewogen: een zin, en terug naar de lijst"
                )
                continue
            assert weegt.status_code == 404
            assert client.get(reverse("triage:aanmelding_detail", args=[nummer])).status_code == 404
            assert client.get(reverse("triage:overleg_detail", args=[punt.overleg_id])).status_code == 404
            for naam, args in (
                ("card_move", [nummer]),
                ("aanmelding_finish", [nummer]),
                ("overleg_cancel", [punt.overleg_id]),
                ("overleg_finish", [punt.overleg_id]),
                ("overleg_detail", [punt.overleg_id]),
            ):
                data = {"naar": "intake", "punt": punt.pk, "besluit": "aanhouden", "toelichting": "x"}
                assert client.post(reverse(f"triage:{naam}", args=args), data).status_code == 404
        assert Agendapunt.objects.filter(besluit="").count() == 3
        assert Overleg.objects.filter(status="gepland").count() == 3


class TestWriting:
    @pytest.mark.parametrize(
        ("wie", "mag"),
        [
            (ToegangFactory, True),
            (CoordinatorFactory, True),
            (TeamlidFactory, False),
            (lambda: CoordinatorFactory(team="jeugd"), False),
            (LoketmedewerkerFactory, False),
        ],
    )
    def test_only_toegang_and_the_own_coordinator_change_a_card(
        self, als: Als, systeem: Any, wie: Callable[[], Medewerker], mag: bool
    ) -> None:
        punt, actor = open_punt(), wie()
        with als(actor):
            kaart = changed(
                "UPDATE triage_aanmelding SET versie = versie + 1 WHERE id = %s", punt.aanmelding_id
            )
            agenda = changed("UPDATE triage_agendapunt SET volgorde = 9 WHERE id = %s", punt.pk)

        assert (kaart, agenda) == ((1, 1) if mag else (0, 0))
        assert Aanmelding.objects.get().versie == 1 + mag

    @pytest.mark.parametrize("wie", [CoordinatorFactory, TeamlidFactory, LoketmedewerkerFactory])
    def test_only_toegang_writes_a_triage(
        self, als: Als, systeem: Any, wie: Callable[[], Medewerker]
    ) -> None:
        aanmelding, actor = AanmeldingFactory(), wie()
        with als(actor):
            nieuw = changed(
                "INSERT INTO triage_triage (melding_id, ernst, urgentie, nuldelijn, nuldelijn_toelichting, uitkomst,"
                " toelichting, eigen_kracht, netwerk, medewerker_id, gedaan_op)"
                " VALUES (%s, 'laag', 'laag', 'past_niet', 'x', 'aanmeldoverleg', '', '', '', %s, %s)",
                aanmelding.melding_id, actor.pk, DONDERDAG,
            )  # fmt: skip

        assert nieuw == 0
        assert Triage.objects.count() == 1

    def test_a_triage_is_never_overwritten(self, als: Als, systeem: Any) -> None:
        AanmeldingFactory()
        with als(ToegangFactory()):
            assert changed("UPDATE triage_triage SET ernst = 'laag'") == 0

    @pytest.mark.parametrize(
        "tabel", ["triage_triage", "triage_aanmelding", "triage_agendapunt", "triage_overleg"]
    )
    def test_nothing_is_deleted(self, als: Als, systeem: Any, tabel: str) -> None:
        open_punt()
        with als(ToegangFactory()):
            assert changed(f"DELETE FROM {tabel}") == 0

    def test_offers_of_a_triage_nobody_sees_cannot_be_read(self, als: Als, systeem: Any) -> None:
        AanmeldingFactory().triage.voorzieningen.add(aanbod())
        with als(TeamlidFactory(team="jeugd", organisatie="mee")):
            assert rows("SELECT * FROM triage_triage_voorzieningen") == []
        with als(TeamlidFactory()):
            assert len(rows("SELECT * FROM triage_triage_voorzieningen")) == 1

    def test_nobody_acting_sees_nothing(self, systeem: Any) -> None:
        OverlegFactory()
        open_punt()
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('skt.context', '', true)")
        assert rows("SELECT * FROM triage_aanmelding") == []
        assert rows("SELECT * FROM triage_agendapunt") == []
        assert rows("SELECT * FROM triage_triage") == []


class TestTheMeldingBehindTheBoard:
    def test_opens_to_the_team_and_closes_with_the_aanmelding(self, als: Als, systeem: Any) -> None:
        aanmelding, teamlid = (
            AanmeldingFactory(intake=True, melding__medewerker__organisatie="mee"),
            TeamlidFactory(),
        )
        with als(teamlid):
            assert rows("SELECT nummer FROM intake_melding") == [(aanmelding.melding.nummer,)]

        Aanmelding.objects.update(status="afgerond")

        with als(teamlid):
            assert rows("SELECT nummer FROM intake_melding") == []
