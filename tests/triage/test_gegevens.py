"""De kleine gegevens van triage: werklast, borden, tijdlijn, en de tabel van overgangen."""

from datetime import date
from typing import Any

import pytest

from intake.tijdlijn import read_tijdlijn
from skt.autorisatie.rules import registered
from tests.factories.medewerkers import organisatie
from tests.factories.triage import AgendapuntFactory, CasusregisseurFactory, TeamlidFactory
from triage import werklast
from triage.models import Besluit, Bord, Uitkomst, Urgentie
from triage.queries import regie_candidates
from triage.services.aanmelding import OVERGANG_NAAR
from triage.services.besluit import CONSEQUENCES as NA_BESLUIT
from triage.services.triage import CONSEQUENCES as NA_TRIAGE
from triage.status import AANMELDING_TRANSITIONS


class TestWerklast:
    def test_adds_up_and_counts_zero_for_who_has_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(werklast, "_tellers", [])
        werklast.register_werklast(lambda ids: {ids[0]: 3})
        werklast.register_werklast(lambda ids: {ids[0]: 2})

        assert werklast.count_werklast([7, 8]) == {7: 5, 8: 0}

    def test_weighs_what_is_weighed_and_counts_the_rest(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(werklast, "_wegers", [])
        werklast.register_werkgewicht(lambda ids: {ids[0]: 2.25})
        werklast.register_werkgewicht(lambda ids: {ids[0]: 0.5})

        assert werklast.weigh_werklast({7: 3, 8: 4}) == {7: 2.75, 8: 4.0}

    def test_lists_who_works_in_the_team_on_that_day(self, systeem: Any) -> None:
        nu, weg = CasusregisseurFactory(), TeamlidFactory()
        weg.plaatsingen.update(tot=date(2026, 1, 1))
        geblokkeerd = CasusregisseurFactory(is_active=False)
        team = nu.plaatsingen.get().team_id

        found = [k.medewerker for k in regie_candidates([team], date(2026, 11, 2))]

        assert found == [nu]
        assert geblokkeerd not in found


class TestTables:
    def test_every_besluit_and_every_uitkomst_goes_somewhere(self) -> None:
        assert set(NA_BESLUIT) == set(Besluit)
        assert set(NA_TRIAGE) == set(Uitkomst)

    def test_every_transition_has_a_rule(self) -> None:
        assert {overgang.recht for overgang in AANMELDING_TRANSITIONS} <= set(registered())

    def test_every_move_ends_in_its_column(self) -> None:
        for naar, naam in OVERGANG_NAAR.items():
            assert AANMELDING_TRANSITIONS[naam].naar == naar

    def test_urgentie_and_bord_speak_short(self) -> None:
        assert [urgentie.kort for urgentie in Urgentie] == ["crisis", "spoed", "regulier", "laag"]
        assert [urgentie.werkdagen for urgentie in Urgentie] == [1, 3, 10, 20]
        assert Bord.GEZAMENLIJK.teamsoorten == ("jeugd", "volwassenen")


class TestTijdlijn:
    def test_tells_what_triage_and_the_overleg_did(self, systeem: Any) -> None:
        punt = AgendapuntFactory(besloten=True, toelichting="Samen langs.", partij=organisatie("smow"))

        titels = [item.titel for item in read_tijdlijn(punt.aanmelding.melding)]

        assert "Triage: aanmeldoverleg" in titels
        assert "Aanmeldoverleg: verdiepende intake of huisbezoek (SMOW)" in titels
