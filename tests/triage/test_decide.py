"""Het besluit: wat elk van de acht in gang zet, en wat er wordt geweigerd zonder dat er iets half gebeurt."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest

from intake.status import MeldingStatus
from skt.kern.errors import DomainError
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import organisatie
from tests.factories.triage import (
    DONDERDAG,
    AgendapuntFactory,
    CasusregisseurFactory,
    OverlegFactory,
    ProcesregisseurFactory,
    open_punt,
)
from tests.fixtures import MAANDAG
from triage import gevolgen
from triage.models import Agendapunt, Besluit
from triage.services import (
    AanmeldingChanged,
    AlreadyDecided,
    BesluitIncomplete,
    DateInPast,
    OverlegIsOver,
    RegisseurNotPlaced,
    decide,
)
from triage.status import AanmeldingStatus

Als = Callable[[Medewerker], AbstractContextManager[Any]]
VRIJDAG = (DONDERDAG + timedelta(days=1)).date()
VOLGENDE_WEEK = (DONDERDAG + timedelta(days=7)).date()


@pytest.fixture
def punt(systeem: Any) -> Agendapunt:
    return open_punt()


@pytest.fixture(autouse=True)
def eigen_gevolgen(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Triage alone: what other rooms registered doesn't run, unless a test registers it."""
    registered: dict[str, Any] = {}
    monkeypatch.setattr(gevolgen, "_gevolgen", registered)
    return registered


def run(als: Als, punt: Agendapunt, actor: Medewerker, besluit: str, **facts: Any) -> Agendapunt:
    with als(actor):
        return decide(agendapunt=punt, besluit=besluit, actor=actor, at=DONDERDAG, **facts)


def regie(**more: Any) -> dict[str, Any]:
    regisseur = CasusregisseurFactory(organisatie="smow")
    return {"casusregisseur": regisseur, "partij": organisatie("smow"), "uiterlijk": VOLGENDE_WEEK, **more}


def nothing_changed(punt: Agendapunt) -> bool:
    aanmelding, melding = punt.aanmelding, punt.aanmelding.melding
    before = (aanmelding.status, aanmelding.versie, melding.status, melding.versie, melding.volgende_stap)
    for row in (punt, aanmelding, melding):
        row.refresh_from_db()
    after = (aanmelding.status, aanmelding.versie, melding.status, melding.versie, melding.volgende_stap)
    return (
        before == after
        and punt.besluit == ""
        and Agendapunt.objects.filter(aanmelding=aanmelding).count() == 1
    )


