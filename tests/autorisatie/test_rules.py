"""Lock 1: a rule filters and fetches by the same Q, and fails closed."""

import pytest
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse

from skt.autorisatie import rules
from skt.autorisatie.context import acting_as
from skt.autorisatie.rules import (
    Grond,
    Refused,
    Rule,
    explain,
    get_permitted_or_404,
    may,
    permitted,
    requires,
)
from skt.kern.errors import ContextMissing
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from skt.verantwoording.models import Regel
from tests.factories.medewerkers import MedewerkerFactory, PlaatsingFactory


@pytest.fixture
def teamlid(systeem: object) -> Medewerker:
    return MedewerkerFactory(rol=Rol.TEAMLID)


@pytest.fixture(autouse=True)
def _own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rules of our own, beside those of the apps."""
    monkeypatch.setattr(rules, "_rules", rules.registered())
    rules.register(
        Rule(
            "proef.view_plaatsing",
            Grond("het is uw plaatsing", lambda user: Q(medewerker=user)),
            Grond("u werkt in hetzelfde team", lambda user: Q(team__in=user.team_ids(Rol.TEAMCOORDINATOR))),
        ),
        Rule("casusregie.proef", Grond("altijd", lambda user: Q())),
        Rule.of_role("proef.do_it", "u bent teamlid", Rol.TEAMLID),
    )


class TestPermitted:
    def test_gives_the_rows_of_any_ground(self, teamlid: Medewerker) -> None:
        other = MedewerkerFactory(rol=Rol.TEAMLID)
        coordinator = MedewerkerFactory(rol=Rol.TEAMCOORDINATOR)

        def seen(user: Medewerker) -> set[Medewerker]:
            return {p.medewerker for p in permitted(user, "proef.view_plaatsing", Plaatsing.objects.all())}

        assert seen(teamlid) == {teamlid}
        assert {teamlid, other, coordinator} <= seen(coordinator)

    def test_narrows_what_was_asked_never_widens_it(self, teamlid: Medewerker) -> None:
        nothing = Plaatsing.objects.none()

        assert not permitted(teamlid, "proef.view_plaatsing", nothing).exists()

    def test_an_unknown_action_permits_nothing(self, teamlid: Medewerker) -> None:
        assert not permitted(teamlid, "proef.onbekend", Plaatsing.objects.all()).exists()

    def test_who_has_left_has_no_right_on_a_dossier_whatever_the_ground(self, systeem: object) -> None:
        left = PlaatsingFactory(beeindigd=True).medewerker
        policy = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)

        for user in (left, policy):
            assert not permitted(user, "casusregie.proef", Plaatsing.objects.all()).exists()

    @pytest.mark.parametrize("changes", [{"is_active": False}, {"wachtwoord_tijdelijk": True}])
    def test_a_closed_account_permits_nothing(self, systeem: object, changes: dict[str, bool]) -> None:
        user = MedewerkerFactory(rol=Rol.TEAMLID, **changes)

        assert not permitted(user, "casusregie.proef", Plaatsing.objects.all()).exists()
        assert not may(user, "proef.do_it")

    def test_asks_who_acts(self, db: None) -> None:
        with pytest.raises(ContextMissing):
            permitted(None, "proef.view_plaatsing", Plaatsing.objects.all())


class TestGetPermittedOr404:
    def test_absent_and_refused_look_the_same(self, teamlid: Medewerker) -> None:
        somebody_elses = MedewerkerFactory(rol=Rol.TEAMLID).plaatsingen.get()

        for pk in (somebody_elses.pk, 999_999):
            with pytest.raises(Http404) as refused:
                get_permitted_or_404(teamlid, "proef.view_plaatsing", Plaatsing.objects.all(), pk=pk)
            assert isinstance(refused.value, Refused)
            assert str(refused.value) == ""

    def test_fetches_ones_own(self, teamlid: Medewerker) -> None:
        own = teamlid.plaatsingen.get()

        assert (
            get_permitted_or_404(teamlid, "proef.view_plaatsing", Plaatsing.objects.all(), pk=own.pk) == own
        )


class TestMay:
    def test_asks_a_role(self, teamlid: Medewerker) -> None:
        assert may(teamlid, "proef.do_it")
        assert not may(MedewerkerFactory(rol=Rol.KWARTIERMAKER), "proef.do_it")

    def test_a_right_on_objects_is_no_right_on_everything(self, teamlid: Medewerker) -> None:
        assert not may(teamlid, "proef.view_plaatsing")

    def test_asks_about_one_object(self, teamlid: Medewerker) -> None:
        assert may(teamlid, "proef.view_plaatsing", teamlid.plaatsingen.get())
        assert not may(teamlid, "proef.view_plaatsing", MedewerkerFactory(rol=Rol.TEAMLID).plaatsingen.get())

    def test_unknown_or_nobody_is_no(self, teamlid: Medewerker) -> None:
        assert not may(teamlid, "proef.onbekend")
        assert not may(None, "proef.do_it")


class TestExplain:
    def test_gives_each_ground_that_holds(self, systeem: object) -> None:
        coordinator = MedewerkerFactory(rol=Rol.TEAMCOORDINATOR)
        own = coordinator.plaatsingen.get()
        team = MedewerkerFactory(rol=Rol.TEAMLID).plaatsingen.get()

        assert explain(coordinator, "proef.view_plaatsing", own) == [
            "het is uw plaatsing",
            "u werkt in hetzelfde team",
        ]
        assert explain(coordinator, "proef.view_plaatsing", team) == ["u werkt in hetzelfde team"]

    def test_says_nothing_to_who_may_not(self, teamlid: Medewerker) -> None:
        other = MedewerkerFactory(rol=Rol.TEAMLID).plaatsingen.get()

        assert explain(teamlid, "proef.view_plaatsing", other) == []
        assert explain(PlaatsingFactory(beeindigd=True).medewerker, "casusregie.proef", other) == []


class TestRequires:
    def view(self, user: Medewerker) -> HttpResponse:
        request = HttpRequest()
        request.user, request.path = user, "/proef/"
        return requires("proef.do_it")(lambda _request: HttpResponse("gelukt"))(request)

    def test_lets_the_role_through(self, teamlid: Medewerker) -> None:
        with acting_as(teamlid):
            assert self.view(teamlid).content == b"gelukt"

    def test_is_a_404_for_others(self, systeem: object) -> None:
        user = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)

        with acting_as(user), pytest.raises(Refused) as refused:
            self.view(user)
        assert refused.value.lookup == {"pad": "/proef/"}
        assert not Regel.objects.exists()


class TestRegister:
    def test_an_action_has_one_rule(self) -> None:
        with pytest.raises(ValueError, match="al een regel"):
            rules.register(Rule("proef.do_it", Grond("nog een", lambda user: Q())))

    def test_every_rule_says_why_in_words_a_user_reads(self) -> None:
        for action, rule in rules.registered().items():
            assert rule.gronden, action
            for grond in rule.gronden:
                assert grond.waarom[0].islower(), action
                assert not grond.waarom.endswith("."), action
