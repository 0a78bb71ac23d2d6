"""Afspraken plannen, verzetten, annuleren, houden en missen: de melding volgt, en niemand wordt losgelaten."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.models import Afspraak, Bezetting, Melding, Plaats
from intake.services import (
    cancel_afspraak,
    close_melding,
    give_information,
    hold_afspraak,
    miss_afspraak,
    move_afspraak,
    plan_afspraak,
    send_to_triage,
    start_crisisroute,
)
from intake.services.afhandeling import STAP_CRISIS, StepIncomplete
from intake.services.afspraken import (
    AfspraakGone,
    DurationWrong,
    MomentPassed,
    MomentTaken,
    NobodyAsked,
    NotStarted,
    PlaceMissing,
    ReasonMissing,
)
from intake.services.rijen import MeldingClosed, MeldingNotYours
from intake.services.sluitbaar import StillPlanned
from intake.status import AfspraakStatus, MeldingStatus
from intake.tasks import mail_afspraak
from skt.autorisatie.context import acting_as
from skt.autorisatie.services import end_plaatsing
from skt.inwoners.models import Inwoner
from skt.kern.errors import TransitionNotAllowed
from skt.kern.keten import KetenBroken
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.agenda import AfspraakFactory
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory, team
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

DINSDAG_10 = MAANDAG + timedelta(days=1, minutes=30)
WOENSDAG_10 = DINSDAG_10 + timedelta(days=1)


@pytest.fixture
def melding(loket: Medewerker) -> Melding:
    return MeldingFactory(medewerker=loket, inwoner__email="annie@example.nl")


def plan(melding: Melding, actor: Medewerker, **anders: Any) -> Afspraak:
    wens = {"soort": "huisbezoek", "begin": DINSDAG_10, "duur": 60, "medewerkers": [actor]}
    if "team" in anders:
        wens.pop("medewerkers")
    with acting_as(actor):
        return plan_afspraak(melding=melding, actor=actor, at=MAANDAG, **{**wens, **anders})


class TestPlanAfspraak:
    def test_is_the_next_step_of_the_melding_with_its_moment(
        self, melding: Melding, loket: Medewerker
    ) -> None:
        afspraak = plan(melding, loket, toelichting="Dochter is er ook.")

        melding.refresh_from_db()
        assert (melding.volgende_stap, melding.uiterlijk) == ("Huisbezoek", DINSDAG_10)
        assert melding.verantwoordelijke == loket
        assert (afspraak.plaats, afspraak.eind) == (Plaats.THUIS, DINSDAG_10 + timedelta(hours=1))
        afspraak.refresh_from_db()
        assert afspraak.lees_medewerkers == [loket.pk]
        assert melding.aanvullingen.get().tekst == "Bij de afspraak: Dochter is er ook."
        assert acties("intake.plan_afspraak") == ["intake.plan_afspraak"]

    def test_gives_a_melding_of_nobody_to_who_is_booked(self, loket: Medewerker, collega: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, van_niemand=True)
        plan(melding, loket, medewerkers=[collega])

        melding.refresh_from_db()
        assert (melding.verantwoordelijke, melding.verantwoordelijk_team) == (collega, None)

    def test_is_the_earliest_of_two(self, melding: Melding, loket: Medewerker) -> None:
        plan(melding, loket, begin=WOENSDAG_10)
        plan(melding, loket, soort="telefonisch", duur=15)

        melding.refresh_from_db()
        assert (melding.volgende_stap, melding.uiterlijk) == ("Telefonische afspraak", DINSDAG_10)

    def test_leaves_the_call_after_a_crisis_first(self, melding: Melding, loket: Medewerker) -> None:
        with acting_as(loket):
            start_crisisroute(
                melding=melding, actor=loket, at=MAANDAG, gewaarschuwd="112", gewaarschuwd_op=MAANDAG
            )
        plan(melding, loket, begin=DINSDAG_10 + timedelta(days=7))

        melding.refresh_from_db()
        assert melding.volgende_stap == STAP_CRISIS

    def test_leaves_the_step_of_triage_alone(self, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, in_triage=True)
        plan(melding, loket)

        melding.refresh_from_db()
        assert melding.volgende_stap == "Triage"

    def test_is_what_triage_or_a_team_asked_for(self, loket: Medewerker, zorgregisseur: Medewerker) -> None:
        melding = MeldingFactory(
            medewerker=loket, in_triage=True, volgende_stap="Afspraak verdiepende intake"
        )
        afspraak = plan(melding, zorgregisseur, soort="verdiepende intake")

        melding.refresh_from_db()
        assert (melding.volgende_stap, melding.uiterlijk) == ("Afspraak: verdiepende intake", DINSDAG_10)
        assert melding.verantwoordelijk_team == team("voorportaal")
        with acting_as(zorgregisseur):
            miss_afspraak(afspraak=afspraak, actor=zorgregisseur, at=WOENSDAG_10)
        melding.refresh_from_db()
        assert melding.volgende_stap == "Afspraak: niet verschenen: neem contact op"
        assert melding.status == MeldingStatus.IN_TRIAGE

    def test_of_a_team_goes_to_who_is_free_and_has_the_least(
        self, melding: Melding, loket: Medewerker, collega: Medewerker
    ) -> None:
        AfspraakFactory(melding=melding, begin=DINSDAG_10 + timedelta(hours=4), met=[loket])

        first = plan(melding, loket, team=team("voorportaal"))
        second = plan(MeldingFactory(medewerker=loket), loket, team=team("voorportaal"))

        assert (first.lees_medewerkers, second.lees_medewerkers) == ([collega.pk], [loket.pk])
        with pytest.raises(MomentTaken):
            plan(MeldingFactory(medewerker=loket), loket, team=team("voorportaal"))

    def test_of_two_colleagues_needs_both(
        self, melding: Melding, loket: Medewerker, collega: Medewerker
    ) -> None:
        AfspraakFactory(melding=melding, met=[collega])

        with pytest.raises(MomentTaken, match="Jan Collega"):
            plan(melding, loket, medewerkers=[loket, collega])
        assert Afspraak.objects.count() == 1
        both = plan(melding, loket, medewerkers=[loket, collega], begin=WOENSDAG_10)
        assert both.lees_medewerkers == sorted([loket.pk, collega.pk])

    @pytest.mark.parametrize("verschil", [-30, 0, 30])
    def test_is_never_double(self, melding: Melding, loket: Medewerker, verschil: int) -> None:
        """Past the working hours of the service, so that PostgreSQL alone refuses."""
        plan(melding, loket)
        ander = MeldingFactory(medewerker=loket)

        with pytest.raises(MomentTaken, match="net bezet"):
            plan(ander, loket, begin=DINSDAG_10 + timedelta(minutes=verschil), buiten_werktijd=True)

        ander.refresh_from_db()
        assert ander.volgende_stap == "Afhandelen"
        assert Afspraak.objects.count() == Bezetting.objects.count() == 1

    def test_may_follow_at_once(self, melding: Melding, loket: Medewerker) -> None:
        plan(melding, loket)

        assert plan(melding, loket, begin=DINSDAG_10 + timedelta(minutes=60), soort="evaluatie")

    def test_sent_twice_is_one(self, melding: Melding, loket: Medewerker) -> None:
        assert plan(melding, loket).pk == plan(melding, loket).pk
        assert Afspraak.objects.count() == 1

    @pytest.mark.parametrize(
        ("anders", "fout"),
        [
            ({"begin": MAANDAG - timedelta(minutes=1)}, MomentPassed),
            ({"begin": MAANDAG + timedelta(days=400)}, MomentPassed),
            ({"duur": 0}, DurationWrong),
            ({"duur": -30}, DurationWrong),
            ({"duur": 481}, DurationWrong),
            ({"medewerkers": []}, NobodyAsked),
            ({"plaats": "anders"}, PlaceMissing),
            ({"plaats": "thuis", "plaats_bij": "Achterweg 17"}, PlaceMissing),
            ({"begin": datetime(2026, 12, 25, 10, tzinfo=timezone.get_current_timezone())}, MomentTaken),
            ({"begin": datetime(2026, 11, 3, 7, tzinfo=timezone.get_current_timezone())}, MomentTaken),
        ],
    )
    def test_refuses_what_can_not_be(
        self, melding: Melding, loket: Medewerker, anders: dict[str, Any], fout: type[Exception]
    ) -> None:
        with pytest.raises(fout):
            plan(melding, loket, **anders)

        melding.refresh_from_db()
        assert not Afspraak.objects.exists()
        assert melding.volgende_stap == "Afhandelen"
        assert acties() == []

    def test_refuses_a_closed_melding_and_one_of_others(self, loket: Medewerker, teamlid: Medewerker) -> None:
        with pytest.raises((MeldingClosed, MeldingNotYours)):
            plan(MeldingFactory(medewerker=loket, gesloten=True), loket)
        with pytest.raises(MeldingNotYours):
            plan(MeldingFactory(medewerker=loket), teamlid)
        assert not Afspraak.objects.exists()

    def test_refuses_who_does_not_work_here(self, melding: Melding, loket: Medewerker) -> None:
        weg = MedewerkerFactory()

        with pytest.raises(MomentTaken):
            plan(melding, loket, medewerkers=[weg])
        with pytest.raises(IntegrityError, match="keten 1"), transaction.atomic():
            plan(melding, loket, medewerkers=[weg], buiten_werktijd=True)
        assert not Afspraak.objects.exists()


class TestMoveAfspraak:
    def test_keeps_the_old_one_as_history_and_frees_its_moment(
        self, melding: Melding, loket: Medewerker
    ) -> None:
        old = plan(melding, loket)
        with acting_as(loket):
            new = move_afspraak(
                afspraak=old, actor=loket, at=MAANDAG, reden="inwoner", soort="huisbezoek", begin=WOENSDAG_10,
                duur=45, medewerkers=[loket],
            )  # fmt: skip

        old.refresh_from_db()
        melding.refresh_from_db()
        assert (old.status, old.verzet_naar, old.reden) == (AfspraakStatus.VERZET, new, "inwoner")
        assert new.verzet_van == old
        assert (melding.volgende_stap, melding.uiterlijk) == ("Huisbezoek", WOENSDAG_10)
        assert not Bezetting.objects.get(afspraak=old).telt
        assert plan(MeldingFactory(medewerker=loket), loket)

    def test_may_overlap_its_own_old_moment(self, melding: Melding, loket: Medewerker) -> None:
        old = plan(melding, loket)
        with acting_as(loket):
            new = move_afspraak(
                afspraak=old, actor=loket, at=MAANDAG, reden="wij", soort="huisbezoek",
                begin=DINSDAG_10 + timedelta(minutes=30), duur=60, medewerkers=[loket],
            )  # fmt: skip

        assert new.status == AfspraakStatus.GEPLAND

    def test_changes_nothing_when_the_new_moment_is_taken(
        self, melding: Melding, loket: Medewerker, collega: Medewerker
    ) -> None:
        old = plan(melding, loket)
        AfspraakFactory(melding=MeldingFactory(medewerker=loket), begin=WOENSDAG_10, met=[collega])

        with acting_as(loket), pytest.raises(MomentTaken):
            move_afspraak(
                afspraak=old, actor=loket, at=MAANDAG, reden="wij", soort="huisbezoek", begin=WOENSDAG_10, duur=60,
                medewerkers=[collega],
            )  # fmt: skip

        old.refresh_from_db()
        melding.refresh_from_db()
        assert (old.status, old.verzet_naar) == (AfspraakStatus.GEPLAND, None)
        assert melding.uiterlijk == DINSDAG_10

    def test_needs_a_reason_and_happens_once(self, melding: Melding, loket: Medewerker) -> None:
        old = plan(melding, loket)
        facts = {"soort": "huisbezoek", "begin": WOENSDAG_10, "duur": 60, "medewerkers": [loket]}
        with acting_as(loket):
            with pytest.raises(ReasonMissing):
                move_afspraak(afspraak=old, actor=loket, at=MAANDAG, reden="", **facts)
            move_afspraak(afspraak=old, actor=loket, at=MAANDAG, reden="wij", **facts)
            with pytest.raises(TransitionNotAllowed):
                move_afspraak(afspraak=old, actor=loket, at=MAANDAG, reden="wij", **facts)
        assert Afspraak.objects.count() == 2


class TestFinishing:
    def test_cancelled_leaves_a_next_step(self, melding: Melding, loket: Medewerker) -> None:
        afspraak = plan(melding, loket)
        with acting_as(loket):
            cancel_afspraak(afspraak=afspraak, actor=loket, at=MAANDAG, reden="niet nodig")

        melding.refresh_from_db()
        assert melding.volgende_stap == "Vervolg bepalen: afspraak geannuleerd"
        assert melding.uiterlijk == datetime(2026, 11, 3, 17, tzinfo=timezone.get_current_timezone())
        assert not Bezetting.objects.get().telt

    def test_cancelled_needs_a_reason(self, melding: Melding, loket: Medewerker) -> None:
        afspraak = plan(melding, loket)
        with acting_as(loket), pytest.raises(ReasonMissing):
            cancel_afspraak(afspraak=afspraak, actor=loket, at=MAANDAG, reden="daarom")

        afspraak.refresh_from_db()
        assert afspraak.status == AfspraakStatus.GEPLAND

    def test_missed_asks_to_get_in_touch_the_next_werkdag(self, melding: Melding, loket: Medewerker) -> None:
        afspraak = plan(melding, loket)
        with acting_as(loket):
            miss_afspraak(afspraak=afspraak, actor=loket, at=DINSDAG_10 + timedelta(minutes=15))

        melding.refresh_from_db()
        assert melding.status == MeldingStatus.OPEN
        assert melding.volgende_stap == "Niet verschenen: neem contact op"
        assert timezone.localtime(melding.uiterlijk).date() == date(2026, 11, 4)

    def test_held_takes_the_next_step_that_was_agreed(self, melding: Melding, loket: Medewerker) -> None:
        afspraak = plan(melding, loket)
        with acting_as(loket):
            hold_afspraak(
                afspraak=afspraak, actor=loket, at=DINSDAG_10 + timedelta(hours=1), toelichting="Ging goed.",
                volgende_stap="Hulp in huis regelen", uiterlijk=date(2026, 11, 10),
            )  # fmt: skip

        melding.refresh_from_db()
        assert melding.volgende_stap == "Hulp in huis regelen"
        assert timezone.localtime(melding.uiterlijk).time() == time(17)
        assert melding.aanvullingen.get().tekst == "Ging goed."

    def test_held_with_another_planned_goes_on_with_that(self, melding: Melding, loket: Medewerker) -> None:
        first = plan(melding, loket)
        plan(melding, loket, begin=WOENSDAG_10, soort="evaluatie")
        with acting_as(loket):
            hold_afspraak(afspraak=first, actor=loket, at=DINSDAG_10 + timedelta(hours=1))

        melding.refresh_from_db()
        assert (melding.volgende_stap, melding.uiterlijk) == ("Evaluatie", WOENSDAG_10)

    @pytest.mark.parametrize("act", [hold_afspraak, miss_afspraak])
    def test_is_not_before_it_began(self, melding: Melding, loket: Medewerker, act: Any) -> None:
        afspraak = plan(melding, loket)
        with acting_as(loket), pytest.raises(NotStarted):
            act(afspraak=afspraak, actor=loket, at=DINSDAG_10 - timedelta(minutes=1))

    def test_held_with_half_a_step_is_refused(self, melding: Melding, loket: Medewerker) -> None:
        afspraak = plan(melding, loket)
        with acting_as(loket), pytest.raises(StepIncomplete):
            hold_afspraak(afspraak=afspraak, actor=loket, at=WOENSDAG_10, volgende_stap="Bellen")

    def test_by_who_is_booked_without_a_right_to_the_melding_leaves_it_overdue(
        self, melding: Melding, loket: Medewerker, teamlid: Medewerker
    ) -> None:
        afspraak = plan(melding, loket, medewerkers=[teamlid])
        with acting_as(teamlid):
            assert not Melding.objects.exists()
            own = Afspraak.objects.get()
            with pytest.raises(MeldingClosed):
                miss_afspraak(afspraak=own, actor=teamlid, at=WOENSDAG_10, toelichting="Niet thuis.")
            miss_afspraak(afspraak=own, actor=teamlid, at=WOENSDAG_10)

        afspraak.refresh_from_db()
        melding.refresh_from_db()
        assert afspraak.status == AfspraakStatus.NIET_VERSCHENEN
        assert melding.uiterlijk == DINSDAG_10

    def test_of_a_melding_that_the_chain_closed_is_for_who_is_booked(
        self, melding: Melding, loket: Medewerker
    ) -> None:
        afspraak = plan(melding, loket)
        Melding.objects.filter(pk=melding.pk).update(
            status="gesloten", afhandeling="triage", gesloten_op=MAANDAG, volgende_stap="", uiterlijk=None
        )
        with acting_as(loket):
            hold_afspraak(afspraak=afspraak, actor=loket, at=WOENSDAG_10, toelichting="Ging goed.")

        melding.refresh_from_db()
        assert (melding.status, melding.volgende_stap) == (MeldingStatus.GESLOTEN, "")
        assert melding.aanvullingen.get().tekst == "Ging goed."

    def test_is_not_for_somebody_else(self, melding: Melding, loket: Medewerker, teamlid: Medewerker) -> None:
        afspraak = plan(melding, loket)
        with acting_as(teamlid), pytest.raises(AfspraakGone):
            cancel_afspraak(afspraak=afspraak, actor=teamlid, at=MAANDAG, reden="wij")

        afspraak.refresh_from_db()
        assert afspraak.status == AfspraakStatus.GEPLAND


class TestTheMelding:
    def test_is_not_closed_while_something_is_planned(self, melding: Melding, loket: Medewerker) -> None:
        afspraak = plan(melding, loket)
        with acting_as(loket):
            with pytest.raises(StillPlanned):
                give_information(melding=melding, actor=loket, at=MAANDAG, toelichting="Klaar.")
            cancel_afspraak(afspraak=afspraak, actor=loket, at=MAANDAG, reden="niet nodig")
            give_information(melding=melding, actor=loket, at=MAANDAG, toelichting="Klaar.")

        melding.refresh_from_db()
        assert melding.status == MeldingStatus.GESLOTEN

    def test_goes_to_triage_with_its_afspraak(self, melding: Melding, loket: Medewerker) -> None:
        plan(melding, loket)
        with acting_as(loket):
            send_to_triage(melding=melding, actor=loket, at=MAANDAG)

        melding.refresh_from_db()
        assert melding.volgende_stap == "Triage"

    def test_is_not_touched_by_a_refusal(self, melding: Melding, loket: Medewerker) -> None:
        plan(melding, loket)
        melding.refresh_from_db()
        versie = melding.versie
        with acting_as(loket), pytest.raises(Exception, match="afgehandeld"):
            close_melding(melding=melding, actor=loket, at=MAANDAG)
        melding.refresh_from_db()
        assert melding.versie == versie


class TestWhoLeaves:
    def test_hands_over_what_is_planned_first(self, melding: Melding, loket: Medewerker) -> None:
        collega = MedewerkerFactory(rol=Rol.LOKETPROFESSIONAL)
        beheer = MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER)
        morgen = timezone.now() + timedelta(days=1)
        AfspraakFactory(melding=melding, begin=morgen, met=[collega])

        with acting_as(beheer), pytest.raises(KetenBroken, match="nog ergens voor verantwoordelijk"):
            end_plaatsing(
                plaatsing=collega.plaatsingen.get(), actor=beheer, at=timezone.now(), tot=timezone.localdate()
            )
        assert collega.plaatsingen.get().tot is None


class TestMailConfirmation:
    @pytest.fixture
    def gevraagd(self, melding: Melding, loket: Medewerker) -> Afspraak:
        return plan(melding, loket, mail=True)

    def test_is_sent_once_without_anything_personal(self, gevraagd: Afspraak) -> None:
        mail_afspraak(afspraak_id=gevraagd.pk)
        mail_afspraak(afspraak_id=gevraagd.pk)

        (sent,) = mail.outbox
        assert sent.to == ["annie@example.nl"]
        assert "dinsdag 3 november 2026 om 10:00 uur" in sent.body
        inwoner = gevraagd.melding.inwoner
        for secret in (inwoner.achternaam, inwoner.postcode, gevraagd.melding.nummer, "huisbezoek"):
            assert secret.lower() not in (sent.subject + sent.body).lower()
        gevraagd.refresh_from_db()
        assert gevraagd.gemaild_op is not None

    def test_goes_out_when_the_transaction_commits(
        self, melding: Melding, loket: Medewerker, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            plan(melding, loket, mail=True)
        assert len(callbacks) == 1

    @pytest.mark.parametrize(
        "inwoner",
        [
            {"email": ""},
            {"veilig_contact": "niet"},
            {"veilig_contact": "beperkt", "veilig_contact_toelichting": "Alleen bellen, 's ochtends."},
        ],
    )
    def test_is_not_sent_where_it_is_not_safe(
        self, melding: Melding, loket: Medewerker, gevraagd: Afspraak, inwoner: dict[str, str]
    ) -> None:
        """Also when that changed after it was asked."""
        Inwoner.objects.filter(pk=melding.inwoner_id).update(**inwoner)
        mail_afspraak(afspraak_id=gevraagd.pk)

        melding.inwoner.refresh_from_db()
        later = plan(melding, loket, begin=WOENSDAG_10, mail=True)
        assert not later.mail_gevraagd
        assert mail.outbox == []

    def test_is_not_sent_for_what_was_cancelled(self, loket: Medewerker, gevraagd: Afspraak) -> None:
        with acting_as(loket):
            cancel_afspraak(afspraak=gevraagd, actor=loket, at=MAANDAG, reden="fout")
        mail_afspraak(afspraak_id=gevraagd.pk)

        assert mail.outbox == []
