"""Triage: wat ze vraagt, wat ze weigert en waar ze een melding heen brengt."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest

from intake.models import Melding
from intake.services.rijen import ColleagueSavedFirst
from intake.status import MeldingStatus
from skt.kern.errors import DomainError
from skt.kern.keuzelijsten import Thema
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MandaatFactory
from tests.factories.triage import DONDERDAG, OverlegFactory, aanbod
from tests.fixtures import MAANDAG
from triage.models import (
    Aanmelding,
    Afwijkreden,
    Bord,
    Ernaast,
    Ernst,
    Nuldelijn,
    Overleg,
    Triage,
    Uitkomst,
    Urgentie,
)
from triage.services import (
    BordUnknown,
    CrisisNeedsFollowUp,
    ErnaastNotAsked,
    MandaatMissing,
    NobodyWarned,
    NotInTriage,
    NuldelijnNotExamined,
    TriageIncomplete,
    do_triage,
)
from triage.status import AanmeldingStatus

Als = Callable[[Medewerker], AbstractContextManager[Any]]
REDEN = {"afwijkreden": Afwijkreden.MEER_BEKEND}
"""Telt alleen waar een proef anders kiest dan het protocol aanraadt."""
PAST_NIET = {"nuldelijn": Nuldelijn.PAST_NIET, "nuldelijn_toelichting": "Alles is al geprobeerd."}


def run(als: Als, melding: Melding, actor: Medewerker, **facts: Any) -> Triage:
    """Een triage met uitkomst aanmeldoverleg; `facts` zegt wat anders is."""
    default = {
        "ernst": Ernst.HOOG,
        "urgentie": Urgentie.REGULIER,
        "uitkomst": Uitkomst.OVERLEG,
        "ernaast": Ernaast.LATER,
        **PAST_NIET,
        **REDEN,
    }
    with als(actor):
        return do_triage(melding=melding, actor=actor, at=MAANDAG, **{**default, **facts})


def nothing_changed(melding: Melding) -> bool:
    before = melding.versie
    melding.refresh_from_db()
    return (
        melding.status == MeldingStatus.IN_TRIAGE
        and melding.versie == before
        and not Triage.objects.exists()
        and not Aanmelding.objects.exists()
        and not Overleg.objects.exists()
    )


class TestDoTriage:
    def test_to_the_aanmeldoverleg_waits_for_the_next_one(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        overleg = OverlegFactory()

        triage = run(als, melding, toegang)

        melding.refresh_from_db()
        aanmelding = Aanmelding.objects.get(melding=melding)
        assert (aanmelding.triage, aanmelding.status) == (triage, AanmeldingStatus.VOOR_OVERLEG)
        assert aanmelding.agendapunten.get().overleg == overleg
        assert (melding.status, melding.uiterlijk) == (MeldingStatus.BIJ_TEAM, overleg.begint_op)
        assert melding.verantwoordelijk_team.soort == "volwassenen"
        assert melding.volgende_stap == "Bespreken in het aanmeldoverleg van do 5 nov"
        assert melding.lees_teams == aanmelding.teams

    def test_plans_thursday_at_ten_when_no_overleg_is_planned(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        run(als, melding, toegang)

        assert Overleg.objects.get().begint_op == DONDERDAG

    def test_gezamenlijk_opens_it_to_both_teams(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        run(als, melding, toegang, bord=Bord.GEZAMENLIJK)

        melding.refresh_from_db()
        assert len(melding.lees_teams) == 2
        assert Overleg.objects.get().bord == Bord.GEZAMENLIJK

    def test_without_a_bord_a_child_goes_to_jeugd(self, als: Als, toegang: Medewerker) -> None:
        melding = MeldingFactory(in_triage=True, inwoner=InwonerFactory(geboortedatum=date(2015, 5, 1)))

        run(als, melding, toegang)

        assert Aanmelding.objects.get().bord == Bord.JEUGD

    def test_spoed_keeps_its_own_earlier_date(self, als: Als, melding: Melding, toegang: Medewerker) -> None:
        OverlegFactory(begint_op=DONDERDAG + timedelta(days=14))

        run(als, melding, toegang, urgentie=Urgentie.SPOED)

        melding.refresh_from_db()
        assert melding.uiterlijk.date() == add_werkdagen(MAANDAG.date(), 3)

    @pytest.mark.parametrize("uitkomst", [Uitkomst.INFORMATIE, Uitkomst.ZELF_HELPEN])
    def test_an_answer_closes_the_melding(
        self, als: Als, melding: Melding, toegang: Medewerker, uitkomst: str
    ) -> None:
        run(als, melding, toegang, uitkomst=uitkomst, toelichting="Samen gebeld met de woningcorporatie.")

        melding.refresh_from_db()
        assert melding.status == MeldingStatus.GESLOTEN
        assert "Samen gebeld" in melding.afhandeling_toelichting
        assert not Aanmelding.objects.exists()

    def test_free_offer_closes_it_and_remembers_what_was_given(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        thuisadministratie = aanbod()

        triage = run(
            als, melding, toegang, uitkomst=Uitkomst.VRIJ_AANBOD, nuldelijn=Nuldelijn.PAST,
            nuldelijn_toelichting="", voorzieningen=[thuisadministratie],
        )  # fmt: skip

        melding.refresh_from_db()
        assert list(triage.voorzieningen.all()) == [thuisadministratie]
        assert melding.meegegeven.get().voorziening == thuisadministratie
        assert melding.status == MeldingStatus.GESLOTEN

    def test_an_intake_stands_on_the_board_without_an_overleg(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        run(als, melding, toegang, uitkomst=Uitkomst.INTAKE, urgentie=Urgentie.SPOED)

        melding.refresh_from_db()
        aanmelding = Aanmelding.objects.get()
        assert aanmelding.status == AanmeldingStatus.INTAKE
        assert not aanmelding.agendapunten.exists()
        assert melding.status == MeldingStatus.BIJ_TEAM
        assert melding.uiterlijk.date() == add_werkdagen(MAANDAG.date(), 3)

    def test_the_crisisroute_stays_open_to_call_back(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        run(
            als, melding, toegang, uitkomst=Uitkomst.CRISISROUTE, urgentie=Urgentie.CRISIS,
            gewaarschuwd="Crisisdienst GGZ", gewaarschuwd_op=MAANDAG,
        )  # fmt: skip

        melding.refresh_from_db()
        assert melding.status == MeldingStatus.OPEN
        assert melding.volgende_stap == "Nabellen na crisis"
        assert melding.verantwoordelijke == toegang
        assert melding.uiterlijk.date() == add_werkdagen(MAANDAG.date(), 1)

    def test_writes_one_line_about_the_inwoner(self, als: Als, melding: Melding, toegang: Medewerker) -> None:
        triage = run(als, melding, toegang)

        regel = Regel.objects.get(actie="triage.do_triage")
        assert (regel.medewerker_id, regel.object_id, regel.inwoner_id) == (
            toegang.pk,
            triage.pk,
            melding.inwoner_id,
        )

    @pytest.mark.parametrize(
        ("facts", "error"),
        [
            ({"nuldelijn": ""}, NuldelijnNotExamined),
            ({"nuldelijn": "weet niet"}, NuldelijnNotExamined),
            ({"nuldelijn": Nuldelijn.PAST, "nuldelijn_toelichting": ""}, NuldelijnNotExamined),
            ({"nuldelijn_toelichting": "  "}, NuldelijnNotExamined),
            ({"uitkomst": Uitkomst.VRIJ_AANBOD}, NuldelijnNotExamined),
            ({"uitkomst": Uitkomst.TOEKENNEN, "ernaast": "ja"}, MandaatMissing),
            ({"uitkomst": Uitkomst.CRISISROUTE}, NobodyWarned),
            ({"uitkomst": Uitkomst.CRISISROUTE, "gewaarschuwd": "Politie"}, NobodyWarned),
            (
                {
                    "uitkomst": Uitkomst.CRISISROUTE,
                    "gewaarschuwd": "Politie",
                    "gewaarschuwd_op": MAANDAG + timedelta(minutes=1),
                },
                NobodyWarned,
            ),
            ({"uitkomst": Uitkomst.INFORMATIE, "urgentie": Urgentie.CRISIS}, CrisisNeedsFollowUp),
            ({"bord": "beleid"}, BordUnknown),
            ({"ernst": "erg"}, TriageIncomplete),
            ({"urgentie": ""}, TriageIncomplete),
            ({"uitkomst": "niets"}, TriageIncomplete),
            ({"ernaast": ""}, ErnaastNotAsked),
        ],
    )
    def test_refuses_with_a_sentence_and_changes_nothing(
        self, als: Als, melding: Melding, toegang: Medewerker, facts: dict[str, Any], error: type[DomainError]
    ) -> None:
        with pytest.raises(error, match=r"[.]$"):
            run(als, melding, toegang, **facts)

        assert nothing_changed(melding)

    def test_refuses_an_expired_mandaat(self, als: Als, melding: Melding, toegang: Medewerker) -> None:
        MandaatFactory(medewerker=toegang, tot=MAANDAG.date())

        with pytest.raises(MandaatMissing):
            run(als, melding, toegang, uitkomst=Uitkomst.TOEKENNEN, ernaast="ja")

        assert nothing_changed(melding)

    @pytest.mark.parametrize("stand", [{}, {"bij_team": True}, {"gesloten": True}])
    def test_refuses_a_melding_that_is_not_in_triage(
        self, als: Als, toegang: Medewerker, stand: dict[str, bool]
    ) -> None:
        melding = MeldingFactory(medewerker__organisatie="gemeente", **stand)
        with pytest.raises(DomainError):
            run(als, melding, toegang)

        assert not Triage.objects.exists()

    def test_refuses_a_second_triage(self, als: Als, melding: Melding, toegang: Medewerker) -> None:
        run(als, melding, toegang)

        with pytest.raises(NotInTriage):
            run(als, melding, toegang)

        assert Triage.objects.count() == 1

    def test_refuses_a_page_from_before_a_colleague_saved(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        with pytest.raises(ColleagueSavedFirst):
            run(als, melding, toegang, versie=melding.versie + 1)

        assert nothing_changed(melding)


class TestBordvoorstel:
    @pytest.mark.parametrize(
        ("geboren", "themas", "bord"),
        [
            (date(1980, 1, 1), [Thema.SCHULDEN], Bord.VOLWASSENEN),
            (date(1980, 1, 1), [Thema.OPVOEDING], Bord.JEUGD),
            (date(1980, 1, 1), [Thema.OPVOEDING, Thema.SCHULDEN], Bord.GEZAMENLIJK),
            (date(2010, 1, 1), [Thema.SCHULDEN], Bord.JEUGD),
            (None, [], Bord.VOLWASSENEN),
        ],
    )
    def test_follows_age_and_themas(
        self, systeem: Any, geboren: date | None, themas: list[str], bord: str
    ) -> None:
        from triage.queries import suggest_bord

        melding = MeldingFactory(
            in_triage=True,
            inwoner=InwonerFactory(geboortedatum=geboren),
            themas=[thema.value for thema in themas],
        )

        assert suggest_bord(melding) == bord
