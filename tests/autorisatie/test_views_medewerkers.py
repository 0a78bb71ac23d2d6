"""The pages of the functioneel beheerder."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from skt.verantwoording.models import Regel
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory, PlaatsingFactory, organisatie, team

GOED = "kat-op-het-dak-zingt"


@pytest.fixture
def beheerder(systeem: object) -> Medewerker:
    return MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER, organisatie="gemeente", achternaam="Beheer")


@pytest.fixture
def browser(client: Client, beheerder: Medewerker) -> Client:
    client.force_login(beheerder)
    return client


def text_of(response: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


class TestPlaatsingList:
    def test_lists_who_works_here_now(self, browser: Client) -> None:
        MedewerkerFactory(rol=Rol.TEAMLID, achternaam="Heden")
        PlaatsingFactory(medewerker__achternaam="Verleden", beeindigd=True)
        MedewerkerFactory(achternaam="Toekomst")

        text = text_of(browser.get(reverse("plaatsing_list")))

        assert "Sanne Heden" in text
        assert "Teamlid, Team volwassenen" in text
        assert "Verleden" not in text
        assert "Toekomst" not in text

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"stand": "alle"}, {"Heden", "Verleden", "Nieuw", "Dicht", "Beheer"}),
            ({"stand": "zonder"}, {"Verleden", "Nieuw"}),
            ({"stand": "geblokkeerd"}, {"Dicht"}),
            ({"zoek": "hed"}, {"Heden"}),
            ({"zoek": "sanne verl", "stand": "alle"}, {"Verleden"}),
            ({"rol": Rol.TEAMLID}, {"Heden", "Dicht"}),
            ({"rol": Rol.TEAMLID, "stand": "alle"}, {"Heden", "Dicht", "Verleden"}),
            ({"stand": "onzin"}, {"Heden", "Dicht", "Beheer"}),
        ],
    )
    def test_filters(self, browser: Client, asked: dict[str, str], found: set[str]) -> None:
        MedewerkerFactory(rol=Rol.TEAMLID, achternaam="Heden")
        PlaatsingFactory(medewerker__achternaam="Verleden", beeindigd=True)
        MedewerkerFactory(achternaam="Nieuw")
        MedewerkerFactory(rol=Rol.TEAMLID, achternaam="Dicht", is_active=False)

        response = browser.get(reverse("plaatsing_list"), asked)

        assert {medewerker.achternaam for medewerker in response.context["bladzijde"].rijen} == found

    def test_filters_on_organisation_and_team(self, browser: Client) -> None:
        MedewerkerFactory(rol=Rol.TEAMLID, achternaam="Smow", organisatie="smow", team="jeugd")
        MedewerkerFactory(rol=Rol.TEAMLID, achternaam="Mee", organisatie="mee")

        response = browser.get(
            reverse("plaatsing_list"), {"organisatie": organisatie("smow").pk, "team": team("jeugd").pk}
        )

        assert [m.achternaam for m in response.context["bladzijde"].rijen] == ["Smow"]

    def test_turns_pages_by_name_and_back(self, browser: Client) -> None:
        for number in range(30):
            MedewerkerFactory(rol=Rol.TEAMLID, achternaam=f"naam{number:02d}")

        first = browser.get(reverse("plaatsing_list"))
        second = browser.get(first.context["volgende_url"])
        back = browser.get(second.context["vorige_url"])

        names = [m.achternaam for page in (first, second) for m in page.context["bladzijde"].rijen]
        assert names == ["Beheer", *(f"naam{n:02d}" for n in range(30))]
        assert first.context["vorige_url"] == second.context["volgende_url"] == ""
        assert [m.pk for m in back.context["bladzijde"].rijen] == [
            m.pk for m in first.context["bladzijde"].rijen
        ]
        assert back.context["vorige_url"] == ""

    def test_asks_as_many_queries_for_many_as_for_few(
        self, browser: Client, django_assert_max_num_queries
    ) -> None:
        for size in (2, 20):
            for _ in range(size):
                PlaatsingFactory(medewerker=MedewerkerFactory(rol=Rol.TEAMLID), rol=Rol.CASUSREGISSEUR)
            with django_assert_max_num_queries(16):
                browser.get(reverse("plaatsing_list"))

    def test_gives_htmx_only_the_results(self, browser: Client) -> None:
        response = browser.get(reverse("plaatsing_list"), headers={"HX-Request": "true"})

        assert "<h1" not in response.content.decode()
        # htmx puts it inside the place that has this id: twice the same id on one page is what a reader trips over.
        assert 'id="resultaten"' not in response.content.decode()


class TestMedewerkerNew:
    NIEUW = {"voornaam": "Aisha", "achternaam": "Nieuw", "username": "a.nieuw"}

    def test_shows_the_temporary_password_once_and_stores_it_nowhere(self, browser: Client) -> None:
        response = browser.post(reverse("medewerker_new"), self.NIEUW)

        password = re.search(r'id="tijdelijk-wachtwoord">([^<]+)<', response.content.decode()).group(1)
        medewerker = Medewerker.objects.get(username="a.nieuw")
        assert medewerker.check_password(password)
        assert medewerker.wachtwoord_tijdelijk
        assert "no-store" in response["Cache-Control"]
        assert password not in str(dict(browser.session))
        regel = Regel.objects.get(actie="medewerkers.create_medewerker")
        assert regel.gegevens == {"medewerker": "a.nieuw"}
        assert password not in text_of(browser.get(reverse("medewerker_detail", args=[medewerker.pk])))

    def test_says_that_a_name_exists(self, browser: Client) -> None:
        MedewerkerFactory(username="a.nieuw")

        response = browser.post(reverse("medewerker_new"), self.NIEUW)

        assert "bestaat al" in text_of(response)
        assert Medewerker.objects.filter(username="a.nieuw").count() == 1

    def test_the_new_one_may_nothing_before_choosing_a_password(
        self, browser: Client, client: Client
    ) -> None:
        response = browser.post(reverse("medewerker_new"), self.NIEUW)
        medewerker = Medewerker.objects.get(username="a.nieuw")
        browser.post(
            reverse("plaatsing_new", args=[medewerker.pk]),
            {
                "moederorganisatie": organisatie("gemeente").pk,
                "team": team("beheer").pk,
                "rol": Rol.FUNCTIONEEL_BEHEERDER,
                "van": "2026-01-01",
            },
        )
        password = response.context["wachtwoord"]
        theirs = Client()
        theirs.post(reverse("login"), {"username": "a.nieuw", "password": password})

        assert theirs.get(reverse("plaatsing_list")).status_code == 404
        assert "tijdelijk" in text_of(theirs.get(reverse("home"), follow=True))

        theirs.post(reverse("password_change"), {"huidig": password, "nieuw": GOED, "nog_eens": GOED})
        assert theirs.get(reverse("plaatsing_list")).status_code == 200


class TestMedewerkerPassword:
    def test_gives_another_and_ends_the_sessions(self, browser: Client) -> None:
        medewerker = MedewerkerFactory(rol=Rol.LOKETPROFESSIONAL)
        theirs = Client()
        theirs.force_login(medewerker)

        response = browser.post(reverse("medewerker_password", args=[medewerker.pk]))

        medewerker.refresh_from_db()
        assert medewerker.check_password(response.context["wachtwoord"])
        assert theirs.get(reverse("profile")).status_code == 302

    def test_is_not_for_oneself(self, browser: Client, beheerder: Medewerker) -> None:
        response = browser.post(reverse("medewerker_password", args=[beheerder.pk]))

        assert "op uw profiel" in text_of(response)
        assert Medewerker.objects.get(pk=beheerder.pk).password == beheerder.password


class TestPlaatsingNew:
    def data(self, **other: object) -> dict[str, object]:
        return {
            "moederorganisatie": organisatie("mee").pk,
            "team": team("jeugd").pk,
            "rol": Rol.TEAMLID,
            "van": "2026-01-01",
            **other,
        }

    def test_places(self, browser: Client, beheerder: Medewerker) -> None:
        medewerker = MedewerkerFactory()

        browser.post(reverse("plaatsing_new", args=[medewerker.pk]), self.data())

        plaatsing = medewerker.plaatsingen.get()
        assert (plaatsing.moederorganisatie.code, plaatsing.rol, plaatsing.tot) == ("mee", Rol.TEAMLID, None)
        regel = Regel.objects.get(actie="medewerkers.place")
        assert regel.medewerker_id == beheerder.pk
        assert regel.gegevens["medewerker"] == medewerker.username

    @pytest.mark.parametrize(
        ("other", "zin"),
        [
            ({"tot": "2025-01-01"}, "na de begindatum"),
            ({"rol": "baas"}, "geldige keuze"),
            ({"van": "morgen"}, "geldige datum"),
            ({"team": "999999"}, "Selecteer een geldige keuze"),
        ],
    )
    def test_refuses_on_the_form(self, browser: Client, other: dict[str, str], zin: str) -> None:
        medewerker = MedewerkerFactory()

        response = browser.post(reverse("plaatsing_new", args=[medewerker.pk]), self.data(**other))

        assert zin in text_of(response)
        assert not medewerker.plaatsingen.exists()

    def test_says_whose_rule_was_broken(self, browser: Client) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID, organisatie="smow")

        response = browser.post(reverse("plaatsing_new", args=[medewerker.pk]), self.data())

        assert "andere organisatie" in text_of(response)
        assert medewerker.plaatsingen.count() == 1

    def test_nobody_gives_themselves_a_role(self, browser: Client, beheerder: Medewerker) -> None:
        response = browser.post(reverse("plaatsing_new", args=[beheerder.pk]), self.data())

        assert "Vraag een collega-beheerder" in text_of(response)
        assert beheerder.plaatsingen.count() == 1


class TestPlaatsingEnd:
    def end(self, browser: Client, medewerker: Medewerker, tot: date) -> object:
        return browser.post(
            reverse("plaatsing_end", args=[medewerker.plaatsingen.get().pk]),
            {"tot": tot.isoformat()},
            follow=True,
        )

    def test_ends_today(self, browser: Client) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID)
        theirs = Client()
        theirs.force_login(medewerker)

        response = self.end(browser, medewerker, timezone.localdate())

        assert "loopt tot" in text_of(response)
        assert Regel.objects.filter(actie="medewerkers.end_plaatsing").count() == 1
        assert theirs.get(reverse("casusregie:casus_list")).status_code == 404

    def test_is_refused_while_something_is_theirs(self, browser: Client) -> None:
        melding = MeldingFactory()
        check_keten()  # what came before is committed in real life
        medewerker = melding.verantwoordelijke

        response = self.end(browser, medewerker, timezone.localdate())

        assert "Draag dat eerst over" in text_of(response)
        assert medewerker.plaatsingen.get().tot is None
        assert not Regel.objects.filter(actie="medewerkers.end_plaatsing").exists()
        assert melding.nummer not in text_of(response)

    def test_goes_through_once_it_is_handed_over(self, browser: Client) -> None:
        melding = MeldingFactory()
        medewerker = melding.verantwoordelijke
        Melding.objects.filter(pk=melding.pk).update(
            verantwoordelijke=None, verantwoordelijk_team=team("voorportaal")
        )

        self.end(browser, medewerker, timezone.localdate())

        assert medewerker.plaatsingen.get().tot == timezone.localdate()

    def test_a_plan_warns_what_must_be_handed_over(self, browser: Client) -> None:
        medewerker = MeldingFactory().verantwoordelijke
        later = timezone.localdate() + timedelta(days=20)

        response = self.end(browser, medewerker, later)

        assert "Laat dat vóór" in text_of(response)
        assert medewerker.plaatsingen.get().tot == later

    def test_not_their_own(self, browser: Client, beheerder: Medewerker) -> None:
        response = self.end(browser, beheerder, timezone.localdate())

        assert "Vraag een collega-beheerder" in text_of(response)
        assert beheerder.plaatsingen.get().tot is None


class TestBlock:
    def test_a_blocked_account_is_out_within_one_request(self, browser: Client) -> None:
        medewerker = MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER, organisatie="gemeente")
        theirs = Client()
        theirs.force_login(medewerker)
        assert theirs.get(reverse("plaatsing_list")).status_code == 200

        browser.post(reverse("medewerker_block", args=[medewerker.pk]), {"reden": "Telefoon gestolen."})

        response = theirs.get(reverse("plaatsing_list"))
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("login"))
        assert Regel.objects.get(actie="medewerkers.block").reden == "Telefoon gestolen."

    def test_keeps_the_work_in_their_name(self, browser: Client) -> None:
        melding = MeldingFactory()

        response = browser.post(
            reverse("medewerker_block", args=[melding.verantwoordelijke_id]), {"reden": "Ziek."}, follow=True
        )

        assert response.status_code == 200
        melding.refresh_from_db()
        assert not melding.verantwoordelijke.is_active

    def test_asks_a_reason(self, browser: Client) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID)

        browser.post(reverse("medewerker_block", args=[medewerker.pk]), {"reden": ""})

        assert Medewerker.objects.get(pk=medewerker.pk).is_active

    def test_not_oneself(self, browser: Client, beheerder: Medewerker) -> None:
        browser.post(reverse("medewerker_block", args=[beheerder.pk]), {"reden": "Proef."})

        assert Medewerker.objects.get(pk=beheerder.pk).is_active

    def test_unblocks(self, browser: Client) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID, is_active=False)

        response = browser.post(reverse("medewerker_unblock", args=[medewerker.pk]), follow=True)
        again = browser.post(reverse("medewerker_unblock", args=[medewerker.pk]), follow=True)

        assert "kan weer inloggen" in text_of(response)
        assert "al actief" in text_of(again)
        assert browser.get(reverse("medewerker_unblock", args=[medewerker.pk])).status_code == 405


class TestPasswordChange:
    def change(self, client: Client, **other: str) -> object:
        return client.post(
            reverse("password_change"),
            {"huidig": "een-oud-wachtwoord", "nieuw": GOED, "nog_eens": GOED, **other},
            follow=True,
        )

    @pytest.fixture
    def medewerker(self, systeem: object) -> Medewerker:
        medewerker = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)
        medewerker.set_password("een-oud-wachtwoord")
        medewerker.save()
        return medewerker

    def test_goes_on_here_and_ends_elsewhere(self, client: Client, medewerker: Medewerker) -> None:
        elsewhere = Client()
        for browser in (client, elsewhere):
            browser.force_login(medewerker)

        response = self.change(client)

        assert response.status_code == 200
        assert "wachtwoord is veranderd" in text_of(response)
        assert elsewhere.get(reverse("profile")).status_code == 302
        assert Medewerker.objects.get(pk=medewerker.pk).check_password(GOED)
        assert Regel.objects.get(actie="medewerkers.change_password").medewerker_id == medewerker.pk

    @pytest.mark.parametrize(
        ("other", "zin"),
        [
            ({"huidig": "verkeerd"}, "klopt niet"),
            ({"nog_eens": "iets anders"}, "niet gelijk"),
            ({"nieuw": "kort", "nog_eens": "kort"}, "te kort"),
            ({"nieuw": "een-oud-wachtwoord", "nog_eens": "een-oud-wachtwoord"}, "ander wachtwoord"),
        ],
    )
    def test_refuses(self, client: Client, medewerker: Medewerker, other: dict[str, str], zin: str) -> None:
        client.force_login(medewerker)

        response = self.change(client, **other)

        assert zin in text_of(response)
        assert Medewerker.objects.get(pk=medewerker.pk).check_password("een-oud-wachtwoord")


class TestWhoMay:
    PAGES = ["plaatsing_list", "medewerker_new", "mandaat_add"]

    @pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.FUNCTIONEEL_BEHEERDER])
    def test_nobody_else_and_nothing_changes(self, client: Client, systeem: object, rol: Rol) -> None:
        medewerker = MedewerkerFactory(rol=rol)
        other = MedewerkerFactory(rol=Rol.TEAMLID)
        client.force_login(medewerker)
        pages = [reverse(name) for name in self.PAGES] + [
            reverse("medewerker_detail", args=[other.pk]),
            reverse("medewerker_block", args=[other.pk]),
            reverse("medewerker_password", args=[other.pk]),
            reverse("plaatsing_new", args=[other.pk]),
            reverse("plaatsing_end", args=[other.plaatsingen.get().pk]),
            reverse("mandaat_new", args=[other.pk]),
        ]
        before = list(Medewerker.objects.order_by("pk").values()) + list(
            Plaatsing.objects.order_by("pk").values()
        )

        assert {client.get(page).status_code for page in pages} == {404}
        assert {client.post(page, {"reden": "x", "tot": "2026-11-22"}).status_code for page in pages[1:]} <= {
            404,
            405,
        }

        after = list(Medewerker.objects.order_by("pk").values()) + list(
            Plaatsing.objects.order_by("pk").values()
        )
        assert after == before