class TestDecide:
    @pytest.mark.parametrize(
        ("besluit", "status", "stap"),
        [
            (Besluit.VRIJ_AANBOD, AanmeldingStatus.TE_BELEGGEN, "Vrij aanbod inzetten door SMOW"),
            (Besluit.INTAKE, AanmeldingStatus.INTAKE, "Verdiepende intake of huisbezoek door SMOW"),
            (Besluit.WMO, AanmeldingStatus.INTAKE, "Onderzoek Wmo door SMOW"),
            (Besluit.JEUGDHULP, AanmeldingStatus.INTAKE, "Jeugdhulp onderzoeken door SMOW"),
        ],
    )
    def test_leaves_the_melding_with_a_next_step_and_a_date(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker, besluit: str, status: str, stap: str
    ) -> None:
        run(als, punt, coordinator, besluit, partij=organisatie("smow"), uiterlijk=VRIJDAG)

        punt.aanmelding.refresh_from_db()
        melding = punt.aanmelding.melding
        melding.refresh_from_db()
        assert punt.aanmelding.status == status
        assert (melding.status, melding.volgende_stap) == (MeldingStatus.BIJ_TEAM, stap)
        assert melding.uiterlijk.date() == VRIJDAG

    def test_names_a_date_itself_when_the_overleg_does_not(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        decided = run(als, punt, coordinator, Besluit.INTAKE)

        assert decided.uiterlijk == add_werkdagen(DONDERDAG.date(), 10)

    def test_a_day_off_becomes_the_next_werkdag(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        kerst = date(2026, 12, 25)  # a friday

        decided = run(als, punt, coordinator, Besluit.INTAKE, partij=organisatie("smow"), uiterlijk=kerst)

        assert decided.uiterlijk == date(2026, 12, 28)
        decided.aanmelding.melding.refresh_from_db()
        assert decided.aanmelding.melding.uiterlijk.date() == decided.uiterlijk

    def test_onderzoek_wmo_starts_its_term_once(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        run(als, punt, coordinator, Besluit.WMO)

        termijnen = punt.aanmelding.melding.termijnen.all()
        assert sorted(termijn.soort_id for termijn in termijnen) == ["WMO-OND", "WMO-PLAN"]
        assert {termijn.begonnen_op for termijn in termijnen} == {MAANDAG.date()}

    def test_casusregie_settles_it_on_the_regisseur(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        facts = regie()

        decided = run(als, punt, coordinator, Besluit.CASUSREGIE, **facts)

        punt.aanmelding.refresh_from_db()
        assert punt.aanmelding.status == AanmeldingStatus.BELEGD
        assert punt.aanmelding.casusregisseur == facts["casusregisseur"]
        assert (decided.partij.code, decided.besloten_door) == ("smow", coordinator)

    def test_takes_the_partij_from_the_regisseur(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        decided = run(als, punt, coordinator, Besluit.CASUSREGIE, **regie(partij=None))

        assert decided.partij.code == "smow"

    def test_runs_what_another_room_registered(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        seen = []
        gevolgen.register_gevolg(
            Besluit.CASUSREGIE, lambda punt, actor, at: seen.append((punt.pk, actor, at))
        )

        run(als, punt, coordinator, Besluit.CASUSREGIE, **regie())

        assert seen == [(punt.pk, coordinator, DONDERDAG)]

    def test_is_undone_when_its_consequence_refuses(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        def refuse(*_: Any) -> None:
            raise DomainError("De casus kan niet open.")

        gevolgen.register_gevolg(Besluit.CASUSREGIE, refuse)

        with pytest.raises(DomainError, match="kan niet open"):
            run(als, punt, coordinator, Besluit.CASUSREGIE, **regie())

        assert nothing_changed(punt)
        assert not Regel.objects.filter(actie="triage.decide").exists()

    def test_without_a_consequence_the_melding_still_asks_for_the_casus(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        run(als, punt, coordinator, Besluit.CASUSREGIE, **regie())

        punt.aanmelding.melding.refresh_from_db()
        assert punt.aanmelding.melding.volgende_stap.startswith("Casus starten: ")

    def test_opschalen_keeps_both_regisseurs(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        procesregisseur = ProcesregisseurFactory()

        decided = run(als, punt, coordinator, Besluit.PROCESREGIE, **regie(procesregisseur=procesregisseur))

        assert decided.procesregisseur == procesregisseur

    def test_terug_opens_the_melding_at_the_loket_with_the_question(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        run(als, punt, coordinator, Besluit.TERUG, toelichting="Weet mevrouw hiervan?")

        punt.aanmelding.refresh_from_db()
        melding = punt.aanmelding.melding
        melding.refresh_from_db()
        assert punt.aanmelding.status == AanmeldingStatus.AFGEROND
        assert melding.status == MeldingStatus.OPEN
        assert "Weet mevrouw hiervan?" in melding.volgende_stap
        assert melding.lees_teams == []

    def test_aanhouden_puts_it_on_the_overleg_after_this_one(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        later = OverlegFactory(week_later=True)

        decided = run(als, punt, coordinator, Besluit.AANHOUDEN, toelichting="Wacht op de huisarts.")

        punt.aanmelding.refresh_from_db()
        punt.aanmelding.melding.refresh_from_db()
        assert punt.aanmelding.status == AanmeldingStatus.AANGEHOUDEN
        assert punt.aanmelding.agendapunten.get(besluit="").overleg == later
        assert punt.aanmelding.melding.uiterlijk == later.begint_op
        assert decided.uiterlijk == later.begint_op.date()

    def test_aanhouden_plans_an_overleg_in_the_rhythm_of_this_one(
        self, als: Als, systeem: Any, coordinator: Medewerker
    ) -> None:
        woensdag = DONDERDAG - timedelta(days=1)
        punt = open_punt(overleg=OverlegFactory(begint_op=woensdag))

        run(als, punt, coordinator, Besluit.AANHOUDEN, toelichting="Wacht op de huisarts.")

        assert punt.aanmelding.agendapunten.get(besluit="").overleg.begint_op == woensdag + timedelta(days=7)

    def test_writes_one_line_about_the_inwoner(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        run(als, punt, coordinator, Besluit.INTAKE)

        regel = Regel.objects.get(actie="triage.decide")
        assert (regel.medewerker_id, regel.object_id) == (coordinator.pk, punt.pk)
        assert regel.inwoner_id == punt.aanmelding.melding.inwoner_id
        assert regel.gegevens["besluit"] == "verdiepende intake of huisbezoek"


class TestDecideRefuses:
    @pytest.mark.parametrize(
        ("facts", "error", "sentence"),
        [
            ({"casusregisseur": None, "partij": None}, BesluitIncomplete, "wie de casusregisseur wordt"),
            ({"uiterlijk": None}, BesluitIncomplete, "eerste stap"),
            ({"uiterlijk": (DONDERDAG - timedelta(days=1)).date()}, DateInPast, "al voorbij"),
            ({"partij": "mee"}, RegisseurNotPlaced, "werkt nu niet"),
        ],
    )
    def test_regie_without_what_it_needs(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker, facts: dict[str, Any],
        error: type[DomainError], sentence: str,
    ) -> None:  # fmt: skip
        if facts.get("partij"):
            facts = {**facts, "partij": organisatie(facts["partij"])}
        with pytest.raises(error, match=sentence):
            run(als, punt, coordinator, Besluit.CASUSREGIE, **regie(**facts))

        assert nothing_changed(punt)

    def test_a_regisseur_whose_placement_ended(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        facts = regie()
        facts["casusregisseur"].plaatsingen.update(tot=DONDERDAG.date())

        with pytest.raises(RegisseurNotPlaced):
            run(als, punt, coordinator, Besluit.CASUSREGIE, **facts)

        assert nothing_changed(punt)

    def test_a_regisseur_in_a_role_without_regie(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        with pytest.raises(RegisseurNotPlaced):
            run(
                als, punt, coordinator, Besluit.CASUSREGIE,
                **regie(casusregisseur=ProcesregisseurFactory(organisatie="smow")),
            )  # fmt: skip

        assert nothing_changed(punt)

    @pytest.mark.parametrize("wie", [None, CasusregisseurFactory])
    def test_opschalen_without_a_procesregisseur(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker, wie: Any
    ) -> None:
        with pytest.raises((BesluitIncomplete, RegisseurNotPlaced)):
            run(als, punt, coordinator, Besluit.PROCESREGIE, **regie(procesregisseur=wie and wie()))

        assert nothing_changed(punt)

    def test_regie_about_nobody_known(self, als: Als, systeem: Any, coordinator: Medewerker) -> None:
        punt = open_punt(melding=MeldingFactory(bij_team=True, anoniem=True))

        with pytest.raises(BesluitIncomplete, match="over wie het gaat"):
            run(als, punt, coordinator, Besluit.CASUSREGIE, **regie())

        assert nothing_changed(punt)

    def test_terug_without_a_question(self, als: Als, punt: Agendapunt, coordinator: Medewerker) -> None:
        with pytest.raises(BesluitIncomplete, match="voorportaal"):
            run(als, punt, coordinator, Besluit.TERUG)

        assert nothing_changed(punt)

    def test_an_unknown_besluit(self, als: Als, punt: Agendapunt, coordinator: Medewerker) -> None:
        with pytest.raises(DomainError, match="uit de lijst"):
            run(als, punt, coordinator, "misschien")

        assert nothing_changed(punt)

    def test_a_second_besluit_tells_who_was_first(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        run(als, punt, coordinator, Besluit.INTAKE)

        with pytest.raises(AlreadyDecided, match=f"door {coordinator.naam} op do 5 nov om 10:00"):
            run(als, punt, coordinator, Besluit.TERUG, toelichting="Toch niet.")

        punt.refresh_from_db()
        assert punt.besluit == Besluit.INTAKE

    def test_a_page_from_before_a_colleague_saved(
        self, als: Als, punt: Agendapunt, coordinator: Medewerker
    ) -> None:
        with pytest.raises(AanmeldingChanged):
            run(als, punt, coordinator, Besluit.INTAKE, versie=punt.aanmelding.versie + 1)

        assert nothing_changed(punt)

    @pytest.mark.parametrize("stand", ["gehouden", "geannuleerd"])
    def test_an_overleg_that_is_over(self, als: Als, coordinator: Medewerker, stand: str) -> None:
        punt = AgendapuntFactory(overleg=OverlegFactory(**{stand: True}))

        with pytest.raises(OverlegIsOver):
            run(als, punt, coordinator, Besluit.INTAKE)

        assert nothing_changed(punt)


class TestRegisterGevolg:
    def test_refuses_a_second_one(self) -> None:
        gevolgen.register_gevolg(Besluit.CASUSREGIE, lambda *_: None)

        with pytest.raises(ValueError, match="al een gevolg"):
            gevolgen.register_gevolg(Besluit.CASUSREGIE, lambda *_: None)

    def test_refuses_a_besluit_that_does_not_exist(self) -> None:
        with pytest.raises(ValueError, match="misschien"):
            gevolgen.register_gevolg("misschien", lambda *_: None)
